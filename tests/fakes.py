"""A service with fakes behind its slow doors: the registry and the store are the real embedded ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

from intake.casework.check import check, check_failed
from intake.casework.read import read, reading_failed
from intake.casework.send import send, sending_failed
from intake.casework.service import Practice, Service
from intake.ports import Clock, NotFound, Outgoing, Postman, Queue, Reader, Work
from intake.registry import SqlRegistry
from intake.scan import NoScanner
from intake.storage import FolderStore
from models.case import (
    Applicant,
    Assessment,
    Decision,
    DecisionValue,
    Finding,
    Notice,
    NoticeKind,
    ReviewReason,
    Severity,
    Submission,
)
from models.catalogue import Term
from models.document import Document, Field, PagePlace
from models.examination import Examining
from models.mail import Attachment, Message, MessageKind
from models.office import Case, MailPlace, NoticeRecord
from models.sheet import ReadingCost

MONTH = Term("opinion", 1, "months", "REG28 3.3.1.4")
ALL = frozenset(DecisionValue) - {DecisionValue.REVIEW}
ACTIONS: dict[Work, tuple[Callable[..., None], Callable[..., None]]] = {
    Work.READ: (read, reading_failed),
    Work.CHECK: (check, check_failed),
    Work.SEND: (send, sending_failed),
}
_KINDS = {
    DecisionValue.ACCEPTED: NoticeKind.ACCEPTANCE,
    DecisionValue.REFUSED: NoticeKind.REFUSAL,
    DecisionValue.DEFICIENCY: NoticeKind.DEFICIENCY,
    DecisionValue.REDIRECTED: NoticeKind.REDIRECT,
}


def mail(
    decision: str, sender: str = "aysel@example.az", *, name: str = "Aysel Quliyeva", papers: str = "form,passport",
    body: str = "", **headers: str,
) -> bytes:  # fmt: skip
    """A message that ``read_fake`` understands: its decision stands in a header, its papers in another."""
    message = EmailMessage()
    message["From"], message["To"] = sender, "office@example.gov.az"
    message["Subject"] = headers.pop("subject", f"Ərizə {decision}")
    message["Message-ID"] = headers.pop(
        "message_id", f"<{hashlib.md5(repr((decision, sender, name, papers, body)).encode()).hexdigest()}@example.az>"
    )
    message["X-Decision"], message["X-Name"], message["X-Papers"] = decision, name, papers
    for key, value in headers.items():
        message[key.replace("_", "-")] = value
    message.set_content(body)
    return bytes(message)


@dataclass(frozen=True)
class FakeReading:
    submission: Submission
    cost: ReadingCost = field(default_factory=ReadingCost)


def read_fake(raw: bytes, file: str) -> FakeReading:
    """Documents named in X-Papers; each carries the decision it will lead to."""
    parsed = message_from_bytes(raw, policy=default)
    if "X-Crash" in parsed:
        raise RuntimeError("the reader broke")
    surname, _, given = str(parsed["X-Name"]).rpartition(" ")[::-1]
    decision = str(parsed["X-Decision"])
    documents = tuple(
        _document(paper, given, surname, decision) for paper in str(parsed["X-Papers"]).split(",") if paper
    )
    files = tuple(
        Attachment(f"{d.type}.pdf", hashlib.sha256(raw + d.type.encode()).hexdigest(), 1, "application/pdf", pages=1)
        for d in documents
    )
    message = Message(
        file,
        message_id=str(parsed["Message-ID"]),
        sender=parseaddr(str(parsed["From"]))[1],
        subject=str(parsed["Subject"]),
        in_reply_to=str(parsed["In-Reply-To"]) if "In-Reply-To" in parsed else None,
        references=tuple(str(parsed.get("References", "")).split()),
        text=parsed.get_content(),
        kind=MessageKind(str(parsed.get("X-Kind", "application"))),
    )
    return FakeReading(Submission(message, files, documents))


def _document(paper: str, surname: str, given: str, decision: str) -> Document:
    type_ = "application_form_acquisition" if paper == "form" else paper
    file = f"{type_}.pdf"
    fields = {
        "surname": Field(surname, confidence=0.99, file=file, page=1),
        "given_name": Field(given, confidence=0.99, file=file, page=1),
        "wish": Field(decision, confidence=0.9, file=file, page=1),
    }
    return Document(type_, (PagePlace(file, 1),), confidence=0.99, fields=fields)


def assess_fake(submission: Submission, received_on: date) -> Assessment:
    """The last document's wish is the decision; a refusal and a deficiency have one finding, about the passport."""
    wishes = [str(d.value("wish")) for d in submission.documents if d.get("wish")] or ["review"]
    value = DecisionValue(wishes[-1])
    severity = {"refused": Severity.REFUSAL, "deficiency": Severity.DEFICIENCY}.get(value.value)
    findings = (Finding("document_expired", severity, "REG28 2.6.1.3", document="passport"),) if severity else ()
    if submission.duplicate_of:
        findings += (Finding("duplicate", Severity.NOTE, case=submission.duplicate_of, text="eyni məktub"),)
    reasons = (ReviewReason.OTHER,) if value is DecisionValue.REVIEW else ()
    return Assessment(
        Decision(value, 0.99, reasons),
        procedure="citizenship_acquisition",
        received_on=received_on,
        applicant=Applicant("Quliyeva Aysel"),
        findings=findings,
    )


def compose_fake(
    assessment: Assessment, submission: Submission, *, reference: str, registration: str | None, issued_at: datetime,
    due: date | None,
) -> Notice | None:  # fmt: skip
    kind = _KINDS.get(assessment.decision.value)
    to = submission.message.answer_to
    if kind is None or to is None:
        return None
    return Notice(kind, to, f"{reference} {kind.value}", f"{registration} {due}", "", reference, registration)


def tell_fake(notice: NoticeRecord, case: Case, submission: Submission, *, issued_at: datetime) -> Notice | None:
    to = submission.message.answer_to
    if to is None:
        return None
    text = f"{notice.registration} {notice.order_date} {notice.order_number}"
    return Notice(notice.kind, to, f"{case.reference} {notice.kind.value}", text, "", case.reference)


def pack_fake(notice: Notice, answers: Message, *, message_id: str, date: datetime) -> Outgoing:
    text = f"Message-ID: {message_id}\r\nSubject: {notice.subject}\r\n\r\n{notice.text}\r\n"
    return Outgoing(message_id, notice.to, "bounces@example.gov.az", text.encode())


@dataclass
class FakeClock:
    at: datetime = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass
class FakeQueue:
    """Remembers what it was asked; loses it when told to."""

    asked: list[tuple[Work, int]] = field(default_factory=list)
    lossy: bool = False

    def put(self, work: Work, id_: int) -> None:
        if not self.lossy and (work, id_) not in self.asked:
            self.asked.append((work, id_))

    def recover(self) -> int:
        return 0

    def probe(self) -> str:
        return "fake"


@dataclass
class FakePostman:
    """Keeps letters; ``trouble`` is raised before or (``late``) after the letter was handed over."""

    letters: list[Outgoing] = field(default_factory=list)
    trouble: Exception | None = None
    late: bool = False
    marks: bool = True

    def deliver(self, letter: Outgoing, handing_over: Callable[[], None]) -> str:
        if self.trouble is not None and not self.late:
            raise self.trouble
        if self.marks:
            handing_over()
        self.letters.append(letter)
        if self.trouble is not None:
            raise self.trouble
        return f"letter {len(self.letters)}"

    def probe(self) -> str:
        return "fake"


@dataclass
class FakeMailbox:
    """Messages by UID; acknowledged ones stay so that a second look can be tried."""

    mails: dict[str, bytes] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    validity: str = "1"

    def waiting(self) -> Sequence[MailPlace]:
        return [
            MailPlace("fake", self.validity, uid, len(raw)) for uid, raw in self.mails.items() if uid not in self.taken
        ]

    def fetch(self, place: MailPlace, limit: int) -> bytes:
        try:
            return self.mails[place.uid][:limit]
        except KeyError:
            raise NotFound("gone") from None

    def acknowledge(self, place: MailPlace) -> None:
        self.taken.append(place.uid)

    def wait(self, seconds: float, ended: Callable[[], bool]) -> None: ...

    def close(self) -> None: ...

    def probe(self) -> str:
        return "fake"


@dataclass
class World:
    """A service and the fakes behind it."""

    service: Service
    queue: FakeQueue
    postman: FakePostman
    clock: FakeClock
    mailbox: FakeMailbox = field(default_factory=FakeMailbox)

    def work(self) -> None:
        """Do all the work that was asked for, as workers would, failures told."""
        while self.queue.asked:
            work, id_ = self.queue.asked.pop(0)
            action, failed = ACTIONS[work]
            try:
                action(self.service, id_)
            except Exception as error:  # noqa: BLE001
                failed(self.service, id_, type(error).__name__)


def make_world(folder: Path, **practice: object) -> World:
    """A fresh world in a folder: all decisions automatic and no grace time unless told otherwise."""
    queue, postman, clock = FakeQueue(), FakePostman(), FakeClock()
    service = make_service(folder, queue=queue, postman=postman, clock=clock, reader=read_fake, **practice)
    return World(service, queue, postman, clock)


def make_service(
    folder: Path, *, queue: Queue, postman: Postman, clock: Clock, reader: Reader, **practice: object
) -> Service:
    """A service on a real registry and store in a folder, with the doors that it is given and fake law and letters."""
    registry = SqlRegistry(f"sqlite:///{folder / 'intake.db'}")
    registry.migrate()
    rules = {"automatic": ALL, "grace": timedelta(0), "domain": "example.gov.az"} | practice
    return Service(
        registry=registry,
        store=FolderStore(folder / "objects"),
        queue=queue,
        postman=postman,
        scanner=NoScanner(),
        clock=clock,
        reader=reader,
        assess=assess_fake,
        compose=compose_fake,
        tell=tell_fake,
        pack=pack_fake,
        answer_term=lambda _, day: day + timedelta(days=5),
        examined=lambda procedure: Examining("REG28", MONTH) if procedure == "citizenship_acquisition" else None,
        register=lambda _: "VƏ",
        practice=Practice(**rules),  # type: ignore[arg-type]
    )
