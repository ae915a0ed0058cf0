"""The longest time for a job."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import pytest
from rq.timeouts import JobTimeoutException

from intake.casework.receive import receive
from intake.processes import OutOfTime
from intake.queue.worker import IntakeWorker
from tests.fakes import mail, make_world
from worker import jobs


def test_the_end_of_its_time_passes_every_adapter_round_a_parser() -> None:
    """RQ's own exception would be taken for a damaged file by whatever parser is at work."""
    with pytest.raises(OutOfTime), IntakeWorker.death_penalty_class(1, JobTimeoutException), suppress(Exception):
        time.sleep(10)


def test_a_message_that_took_too_long_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job ends as a failed attempt that the registry counts, not as a reading."""
    world = make_world(tmp_path)
    world.mailbox.mails = {"1": mail("accepted")}
    receive(world.service, world.mailbox)

    def too_slow(*_: object) -> None:
        raise OutOfTime

    monkeypatch.setattr(jobs, "service", lambda: world.service)
    monkeypatch.setattr(jobs, "read_message", too_slow)
    (_, message_id) = world.queue.asked[0]
    jobs.read(message_id)
    with world.service.registry.read() as records:
        message = records.message(message_id)
    assert message.retry_at is not None and "OutOfTime" in str(message.failure)
