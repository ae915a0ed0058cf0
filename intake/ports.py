"""The doors to the outside: what the casework needs, and the errors that may come back through them.

Every door has an embedded and a deployed implementation; only ``intake.bootstrap`` knows which one stands behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from models.case import Assessment, DecisionValue, NoticeKind, Submission
from models.office import (
    Case,
    CaseState,
    DecisionRecord,
    EventRecord,
    MailPlace,
    MessageState,
    NoticeRecord,
    NoticeState,
    Opinion,
    ReadingRecord,
    Role,
    StoredMessage,
    User,
)
from models.sheet import ReadingCost


class PortError(Exception):
    """A part failed. ``advice`` says what the operator can do; neither text holds personal data or secrets."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


class Unavailable(PortError):
    """The part does not answer now; the same request may succeed later."""


class NotFound(PortError):
    """The part works but has no such thing."""


class Rejected(PortError):
    """The part works and will never do this; repeating is no use."""


class Unconfirmed(PortError):
    """The other side may or may not have done it; repeating might do it twice."""


class ObjectStore(Protocol):
    """Immutable bytes under the SHA-256 of their content (64 hexadecimal digits, computed here, never given)."""

    def put(self, content: bytes) -> str:
        """Keep the bytes safe and return their key; the same bytes again mend what was damaged. Raises Unavailable."""
        ...

    def get(self, key: str) -> bytes:
        """The bytes of a key. Raises NotFound, Unavailable, and Rejected when they no longer match their key."""
        ...

    def probe(self) -> str:
        """Try writing and reading; a short description of the part. Raises PortError."""
        ...


class Work(StrEnum):
    """The kinds of work that the queue carries; the id beside it is that of a message, a case or a notice."""

    READ = "read"
    CHECK = "check"
    SEND = "send"


class Queue(Protocol):
    """Wakes workers. It may lose or repeat anything: the truth is in the registry, and a sweep asks again."""

    def put(self, work: Work, id_: int) -> None:
        """Ask for a piece of work; asking twice for what already waits changes nothing. Raises Unavailable."""
        ...

    def recover(self) -> int:
        """Put back what was in the hands of workers that died; how many pieces."""
        ...

    def probe(self) -> str:
        """A short description of the part. Raises PortError."""
        ...


class Mailbox(Protocol):
    """Where mail arrives."""

    def waiting(self) -> Sequence[MailPlace]:
        """The messages that were not acknowledged yet, oldest first. Raises Unavailable."""
        ...

    def fetch(self, place: MailPlace, limit: int) -> bytes:
        """The raw message, at most its first ``limit`` bytes. Raises NotFound, Unavailable."""
        ...

    def acknowledge(self, place: MailPlace) -> None:
        """Mark the message as safely taken over; if it is no longer there, nothing. Raises Unavailable."""
        ...

    def wait(self, seconds: float, ended: Callable[[], bool]) -> None:
        """Return when mail may have come, after ``seconds``, or soon after ``ended`` says so. Raises Unavailable."""
        ...

    def close(self) -> None: ...

    def probe(self) -> str:
        """A short description of the part. Raises PortError."""
        ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A rendered e-mail ready to go. ``envelope_from`` is where bounces come back to."""

    message_id: str
    recipient: str
    envelope_from: str
    raw: bytes


class Postman(Protocol):
    """Hands letters to the outside."""

    def deliver(self, letter: Outgoing, handing_over: Callable[[], None]) -> str:
        """Deliver the letter and say where it lies.

        ``handing_over`` is called right before the point after which a crash leaves it unknown whether the letter
        went out; a postman that recognises a letter it already delivered (by Message-ID) never calls it.
        Raises Unavailable (certainly not delivered, try later), Rejected (certainly not, never will be), Unconfirmed.
        """
        ...

    def probe(self) -> str:
        """A short description of the part. Raises PortError."""
        ...


class Scanner(Protocol):
    """Looks for malware."""

    def scan(self, content: bytes) -> str | None:
        """The name of what was found, None when nothing was. Raises Unavailable: then nothing is known."""
        ...

    def probe(self) -> str:
        """A short description of the part. Raises PortError."""
        ...


Clock = Callable[[], datetime]  # now, with its time zone


class ReadMessage(Protocol):
    """What reading a message gives."""

    @property
    def submission(self) -> Submission: ...

    @property
    def cost(self) -> ReadingCost: ...


Reader = Callable[[bytes, str], ReadMessage]  # raw message and the name results use for it


class Records(Protocol):
    """The registry inside one transaction. ``lock=True`` keeps others from changing the row until it ends."""

    def hold(self, name: str) -> None:
        """Keep every other transaction that holds the same name waiting until this one ends."""
        ...

    # messages
    def add_message(
        self, place: MailPlace, *, sha256: str, size: int, reference: str, arrived_at: datetime, message_id: str | None,
        sender: str | None, state: MessageState, case_id: int | None = None, decision_id: int | None = None,
    ) -> StoredMessage: ...  # fmt: skip
    def message(self, id_: int, *, lock: bool = False) -> StoredMessage: ...
    def known(self, place: MailPlace) -> bool: ...
    def first_with_bytes(self, mailbox: str, sha256: str) -> StoredMessage | None: ...
    def first_with_content(self, content: str, since: datetime) -> StoredMessage | None: ...
    def all_messages(self) -> Sequence[StoredMessage]: ...
    def messages_of(self, case_id: int) -> Sequence[StoredMessage]: ...
    def messages_in(self, state: MessageState, *, due: datetime, idle_since: datetime) -> Sequence[StoredMessage]: ...
    def unread_between(self, start: datetime, end: datetime) -> int: ...
    def save_message(self, message: StoredMessage) -> None: ...
    def reference_is_free(self, reference: str) -> bool: ...

    # cases
    def open_case(self, reference: str, opened_at: datetime) -> Case: ...
    def case(self, id_: int, *, lock: bool = False) -> Case: ...
    def case_by_reference(self, reference: str, *, lock: bool = False) -> Case | None: ...
    def cases(self, states: Iterable[CaseState] = (), *, limit: int = 200, offset: int = 0) -> Sequence[Case]: ...
    def cases_of(self, sender: str, states: Iterable[CaseState]) -> Sequence[Case]: ...
    def cases_due(self, now: datetime) -> Sequence[Case]: ...
    def cases_needing_attention(self) -> Sequence[Case]: ...
    def cases_overdue(self, today: date) -> Sequence[Case]: ...
    def save_case(self, case: Case) -> None: ...
    def count_cases(self) -> dict[CaseState, int]: ...

    # readings and decisions
    def add_reading(
        self, case_id: int, submission: Submission, *, at: datetime, actor: str, message_id: int | None,
        supersedes: tuple[str, ...] = (), cost: ReadingCost | None = None,
    ) -> ReadingRecord: ...  # fmt: skip
    def readings_of(self, case_id: int) -> Sequence[ReadingRecord]: ...
    def add_decision(
        self, case_id: int, assessment: Assessment, *, reading_version: int, at: datetime, actor: str,
        automatic: bool, reason: str = "",
    ) -> DecisionRecord: ...  # fmt: skip
    def decision(self, id_: int) -> DecisionRecord: ...
    def decisions_of(self, case_id: int) -> Sequence[DecisionRecord]: ...

    # notices
    def add_notice(
        self, case_id: int, decision_id: int, *, kind: NoticeKind, state: NoticeState, recipient: str | None,
        message_id: str, prepared_at: datetime, failure: str | None = None, order_date: date | None = None,
        order_number: str | None = None,
    ) -> NoticeRecord: ...  # fmt: skip
    def notice(self, id_: int, *, lock: bool = False) -> NoticeRecord: ...
    def notices_of(self, case_id: int) -> Sequence[NoticeRecord]: ...
    def notice_of_message_ids(self, message_ids: Sequence[str]) -> NoticeRecord | None: ...
    def notices_in(self, states: Iterable[NoticeState]) -> Sequence[NoticeRecord]: ...
    def count_notices_to(self, recipient: str, since: datetime) -> int: ...
    def save_notice(self, notice: NoticeRecord) -> None: ...

    # opinions
    def ask_opinion(self, case_id: int, agency: str, *, asked_at: datetime, due_on: date) -> Opinion: ...
    def opinions_of(self, case_id: int) -> Sequence[Opinion]: ...
    def opinions_overdue(self, today: date) -> Sequence[Opinion]: ...
    def cases_asked_of(self, agency: str, *, limit: int = 200) -> Sequence[Case]: ...
    def save_opinion(self, opinion: Opinion) -> None: ...

    # numbers, events, users
    def next_number(self, year: int, series: str) -> int:
        """The next number of a series in a year, without gaps: it is taken back if the transaction is."""
        ...

    def add_event(
        self, at: datetime, actor: str, action: str, *, case_id: int | None = None, message_id: int | None = None,
        **details: Any,
    ) -> None: ...  # fmt: skip
    def events_of(self, case_id: int) -> Sequence[EventRecord]: ...
    def events_between(self, start: datetime, end: datetime, actions: Iterable[str]) -> Sequence[EventRecord]: ...
    def add_user(
        self, name: str, *, full_name: str, role: Role, password_hash: str, agency: str | None = None
    ) -> User: ...
    def user(self, name: str, *, lock: bool = False) -> User | None: ...
    def users(self) -> Sequence[User]: ...
    def save_user(self, user: User) -> None: ...

    # figures for supervision
    def decided_between(self, start: datetime, end: datetime) -> Sequence[Figures]: ...


@dataclass(frozen=True, slots=True)
class Figures:
    """A case as supervision counts it; no personal data."""

    reference: str
    procedure: str | None
    arrived_at: datetime
    final_value: DecisionValue
    automatic: bool
    overturned: bool
    noticed_at: datetime | None
    refusal_codes: tuple[str, ...]


class Registry(Protocol):
    """The database behind one door."""

    def write(self) -> AbstractContextManager[Records]:
        """A transaction that commits when the block ends and leaves nothing when it raises. Raises Unavailable."""
        ...

    def read(self) -> AbstractContextManager[Records]:
        """A transaction that only looks."""
        ...

    def probe(self) -> str:
        """A short description of the part. Raises PortError."""
        ...
