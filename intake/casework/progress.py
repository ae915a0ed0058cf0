"""How far each message has come, for whoever watches a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.casework.issue import notice_of
from intake.casework.service import Service
from intake.ports import Records
from models.case import DecisionValue
from models.office import NoticeState, StoredMessage


@dataclass(frozen=True, slots=True)
class Progress:
    """A message of the mailbox, its case's reference number and decision, and its notice.

    ``place`` says where the sent notice lies, ``waits`` where an unsent one stands; ``settled``: nothing moves by
    itself any more.
    """

    uid: str
    reference: str | None
    decision: DecisionValue | None
    place: str | None
    waits: str | None
    settled: bool


def progress(service: Service) -> Sequence[Progress]:
    """Every message, oldest first."""
    with service.registry.read() as records:
        return [_progress(records, message) for message in records.all_messages()]


def _progress(records: Records, message: StoredMessage) -> Progress:
    if message.case_id is None or message.decision_id is None:
        return Progress(message.uid, None, None, None, None, settled=False)
    decision = records.decision(message.decision_id)
    notice = notice_of(records.notices_of(message.case_id), decision)
    return Progress(
        uid=message.uid,
        reference=records.case(message.case_id).reference,
        decision=decision.value,
        place=notice.place if notice else None,
        waits=notice.state.value if notice and notice.place is None else None,
        settled=notice is None or notice.state is not NoticeState.QUEUED,
    )
