"""What is aimed at, in one place, and how a run did by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Any, NamedTuple

from intake.bench import figures
from intake.bench.cost import Costs
from intake.bench.scaling import Throughput
from intake.bench.scoring import BY_HAND, TEXT, TYPED, Score
from intake.bench.shares import Share, calibration_error, share
from intake.bench.ways import ALL_ENGINES, BARE, ONE_ENGINE, WHOLE_PIPELINE


@dataclass(frozen=True, slots=True)
class Run:
    """All that one run of the benchmark measured; ``sure`` is the share of automatic answers that must be right."""

    score: Score
    costs: Costs
    throughput: Sequence[Throughput]
    sure: float


class Measured(NamedTuple):
    """A figure and between what it lies: the interval of a share, the extremes of what was measured several times."""

    value: float
    low: float
    high: float


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not met"
    ABSENT = "not in this folder"


Measure = Callable[[Run], Measured | None]


@dataclass(frozen=True, slots=True)
class Target:
    """What is measured, and the least (or ``at_most``) that it should be; ``shown`` formats its figures."""

    what: str
    bound: float
    measure: Measure
    at_most: bool = False
    shown: str = "{:.1%}"

    def judged(self, run: Run) -> Judged:
        """The target beside what a run measured."""
        found = self.measure(run)
        if found is None:
            return Judged(self, None, Verdict.ABSENT)
        met = found.value <= self.bound if self.at_most else found.value >= self.bound
        return Judged(self, found, Verdict.MET if met else Verdict.NOT_MET)


@dataclass(frozen=True, slots=True)
class Judged:
    """A target and how a run did by it."""

    target: Target
    measured: Measured | None
    verdict: Verdict

    @property
    def texts(self) -> tuple[str, str, str, str, str]:
        """What, target, measured, interval, verdict."""
        shown, bound = self.target.shown.format, self.target.bound
        aim = f"{'at most ' if self.target.at_most and bound else ''}{shown(bound)}"
        if self.measured is None:
            return self.target.what, aim, "-", "-", self.verdict
        value, low, high = map(shown, self.measured)
        return self.target.what, aim, value, f"{low} - {high}" if low != high else "-", self.verdict

    def to_json(self) -> dict[str, Any]:
        """The same as numbers."""
        measured = self.measured._asdict() if self.measured else None
        return {"what": self.target.what, "target": self.target.bound, "at_most": self.target.at_most,
                "measured": measured, "verdict": self.verdict}  # fmt: skip


def judged(run: Run) -> list[Judged]:
    """Every target beside what a run measured."""
    return [target.judged(run) for target in TARGETS]


# --- how each is measured --------------------------------------------------------------------------------------------


def _share(of: Callable[[Run], Share]) -> Measure:
    """A share as a figure; absent where nothing was counted."""

    def measure(run: Run) -> Measured | None:
        found = of(run)
        return Measured(found.value, *found.interval) if found.total else None

    return measure


def _answers(quality: str, style: str = "") -> Measure:
    """Answers of forms exactly right, of pages of a quality."""
    return _share(
        lambda run: share(
            [
                each.right
                for each in figures.of_forms(run.score)
                if each.quality == quality and style in ("", each.style)
            ]
        )
    )


def _page_types(*qualities: str) -> Measure:
    return _share(
        lambda run: share([each.expected == each.given for each in run.score.pages if each.quality in qualities])
    )


def _zones(quality: str) -> Measure:
    return _share(lambda run: share([each.whole for each in run.score.zones if each.quality == quality]))


def _office_rows(run: Run) -> Share:
    wanted = ("employment", "relatives", "children")
    return figures.rows_f1(
        row for row in run.score.rows if row.key in wanted and (row.quality, row.style) == ("office", TYPED)
    )


def _automatic_share(run: Run) -> Share:
    typed = [each for each in figures.of_forms(run.score) if each.style != BY_HAND]
    return figures.automatic_share(typed, run.sure)


def _cpu(way: str) -> Measure:
    """The median CPU of a way beside that of the bare command, by message; between the least and the most."""

    def measure(run: Run) -> Measured | None:
        ratios = run.costs.ratios(way, BARE) if way in run.costs.spent else []
        return Measured(median(ratios), min(ratios), max(ratios)) if ratios else None

    return measure


def _memory(run: Run) -> Measured | None:
    peaks = [each.peak_memory_mb for each in run.throughput]
    return Measured(max(peaks), min(peaks), max(peaks)) if peaks else None


def _calibration(run: Run) -> Measured | None:
    forms = figures.of_forms(run.score)
    error = calibration_error(forms)
    return Measured(error, error, error) if forms else None


_RATIO, _MEGABYTES, _ERROR = "{:.2f}", "{:.0f} MB", "{:.3f}"

#: Issue 4, "Must show". Answers are those of forms, exactly right after folding white space, quotes and dashes.
TARGETS = (
    Target("typed, clean 300 dpi", 0.995, _answers("clean", TYPED)),
    Target("typed, office scan", 0.97, _answers("office", TYPED)),
    Target("typed, phone photo", 0.98, _answers("phone", TYPED)),
    Target("typed, 1-bit fax", 0.85, _answers("fax", TYPED)),
    Target("handwriting-like, clean", 0.65, _answers("clean", BY_HAND)),
    Target("handwriting-like, office scan", 0.55, _answers("office", BY_HAND)),
    Target("text layer, AcroForm, DOCX", 1.0, _answers(TEXT)),
    Target("table rows, F1, office scan", 0.95, _share(_office_rows)),
    Target(
        "automatic answers: right", 0.997,
        _share(lambda run: figures.automatic_right(figures.of_forms(run.score), run.sure)),
    ),
    Target("automatic answers: of all typed ones", 0.75, _share(_automatic_share)),
    Target("document type per page, clean and office", 0.995, _page_types("clean", "office")),
    Target("document type per page, phone", 0.98, _page_types("phone")),
    Target("document type per page, fax", 0.97, _page_types("fax")),
    Target("unknown pages forced into a type", 0.01, _share(lambda run: figures.forced(run.score)), at_most=True),
    Target("page streams split without error", 0.97, _share(lambda run: figures.messages_split(run.score))),
    Target("machine-readable zone whole, clean", 1.0, _zones("clean")),
    Target("machine-readable zone whole, office", 0.99, _zones("office")),
    Target("machine-readable zone whole, phone", 0.95, _zones("phone")),
    Target(
        "zones wrong but check digits accepted", 0,
        _share(lambda run: figures.wrong_but_accepted(run.score)), at_most=True,
    ),
    Target("CPU per page beside bare tesseract: one engine", 0.40, _cpu(ONE_ENGINE), at_most=True, shown=_RATIO),
    Target("CPU per page: all engines", 0.70, _cpu(ALL_ENGINES), at_most=True, shown=_RATIO),
    Target("CPU per page: whole pipeline", 1.0, _cpu(WHOLE_PIPELINE), at_most=True, shown=_RATIO),
    Target("memory of one worker, message after message", 900, _memory, at_most=True, shown=_MEGABYTES),
    Target("decided without a clerk, of the decidable", 0.80, _share(lambda run: figures.without_a_clerk(run.score))),
    Target("wrong notices", 0, _share(lambda run: figures.wrong_notices(run.score)), at_most=True),
    Target("findings: precision", 0.99, _share(lambda run: figures.precision(run.score))),
    Target("findings: recall", 0.95, _share(lambda run: figures.recall(run.score))),
    Target("calibration error of fields", 0.02, _calibration, at_most=True, shown=_ERROR),
)  # fmt: skip
