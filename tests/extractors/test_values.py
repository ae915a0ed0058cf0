"""What words on paper mean: dates, phones, denials, choices, amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors import values
from extractors.values import Precision


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("12.03.1985", "1985-03-12", Precision.DAY),
        ("12/03/1985", "1985-03-12", Precision.DAY),
        ("12 03 1985", "1985-03-12", Precision.DAY),
        ("12 .03. 1985", "1985-03-12", Precision.DAY),
        ("12 mart 1985-ci il", "1985-03-12", Precision.DAY),
        ("«12» mart 1985", "1985-03-12", Precision.DAY),
        ("« 7 » iyul 2019-cu il", "2019-07-07", Precision.DAY),
        ("1985-ci il martın 12-si", "1985-03-12", Precision.DAY),
        ("martın 5-i 2010", "2010-03-05", Precision.DAY),
        ("12.III.1985", "1985-03-12", Precision.DAY),
        ("12.O3.1985", "1985-03-12", Precision.DAY),
        ("l2.03.1985", "1985-03-12", Precision.DAY),
        ("12 марта 1985 г.", "1985-03-12", Precision.DAY),
        ("12 Ağustos 1999", "1999-08-12", Precision.DAY),
        ("March 12, 1985", "1985-03-12", Precision.DAY),
        ("12 sentyadr 2001", "2001-09-12", Precision.DAY),
        ("2009-cu ilin may ayında", "2009-05", Precision.MONTH),
        ("05.2009", "2009-05", Precision.MONTH),
        ("2009-cu il", "2009", Precision.YEAR),
        ("31.02.1985", None, Precision.IMPOSSIBLE),
        ("30 fevral 2001", None, Precision.IMPOSSIBLE),
        ("burada doğulmuşam", None, Precision.NOTHING),
        ("07.05.19g2-ci il", None, Precision.NOTHING),
        ("07.05.19?2", None, Precision.NOTHING),
        ("12.03.19 85", None, Precision.NOTHING),
        ("12.03.85-ci il", "1985-03-12", Precision.DAY),
        ("P70891123, ASAN 2, 13.04.2019", "2019-04-13", Precision.DAY),
    ],
)
def test_dates(text: str, iso: str | None, precision: Precision) -> None:
    """Dates become ISO 8601 as exact as they are written; an impossible one is told apart from none."""
    assert values.parse_date(text) == (iso, precision)


@pytest.mark.parametrize(
    ("text", "rest", "numbers"),
    [
        ("Bakı ş., Nizami küç. 12, m. 45, ev tel: 012 440-12-34, mob: +994 50 123 45 67",
         "Bakı ş., Nizami küç. 12, m. 45", ["+994124401234", "+994501234567"]),
        ("Bakı, 4994501234567", "Bakı", ["+994501234567"]),
        ("AZ1000 Bakı, Xətai 5/12 (050) 123 45 67", "AZ1000 Bakı, Xətai 5/12", ["+994501234567"]),
        ("Gəncə, (4994 22) 256 12 34 (ev), 055-222-33-44 (iş)", "Gəncə", ["+994222561234", "+994552223344"]),
        ("Sumqayıt 5 mkr. bina 12 mənzil 45 050 123 45 67", "Sumqayıt 5 mkr. bina 12 mənzil 45", ["+994501234567"]),
        ("Bakı, ev 12, mənzil 45. Telefonlar: ev – (012) 564 12 33; iş – (012) 444 55 66",
         "Bakı, ev 12, mənzil 45.", ["+994125641233", "+994124445566"]),
        ("Moskva +7 495 123 45 67", "Moskva", ["+74951234567"]),
        ("Moskva, 8 (903) 123-45-67", "Moskva", ["+79031234567"]),
        ("Bakı, Nizami küç. 5, mənzil 12, tel. 4981234", "Bakı, Nizami küç. 5, mənzil 12", ["4981234"]),
        ("Bakı 012 440 12 34 050 123 45 67", "Bakı", ["+994124401234", "+994501234567"]),
        ("Şəki rayonu, Baş Göynük kəndi", "Şəki rayonu, Baş Göynük kəndi", []),
    ],
)  # fmt: skip
def test_phones_leave_an_address(text: str, rest: str, numbers: list[str]) -> None:
    """Phones and their labels leave an address; numbers are E.164 even when "+" was read as 4."""
    address, spans = values.split_phones(text)
    assert (address, [span.number for span in spans]) == (rest, numbers)


@pytest.mark.parametrize(
    "text",
    ["yox", "Yoxdur.", "Xeyr, olmamışam", "-", "—", "Heç vaxt olmamışam", "mühakimə olunmamışam", "нет", "YOXDUR"],
)
def test_denials(text: str) -> None:
    """An answer that says nothing but no is a denial, also when it repeats the question."""
    assert values.is_denial(text, ["Azərbaycan Respublikasında mühakimə olunmusunuzmu"])


@pytest.mark.parametrize(
    "text", ["Yoxlama idarəsi", "Rusiyada işləmişəm", "Xeyr, lakin 2001-ci ildə olmuşam", "12", ""]
)
def test_no_denials(text: str) -> None:
    """A denial with anything else in it is a text of its own."""
    assert not values.is_denial(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("evliyəm", "married"), ("Nikahda", "married"), ("ərdəyəm", "married"), ("Evli, 2 uşaq", "married"),
        ("nlkahda", "married"), ("subayam", "single"), ("nikahda deyiləm", "single"), ("dulam", "widowed"),
        ("boşanmışam", "divorced"), ("Boşanmışam, subayam", "divorced"), ("bilinmir", None),
    ],
)  # fmt: skip
def test_marital_status(text: str, status: str | None) -> None:
    """Natural wordings of family status; a denied state is not that state."""
    assert values.marital_status(text) == status


def test_citizenship_names_the_stateless() -> None:
    """Statelessness in any wording is one value, a state stays the applicant's own word."""
    assert [values.citizenship(t) for t in ("vətəndaşlığı olmayan şəxs", "yoxdur", "Gürcüstan", " ")] == [
        "stateless", "stateless", "Gürcüstan", None,
    ]  # fmt: skip


def test_amounts() -> None:
    """Sums with spaces, commas and qəpik."""
    assert [values.amount(t) for t in ("110,00 AZN", "1 234.50", "110 manat 05 qəpik", "manat")] == [
        Decimal("110.00"), Decimal("1234.50"), Decimal("110.05"), None,
    ]  # fmt: skip


def test_leaders_and_hints_are_no_answer() -> None:
    """Writing lines, dotted leaders and the printed hint under a date are not words of the applicant."""
    assert values.without_leaders("_____ Bakı ____ (gün, ay, il) ........") == "Bakı"
    assert values.without_leaders("→ Bakı → Gəncə") == "Bakı → Gəncə"
    assert values.is_hollow(values.without_leaders("«___» ________")) and not values.is_hollow("-")


def test_periods() -> None:
    """A period in one cell splits into its ends; a job that goes on has none."""
    assert values.split_period("09.2005 - hal-hazırda") == ("09.2005", "hal-hazırda")
    assert values.split_period("01.2005-03.2009") == ("01.2005", "03.2009")
    assert values.is_ongoing("indiyədək") and values.is_ongoing("h/h") and not values.is_ongoing("06.2011")
