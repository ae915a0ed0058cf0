"""Answers that hold print of the form, or what no such question is answered with."""

from __future__ import annotations

import pytest

from extractors.forms.answers import answer_fields, single
from extractors.forms.doubts import is_doubtful
from extractors.forms.written import Written
from models.catalogue import Question
from rules.catalogue import load_catalogue

FORM = load_catalogue().forms["application_form_acquisition"]


def _question(number: str) -> Question:
    return next(question for question in FORM.questions if question.number == number)


@pytest.mark.parametrize(
    ("number", "rows"),
    [
        ("7", ["8. AR-ə nə vaxt gəlmisiniz", "1994-cü ilin iyul ayında"]),
        ("3", ["şəhər Vyetnam, Hanoy şəhəri"]),
        ("3", ["(ölkə, Tacikistan, Xucənd şəhəri"]),
        ("4", ["Sual 4. yəhudi"]),
        ("6", ["6) Hansı ölkənin vətəndaşısınız Suriya"]),
        ("6", ["müraciətin və sənədlərin qəbulu üzrə inzibati reqlament”ə 1 nömrəli Əlavə"]),
        ("10", ["ABŞ, Ohayo (gəliş və gediş tarixləri)"]),
        ("11", ["nəyə görə)"]),
        ("1", ["ilə əlaqədar dəyişmişəm"]),
        ("8", ["hansı yolla qəbul"]),
        ("20", ["nədir"]),
        ("17", ["məlumat"]),
        ("11", ["barənizdə hökm çıxarılmışdırmı Xeyr"]),
    ],
)
def test_print_in_an_answer_is_seen(number: str, rows: list[str]) -> None:
    """Numbers, hints, ends of questions and whole questions make an answer doubtful."""
    assert is_doubtful(rows, _question(number), FORM, {"8"})


@pytest.mark.parametrize(
    ("number", "rows"),
    [
        ("1", ["Əliyev Rəşad Kamil oğlu"]),
        ("3", ["Gürcüstan Respublikası, Marneuli rayonu, Qızılhacılı kəndi"]),
        ("6", ["Böyük Britaniya və Şimali İrlandiya Birləşmiş Krallığı"]),
        ("8", ["doğulduğumdan burada yaşayıram"]),
        ("8", ["1994-cü ilin iyul ayında"]),
        ("11", ["mühakimə olunmamışam"]),
        ("12", ["Peşə məktəbi (Qars), 2001-ci ildə bitirmişəm, ixtisas: coğrafiyaçı"]),
        ("16", ["Bakı şəhəri, Nizami küçəsi 12, mənzil 45, tel. 050 123 45 67"]),
        ("18", ["1. şəkil 2. qəbz 3. pasportun surəti"]),
        ("18", ["a) fotoşəkil b) qəbz c) dil arayışı"]),
    ],
)
def test_what_people_write_is_not_doubted(number: str, rows: list[str]) -> None:
    """Ordinary answers, lists and denials in the words of the question are left alone."""
    assert not is_doubtful(rows, _question(number), FORM, set())


@pytest.mark.parametrize(("chance", "least"), [(0.4, 0.0), (0.93, 0.95)])
def test_no_phone_is_certain_only_where_the_address_could_be_read(chance: float, least: float) -> None:
    """Two engines that see no number in words that neither can read prove nothing."""
    text = "Bakı şəhər, Nəsimi rayon Bülbü prspkt, mənz il 2 el ,5,7,1,3728"
    phones = answer_fields(_question("16"), Written((text,), text, chance), 1.0)["phones"]
    assert phones.value is None
    assert least <= phones.confidence <= max(least, chance) + 0.1


@pytest.mark.parametrize(("text", "sure"), [("(070", False), ("070 749 88 23", True), ("yoxdur", True)])
def test_a_piece_of_a_phone_number_is_never_sure(text: str, sure: bool) -> None:
    """That two engines read the same piece does not make it a number."""
    stay = load_catalogue().forms["application_form_stay"]
    question = next(q for q in stay.questions if any(part.key == "host_mobile_phone" for part in q.parts))
    part = next(part for part in question.parts if part.key == "host_mobile_phone")
    assert (single(part, question, Written((text,), text, 0.97), 1.0).confidence > 0.9) is sure
