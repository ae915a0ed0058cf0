"""Annex 1 in many prints: questions are known by their text, never by their place."""

from __future__ import annotations

import random
import string
from dataclasses import replace

import pytest

from extractors.forms import form_score, questions_on, read_form
from extractors.shapes import ReadSheet
from models.catalogue import FormDescription
from models.sheet import Sheet
from rules.catalogue import load_catalogue
from tests.extractors.forms.filled import ANSWERS, EXPECTED, LAYOUTS, NoEngine, filled
from tests.extractors.forms.paper import Paper

FORMS = load_catalogue().forms


@pytest.fixture(scope="module")
def form() -> FormDescription:
    return FORMS["application_form_acquisition"]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_answer_is_read_exactly(form: FormDescription, name: str) -> None:
    """Every answer of every layout is exact, whatever the order of the sheets."""
    sheets = filled(form, LAYOUTS[name])
    random.Random(name).shuffle(sheets)
    reading = read_form(sheets, form, NoEngine())
    assert {key: reading.fields[key].value for key in EXPECTED} == EXPECTED
    assert reading.declarations_found == LAYOUTS[name].declarations
    assert set(reading.fields) == {part.key for part in form.parts} | {
        "signed_on",
        "signature_present",
        "photo_present",
    }


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("number", ["2", "6", "9", "13", "16", "18", "20"])
def test_an_empty_answer_is_none_and_takes_nothing_from_its_neighbours(
    form: FormDescription, name: str, number: str
) -> None:
    """An unanswered question has value None with high confidence; the answers beside it stay where they are."""
    answers = {key: text for key, text in ANSWERS.items() if key != number}
    fields = read_form(filled(form, LAYOUTS[name], answers), form, NoEngine()).fields
    gone = {part.key for question in form.questions if question.number == number for part in question.parts}
    for key, expected in EXPECTED.items():
        assert fields[key].value == (None if key in gone else expected), key
    assert min(fields[key].confidence for key in gone) > 0.9


@pytest.mark.parametrize("name", ["two columns", "two columns without rules", "answer under", "row under row"])
def test_damaged_print_is_still_recognised(form: FormDescription, name: str) -> None:
    """With one letter in twelve of the print misread, questions are still found and answers stay whole."""
    rng = random.Random(7)
    sheets = [ReadSheet(_damaged(sheet.sheet, rng)) for sheet in filled(form, LAYOUTS[name])]
    fields = read_form(sheets, form, NoEngine()).fields
    keys = [key for key in EXPECTED if isinstance(EXPECTED[key], str)]
    right = sum(fields[key].value == EXPECTED[key] for key in keys)
    assert right >= len(keys) - 2


def _damaged(sheet: Sheet, rng: random.Random) -> Sheet:
    """The sheet with letters of its print misread; what the applicant wrote stays."""
    written = {word for text in ANSWERS.values() for word in text.split()} | {"12", "«12»", "mart", "2019-cu", "il"}

    def misread(text: str) -> str:
        if text in written or text.strip("_") == "" or text[0].isdigit():
            return text
        return "".join(rng.choice(string.ascii_lowercase) if c.isalpha() and rng.random() < 1 / 12 else c for c in text)

    lines = tuple(
        replace(line, words=tuple(replace(word, text=misread(word.text)) for word in line.words))
        for line in sheet.lines
    )
    return replace(sheet, lines=lines)


def test_the_service_notes_are_never_an_answer(form: FormDescription) -> None:
    """What the Service writes under its own heading is in no field."""
    fields = read_form(filled(form, LAYOUTS["answer under"]), form, NoEngine()).fields
    assert not [key for key, field in fields.items() if "Qurbanov" in f"{field.raw}{field.value}"]


def test_sheets_know_their_questions_and_their_form(form: FormDescription) -> None:
    """A sheet lists its questions from the top down; the right form explains it better than the others."""
    sheets = [sheet.sheet for sheet in filled(form, LAYOUTS["two columns"])]
    assert [hit.number for hit in questions_on(sheets[1], form)] == ["14", "15"]
    scores = [{key: form_score(sheet, other) for key, other in FORMS.items()} for sheet in sheets]
    assert max(scores[0], key=lambda key: scores[0][key]) == form.key
    assert all(score[form.key] > 0.7 for score in scores)
    assert all(score["application_form_stay"] < 0.5 for score in scores)


def test_a_letter_is_no_form(form: FormDescription) -> None:
    """A cover letter that asks in the form's own words is not taken for the form."""

    letter = Paper()
    for text in (form.addressees[0], "Ərizə", form.requests[0], "Sənədlərimi əlavə edirəm.", "Hörmətlə, Rəşad Əliyev"):
        letter.write(text)
    assert form_score(letter.sheet(), form) < 0.2


def test_an_answer_goes_on_over_a_page_break(form: FormDescription) -> None:
    """Words above the first print of the next sheet end the answer that the sheet before began."""
    sheets = filled(form, replace(LAYOUTS["answer under"], breaks=("13",)))
    first = sheets[0].sheet
    last = max((line for line in first.lines), key=lambda line: line.box.y1)
    moved = replace(last, words=tuple(replace(w, box=w.box._replace(y0=0.02, y1=0.031)) for w in last.words[3:]))
    kept = tuple(replace(line, words=line.words[:3]) if line is last else line for line in first.lines)
    again = replace(sheets[1].sheet, lines=(moved, *sheets[1].sheet.lines))
    fields = read_form([ReadSheet(replace(first, lines=kept)), ReadSheet(again)], form, NoEngine()).fields
    assert fields["education"].value == EXPECTED["education"]
