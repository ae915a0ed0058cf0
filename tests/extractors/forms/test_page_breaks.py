"""Annex 1 broken over sheets wherever a printer likes: rows torn apart, tables away from their questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from extractors.forms import form_score, questions_on, read_form
from extractors.forms.pages import form_page
from extractors.shapes import ReadSheet
from models.geometry import Box
from models.sheet import Sheet, Word
from rules.catalogue import load_catalogue
from tests.extractors.forms.filled import EDGES, EXPECTED, LAYOUTS, TABLES, NoEngine, filled
from tests.extractors.forms.paper import Paper

FORM = load_catalogue().forms["application_form_acquisition"]
TOP = 0.05  # where a sheet begins


def _part(sheet: Sheet, page: int, kept: Callable[[Word], bool], up: float) -> ReadSheet:
    """The words of a sheet that are kept, and their cells, moved up."""

    def moved(box: Box) -> Box:
        return Box(box.x0, box.y0 - up, box.x1, box.y1 - up)

    lines = tuple(
        replace(line, words=words, box=moved(line.box))
        for line in sheet.lines
        if (words := tuple(replace(w, box=moved(w.box)) for w in line.words if kept(w)))
    )
    places = [word.box for line in lines for word in line.words]
    cells = tuple(replace(cell, box=moved(cell.box)) for cell in sheet.cells)
    cells = tuple(cell for cell in cells if any(cell.box.contains(*box.centre) for box in places))
    return ReadSheet(replace(sheet, page=page, lines=lines, cells=cells))


def _cut(sheets: list[ReadSheet], number: int, at: float) -> list[ReadSheet]:
    """The sheets with one of them cut in two at a height."""
    sheet = sheets[number].sheet
    upper = _part(sheet, number + 1, lambda word: word.box.centre[1] < at, 0.0)
    lower = _part(sheet, number + 2, lambda word: word.box.centre[1] >= at, at - TOP)
    after = [ReadSheet(replace(s.sheet, page=s.sheet.page + 1)) for s in sheets[number + 1 :]]
    return [*sheets[:number], upper, lower, *after]


def _top_of(sheet: Sheet, word: str) -> float:
    return next(w.box.y0 for line in sheet.lines for w in line.words if w.text == word)


@pytest.fixture(params=["two columns", "two columns without rules"])
def sheets(request: pytest.FixtureRequest) -> list[ReadSheet]:
    """A form whose second sheet holds the tables of questions 14 and 15."""
    return filled(FORM, LAYOUTS[request.param])


def test_a_table_without_its_question_is_known_by_its_headings(sheets: list[ReadSheet]) -> None:
    """A sheet that begins with the headings of a table is a sheet of the form, and asks nothing itself."""
    heads = _top_of(sheets[1].sheet, "Qohumluq") - 0.002
    broken = _cut(sheets, 1, heads)
    assert questions_on(broken[2].sheet, FORM) == ()
    assert set(form_page(broken[2], FORM).headings) == {"15"}
    assert form_score(broken[2].sheet, FORM) > 0.4
    fields = read_form(broken, FORM, NoEngine()).fields
    assert {key: fields[key].value for key in EXPECTED} == EXPECTED


def test_a_table_is_read_where_its_question_is_lost(sheets: list[ReadSheet]) -> None:
    """Where no sheet shows the question of a table, its headings still say what it is; the answer is not certain."""
    heads = _top_of(sheets[1].sheet, "Qohumluq") - 0.002
    question = _top_of(sheets[1].sheet, "Yaxın") - 0.002
    lost = _part(sheets[1].sheet, 2, lambda word: not question <= word.box.centre[1] < heads, 0.0)
    relatives = read_form([sheets[0], lost, sheets[2]], FORM, NoEngine()).fields["relatives"]
    assert relatives.value == EXPECTED["relatives"]
    assert relatives.confidence < 0.95


@pytest.mark.parametrize("ruled", [True, False])
def test_a_row_of_a_table_torn_by_a_page_break_is_one_row(ruled: bool) -> None:
    """What stands in a row without its first column at the head of a sheet ends the last row of the one before."""
    question = next(q for q in FORM.questions if q.number == "15")
    first, second = Paper(), Paper(page=2)
    first.write(f"15. {question.wordings[0]}")
    wife, father = TABLES["15"]
    headings = [column.headings[0] for column in question.columns]
    upper = [wife[0], "Əliyeva Günel", *wife[2:5], "Azərbaycan,"]
    for index, row in enumerate([headings, upper]):
        first.row(row, EDGES["15"], index=index, ruled=ruled)
    for index, row in enumerate([["", "Tofiq qızı", "", "", "", "Bakı"], father]):
        second.row(row, EDGES["15"], index=index, ruled=ruled)
    second.write("16. Yaşayış yerinizin dəqiq ünvanı və telefonlarınızın nömrələri (ev, iş)")
    fields = read_form([first.read(), second.read()], FORM, NoEngine()).fields
    assert fields["relatives"].value == EXPECTED["relatives"]


@pytest.mark.parametrize("ruled", [True, False])
def test_an_answer_torn_from_its_question_by_a_page_break_is_found(ruled: bool) -> None:
    """An answer left in a row of its own at the foot of a sheet belongs to the question at the head of the next."""
    first, second = Paper(), Paper(page=2)
    edges = [0.05, 0.1, 0.5, 0.95]
    wordings = {q.number: q.wordings[0] for q in FORM.questions}
    first.row(["10.", wordings["10"], "xeyr"], edges, ruled=ruled)
    first.row(["11.", wordings["11"], "yox"], edges, index=1, ruled=ruled)
    first.row(["12.", "", "Ali, Bakı Dövlət Universiteti, 2007"], edges, index=2, ruled=ruled)
    second.row(["", wordings["12"], ""], edges, ruled=ruled)
    second.row(["13.", wordings["13"], "işləməmişəm"], edges, index=1, ruled=ruled)
    fields = read_form([first.read(), second.read()], FORM, NoEngine()).fields
    assert (fields["convictions"].value, fields["work_abroad"].value) == ("none", "none")
    assert fields["education"].value == "Ali, Bakı Dövlət Universiteti, 2007"
