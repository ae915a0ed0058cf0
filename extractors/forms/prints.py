"""A sheet of a form as it was printed: which texts stand on it, where, and which of its words are nobody's print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from extractors.forms.printed import Hit, PrintedKind
from extractors.forms.tokens import PageText, Token, rows_of
from extractors.shapes import ReadSheet
from models.catalogue import FormDescription
from models.geometry import Box

_LEFT, _RIGHT = 0.03, 0.975  # where writing may begin and end on a sheet
_ALIGNED = 0.008  # how far the beginnings of answers in one column differ, as a share of the sheet's width
_COVERED = 0.5  # share of a line's area that known words fill when it is no new one
_STRONG, _SURE = 1.3, 4.0  # hits of less score yield to the column headings of a table, out of order or anywhere

_IN_SECTIONS = (PrintedKind.SECTION, PrintedKind.QUESTION, PrintedKind.ENTRY)


@dataclass(frozen=True)
class PrintedPage:
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

    def upper_edge(self, hit: Hit) -> float:
        return min(t.box.y0 for t in self.first_row(hit))

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

    def is_level(self, token: Token, hit: Hit) -> bool:
        """Whether a word stands in the first row of a printed text."""
        return abs(token.box.centre[1] - self.top(hit)) < 0.6 * self.text.height

    def bounds(self, hit: Hit) -> tuple[float, float]:
        """Left and right edge of the paper or table that a question stands in."""
        cell = self.cell_of(hit)
        if cell is None:
            return _LEFT, _RIGHT
        table = self.text.sheet.cells[cell].table
        boxes = [c.box for c in self.text.sheet.cells if c.table == table]
        return min(b.x0 for b in boxes) + 0.005, max(b.x1 for b in boxes) - 0.005

    def coverage(self, number: str) -> float:
        """The share of a question's print that this sheet shows."""
        return self.questions[number].coverage if number in self.questions else 0.0

    def first_print_below(self, height: float) -> float:
        """Upper edge of the first printed text that begins under a height of the sheet; 1 where there is none."""
        return min([*(self.upper_edge(s) for s in self.stops if self.top(s) > height), self.office_from, 1.0])

    def window(self, hit: Hit) -> tuple[float, float]:
        """From the top of a question to the top of the next print under it that is no heading of its table."""
        below = [s for s in self.stops if s is not hit and self.top(s) > hit.box.y1 and not self.may_be_heading(s, hit)]
        return hit.box.y0, min([*map(self.upper_edge, below), self.office_from, 1.0])

    def head_ends(self, before: Hit) -> float:
        """Where the part of a sheet ends that may go on with ``before``: at its first print."""
        own = [s for s in self.stops if not self.may_be_heading(s, before) and s.key != before.key]
        return min([*map(self.upper_edge, own), self.office_from, 1.0])

    def may_be_heading(self, hit: Hit, table: Hit) -> bool:
        """Whether a short question that is out of order under a table question may be a heading of its table."""
        if hit.score < _STRONG:
            return True
        early = hit.kind is PrintedKind.QUESTION and self.places.get(hit.key, 0) < self.places.get(table.key, 0)
        return early and hit.score < _SURE
