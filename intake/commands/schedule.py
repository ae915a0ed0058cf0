"""``intake schedule``: wakes whatever is late."""

from __future__ import annotations

import logging
from typing import Annotated

import typer

from intake import bootstrap, logs
from intake.casework.sweep import sweep
from intake.ports import Unavailable
from intake.settings import load_settings
from intake.supervisor import Stopping

log = logging.getLogger("intake.schedule")


def schedule(once: Annotated[bool, typer.Option(help="Look once and end.")] = False) -> None:
    """Look for late work every few seconds, until told to end."""
    settings = load_settings()
    logs.configure(settings.log_level)
    stopping = Stopping()
    bootstrap.prepare_database(settings)
    service = bootstrap.service(settings)
    while not stopping:
        try:
            sweep(service)
        except Unavailable as error:
            if once:
                raise
            log.warning("sweep failed", extra={"error": str(error)})
        if once:
            return
        stopping.pause(settings.sweep_seconds)
