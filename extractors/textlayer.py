"""The text layer of a PDF page: lines, drawn cells, writing rules, and whether its words can be believed.

The only importer of pdfplumber. A text layer is believed when its letters are real letters, somebody typed them (not
another program's OCR laid under a scan) and they account for what the picture of the page shows.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import pdfplumber

from extractors.refusals import Unreadable
from extractors.shapes import Pixels, RawPage
from models.geometry import WHOLE, Box
from models.sheet import Cell, FormValue, Line, Rule, Source, Word


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page: its place and share of the page, and its resolution."""

    box: Box
    pixels_per_point: float

    @property
    def share(self) -> float:
        return self.box.area


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page is made of: text objects, those of them that are not painted, all objects, pictures.

    ``shown`` is the visible part (crop box) in fractions of the whole page (media box), both turned as shown.
    """

    shown: Box = WHOLE
    letters: int = 0
    hidden: int = 0
    objects: int = 0
    characters: int = 0
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    lines: tuple[Line, ...]
    cells: tuple[Cell, ...]
    rules: tuple[Rule, ...]
    honest: bool


def onto(page: RawPage, layer: Layer | None) -> RawPage:
    """The page with what its text layer says."""
    if layer is None or not layer.lines:
        return page
    source = Source.TEXT_LAYER if layer.honest else Source.OCR
    return replace(
        page, source=source, lines=layer.lines, cells=layer.cells, rules=layer.rules, text_is_honest=layer.honest
    )


class Layers:
    """The text layers of one PDF file, page by page; holds one page in memory at a time.

    ``mend`` gives the bytes of a file that pdfplumber cannot open once more, repaired; it may raise ``Unreadable``.
    """

    def __init__(self, content: bytes, mend: Callable[[bytes], bytes]) -> None:
        self._pdf = _opened(content)
        if self._pdf is None:
            with suppress(Unreadable):
                self._pdf = _opened(mend(content))

    def __enter__(self) -> Layers:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pdf is not None:
            self._pdf.close()

    def read(
        self, index: int, pixels: Pixels, drawn: Drawn, values: Sequence[FormValue], notes: Sequence[FormValue] = ()
    ) -> Layer | None:
        """The layer of a page (from 0) with the notes laid over it, or None when it has none that can be read."""
        if self._pdf is None:
            return None
        try:
            page = self._pdf.pages[index]
            layer = _layer(page, pixels, drawn, values, notes)
            page.close()
        except Exception:  # noqa: BLE001 - the adapter round pdfplumber
            return None
        return layer


def _opened(content: bytes) -> Any:
    """A pdfplumber document with pages, or None."""
    try:
        document = pdfplumber.open(io.BytesIO(content))
        return document if document.pages else None
    except Exception:  # noqa: BLE001 - the adapter round pdfplumber: pdfminer raises what its parser stumbles over
        return None


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turns pdfplumber's coordinates into fractions of the shown page (the crop box)."""

    x: float
    y: float
    width: float
    height: float

    def box(self, item: Any) -> Box:
        return self.of(item["x0"], item["top"], item["x1"], item["bottom"])

    def of(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        return Box(
            (x0 - self.x) / self.width, (y0 - self.y) / self.height,
            (x1 - self.x) / self.width, (y1 - self.y) / self.height,
        ).clipped()  # fmt: skip


def _layer(page: Any, pixels: Pixels, drawn: Drawn, values: Sequence[FormValue], notes: Sequence[FormValue]) -> Layer:
    x0, top, x1, bottom = page.bbox
    width, height, shown = x1 - x0, bottom - top, drawn.shown
    frame = _Frame(x0 + shown.x0 * width, top + shown.y0 * height, shown.width * width, shown.height * height)
    page = page.dedupe_chars(tolerance=0.5)
    blanks = [char for char in page.chars if char["text"] in _BLANK]
    written = page.filter(lambda item: item["object_type"] != "char" or item["text"] not in _BLANK)
    words = [word for word in _words(written, frame) if _inside(word[0].box)]
    words += [(word, False) for note in notes for word in _note_words(note, frame.width / frame.height)]
    tables = page.find_tables(_TABLES) if len(page.edges) <= _MOST_EDGES else []
    lines, cells = _placed(words, [_table(table, frame) for table in tables])
    rules = _rules(page, blanks, cells, frame)
    return Layer(lines, cells, rules, _is_honest(lines, pixels, drawn, values, page, frame))


_TABLES = {"snap_tolerance": 3, "intersection_tolerance": 4}
_MOST_EDGES = 4000  # drawn lines of a page up to which tables are looked for
_BLANK = frozenset("_\u2026")  # characters that draw a line to write on


def _inside(box: Box) -> bool:
    return box.width > 0 and box.height > 0


def _words(page: Any, frame: _Frame) -> list[tuple[Word, bool]]:
    """Words with whether they are bold, top to bottom."""
    found = page.extract_words(
        x_tolerance=2, x_tolerance_ratio=0.18, y_tolerance=2.5, extra_attrs=["fontname"], use_text_flow=False
    )
    return [
        (Word(unicodedata.normalize("NFC", word["text"]), frame.box(word)), "bold" in str(word["fontname"]).lower())
        for word in found
    ]


def _note_words(note: FormValue, aspect: float) -> list[Word]:
    """The words of a typed note at places where they may stand in its box."""
    rows = [row.split() for row in note.value.split("\n")]
    height = note.box.height / len(rows)
    letter = min(note.box.width / max(len(" ".join(row)) for row in rows), 0.5 * height / aspect)
    words: list[Word] = []
    for number, row in enumerate(rows):
        x, y = note.box.x0, note.box.y0 + number * height
        for text in row:
            words.append(Word(text, Box(x, y, x + letter * len(text), y + 0.9 * height).clipped()))
            x += letter * (len(text) + 1)
    return words


# --- lines and cells -------------------------------------------------------------------------------------------------

_WIDE_GAP = 2.6  # heights of the letters: words further apart are two lines side by side


def _lines(words: Iterable[tuple[Word, bool]]) -> list[Line]:
    """Words to lines, top to bottom, left to right."""
    rows: list[list[tuple[Word, bool]]] = []
    for word in sorted(words, key=lambda item: (item[0].box.centre[1], item[0].box.x0)):
        if rows and _same_row(rows[-1], word[0]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [line for row in rows for line in _split_row(sorted(row, key=lambda item: item[0].box.x0))]


def _same_row(row: Sequence[tuple[Word, bool]], word: Word) -> bool:
    last = row[-1][0].box
    height = min(last.height, word.box.height)
    return abs(last.centre[1] - word.box.centre[1]) < 0.5 * height


def _split_row(row: Sequence[tuple[Word, bool]]) -> list[Line]:
    runs = [[row[0]]]
    for (left, _), right in pairwise(row):
        gap = right[0].box.x0 - left.box.x1
        if gap > _WIDE_GAP * max(left.box.height, right[0].box.height):
            runs.append([])
        runs[-1].append(right)
    return [_line(run) for run in runs]


def _line(run: Sequence[tuple[Word, bool]]) -> Line:
    words = tuple(word for word, _ in run)
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    return Line(words, box, size=box.height, bold=sum(bold for _, bold in run) * 2 > len(run))


@dataclass(frozen=True, slots=True)
class _Grid:
    """A drawn table: its cells with row, column and spans."""

    cells: tuple[tuple[Box, int, int, int, int], ...]


def _table(table: Any, frame: _Frame) -> _Grid:
    boxes = [frame.of(*cell) for cell in table.cells]
    rows = _edges([box.y0 for box in boxes])
    columns = _edges([box.x0 for box in boxes])
    return _Grid(tuple(_numbered(box, rows, columns) for box in boxes))


def _edges(starts: Iterable[float]) -> list[float]:
    """Distinct starts, in order; those closer than a thousandth of the page are one."""
    edges: list[float] = []
    for start in sorted(starts):
        if not edges or start - edges[-1] > 0.004:
            edges.append(start)
    return edges


def _numbered(box: Box, rows: list[float], columns: list[float]) -> tuple[Box, int, int, int, int]:
    row = max(sum(edge <= box.y0 + 0.004 for edge in rows) - 1, 0)
    column = max(sum(edge <= box.x0 + 0.004 for edge in columns) - 1, 0)
    row_span = sum(box.y0 - 0.004 <= edge < box.y1 - 0.004 for edge in rows)
    column_span = sum(box.x0 - 0.004 <= edge < box.x1 - 0.004 for edge in columns)
    return box, row, column, max(row_span, 1), max(column_span, 1)


def _placed(words: list[tuple[Word, bool]], grids: Sequence[_Grid]) -> tuple[tuple[Line, ...], tuple[Cell, ...]]:
    """Lines of the page in reading order, and the cells of its tables with theirs."""
    free = list(words)
    cells: list[Cell] = []
    for number, grid in enumerate(grids):
        for box, row, column, row_span, column_span in sorted(grid.cells, key=lambda cell: (cell[1], cell[2])):
            inside = [word for word in free if box.contains(*word[0].box.centre)]
            free = [word for word in free if not box.contains(*word[0].box.centre)]
            cells.append(Cell(box, number, row, column, tuple(_lines(inside)), row_span, column_span))
    blocks = [(line.box.y0, line.box.x0, [line]) for line in _lines(free)]
    blocks += [(cell.box.y0, cell.box.x0, list(cell.lines)) for cell in cells if cell.lines]
    ordered = [line for _, _, block in sorted(blocks, key=lambda b: (round(b[0], 3), b[1])) for line in block]
    return tuple(ordered), tuple(cells)


# --- writing rules ---------------------------------------------------------------------------------------------------


def _rules(page: Any, blanks: Sequence[Any], cells: Sequence[Cell], frame: _Frame) -> tuple[Rule, ...]:
    """Horizontal lines to write on: drawn ones that border no cell, and runs of underscores."""
    drawn = [frame.box(item) for item in (*page.lines, *page.rects) if _is_flat(item)]
    typed = _runs([frame.box(char) for char in blanks])
    edges = [edge for cell in cells for edge in (cell.box.y0, cell.box.y1)]
    free = [box for box in drawn if box.width > 0.03 and not any(abs(box.y0 - edge) < 0.004 for edge in edges)]
    return tuple(Rule(box) for box in sorted({*free, *typed}, key=lambda box: (box.y0, box.x0)))


def _is_flat(item: Any) -> bool:
    return bool(item["bottom"] - item["top"] <= 2.0 and item["x1"] - item["x0"] > 15.0)


def _runs(boxes: list[Box]) -> list[Box]:
    runs: list[Box] = []
    for box in sorted(boxes, key=lambda b: (round(b.y1, 3), b.x0)):
        if runs and abs(runs[-1].y1 - box.y1) < 0.002 and box.x0 - runs[-1].x1 < 0.01:
            runs[-1] = runs[-1].union(box)
        else:
            runs.append(box)
    return [run for run in runs if run.width > 0.02]


# --- honesty ---------------------------------------------------------------------------------------------------------

_MOST_BAD = 0.03  # share of letters that are none
_MOST_MIXED = 0.08  # share of words in two scripts at once, as fonts of a private code page give
_SCAN_SHARE = 0.35  # pictures over more of the page than this are a scan, and the text somebody's OCR
_MOST_UNEXPLAINED = 0.3  # share of the page's ink that no text, table, picture or field accounts for
_MOST_MUTE = 0.25  # share of longer words without a vowel, as a shifted font table gives
_FEW_WORDS = 12
_BACKGROUND = 0.3  # of the page: a larger filled rectangle is its ground and explains nothing that stands on it
_FRAME_WIDTH = 0.15  # of the page: a wider curve is a frame with round corners, a narrower one may be a drawn letter
_STUDY_WIDTH = 700

_BAD_LETTER = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LATIN = re.compile(r"[A-Za-zƏəĞğİıÖöŞşÜüÇç]")
_VOWEL = re.compile(r"[aeiouyəıöüаеиоуыэюяёəөү]", re.IGNORECASE)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


def _is_honest(
    lines: Sequence[Line], pixels: Pixels, drawn: Drawn, values: Sequence[FormValue], page: Any, frame: _Frame
) -> bool:  # fmt: skip
    if drawn.hidden * 2 > drawn.letters or sum(picture.share for picture in drawn.pictures) > _SCAN_SHARE:
        return False
    if not _is_upright(page.chars) or not _is_language([word.text for line in lines for word in line.words]):
        return False
    explained = [line.box for line in lines] + [value.box for value in values] + [p.box for p in drawn.pictures]
    fills = (frame.box(rect) for rect in page.rects if rect["fill"])
    explained += [box for box in fills if box.area < _BACKGROUND]
    frames = [frame.box(item) for item in (*page.lines, *page.rects)]
    frames += [box for curve in page.curves if (box := frame.box(curve)).width > _FRAME_WIDTH]
    return bool(_unexplained(pixels, explained, frames) <= _MOST_UNEXPLAINED)


def _is_upright(chars: Sequence[Any]) -> bool:
    """Whether the text runs across the shown page, left to right; a page lying on its side is read as a picture."""
    upright = sum(bool(char["upright"]) and char["matrix"][0] > 0 for char in chars)
    return bool(upright * 2 >= len(chars))


def _is_language(words: Sequence[str]) -> bool:
    """Whether words can be words: real letters, of one script each, most of them with a vowel."""
    text = " ".join(words)
    bad = sum(len(match) for match in _BAD_LETTER.findall(text))
    long_words = [word for word in words if len(word) > 2]
    mixed = sum(bool(_LATIN.search(word) and _CYRILLIC.search(word)) for word in long_words)
    spoken = [word for word in words if len(word) > 3 and word.isalpha()]
    mute = sum(not _VOWEL.search(word) for word in spoken)
    return (
        bad <= _MOST_BAD * len(text)
        and mixed <= _MOST_MIXED * len(long_words)
        and (len(spoken) < _FEW_WORDS or mute <= _MOST_MUTE * len(spoken))
    )


def _unexplained(pixels: Pixels, explained: Sequence[Box], frames: Sequence[Box]) -> float:
    """The share of dark points outside everything that the file names and not on the border of a frame."""
    factor = min(1.0, _STUDY_WIDTH / pixels.shape[1])
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    grey = small.min(axis=2) if small.ndim == 3 else small
    ink = (grey < 150).astype(np.uint8)
    total = int(ink.sum())
    for box in explained:
        _blank(ink, box, 3, hollow=False)
    for box in frames:
        _blank(ink, box, 2, hollow=True)
    return float(ink.sum()) / total if total else 0.0


def _blank(ink: Pixels, box: Box, margin: int, *, hollow: bool) -> None:
    """Takes a box with a margin out of the ink; of a hollow one only the border."""
    height, width = ink.shape
    x0, x1 = int(box.x0 * width) - margin, int(box.x1 * width) + margin + 1
    y0, y1 = int(box.y0 * height) - margin, int(box.y1 * height) + margin + 1
    x0, y0 = max(x0, 0), max(y0, 0)
    if not hollow or x1 - x0 <= 4 * margin or y1 - y0 <= 4 * margin:
        ink[y0:y1, x0:x1] = 0
        return
    thick = 2 * margin + 1
    ink[y0 : y0 + thick, x0:x1] = ink[max(y1 - thick, 0) : y1, x0:x1] = 0
    ink[y0:y1, x0 : x0 + thick] = ink[y0:y1, max(x1 - thick, 0) : x1] = 0
