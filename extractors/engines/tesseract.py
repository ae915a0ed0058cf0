"""Tesseract, in process through tesserocr, else through its program by pytesseract. Their sole importer.

Debian's ``aze.traineddata`` silently loads ``aze_cyrl`` and then mixes Cyrillic look-alikes into Latin text; both
engines here switch sub-languages off by ``tessedit_load_sublangs``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import median

import pytesseract
from PIL import Image

from extractors.engines import Engine, EngineUnavailable, Layout
from extractors.shapes import Pixels
from models.geometry import WHOLE, Box, box_of
from models.sheet import Line, Word

try:
    import tesserocr
except ImportError:  # no wheel for this machine: the program does the same work, slower
    tesserocr = None

#: Where distributions keep language data, besides ``TESSDATA_PREFIX``.
_DATA_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_SETTINGS = {"tessedit_load_sublangs": "", "tessedit_do_invert": "0", "debug_file": os.devnull}
_TSV_WORD = "5"


def data_folder() -> Path:
    """The folder that holds ``aze.traineddata``. Raises ``EngineUnavailable``."""
    prefix = os.environ.get("TESSDATA_PREFIX", "")
    for folder in filter(None, (prefix, prefix and f"{prefix}/tessdata", *_DATA_FOLDERS)):
        if (Path(folder) / "aze.traineddata").is_file():
            return Path(folder)
    raise EngineUnavailable("no Azerbaijani Tesseract data: install tesseract-ocr-aze or set TESSDATA_PREFIX")


def installed_languages() -> frozenset[str]:
    """Names of the installed Tesseract languages; empty when there is no Tesseract data."""
    try:
        return frozenset(path.stem for path in data_folder().glob("*.traineddata"))
    except EngineUnavailable:
        return frozenset()


class InProcess:
    """Tesseract as a library; the loaded models stay in memory, one per language."""

    name = "tesserocr"

    def __init__(self) -> None:
        if tesserocr is None:
            raise EngineUnavailable("tesserocr cannot be imported: pip install tesserocr")
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)
        self._folder = str(data_folder())
        self._apis: dict[str, tesserocr.PyTessBaseAPI] = {}

    def read(
        self, grey: Pixels, regions: Sequence[Box], *, layout: Layout, language: str, dpi: float
    ) -> list[tuple[Line, ...]]:
        """See ``Engine.read``."""
        height, width = grey.shape[:2]
        api = self._api(language)
        api.SetPageSegMode(int(layout))
        api.SetImageBytes(grey.tobytes(), width, height, 1, width)
        api.SetSourceResolution(round(dpi))
        found = []
        for region in regions:
            if region != WHOLE:
                left, top, wide, high = _pixel_rectangle(region, width, height)
                # A rectangle as wide as the picture makes Tesseract 5 recognise other rows than it found (BestPix).
                api.SetRectangle(left, top, min(wide, width - 1), high)
            found.append(_lines(api.GetTSVText(0).splitlines(), width, height, 0, 0))
        api.Clear()
        return found

    def _api(self, language: str) -> tesserocr.PyTessBaseAPI:
        if language not in self._apis:
            try:
                self._apis[language] = tesserocr.PyTessBaseAPI(
                    path=self._folder, lang=language, init=True, variables=_SETTINGS
                )
            except RuntimeError as error:
                raise EngineUnavailable(f"Tesseract language {language}: install tesseract-ocr-{language}") from error
        return self._apis[language]


class Program:
    """Tesseract as an outside program (the design card's way)."""

    name = "pytesseract"

    def __init__(self) -> None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        self._folder = data_folder()

    def read(
        self, grey: Pixels, regions: Sequence[Box], *, layout: Layout, language: str, dpi: float
    ) -> list[tuple[Line, ...]]:
        """See ``Engine.read``."""
        height, width = grey.shape[:2]
        settings = " ".join(f"-c {key}={value}" for key, value in _SETTINGS.items())
        config = f'--tessdata-dir "{self._folder}" --psm {int(layout)} --dpi {round(dpi)} {settings}'
        found = []
        for region in regions:
            left, top, wide, high = _pixel_rectangle(region, width, height)
            crop = Image.fromarray(grey[top : top + high, left : left + wide])
            try:
                rows = pytesseract.image_to_data(crop, lang=language, config=config).splitlines()[1:]
            except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError) as error:
                raise EngineUnavailable(f"tesseract failed ({error}): install tesseract-ocr-{language}") from error
            found.append(_lines(rows, width, height, left, top))
        return found


@cache
def tesseract() -> Engine:
    """The engine to use in this process: the library, or the program where there is no library."""
    try:
        return InProcess()
    except EngineUnavailable:
        return Program()


def _pixel_rectangle(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """left, top, width, height in whole pixels inside the picture, at least one pixel large."""
    left, top = min(int(box.x0 * width), width - 1), min(int(box.y0 * height), height - 1)
    right, bottom = max(left + 1, round(box.x1 * width)), max(top + 1, round(box.y1 * height))
    return left, top, min(right, width) - left, min(bottom, height) - top


def _lines(rows: Iterable[str], width: int, height: int, left: int, top: int) -> tuple[Line, ...]:
    """Lines from TSV rows whose pixel boxes are relative to (left, top) of a width x height picture."""
    words: dict[tuple[str, ...], list[Word]] = {}
    for key, word in _words(rows, width, height, left, top):
        words.setdefault(key, []).append(word)
    return tuple(line_of(found) for found in words.values())


def _words(rows: Iterable[str], width: int, height: int, left: int, top: int) -> Iterator[tuple[tuple[str, ...], Word]]:
    for row in rows:
        columns = row.split("\t")
        if len(columns) < 12 or columns[0] != _TSV_WORD or not columns[11].strip():
            continue
        x, y, w, h = (int(value) for value in columns[6:10])
        box = Box(
            (x + left) / width, (y + top) / height, (x + left + w) / width, (y + top + h) / height
        ).clipped()  # fmt: skip
        yield tuple(columns[1:5]), Word(columns[11].strip(), box, max(0.0, float(columns[10]) / 100))


def line_of(words: Sequence[Word]) -> Line:
    """A line of words that stand side by side; ``words`` must not be empty."""
    return Line(tuple(words), box_of(words), size=median(word.box.height for word in words))
