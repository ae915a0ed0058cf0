"""What a score is worth: the share of readings with that score that turned out right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Curve:
    """Maps a score to a probability, both from 0 to 1: linear between its points, never falling.

    ``points`` are (score, probability) pairs with rising scores; outside them the nearest point counts.
    """

    points: tuple[tuple[float, float], ...]

    def at(self, score: float) -> float:
        """The probability that a reading of this score is right."""
        above = bisect_right(self.points, score, key=lambda point: point[0])
        if above == 0:
            return self.points[0][1]
        if above == len(self.points):
            return self.points[-1][1]
        (left, low), (right, high) = self.points[above - 1], self.points[above]
        return low + (high - low) * (score - left) / (right - left)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Measured curves by group of readings, and what confidence keeps what share of readings right.

    ``thresholds`` are (target share right, least confidence) pairs with rising targets, measured on readings that the
    curves were not fitted to.
    """

    curves: Mapping[str, Curve] = field(default_factory=dict)
    thresholds: tuple[tuple[float, float], ...] = ()

    def at(self, score: float, groups: Sequence[str]) -> float:
        """The probability by the first group that was measured; the score itself where none was."""
        curve = next((self.curves[name] for name in groups if name in self.curves), None)
        return curve.at(score) if curve else score

    def threshold(self, target: float) -> float:
        """The least confidence at which a share ``target`` was right; the highest known one for stricter targets."""
        enough = [least for share, least in self.thresholds if share >= target]
        return enough[0] if enough else max((least for _, least in self.thresholds), default=1.0)
