"""A submission, what was concluded from it and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from models.document import Document, Field
from models.mail import Attachment, Message


class Severity(StrEnum):
    REFUSAL = "refusal"
    DEFICIENCY = "deficiency"
    REVIEW = "review"
    NOTE = "note"
    REDIRECT = "redirect"


class DecisionValue(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DEFICIENCY = "deficiency"
    REVIEW = "review"
    REDIRECTED = "redirected"
    IGNORED = "ignored"


class Remark(StrEnum):
    """Why no rule decides, where ``ReviewReason.OTHER`` says no more than that."""

    HALF_A_NUMBER = "half_a_number"
    NO_DECLARATIONS = "no_declarations"
    FOREIGN_FORM = "foreign_form"
    PHOTO_IN_BOX = "photo_in_box"
    LIVES_ABROAD = "lives_abroad"
    MORE_TO_COME = "more_to_come"
    TAKEN_BACK = "taken_back"
    ASKS = "asks"
    NO_LAW = "no_law"
    MACHINE_MADE = "machine_made"
    NO_MESSAGE = "no_message"
    NOTHING_ENCLOSED = "nothing_enclosed"
    OTHER_AUTHORITY = "other_authority"
    FOREIGN_CARD = "foreign_card"


class ReviewReason(StrEnum):
    UNKNOWN_PAGE = "unknown_page"
    ILLEGIBLE_PAGE = "illegible_page"
    LOW_CONFIDENCE = "low_confidence"
    CATEGORY_UNCLEAR = "category_unclear"
    PROCEDURE_UNCLEAR = "procedure_unclear"
    CONTRADICTION = "contradiction"
    CASE_UNKNOWN = "case_unknown"
    UNSAFE_FILE = "unsafe_file"
    SEVERAL_APPLICANTS = "several_applicants"
    CANNOT_SIGN = "cannot_sign"
    OTHER = "other"


class Category(StrEnum):
    """Applicant categories (procedures.md)."""

    FOREIGNER = "foreigner"
    REFUGEE = "refugee"
    STATELESS_BY_COURT = "stateless_by_court"
    HIGH_ACHIEVER = "high_achiever"
    TREATY_CITIZEN = "treaty_citizen"


@dataclass(frozen=True, slots=True)
class Submission:
    """Everything that arrived and everything read from it; the only input of the rules besides the day.

    ``stated`` holds facts read from the letter's text (``residence_card_number``). ``duplicate_of`` is the reference
    of the case that the same message of the same person opened before.
    """

    message: Message
    attachments: tuple[Attachment, ...] = ()
    documents: tuple[Document, ...] = ()
    stated: Mapping[str, Field] = field(default_factory=dict)
    duplicate_of: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the law or the office has to say about a submission (casework.md, Findings).

    ``text`` is the sentence the applicant reads, in Azerbaijani. ``confidence`` is how sure the finding is.
    """

    code: str
    severity: Severity
    clause: str | None = None
    document: str | None = None
    field: str | None = None
    file: str | None = None
    count: int | None = None
    case: str | None = None
    text: str = ""
    confidence: float = 1.0


class RequirementStatus(StrEnum):
    MET = "met"
    MISSING = "missing"
    UNCERTAIN = "uncertain"
    NOT_REQUIRED = "not_required"


@dataclass(frozen=True, slots=True)
class RequirementOutcome:
    """How one requirement of the day was met: by which pages, with what certainty, under which clause."""

    key: str
    clause: str
    status: RequirementStatus
    confidence: float = 1.0
    pages: tuple[tuple[str, int], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    name: str | None = None
    category: Category = Category.FOREIGNER
    confidence: float = 0.0
    residence_card_number: Field | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    value: DecisionValue
    confidence: float = 1.0
    review_reasons: tuple[ReviewReason, ...] = ()

    @property
    def automatic(self) -> bool:
        """Contract: every decision but ``review`` can be taken without a clerk."""
        return self.value is not DecisionValue.REVIEW


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules concluded from a submission on a day, explained."""

    decision: Decision
    procedure: str | None = None
    procedure_confidence: float = 0.0
    catalogue_version: str | None = None
    received_on: date | None = None
    applicant: Applicant = field(default_factory=Applicant)
    findings: tuple[Finding, ...] = ()
    requirements: tuple[RequirementOutcome, ...] = ()
    unconsidered: tuple[str, ...] = ()  # open parts that an acceptance lists as not considered
    remarks: tuple[Remark, ...] = ()  # what stands behind the reason ``other``, for the clerk


class NoticeKind(StrEnum):
    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"
    DEFICIENCY = "deficiency"
    REDIRECT = "redirect"
    RECEIPT = "receipt"
    FORWARDED = "forwarded"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice ready to be sent; ``pdf`` is the one-page enclosure."""

    kind: NoticeKind
    to: str
    subject: str
    text: str
    html: str = ""
    reference: str = ""
    registration: str | None = None
    pdf: bytes = b""
