"""Many messages over several processes: the results, how fast they came, and what memory a process took."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

from intake.bench.cost import peak_memory_mb
from intake.bootstrap import one_shot
from intake.oneshot import OneShot
from intake.processes import die_with_parent
from intake.result import result
from intake.settings import load_settings


@dataclass(frozen=True, slots=True)
class Throughput:
    """What some processes did with some messages; pages are those that an engine read. Each process reads message after
    message; memory is the largest that one of them ever had."""

    processes: int
    messages: int
    pages_a_minute: float
    peak_memory_mb: float


def run_all(
    messages: Sequence[Path], processes: int, tell: Callable[[str], None]
) -> tuple[list[dict[str, Any]], Throughput]:
    """The contract's result of each message, in order; ``tell`` hears of each."""
    begun = time.perf_counter()
    done: list[tuple[dict[str, Any], float]] = []
    with _workers(processes) as pool:
        for path, one in zip(messages, pool.map(_given, messages), strict=True):
            done.append(one)
            tell(f"{processes} at a time, {len(done)} of {len(messages)}: {path.name}")
    minutes = (time.perf_counter() - begun) / 60
    pages = sum(given["timing"]["pages_ocr"] for given, _ in done)
    memory = max(peak for _, peak in done)
    return [given for given, _ in done], Throughput(processes, len(messages), pages / minutes, memory)


@contextmanager
def _workers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that end at once when the work is interrupted."""
    with ProcessPoolExecutor(count, mp_context=get_context("fork"), initializer=_begin) as pool:
        try:
            yield pool
        except BaseException:
            for child in active_children():
                child.kill()
            raise


def _begin() -> None:
    """An interrupt is for the parent, which ends its workers; they end with it, too, should it be killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent(signal.SIGKILL)


_one_shot: OneShot | None = None


def _given(path: Path) -> tuple[dict[str, Any], float]:
    global _one_shot
    _one_shot = _one_shot or one_shot(load_settings())
    outcome = _one_shot.run(path.read_bytes(), path.name)
    given = result(outcome.reading.submission, outcome.assessment, outcome.notice, outcome.reading.cost)
    return given, peak_memory_mb()
