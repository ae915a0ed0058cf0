"""Fits what the scores of fields are worth, from messages with known answers that nothing else was trained on.

    python -m samples.make --seed 4001 --count 80 --out FOLDER
    python -m training.calibration [--kept KEPT] [--write] FOLDER [FOLDER ...]

Each message NAME.eml stands beside its expectation NAME.json. Every figure is of messages that the scales were not
fitted to: each folder, made by other hands, is judged by scales fitted to the other folders (parts of one where there
is but one). ``--write`` then fits to all of them and writes ``extractors/calibration.json``. ``--kept`` holds the
results of messages already read (as KEPT/FOLDER'S NAME/NAME.json), so that a run can be broken off and messages added;
empty it after a change of the readers. Needs nothing beyond the test environment.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from extractors.calibration import evidence_of
from intake.bench.scoring import Answer, answers_of, paired
from intake.bench.shares import automatic, calibration_error, coverage
from intake.bootstrap import one_shot
from intake.oneshot import OneShot
from intake.result import result
from intake.settings import load_settings
from models.calibration import Calibration, Evidence, Scale
from models.document import Field
from models.sheet import Source

OUT = Path(__file__).parents[1] / "extractors" / "calibration.json"
_TARGETS = (0.95, 0.98, 0.99, 0.995, 0.997, 0.999)
_PARTS = 6
#: Scores between which the log-odds are linear: where the readers' scores lie.
_KNOTS = np.array([0.05, 0.3, 0.5, 0.6, 0.7, 0.8, 0.88, 0.93, 0.955, 0.972, 0.984])
#: How strongly a fit is held to what is known without it: that a score is a probability, that a trait tells nothing.
_HOLD_SCORE, _HOLD_DOUBT, _HOLD_TRAIT = 1.0, 0.05, 6.0
_STEPS, _STEP, _STILL = 200, 0.7, 1e-5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer as it was read: what was known about it, whether it was right, from which folder and message."""

    evidence: Evidence
    answer: Answer
    folder: str
    message: str


# --- reading ---------------------------------------------------------------------------------------------------------


def readings_of(message: Path, kept: Path | None, reader: Callable[[], OneShot]) -> Iterator[Reading]:
    """Every expected field of a message that was read, with the scores that no scale has touched."""
    expected = json.loads(message.with_suffix(".json").read_text(encoding="utf-8"))
    folder, judged_already = message.parent.name, set[int]()
    for want, found in paired(expected, _given(message, kept, reader)):
        if found is None or id(found) in judged_already:
            continue
        judged_already.add(id(found))
        fields = {
            key: Field(each["value"], each["raw"], each["confidence"], source=Source(each["source"]))
            for key, each in found["fields"].items()
        }
        known = evidence_of(want["type"], fields)
        for answer in answers_of(want, found):
            if answer.key in known:
                yield Reading(known[answer.key], answer, folder, f"{folder}/{message.stem}")


def _given(message: Path, kept: Path | None, reader: Callable[[], OneShot]) -> dict[str, Any]:
    path = kept / message.parent.name / f"{message.stem}.json" if kept else None
    if path and path.exists():
        stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return stored
    outcome = reader().run(message.read_bytes(), message.name)
    given = result(outcome.reading.submission, outcome.assessment, outcome.notice, outcome.reading.cost)
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    return given


# --- fitting ---------------------------------------------------------------------------------------------------------


def fit(readings: Sequence[Reading]) -> dict[str, Scale]:
    """A scale for forms and one for papers."""
    by_scale: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_scale[reading.evidence.scale].append(reading)
    return {name: _scale(seen) for name, seen in sorted(by_scale.items())}


def _scale(seen: Sequence[Reading]) -> Scale:
    traits = sorted({trait for reading in seen for trait in reading.evidence.traits})
    weights = _weights(_design([reading.evidence for reading in seen], traits), [each.answer.right for each in seen])
    rises = len(_KNOTS)  # the first weight is the log-odds of the lowest score, the next ones what each knot adds
    odds = np.cumsum(weights[:rises])
    return Scale(
        tuple((float(score), round(float(each), 3)) for score, each in zip(_KNOTS, odds, strict=True)),
        round(float(weights[rises]), 3),
        {trait: round(float(weight), 2) for trait, weight in zip(traits, weights[rises + 1 :], strict=True)},
    )


def _design(evidence: Sequence[Evidence], traits: Sequence[str]) -> Floats:
    """One row for each reading: 1, how far its score is past each knot, less its doubt, its traits."""
    scores = np.array([each.score for each in evidence])[:, None]
    past = np.clip((scores - _KNOTS[:-1]) / np.diff(_KNOTS), 0.0, 1.0)
    doubt = -np.array([each.doubt for each in evidence])[:, None]
    has = np.array([[trait in each.traits for trait in traits] for each in evidence], dtype=float)
    return np.hstack([np.ones_like(scores), past, doubt, has])


def _weights(design: Floats, right: Sequence[bool]) -> Floats:
    """Penalised logistic regression by Newton's steps; neither a rise of the score nor doubt may work backwards."""
    truth = np.array(right, dtype=float)
    prior, hold, least = _prior(design.shape[1])
    weights = prior.copy()
    for _ in range(_STEPS):
        shares = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (shares - truth) + hold * (weights - prior)
        bend = (design * (shares * (1 - shares))[:, None]).T @ design + np.diag(hold)
        free = (weights > least) | (slope < 0)
        step = np.zeros_like(weights)
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        moved = np.maximum(weights - _STEP * step, least)
        if np.abs(moved - weights).max() < _STILL:
            return moved
        weights = moved
    raise RuntimeError("the fit does not settle")


def _prior(count: int) -> tuple[Floats, Floats, Floats]:
    """Where the weights are held, how strongly, and below what they may not fall."""
    odds, rises = np.log(_KNOTS / (1 - _KNOTS)), len(_KNOTS)
    prior, hold, least = np.zeros(count), np.full(count, _HOLD_TRAIT), np.full(count, -np.inf)
    prior[0], prior[1:rises] = odds[0], np.diff(odds)
    hold[0], hold[1:rises], hold[rises] = _HOLD_SCORE / 10, _HOLD_SCORE, _HOLD_DOUBT
    least[1 : rises + 1] = 0.0
    return prior, hold, least


# --- judging ---------------------------------------------------------------------------------------------------------


def judged(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with the confidence that scales give them which were fitted to other messages."""
    several = len({each.folder for each in readings}) > 1
    parts: dict[str, list[Reading]] = defaultdict(list)
    for each in readings:
        parts[each.folder if several else str(crc32(each.message.encode()) % _PARTS)].append(each)
    out: list[Reading] = []
    for name, part in sorted(parts.items()):
        others = Calibration(fit([each for other, rest in parts.items() if other != name for each in rest]))
        out += [_with(each, others) for each in part]
    return out


def _with(reading: Reading, table: Calibration) -> Reading:
    probability = table.at(reading.evidence)
    if probability is None:
        return reading
    return replace(reading, answer=replace(reading.answer, confidence=round(probability, 3)))


def thresholds_of(after: Sequence[Answer]) -> list[tuple[float, float]]:
    """For each target the least confidence above which that share of the answers was right."""
    return [(target, coverage(after, target)[0]) for target in _TARGETS]


def figures(before: Sequence[Answer], after: Sequence[Answer], least: float) -> dict[str, Any]:
    """Calibration error with and without the scales, and what passes without a clerk."""
    sure = automatic(after, least)
    return {
        "answers": len(after),
        "right": sum(each.right for each in after),
        "error_before": round(calibration_error(before), 4),
        "error_after": round(calibration_error(after), 4),
        "automatic": len(sure),
        "automatic_right": sum(each.right for each in sure),
    }


def _strata(reading: Reading) -> Iterator[str]:
    evidence = reading.evidence
    yield f"{evidence.scale}s"
    yield f"{evidence.scale}s of {reading.folder}"
    yield f"{evidence.scale}s, {evidence.traits[2]}"
    yield f"{evidence.scale}s, {evidence.traits[1]}"
    if evidence.scale == "form":
        yield "forms, " + ("a fifth or more doubtful" if evidence.doubt**2 >= 0.2 else "understood")


def by_stratum(readings: Sequence[Reading], after: Sequence[Reading], least: float) -> dict[str, Any]:
    """The figures of forms and papers, by folder, by source, by kind of value, and by how a form was understood."""
    groups: dict[str, tuple[list[Answer], list[Answer]]] = defaultdict(lambda: ([], []))
    for index, group in enumerate((readings, after)):
        for each in group:
            for name in _strata(each):
                groups[name][index].append(each.answer)
    return {name: figures(*pair, least) for name, pair in sorted(groups.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description="fit what the scores of fields are worth")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--kept", type=Path, help="results of messages already read")
    parser.add_argument("--target", type=float, default=0.997, help="share of automatic answers that must be right")
    parser.add_argument("--write", action="store_true", help="write extractors/calibration.json")
    given = parser.parse_args()
    readings = _read(given.folders, given.kept)
    after = judged(readings)
    thresholds = thresholds_of([each.answer for each in after if each.evidence.scale == "form"])
    least = Calibration(thresholds=tuple(thresholds)).threshold(given.target)
    measured = {
        "messages": len({each.message for each in readings}),
        "strata": by_stratum(readings, after, least),
    }
    print(json.dumps({"measured": measured, "thresholds": thresholds}, indent=1))
    if given.write:
        scales = {
            name: {"points": dict(each.points), "doubt": each.doubt, "offsets": each.offsets}
            for name, each in fit(readings).items()
        }
        stored = {"measured": measured, "thresholds": dict(thresholds), "scales": scales}
        OUT.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _read(folders: Sequence[Path], kept: Path | None) -> list[Reading]:
    reader: list[OneShot] = []

    def lazily() -> OneShot:
        if not reader:
            reader.append(one_shot(load_settings(), calibration=Calibration()))
        return reader[0]

    messages = sorted(
        path for folder in folders for path in folder.rglob("*.eml") if path.with_suffix(".json").exists()
    )
    return [each for message in messages for each in readings_of(message, kept, lazily)]


if __name__ == "__main__":
    main()
