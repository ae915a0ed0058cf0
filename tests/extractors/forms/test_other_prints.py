"""Prints of others: questions in two languages, labels in columns, what a title tells, titles told again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.forms import read_form
from models.catalogue import FormDescription
from rules.catalogue import load_catalogue
from tests.extractors.forms.filled import ANSWERS, EXPECTED, LAYOUTS, NoEngine, filled
from tests.extractors.forms.paper import ROW, Paper

FORMS = load_catalogue().forms
ANNEX = FORMS["application_form_acquisition"]
STAY = FORMS["application_form_stay"]


def _printed(form: FormDescription, behind: str) -> FormDescription:
    """The form with words printed behind each of its questions."""
    told = [replace(q, wordings=(f"{q.wordings[0]} {behind}",)) for q in form.questions]
    return replace(form, questions=tuple(told))


@pytest.mark.parametrize("layout", ["two columns", "answer under", "answer beside", "row under row"])
def test_a_translation_behind_each_question_is_no_answer(layout: str) -> None:
    """A form in two languages: the Russian half of a question stays print."""
    sheets = filled(_printed(ANNEX, "/ Ответьте полностью (с указанием причин)"), LAYOUTS[layout])
    fields = read_form(sheets, ANNEX, NoEngine()).fields
    keys = [key for key in EXPECTED if isinstance(EXPECTED[key], str)]
    assert {key: fields[key].value for key in keys} == {key: EXPECTED[key] for key in keys}


def test_answers_in_cyrillic_letters_stay_answers() -> None:
    """Who answers an Azerbaijani form in Russian is read: nothing in other letters follows."""
    answers = {**ANSWERS, "3": "Грузия, Марнеули", "4": "грузин", "9": "Семья живёт в Баку", "20": "Постоянная жизнь"}
    fields = read_form(filled(ANNEX, LAYOUTS["answer under"], answers), ANNEX, NoEngine()).fields
    assert [fields[key].value for key in ("birth_place", "ethnicity", "arrival_reason", "purpose")] == [
        "Грузия, Марнеули", "грузин", "Семья живёт в Баку", "Постоянная жизнь",
    ]  # fmt: skip


def _names_on(paper: Paper) -> list[object]:
    """Surname, given name and former names of a form that goes on with questions 2 and 3."""
    for number in ("2", "3"):
        paper.write(f"{number}. {ANNEX.questions[int(number) - 1].wordings[0]}")
        paper.write(ANSWERS[number])
    fields = read_form([paper.read()], ANNEX, NoEngine()).fields
    return [fields[key].value for key in ("surname", "given_name", "former_names")]


def test_a_second_sentence_that_asks_is_print() -> None:
    """ "Dəyişmisinizsə, əvvəlkilər və səbəb" behind the names' question is no name."""
    paper = Paper()
    paper.write("1. Soyadınız, adınız, atanızın adı. Dəyişmisinizsə, əvvəlkilər və səbəb")
    paper.write("Əliyev Rəşad Kamil oğlu")
    assert _names_on(paper) == ["Əliyev", "Rəşad", None]


def test_a_hint_that_ends_a_question_s_cell_is_print() -> None:
    """A parenthesis behind a question that fills its own cell, its answer in the cell under it."""
    paper = Paper()
    for index, text in enumerate(("I. S.A.A. (əvvəlki ad və soyadlar, dəyişmə səbəbi)", "Əliyev Rəşad Kamil oğlu",
                                  "II. Doğum tarixi", "12.03.1985")):  # fmt: skip
        paper.row([text], [0.05, 0.95], index=index)
    fields = read_form([paper.read()], ANNEX, NoEngine()).fields
    assert [fields[key].value for key in ("surname", "former_names", "birth_date")] == ["Əliyev", None, "1985-03-12"]


def _beside(paper: Paper, label: str, answer: str) -> None:
    paper.row([label, answer], [0.05, 0.5, 0.95], ruled=False)


def test_a_label_takes_no_word_of_another_row() -> None:
    """ "Verən orqan" and "Gəldiyi ölkə" leave the labels above them whole; column titles told again are no answer."""
    paper = Paper()
    wanted = {
        "host_document_type": ("Sənədin növü", "Pasport"), "host_document_number": ("Sənədin nömrəsi", "AA1"),
        "host_document_issued_by": ("Verən orqan", "ASAN 5"), "host_surname": ("Soyadı", "Quliyev"),
        "host_given_name": ("Ad", "Samir"), "block": ("Blok", "B"), "arrived_from": ("Gəldiyi ölkə", "Türkiyə"),
        "arrival_reason": ("Gəlişinin səbəbi", "turizm"),
    }  # fmt: skip
    parts = {part.key: question for question in STAY.questions for part in question.parts}
    section = ""
    for key, (label, answer) in wanted.items():
        if parts[key].section != section:
            section = parts[key].section
            paper.write(section)
            _beside(paper, "SUALLAR", "CAVABLAR")
        _beside(paper, label, answer)
    fields = read_form([paper.read()], STAY, NoEngine()).fields
    assert {key: fields[key].value for key in wanted} == {key: answer for key, (_, answer) in wanted.items()}


def test_a_title_tells_who_the_host_is() -> None:
    """The kind of host that a form names in its title need not be asked for."""
    paper = Paper()
    paper.write("Olduğu yer üzrə qeydiyyata alınma – Fiziki şəxs")
    paper.write(STAY.questions[1].section)
    for label, answer in (("Sənədin növü", "Pasport"), ("Sənədin nömrəsi", "C1234567"), ("Soyadı", "Quliyev")):
        _beside(paper, label, answer)
    assert read_form([paper.read()], STAY, NoEngine()).fields["host_type"].value == "individual"


def test_a_word_of_an_answer_is_no_label_of_the_form_s_end() -> None:
    """A specialist in history ("tarix müəllimi") keeps the second line of the education."""
    answer = "Ali, Gəncə şəhəri, ixtisasım: tarix müəllimi, 2007-ci ildə bitirmişəm"
    layout = replace(LAYOUTS["two columns"], breaks=("13",))
    fields = read_form(filled(ANNEX, layout, {**ANSWERS, "12": answer}), ANNEX, NoEngine()).fields
    assert fields["education"].value == answer


def test_a_streak_through_a_question_takes_none_of_its_words() -> None:
    """A scanner's streak before the end of a question's row makes a narrow cell, and the row's end no answer."""
    paper = Paper()
    edges = (0.08, 0.4475, 0.52, 0.95)
    paper.row(["8. Azərbaycan Respublikasına nə vaxt gəlmisiniz", "", "2001"], edges)
    paper.write("zin", 0.4485, paper.y + 0.004)
    paper.row(["9. Azərbaycan Respublikasına gəliş səbəblərini göstərin", "", "təhsil"], edges, index=1)
    assert read_form([paper.read()], ANNEX, NoEngine()).fields["arrival_reason"].value == "təhsil"


@pytest.mark.parametrize("beside", [True, False])
def test_small_words_that_end_a_sentence_of_the_print_are_print(beside: bool) -> None:
    """What a question asks on behind its last known word and comma is no answer, in its row or in the next one."""
    paper = Paper()
    top = paper.write("1. Soyadınız, adınız, atanızın adı. Dəyişmisinizsə,", right=0.62) - ROW
    if beside:
        paper.write("Əliyev Rəşad Kamil oğlu", 0.7, top)
        paper.write("əvvəlkilər və səbəb")
    else:
        paper.write("əvvəlkilər və səbəb")
        paper.write("Əliyev Rəşad Kamil oğlu")
    assert _names_on(paper) == ["Əliyev", "Rəşad", None]
