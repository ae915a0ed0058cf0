"""The whole service in one process tree: its parts, and what keeps them running."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

from intake import bootstrap
from intake.commands.mailbox import mailbox
from intake.commands.outbox import outbox
from intake.commands.schedule import schedule
from intake.commands.worker import worker
from intake.settings import Settings
from intake.supervisor import Supervisor


@contextmanager
def running(settings: Settings, *, desk: bool) -> Iterator[Callable[[], None]]:
    """The service while the block runs; gives what starts again whatever has ended, to be called now and then."""
    bootstrap.prepare(settings)
    bootstrap.preload()
    valkey = bootstrap.start_queue(settings)
    supervisor = Supervisor(settings.as_environment())

    def tend() -> None:
        if valkey is not None:
            valkey.tend()
        supervisor.tend()

    try:
        for name, run in _parts(settings, desk=desk):
            supervisor.add(name, run)
        yield tend
    finally:
        supervisor.stop()
        if valkey is not None:
            valkey.stop()


def _parts(settings: Settings, *, desk: bool) -> Iterator[tuple[str, Callable[[], None]]]:
    """The parts: a name and what it runs, on the settings of its environment."""
    for number in range(settings.workers):
        yield f"worker-{number + 1}", worker
    yield "outbox", outbox
    yield "schedule", schedule
    yield "mailbox", mailbox
    if desk:
        yield "desk", import_module("intake.commands.desk").desk
