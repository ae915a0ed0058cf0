"""Letters that engines take for others although only one of them can stand there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extractors.forms import read_form
from extractors.forms.building import form_page
from extractors.forms.confidence import of_lines
from extractors.forms.pages import Area
from extractors.forms.scribe import Scribe, _with_commas
from extractors.shapes import ReadSheet
from models.geometry import Box
from models.sheet import Line, Source, Word
from rules.catalogue import load_catalogue
from tests.extractors.forms.filled import NoEngine
from tests.extractors.forms.paper import Paper

FORM = load_catalogue().forms["application_form_acquisition"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Anam əslən Ş əkidəndir", "Anam əslən Şəkidəndir"),
        ("iş təklifı aldığım üçün", "iş təklifi aldığım üçün"),
        ("ixtisas: coğrafıyaçı", "ixtisas: coğrafiyaçı"),
        ("Tibb Universitetinin ətrafında", "Tibb Universitetinin ətrafında"),
        ("sarafı fırça ətrafı V sinif", "sarafı fırça ətrafı V sinif"),
        ("universitetin Il kursundan, VIl sinif, ll dərəcəli", "universitetin II kursundan, VII sinif, II dərəcəli"),
        ("ə. Rəcəbli küç. 45, ö.Məmmədov, ş. Bakı", "Ə. Rəcəbli küç. 45, Ö.Məmmədov, ş. Bakı"),
        ("2012-ci Il, Illik hesabat", "2012-ci Il, Illik hesabat"),
    ],
)
def test_letters_that_can_only_be_others(read: str, meant: str) -> None:
    """A lone capital belongs to its word; a ligature hides the dot of an i. What may be right stays."""
    paper = Paper()
    paper.write("17. Özünüz və ya yaxın qohumlarınız haqqında nəyi bildirmək istəyirsiniz: " + read)
    sheet = ReadSheet(replace(paper.sheet(), source=Source.OCR))
    area = form_page(sheet, FORM).area("17")
    assert area is not None
    assert Scribe(NoEngine()).area([area]).text == meant


def _answered(*texts: str) -> ReadSheet:
    """A scanned sheet whose questions 3, 4, 6 ... have these answers under them, before which a rule was read."""
    paper = Paper()
    for number, text in zip(("3", "4", "6", "9"), texts, strict=False):
        question = next(question for question in FORM.questions if question.number == number)
        paper.write(f"{number}. {question.wordings[0]}")
        paper.write(text)
    return ReadSheet(replace(paper.sheet(), source=Source.OCR))


def test_a_rule_before_each_answer_is_no_letter() -> None:
    """What stands alone before several answers and looks like a rule is one; before one answer it may be a letter."""
    texts = ("I Tacikistan, Xucand", "İ tacik", "| Tacikistan", "işə görə")
    fields = read_form([_answered(*texts)], FORM, NoEngine()).fields
    assert [fields[key].value for key in ("birth_place", "ethnicity", "citizenship", "arrival_reason")] == [
        "Tacikistan, Xucand", "tacik", "Tacikistan", "işə görə",
    ]  # fmt: skip
    assert read_form([_answered("I Rəşadiyyə kəndi", "tacik")], FORM, NoEngine()).fields["birth_place"].value == (
        "I Rəşadiyyə kəndi"
    )


def test_the_dash_of_a_period_stays_at_the_end_of_a_row() -> None:
    """ "(2006 –" goes on with a number; a dash before words is a piece of a writing line."""
    fields = read_form([_answered("Bakı 2006 –\n2008", "tacik —\nrus")], FORM, NoEngine()).fields
    assert [fields[key].value for key in ("birth_place", "ethnicity")] == ["Bakı 2006 – 2008", "tacik rus"]


@pytest.mark.parametrize("covered", [True, False])
def test_words_under_a_stamp_are_missed(covered: bool) -> None:
    """Ink in an answer's row that nobody read makes the answer less sure than any that may be used unseen."""
    paper = Paper()
    paper.write("3. Doğulduğunuz yer (respublika, şəhər (rayon), kənd): Ukrayna")
    sheet = replace(paper.sheet(), source=Source.OCR)
    grey = np.full((sheet.height_px, sheet.width_px), 255, np.uint8)
    last = sheet.lines[-1].words[-1].box
    top, left = int((last.y0 + 0.002) * sheet.height_px), int((last.x1 + 0.02) * sheet.width_px)
    for letter in range(4 if covered else 0):
        at = left + 25 * letter
        grey[top : top + 16, at : at + 14] = 0
    area = form_page(ReadSheet(sheet, grey=grey), FORM).area("3")
    assert area is not None
    read = Scribe(NoEngine()).area([replace(area, certain=False)])
    assert (read.chance < 0.95 * Scribe(NoEngine()).area([_unseen(area)]).chance) == covered


def _unseen(area: Area) -> Area:
    """The same place on a sheet without a picture."""
    return replace(area, page=replace(area.page, read=ReadSheet(area.page.read.sheet)))


def test_a_comma_that_only_the_first_reading_has_makes_a_line_doubtful() -> None:
    """Engines lose commas in a second look: what differs by one is not certain."""
    words = (Word("nikahdan", Box(0.1, 0.1, 0.2, 0.12), 0.99), Word("Nəbiyeva", Box(0.21, 0.1, 0.3, 0.12), 0.99))
    line = Line(words, Box(0.1, 0.1, 0.3, 0.12), "nikahdan Nəbiyeva")
    first = Line((words[0], replace(words[1], text="Nəbiyeva,")), line.box)
    assert of_lines([_with_commas(line, [first])], Source.OCR) < 0.95 <= of_lines([line], Source.OCR)
    assert _with_commas(line, [line]) == line
