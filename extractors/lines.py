"""Words with places to lines and cells in reading order. Boxes are fractions of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.geometry import Box, box_of
from models.sheet import Cell, Line, Word

_WIDE_GAP = 2.6  # heights of the letters: words further apart are two lines side by side


def lines_of(words: Iterable[tuple[Word, bool]], walls: Sequence[Box] = ()) -> list[Line]:
    """Words to lines, top to bottom, left to right; an upright drawn line ends a line of text."""
    rows: list[list[tuple[Word, bool]]] = []
    for word in sorted(words, key=lambda item: (item[0].box.centre[1], item[0].box.x0)):
        if rows and _same_row(rows[-1], word[0]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [line for row in rows for line in _split_row(sorted(row, key=lambda item: item[0].box.x0), walls)]


def _same_row(row: Sequence[tuple[Word, bool]], word: Word) -> bool:
    last = row[-1][0].box
    height = min(last.height, word.box.height)
    return abs(last.centre[1] - word.box.centre[1]) < 0.5 * height


def _split_row(row: Sequence[tuple[Word, bool]], walls: Sequence[Box]) -> list[Line]:
    runs = [[row[0]]]
    for (left, _), right in pairwise(row):
        gap = right[0].box.x0 - left.box.x1
        if gap > _WIDE_GAP * max(left.box.height, right[0].box.height) or _divided(left.box, right[0].box, walls):
            runs.append([])
        runs[-1].append(right)
    return [_line(run) for run in runs]


def _divided(left: Box, right: Box, walls: Sequence[Box]) -> bool:
    middle = left.centre[1]
    return any(wall.y0 <= middle <= wall.y1 and left.x1 - 0.002 <= wall.x0 <= right.x0 + 0.002 for wall in walls)


def _line(run: Sequence[tuple[Word, bool]]) -> Line:
    words = tuple(word for word, _ in run)
    box = box_of(words)
    return Line(words, box, size=box.height, bold=sum(bold for _, bold in run) * 2 > len(run))


@dataclass(frozen=True, slots=True)
class Grid:
    """A drawn table: its cells with row, column and spans."""

    cells: tuple[tuple[Box, int, int, int, int], ...]


def grid(boxes: Sequence[Box]) -> Grid:
    """A table from the boxes of its cells."""
    rows = _edges([box.y0 for box in boxes])
    columns = _edges([box.x0 for box in boxes])
    return Grid(tuple(_numbered(box, rows, columns) for box in boxes))


def _edges(starts: Iterable[float]) -> list[float]:
    """Distinct starts, in order; those closer than a thousandth of the page are one."""
    edges: list[float] = []
    for start in sorted(starts):
        if not edges or start - edges[-1] > 0.004:
            edges.append(start)
    return edges


def _numbered(box: Box, rows: list[float], columns: list[float]) -> tuple[Box, int, int, int, int]:
    row = max(sum(edge <= box.y0 + 0.004 for edge in rows) - 1, 0)
    column = max(sum(edge <= box.x0 + 0.004 for edge in columns) - 1, 0)
    row_span = sum(box.y0 - 0.004 <= edge < box.y1 - 0.004 for edge in rows)
    column_span = sum(box.x0 - 0.004 <= edge < box.x1 - 0.004 for edge in columns)
    return box, row, column, max(row_span, 1), max(column_span, 1)


def placed(
    words: list[tuple[Word, bool]], grids: Sequence[Grid], walls: Sequence[Box]
) -> tuple[tuple[Line, ...], tuple[Cell, ...]]:
    """Lines of the page in reading order, and the cells of its tables with theirs."""
    free = list(words)
    cells: list[Cell] = []
    for number, grid in enumerate(grids):
        for box, row, column, row_span, column_span in sorted(grid.cells, key=lambda cell: (cell[1], cell[2])):
            inside = [word for word in free if box.contains(*word[0].box.centre)]
            free = [word for word in free if not box.contains(*word[0].box.centre)]
            cells.append(Cell(box, number, row, column, tuple(lines_of(inside)), row_span, column_span))
    blocks = [(line.box.y0, line.box.x0, [line]) for line in lines_of(free, walls)]
    blocks += [(cell.box.y0, cell.box.x0, list(cell.lines)) for cell in cells if cell.lines]
    ordered = [line for _, _, block in sorted(blocks, key=lambda b: (round(b[0], 3), b[1])) for line in block]
    return tuple(ordered), tuple(cells)
