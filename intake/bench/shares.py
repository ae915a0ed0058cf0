"""Shares with their intervals, and how well confidences tell right answers from wrong ones."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from intake.bench.scoring import Answer

_95_PERCENT = 1.96  # standard deviations


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many; ``total`` may be a half where it is the mean of two counts (see ``f1``)."""

    right: int
    total: float

    @property
    def value(self) -> float:
        """Between 0 and 1; 0 of nothing."""
        return self.right / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval."""
        if not self.total:
            return 0.0, 1.0
        z, share, total = _95_PERCENT, min(self.value, 1.0), self.total
        centre = (share + z * z / (2 * total)) / (1 + z * z / total)
        half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
        return max(0.0, centre - half), min(1.0, centre + half)


def share(rights: Collection[bool]) -> Share:
    """The share of what is true."""
    return Share(sum(rights), len(rights))


def f1(right: int, expected: int, given: int) -> Share:
    """F1 as a share: what is right, of the mean of what was expected and what was given."""
    return Share(right, (expected + given) / 2)


def calibration_error(answers: Sequence[Answer], bins: int = 10) -> float:
    """Expected calibration error: the mean distance of confidence and share right, weighted by bin."""
    if not answers:
        return 0.0
    error = 0.0
    for index in range(bins):
        inside = [each for each in answers if index / bins <= min(each.confidence, 0.9999) < (index + 1) / bins]
        if inside:
            right = sum(each.right for each in inside) / len(inside)
            error += abs(right - sum(each.confidence for each in inside) / len(inside)) * len(inside) / len(answers)
    return error


def coverage(answers: Sequence[Answer], target: float) -> tuple[float, int]:
    """The lowest confidence above which answers are right to ``target``, and how many are above it.

    Looked for from the surest answer down; 1.0 and 0 where not even the surest are that good.
    """
    ranked = sorted(answers, key=lambda each: -each.confidence)
    right, best = 0, (1.0, 0)
    for count, each in enumerate(ranked, 1):
        right += each.right
        last_of_its_confidence = count == len(ranked) or ranked[count].confidence < each.confidence
        if last_of_its_confidence and right / count >= target:
            best = each.confidence, count
    return best


def automatic(answers: Sequence[Answer], least: float) -> list[Answer]:
    """The answers whose confidence lets them pass without a clerk."""
    return [each for each in answers if each.confidence >= least]
