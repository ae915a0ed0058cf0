"""Scores made probabilities."""

from __future__ import annotations

import pytest

from models.calibration import Calibration, Curve

CURVE = Curve(((0.2, 0.1), (0.6, 0.5), (1.0, 0.99)))


@pytest.mark.parametrize(("score", "share"), [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.8, 0.745), (1.0, 0.99)])
def test_a_curve_is_linear_between_its_points_and_level_outside_them(score: float, share: float) -> None:
    """A score between two measured ones is worth something between them."""
    assert CURVE.at(score) == pytest.approx(share)


def test_the_narrowest_measured_group_speaks_and_an_unmeasured_reading_keeps_its_score() -> None:
    """A field with a curve of its own uses it; a kind of paper nobody measured is not touched."""
    table = Calibration({"form ocr": CURVE, "form.phones ocr": Curve(((0.0, 0.7), (1.0, 0.7)))})
    assert table.at(1.0, ("form.phones ocr", "form ocr")) == pytest.approx(0.7)
    assert table.at(1.0, ("form.address ocr", "form ocr")) == pytest.approx(0.99)
    assert table.at(0.4, ("paper ocr",)) == 0.4


def test_a_threshold_is_never_easier_than_the_target_asked_for() -> None:
    """A target between two measured ones takes the stricter; one beyond all of them the highest threshold known."""
    table = Calibration(thresholds=((0.98, 0.8), (0.99, 0.9), (0.997, 0.96)))
    assert table.threshold(0.98) == 0.8
    assert table.threshold(0.985) == 0.9
    assert table.threshold(0.9999) == 0.96
