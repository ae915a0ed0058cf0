"""Scores made probabilities."""

from __future__ import annotations

import pytest

from models.calibration import Calibration, Evidence, Scale

SCALE = Scale(((0.2, -2.0), (0.6, 0.0), (1.0, 4.0)), doubt=3.0, offsets={"form.phones": -1.0, "date": 1.0})


def _at(score: float, doubt: float = 0.0, *traits: str) -> float:
    found = SCALE.at(Evidence("form", score, doubt, traits))
    assert found is not None
    return found


@pytest.mark.parametrize(("score", "share"), [(0.0, 0.119), (0.2, 0.119), (0.4, 0.269), (0.6, 0.5), (1.0, 0.982)])
def test_log_odds_are_linear_between_the_points_and_level_outside_them(score: float, share: float) -> None:
    """A score between two measured ones is worth something between them."""
    assert _at(score) == pytest.approx(share, abs=0.001)


def test_the_same_score_is_worth_less_where_the_rest_is_doubtful() -> None:
    """Doubt about the rest of a document takes from every answer of it; a trait adds or takes what was measured."""
    assert _at(0.9) > _at(0.9, 0.3) > _at(0.9, 1.0)
    assert _at(0.9, 0.0, "form.phones", "date") == pytest.approx(_at(0.9))
    assert _at(0.9, 0.0, "form.phones", "text") < _at(0.9)


def test_what_nobody_measured_has_no_probability() -> None:
    """Neither a field that no message showed nor a kind of paper without a scale is given a number."""
    table = Calibration({"form": SCALE})
    assert table.at(Evidence("form", 0.9, 0.0, ("form.phones",))) is not None
    assert table.at(Evidence("form", 0.9, 0.0, ("form.hobby",))) is None
    assert table.at(Evidence("paper", 0.9)) is None


def test_a_threshold_is_never_easier_than_the_target_asked_for() -> None:
    """A target between two measured ones takes the stricter; one beyond all of them the highest threshold known."""
    table = Calibration(thresholds=((0.98, 0.8), (0.99, 0.9), (0.997, 0.96)))
    assert table.threshold(0.98) == 0.8
    assert table.threshold(0.985) == 0.9
    assert table.threshold(0.9999) == 0.96
