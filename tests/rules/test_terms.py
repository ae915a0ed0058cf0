"""Terms end where the calendar of Azerbaijan says."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.catalogue import Term
from rules.terms import (
    Changes,
    Deadline,
    add_months,
    add_working_days,
    day_in_baku,
    deadline,
    is_working_day,
    load_changes,
    next_working_day,
    problem_of_changes,
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),  # Friday
        (date(2026, 11, 21), False),  # Saturday
        (date(2026, 1, 20), False),  # day of general sorrow
        (date(2026, 3, 20), False),  # Novruz
        (date(2026, 5, 28), False),  # day of independence
        (date(2026, 6, 15), False),  # day of national salvation
        (date(2027, 1, 1), False),
        (date(2026, 3, 9), False),  # Monday after the women's day on a Sunday
        (date(2026, 5, 27), False),  # Qurban bayramı
        (date(2025, 6, 21), True),  # a Saturday worked for a day off
        (date(2024, 12, 29), True),  # a Sunday worked for 3 January 2025
        (date(2025, 1, 3), False),
    ],
)
def test_working_days_of_azerbaijan(day: date, works: bool) -> None:
    """Weekends and the holidays of the Labour Code are free."""
    assert is_working_day(day) is works


def test_the_cabinet_moves_days() -> None:
    """A yearly decision makes a Friday free and a Saturday working."""
    changes = Changes({date(2026, 11, 20): "qərar"}, {date(2026, 11, 21): "qərar"})
    assert not is_working_day(date(2026, 11, 20), changes)
    assert next_working_day(date(2026, 11, 20), changes) == date(2026, 11, 21)


def test_the_office_writes_changes_into_a_file(tmp_path: Path) -> None:
    """One line per day, with its reason."""
    file = tmp_path / "holidays.yaml"
    file.write_text("free:\n  - {day: 2026-11-20, why: qərar}\nworked: []\n", encoding="utf-8")
    assert load_changes(file).free == {date(2026, 11, 20): "qərar"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("free: [", "not valid YAML"),
        ("frei: []", "only the keys"),
        ("free:\n  - {day: 20.11.2026, why: qərar}\n", "write each day"),
        ("worked:\n  - 2026-11-21\n", "write each day"),
    ],
)
def test_a_mistake_in_the_changes_is_named(tmp_path: Path, text: str, problem: str) -> None:
    """A day that cannot be read must not silently stay a working day."""
    file = tmp_path / "holidays.yaml"
    file.write_text(text, encoding="utf-8")
    assert problem in problem_of_changes(file)
    with pytest.raises(ValueError, match=problem):
        load_changes(file)


def test_the_shipped_file_of_changes_is_right() -> None:
    """`intake catalogue --check` looks at it too."""
    assert problem_of_changes() == ""


def test_a_term_that_ends_in_novruz() -> None:
    """From 17 March 2026 five days end on a holiday; the next working day is after the moved days."""
    assert deadline(date(2026, 3, 17), Term("correction", 5, "days")) == Deadline(date(2026, 3, 22), date(2026, 3, 31))


def test_five_days_are_calendar_days_with_the_next_working_day_beside() -> None:
    """REG28 3.3.2.2: from Tuesday five days end on Sunday; Monday is shown beside it."""
    term = Term("correction", 5, "days")
    assert deadline(date(2026, 11, 17), term) == Deadline(date(2026, 11, 22), date(2026, 11, 23))
    assert deadline(date(2026, 11, 18), term) == Deadline(date(2026, 11, 23))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 22), 13, date(2027, 12, 22)),
    ],
)
def test_months_end_on_the_same_day(start: date, months: int, end: date) -> None:
    """Where the month has no such day, on its last."""
    assert add_months(start, months) == end


def test_working_days_skip_holidays() -> None:
    """Three working days over New Year."""
    end = add_working_days(date(2026, 12, 29), 3)
    assert end > date(2027, 1, 2)
    assert is_working_day(end)
    assert deadline(date(2026, 12, 29), Term("service", 3, "working_days")) == Deadline(end)


def test_the_day_of_receipt_is_bakus() -> None:
    """Half past eight in the evening UTC is the next day in Baku."""
    assert day_in_baku(datetime(2026, 11, 21, 20, 30, tzinfo=UTC)) == date(2026, 11, 22)
    assert day_in_baku(datetime(2026, 11, 21, 20, 30)) == date(2026, 11, 21)
