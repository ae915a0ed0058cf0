"""Columns of a table question: by their headings, by ruled rows, or where the fewest words are cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.forms.pages import FormPage
from extractors.forms.tokens import Token
from models.catalogue import AnswerKind, Question
from models.geometry import Box


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table begin and end, as fractions of the sheet's width.

    ``bottom`` is under the headings, 0 on a sheet that shows none; ``dated`` whether the first column holds times.
    """

    spans: Mapping[str, tuple[float, float]]
    bottom: float
    dated: bool = False

    @property
    def first(self) -> str:
        """The key of the leftmost column."""
        return min(self.spans, key=lambda key: self.spans[key][0])

    def at(self, box: Box) -> str | None:
        """The column that holds the larger part of a box."""
        shares = {key: min(box.x1, x1) - max(box.x0, x0) for key, (x0, x1) in self.spans.items()}
        best = max(shares, key=shares.__getitem__)
        return best if shares[best] > 0 else None


def headings_of(page: FormPage, question: Question) -> dict[str, Box]:
    """Where the headings of a table stand on a sheet, by column key; the box is the cell's where there is one."""
    hits = [hit for hit in page.headings.get(question.number, ()) if not hit.key.startswith("(")]
    cells = [page.cell_of(hit) for hit in hits]
    ruled = None not in cells and len(set(cells)) == len(cells)
    return {
        hit.key: page.text.sheet.cells[cell].box if ruled and cell is not None else hit.box
        for hit, cell in zip(hits, cells, strict=True)
    }


def columns_on(
    page: FormPage, question: Question, heads: Mapping[str, Box], words: Sequence[Token], top: float, bottom: float
) -> Columns:
    """The columns of a table on one sheet between two heights; ``heads`` may stand on another sheet of it."""
    top = max(top, heading_bottom(page, question))
    inside = [t.box for t in words if top < t.box.centre[1] < bottom]
    spans = _counted_spans(page, question, heads, top, bottom) or _free_spans(heads, inside)
    return Columns(spans, top, question.columns[0].kind in (AnswerKind.DATE, AnswerKind.PARTIAL_DATE))


def heading_bottom(page: FormPage, question: Question) -> float:
    """Where the headings of a table end on a sheet; 0 where it shows none."""
    heads = page.headings.get(question.number, ())
    bottom = max([hit.box.y1 for hit in heads], default=0.0)
    cells = {c for hit in heads if (c := page.cell_of(hit)) is not None}
    under = {t.cell for t in page.free if t.cell in cells and t.box.y0 > bottom}
    if len(under) > 1:  # the rule between the headings and the first row is lost
        return bottom
    ends = [page.text.sheet.cells[c].box.y1 for c in cells - under]
    return max([end for end in ends if end - bottom < 0.05], default=bottom)


def _counted_spans(
    page: FormPage, question: Question, heads: Mapping[str, Box], top: float, bottom: float
) -> dict[str, tuple[float, float]]:
    """Columns from the ruled rows themselves where these have just as many cells as the table has columns, or as it has
    headings."""
    rows: dict[tuple[int, int], list[Box]] = {}
    for cell in page.text.sheet.cells:
        if top - 0.004 <= cell.box.y0 and cell.box.centre[1] <= bottom:
            rows.setdefault((cell.table, round(cell.box.y0 * 250)), []).append(cell.box)
    whole = [column.key for column in question.columns]
    for keys in (whole, [key for key in whole if key in heads]):
        fitting = [sorted(row) for row in rows.values() if len(row) == len(keys)]
        spans = {key: (box.x0, box.x1) for key, box in zip(keys, fitting[0], strict=True)} if fitting else {}
        if spans and _is_headed(spans, heads):
            return spans
    return {}


def _is_headed(spans: Mapping[str, tuple[float, float]], heads: Mapping[str, Box]) -> bool:
    """Whether most headings stand over the columns that they name."""
    over = [spans[key][0] < box.centre[0] < spans[key][1] for key, box in heads.items() if key in spans]
    return 2 * sum(over) > len(over)


def _free_spans(heads: Mapping[str, Box], words: Sequence[Box]) -> dict[str, tuple[float, float]]:
    """Columns cut between their headings where the fewest words of the rows are cut through."""
    ordered = sorted(heads.items(), key=lambda item: item[1].x0)
    cuts = [_cut(left, right, words) for (_, left), (_, right) in pairwise(ordered)]
    edges = [0.0, *cuts, 1.0]
    return {key: (edges[i], edges[i + 1]) for i, (key, _) in enumerate(ordered)}


def _cut(left: Box, right: Box, words: Sequence[Box]) -> float:
    """The best place to part two columns: not through words, in the widest blank."""
    low, high = left.centre[0], right.centre[0]
    places = [low + (high - low) * i / 60 for i in range(61)]
    crossed = [sum(w.x0 < x < w.x1 for w in (*words, left, right)) for x in places]
    least = min(crossed)
    runs: list[list[float]] = [[]]
    for x, count in zip(places, crossed, strict=True):
        if count == least:
            runs[-1].append(x)
        elif runs[-1]:
            runs.append([])
    widest: list[float] = max(runs, key=len)
    return median(widest)
