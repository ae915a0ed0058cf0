"""Annex 1 broken over sheets wherever a printer likes: rows torn apart, tables away from their questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from extractors.forms import form_score, questions_on, read_form
from extractors.forms.building import form_page
from extractors.shapes import ReadSheet
from models.geometry import Box
from models.sheet import Sheet, Word
from rules.catalogue import load_catalogue
from tests.extractors.forms.filled import ANSWERS, EDGES, EXPECTED, LAYOUTS, TABLES, NoEngine, filled
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


def test_an_answer_torn_from_its_question_below_a_table_is_no_row_of_it() -> None:
    """A row under an empty table that begins with the next question's number is that question's, though a border was
    read as letters where the answer should stand."""
    first, second = Paper(), Paper(page=2)
    questions = {q.number: q for q in FORM.questions}
    edges = [0.05, 0.1, 0.5, 0.95]
    first.row(["18", questions["18"].wordings[0], "pasport, şəkil"], edges)
    first.row(["19", questions["19"].wordings[0]], [0.05, 0.1, 0.95], index=1)
    first.row([c.headings[0] for c in questions["19"].columns], [0.05, 0.2, 0.5, 0.7, 0.87, 0.95], index=2)
    first.row(["20", "", "Vətəndaş olmaq"], edges, index=3)
    second.row(["", questions["20"].wordings[0], ""], edges)
    second.write("b . — — - İ")
    second.write(FORM.declarations[0])
    fields = read_form([first.read(), second.read()], FORM, NoEngine()).fields
    assert fields["children"].value is None
    assert fields["purpose"].value == "Vətəndaş olmaq"


def _tables(ruled_columns: int, rows: Sequence[Sequence[str]]) -> ReadSheet:
    """The table of question 14 with only its first columns ruled, the question after it below."""
    question = next(q for q in FORM.questions if q.number == "14")
    paper = Paper()
    paper.write(f"14. {question.wordings[0]}")
    for index, row in enumerate([[column.headings[0] for column in question.columns], *rows]):
        paper.row(row, EDGES["14"], index=index)
    paper.write("16. Yaşayış yerinizin dəqiq ünvanı və telefonlarınızın nömrələri (ev, iş)")
    paper.cells = [cell for cell in paper.cells if cell.column < ruled_columns]
    return paper.read()


def test_a_last_column_without_its_border_is_read() -> None:
    """Words in a ruled row outside its cells stand in the column above them."""
    fields = read_form([_tables(3, TABLES["14"])], FORM, NoEngine()).fields
    assert fields["employment"].value == EXPECTED["employment"]


def test_a_row_whose_lower_border_is_lost_is_read() -> None:
    """A row under the ruled ones that begins in the first column is a row of its own."""
    sheet = _tables(4, TABLES["14"])
    last = max(cell.box.y0 for cell in sheet.sheet.cells)
    open_row = replace(sheet.sheet, cells=tuple(c for c in sheet.sheet.cells if c.box.y0 < last))
    fields = read_form([ReadSheet(open_row)], FORM, NoEngine()).fields
    assert fields["employment"].value == EXPECTED["employment"]


def test_a_month_and_its_year_under_each_other_are_one_date() -> None:
    """In a table without rules a year alone under a month begins no new row."""
    question = next(q for q in FORM.questions if q.number == "14")
    paper = Paper()
    paper.write(f"14. {question.wordings[0]}")
    rows = [["sentyabr", "iyun", "ADNA, tələbə", "Bakı, Azadlıq"], ["2001", "2005", "", "pr. 20"],
            ["07.2005", "hal-hazırda", "“Azərenerji” ASC, baş mühəndis", "Bakı şəhəri, Tbilisi pr. 10"]]  # fmt: skip
    for row in [[column.headings[0] for column in question.columns], *rows]:
        paper.row(row, EDGES["14"], ruled=False)
    paper.write("16. Yaşayış yerinizin dəqiq ünvanı və telefonlarınızın nömrələri (ev, iş)")
    assert read_form([paper.read()], FORM, NoEngine()).fields["employment"].value == EXPECTED["employment"]


def test_a_table_whose_question_is_lost_is_no_part_of_the_one_before() -> None:
    """Headings in other words at the head of a sheet are those of the table that they fit best; a title that a browser
    prints on every page ends no answer."""
    first, second = Paper(), Paper(page=2)
    for paper in (first, second):
        paper.write("28.05.2025, 11:47 Ərizə-anket", y=0.02)
    relatives = next(q for q in FORM.questions if q.number == "15")
    first.write(f"15. {relatives.wordings[0]}")
    first.row([column.headings[0] for column in relatives.columns], EDGES["15"])
    first.row(TABLES["15"][0], EDGES["15"], index=1)
    second.row(TABLES["15"][1], EDGES["15"])
    second.write("Gördüyünüz işlərin hamısı barədə bildirin")
    heads = ["Daxil olduğu ay, il", "Çıxdığı ay, il", "İdarə, təşkilatın adı və vəzifəniz", "Ünvanı"]
    for index, row in enumerate([heads, *TABLES["14"]]):
        second.row(row, EDGES["14"], table=1, index=index)
    second.write("16. Yaşayış yerinizin dəqiq ünvanı və telefonlarınızın nömrələri (ev, iş)")
    fields = read_form([first.read(), second.read()], FORM, NoEngine()).fields
    assert fields["employment"].value == EXPECTED["employment"]
    relations = fields["relatives"].value
    assert isinstance(relations, list)
    assert relations[:2] == EXPECTED["relatives"]
    assert len(relations) == 2 or fields["relatives"].confidence < 0.8


@pytest.mark.parametrize(("margin", "sure"), [(0.01, False), (0.15, True)])
def test_a_sheet_cut_off_under_a_question_leaves_its_answer_open(margin: float, sure: bool) -> None:
    """Where no margin is below the last question, its answer may have been cut off; with one, none was given."""
    first, second = filled(FORM, LAYOUTS["answer under"], {**ANSWERS, "11": ""})[:2]
    end = max(word.box.y1 for line in first.sheet.lines for word in line.words if line.text.startswith("11.")) + margin
    cut = _shortened(first.sheet, end)
    found = read_form([cut, second], FORM, NoEngine()).fields["convictions"]
    assert found.value is None and (found.confidence > 0.9) is sure


def _shortened(sheet: Sheet, end: float) -> ReadSheet:
    """A sheet that was cut off at a height."""

    def moved(box: Box) -> Box:
        return Box(box.x0, box.y0 / end, box.x1, box.y1 / end)

    lines = tuple(
        replace(line, words=tuple(replace(w, box=moved(w.box)) for w in line.words), box=moved(line.box))
        for line in sheet.lines
        if line.box.y1 < end
    )
    cells = tuple(replace(cell, box=moved(cell.box)) for cell in sheet.cells if cell.box.y1 < end)
    return ReadSheet(replace(sheet, lines=lines, cells=cells))


@pytest.mark.parametrize(
    "head",
    [
        "10/12/2025 09:1{} +994 12 498 77 10 P0{}",
        "FROM +994124980000 09:4{} 19-02-2025 P.0{}/07",
    ],
)
def test_what_a_fax_machine_prints_is_no_answer(sheets: list[ReadSheet], head: str) -> None:
    """A line with the day and minute of sending at the top of every sheet answers nothing."""
    sent = []
    for number, read in enumerate(_cut(sheets, 1, _top_of(sheets[1].sheet, "15.") + 0.03), start=1):
        paper = Paper(y=0.005)
        paper.write(head.format(number, number), x=0.02)
        sent.append(ReadSheet(replace(read.sheet, lines=(*paper.lines, *read.sheet.lines))))
    assert {k: f.value for k, f in read_form(sent, FORM, NoEngine()).fields.items()} == {
        k: f.value for k, f in read_form(sheets, FORM, NoEngine()).fields.items()
    }
