"""Builds everything from the settings; the only place that names concrete classes.

Build once per process, and after any fork: connections do not survive one. Readers and letters take seconds to load
(engines, page layout), so they are imported when first needed; ``preload`` does it before a fork. So are the clients of
servers, which take as long and which a single message (``one_shot``) never meets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from extractors.calibration import field_calibration
from intake.casework.service import Practice, Service
from intake.ports import Mailbox, ObjectStore, Outgoing, Postman, Reader, ReadMessage, Scanner, Unavailable
from intake.scan import ClamdScanner, NoScanner
from intake.settings import Settings
from models.calibration import Calibration
from models.case import Assessment, Notice, NoticeKind, Submission
from models.catalogue import Authority, Catalogue, Term
from models.mail import Message
from models.office import BAKU, Case, NoticeRecord
from rules import Policy, assess
from rules.catalogue import load_catalogue
from rules.examination import examined
from rules.terms import deadline, last_day

if TYPE_CHECKING:
    from redis import Redis

    from intake.notices import Office
    from intake.oneshot import OneShot
    from intake.queue import EmbeddedValkey, RqQueue
    from intake.registry import SqlRegistry

_CORRECTION = Term("correction", 5, "days", "REG28 3.3.2.2")
_MEGABYTE = 1 << 20
_REDIS_SECONDS = 15


@cache
def catalogue() -> Catalogue:
    """The catalogue, read once per process."""
    return load_catalogue()


def office(settings: Settings) -> Office:
    """Who signs the letters. Raises Unavailable for an authority the catalogue does not know."""
    from intake.notices import Office

    return Office(authority(settings), settings.templates)


def authority(settings: Settings) -> Authority:
    """The authority that this office is, under its own address. Raises Unavailable for an unknown one."""
    found = catalogue().authorities.get(settings.authority)
    if found is None:
        known = ", ".join(sorted(catalogue().authorities))
        raise Unavailable(f"the catalogue has no authority {settings.authority!r}", f"set INTAKE_AUTHORITY: {known}")
    return replace(found, email=settings.address or found.email)


def one_shot(settings: Settings, calibration: Calibration | None = None) -> OneShot:
    """What processes single messages without server or state; ``calibration`` replaces the one that ships."""
    from intake.oneshot import OneShot

    return OneShot(catalogue(), policy(settings), office(settings), calibration)


def service(settings: Settings) -> Service:
    """The service on the configured parts."""
    ours = authority(settings)
    return Service(
        registry=registry(settings),
        store=store(settings),
        queue=queue(settings),
        postman=postman(settings),
        scanner=scanner(settings),
        clock=now,
        reader=_lazy_reader(),
        assess=_Assess(policy(settings)),
        compose=_Compose(settings),
        tell=_Tell(settings),
        pack=_Pack(ours, settings.bounces),
        answer_term=_answer_term,
        examined=lambda procedure: examined(procedure, catalogue()),
        register=_register,
        practice=practice(settings, ours),
    )


def policy(settings: Settings) -> Policy:
    """What the office set of the deciding engine."""
    chosen = Policy(authority=settings.authority, treaty_states=settings.treaty_states)
    return chosen.aiming_at(settings.target_accuracy)


def practice(settings: Settings, authority: Authority) -> Practice:
    """The office's own rules as the settings have them."""
    return Practice(
        automatic=settings.automatic,
        grace=timedelta(minutes=settings.grace_minutes),
        notice_cap=settings.notice_cap,
        duplicate=timedelta(days=settings.duplicate_days),
        attempts=settings.attempts,
        message_limit=settings.message_limit_mb * _MEGABYTE,
        address=authority.email,
        domain=authority.email.rpartition("@")[2] or "localhost",
        receipts=settings.receipts,
        certain=field_calibration().threshold(settings.target_accuracy),
    )


def now() -> datetime:
    return datetime.now(UTC)


# --- the parts -------------------------------------------------------------------------------------------------------


def registry(settings: Settings) -> SqlRegistry:
    from intake.registry import SqlRegistry

    return SqlRegistry(settings.database or f"sqlite:///{settings.data / 'intake.db'}")


def store(settings: Settings) -> ObjectStore:
    from intake.storage import FolderStore, S3Store

    url = urlsplit(settings.objects)
    if url.scheme in ("s3", "s3+http"):
        return S3Store(settings.objects)
    default = settings.data / "objects"
    return FolderStore(_folder(settings.objects, "folder", default, "object store", "s3://KEY:SECRET@HOST/BUCKET"))


def queue(settings: Settings) -> RqQueue:
    """A client of the queue; for the embedded one ``start_queue`` must have been called somewhere."""
    from intake.queue import RqQueue

    return RqQueue(redis(settings, timeout=_REDIS_SECONDS), settings.job_minutes * 60)


def redis(settings: Settings, *, timeout: float | None = None) -> Redis:
    """A connection for RQ; a worker waits longer than any timeout of ours and passes none."""
    from redis import Redis

    from intake.queue import embedded_socket

    url = settings.queue or f"unix://{embedded_socket(_valkey_folder(settings))}"
    try:
        return Redis.from_url(url, socket_timeout=timeout, socket_connect_timeout=10)
    except ValueError as error:
        raise Unavailable("the queue URL cannot be understood", "write redis://HOST or unix:///SOCKET") from error


def start_queue(settings: Settings) -> EmbeddedValkey | None:
    """Make sure that the embedded Valkey lives, as our child or another's; None when a server is configured."""
    from intake.queue import EmbeddedValkey

    if settings.queue:
        return None
    valkey = EmbeddedValkey(_valkey_folder(settings))
    valkey.ensure()
    return valkey


def mailbox(settings: Settings) -> Mailbox:
    from intake.mail import ImapMailbox, MaildirMailbox

    if settings.mailbox.startswith("imap"):
        return ImapMailbox(settings.mailbox)
    default = settings.data / "mailbox"
    folder = _folder(settings.mailbox, "maildir", default, "mailbox", "imaps://USER:PASSWORD@HOST/FOLDER")
    box = MaildirMailbox(folder)
    box.prepare()
    return box


def postman(settings: Settings) -> Postman:
    from intake.mail import MaildirPostman, SmtpPostman

    if settings.outgoing.startswith("smtp"):
        return SmtpPostman(settings.outgoing)
    default = settings.data / "outbox"
    other = "smtp+starttls://USER:PASSWORD@HOST"
    return MaildirPostman(_folder(settings.outgoing, "maildir", default, "outgoing mail", other))


def scanner(settings: Settings) -> Scanner:
    if settings.scanner in ("", "none"):
        return NoScanner()
    if urlsplit(settings.scanner).scheme == "clamd":
        return ClamdScanner(settings.scanner)
    raise Unavailable("the scanner URL cannot be understood", "write none, clamd:///SOCKET or clamd://HOST:PORT")


def prepare(settings: Settings) -> None:
    """Make what a first start needs: data folder, database schema, bucket. Repeating it is harmless."""
    prepare_database(settings)
    prepare_store(settings)


def prepare_database(settings: Settings) -> None:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    registry(settings).migrate()


def prepare_store(settings: Settings) -> None:
    from intake.storage import S3Store

    objects = store(settings)
    if isinstance(objects, S3Store):
        objects.prepare()


def _valkey_folder(settings: Settings) -> Path:
    return settings.data / "valkey"


def _folder(url: str, scheme: str, default: Path, part: str, other: str) -> Path:
    """The folder of an embedded part; ``other`` is how the address of its deployed twin is written."""
    if not url:
        return default
    parts = urlsplit(url)
    if parts.scheme != scheme or not parts.path:
        raise Unavailable(f"the {part} URL cannot be understood", f"write {scheme}:///PATH or {other}")
    return Path(parts.path)


# --- reading, law and letters ----------------------------------------------------------------------------------------


def preload() -> None:
    """Load what the work-horses of a worker share, before they are forked."""
    for module in ("intake.casework.reading", "intake.notices", "intake.registry", "intake.storage", "intake.mail"):
        import_module(module)
    catalogue()


def _lazy_reader() -> Reader:
    """A reader that loads its engines when the first message comes, so that only readers pay for them."""

    @cache
    def reader() -> Reader:
        from intake.casework.reading import Reader as MessageReader

        return MessageReader(catalogue()).read_message

    def read_message(raw: bytes, file: str) -> ReadMessage:
        return reader()(raw, file)

    return read_message


@dataclass(frozen=True, slots=True)
class _Assess:
    policy: Policy

    def __call__(self, submission: Submission, received_on: date) -> Assessment:
        return assess(submission, catalogue(), received_on, self.policy)


def _register(procedure: str | None) -> str:
    """The catalogue's letters of a procedure, else its key, else those of the general register."""
    found = catalogue().procedures.get(procedure or "")
    return (found.series or found.key) if found else "Ü"


def _answer_term(procedure: str | None, day: date) -> date:
    """The term ``correction`` of the procedure, else the five days of REG28 3.3.2.2."""
    found = catalogue().procedures.get(procedure or "")
    terms = {term.key: term for term in found.terms} if found else {}
    return deadline(day, terms.get("correction", _CORRECTION)).day


@dataclass(frozen=True, slots=True)
class _Compose:
    settings: Settings

    def __call__(
        self,
        assessment: Assessment,
        submission: Submission,
        *,
        reference: str,
        registration: str | None,
        issued_at: datetime,
        due: date | None,
    ) -> Notice | None:
        from intake.notices import compose

        return compose(
            assessment,
            submission,
            catalogue(),
            reference=reference,
            registration=registration,
            issued_at=issued_at,
            office=office(self.settings),
            due=due,
            next_working_day=last_day(due).shown if due else None,
        )


@dataclass(frozen=True, slots=True)
class _Tell:
    settings: Settings

    def __call__(
        self, notice: NoticeRecord, case: Case, submission: Submission, *, issued_at: datetime
    ) -> Notice | None:
        from intake import notices

        ours = office(self.settings)
        if notice.kind is NoticeKind.RECEIPT:
            return notices.receipt(submission, catalogue(), reference=case.reference, issued_at=issued_at, office=ours)
        to = submission.message.answer_to
        if to is None:
            return None
        head = notices.CaseHead(
            to, case.reference, case.procedure, notice.registration, case.applicant_name, submission.message.received_at
        )
        if notice.kind is NoticeKind.FORWARDED:
            return notices.forwarded(head, catalogue(), issued_at=issued_at, office=ours)
        return notices.result(
            head,
            catalogue(),
            granted=notice.order_date is not None,
            order_date=notice.order_date,
            order_number=notice.order_number,
            issued_at=issued_at,
            office=ours,
        )


@dataclass(frozen=True, slots=True)
class _Pack:
    authority: Authority
    bounces: str

    def __call__(self, notice: Notice, answers: Message, *, message_id: str, date: datetime) -> Outgoing:
        from intake.notices import bounce_address, to_message

        mail = to_message(
            notice,
            in_reply_to=answers.message_id,
            references=answers.references,
            message_id=message_id,
            office=self.authority,
            date=date.astimezone(BAKU),
        )
        envelope_from = self.bounces or bounce_address(notice.reference, self.authority)
        return Outgoing(message_id, notice.to, envelope_from, bytes(mail))
