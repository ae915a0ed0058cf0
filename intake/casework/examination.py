"""After acceptance (REG28 3.3, DEC189 3-5, 26-29): the steps of a case, the opinions of agencies, what is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from intake.casework.joining import joined
from intake.casework.service import Service
from intake.ports import NotFound, Records, Rejected, Work
from models.case import NoticeKind
from models.examination import Examining, Step
from models.office import PROGRAM, Case, CaseState, NoticeRecord, NoticeState, Opinion
from models.reference import notice_message_id
from rules.examination import load_examination
from rules.terms import Deadline, day_in_baku, deadline, last_day


@dataclass(frozen=True, slots=True)
class Order:
    """The presidential order that a result rests on."""

    day: date
    number: str | None = None


@dataclass(frozen=True, slots=True)
class TermOf:
    """A term: whose (``""`` is our own), since when, until when, and for an agency what it was asked and said."""

    agency: str
    began_on: date
    until: Deadline
    opinion: Opinion | None = None


def open_steps(service: Service, case: Case) -> tuple[Step, ...]:
    """The steps that may be taken now; none for procedures that end with their registration."""
    if service.examined(case.procedure) is None:
        return ()
    return load_examination().after(case.state)


def advance(service: Service, case_id: int, to: CaseState, actor: str, *, order: Order | None = None) -> Case:
    """Take the next step of a case; the applicant is told where the step says so.

    Raises Rejected for a step that is not open, before all opinions are in, or for a grant without its order.
    """
    notice = None
    with service.registry.write() as records:
        case = records.case(case_id, lock=True)
        how = service.examined(case.procedure)
        step = next((each for each in load_examination().after(case.state) if each.state is to), None)
        if how is None or step is None:
            raise Rejected("this step does not follow where the case stands", "look at the case again")
        if step.needs_opinions and any(each.given_at is None for each in records.opinions_of(case_id)):
            raise Rejected("not every agency has given its opinion", "record the opinions first")
        if to is CaseState.GRANTED and order is None:
            raise Rejected("a grant needs the day of its order")
        case = _taken(records, service, case, step, how, actor)
        if step.notice is not None:
            notice = _told(records, service, case, step.notice, actor, order)
    if notice is not None and notice.state is NoticeState.QUEUED:
        service.wake(Work.SEND, notice.id)
    return case


def give_opinion(
    service: Service, case_id: int, agency: str, actor: str, *, favourable: bool, text: str = ""
) -> Opinion:
    """An agency's opinion, given by itself or recorded by an examiner; the last one asked for moves the case on.

    Raises NotFound where the agency was not asked, Rejected where it has answered already.
    """
    now = service.clock()
    with service.registry.write() as records:
        case = records.case(case_id, lock=True)
        opinions = records.opinions_of(case_id)
        asked = next((each for each in opinions if each.agency == agency), None)
        if asked is None:
            raise NotFound("this agency was not asked about the case")
        if asked.given_at is not None:
            raise Rejected("the opinion has been given already")
        given = replace(asked, given_at=now, given_by=actor, favourable=favourable, text=text.strip())
        records.save_opinion(given)
        records.add_event(now, actor, "opinion_given", case_id=case_id, agency=agency, favourable=favourable)
        how = service.examined(case.procedure)
        if how is not None and all(each.given_at is not None or each.id == given.id for each in opinions):
            for step in load_examination().after(case.state):
                if step.needs_opinions:
                    _taken(records, service, case, step, how, PROGRAM)
    return given


def terms_of(
    service: Service, case: Case, registered_at: datetime | None, opinions: tuple[Opinion, ...]
) -> list[TermOf]:
    """The Service's own term and those of the agencies, each with the next working day where it ends on none."""
    how = service.examined(case.procedure)
    if how is None or registered_at is None:
        return []
    began = day_in_baku(registered_at)
    agencies = [TermOf(each.agency, day_in_baku(each.asked_at), last_day(each.due_on), each) for each in opinions]
    return [TermOf("", began, deadline(began, how.term)), *agencies]


def _taken(records: Records, service: Service, case: Case, step: Step, how: Examining, actor: str) -> Case:
    now = service.clock()
    case = replace(case, state=step.state, attention=None)
    records.save_case(case)
    clause = step.clauses.get(how.source, "")
    records.add_event(now, actor, "stage", case_id=case.id, value=step.state.value, clause=clause)
    if step.asks_opinions:
        today = day_in_baku(now)
        for agency in load_examination().agencies.values():
            if agency.in_force.on(today):
                due = deadline(today, how.term).day
                records.ask_opinion(case.id, agency.key, asked_at=now, due_on=due)
    return case


def _told(
    records: Records, service: Service, case: Case, kind: NoticeKind, actor: str, order: Order | None
) -> NoticeRecord | None:
    """The notice of a step, queued at once, because a person has just taken the step; without an address none is sent
    and a person is told."""
    now = service.clock()
    if case.decision_id is None:
        raise Rejected("the case was never decided")
    recipient = joined(records.readings_of(case.id)).message.answer_to
    notice = records.add_notice(
        case.id,
        case.decision_id,
        kind=kind,
        state=NoticeState.QUEUED if recipient else NoticeState.FAILED,
        recipient=recipient.lower() if recipient else None,
        message_id=notice_message_id(case.reference, kind.value, service.practice.domain),
        prepared_at=now,
        order_date=order.day if order else None,
        order_number=order.number if order else None,
    )
    notice = replace(notice, registration=case.registration, issued_at=now, issued_by=actor)
    records.save_notice(notice)
    records.add_event(now, actor, "issued", case_id=case.id, notice=notice.id, kind=kind.value)
    return notice
