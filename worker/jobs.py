"""The jobs: each takes an id, calls one case action and turns failure into a retry or a named state.

Enqueued by dotted name (``intake.queue.JOBS``). Every action is idempotent, so a job that runs twice does no harm.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Protocol

from intake.bootstrap import service as build_service
from intake.casework.check import check as check_case
from intake.casework.check import check_failed
from intake.casework.read import read as read_message
from intake.casework.read import reading_failed
from intake.casework.send import send as send_notice
from intake.casework.send import sending_failed
from intake.casework.service import Service
from intake.logs import where
from intake.ports import PortError, Unavailable
from intake.processes import OutOfTime
from intake.settings import load_settings

log = logging.getLogger("worker.jobs")


class Failed(Protocol):
    """What is told of a failed attempt; a ``temporary`` one does not count."""

    def __call__(self, service: Service, id_: int, error: str, /, *, temporary: bool = False) -> None: ...


@cache
def service() -> Service:
    """The service of this process. A test's worker puts its own in place before it forks."""
    return build_service(load_settings())


def read(message_id: int) -> None:
    """Read a message."""
    _run("read", read_message, reading_failed, message_id)


def check(case_id: int) -> None:
    """Check a case."""
    _run("check", check_case, check_failed, case_id)


def send(notice_id: int) -> None:
    """Send a notice."""
    _run("send", send_notice, sending_failed, notice_id)


def _run(name: str, action: Callable[[Service, int], None], failed: Failed, id_: int) -> None:
    """One action; the registry keeps count of failed attempts, the queue only of workers that died."""
    desk = service()
    try:
        action(desk, id_)
    except PortError as error:
        failed(desk, id_, str(error), temporary=isinstance(error, Unavailable))
    except (Exception, OutOfTime) as error:  # noqa: BLE001  (the one boundary of a job)
        log.warning("job failed", extra={"job": name, "id": id_, "error": where(error)})
        failed(desk, id_, where(error))
