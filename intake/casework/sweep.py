"""Waking whatever is late: what a crash, a full queue or a lost queue left lying. Runs every few seconds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta

from intake.casework.overdue import mark_overdue
from intake.casework.service import Service, log
from intake.ports import Unavailable, Work
from models.office import MessageState, NoticeState

_LATE = timedelta(seconds=30)  # a message that nobody has begun to read


@dataclass(frozen=True, slots=True)
class Swept:
    """How much was woken, by kind of work, and how many cases passed their term."""

    recovered: int = 0
    read: int = 0
    check: int = 0
    send: int = 0
    overdue: int = 0


def sweep(service: Service) -> Swept:
    """Wake everything late and mark overdue terms; repeating it is harmless. Raises Unavailable (the registry)."""
    now = service.clock()
    with service.registry.read() as records:
        messages = records.messages_in(MessageState.RECEIVED, due=now, idle_since=now - _LATE)
        cases = records.cases_due(now)
        notices = [n for n in records.notices_in([NoticeState.QUEUED]) if n.retry_at is None or n.retry_at <= now]
    recovered = _recovered(service)
    for work, ids in (
        (Work.READ, [message.id for message in messages]),
        (Work.CHECK, [case.id for case in cases]),
        (Work.SEND, [notice.id for notice in notices]),
    ):
        for id_ in ids:
            service.wake(work, id_)
    overdue = mark_overdue(service)
    swept = Swept(recovered, len(messages), len(cases), len(notices), overdue)
    if any(asdict(swept).values()):
        log.info("swept", extra=asdict(swept))
    return swept


def _recovered(service: Service) -> int:
    try:
        return service.queue.recover()
    except Unavailable as error:
        log.warning("queue unavailable", extra={"error": str(error)})
        return 0
