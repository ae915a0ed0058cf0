"""From a page of a file to flat, upright, read sheets, and the door through which a region is read once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import mean
from typing import overload

import cv2
import numpy as np

from extractors import cleaning, geometry, outlines, sampling
from extractors.curl import find_bend
from extractors.engines import Layout
from extractors.engines.paddle import AZERBAIJANI
from extractors.engines.tesseract import tesseract
from extractors.faces import find_faces
from extractors.folios import folio
from extractors.geometry import Flat, Quad
from extractors.inks import find_overlays
from extractors.legibility import READ, Band, Optics, bands_of, legibility, measured, passed_over, sure_words
from extractors.marks import find_marks, find_rings, find_stamps
from extractors.regions import BothEngines, crop, seconded
from extractors.sampling import Sample
from extractors.shapes import Pixels, RawPage, ReadSheet
from extractors.tables import Ruling, find_ruling
from extractors.tones import find_frames
from extractors.unnamed import named
from models.geometry import WHOLE, Box
from models.sheet import Cell, Language, Line, Mark, MarkKind, Sheet, Source

_DPI = 200.0
_X_HEIGHT = 15.0  # pixels of an 11 pt x-height at 200 dpi
_SMALLEST_X_HEIGHT = 10.0  # below it letters are worked on larger, as far as the page has pixels
_STUDY_PX = 1400  # long side of the picture on which letters are measured
_LARGEST_PX = 3600
_LEAST_PX = 24  # of a page's side: on less stands nothing that can be read
_LARGEST_PRINT_MM = 3.0  # x-height; running text on A4 is smaller, so the paper is
_LEVEL = 0.04  # degrees: less is no skew
_SURELY_LEVEL = 0.55  # how sharply lines alternate across the page against down it
_MOST_ENLARGED = 2.5
_FEWEST_LETTERS = 12  # ink of fewer letters besides a text layer is no text
_TALLEST_LINE = 0.06  # of the sheet
_GOOD = 0.75  # legibility at which no defect is named
_FRAME = 1.2  # inches: what alone is ruled round more is no cell of a table
_FACE = 0.75  # certainty of a face that may turn a photograph
_LEAST_TEXT = 3  # sure words; fewer are found in hair and cloth
_MOST_LOST = 20  # lines of ink that are read one by one; more are no type, or of another script
_MANY_BANDS, _FEW_BANDS = 6, 3  # lines of ink that are a text, and fewer than make one
_PRINTED = 60.0  # grey levels between paper and the ink of print; what shines through is paler

cv2.setNumThreads(1)


@dataclass(frozen=True, slots=True)
class _Scale:
    """How large a sheet is worked on: flat pixels per page pixel, resolution, paper width where known."""

    factor: float
    dpi: float
    width_mm: float | None


@dataclass(frozen=True, slots=True)
class _Text:
    lines: tuple[Line, ...] = ()
    cells: tuple[Cell, ...] = ()

    @property
    def sure(self) -> int:
        """How many words of it were read for certain."""
        return len(sure_words(self.lines))


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
        if on.pixels is None:
            return [_without_pixels(on)]
        if min(on.pixels.shape[:2]) < _LEAST_PX:
            return [_without_pixels(replace(on, defect="too small"))]
        if on.source is not Source.OCR and on.text_is_honest and (on.lines or on.form_values):
            return [_taken_as_is(on, on.pixels)]
        page = cleaning.unsqueezed(_dark_on_light(on.pixels))
        quads = outlines.find_papers(page) or [geometry.whole_page(page)]
        return [_recognised(on, page, quad, part, len(quads)) for part, quad in enumerate(quads)]


def _dark_on_light(page: Pixels) -> Pixels:
    """A page of light letters on black as its negative; a portrait before a dark wall is none."""
    turned = cleaning.dark_on_light(page)
    return page if turned is not page and find_faces(page) else turned


# --- sheets whose text the file itself states ------------------------------------------------------------------------


def _without_pixels(raw: RawPage) -> ReadSheet:
    """A page of a Word file, or one that could not be decoded."""
    marks: list[Mark] = []
    for box, picture in raw.pictures:
        marks.append(Mark(MarkKind.PICTURE, box))
        marks += [Mark(MarkKind.FACE, box, face.confidence) for face in find_faces(picture)]
    return ReadSheet(
        replace(
            _stated(raw), marks=tuple(marks), legibility=0.0 if raw.defect else 1.0, quality=raw.defect,
            blank=not (raw.lines or raw.form_values or raw.pictures or raw.defect),
        )
    )  # fmt: skip


def _taken_as_is(raw: RawPage, page: Pixels) -> ReadSheet:
    """A page with an honest text layer; what is drawn or written on it besides is found in its picture."""
    dpi = page.shape[1] / raw.width_mm * 25.4 if raw.width_mm else _DPI
    factor = min(1.0, _DPI / dpi)
    colour = geometry.shrunk(page, factor)
    grey, dpi = cleaning.evened(geometry.grey_of(colour)), dpi * factor
    bare = find_ruling(grey, dpi).without_lines(grey)
    marks = find_marks(colour, bare, raw.lines, find_stamps(colour, dpi) or find_rings(colour, dpi), dpi)
    raw = replace(raw, lines=named(raw.lines, lambda box: _word_at(box, bare, dpi)))
    written = _written_besides(raw, bare, marks, dpi)
    sheet = replace(
        _stated(raw), width_px=colour.shape[1], height_px=colour.shape[0], dpi=dpi, width_mm=raw.width_mm,
        marks=marks, lines=tuple(_reading_order([*raw.lines, *written])) if written else raw.lines,
        cells=tuple(_with_lines(cell, written) for cell in raw.cells),
        blank=not (raw.lines or marks or any(value.value for value in raw.form_values)),
    )  # fmt: skip
    return ReadSheet(sheet, colour, grey)


def _written_besides(raw: RawPage, bare: Pixels, marks: Sequence[Mark], dpi: float) -> tuple[Line, ...]:
    """Lines of ink that the text layer does not know: pen on a printed form, pasted pictures of text."""
    known = [_roomier(line.box) for line in raw.lines] + [value.box for value in raw.form_values]
    rest = _blanked(bare, [*known, *(mark.box for mark in marks if mark.kind is not MarkKind.SIGNATURE)])
    if len(geometry.letters_of(rest).boxes) < _FEWEST_LETTERS:
        return ()
    found = tesseract().read(rest, [WHOLE], layout=Layout.SPARSE, language="aze", dpi=dpi)[0]
    second = [seconded(line.box, [line], rest, AZERBAIJANI) for line in found if line.box.height < _TALLEST_LINE]
    return tuple(line for line in second if line and line.confidence > 0.5 and sum(map(str.isalnum, line.text)) > 2)


def _word_at(box: Box, grey: Pixels, dpi: float) -> str:
    lines = tesseract().read(grey, [_roomier(box)], layout=Layout.LINE, language="aze", dpi=dpi)[0]
    return " ".join(line.text for line in lines)


def _roomier(box: Box) -> Box:
    """A text layer's box with the accents and tails that stick out of it."""
    air = 0.3 * box.height
    return Box(box.x0 - air, box.y0 - air, box.x1 + air, box.y1 + air).clipped()


def _with_lines(cell: Cell, lines: Sequence[Line]) -> Cell:
    inside = [line for line in lines if cell.box.contains(*line.box.centre)]
    return replace(cell, lines=(*cell.lines, *inside)) if inside else cell


def _stated(raw: RawPage) -> Sheet:
    return Sheet(
        file=raw.file, page=raw.page, source=raw.source, lines=raw.lines, cells=raw.cells, rules=raw.rules,
        form_values=raw.form_values, language=sampling.language_of(" ".join(line.text for line in raw.lines)),
    )  # fmt: skip


# --- sheets that are recognised --------------------------------------------------------------------------------------


def _recognised(raw: RawPage, page: Pixels, quad: Quad, part: int, parts: int) -> ReadSheet:
    flat, scale, optics = _flattened(page, quad)
    if not optics.x_height:
        flat = _turned_by_face(flat)
    look = _Look.at(flat, scale.dpi)
    text, sample = _Text(), Sample()
    if optics.x_height:
        look, text, sample = _understood(look, scale.dpi)
        if text.sure < _LEAST_TEXT and (turned := _turned_by_face(look.flat)) is not look.flat:
            look, text, sample = _understood(_Look.at(turned, scale.dpi), scale.dpi)
    bands = bands_of(look.ruling.without_lines(geometry.grey_of(look.flat.colour)), scale.dpi, scale.factor)
    if _is_passed_over(text, bands):
        as_block = _read(look.bare, look.ruling, sample.language, scale.dpi, Layout.BLOCK)
        text = as_block if as_block.sure > text.sure else text
    elif optics.x_height:
        text = _with_lost_lines(text, passed_over(bands, text.lines), look, sample.language, scale.dpi)
    marks = find_marks(look.flat.colour, look.stamped, text.lines, look.stamps, scale.dpi)
    score = legibility(optics, bands, text.lines, sample.confidence)
    height, width = look.grey.shape
    perspective = geometry.perspective_of(look.flat, page)
    back = perspective.inverse()
    sheet = Sheet(
        file=raw.file, page=raw.page, part=part, outline=geometry.outline_of(quad, page),
        perspective=perspective, width_px=width, height_px=height, dpi=scale.dpi,
        scale=scale.factor, width_mm=scale.width_mm, lines=text.lines, cells=text.cells, rules=look.ruling.rules,
        form_values=tuple(replace(value, box=back.box(value.box)) for value in raw.form_values),
        marks=marks, language=sample.language, legibility=score,
        quality=optics.defect if score < _GOOD else "", blank=_is_blank(text, marks, bands), shares_page=parts > 1,
        folio=folio(look.grey, text.lines, scale.dpi) if optics.x_height else "",
    )  # fmt: skip
    return ReadSheet(sheet, look.flat.colour, look.grey)


@dataclass(frozen=True, slots=True)
class _Look:
    """A flat sheet one way up: cleaned, its stamps and ruled lines found, and without those lines."""

    flat: Flat
    grey: Pixels
    stamps: tuple[Mark, ...]
    ruling: Ruling
    bare: Pixels
    stamped: Pixels  # the same with its grey stamps, and the signatures among them

    @classmethod
    def at(cls, flat: Flat, dpi: float) -> _Look:
        stamps = find_stamps(flat.colour, dpi)
        overlays = find_overlays(flat.colour, dpi, [mark.box for mark in stamps])
        told = [each for each in overlays if each.shared or not each.under]  # by its hue, from black
        grey = cleaning.cleaned(flat.colour, told)
        ruling = find_ruling(grey, dpi)
        stamped = ruling.without_lines(grey)
        rings = () if stamps else find_rings(flat.colour, dpi)
        others = [each.box for each in overlays if each not in told]
        others += [mark.box for mark in rings if not any(each.box.contains(*mark.box.centre) for each in overlays)]
        others += find_frames(stamped, dpi)
        if not others:
            return cls(flat, grey, stamps or rings, ruling, stamped, stamped)
        ruled = stamped > grey
        grey = cleaning.cleaned(flat.colour, told, others)
        bare = np.where(ruled, np.uint8(255), ruling.without_lines(grey))
        return cls(flat, grey, stamps or rings, ruling, bare, stamped)


def _understood(look: _Look, dpi: float) -> tuple[_Look, _Text, Sample]:
    """The text of a sheet, the right way up and with the right model.

    Nearly all sheets come upright and in Azerbaijani: they are read as such, and only what makes little sense is
    sampled both ways up and in other scripts. What was read tells more of a language than a few lines do.
    """
    text = _read(look.bare, look.ruling, Language.AZ, dpi)
    if sampling.is_plain(text.lines):
        return look, text, Sample()
    sample = sampling.look(look.grey)
    if sample.upside_down:
        look = _Look.at(look.flat.turned(2), dpi)
        text = _read(look.bare, look.ruling, sample.language, dpi)
    elif sample.language is Language.EN and sampling.is_azerbaijani(text.lines):
        sample = replace(sample, language=Language.AZ)
    elif sample.language is not Language.AZ:
        text = _reread(text, look, sample.language, dpi)
    told = sampling.told_by(text.lines)
    if told is sample.language or not _tells_more(told, sample.language):
        return look, text, sample
    return look, _reread(text, look, told, dpi), replace(sample, language=told)


def _tells_more(told: Language, sampled: Language) -> bool:
    """Whether the text was read in a model that has the letters of the language it tells but not its own: Azerbaijani
    for other Latin print, Azerbaijani Cyrillic for Russian."""
    return sampled is Language.AZ or (sampled, told) == (Language.AZ_CYRL, Language.RU)


def _reread(text: _Text, look: _Look, language: Language, dpi: float) -> _Text:
    """The sheet in a language's own model where that is another than the Azerbaijani one."""
    same = sampling.model_for(language) == sampling.model_for(Language.AZ)
    return text if same else _read(look.bare, look.ruling, language, dpi)


def _flattened(page: Pixels, quad: Quad) -> tuple[Flat, _Scale, Optics]:
    """The paper inside ``quad``, text running across, deskewed and unbent, at the working scale."""
    study_factor = min(1.0, _STUDY_PX / max(geometry.quad_size(quad)))
    study = geometry.grey_of(geometry.flatten(page, quad, study_factor).colour)
    letters = geometry.letters_of(study)
    if _runs_sideways(study, letters):
        quad = np.roll(quad, 1, axis=0)
        study = geometry.grey_of(geometry.flatten(page, quad, study_factor).colour)
        letters = geometry.letters_of(study)
    optics = measured(study, letters, study_factor)
    degrees = geometry.skew_of(letters)
    degrees = 0.0 if abs(degrees) < _LEVEL else degrees
    scale = _scale(geometry.quad_size(quad), letters.height / study_factor)
    flat = geometry.flatten(page, quad, scale.factor, degrees)
    bend = find_bend(*geometry.levelled(study, letters, degrees))
    return (geometry.unbent(page, flat, bend) if bend else flat), scale, optics


def _runs_sideways(study: Pixels, letters: geometry.Letters) -> bool:
    """Whether the lines run up or down; unless their pattern is plain, a few of them are read both ways."""
    ratio = geometry.sidewaysness(letters)
    return ratio > _SURELY_LEVEL and sampling.reads_sideways(cleaning.cleaned(study))


def _scale(size: tuple[float, float], x_height: float) -> _Scale:
    """The working scale of a paper of ``size`` page pixels whose letters are ``x_height`` page pixels high."""
    width, height = size
    millimetres = geometry.paper_width_mm(width, height)
    if millimetres is not None and x_height * millimetres / width < _LARGEST_PRINT_MM:
        factor = min(1.0, _DPI / 25.4 * millimetres / width)
        if 0 < x_height * factor < _SMALLEST_X_HEIGHT:
            factor = min(1.0, factor * min(1.5, _X_HEIGHT / (x_height * factor)))
        factor = _enlarged(factor, x_height, max(size))
        return _Scale(factor, width * factor / millimetres * 25.4, millimetres)
    factor = min(1.0, _X_HEIGHT / x_height) if x_height else 1.0
    factor = _enlarged(factor, x_height, max(size))
    factor = min(max(factor, min(1.0, 1200 / max(size))), _LARGEST_PX / max(size))
    dpi = _DPI * x_height * factor / _X_HEIGHT if x_height else _DPI
    return _Scale(factor, min(400.0, max(70.0, dpi)), None)


def _enlarged(factor: float, x_height: float, longest: float) -> float:
    """Small pictures of small print are enlarged: engines want letters of ten pixels."""
    if 0 < x_height * factor < _SMALLEST_X_HEIGHT and longest < _STUDY_PX:
        return min(_MOST_ENLARGED, 1.2 * _SMALLEST_X_HEIGHT / x_height)
    return factor


def _turned_by_face(flat: Flat) -> Flat:
    """A photograph without text the way up that shows a face; as it is where no way does.

    Hair and cloth may look like lines of letters, of which then hardly a word is read.
    """
    for turns in (0, 1, 3, 2):
        turned = flat.turned(turns) if turns else flat
        if any(face.confidence > _FACE for face in find_faces(turned.colour)):
            return turned
    return flat


def _is_passed_over(text: _Text, bands: Sequence[Band]) -> bool:
    """Whether the sheet shows many lines of ink of which hardly any was read: the engine took them for no text, as it
    does with a small slip on a large sheet."""
    return len(bands) >= _MANY_BANDS and text.sure < 0.5 * len(bands)


def _with_lost_lines(text: _Text, lost: Sequence[Band], look: _Look, language: Language, dpi: float) -> _Text:
    """The text with lines that an engine's layout left out, as it does beside stamps: read one by one."""
    clear = [band.box for band in lost if not any(stamp.box.intersection(band.box) for stamp in look.stamps)]
    if not 0 < len(clear) <= _MOST_LOST:
        return text
    model = sampling.model_for(language)
    boxes = [_roomier(box) for box in clear]
    read = tesseract().read(look.bare, boxes, layout=Layout.LINE, language=model, dpi=dpi)
    found = [
        line for lines in read for line in lines if line.confidence > READ and sum(map(str.isalnum, line.text)) > 2
    ]
    if not found:
        return text
    return _Text(tuple(_reading_order([*text.lines, *found])), tuple(_with_lines(cell, found) for cell in text.cells))


def _read(bare: Pixels, ruling: Ruling, language: Language, dpi: float, layout: Layout = Layout.PAGE) -> _Text:
    """All lines of the sheet in reading order, and the cells with theirs.

    A cell is one block of text; what stands in a frame round a whole paper has a layout as a page has.
    """
    engine, model = tesseract(), sampling.model_for(language)
    frames = _frames(ruling.cells, _FRAME * dpi / bare.shape[0])
    inked = [cell for cell in ruling.cells if cell not in frames and (crop(bare, cell.box, -2) < 140).sum() > 12]
    by_cell = engine.read(bare, [cell.box for cell in inked], layout=Layout.BLOCK, language=model, dpi=dpi)
    held = dict(zip(inked, by_cell, strict=True))
    outside = _blanked(bare, [cell.box for cell in ruling.cells if cell not in frames])
    free = engine.read(outside, [WHOLE], layout=layout, language=model, dpi=dpi)[0]
    held |= {frame: tuple(line for line in free if frame.box.contains(*line.box.centre)) for frame in frames}
    cells = tuple(replace(cell, lines=held.get(cell, ())) for cell in ruling.cells)
    return _Text(tuple(_reading_order([*free, *(line for lines in by_cell for line in lines)])), cells)


def _frames(cells: Sequence[Cell], least: float) -> list[Cell]:
    """The cells that are alone in their table and ``least`` high: no tables, but lines round papers."""
    crowd = Counter(cell.table for cell in cells)
    return [cell for cell in cells if crowd[cell.table] == 1 and cell.box.height > least]


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


def _is_blank(text: _Text, marks: Sequence[Mark], bands: Sequence[Band]) -> bool:
    """Nothing but specks, holes, folds or the other side shining through: no believable word, cell or mark, no lines as
    dark as print, which may be text that nobody could read."""
    words = [word for line in text.lines for word in line.words if sum(map(str.isalnum, word.text)) > 2]
    believable = [word for word in words if word.confidence > READ]
    telling = [mark for mark in marks if mark.confidence > 0.5]
    printed = [band for band in bands if band.step > _PRINTED]
    return len(believable) < 2 and not telling and not (text.cells and words) and len(printed) < _FEW_BANDS
