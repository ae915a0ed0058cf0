"""The examination of accepted cases as the catalogue describes it (``rules/catalogue/examination.yaml``)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from models.catalogue import Catalogue
from models.examination import Examination, Examining
from rules.catalogue import FOLDER, read_examination

_TERMS = ("opinion", "examination")


@cache
def load_examination(folder: Path = FOLDER) -> Examination:
    """The steps and agencies of a catalogue folder. Raises CatalogueError listing every mistake."""
    return read_examination(folder)


def examined(procedure: str | None, catalogue: Catalogue) -> Examining | None:
    """How cases of a procedure are examined; None where nothing follows their registration (place of stay)."""
    found = catalogue.procedures.get(procedure or "")
    terms = {term.key: term for term in found.terms} if found else {}
    term = next((terms[key] for key in _TERMS if key in terms), None)
    return Examining(found.source, term) if found and term else None
