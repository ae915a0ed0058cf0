"""The whole path on deployed parts: IMAP in, PostgreSQL, S3, SMTP out; every piece of work done twice at once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest

from intake.casework.desk import case_file
from intake.casework.progress import progress
from intake.casework.receive import receive
from intake.casework.service import Service
from intake.casework.sweep import sweep
from intake.mail import ImapMailbox, SmtpPostman
from intake.ports import Unavailable, Work
from intake.registry import SqlRegistry
from intake.storage import S3Store
from models.case import DecisionValue
from models.office import StoredMessage
from tests.contracts.servers import dovecot, postgres, s3_gateway, smtp_server
from tests.fakes import ACTIONS, FakeMailbox, FakePostman, FakeQueue, FakeReading, mail, make_service, read_fake


@pytest.mark.story
@pytest.mark.parametrize("database", ["postgresql", "sqlite"])
def test_two_workers_at_everything_decide_and_send_once(database: str, tmp_path: Path) -> None:
    """With four threads doing each job twice, each message has one decision and each decision at most one letter."""
    values = [value.value for value in DecisionValue] * 2
    with postgres() as db, s3_gateway() as s3, dovecot() as (imap, deliver), smtp_server() as (smtp, sink):
        queue, store, box = FakeQueue(), S3Store(s3), ImapMailbox(imap)
        store.prepare()
        service = make_service(
            tmp_path, queue=queue, postman=SmtpPostman(smtp), clock=lambda: datetime.now(UTC), reader=read_fake
        )
        if database == "postgresql":
            registry = SqlRegistry(db)
            registry.migrate()
            service = replace(service, registry=registry, store=store)
        for number, value in enumerate(values):
            deliver(mail(value, f"{number}@example.az", body=str(number)))
        deliver(mail("accepted", "0@example.az", body="0", message_id="<again@example.az>"))
        assert receive(service, box) == len(values) + 1 and not box.waiting()
        _work(service, queue)
        found = list(progress(service))
        assert Counter(str(each.decision) for each in found[: len(values)]) == Counter(values)
        files = [case_file(service, reference) for reference in {str(each.reference) for each in found}]
        assert all(len(file.decisions) == 1 for file in files)
        notices = [notice for file in files for notice in file.notices]
        assert sorted(bytes(e.content or b"").split(b"\r\n")[0].decode()[12:] for e in sink.got) == sorted(
            notice.message_id for notice in notices
        )
        numbers = sorted(str(f.case.registration) for f in files if f.case.registration)
        assert [int(number[-5:]) for number in numbers] == list(range(1, len(numbers) + 1))
        box.close()


def _work(service: Service, queue: FakeQueue) -> None:
    until = time.monotonic() + 60
    with ThreadPoolExecutor(4) as pool:
        while not all(each.settled for each in progress(service)) and time.monotonic() < until:
            jobs, queue.asked = queue.asked * 2, []
            list(pool.map(lambda job: _do(service, *job), jobs))
            sweep(service)


def _do(service: Service, work: Work, id_: int) -> None:
    try:
        ACTIONS[work][0](service, id_)
    except Unavailable as error:
        ACTIONS[work][1](service, id_, str(error), temporary=True)


@pytest.mark.story
def test_the_same_content_read_by_two_workers_at_once_is_one_case(tmp_path: Path) -> None:
    """A message that its sender sent twice, byte by byte different, is decided and answered once on PostgreSQL too."""
    pairs = 6
    together = Barrier(2)

    def read_together(raw: bytes, file: str) -> FakeReading:
        found = read_fake(raw, file)
        together.wait(30)
        return found

    with postgres() as db:
        queue, postman, box = FakeQueue(), FakePostman(), FakeMailbox()
        service = make_service(
            tmp_path, queue=queue, postman=postman, clock=lambda: datetime.now(UTC), reader=read_together
        )
        registry = SqlRegistry(db)
        registry.migrate()
        service = replace(service, registry=registry)
        for number in range(2 * pairs):
            sent = f"<{number}@example.az>"
            raw = mail("refused", f"{number // 2}@example.az", papers="", body="again", message_id=sent)
            box.mails[str(number)] = raw
        assert receive(service, box) == 2 * pairs
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda job: _do(service, *job), queue.asked))
        assert len({message.case_id for message in _messages(registry)}) == pairs


def _messages(registry: SqlRegistry) -> Sequence[StoredMessage]:
    with registry.read() as records:
        return records.all_messages()
