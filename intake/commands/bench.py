"""``intake bench``: accuracy over a folder of messages with expectations, and cost beside a bare ``tesseract`` run."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from extractors.files import open_pages
from extractors.mail import open_message
from extractors.sheets import SheetReader
from intake.bench.cost import Costs, peak_memory_mb
from intake.bench.scoring import Answer, Score, automatic, calibration_error, interval
from intake.bootstrap import one_shot
from intake.oneshot import OneShot
from intake.result import result
from intake.settings import load_settings

SAMPLES = Path(__file__).parents[2] / "samples" / "messages"
_QUICK_MESSAGES, _QUICK_PAGES, _PAGES = 12, 6, 24


def bench(
    folder: Annotated[
        Path, typer.Argument(help="Messages (NAME.eml), each with its expectation (NAME.json).")
    ] = SAMPLES,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer messages and pages.")] = False,
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes for the accuracy part.")] = 2,
    errors: Annotated[bool, typer.Option("--errors", help="Also list every wrong answer.")] = False,
    json_file: Annotated[Path | None, typer.Option("--json", help="Also write all figures here.")] = None,
) -> None:
    """Measure accuracy over messages with expectations, and cost beside bare tesseract on the same pages."""
    pairs = [path for path in sorted(folder.rglob("*.eml")) if path.with_suffix(".json").exists()]
    if not pairs:
        raise typer.BadParameter(f"no messages with expectations in {folder}", param_hint="FOLDER")
    chosen = pairs[:: max(1, len(pairs) // _QUICK_MESSAGES)] if quick else pairs
    score = _score(chosen, jobs)
    costs = _costs(chosen, _QUICK_PAGES if quick else _PAGES)
    out = Console(width=120)
    for table in [*_accuracy_tables(score), _cost_table(costs)]:
        out.print(table)
    if errors:
        _print_errors(score, out)
    if json_file:
        json_file.write_text(json.dumps(_figures(score, costs), ensure_ascii=False, indent=1), encoding="utf-8")


# --- measuring -------------------------------------------------------------------------------------------------------


def _score(messages: Sequence[Path], jobs: int) -> Score:
    score = Score()
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        for path, given in zip(messages, pool.map(_given, messages), strict=True):
            score.add(json.loads(path.with_suffix(".json").read_text(encoding="utf-8")), given)
    return score


_one_shot: OneShot | None = None


def _given(path: Path) -> dict[str, Any]:
    global _one_shot
    _one_shot = _one_shot or one_shot(load_settings())
    outcome = _one_shot.run(path.read_bytes(), path.name)
    return result(outcome.reading.submission, outcome.assessment, outcome.notice, outcome.reading.cost)


def _costs(messages: Sequence[Path], pages: int) -> Costs:
    costs, reader, whole = Costs(), SheetReader(), one_shot(load_settings())
    for path in messages:
        if len(costs.bare) >= pages:
            break
        raw = path.read_bytes()
        walked = (page for part in open_message(raw, path.name).parts for page in open_pages(part).pages)
        seen = len(costs.bare)
        for page in islice((page for page in walked if page.pixels is not None and not page.lines), 4):
            costs.add_page(page, reader)
        if len(costs.bare) > seen:
            costs.add_message(raw, whole)
    return costs


# --- printing --------------------------------------------------------------------------------------------------------


def _accuracy_tables(score: Score) -> list[Table]:
    return [
        _decision_table(score),
        _share_table("answers of forms, exact", ("quality", "print"), _by(_of_forms(score), "quality", "style")),
        _share_table("answers by field", ("document", "field"), _by(score.answers, "document", "key")),
        _page_table(score),
        _confidence_table(score),
    ]


def _of_forms(score: Score) -> list[Answer]:
    return [each for each in score.answers if each.document.startswith("application_form_")]


def _by(answers: Iterable[Answer], *keys: str) -> dict[tuple[str, ...], list[bool]]:
    groups: dict[tuple[str, ...], list[bool]] = defaultdict(list)
    for answer in answers:
        groups[tuple(getattr(answer, key) for key in keys)].append(answer.right)
    return dict(sorted(groups.items()))


def _share_table(title: str, headings: Sequence[str], groups: dict[tuple[str, ...], list[bool]]) -> Table:
    table = _table(title, *headings, "right", "of", "share", "95 % interval")
    for key, rights in groups.items():
        table.add_row(*key, *_share(sum(rights), len(rights)))
    return table


def _decision_table(score: Score) -> Table:
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


def _page_table(score: Score) -> Table:
    groups: dict[tuple[str, ...], list[bool]] = defaultdict(list)
    for expected, given, quality, _ in score.pages:
        groups[(quality,)].append(expected == given)
    forced = [given != "unknown" for expected, given, _, _ in score.pages if expected == "unknown"]
    groups[("unknown pages forced into a type",)] = forced
    return _share_table("document type, per page", ("quality",), dict(groups))


def _confidence_table(score: Score) -> Table:
    answers = _of_forms(score)
    sure = automatic(answers)
    table = _table("confidence of form answers", "what", "right", "of", "share", "95 % interval")
    table.add_row("right, of the automatic", *_share(sum(each.right for each in sure), len(sure)))
    table.add_row("automatic, of all", *_share(len(sure), len(answers)))
    table.add_row(f"calibration error {calibration_error(answers):.3f}", *[""] * 4)
    for key in sorted({row[0] for row in score.rows}):
        right, want, got = (
            sum(counts) for counts in zip(*(row[1:] for row in score.rows if row[0] == key), strict=True)
        )
        table.add_row(f"rows of {key}: F1", str(right), f"{want}/{got}", f"{2 * right / max(1, want + got):.1%}", "")
    return table


def _cost_table(costs: Costs) -> Table:
    table = _table("cost per page (medians)", "way", "pages", "CPU s", "wall s", "CPU ratio")
    for name, spent_ in (("bare tesseract", costs.bare), ("sheet", costs.sheets), ("pipeline", costs.pipeline)):
        values = sorted(spent_, key=lambda each: each.cpu)
        middle = values[len(values) // 2] if values else None
        cells = (f"{middle.cpu:.2f}", f"{middle.wall:.2f}") if middle else ("-", "-")
        table.add_row(name, str(len(values)), *cells, f"{costs.ratio(spent_):.2f}")
    table.add_row("peak memory of this process, MB", "", f"{peak_memory_mb():.0f}", "", "")
    return table


def _print_errors(score: Score, out: Console) -> None:
    for each in score.answers:
        if not each.right:
            out.print(
                f"{each.document}.{each.key} [{each.confidence:.2f}] {each.expected!r} != {each.got!r}", markup=False
            )
    for expected, given, quality, file in score.pages:
        if expected != given:
            out.print(f"page {file} ({quality}): {expected}, given {given}", markup=False)


def _figures(score: Score, costs: Costs) -> dict[str, Any]:
    return {**asdict(score), "costs": asdict(costs), "calibration_error": calibration_error(_of_forms(score))}


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _share(right: int, total: int) -> tuple[str, str, str, str]:
    low, high = interval(right, total)
    share = f"{right / total:.1%}" if total else "-"
    return str(right), str(total), share, f"{low:.1%} - {high:.1%}"
