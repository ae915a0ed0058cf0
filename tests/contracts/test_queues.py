"""The same facts about both queues: the embedded Valkey and a Redis server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue
from rq.job import Job, JobStatus

from intake.ports import Unavailable, Work
from intake.queue import JOBS, EmbeddedValkey, RqQueue, embedded_socket, run_worker
from tests.contracts.servers import free_port, private_folder, redis_server, wait_for
from worker import jobs as functions


@pytest.fixture(params=["embedded", pytest.param("redis", marks=pytest.mark.story)], scope="module")
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "redis":
        with redis_server() as found:
            yield found
        return
    with private_folder() as folder:
        valkey = EmbeddedValkey(folder)
        yield valkey.ensure()
        valkey.stop()


@pytest.fixture
def queue(url: str) -> Iterator[RqQueue]:
    found = RqQueue(Redis.from_url(url), 600)
    found.connection.flushdb()
    yield found


def jobs(queue: RqQueue, work: Work) -> list[str]:
    return Queue(work.value, connection=queue.connection).get_job_ids()


def test_asking_twice_for_what_waits_changes_nothing(queue: RqQueue) -> None:
    """One job per piece of work, carrying a dotted name and one id."""
    for _ in range(3):
        queue.put(Work.READ, 7)
    queue.put(Work.CHECK, 7)
    assert jobs(queue, Work.READ) == ["read-7"] and jobs(queue, Work.CHECK) == ["check-7"]
    job = Job.fetch("read-7", connection=queue.connection)
    assert (job.func_name, job.args) == (JOBS[Work.READ], (7,))


@pytest.mark.parametrize("status", [JobStatus.FINISHED, JobStatus.FAILED, JobStatus.CANCELED])
def test_the_remains_of_an_ended_job_do_not_block(queue: RqQueue, status: JobStatus) -> None:
    """Whatever ended, however it ended, can be asked for again."""
    queue.put(Work.SEND, 1)
    queue.connection.delete("rq:queue:send")
    Job.fetch("send-1", connection=queue.connection).set_status(status)
    queue.put(Work.SEND, 1)
    assert jobs(queue, Work.SEND) == ["send-1"]


@pytest.mark.parametrize("field", ["last_heartbeat", "created_at"])
def test_a_job_that_ends_while_it_is_asked_for_does_not_block(queue: RqQueue, field: str) -> None:
    """A late heartbeat writes a stump of a job that is gone: the work can be asked for again, and nothing is raised."""
    queue.connection.hset("rq:job:send-1", field, "2026-11-22T17:45:41.701345Z")
    queue.put(Work.SEND, 1)
    assert jobs(queue, Work.SEND) == ["send-1"]


def test_what_a_worker_took_and_never_began_is_found(queue: RqQueue) -> None:
    """A worker killed between taking a job and beginning it leaves a job that says it waits; asking again finds out."""
    queue.put(Work.READ, 1)
    assert queue.connection.lpop("rq:queue:read") == b"read-1"
    queue.put(Work.READ, 1)
    assert jobs(queue, Work.READ) == ["read-1"]


def test_what_a_dead_worker_held_is_found_at_once(queue: RqQueue) -> None:
    """A worker killed in the middle of a job loses nothing: its job waits again without any timeout."""
    queue.put(Work.READ, 1)
    script = "import sys; from tests.contracts.test_queues import hold; hold(sys.argv[1])"
    process = subprocess.Popen([sys.executable, "-c", script, _url(queue)], cwd=Path(__file__).parents[2])
    job = Job.fetch("read-1", connection=queue.connection)
    wait_for(lambda: job.get_status() == JobStatus.STARTED, 90)
    assert queue.recover() == 0 and jobs(queue, Work.READ) == []
    horses = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert horses
    wait_for(lambda: not any(_alive(int(horse)) for horse in horses))
    assert queue.recover() == 1
    assert jobs(queue, Work.READ) == ["read-1"]


def hold(url: str) -> None:
    """A worker that takes a job and never ends; run in a process of its own."""
    functions.read = lambda _: time.sleep(600)  # type: ignore[assignment]
    run_worker(Redis.from_url(url), [Work.READ])


def _url(queue: RqQueue) -> str:
    kwargs = queue.connection.connection_pool.connection_kwargs
    return f"unix://{kwargs['path']}" if "path" in kwargs else f"redis://127.0.0.1:{kwargs['port']}/0"


def test_the_probe_describes_the_server(queue: RqQueue) -> None:
    """Name, version and how much waits."""
    queue.put(Work.READ, 1)
    assert "1 waiting" in queue.probe()


def test_a_queue_that_is_away_is_unavailable() -> None:
    """No server: a named error."""
    with pytest.raises(Unavailable):
        RqQueue(Redis(port=free_port()), 600).put(Work.READ, 1)


def test_every_job_name_is_a_function() -> None:
    """What the queue enqueues by name, the workers have."""
    assert set(JOBS) == set(Work)
    for name in JOBS.values():
        assert callable(getattr(functions, name.removeprefix("worker.jobs.")))


def test_the_embedded_server_is_shared_and_keeps_what_it_was_told() -> None:
    """A second process of the same folder attaches; after a kill the next start finds the jobs."""
    with private_folder() as folder:
        first, second = EmbeddedValkey(folder), EmbeddedValkey(folder)
        url = first.ensure()
        assert second.ensure() == url
        second.stop()  # not its child: nothing happens
        RqQueue(Redis.from_url(url), 600).put(Work.READ, 5)
        time.sleep(1.1)  # the journal is written every second
        assert first._process is not None
        first._process.kill()
        first._process.wait()
        second.ensure()
        assert jobs(RqQueue(Redis.from_url(url), 600), Work.READ) == ["read-5"]
        second.stop()


def test_an_embedded_server_that_died_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever started it, or found it there, starts it again; one that only is slow to answer is left alone."""
    monkeypatch.setattr("intake.queue.valkey._TEND_SECONDS", 0.0)
    with private_folder() as folder:
        ours, another = EmbeddedValkey(folder), EmbeddedValkey(folder)
        connection = Redis.from_url(ours.ensure())
        another.ensure()
        for tending in (ours, another):
            os.kill(server := int(connection.info("server")["process_id"]), signal.SIGKILL)
            connection.close()
            wait_for(lambda server=server: not _alive(server) or ours._process is None or ours._process.poll())
            tending.tend()
            assert connection.ping() and int(connection.info("server")["process_id"]) != server
        server = int(connection.info("server")["process_id"])
        os.kill(server, signal.SIGSTOP)
        ours.tend()
        os.kill(server, signal.SIGCONT)
        assert int(connection.info("server")["process_id"]) == server
        another.stop()


def test_the_embedded_server_ends_with_its_parent() -> None:
    """However its parent ends, no server is left behind."""
    with private_folder() as folder:
        script = (
            "import sys, time; from pathlib import Path; from intake.queue import EmbeddedValkey as Valkey\n"
            "Valkey(Path(sys.argv[1])).ensure(); print(1, flush=True); time.sleep(600)"
        )
        process = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE)
        assert process.stdout is not None and process.stdout.readline()
        connection = Redis(unix_socket_path=str(embedded_socket(folder)))
        server = int(connection.info("server")["process_id"])
        process.kill()
        process.wait()
        process.stdout.close()
        wait_for(lambda: not _alive(server))


def test_a_deep_data_folder_has_a_short_socket(tmp_path: Path) -> None:
    """A socket's path has at most 107 bytes; every process finds the same short one."""
    deep = tmp_path / ("d" * 90)
    assert len(os.fsencode(embedded_socket(deep))) <= 107 and embedded_socket(deep) == embedded_socket(deep)
    assert embedded_socket(Path("/d")) == Path("/d/valkey.sock")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
