"""Stamps of any ink; what is round is no stamp yet."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from extractors.marks import find_marks, find_rings
from models.geometry import WHOLE
from models.sheet import Line, MarkKind
from tests.extractors.pages import letter_page

DPI = 200
MM = DPI / 25.4
FACES = Path(__file__).parents[3] / "shared" / "corpora" / "face"


def stamped(ink: int, x: float, y: float, across: float) -> np.ndarray:
    """A page of running text under a grey double ring with words between its circles; places and size in mm."""
    page = letter_page(3, dpi=DPI).picture
    layer = np.full(page.shape[:2], 255, np.uint8)
    middle, radius = (round(x * MM), round(y * MM)), round(across / 2 * MM)
    for share, pen in ((1.0, 4), (0.95, 2), (0.62, 2)):
        cv2.circle(layer, middle, round(share * radius), ink, pen, cv2.LINE_AA)
    for angle in np.linspace(0, 2 * np.pi, 18, endpoint=False):
        at = (round(middle[0] + 0.78 * radius * np.cos(angle)), round(middle[1] + 0.78 * radius * np.sin(angle)))
        cv2.putText(layer, "A", at, cv2.FONT_HERSHEY_SIMPLEX, 0.5, ink, 1, cv2.LINE_AA)
    return np.minimum(page, layer[..., None])


@pytest.mark.parametrize(("ink", "across"), [(90, 38.0), (150, 30.0), (60, 22.0)])
def test_a_grey_stamp_over_text_is_a_stamp(ink: int, across: float) -> None:
    """A photocopy keeps the rings and loses the colour."""
    (mark,) = find_rings(stamped(ink, 120, 70, across), DPI)
    centre = mark.box.centre
    assert abs(centre[0] * 210 - 120) < 2
    assert abs(centre[1] * 297 - 70) < 2
    assert abs(mark.box.width * 210 - across) < 4


def test_text_and_discs_are_no_stamps() -> None:
    """A page of words has none; a filled disc is a logo or a portrait."""
    page = letter_page(4, dpi=DPI).picture
    assert find_rings(page, DPI) == ()
    cv2.circle(page, (round(150 * MM), round(220 * MM)), round(15 * MM), (120, 90, 80), -1)
    assert find_rings(page, DPI) == ()


@pytest.mark.parametrize("shape", [(20, 20, 3), (1, 400, 3), (400, 3, 3)])
def test_a_picture_smaller_than_a_stamp_has_none(shape: tuple[int, ...]) -> None:
    """An icon or a line in a mail is a page like others; it must not stop the reading."""
    assert find_rings(np.full(shape, 200, np.uint8), DPI) == ()


@pytest.mark.skipif(not FACES.is_dir(), reason="the public test pictures are not beside this repository")
def test_a_portrait_in_black_and_white_alone_is_a_face() -> None:
    """What a fax leaves of a photograph in a form's box has no tones; it was certain that none was there."""
    portrait = cv2.imread(str(FACES / "face_recognition__obama-240p.jpg"))
    assert portrait is not None
    page = np.full((round(297 * MM), round(210 * MM)), 255, np.uint8)
    page[60:360, 1370:1606] = cv2.resize(cv2.cvtColor(portrait[:, 100:320], cv2.COLOR_BGR2GRAY), (236, 300))
    fax = np.where(page > 128, 255, 0).astype(np.uint8)
    (face,) = (mark for mark in find_marks(fax, fax, [Line((), WHOLE)] * 9, (), DPI) if mark.kind is MarkKind.FACE)
    assert face.box.centre[0] > 0.8
    assert face.box.centre[1] < 0.2
