"""Issuing a notice: registration under a number, and the notice into the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from intake.casework.service import Service
from intake.ports import Records, Rejected, Work
from models.case import DecisionValue, NoticeKind
from models.office import PROGRAM, Case, CaseState, DecisionRecord, NoticeRecord, NoticeState
from models.reference import registration_number
from rules.terms import day_in_baku

_AFTER = {
    DecisionValue.ACCEPTED: CaseState.REGISTERED,
    DecisionValue.DEFICIENCY: CaseState.AWAITING_CORRECTION,
    DecisionValue.REFUSED: CaseState.REFUSED,
    DecisionValue.REDIRECTED: CaseState.REDIRECTED,
}
KINDS = {
    DecisionValue.ACCEPTED: NoticeKind.ACCEPTANCE,
    DecisionValue.REFUSED: NoticeKind.REFUSAL,
    DecisionValue.DEFICIENCY: NoticeKind.DEFICIENCY,
    DecisionValue.REDIRECTED: NoticeKind.REDIRECT,
}
_REGISTERS = (DecisionValue.ACCEPTED, DecisionValue.DEFICIENCY)
_ANSWERED = (DecisionValue.DEFICIENCY, DecisionValue.REFUSED)
_GENERAL = "ümumi"  # the series of a case whose procedure is not known


def issue(service: Service, case_id: int, actor: str, *, seen_decision: int | None = None) -> NoticeRecord:
    """A clerk's key: the prepared notice of the newest decision goes out. Doing so twice changes nothing.

    Raises Rejected when the case has no notice to issue, or another decision than the ``seen_decision`` of the clerk.
    """
    with service.registry.write() as records:
        case = as_seen(records.case(case_id, lock=True), seen_decision)
        decision = records.decision(case.decision_id) if case.decision_id is not None else None
        notice = notice_of(records.notices_of(case_id), decision) if decision else None
        if decision is None or notice is None or notice.state is NoticeState.WITHDRAWN:
            raise Rejected("the case has no notice to issue", "take a decision that is answered")
        if notice.state is NoticeState.WAITING_CLERK:
            notice = release(records, service, case, decision, notice, actor=actor)
    if notice.state is NoticeState.QUEUED:
        service.wake(Work.SEND, notice.id)
    return notice


def send_again(service: Service, notice_id: int, actor: str) -> NoticeRecord:
    """A person decides that a notice which failed or was never confirmed goes (once more), under its Message-ID."""
    with service.registry.write() as records:
        notice = locked_notice(records, notice_id)
        if notice.state not in (NoticeState.FAILED, NoticeState.UNCONFIRMED):
            raise Rejected("only a failed or unconfirmed notice is sent again")
        notice = replace(notice, state=NoticeState.QUEUED, attempts=0, handed_over_at=None, failure=None, retry_at=None)
        records.save_notice(notice)
        records.save_case(replace(records.case(notice.case_id), attention=None))
        records.add_event(service.clock(), actor, "sent_again", case_id=notice.case_id, notice=notice.id)
    service.wake(Work.SEND, notice.id)
    return notice


def locked_notice(records: Records, notice_id: int) -> NoticeRecord:
    """A notice with its case locked before it, as everybody does it, so that no two wait for one another."""
    records.case(records.notice(notice_id).case_id, lock=True)
    return records.notice(notice_id, lock=True)


def as_seen(case: Case, seen_decision: int | None) -> Case:
    """The case, if its newest decision is the one that the clerk looked at. Raises Rejected."""
    if seen_decision not in (None, case.decision_id):
        raise Rejected("the case changed meanwhile", "look at it again")
    return case


def withdraw(records: Records, case_id: int, now: datetime) -> None:
    """Take back the notices of a case that wait: for a clerk, for their first sender or for another attempt.

    What a sender has in hand stays: it may have left. The case is locked.
    """
    for notice in records.notices_of(case_id):
        waits = notice.attempts == 0 or notice.retry_at is not None
        if notice.state is NoticeState.WAITING_CLERK or (notice.state is NoticeState.QUEUED and waits):
            records.save_notice(replace(notice, state=NoticeState.WITHDRAWN))
            records.add_event(now, PROGRAM, "notice_withdrawn", case_id=case_id, notice=notice.id)


def release(
    records: Records, service: Service, case: Case, decision: DecisionRecord, notice: NoticeRecord, *, actor: str
) -> NoticeRecord:
    """Register the case where the decision does so, queue the notice, move the case on; the case is locked."""
    now = service.clock()
    if notice.recipient is None:
        raise Rejected("the message names no address to answer to", "tell the applicant by another way")
    registration = case.registration
    if registration is None and decision.value in _REGISTERS:
        registration = _register(records, service, case, now)
    until = None
    if decision.value in _ANSWERED:
        until = service.answer_term(case.procedure, day_in_baku(now))
    notice = replace(
        notice,
        state=NoticeState.QUEUED,
        registration=registration if decision.value in _REGISTERS else None,
        issued_at=now,
        issued_by=actor,
        answer_until=until,
        failure=None,
    )
    records.save_notice(notice)
    state = _AFTER[decision.value]
    records.save_case(replace(case, state=state, registration=registration, answer_until=until))
    records.add_event(now, actor, "issued", case_id=case.id, notice=notice.id, kind=notice.kind.value)
    return notice


def _register(records: Records, service: Service, case: Case, now: datetime) -> str:
    """The next number of the procedure's series in the year; an abandoned transaction leaves no gap."""
    year = day_in_baku(now).year
    series = case.procedure or _GENERAL
    number = registration_number(service.register(case.procedure), year, records.next_number(year, series))
    records.add_event(now, PROGRAM, "registered", case_id=case.id, number=number)
    return number


def notice_of(notices: Iterable[NoticeRecord], decision: DecisionRecord) -> NoticeRecord | None:
    """The notice of a decision; receipts and letters about later steps are none."""
    own = (n for n in notices if n.decision_id == decision.id and n.kind is KINDS.get(decision.value))
    return next(own, None)
