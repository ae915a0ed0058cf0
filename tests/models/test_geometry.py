"""Boxes and the way back from a flat sheet to the page."""

import pytest

from models.geometry import WHOLE, Box, Perspective


def test_a_quarter_turn_takes_the_top_edge_to_the_right_edge() -> None:
    """A sheet read after turning the page: its top strip lies at the right of the page as shown."""
    turned = Perspective((0, -1, 1, 1, 0, 0, 0, 0, 1))  # (u, v) -> (1 - v, u)
    assert turned.box(Box(0, 0, 1, 0.1)) == pytest.approx((0.9, 0, 1, 1))


def test_boxes_never_leave_the_page() -> None:
    """Results report fractions between 0 and 1."""
    assert Box(-0.2, 0.5, 1.3, 0.4).clipped() == (0.0, 0.5, 1.0, 0.5)


def test_boxes_that_only_touch_do_not_intersect() -> None:
    """Neighbouring cells share a border, not an area."""
    assert Box(0, 0, 0.5, 1).intersection(Box(0.5, 0, 1, 1)) is None
    assert WHOLE.intersection(Box(0.2, 0.2, 2, 2)) == (0.2, 0.2, 1, 1)


def test_the_way_back_ends_where_it_began() -> None:
    """What lies on the page, such as a form field, is found on the flat sheet and the other way round."""
    for perspective in (Perspective(), Perspective((0, -1, 1, 1, 0, 0, 0, 0, 1)),
                        Perspective((0.8, 0.1, 0.05, -0.1, 0.9, 0.08, 0.05, 0.02, 1))):  # fmt: skip
        there = perspective.point(0.3, 0.6)
        assert perspective.inverse().point(*there) == pytest.approx((0.3, 0.6))
