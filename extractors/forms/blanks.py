"""Blanks between words, measured in the ink where engines lose or invent them ("m.17", "201 1")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import numpy as np

from extractors.forms.ink import ink_of_print
from extractors.shapes import ReadSheet
from extractors.values import squeeze
from models.geometry import Box
from models.sheet import Line, Word

_LIKE_A_BLANK = 0.6  # share of the usual blank of an answer from which a gap inside a word is one too
_NO_BLANK = 0.45  # and up to which a gap between digits is none
_WITHIN_A_YEAR = 1.1  # and where the digits make a year: a narrow 1 stands far from its neighbours
_YEAR = re.compile(r"(?:19|20)\d\d")
_NARROWEST = 0.22  # width of a blank, in heights of its line
_DOUBTFUL = re.compile(
    r"(?<=[^\W\d_][.,;:)])(?=[^\W_])|(?<=[a-zəğıöüçş])(?=[A-ZƏĞİÖÜÇŞ])|(?<=[^\W\d_]{2})(?=\d)|(?<=\d)(?=[^\W\d_]{3})"
)


def by_ink(lines: Sequence[Line], read: ReadSheet) -> tuple[Line, ...]:
    """The lines of an answer with words parted and digits joined as the blanks in their ink tell."""
    if read.grey is None or not any(_is_doubtful(line) for line in lines):
        return tuple(lines)
    gaps = [_gaps(line, read) for line in lines]
    blanks = [width for line, found in zip(lines, gaps, strict=True) for width in _between_words(line, found)]
    if not blanks:
        return tuple(_as_second(line, found, read) for line, found in zip(lines, gaps, strict=True))
    usual = median(blanks)
    return tuple(_respaced(line, found, usual) for line, found in zip(lines, gaps, strict=True))


def _as_second(line: Line, gaps: Sequence[tuple[float, float]], read: ReadSheet) -> Line:
    """A line without any blank to compare with, parted where the second engine saw a blank and the ink allows one."""
    sheet = read.sheet
    least = _NARROWEST * line.box.height * (sheet.height_px / sheet.width_px if sheet.width_px else 1.4)
    parted = _respaced(line, gaps, least / _LIKE_A_BLANK)
    return parted if line.second and squeeze(parted.text) == squeeze(line.second) else line


def _is_doubtful(line: Line) -> bool:
    return any(_DOUBTFUL.search(word.text) for word in line.words) or any(_split_number(line))


def _split_number(line: Line) -> Iterator[bool]:
    """For each pair of neighbours whether both are digits where they meet."""
    for left, right in pairwise(line.words):
        yield left.text[-1:].isdigit() and right.text[:1].isdigit()


def _gaps(line: Line, read: ReadSheet) -> list[tuple[float, float]]:
    """Where no ink stands in a line, as fractions of the sheet's width, its ends left out."""
    dark = ink_of_print(read, line.box)
    if dark.size == 0:
        return []
    inked = np.flatnonzero(dark.sum(axis=0) >= 2)
    width = dark.shape[1]
    step = line.box.width / width
    return [(line.box.x0 + (a + 1) * step, line.box.x0 + b * step) for a, b in pairwise(inked.tolist()) if b - a > 1]


def _between_words(line: Line, gaps: Sequence[tuple[float, float]]) -> list[float]:
    """Widths of the gaps between the words of a line; between digits it may be none."""
    out = []
    for (left, right), digits in zip(pairwise(line.words), _split_number(line), strict=True):
        if not digits:
            middle = (left.box.x1 + right.box.x0) / 2
            out += [b - a for a, b in gaps if a - 0.002 <= middle <= b + 0.002]
    return out


def _respaced(line: Line, gaps: Sequence[tuple[float, float]], usual: float) -> Line:
    words: list[Word] = []
    for i, word in enumerate(line.words):
        if words and _is_one_number(words[-1], word, gaps, usual):
            words[-1] = _joined(words[-1], word)
            continue
        words += _parted(word, gaps, usual) if _DOUBTFUL.search(word.text) else [line.words[i]]
    return replace(line, words=tuple(words))


def _is_one_number(left: Word, right: Word, gaps: Sequence[tuple[float, float]], usual: float) -> bool:
    tail, head = re.search(r"\d+$", left.text), re.match(r"\d+", right.text)
    if not (tail and head):
        return False
    limit = _WITHIN_A_YEAR if _YEAR.fullmatch(tail[0] + head[0]) else _NO_BLANK
    widest = max((b - a for a, b in gaps if b > left.box.x1 - 0.003 and a < right.box.x0 + 0.003), default=0.0)
    return widest < limit * usual


def _joined(left: Word, right: Word) -> Word:
    return Word(left.text + right.text, left.box.union(right.box), min(left.confidence, right.confidence))


def _parted(word: Word, gaps: Sequence[tuple[float, float]], usual: float) -> list[Word]:
    """A word cut where a gap as wide as a blank stands near a doubtful place of it."""
    inside = [(a, b) for a, b in gaps if word.box.x0 < a and b < word.box.x1 and b - a >= _LIKE_A_BLANK * usual]
    size = len(word.text)
    cuts: list[tuple[int, float]] = []
    for at in (found.start() for found in _DOUBTFUL.finditer(word.text)):
        expected = word.box.x0 + word.box.width * at / size
        near = [gap for gap in inside if gap[0] - 0.15 * word.box.width < expected < gap[1] + 0.15 * word.box.width]
        if near:
            a, b = max(near, key=lambda gap: gap[1] - gap[0])
            inside.remove((a, b))
            cuts.append((at, (a + b) / 2))
    ends = [(0, word.box.x0), *cuts, (size, word.box.x1)]
    return [Word(word.text[i:j], Box(x0, word.box.y0, x1, word.box.y1), word.confidence)
            for (i, x0), (j, x1) in pairwise(ends)]  # fmt: skip
