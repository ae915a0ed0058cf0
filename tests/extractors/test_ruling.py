"""Ruled lines of a sheet and the cells between them."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

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


def _dashed(picture: np.ndarray, start: tuple[int, int], end: tuple[int, int], dash: int, blank: int) -> None:
    """A line of dashes, level or upright."""
    level = start[1] == end[1]
    a, b = (start[0], end[0]) if level else (start[1], end[1])
    for at in range(a, b, dash + blank):
        stop = min(at + dash, b)
        ends = ((at, start[1]), (stop, start[1])) if level else ((start[0], at), (start[0], stop))
        cv2.line(picture, *ends, 60, 2)


@pytest.mark.parametrize(("dash", "blank"), [(1, 4), (6, 6), (10, 6)])
def test_dashed_borders_bound_cells(dash: int, blank: int) -> None:
    """Dots and dashes that make both directions of a table are its borders, and are painted out like them."""
    picture = np.full((1200, 1600), 255, np.uint8)
    for y in (100, 250, 400, 550):
        _dashed(picture, (100, y), (1500, y), dash, blank)
    for x in (100, 500, 900, 1500):
        _dashed(picture, (x, 100), (x, 550), dash, blank)
    ruling = find_ruling(picture, 200)
    assert len(ruling.cells) == 9
    assert (ruling.without_lines(picture) < 200).sum() < 0.2 * (picture < 200).sum()


def test_dots_to_write_on_bound_no_cells() -> None:
    """Rows of dots inside a ruled cell, which end clear of its sides, part it into no rows."""
    picture = np.full((1200, 1600), 255, np.uint8)
    cv2.rectangle(picture, (100, 100), (1500, 700), 0, 3)
    cv2.line(picture, (700, 100), (700, 700), 0, 3)
    for y in (220, 340, 460):
        _dashed(picture, (130, y), (660, y), 2, 5)
    assert len(find_ruling(picture, 200).cells) == 2


def test_double_borders_bound_cells() -> None:
    """Two thin lines close to each other are one border."""
    picture = np.full((1200, 1600), 255, np.uint8)
    for apart in (0, 5):
        for y in (100, 300, 500):
            cv2.line(picture, (100, y + apart), (1500, y + apart), 0, 2)
        for x in (100, 700, 1500):
            cv2.line(picture, (x + apart, 100), (x + apart, 500), 0, 2)
    assert len(find_ruling(picture, 200).cells) == 4


def test_dots_under_rows_are_painted_out_and_full_stops_stay() -> None:
    """The fine dots that forms and receipts print under their rows are lines: engines read them as colons. What stands
    on a whole line is no dot of it."""
    picture = np.full((1200, 1600), 255, np.uint8)
    for at in range(200, 1400, 4):
        cv2.line(picture, (at, 400), (at + 1, 400), 0, 2)
    cv2.line(picture, (200, 600), (1400, 600), 0, 2)
    stops = [slice(592, 595), slice(300, 303)], [slice(592, 595), slice(900, 903)]
    picture = cv2.GaussianBlur(picture, (0, 0), 0.7)
    for stop in stops:
        picture[tuple(stop)] = 0
    bare = find_ruling(picture, 200).without_lines(picture)
    assert (bare[380:420] < 170).sum() < 0.05 * (picture[380:420] < 170).sum()
    assert all((bare[tuple(stop)] == 0).all() for stop in stops)


def test_lines_on_a_picture_that_is_ink_all_over() -> None:
    """A dark photograph is ink everywhere at a common threshold; that is no reason to stop."""
    clean, dark = np.full((400, 600), 255, np.uint8), np.full((400, 600), 90, np.uint8)
    cv2.line(clean, (50, 200), (550, 200), 0, 3)
    ruling = find_ruling(clean, 200)
    assert ruling.rules
    assert ruling.without_lines(dark).shape == dark.shape


def test_the_feet_of_a_word_are_no_border() -> None:
    """A word that fills a narrow cell stands on a nearly unbroken row of feet; the cell was cut in two there."""
    picture = np.full((1200, 1600), 255, np.uint8)
    for y in (100, 220, 340):
        cv2.line(picture, (100, y), (1500, y), 0, 3)
    for x in (100, 220, 1500):
        cv2.line(picture, (x, 100), (x, 340), 0, 3)
    for x in range(106, 216, 8):  # stems, and the feet that nearly join them
        picture[155:165, x : x + 5] = 0
        picture[163:165, x : x + 7] = 0
    assert len(find_ruling(picture, 200).cells) == 4
