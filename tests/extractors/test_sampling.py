"""Which script and language a few lines tell, however badly they are read."""

from __future__ import annotations

import numpy as np
import pytest

from extractors import sampling
from extractors.engines.paddle import Reading
from models.sheet import Language


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
