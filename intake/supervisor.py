"""Keeps the parts of the service running as forked children, and ends them with it.

Forked, because the parent has loaded everything once: a part starts at once and shares that memory.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from types import FrameType

from intake.logs import where
from intake.processes import die_with_parent, name_process

log = logging.getLogger("intake.supervisor")

_LONGEST_PAUSE = 30.0
_STEADY_SECONDS = 60.0  # a part that ran this long starts again at once
_LOOK_SECONDS = 0.2
_STOP_SECONDS = (8.0, 4.0)  # after the first and the second SIGTERM


class Stopping:
    """Whether somebody asked this process to end; made in the main thread."""

    def __init__(self) -> None:
        self._asked = False
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._ask)

    def _ask(self, _signal: int, _frame: FrameType | None) -> None:
        self._asked = True

    def __bool__(self) -> bool:
        return self._asked

    def pause(self, seconds: float) -> None:
        """Sleep so long, or until asked to end."""
        until = time.monotonic() + seconds
        while not self._asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, _LOOK_SECONDS))


@dataclass
class Part:
    """One part: its name and what it runs; ``run`` builds everything it needs in the child."""

    name: str
    run: Callable[[], None]
    process: ForkProcess | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float = 0.0


@dataclass
class Supervisor:
    """Parts that run while this process does. ``environment`` is what every child gets."""

    environment: Mapping[str, str]
    parts: list[Part] = field(default_factory=list)

    def add(self, name: str, run: Callable[[], None]) -> None:
        """Start a part; from then on it is started again whenever it ends. Call it from the main thread."""
        part = Part(name, run)
        self.parts.append(part)
        self._start(part)

    def tend(self) -> None:
        """Start again what has ended; a part that keeps ending is given longer and longer pauses."""
        now = time.monotonic()
        for part in self.parts:
            if part.process is not None and not part.process.is_alive():
                part.failures = 1 if now - part.started > _STEADY_SECONDS else part.failures + 1
                part.again_at = now + min(2.0 ** (part.failures - 1) - 1, _LONGEST_PAUSE)
                log.warning("part ended", extra={"part": part.name, "code": part.process.exitcode})
                part.process = None
            if part.process is None and now >= part.again_at:
                self._start(part)

    def stop(self) -> None:
        """End every part: ask, ask again (which drops the job in hand), then insist. None outlives this call."""
        for seconds in _STOP_SECONDS:
            for process in self._running():
                process.terminate()
            self._wait(seconds)
        for process in self._running():
            process.kill()
            process.join()

    def _running(self) -> list[ForkProcess]:
        return [part.process for part in self.parts if part.process is not None and part.process.is_alive()]

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self._running() and time.monotonic() < until:
            time.sleep(0.05)

    def _start(self, part: Part) -> None:
        part.started = time.monotonic()
        part.process = multiprocessing.get_context("fork").Process(
            target=_child, args=(part, self.environment), name=part.name
        )
        part.process.start()


def _child(part: Part, environment: Mapping[str, str]) -> None:
    """Life of a part: a session of its own, so that a Ctrl-C reaches the parent, which ends the parts in order."""
    die_with_parent()
    name_process(f"intake-{part.name}")
    os.setsid()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, signal.SIG_DFL)
    os.environ.update(environment)
    try:
        part.run()
    except Exception as error:  # noqa: BLE001  (the boundary of the process)
        log.error("part failed", extra={"part": part.name, "error": where(error)})
        sys.exit(1)


def until_stopped(stopping: Stopping, tend: Callable[[], None], seconds: float = 0.5) -> None:
    """Tend the parts until somebody asks this process to end."""
    while not stopping:
        tend()
        stopping.pause(seconds)
