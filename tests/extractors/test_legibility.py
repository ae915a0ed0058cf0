"""How well a sheet can be read."""

from __future__ import annotations

from extractors.legibility import Band, Optics, legibility
from models.geometry import Box

_OPTICS = Optics(x_height=20.0, blur=0.02, contrast=0.5, brightness=0.8)


def test_a_line_or_two_make_no_sheet_illegible() -> None:
    """A page with a signature and a shadow on it says too little; a page full of blurred lines is illegible."""
    assert legibility(_OPTICS, _blurred(2), [], 0.0) > 0.35
    assert legibility(_OPTICS, _blurred(25), [], 0.0) < 0.1


def _blurred(count: int) -> list[Band]:
    """Lines across a third of the sheet in which no letters are left."""
    boxes = [Box(0.2, 0.1 + 0.03 * at, 0.5, 0.12 + 0.03 * at) for at in range(count)]
    return [Band(box, structure=0.5, step=50.0, height=20.0) for box in boxes]
