"""Terms that passed: a clerk's task, told once for each term, never a decision by themselves (casework.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from intake.casework.service import Service
from intake.ports import Records
from models.office import PROGRAM, Case, Opinion
from rules.terms import day_in_baku, passed

ANSWER_OVERDUE = "the days for an answer passed unanswered"
OPINION_OVERDUE = "an agency's month for its opinion passed"


def late_answers(records: Records, today: date) -> Sequence[Case]:
    """The cases whose applicant did not answer in the days given."""
    return [case for case in records.cases_overdue(today) if case.answer_until and passed(case.answer_until, today)]


def late_opinions(records: Records, today: date) -> Sequence[Opinion]:
    """The opinions that did not come in the month given."""
    return [opinion for opinion in records.opinions_overdue(today) if passed(opinion.due_on, today)]


def mark_overdue(service: Service) -> int:
    """Ask for a person's attention where a term passed; how many cases were marked."""
    today = day_in_baku(service.clock())
    return sum(_mark(service, term, today) for term in (_ANSWERS, _OPINIONS))


@dataclass(frozen=True, slots=True)
class _Term:
    """A kind of term: the cases whose last day passed, with that day; the event and the remark that tell it."""

    ended: Callable[[Records, date], Mapping[int, date]]
    action: str
    remark: str


def _mark(service: Service, term: _Term, today: date) -> int:
    """Marks the cases whose term ended on a day, unless something else is asked of a person there or this was told."""
    with service.registry.read() as records:
        late = [id_ for id_, last in term.ended(records, today).items() if not _told(records, id_, term.action, last)]
    marked = 0
    for case_id in late:
        with service.registry.write() as records:
            case = records.case(case_id, lock=True)
            if case.attention is None and case_id in term.ended(records, today):  # still, now that nobody changes it
                records.save_case(replace(case, attention=term.remark))
                records.add_event(service.clock(), PROGRAM, term.action, case_id=case_id)
                marked += 1
    return marked


def _told(records: Records, case_id: int, action: str, last: date) -> bool:
    return any(event.action == action and day_in_baku(event.at) > last for event in records.events_of(case_id))


def _ended_answers(records: Records, today: date) -> Mapping[int, date]:
    return {case.id: case.answer_until for case in late_answers(records, today) if case.answer_until}


def _ended_opinions(records: Records, today: date) -> Mapping[int, date]:
    return {each.case_id: each.due_on for each in late_opinions(records, today)}


_ANSWERS = _Term(_ended_answers, "answer_overdue", ANSWER_OVERDUE)
_OPINIONS = _Term(_ended_opinions, "opinion_overdue", OPINION_OVERDUE)
