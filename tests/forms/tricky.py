"""Answers that lose something on the way through careless hands, and our blank forms filled in with them.

Each answer stands beside what must be read; a text is read as typed unless something else is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium_c
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from intake.forms import write_form
from intake.forms.fields import SIGNED_ON, column_groups, heading, question_text
from models.catalogue import AnswerKind, AnswerLayout, FormDescription, Part, Question

LONG = (
    "Göyçay rayonu, Ləkçılpaq kəndi, İ. Qutqaşınlı küçəsi, ev № 17/2-a; 2009-cu ildən 2014-cü ilədək isə Şəki şəhəri, "
    "M. F. Axundov pr., 45-ci bina, 3-cü blok, mənzil 12 – müvəqqəti olaraq, qohumunun (dayısının) yanında yaşamışam"
)
_SAME: Any = object()

#: By key: what is typed, what is read.
ANSWERS: dict[str, tuple[str, Any]] = {
    "surname": ("Əliyeva-Şıxıyeva", _SAME), "given_name": ("Gülnarə İradə", _SAME), "patronymic": ("İlqar qızı", _SAME),
    "former_names": ("Məmmədova (2009-cu ilədək)", _SAME), "birth_date": ("«05» may 1987-ci il", "1987-05-05"),
    "birth_place": ("Gürcüstan Respublikası, Bolnisi ray., Kəpənəkçi k.", _SAME), "ethnicity": ("azərbaycanlı", _SAME),
    "marital_status": ("nikahdayam", "married"), "citizenship": ("Gürcüstan", _SAME),
    "other_citizenships": ("yox", "none"), "arrival_date": ("09.2009", "2009-09"),
    "previous_visits": ("2005-ci ildə – 2 dəfə; 2007-ci ildə – qonaq", _SAME), "convictions": ("-", "none"),
    "education": ("ali, Tbilisi Dövlət Universiteti, № 0123/45", _SAME), "work_abroad": ("xeyr", "none"),
    "address": (LONG, _SAME), "phones": ("+994 50 123-45-67; (012) 498 76 54", ["+994501234567", "+994124987654"]),
    "about": ("Ğ, Ö, Ü, Ç, Ş, Ə, I, İ – «hamısı» bu ərizədə vardır; 100% doğrudur!", _SAME),
    "attached_documents": ("1. Pasportun surəti; 2. Qəbz № 778; 3. 3x4 şəkil (4 ədəd)", _SAME),
    "obligations": ("yoxdur", "none"), "military": ("hərbi xidmət keçməmişəm, № HB-003", _SAME),
    "passport": ("AZE № 12345678, Dövlət Miqrasiya Xidməti, 12.03.2015",
                 {"series_number": "AZE № 12345678", "issued_by": "Dövlət Miqrasiya Xidməti",
                  "issued_on": "2015-03-12"}),
    SIGNED_ON: ("20.11.2026", "2026-11-20"),
}  # fmt: skip

#: By kind, for the keys above that a form does not have.
BY_KIND: dict[AnswerKind, tuple[str, Any]] = {
    AnswerKind.TEXT: ("№ 47/İ – «Ğəşəm» (Əhmədli)", _SAME), AnswerKind.NAME: ("Qasım-zadə", _SAME),
    AnswerKind.DATE: ("31.12.2024", "2024-12-31"), AnswerKind.INTEGER: ("45", 45),
    AnswerKind.PHONE: ("+994 (55) 765-43-21", "+994557654321"), AnswerKind.EMAIL: ("ay.se-1@mail-az.example", _SAME),
    AnswerKind.BOOLEAN: ("Xeyr", False), AnswerKind.CITIZENSHIP: ("Türkiyə", _SAME),
}  # fmt: skip

#: Rows of tables: cells as typed, and as read.
ROWS: dict[str, list[tuple[list[str], list[Any]]]] = {
    "employment": [
        (["09.2003", "06.2008", "Tbilisi şəh. 12 №-li məktəb, müəllim", "Tbilisi, Rustaveli pr. 5"],
         ["2003-09", "2008-06", _SAME, _SAME]),
        (["07.2008", "-", "«Günəş» MMC – mühasib köməkçisi və kadrlar üzrə mütəxəssis", "Bakı, 28 May küç., 1a"],
         ["2008-07", None, _SAME, _SAME]),
        (["2010", "hal-hazıradək", "fərdi sahibkar", "-"], ["2010", None, _SAME, None]),
    ],
    "relatives": [
        (["ər", "Şıxıyev Tofiq İsa oğlu", "türk", "Azərbaycan Respublikası", "«ASAN» – sürücü",
          "Azərbaycan, Bakı ş., Yasamal ray., Ə. Cavad küç. 7, mənzil 9"], [_SAME] * 6),
        (["ana", "Əliyeva Zərifə", "gürcü", "Gürcüstan", "-", "Gürcüstan, Bolnisi"], [*[_SAME] * 4, None, _SAME]),
        (["bacı", "Əliyeva İlahə İlqar qızı", "", "Gürcüstan", "işləmir", ""],
         [_SAME, _SAME, None, _SAME, _SAME, None]),
    ],
    "children": [
        (["oğlu", "Şıxıyev İsa Tofiq oğlu", "03.04.2012", "Bakı şəhəri", "məktəbli"],
         [_SAME, _SAME, "2012-04-03", _SAME, _SAME]),
        (["qızı", "Şıxıyeva Ay Tofiq qızı", "11.2015", "Gəncə", "-"], [_SAME, _SAME, "2015-11", _SAME, None]),
    ],
    "companions": [
        (["Şıxıyeva", "Ay", "01.11.2015", "qızı", "Qadın"], [_SAME, _SAME, "2015-11-01", _SAME, "female"]),
        (["O'Konnor", "Jan-Pol", "30.12.1999", "dostu", "Kişi"], [_SAME, _SAME, "1999-12-30", _SAME, "male"]),
    ],
}  # fmt: skip


def typed(form: FormDescription) -> dict[str, str]:
    """What is typed into each field of the blank PDF, by the field's name."""
    out = {part.key: _of(part)[0] for question in _plain(form) for part in question.parts}
    for question in _tables(form):
        key = question.parts[0].key
        for number, (cells, _) in enumerate(ROWS[key], 1):
            out |= {f"{key}_{number}_{c.key}": cell for c, cell in zip(question.columns, cells, strict=True)}
    return out | ({SIGNED_ON: ANSWERS[SIGNED_ON][0]} if form.signature_labels else {})


def expected(form: FormDescription) -> dict[str, Any]:
    """What must be read, by key."""
    out = {part.key: _read(*_of(part)) for question in _plain(form) for part in question.parts}
    for question in _tables(form):
        keys = [column.key for column in question.columns]
        rows = [map(_read, cells, read) for cells, read in ROWS[question.parts[0].key]]
        out[question.parts[0].key] = [dict(zip(keys, row, strict=True)) for row in rows]
    return out | ({SIGNED_ON: ANSWERS[SIGNED_ON][1]} if form.signature_labels else {})


def typed_pdf(form: FormDescription, folder: Path) -> bytes:
    """As a viewer that leaves drawing to others saves it: values alone."""
    blank = folder / "blank.pdf"
    write_form(form, blank)
    answers = typed(form)
    with pikepdf.open(blank) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        for name, text in answers.items():
            fields[name].V = pikepdf.String(text)
        return _saved(pdf)


def drawn_pdf(form: FormDescription, folder: Path) -> bytes:
    """As another program saves it again: with the look of every field, its names in a tree of its own."""
    with pikepdf.open(BytesIO(_through_pdfium(typed_pdf(form, folder), flatten=False))) as pdf:
        pdf.Root.AcroForm.NeedAppearances = False
        return _saved(pdf)


def flattened_pdf(form: FormDescription, folder: Path) -> bytes:
    """As a browser prints it into a file: no fields, the answers drawn on the page."""
    return _through_pdfium(typed_pdf(form, folder), flatten=True)


def filled_docx(form: FormDescription, folder: Path) -> bytes:
    """Typed into the cells in a word processor."""
    blank = folder / "blank.docx"
    write_form(form, blank)
    document = Document(str(blank))
    answers = typed(form)
    rows = [row for table in document.tables for row in table.rows if len(row.cells) == 2]
    # the stay form asks several questions in the same words, so its rows are taken in order
    for question in _plain(form):
        if question.layout in (AnswerLayout.CELL, AnswerLayout.LABEL):
            place = next(i for i, row in enumerate(rows) if row.cells[0].text == question_text(question))
            cell = rows.pop(place).cells[1]
            for paragraph, part in zip(cell.paragraphs, question.parts, strict=True):
                paragraph.add_run(answers[part.key])
    under = {" ".join(text.split()): table for text, table in _tables_under(document)}
    for question in form.questions:
        if question.layout is AnswerLayout.LINES:
            for row, part in zip(under[heading(question)].rows, question.parts, strict=True):
                row.cells[0].paragraphs[0].add_run(answers[part.key])
        if question.columns:
            _fill_table(under[heading(question) or question.section], question)
    if form.signature_labels:
        document.tables[-2].cell(0, 0).text = answers[SIGNED_ON]
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _fill_table(table: Table, question: Question) -> None:
    above = 2 if any(name for name, _ in column_groups(question)) else 1
    for row, (cells, _) in zip(table.rows[above:], ROWS[question.parts[0].key], strict=False):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def _tables_under(document: Any) -> Iterator[tuple[str, Table]]:
    """Each table with the paragraph above it."""
    for above, below in pairwise(list(document.element.body)):
        if above.tag.endswith("}p") and below.tag.endswith("}tbl"):
            yield Paragraph(above, document).text, Table(below, document)


def _through_pdfium(pdf: bytes, *, flatten: bool) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    for page in document:
        pdfium_c.FORM_OnAfterLoadPage(page.raw, document.formenv.raw)
        if flatten:
            pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def _plain(form: FormDescription) -> list[Question]:
    return [question for question in form.questions if not question.columns]


def _tables(form: FormDescription) -> list[Question]:
    return [question for question in form.questions if question.columns]


def _of(part: Part) -> tuple[str, Any]:
    if part.choices and part.key not in ANSWERS:
        value, words = list(part.choices.items())[-1]
        return words[0], value
    return ANSWERS.get(part.key) or BY_KIND[part.kind]


def _read(text: str, read: Any) -> Any:
    return text if read is _SAME else read
