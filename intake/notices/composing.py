"""From a decision, or a step of a case, to the notice that tells the applicant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from intake.notices.facts import costs_on, not_considered, received_files, reported, required_on, requisites_on
from intake.notices.letter import CaseHead, Letter, Office
from intake.notices.wording import render
from models.case import Assessment, DecisionValue, Notice, NoticeKind, Severity, Submission
from models.catalogue import Catalogue

_KINDS = {
    DecisionValue.ACCEPTED: NoticeKind.ACCEPTANCE,
    DecisionValue.REFUSED: NoticeKind.REFUSAL,
    DecisionValue.DEFICIENCY: NoticeKind.DEFICIENCY,
    DecisionValue.REDIRECTED: NoticeKind.REDIRECT,
}


def compose(
    assessment: Assessment,
    submission: Submission,
    catalogue: Catalogue,
    *,
    reference: str,
    registration: str | None,
    issued_at: datetime,
    office: Office,
    due: date | None = None,
    next_working_day: date | None = None,
) -> Notice | None:
    """The notice of a decision; None for ``review`` and ``ignored`` and where there is no address to write to.

    ``registration`` is printed on acceptance and deficiency only. ``due`` is the last day of the 5 days of REG28
    3.3.2.2; ``next_working_day`` the working day after it where it is none. ``issued_at`` must know its time zone.
    """
    kind = _KINDS.get(assessment.decision.value)
    case = _head(submission, assessment, reference, registration)
    if kind is None or case is None:
        return None
    letter = Letter.about(case, kind, catalogue, issued_at=issued_at, office=office)
    letter = replace(letter, received=received_files(submission, catalogue))
    day = assessment.received_on or letter.issued_at.date()
    match kind:
        case NoticeKind.REDIRECT:
            letter = _redirecting(replace(letter, registration=None), catalogue, day)
        case NoticeKind.REFUSAL:
            letter = _reporting(replace(letter, registration=None), assessment, day)
        case NoticeKind.DEFICIENCY:
            letter = _reporting(replace(letter, due=due, next_working_day=next_working_day), assessment, day)
        case _:
            letter = replace(letter, unconsidered=not_considered(assessment.unconsidered, submission.attachments))
    return render(letter)


def receipt(
    submission: Submission,
    catalogue: Catalogue,
    *,
    reference: str,
    issued_at: datetime,
    office: Office,
    assessment: Assessment | None = None,
) -> Notice | None:
    """What an office may send on arrival: that the message is there and will be looked at, and nothing more."""
    case = _head(submission, assessment, reference, None)
    if case is None:
        return None
    letter = Letter.about(case, NoticeKind.RECEIPT, catalogue, issued_at=issued_at, office=office)
    return render(replace(letter, received=received_files(submission, catalogue)))


def forwarded(case: CaseHead, catalogue: Catalogue, *, issued_at: datetime, office: Office) -> Notice:
    """The materials went to the Commission (REG28 3.3.1.7)."""
    letter = Letter.about(case, NoticeKind.FORWARDED, catalogue, issued_at=issued_at, office=office)
    return render(letter)


def result(
    case: CaseHead,
    catalogue: Catalogue,
    *,
    granted: bool,
    order_date: date | None = None,
    order_number: str | None = None,
    issued_at: datetime,
    office: Office,
) -> Notice:
    """How it ended (REG28 3.3.4): granted by presidential order, or rejected by the Commission."""
    letter = Letter.about(case, NoticeKind.RESULT, catalogue, issued_at=issued_at, office=office)
    letter = replace(letter, granted=granted, order_date=order_date, order_number=order_number)
    return render(letter)


def _head(
    submission: Submission, assessment: Assessment | None, reference: str, registration: str | None
) -> CaseHead | None:
    to = submission.message.answer_to
    if not to:
        return None
    return CaseHead(
        to=to,
        reference=reference,
        procedure=assessment.procedure if assessment else None,
        registration=registration,
        applicant=assessment.applicant.name if assessment else None,
        received_at=submission.message.received_at,
    )


def _reporting(letter: Letter, assessment: Assessment, day: date) -> Letter:
    """The letter with what was found wrong and, where the duty is concerned, where to pay. Notes are for clerks."""
    told = (Severity.REFUSAL, Severity.DEFICIENCY)
    findings = reported(assessment.findings, told)
    return replace(letter, findings=findings, requisites=requisites_on(letter.procedure, day, findings))


def _redirecting(letter: Letter, catalogue: Catalogue, day: date) -> Letter:
    """The letter with the authority that decides and what it asks for."""
    if letter.procedure is None:
        return letter
    fees, terms = costs_on(letter.procedure, day)
    return replace(
        letter,
        recipient=catalogue.authorities.get(letter.procedure.authority) if letter.procedure.authority_named else None,
        required=required_on(letter.procedure, day, catalogue),
        fees=fees,
        terms=terms,
    )
