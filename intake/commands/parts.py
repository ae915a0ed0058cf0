"""What the whole service consists of, for the commands that run it in one process tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from intake.commands.mailbox import mailbox
from intake.commands.outbox import outbox
from intake.commands.schedule import schedule
from intake.commands.worker import worker
from intake.settings import Settings


def parts_of(settings: Settings, *, desk: bool) -> Iterator[tuple[str, Callable[[], None]]]:
    """The parts: a name and what it runs, on the settings of its environment."""
    for number in range(settings.workers):
        yield f"worker-{number + 1}", worker
    yield "outbox", outbox
    yield "schedule", schedule
    yield "mailbox", mailbox
    if desk:
        yield "desk", import_module("intake.commands.desk").desk
