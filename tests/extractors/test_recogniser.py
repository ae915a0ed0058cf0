"""The recogniser of our own: PP-OCR's convolutions with a head for the Azerbaijani alphabet."""

from __future__ import annotations

import resource
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.engines.paddle import AZERBAIJANI, HEAD, MRZ, LineReader, line_reader
from intake.processes import give_memory_back
from models.azerbaijani import LOWER, UPPER

_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
)


@cache
def _reader() -> LineReader:
    reader = line_reader()
    if reader is None:
        pytest.skip("the PP-OCR weights are not installed")
    return reader


def _line(text: str, file: str, size: int = 26) -> np.ndarray:
    """A line as a clean sheet at 200 dpi shows it."""
    if not Path(file).is_file():
        pytest.skip(f"{Path(file).name} is not installed")
    font = ImageFont.truetype(file, 2 * size)
    picture = Image.new("L", (round(font.getlength(text)) + 24, 3 * size), 255)
    ImageDraw.Draw(picture).text((12, size // 2), text, fill=0, font=font)
    return cv2.resize(np.asarray(picture), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


@pytest.mark.parametrize("file", _FONTS)
@pytest.mark.parametrize(
    "text",
    [
        "Jalə Qasımlı, № 12", "(+994 50) 123-45-67", "Azərenerji ASC", "İsmayıllı rayonu", "IŞIQLI ÇIĞIR",
        "William West", "Ağcabədi, Şəki, Güzgü", "«05» iyun 2011-ci il",
    ],
)  # fmt: skip
def test_reads_what_tesseract_cannot_and_every_mark(text: str, file: str) -> None:
    """Printed +, №, j, J, W and both kinds of i come out as they stand, in typefaces that were not all trained on."""
    assert _reader().read(_line(text, file)).text == text


def test_its_alphabet_is_whole() -> None:
    """Every letter of the alphabet, every digit and the signs of forms can be written by the head."""
    known = set(_reader().letters)
    assert known >= AZERBAIJANI
    assert known >= set(UPPER + LOWER + "0123456789+№()-–.,:;«»“”\"'/₼ ")


def test_the_same_pixels_are_read_once_for_each_alphabet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line read before costs nothing, and a reading with one alphabet is none with another."""
    reader, line = LineReader(), _line("P<AZE 1234567", _FONTS[1])
    free, masked = reader.read(line), reader.read_masked(line, MRZ)
    monkeypatch.setattr(reader._network, "run", lambda *_: pytest.fail("read again"))
    assert (reader.read(line.copy()), reader.read_masked(line, MRZ)) == (free, masked)
    assert free != masked


def test_the_same_picture_gives_the_same_reading() -> None:
    """Reading is deterministic, down to the certainties."""
    reader, picture = _reader(), _line("Təkrar oxu", _FONTS[0])
    first = reader.read(picture)
    reader.forget()
    assert reader.read(picture) == first


def test_certainty_falls_with_legibility() -> None:
    """A line blurred beyond reading is less certain than the same line as printed."""
    picture = _line("Naxçıvan şəhəri", _FONTS[0])
    blurred = cv2.GaussianBlur(picture, (0, 0), 9)
    assert min(_reader().read(picture).certainties) > 0.9 > _reader().read(blurred).confidence


def test_specks_are_no_text() -> None:
    """Dust on white paper is read as nothing."""
    paper = np.full((40, 300), 255, np.uint8)
    paper[10, 40] = paper[30, 200] = paper[22, 120] = 90
    assert _reader().read(paper).text == ""


def test_machine_zones_keep_their_own_alphabet() -> None:
    """A masked reading holds letters of machine-readable zones only."""
    assert set(_reader().read_masked(_line("P<AZEƏLİYEV", _FONTS[1]), MRZ).text) <= MRZ


def test_what_ships_is_small() -> None:
    """The weights of our own stay below two million bytes."""
    assert HEAD.stat().st_size < 2_000_000


def test_lines_of_every_width_leave_no_memory_behind() -> None:
    """A worker stays small: what the widest lines took is given back, not kept for the next ones."""
    reader, rng = _reader(), np.random.default_rng(2)
    widths = range(100, 2500, 300)
    reader.read(_noise(rng, 50))
    give_memory_back()
    before = _resident_mb()
    for width in widths:
        reader.read(_noise(rng, width))
        reader.read_masked(_noise(rng, width), MRZ)
    give_memory_back()
    assert _resident_mb() - before < 40.0


def _noise(rng: np.random.Generator, width: int) -> np.ndarray:
    return rng.integers(0, 255, (48, width), dtype=np.uint8)


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20
