"""Terms of the law in Baku's calendar: days, months, working days, and what to show when an end is no working day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import holidays
import yaml

from models.catalogue import Term
from models.office import BAKU

_CHANGES = Path(__file__).with_name("holidays.yaml")
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a term; ``shown`` is the next working day beside it when it is none itself (casework.md)."""

    day: date
    shown: date | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """The Cabinet's yearly changes: days made free and days made working, each with its reason."""

    free: Mapping[date, str] = field(default_factory=dict)
    worked: Mapping[date, str] = field(default_factory=dict)


@lru_cache(maxsize=4)
def load_changes(path: Path = _CHANGES) -> Changes:
    """The changes of a YAML file (keys ``free`` and ``worked``, entries ``day`` and ``why``).

    Raises ValueError naming what is wrong with the file.
    """
    if problem := problem_of_changes(path):
        raise ValueError(f"{path.name}: {problem}")
    data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return Changes(*({entry["day"]: entry["why"] for entry in data.get(key) or ()} for key in ("free", "worked")))


def problem_of_changes(path: Path = _CHANGES) -> str:
    """What is wrong with a file of the Cabinet's changes, in English; "" when it can be used."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return f"not valid YAML: {error}"
    if not isinstance(data, dict) or not set(data) <= {"free", "worked"}:
        return "only the keys free and worked are known"
    entries = [entry for key in data for entry in data[key] or ()]
    for entry in entries:
        if not (isinstance(entry, dict) and set(entry) == {"day", "why"} and type(entry["day"]) is date):
            return f"{entry}: write each day as {{day: 2027-03-26, why: the decision}}"
    return ""


def is_working_day(day: date, changes: Changes | None = None) -> bool:
    """Whether offices of Azerbaijan work that day; the Cabinet's changes come first."""
    changes = load_changes() if changes is None else changes
    if day in changes.free:
        return False
    calendar = _calendar(day.year)
    return day in changes.worked or day in calendar.worked or (day.weekday() < _SATURDAY and day not in calendar.free)


def next_working_day(day: date, changes: Changes | None = None) -> date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day, changes):
        day += timedelta(days=1)
    return day


def passed(last: date, today: date, changes: Changes | None = None) -> bool:
    """Whether a term is over; one whose last day is no working day is kept until the next one, which is shown."""
    return next_working_day(last, changes) < today


def add_days(day: date, days: int) -> date:
    """Calendar days; the day of the event is not counted."""
    return day + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day: one month from 31 January ends in February."""
    month = day.month - 1 + months
    first = date(day.year + month // 12, month % 12 + 1, 1)
    last = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


def add_working_days(day: date, days: int, changes: Changes | None = None) -> date:
    """Working days; the day of the event is not counted."""
    for _ in range(days):
        day = next_working_day(day + timedelta(days=1), changes)
    return day


def deadline(start: date, term: Term, changes: Changes | None = None) -> Deadline:
    """When a term of the catalogue that begins on a day ends."""
    match term.unit:
        case "months":
            end = add_months(start, term.amount)
        case "working_days":
            end = add_working_days(start, term.amount, changes)
        case _:
            end = add_days(start, term.amount)
    return last_day(end, changes)


def last_day(day: date, changes: Changes | None = None) -> Deadline:
    """The end of a term as it is shown: with the next working day beside a day that is none."""
    working = next_working_day(day, changes)
    return Deadline(day, None if working == day else working)


def day_in_baku(moment: datetime) -> date:
    """The calendar day of a moment in Baku; a moment without a zone is taken as Baku's own."""
    return (moment.replace(tzinfo=BAKU) if moment.tzinfo is None else moment.astimezone(BAKU)).date()


@lru_cache(maxsize=32)
def _calendar(year: int) -> Changes:
    """The holidays of a year, and the days of weekends that are worked instead; the next year may move some of them."""
    known = holidays.country_holidays("AZ", years=(year, year + 1))
    return Changes(
        {day: name for day, name in known.items() if day.year == year},
        dict.fromkeys((day for day in known.weekend_workdays if day.year == year), "moved"),
    )
