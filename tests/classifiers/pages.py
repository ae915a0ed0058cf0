"""Sheets made of strings, for tests that need no picture."""

from __future__ import annotations

import re

from models.geometry import Box
from models.sheet import Line, Mark, MarkKind, Sheet, Source, Word


def sheet(text: str, file: str = "scan.pdf", page: int = 1, source: Source = Source.OCR, marks: tuple[Mark, ...] = (),
          width: int = 1654, height: int = 2339) -> Sheet:  # fmt: skip
    """A sheet whose lines stand where the lines of ``text`` do: one row each, columns by blanks."""
    lines = []
    for row, line in enumerate(text.strip("\n").split("\n")):
        top = 0.04 + 0.022 * row
        words = tuple(
            Word(match.group(), Box(0.06 + match.start() * 0.0095, top, 0.06 + match.end() * 0.0095, top + 0.014), 0.95)
            for match in re.finditer(r"\S+", line)
        )
        if words:
            lines.append(Line(words, Box(words[0].box.x0, top, words[-1].box.x1, top + 0.014), size=0.014))
    return Sheet(file, page, source=source, width_px=width, height_px=height, lines=tuple(lines), marks=marks)


def face(x0: float = 0.25, y0: float = 0.2, x1: float = 0.75, y1: float = 0.6) -> Mark:
    """A face mark."""
    return Mark(MarkKind.FACE, Box(x0, y0, x1, y1), 0.95)


def zone() -> Mark:
    """A machine-readable zone at the foot of a sheet."""
    return Mark(MarkKind.MRZ, Box(0.05, 0.8, 0.95, 0.95), 0.95)
