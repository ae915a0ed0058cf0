"""What a clerk does to a case: correct what was read, settle a doubt, decide, close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from intake.casework.check import check, decide_on
from intake.casework.issue import as_seen, issue, withdraw
from intake.casework.joining import joined
from intake.casework.service import Service
from intake.ports import Records, Rejected
from models.case import Assessment, Decision, DecisionValue, Severity, Submission
from models.document import Document, Field, PagePlace, Value
from models.office import Case, CaseState
from models.sheet import Source
from rules.examination import load_examination

OPEN_TO_CLERKS = (CaseState.REVIEW, CaseState.PREPARED)  # where a clerk decides or closes a case
_NEEDS = {DecisionValue.REFUSED: Severity.REFUSAL, DecisionValue.DEFICIENCY: Severity.DEFICIENCY}
_CERTAIN = 1.0


@dataclass(frozen=True, slots=True)
class SetField:
    """A field of the ``document``-th document has this value, whatever was read."""

    document: int
    key: str
    value: Value


@dataclass(frozen=True, slots=True)
class ConfirmFields:
    """The fields of a document (all when no key is named) are right as they were read."""

    document: int
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetType:
    """A document is of this type."""

    document: int
    type: str
    subtype: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """A document ends before its page ``at`` (counted from 1 inside the document); the rest is one of its own."""

    document: int
    at: int


@dataclass(frozen=True, slots=True)
class Join:
    """The pages of ``other`` belong to ``document``, after its own."""

    document: int
    other: int


@dataclass(frozen=True, slots=True)
class Add:
    """A document that was overlooked, for example one whose pages were taken for another's."""

    type: str
    pages: tuple[PagePlace, ...]
    subtype: str | None = None


Correction = SetField | ConfirmFields | SetType | Split | Join | Add


def amend(
    service: Service, case_id: int, corrections: Sequence[Correction], actor: str, *, seen_version: int | None = None
) -> Case:
    """Append a clerk's reading and decide anew; what is decided then waits for a clerk's key.

    ``seen_version`` is the reading the clerk looked at: when another came meanwhile, nothing changes and Rejected is
    raised, as for a document that is not there.
    """
    with service.registry.write() as records:
        case = _before_examination(records.case(case_id, lock=True))
        readings = records.readings_of(case_id)
        if seen_version is not None and readings[-1].version != seen_version:
            raise Rejected("the case changed meanwhile", "look at it again")
        submission = joined(readings)
        for correction in corrections:
            submission = _corrected(submission, correction)
        now = service.clock()
        reading = records.add_reading(case_id, submission, at=now, actor=actor, message_id=None)
        case = replace(case, check_due_at=now, doubt=None, held="verified by a clerk", attempts=0)
        records.save_case(case)
        told = [_told(correction) for correction in corrections]
        records.add_event(now, actor, "amended", case_id=case_id, version=reading.version, corrections=told)
    check(service, case_id)
    with service.registry.read() as records:
        return records.case(case_id)


def decide(
    service: Service,
    case_id: int,
    value: DecisionValue,
    actor: str,
    reason: str,
    *,
    seen_decision: int | None = None,
) -> Case:
    """A clerk decides against or beside the program, with a reason; the notice goes out at once.

    Raises Rejected for a decision that the findings cannot carry, for a case that is not ``OPEN_TO_CLERKS`` and where
    another decision than the ``seen_decision`` of the clerk stands.
    """
    if not reason.strip():
        raise Rejected("a decision by hand needs a reason")
    with service.registry.write() as records:
        case = _before_examination(as_seen(records.case(case_id, lock=True), seen_decision))
        assessment = _by_hand(records, case, value)
        readings = records.readings_of(case_id)
        case = replace(case, doubt=None, attention=None)
        submission = joined(readings)
        version = readings[-1].version
        notice = decide_on(records, service, case, assessment, submission, version=version, actor=actor, reason=reason)
    if notice is not None:
        issue(service, case_id, actor, seen_decision=notice.decision_id)
    with service.registry.read() as records:
        return records.case(case_id)


def close(service: Service, case_id: int, actor: str, reason: str) -> Case:
    """Settle a case without a notice, for example an enquiry that was answered by telephone."""
    with service.registry.write() as records:
        case, now = records.case(case_id, lock=True), service.clock()
        withdraw(records, case_id, now)
        case = replace(case, state=CaseState.CLOSED, check_due_at=None, attention=None, doubt=None)
        records.save_case(case)
        records.add_event(now, actor, "closed", case_id=case_id, reason=reason)
    return case


def seen(service: Service, case_id: int, actor: str) -> None:
    """A person has looked at what needed attention."""
    with service.registry.write() as records:
        case = records.case(case_id, lock=True)
        if case.attention is not None:
            records.save_case(replace(case, attention=None))
            records.add_event(service.clock(), actor, "seen", case_id=case_id, attention=case.attention)


def note(service: Service, case_id: int, actor: str, text: str) -> None:
    """A clerk's remark in the history."""
    with service.registry.write() as records:
        records.add_event(service.clock(), actor, "note", case_id=case_id, text=text)


def _before_examination(case: Case) -> Case:
    if case.state in load_examination().states:
        raise Rejected("the case is in examination", "its intake is over; take the next step instead")
    return case


def _by_hand(records: Records, case: Case, value: DecisionValue) -> Assessment:
    if case.decision_id is None:
        raise Rejected("the case has not been checked yet", "wait a moment")
    if case.state not in OPEN_TO_CLERKS:
        raise Rejected("the case changed meanwhile", "look at it again")
    assessment = records.decision(case.decision_id).assessment
    needed = _NEEDS.get(value)
    if needed is not None and all(finding.severity is not needed for finding in assessment.findings):
        raise Rejected("no finding of the case carries this decision", "correct the facts first")
    return replace(assessment, decision=Decision(value, _CERTAIN))


def _corrected(submission: Submission, correction: Correction) -> Submission:
    documents = list(submission.documents)
    if isinstance(correction, Add):
        documents.append(Document(correction.type, correction.pages, correction.subtype, _CERTAIN))
        return replace(submission, documents=tuple(documents))
    if not 0 <= correction.document < len(documents):
        raise Rejected("there is no such document", "look at the case again")
    document = documents[correction.document]
    match correction:
        case SetField(key=key, value=value):
            documents[correction.document] = document.with_field(key, _by_clerk(document.get(key), value))
        case ConfirmFields(keys=keys):
            documents[correction.document] = _confirmed(document, keys)
        case SetType(type=type_, subtype=subtype):
            documents[correction.document] = replace(document, type=type_, subtype=subtype, confidence=_CERTAIN)
        case Split(at=at):
            documents[correction.document : correction.document + 1] = _split(document, at)
        case Join(other=other):
            documents = _one(documents, correction.document, other)
    return replace(submission, documents=tuple(documents))


def _by_clerk(read: Field | None, value: Value) -> Field:
    """A clerk's value in the place of what was read; the raw reading stays beside it."""
    base = read or Field(None)
    return replace(base, value=value, confidence=_CERTAIN, probability=None, source=Source.CLERK)


def _confirmed(document: Document, keys: tuple[str, ...]) -> Document:
    wanted = keys or tuple(document.fields)
    read = {key: field for key, field in document.fields.items() if key in wanted}
    confirmed = {key: _by_clerk(field, field.value) for key, field in read.items()}
    return replace(document, fields={**document.fields, **confirmed}, confidence=_CERTAIN)


def _split(document: Document, at: int) -> list[Document]:
    if not 1 < at <= len(document.pages):
        raise Rejected("the document has no such page to split at")
    before, after = document.pages[: at - 1], document.pages[at - 1 :]
    return [replace(document, pages=before), replace(document, pages=after, fields={}, confidence=_CERTAIN)]


def _one(documents: list[Document], first: int, second: int) -> list[Document]:
    if first == second or not 0 <= second < len(documents):
        raise Rejected("there is no such document", "look at the case again")
    left, right = documents[first], documents[second]
    documents[first] = replace(left, pages=left.pages + right.pages, fields={**right.fields, **left.fields})
    return [document for index, document in enumerate(documents) if index != second]


def _told(correction: Correction) -> dict[str, object]:
    """The correction for the audit log; the values stand in the readings."""
    told: dict[str, object] = {"kind": type(correction).__name__}
    for name in ("document", "key", "type", "subtype", "at", "other"):
        if (value := getattr(correction, name, None)) is not None:
            told[name] = value
    return told
