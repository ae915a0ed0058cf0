"""Ruled lines of a flat sheet: cells with their rows and columns, and lines to write on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.geometry import components
from extractors.shapes import Pixels
from models.geometry import Box
from models.sheet import Cell, Rule

_COARSER = 2  # cells are found on a picture so many times smaller
_DOT, _PITCH = 5, 10  # pixels across a line of dots, and from one dot to the next
_A_ROW = 0.14  # inches: no row of a table is lower, nor is one narrower
_THICKEST = 0.055  # inches of a line, a double one among them
_WHOLE, _WORN = 0.93, 0.84  # shares of a drawn line's best row that are ink: of any line, of one that stands free
_DENSE = 0.45  # of the band round a line: more ink is a row of letters
_MASK = 11  # pixels of a line and what is printed beside it as its double
_DASH_THICK, _DASH_BLANK = 0.035, 0.15  # inches: no dash is thicker, no blank between two longer, crossings too
_DASHED, _CORNER = 0.4, 0.13  # inches: no dashed line is shorter; where lines cross is no larger
_SHADOW = 0.4  # inches of a dashed line's end that may be lost in a shadow
_DASHES = 0.35  # inches of dashes on one line; those of letters and dust are fewer
_TABLE = 12  # crossings of unbroken lines: the tables of this sheet are drawn with them


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is ruled on a sheet; ``mask`` marks the pixels of the lines, ``dashes`` those of dashed ones."""

    cells: tuple[Cell, ...]
    rules: tuple[Rule, ...]
    mask: Pixels
    dashes: Pixels | None = None

    def without_lines(self, grey: Pixels) -> Pixels:
        """The picture with the ruled lines painted white; strokes that cross them stay."""
        if not self.mask.any():
            return grey
        ink = cv2.threshold(grey, 169, 255, cv2.THRESH_BINARY_INV)[1]
        across = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 25), np.uint8))
        down = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((25, 1), np.uint8))
        lines = cv2.bitwise_or(across, down)
        lines = cv2.bitwise_or(lines, _dots(ink, self.mask))
        lines = lines if self.dashes is None else cv2.bitwise_or(lines, self.dashes)
        return cv2.max(grey, cv2.bitwise_and(self.mask, cv2.dilate(lines, np.ones((3, 3), np.uint8))))


@dataclass(frozen=True, slots=True)
class _Segment:
    """A straight line: at ``at`` on one axis, from ``start`` to ``end`` on the other (pixels)."""

    at: float
    start: int
    end: int


def _dots(ink: Pixels, mask: Pixels) -> Pixels:
    """The dots of dotted lines: thin pieces of ink inside a ruled line, close to each other all along it."""
    labels, stats = components(ink)
    x, y, wide, high = stats[:, :4].T
    thin = high <= _DOT
    thin[0] = False
    lines, extents = components(mask)
    line = np.where(thin, lines[y + high // 2, x + wide // 2], 0)
    dotted = np.bincount(line, minlength=len(extents)) > extents[:, 2:4].max(axis=1) / _PITCH
    dotted[0] = False
    return np.asarray(np.take(np.where(thin & dotted[line], np.uint8(255), np.uint8(0)), labels))


def find_ruling(grey: Pixels, dpi: float) -> Ruling:
    """Cells and writing lines of a cleaned sheet. ``dpi`` is the true resolution."""
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    turned = np.ascontiguousarray(ink.T)
    across = [s for s in _joined(_segments(ink, round(0.3 * dpi), dpi), dpi) if _is_drawn(s, ink)]
    down = [s for s in _joined(_segments(turned, round(0.18 * dpi), dpi), dpi) if _is_drawn(s, turned)]
    near = 0.06 * dpi
    solid = sum(_meet(level, side, near) for level in across for side in down)
    dashes, dashed_across, dashed_down = (None, [], []) if solid > _TABLE else _dashed(ink, dpi)
    levels = [*across, *dashed_across]
    down = [line for line in down if any(_meet(level, line, near) for level in levels)]
    sides = [_up_to(line, levels, dpi) for line in dashed_down]
    down += [line for line in sides if sum(_meet(level, line, near) for level in levels) > 1]
    across += [line for line in (_up_to(line, down, dpi) for line in dashed_across) if _is_held(line, down, near)]
    in_table = [line for line in across if any(_meet(line, side, near) for side in down)]
    alone = [line for line in across if line not in in_table and _is_writing_line(line, ink, dpi)]
    height, width = grey.shape
    cells = _cells([*in_table, *_open_ends(in_table, down, dpi)], down, height, width, dpi)
    mask = _drawn([*in_table, *alone], down, ink)
    return Ruling(tuple(cells), tuple(_rule(line, width, height) for line in alone), mask, dashes)


def _dashed(ink: Pixels, dpi: float) -> tuple[Pixels | None, list[_Segment], list[_Segment]]:
    """The pixels of dashes and dots, and the level and upright lines that these make."""
    labels, stats = components(ink)
    left, top, wide, high = stats[:, : cv2.CC_STAT_AREA].T
    thin = max(3.0, _DASH_THICK * dpi)
    level, upright = high <= thin, wide <= thin
    rows, columns = (_most_on_one(top[level], wide[level], thin), _most_on_one(left[upright], high[upright], thin))
    if min(rows, columns) < _DASHES * dpi:
        return None, [], []
    pictures = [np.take(np.where(which, np.uint8(255), np.uint8(0)), labels) for which in (level, upright)]
    blank, shortest = round(_DASH_BLANK * dpi) | 1, round(_DASHED * dpi)
    across = _joined(_segments(pictures[0], shortest, dpi, blank), dpi)
    down = _joined(_segments(np.ascontiguousarray(pictures[1].T), shortest, dpi, blank), dpi)
    return cv2.bitwise_or(*pictures), across, down


def _most_on_one(places: Pixels, lengths: Pixels, thin: float) -> float:
    """The length of all dashes on the line that holds most of them."""
    return float(np.bincount((places / thin).astype(np.intp), lengths).max(initial=0.0))


def _up_to(line: _Segment, others: list[_Segment], dpi: float) -> _Segment:
    """A dashed line up to the lines that it ends close to: where they cross the ink is no dash. One that crosses
    several goes on to the next one through a corner that a shadow fills."""
    near = [other.at for other in others if _reaches(other, line.at, _CORNER * dpi)]
    crossed = sum(line.start < x < line.end for x in near)
    reach = (_SHADOW if crossed > 1 else _CORNER) * dpi
    start = max((x for x in near if 0 < line.start - x < reach), default=line.start)
    return _Segment(line.at, round(start), round(min((x for x in near if 0 < x - line.end < reach), default=line.end)))


def _is_held(line: _Segment, sides: list[_Segment], near: float) -> bool:
    """Whether a dashed line ends at sides of a table; dots to write on end anywhere."""
    at = [side.at for side in sides if _reaches(side, line.at, near)]
    return all(any(abs(x - end) < near for x in at) for end in (line.start, line.end))


def _segments(ink: Pixels, shortest: int, dpi: float, blank: int = 5) -> list[_Segment]:
    """Horizontal lines of a picture of ink, over blanks of some pixels."""
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, blank), np.uint8))
    lines = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
    lines = cv2.dilate(lines, np.ones((3, 1), np.uint8))
    outlines, nesting = cv2.findContours(lines, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    thick = max(6.0, _THICKEST * dpi)
    found = []
    for outline, (_, _, _, around) in zip(outlines, nesting[0] if nesting is not None else (), strict=True):
        x, _, w, h = cv2.boundingRect(outline)
        if around < 0 and h <= thick + 0.015 * w and w > 4 * h:
            moments = cv2.moments(outline)
            found.append(_Segment(moments["m01"] / max(1.0, moments["m00"]), x, x + w))
    return found


def _is_drawn(line: _Segment, ink: Pixels) -> bool:
    """Whether a line is ruled: nearly unbroken in its best row, unlike the feet and heads of letters.

    A short one has to be whole: an İ that fills its row, from the dot close under one border to the foot close above
    the other, is one stroke with two small gaps. So has one among much ink: the feet of a word in a narrow cell
    ("Respublikası") make a line from side to side.
    """
    top = max(0, round(line.at) - 6)
    strip = ink[top : round(line.at) + 7, line.start : line.end] > 0
    count = max(1, strip.shape[1] // 40)
    pieces = strip[:, : strip.shape[1] // count * count].reshape(len(strip), count, -1)
    unbroken = float(np.median(pieces.mean(axis=2).max(axis=0)))
    return unbroken > _WHOLE or (count > 1 and unbroken > _WORN and float(strip.mean()) < _DENSE)


def _is_writing_line(line: _Segment, ink: Pixels, dpi: float) -> bool:
    """Whether a line without verticals is long enough and stands free, as no row of print does."""
    at, apart = round(line.at), max(4, round(0.022 * dpi))
    above = ink[max(0, at - apart - 3) : max(1, at - apart), line.start : line.end]
    below = ink[at + apart : at + apart + 3, line.start : line.end]
    free = all(side.size == 0 or (side > 0).mean() < 0.25 for side in (above, below))
    return free and line.end - line.start > 0.5 * dpi


def _joined(segments: list[_Segment], dpi: float) -> list[_Segment]:
    """Collinear segments with small gaps between them made one."""
    near, gap = 0.03 * dpi, 0.12 * dpi
    done: list[_Segment] = []
    for segment in sorted(segments, key=lambda s: (round(s.at / near), s.start)):
        mate = next((d for d in done if abs(d.at - segment.at) <= near and -near < segment.start - d.end <= gap), None)
        if mate is None:
            done.append(segment)
        else:
            done.remove(mate)
            done.append(_Segment((mate.at + segment.at) / 2, mate.start, max(mate.end, segment.end)))
    return done


def _open_ends(across: list[_Segment], down: list[_Segment], dpi: float) -> list[_Segment]:
    """Lines that close tables whose first or last row has only its sides, as where a page ends in it."""
    closing = []
    for ends in ([(side.start, side.at) for side in down], [(side.end, side.at) for side in down]):
        free = [end for end in ends if _is_open(*end, across, down, dpi)]
        for level in _clusters([y for y, _ in free], 0.05 * dpi):
            xs = [round(x) for y, x in free if abs(y - level) < 0.1 * dpi]
            if max(xs) - min(xs) > _A_ROW * dpi:
                closing.append(_Segment(level, min(xs), max(xs)))
    return closing


def _is_open(y: int, x: float, across: list[_Segment], down: list[_Segment], dpi: float) -> bool:
    """Whether a side of a table ends at a place, far from any line across and not to go on after a gap."""
    near = 0.06 * dpi
    closed = any(abs(line.at - y) < _A_ROW * dpi and _reaches(line, x, near) for line in across)
    beside = [side for side in down if abs(side.at - x) < near and y not in (side.start, side.end)]
    return not closed and not any(min(abs(side.start - y), abs(side.end - y)) < 0.4 * dpi for side in beside)


def _reaches(line: _Segment, place: float, near: float) -> bool:
    return line.start - near <= place <= line.end + near


def _drawn(across: list[_Segment], down: list[_Segment], ink: Pixels) -> Pixels:
    """A mask of the pixels of the lines, as thick as they are printed."""
    mask = np.zeros_like(ink)
    for line in across:
        cv2.line(mask, (line.start, round(line.at)), (line.end, round(line.at)), 255, _MASK)
    for line in down:
        cv2.line(mask, (round(line.at), line.start), (round(line.at), line.end), 255, _MASK)
    return mask


def _meet(across: _Segment, down: _Segment, near: float) -> bool:
    return _reaches(across, down.at, near) and _reaches(down, across.at, near)


def _rule(line: _Segment, width: int, height: int) -> Rule:
    return Rule(Box(line.start / width, line.at / height, line.end / width, line.at / height).clipped())


def _cells(across: list[_Segment], down: list[_Segment], height: int, width: int, dpi: float) -> list[Cell]:
    """The closed rectangles between lines, numbered by table, row and column."""
    if not down:
        return []
    paper = np.full((round(height / _COARSER), round(width / _COARSER)), 255, np.uint8)
    reach = 0.05 * dpi
    for s in across:
        _ruled(paper, (s.start - reach, s.at), (s.end + reach, s.at))
    for s in down:
        _ruled(paper, (s.at, s.start - reach), (s.at, s.end + reach))
    boxes = _holes(paper, dpi)
    numbered = []
    for table, members in enumerate(_tables(boxes, dpi)):
        numbered += _numbered(members, table, width, height, dpi)
    return numbered


def _ruled(paper: Pixels, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draws a line of the sheet on its coarser picture."""
    ends = [tuple(round(value / _COARSER) for value in point) for point in (start, end)]
    cv2.line(paper, ends[0], ends[1], 0, 2)


def _holes(paper: Pixels, dpi: float) -> list[tuple[int, int, int, int]]:
    """left, top, right, bottom of the rectangles between lines, in pixels of the sheet."""
    _, _, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(paper, 4, cv2.CV_16U, cv2.CCL_SPAGHETTI)
    height, width = paper.shape
    smallest = 0.06 * dpi / _COARSER
    boxes = []
    for x, y, w, h, area in stats[1:]:
        touches_edge = x == 0 or y == 0 or x + w == width or y + h == height
        if not touches_edge and w > smallest and h > smallest and area > 0.8 * w * h:
            left, top, right, bottom = (int(value) * _COARSER for value in (x, y, x + w, y + h))
            boxes.append((left, top, right, bottom))
    return boxes


def _tables(boxes: list[tuple[int, int, int, int]], dpi: float) -> list[list[tuple[int, int, int, int]]]:
    """Cells that touch belong to one table; tables from the top down."""
    near = 0.06 * dpi
    tables: list[list[tuple[int, int, int, int]]] = []
    for box in sorted(boxes, key=lambda b: (b[1], b[0])):
        touching = [t for t in tables if any(_touch(box, other, near) for other in t)]
        merged = [box, *(other for t in touching for other in t)]
        tables = [t for t in tables if t not in touching] + [merged]
    return sorted(tables, key=lambda t: min(b[1] for b in t))


def _touch(a: tuple[int, int, int, int], b: tuple[int, int, int, int], near: float) -> bool:
    return a[0] - near < b[2] and b[0] - near < a[2] and a[1] - near < b[3] and b[1] - near < a[3]


def _numbered(boxes: list[tuple[int, int, int, int]], table: int, width: int, height: int, dpi: float) -> list[Cell]:
    near = 0.06 * dpi
    tops = _clusters([b[1] for b in boxes] + [b[3] for b in boxes], near)
    lefts = _clusters([b[0] for b in boxes] + [b[2] for b in boxes], near)
    cells = []
    for x0, y0, x1, y1 in boxes:
        row, below = _nearest(tops, y0), _nearest(tops, y1)
        column, beside = _nearest(lefts, x0), _nearest(lefts, x1)
        box = Box(x0 / width, y0 / height, x1 / width, y1 / height)
        cells.append(Cell(box, table, row, column, (), max(1, below - row), max(1, beside - column)))
    return sorted(cells, key=lambda c: (c.row, c.column))


def _clusters(values: Sequence[float], near: float) -> list[float]:
    """Centres of groups of values; neighbours nearer than ``near`` are one group."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= near:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _nearest(centres: list[float], value: float) -> int:
    return min(range(len(centres)), key=lambda i: abs(centres[i] - value))
