"""Reading one message: its bytes from the store, the slow work outside any transaction, then one reading appended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from intake.casework.joining import content_hash
from intake.casework.placing import duplicate_of, place
from intake.casework.receive import unopened
from intake.casework.service import Service, log
from intake.ports import Records, Work
from models.case import ReviewReason, Submission
from models.mail import Attachment, PartStatus
from models.office import PROGRAM, Case, MessageState, StoredMessage
from models.sheet import ReadingCost
from rules.terms import day_in_baku

DUPLICATE = "duplicate"  # finding and event
_PAUSES = (timedelta(seconds=10), timedelta(seconds=2), timedelta(seconds=20), timedelta(minutes=2))
_AGAIN = timedelta(seconds=5)  # a byte-identical message waits for its first one


def read(service: Service, message_id: int) -> None:
    """Read a message and put it into its case. Doing so twice changes nothing.

    Whatever the reader raises goes to the caller, who tells ``reading_failed``.
    """
    message = _begin(service, message_id)
    if message is None:
        return
    raw = service.store.get(message.sha256)
    virus = "larger than the limit" if message.size > len(raw) else service.scanner.scan(raw)
    if virus is None:
        found = service.reader(raw, message.file)
        case = _finish(service, message_id, found.submission, found.cost)
    else:
        case = _finish(service, message_id, _quarantined(message, virus), ReadingCost())
    if case is not None and case.check_due_at is not None and case.check_due_at <= service.clock():
        service.wake(Work.CHECK, case.id)


def reading_failed(service: Service, message_id: int, error: str, *, temporary: bool = False) -> None:
    """An attempt failed: try again later, or, when that was the last one, hand the message to a person.

    A ``temporary`` failure, of a part that does not answer, does not count.
    """
    case = None
    with service.registry.write() as records:
        message = records.message(message_id, lock=True)
        if message.state is not MessageState.RECEIVED:
            return
        if temporary:
            message = replace(message, attempts=max(message.attempts - 1, 0))
        if message.attempts >= service.practice.attempts:
            case = _give_up(records, service, message, error)
        else:
            pause = _PAUSES[min(message.attempts, len(_PAUSES) - 1)]
            records.save_message(replace(message, failure=error[:500], retry_at=service.clock() + pause))
    log.warning("reading failed", extra={"mail": message_id, "attempt": message.attempts, "error": error[:200]})
    if case is not None:
        service.wake(Work.CHECK, case.id)


def _begin(service: Service, message_id: int) -> StoredMessage | None:
    """Count the attempt; None when there is nothing (more) to read."""
    case = None
    with service.registry.write() as records:
        message = records.message(message_id, lock=True)
        if message.state is not MessageState.RECEIVED:
            return None
        first = records.first_with_bytes(message.mailbox, message.sha256)
        if first is not None and first.id < message.id:
            _repeat(records, service, message, first)
            return None
        if message.attempts >= service.practice.attempts:
            case = _give_up(records, service, message, message.failure or "its reader died")
        else:
            message = replace(message, attempts=message.attempts + 1, retry_at=None)
            records.save_message(message)
    if case is not None:
        service.wake(Work.CHECK, case.id)
        return None
    return message


def _repeat(records: Records, service: Service, message: StoredMessage, first: StoredMessage) -> None:
    """Byte for byte the same mail: it shares the case and the decision of the first one."""
    if first.case_id is None:
        records.save_message(replace(message, retry_at=service.clock() + _AGAIN))
        return
    case = records.case(first.case_id, lock=True)
    decision = records.message(first.id).decision_id  # as it is now that nobody decides on the case
    records.save_message(
        replace(message, state=MessageState.REPEATED, retry_at=None, case_id=case.id, decision_id=decision)
    )
    records.add_event(service.clock(), PROGRAM, "repeated", case_id=case.id, message_id=message.id)


def _finish(service: Service, message_id: int, submission: Submission, cost: ReadingCost) -> Case | None:
    now = service.clock()
    with service.registry.write() as records:
        message = records.message(message_id, lock=True)
        if message.state is not MessageState.RECEIVED:
            return None  # somebody else has read it meanwhile
        message = replace(
            message,
            state=MessageState.READ,
            retry_at=None,
            failure=None,
            message_id=submission.message.message_id or message.message_id,
            sender=submission.message.sender or message.sender,
        )
        records.hold(f"sender {(message.sender or '').lower()}")  # of two messages of one sender the second waits
        content = content_hash(submission)
        twin = duplicate_of(records, service, content, now)
        if twin is not None:
            return _same_content(records, service, message, submission, twin)
        case = _place(records, service, replace(message, content=content), submission, cost)
    log.info("read", extra={"mail": message_id, "case": case.id, "pages": cost.pages, "seconds": cost.total_s})
    return case


def _same_content(
    records: Records, service: Service, message: StoredMessage, submission: Submission, case: Case
) -> Case:
    """The same message sent again: it joins the case and is answered by its one decision; the finding about it is
    told to clerks alone."""
    day = day_in_baku(submission.message.received_at or message.arrived_at)
    assessment = service.assess(replace(submission, duplicate_of=case.reference), day)
    text = next((finding.text for finding in assessment.findings if finding.code == DUPLICATE), "")
    again = replace(message, state=MessageState.DUPLICATE, case_id=case.id, decision_id=case.decision_id)
    records.save_message(again)
    told = {"case": case.reference, "text": text}
    records.add_event(service.clock(), PROGRAM, DUPLICATE, case_id=case.id, message_id=message.id, **told)
    return case


def _place(
    records: Records, service: Service, message: StoredMessage, submission: Submission, cost: ReadingCost
) -> Case:
    now = service.clock()
    placed = place(records, service, message, submission)
    case = placed.case
    decision = None if placed.decides else records.case(case.id).decision_id
    records.save_message(replace(message, case_id=case.id, decision_id=decision))
    reading = records.add_reading(
        case.id,
        submission,
        at=now,
        actor=PROGRAM,
        message_id=message.id,
        supersedes=placed.supersedes,
        cost=cost,
    )
    records.add_event(
        now, PROGRAM, "read", case_id=case.id, message_id=message.id, version=reading.version, why=placed.why
    )
    if placed.decides:
        case = replace(case, check_due_at=max(now, case.opened_at + _grace(service, submission)), attempts=0)
        records.save_case(case)
    return case


def _grace(service: Service, submission: Submission) -> timedelta:
    """Machines send no second half."""
    return timedelta(0) if submission.message.machine_made else service.practice.grace


def _give_up(records: Records, service: Service, message: StoredMessage, error: str) -> Case:
    """The message becomes a case of its own that only a person can decide."""
    now = service.clock()
    case = replace(
        records.open_case(message.reference, message.arrived_at),
        sender=message.sender,
        answer_to=message.sender,
        doubt=ReviewReason.OTHER,
        attention=f"the message could not be read: {error[:200]}",
        check_due_at=now,
    )
    records.save_case(case)
    failed = replace(message, state=MessageState.FAILED, retry_at=None, failure=error[:500], case_id=case.id)
    records.save_message(failed)
    submission = Submission(unopened(message))
    records.add_reading(case.id, submission, at=now, actor=PROGRAM, message_id=message.id)
    records.add_event(now, PROGRAM, "reading_given_up", case_id=case.id, message_id=message.id, error=error[:200])
    return case


def _quarantined(message: StoredMessage, why: str) -> Submission:
    """A message that is never opened: one unsafe file."""
    whole: Sequence[Attachment] = (
        Attachment("message.eml", message.sha256, message.size, "message/rfc822", PartStatus.UNSAFE, why),
    )
    return Submission(unopened(message), tuple(whole))
