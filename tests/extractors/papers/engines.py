"""A reader without an engine: it repeats what the sheet says, and zone lines that a test gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.shapes import ReadSheet
from models.geometry import Box
from models.sheet import Line


class Echo:
    """The ``RegionReader`` of tests."""

    def read(self, on: ReadSheet, box: Box, *, single_line: bool = False) -> tuple[Line, ...]:
        return tuple(replace(line, second=line.text) for line in on.sheet.lines if box.contains(*line.box.centre))

    def second(self, on: ReadSheet, box: Box, lines: Sequence[Line]) -> tuple[Line, ...]:
        return tuple(lines)

    def read_mrz_line(self, on: ReadSheet, box: Box) -> tuple[str, float]:
        return "", 0.0
