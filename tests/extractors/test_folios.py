"""Numbers that stand alone at the edge of a page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.folios import folio
from extractors.shapes import Pixels
from models.geometry import Box
from models.sheet import Line, Word


def _page(number: str, x: int = 800, y: int = 2280) -> Pixels:
    page = np.full((2339, 1654), 255, np.uint8)
    cv2.putText(page, "Text of the page that goes on to its right edge", (150, 1000), 0, 1.2, 0, 2)
    cv2.putText(page, number, (x, y), 0, 0.8, 0, 2)
    return page


@pytest.mark.parametrize(("number", "x", "y"), [("2", 800, 2280), ("- 3 -", 800, 2280), ("4/12", 1500, 60)])
def test_a_lone_number_at_an_edge_is_read(number: str, x: int, y: int) -> None:
    """A foot or a head of a few digits says which page it is."""
    assert folio(_page(number, x, y), (), 200.0).replace(" ", "") == number.replace(" ", "")


def test_nothing_else_is_a_number_of_a_page() -> None:
    """Neither words, nor figures in the midst of a page, nor one beside a line that was read."""
    assert folio(_page("Baku"), (), 200.0) == ""
    assert folio(_page("2", y=1500), (), 200.0) == ""
    beside = Line((Word("2025", Box(0.1, 0.965, 0.2, 0.98), 0.9),), Box(0.1, 0.965, 0.2, 0.98))
    assert folio(_page("2"), (beside,), 200.0) == ""
