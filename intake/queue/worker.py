"""Runs an RQ worker whose work-horses die with it and whose lost jobs are found again soon."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from types import FrameType
from typing import Any

from redis import Redis
from rq import Queue, Worker
from rq.job import Job
from rq.timeouts import JobTimeoutException, UnixSignalDeathPenalty

from intake.ports import Work
from intake.processes import OutOfTime, die_with_parent
from intake.queue.jobs import worker_name

_MAINTENANCE_SECONDS = 30
_HEARTBEAT_SECONDS = 5


class _JobLimit(UnixSignalDeathPenalty):
    """The longest time for a job, told by ``OutOfTime``; RQ's other limits as RQ tells them."""

    def handle_death_penalty(self, signum: int, frame: FrameType | None) -> None:
        if issubclass(self._exception, JobTimeoutException):
            raise OutOfTime
        super().handle_death_penalty(signum, frame)  # type: ignore[no-untyped-call]


class IntakeWorker(Worker):
    """A forking worker: a parser that crashes takes only its work-horse along, a killed worker its work-horse too."""

    death_penalty_class = _JobLimit

    def main_work_horse(self, job: Job, queue: Queue) -> Any:
        die_with_parent(signal.SIGKILL)
        return super().main_work_horse(job, queue)


def run_worker(connection: Redis, kinds: Iterable[Work], *, burst: bool = False) -> None:
    """Work until SIGTERM (the job in hand is finished first; a second SIGTERM drops it, and it will run again)."""
    worker = IntakeWorker(
        [Queue(kind.value, connection=connection) for kind in kinds],
        connection=connection,
        name=worker_name(),
        maintenance_interval=_MAINTENANCE_SECONDS,
        job_monitoring_interval=_HEARTBEAT_SECONDS,
        log_job_description=False,
    )
    worker.work(burst=burst, with_scheduler=False, logging_level="WARNING")
