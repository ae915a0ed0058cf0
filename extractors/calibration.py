"""Confidences that mean what they say: scores of readings mapped to the share that was right.

A score tells what the reading of one answer looked like. How good the rest of the form was tells more: the same score
is worth less on a form of which many other answers are doubtful. The scales were fitted by
``python -m training.calibration`` to messages that nothing else was trained on; the file that they stand in says to
which.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources
from math import sqrt

from models.calibration import Calibration, Evidence, Scale
from models.document import NONE, Field
from models.sheet import Source

_FORM = "application_form_"
_DOUBTFUL = 0.6  # a score that says that a reading may as well be wrong
_LOWEST = 0.5  # what an improbable value costs its score at most: that something was answered is not in doubt
_PAST = frozenset({"date", "signed_on", "issue_date"})  # days that no paper tells before they come
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


@cache
def field_calibration() -> Calibration:
    """The scales that ship."""
    stored = json.loads(resources.files(__package__).joinpath("calibration.json").read_text(encoding="utf-8"))
    scales = {
        name: Scale(_pairs(each["points"]), each["doubt"], each["offsets"]) for name, each in stored["scales"].items()
    }
    return Calibration(scales, _pairs(stored["thresholds"]))


def _pairs(stored: Mapping[str, float]) -> tuple[tuple[float, float], ...]:
    return tuple((float(key), value) for key, value in stored.items())


def evidence_of(document_type: str, fields: Mapping[str, Field]) -> dict[str, Evidence]:
    """What is known about each field of a document, its neighbours' scores included.

    >>> evidence_of("passport", {"surname": Field("Q", confidence=0.9)})["surname"].traits
    ('passport.surname', 'text', 'ocr')
    """
    scale = "form" if document_type.startswith(_FORM) else "paper"
    about = "form" if scale == "form" else document_type
    doubtful = {key: found.confidence <= _DOUBTFUL for key, found in fields.items() if not _is_mark(found)}

    def doubt(key: str) -> float:
        others = [low for other, low in doubtful.items() if other != key]
        return round(sqrt(sum(others) / len(others)), 4) if others else 0.0

    return {
        key: Evidence(scale, found.confidence, doubt(key), (f"{about}.{key}", _kind(found), _where(found)))
        for key, found in fields.items()
    }


def calibrated(document_type: str, fields: Mapping[str, Field], table: Calibration) -> dict[str, Field]:
    """The fields with their probabilities.

    Their confidence, on which decisions rest, falls with the probability, but never rises above the score: a doubt of
    the reader's own stays one, however often such readings are right.
    """
    known = {key: table.at(evidence) for key, evidence in evidence_of(document_type, fields).items()}
    return {key: _with(found, known[key]) for key, found in fields.items()}


def _with(found: Field, probability: float | None) -> Field:
    if probability is None:
        return found
    share = round(probability, 3)
    return replace(found, confidence=min(found.confidence, max(share, _LOWEST)), probability=share)


def doubted_after(fields: Mapping[str, Field], day: date) -> dict[str, Field]:
    """The fields, those doubted that a picture seems to date after a day, as on which a paper was received: old-style
    figures read 2017 as 2077. Days on which something ends may lie ahead."""
    return {key: _doubted(found) if _lies_ahead(key, found, day) else found for key, found in fields.items()}


def _doubted(found: Field) -> Field:
    chance = None if found.probability is None else min(found.probability, _LOWEST)
    return replace(found, confidence=min(found.confidence, _LOWEST), probability=chance)


def _lies_ahead(key: str, found: Field, day: date) -> bool:
    whole = key in _PAST and found.source is Source.OCR and _DAY.fullmatch(found.text)
    return bool(whole) and found.text > day.isoformat()


def _is_mark(found: Field) -> bool:
    return isinstance(found.value, bool)


def _where(found: Field) -> str:
    return "ocr" if found.source in (Source.OCR, Source.MRZ) else "stated"


def _kind(found: Field) -> str:
    value = found.value
    if not found.answered:
        return "empty"
    if _is_mark(found):
        return "mark"
    if isinstance(value, list):
        return "rows" if isinstance(value[0], dict) else "list"
    if isinstance(value, str):
        return "denial" if value == NONE else "date" if _DATE.fullmatch(value) else "text"
    return "parts" if isinstance(value, dict) else "number"
