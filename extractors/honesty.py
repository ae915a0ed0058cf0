"""Whether a text layer can be believed: are its words words, and do they account for the ink of the page?"""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2
import numpy as np

from extractors.shapes import Pixels
from models.geometry import Box

_MOST_BAD = 0.03  # share of letters that are none
_MOST_MIXED = 0.08  # share of words in two scripts at once, as fonts of a private code page give
_MOST_MUTE = 0.25  # share of longer words without a vowel, as a shifted font table gives
_FEW_WORDS = 12
_STUDY_WIDTH = 700

_BAD_LETTER = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LATIN = re.compile(r"[A-Za-zƏəĞğİıÖöŞşÜüÇç]")
_VOWEL = re.compile(r"[aeiouyəıöüаеиоуыэюяёəөү]", re.IGNORECASE)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def is_language(words: Sequence[str]) -> bool:
    """Whether words can be words: real letters, of one script each, most of them with a vowel."""
    text = " ".join(words)
    bad = sum(len(match) for match in _BAD_LETTER.findall(text))
    long_words = [word for word in words if len(word) > 2]
    mixed = sum(bool(_LATIN.search(word) and _CYRILLIC.search(word)) for word in long_words)
    spoken = [word for word in words if len(word) > 3 and word.isalpha()]
    mute = sum(not _VOWEL.search(word) for word in spoken)
    return (
        bad <= _MOST_BAD * len(text)
        and mixed <= _MOST_MIXED * len(long_words)
        and (len(spoken) < _FEW_WORDS or mute <= _MOST_MUTE * len(spoken))
    )


def unexplained_ink(pixels: Pixels, explained: Sequence[Box], frames: Sequence[Box]) -> float:
    """The share of dark points outside everything that the file names and not on the border of a frame."""
    factor = min(1.0, _STUDY_WIDTH / pixels.shape[1])
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    grey = small.min(axis=2) if small.ndim == 3 else small
    ink = (grey < 150).astype(np.uint8)
    total = int(ink.sum())
    for box in explained:
        _blank(ink, box, 3, hollow=False)
    for box in frames:
        _blank(ink, box, 2, hollow=True)
    return float(ink.sum()) / total if total else 0.0


def _blank(ink: Pixels, box: Box, margin: int, *, hollow: bool) -> None:
    """Takes a box with a margin out of the ink; of a hollow one only the border."""
    height, width = ink.shape
    x0, x1 = int(box.x0 * width) - margin, int(box.x1 * width) + margin + 1
    y0, y1 = int(box.y0 * height) - margin, int(box.y1 * height) + margin + 1
    x0, y0 = max(x0, 0), max(y0, 0)
    if not hollow or x1 - x0 <= 4 * margin or y1 - y0 <= 4 * margin:
        ink[y0:y1, x0:x1] = 0
        return
    thick = 2 * margin + 1
    ink[y0 : y0 + thick, x0:x1] = ink[max(y1 - thick, 0) : y1, x0:x1] = 0
    ink[y0:y1, x0 : x0 + thick] = ink[y0:y1, max(x1 - thick, 0) : x1] = 0
