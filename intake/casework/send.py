"""Sending a notice: rendered from its row, at most once whatever crashes in between.

A Maildir recognises a letter that it already holds, so a repeat is harmless. SMTP cannot: a crash between handing
the letter over and noting the server's answer leaves it unknown whether it went out. Then we do not send again: the
notice becomes ``unconfirmed`` and a person decides, because a second notice is worse than a question to a clerk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from intake.casework.issue import KINDS, locked_notice
from intake.casework.joining import joined
from intake.casework.service import Service, log
from intake.ports import Outgoing, PortError, Records, Rejected, Unavailable, Unconfirmed
from models.office import PROGRAM, NoticeRecord, NoticeState

_PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15))
_LONGEST = timedelta(days=2)  # of trying while the mail server does not answer
_MOST_ATTEMPTS = 300  # more than two days hold; reached only when sending kills its worker
_IN_HAND = timedelta(minutes=5)  # longer than any conversation with a mail server


def send(service: Service, notice_id: int) -> None:
    """Send a queued notice. A repeat finds it sent and stops. Other than PortErrors go to the caller."""
    notice = _begin(service, notice_id)
    if notice is None:
        return
    letter = _letter(service, notice)
    if letter is None:
        _end(service, notice_id, NoticeState.FAILED, "there is nothing to send")
        return
    copy = service.store.put(letter.raw)
    try:
        where = service.postman.deliver(letter, _mark(service, notice_id))
    except Unavailable as error:
        _later(service, notice_id, error)
    except Rejected as error:
        _end(service, notice_id, NoticeState.FAILED, str(error))
    except _InOtherHands:
        log.info("another sender has the notice", extra={"notice": notice_id})
    except Unconfirmed as error:
        _end(service, notice_id, NoticeState.UNCONFIRMED, str(error))
    else:
        _sent(service, notice_id, where, copy)


def sending_failed(service: Service, notice_id: int, error: str, *, temporary: bool = False) -> None:
    """Something other than the mail server failed: again later, or, after the last attempt, a person looks.

    A notice that may have left already is never repeated: ``send`` finds it so and makes it ``unconfirmed``.
    """
    with service.registry.read() as records:
        notice = records.notice(notice_id)
    if notice.state is not NoticeState.QUEUED or notice.handed_over_at is not None:
        return
    if notice.attempts >= service.practice.attempts and not temporary:
        _end(service, notice_id, NoticeState.FAILED, error)
    else:
        _later(service, notice_id, Unavailable(error))


def _begin(service: Service, notice_id: int) -> NoticeRecord | None:
    """Count the attempt; None when there is nothing to send."""
    with service.registry.write() as records:
        notice = locked_notice(records, notice_id)
        if notice.state is not NoticeState.QUEUED:
            return None
        if notice.handed_over_at is not None:
            if service.clock() - notice.handed_over_at > _IN_HAND:
                _record_end(records, service, notice, NoticeState.UNCONFIRMED, "the sender died after handing it over")
            return None
        if notice.attempts >= _MOST_ATTEMPTS:
            _record_end(records, service, notice, NoticeState.FAILED, notice.failure or "its sender died")
            return None
        notice = replace(notice, attempts=notice.attempts + 1, retry_at=None)
        records.save_notice(notice)
        return notice


def _letter(service: Service, notice: NoticeRecord) -> Outgoing | None:
    """The letter that the row describes; the same bytes whenever it is made."""
    with service.registry.read() as records:
        decision = records.decision(notice.decision_id)
        case = records.case(notice.case_id)
        readings = [r for r in records.readings_of(notice.case_id) if r.version <= decision.reading_version]
    submission = joined(readings)
    issued_at = notice.issued_at or notice.prepared_at
    if notice.kind is KINDS.get(decision.value):
        worded = service.compose(
            decision.assessment,
            submission,
            reference=case.reference,
            registration=notice.registration,
            issued_at=issued_at,
            due=notice.answer_until,
        )
    else:
        worded = service.tell(notice, case, submission, issued_at=issued_at)
    if worded is None:
        return None
    return service.pack(worded, submission.message, message_id=notice.message_id, date=issued_at)


def _mark(service: Service, notice_id: int) -> Callable[[], None]:
    def handing_over() -> None:
        """Only one sender passes here; from here on nobody repeats it by himself."""
        with service.registry.write() as records:
            notice = locked_notice(records, notice_id)
            if notice.state is not NoticeState.QUEUED or notice.handed_over_at is not None:
                raise _InOtherHands("another sender has the notice")
            records.save_notice(replace(notice, handed_over_at=service.clock()))

    return handing_over


class _InOtherHands(PortError):
    """Two senders met; the other one goes on."""


def _sent(service: Service, notice_id: int, where: str, copy: str) -> None:
    now = service.clock()
    with service.registry.write() as records:
        notice = locked_notice(records, notice_id)
        if notice.state is NoticeState.SENT:
            return
        sent = replace(notice, state=NoticeState.SENT, sent_at=now, place=where, sent_sha256=copy, failure=None)
        records.save_notice(sent)
        records.add_event(now, PROGRAM, "sent", case_id=notice.case_id, notice=notice.id, sha256=copy)
    log.info("sent", extra={"notice": notice_id, "case": notice.case_id})


def _later(service: Service, notice_id: int, error: Unavailable) -> None:
    with service.registry.write() as records:
        notice = locked_notice(records, notice_id)
        if notice.state is not NoticeState.QUEUED:
            return
        now = service.clock()
        since = notice.issued_at or notice.prepared_at
        if now - since > _LONGEST and notice.attempts > len(_PAUSES):  # a person may have sent an old one again
            _record_end(records, service, notice, NoticeState.FAILED, str(error))
            return
        pause = _PAUSES[min(notice.attempts, len(_PAUSES)) - 1]
        again = replace(notice, retry_at=now + pause, failure=str(error)[:500], handed_over_at=None)
        records.save_notice(again)
    log.warning("sending postponed", extra={"notice": notice_id, "error": str(error)[:200]})


def _end(service: Service, notice_id: int, state: NoticeState, why: str) -> None:
    with service.registry.write() as records:
        notice = locked_notice(records, notice_id)
        if notice.state is NoticeState.QUEUED:
            _record_end(records, service, notice, state, why)


def _record_end(records: Records, service: Service, notice: NoticeRecord, state: NoticeState, why: str) -> None:
    """A named state that a person sees."""
    records.save_notice(replace(notice, state=state, failure=why[:500], retry_at=None))
    case = records.case(notice.case_id)
    records.save_case(replace(case, attention=f"notice {state.value}: {why[:200]}"))
    records.add_event(service.clock(), PROGRAM, f"notice_{state.value}", case_id=case.id, notice=notice.id)
    log.warning("notice needs a person", extra={"notice": notice.id, "state": state.value, "error": why[:200]})
