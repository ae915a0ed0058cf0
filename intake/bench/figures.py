"""The figures of accuracy: which shares of a score are told, under which title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from extractors.calibration import field_calibration
from intake.bench.scoring import Answer, Rows, Score
from intake.bench.shares import Share, automatic, calibration_error, coverage, f1, share

Labels = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figures:
    """One table: a share for each line, named by the ``headings``; ``notes`` stand below it."""

    title: str
    headings: Labels
    lines: tuple[tuple[Labels, Share], ...]
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The same with every share and its interval as numbers."""
        lines = [
            {**dict(zip(self.headings, labels, strict=True)), "right": each.right, "of": each.total,
             "share": each.value if each.total else None, "low": each.interval[0], "high": each.interval[1]}
            for labels, each in self.lines
        ]  # fmt: skip
        return {"title": self.title, "lines": lines, "notes": list(self.notes)}


def accuracy(score: Score, target: float) -> list[Figures]:
    """Everything about accuracy; ``target`` is the share of automatic answers that must be right."""
    forms, papers = of_forms(score), of_papers(score)
    return [
        _decisions(score),
        _by("answers of forms, exact", forms, ("quality", "print"), lambda each: (each.quality, each.style)),
        _by("answers of forms by layout, exact", forms, ("layout",), lambda each: (each.layout,)),
        _by("answers by field, exact", score.answers, ("document", "field"), lambda each: (each.document, each.key)),
        _rows(score.rows),
        _confidence(forms, papers, target),
        _page_types(score),
        _each_type(score),
        _streams(score),
        _zones(score),
    ]


def of_forms(score: Score) -> list[Answer]:
    """The answers that stand in application forms."""
    return [each for each in score.answers if each.document.startswith("application_form_")]


def of_papers(score: Score) -> list[Answer]:
    """The fields of all other documents."""
    return [each for each in score.answers if not each.document.startswith("application_form_")]


def without_a_clerk(score: Score) -> Share:
    """Decisions taken as expected, of those that need no clerk."""
    return share([each.right for each in score.verdicts if each.expected != "review"])


def wrong_notices(score: Score) -> Share:
    """Messages that would get a notice which they should not."""
    return share([each.wrong_notice for each in score.verdicts])


def precision(score: Score) -> Share:
    """Findings that are right, of those reported where something was decided."""
    return Share(sum(each.right for each in score.findings), sum(each.given for each in score.findings))


def recall(score: Score) -> Share:
    """Findings reported, of those that there are where something was decided."""
    return Share(sum(each.right for each in score.findings), sum(each.expected for each in score.findings))


def rows_f1(rows: Iterable[Rows]) -> Share:
    """F1 of table rows that are right in every cell."""
    right, expected, given = (sum(counts) for counts in zip((0, 0, 0), *(each[1:4] for each in rows), strict=True))
    return f1(right, expected, given)


def automatic_right(answers: Sequence[Answer], target: float) -> Share:
    """Answers that are right, of those certain enough to pass without a clerk."""
    return share([each.right for each in automatic(answers, field_calibration().threshold(target))])


def automatic_share(answers: Sequence[Answer], target: float) -> Share:
    """Answers certain enough to pass without a clerk, of all."""
    return Share(len(automatic(answers, field_calibration().threshold(target))), len(answers))


def forced(score: Score) -> Share:
    """Unknown pages that were given a type."""
    return share([each.given != "unknown" for each in score.pages if each.expected == "unknown"])


def messages_split(score: Score) -> Share:
    """Messages of several pages that were parted into exactly their documents."""
    return share([each.right for each in score.streams if not each.file])


def wrong_but_accepted(score: Score) -> Share:
    """Machine-readable zones read wrong although their check digits fit."""
    return share([each.accepted and not each.whole for each in score.zones])


def _decisions(score: Score) -> Figures:
    lines = (
        (("as expected",), share([each.right for each in score.verdicts])),
        (("without a clerk, of the decidable",), without_a_clerk(score)),
        (("wrong notices",), wrong_notices(score)),
        (("findings that are right, of those reported (precision)",), precision(score)),
        (("findings reported, of those that there are (recall)",), recall(score)),
    )
    wrong = (each for each in score.verdicts if not each.right)
    notes = (f"{each.file}: {each.expected}, given {each.given} {' '.join(each.reasons)}" for each in wrong)
    return Figures("decisions", ("what",), lines, tuple(notes))


def _rows(rows: Sequence[Rows]) -> Figures:
    groups = _grouped(rows, lambda each: (each.key, each.quality, each.style))
    lines = tuple((labels, rows_f1(group)) for labels, group in groups)
    return Figures("rows of tables, F1", ("table", "quality", "print"), lines)


def _confidence(forms: Sequence[Answer], papers: Sequence[Answer], target: float) -> Figures:
    lines: list[tuple[Labels, Share]] = []
    for name, answers in (("forms", forms), ("papers", papers)):
        least, count = coverage(answers, target)
        lines += [
            ((name, "right, of the automatic"), automatic_right(answers, target)),
            ((name, "automatic, of all"), automatic_share(answers, target)),
            ((name, f"coverage at {target:.1%} right (from {least:.3f})"), Share(count, len(answers))),
        ]
    errors = f"calibration error: forms {calibration_error(forms):.3f}, papers {calibration_error(papers):.3f}"
    automatic_from = f"automatic: confidence of {field_calibration().threshold(target):.3g} and more"
    return Figures("confidence", ("of", "what"), tuple(lines), (automatic_from, errors))


def _page_types(score: Score) -> Figures:
    by_quality = _grouped(score.pages, lambda page: (page.quality,))
    lines = [(labels, share([page.expected == page.given for page in pages])) for labels, pages in by_quality]
    return Figures(
        "document type, per page", ("quality",), (*lines, (("unknown pages forced into a type",), forced(score)))
    )


def _each_type(score: Score) -> Figures:
    by_type = _grouped(score.pages, lambda page: (page.expected,))
    lines = tuple((labels, share([page.expected == page.given for page in pages])) for labels, pages in by_type)
    return Figures("pages of each document type given that type", ("type",), lines)


def _streams(score: Score) -> Figures:
    of_files = share([each.right for each in score.streams if each.file and each.documents > 1])
    lines = ((("messages of several pages",), messages_split(score)), (("files of several documents",), of_files))
    return Figures("page streams split without error", ("stream",), lines)


def _zones(score: Score) -> Figures:
    by_quality = _grouped(score.zones, lambda zone: (zone.quality,))
    lines = [(labels, share([zone.whole for zone in zones])) for labels, zones in by_quality]
    wrong = (("wrong, but check digits accepted",), wrong_but_accepted(score))
    return Figures("machine-readable zones read whole", ("quality",), (*lines, wrong))


def _by(title: str, answers: Iterable[Answer], headings: Labels, labels: Callable[[Answer], Labels]) -> Figures:
    groups = _grouped(answers, labels)
    return Figures(title, headings, tuple((named, share([each.right for each in group])) for named, group in groups))


def _grouped(items: Iterable[T], labels: Callable[[T], Labels]) -> list[tuple[Labels, list[T]]]:
    groups: dict[Labels, list[T]] = defaultdict(list)
    for item in items:
        groups[labels(item)].append(item)
    return sorted(groups.items())
