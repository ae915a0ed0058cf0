"""Reading a region of a flat sheet once more, with both engines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.engines import Layout, fusion
from extractors.engines.paddle import AZERBAIJANI, MRZ, line_reader
from extractors.engines.tesseract import line_of, tesseract
from extractors.shapes import Pixels, ReadSheet
from extractors.tables import find_ruling
from models.geometry import Box
from models.sheet import Line, Source, Word


class BothEngines:
    """The ``RegionReader`` of ``shapes``: Tesseract and PP-OCR on the same pixels, fused."""

    def read(self, on: ReadSheet, box: Box, *, single_line: bool = False) -> tuple[Line, ...]:
        """See ``RegionReader.read``. On a sheet that was not recognised, the file's own lines inside ``box``."""
        if on.grey is None or on.sheet.source is not Source.OCR:
            return tuple(line for line in on.sheet.lines if box.contains(*line.box.centre))
        grey = _white_outside(on.grey, box, on.sheet.dpi)
        layout = Layout.LINE if single_line else Layout.BLOCK
        lines = tesseract().read(grey, [box], layout=layout, language="aze", dpi=on.sheet.dpi)[0]
        return tuple(_seconded(line, grey) for line in lines)

    def read_mrz_line(self, on: ReadSheet, box: Box) -> tuple[str, float]:
        """See ``RegionReader.read_mrz_line``."""
        engine = line_reader()
        if engine is None or on.grey is None:
            return "", 0.0
        reading = engine.read(crop(on.grey, box, 0), MRZ)
        return reading.text, reading.confidence


def crop(picture: Pixels, box: Box, margin: int) -> Pixels:
    """The pixels of a box, ``margin`` pixels wider on each side."""
    height, width = picture.shape[:2]
    top, left = max(0, int(box.y0 * height) - margin), max(0, int(box.x0 * width) - margin)
    bottom, right = max(top + 1, round(box.y1 * height) + margin), max(left + 1, round(box.x1 * width) + margin)
    return picture[top:bottom, left:right]


def _white_outside(grey: Pixels, box: Box, dpi: float) -> Pixels:
    """The region without its ruled lines, on a white sheet."""
    out = np.full_like(grey, 255)
    inside = crop(grey, box, 0)
    height, width = grey.shape
    top, left = max(0, int(box.y0 * height)), max(0, int(box.x0 * width))
    cleaned = find_ruling(inside, dpi).without_lines(inside)
    out[top : top + inside.shape[0], left : left + inside.shape[1]] = cleaned
    return out


def _seconded(line: Line, grey: Pixels) -> Line:
    """The line with the second engine's reading and the words that both together give."""
    engine = line_reader()
    if engine is None:
        return line
    reading = engine.read(crop(grey, line.box, 4), AZERBAIJANI)
    pieces = fusion.fused(
        [word.text for word in line.words], [word.confidence for word in line.words], reading.text, reading.confidence
    )
    words = _placed(pieces, line)
    return replace(line_of(words), size=line.size, second=reading.text)


def _placed(pieces: list[tuple[str, float]], line: Line) -> list[Word]:
    """Words at their old places where their number is unchanged, else spread over the line by length."""
    if len(pieces) == len(line.words):
        return [Word(text, word.box, sure) for (text, sure), word in zip(pieces, line.words, strict=True)]
    total = sum(len(text) + 1 for text, _ in pieces) - 1
    words, start = [], 0
    for text, sure in pieces:
        x0 = line.box.x0 + line.box.width * start / total
        x1 = line.box.x0 + line.box.width * (start + len(text)) / total
        words.append(Word(text, Box(x0, line.box.y0, x1, line.box.y1), sure))
        start += len(text) + 1
    return words
