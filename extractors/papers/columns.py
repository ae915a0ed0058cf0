"""Papers of labels on the left and values on the right, read one column at a time.

Where a label goes on in a second line its value stands level with neither ("Ödənilən / məbləğ" beside "110.00 AZN"),
and engines make lines of the halves of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extractors.shapes import ReadSheet, RegionReader
from models.geometry import Box, box_of
from models.sheet import Line

_WIDE = 1.0  # heights of a word: no blank inside a column is wider
_FEWEST_ROWS = 4  # with a gap at one place make two columns
_LEVEL = 0.5  # of the lower of two lines: those that share more of it are level
_NEAR = 0.5  # of the lower of two lines: those that are farther apart have nothing to do with each other
_BELIEVED = 0.6  # confidence of a word that is not torn


@dataclass(frozen=True, slots=True)
class _Gap:
    """A row of a paper that is empty from ``x0`` to ``x1`` and not beside."""

    row: Line
    x0: float
    x1: float


def in_columns(on: ReadSheet, reader: RegionReader) -> ReadSheet:
    """The sheet with the two columns of its rows read apart, each row of a column as one line; the same sheet where
    there are no two columns."""
    gaps = list(_gaps(on))
    at = max((gap.x1 for gap in gaps), key=lambda x: sum(gap.x0 < x <= gap.x1 for gap in gaps), default=0.0)
    gaps = [gap for gap in gaps if gap.x0 < at <= gap.x1]
    if len(gaps) < _FEWEST_ROWS:
        return on
    x = (max(gap.x0 for gap in gaps) + at) / 2
    lines = list(on.sheet.lines)
    for band in _bands(on.sheet.lines, gaps, x):
        left = reader.read(on, Box(band.x0, band.y0, x, band.y1))
        right = reader.read(on, Box(x, band.y0, band.x1, band.y1))
        kept = [line for line in lines if not band.contains(*line.box.centre)]
        lines = [*kept, *_rows(left, right)]
    return replace(on, sheet=replace(on.sheet, lines=tuple(sorted(lines, key=lambda line: line.box.y0))))


def _gaps(on: ReadSheet) -> Iterator[_Gap]:
    """The wide blanks of lines, and those between two lines of one row."""
    across, down = on.sheet.width_px, on.sheet.height_px
    for line in on.sheet.lines:
        level = [other for other in on.sheet.lines if other.box.x0 > line.box.x1 and _overlap(line, other) > _LEVEL]
        nearest = min(level, key=lambda other: other.box.x0, default=None)
        for before, after in pairwise([*line.words, *(nearest.words[:1] if nearest else ())]):
            if (after.box.x0 - before.box.x1) * across > _WIDE * min(before.box.height, after.box.height) * down:
                yield _Gap(line, before.box.x1, after.box.x0)


def _bands(lines: Sequence[Line], gaps: Sequence[_Gap], x: float) -> Iterator[Box]:
    """The parts of a sheet in which two columns stand left and right of ``x``, none of their lines running through."""
    first, last = min(gap.row.box.y0 for gap in gaps), max(gap.row.box.y1 for gap in gaps)
    near = max(gap.row.box.height for gap in gaps)  # a label may go on below the last row
    inside = sorted((line for line in lines if first - near < line.box.centre[1] < last + near), key=_middle)
    for crossed, run in groupby(inside, key=lambda line: _runs_through(line, x)):
        if not crossed:
            box = box_of(list(run))
            yield Box(max(0.0, box.x0 - near), box.y0, min(1.0, box.x1 + near), box.y1)


def _runs_through(line: Line, x: float) -> bool:
    return any(word.confidence >= _BELIEVED and word.box.x0 < x < word.box.x1 for word in line.words)


def _rows(left: Sequence[Line], right: Sequence[Line]) -> Iterator[Line]:
    """The lines of two columns, those that belong to one row as one line for each column."""
    links = _links(left, right)
    rest = [*left, *right]
    while rest:
        row = [rest.pop(0)]
        for line in row:  # it grows
            row += [other for other in rest if {(line, other), (other, line)} & links]
            rest = [other for other in rest if other not in row]
        for column in (left, right):
            if side := [line for line in row if line in column]:
                yield _joined(side)


def _links(left: Sequence[Line], right: Sequence[Line]) -> set[tuple[Line, Line]]:
    """Which lines of two columns stand in one row: level ones, and one that is level with none beside the nearest,
    if that has no other or the line goes on in small letters."""
    links = {(line, other) for line in left for other in right if _overlap(line, other) > _LEVEL}
    paired = {line for link in links for line in link}
    for column, others in ((left, right), (right, left)):
        for line in (line for line in column if line not in paired and others):
            nearest = min(others, key=lambda other: -_overlap(line, other))
            if _overlap(line, nearest) > -_NEAR and (nearest not in paired or line.text[:1].islower()):
                links.add((line, nearest))
    return links


def _overlap(line: Line, other: Line) -> float:
    """How much of the lower of two lines lies level with the other; less than 0 for lines that are so far apart."""
    shared = min(line.box.y1, other.box.y1) - max(line.box.y0, other.box.y0)
    return shared / max(min(line.box.height, other.box.height), 1e-9)


def _middle(line: Line) -> float:
    return line.box.centre[1]


def _joined(lines: Sequence[Line]) -> Line:
    """Lines under one another as one."""
    ordered = sorted(lines, key=_middle)
    readings = [line.second for line in ordered if line.second is not None]
    return replace(
        ordered[0],
        words=tuple(word for line in ordered for word in line.words),
        box=box_of(ordered),
        second=" ".join(readings) if len(readings) == len(ordered) else None,
    )
