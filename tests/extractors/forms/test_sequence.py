"""Questions in words of their own: their order, numbers and telling words say which they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.forms import read_form
from extractors.forms.building import form_page
from extractors.forms.tokens import page_text
from models.catalogue import FormDescription
from rules.catalogue import load_catalogue
from tests.extractors.forms.filled import EXPECTED, LAYOUTS, NoEngine, filled
from tests.extractors.forms.paper import Paper

FORM = load_catalogue().forms["application_form_acquisition"]
OWN_WORDS = {
    "2": "Nə vaxt doğulmusunuz (gün / ay / il)",
    "3": "Harada doğulmusunuz (ölkə, şəhər, kənd göstərilməklə)",
    "7": "Digər dövlətlərin vətəndaşlığında olmusunuzmu",
    "8": "Ölkəmizə gəldiyiniz vaxt",
    "9": "Ölkəmizə gəlmək səbəbiniz",
    "10": "Bundan əvvəl ölkəmizdə olmusunuzmu (tarixi, məqsədi)",
    "12": "Hansı təhsili almısınız",
    "13": "Xaricdə əvvəllər hansı işdə işləmisiniz",
    "16": "Ünvanınız, telefonunuz",
    "18": "Hansı sənədləri əlavə edirsiniz",
    "20": "Vətəndaşlığı qəbul etməkdə məqsədiniz",
}


def _reworded(form: FormDescription) -> FormDescription:
    """The form as somebody prints it who tells it in words of their own."""
    told = [replace(q, wordings=(OWN_WORDS.get(q.number, q.wordings[0]),)) for q in form.questions]
    return replace(form, questions=tuple(told))


@pytest.fixture(scope="module")
def official() -> FormDescription:
    """The form as far as its own edition goes: no other wording is known."""
    return replace(FORM, questions=tuple(replace(q, wordings=q.wordings[:1]) for q in FORM.questions))


@pytest.mark.parametrize("name", ["two columns", "row under row", "three columns, other edition"])
def test_unknown_wordings_are_told_by_their_place_and_number(official: FormDescription, name: str) -> None:
    """In ruled prints every answer is exact although half of the questions are in words that nobody has listed."""
    layout = replace(LAYOUTS[name], edition=0)
    fields = read_form(filled(_reworded(official), layout), official, NoEngine()).fields
    assert {key: fields[key].value for key in EXPECTED} == EXPECTED


@pytest.mark.parametrize("name", ["answer beside", "answer under", "two columns without rules"])
def test_where_nothing_parts_print_and_answer_nothing_wrong_is_certain(official: FormDescription, name: str) -> None:
    """Without cells the end of an unknown wording is a guess; then no wrong value is certain."""
    fields = read_form(filled(_reworded(official), LAYOUTS[name]), official, NoEngine()).fields
    wrong = {key: fields[key] for key in EXPECTED if fields[key].value != EXPECTED[key]}
    assert not {key for key, field in wrong.items() if field.confidence >= 0.95}
    assert len(wrong) < len(EXPECTED) / 2


def test_a_word_of_the_letterhead_is_no_question() -> None:
    """ "vətəndaşlığının" in the note above the request does not ask for the citizenship."""
    paper = Paper()
    paper.write("“Azərbaycan Respublikası", x=0.5)
    paper.write("vətəndaşlığının əldə edilməsi üzrə inzibati reqlament”ə 1 nömrəli Əlavə", x=0.3)
    paper.write(FORM.requests[0])
    paper.write("4. Milliyyətiniz qaqauz")
    page = form_page(paper.read(), FORM)
    assert set(page.questions) == {"4"}


def test_a_numbered_list_in_an_answer_asks_nothing(official: FormDescription) -> None:
    """Numbers that an applicant gave to enclosed papers are no questions, wherever they stand."""
    answers = {"18": "1. şəkil\n2. qəbz\n3. pasportun surəti", "5": "subay"}
    fields = read_form(filled(official, LAYOUTS["answer under"], answers), official, NoEngine()).fields
    assert fields["attached_documents"].value == "1. şəkil 2. qəbz 3. pasportun surəti"
    assert fields["marital_status"].value == "single"


def test_print_that_nobody_could_read_stays_out_of_the_answer() -> None:
    """A damaged word inside a question's parenthesis belongs to the question."""
    paper = Paper()
    paper.write("2. Doğulduğunuz gün, ay, il 14.07.1971")
    paper.write("3. Doğulduğunuz yer (respublika, Ell (rayon), kənd) Vyetnam, Hanoy")
    paper.write("4. Milliyyətiniz vyet")
    page = form_page(paper.read(), FORM)
    area = page.area("3")
    assert area is not None
    assert [token.text for token in area.tokens] == ["Vyetnam,", "Hanoy"]


def test_an_answer_that_runs_on_from_a_printed_word_stays_an_answer() -> None:
    """ "subayam" behind a damaged "subay)" is what the applicant wrote."""
    paper = Paper()
    paper.write("4. Milliyyətiniz vyet")
    paper.write("5. Ailə vəziyyətiniz (nikahda, dul, düha subayam")
    paper.write("6. Vətəndaşlıq mənsubiyyətiniz Vyetnam")
    read = paper.read()
    assert page_text(read.sheet).tokens
    assert read_form([read], FORM, NoEngine()).fields["marital_status"].value == "single"


def test_a_number_settles_which_of_two_like_questions_is_asked(official: FormDescription) -> None:
    """ "nə səbəbdən gəlmisiniz" is question 9 because 9 stands before it, however much it sounds like question 8."""
    paper = Paper()
    for line in ("6. Vətəndaşlıq mənsubiyyətiniz: Çin", "7. Başqa ölkənin vətəndaşı olmusunuzmu: yox",
                 "8. Azərbaycan Respublikasına hansı tarixdə gəlmisiniz: 16.09.1999",
                 "9. Azərbaycan Respublikasına nə səbəbdən gəlmisiniz: uşaqların gələcəyi naminə",
                 "10. Əvvəllər Azərbaycan Respublikasında olmusunuzmu, məhz nə vaxt: yox",
                 "11. Azərbaycan Respublikasında mühakimə olunmusunuzmu: yox"):  # fmt: skip
        paper.write(line)
    fields = read_form([paper.read()], official, NoEngine()).fields
    assert fields["arrival_date"].value == "1999-09-16"
    assert fields["arrival_reason"].value == "uşaqların gələcəyi naminə"


def test_a_choice_behind_a_colon_is_an_answer_though_the_question_lists_it() -> None:
    """ "(evli, subay, dul): BOŞANMIŞ" answers with a word that other prints have in the parenthesis."""
    paper = Paper()
    paper.write("4. Milliyyətiniz: UKRAYNALI")
    paper.write("5. Ailə vəziyyətiniz (evli, subay, dul): BOŞANMIŞ")
    paper.write("6. Vətəndaşlığınız: UKRAYNA")
    assert read_form([paper.read()], FORM, NoEngine()).fields["marital_status"].value == "divorced"


def test_roman_numbers_are_numbers() -> None:
    """ "VII." before a question numbers it and is no part of an answer."""
    paper = Paper()
    lines = (
        "V. Ailə vəziyyətiniz: subay",
        "VI. Vətəndaşlığınız: Çin",
        "VII. Başqa ölkənin vətəndaşı olmusunuzmu: yox",
        "VIII. Ölkəmizə gəldiyiniz vaxt: 16.09.1999",
        "IX. Gəlişinizin səbəbləri: iş",
    )
    for line in lines:
        paper.write(line)
    fields = read_form([paper.read()], FORM, NoEngine()).fields
    assert (fields["citizenship"].value, fields["arrival_date"].value) == ("Çin", "1999-09-16")
    assert fields["arrival_reason"].value == "iş"


def test_columns_of_text_are_read_one_after_the_other() -> None:
    """Questions that stand beside each other in two columns of text take nothing from each other's rows."""
    answers = {"2": "14.07.1971", "3": "Vyetnam, Hanoy şəhəri", "4": "vyet", "5": "subay", "6": "Vyetnam",
               "8": "01.05.1999", "9": "ailə qurmaq üçün gəlmişəm", "12": "ali, həkim"}  # fmt: skip
    asked = {q.number: q.wordings[0] for q in FORM.questions}
    paper = Paper()
    paper.write(FORM.requests[0])
    top = paper.y
    for numbers, left, right in ((("2", "3", "4", "5", "6"), 0.08, 0.45), (("8", "9", "12"), 0.52, 0.95)):
        y = top
        for number in numbers:
            y = paper.write(f"{number}. {asked[number]}: {answers[number]}", left, y, right=right) + 0.005
    paper.y = 0.6
    paper.write(FORM.declarations[0])
    fields = read_form([paper.read()], FORM, NoEngine()).fields
    keys = {q.number: q.parts[0].key for q in FORM.questions if q.parts}
    assert {number: fields[keys[number]].raw for number in answers} == answers


def test_a_number_without_a_blank_after_it_is_the_questions() -> None:
    """ "4.Milliyyətiniz" is question 4; an answer joined to the parenthesis before it is an answer."""
    paper = Paper()
    paper.write("2.Doğulduğunuz gün, ay, il 14.07.1971")
    paper.write("3.Doğulduğunuz yer (respublika, şəhər (rayon), kənd):Vyetnam, Hanoy")
    paper.write("4.Milliyyətiniz vyet")
    page = form_page(paper.read(), FORM)
    assert all(hit.numbered for hit in page.questions.values())
    area = page.area("3")
    assert area is not None
    assert [token.text for token in area.tokens] == ["Vyetnam,", "Hanoy"]


def test_words_before_the_first_one_that_is_known_are_print() -> None:
    """A sentence that begins in other words begins the question all the same; an answer's parenthesis stays its own."""
    paper = Paper()
    paper.write("4. Milliyyətiniz vyet")
    paper.write("Xahişdir ki, ailə vəziyyətiniz (nikahda, dul, subay): dul")
    paper.write("12. Təhsiliniz və təhsil üzrə ixtisasınız (harada, nə vaxt Bakalavr (1991–1995), Xəzər")
    page = form_page(paper.read(), FORM, closely=True)
    areas = {number: [token.text for token in area.tokens] for number in page.questions if (area := page.area(number))}
    assert areas["4"] == ["vyet"]
    assert areas["5"] == ["dul"]
    assert areas["12"] == ["Bakalavr", "(1991–1995),", "Xəzər"]


def test_a_word_printed_before_each_answer_is_no_part_of_it() -> None:
    """ "Cavab:" before every answer is print; before one alone it is what somebody wrote."""
    paper = Paper()
    for line in ("3. Doğulduğunuz yer (respublika, şəhər (rayon), kənd)", "Cavab: Vyetnam, Hanoy", "4. Milliyyətiniz",
                 "Cavab: vyet", "5. Ailə vəziyyətiniz (nikahda, dul, subay)", "Cavab: subay",
                 "6. Vətəndaşlıq mənsubiyyətiniz", "Əsasən: Vyetnam"):  # fmt: skip
        paper.write(line)
    fields = read_form([paper.read()], FORM, NoEngine()).fields
    assert (fields["birth_place"].value, fields["ethnicity"].value) == ("Vyetnam, Hanoy", "vyet")
    assert fields["citizenship"].raw == "Əsasən: Vyetnam"


def test_a_number_over_two_rows_is_not_certain() -> None:
    """The rows of a list of telephones that an engine lost would join the beginning of one to the end of another."""
    paper = Paper()
    paper.write("16. Yaşayış yerinizin dəqiq ünvanı və telefonlarınızın nömrələri (ev, iş)")
    paper.write("Bakı, Nizami küçəsi 5, tel. +994 50 364-")
    paper.write("96 66")
    paper.write("17. Özünüz və ya yaxın qohumlarınız haqqında nəyi bildirmək istəyirsiniz")
    phones = read_form([paper.read()], FORM, NoEngine()).fields["phones"]
    assert phones.value == ["+994503649666"]
    assert phones.confidence < 0.95


def test_a_sheet_with_hardly_an_answer_may_have_lost_them() -> None:
    """Nobody leaves most questions of a sheet empty: their column was cut off, or lies on another sheet."""
    asked = {q.number: q.wordings[0] for q in FORM.questions if q.parts and not q.columns}
    paper = Paper()
    for number in ("2", "3", "4", "5", "6", "7", "8"):
        paper.row([f"{number}. {asked[number]}", ""], [0.05, 0.5, 0.95], index=int(number))
    fields = read_form([paper.read()], FORM, NoEngine()).fields
    assert fields["birth_place"].value is None
    assert fields["birth_place"].confidence < 0.95


def test_a_question_begins_at_its_own_number() -> None:
    """Words that question 13 shares with question 10 above it do not make it begin there and lose its answer."""
    paper = Paper()
    for line in ("10. Əvvəllər Azərbaycan Respublikasında olmusunuzmu, nə vaxt (gəliş və gediş tarixi)", "xeyr",
                 "11. Azərbaycan Respublikasında mühakimə olunmusunuzmu", "xeyr",
                 "12. Təhsiliniz və ixtisasınız", "Ali, 2014-cü il, iqtisadçı",
                 "13. Azərbaycana gəlməmişdən əvvəl xaricdə harada və kim işləmisiniz",
                 "montyor (Lids şəhəri)"):  # fmt: skip
        paper.write(line)
    fields = read_form([paper.read()], FORM, NoEngine()).fields
    assert fields["education"].value == "Ali, 2014-cü il, iqtisadçı"
    assert fields["work_abroad"].value == "montyor (Lids şəhəri)"


def test_a_denial_behind_a_question_in_words_of_its_own_answers_it() -> None:
    """ "işləməmişəm" is what the applicant wrote, though known editions of the question use the verb too."""
    paper = Paper()
    for line in ("11. Azərbaycan Respublikasında mühakimə olunmusunuzmu: xeyr", "12. Təhsiliniz və ixtisasınız: orta",
                 "13. Xaricdə iş yeriniz (Azərbaycana gələnə qədər) işləməmişəm",
                 "14. Əmək fəaliyyətiniz"):  # fmt: skip
        paper.write(line)
    assert read_form([paper.read()], FORM, NoEngine()).fields["work_abroad"].value == "none"
