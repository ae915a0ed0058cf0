"""A canvas for words that never had a place on paper: lays paragraphs and tables out top to bottom.

The places are plausible, not true: a reader of forms needs to know what stands beside and under what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.refusals import Unsafe
from models.geometry import Box
from models.sheet import Cell, FormValue, Line, Rule, Word

LEFT, RIGHT = 0.08, 0.92
TOP = Box(LEFT, 0.0, RIGHT, 0.0)
_ROWS = 55.0  # lines of a full page
_LETTERS = 92.0  # letters of a line over the whole width
_GAP = 0.35  # of a line, between paragraphs
_TAB = 8  # letters
MOST_IN_PARAGRAPH = 200_000  # letters
_MOST_LINES = 15_000  # of a file: some 250 pages

_TOKEN = re.compile(r"\t|[_\u2026]{2,}|\.{5,}|[^\s_\u2026]+?(?=[_\u2026]{2,}|\.{5,}|\s|$)|[_\u2026]")
_BLANK = re.compile(r"[_\u2026]{2,}|\.{5,}")


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded picture in a document; ``cm2`` is its shown size, 0 when unknown; ``box`` in canvas units."""

    content: bytes
    box: Box = TOP
    cm2: float = 0.0


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a paragraph's text; pieces of one form field share its ``field`` number."""

    text: str
    bold: bool = False
    field: int | None = None


@dataclass
class Canvas:
    """Everything written so far. y counts lines of text from the top, x is a fraction of the width."""

    y: float = 1.0
    left: float = LEFT
    right: float = RIGHT
    _lines: list[Line] = field(default_factory=list)
    _cells: list[Cell] = field(default_factory=list)
    _rules: list[Box] = field(default_factory=list)
    _fields: dict[int, tuple[str, str, str, Box | None]] = field(default_factory=dict)
    _tables: int = 0

    @property
    def written(self) -> bool:
        """Whether anything can be read on it."""
        return bool(self._lines or any(value for _, value, _, _ in self._fields.values()))

    # --- writing

    def form_field(self, name: str, value: str, tooltip: str) -> int:
        """Announces a form field; its place is where spans with the returned number are written."""
        self._fields[len(self._fields)] = (name, value, tooltip, None)
        return len(self._fields) - 1

    def set_value(self, number: int, value: str) -> None:
        name, _, tooltip, box = self._fields[number]
        self._fields[number] = (name, value, tooltip, box)

    def paragraph(self, text: str | Sequence[Span]) -> list[Line]:
        """Writes a paragraph, wrapped at the width of the column; line breaks in it are kept."""
        spans = [Span(text)] if isinstance(text, str) else list(text)
        if sum(len(span.text) for span in spans) > MOST_IN_PARAGRAPH:
            raise Unsafe("a paragraph without an end")
        written: list[Line] = []
        for row in _rows(spans):
            written += self._flow(row)
        self.y += _GAP if written else 1.0
        self._keep(written)
        return written

    def _keep(self, lines: Sequence[Line]) -> None:
        self._lines += lines
        if len(self._lines) > _MOST_LINES:
            raise Unsafe(f"more than {_MOST_LINES} lines of text")

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Writes a plain table without spans; nothing for no cells."""
        columns = max((len(row) for row in rows), default=0)
        if not columns:
            return
        widths = [1.0 / columns] * columns
        number = self.begin_table()
        for index, row in enumerate(rows):
            self.row(number, index, [(1, 1, [Span(text)]) for text in row], widths)

    def begin_table(self) -> int:
        self._tables += 1
        return self._tables - 1

    def row(
        self, table: int, index: int, cells: Sequence[tuple[int, int, Sequence[Span]]], widths: Sequence[float]
    ) -> None:
        """Writes a row of simple cells: (column span, row span, text); ``widths`` are shares of the column."""
        column, bottom, top = 0, self.y + 1.0, self.y
        made: list[Cell] = []
        for span, row_span, spans in cells:
            x0, x1 = self.column_edges(widths, column, span)
            inner = self.inside(x0, x1, top)
            lines = inner.paragraph(spans)
            self._adopt(inner)
            bottom = max(bottom, inner.y)
            made.append(Cell(Box(x0, top, x1, bottom), table, index, column, tuple(lines), row_span, span))
            column += span
        self.close_row(made, bottom)

    def column_edges(self, widths: Sequence[float], column: int, span: int) -> tuple[float, float]:
        total = self.right - self.left
        start = self.left + total * sum(widths[:column])
        return start, min(self.right, start + total * sum(widths[column : column + span]))

    def inside(self, x0: float, x1: float, y: float) -> Canvas:
        """A canvas for the inside of a cell; shares fields and tables with this one."""
        pad = min(0.005, (x1 - x0) / 10)
        return Canvas(y, x0 + pad, x1 - pad, _fields=self._fields, _tables=self._tables)

    def _adopt(self, inner: Canvas) -> None:
        self._keep(inner._lines)
        self._cells += inner._cells
        self._rules += inner._rules
        self._tables = max(self._tables, inner._tables)

    def take(self, inner: Canvas) -> tuple[Line, ...]:
        """Takes over what was written inside a cell and returns its lines."""
        self._adopt(inner)
        return tuple(inner._lines)

    def close_row(self, cells: Sequence[Cell], bottom: float) -> None:
        self._cells += [replace(cell, box=Box(cell.box.x0, cell.box.y0, cell.box.x1, bottom)) for cell in cells]
        self.y = bottom

    def stretch(self, table: int, row: int, column: int) -> None:
        """Lets the last cell above (row, column) reach down to the current line: a vertically merged cell."""
        for index in range(len(self._cells) - 1, -1, -1):
            cell = self._cells[index]
            if cell.table == table and cell.column == column and cell.row < row:
                box = Box(cell.box.x0, cell.box.y0, cell.box.x1, self.y)
                self._cells[index] = replace(cell, box=box, row_span=row - cell.row + 1)
                return

    def _flow(self, spans: Sequence[Span]) -> list[Line]:
        """One logical line, wrapped; wide gaps (tabs) divide it into lines side by side."""
        letter = (RIGHT - LEFT) / _LETTERS
        words: list[Word] = []
        lines: list[Line] = []
        x, bold = self.left, 0

        def close() -> None:
            nonlocal words, bold
            if words:
                box = words[0].box.union(words[-1].box)
                lines.append(Line(tuple(words), box, size=0.7, bold=bold * 2 > len(words)))
            words, bold = [], 0

        for span in spans:
            for piece in _TOKEN.findall(span.text) or [""]:
                width = len(piece) * letter
                if piece == "\t":
                    if sum(len(word.text) for word in words) > 4:
                        close()
                    step = _TAB * letter
                    x = self.left + step * (int((x - self.left) / step + 1e-6) + 1)
                    continue
                if x + width > self.right + 1e-6 and x > self.left:
                    close()
                    x, self.y = self.left, self.y + 1.0
                box = Box(x, self.y, min(x + width, self.right), self.y + 0.8)
                self._mark(span.field, box)
                if _BLANK.fullmatch(piece):
                    self._rules.append(Box(box.x0, box.y1, box.x1, box.y1))
                elif piece:
                    words.append(Word(piece, box))
                    bold += span.bold
                x += width + letter * bool(piece)
        close()
        self.y += 1.0
        return lines

    def _mark(self, number: int | None, box: Box) -> None:
        if number is not None:
            name, value, tooltip, old = self._fields[number]
            self._fields[number] = (name, value, tooltip, old.union(box) if old else box)

    # --- reading

    def fraction(self, box: Box) -> Box:
        total = max(self.y + 1.0, _ROWS)
        return Box(box.x0, box.y0 / total, box.x1, box.y1 / total).clipped()

    def lines(self) -> tuple[Line, ...]:
        return tuple(self._scaled(line) for line in self._lines)

    def _scaled(self, line: Line) -> Line:
        words = tuple(replace(word, box=self.fraction(word.box)) for word in line.words)
        return replace(line, words=words, box=self.fraction(line.box), size=line.size / max(self.y + 1.0, _ROWS))

    def cells(self) -> tuple[Cell, ...]:
        return tuple(
            replace(cell, box=self.fraction(cell.box), lines=tuple(self._scaled(line) for line in cell.lines))
            for cell in self._cells
        )

    def rules(self) -> tuple[Rule, ...]:
        return tuple(Rule(self.fraction(box)) for box in self._rules)

    def form_values(self) -> tuple[FormValue, ...]:
        return tuple(
            FormValue(name, value, self.fraction(box), tooltip)
            for name, value, tooltip, box in self._fields.values()
            if box
        )


def _rows(spans: Sequence[Span]) -> list[list[Span]]:
    """The spans of each line of a paragraph that has line breaks in it; empty for a paragraph without text."""
    rows: list[list[Span]] = [[]]
    for span in spans:
        for number, piece in enumerate(span.text.split("\n")):
            if number:
                rows.append([])
            rows[-1].append(replace(span, text=piece))
    return [row for row in rows if any(span.text.strip() or span.field is not None for span in row)]
