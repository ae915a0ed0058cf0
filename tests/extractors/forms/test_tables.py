"""Tables of rows as people retype them: other headings, other columns, lost borders."""

from __future__ import annotations

import pytest

from extractors.forms import read_form
from models.catalogue import FormDescription
from models.document import Field
from rules.catalogue import load_catalogue
from tests.extractors.forms.filled import NoEngine
from tests.extractors.forms.paper import ROW, Paper

EMPLOYMENT = "14. Əmək fəaliyyətiniz (təhsil və hərbi xidmət daxil olmaqla)"
RELATIVES = "15. Yaxın qohumlarınız (arvad, ər, valideynlər, böyük uşaqlar, qardaşlar və bacılar)"
CHILDREN = "19. Mənimlə birlikdə vətəndaşlığa qəbulunu xahiş etdiyim yetkinlik yaşına çatmayan uşaqlarım"
FOUR, FIVE, SIX = (0.05, 0.2, 0.35, 0.65, 0.95), (0.05, 0.2, 0.45, 0.7, 0.95), (0.05, 0.17, 0.35, 0.5, 0.65, 0.8, 0.97)
THREE = (0.05, 0.35, 0.65, 0.95)
WORK = [
    {"from": "1984-05", "to": "1990-09", "organisation_position": "orta məktəb, müəllim", "address": "Bakı şəhəri"},
    {"from": "2011-12", "to": None, "organisation_position": "zavod, usta", "address": "Şəki şəhəri"},
]


@pytest.fixture(scope="module")
def form() -> FormDescription:
    return load_catalogue().forms["application_form_acquisition"]


def _list(form: FormDescription, question: str, key: str, edges: tuple[float, ...], rows: list[list[str]],
          ruled: bool = True) -> Field:  # fmt: skip
    """The list read from a sheet that shows one table question."""
    paper = Paper()
    paper.write("13. Azərbaycan Respublikasına gəlməmişdən qabaq xaricdə harada və nə qismində işləmisiniz")
    paper.write("yox")
    paper.write(question)
    for index, row in enumerate(rows):
        paper.row(row, edges, index=index, ruled=ruled)
        paper.y += 0 if ruled else 0.012
    paper.write("20. Azərbaycan Respublikasının vətəndaşlığına qəbul olunmaqda məqsəd")
    paper.write("Burada yaşamaq")
    return read_form([paper.read()], form, NoEngine()).fields[key]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize(
    "heads",
    [
        ["Daxil olduğu ay, il", "Çıxdığı ay, il", "Müəssisənin adı, vəzifəniz", "Ünvanı"],
        ["Başlama tarixi", "Bitmə tarixi", "İş yeri və vəzifə", "İş yerinin ünvanı"],
    ],
)
def test_headings_in_other_words(form: FormDescription, heads: list[str], ruled: bool) -> None:
    """Headings that nobody described are told by their place, with rules or without; they are no row."""
    rows = [["05/1984", "09/1990", "orta məktəb, müəllim", "Bakı şəhəri"],
            ["12/2011", "davam edir", "zavod, usta", "Şəki şəhəri"]]  # fmt: skip
    assert _list(form, EMPLOYMENT, "employment", FOUR, [heads, *rows], ruled).value == WORK


@pytest.mark.parametrize("head", ["Dövr", "Ay və il (daxilolma – çıxma)"])
def test_a_period_in_one_column(form: FormDescription, head: str) -> None:
    """Both ends of a period may stand in one column; the others keep their place."""
    rows = [["05-1984 – 09-1990", "orta məktəb, müəllim", "Bakı şəhəri"],
            ["12-2011 – davam edir", "zavod, usta", "Şəki şəhəri"]]  # fmt: skip
    heads = [head, "İş yeri və vəzifə", "İş yerinin ünvanı"]
    assert _list(form, EMPLOYMENT, "employment", THREE, [heads, *rows]).value == WORK


def test_a_period_that_is_none_is_doubted(form: FormDescription) -> None:
    """Where one column of dates holds no period the rows are not sure."""
    rows = [["1984", "orta məktəb, müəllim", "Bakı şəhəri"], ["iki il", "zavod, usta", "Şəki şəhəri"]]
    assert _list(form, EMPLOYMENT, "employment", THREE, [["Dövr", "İş yeri, vəzifə", "Ünvanı"], *rows]).confidence < 0.4


@pytest.mark.parametrize("row", [["-", "-", "-", "-"], ["yoxdur", "", "", ""]])
def test_a_denial_under_headings_in_other_words(form: FormDescription, row: list[str]) -> None:
    """A table that only denies is none, whatever its headings are."""
    heads = ["Oğul/qız", "S.A.A.", "Doğum tarixi", "Doğulduğu yer"]
    assert _list(form, CHILDREN, "children", FIVE, [heads, row]).value == "none"


def test_a_denial_beside_scraps_of_a_stamp(form: FormDescription) -> None:
    """What an engine makes of a stamp's rim is no child; that there is none is then not certain."""
    heads = ["Oğul/qız", "S.A.A.", "Doğum tarixi", "Doğulduğu yer"]
    found = _list(form, CHILDREN, "children", FIVE, [heads, ["yoxdur", "7", "", ""]])
    assert found.value == "none"
    assert found.confidence < 0.7


def test_a_word_that_its_column_broke_is_whole(form: FormDescription) -> None:
    """A long name parted without a hyphen where its column ends is one word; a short word under a longer one stays."""
    heads = ["Oğul/qız", "S.A.A.", "Doğum tarixi", "Doğulduğu yer"]
    found = _list(form, CHILDREN, "children", (0.05, 0.2, 0.4, 0.6, 0.95), [
        heads, ["oğul", "Saparov\nOraztaqanovarx\nviç", "2012-05", "Bakı"],
        ["qız", "Saparova\nAy", "2014-05", "Şəki və\nil"],
    ])  # fmt: skip
    assert isinstance(found.value, list)
    assert [child["full_name"] for child in found.value] == ["Saparov Oraztaqanovarxviç", "Saparova Ay"]


def test_columns_without_a_border_between_them(form: FormDescription) -> None:
    """Where the border between two columns is lost their words are told apart by the headings above."""
    paper = Paper()
    paper.write(RELATIVES)
    heads = ["Qohumluq dərəcələri", "Soyadı, adı və atasının adı", "Milliyyəti", "Vətəndaşlıq", "İş yeri və vəzifəsi",
             "Olduğu ölkə və yaşadığı ünvan"]  # fmt: skip
    paper.row(heads, SIX)
    for index in (1, 2):
        paper.row(["ata", "Orlov Ivan", "rus", "Rusiya", "usta", "Rusiya, Omsk"], SIX, index=index)
    joined = [cell for cell in paper.cells if cell.column != 1]
    paper.cells = [c if c.column else type(c)(c.box._replace(x1=SIX[2]), c.table, c.row, 0) for c in joined]
    paper.write("16. Yaşayış yerinizin dəqiq ünvanı və telefonlarınızın nömrələri (ev, iş)")
    rows = read_form([paper.read()], form, NoEngine()).fields["relatives"].value
    assert isinstance(rows, list)
    assert [(row["relationship"], row["full_name"], row["ethnicity"]) for row in rows] == [
        ("ata", "Orlov Ivan", "rus")
    ] * 2


def _relatives(form: FormDescription, paper: Paper) -> Field:
    return read_form([paper.read()], form, NoEngine()).fields["relatives"]


HEADS = ["Qohumluq dərəcəsi", "S.A.A.", "Milliyyəti", "Vətəndaşlığı", "İş yeri, vəzifəsi", "Yaşadığı ölkə, ünvan"]


@pytest.mark.parametrize("even", [True, False])
def test_cells_centred_on_rows_without_rules(form: FormDescription, even: bool) -> None:
    """Where words stand above the first column, each entry of that column is one record; it is never certain."""
    paper = Paper()
    paper.write(RELATIVES)
    paper.row(HEADS, SIX, ruled=False)
    paper.y += ROW
    for relation, given in (("Ata", "Ivan"), ("Ana", "Olqa")):
        top = paper.y
        for x, words in ((SIX[1], ["Orlov", given, "Petroviç"]), (SIX[5], ["Rusiya,", "Omsk", "şəhəri"])):
            for i, word in enumerate(words):
                paper.write(word, x, top + i * ROW)
        for x, word in ((SIX[0], relation), (SIX[2], "rus"), (SIX[3], "Rusiya"), (SIX[4], "usta")):
            paper.write(word, x, top + ROW)
        paper.y = top + (3 if even else 3.8) * ROW
    found = _relatives(form, paper)
    assert isinstance(found.value, list)
    assert [(row["relationship"], row["full_name"]) for row in found.value] == [
        ("Ata", "Orlov Ivan Petroviç"), ("Ana", "Orlov Olqa Petroviç")]  # fmt: skip
    assert found.confidence < 0.95


def test_running_numbers_are_no_part_of_a_record(form: FormDescription) -> None:
    """Numbers that count the rows are left out of the first column."""
    paper = Paper()
    paper.write(RELATIVES)
    paper.row(HEADS, SIX)
    for index, relation in enumerate(("ata", "ana"), 1):
        row = [f"{index} {relation}", "Orlov Ivan", "rus", "Rusiya", "usta", "Omsk"]
        paper.row(row, SIX, index=index)
    rows = _relatives(form, paper).value
    assert isinstance(rows, list)
    assert [row["relationship"] for row in rows] == ["ata", "ana"]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_ends_where_a_line_runs_through_its_columns(form: FormDescription, ruled: bool) -> None:
    """A question that was not recognised, and what answers it, are no rows of the table above."""
    paper = Paper()
    paper.write(RELATIVES)
    paper.row(HEADS, SIX, ruled=ruled)
    paper.row(["ata", "Orlov Ivan", "rus", "Rusiya", "usta", "Omsk"], SIX, index=1, ruled=ruled)
    paper.y += ROW
    paper.write("Hazırda harada qeydiyyatda olduğunuzu bildirin, nə vaxtdan bəri oradasınız")
    paper.write("Bakı şəhəri, Zavod küçəsi 8")
    rows = _relatives(form, paper).value
    assert isinstance(rows, list)
    assert [row["relationship"] for row in rows] == ["ata"]


def test_a_row_of_scraps_is_none(form: FormDescription) -> None:
    """A row that holds no more than what an engine reads in a border is left out, and the list is not certain."""
    rows = [["05/1984", "09/1990", "orta məktəb, müəllim", "Bakı şəhəri"],
            ["12/2011", "davam edir", "zavod, usta", "Şəki şəhəri"], ["—İ", "", "", ""]]  # fmt: skip
    heads = ["daxilolma", "çıxma", "Müəssisənin adı, vəzifəniz", "Ünvanı"]
    found = _list(form, EMPLOYMENT, "employment", FOUR, [heads, *rows])
    assert found.value == WORK
    assert found.confidence < 0.9


def test_rows_without_times_are_another_table(form: FormDescription) -> None:
    """Rows under a table of times whose first column holds none are those of the next table, whose question is lost."""
    rows = [["05/1984", "09/1990", "orta məktəb, müəllim", "Bakı şəhəri"],
            ["12/2011", "davam edir", "zavod, usta", "Şəki şəhəri"],
            ["Həyat yoldaşı", "Orlova Olqa", "həkim", "Rusiya"]]  # fmt: skip
    heads = ["daxilolma", "çıxma", "Müəssisənin adı, vəzifəniz", "Ünvanı"]
    found = _list(form, EMPLOYMENT, "employment", FOUR, [heads, *rows])
    assert found.value == WORK
    assert found.confidence < 0.95


def test_headings_close_together_are_parted_over_the_columns(form: FormDescription) -> None:
    """Headings with hardly a blank between them are parted where no word of the rows stands."""
    paper = Paper()
    paper.write(RELATIVES)
    for x, head in ((0.05, "Qohumluğu"), (0.163, "Soyad, ad, ata adı"), (0.37, "Milliyyət"), (0.482, "Vətəndaşlıq"),
                    (0.65, "İş yeri"), (0.8, "Ölkə və ünvan")):  # fmt: skip
        paper.write(head, x, paper.y)
    paper.y += 2 * ROW
    for relation in ("ata", "ana", "bacı"):
        for x, text in ((0.05, relation), (0.163, "Orlov İvan"), (0.37, "rus"), (0.482, "Rusiya"), (0.65, "usta"),
                        (0.8, "Omsk")):  # fmt: skip
            paper.write(text, x, paper.y)
        paper.y += 2 * ROW
    rows = _relatives(form, paper).value
    assert isinstance(rows, list)
    assert [(row["relationship"], row["full_name"], row["ethnicity"], row["citizenship"]) for row in rows] == [
        (relation, "Orlov İvan", "rus", "Rusiya") for relation in ("ata", "ana", "bacı")]  # fmt: skip


def test_running_numbers_go_on_from_another_sheet(form: FormDescription) -> None:
    """Where a sheet goes on counting, its numbers are left out of the first column too."""
    sheets = [Paper(), Paper(page=2)]
    sheets[0].write(RELATIVES)
    for paper, numbers in zip(sheets, ((1, 2), (3,)), strict=True):
        paper.row(HEADS, SIX)
        for index in numbers:
            paper.row([f"{index} bacı", "Orlova İnna", "rus", "Rusiya", "usta", "Omsk"], SIX, index=index)
    rows = read_form([paper.read() for paper in sheets], form, NoEngine()).fields["relatives"].value
    assert isinstance(rows, list)
    assert [row["relationship"] for row in rows] == ["bacı"] * 3


def test_ends_of_a_period_under_one_heading(form: FormDescription) -> None:
    """What the ends of a period are called in a row of its own is no row of answers."""
    edges, paper = (0.05, 0.2, 0.35, 0.65, 0.95), Paper()
    paper.write(EMPLOYMENT)
    paper.row(["Müddət (ay və il)", "Təşkilat, vəzifə", "Təşkilatın ünvanı"], (0.05, 0.35, 0.65, 0.95))
    paper.row(["qəbul", "azad olunma", "", ""], edges, index=1)
    paper.row(["05-1984", "09-1990", "orta məktəb, müəllim", "Bakı şəhəri"], edges, index=2)
    paper.row(["12-2011", "hazırda", "zavod, usta", "Şəki şəhəri"], edges, index=3)
    paper.write("20. Azərbaycan Respublikasının vətəndaşlığına qəbul olunmaqda məqsəd")
    assert read_form([paper.read()], form, NoEngine()).fields["employment"].value == WORK


def test_cells_of_several_lines_centred_beside_each_other(form: FormDescription) -> None:
    """A month and its year one below the other are one entry, though lines of other columns stand between them."""
    paper = Paper()
    paper.write(EMPLOYMENT)
    paper.row(["Daxil olma", "Çıxma", "Müəssisənin adı, vəzifəniz", "Müəssisənin ünvanı"], FOUR, ruled=False)
    paper.y += ROW
    for start, end, work, place in (("may", "1984"), "09-1990", ("orta məktəb,", "müəllim"), "Bakı şəhəri"), (
            ("dekabr", "2011"), "hazırda", ("zavod,", "usta"), "Şəki şəhəri"):  # fmt: skip
        for x, lines in ((FOUR[0], start), (FOUR[2], work)):
            for i, line in enumerate(lines):
                paper.write(line, x, paper.y + i * ROW)
        for x, line in ((FOUR[1], end), (FOUR[3], place)):
            paper.write(line, x, paper.y + ROW / 2)
        paper.y += 3.2 * ROW
    paper.write("20. Azərbaycan Respublikasının vətəndaşlığına qəbul olunmaqda məqsəd")
    found = read_form([paper.read()], form, NoEngine()).fields["employment"]
    assert found.value == WORK
    assert found.confidence < 0.95


def test_a_word_broken_over_lines_is_doubted(form: FormDescription) -> None:
    """A word that fills its column and goes on in a few small letters under it may be one word: never certain."""
    found = []
    for name in ("Türkmənist\nan", "Türkmən\nRespublikası"):
        paper = Paper()
        paper.write(RELATIVES)
        paper.row(HEADS, SIX)
        paper.row(["ata", "Orlov İvan", "rus", name, "usta", "Omsk"], SIX, index=1)
        found.append(_relatives(form, paper).confidence)
    assert found[0] < 0.8 < 0.95 < found[1]
