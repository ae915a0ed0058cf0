"""A worker with a slow reader, for a test to kill: ``python -m tests.worker.slow FOLDER URL``."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from redis import Redis

from intake.casework.service import Service
from intake.mail import MaildirPostman
from intake.ports import Work
from intake.queue import RqQueue, run_worker
from tests.fakes import FakeReading, make_service, read_fake
from worker import jobs

READING_SECONDS = 0.3


def service(folder: Path, url: str) -> Service:
    """The service of the test and of its workers: real registry, store, queue and outbox."""
    return make_service(
        folder,
        queue=RqQueue(Redis.from_url(url), 60),
        postman=MaildirPostman(folder / "outbox"),
        clock=lambda: datetime.now(UTC),
        reader=_slow,
        attempts=8,
    )


def _slow(raw: bytes, file: str) -> FakeReading:
    time.sleep(READING_SECONDS)
    return read_fake(raw, file)


if __name__ == "__main__":
    folder, url = Path(sys.argv[1]), sys.argv[2]
    jobs.service = cache(lambda: service(folder, url))
    run_worker(Redis.from_url(url), list(Work))
