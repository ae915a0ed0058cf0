"""Confidences that mean what they say: scores of readings mapped to the share that was right.

The curves were fitted by ``python -m training.calibration`` to messages that nothing else was trained or tuned on; the
file that they stand in says to which.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources

from models.calibration import Calibration, Curve
from models.document import Field
from models.sheet import Source

_FORM = "application_form_"


@cache
def field_calibration() -> Calibration:
    """The curves that ship."""
    stored = json.loads(resources.files(__package__).joinpath("calibration.json").read_text(encoding="utf-8"))
    curves = {
        name: Curve(tuple((score, share) for score, share in points)) for name, points in stored["curves"].items()
    }
    return Calibration(curves, tuple((share, least) for share, least in stored["thresholds"]))


def groups_of(document_type: str, key: str, source: Source) -> tuple[str, ...]:
    """The groups that a field belongs to, the narrowest first: field, kind of document, where it was read.

    >>> groups_of("passport", "surname", Source.OCR)
    ('passport.surname ocr', 'paper ocr')
    """
    family = "form" if document_type.startswith(_FORM) else "paper"
    where = "ocr" if source in (Source.OCR, Source.MRZ) else "stated"
    return f"{document_type}.{key} {where}", f"{family} {where}"


def calibrated(document_type: str, fields: Mapping[str, Field], table: Calibration) -> dict[str, Field]:
    """The fields with their scores made probabilities."""
    return {
        key: replace(
            found, confidence=round(table.at(found.confidence, groups_of(document_type, key, found.source)), 3)
        )
        for key, found in fields.items()
    }
