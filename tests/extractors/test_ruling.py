"""Ruled lines of a sheet and the cells between them."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.tables import find_ruling


def test_a_row_that_a_page_end_leaves_open() -> None:
    """The last row of a table has cells although no line closes it; a gap in all borders opens none."""
    picture = np.full((1200, 1600), 255, np.uint8)
    for y in (100, 300, 500):
        cv2.line(picture, (100, y), (1500, y), 0, 3)
    for x in (100, 700, 1500):
        cv2.line(picture, (x, 100), (x, 800), 0, 3)
    assert [round(cell.box.y1, 2) for cell in find_ruling(picture, 200).cells] == [0.25, 0.25, 0.41, 0.41, 0.67, 0.67]
    cv2.line(picture, (100, 800), (1500, 800), 0, 3)
    picture[640:680] = 255
    assert len(find_ruling(picture, 200).cells) == 4
