"""The queue: RQ on Redis or Valkey. Jobs are enqueued by dotted name and carry one id, never an object.

The queue may lose or repeat anything; the truth is in the registry and every job is idempotent.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Retry, Worker
from rq.exceptions import DuplicateJobError, InvalidJobOperation, NoSuchJobError
from rq.executions import Execution
from rq.job import Job, JobStatus
from rq.registry import StartedJobRegistry

from intake.ports import Unavailable, Work

JOBS = {work: f"worker.jobs.{work.value}" for work in Work}
_ALIVE = (JobStatus.QUEUED, JobStatus.STARTED, JobStatus.DEFERRED, JobStatus.SCHEDULED)
_REPEATS = 3  # after a work-horse was killed; attempts are counted in the registry
_FAILURE_SECONDS = 3600
_ADVICE = "see that the Redis or Valkey address is right and the server runs"


class RqQueue:
    """``intake.ports.Queue`` on RQ: one queue per kind of work."""

    def __init__(self, connection: Redis, job_seconds: float) -> None:
        self.connection = connection
        self._seconds = int(job_seconds)

    def put(self, work: Work, id_: int) -> None:
        with _named_errors():
            try:
                self._enqueue(work, id_)
            except DuplicateJobError:
                if self._forgotten(self._queue(work), f"{work.value}-{id_}"):
                    with suppress(DuplicateJobError):  # another put it in meanwhile
                        self._enqueue(work, id_)

    def recover(self) -> int:
        """Expire the executions of workers of this machine whose process is gone, so that RQ runs them again."""
        with _named_errors():
            return sum(self._recover(work) for work in Work)

    def probe(self) -> str:
        with _named_errors():
            about = self.connection.info("server")
            waiting = sum(self._queue(work).count for work in Work)
            workers = Worker.count(connection=self.connection)
        kind = about.get("server_name", "redis")
        version = about.get(f"{kind}_version", about["redis_version"])
        return f"{kind} {version}, {waiting} waiting, {workers} workers"

    def _queue(self, work: Work) -> Queue:
        return Queue(work.value, connection=self.connection)

    def _enqueue(self, work: Work, id_: int) -> None:
        self._queue(work).enqueue_call(
            JOBS[work],
            args=(id_,),
            job_id=f"{work.value}-{id_}",
            unique=True,
            timeout=self._seconds,
            result_ttl=0,
            failure_ttl=_FAILURE_SECONDS,
            retry=Retry(max=_REPEATS),
            description=f"{work.value} {id_}",
        )

    def _forgotten(self, queue: Queue, job_id: str) -> bool:
        """Whether only the remains of a job hold the id; they are removed.

        That is one that ended, perhaps while it is looked at, one of which a late heartbeat left a stump without
        a status, and one that a worker took out of the queue and died before beginning it.
        """
        try:
            job = Job.fetch(job_id, connection=self.connection)
            status = job.get_status()
        except (NoSuchJobError, InvalidJobOperation):
            self.connection.delete(Job.key_for(job_id))
            return True
        never_begun = status is JobStatus.QUEUED and self.connection.lpos(queue.key, job_id) is None
        if status in _ALIVE and not never_begun:
            return False
        job.delete()
        return True

    def _recover(self, work: Work) -> int:
        registry = StartedJobRegistry(queue=self._queue(work))
        lost = 0
        for job_id, execution_id in registry.get_job_and_execution_ids():
            try:
                execution = Execution.fetch(execution_id, job_id, connection=self.connection)
            except (NoSuchJobError, ValueError):
                continue
            if _is_dead(execution.worker_name):
                self.connection.zadd(registry.key, {execution.composite_key: 1}, xx=True)
                lost += 1
        registry.cleanup()
        return lost


def worker_name() -> str:
    """The name of a worker in this process; it tells where the process is, so that its death can be seen."""
    return f"{socket.gethostname()}.{os.getpid()}.{time.monotonic_ns()}"


def _is_dead(name: str) -> bool:
    host, _, rest = name.rpartition(".")[0].rpartition(".")
    if host != socket.gethostname() or not rest.isdigit():
        return False  # another machine's; RQ notices by its missing heartbeat
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        raise Unavailable(f"queue: {type(error).__name__}", _ADVICE) from error
