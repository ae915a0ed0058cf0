"""``intake process``: the whole pipeline on files, one JSON result per message, no server and no state."""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from extractors.engines import EngineUnavailable
from extractors.mailboxes import iter_messages
from intake.bootstrap import one_shot
from intake.casework.pictures import as_png, fields_on, page_pictures, with_boxes
from intake.commands.days import day_of
from intake.logs import where
from intake.oneshot import OneShot, Outcome
from intake.processes import OutOfTime
from intake.result import result, unprocessed
from intake.settings import load_settings

_DONE, _UNREADABLE = 0, 3
_GRACE_SECONDS = 20.0


class Processed(NamedTuple):
    """The result of a message, and why it could not be read, if so."""

    result: dict[str, Any]
    failure: str = ""


class Format(StrEnum):
    JSON = "json"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Job:
    """One message to process; crosses to a worker process."""

    number: int
    file: str
    raw: bytes
    received_on: date | None
    out: Path | None


def process(
    paths: Annotated[list[Path], typer.Argument(help="Messages (.eml, .msg), folders, mboxes or Maildirs.")],
    form: Annotated[Format, typer.Option("--format", help="JSON Lines, or a table for people.")] = Format.JSON,
    received_on: Annotated[
        str | None, typer.Option(help="The day (YYYY-MM-DD) that decides which catalogue version applies.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Worker processes; default: all cores.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Also write results, notices and pictures of the pages here.")
    ] = None,
) -> None:
    """Read messages and print what the service would decide, one JSON object per message."""
    day = day_of(received_on, "--received-on")
    _prepare(out)
    unreadable: list[str] = []
    results: list[dict[str, Any]] = []
    todo = _jobs(paths, day, out, unreadable)
    unread = False
    for found, failure in _with_progress(_run_all(todo, jobs or os.cpu_count() or 1)):
        if form is Format.JSON:
            print(json.dumps(found, ensure_ascii=False), flush=True)
        if failure:
            unread = True
            print(f"intake: {found['message']['file']}: {failure}", file=sys.stderr)
        results.append({key: found[key] for key in ("message", "procedure", "decision", "findings")})
    if form is Format.TABLE:
        Console().print(_table(results))
    raise typer.Exit(_UNREADABLE if unread or unreadable else _DONE)


def _prepare(out: Path | None) -> None:
    try:
        if out:
            out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise typer.BadParameter(f"{out}: {error.strerror}", param_hint="--out") from None


def _jobs(paths: Sequence[Path], day: date | None, out: Path | None, unreadable: list[str]) -> Iterator[Job]:
    """A job for every message; what cannot be read is named on standard error and added to ``unreadable``."""

    def tell(name: str, problem: OSError) -> None:
        unreadable.append(name)
        print(f"intake: {problem.filename or name}: {problem.strerror or type(problem).__name__}", file=sys.stderr)

    messages = (found for path in paths for found in iter_messages(path, tell))
    for number, (file, raw) in enumerate(messages):
        yield Job(number, file, raw, day, out)


def _run_all(todo: Iterator[Job], workers: int) -> Iterator[Processed]:
    """Results in input order; a message that ends its worker process gets a result of its own."""
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        running = [(job, pool.submit(run_job, job)) for job in islice(todo, 2 * workers)]
        while running:
            job, future = running.pop(0)
            try:
                found = future.result()
            except BrokenProcessPool:
                break
            yield found
            running.extend((more, pool.submit(run_job, more)) for more in islice(todo, 1))
        else:
            return
    for left in [job, *(job for job, _ in running), *todo]:
        yield _alone(left)


def _alone(job: Job) -> Processed:
    """The result of one job in a process of its own, which may die without taking others along."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        try:
            return pool.submit(run_job, job).result()
        except BrokenProcessPool:
            return Processed(unprocessed(job.file), "processing ended abnormally")


_one_shot: OneShot | None = None


def run_job(job: Job) -> Processed:
    """Process one message in this process, which keeps its engines for the next. The job's boundary: whatever goes
    wrong with one message, or takes too long, is told in its result and stops no other."""
    global _one_shot
    settings = load_settings()
    _one_shot = _one_shot or one_shot(settings)
    try:
        with _limited(settings.job_minutes * 60):
            outcome = _one_shot.run(job.raw, job.file, job.received_on)
    except (Exception, OutOfTime) as error:  # noqa: BLE001  (the boundary of a job)
        reason = str(error) if isinstance(error, EngineUnavailable) else where(error)
        return Processed(unprocessed(job.file), f"could not be processed: {reason}")
    submission = outcome.reading.submission
    found = result(submission, outcome.assessment, outcome.notice, outcome.reading.cost)
    try:
        if job.out:
            _write(job, job.out, outcome, found)
    except Exception as error:  # noqa: BLE001  (the same boundary)
        why = error.strerror if isinstance(error, OSError) else where(error)
        return Processed(found, f"its files could not be written: {why}")
    return Processed(found, "" if submission.message.parsed else "is no message that can be read")


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raises OutOfTime when the time is up. A parser that hangs where no exception reaches it takes the process
    along a little later, which the caller of the pool survives."""
    with Path(os.devnull).open("w") as nowhere:
        signal.signal(signal.SIGALRM, _too_long)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        faulthandler.dump_traceback_later(seconds + _GRACE_SECONDS, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            signal.setitimer(signal.ITIMER_REAL, 0)


def _too_long(_signal: int, _frame: object) -> None:
    raise OutOfTime


def _write(job: Job, out: Path, outcome: Outcome, found: dict[str, Any]) -> None:
    folder = out / f"{job.number + 1:04d}-{_safe(job.file)}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "result.json").write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    submission = outcome.reading.submission
    if notice := outcome.notice:
        (folder / "notice.eml").write_bytes(outcome.letter)
        (folder / "notice.pdf").write_bytes(notice.pdf)
    for file, page, pixels in page_pictures(job.raw, job.file):
        drawn = with_boxes(pixels, fields_on(submission, file, page))
        (folder / f"{_safe(file)}-{page}.png").write_bytes(as_png(drawn))


def _safe(name: str) -> str:
    """A file name of our own making from a path that a stranger chose."""
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in name)[-80:].lstrip(".") or "message"


def _with_progress(results: Iterator[Processed]) -> Iterator[Processed]:
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from results
        return
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("processing", total=None)
        for found in results:
            progress.advance(task)
            yield found


def _table(results: Sequence[dict[str, Any]]) -> Table:
    table = Table(box=None)
    for heading in ("message", "kind", "procedure", "decision", "findings or reasons"):
        table.add_column(heading, overflow="fold")
    for each in results:
        why = each["decision"]["review_reasons"] or sorted({finding["code"] for finding in each["findings"]})
        table.add_row(
            each["message"]["file"],
            each["message"]["kind"],
            (each["procedure"] or {}).get("key", "-"),
            each["decision"]["value"],
            ", ".join(why),
        )
    return table
