"""``intake up``: everything in one process tree."""

from __future__ import annotations

import typer

from intake import logs
from intake.commands.parts import running
from intake.settings import load_settings
from intake.supervisor import Stopping, until_stopped


def up() -> None:
    """Run the whole service on the configured parts: mailbox, workers, outbox, schedule, desk."""
    settings = load_settings()
    logs.configure(settings.log_level)
    stopping = Stopping()
    with running(settings, desk=True) as tend:
        until_stopped(stopping, tend)
    raise typer.Exit(0)
