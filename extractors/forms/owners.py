"""Whose every written word is: the question that it answers, by its cell, by what stands above it or under it.

Whatever stands between the beginning of one printed text and the beginning of the next, and is not printed itself,
answers the first of them; in a ruled table the cell beside a question is its answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from extractors.forms.printed import Hit, PrintedKind
from extractors.forms.prints import PrintedPage
from extractors.forms.tokens import Token, rows_of
from models.azerbaijani import MONTHS
from models.geometry import Box
from models.sheet import Source

TORN = "torn"  # owner of words whose question stands on the next sheet
_NOBODY = "nobody"  # owner of words before a row's first known label

_ALIGNED = 0.008  # how far the beginnings of answers in one column differ, as a share of the sheet's width
_APART = 3.0  # word heights between what two pens wrote in one row
_PEN_REACH = 4.5  # word heights that a signature rises above its label
_WORD, _READ = 3, 0.9  # letters of a word, and its certainty, that no signature looks like
_LABEL = 5  # words of a label
_CAPTION = 4.2  # word heights from a written line to the caption under it
_ONLY_A_DATE = re.compile(
    r"(?:tarix\W*)?(?:[«\"“<]*\s*\d{1,2}\s*[»\"”>]*[\s./_-]*(?:[^\W\d_]{3,10}|\d{1,2})|"
    r"\W*\w{0,2}\d{1,2}\w{0,2}\W*\s+(?:" + "|".join(MONTHS) + r"))"  # signs round a day are read as letters
    r"[\s./_,-]*\d{4}[\s_-]*(?:c[iıuü]\s*)?(?:il|ildə|г)?[.\s_]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Owners:
    """The owners of the words of one sheet."""

    page: PrintedPage

    @cached_property
    def answer_cells(self) -> dict[str, list[int]]:
        """The cells beside each question that stands alone in its own cell."""
        crowd = Counter(self.page.cell_of(hit) for hit in self.page.hits)
        found: dict[str, list[int]] = {}
        asking = [hit for hit in self.page.hits if hit.kind in (PrintedKind.QUESTION, PrintedKind.ENTRY)]
        for hit in asking:
            cell = self.page.cell_of(hit)
            if cell is not None and crowd[cell] == 1 and (beside := self._cells_beside(cell)):
                found[hit.key] = beside
            elif (cell is None or crowd[cell] > 1) and (under := self._cell_under(hit)) is not None:
                found[hit.key] = [under]
        return found

    def _cells_beside(self, cell: int) -> list[int]:
        """Cells of the same row to the right, up to the next one that holds print."""
        holding_print = {self.page.cell_of(hit) for hit in self.page.hits}
        return list(takewhile(lambda i: i not in holding_print, self.page.text.cells_beside(cell)))

    def _cell_under(self, hit: Hit) -> int | None:
        """The box right under a short label, as portals print it."""
        if hit.numbered or len(hit.wording) > _LABEL:
            return None
        height = self.page.text.height
        cells = self.page.text.sheet.cells
        holding_print = {self.page.cell_of(other) for other in self.page.hits}
        under = [i for i, c in enumerate(cells) if i not in holding_print
                 and -0.4 * height < c.box.y0 - hit.box.y1 < 1.2 * height
                 and -_ALIGNED < hit.box.x0 - c.box.x0 + _ALIGNED < 4 * _ALIGNED]  # fmt: skip
        return min(under, key=lambda i: abs(cells[i].box.x0 - hit.box.x0), default=None)

    @cached_property
    def _claimed(self) -> dict[int, str]:
        return {cell: number for number, cells in self.answer_cells.items() for cell in cells}

    @cached_property
    def written(self) -> dict[str | None, list[Token]]:
        """Free words by the number of the question they answer; None for what stands before any print."""
        out: dict[str | None, list[Token]] = {}
        for token in self.page.free:
            out.setdefault(self._owner(token), []).append(token)
        return out

    def _owner(self, token: Token) -> str | None:
        if token.index in self.page.torn:
            return TORN
        if token.cell is not None and token.cell in self._claimed:
            return self._claimed[token.cell]
        if token.index in self._date_row:
            return f"{PrintedKind.DATE}:row"
        if token.index in self._pen_strokes:
            return f"{PrintedKind.SIGNATURE}:pen"
        if caption := self.caption_under(token):
            return caption.key
        stop = self.stop_above(token.box)
        if stop is None:
            return None
        if self._stands_before(token, stop):
            return _NOBODY
        return stop.key if stop.kind in (PrintedKind.QUESTION, PrintedKind.ENTRY) else f"{stop.kind}:{stop.key}"

    def stop_above(self, box: Box) -> Hit | None:
        """The printed text that a place belongs to: the last one that begins above it or beside it."""
        middle, tolerance = box.centre[1], 0.6 * self.page.text.height
        above = [hit for hit in self.page.stops if self.page.top(hit) <= middle + tolerance]
        if not above:
            return None
        lowest = self.page.top(above[-1])
        level = [hit for hit in above if lowest - self.page.top(hit) <= tolerance]
        left = [hit for hit in level if self._starts_left_of(hit, box)]
        return max(left or level, key=lambda hit: hit.box.x0 if left else -hit.box.x0)

    @cached_property
    def _date_row(self) -> frozenset[int]:
        """The row with the date of signing where only its hint or the signature's label under it is printed."""
        signing = [hit for hit in self.page.hits if hit.kind in (PrintedKind.SIGNATURE, PrintedKind.DATE)]
        if not signing:
            return frozenset()
        first = min(self.page.top(hit) for hit in signing)
        after = max((hit.box.y0 for hit in self.page.questions.values()), default=0.0)
        height = self.page.text.height
        near = [
            t
            for t in self.page.free
            if max(after, first - 7 * height) < t.box.centre[1] < first + 0.6 * height
            and t.index not in self._pen_strokes
            and not any(t.box.centre[0] > hit.box.x0 and self.page.is_level(t, hit) for hit in signing)
        ]
        rows = [row for row in rows_of(near) if _ONLY_A_DATE.fullmatch(" ".join(t.text for t in row))]
        return frozenset(t.index for t in rows[-1]) if rows else frozenset()

    @cached_property
    def _pen_strokes(self) -> frozenset[int]:
        """What an engine read in a signature: above its label, from a row's beginning or a wide blank on."""
        label = min((h for h in self.page.hits if h.kind is PrintedKind.SIGNATURE), key=self.page.top, default=None)
        if label is None:
            return frozenset()
        text, top, left = self.page.text, self.page.top(label), label.box.x0 - _ALIGNED
        reach = _PEN_REACH * text.height
        above = (t for t in text.tokens if t.source is Source.OCR and 0 < top - t.box.centre[1] < reach)
        out: set[int] = set()
        for row in rows_of(above):
            if _reads_well(row):
                continue
            starts = [
                i
                for i, t in enumerate(row)
                if t.box.x0 > left and (not i or self.page.text.gap(row[i - 1], t) > _APART)
            ]
            out |= {t.index for t in row[starts[0] :]} if starts else set()
        return frozenset(out) - frozenset(t for hit in self.page.hits for t in hit.tokens)

    def caption_under(self, token: Token) -> Hit | None:
        """The question printed small under the very line that a word stands on ("(kim tərəfindən verilmişdir)")."""
        captions = [
            h for h in self.page.questions.values() if not h.numbered and h.wording[0].lstrip("(")[:1].islower()
        ]
        near = [h for h in captions if 0 < self.page.top(h) - token.box.centre[1] < _CAPTION * self.page.text.height]
        held = token.cell is not None or not near
        between = not held and any(token.box.y1 < t.box.centre[1] < near[0].box.y0 for t in self.page.text.tokens)
        return None if held or between else near[0]

    def _stands_before(self, token: Token, stop: Hit) -> bool:
        """Whether a word stands in the row of a short label, in a cell of its table left of it: beside a lost label."""
        cell, cells = self.page.cell_of(stop), self.page.text.sheet.cells
        if token.cell is None or cell is None or stop.numbered or len(stop.wording) > _LABEL:
            return False
        own, other = cells[token.cell], cells[cell]
        return own.table == other.table and own.row == other.row and own.box.x1 < other.box.x0 + _ALIGNED

    def _starts_left_of(self, hit: Hit, box: Box) -> bool:
        return self.page.first_row(hit)[0].box.x0 <= box.x0 + 0.01


def _reads_well(row: Sequence[Token]) -> bool:
    """Whether a row is of words, not of a pen's strokes."""
    words = [t for t in row if len(t.folded) >= _WORD]
    return len(words) > 2 and len(words) > len(row) / 2 and min(t.confidence for t in words) > _READ
