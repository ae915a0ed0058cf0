"""Which script and language a few lines tell, however badly they are read."""

from __future__ import annotations

import numpy as np
import pytest

from extractors import sampling
from extractors.engines.paddle import Reading
from models.geometry import WHOLE
from models.sheet import Language, Line, Word


def _reading(text: str, sure: float = 0.95) -> Reading:
    return Reading(text, (sure,) * len(text))


def test_a_card_that_lost_its_schwas_is_not_turkish() -> None:
    """An engine that reads Ə as A or E leaves only marks that Turkish has too; words settle it."""
    card = "SAXSIYYAT VASIQASI Soyadı Adı Atasının adı Doğum tarixi Cinsi Vəsiqənin nömrəsi Etibarlıdır ÇÖLÜŞ"
    assert sampling.language_of(card.replace("ə", "a")) is Language.AZ
    letter = "İçişleri Bakanlığı Nüfus Müdürlüğü Türkiye Cumhuriyeti vatandaşı hususunda bir sakınca görülmemektedir"
    assert sampling.language_of(letter) is Language.TR


def test_one_azerbaijani_letter_makes_no_azerbaijani_page() -> None:
    """A Russian page with one misread letter stays Russian."""
    assert sampling.language_of("Справка выдана в том, ҹто он действительно проживает по адресу") is Language.RU


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("TRADE REGISTER EXTRACT Company number 44112", Language.EN),
        ("To whom it may concern", Language.EN),
        ("Passport No 12345 Date of issue 12.02.2020 Nationality GEO", Language.EN),
        ("T.C. KİMLİK KARTI Soyadı YILDIZ Adı MEHMET Doğum Tarihi", Language.TR),
        ("ADLI SICIL KAYDI YOKTUR Turkiye Cumhuriyeti Adalet Bakanligi", Language.TR),
        ("Sirketimizde 2016 yilindan beri calismakta olan Kemal Arslan", Language.TR),
        (
            "ARAYIS Verilir Karimov Anvara ondan otru ki, o hemin unvanda yasayir ve bu barede qeydiyyatdadir",
            Language.AZ,
        ),
        ("Qebz No 118 Mebleg 110 AZN Odeyici Karimov", Language.AZ),
        ("Soyadi Surname Adi Name", Language.AZ),
        ("CƏMİ 110 AZN", Language.AZ),
        ("Справка", Language.RU),
        ("Арајыш", Language.AZ_CYRL),
    ],
)
def test_a_few_words_tell_a_language(text: str, language: Language) -> None:
    """Slips and cards have little text, and phones leave the marks out: words tell what letters do not."""
    assert sampling.language_of(text) is language


def test_a_sheet_tells_its_language_by_certain_words() -> None:
    """What Azerbaijani's model makes of another script looks like anything; it is not sure of that."""
    letter = "This certifies that the holder of this passport has been employed by our company since that date"
    said = letter.split()
    assert sampling.told_by([_line(said, 0.95)]) is Language.EN
    assert sampling.told_by([_line(said, 0.4)]) is Language.AZ
    assert sampling.told_by([_line(said[:8], 0.95)]) is Language.AZ


def test_letters_of_its_own_make_a_sheet_azerbaijani() -> None:
    """The longest lines of a card are its zone, which looks English; what was surely read in Azerbaijani tells more."""
    card = ["AZƏRBAYCAN", "RESPUBLİKASI", "ŞƏXSİYYƏT", "VƏSİQƏSİ"]
    assert sampling.is_azerbaijani([_line(card, 0.95)])
    assert not sampling.is_azerbaijani([_line(card, 0.4)])
    assert not sampling.is_azerbaijani([_line(["KİMLİK", "KARTI", "Soyadı", "ÖZDEMİR", "Uyruğu"], 0.95)])


def _line(words: list[str], sure: float) -> Line:
    return Line(tuple(Word(word, WHOLE, sure) for word in words), WHOLE)


def test_digits_and_points_do_not_make_a_cyrillic_page_latin(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second engine finds only dates and points in Russian print and is sure of them; Russian is tried."""
    monkeypatch.setattr(sampling, "line_reader", lambda: _Sure())
    monkeypatch.setattr(sampling, "installed_languages", lambda: frozenset({"rus"}))
    monkeypatch.setattr(sampling, "_cyrillic", lambda lines, model: [_reading("Справка выдана в том")] * len(lines))
    read = sampling._readings([np.zeros((20, 200), np.uint8)] * 4)
    assert read[0].text.startswith("Справка")


class _Sure:
    def read_masked(self, line: object, alphabet: object) -> Reading:
        return _reading("N 010 13.03.2019")
