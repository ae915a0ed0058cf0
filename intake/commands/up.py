"""``intake up``: everything in one process tree."""

from __future__ import annotations

import typer

from intake import bootstrap, logs
from intake.commands.parts import parts_of
from intake.settings import load_settings
from intake.supervisor import Stopping, Supervisor, until_stopped


def up() -> None:
    """Run the whole service on the configured parts: mailbox, workers, outbox, schedule, desk."""
    settings = load_settings()
    logs.configure(settings.log_level)
    stopping = Stopping()
    bootstrap.prepare(settings)
    bootstrap.preload()
    valkey = bootstrap.start_queue(settings)
    supervisor = Supervisor(settings.as_environment())
    try:
        for name, run in parts_of(settings, desk=True):
            supervisor.add(name, run)
        until_stopped(stopping, supervisor.tend)
    finally:
        supervisor.stop()
        if valkey is not None:
            valkey.stop()
    raise typer.Exit(0)
