"""From a page of a file to flat, upright, read sheets, and the door through which a region is read once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import mean
from typing import overload

import cv2
import numpy as np

from extractors import cleaning, geometry, outlines
from extractors.curl import find_bend
from extractors.engines import Layout
from extractors.engines.paddle import LATIN, line_reader
from extractors.engines.tesseract import tesseract
from extractors.geometry import Flat, Quad
from extractors.regions import BothEngines, crop
from extractors.shapes import Pixels, RawPage, ReadSheet
from extractors.tables import Ruling, find_ruling
from models.geometry import WHOLE, Box
from models.sheet import Cell, Line, Sheet, Source

_DPI = 200.0
_X_HEIGHT = 15.0  # pixels of an 11 pt x-height at 200 dpi
_STUDY_PX = 1400  # long side of the picture on which letters are measured
_LARGEST_PX = 3600

cv2.setNumThreads(1)


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a sheet is worked on: flat pixels per page pixel, resolution, paper width where known."""

    factor: float
    dpi: float
    width_mm: float | None


class SheetReader(BothEngines):
    """Reads pages, and regions of read sheets once more. Keeps its engines loaded; not safe for several threads."""

    @overload
    def read(self, on: RawPage) -> list[ReadSheet]: ...

    @overload
    def read(self, on: ReadSheet, box: Box, *, single_line: bool = False) -> tuple[Line, ...]: ...

    def read(
        self, on: RawPage | ReadSheet, box: Box = WHOLE, *, single_line: bool = False
    ) -> list[ReadSheet] | tuple[Line, ...]:
        """The sheets that a page shows (never empty), or the lines in a region of a sheet (``RegionReader.read``).

        Raises ``EngineUnavailable`` where no engine is installed.
        """
        if isinstance(on, ReadSheet):
            return super().read(on, box, single_line=single_line)
        return self._sheets(on)

    def _sheets(self, raw: RawPage) -> list[ReadSheet]:
        if raw.pixels is None or (raw.source is not Source.OCR and raw.text_is_honest and raw.lines):
            return [_taken_as_is(raw)]
        quads = outlines.find_papers(raw.pixels)
        quads = quads or [geometry.whole_page(raw.pixels)]
        return [self._sheet(raw, quad, part, len(quads) > 1) for part, quad in enumerate(quads)]

    def _sheet(self, raw: RawPage, quad: Quad, part: int, shares_page: bool) -> ReadSheet:
        assert raw.pixels is not None
        flat, scale = _flattened(raw.pixels, quad)
        grey = cleaning.cleaned(flat.colour)
        flat, grey = _upright(flat, grey)
        ruling = find_ruling(grey, scale.dpi)
        lines, cells = _recognised(grey, ruling, scale.dpi)
        height, width = grey.shape
        sheet = Sheet(
            file=raw.file, page=raw.page, part=part, outline=geometry.outline_of(quad, raw.pixels),
            perspective=geometry.perspective_of(flat, raw.pixels), width_px=width, height_px=height,
            dpi=scale.dpi, width_mm=scale.width_mm, lines=lines, cells=cells, rules=ruling.rules,
            legibility=_legibility(lines), blank=not lines, shares_page=shares_page, form_values=raw.form_values,
        )  # fmt: skip
        return ReadSheet(sheet, flat.colour, grey)


def _taken_as_is(raw: RawPage) -> ReadSheet:
    """A sheet whose text the file itself states."""
    height, width = raw.pixels.shape[:2] if raw.pixels is not None else (0, 0)
    dpi = width / raw.width_mm * 25.4 if raw.width_mm and width else _DPI
    sheet = Sheet(
        file=raw.file, page=raw.page, source=raw.source, width_px=width, height_px=height, dpi=dpi,
        width_mm=raw.width_mm, lines=raw.lines, cells=raw.cells, rules=raw.rules, form_values=raw.form_values,
        blank=not raw.lines and not raw.form_values,
    )  # fmt: skip
    grey = geometry.grey_of(raw.pixels) if raw.pixels is not None else None
    return ReadSheet(sheet, raw.pixels, grey)


def _flattened(page: Pixels, quad: Quad) -> tuple[Flat, Scale]:
    """The paper inside ``quad``, text running across, deskewed, at the working scale."""
    longest = max(geometry.quad_size(quad))
    study = geometry.flatten(page, quad, min(1.0, _STUDY_PX / longest))
    study_factor = max(study.colour.shape[:2]) / longest
    letters = geometry.letters_of(geometry.grey_of(study.colour))
    if geometry.runs_sideways(letters):
        quad = np.roll(quad, 1, axis=0)
        study = geometry.flatten(page, quad, study_factor)
        letters = geometry.letters_of(geometry.grey_of(study.colour))
    degrees = geometry.skew_of(letters)
    degrees = degrees if abs(degrees) > 0.04 else 0.0
    scale = _scale(geometry.quad_size(quad), letters.height / study_factor)
    flat = geometry.flatten(page, quad, scale.factor, degrees)
    level = geometry.grey_of(geometry.flatten(page, quad, study_factor, degrees).colour)
    bend = find_bend(level, geometry.letters_of(level))
    return (geometry.unbent(page, flat, bend) if bend else flat), scale


def _scale(size: tuple[float, float], x_height: float) -> Scale:
    """The working scale of a paper of ``size`` page pixels whose letters are ``x_height`` page pixels high."""
    width, height = size
    millimetres = geometry.paper_width_mm(width, height)
    if millimetres is not None:
        factor = min(1.0, _DPI / 25.4 * millimetres / width)
        if 0 < x_height * factor < 11:
            factor = min(1.0, factor * min(1.5, _X_HEIGHT / (x_height * factor)))
        return Scale(factor, width * factor / millimetres * 25.4, millimetres)
    factor = min(1.0, _X_HEIGHT / x_height) if x_height else 1.0
    factor = min(max(factor, min(1.0, 1200 / max(size))), _LARGEST_PX / max(size))
    dpi = _DPI * x_height * factor / _X_HEIGHT if x_height else _DPI
    return Scale(factor, min(400.0, max(70.0, dpi)), None)


def _upright(flat: Flat, grey: Pixels) -> tuple[Flat, Pixels]:
    """The sheet turned by a half where its lines read better upside down."""
    if _reads_better_turned(grey):
        return flat.turned(2), np.ascontiguousarray(np.rot90(grey, 2))
    return flat, grey


def _reads_better_turned(grey: Pixels) -> bool:
    engine = line_reader()
    factor = min(1.0, _STUDY_PX / max(grey.shape))
    boxes = geometry.line_boxes(geometry.letters_of(geometry.shrunk(grey, factor)))[:12:3]
    if engine is None or not boxes:
        return False
    height, width = grey.shape
    upright = turned = 0.0
    for x, y, w, h in boxes:
        line = crop(grey, Box(x / factor / width, y / factor / height, (x + w) / factor / width,
                               (y + h) / factor / height), 4)  # fmt: skip
        line = line[:, : 14 * line.shape[0]]
        upright += engine.read(line, LATIN).confidence
        turned += engine.read(np.ascontiguousarray(np.rot90(line, 2)), LATIN).confidence
    return turned > 1.03 * upright


def _recognised(grey: Pixels, ruling: Ruling, dpi: float) -> tuple[tuple[Line, ...], tuple[Cell, ...]]:
    """All lines of the sheet in reading order, and the cells with theirs."""
    text = ruling.without_lines(grey)
    engine = tesseract()
    inked = [cell for cell in ruling.cells if _has_ink(text, cell.box)]
    by_cell = engine.read(text, [cell.box for cell in inked], layout=Layout.BLOCK, language="aze", dpi=dpi)
    read = {cell: lines for cell, lines in zip(inked, by_cell, strict=True)}
    cells = tuple(replace(cell, lines=read.get(cell, ())) for cell in ruling.cells)
    outside = _blanked(text, [cell.box for cell in ruling.cells])
    free = engine.read(outside, [WHOLE], layout=Layout.PAGE, language="aze", dpi=dpi)[0]
    lines = [*free, *(line for cell in cells for line in cell.lines)]
    return tuple(_reading_order(lines)), cells


def _has_ink(grey: Pixels, box: Box) -> bool:
    return bool((crop(grey, box, -2) < 140).sum() > 12)


def _blanked(grey: Pixels, boxes: Sequence[Box]) -> Pixels:
    height, width = grey.shape
    out = grey.copy()
    for box in boxes:
        out[int(box.y0 * height) : round(box.y1 * height), int(box.x0 * width) : round(box.x1 * width)] = 255
    return out


def _reading_order(lines: Sequence[Line]) -> list[Line]:
    """Lines from the top down; lines side by side from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: item.box.centre[1]):
        row = rows[-1] if rows else []
        if row and abs(mean(item.box.centre[1] for item in row) - line.box.centre[1]) < 0.5 * line.box.height:
            row.append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda item: item.box.x0)]


def _legibility(lines: Sequence[Line]) -> float:
    words = [word for line in lines for word in line.words]
    return mean(word.confidence for word in words) if words else 0.0
