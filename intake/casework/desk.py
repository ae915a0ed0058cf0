"""What the desk looks at: work lists, one whole case, the pictures of its pages, a preview of its notice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.casework.issue import KINDS, notice_of
from intake.casework.joining import joined, message_folder
from intake.casework.pictures import as_png, page_pictures
from intake.casework.read import DUPLICATE
from intake.casework.service import Service
from intake.ports import NotFound
from models.case import Assessment, Finding, Notice, Severity, Submission
from models.office import (
    Case,
    CaseState,
    DecisionRecord,
    EventRecord,
    NoticeRecord,
    NoticeState,
    Opinion,
    ReadingRecord,
    StoredMessage,
)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with everything in it. ``version`` is that of the newest reading; corrections name it."""

    case: Case
    submission: Submission
    version: int
    readings: tuple[ReadingRecord, ...]
    messages: tuple[StoredMessage, ...]
    decisions: tuple[DecisionRecord, ...]
    notices: tuple[NoticeRecord, ...]
    events: tuple[EventRecord, ...]
    opinions: tuple[Opinion, ...] = ()
    linked: Case | None = None

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What came up after the decision and changes nothing: the same message sent again."""
        return tuple(
            Finding(DUPLICATE, Severity.NOTE, case=self.case.reference, text=str(event.details.get("text", "")))
            for event in self.events
            if event.action == DUPLICATE
        )

    @property
    def registered_at(self) -> datetime | None:
        """When the case was entered into the register."""
        return next((event.at for event in self.events if event.action == "registered"), None)

    @property
    def decision(self) -> DecisionRecord | None:
        """The newest decision."""
        return self.decisions[-1] if self.decisions else None

    @property
    def notice(self) -> NoticeRecord | None:
        """The notice of the newest decision, withdrawn ones left out."""
        found = notice_of(self.notices, self.decision) if self.decision else None
        return found if found and found.state is not NoticeState.WITHDRAWN else None

    @property
    def letters(self) -> tuple[NoticeRecord, ...]:
        """The notices that tell of no decision: receipts, and letters about the steps after acceptance."""
        return tuple(each for each in self.notices if each.kind not in KINDS.values())


def work_list(
    service: Service, states: Iterable[CaseState] = (), *, limit: int = 200, offset: int = 0
) -> Sequence[Case]:
    """Cases by state, newest first; all when no state is named."""
    with service.registry.read() as records:
        return records.cases(states, limit=limit, offset=offset)


def agency_list(service: Service, agency: str) -> Sequence[Case]:
    """The cases that were sent to an agency, newest first; it sees no others."""
    with service.registry.read() as records:
        return records.cases_asked_of(agency)


def attention_list(service: Service) -> Sequence[Case]:
    """Cases that a person must look at although they are decided: failures, late answers, overdue terms."""
    with service.registry.read() as records:
        return records.cases_needing_attention()


def assessments(service: Service, cases: Iterable[Case]) -> dict[int, Assessment]:
    """What the newest decision of each case rests on, by case id."""
    with service.registry.read() as records:
        decided = {case.id: records.decision(case.decision_id) for case in cases if case.decision_id is not None}
    return {id_: record.assessment for id_, record in decided.items()}


def counts(service: Service) -> dict[CaseState, int]:
    """How many cases stand where."""
    with service.registry.read() as records:
        return records.count_cases()


def case_file(service: Service, reference: str) -> CaseFile:
    """A case by its reference number. Raises NotFound."""
    with service.registry.read() as records:
        case = records.case_by_reference(reference)
        if case is None:
            raise NotFound(f"there is no case {reference}")
        readings = tuple(records.readings_of(case.id))
        return CaseFile(
            case=case,
            submission=joined(readings),
            version=readings[-1].version,
            readings=readings,
            messages=tuple(records.messages_of(case.id)),
            decisions=tuple(records.decisions_of(case.id)),
            notices=tuple(records.notices_of(case.id)),
            events=tuple(records.events_of(case.id)),
            opinions=tuple(records.opinions_of(case.id)),
            linked=records.case(case.linked_case_id) if case.linked_case_id is not None else None,
        )


def raw_message(service: Service, found: CaseFile, message_id: int) -> bytes:
    """The bytes of one of a case's messages as they arrived. Raises NotFound, Unavailable."""
    message = next((each for each in found.messages if each.id == message_id), None)
    if message is None:
        raise NotFound("the case has no such message")
    return service.store.get(message.sha256)


def letter(service: Service, found: CaseFile, notice_id: int) -> Notice:
    """A notice about another step than a decision, as it is sent. Raises NotFound."""
    row = next((each for each in found.letters if each.id == notice_id), None)
    worded = None
    if row is not None:
        issued_at = row.issued_at or row.prepared_at
        worded = service.tell(row, found.case, found.submission, issued_at=issued_at)
    if worded is None:
        raise NotFound("there is no such letter")
    return worded


def page_png(service: Service, found: CaseFile, file: str, page: int) -> bytes:
    """The picture of a page as a viewer shows it. Raises NotFound."""
    for reading in found.readings:
        if reading.message_id is None:
            continue
        folder = message_folder(found.readings, reading.message_id)
        if not file.startswith(folder):
            continue
        raw = raw_message(service, found, reading.message_id)
        wanted = file.removeprefix(folder)
        for _, number, pixels in page_pictures(raw, reading.submission.message.file, only=wanted):
            if number == page:
                return as_png(pixels)
    raise NotFound("there is no such page")


def preview(service: Service, found: CaseFile) -> Notice | None:
    """The notice that the newest decision would send now, before any registration number is taken."""
    decision, notice = found.decision, found.notice
    if decision is None:
        return None
    return service.compose(
        decision.assessment,
        found.submission,
        reference=found.case.reference,
        registration=found.case.registration,
        issued_at=(notice.issued_at if notice else None) or service.clock(),
        due=notice.answer_until if notice else None,
    )
