"""Form fields that say themselves what they answer."""

from __future__ import annotations

from extractors.forms import read_form
from extractors.shapes import ReadSheet
from extractors.sheets import SheetReader
from models.geometry import Box
from models.sheet import FormValue, Sheet, Source
from rules.catalogue import load_catalogue

FORM = load_catalogue().forms["application_form_acquisition"]


def sheet(*values: tuple[str, str, str]) -> ReadSheet:
    """A page without any print that could be read; values as (name, tooltip, what was entered)."""
    fields = tuple(
        FormValue(name, value, Box(0.5, 0.1 + 0.05 * i, 0.9, 0.13 + 0.05 * i), tooltip)
        for i, (name, tooltip, value) in enumerate(values)
    )
    return ReadSheet(Sheet("a.pdf", 1, source=Source.TEXT_LAYER, form_values=fields))


def test_names_and_tooltips_of_strangers_tell_what_was_entered() -> None:
    """Names in English or Azerbaijani, in trees and in one word, and the whole question as a tooltip."""
    question = FORM.questions[2]
    read = read_form(
        [sheet(("topmostSubform[0].Page1[0].BirthDate[0]", "", "12.03.1985"), ("T4", "Milliyyətiniz", "azərbaycanlı"),
               ("t3", f"{question.number}. {question.wordings[0]}", "Şəki"), ("Text9", "", "kimsə"))],
        FORM, SheetReader(),
    )  # fmt: skip
    fields = read.fields
    assert fields["birth_date"].value == "1985-03-12" and fields["birth_date"].source is Source.FORM_FIELD
    assert fields["ethnicity"].value == "azərbaycanlı" and fields[question.parts[0].key].value == "Şəki"
    assert fields["surname"].value is None


def test_a_name_that_several_questions_share_tells_nothing() -> None:
    """The stay form asks host and guest for a surname: a field called so may be either's; so may two of one name."""
    stay = load_catalogue().forms["application_form_stay"]
    read = read_form([sheet(("x", "Soyadı", "Həsənov"))], stay, SheetReader())
    twice = read_form([sheet(("a[0].address", "", "Bakı"), ("a[1].address", "", "Gəncə"))], FORM, SheetReader())
    assert twice.fields["address"].value is None
    assert read.fields["host_surname"].value is None and read.fields["guest_surname"].value is None


def test_a_tick_alone_answers_a_question_of_yes_and_no_only() -> None:
    """A box called after a question of words says nothing of the words."""
    stay = load_catalogue().forms["application_form_stay"]
    read = read_form(
        [sheet(("visa_included", "", "☒"), ("comment", "", "☒"), ("street", "", "☐"))], stay, SheetReader()
    )
    assert read.fields["visa_included"].value is True
    assert read.fields["comment"].value is None and read.fields["street"].value is None
