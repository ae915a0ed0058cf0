"""What the casework works with: the doors, the reader, the law, the letters and the office's own rules."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from intake.ports import Clock, ObjectStore, Outgoing, Postman, Queue, Reader, Registry, Scanner, Unavailable, Work
from models.case import Assessment, DecisionValue, Notice, Submission
from models.examination import Examining
from models.mail import Message
from models.office import Case, NoticeRecord

log = logging.getLogger("intake.casework")


class Composer(Protocol):
    """Words a decision; None when nothing is to be sent."""

    def __call__(
        self,
        assessment: Assessment,
        submission: Submission,
        *,
        reference: str,
        registration: str | None,
        issued_at: datetime,
        due: date | None,
    ) -> Notice | None: ...


class Teller(Protocol):
    """Words a notice that tells of another step than a decision (receipt, forwarded, result); None without address."""

    def __call__(
        self, notice: NoticeRecord, case: Case, submission: Submission, *, issued_at: datetime
    ) -> Notice | None: ...


class Packer(Protocol):
    """Makes the e-mail of a notice; ``answers`` is the applicant's message."""

    def __call__(self, notice: Notice, answers: Message, *, message_id: str, date: datetime) -> Outgoing: ...


@dataclass(frozen=True, slots=True)
class Practice:
    """The office's own rules.

    ``automatic``: decisions that may leave without a clerk; ``notice_cap``: notices to one address within an hour, 0
    for no cap; ``message_limit`` in bytes; ``address``: our own, never written to;
    ``domain``: the right side of our Message-IDs; ``receipts``: whether a message that goes to a clerk is answered by
    a receipt; ``certain``: the probability from which a reading needs no second look.
    """

    automatic: frozenset[DecisionValue] = frozenset()
    grace: timedelta = timedelta(minutes=10)
    notice_cap: int = 5
    duplicate: timedelta = timedelta(days=30)
    attempts: int = 3
    message_limit: int = 150 << 20
    address: str = ""
    domain: str = "localhost"
    receipts: bool = False
    certain: float = 0.95


@dataclass(frozen=True, slots=True)
class Service:
    """Everything a case action needs; built once by ``intake.bootstrap``, or by a test with fakes."""

    registry: Registry
    store: ObjectStore
    queue: Queue
    postman: Postman
    scanner: Scanner
    clock: Clock
    reader: Reader
    assess: Callable[[Submission, date], Assessment]
    compose: Composer
    tell: Teller
    pack: Packer
    answer_term: Callable[[str | None, date], date]  # procedure, day of the notice: last day for an answer
    examined: Callable[[str | None], Examining | None]  # procedure: how its accepted cases are examined
    register: Callable[[str | None], str]  # procedure: the letters before its registration numbers
    practice: Practice = Practice()

    def wake(self, work: Work, id_: int) -> None:
        """Ask a worker; when the queue is down the sweep asks again, for the truth is in the registry."""
        try:
            self.queue.put(work, id_)
        except Unavailable as error:
            log.warning("queue unavailable", extra={"work": work.value, "id": id_, "error": str(error)})
