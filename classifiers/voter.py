"""The trained text classifier (spaCy) as one voter beside the wordings of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from classifiers.features import stems
from models.document import UNKNOWN

#: Where ``python -m classifiers.train`` puts the weights that ship.
WEIGHTS = Path(__file__).parent / "weights" / "documents"

_WEIGHT = 6.0  # points that a certain vote gives
_LEAST_WORDS = 6


def votes(words: str) -> Mapping[str, float]:
    """Points for document types, and for ``unknown``, from the folded words of a page; none for too few words."""
    text = stems(words)
    if len(text.split()) < _LEAST_WORDS:
        return {}
    chances: Mapping[str, float] = _model()(text).cats
    return {key: _WEIGHT * chance for key, chance in chances.items() if chance > 0.02} or {UNKNOWN: 0.0}


@cache
def _model() -> Any:
    import spacy  # noqa: PLC0415  a second of start-up that a process without papers need not pay

    return spacy.load(WEIGHTS)
