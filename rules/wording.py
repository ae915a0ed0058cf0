"""Findings in plain formal Azerbaijani: what is wrong, by which clause, what to do (sentences: ``wording.yaml``)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from models.azerbaijani import upper
from models.case import Finding
from models.catalogue import Catalogue, Procedure, Question, Requirement
from models.grammar import clause_words, ordinal

_SENTENCES = Path(__file__).with_name("wording.yaml")


def sentence_for(finding: Finding, catalogue: Catalogue, procedure: Procedure | None, day: date, **facts: str) -> str:
    """The applicant's sentence for a finding of a day; ``facts`` fill what only the rule knows (a date, two sums)."""
    templates = _sentences()
    template = templates.get(f"{finding.code}.{finding.field or finding.document or ''}") or templates[finding.code]
    item = _requirement(finding, procedure, day)
    field = _field_name(finding, catalogue, procedure)
    values = {
        "document": capitalised(_document_name(finding, item, catalogue)),
        "field": field,
        "Field": capitalised(field),
        "place": _place_words(finding.field, catalogue, procedure),
        "clause": clause_words(finding.clause) if finding.clause else "",
        "file": finding.file or "",
        "case": finding.case or "",
        "count": f"{finding.count} ədəd " if (finding.count or 1) > 1 else "",
        "guidance": item.guidance if item else "",
        **facts,
    }
    return " ".join(template.format(**values).split())


def capitalised(text: str) -> str:
    """The text with a capital first letter by Azerbaijani rules."""
    return upper(text[:1]) + text[1:]


@lru_cache(maxsize=1)
def _sentences() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(_SENTENCES.read_text(encoding="utf-8"))
    return found


def _document_name(finding: Finding, item: Requirement | None, catalogue: Catalogue) -> str:
    """What the requirement calls a missing paper; what a paper is called once it is there."""
    if finding.code == "missing_document" and item and item.name:
        return item.name
    described = catalogue.document_types.get(finding.document or "")
    return described.name if described else "sənəd"


def _requirement(finding: Finding, procedure: Procedure | None, day: date) -> Requirement | None:
    """The requirement of that day which a finding about a missing paper belongs to."""
    for item in procedure.requirements if procedure else ():
        asked = finding.document in (item.key, item.asked, *item.documents)
        if item.channel == "email" and item.in_force.on(day) and item.clause == finding.clause and asked:
            return item
    return None


def _question(key: str | None, catalogue: Catalogue, procedure: Procedure | None) -> Question | None:
    form = catalogue.forms.get((procedure.form if procedure else None) or "")
    for question in form.questions if form else ():
        if any(part.key == key for part in question.parts):
            return question
    return None


def _field_name(finding: Finding, catalogue: Catalogue, procedure: Procedure | None) -> str:
    question = _question(finding.field, catalogue, procedure)
    for part in question.parts if question else ():
        if part.key == finding.field:
            return part.name
    named = catalogue.field_names.get(finding.field or "")
    return named.name if named else ""


def _place_words(key: str | None, catalogue: Catalogue, procedure: Procedure | None) -> str:
    """``Ərizə-anketin 8-ci bəndində``; without a number only ``Ərizə-anketdə``."""
    question = _question(key, catalogue, procedure)
    if question and question.number.isdigit():
        return f"Ərizə-anketin {ordinal(question.number)} bəndində"
    return "Ərizə-anketdə"
