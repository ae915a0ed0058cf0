"""Stamps in a colour of their own over print: their ink goes, that of the print under them stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors import cleaning
from extractors.inks import Overlay, find_overlays
from extractors.marks import find_stamps
from tests.extractors import pages

DPI = 200
BLACK, BLUE, VIOLET, RED, GREEN = (30, 30, 30), (150, 50, 25), (160, 50, 75), (45, 40, 195), (70, 110, 20)  # B, G, R
needs_fonts = pytest.mark.skipif(pages.fonts_missing(), reason="the fonts of the test pages are not installed")


def inked(ink: tuple[int, int, int]) -> np.ndarray:
    """A form page printed in one ink."""
    density = 1 - pages.form_page(8, "serif", dpi=DPI).picture.min(axis=2, keepdims=True) / 255
    return np.asarray(255 - density * (255 - np.array(ink)), np.uint8)


def dated(page: np.ndarray, ink: tuple[int, int, int]) -> tuple[np.ndarray, tuple[slice, slice]]:
    """The page under a framed stamp with the day of receipt, a little askew, as a scanner stores it; and where."""
    stamp = Image.new("L", (420, 190), 0)
    draw = ImageDraw.Draw(stamp)
    draw.rectangle((6, 6, 412, 182), outline=200, width=5)
    for row, text in enumerate(("DAXİL OLUB", "№ 2516", "19.03.2024")):
        draw.text((60, 20 + 52 * row), text, fill=200, font=ImageFont.truetype(pages.FONTS["dejavu"], 40))
    density = np.asarray(stamp.rotate(5, expand=True), np.float32)[:, :, None] / 255
    place = slice(620, 620 + len(density)), slice(700, 700 + density.shape[1])
    out = page.astype(np.float32)
    out[place] *= 1 - density * (1 - np.array(ink) / 255)
    return pages.jpeg(np.asarray(out, np.uint8), 70), place


def overlays(page: np.ndarray) -> tuple[Overlay, ...]:
    """What is found as the reader of sheets looks for it."""
    return find_overlays(page, DPI, [mark.box for mark in find_stamps(page, DPI)])


@needs_fonts
@pytest.mark.parametrize(
    ("print_in", "stamp_in"), [(BLACK, VIOLET), (BLACK, RED), (BLACK, BLUE), (BLUE, VIOLET), (BLUE, RED), (BLUE, GREEN)]
)
def test_print_stays_under_a_stamp(print_in: tuple[int, int, int], stamp_in: tuple[int, int, int]) -> None:
    """Nearly all ink of the print is left where the stamp was, and nearly none of the stamp."""
    plain = pages.jpeg(inked(print_in), 70)
    stamped, place = dated(plain, stamp_in)
    (overlay,) = overlays(stamped)
    assert not overlay.shared
    wanted, found = (cleaning.cleaned(page, each)[place] < 140 for page, each in ((plain, ()), (stamped, (overlay,))))
    near = cv2.dilate(wanted.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert (found & wanted).sum() > 0.75 * wanted.sum()
    assert (found & ~near).sum() < 0.12 * wanted.sum()


@needs_fonts
@pytest.mark.parametrize("ink", [BLACK, BLUE, RED])
def test_without_a_stamp_nothing_is_taken(ink: tuple[int, int, int]) -> None:
    """Print and answers of any colour are no stamp, on a scan and on a photograph."""
    page = inked(ink)
    assert overlays(pages.jpeg(page, 70)) == ()
    assert all(overlay.shared for overlay in overlays(pages.phone_photo(page, 5)))


@needs_fonts
def test_ink_that_answers_share_with_a_stamp_stays() -> None:
    """A blue seal on blue answers cannot be told from them: nothing is taken out, so that nothing is lost unseen."""
    stamped = pages.stamped(inked(BLUE), 5, BLUE)
    found = overlays(stamped)
    assert [overlay.shared for overlay in found] == [True]
    assert np.array_equal(cleaning.cleaned(stamped, found), cleaning.cleaned(stamped))
