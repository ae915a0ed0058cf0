"""Many messages over several processes: the results, how fast they came, and what memory a process took."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from intake.bench.cost import peak_memory_mb
from intake.bootstrap import one_shot
from intake.oneshot import OneShot
from intake.result import result
from intake.settings import load_settings


@dataclass(frozen=True, slots=True)
class Throughput:
    """What a number of processes did; pages are those that an engine read, memory that of the largest process."""

    processes: int
    pages_a_minute: float
    peak_memory_mb: float


def run_all(messages: Sequence[Path], processes: int) -> tuple[list[dict[str, Any]], Throughput]:
    """The contract's result of each message, in order."""
    begun = time.perf_counter()
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        done = list(pool.map(_given, messages))
    minutes = (time.perf_counter() - begun) / 60
    pages = sum(given["timing"]["pages_ocr"] for given, _ in done)
    return [given for given, _ in done], Throughput(processes, pages / minutes, max(memory for _, memory in done))


_one_shot: OneShot | None = None


def _given(path: Path) -> tuple[dict[str, Any], float]:
    global _one_shot
    _one_shot = _one_shot or one_shot(load_settings())
    outcome = _one_shot.run(path.read_bytes(), path.name)
    given = result(outcome.reading.submission, outcome.assessment, outcome.notice, outcome.reading.cost)
    return given, peak_memory_mb()
