"""Certificates, cards, letters and photographs: who, from whom, when, which number."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from extractors.faces import find_faces, surely_faceless
from extractors.papers import marks_of, read_paper, residence_card_number
from extractors.papers.card import read_card
from extractors.papers.certificate import read_certificate
from extractors.papers.people import find_person
from extractors.papers.photo import read_photo
from extractors.shapes import Pixels, RawPage, ReadSheet
from extractors.sheets import SheetReader
from models.geometry import Box
from models.sheet import Mark, MarkKind, Sheet, Source
from rules.catalogue import load_catalogue
from tests.classifiers.pages import sheet
from tests.extractors.papers.engines import Echo

FACES = Path(__file__).parents[4] / "shared" / "corpora" / "face"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bu arayış Karimov Anvar Rustam oğluna verilir ondan ötrü ki, o", "Karimov Anvar Rustam oğlu"),
        ("Verilir Petrov Oleq Semyonoviç ondan ötrü ki, o, həqiqətən", "Petrov Oleq Semyonoviç"),
        ("Türkiyə Respublikasının vətəndaşı Mehmet Yılmaz barədə", "Mehmet Yılmaz"),
        ("Rəşad Əliyevə verilir ki", "Rəşad Əliyev"),
        ("This is to certify that Mr. John Smith has passed", "John Smith"),
        ("Гражданин Петров Сергей Иванович обратился", "Петров Сергей Иванович"),
    ],
)
def test_person_is_found_by_how_papers_name_people(text: str, name: str) -> None:
    """Case endings that are plain to see fall away."""
    found = find_person(text)
    assert found is not None
    assert found.name == name


def test_a_name_that_runs_into_the_name_of_a_body_is_a_weak_one() -> None:
    """It may agree with the form, but is too uncertain to differ from it: it may as well be the body's name."""
    found = find_person("Bu sertifikat təsdiq edir ki, Nair Raceş Azərbaycan dili imtahanından keçmişdir")
    assert found is not None
    assert found.name == "Nair Raceş"
    assert found.confidence < 0.85


def test_certificate_tells_issuer_number_date_and_person() -> None:
    """A birth date is never the paper's date; a number that looks like a date is none."""
    page = sheet("""
              AZƏRBAYCAN RESPUBLİKASI
                 TƏHSİL NAZİRLİYİ
           Bakı şəhəri, Xətai prospekti 49
      № 01-10/22                              04.04.2019
                      ARAYIŞ
      Karimov Anvar Rustam oğlu (12.03.1985 doğumlu) dövlət dilini bilir və sərbəst danışır.
      Nazir müavini                 imza
    """, source=Source.TEXT_LAYER)  # fmt: skip
    read = read_certificate([ReadSheet(page)], Echo())
    assert read["issuer"].value == "AZƏRBAYCAN RESPUBLİKASI TƏHSİL NAZİRLİYİ"
    assert read["number"].value == "01-10/22"
    assert read["date"].value == "2019-04-04"
    assert read["person"].value == "Karimov Anvar Rustam oğlu"
    assert "dövlət dilini bilir" in read["statement"].text


def test_card_is_read_by_its_labels() -> None:
    """Labels over values in two columns and two languages."""
    page = sheet("""
      DAİMİ YAŞAMAQ ÜÇÜN İCAZƏ VƏSİQƏSİ
      Soyadı / Surname        Adı / Given names
      KARIMOV                 ANVAR
      Doğum tarixi            Vəsiqənin nömrəsi
      12.03.1985              AZE 1234567
      Verilmə tarixi          Etibarlıdır
      01.02.2020              01.02.2030
    """, source=Source.TEXT_LAYER)  # fmt: skip
    read = read_card([ReadSheet(page)], Echo())
    assert (read["surname"].value, read["given_names"].value) == ("KARIMOV", "ANVAR")
    assert (read["birth_date"].value, read["expiry_date"].value) == ("1985-03-12", "2030-02-01")
    assert read["issue_date"].value == "2020-02-01"
    assert read["document_number"].value == "AZE 1234567"
    assert read["mrz"].value is None


def test_a_card_keeps_the_letters_of_whoever_issues_it() -> None:
    """A residence card of Azerbaijan prints a foreigner's name with its dots: they are no specks of our engines."""
    page = sheet("""
      DAİMİ YAŞAMAQ ÜÇÜN İCAZƏ VƏSİQƏSİ
      Soyadı / Surname
      ŞƏMSİYEVA
      Adı / Given names
      İLAHƏ
      IRAZEDY78355474<<<<<<<<<<<<<<<
      8805072F2601249UZB<<<<<<<<<<<4
      SHAMSIYEVA<<ILAHA<<<<<<<<<<<<<
    """, source=Source.TEXT_LAYER)  # fmt: skip
    read = read_card([ReadSheet(page)], Echo())
    assert read["mrz_valid"].value is True
    assert (read["surname"].value, read["given_names"].value) == ("ŞƏMSİYEVA", "İLAHƏ")


def test_labels_in_two_languages_joined_by_a_stroke() -> None:
    """The value stands under the first language, known or not; the number of a label is no date."""
    page = sheet("""
      QAZAQSTAN RESPUBLIKASY                    PASPORT/PASSPORT
      TEGI/SURNAME
      ABDRAKHMANOV
      TUGHAN KUNI/DATE OF BIRTH (4)     ZHYNYSY/SEX
      03.07.1979                        M
      BERILGEN KUNI/DATE OF ISSUE       QOLDANYLU MERZIMI/DATE OF EXPIRY
      21.01.2020                        20.01.2030
    """, source=Source.TEXT_LAYER)  # fmt: skip
    read = read_card([ReadSheet(page)], Echo(), zone_expected=False)
    assert (read["surname"].value, read["sex"].value) == ("ABDRAKHMANOV", "male")
    assert (read["birth_date"].value, read["issue_date"].value) == ("1979-07-03", "2020-01-21")
    assert read["expiry_date"].value == "2030-01-20"


@pytest.mark.parametrize("sign", ["№", 'N"', "N:", "N?", "Ne", "No."])
def test_a_cards_number_however_its_sign_is_read(sign: str) -> None:
    """Engines know the sign badly."""
    page = sheet(f"QAÇQIN VƏSİQƏSİ\nSeriya QA {sign} 75414\nSoyadı: Haddad", source=Source.TEXT_LAYER)
    assert read_card([ReadSheet(page)], Echo(), zone_expected=False)["document_number"].value == "QA 75414"


@pytest.mark.parametrize("sign", ["№", "N?"])
def test_a_series_of_one_letter_is_a_part_of_the_number(sign: str) -> None:
    """It looks like the label's number sign."""
    page = sheet(f"QAÇQIN VƏSİQƏSİ\nSoyadı: Haddad\nSeriya R {sign} 7227926", source=Source.TEXT_LAYER)
    assert read_card([ReadSheet(page)], Echo(), zone_expected=False)["document_number"].value == "R 7227926"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Daimi yaşamaq üçün icazə vəsiqəmin seriya və nömrəsi: AZE 1234567.", "AZE 1234567"),
        ("DYİ vəsiqəsi seriyası AA, nömrəsi 0123456", "AA 0123456"),
        ("Pasportum № C12345678, daimi yaşamaq üçün icazə vəsiqəsi AZR 0012345, tel 0501234567", "AZR 0012345"),
        ("Qaçqın vəsiqəsi QV № 012345", "QV 012345"),
        ("1234567 nömrəli AZE seriyalı daimi yaşamaq üçün icazə vəsiqəsi", "AZE 1234567"),
        ("ВНЖ серия AZE номер 1234567", "AZE 1234567"),
        ("У меня ПМЖ: серия АА, номер 8197130.", "AA 8197130"),
        ("My permanent residence card No. PR1234567", "PR 1234567"),
        ("Residence card: series AA, No 8197130", "AA 8197130"),
        ("карта постоянного жителя: AA 8197130", "AA 8197130"),
        ("İkamet kartım AA8197130", "AA 8197130"),
        ("Даими јашајыш иҹазәси вәсигәсинин серијасы AB, нөмрәси 2350570.", "AB 2350570"),
    ],
)
def test_residence_card_number_in_a_letter(text: str, value: str) -> None:
    """Series and number, however they are worded."""
    found = residence_card_number(text)
    assert found is not None
    assert found.value == value
    assert found.confidence >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Pasportum C12345678, telefonum 0501234567",
        "daimi yaşamaq üçün icazə vəsiqəmin surəti əlavə olunur. Pasport C1234567. Tel: +994 50 123 45 67",
        "Daimi yaşamaq icazəm 12.03.2015 tarixində verilib.",
        "I hold a temporary residence permit AA8197130.",
        "Müvəqqəti yaşamaq üçün icazə vəsiqəm AA8197130",
        "временный вид на жительство серия АА номер 8197130",
        "İş icazə vəsiqəsi AA8197130",
    ],
)
def test_other_numbers_are_no_card(text: str) -> None:
    """Passports, phones and dates are not taken for a residence card."""
    assert residence_card_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Azərbaycan vətəndaşlığını almaq istəyirəm. Vəsiqəm: AB № 2350570.", "AB 2350570"),
        ("Kartımın seriya və nömrəsi: AA 8197130", "AA 8197130"),
        ("Şəxsiyyət vəsiqəm: AB № 2350570.", None),
        ("Sürücülük vəsiqəm AB 2350570", None),
        ("Müvəqqəti yaşamaq üçün icazə vəsiqəm AB 2350570", None),
        ("Vəsiqəm itib, pasportum AB 2350570", None),
        ("Həyat yoldaşımın vəsiqəsi AB 2350570", None),
        ("Vəsiqəm AB 2350570, köhnə vəsiqəm AB 1111111", None),
    ],
)
def test_my_card_is_the_one_by_which_i_live_here(text: str, value: str | None) -> None:
    """A card that is named "my card" only counts, less surely; another kind, another person's or two of them do not."""
    found = residence_card_number(text)
    assert (found.value if found else None) == value


def test_number_without_series_is_left_to_a_clerk() -> None:
    """Only one of the two: a low confidence."""
    found = residence_card_number("DYİ vəsiqəsinin nömrəsi 1234567")
    assert found is not None
    assert found.value == "1234567"
    assert found.confidence < 0.5


def test_marks_of_any_paper_are_told() -> None:
    """A stamp that was seen is told; a signature that was not is doubtful."""
    page = sheet("ARAYIŞ\nKarimov Anvar", marks=(Mark(MarkKind.STAMP, Box(0.5, 0.6, 0.7, 0.8), 0.9),))
    read = read_paper(load_catalogue().document_types["language_certificate"], [ReadSheet(page)], Echo())
    assert (read["stamp_present"].value, read["signature_present"].value) == (True, False)
    assert read["signature_present"].confidence < 0.9
    assert marks_of([ReadSheet(page)]).keys() == {"signature_present", "stamp_present"}


def test_a_letter_is_read_as_other_papers_are() -> None:
    """Who wrote it, when and what (fields.md), besides the card that it names."""
    page = sheet(
        "MƏKTUB\nTarix: 04.03.2024\nMənim daimi yaşamaq üçün icazə vəsiqəmin nömrəsi AZE 1234567 olduğunu bildirirəm"
    )
    read = read_paper(load_catalogue().document_types["cover_letter"], [ReadSheet(page)], Echo())
    assert (read["date"].value, read["residence_card_number"].value) == ("2024-03-04", "AZE 1234567")
    assert {"issuer", "number", "person", "statement"} <= read.keys()


@pytest.mark.parametrize(("wide", "signed"), [(290, False), (345, True)])
def test_a_pen_that_crosses_a_stamp_is_a_signature(wide: int, signed: bool) -> None:
    """In the stamp's own blue no stroke can be told from it, but a round stamp is no wider than it is high."""
    stamp = Mark(MarkKind.STAMP, Box(0.3, 0.5, 0.3 + wide / 1000, 0.79), 0.9)
    page = Sheet("arayis.pdf", 1, width_px=1000, height_px=1000, marks=(stamp,))
    read = read_paper(load_catalogue().document_types["language_certificate"], [ReadSheet(page)], Echo())
    assert (read["signature_present"].value, read["stamp_present"].value) == (signed, True)
    assert read["signature_present"].confidence < 0.8


def test_a_picture_of_nobody() -> None:
    """Coloured discs show no look of a face: a photograph is asked for anew."""
    discs = np.full((472, 354, 3), 180, np.uint8)
    for x, y, radius, tone in ((60, 300, 40, 90), (150, 350, 50, 140), (250, 380, 45, 60), (300, 230, 25, 200)):
        cv2.circle(discs, (x, y), radius, (tone, 255 - tone, 128), -1)
    read = read_photo([ReadSheet(Sheet("foto.jpg", 1, width_px=354, height_px=472), discs)])
    assert (read["faces"].value, read["conforming"].value) == (0, False)
    assert min(read["faces"].confidence, read["conforming"].confidence) >= 0.85


@pytest.mark.skipif(not FACES.is_dir(), reason="the public test pictures are not beside this repository")
def test_a_face_that_is_missed_is_no_certain_lack_of_one() -> None:
    """A dark, blurred portrait shows the look of a face at least, so nobody is told that there is none."""
    portrait = cv2.imread(str(FACES / "face_recognition__biden.jpg"))
    assert portrait is not None
    assert not surely_faceless(cv2.GaussianBlur(cv2.convertScaleAbs(portrait, alpha=0.2), (0, 0), 6))


@pytest.mark.skipif(not FACES.is_dir(), reason="the public test pictures are not beside this repository")
def test_a_small_face_on_a_page_is_a_face() -> None:
    """A photograph glued on a sheet and photographed with it takes a tenth of the picture."""
    portrait = cv2.imread(str(FACES / "face_recognition__biden.jpg"))
    assert portrait is not None
    page = np.full((1200, 850, 3), 225, np.uint8)
    page[520:680, 400:520] = cv2.resize(portrait[60:1060, 220:970], (120, 160), interpolation=cv2.INTER_AREA)
    assert not surely_faceless(page)


@pytest.mark.parametrize(("text", "number"), [("AA N? 0123456", "AA 0123456"), ("AA Ne 0123456", "AA 0123456")])
def test_card_number_with_a_number_sign_that_an_engine_misread(text: str, number: str) -> None:
    """№ comes out of engines as Ne or N?; the half of a label with rn read as m is nobody's surname."""
    page = sheet(f"DAİMİ YAŞAMAQ ÜÇÜN İCAZƏ VƏSİQƏSİ\nSoyadı / Sumame\nYusupova\n{text}")
    read = read_card([ReadSheet(page)], Echo())
    assert read["document_number"].value == number
    assert read["surname"].value != "Sumame"


@pytest.mark.parametrize(
    ("first", "surest"), [("IRAZERAKHIMOVA<<SEVARA<<<<<<<<", 1.0), ("IRAZEPR02554990<<<<<<<<<<<<<<<", 0.8)]
)
def test_a_zone_that_fails_its_check_digits_yields_to_the_print(first: str, surest: float) -> None:
    """A name in the number's place is no number; where both tell one, the print is too uncertain for a finding."""
    text = "DAİMİ YAŞAMAQ ÜÇÜN İCAZƏ VƏSİQƏSİ\nSeriya və nömrə: PR 0255496\n"
    zone_ = f"{first}\n8501017F3001012UZB<<<<<<<<<<<1\nRAKHIMOVA<<SEVARA<<<<<<<<<<<<<"
    read = read_card([ReadSheet(sheet(text + zone_, source=Source.TEXT_LAYER))], Echo())
    assert read["document_number"].value == "PR 0255496"
    assert read["document_number"].confidence <= surest


def _portrait_on_white(width: int) -> Pixels:
    """A real face with white all round, cut to a width; 400 px high."""
    picture = cv2.imread(str(FACES / "face_recognition__biden.jpg"))
    assert picture is not None
    face = find_faces(picture)[0].box
    height, across = picture.shape[:2]
    cut = picture[int(face.y0 * height) : int(face.y1 * height), int(face.x0 * across) : int(face.x1 * across)]
    ground = np.full((400, width, 3), 255, np.uint8)
    left = (width - 200) // 2
    ground[90:290, left : left + 200] = cv2.resize(cut, (200, 200))
    oval = np.zeros((400, width), np.uint8)
    cv2.ellipse(oval, (width // 2, 190), (88, 100), 0, 0, 360, 1, -1)
    cv2.rectangle(oval, (left - 40, 300), (left + 240, 399), 1, -1)
    ground[oval == 0] = 255
    ground[300:, left - 40 : left + 240] = (90, 60, 50)
    return ground


@pytest.mark.skipif(not FACES.is_dir(), reason="the public test pictures are not beside this repository")
@pytest.mark.parametrize(("width", "conforming"), [(300, True), (750, False)])
def test_the_edge_of_a_photograph_on_white_is_the_edge_of_the_picture(width: int, conforming: bool) -> None:
    """A person before a white wall does not end the photograph; the picture's own ratio counts."""
    pixels = _portrait_on_white(width)
    read = read_photo([ReadSheet(Sheet("foto.jpg", 1, width_px=width, height_px=400), pixels)])
    assert (read["faces"].value, read["conforming"].value) == (1, conforming)


@pytest.mark.skipif(not FACES.is_dir(), reason="the public test pictures are not beside this repository")
@pytest.mark.parametrize(("copies", "gap"), [(2, 0), (4, 20), (6, 8)])
def test_prints_of_one_photograph_in_one_picture(copies: int, gap: int) -> None:
    """A strip of four is four photographs, each of its own ratio; so is a strip of two, or of two with four more."""
    print_ = cv2.copyMakeBorder(_portrait_on_white(300), 0, 0, 0, gap, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    rows = 2 if copies > 4 else 1
    pixels = np.tile(print_, (rows, copies // rows, 1)).astype(np.uint8)
    height, width = pixels.shape[:2]
    read = read_photo([ReadSheet(Sheet("foto.jpg", 1, width_px=width, height_px=height), pixels)])
    assert (read["faces"].value, read["conforming"].value) == (copies, True)


@pytest.mark.skipif(not FACES.is_dir(), reason="the public test pictures are not beside this repository")
@pytest.mark.parametrize(("name", "faces"), [("biden.jpg", 1), ("obama_and_biden.jpg", 2)])
def test_real_faces_are_counted(name: str, faces: int) -> None:
    """Two people are not one photograph."""
    picture = cv2.imread(str(FACES / f"face_recognition__{name}"))
    assert picture is not None
    page = Sheet(name, 1, width_px=picture.shape[1], height_px=picture.shape[0])
    read = read_photo([ReadSheet(page, picture.astype(np.uint8))])
    assert read["faces"].value == faces
    assert read["conforming"].value is False


@pytest.mark.skipif(not FACES.is_dir(), reason="the public test pictures are not beside this repository")
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_portrait_is_turned_upright(turns: int) -> None:
    """Also where hair and cloth look like lines of letters, so that the picture passes for a page of text."""
    picture = cv2.imread(str(FACES / "face_recognition__biden.jpg"))
    assert picture is not None
    face = find_faces(picture)[0].box
    height, width = picture.shape[:2]
    (across, down), size = face.centre, face.height * height
    top, left = max(0, int(down * height - size)), max(0, int(across * width - 0.8 * size))
    portrait = picture[top : top + int(2.1 * size), left : left + int(1.6 * size)]
    [on] = SheetReader().read(RawPage("foto.jpg", 1, np.ascontiguousarray(np.rot90(portrait, turns))))
    read = read_photo([on])
    assert (read["faces"].value, read["frontal"].value) == (1, True)
    assert on.sheet.height_px > on.sheet.width_px
