"""The figures of a run as tables for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median

from rich.table import Table

from extractors.calibration import field_calibration
from intake.bench.cost import Costs
from intake.bench.scaling import Throughput
from intake.bench.scoring import Answer, Score, automatic, calibration_error, coverage, interval
from intake.bench.ways import BARE


def accuracy_tables(score: Score, target: float) -> list[Table]:
    """Decisions, answers by quality and print, answers by field, page types, confidence."""
    forms = of_forms(score)
    return [
        _decisions(score),
        _shares("answers of forms, exact", ("quality", "print"), _by(forms, "quality", "style")),
        _shares("answers by field, exact", ("document", "field"), _by(score.answers, "document", "key")),
        _page_types(score),
        _confidence(score, forms, target),
    ]


def of_forms(score: Score) -> list[Answer]:
    """The answers that stand in application forms."""
    return [each for each in score.answers if each.document.startswith("application_form_")]


def cost_table(costs: Costs) -> Table:
    """CPU and wall of a page each way beside the bare command, also by quality, and the true answers found."""
    qualities = list(dict.fromkeys(costs.qualities))
    table = _table(
        f"cost per page and true text answers found, {costs.pages} pages, interleaved",
        "way", "CPU s", "wall s", "CPU ratio (least - most)", *qualities, "answers found",
    )  # fmt: skip
    for name in costs.spent:
        typical, ratios = costs.typical(name), costs.ratios(name, BARE)
        right, total = sum(costs.found[name]), len(costs.found[name])
        found = f"{right}/{total} = {right / total:.1%}" if total else "-"
        spread = f"{_middle(ratios)} ({min(ratios, default=0):.2f} - {max(ratios, default=0):.2f})"
        by_quality = [_middle(costs.ratios(name, BARE, quality)) for quality in qualities]
        table.add_row(name, f"{typical.cpu:.2f}", f"{typical.wall:.2f}", spread, *by_quality, found)
    return table


def _middle(ratios: Sequence[float]) -> str:
    return f"{median(ratios):.2f}" if ratios else "-"


def throughput_table(runs: Sequence[Throughput]) -> Table:
    """Pages a minute over processes, and the memory that one of them took."""
    table = _table("throughput of the whole pipeline", "processes", "pages a minute", "speed-up", "peak memory MB")
    for run in runs:
        speed_up = f"{run.pages_a_minute / runs[0].pages_a_minute:.2f}"
        table.add_row(str(run.processes), f"{run.pages_a_minute:.1f}", speed_up, f"{run.peak_memory_mb:.0f}")
    return table


def _by(answers: Iterable[Answer], *keys: str) -> dict[tuple[str, ...], list[bool]]:
    groups: dict[tuple[str, ...], list[bool]] = defaultdict(list)
    for answer in answers:
        groups[tuple(getattr(answer, key) for key in keys)].append(answer.right)
    return dict(sorted(groups.items()))


def _shares(title: str, headings: Sequence[str], groups: dict[tuple[str, ...], list[bool]]) -> Table:
    table = _table(title, *headings, "right", "of", "share", "95 % interval")
    for key, rights in groups.items():
        table.add_row(*key, *_share(sum(rights), len(rights)))
    return table


def _decisions(score: Score) -> Table:
    table = _table("decisions", "what", "right", "of", "share", "95 % interval")
    decidable = [each for each in score.verdicts if each.expected != "review"]
    table.add_row("as expected", *_share(sum(each.right for each in score.verdicts), len(score.verdicts)))
    table.add_row("without a clerk, of the decidable", *_share(sum(each.right for each in decidable), len(decidable)))
    table.add_row("wrong notices", *_share(sum(each.wrong_notice for each in score.verdicts), len(score.verdicts)))
    right, want, got = (sum(each[index] for each in score.findings) for index in range(3))
    table.add_row("findings, precision", *_share(right, got))
    table.add_row("findings, recall", *_share(right, want))
    for each in score.verdicts:
        if not each.right:
            table.add_row(f"  {each.file}: {each.expected}, given {each.given} {' '.join(each.reasons)}", *[""] * 4)
    return table


def _page_types(score: Score) -> Table:
    groups: dict[tuple[str, ...], list[bool]] = defaultdict(list)
    for expected, given, quality, _ in score.pages:
        groups[(quality,)].append(expected == given)
    forced = [given != "unknown" for expected, given, _, _ in score.pages if expected == "unknown"]
    groups[("unknown pages forced into a type",)] = forced
    return _shares("document type, per page", ("quality",), dict(groups))


def _confidence(score: Score, answers: Sequence[Answer], target: float) -> Table:
    enough = field_calibration().threshold(target)
    sure = automatic(answers, enough)
    least, count = coverage(answers, target)
    table = _table("confidence of form answers", "what", "right", "of", "share", "95 % interval")
    table.add_row(
        f"right, of the automatic ({enough:.3g} and more)", *_share(sum(each.right for each in sure), len(sure))
    )
    table.add_row("automatic, of all", *_share(len(sure), len(answers)))
    table.add_row(f"coverage at {target:.1%} right (from {least:.3f})", *_share(count, len(answers)))
    table.add_row(f"calibration error {calibration_error(answers):.3f}", *[""] * 4)
    for key in sorted({row[0] for row in score.rows}):
        right, want, got = (
            sum(counts) for counts in zip(*(row[1:] for row in score.rows if row[0] == key), strict=True)
        )
        table.add_row(f"rows of {key}: F1", str(right), f"{want}/{got}", f"{2 * right / max(1, want + got):.1%}", "")
    return table


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _share(right: int, total: int) -> tuple[str, str, str, str]:
    low, high = interval(right, total)
    of_all = f"{right / total:.1%}" if total else "-"
    return str(right), str(total), of_all, f"{low:.1%} - {high:.1%}"
