"""``intake worker``: reads messages and checks cases."""

from __future__ import annotations

from typing import Annotated

import typer

from intake import bootstrap, logs
from intake.ports import Work
from intake.queue import run_worker
from intake.settings import load_settings


def worker(burst: Annotated[bool, typer.Option(help="End when there is nothing left to do.")] = False) -> None:
    """Run one worker that reads messages and checks cases, until it is told to end."""
    run((Work.CHECK, Work.READ), burst=burst)


def run(kinds: tuple[Work, ...], *, burst: bool = False) -> None:
    """Work on some kinds of work. What work-horses share is loaded before they are forked."""
    settings = load_settings()
    logs.configure(settings.log_level)
    bootstrap.prepare(settings)
    valkey = bootstrap.start_queue(settings)
    bootstrap.preload()
    bootstrap.queue(settings).recover()
    try:
        run_worker(bootstrap.redis(settings), kinds, burst=burst)
    finally:
        if valkey is not None:
            valkey.stop()
