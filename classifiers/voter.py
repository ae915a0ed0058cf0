"""The trained text classifier (spaCy) as one voter beside the wordings of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import spacy

from classifiers.features import stems

#: Where ``python -m classifiers.train`` puts the weights that ship.
WEIGHTS = Path(__file__).parent / "weights" / "documents"

#: Words below which a page says too little.
LEAST_WORDS = 6


def votes(words: str) -> Mapping[str, float]:
    """Chances of document types, and of ``unknown``, from the folded words of a page; none for too few words."""
    text = stems(words)
    if len(text.split()) < LEAST_WORDS:
        return {}
    chances: Mapping[str, float] = _model()(text).cats
    return chances


@cache
def _model() -> Any:
    return spacy.load(WEIGHTS)
