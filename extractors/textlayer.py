"""The text layer of a PDF page: lines, drawn cells, writing rules, and whether its words can be believed.

The only importer of pdfplumber. A text layer is believed when its letters are real letters, somebody typed them (not
another program's OCR laid under a scan) and they account for what the picture of the page shows.
"""

from __future__ import annotations

import io
import logging
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pdfplumber

from extractors.clipping import Letter, is_clipped
from extractors.honesty import is_language, unexplained_ink
from extractors.lines import grid, placed
from extractors.refusals import Unreadable
from extractors.shapes import Pixels, RawPage
from models.geometry import WHOLE, Box
from models.sheet import Cell, FormValue, Line, Rule, Source, Word

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # broken files are an outcome here, no news


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
    clipped: frozenset[Letter] = frozenset()
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
    tails = _tails(page.chars, drawn.clipped) if drawn.clipped else {}
    page = page.filter(lambda item: _is_visible(item, pixels, frame, drawn.clipped))
    blanks = [char for char in page.chars if char["text"] in _BLANK]
    written = page.filter(lambda item: item["object_type"] != "char" or item["text"] not in _BLANK)
    words = [word for word in _words(written, frame, tails) if _inside(word[0].box)]
    words += [(word, False) for note in notes for word in _note_words(note, frame.width / frame.height)]
    drawing = page.filter(lambda item: not _is_shade(item))
    edges = drawing.edges if len(drawing.edges) <= _MOST_EDGES else []
    tables = drawing.find_tables({**_TABLES, "explicit_horizontal_lines": _open_ends(edges)}) if edges else []
    walls = [frame.box(edge) for edge in edges if edge["orientation"] == "v"]
    lines, cells = placed(words, [grid([frame.of(*cell) for cell in table.cells]) for table in tables], walls)
    rules = _rules(page, blanks, cells, frame)
    return Layer(lines, cells, rules, _is_honest(lines, pixels, drawn, values, page, frame))


_TABLES = {"snap_tolerance": 3, "intersection_tolerance": 4}
_THICK = 3.0  # points
_NARROW = 20.0  # points
_FAINT = 30  # difference between the darkest and the lightest point where a letter stands
_MOST_EDGES = 4000  # drawn lines of a page up to which tables are looked for
_CUT = 0.5  # certainty of a word of which letters are cut off
_UNSEEN = 0.001  # of the page's width: at the end of what is seen, so wide are the words that are not
_BLANK = frozenset("_\u2026")  # characters that draw a line to write on


def _is_visible(item: Any, pixels: Pixels, frame: _Frame, clipped: frozenset[Letter]) -> bool:
    """Whether a letter leaves ink on the page; clipped, covered and white ones do not, and nobody can read them."""
    if item["object_type"] != "char" or item["text"].isspace():
        return True
    if clipped and is_clipped(item, clipped):
        return False
    height, width = pixels.shape[:2]
    x0, x1 = (int((item[key] - frame.x) / frame.width * width) for key in ("x0", "x1"))
    y0, y1 = (int((item[key] - frame.y) / frame.height * height) for key in ("top", "bottom"))
    spot = pixels[max(y0, 0) : y1 + 1, max(x0, 0) : x1 + 1]
    return bool(spot.size) and int(spot.max()) - int(spot.min()) > _FAINT


def _open_ends(edges: Sequence[Any]) -> list[dict[str, Any]]:
    """Lines that close tables whose last or first row is cut by the end of the page and has only side walls."""
    upright = [edge for edge in edges if edge["orientation"] == "v"]
    level = [edge for edge in edges if edge["orientation"] == "h"]
    closing: list[dict[str, Any]] = []
    for key in ("top", "bottom"):
        for end in {round(edge[key] / _THICK): edge[key] for edge in upright}.values():
            walls = [edge for edge in upright if abs(edge[key] - end) <= _THICK]
            left, right = min(edge["x0"] for edge in walls), max(edge["x1"] for edge in walls)
            closed = any(abs(e["top"] - end) <= _THICK and e["x0"] < right and e["x1"] > left for e in level)
            if right - left > _NARROW and not closed:
                line = {"object_type": "line", "x0": left, "x1": right, "top": end, "bottom": end}
                closing.append({**line, "width": right - left, "height": 0.0})
    return closing


def _is_shade(item: Any) -> bool:
    """Whether an item is only the coloured ground of a cell; thin filled rectangles are how Word draws lines."""
    if item["object_type"] != "rect" or not item["fill"] or item["stroke"]:
        return False
    return bool(min(item["x1"] - item["x0"], item["bottom"] - item["top"]) > _THICK)


def _inside(box: Box) -> bool:
    return box.width > 0 and box.height > 0


def _words(page: Any, frame: _Frame, tails: Mapping[_Place, str]) -> list[tuple[Word, bool]]:
    """Words with whether they are bold, top to bottom; a letter lent by another font (Ə) splits none, and one whose end
    is cut off goes on with its ``tails``, doubted as these are."""
    found = page.extract_words(
        x_tolerance=2, x_tolerance_ratio=0.18, y_tolerance=4, use_text_flow=False, return_chars=True
    )
    words = []
    for word in found:
        tail = tails.get(_place(word["chars"][-1]))
        sure = 1.0 if tail is None else _CUT
        first, *others = unicodedata.normalize("NFC", word["text"] + (tail or "")).split() or [""]
        box, bold = frame.box(word), _is_bold(word["chars"])
        words.append((Word(first, box, sure), bold))
        ends = Box(box.x1 - _UNSEEN, box.y0, box.x1, box.y1)
        words += [
            (Word(text, part, sure), bold) for text, part in zip(others, _side_by_side(ends, len(others)), strict=True)
        ]
    return words


_Place = tuple[float, float]


def _place(char: Any) -> _Place:
    return char["x0"], char["top"]


def _tails(chars: Sequence[Any], clipped: frozenset[Letter]) -> dict[_Place, str]:
    """What goes on unseen behind letters that are seen, in their row and in rows under it: the rest of an answer that
    is too long for its field. Letters come in the order in which the file writes them."""
    tails: dict[_Place, str] = {}
    last, start = None, 0.0
    for before, char in pairwise([None, *chars]):
        joined, under = before is not None and _joined(before, char), before is not None and _under(before, char, start)
        start = start if joined else char["x0"]
        if not char["text"].isspace() and not is_clipped(char, clipped):
            last = char
        elif last is not None and (joined or under):
            tails[_place(last)] = tails.get(_place(last), "") + (" " if under else "") + char["text"]
        else:
            last = None
    return {place: tail for place, tail in tails.items() if tail.strip()}


def _joined(before: Any, char: Any) -> bool:
    """Whether a letter follows another in its row."""
    level = abs(char["matrix"][5] - before["matrix"][5]) < 0.5
    return bool(level and abs(char["x0"] - before["x1"]) < before["bottom"] - before["top"])


def _under(before: Any, char: Any, start: float) -> bool:
    """Whether a letter begins the row under that of another, which began at ``start``."""
    lower = before["matrix"][5] - char["matrix"][5]
    return bool(0.5 <= lower < 2 * (before["bottom"] - before["top"]) and abs(char["x0"] - start) < 1)


def _side_by_side(box: Box, count: int) -> list[Box]:
    """A box cut into pieces of one width."""
    width = box.width / max(count, 1)
    return [Box(box.x0 + i * width, box.y0, box.x0 + (i + 1) * width, box.y1) for i in range(count)]


def _is_bold(letters: Sequence[Any]) -> bool:
    return 2 * sum("bold" in str(letter["fontname"]).lower() for letter in letters) > len(letters)


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

_SCAN_SHARE = 0.35  # pictures over more of the page than this are a scan, and the text somebody's OCR
_MOST_UNEXPLAINED = 0.3  # share of the page's ink that no text, table, picture or field accounts for
_BACKGROUND = 0.3  # of the page: a larger filled rectangle is its ground and explains nothing that stands on it
_FRAME_WIDTH = 0.15  # of the page: a wider curve is a frame with round corners, a narrower one may be a drawn letter


def _is_honest(
    lines: Sequence[Line], pixels: Pixels, drawn: Drawn, values: Sequence[FormValue], page: Any, frame: _Frame
) -> bool:  # fmt: skip
    if drawn.hidden * 2 > drawn.letters or sum(picture.share for picture in drawn.pictures) > _SCAN_SHARE:
        return False
    if not _is_upright(page.chars) or not is_language([word.text for line in lines for word in line.words]):
        return False
    explained = [line.box for line in lines] + [value.box for value in values] + [p.box for p in drawn.pictures]
    fills = (frame.box(rect) for rect in page.rects if rect["fill"])
    explained += [box for box in fills if box.area < _BACKGROUND]
    frames = [frame.box(item) for item in (*page.lines, *page.rects)]
    frames += [box for curve in page.curves if (box := frame.box(curve)).width > _FRAME_WIDTH]
    return bool(unexplained_ink(pixels, explained, frames) <= _MOST_UNEXPLAINED)


def _is_upright(chars: Sequence[Any]) -> bool:
    """Whether the text runs across the shown page, left to right; a page lying on its side is read as a picture."""
    upright = sum(bool(char["upright"]) and char["matrix"][0] > 0 for char in chars)
    return bool(upright * 2 >= len(chars))
