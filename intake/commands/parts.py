"""What the whole service consists of, for the commands that run it in one process tree."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from intake.settings import Settings


def parts_of(settings: Settings, *, desk: bool) -> Iterator[tuple[str, ...]]:
    """The parts: a name, then the arguments of its ``intake`` command."""
    for number in range(settings.workers):
        yield f"worker-{number + 1}", "worker"
    yield "outbox", "outbox"
    yield "schedule", "schedule"
    yield "mailbox", "mailbox"
    if desk and find_spec("intake.commands.desk"):
        yield "desk", "desk"
