"""Grey stamps go from under print, print stays; what cannot be told apart is left as it is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.geometry import grey_of
from extractors.tones import find_frames, without_stamps
from models.geometry import Box
from tests.extractors.pages import letter_page

DPI = 200
MIDDLE, RADIUS = (900, 600), 150


def print_and_stamp(ink: int) -> tuple[np.ndarray, np.ndarray, Box]:
    """A page of running text as a scanner sees it, a stamp with thick words alone, and where that is."""
    page = grey_of(letter_page(3, dpi=DPI).picture)
    stamp = np.full_like(page, 255)
    for radius, pen in ((RADIUS, 4), (100, 2)):
        cv2.circle(stamp, MIDDLE, radius, ink, pen, cv2.LINE_AA)
    for word, y in (("DAXIL", -20), ("OLUB", 30)):
        cv2.putText(stamp, word, (MIDDLE[0] - 70, MIDDLE[1] + y), cv2.FONT_HERSHEY_SIMPLEX, 1.4, ink, 5, cv2.LINE_AA)
    page, stamp = (cv2.GaussianBlur(picture, (0, 0), 0.7) for picture in (page, stamp))
    (x, y), (height, width) = MIDDLE, page.shape
    return page, stamp, Box((x - RADIUS) / width, (y - RADIUS) / height, (x + RADIUS) / width, (y + RADIUS) / height)


@pytest.mark.parametrize("ink", [100, 140])
def test_a_grey_stamp_goes_and_the_print_under_it_stays(ink: int) -> None:
    """What only the stamp has inked is paper again; the ink of letters, but for some hair strokes, is where it was."""
    page, stamp, box = print_and_stamp(ink)
    bare, grey = without_stamps(cv2.min(page, stamp), cv2.min(page, stamp), [box])
    only_stamp, letters = (stamp < 170) & (cv2.erode(page, np.ones((7, 7))) > 200), (page < 110) & (stamp < 200)
    assert (bare[only_stamp] < 170).mean() < 0.01
    assert (bare[letters] < 170).mean() > 0.85
    assert np.array_equal(grey, bare)


def test_a_stamp_as_dark_as_print_is_left_alone() -> None:
    """Its letters cannot be told from those under it by their tone."""
    page, stamp, box = print_and_stamp(0)
    both = cv2.min(page, stamp)
    bare, grey = without_stamps(both, both, [box])
    assert np.array_equal(bare, both)
    assert np.array_equal(grey, both)


def test_a_clean_sheet_is_left_alone() -> None:
    """A ring without ink of its own over print takes none of the letters."""
    page, _, box = print_and_stamp(255)
    bare, _ = without_stamps(page, page, [box])
    assert np.array_equal(bare, page)


@pytest.mark.parametrize(("ink", "found"), [(140, True), (0, False)])
def test_a_tilted_frame_paler_than_print_is_found_and_goes(ink: int, found: bool) -> None:
    """The frame of a received stamp is known by its tone; one as black as print is not looked for."""
    page, _, _ = print_and_stamp(255)
    corners = cv2.boxPoints((MIDDLE, (300.0, 150.0), 8.0)).astype(np.int32)
    framed = cv2.GaussianBlur(cv2.polylines(np.full_like(page, 255), [corners], True, ink, 5), (0, 0), 0.7)
    frames = find_frames(cv2.min(page, framed), DPI)
    assert bool(frames) is found
    bare, _ = without_stamps(cv2.min(page, framed), page, (), frames)
    gone = (bare[(framed < 170) & (page > 200)] > 200).mean()
    assert gone > 0.9 if found else gone == 0
