"""Forms of labels under section headings: the same label in several sections, lists as blocks, ticked boxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from extractors.forms import read_form
from extractors.forms.labels import label_ends
from extractors.shapes import ReadSheet
from models.catalogue import FormDescription
from models.sheet import Source
from rules.catalogue import load_catalogue
from tests.extractors.forms.filled import NoEngine
from tests.extractors.forms.paper import ROW, Paper

FORM = load_catalogue().forms["application_form_stay"]
ANSWERS = {
    "host_type": "Fiziki şəxs", "host_document_type": "Şəxsiyyət vəsiqəsi", "host_document_number": "AA1234567",
    "host_document_issued_on": "12.05.2020", "host_surname": "Quliyev", "host_given_name": "Samir",
    "host_patronymic": "Rza oğlu", "host_sex": "Kişi", "host_citizenship": "Azərbaycan Respublikası",
    "host_birth_date": "01.02.1980", "host_birth_country": "Azərbaycan", "host_mobile_phone": "050 123 45 67",
    "host_email": "samir@posta.example", "city_district": "Bakı şəhəri", "street": "Nizami küçəsi", "building": "12",
    "apartment": "7", "guest_document_number": "U7654321", "guest_document_country": "Türkiyə",
    "guest_document_issued_on": "03.04.2021", "guest_surname": "Yılmaz", "guest_given_name": "Elif",
    "guest_citizenship": "Türkiyə Respublikası", "guest_birth_country": "Türkiyə", "guest_birth_date": "05.06.1990",
    "guest_sex": "Qadın", "arrived_from": "Gürcüstan", "entry_date": "07.05.2024", "stay_days": "30 gün",
}  # fmt: skip
VALUES = {
    **ANSWERS, "host_type": "individual", "host_document_issued_on": "2020-05-12", "host_sex": "male",
    "host_birth_date": "1980-02-01", "host_mobile_phone": "+994501234567", "guest_document_issued_on": "2021-04-03",
    "guest_birth_date": "1990-06-05", "guest_sex": "female", "entry_date": "2024-05-07", "stay_days": 30,
}  # fmt: skip
COMPANIONS = [
    {"surname": "Yılmaz", "given_name": "Kaya", "birth_date": "02.03.2015", "relationship": "oğul", "sex": "Kişi"},
    {"surname": "Demir", "given_name": "Ayşe", "birth_date": "04.05.1988", "relationship": "bacı", "sex": "Qadın"},
]
READ_COMPANIONS = [
    {**COMPANIONS[0], "birth_date": "2015-03-02", "sex": "male"},
    {**COMPANIONS[1], "birth_date": "1988-05-04", "sex": "female"},
]

_FULL = 0.85  # height at which a new sheet begins

Pair = Callable[[Paper, str, str], None]


def beside(paper: Paper, label: str, answer: str) -> None:
    paper.write(f"{label}: {answer}")


def in_cells(paper: Paper, label: str, answer: str) -> None:
    paper.row([label, answer], [0.05, 0.4, 0.95], index=round(paper.y * 1000))


def under_a_label(paper: Paper, label: str, answer: str) -> None:
    paper.write(label)
    paper.row([answer], [0.07, 0.95], table=round(paper.y * 1000))


def printed(pair: Pair, *, headings: bool = True, breaks: Sequence[str] = (), lost: Sequence[str] = ()) -> list[Paper]:
    """The form in one print; ``breaks`` are fields that begin a sheet, ``lost`` ones whose label is misread."""
    papers, section = [Paper()], ""
    for question in FORM.questions:
        key = question.parts[0].key
        if key in breaks or papers[-1].y > _FULL:
            papers.append(Paper(page=len(papers) + 1))
        if question.section != section:
            section = question.section
            papers[-1].y += ROW
            if headings:
                papers[-1].write(section)
        if not question.columns:
            label = question.wordings[0]
            pair(papers[-1], f"{label[:2]}r”" if key in lost else label, ANSWERS.get(key, ""))
    return papers


def in_blocks(paper: Paper, rows: Sequence[dict[str, str]], pair: Pair) -> None:
    columns = FORM.questions[-1].columns
    for row in rows:
        for column in columns:
            pair(paper, column.headings[0], row[column.key])


def read(papers: Sequence[Paper]) -> dict[str, object]:
    return {key: f.value for key, f in read_form([p.read() for p in papers], FORM, NoEngine()).fields.items()}


@pytest.mark.parametrize("pair", [beside, in_cells, under_a_label])
@pytest.mark.parametrize("breaks", [(), ("guest_surname",), ("host_sex", "guest_document_issued_by")])
def test_every_answer_goes_to_its_own_section(pair: Pair, breaks: Sequence[str]) -> None:
    """Names of host and guest stay apart, also where a section goes on on the next sheet without its heading."""
    fields = read(printed(pair, breaks=breaks))
    assert {key: fields[key] for key in VALUES} == VALUES
    assert fields["block"] is None and fields["comment"] is None


@pytest.mark.parametrize("pair", [beside, in_cells])
def test_without_headings_the_order_of_the_labels_tells_host_and_guest(pair: Pair) -> None:
    """A form typed without its headings is read by the order in which labels follow each other."""
    fields = read(printed(pair, headings=False))
    assert {key: fields[key] for key in VALUES} == VALUES


def test_sheets_in_the_wrong_order_change_nothing() -> None:
    """The second sheet first: what its labels are is seen from themselves."""
    fields = read(printed(beside, breaks=("guest_surname",))[::-1])
    assert {key: fields[key] for key in VALUES} == VALUES


def test_a_misread_label_is_known_by_its_neighbours() -> None:
    """ "Adr”" between surname and patronymic is the given name's label."""
    fields = read(printed(in_cells, lost=("host_given_name",)))
    assert (fields["host_surname"], fields["host_given_name"]) == ("Quliyev", "Samir")


@pytest.mark.parametrize("pair", [beside, in_cells, under_a_label])
def test_companions_in_blocks_are_rows(pair: Pair) -> None:
    """Each block of labels is one companion, and the last one may end on the next sheet."""
    papers = printed(pair)
    in_blocks(papers[-1], COMPANIONS[:1], pair)
    papers.append(Paper(page=2))
    in_blocks(papers[-1], COMPANIONS[1:], pair)
    fields = read(papers)
    assert fields["companions"] == READ_COMPANIONS
    assert {key: fields[key] for key in VALUES} == VALUES


def test_companions_in_a_table_are_rows() -> None:
    """A row of headings is no block."""
    papers = printed(beside)
    edges = [0.05, 0.25, 0.4, 0.6, 0.8, 0.95]
    columns = FORM.questions[-1].columns
    papers[-1].row([c.headings[0] for c in columns], edges, table=9)
    for index, row in enumerate(COMPANIONS, 1):
        papers[-1].row([row[c.key] for c in columns], edges, table=9, index=index)
    assert read(papers)["companions"] == READ_COMPANIONS


@pytest.mark.parametrize(("text", "value"), [
    ("☐ Kişi ☒ Qadın ☐ Naməlum", "female"), ("[x] Kişi [ ] Qadın [ ] Naməlum", "male"),
    ("☑Kişi ☐Qadın ☐Naməlum", "male"), ("☐ Kişi ☐ Qadın ☐ Naməlum", None), ("Qadın", "female"),
])  # fmt: skip
def test_a_ticked_option_is_the_answer(text: str, value: str | None) -> None:
    """Options printed with signs: the one with a tick counts, none without a tick."""
    paper = Paper()
    paper.write(FORM.questions[9].section)
    beside(paper, "Soyadı", "Quliyev")
    beside(paper, "Cinsi", text)
    beside(paper, "Vətəndaşlığı", "Azərbaycan")
    assert read([paper])["host_sex"] == value


def drawn(ticked: int | None, *, cross: bool, broken: bool = False) -> ReadSheet:
    """A scanned row "Cinsi □ Kişi □ Qadın □ Naməlum" whose boxes no engine read."""
    paper = Paper(source=Source.OCR)
    paper.write(FORM.questions[9].section)
    paper.write("Cinsi")
    paper.y -= ROW
    grey = np.full((2339, 1654), 255, np.uint8)
    for place, word in enumerate(("Kişi", "Qadın", "Naməlum")):
        x = 0.3 + 0.2 * place
        paper.write(word, x, paper.y)
        left, top = int((x - 0.022) * 1654), int(paper.y * 2339)
        cv2.rectangle(grey, (left, top), (left + 24, top + 24), 0, 2)
        if place == ticked:
            for a, b in (
                (((4, 4), (20, 20)), ((20, 4), (4, 20))) if cross else (((4, 12), (10, 20)), ((10, 20), (22, 4)))
            ):
                cv2.line(grey, (left + a[0], top + a[1]), (left + b[0], top + b[1]), 0, 3)
            if broken:
                grey[top - 2 : top + 3, left - 2 : left + 27] = 255
    return replace(ReadSheet(paper.sheet()), grey=grey)


@pytest.mark.parametrize("cross", [True, False])
@pytest.mark.parametrize("broken", [True, False])
def test_a_tick_is_seen_in_the_ink(cross: bool, broken: bool) -> None:
    """The one box with ink inside is ticked, even when its frame is broken; no box with ink is no answer."""
    for place, value in enumerate(("male", "female", "unknown")):
        sheet = drawn(place, cross=cross, broken=broken)
        assert read_form([sheet], FORM, NoEngine()).fields["host_sex"].value == value
    assert read_form([drawn(None, cross=cross)], FORM, NoEngine()).fields["host_sex"].value is None


def test_an_answer_joined_to_its_label_is_parted() -> None:
    """ "Blok:2" is a label and an answer; other words with a colon stay whole."""
    paper = Paper()
    paper.write("Ünvan məlumatları")
    for line in ("Giriş: 1", "Blok:2", "Mərtəbə: 16", "Mənzil: tel:45"):
        paper.write(line)
    fields = read([paper])
    assert (fields["block"], fields["floor"], fields["apartment"]) == ("2", "16", "tel:45")


def test_forms_of_questions_have_no_labels() -> None:
    """Nothing is parted on a form without sections."""
    annex: FormDescription = load_catalogue().forms["application_form_acquisition"]
    assert label_ends(annex) == frozenset()


def test_labels_of_two_lines_stand_beside_those_of_one() -> None:
    """A label broken behind its stroke is known, and labels centred in one row keep their order."""
    paper = Paper()
    edges = [0.05, 0.28, 0.5, 0.72, 0.95]
    paper.write("Ünvan məlumatları")
    paper.row(["Şəhər/Rayon", "Bakı", "Şəhərdaxili Rayon/ Mikrorayon", "Nəsimi rayonu"], edges)
    paper.write("Müraciət məlumatları")
    top = paper.y
    paper.row(["", "", "Hansı ölkədən gəlmişdir", "Gürcüstan"], edges, table=1)
    paper.write("Daimi yaşadığı ölkə", 0.056, top + 0.004 + 0.45 * ROW)
    paper.write("Hindistan", 0.286, top + 0.004 + 0.45 * ROW)
    fields = read([paper])
    keys = ("city_district", "inner_district", "permanent_residence_country", "arrived_from")
    assert [fields[key] for key in keys] == ["Bakı", "Nəsimi rayonu", "Hindistan", "Gürcüstan"]


def test_an_answer_before_a_label_is_not_the_label_s() -> None:
    """The pair left of a label in its row, whose own label nobody knows, is not taken for its answer."""
    paper = Paper()
    paper.write(FORM.questions[0].section)
    paper.row(["Kateqoriya", "Fiziki şəxs", "Sənədin növü", ""], [0.05, 0.28, 0.5, 0.72, 0.95])
    paper.row(["Sənədin nömrəsi", "AA8826444", "", ""], [0.05, 0.28, 0.5, 0.72, 0.95], index=1)
    assert read([paper])["host_document_type"] is None
