"""``intake mailbox``: takes over what arrives."""

from __future__ import annotations

import logging
from typing import Annotated

import typer

from intake import bootstrap, logs
from intake.casework.receive import receive
from intake.casework.service import Service
from intake.ports import Mailbox, Unavailable
from intake.settings import load_settings
from intake.supervisor import Stopping

log = logging.getLogger("intake.mailbox")

_LONGEST_PAUSE = 60.0


def mailbox(once: Annotated[bool, typer.Option(help="Take over what waits now and end.")] = False) -> None:
    """Watch the mailbox, until told to end."""
    settings = load_settings()
    logs.configure(settings.log_level)
    bootstrap.prepare(settings)
    service, box = bootstrap.service(settings), bootstrap.mailbox(settings)
    try:
        if once:
            print(receive(service, box))
        else:
            watch(service, box, settings.poll_seconds, Stopping())
    finally:
        box.close()


def watch(service: Service, box: Mailbox, seconds: float, stopping: Stopping) -> None:
    """Take over what arrives; when a part does not answer, come back later and later."""
    pause = 1.0
    while not stopping:
        try:
            receive(service, box)
            box.wait(seconds, stopping.__bool__)
            pause = 1.0
        except Unavailable as error:
            log.warning("mailbox watch failed", extra={"error": str(error), "pause": pause})
            stopping.pause(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
