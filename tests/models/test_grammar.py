"""Endings follow the vowels of the spoken number or word, as in the sources themselves."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from models.grammar import Case, clause_words, date_words, listed, moment_words, number_words, ordinal, suffix, year


@pytest.mark.parametrize(
    "written",
    ["2.6.1.1-ci", "2.6.1.2-ci", "2.6.1.3-cü", "2.6.1.4-cü", "2.6.1.5-ci", "2.2.2.6-cı", "2.6.1.7-ci", "2.2.2.8-ci",
     "2.2.2.9-cu", "2.6.1.10-cu", "2.6.1.8-1-ci", "29-cu", "45-ci", "46-cı", "14-cü", "78.1-ci", "1-ci", "11-13-cü",
     "20-ci", "30-cu", "40-cı", "60-cı", "90-cı", "100-cü", "575-ci", "14.14-cü", "4-1-ci"],
)  # fmt: skip
def test_ordinal_endings_are_those_printed_in_the_sources(written: str) -> None:
    """The number is spoken, and its last vowel decides; every clause the sources print comes out as they print it."""
    assert ordinal(written.rpartition("-")[0]) == written


@pytest.mark.parametrize(
    ("number", "words"),
    [(1985, "1985-ci il"), (1998, "1998-ci il"), (1999, "1999-cu il"), (2000, "2000-ci il"), (2003, "2003-cü il"),
     (2016, "2016-cı il"), (2026, "2026-cı il"), (2030, "2030-cu il"), (1990, "1990-cı il"), (2040, "2040-cı il"),
     (1900, "1900-cü il")],
)  # fmt: skip
def test_years(number: int, words: str) -> None:
    """Years carry the ending of their last spoken word."""
    assert year(number) == words


def test_dates() -> None:
    """Dates are written as offices write them."""
    assert date_words(date(2026, 11, 22)) == "22 noyabr 2026-cı il"
    assert moment_words(datetime(2026, 11, 22, 14, 5)) == "22 noyabr 2026-cı il, saat 14:05"


@pytest.mark.parametrize(
    ("clause", "words"),
    [("REG28 2.6.1.4", "Reqlamentin 2.6.1.4-cü yarımbəndi"), ("REG28 2.6.1", "Reqlamentin 2.6.1-ci yarımbəndi"),
     ("REG28 2.6.1.8-1", "Reqlamentin 2.6.1.8-1-ci yarımbəndi"), ("REG28 2.5", "Reqlamentin 2.5-ci bəndi"),
     ("DEC189 17", "Əsasnamənin 17-ci bəndi"), ("DEC189 4-1", "Əsasnamənin 4-1-ci bəndi"),
     ("DEC189 11-13", "Əsasnamənin 11-13-cü bəndləri"),
     ("QA", "“Sual – Cavab” məlumat səhifəsi")],
)  # fmt: skip
def test_clauses_in_words(clause: str, words: str) -> None:
    """REG28 calls two-step numbers bənd and longer ones yarımbənd."""
    assert clause_words(clause) == words


def test_clauses_in_cases() -> None:
    """A clause takes the possessive declension; an unknown source is an error, never a guess."""
    assert clause_words("REG28 2.6.1.4", case=Case.DATIVE) == "Reqlamentin 2.6.1.4-cü yarımbəndinə"
    assert clause_words("DEC189 17", case=Case.ABLATIVE) == "Əsasnamənin 17-ci bəndindən"
    with pytest.raises(ValueError, match="XYZ"):
        clause_words("XYZ 1")


@pytest.mark.parametrize(
    ("word", "case", "possessive", "form"),
    [("reqlament", "genitive", False, "reqlamentin"), ("arayış", "dative", False, "arayışa"),
     ("ərizə-anket", "accusative", False, "ərizə-anketi"), ("vəsiqə", "genitive", False, "vəsiqənin"),
     ("vəsiqə", "dative", False, "vəsiqəyə"), ("nazirlik", "genitive", False, "nazirliyin"),
     ("uşaq", "dative", False, "uşağa"), ("3x4 sm ölçüdə fotoşəkil", "accusative", False, "3x4 sm ölçüdə fotoşəkli"),
     ("fotoşəkil", "locative", False, "fotoşəkildə"), ("sürücü", "ablative", False, "sürücüdən"),
     ("Dövlət Miqrasiya Xidməti", "dative", True, "Dövlət Miqrasiya Xidmətinə"),
     ("Dövlət Miqrasiya Xidməti", "genitive", True, "Dövlət Miqrasiya Xidmətinin"),
     ("Daxili İşlər Nazirliyi", "ablative", True, "Daxili İşlər Nazirliyindən"),
     ("pasportun surəti", "accusative", True, "pasportun surətini"), ("ölüm", "genitive", False, "ölümün"),
     ("hüquq", "genitive", False, "hüququn")],
)  # fmt: skip
def test_case_endings(word: str, case: str, possessive: bool, form: str) -> None:
    """Endings agree with the last vowel, take a buffer after vowels and soften k and q."""
    assert suffix(word, case, possessive=possessive) == form


def test_numbers_in_words() -> None:
    """Numbers are spoken as in Azerbaijani: no "bir" before yüz and min."""
    assert number_words(110) == "yüz on"
    assert number_words(1_000_021) == "bir milyon iyirmi bir"
    assert number_words(2026) == "iki min iyirmi altı"


def test_listed() -> None:
    """A row of things ends in və."""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b və c"
