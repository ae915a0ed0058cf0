"""The words of the desk, in Azerbaijani and English, from ``texts.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from models.case import Assessment, ReviewReason
from models.catalogue import Catalogue, FormDescription, Question
from models.office import Case, EventRecord
from rules.examination import load_examination

LANGUAGES = ("az", "en")


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(
        (Path(__file__).parent / "texts.yaml").read_text(encoding="utf-8")
    )
    return loaded


@dataclass(frozen=True, slots=True)
class Words:
    """The desk's vocabulary in one language."""

    language: str
    catalogue: Catalogue

    def __call__(self, key: str) -> str:
        """The text of a key; the key itself where there is none, so that nothing hides."""
        return _texts().get(key, {}).get(self.language, key)

    def document(self, type_: str, subtype: str | None = None) -> str:
        """The name of a document type."""
        known = self.catalogue.document_types.get(type_)
        if known is None:
            return self(f"document.{subtype or type_}")
        sub = next((each for each in known.subtypes if each.key == subtype), None)
        named = sub or known
        return (named.name if self.language == "az" else named.name_en) or type_

    def field(self, key: str, form: str | None = None, table: str | None = None) -> str:
        """The name of a field, or of the column of a ``table``, as its form or the catalogue calls it."""
        description = self.catalogue.forms.get(form or "")
        names = {} if description is None else _names(description, table)
        if key not in names and (known := self.catalogue.field_names.get(key)):
            names = {key: (known.name, known.name_en)}
        azerbaijani, english = names.get(key, (key, key))
        return (azerbaijani if self.language == "az" else english) or key

    def procedure(self, key: str | None) -> str:
        """The name of a procedure."""
        known = self.catalogue.procedures.get(key or "")
        if known is None:
            return "–"
        return known.name if self.language == "az" else known.name_en

    def agency(self, key: str) -> str:
        """The name of an authority that is asked for an opinion; of our own where the key is empty."""
        known = load_examination().agencies.get(key)
        if known is None:
            return key or self("our_own")
        return known.name if self.language == "az" else known.name_en

    def told(self, event: EventRecord) -> str:
        """What an event's line in the history says besides its name."""
        details = event.details
        match event.action:
            case "stage":
                return self(f"state.{details.get('value')}") + (
                    f" ({clause})" if (clause := details.get("clause")) else ""
                )
            case "opinion_given":
                return self.agency(str(details.get("agency", "")))
            case "decided":
                return self(f"decision.{details.get('decision')}") + (
                    f": {why}" if (why := details.get("reason")) else ""
                )
            case "answer_doubtful":
                return ", ".join(self(f"answer.{doubt}") for doubt, holds in details.items() if holds)
            case "issued":
                return self(f"notice_kind.{details.get('kind')}")
        return str(details.get("text") or details.get("reason") or details.get("number") or "")

    def attention(self, remark: str) -> str:
        """The program's remark about a case in the clerk's words, without its technical rest."""
        told = self(f"attention.{remark.partition(':')[0]}")
        return remark if told.startswith("attention.") else told

    def rejected(self, why: str) -> str:
        """Why an action was not done, in the clerk's words; nothing where there are none."""
        told = self(f"rejected.{why}")
        return "" if told.startswith("rejected.") else told

    def doubts(self, assessment: Assessment) -> list[str]:
        """Why an assessment is left to a person; remarks say more than the reason ``other``."""
        reasons = [each for each in assessment.decision.review_reasons if each is not ReviewReason.OTHER]
        other = [f"remark.{each.value}" for each in assessment.remarks]
        if not other and ReviewReason.OTHER in assessment.decision.review_reasons:
            other = ["reason.other"]
        return [self(key) for key in (*(f"reason.{each.value}" for each in reasons), *other)]

    def why(self, case: Case, assessment: Assessment | None = None) -> str:
        """Why a person must look at a case."""
        attention = [self.attention(case.attention)] if case.attention else []
        doubt = [self(f"reason.{case.doubt.value}")] if case.doubt else []
        return "; ".join(dict.fromkeys([*attention, *doubt, *(self.doubts(assessment) if assessment else ())]))


def _names(form: FormDescription, table: str | None) -> dict[str, tuple[str, str]]:
    """The names of a form's fields, or of the columns of one of its tables, by key."""
    columns = [column for question in form.questions if _asks(question, table) for column in question.columns]
    named = columns if table else form.parts
    return {each.key: (each.name, each.name_en) for each in named}


def _asks(question: Question, key: str | None) -> bool:
    return any(part.key == key for part in question.parts)


def all_keys() -> frozenset[str]:
    """Every key that has words (for tests)."""
    return frozenset(_texts())
