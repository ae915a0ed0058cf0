"""Reading a region once more: letters are whole wherever its box and its rows cut them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.engines.paddle import line_reader
from extractors.regions import BothEngines
from extractors.shapes import ReadSheet
from models.geometry import Box
from models.sheet import Line, Sheet, Word
from tests.extractors import pages

_WIDTH, _HEIGHT = 900, 300

pytestmark = [
    pytest.mark.skipif(pages.fonts_missing(), reason="the fonts of the test pages are not installed"),
    pytest.mark.skipif(line_reader() is None, reason="the PP-OCR weights are not installed"),
]


def _sheet(*texts: str) -> tuple[ReadSheet, list[tuple[int, int, int, int]]]:
    """A sheet of closely set lines, and where the ink of each lies."""
    picture = Image.new("L", (_WIDTH, _HEIGHT), 255)
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(pages.FONTS["carlito"], 34)
    places = []
    for number, text in enumerate(texts):
        draw.text((60, 60 + 36 * number), text, fill=0, font=font)
        left, top, right, bottom = draw.textbbox((60, 60 + 36 * number), text, font=font)
        places.append((int(left), int(top), int(right), int(bottom)))
    sheet = Sheet("form.png", 1, width_px=_WIDTH, height_px=_HEIGHT)
    return ReadSheet(sheet, None, np.asarray(picture)), places


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    return Box(left / _WIDTH, top / _HEIGHT, right / _WIDTH, bottom / _HEIGHT)


def _line(text: str, place: tuple[int, int, int, int]) -> Line:
    box = _box(*place)
    return Line((Word(text, box, 0.9),), box)


@pytest.mark.parametrize("text", ["Öyüd", "küçə", "İsgəndəriyyə", "ağıllı", "Gülşüm"])
def test_letters_reach_over_the_box(text: str) -> None:
    """A box that cuts dots, tails and the sides of letters does not cut them off what is read."""
    read, [(left, top, right, bottom)] = _sheet(text)
    (line,) = BothEngines().second(
        read, _box(left + 2, top + 5, right - 2, bottom - 5), [_line(text, (left, top, right, bottom))]
    )
    assert line.text == text


@pytest.mark.parametrize("text", ["İsgəndəriyyə şəhəri", "13 noyabr 2016-cı il"])
def test_region_that_begins_behind_a_letter(text: str) -> None:
    """The letter before a region is read with it where it stands as close as the next one of its word."""
    read, [(left, top, right, bottom)] = _sheet(text)
    (line,) = BothEngines().second(
        read, _box(left + 9, top - 4, right + 4, bottom + 4), [_line(text[1:], (left + 9, top, right, bottom))]
    )
    assert line.text == text


def test_rows_set_closely_keep_their_letters() -> None:
    """The tails of one row and the dots of the next are read with their own row."""
    texts = ("küç. yaşayış, qəbiləçi", "İÖÜ şəhəri, Ağstafa")
    read, places = _sheet(*texts)
    whole = _box(50, 55, 600, 160)
    lines = BothEngines().second(read, whole, [_line(*each) for each in zip(texts, places, strict=True)])
    assert [line.text for line in lines] == list(texts)


def test_tail_that_hangs_beside_the_next_row() -> None:
    """A comma or a cedilla stays when the next row, further right, is freed of what stands beside it."""
    read, [(left, top, right, bottom)] = _sheet("hərbçi, aç")
    assert read.grey is not None
    beside, [(_, _, _, low)] = _sheet("küçə 19")
    picture = read.grey.copy()
    picture[80 : 80 + 60, 300:600] = np.asarray(beside.grey)[60:120, 50:350]
    drawn = ReadSheet(read.sheet, None, picture)
    lines = [
        _line("hərbci. ac", (left, top, right, bottom - 5)),
        _line("küçə 19", (310, 82, 420, low + 20)),
    ]
    found = BothEngines().second(drawn, _box(left - 5, top - 5, 600, 150), lines)
    assert [line.text for line in found] == ["hərbçi, aç", "küçə 19"]


def test_rest_of_a_border_is_no_letter() -> None:
    """A piece of a border at the rim of a region is not read, an I at the rim is."""
    read, [(left, top, right, bottom)] = _sheet("Isgəndər")
    assert read.grey is not None
    bordered = read.grey.copy()
    cv2.line(bordered, (right + 30, top - 5), (right + 30, bottom + 5), 0, 2)
    cv2.line(bordered, (left - 16, top + 4), (left - 16, bottom), 0, 2)
    drawn = ReadSheet(read.sheet, None, bordered)
    (line,) = BothEngines().second(
        drawn, _box(left, top - 4, right + 31, bottom + 4), [_line("Isgəndər", (left, top, right, bottom))]
    )
    assert line.text == "Isgəndər"
