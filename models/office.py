"""What the office keeps: messages that arrived, cases, readings, decisions, outgoing notices, events, users."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from models.case import Assessment, DecisionValue, NoticeKind, ReviewReason, Submission
from models.sheet import ReadingCost

BAKU = ZoneInfo("Asia/Baku")  # where the office is: its days and hours are meant there
PROGRAM = "program"  # the actor of everything no person did


class MessageState(StrEnum):
    """How far a message that arrived has come."""

    RECEIVED = "received"  # its bytes are safe, nobody has read it yet
    READ = "read"
    REPEATED = "repeated"  # byte for byte an earlier message
    DUPLICATE = "duplicate"  # the same words and files as an earlier message of its sender
    FAILED = "failed"  # given up after several attempts: a person looks at it


class CaseState(StrEnum):
    """Where a case stands. From ``REGISTERED`` on it is in examination (casework.md, After acceptance)."""

    GATHERING = "gathering"  # something arrived or was corrected that no decision covers yet
    REVIEW = "review"  # a clerk verifies
    PREPARED = "prepared"  # decided; the notice waits for a clerk's key
    REGISTERED = "registered"
    AWAITING_CORRECTION = "awaiting_correction"
    UNDER_EXAMINATION = "under_examination"
    SENT_FOR_OPINIONS = "sent_for_opinions"
    OPINIONS_RECEIVED = "opinions_received"
    SERVICE_OPINION = "service_opinion"
    SENT_TO_COMMISSION = "sent_to_commission"
    GRANTED = "granted"
    REJECTED = "rejected"
    REFUSED = "refused"
    REDIRECTED = "redirected"
    IGNORED = "ignored"
    CLOSED = "closed"  # settled by a clerk without a notice


class NoticeState(StrEnum):
    """Where an outgoing notice stands."""

    WAITING_CLERK = "waiting_clerk"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"  # refused by the mail server or tried too often: a person looks at it
    UNCONFIRMED = "unconfirmed"  # handed to a mail server that never confirmed: only a person may send it again
    WITHDRAWN = "withdrawn"  # never sent, because a newer decision replaced it


class Role(StrEnum):
    """Who may do what in the desk (casework.md, Roles)."""

    REGISTRAR = "registrar"
    EXAMINER = "examiner"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class MailPlace:
    """The identity of a message in a mailbox: the mailbox, its UIDVALIDITY and the UID. ``size`` in bytes."""

    mailbox: str
    uid_validity: str
    uid: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message that arrived. ``sha256`` is the key of its bytes in the object store.

    ``content`` is a hash of what a person would call the same message (sender, subject, text, files); it is known
    once the message was read. ``retry_at`` is set while a failed attempt waits for the next.
    """

    id: int
    mailbox: str
    uid_validity: str
    uid: str
    sha256: str
    size: int
    reference: str
    arrived_at: datetime
    message_id: str | None = None
    sender: str | None = None
    state: MessageState = MessageState.RECEIVED
    attempts: int = 0
    retry_at: datetime | None = None
    failure: str | None = None
    content: str | None = None
    case_id: int | None = None
    decision_id: int | None = None

    @property
    def file(self) -> str:
        """The name under which results speak of this message."""
        return f"{self.reference}.eml"


@dataclass(frozen=True, slots=True)
class Case:
    """One submission and everything that followed. ``check_due_at`` is None when nothing waits to be decided.

    ``doubt`` is a reason that makes any decision of the program ``review`` until a clerk settles it. ``held`` says
    (in English) why no decision may leave without a clerk's key, ``attention`` why a person must look at the case
    although a decision was taken.
    """

    id: int
    reference: str
    opened_at: datetime
    sender: str | None = None
    answer_to: str | None = None
    procedure: str | None = None
    applicant_name: str | None = None
    state: CaseState = CaseState.GATHERING
    value: DecisionValue | None = None
    decision_id: int | None = None
    check_due_at: datetime | None = None
    attempts: int = 0
    registration: str | None = None
    answer_until: date | None = None
    doubt: ReviewReason | None = None
    held: str | None = None
    attention: str | None = None
    linked_case_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingRecord:
    """One version of what is known of a case; append-only.

    A reading by the program adds what one message holds (and ``supersedes`` document types that were at fault
    before); a reading by a clerk (``message_id`` None) replaces everything before it.
    """

    id: int
    case_id: int
    version: int
    at: datetime
    actor: str
    submission: Submission
    message_id: int | None = None
    supersedes: tuple[str, ...] = ()
    cost: ReadingCost = field(default_factory=ReadingCost)


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A decision on a case; the ``seq``-th. ``automatic`` says whether it left without a clerk."""

    id: int
    case_id: int
    seq: int
    value: DecisionValue
    assessment: Assessment
    reading_version: int
    at: datetime
    actor: str = PROGRAM
    automatic: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """A row of the outbox. ``place`` says where the sent notice lies; ``sent_sha256`` is its copy in the store.

    ``order_date`` and ``order_number`` are those of the presidential order that a notice of the result tells of.
    """

    id: int
    case_id: int
    decision_id: int
    kind: NoticeKind
    state: NoticeState
    recipient: str | None
    message_id: str
    prepared_at: datetime
    registration: str | None = None
    issued_at: datetime | None = None
    issued_by: str | None = None
    answer_until: date | None = None
    attempts: int = 0
    retry_at: datetime | None = None
    failure: str | None = None
    handed_over_at: datetime | None = None
    sent_at: datetime | None = None
    place: str | None = None
    sent_sha256: str | None = None
    order_date: date | None = None
    order_number: str | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """What an agency was asked about a case, until when (the last day) and what it said."""

    id: int
    case_id: int
    agency: str
    asked_at: datetime
    due_on: date
    given_at: datetime | None = None
    given_by: str | None = None
    favourable: bool | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One line of the audit log; append-only. ``actor`` is ``program`` or a desk user's name."""

    id: int
    at: datetime
    actor: str
    action: str
    case_id: int | None = None
    message_id: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class User:
    """A desk user. ``agency`` names the authority whose cases an agency user sees."""

    id: int
    name: str
    full_name: str
    role: Role
    password_hash: str
    active: bool = True
    agency: str | None = None
    failures: int = 0
    locked_until: datetime | None = None
