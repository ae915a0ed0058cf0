"""Stamps go from over print of any colour, print stays."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors import stamps
from extractors.geometry import grey_of
from extractors.stamps import without_stamps
from extractors.tones import find_frames
from models.geometry import Box
from tests.extractors.pages import letter_page

DPI = 200
MIDDLE, RADIUS = (900, 600), 150
GREY, VIOLET = (110, 110, 110), (150, 60, 110)  # B, G, R


def print_and_stamp(ink: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray, Box]:
    """A page of running text as a scanner sees it, a stamp with thick words alone, and where that is."""
    page = letter_page(3, dpi=DPI).picture
    stamp = np.full_like(page, 255)
    for radius, pen in ((RADIUS, 4), (100, 2)):
        cv2.circle(stamp, MIDDLE, radius, ink, pen, cv2.LINE_AA)
    for word, y in (("DAXIL", -20), ("OLUB", 30)):
        cv2.putText(stamp, word, (MIDDLE[0] - 70, MIDDLE[1] + y), cv2.FONT_HERSHEY_SIMPLEX, 1.4, ink, 5, cv2.LINE_AA)
    page, stamp = (cv2.GaussianBlur(picture, (0, 0), 0.7) for picture in (page, stamp))
    (x, y), (height, width) = MIDDLE, page.shape[:2]
    return page, stamp, Box((x - RADIUS) / width, (y - RADIUS) / height, (x + RADIUS) / width, (y + RADIUS) / height)


@pytest.mark.parametrize("ink", [GREY, VIOLET])
def test_a_stamp_goes_and_the_print_under_it_stays(ink: tuple[int, int, int]) -> None:
    """What only the stamp has inked is paper again; the ink of letters, but for some hair strokes, is where it was."""
    page, stamp, box = print_and_stamp(ink)
    both = (page.astype(np.float32) * stamp / 255).astype(np.uint8)
    bare = without_stamps(both, grey_of(both), [box])
    page, stamp = grey_of(page), grey_of(stamp)
    only_stamp, letters = (stamp < 170) & (cv2.erode(page, np.ones((7, 7))) > 200), (page < 110) & (stamp < 200)
    assert (bare[only_stamp] < 150).mean() < 0.03
    assert (bare[letters] < 170).mean() > 0.9


def test_nothing_is_added_and_nothing_is_taken_elsewhere() -> None:
    """A stamp's place is only ever paler than it was; the rest of the sheet is as it was to the bit."""
    page, stamp, box = print_and_stamp(GREY)
    both = cv2.min(page, stamp)
    bare = without_stamps(both, grey_of(both), [box])
    assert (bare >= grey_of(both)).all()
    changed = np.argwhere(bare != grey_of(both))
    assert np.abs(changed - MIDDLE[::-1]).max() < 1.2 * RADIUS


def test_print_without_a_stamp_stays_print() -> None:
    """Where nothing but print is, it can be read as before."""
    page, _, box = print_and_stamp((255, 255, 255))
    grey = grey_of(page)
    bare = without_stamps(page, grey, [box])
    assert (bare[grey < 110] < 150).mean() > 0.97


@pytest.mark.parametrize(("ink", "found"), [(140, True), (0, False)])
def test_a_tilted_frame_paler_than_print_is_found(ink: int, found: bool) -> None:
    """The frame of a received stamp is known by its tone; one as black as print is not looked for."""
    page = grey_of(print_and_stamp((255, 255, 255))[0])
    corners = cv2.boxPoints((MIDDLE, (300.0, 150.0), 8.0)).astype(np.int32)
    framed = cv2.GaussianBlur(cv2.polylines(np.full_like(page, 255), [corners], True, ink, 5), (0, 0), 0.7)
    assert bool(find_frames(cv2.min(page, framed), DPI)) is found


def test_a_large_stamp_taken_in_tiles_goes_as_it_does_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the network sees round a tile is enough: no pixel tells where one ends."""
    window = np.random.default_rng(1).integers(0, 255, (601, 402, 3), dtype=np.uint8)
    grey, everywhere = grey_of(window), [Box(0, 0, 1, 1)]
    tiles = without_stamps(window, grey, everywhere)
    monkeypatch.setattr(stamps, "_TILE", 1000)
    assert (tiles == without_stamps(window, grey, everywhere)).all()
