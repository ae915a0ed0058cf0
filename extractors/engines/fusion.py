"""One text from two independent readings of the same line.

PP-OCR sees shapes well and loses Azerbaijani marks (ı to i, ə to a); Tesseract knows the marks, cannot write ``+ № j J
W`` and bends unusual words towards usual ones. Where both agree but for marks, Tesseract's spelling is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from models.azerbaijani import fold, lower, plain

#: Certainty of a word by how the readings agree.
SAME, SAME_BUT_MARKS, DIFFERENT = 0.99, 0.93, 0.6

#: What Tesseract writes for letters its Azerbaijani model does not have.
_UNKNOWN_TO_TESSERACT = frozenset("+№jJWw")


def fused(words: Sequence[str], confidences: Sequence[float], second: str, sure: float) -> list[tuple[str, float]]:
    """Words with certainties from Tesseract's words and the second engine's line (mean certainty ``sure``)."""
    others = second.split()
    if not others:
        return [(word, 0.8 * confidence) for word, confidence in zip(words, confidences, strict=True)]
    out: list[tuple[str, float]] = []
    matcher = SequenceMatcher(None, [_key(word) for word in words], [_key(word) for word in others], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            out += [_agreed(word, other) for word, other in zip(words[a:b], others[c:d], strict=True)]
        else:
            out += _settled(words[a:b], confidences[a:b], others[c:d], sure)
    return out


def _key(word: str) -> str:
    return re.sub(r"[^\w+№]+", "", plain(lower(word))) or word


def _agreed(word: str, other: str) -> tuple[str, float]:
    if word == other:
        return word, SAME
    same_letters = plain(word) == plain(other)
    return word, SAME_BUT_MARKS if same_letters else 0.85


def _settled(
    words: Sequence[str], confidences: Sequence[float], others: Sequence[str], sure: float
) -> list[tuple[str, float]]:
    """A stretch on which the engines differ."""
    if not others:
        return [(word, 0.5 * confidence) for word, confidence in zip(words, confidences, strict=True)]
    if not words:
        return [(other, 0.4 * sure) for other in others]
    if fold("".join(words)) == fold("".join(others)):
        return [(word, 0.85) for word in (words if len(words) <= len(others) else others)]
    if len(words) == len(others):
        return [
            _chosen(word, confidence, other, sure)
            for word, confidence, other in zip(words, confidences, others, strict=True)
        ]
    joined, other = " ".join(words), " ".join(others)
    return [(text, DIFFERENT * sure) for text in (other if sure > min(confidences) else joined).split()]


def _chosen(word: str, confidence: float, other: str, sure: float) -> tuple[str, float]:
    """The likelier of two different readings of a word."""
    if fold(word) == fold(other):
        return word, 0.85
    if set(other) & _UNKNOWN_TO_TESSERACT:
        return _with_marks(other, word), 0.8 * sure
    return (other, DIFFERENT * sure) if sure >= confidence else (word, DIFFERENT * confidence)


def _with_marks(shape: str, marked: str) -> str:
    """``shape`` with the Azerbaijani marks that ``marked`` has on the same letters."""
    out = list(shape)
    folded_shape, folded_marked = plain(lower(shape)), plain(lower(marked))
    if len(folded_shape) != len(shape) or len(folded_marked) != len(marked):
        return shape
    for tag, a, b, c, d in SequenceMatcher(None, folded_shape, folded_marked, autojunk=False).get_opcodes():
        if tag == "equal":
            out[a:b] = marked[c:d]
    return "".join(out)
