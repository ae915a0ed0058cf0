"""What a score is worth: the share of readings like it that turned out right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp

_SUREST = 0.998  # a model of some thousand readings cannot tell more


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about one reading: the scale it is measured on, its score (0-1), and what it is like.

    ``doubt`` (0-1) tells how badly the rest of its document was understood; ``traits`` are the names of its field, of
    the kind of its value and of where it was read.
    """

    scale: str
    score: float
    doubt: float = 0.0
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """A monotone logistic model: the better the score and the less doubt round it, the likelier a reading is right.

    ``points`` are (score, log-odds) pairs, both rising; between them the odds are linear, outside them the nearest
    counts. ``doubt`` (not negative) is what a document that is doubtful throughout costs; ``offsets`` are what traits
    add. The first trait of a reading, its field, must have been measured.
    """

    points: tuple[tuple[float, float], ...]
    doubt: float = 0.0
    offsets: Mapping[str, float] = field(default_factory=dict)

    def at(self, evidence: Evidence) -> float | None:
        """The probability that a reading is right; None for a field that nobody measured."""
        if evidence.traits and evidence.traits[0] not in self.offsets:
            return None
        odds = self._odds(evidence.score) - self.doubt * evidence.doubt
        odds += sum(self.offsets.get(trait, 0.0) for trait in evidence.traits)
        return min(_SUREST, 1 / (1 + exp(-odds)))

    def _odds(self, score: float) -> float:
        above = bisect_right(self.points, score, key=lambda point: point[0])
        if above == 0:
            return self.points[0][1]
        if above == len(self.points):
            return self.points[-1][1]
        (left, low), (right, high) = self.points[above - 1], self.points[above]
        return low + (high - low) * (score - left) / (right - left)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Measured scales by name, and what confidence keeps what share of readings right.

    ``thresholds`` are (target share right, least confidence) pairs with rising targets, measured on readings that the
    scales were not fitted to.
    """

    scales: Mapping[str, Scale] = field(default_factory=dict)
    thresholds: tuple[tuple[float, float], ...] = ()

    def at(self, evidence: Evidence) -> float | None:
        """The probability that a reading is right; None where nobody measured the like."""
        scale = self.scales.get(evidence.scale)
        return scale.at(evidence) if scale else None

    def threshold(self, target: float) -> float:
        """The least confidence at which a share ``target`` was right; the highest known one for stricter targets."""
        enough = [least for share, least in self.thresholds if share >= target]
        return enough[0] if enough else max((least for _, least in self.thresholds), default=1.0)
