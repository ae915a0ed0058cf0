"""When two readings are of one person: scripts and spellings never matter, a letter may make a doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.check_digits import iban_valid, voen_valid
from rules.identity import Likeness, dates_alike, digits_alike, heard_alike, names_alike, persons_alike


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Əliyev", "ALIYEV"), ("Əliyev", "ELIYEV"), ("Əliyev", "Алиев"), ("Həsənov", "HASANOV"), ("Həsənov", "ГАСАНОВ"),
        ("Həsənov", "Һәсәнов"), ("Hüseynov", "Гусейнов"), ("Şükürov", "SHUKUROV"),
        ("Şükürov", "SUKUROV"), ("Çingiz", "CHINGIZ"), ("Çingiz", "CINGIZ"), ("Cavid", "JAVID"), ("Qarayev", "GARAYEV"),
        ("Qarayev", "KARAYEV"), ("Xəlilov", "KHALILOV"), ("Ağayeva", "AGHAYEVA"), ("Məmmədov", "Mamedov"),
        ("Ülviyyə", "ULVIYYA"), ("Gülnar", "GUELNAR"), ("Öztürk", "OZTURK"), ("Yusif", "Юсиф"), ("Jalə", "ZHALA"),
        ("İsmayılov", "ISMAYILOV"), ("Aydın", "AYDIN"), ("Fəridə Nigar", "FARIDA"), ("Elçin", "Эльчин"),
    ],
)  # fmt: skip
def test_one_name_in_many_spellings(ours: str, theirs: str) -> None:
    """MRZ, Cyrillic, English and Russian spellings of one name are the same."""
    assert names_alike(ours, theirs) is Likeness.SAME
    assert names_alike(theirs, ours) is Likeness.SAME


_SYLLABLES = ("ba", "de", "li", "mi", "nu", "ra", "si", "ta", "ve", "zo")
_STEMS = st.lists(st.sampled_from(_SYLLABLES), min_size=1, max_size=4).map("".join)


@given(stem=_STEMS, other=_STEMS, ending=st.sampled_from(["ZADEH", "ZADAH"]))
def test_born_of_is_written_with_an_h_elsewhere(stem: str, other: str, ending: str) -> None:
    """-zadə and -ZADEH are one ending: names that differ before it differ as they do without the h."""
    ours = f"{stem}zadə".capitalize()
    assert names_alike(ours, f"{stem.upper()}{ending}") is Likeness.SAME
    assert names_alike(ours, f"{other.upper()}{ending}") is names_alike(ours, f"{other.upper()}{ending[:-1]}")
    assert (names_alike(ours, f"{other.upper()}{ending}") is Likeness.SAME) == (stem == other)


@pytest.mark.parametrize(("ours", "theirs"), [("Nəsibə", "NASIBEH"), ("Səid", "SAIDEH"), ("Abdulla", "ABDULLAH")])
def test_an_h_behind_other_names_stays_a_doubt(ours: str, theirs: str) -> None:
    """Given names of two people may differ by their last letters."""
    assert names_alike(ours, theirs) is not Likeness.SAME


@pytest.mark.parametrize(
    ("ours", "theirs"), [("Məmmədov", "Quliyev"), ("Leyla", "Nərmin"), ("Əliyev", "Əzimov"), ("Samir", "Tural")]
)
def test_other_names_are_other_people(ours: str, theirs: str) -> None:
    """Different names differ in any spelling."""
    assert names_alike(ours, theirs) is Likeness.DIFFERENT


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Xose", "JOSE"), ("Xorxe", "JORGE"), ("Rodriqes", "RODRIGUEZ"), ("Moro", "MOREAU"),
        ("Jan-Pyer", "JEAN PIERRE"),
        ("Olivye", "OLIVIER"), ("Fransua", "FRANCOIS"), ("Şarl", "CHARLES"), ("Jak", "JACQUES"), ("Mişel", "MICHEL"),
        ("Rişar", "RICHARD"), ("Nemanya", "NEMANJA"), ("Novitska", "NOWICKA"), ("Covanni", "GIOVANNI"),
        ("Uilson", "WILSON"),
    ],
)  # fmt: skip
def test_a_name_written_down_by_ear(ours: str, theirs: str) -> None:
    """Each language has its regular spellings."""
    assert heard_alike(ours, theirs)
    assert heard_alike(theirs, ours)


@pytest.mark.parametrize(
    ("one", "twin"),
    [
        ("Mario", "MARIA"), ("Antonio", "ANTONIA"), ("Martin", "MARTINE"), ("Daniel", "DANIELLE"), ("Arman", "ARMIN"),
        ("Samir", "SAMIRA"), ("Kamil", "KAMAL"), ("Həsən", "HUSEYN"), ("Olivya", "OLIVIER"), ("Simon", "SIMONE"),
        ("Xuan", "JUANA"), ("Leyla", "LALA"), ("Ivan", "IVANA"), ("Rəşad", "RASHID"),
    ],
)  # fmt: skip
def test_twins_are_two_people(one: str, twin: str) -> None:
    """They share surname and birth date: their given names are never taken for one."""
    assert not heard_alike(one, twin)
    assert not heard_alike(twin, one)


def test_surnames_may_differ_more() -> None:
    """Twins share theirs."""
    assert heard_alike("Martan", "MARTIN", surname=True)
    assert not heard_alike("Martan", "MARTIN")


@pytest.mark.parametrize(("ours", "theirs"), [("Nəsibov", "Nəsirov"), ("Məmmədov", "MAMMEDDV"), ("Əliyev", "Əliyeva")])
def test_one_letter_is_a_doubt(ours: str, theirs: str) -> None:
    """One letter's difference may be a reader's mistake."""
    assert names_alike(ours, theirs) is Likeness.DOUBTFUL


@pytest.mark.parametrize(
    "written",
    [
        "Məmmədov Əli Həsən oğlu",
        "Məmmədov Ə.H.",
        "Ə. H. MƏMMƏDOV",
        "ƏLİ HƏSƏN OĞLU MƏMMƏDOV",
        "Məmmədov Əli Həsən oğluna",
        "Məmmədova Əliyə",
        "Мамедов Али",
    ],
)
def test_a_full_name_in_any_order_and_case(written: str) -> None:
    """Papers put the person into the dative or genitive and in either order."""
    surname = "Məmmədov"
    assert persons_alike(surname, "Əli", written) is Likeness.SAME


def test_a_full_name_of_another() -> None:
    """A sister shares the surname's stem, not the given name."""
    assert persons_alike("Məmmədov", "Əli", "Məmmədova Leyla Həsən qızı") is Likeness.DIFFERENT
    assert persons_alike("Əliyev", "Əli", "Quliyev Ə. H.") is Likeness.DIFFERENT
    assert persons_alike("Məmmədov", "Əli", "Məmmədov S. T.") is Likeness.DIFFERENT
    assert persons_alike("Məmmədov", "Əli", "") is Likeness.DIFFERENT


def test_dates_and_codes() -> None:
    """One digit or day and month swapped is a doubt."""
    assert dates_alike("1985-03-12", "1985-03-12") is Likeness.SAME
    assert dates_alike("1985-03-12", "1985-03-13") is Likeness.DOUBTFUL
    assert dates_alike("1985-03-12", "1985-12-03") is Likeness.DOUBTFUL
    assert dates_alike("1985-03-12", "1991-07-30") is Likeness.DIFFERENT
    assert digits_alike("140 155 5071", "1401555071") is Likeness.SAME
    assert digits_alike("142234", "142235") is Likeness.DOUBTFUL
    assert digits_alike("142234", "142213") is Likeness.DIFFERENT


@pytest.mark.parametrize("voen", ["1401555071", "1602473621", "1403006271"])
def test_voen_check_digit_fits_all_numbers_of_the_sources(voen: str) -> None:
    """procedures.md: weights 4, 1, 8, 6, 2, 7, 5, 3, modulo 11."""
    assert voen_valid(voen)
    assert not voen_valid(str(int(voen) + 10))


def test_iban_check_digits() -> None:
    """The accounts of 2.2.2 are valid; one digit changed is not."""
    assert iban_valid("AZ41NABZ01360100000000003944")
    assert iban_valid("AZ17 CTRE 0000 0000 0000 0211 7131")
    assert not iban_valid("AZ17CTRE00000000000002117132")
