"""What a letter says, before it is worded: the facts that the templates of every kind draw on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from intake.notices.foreign import display_name
from models.case import Finding, NoticeKind
from models.catalogue import Authority, Catalogue, Condition, Fee, Procedure, Requisite, Term
from models.grammar import SOURCE_NAMES, clause_words, source_words
from models.mail import PartStatus
from models.office import BAKU

_UNITS = {"days": "gün", "working_days": "iş günü", "months": "ay"}


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


def term_words(term: Term) -> str:
    """A length of time: "5 gün", "3 iş günü", "1 ay"."""
    return f"{term.amount} {_UNITS[term.unit]}"
