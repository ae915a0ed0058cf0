"""The examination of accepted cases as the catalogue describes it (``rules/catalogue/examination.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from models.case import NoticeKind
from models.catalogue import Catalogue, InForce
from models.examination import Agency, Examination, Examining, Step
from models.office import CaseState

_FILE = Path(__file__).parent / "catalogue" / "examination.yaml"
_TERMS = ("opinion", "examination")


@cache
def load_examination(file: Path = _FILE) -> Examination:
    """The steps and agencies of a file. Raises KeyError or ValueError for what is none."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Examination(
        steps=tuple(_step(state, told) for state, told in data["steps"].items()),
        agencies={key: _agency(key, told) for key, told in data["agencies"].items()},
    )


def examined(procedure: str | None, catalogue: Catalogue) -> Examining | None:
    """How cases of a procedure are examined; None where nothing follows their registration (place of stay)."""
    found = catalogue.procedures.get(procedure or "")
    terms = {term.key: term for term in found.terms} if found else {}
    term = next((terms[key] for key in _TERMS if key in terms), None)
    return Examining(found.source, term) if found and term else None


def _step(state: str, told: Mapping[str, Any]) -> Step:
    return Step(
        state=CaseState(state),
        after=tuple(CaseState(each) for each in told["after"]),
        clauses=told["clause"],
        notice=NoticeKind(told["notice"]) if "notice" in told else None,
        asks_opinions=told.get("asks_opinions", False),
        needs_opinions=told.get("needs_opinions", False),
    )


def _agency(key: str, told: Mapping[str, Any]) -> Agency:
    return Agency(key, told["name"], told["name_en"], InForce(told.get("since"), told.get("until")))
