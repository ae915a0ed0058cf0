"""``intake bench``: accuracy over a folder of messages with expectations, and cost beside other ways of reading."""

from __future__ import annotations

import json
import os
import platform
import signal
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from intake.bench import ways
from intake.bench.cost import Costs
from intake.bench.figures import accuracy
from intake.bench.scaling import Throughput, run_all
from intake.bench.scoring import Score, text_answers
from intake.bench.tables import accuracy_table, cost_table, targets_table, throughput_table
from intake.bench.targets import Run, judged
from intake.bootstrap import catalogue, one_shot
from intake.settings import load_settings
from models.office import BAKU

SAMPLES = Path(__file__).parents[2] / "samples" / "messages"
_QUICK_MESSAGES = 12
#: Messages of each page quality whose cost is measured, and how many pages one of them may have.
_COST_MESSAGES, _QUICK_COST_MESSAGES, _PAGES_OF_ONE = 3, 1, 10
_SCALING_MESSAGES = 4


def bench(
    folder: Annotated[
        Path, typer.Argument(help="Messages (NAME.eml), each with its expectation (NAME.json).")
    ] = SAMPLES,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer messages and pages, at most ten minutes.")] = False,
    cost: Annotated[bool, typer.Option(help="Measure cost and peers, too.")] = True,
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes for the accuracy part.")] = os.cpu_count() or 1,
    errors: Annotated[bool, typer.Option("--errors", help="Also list every wrong answer.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Also write all figures here.")] = None,
) -> None:
    """Measure accuracy over messages with expectations, and cost beside bare tesseract and peers on the same pages."""
    pairs = [path for path in sorted(folder.rglob("*.eml")) if path.with_suffix(".json").exists()]
    if not pairs:
        raise typer.BadParameter(f"no messages with expectations in {folder}", param_hint="FOLDER")
    chosen = pairs[:: max(1, len(pairs) // _QUICK_MESSAGES)] if quick else pairs
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is ended either way
    out = Console(width=120)
    score, throughput = _accuracy(chosen, jobs)
    sure = load_settings().target_accuracy
    found = accuracy(score, sure)
    for figures in found:
        out.print(accuracy_table(figures), "", markup=False)
    if errors:
        _print_errors(score, out)
    costs, runs = Costs(), [throughput]
    if cost:
        runs += [run_all(chosen[:_SCALING_MESSAGES], processes, _tell)[1] for processes in sorted({1, jobs})]
        costs = _costs(pairs, quick)
        out.print(cost_table(costs), "")
    out.print(throughput_table(runs), "")
    targets, run = judged(Run(score, costs, runs, sure)), _this_run(folder)
    out.print(targets_table(targets))
    out.print(", ".join(f"{key} {value}" for key, value in run.items()), markup=False)
    if json_file:
        told = {"targets": [each.to_json() for each in targets], "figures": [each.to_json() for each in found]}
        everything = {
            "run": run,
            **told,
            "costs": asdict(costs),
            "throughput": [asdict(run) for run in runs],
            **asdict(score),
        }
        json_file.write_text(json.dumps(everything, ensure_ascii=False, indent=1), encoding="utf-8")


def _this_run(folder: Path) -> dict[str, str]:
    """What was measured, when and on what machine, beside which programs."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return {"folder": folder.name, "date": datetime.now(BAKU).date().isoformat(), "machine": machine,
            "beside": ", ".join(ways.programs())}  # fmt: skip


def _tell(progress: str) -> None:
    print(f"bench: {progress}", file=sys.stderr, flush=True)


def _accuracy(messages: Sequence[Path], jobs: int) -> tuple[Score, Throughput]:
    results, throughput = run_all(messages, jobs, _tell)
    score = Score()
    for path, given in zip(messages, results, strict=True):
        score.add(_expected(path), given)
    return score, throughput


def _costs(messages: Sequence[Path], quick: bool) -> Costs:
    """The cost of a few messages of each page quality; peers, the dearest of all, read but the first where quick."""
    costs = Costs()
    own = {ways.BARE: ways.bare, **ways.ours(catalogue(), one_shot(load_settings()))}
    peers, wanted = ways.peers(), _QUICK_COST_MESSAGES if quick else _COST_MESSAGES
    for quality, paths in _by_quality(messages).items():
        measured = 0
        for path in paths:
            if measured < wanted:
                asked = own if quick and costs.pages else own | peers
                _tell(f"cost of {len(asked)} ways, {quality}: {path.name}")
                measured += costs.add(path, quality, text_answers(_expected(path)), asked, _PAGES_OF_ONE)
    return costs


def _by_quality(messages: Sequence[Path]) -> dict[str, list[Path]]:
    """The messages by the quality of their pages; those without a form have none ("papers")."""
    groups: dict[str, list[Path]] = defaultdict(list)
    for path in messages:
        groups[_expected(path).get("made_with", {}).get("quality") or "papers"].append(path)
    return groups


def _expected(path: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return expected


def _print_errors(score: Score, out: Console) -> None:
    for answer in score.answers:
        if not answer.right:
            where = f"{answer.message} {answer.document}.{answer.key} ({answer.quality}, {answer.style})"
            out.print(f"{where} [{answer.confidence:.2f}] {answer.expected!r} != {answer.got!r}", markup=False)
    for page in score.pages:
        if page.expected != page.given:
            out.print(f"page {page.file} ({page.quality}): {page.expected}, given {page.given}", markup=False)
    for stream in score.streams:
        if not stream.right:
            out.print(f"stream {stream.message} {stream.file}: not {stream.documents} documents", markup=False)
