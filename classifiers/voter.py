"""The trained text classifier (spaCy) as one voter beside the wordings of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import spacy

from classifiers.features import stems
from models.document import UNKNOWN

#: Where ``python -m classifiers.train`` puts the weights that ship.
WEIGHTS = Path(__file__).parent / "weights" / "documents"

_WEIGHT = 6.0  # points that a certain vote for a type gives
_UNKNOWN_WEIGHT = 3.5  # and one for unknown: the classifier has seen few of the papers there are
_LEAST_WORDS = 6


def votes(words: str) -> Mapping[str, float]:
    """Points for document types, and for ``unknown``, from the folded words of a page; none for too few words."""
    text = stems(words)
    if len(text.split()) < _LEAST_WORDS:
        return {}
    chances: Mapping[str, float] = _model()(text).cats
    return {
        key: (_UNKNOWN_WEIGHT if key == UNKNOWN else _WEIGHT) * chance
        for key, chance in chances.items()
        if chance > 0.02
    }


@cache
def _model() -> Any:
    return spacy.load(WEIGHTS)
