"""Is a sheet part of a form, or does another paper only speak in a form's words?"""

from __future__ import annotations

import pytest

from extractors.forms import form_score
from extractors.forms.signing import _dated_part
from extractors.forms.tokens import page_text
from rules.catalogue import load_catalogue
from tests.classifiers.pages import sheet

FORM = load_catalogue().forms["application_form_acquisition"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Arayış Azərbaycan Respublikasının vətəndaşlığına qəbul məsələsi ilə əlaqədar verilir.",
        "Arayış Azərbaycan Respublikası vətəndaşlığına qəbul olunmaq məqsədilə verilir.",
    ],
)
def test_a_certificate_for_admission_to_citizenship_is_no_page_of_the_form(sentence: str) -> None:
    """One short question's words in running text say nothing of a form; else a certificate is lost in it."""
    text = f"TƏHSİL NAZİRLİYİ\nARAYIŞ\nVerilir Yusupova Dilnozaya ondan ötrü ki, o, dövlət dilini bilir.\n{sentence}"
    assert form_score(sheet(text), FORM) == 0.0


def test_a_certificate_in_the_words_of_a_question_is_no_page_of_the_form() -> None:
    """A certificate of obligations says what question 9 of Annex 2 asks, and answers it."""
    text = (
        "Ədliyyə Nazirliyi\nİcra Baş İdarəsi\nÖhdəliklərin olmaması haqqında ARAYIŞ\nVerilir Cəfərov Tural Anar oğlu "
        "ondan ötrü ki, onun dövlət, idarə, müəssisə, təşkilatlar və\nvətəndaşlar qarşısında icra edilməmiş öhdəliyi "
        "yoxdur, vergi borcu qeydə alınmamışdır."
    )
    assert form_score(sheet(text), load_catalogue().forms["application_form_renunciation"]) == 0.0


def test_names_and_birth_date_beside_such_words_are_labels_of_any_paper() -> None:
    """A certificate with labelled rows that quotes the purpose of the application is no page of the form."""
    text = (
        "Azərbaycan Respublikası Təhsil Nazirliyi\nARAYIŞ\nAzərbaycan Respublikasının vətəndaşlığına qəbul olunmaq "
        "istəyən şəxsin dövlət dilini bilməsi barədə.\nSoyadı, adı, atasının adı: Yusupova Dilnoza Rəşid qızı\n"
        "Doğum tarixi: 10.07.1973\nDoğulduğu yer: Daşkənd\nYoxlamanın nəticəsi: dövlət dilini bilir"
    )
    assert form_score(sheet(text), FORM) == 0.0


def test_a_consent_that_a_notary_certified_is_no_page_of_the_form() -> None:
    """It tells of admission to citizenship, and "İmza" begins every notary's formula."""
    text = (
        "20 fevral 2025-ci il\nMən, Əmirxanova Ofelya Elməddin qızı, övladım\nTağızadə Müşfiq Pünhan oğlunun "
        "Azərbaycan Respublikasının vətəndaşlığını\nqəbul etməsinə razılıq verirəm.\nİmza notarius V. Paşazadə "
        "tərəfindən təsdiq edilmişdir."
    )
    assert form_score(sheet(text), FORM) == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "20. Azərbaycan Respublikasının vətəndaşlığına qəbul olunmaqda məqsəd\nAiləmlə birlikdə yaşamaq",
        "Xidməti qeydlər (Dövlət Miqrasiya Xidmətində doldurulur)\nnömrəli vəsiqəyə malikdir",
    ],
)
def test_one_printed_text_alone_on_a_sheet_may_be_of_the_form(text: str) -> None:
    """A sheet that ends a form may hold a single question, or the Service's notes alone."""
    assert form_score(sheet(text), FORM) > 0.12


def test_the_heading_of_the_service_alone_is_of_the_form() -> None:
    """The last sheet of a form may hold nothing but the Service's own part."""
    text = "Xidməti qeydlər (Dövlət Miqrasiya Xidmətində doldurulur)\nVətəndaş\na)\n(pasportu vermiş orqanın adı)"
    assert form_score(sheet(text), FORM) > 0.12


def test_a_date_stands_apart_from_the_strokes_of_a_signature() -> None:
    """A signature that an engine took for letters is no part of the date in its row."""
    row = page_text(sheet("03.06.2024" + " " * 30 + "UVV/N")).tokens
    assert [token.text for token in _dated_part(row)] == ["03.06.2024"]
    spaced = page_text(sheet("12" + " " * 12 + "mart" + " " * 12 + "2024")).tokens
    assert len(_dated_part(spaced)) == 3
