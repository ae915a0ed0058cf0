"""Certificates of layouts that nobody announced: whose, which number, of which day, from whom."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.papers.certificate import read_certificate
from extractors.papers.people import find_known, find_person
from extractors.shapes import ReadSheet
from models.document import Field
from models.geometry import Box
from models.sheet import Line, Source, Word
from tests.classifiers.pages import sheet
from tests.extractors.papers.engines import Echo


def fields(text: str) -> dict[str, Field]:
    return read_certificate([ReadSheet(sheet(text, source=Source.TEXT_LAYER))], Echo())


@pytest.mark.parametrize(
    "birth",
    [
        "Verilir Quliyev Tural Əli oğlu (doğum tarixi: 14.03.1981) ona görə ki, dövlət dilini bilir",
        "Doğum tarixi: 14.03.1981",
        "Doğum tarixi          14.03.1981",
        "Quliyev Tural (14.03.1981 təvəllüdlü)",
        "Quliyev Tural, d.r. 14.03.1981",
        "гражданин Кулиев Турал, 14.03.1981 г.р., проживает",
        "Вәтәндаш Гулијев Турал Әли оғлу 14.03.1981-ҹи илдә анадан олмушдур",
        "Доғум тарихи: 14.03.1981",
        "Verilir Quliyev Tural Əli oğlu ona görə ki, o (doğum tarixi:\n14.03.1981) dövlət dilini bilir",
    ],
)
@pytest.mark.parametrize("head", ["№ 05/123     7 fevral 2025-ci il", "7 fevral 2025-ci il\n№ 05/123"])
def test_a_date_of_birth_is_never_the_date_of_issue(birth: str, head: str) -> None:
    """The date beside the number in the head is."""
    read = fields(f"TƏHSİL NAZİRLİYİ\n{head}\nARAYIŞ\n{birth}\nŞöbə müdiri")
    assert read["date"].value == "2025-02-07"
    assert read["number"].value == "05/123"
    assert read["issuer"].value == "TƏHSİL NAZİRLİYİ"


def test_the_day_of_issue_in_azerbaijani_cyrillic() -> None:
    """Papers of before 1991: the day of birth stands above that of issue, both with their labels."""
    read = fields("ДОҒУМ ҺАГГЫНДА ШӘҺАДӘТНАМӘ\nДоғулдуғу тарих 12.03.1985\nВерилмә тарихи 20.03.1985")
    assert read["date"].value == "1985-03-20"


def test_a_birth_date_alone_gives_no_date() -> None:
    """Nothing is better than another date."""
    assert fields("NAZİRLİK\nARAYIŞ\nDoğum tarixi: 14.03.1981\nMüdir")["date"].value is None


def test_the_date_of_an_event_is_not_certain_to_be_the_date_of_issue() -> None:
    """A certificate tells when the marriage was made, too."""
    date = fields("NİKAH HAQQINDA ŞƏHADƏTNAMƏ\nNikahın bağlandığı tarix 05.10.2016\nRəis")["date"]
    assert date.value is None or date.confidence < 0.95


@pytest.mark.parametrize("sign", ["№", "Ne", "No", "N?", "N:", "N£", 'N"', "N9", "N2", "NS", "NO"])
def test_a_number_sign_however_it_is_read(sign: str) -> None:
    """Engines know the sign badly; what follows it is the number, and the letterhead ends before it."""
    read = fields(
        f"Novxanı kənd bələdiyyəsi\n{sign} 9-90/5342-21    05.03.2025\nARAYIŞ\nVerilir: Quliyev Tural Əli oğlu"
    )
    assert read["number"].value == "9-90/5342-21"
    assert read["date"].value == "2025-03-05"
    assert read["issuer"].value == "Novxanı kənd bələdiyyəsi"


def test_words_of_a_date_are_no_number() -> None:
    """ "2019-cu il 3 iyul" holds none."""
    assert fields("XİDMƏT\nARAYIŞ\nGöstərilən şəxs 2019-cu il 3 iyul tarixindən vətəndaşdır")["number"].value is None


def test_a_department_is_no_part_of_the_issuer() -> None:
    """The body that answers is named first; "adından" belongs to the title."""
    assert fields("TƏHSİL NAZİRLİYİ\nÜmumi təhsil şöbəsi\n№ 7\nARAYIŞ")["issuer"].value == "TƏHSİL NAZİRLİYİ"
    assert fields("RAYON MƏHKƏMƏSİ\nAzərbaycan Respublikası adından\nQƏTNAMƏ")["issuer"].value == "RAYON MƏHKƏMƏSİ"


@pytest.mark.parametrize(
    "body", ["Yasamal rayonu 21 saylı Mənzil Kommunal İstismar Sahəsi", "“Bahar” Mənzil Kooperativi"]
)
def test_a_body_of_flats_is_no_address(body: str) -> None:
    """Only a flat with a number ends a letterhead."""
    read = fields(f"{body}\nmənzil 4\n№ 7\nAİLƏ TƏRKİBİ HAQQINDA ARAYIŞ\nVerilir: Petrova Anna Sergeyevna")
    assert read["issuer"].value == body


def test_a_list_of_people_does_not_name_the_holder() -> None:
    """The paper is given to the one before the table."""
    read = fields("""
        Mənzil İstismar Sahəsi
        AİLƏ TƏRKİBİ HAQQINDA ARAYIŞ
        Verilir: Petrova Anna Sergeyevna
        №   S.A.A.                     Qohumluq dərəcəsi    Təvəllüdü
        1   Quliyev Cavid Xəlil oğlu   həyat yoldaşı        1985
    """)
    assert read["person"].value == "Petrova Anna Sergeyevna"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Verilir: Petrova Anna Sergeyevna Tələbə hazırda təhsil alır", "Petrova Anna Sergeyevna"),
        (
            "Verilir ki, Petrova Anna Sergeyevna Lənkəran şəhəri, Sabir küçəsi 8 ünvanında yaşayır",
            "Petrova Anna Sergeyevna",
        ),
        ("Verilir ondan ötrü ki, Nair Raceş Gəncə ş., Kəpəz rayonu, Nizami küçəsi 19 ünvanında yaşayır", "Nair Raceş"),
        ("Verilir: Nair Raceş\vTələbə hazırda təhsil alır", "Nair Raceş"),
        ("qətnaməsi əsasında Petrova Anna Sergeyevna aliment alır", "Petrova Anna Sergeyevna"),
        ("Ər Quliyev Vüsal Xəlil oğlu Arvad Quliyeva Aysel Əli qızı", "Quliyev Vüsal Xəlil oğlu"),
        ("Fiziki şəxs: Nair Raceş, VÖEN 1234567890", "Nair Raceş"),
        ("Pasiyent Nair Raceş QİÇS virusuna görə müayinə olunub", "Nair Raceş"),
    ],
)
def test_a_name_ends_with_the_fathers_name_or_with_its_line(text: str, name: str) -> None:
    """The next word of the sentence, of the address or of the table is not swallowed."""
    found = find_person(text)
    assert found is not None
    assert found.name == name


def test_the_head_of_a_table_of_relatives_is_no_label() -> None:
    """Whoever stands in its first row is not the holder, however the column of kinship is headed."""
    read = fields("""
      AİLƏ TƏRKİBİ HAQQINDA ARAYIŞ
      Verilir ondan ötrü ki, Nair Raceş Bakı ş., Nizami küçəsi 19 ünvanında yaşayır. Ailəsinin tərkibi:
      №    Soyadı, adı, ata adı              Qohumluğu        Doğum ili
      1    Bayramova Lamiyə Rafiq qızı       həyat yoldaşı    1985
    """)
    assert read["person"].value == "Nair Raceş"


def test_a_name_alone_in_the_middle_of_a_diploma() -> None:
    """A title, the name, what it certifies: the name has a line of its own."""
    read = fields("""
                                       SERTİFİKAT
                                      Şvarts David
      Azərbaycan Respublikasının dövlət dili üzrə imtahanı müvəffəqiyyətlə vermişdir
      Qeydiyyat nömrəsi: DD-6832 /25
    """)
    assert read["person"].value == "Şvarts David"
    assert read["number"].value == "DD-6832/25"


@pytest.mark.parametrize(
    "line",
    [
        "Vergi ödəyicisi: Petrov Andrey",
        "Bankımızda Petrov Andrey adına 45 000 AZN əmanət mövcuddur",
        "Ölkəyə gəlmiş Petrov Andrey “Azərbaycan Respublikasının vətəndaşlığı haqqında” Qanuna uyğun olaraq",
    ],
)
def test_a_holder_is_found_behind_his_role(line: str) -> None:
    """A label with a colon, "in our bank", a participle: the name follows, and is not more than the name."""
    assert fields(f"ARAYIŞ\n№ 5/12 7 fevral 2025-ci il\n{line}")["person"].value == "Petrov Andrey"


@pytest.mark.parametrize(
    ("text", "known", "name"),
    [
        ("vərəsə Moro /an-Pyer hesab edilir", "Moro Jan-Pyer", "Moro Jan-Pyer"),
        ("Rəhmonova Məniyə Saidovna barədə", "Rəhmonova Mənijə", "Rəhmonova Mənijə Saidovna"),
        ("bu arayış Okonkvo Çinedua verilir", "Okonkvo Çinedu", "Okonkvo Çinedu"),
        ("ərizəçi Zurab Kobaladze barədə", "Kobaladze Zurab", "Zurab Kobaladze"),
        ("Da Silva João barədə", "Da Silva João", "Da Silva João"),
        ("Ödəyici: Abbasov Kamran", "ABBASOV KAMRAN", "Abbasov Kamran"),
        ("Şevçenko Olena Mikolayivna", "Şevçenko Olena Mikolayivna", "Şevçenko Olena Mikolayivna"),
        ("Şevçenko Olena Mikolayivna", "Şevçenko Olena", "Şevçenko Olena Mikolayivna"),
        ("Şevçenko Olena Bakı şəhərində", "Şevçenko Olena", "Şevçenko Olena"),
    ],
)
def test_a_person_who_is_known_is_found(text: str, known: str, name: str) -> None:
    """By the name of the form, in the order and letters of the paper; any sign may be a J."""
    found = find_known(text, [known])
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["Əliyeva Kamilə barədə", "Əliyev Kamal barədə", "Əliyev K. barədə", "Kamil Əliyeva"])
def test_relatives_are_not_the_person_who_is_known(text: str) -> None:
    """Only the last word takes an ending, and none of another gender."""
    assert find_known(text, ["Əliyev Kamil"]) is None


def test_a_person_named_for_certain_is_never_replaced_by_one_who_is_known() -> None:
    """The paper is about whom it is given to, whoever else stands on it."""
    text = "ARAYIŞ\nVerilir Quliyev Tural Əli oğluna ona görə ki, Petrov İvan ilə yaşayır"
    page = ReadSheet(sheet(text, source=Source.TEXT_LAYER))
    assert read_certificate([page], Echo(), ["Petrov İvan"])["person"].value == "Quliyev Tural Əli oğlu"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("xüsusi icraat üzrə Popesku Dumitrunun hüquqi faktın müəyyən edilməsi tələbinə", "Popesku Dumitru"),
        ("ərizəçi Kobaladze Zurab Vaxtanq oğlunun ərizəsinə baxaraq", "Kobaladze Zurab Vaxtanq oğlu"),
        (
            "hakim Rüstəmov Elçin Vaqif oğlunun sədrliyi ilə ərizəçi Kobaladze Zurab Vaxtanq oğlunun ərizəsinə",
            "Kobaladze Zurab Vaxtanq oğlu",
        ),
        ("çempion Qarsia Xuan Karlosun Azərbaycan Respublikasının vətəndaşlığına qəbulu", "Qarsia Xuan Karlos"),
        ("Verilir Moro Jan-Pyerə ondan ötrü ki, ailə üzvləri: Moro Jan-Pyer, özü", "Moro Jan-Pyer"),
    ],
)
def test_whom_a_paper_is_about(text: str, name: str) -> None:
    """Not those who judge and write; without the ending of the sentence."""
    found = find_person(text)
    assert found is not None
    assert found.name == name


def test_a_russian_name_in_another_case_is_not_certain() -> None:
    """All its words are inflected, not the last alone."""
    found = find_person("Дана гражданину Ковальчуку Олегу Петровичу в том, что")
    assert found is not None
    assert found.confidence < 0.95


def test_a_statement_goes_on_over_the_pages() -> None:
    """What the second page says counts."""
    pages = [
        ReadSheet(sheet(text, page=number, source=Source.TEXT_LAYER))
        for number, text in enumerate(
            ["QƏTNAMƏ\nhakim işə açıq iclasda baxaraq", "daimi yaşaması faktı müəyyən edilsin"], 1
        )
    ]
    assert "daimi yaşaması" in read_certificate(pages, Echo())["statement"].text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Notarius Səfərov Anar Kamil oğlu. Mərhum Quliyev Tofiq Əli oğlunun vərəsəsi Əliyeva Səbinə Musa qızıdır",
            "Əliyeva Səbinə Musa qızı",
        ),
        (
            "Quliyev Tofiq Əli oğlu 12.03.2024-cü il tarixdə vəfat etmişdir. Vərəsəsi oğlu Quliyev Rauf Tofiq oğludur.",
            "Quliyev Rauf Tofiq oğlu",
        ),
        ("2024-cü ildə vəfat etmiş Quliyev Tofiq Əli oğlunun vərəsəsi Əliyeva Ay Musa qızıdır", "Əliyeva Ay Musa qızı"),
        ("mərhum atası Quliyev Tofiq Əli oğlunun vərəsəsi Petrova Anna olmuşdur", "Petrova Anna"),
        ("Vətəndaş Quliyev Tofiq Əli oğlu 12.03.2024-cü il tarixdə vəfat etmişdir", "Quliyev Tofiq Əli oğlu"),
    ],
)
def test_a_paper_about_an_inheritance_is_about_the_heir(text: str, name: str) -> None:
    """Neither the notary nor who has died; of a paper about a death it is who has died."""
    found = find_person(text)
    assert found is not None
    assert found.name == name


def test_a_speck_at_the_end_of_a_line_ends_no_name() -> None:
    """The father's name stands in the next line."""
    read = fields(
        "ARAYIŞ\nBu arayış Qazaxıstan Respublikası vətəndaşı İsayev Nurlan -\nSerikoviç adlı şəxsə verilir ki, o"
    )
    assert read["person"].value == "İsayev Nurlan Serikoviç"


@pytest.mark.parametrize("name", ["Həsənzadə Məsud Məhəmməd oğlu", "Savitskaya Olqa Pavlovna"])
def test_a_district_behind_a_name_takes_no_word_of_it(name: str) -> None:
    """ "Nizami rayonu" is a place, "oğlu rayon" is none; and what the person is stands before the name."""
    found = find_person(f"Pensiyaçı {name} rayon şöbəsində uçotdadır")
    assert found is not None
    assert found.name == name


class _TearsTheName(Echo):
    """A reader that loses a faint letter, and with it the first name's beginning."""

    def read(self, on: ReadSheet, box: Box, *, single_line: bool = False) -> tuple[Line, ...]:
        words = tuple(Word(word, box, 0.97) for word in ["Sə", "imov", "Zahid", "Fikrət", "oğlu"])
        return (Line(words, box, second="ı Sə imov Zahid Fikrət oğlu"),)


def test_a_second_look_takes_no_letters_from_a_name() -> None:
    """A torn name that ends like the one read first is no better spelling of it."""
    page = sheet("ARAYIŞ\nSoyadı, adı, ata adı: Səlimov Zahid Fikrət oğlu")
    person = read_certificate([ReadSheet(page, grey=np.zeros((9, 9), np.uint8))], _TearsTheName())["person"]
    assert person.value == "Səlimov Zahid Fikrət oğlu"
    assert person.confidence < 0.85


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("№ 1402 / 30.04.2025", "1402"),
        ("Forma № 086          26.03.2025\nPoliklinika № 7          № 512", "512"),
        ("Ref: HR/2025/0331", "HR/2025/0331"),
        ("No. BAK/CONS/441/07/2025", "BAK/CONS/441/07/2025"),
        ("3 iyun 2025-ci il, N” 88/A", "88/A"),
        ("Ns 8828          15.09.2025", "8828"),
    ],
)
def test_the_papers_own_number(head: str, number: str) -> None:
    """Neither the date behind it nor the number of a printed form or of a school belongs to it."""
    assert fields(f"{head}\nARAYIŞ\nVerilir Quliyev Tural Əli oğluna ona görə ki, sağlamdır")["number"].value == number


def test_the_day_on_which_a_paper_was_given_among_others() -> None:
    """A pension was granted on one day, the certificate is of another."""
    read = fields("PENSİYA ARAYIŞI\nTəyin olunma tarixi: 01.09.2016\nArayışın verildiyi tarix: 20.06.2025\nRəis")
    assert read["date"].value == "2025-06-20"


def test_a_day_told_of_another_event_yields_to_one_of_none() -> None:
    """A notary dates the paper in words first, and tells of a death later."""
    read = fields(
        "ŞƏHADƏTNAMƏ\nİki min iyirmi dördüncü il oktyabr ayının on beşi (15.10.2024)\n"
        "Mən, notarius, təsdiq edirəm ki, 03.02.2024-cü il tarixdə vəfat etmiş şəxsin əmlakı\nNotarius"
    )
    assert read["date"].value == "2024-10-15"


def test_a_date_whose_day_is_lost_is_no_part_of_the_issuer() -> None:
    """Guillemets and old figures cost the engine the day; month and year still make it a date."""
    read = fields("Azərbaycan Respublikası Təhsil Nazirliyi\nö may 2024-cü il\n№ 360\nARAYIŞ\nVerilir ona görə ki")
    assert read["issuer"].value == "Azərbaycan Respublikası Təhsil Nazirliyi"


def test_who_consents_is_named_before_whom_it_is_about() -> None:
    """The child has the father's name, so its own would seem the surer one."""
    read = fields(
        "RAZILIQ\nMən, Yılmaz Emre Kaan, Sumqayıt şəhərində yaşayan, qızım Yılmaz Defne Emre qızının vətəndaşlığa "
        "qəbul olunmasına razıyam.\nNotarius"
    )
    assert read["person"].value == "Yılmaz Emre Kaan"


def test_no_label_goes_on_behind_its_colon() -> None:
    """ "soyadı: Ali" is much like "soyadı, adı"."""
    text = "ARAYIŞ\nAdı, soyadı: Ali Reza Tehrani\nYuxarıda adı göstərilən şəxs dövlət dilini bilir"
    assert fields(text)["person"].value == "Ali Reza Tehrani"
