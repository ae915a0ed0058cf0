"""Specks of dust that engines take for full stops: told by their size and height beside the answer's own dots."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np

from extractors.forms.ink import ink_of_print
from extractors.shapes import ReadSheet
from models import azerbaijani as az
from models.geometry import Box
from models.sheet import Line, Word

_SMALL = 0.45  # share of an answer's usual dot (or stroke) that a full stop is larger than
_TINY = 0.2  # and that one which both engines see is larger than
_SHORTENED = frozenset(
    re.findall(r"\S+", "küç ş şəh r ray pr pros prosp m mən mkr qəs tel mob əl h c b k kv st döng nöm")
)
_LOW = 0.25  # heights of its word within which a full stop stands on the line
_DOT = 0.4  # heights of its word that a dot is at most wide and high
_BEHIND = 0.6  # heights of its word behind which no full stop of it stands


@dataclass(frozen=True, slots=True)
class _Dots:
    """The letters and dots of a line in pixels: left, top, width, height, area of each; the width of a stroke."""

    pieces: tuple[tuple[int, int, int, int, int], ...]
    stroke: float
    box: Box
    shape: tuple[int, ...]

    @classmethod
    def of(cls, line: Line, read: ReadSheet) -> _Dots:
        box = line.box
        wide = Box(box.x0, box.y0, box.x1 + _BEHIND * box.height, box.y1).clipped()
        dark = ink_of_print(read, wide)
        if not dark.size:
            return cls((), 0.0, wide, dark.shape)
        _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
        return cls(tuple(tuple(piece) for piece in stats[1:].tolist()), _stroke(dark), wide, dark.shape)

    def small(self) -> list[tuple[int, int, int, int, int]]:
        limit = _DOT * self.shape[0]
        return [piece for piece in self.pieces if max(piece[2], piece[3]) <= limit]

    def column(self, x: float) -> float:
        """The pixel column of a place on the sheet."""
        return (x - self.box.x0) / max(self.box.width, 1e-6) * self.shape[1]


def without_specks(lines: Sequence[Line], read: ReadSheet) -> tuple[Line, ...]:
    """The lines of an answer without full stops that are dust."""
    if read.grey is None or not any(word.text.endswith(".") for line in lines for word in line.words):
        return tuple(lines)
    found = [_Dots.of(line, read) for line in lines]
    areas = [piece[4] for dots in found for piece in dots.small() if piece[4] > 1]
    strokes = [dots.stroke for dots in found if dots.stroke]
    usual = max(median(areas) if len(areas) > 2 else 0.0, (0.75 * median(strokes)) ** 2 if strokes else 0.0)
    return tuple(
        replace(line, words=words) if (words := _kept(line, dots, usual)) else line
        for line, dots in zip(lines, found, strict=True)
    )


def _kept(line: Line, dots: _Dots, usual: float) -> tuple[Word, ...]:
    """The words of a line, full stops that are dust gone."""
    out = []
    for i, word in enumerate(line.words):
        after = line.words[i + 1].box.x0 if i + 1 < len(line.words) else 1.0
        if _may_be_dust(word.text) and _is_dust(word, after, dots, usual, _TINY if _seen(word, line) else _SMALL):
            word = replace(word, text=word.text[:-1])
        if word.text:
            out.append(word)
    return tuple(out)


def _may_be_dust(text: str) -> bool:
    """Whether a word ends in a full stop that shortens nothing and numbers nothing."""
    bare = text[:-1]
    shortens = len(bare) == 1 or az.lower(bare) in _SHORTENED or (bare.isdigit() and len(bare) <= 2)
    return text.endswith(".") and not bare.endswith(".") and not shortens


def _seen(word: Word, line: Line) -> bool:
    """Whether the second engine reads the word's full stop too."""
    return line.second is None or word.text in line.second


def _is_dust(word: Word, after: float, dots: _Dots, usual: float, share: float) -> bool:
    """Whether the last small piece of ink of a word is too small, or stands too high, for its full stop."""
    end = min(word.box.x1 + _BEHIND * word.box.height, after)
    left, right = dots.column(word.box.x0), dots.column(end)
    own = [p for p in dots.pieces if left - 1 <= p[0] and p[0] + p[2] <= right + 1]
    letters = [p for p in own if p[3] > _DOT * dots.shape[0]]
    if not letters:
        return False
    last = max(letters, key=lambda p: p[0] + p[2])
    foot = median(p[1] + p[3] for p in letters)
    behind = [
        p for p in own if p not in letters and p[0] >= last[0] + last[2] - 1 and p[1] + p[3] > foot - 0.7 * last[3]
    ]
    if not behind:
        return False
    dot = max(behind, key=lambda p: p[4])
    return dot[4] < share * usual or foot - (dot[1] + dot[3]) > _LOW * max(p[3] for p in letters)


def _stroke(dark: np.ndarray) -> float:
    """The usual width of an upright stroke in pixels."""
    height = dark.shape[0]
    middle = dark[height // 3 : max(2 * height // 3, height // 3 + 1)].astype(np.int8)
    edges = np.diff(np.pad(middle, ((0, 0), (1, 1))), axis=1)
    starts, ends = np.nonzero(edges == 1), np.nonzero(edges == -1)
    runs = ends[1] - starts[1]
    return float(np.median(runs)) if runs.size else 0.0
