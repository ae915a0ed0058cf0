"""Runs an RQ worker whose work-horses die with it and whose lost jobs are found again soon."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from typing import Any

from redis import Redis
from rq import Queue, Worker
from rq.job import Job

from intake.ports import Work
from intake.processes import die_with_parent
from intake.queue.jobs import worker_name

_MAINTENANCE_SECONDS = 30
_HEARTBEAT_SECONDS = 5


class IntakeWorker(Worker):
    """A forking worker: a parser that crashes takes only its work-horse along, a killed worker its work-horse too."""

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
