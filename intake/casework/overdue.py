"""Terms that passed: a clerk's task, told once for each term, never a decision by themselves (casework.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
    with service.registry.read() as records:
        answers = {case.id: case.answer_until for case in late_answers(records, today) if case.answer_until}
        opinions = {each.case_id: each.due_on for each in late_opinions(records, today)}
    return _mark(service, answers, "answer_overdue", ANSWER_OVERDUE) + _mark(
        service, opinions, "opinion_overdue", OPINION_OVERDUE
    )


def _mark(service: Service, ended: Mapping[int, date], action: str, remark: str) -> int:
    """Marks the cases whose term ended on a day, unless something else is asked of a person there or this was told."""
    marked = 0
    for case_id, last in ended.items():
        with service.registry.read() as records:
            events = records.events_of(case_id)
        if any(event.action == action and day_in_baku(event.at) > last for event in events):
            continue
        with service.registry.write() as records:
            case = records.case(case_id, lock=True)
            if case.attention is None:
                records.save_case(replace(case, attention=remark))
                records.add_event(service.clock(), PROGRAM, action, case_id=case_id)
                marked += 1
    return marked
