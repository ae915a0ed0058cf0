"""A sheet of a form with its answers: which words the applicant wrote under which question, and where they may stand.

Questions are known by their text alone; ``prints`` knows the printed texts of a sheet, ``owners`` whose its words are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.forms.owners import TORN, Owners
from extractors.forms.printed import Hit, PrintedKind
from extractors.forms.prints import PrintedPage
from extractors.forms.tokens import Token, number_of, rows_of
from models.geometry import Box, box_of

_LEFT, _RIGHT = 0.03, 0.975  # where writing may begin and end on a sheet
_ALIGNED = 0.008  # how far the beginnings of answers in one column differ, as a share of the sheet's width
_BESIDE = 0.05  # share of the sheet's width by which an answer may reach into its question's column


@dataclass(frozen=True)
class Area:
    """Where an answer stands on one sheet. ``boxes`` are free of print; ``certain`` when a cell bounds them.

    ``doubtful`` when the words of this place may have been taken for another answer.
    """

    page: FormPage
    tokens: tuple[Token, ...]
    boxes: tuple[Box, ...]
    certain: bool
    doubtful: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether words stand here, or a single sign; a border that was read as many is none."""
        return len(self.tokens) == 1 or any(len(t.folded) > 1 for t in self.tokens)


@dataclass(frozen=True)
class FormPage(PrintedPage):
    """A printed sheet with what was written into it."""

    @cached_property
    def owners(self) -> Owners:
        """Whose the written words are."""
        return Owners(self)

    @property
    def orphans(self) -> list[Token]:
        """Words above all print: the rest of an answer that began on another sheet."""
        return self.owners.written.get(None, [])

    def written_under(self, kinds: Iterable[PrintedKind]) -> list[Token]:
        """Free words that stand under print of some kinds (declarations, signature and date labels)."""
        heads = tuple(f"{kind}:" for kind in kinds)
        return [t for owner, tokens in self.owners.written.items() if owner and owner.startswith(heads) for t in tokens]

    @property
    def left_over(self) -> Area | None:
        """Where the answer stands in a row that a page break parted from its question."""
        words = tuple(self.owners.written.get(TORN, ()))
        return Area(self, words, self.torn_cells, bool(self.torn_cells)) if words or self.torn_cells else None

    @property
    def below_last_row(self) -> list[Token]:
        """Words beside the last question that stand below its row: a row of its own, its question on the next sheet."""
        last = self.stops[-1] if self.stops else None
        if last is None or last.kind is not PrintedKind.QUESTION:
            return []
        words = self.owners.written.get(last.key, [])
        if last.key not in self.owners.answer_cells:
            return self._below_blank(words, last)
        bottom = self._row_bottom(last)
        return [t for t in words if t.box.y0 > bottom - 0.002]

    def row_numbered(self, number: str) -> list[Token]:
        """Words from the row on that begins with the number of a question, where the numbers of others stand."""
        words = self.owners.written.get(self.stops[-1].key, []) if self.stops else []
        lefts = [self.first_row(hit)[0].box.x0 for hit in self.questions.values() if hit.numbered]
        starts = (row[0] for row in rows_of(words) if number_of(row[0]) == number)
        start = next((t for t in starts if any(abs(t.box.x0 - left) < _ALIGNED for left in lefts)), None)
        return [t for t in words if start and (t.box.centre[1] > start.box.y1 or self.text.same_row(t, start))]

    @property
    def cells_below_last_row(self) -> tuple[Box, ...]:
        """The cells of such a row under the answer to the last question."""
        last = self.stops[-1] if self.stops else None
        if last is None or last.key not in self.owners.answer_cells:
            return ()
        cells, bottom = self.text.sheet.cells, self._row_bottom(last)
        own = cells[self.owners.answer_cells[last.key][0]]
        below = [c.box for c in cells if c.table == own.table and c.box.y0 > bottom - 0.002]
        return tuple(_inset(box) for box in below if abs(box.x0 - own.box.x0) < _ALIGNED)

    def beside_number(self, number: Token) -> Box:
        """The place of an answer in the row of a number that stands alone under the last question of a table."""
        cells = self.owners.answer_cells.get(self.stops[-1].key, [])
        left = self.text.sheet.cells[cells[0]].box.x0 + 0.006 if cells else self.stops[-1].box.x1
        pad = 0.4 * self.text.height
        return Box(left, number.box.y0 - pad, _RIGHT - 0.03, number.box.y1 + pad).clipped()

    def _row_bottom(self, question: Hit) -> float:
        own = [*self.owners.answer_cells[question.key], self.cell_of(question)]
        return max(self.text.sheet.cells[i].box.y1 for i in own if i is not None)

    def _below_blank(self, words: Sequence[Token], question: Hit) -> list[Token]:
        """Words in the column beside a question, below all its print and a blank that no row before them has."""
        rows = rows_of(words)
        left = question.box.x1 - _BESIDE
        if any(t.box.x0 < left and not t.folded.isdigit() for row in rows for t in row):
            return []
        reach, widest = question.box.y1, 0.5 * self.text.height
        for i, row in enumerate(rows):
            top = min(t.box.y0 for t in row)
            bottom = max(t.box.y1 for t in rows[i - 1]) if i else 0.0
            if top - max(bottom, reach) > 0.3 * self.text.height and (not i or top - bottom > 1.4 * widest):
                return [t for later in rows[i:] for t in later]
            widest = max(widest, top - bottom) if i else widest
        return []

    def area(self, number: str) -> Area | None:
        """Where a question is answered on this sheet."""
        hit = self.questions.get(number)
        return self.area_of(hit) if hit is not None else None

    def area_of(self, hit: Hit) -> Area:
        """Where a question, or a label of a list's record, is answered."""
        words = self.owners.written.get(hit.key, [])
        cells = self.owners.answer_cells.get(hit.key)
        if cells is None:
            return Area(self, tuple(words), self._free_boxes(hit), False, self._may_be_taken(hit))
        inside = [t for t in words if t.cell in cells]
        if inside and any(t.cell is None and self.text.same_row(t, inside[0]) for t in words):
            return Area(self, tuple(words), self._free_boxes(hit), False)  # the cell is not all of the answer's place
        if not inside and (under := self._under_in_cell(hit, words)):
            return Area(self, tuple(under), self._free_boxes(hit), False)
        return Area(self, tuple(inside), tuple(_inset(self.text.sheet.cells[i].box) for i in cells), True)

    def _under_in_cell(self, hit: Hit, words: Sequence[Token]) -> list[Token]:
        """The words that answer a question inside its own cell, where the cell beside it is empty.

        Those of a table stand in cells of their own.
        """
        cell = self.cell_of(hit)
        own = [t for t in self.free if t.cell == cell] if cell is not None else []
        return [*(t for t in words if t.cell is None or hit.key in self.headings), *own]

    def under_headings(self, number: str) -> Area | None:
        """The rows of a table that stands on this sheet without its question."""
        heads = self.headings.get(number)
        if not heads or number in self.questions:
            return None
        top = max(hit.box.y1 for hit in heads)
        bottom = self.first_print_below(top)
        words = tuple(t for t in self.free if top < t.box.centre[1] < bottom and not self.owners.caption_under(t))
        return Area(self, words, (Box(_LEFT, top, _RIGHT, max(top, bottom)),), False)

    def rest_of(self, number: str) -> Area | None:
        """What goes on here from the sheet before: rows under headings told again, or words above all print."""
        tables = [hit.box.y0 for key, hits in self.headings.items() if key not in (*self.questions, number)
                  for hit in hits]  # fmt: skip
        words = tuple(t for t in self.orphans if t.box.y1 < min(tables, default=1.0))
        return self.under_headings(number) or (Area(self, words, (), False) if words else None)

    def _may_be_taken(self, hit: Hit) -> bool:
        """Whether words of another answer stand so close above a question's first row that they may be its own."""
        top = self.top(hit)
        others = (t for number, words in self.owners.written.items() if number != hit.key for t in words)
        return any(0 < top - t.box.centre[1] < 1.1 * self.text.height and t.box.x0 > hit.box.x0 for t in others)

    def _free_boxes(self, hit: Hit) -> tuple[Box, ...]:
        """The place beside a question and the place between it and the next printed text."""
        left, right = self.bounds(hit)
        last = box_of(self.last_row(hit))
        height = self.text.height
        below = [self.upper_edge(s) for s in self.stops if self.top(s) > hit.box.y1]
        end = min(min(below, default=self.office_from), 0.985)
        beside = [s.box.x0 for s in self.stops if s is not hit and abs(self.top(s) - last.centre[1]) < 0.6 * height
                  and s.box.x0 > last.x1]  # fmt: skip
        boxes = [
            Box(
                min(last.x1 + 0.3 * height, right),
                last.y0 - 0.3 * height,
                min([right, *beside]),
                last.y1 + 0.3 * height,
            )
        ]
        if end - hit.box.y1 > 0.9 * height:
            left, right = self._column(hit, left, right)
            boxes.append(Box(left, hit.box.y1 + 0.2 * height, right, end - 0.1 * height))
        boxes += self._beside_rows(hit, right)
        return tuple(box for box in boxes if box.x1 - box.x0 > 0.02 and box.y1 > box.y0)

    def _column(self, hit: Hit, left: float, right: float) -> tuple[float, float]:
        """The part of a sheet's width that belongs to a question beside others."""
        level = [s for s in self.stops if s is not hit and abs(self.top(s) - self.top(hit)) < 0.6 * self.text.height]
        before = any(s.box.x1 <= hit.box.x0 for s in level)
        after = min((s.box.x0 for s in level if s.box.x0 >= hit.box.x1), default=right)
        return (max(left, hit.box.x0) if before else left), min(right, after)

    def _beside_rows(self, hit: Hit, right: float) -> list[Box]:
        """The place beside a question of several rows: its column, and what its shorter rows leave free before it."""
        rows = [box_of(row) for row in rows_of(self.text.tokens[t] for t in hit.tokens)]
        if len(rows) < 2 or right - hit.box.x1 <= 0.12:
            return []
        height = self.text.height
        column = Box(hit.box.x1 + 0.01, hit.box.y0 - 0.2 * height, right, rows[-1].y0 - 0.1 * height)
        return [column, *(Box(row.x1 + 0.3 * height, row.y0, hit.box.x1 + 0.01, row.y1) for row in rows[:-1])]


def _inset(box: Box) -> Box:
    dx, dy = min(0.004, box.width / 8), min(0.002, box.height / 8)
    return Box(box.x0 + dx, box.y0 + dy, box.x1 - dx, box.y1 - dy)
