"""A sheet of a form: what is printed on it and which words the applicant wrote under which question.

Questions are known by their text alone. Whatever stands between the beginning of one printed text and the beginning of
the next, and is not printed itself, answers the first of them; in a ruled table the cell beside a question is its
answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from extractors.forms.printed import Hit, PrintedKind
from extractors.forms.tokens import PageText, Token, number_of, rows_of
from extractors.shapes import ReadSheet
from models.azerbaijani import MONTHS
from models.catalogue import FormDescription
from models.geometry import Box, box_of
from models.sheet import Source

_LEFT, _RIGHT = 0.03, 0.975  # where writing may begin and end on a sheet
_ALIGNED = 0.008  # how far the beginnings of answers in one column differ, as a share of the sheet's width
_APART = 3.0  # word heights between what two pens wrote in one row
_PEN_REACH = 4.5  # word heights that a signature rises above its label
_WORD, _READ = 3, 0.9  # letters of a word, and its certainty, that no signature looks like
_LABEL = 5  # words of a label
_COVERED = 0.5  # share of a line's area that known words fill when it is no new one
_BESIDE = 0.05  # share of the sheet's width by which an answer may reach into its question's column
_CAPTION = 4.2  # word heights from a written line to the caption under it
_TORN = "torn"  # owner of words whose question stands on the next sheet
_STRONG, _SURE = 1.3, 4.0  # hits of less score yield to the column headings of a table, out of order or anywhere

_IN_SECTIONS = (PrintedKind.SECTION, PrintedKind.QUESTION, PrintedKind.ENTRY)
_ONLY_A_DATE = re.compile(
    r"(?:tarix\W*)?(?:[«\"“<]*\s*\d{1,2}\s*[»\"”>]*[\s./_-]*(?:[^\W\d_]{3,10}|\d{1,2})|"
    r"\W*\w{0,2}\d{1,2}\w{0,2}\W*\s+(?:" + "|".join(MONTHS) + r"))"  # signs round a day are read as letters
    r"[\s./_,-]*\d{4}[\s_-]*(?:c[iıuü]\s*)?(?:il|ildə|г)?[.\s_]*",
    re.IGNORECASE,
)


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
class FormPage:
    """A sheet with its printed texts. ``headings`` are the column headings found under each table question."""

    read: ReadSheet
    text: PageText
    hits: tuple[Hit, ...]
    headings: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)
    ignored: frozenset[int] = frozenset()  # words that nobody wrote into the form
    torn: frozenset[int] = frozenset()  # words of an answer whose question stands on the next sheet
    torn_cells: tuple[Box, ...] = ()  # and the cells for them
    places: Mapping[str, int] = field(default_factory=dict)  # order of the questions by number

    @cached_property
    def questions(self) -> dict[str, Hit]:
        """Question hits by number."""
        return {hit.key: hit for hit in self.hits if hit.kind is PrintedKind.QUESTION}

    @property
    def asked(self) -> list[Hit]:
        """The names of sections, the questions and the labels of a list's records."""
        return [hit for hit in self.hits if hit.kind in _IN_SECTIONS]

    def entries(self, number: str) -> list[Hit]:
        """The labels of a list's records, where these are no rows of a table, in reading order."""
        own = [h for h in self.hits if h.kind is PrintedKind.ENTRY and h.key.startswith(f"{number}/")]
        return sorted(own, key=lambda hit: int(hit.key.rpartition("/")[2]))

    @cached_property
    def stops(self) -> list[Hit]:
        """Everything printed that ends the answer before it, from the top down."""
        return sorted(self.hits, key=lambda hit: (self.top(hit), hit.box.x0))

    def last_section(self, form: FormDescription) -> str:
        """The section of a form that the sheet ends in."""
        sections = {question.number: question.section for question in form.questions}
        named = [sections.get(hit.key.partition("/")[0], hit.key) for hit in self.stops if hit.kind in _IN_SECTIONS]
        return named[-1] if named else ""

    @cached_property
    def office_from(self) -> float:
        """Where the Service's own part begins; 1 when it is not on this sheet."""
        return min((hit.box.y0 for hit in self.hits if hit.kind is PrintedKind.OFFICE), default=1.1)

    @cached_property
    def printed(self) -> frozenset[int]:
        """Words of the print, and words that nobody wrote into the form."""
        heads = [hit for hits in self.headings.values() for hit in hits]
        return frozenset(t for hit in (*self.hits, *heads) for t in hit.tokens) | self.ignored

    @cached_property
    def print_boxes(self) -> list[Box]:
        """Where print stands, with the ends of its letters."""
        pad = 0.15 * self.text.height
        boxes = [self.text.tokens[t].box for t in self.printed]
        return [Box(b.x0 - pad, b.y0 - pad, b.x1 + pad, b.y1 + pad).clipped() for b in boxes]

    def is_print(self, box: Box) -> bool:
        """Whether most of a box is print, or stands where words were read already."""
        words = [t.box for t in self.text.tokens]
        covered = sum(part.area for word in words if (part := word.intersection(box)))
        return covered > _COVERED * box.area

    def is_beside_print(self, token: Token) -> bool:
        """Whether print stands right before or behind a word in its row."""
        near = (self.text.previous(token.index), self.text.following(token.index))
        return any(t is not None and t.index in self.printed and self.text.same_row(t, token) for t in near)

    def begins_as_others(self, box: Box) -> bool:
        """Whether another answer on the sheet begins at the same distance from its edge."""
        return any(abs(row[0].box.x0 - box.x0) < _ALIGNED for row in rows_of(self.free))

    @cached_property
    def free(self) -> list[Token]:
        """The words that were written in."""
        return [t for t in self.text.tokens if t.index not in self.printed and t.box.centre[1] < self.office_from]

    def top(self, hit: Hit) -> float:
        """Middle of a hit's first row."""
        return self.first_row(hit)[0].box.centre[1]

    def first_row(self, hit: Hit) -> list[Token]:
        return self._rows(hit)[0]

    def last_row(self, hit: Hit) -> list[Token]:
        return self._rows(hit)[-1]

    def _rows(self, hit: Hit) -> list[list[Token]]:
        """The rows of a hit's words; asked for thousands of times on a sheet."""
        if hit.tokens not in self._known_rows:
            self._known_rows[hit.tokens] = rows_of(self.text.tokens[t] for t in hit.tokens)
        return self._known_rows[hit.tokens]

    @cached_property
    def _known_rows(self) -> dict[tuple[int, ...], list[list[Token]]]:
        return {}

    def cell_of(self, hit: Hit) -> int | None:
        """The cell that holds most of a printed text."""
        return Counter(self.text.tokens[t].cell for t in hit.tokens[-max(1, len(hit.tokens) - 1) :]).most_common(1)[0][
            0
        ]

    @cached_property
    def _answer_cells(self) -> dict[str, list[int]]:
        """The cells beside each question that stands alone in its own cell."""
        crowd = Counter(self.cell_of(hit) for hit in self.hits)
        found: dict[str, list[int]] = {}
        asking = [hit for hit in self.hits if hit.kind in (PrintedKind.QUESTION, PrintedKind.ENTRY)]
        for hit in asking:
            cell = self.cell_of(hit)
            if cell is not None and crowd[cell] == 1 and (beside := self._cells_beside(cell)):
                found[hit.key] = beside
            elif (cell is None or crowd[cell] > 1) and (under := self._cell_under(hit)) is not None:
                found[hit.key] = [under]
        return found

    def _cells_beside(self, cell: int) -> list[int]:
        """Cells of the same row to the right, up to the next one that holds print."""
        holding_print = {self.cell_of(hit) for hit in self.hits}
        return list(takewhile(lambda i: i not in holding_print, self.text.cells_beside(cell)))

    def _cell_under(self, hit: Hit) -> int | None:
        """The box right under a short label, as portals print it."""
        if hit.numbered or len(hit.wording) > _LABEL:
            return None
        height = self.text.height
        cells = self.text.sheet.cells
        holding_print = {self.cell_of(other) for other in self.hits}
        under = [i for i, c in enumerate(cells) if i not in holding_print
                 and -0.4 * height < c.box.y0 - hit.box.y1 < 1.2 * height
                 and -_ALIGNED < hit.box.x0 - c.box.x0 + _ALIGNED < 4 * _ALIGNED]  # fmt: skip
        return min(under, key=lambda i: abs(cells[i].box.x0 - hit.box.x0), default=None)

    @cached_property
    def _claimed(self) -> dict[int, str]:
        return {cell: number for number, cells in self._answer_cells.items() for cell in cells}

    @cached_property
    def _written(self) -> dict[str | None, list[Token]]:
        """Free words by the number of the question they answer; None for what stands before any print."""
        out: dict[str | None, list[Token]] = {}
        for token in self.free:
            out.setdefault(self._owner(token), []).append(token)
        return out

    def _owner(self, token: Token) -> str | None:
        if token.index in self.torn:
            return _TORN
        if token.cell is not None and token.cell in self._claimed:
            return self._claimed[token.cell]
        if token.index in self._date_row:
            return f"{PrintedKind.DATE}:row"
        if token.index in self._pen_strokes:
            return f"{PrintedKind.SIGNATURE}:pen"
        if caption := self._caption_under(token):
            return caption.key
        stop = self.stop_above(token.box)
        if stop is None:
            return None
        return stop.key if stop.kind in (PrintedKind.QUESTION, PrintedKind.ENTRY) else f"{stop.kind}:{stop.key}"

    def stop_above(self, box: Box) -> Hit | None:
        """The printed text that a place belongs to: the last one that begins above it or beside it."""
        middle, tolerance = box.centre[1], 0.6 * self.text.height
        above = [hit for hit in self.stops if self.top(hit) <= middle + tolerance]
        if not above:
            return None
        lowest = self.top(above[-1])
        level = [hit for hit in above if lowest - self.top(hit) <= tolerance]
        left = [hit for hit in level if self._starts_left_of(hit, box)]
        return max(left or level, key=lambda hit: hit.box.x0 if left else -hit.box.x0)

    @cached_property
    def _date_row(self) -> frozenset[int]:
        """The row with the date of signing where only its hint or the signature's label under it is printed."""
        signing = [hit for hit in self.hits if hit.kind in (PrintedKind.SIGNATURE, PrintedKind.DATE)]
        if not signing:
            return frozenset()
        first = min(self.top(hit) for hit in signing)
        after = max((hit.box.y0 for hit in self.questions.values()), default=0.0)
        height = self.text.height
        near = [
            t
            for t in self.free
            if max(after, first - 7 * height) < t.box.centre[1] < first + 0.6 * height
            and t.index not in self._pen_strokes
            and not any(t.box.centre[0] > hit.box.x0 and self.is_level(t, hit) for hit in signing)
        ]
        rows = [row for row in rows_of(near) if _ONLY_A_DATE.fullmatch(" ".join(t.text for t in row))]
        return frozenset(t.index for t in rows[-1]) if rows else frozenset()

    @cached_property
    def _pen_strokes(self) -> frozenset[int]:
        """What an engine read in a signature: above its label, from a row's beginning or a wide blank on."""
        label = min((h for h in self.hits if h.kind is PrintedKind.SIGNATURE), key=self.top, default=None)
        if label is None:
            return frozenset()
        top, left = self.top(label), label.box.x0 - _ALIGNED
        above = (t for t in self.text.tokens
                 if t.source is Source.OCR and 0 < top - t.box.centre[1] < _PEN_REACH * self.text.height)  # fmt: skip
        out: set[int] = set()
        for row in rows_of(above):
            if _reads_well(row):
                continue
            starts = [
                i for i, t in enumerate(row) if t.box.x0 > left and (not i or self.text.gap(row[i - 1], t) > _APART)
            ]
            out |= {t.index for t in row[starts[0] :]} if starts else set()
        return frozenset(out) - frozenset(t for hit in self.hits for t in hit.tokens)

    def is_level(self, token: Token, hit: Hit) -> bool:
        """Whether a word stands in the first row of a printed text."""
        return abs(token.box.centre[1] - self.top(hit)) < 0.6 * self.text.height

    def _caption_under(self, token: Token) -> Hit | None:
        """The question printed small under the very line that a word stands on ("(kim tərəfindən verilmişdir)")."""
        captions = [h for h in self.questions.values() if not h.numbered and h.wording[0].lstrip("(")[:1].islower()]
        near = [h for h in captions if 0 < self.top(h) - token.box.centre[1] < _CAPTION * self.text.height]
        held = token.cell is not None or not near
        between = not held and any(token.box.y1 < t.box.centre[1] < near[0].box.y0 for t in self.text.tokens)
        return None if held or between else near[0]

    def _starts_left_of(self, hit: Hit, box: Box) -> bool:
        return self.first_row(hit)[0].box.x0 <= box.x0 + 0.01

    @property
    def orphans(self) -> list[Token]:
        """Words above all print: the rest of an answer that began on another sheet."""
        return self._written.get(None, [])

    def written_under(self, kinds: Iterable[PrintedKind]) -> list[Token]:
        """Free words that stand under print of some kinds (declarations, signature and date labels)."""
        heads = tuple(f"{kind}:" for kind in kinds)
        return [t for owner, tokens in self._written.items() if owner and owner.startswith(heads) for t in tokens]

    @property
    def left_over(self) -> Area | None:
        """Where the answer stands in a row that a page break parted from its question."""
        words = tuple(self._written.get(_TORN, ()))
        return Area(self, words, self.torn_cells, bool(self.torn_cells)) if words or self.torn_cells else None

    @property
    def below_last_row(self) -> list[Token]:
        """Words beside the last question that stand below its row: a row of its own, its question on the next sheet."""
        last = self.stops[-1] if self.stops else None
        if last is None or last.kind is not PrintedKind.QUESTION:
            return []
        words = self._written.get(last.key, [])
        if last.key not in self._answer_cells:
            return self._below_blank(words, last)
        bottom = self._row_bottom(last)
        return [t for t in words if t.box.y0 > bottom - 0.002]

    def row_numbered(self, number: str) -> list[Token]:
        """Words from the row on that begins with the number of a question, where the numbers of others stand."""
        words = self._written.get(self.stops[-1].key, []) if self.stops else []
        lefts = [self.first_row(hit)[0].box.x0 for hit in self.questions.values() if hit.numbered]
        starts = (row[0] for row in rows_of(words) if number_of(row[0]) == number)
        start = next((t for t in starts if any(abs(t.box.x0 - left) < _ALIGNED for left in lefts)), None)
        return [t for t in words if start and (t.box.centre[1] > start.box.y1 or self.text.same_row(t, start))]

    @property
    def cells_below_last_row(self) -> tuple[Box, ...]:
        """The cells of such a row under the answer to the last question."""
        last = self.stops[-1] if self.stops else None
        if last is None or last.key not in self._answer_cells:
            return ()
        cells, bottom = self.text.sheet.cells, self._row_bottom(last)
        own = cells[self._answer_cells[last.key][0]]
        below = [c.box for c in cells if c.table == own.table and c.box.y0 > bottom - 0.002]
        return tuple(_inset(box) for box in below if abs(box.x0 - own.box.x0) < _ALIGNED)

    def beside_number(self, number: Token) -> Box:
        """The place of an answer in the row of a number that stands alone under the last question of a table."""
        cells = self._answer_cells.get(self.stops[-1].key, [])
        left = self.text.sheet.cells[cells[0]].box.x0 + 0.006 if cells else self.stops[-1].box.x1
        pad = 0.4 * self.text.height
        return Box(left, number.box.y0 - pad, _RIGHT - 0.03, number.box.y1 + pad).clipped()

    def _row_bottom(self, question: Hit) -> float:
        own = [*self._answer_cells[question.key], self.cell_of(question)]
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
        words = self._written.get(hit.key, [])
        cells = self._answer_cells.get(hit.key)
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
        words = tuple(t for t in self.free if top < t.box.centre[1] < bottom and not self._caption_under(t))
        return Area(self, words, (Box(_LEFT, top, _RIGHT, max(top, bottom)),), False)

    def rest_of(self, number: str) -> Area | None:
        """What goes on here from the sheet before: rows under headings told again, or words above all print."""
        tables = [hit.box.y0 for key, hits in self.headings.items() if key not in (*self.questions, number)
                  for hit in hits]  # fmt: skip
        words = tuple(t for t in self.orphans if t.box.y1 < min(tables, default=1.0))
        return self.under_headings(number) or (Area(self, words, (), False) if words else None)

    def first_print_below(self, height: float) -> float:
        """Upper edge of the first printed text that begins under a height of the sheet; 1 where there is none."""
        return min([*(self._upper_edge(s) for s in self.stops if self.top(s) > height), self.office_from, 1.0])

    def coverage(self, number: str) -> float:
        """The share of a question's print that this sheet shows."""
        return self.questions[number].coverage if number in self.questions else 0.0

    def _may_be_taken(self, hit: Hit) -> bool:
        """Whether words of another answer stand so close above a question's first row that they may be its own."""
        top = self.top(hit)
        others = (t for number, words in self._written.items() if number != hit.key for t in words)
        return any(0 < top - t.box.centre[1] < 1.1 * self.text.height and t.box.x0 > hit.box.x0 for t in others)

    def _free_boxes(self, hit: Hit) -> tuple[Box, ...]:
        """The place beside a question and the place between it and the next printed text."""
        left, right = self.bounds(hit)
        last = box_of(self.last_row(hit))
        height = self.text.height
        below = [self._upper_edge(s) for s in self.stops if self.top(s) > hit.box.y1]
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

    def _upper_edge(self, hit: Hit) -> float:
        return min(t.box.y0 for t in self.first_row(hit))

    def bounds(self, hit: Hit) -> tuple[float, float]:
        """Left and right edge of the paper or table that a question stands in."""
        cell = self.cell_of(hit)
        if cell is None:
            return _LEFT, _RIGHT
        table = self.text.sheet.cells[cell].table
        boxes = [c.box for c in self.text.sheet.cells if c.table == table]
        return min(b.x0 for b in boxes) + 0.005, max(b.x1 for b in boxes) - 0.005

    def window(self, hit: Hit) -> tuple[float, float]:
        """From the top of a question to the top of the next print under it that is no heading of its table."""
        below = [s for s in self.stops if s is not hit and self.top(s) > hit.box.y1 and not self.may_be_heading(s, hit)]
        return hit.box.y0, min([*map(self._upper_edge, below), self.office_from, 1.0])

    def head_ends(self, before: Hit) -> float:
        """Where the part of a sheet ends that may go on with ``before``: at its first print."""
        own = [s for s in self.stops if not self.may_be_heading(s, before) and s.key != before.key]
        return min([*map(self._upper_edge, own), self.office_from, 1.0])

    def may_be_heading(self, hit: Hit, table: Hit) -> bool:
        """Whether a short question that is out of order under a table question may be a heading of its table."""
        if hit.score < _STRONG:
            return True
        early = hit.kind is PrintedKind.QUESTION and self.places.get(hit.key, 0) < self.places.get(table.key, 0)
        return early and hit.score < _SURE


def _reads_well(row: Sequence[Token]) -> bool:
    """Whether a row is of words, not of a pen's strokes."""
    words = [t for t in row if len(t.folded) >= _WORD]
    return len(words) > 2 and len(words) > len(row) / 2 and min(t.confidence for t in words) > _READ


def _inset(box: Box) -> Box:
    dx, dy = min(0.004, box.width / 8), min(0.002, box.height / 8)
    return Box(box.x0 + dx, box.y0 + dy, box.x1 - dx, box.y1 - dy)
