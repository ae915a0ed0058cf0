"""A form that was filled in comes back as it was typed: blank form, answers, reader."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from extractors.files import open_pages
from extractors.forms import read_form
from extractors.shapes import OpenedPart
from extractors.sheets import SheetReader
from intake.forms import write_form
from intake.forms.fields import column_groups, heading, question_text
from models.catalogue import AnswerKind, AnswerLayout, Catalogue, FormDescription, Part
from models.mail import Attachment
from rules.catalogue import load_catalogue

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

#: What is typed and what must be read, by kind of answer.
TYPED = {
    AnswerKind.TEXT: "Göygöl, Şəfəq küçəsi", AnswerKind.NAME: "Qənbərov", AnswerKind.DATE: "12.03.1985",
    AnswerKind.PARTIAL_DATE: "09.2007", AnswerKind.INTEGER: "30", AnswerKind.PHONES: "+994 50 123 45 67",
    AnswerKind.PHONE: "+994 50 123 45 67", AnswerKind.EMAIL: "ad@example.com", AnswerKind.CITIZENSHIP: "Gürcüstan",
    AnswerKind.BOOLEAN: "Bəli",
}  # fmt: skip
READ = {
    AnswerKind.DATE: "1985-03-12", AnswerKind.PARTIAL_DATE: "2007-09", AnswerKind.INTEGER: 30, AnswerKind.BOOLEAN: True,
    AnswerKind.PHONES: ["+994501234567"], AnswerKind.PHONE: "+994501234567",
}  # fmt: skip


#: The one answer that is read as several values.
PASSPORT = "P1234567, Dövlət Miqrasiya Xidməti, 12.03.2015"
PASSPORT_READ = {"series_number": "P1234567", "issued_by": "Dövlət Miqrasiya Xidməti", "issued_on": "2015-03-12"}


def typed(part: Part) -> str:
    if part.key == "passport":
        return PASSPORT
    return next(iter(part.choices.values()))[0] if part.choices else TYPED[part.kind]


def expected(part: Part) -> object:
    if part.key == "passport":
        return PASSPORT_READ
    return next(iter(part.choices)) if part.choices else READ.get(part.kind, TYPED[part.kind])


def fill_pdf(path: Path, form: FormDescription) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        for question in form.questions:
            for column in question.columns:
                fields[f"{question.parts[0].key}_1_{column.key}"].V = pikepdf.String(TYPED[column.kind])
            for part in () if question.columns else question.parts:
                fields[part.key].V = pikepdf.String(typed(part))
        pdf.save(path)


def fill_docx(path: Path, form: FormDescription) -> None:
    document = Document(str(path))
    rows = [row for table in document.tables for row in table.rows if len(row.cells) == 2]
    # the stay form asks several questions in the same words, so its rows are taken in order
    for question in form.questions:
        if question.layout in (AnswerLayout.CELL, AnswerLayout.LABEL):
            place = next(i for i, row in enumerate(rows) if row.cells[0].text == question_text(question))
            cell = rows.pop(place).cells[1]
            for paragraph, part in zip(cell.paragraphs, question.parts, strict=True):
                paragraph.add_run(typed(part))
    under = {" ".join(text.split()): table for text, table in tables_under(document)}
    for question in form.questions:
        if question.layout is AnswerLayout.LINES:
            for row, part in zip(under[heading(question)].rows, question.parts, strict=True):
                row.cells[0].paragraphs[0].add_run(typed(part))
        if question.columns:
            above = 2 if any(name for name, _ in column_groups(question)) else 1
            table = under[heading(question) or question.section]
            for cell, column in zip(table.rows[above].cells, question.columns, strict=True):
                cell.text = TYPED[column.kind]
    document.save(str(path))


def tables_under(document: object) -> Iterator[tuple[str, Table]]:
    """Each table with the paragraph above it."""
    body = list(document.element.body)  # type: ignore[attr-defined]
    for above, below in pairwise(body):
        if above.tag.endswith("}p") and below.tag.endswith("}tbl"):
            yield Paragraph(above, document).text, Table(below, document)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def reader() -> SheetReader:
    return SheetReader()


@pytest.mark.story
@pytest.mark.parametrize(("ending", "media_type"), [(".pdf", PDF), (".docx", DOCX)])
@pytest.mark.parametrize("key", sorted(load_catalogue().forms))
def test_filled_form_reads_back_without_loss(
    key: str, ending: str, media_type: str, catalogue: Catalogue, reader: SheetReader, tmp_path: Path
) -> None:
    """Every answer typed into our own blank form is read as typed, from both kinds of file."""
    form = catalogue.forms[key]
    path = tmp_path / f"form{ending}"
    write_form(form, path)
    (fill_pdf if ending == ".pdf" else fill_docx)(path, form)
    opened = open_pages(OpenedPart(Attachment(path.name, "", 0, media_type), path.read_bytes()))
    sheets = [sheet for page in opened.pages for sheet in reader.read(page)]
    fields = read_form(sheets, form, reader).fields
    wrong = {
        part.key: fields[part.key].value
        for question in form.questions
        for part in question.parts
        if not question.columns and fields[part.key].value != expected(part)
    }
    assert not wrong
    for question in form.questions:
        if question.columns:
            row = {column.key: READ.get(column.kind, TYPED[column.kind]) for column in question.columns}
            assert fields[question.parts[0].key].value == [row]
