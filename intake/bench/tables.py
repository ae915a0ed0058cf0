"""The figures of a run as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from rich.table import Table
from rich.text import Text

from intake.bench.cost import Costs
from intake.bench.figures import Figures
from intake.bench.scaling import Throughput
from intake.bench.shares import Share
from intake.bench.targets import Judged
from intake.bench.ways import BARE


def accuracy_table(figures: Figures) -> Table:
    """Shares with their intervals, notes below."""
    table = _table(figures.title, *figures.headings, "right", "of", "share", "95 % interval")
    for labels, each in figures.lines:
        table.add_row(*labels, *_share(each))
    table.caption = Text("\n".join(figures.notes)) if figures.notes else None
    return table


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


def throughput_table(runs: Sequence[Throughput]) -> Table:
    """Pages a minute over processes, the speed-up on the same messages, and the memory that one process took."""
    table = _table(
        "throughput of the whole pipeline",
        "processes", "messages", "pages a minute", "speed-up", "peak memory of one, MB",
    )  # fmt: skip
    alone = {run.messages: run.pages_a_minute for run in runs if run.processes == 1}
    for run in runs:
        speed_up = f"{run.pages_a_minute / alone[run.messages]:.2f}" if run.messages in alone else "-"
        counts = str(run.processes), str(run.messages), f"{run.pages_a_minute:.1f}"
        table.add_row(*counts, speed_up, f"{run.peak_memory_mb:.0f}")
    return table


def targets_table(targets: Iterable[Judged]) -> Table:
    """Each target beside what was measured."""
    table = _table("targets", "what", "target", "measured", "interval or range", "")
    for each in targets:
        table.add_row(*each.texts)
    return table


def _middle(ratios: Sequence[float]) -> str:
    return f"{median(ratios):.2f}" if ratios else "-"


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", caption_justify="left", box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _share(each: Share) -> tuple[str, str, str, str]:
    low, high = each.interval
    of_all = f"{each.value:.1%}" if each.total else "-"
    return str(each.right), f"{each.total:g}", of_all, f"{low:.1%} - {high:.1%}"
