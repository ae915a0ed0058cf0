"""``intake outbox``: sends notices."""

from __future__ import annotations

from typing import Annotated

import typer

from intake.commands.worker import run
from intake.ports import Work


def outbox(burst: Annotated[bool, typer.Option(help="End when there is nothing left to send.")] = False) -> None:
    """Run the worker that sends notices, until it is told to end."""
    run((Work.SEND,), burst=burst)
