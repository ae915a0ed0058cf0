"""Fits what the scores of fields are worth, from messages with known answers that nothing else was fitted to.

    python -m samples.make --seed 4001 --count 80 --out FOLDER
    python -m training.calibration FOLDER [FOLDER ...]

Messages are dealt alternately into two halves: the curves are fitted to one, the error and the thresholds measured on
the other; then the curves are fitted anew to both. Needs nothing beyond the test environment.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from extractors.calibration import groups_of
from intake.bench.scoring import Answer, Score, calibration_error, coverage
from intake.bootstrap import one_shot
from intake.oneshot import OneShot
from intake.result import result
from intake.settings import load_settings
from models.calibration import Calibration, Curve
from models.sheet import Source

OUT = Path(__file__).parents[1] / "extractors" / "calibration.json"
_TARGETS = (0.95, 0.98, 0.99, 0.995, 0.997, 0.999)
#: A group has a curve of its own when it was seen this often, and wrong this often.
_SEEN, _WRONG = 60, 3
_BIN = 25  # readings of a bin
_PRIOR = 10.0  # what the wider group says counts as so many readings
_SUREST = 0.998


@dataclass(frozen=True, slots=True)
class Reading:
    """One field as it was read: the groups it belongs to, its score, and whether it was right."""

    groups: tuple[str, ...]
    score: float
    right: bool


def fit(readings: Sequence[Reading]) -> dict[str, Curve]:
    """A curve for each group that was seen often enough; narrower groups lean on wider ones."""
    by_group: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        for name in reading.groups:
            by_group[name].append(reading)
    curves: dict[str, Curve] = {}
    for name, seen in sorted(by_group.items(), key=lambda each: -len(each[1])):
        wide = next((curves[group] for group in seen[0].groups if group in curves), None)
        is_wide = name == seen[0].groups[-1]
        if is_wide or (len(seen) >= _SEEN and sum(not each.right for each in seen) >= _WRONG):
            curves[name] = _curve(seen, wide)
    return curves


def _curve(seen: Sequence[Reading], wide: Curve | None) -> Curve:
    ranked = sorted(seen, key=lambda each: each.score)
    bins: list[list[Reading]] = [[]]
    for reading in ranked:
        if len(bins[-1]) >= _BIN and bins[-1][-1].score < reading.score:
            bins.append([])
        bins[-1].append(reading)
    blocks: list[list[float]] = []  # score, share, weight; pooled where the share would fall
    for inside in bins:
        score = sum(each.score for each in inside) / len(inside)
        expected = wide.at(score) if wide else score
        share = (sum(each.right for each in inside) + _PRIOR * expected) / (len(inside) + _PRIOR)
        blocks.append([score, share, float(len(inside))])
        while len(blocks) > 1 and blocks[-2][1] >= blocks[-1][1]:
            last, before = blocks.pop(), blocks.pop()
            weight = last[2] + before[2]
            blocks.append([(last[i] * last[2] + before[i] * before[2]) / weight for i in (0, 1)] + [weight])
    return Curve(tuple((round(score, 4), round(min(share, _SUREST), 4)) for score, share, _ in blocks))


def answers_of(messages: Sequence[Path], processes: int = 2) -> list[list[Answer]]:
    """Every field of each message, with the scores that no curve has touched."""
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        return list(pool.map(_answers, messages))


_one_shot: OneShot | None = None


def _answers(message: Path) -> list[Answer]:
    global _one_shot
    _one_shot = _one_shot or one_shot(load_settings(), calibration=Calibration())
    outcome = _one_shot.run(message.read_bytes(), message.name)
    given = result(outcome.reading.submission, outcome.assessment, outcome.notice, outcome.reading.cost)
    score = Score()
    score.add(json.loads(message.with_suffix(".json").read_text(encoding="utf-8")), given)
    return score.answers


def as_reading(answer: Answer) -> Reading:
    return Reading(groups_of(answer.document, answer.key, Source(answer.source)), answer.confidence, answer.right)


def main(folders: Sequence[str]) -> None:
    messages = sorted(path for folder in folders for path in Path(folder).rglob("*.eml"))
    read = [[answer for answer in each if answer.source] for each in answers_of(messages)]
    fitted, kept = _joined(read[::2]), _joined(read[1::2])
    halves = Calibration(fit([as_reading(answer) for answer in fitted]))
    judged = [replace(answer, confidence=_calibrated(answer, halves)) for answer in kept]
    thresholds = [(target, round(coverage(judged, target)[0], 3)) for target in _TARGETS]
    figures = {
        "messages": len(messages),
        "fields": len(fitted) + len(kept),
        "error_before": round(calibration_error(kept), 4),
        "error_after": round(calibration_error(judged), 4),
        "coverage": {str(target): round(coverage(judged, target)[1] / len(judged), 3) for target in _TARGETS},
    }
    curves = fit([as_reading(answer) for answer in [*fitted, *kept]])
    stored: dict[str, Any] = {
        "measured": figures,
        "thresholds": thresholds,
        "curves": {name: curve.points for name, curve in sorted(curves.items())},
    }
    OUT.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


def _calibrated(answer: Answer, table: Calibration) -> float:
    return table.at(answer.confidence, as_reading(answer).groups)


def _joined(parts: Iterable[list[Answer]]) -> list[Answer]:
    return [answer for part in parts for answer in part]


if __name__ == "__main__":
    main(sys.argv[1:])
