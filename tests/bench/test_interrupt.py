"""Whatever the benchmark starts ends with it."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from intake.bench.scaling import _workers
from intake.bench.ways import _output


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    """As if somebody pressed Ctrl-C."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_an_interrupt_ends_the_workers_at_once() -> None:
    """They do not finish what they are at."""
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt), interrupted_after(0.5), _workers(2) as pool:
        list(pool.map(time.sleep, [60, 60, 60]))
    assert time.monotonic() - begun < 20
    assert not [each for each in psutil.Process().children() if each.status() != psutil.STATUS_ZOMBIE]


def test_an_interrupt_ends_a_command_and_its_children() -> None:
    """A peer is a command that starts others."""
    mine = "61.25"
    with pytest.raises(KeyboardInterrupt), interrupted_after(0.5):
        _output(["sh", "-c", f"sleep {mine} & sleep {mine}"])
    time.sleep(0.2)
    assert not [each for each in psutil.process_iter(["cmdline"]) if each.info["cmdline"] == ["sleep", mine]]
