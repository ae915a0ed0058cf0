"""The supervision figures (REG28 3.4): how applications are received, how fast they are answered, what is late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from intake.casework.overdue import late_answers, late_opinions
from intake.casework.read import DUPLICATE
from intake.casework.service import Service
from intake.ports import Figures
from models.case import DecisionValue
from models.office import BAKU, CaseState, NoticeState
from rules.terms import day_in_baku

_STUCK = timedelta(hours=1)
NO_PROCEDURE = "-"


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of the cases that arrived from ``since`` to ``until``, both included. Times in seconds.

    ``automatic`` is the share decided without a clerk, ``overturned`` the share whose decision a clerk changed; both
    None when nothing was decided; ``duplicates`` counts messages that came once more. ``overdue`` and ``stuck`` are
    counts of now.
    """

    since: date
    until: date
    by_day: tuple[tuple[date, str, int], ...]
    decisions: tuple[tuple[str, int], ...]
    refusals: tuple[tuple[str, int], ...]
    cases: int
    answered: int
    median_s: float | None
    percentile_95_s: float | None
    worst_s: float | None
    automatic: float | None
    overturned: float | None
    overdue: int
    stuck: int
    duplicates: int
    states: tuple[tuple[str, int], ...]


def report(service: Service, since: date, until: date) -> Report:
    """The figures of a span of days in Baku; machine mail that was ignored is no case of theirs."""
    start = datetime.combine(since, time(), BAKU)
    end = datetime.combine(until + timedelta(days=1), time(), BAKU)
    with service.registry.read() as records:
        found = records.decided_between(start, end)
        states = records.count_cases()
        late, today = service.clock() - _STUCK, day_in_baku(service.clock())
        overdue = len(late_answers(records, today)) + len(late_opinions(records, today))
        due = records.cases_due(late)
        unread = records.unread_between(datetime.fromtimestamp(0, BAKU), late)
        duplicates = len(records.events_between(start, end, [DUPLICATE]))
        unsent = records.notices_in([NoticeState.QUEUED, NoticeState.FAILED, NoticeState.UNCONFIRMED])
    stuck = unread + len(due) + sum(n.state is not NoticeState.QUEUED or n.prepared_at < late for n in unsent)
    cases = [figures for figures in found if figures.final_value is not DecisionValue.IGNORED]
    waits = sorted((f.noticed_at - f.arrived_at).total_seconds() for f in cases if f.noticed_at)
    return Report(
        since=since,
        until=until,
        by_day=_by_day(cases),
        decisions=tuple(sorted(Counter(f.final_value.value for f in cases).items())),
        refusals=tuple(Counter(code for f in cases for code in f.refusal_codes).most_common()),
        cases=len(cases),
        answered=len(waits),
        median_s=percentile(waits, 50),
        percentile_95_s=percentile(waits, 95),
        worst_s=waits[-1] if waits else None,
        automatic=_share(f.automatic for f in cases),
        overturned=_share(f.overturned for f in cases),
        overdue=overdue,
        stuck=stuck,
        duplicates=duplicates,
        states=tuple((state.value, states.get(state, 0)) for state in CaseState),
    )


def percentile(ordered: Sequence[float], share: float) -> float | None:
    """The smallest value that at least ``share`` percent do not exceed; None of nothing."""
    if not ordered:
        return None
    rank = -(-len(ordered) * share // 100)  # rounded up
    return ordered[max(int(rank), 1) - 1]


def rows(figures: Report) -> list[tuple[str, str, str]]:
    """The report as lines: what, of what, how much."""
    lines: list[tuple[str, str, str]] = [
        ("cases", "", str(figures.cases)),
        ("answered", "", str(figures.answered)),
        ("arrival to notice, seconds", "median", _number(figures.median_s)),
        ("arrival to notice, seconds", "95th percentile", _number(figures.percentile_95_s)),
        ("arrival to notice, seconds", "worst", _number(figures.worst_s)),
        ("share decided without a clerk", "", _number(figures.automatic)),
        ("share overturned by a clerk", "", _number(figures.overturned)),
        ("overdue terms", "", str(figures.overdue)),
        ("stuck jobs", "", str(figures.stuck)),
        ("messages sent again unchanged", "", str(figures.duplicates)),
    ]
    lines += [("decisions", value, str(count)) for value, count in figures.decisions]
    lines += [("refusals by reason", code, str(count)) for code, count in figures.refusals]
    lines += [("arrived", f"{day.isoformat()} {procedure}", str(count)) for day, procedure, count in figures.by_day]
    lines += [("cases now", state, str(count)) for state, count in figures.states]
    return lines


def _by_day(cases: Iterable[Figures]) -> tuple[tuple[date, str, int], ...]:
    counted = Counter((day_in_baku(f.arrived_at), f.procedure or NO_PROCEDURE) for f in cases)
    return tuple((day, procedure, count) for (day, procedure), count in sorted(counted.items()))


def _share(flags: Iterable[bool]) -> float | None:
    known = list(flags)
    return sum(known) / len(known) if known else None


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}".rstrip("0").rstrip(".")
