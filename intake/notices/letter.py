"""What a letter says, before it is worded: the facts that the templates of every kind draw on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from models.case import Finding, NoticeKind, Severity, Submission
from models.catalogue import ALWAYS, Authority, Catalogue, Condition, Fee, Procedure, Requirement, Requisite, Term
from models.document import UNKNOWN, Document
from models.grammar import SOURCE_NAMES, clause_words, source_words
from models.mail import Attachment, PartStatus

BAKU = ZoneInfo("Asia/Baku")

_UNITS = {"days": "gün", "working_days": "iş günü", "months": "ay"}

_LONGEST_NAME = 80
_LONGEST_FILE = 70
#: Letters, apostrophes, hyphens and full stops that end a word; never an address or a number.
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼ -]|\.(?= |$))*")


@dataclass(frozen=True, slots=True)
class Office:
    """Who signs the letters. ``templates`` is a folder whose files replace the shipped wording, file by file."""

    authority: Authority
    templates: Path | None = None


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What heads a letter about a case. ``to`` is the address of the outermost message's sender, never another one."""

    to: str
    reference: str
    procedure: str | None = None
    registration: str | None = None
    applicant: str | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """A document recognised in a file; ``pages`` is empty where the file holds nothing else."""

    name: str
    pages: tuple[int, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class Required:
    """A paper that another authority asks for."""

    name: str
    count: int
    form: str  # "notariat qaydasında təsdiq edilmiş"
    guidance: str
    when: Condition


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file of the message and what it was recognised as."""

    file: str
    status: PartStatus
    contents: tuple[Contents, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything the templates may use. Times are in Asia/Baku; texts of the applicant are cleaned for display."""

    kind: NoticeKind
    office: Office
    reference: str
    issued_at: datetime
    to: str
    registration: str | None = None
    received_at: datetime | None = None
    applicant: str | None = None
    procedure: Procedure | None = None
    received: tuple[ReceivedFile, ...] = ()
    findings: tuple[Finding, ...] = ()
    unconsidered: tuple[str, ...] = ()
    due: date | None = None
    next_working_day: date | None = None
    requisites: tuple[Requisite, ...] = ()
    recipient: Authority | None = None  # where a redirected application belongs
    required: tuple[Required, ...] = ()  # what that authority asks for
    fees: tuple[Fee, ...] = ()
    terms: tuple[Term, ...] = ()
    granted: bool | None = None
    order_date: date | None = None
    order_number: str | None = None

    @classmethod
    def about(
        cls, case: CaseHead, kind: NoticeKind, catalogue: Catalogue, *, issued_at: datetime, office: Office
    ) -> Letter:
        """A letter with its head filled in."""
        return cls(
            kind=kind,
            office=office,
            reference=case.reference,
            issued_at=issued_at.astimezone(BAKU),
            to=case.to,
            registration=case.registration,
            received_at=case.received_at.astimezone(BAKU) if case.received_at else None,
            applicant=display_name(case.applicant),
            procedure=catalogue.procedures.get(case.procedure or ""),
        )

    @property
    def authority(self) -> Authority:
        return self.office.authority

    @property
    def source(self) -> str:
        """The short name of the law the procedure rests on; "" where the procedure is unknown."""
        return self.procedure.source if self.procedure else ""

    @property
    def skipped(self) -> tuple[str, ...]:
        """Files that are no documents: logos, signatures."""
        return tuple(each.file for each in self.received if each.status is PartStatus.SKIPPED)

    @property
    def files(self) -> tuple[ReceivedFile, ...]:
        return tuple(each for each in self.received if each.status is not PartStatus.SKIPPED)

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """Short and full names of the laws that the letter cites; receipts and redirects cite none."""
        if self.kind in (NoticeKind.RECEIPT, NoticeKind.REDIRECT):
            return ()
        cited = {self.source, *(str(f.clause).partition(" ")[0] for f in self.findings)}
        if self.granted is False:
            cited.add("DEC189")  # a rejected applicant may apply again under its paragraph 30
        return tuple((source_words(key), name) for key, name in SOURCE_NAMES.items() if key in cited)

    @property
    def requirement_clause(self) -> str:
        """The clause that lists what the procedure asks for: that of its first requirement."""
        return self.procedure.requirements[0].clause if self.procedure else ""

    def clause(self, role: str) -> str:
        """The clause the catalogue gives for a role ("refused", "again", "complaint"); "" where it gives none."""
        return self.procedure.clauses.get(role, "") if self.procedure else ""

    def cited(self, role: str) -> str:
        """That clause as it ends a sentence: " (Reqlamentin 3.2.1.2-ci yarımbəndi)"; "" where there is none."""
        clause = self.clause(role)
        return f" ({clause_words(clause)})" if clause else ""

    def term(self, key: str) -> str:
        """A term of the procedure in words, "5 gün"; "" where it has none of that key."""
        terms = self.procedure.terms if self.procedure else ()
        return next((term_words(each) for each in terms if each.key == key), "")


def display_file(name: str) -> str:
    """A sender's file name fit for a letter: no control or direction characters, not longer than a line."""
    clean = " ".join("".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in name).split())
    if len(clean) <= _LONGEST_FILE:
        return clean
    return f"{clean[: _LONGEST_FILE - 21]}…{clean[-20:]}"


def display_name(name: str | None) -> str | None:
    """A person's name as read, or None for what cannot be a name, so that no letter carries a stranger's text."""
    clean = " ".join(unicodedata.normalize("NFC", name or "").split())
    return clean if len(clean) <= _LONGEST_NAME and _NAME.fullmatch(clean) else None


def received_files(submission: Submission, catalogue: Catalogue) -> tuple[ReceivedFile, ...]:
    """The files of a submission in their order; a container stands only for itself when nothing came out of it."""
    return tuple(
        ReceivedFile(display_file(each.file), each.status, _contents(each, submission.documents, catalogue))
        for each in submission.attachments
        if not _opened_container(each, submission.attachments)
    )


def _opened_container(attachment: Attachment, others: Iterable[Attachment]) -> bool:
    return attachment.status is PartStatus.OK and any(o.file.startswith(attachment.file + "/") for o in others)


def _contents(attachment: Attachment, documents: Sequence[Document], catalogue: Catalogue) -> tuple[Contents, ...]:
    found: dict[tuple[str, tuple[int, ...]], int] = {}
    here = [d for d in documents if not d.is_blank and any(p.file == attachment.file for p in d.pages)]
    for document in here:
        pages = tuple(sorted({p.page for p in document.pages if p.file == attachment.file}))
        alone = attachment.pages <= 1 or len(here) == 1
        key = (document_name(document, catalogue), () if alone else pages)
        found[key] = found.get(key, 0) + 1
    return tuple(Contents(name, pages, count) for (name, pages), count in found.items())


def document_name(document: Document, catalogue: Catalogue) -> str:
    """The document's name in Azerbaijani; "" for an unknown one."""
    described = catalogue.document_types.get(document.type)
    if described is None or document.type == UNKNOWN:
        return ""
    subtypes = {each.key: each.name for each in described.subtypes}
    return subtypes.get(document.subtype or "") or described.name


def reported(findings: Iterable[Finding], severities: Sequence[Severity]) -> tuple[Finding, ...]:
    """The findings an applicant is told, the weightiest first, each once."""
    kept = {(f.severity, f.code, f.clause, f.text): f for f in findings if f.severity in severities}
    return tuple(sorted(kept.values(), key=lambda f: severities.index(f.severity)))


def requisites_on(procedure: Procedure | None, day: date, findings: Iterable[Finding]) -> tuple[Requisite, ...]:
    """The payment details of a day, where a finding is about the state duty; else none."""
    about_duty = any(f.code.startswith("duty_") or f.document == "state_duty_receipt" for f in findings)
    if procedure is None or not about_duty:
        return ()
    return tuple(each for each in procedure.requisites if each.in_force.on(day))


def term_words(term: Term) -> str:
    """A length of time: "5 gün", "3 iş günü", "1 ay"."""
    return f"{term.amount} {_UNITS[term.unit]}"


def required_on(procedure: Procedure, day: date, catalogue: Catalogue) -> tuple[Required, ...]:
    """What a procedure asks for on a day, by name."""
    return tuple(
        Required(_requirement_name(each, catalogue), each.count, each.originals, each.guidance, each.when)
        for each in procedure.requirements
        if each.in_force.on(day)
    )


def _requirement_name(requirement: Requirement, catalogue: Catalogue) -> str:
    names = [catalogue.document_types[key].name for key in requirement.documents if key in catalogue.document_types]
    return requirement.name or " və ya ".join(names)


def costs_on(procedure: Procedure, day: date) -> tuple[tuple[Fee, ...], tuple[Term, ...]]:
    """The fees and terms of a procedure on a day, without terms that only repeat the condition of a fee."""
    fees = tuple(each for each in procedure.fees if each.in_force.on(day))
    priced = {str(each.when) for each in fees if each.when != ALWAYS}
    return fees, tuple(each for each in procedure.terms if str(each.when) not in priced)
