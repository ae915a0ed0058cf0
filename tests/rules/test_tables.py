"""The law as tables a lawyer can read: one file per procedure, facts in, decision and findings with clauses out.

``tables/README.md`` says how a table is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.case import Assessment, Finding
from models.catalogue import Procedure
from models.document import Document
from rules import Policy
from rules.catalogue.conditions import holds
from tests.rules import build
from tests.rules.build import CATALOGUE, ENCRYPTED, TODAY, UNKNOWN_PAGE, assessed, illegible, unsure

TABLES = {path.stem: path for path in sorted((Path(__file__).parent / "tables").glob("*.yaml"))}
_CARDS = ("id_card", "permanent_residence_card", "refugee_card", "registration_card")


def table(key: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(TABLES[key].read_text(encoding="utf-8"))
    return found


def _rows(section: str) -> Iterator[Any]:
    """(procedure, row) of every row of a section of every table."""
    for key in TABLES:
        for row in table(key).get(section, ()):
            yield pytest.param(key, row, id=f"{key}: {row.get('case') or row.get('facts')}")


def test_every_procedure_has_a_table() -> None:
    """No procedure is left to somebody's memory."""
    assert set(TABLES) == set(CATALOGUE.procedures)


@pytest.mark.parametrize(("key", "row"), _rows("cases"))
def test_a_case_is_decided_as_the_table_says(key: str, row: Mapping[str, Any]) -> None:
    """Decision, findings with clauses and, where the row names them, category, reasons and applicant."""
    result = _decided(table(key), row)
    assert told(result) == [row["decision"], *row.get("findings", [])], result.decision.review_reasons
    assert result.procedure == key
    if "reasons" in row:
        assert set(row["reasons"]) <= set(result.decision.review_reasons)
    if "category" in row:
        assert result.applicant.category == row["category"]


@pytest.mark.parametrize("key", [key for key in TABLES if "each_lacking" in table(key)])
def test_each_paper_alone_that_is_lacking_is_named_under_its_clause(key: str) -> None:
    """One paper left out of the complete set: that one finding, nothing else."""
    law = table(key)
    for entry, clause in law["each_lacking"]["clauses"].items():
        row = {"without": [entry], **law["each_lacking"]}
        result = _decided(law, row)
        expected = (
            f"missing_form {entry} {clause}" if entry == law.get("form") else f"missing_document {entry} {clause}"
        )
        assert told(result) == [law["each_lacking"]["decision"], expected]


@pytest.mark.parametrize(("key", "row"), _rows("asked"))
def test_what_is_asked_of_whom(key: str, row: Mapping[str, Any]) -> None:
    """The papers, the duty, the charge and the term that follow from facts, as the source states them."""
    procedure, day = CATALOGUE.procedures[key], row.get("received", TODAY)
    facts = row["facts"]
    if "papers" in row:
        assert sorted(asked_of(procedure, facts, day, row.get("channel", "email"))) == sorted(row["papers"])
    if "duty" in row:
        fees = [fee for fee in procedure.fees if fee.in_force.on(day) and holds(fee.when, facts)]
        assert [(fee.amount, fee.service) for fee in fees] == [(str(row["duty"]), _text(row.get("charge")))]
    if "term" in row:
        terms = [term for term in procedure.terms if holds(term.when, facts)]
        assert [f"{term.amount} {term.unit}" for term in terms] == [row["term"]]


def asked_of(procedure: Procedure, facts: Mapping[str, Any], day: date, channel: str) -> Iterator[str]:
    """``2 x photo_3x4`` for every requirement of a day whose condition holds."""
    for item in procedure.requirements:
        if item.channel == channel and item.in_force.on(day) and holds(item.when, facts):
            yield f"{item.count} x {item.asked}" if item.count > 1 else item.asked


def told(result: Assessment) -> list[str]:
    """Decision and findings as the tables write them: ``missing_document photo_3x4 REG28 2.6.1.2``."""
    return [str(result.decision.value), *map(_finding, result.findings)]


def _finding(found: Finding) -> str:
    return " ".join(filter(None, (found.code, found.field or found.file or found.document, found.clause)))


def _decided(law: Mapping[str, Any], row: Mapping[str, Any]) -> Assessment:
    answers = {**law.get("answers", {}), **row.get("answers", {})}
    lacking = row.get("without", [])
    listed = [entry for entry in law["papers"] if re.sub(r"^\d+ x ", "", _name(entry)) not in lacking]
    papers = [paper for entry in [*listed, *row.get("with", [])] for paper in _papers(entry, law, answers)]
    policy = Policy(authority=row.get("authority", "dmx"), treaty_states=tuple(row.get("treaty_states", ())))
    number = row.get("card_number", law.get("card_number"))
    return assessed(
        papers,
        row.get("received", TODAY),
        policy,
        subject=row.get("subject", law.get("subject", "")),
        text=row.get("letter", law.get("letter", "")),
        number=build.field(number) if number else None,
        files=[ENCRYPTED] if row.get("unreadable_file") else [],
    )


def _name(entry: Any) -> str:
    return entry if isinstance(entry, str) else str(next(iter(entry)))


def _papers(entry: Any, law: Mapping[str, Any], answers: Mapping[str, Any]) -> Iterator[Document]:
    """The documents of an entry such as ``4 x photo_3x4``, ``blurred passport`` or ``{passport: {surname: X}}``."""
    name = _name(entry)
    read = {} if isinstance(entry, str) else dict(next(iter(entry.values())))
    count, _, kind = name.rpartition(" x ")
    for _ in range(int(count or 1)):
        yield _paper(kind, read, law, answers)


def _paper(kind: str, read: dict[str, Any], law: Mapping[str, Any], answers: Mapping[str, Any]) -> Document:
    if kind == "unknown page":
        return UNKNOWN_PAGE
    if kind.startswith("blurred "):
        return illegible(_paper(kind.removeprefix("blurred "), read, law, answers))
    if kind.startswith("perhaps "):
        return unsure(_paper(kind.removeprefix("perhaps "), read, law, answers))
    if kind == "application_form_stay":
        return build.paper(kind, **answers)
    if kind.startswith("application_form") and kind in CATALOGUE.forms:
        return build.form(kind, **answers)
    if kind in _CARDS:
        return build.card(kind, **read)
    made = {"passport": build.passport, "photo_3x4": build.photo, "state_duty_receipt": build.receipt}
    if kind in made:
        return made[kind](**{**law.get(kind, {}), **read})
    return build.certificate(kind, **{**({"person": law["person"]} if "person" in law else {}), **read})


def _text(value: object) -> str | None:
    return None if value is None else str(value)
