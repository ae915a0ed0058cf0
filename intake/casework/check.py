"""Checking a case: the law's conclusion, the decision and the row of its notice in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from intake.casework.issue import KINDS, release, withdraw
from intake.casework.joining import joined
from intake.casework.service import Service, log
from intake.ports import Records, Work
from models.case import Assessment, Decision, DecisionValue, NoticeKind, ReviewReason, Submission
from models.office import PROGRAM, Case, CaseState, DecisionRecord, MessageState, NoticeRecord, NoticeState
from models.reference import notice_message_id
from rules.terms import day_in_baku

_SILENT = {DecisionValue.REVIEW: CaseState.REVIEW, DecisionValue.IGNORED: CaseState.IGNORED}
_CAP_WINDOW = timedelta(hours=1)
_RETRY = timedelta(seconds=20)


def check(service: Service, case_id: int) -> None:
    """Decide what a case's readings amount to, unless nothing new is there or more may still be coming."""
    with service.registry.write() as records:
        case = records.case(case_id, lock=True)
        if not _is_due(records, service, case):
            return
        readings = records.readings_of(case.id)
        submission = joined(readings)
        assessment = _assessed(service, case, submission)
        notice = decide_on(records, service, case, assessment, submission, version=readings[-1].version)
    log.info("decided", extra={"case": case_id, "decision": assessment.decision.value.value})
    if notice is not None and notice.state is NoticeState.QUEUED:
        service.wake(Work.SEND, notice.id)


def check_failed(service: Service, case_id: int, error: str, *, temporary: bool = False) -> None:
    """An attempt failed: again later, or, when that was the last one, a clerk decides without the program."""
    with service.registry.write() as records:
        case = records.case(case_id, lock=True)
        if case.check_due_at is None:
            return
        attempts = case.attempts if temporary else case.attempts + 1
        if attempts < service.practice.attempts:
            records.save_case(
                replace(case, attempts=attempts, check_due_at=service.clock() + max(attempts, 1) * _RETRY)
            )
        else:
            case = replace(case, attention=f"the check failed: {error[:200]}", held="the check failed")
            readings = records.readings_of(case.id)
            unknown = Assessment(Decision(DecisionValue.REVIEW, 1.0, (ReviewReason.OTHER,)))
            decide_on(records, service, case, unknown, joined(readings), version=readings[-1].version)
    log.warning("check failed", extra={"case": case_id, "attempt": attempts, "error": error[:200]})


def decide_on(
    records: Records,
    service: Service,
    case: Case,
    assessment: Assessment,
    submission: Submission,
    *,
    version: int,
    actor: str = PROGRAM,
    reason: str = "",
) -> NoticeRecord | None:
    """Write a decision, the row of its notice and everything that follows from them; the case is locked."""
    now = service.clock()
    withdraw(records, case.id, now)
    value = assessment.decision.value
    obstacle = _obstacle(records, service, case, value, submission, actor)
    automatic = obstacle is None and value is not DecisionValue.REVIEW
    decision = records.add_decision(
        case.id, assessment, reading_version=version, at=now, actor=actor, automatic=automatic, reason=reason
    )
    case = replace(
        case,
        value=value,
        decision_id=decision.id,
        procedure=assessment.procedure,
        applicant_name=assessment.applicant.name,
        state=_SILENT.get(value, CaseState.PREPARED),
        check_due_at=None,
        attempts=0,
        answer_until=None,
    )
    records.save_case(case)
    _cover_messages(records, decision)
    _tell(records, decision)
    if value in _SILENT:
        return _receipt(records, service, case, decision, submission) if actor == PROGRAM else None
    notice = _prepare(records, service, case, decision, submission, obstacle)
    return release(records, service, case, decision, notice, actor=PROGRAM) if automatic else notice


def _is_due(records: Records, service: Service, case: Case) -> bool:
    """Whether the grace time is over and everything that arrived during it has been read."""
    if case.check_due_at is None or case.check_due_at > service.clock():
        return False
    if not service.practice.grace or case.decision_id is not None:
        return True
    return not records.unread_between(case.opened_at, case.opened_at + service.practice.grace)


def _assessed(service: Service, case: Case, submission: Submission) -> Assessment:
    """The law's conclusion on the law of the day of receipt; while a doubt stands, ``review``."""
    received_on = day_in_baku(submission.message.received_at or case.opened_at)
    assessment = service.assess(submission, received_on)
    if case.doubt is None or assessment.decision.value is DecisionValue.IGNORED:
        return assessment
    reasons = dict.fromkeys((*assessment.decision.review_reasons, case.doubt))
    return replace(assessment, decision=Decision(DecisionValue.REVIEW, 1.0, tuple(reasons)))


def _obstacle(
    records: Records, service: Service, case: Case, value: DecisionValue, submission: Submission, actor: str
) -> str | None:
    """Why a decision may not leave without a clerk, in English; None when it may."""
    if value in _SILENT:
        return None
    if actor != PROGRAM or case.held:
        return case.held or "decided by a clerk"
    if value not in service.practice.automatic:
        return "the safety switch"
    return _unreachable(records, service, submission)


def _unreachable(records: Records, service: Service, submission: Submission) -> str | None:
    """Why nothing may be sent to the sender of a submission, in English; None when it may."""
    recipient, practice = (submission.message.answer_to or "").lower(), service.practice
    if not recipient:
        return "no address to answer to"
    if recipient == practice.address.lower():
        return "the notice would come back to us"
    since = service.clock() - _CAP_WINDOW
    if practice.notice_cap and records.count_notices_to(recipient, since) >= practice.notice_cap:
        return "too many notices to one address"
    return None


def _receipt(
    records: Records, service: Service, case: Case, decision: DecisionRecord, submission: Submission
) -> NoticeRecord | None:
    """What an office may send when a message first goes to a clerk: that it is there, and nothing more."""
    message = submission.message
    wanted = service.practice.receipts and decision.value is DecisionValue.REVIEW and decision.seq == 1
    if not wanted or not message.parsed or message.machine_made or _unreachable(records, service, submission):
        return None
    name = notice_message_id(case.reference, NoticeKind.RECEIPT.value, service.practice.domain)
    notice = records.add_notice(
        case.id,
        decision.id,
        kind=NoticeKind.RECEIPT,
        state=NoticeState.QUEUED,
        recipient=(message.answer_to or "").lower(),
        message_id=name,
        prepared_at=decision.at,
    )
    notice = replace(notice, issued_at=decision.at, issued_by=PROGRAM)
    records.save_notice(notice)
    records.add_event(decision.at, PROGRAM, "issued", case_id=case.id, notice=notice.id, kind=notice.kind.value)
    return notice


def _cover_messages(records: Records, decision: DecisionRecord) -> None:
    for message in records.messages_of(decision.case_id):
        if message.decision_id is None and message.state is not MessageState.RECEIVED:
            records.save_message(replace(message, decision_id=decision.id))


def _tell(records: Records, decision: DecisionRecord) -> None:
    details: dict[str, Any] = {
        "seq": decision.seq,
        "decision": decision.value.value,
        "automatic": decision.automatic,
        "findings": sorted({finding.code for finding in decision.assessment.findings}),
        "reasons": [reason.value for reason in decision.assessment.decision.review_reasons],
        "version": decision.reading_version,
        "reason": decision.reason,
    }
    records.add_event(decision.at, decision.actor, "decided", case_id=decision.case_id, **details)


def _prepare(
    records: Records,
    service: Service,
    case: Case,
    decision: DecisionRecord,
    submission: Submission,
    obstacle: str | None,
) -> NoticeRecord:
    kind = KINDS[decision.value]
    # the same decision always gets the same Message-ID; a later one of the same kind gets another
    name = kind.value if decision.seq == 1 else f"{kind.value}.{decision.seq}"
    recipient = submission.message.answer_to
    return records.add_notice(
        case.id,
        decision.id,
        kind=kind,
        state=NoticeState.WAITING_CLERK,
        recipient=recipient.lower() if recipient else None,
        message_id=notice_message_id(case.reference, name, service.practice.domain),
        prepared_at=decision.at,
        failure=obstacle,
    )
