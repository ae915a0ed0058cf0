"""Sheets laid out in memory from strings, so that alignment is proven without pictures and engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.shapes import ReadSheet
from models.geometry import Box
from models.sheet import Cell, FormValue, Line, Mark, Sheet, Source, Word

CHAR = 0.0105  # width of a letter
ROW = 0.016  # from line to line
TALL = 0.011  # height of a word


@dataclass
class Paper:
    """A sheet being written on; ``y`` is where the next line goes."""

    file: str = "form.pdf"
    page: int = 1
    y: float = 0.05
    source: Source = Source.TEXT_LAYER
    lines: list[Line] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    values: list[FormValue] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    tables: int = 0

    def write(self, text: str, x: float = 0.08, y: float | None = None, *, right: float = 0.95) -> float:
        """Words from ``x``, broken at ``right``; gives the y under them and moves on when no ``y`` was given."""
        top = self.y if y is None else y
        row: list[Word] = []
        at = x
        for part in text.split("\n"):
            for word in part.split():
                width = CHAR * len(word)
                if row and at + width > right:
                    top = self._end(row, top)
                    row, at = [], x
                row.append(Word(word, Box(at, top, min(at + width, 0.999), top + TALL)))
                at += width + CHAR
            top = self._end(row, top)
            row, at = [], x
        if y is None:
            self.y = top
        return top

    def _end(self, row: list[Word], top: float) -> float:
        if row:
            box = row[0].box
            for word in row:
                box = box.union(word.box)
            self.lines.append(Line(tuple(row), box))
        return top + ROW

    def row(self, texts: Sequence[str], edges: Sequence[float], *, table: int = 0, index: int = 0, ruled: bool = True,
            least: int = 1) -> None:  # fmt: skip
        """A row of a table: each text in its column; ruled rows become cells."""
        top = self.y
        bottoms = [
            self.write(text, edges[i] + 0.006, top + 0.004, right=edges[i + 1] - 0.004) for i, text in enumerate(texts)
        ]
        bottom = max([*bottoms, top + least * ROW]) + 0.002
        if ruled:
            self.cells += [Cell(Box(edges[i], top, edges[i + 1], bottom), table, index, i) for i in range(len(texts))]
        self.y = bottom

    def sheet(self) -> Sheet:
        """The finished sheet, lines in reading order."""
        lines = sorted(self.lines, key=lambda line: (round(line.box.y0 / ROW), line.box.x0))
        return Sheet(self.file, self.page, source=self.source, width_px=1654, height_px=2339, lines=tuple(lines),
                     cells=tuple(self.cells), form_values=tuple(self.values), marks=tuple(self.marks))  # fmt: skip

    def read(self) -> ReadSheet:
        """The finished sheet without pictures."""
        return ReadSheet(self.sheet())
