"""Days in guillemets and in old-style figures, as engines read them."""

from __future__ import annotations

import pytest

from extractors.papers.dates import day_in, find_day, printed_days


@pytest.mark.parametrize(
    ("text", "day", "certain"),
    [
        ("24.02.2025-ci il", "2025-02-24", True),
        ("«12» mart 2025-ci il", "2025-03-12", True),
        ("“27ə yanvar 2025", "2025-01-27", True),
        ("617? fevral 2025", "2025-02-17", False),
        ("189 mart 2025", "2025-03-18", False),
        ("c199 fevral 2025-ci il", "2025-02-19", False),
        ("€ 053 fevral 2025", "2025-02-05", False),
        ("2ş iyun zo23", "2023-06-25", False),
        ("«19 mart 2025", "2025-03-19", False),
    ],
)
def test_a_day_that_needed_a_repair_is_not_certain(text: str, day: str, certain: bool) -> None:
    """Marks read as figures fall away where only one day is left."""
    found = find_day(text)
    assert found is not None
    assert found.value == day
    assert (found.sure == 1.0) is certain


@pytest.mark.parametrize("text", ["31.02.2025", "2025", "617 nömrəli 2025", ""])
def test_no_day_is_invented(text: str) -> None:
    """What is no calendar day stays unread."""
    assert find_day(text) is None


@pytest.mark.parametrize(
    ("row", "days"),
    [
        ("04 11 1978 20 04 2018", ["1978-11-04", "2018-04-20"]),
        ("03 MAR 1978 07 NÖV 2021", ["1978-03-03", "2021-11-07"]),
        ("M 17/08/2018", ["2018-08-17"]),
        ("12 СІЧ/JAN 85", ["1985-01-12"]),
        ("18 APR/AVR 2015", ["2015-04-18"]),
        ("20 апр 2018", ["2018-04-20"]),
        ("20 NİSAN 2018", ["2018-04-20"]),
        ("2018 11 10", ["2018-11-10"]),
        ("27 1AN 2018", ["2018-01-27"]),
        ("1AN 2018", []),
        ("2018 1110", ["2018-11-10"]),
        ("15 5月/MAY 2018", ["2018-05-15"]),
        ("13 3an 2020 13 /UN 2030", ["2020-01-13", "2030-06-13"]),
        ("09.01.1984 0701.2021", ["1984-01-09", "2021-01-07"]),
        ("31 02 2019", []),
        ("A2386608 12", []),
    ],
)
def test_days_as_passports_print_them(row: str, days: list[str]) -> None:
    """Columns joined into one row come apart again; months in the languages of passports are known."""
    assert [each.value for each in printed_days(row.split())] == days


@pytest.mark.parametrize("row", ["10 2AN 2018", "10 AN 2018", "1001.2018", "10.01.20 18"])
def test_a_printed_day_that_needed_a_guess_is_not_certain(row: str) -> None:
    """The engine's alphabet has hardly any J, and it loses dots: the day is found, and never surely."""
    assert [(each.value, each.sure < 0.95) for each in printed_days(row.split())] == [("2018-01-10", True)]


def test_a_month_in_short_makes_a_day_and_figures_alone_do_not() -> None:
    """Telephones and references hold blanks, too."""
    assert day_in("11 fev 2025, 19:08") == "2025-02-11"
    assert day_in("Referans: 99 2024 11 08") is None
