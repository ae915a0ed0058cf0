"""Which case a message belongs to: a new one, the one it answers, or the one its sender has just begun."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from intake.casework.joining import FORM_PREFIX, applicants_in, has_form, joined
from intake.casework.service import Service
from intake.ports import Records
from models.case import ReviewReason, Severity, Submission
from models.mail import Message, MessageKind
from models.office import PROGRAM, Case, CaseState, StoredMessage
from models.reference import references_in
from rules.terms import day_in_baku, passed

_MACHINES = (MessageKind.AUTO_REPLY, MessageKind.BOUNCE)
_OPEN = (CaseState.GATHERING, CaseState.REVIEW, CaseState.PREPARED)
_ANSWERABLE = (CaseState.AWAITING_CORRECTION, CaseState.REFUSED)
_KEPT_BESIDE = ("state_duty_receipt",)  # a second receipt may be for the rest of the sum


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a message goes. ``decides``: its arrival calls for a (new) decision on the case.

    ``supersedes`` are the document types at fault so far that the message brings anew.
    """

    case: Case
    decides: bool = True
    supersedes: tuple[str, ...] = ()
    why: str = "new"


def place(records: Records, service: Service, message: StoredMessage, submission: Submission) -> Placement:
    """The case of a message that was read; a new one where no other fits. Both are locked, the sender is held."""
    if submission.message.kind in _MACHINES:
        return _from_machine(records, message, submission)
    answered = _answered(records, submission.message)
    if answered is not None:
        return _answer(records, service, message, submission, answered)
    if submission.message.kind is MessageKind.REPLY:
        return Placement(_opened(records, message, submission, doubt=ReviewReason.CASE_UNKNOWN), why="unknown reply")
    return (
        _continuation(records, service, message, submission)
        or _unmarked_answer(records, service, message, submission)
        or Placement(_opened(records, message, submission))
    )


def duplicate_of(records: Records, service: Service, content: str | None, now: datetime) -> Case | None:
    """The case that the same message of the same sender opened not long ago."""
    if content is None:
        return None
    earlier = records.first_with_content(content, now - service.practice.duplicate)
    return records.case(earlier.case_id, lock=True) if earlier and earlier.case_id else None


def _opened(
    records: Records,
    message: StoredMessage,
    submission: Submission,
    *,
    doubt: ReviewReason | None = None,
    linked: Case | None = None,
) -> Case:
    case = records.open_case(message.reference, message.arrived_at)
    sender = (submission.message.sender or message.sender or "").lower() or None
    case = replace(
        case,
        sender=sender,
        answer_to=submission.message.answer_to,
        doubt=doubt,
        linked_case_id=linked.id if linked else None,
    )
    records.save_case(case)
    return case


def _from_machine(records: Records, message: StoredMessage, submission: Submission) -> Placement:
    """A bounce or automatic reply never joins a case, but the case that it speaks of shows that it came."""
    spoken_of = _answered(records, submission.message, also_text=True)
    if spoken_of is not None and submission.message.kind is MessageKind.BOUNCE:
        records.save_case(replace(spoken_of, attention="a notice came back undelivered"))
        records.add_event(message.arrived_at, PROGRAM, "bounced", case_id=spoken_of.id)
    return Placement(_opened(records, message, submission, linked=spoken_of), why="machine")


def _answered(records: Records, message: Message, *, also_text: bool = False) -> Case | None:
    """The case whose notice the headers name, else whose reference number the subject carries."""
    named = [each for each in (message.in_reply_to, *message.references) if each]
    notice = records.notice_of_message_ids(named) if named else None
    if notice is not None:
        return records.case(notice.case_id, lock=True)
    text = f"{message.subject}\n{message.text}" if also_text else message.subject
    for reference in references_in(text):
        case = records.case_by_reference(reference, lock=True)
        if case is not None:
            return case
    return None


def _answer(
    records: Records, service: Service, message: StoredMessage, submission: Submission, case: Case
) -> Placement:
    if case.state is CaseState.REFUSED and has_form(submission):
        return Placement(_opened(records, message, submission, linked=case), why="applies again")
    if case.state not in (*_OPEN, *_ANSWERABLE):
        records.save_case(replace(case, attention="a message came after the decision"))
        return Placement(case, decides=False, why="later message")
    return _joins(records, service, message, submission, case, "reply")


def _joins(
    records: Records, service: Service, message: StoredMessage, submission: Submission, case: Case, why: str
) -> Placement:
    """The message joins a case whose documents are then looked at anew; what is out of the ordinary goes to a clerk."""
    stranger = (submission.message.sender or "").lower() not in {case.sender, (case.answer_to or "").lower()}
    late = case.answer_until is not None and passed(case.answer_until, day_in_baku(message.arrived_at))
    empty = not (submission.documents or submission.stated)  # a question, not a correction
    if stranger or late or empty:
        case = replace(case, doubt=ReviewReason.OTHER)
        records.save_case(case)
        doubts = {"late": late, "stranger": stranger, "empty": empty}
        records.add_event(service.clock(), PROGRAM, "answer_doubtful", case_id=case.id, **doubts)
    return Placement(case, supersedes=_superseded(records, case, submission), why=why)


def _superseded(records: Records, case: Case, submission: Submission) -> tuple[str, ...]:
    """The types that were found at fault and that the answer brings anew."""
    if case.decision_id is None:
        return ()
    findings = records.decision(case.decision_id).assessment.findings
    at_fault = {f.document for f in findings if f.severity in (Severity.REFUSAL, Severity.DEFICIENCY)}
    if any(f.code.startswith("form_") for f in findings):
        at_fault |= {d.type for d in submission.documents if d.type.startswith(FORM_PREFIX)}
    brought = {document.type for document in submission.documents}
    return tuple(sorted(t for t in at_fault if t and t in brought and t not in _KEPT_BESIDE))


def _continuation(
    records: Records, service: Service, message: StoredMessage, submission: Submission
) -> Placement | None:
    """Mails of one sender within the grace time are one submission, unless they are about two people."""
    sender = (submission.message.sender or "").lower()
    if not sender or not service.practice.grace:
        return None
    begun = records.cases_of(sender, (CaseState.GATHERING,))
    for case in begun:
        if message.arrived_at - case.opened_at > service.practice.grace:
            continue
        locked = records.case(case.id, lock=True)
        readings = records.readings_of(case.id)
        if locked.state is CaseState.GATHERING and readings and _same_person(joined(readings), submission):
            return Placement(locked, why="same sender within the grace time")
    return None


def _unmarked_answer(
    records: Records, service: Service, message: StoredMessage, submission: Submission
) -> Placement | None:
    """An answer that names neither notice nor number, found by its sender and the applicant's name."""
    sender = (submission.message.sender or "").lower()
    if not sender or not submission.documents:
        return None
    theirs = records.cases_of(sender, _ANSWERABLE)
    names = applicants_in(submission)
    same = [case for case in theirs if names & applicants_in(joined(records.readings_of(case.id)))]
    waiting = [case for case in same or theirs if case.state is CaseState.AWAITING_CORRECTION]
    if len(waiting) == 1 and same:
        case = records.case(waiting[0].id, lock=True)
        return _joins(records, service, message, submission, case, "reply by sender and name")
    if has_form(submission):
        linked = same[-1] if same else None
        return Placement(_opened(records, message, submission, linked=linked), why="applies again" if linked else "new")
    if waiting or same:
        return Placement(_opened(records, message, submission, doubt=ReviewReason.CASE_UNKNOWN), why="perhaps a reply")
    return None


def _same_person(whole: Submission, more: Submission) -> bool:
    """Whether two parts may be about one applicant: both have forms only if these name the same people."""
    if not (has_form(whole) and has_form(more)):
        return True
    return bool(applicants_in(whole) & applicants_in(more))
