"""The form as a Word document, laid out like the printed one; the answers go into plain cells."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from intake.forms.fields import (
    Block,
    blank_rows,
    blocks,
    caption,
    column_groups,
    column_shares,
    heading,
    line_count,
    question_text,
    request,
)
from models.catalogue import AnswerLayout, FormDescription, Question

_FONT = "Times New Roman"
_WIDTH = 17.5  # cm
_QUESTION_SHARE = 0.46
_PHOTO = (3.0, 4.0)
_ROW = Cm(0.85)


def word_document(form: FormDescription) -> bytes:
    """The blank form as DOCX bytes."""
    document = Document()
    _set_page(document, form)
    _head(document, form)
    titles = form.column_titles
    section = ""
    for block in blocks(form):
        if block.section != section:
            section = block.section
            _line(document, section, bold=True)
        match block.layout:
            case AnswerLayout.CELL:
                _cells(document, block, titles)
                titles = ()
            case AnswerLayout.LABEL:
                _cells(document, block, ())
            case AnswerLayout.TABLE:
                _table(document, block.questions[0])
            case AnswerLayout.LINES:
                _ruled(document, block.questions[0])
            case AnswerLayout.PRINTED:
                for question in block.questions:
                    _line(document, question_text(question))
    _foot(document, form)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document: Any, form: FormDescription) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    style.paragraph_format.space_after = Pt(3)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "az-Latn-AZ")
    style.element.get_or_add_rPr().append(language)
    document.core_properties.title = form.name or form.titles[0]
    document.core_properties.author = ""
    document.core_properties.comments = ""


def _head(document: Any, form: FormDescription) -> None:
    for addressee in form.addressees[:1]:
        _line(document, addressee, bold=True, align=WD_ALIGN_PARAGRAPH.RIGHT)
    if form.photo_labels:
        width = _WIDTH - 2 * _PHOTO[0]
        table = document.add_table(rows=1, cols=3)
        _set_widths(table, [_PHOTO[0], width, _PHOTO[0]])
        _set_height(table.rows[0], Cm(_PHOTO[1]))
        _write(table.cell(0, 1), form.titles[0], bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, size=14)
        _write(table.cell(0, 2), form.photo_labels[0], align=WD_ALIGN_PARAGRAPH.CENTER, size=9)
        _set_borders(table.cell(0, 2), "top", "left", "bottom", "right")
        for cell in table.rows[0].cells:
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    else:
        _line(document, form.titles[0], bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, size=14)
    if asked := request(form):
        _line(document, asked)


def _cells(document: Any, block: Block, titles: tuple[str, ...]) -> None:
    """Questions on the left, answers on the right; several answers to a question stand under their captions."""
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    if len(titles) == 2:
        for cell, title in zip(table.add_row().cells, titles, strict=True):
            _write(cell, title, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    for question in block.questions:
        row = table.add_row()
        _set_height(row, _ROW)
        left, right = row.cells
        _write(left, question_text(question))
        captions = [caption(question, part) for part in question.parts]
        if len(captions) > 1:
            _write(right, captions[0] + " ")
            for text in captions[1:]:
                right.add_paragraph(text + " ")
    _set_widths(table, [_WIDTH * _QUESTION_SHARE, _WIDTH * (1 - _QUESTION_SHARE)])
    _gap(document)


def _table(document: Any, question: Question) -> None:
    """A question with the table of its answers under it."""
    if title := heading(question):
        _line(document, title, keep=True)
    groups = column_groups(question)
    grouped = any(name for name, _ in groups)
    table = document.add_table(rows=(2 if grouped else 1) + blank_rows(question), cols=len(question.columns))
    table.style = "Table Grid"
    _set_widths(table, [_WIDTH * share for share in column_shares(question)])
    names = 1 if grouped else 0
    for place, column in enumerate(question.columns):
        _write(table.cell(names, place), column.headings[0], align=WD_ALIGN_PARAGRAPH.CENTER, size=9)
    if grouped:
        _join_headings(table, groups)
    for row in table.rows[: names + 1]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows[names + 1 :]:
        _set_height(row, _ROW)
    _gap(document)


def _join_headings(table: Any, groups: list[tuple[str, int]]) -> None:
    start = 0
    for name, width in groups:
        if name:
            joined = table.cell(0, start).merge(table.cell(0, start + width - 1))
            _write(joined, name, align=WD_ALIGN_PARAGRAPH.CENTER, size=9)
        else:
            for place in range(start, start + width):
                text = table.cell(1, place).text
                table.cell(1, place).text = ""
                joined = table.cell(0, place).merge(table.cell(1, place))
                _write(joined, text, align=WD_ALIGN_PARAGRAPH.CENTER, size=9)
        start += width


def _ruled(document: Any, question: Question) -> None:
    """A question with writing lines under it: cells of which only the lower edge is drawn."""
    _line(document, heading(question), keep=True)
    table = document.add_table(rows=len(question.parts), cols=1)
    _set_widths(table, [_WIDTH])
    for row, part in zip(table.rows, question.parts, strict=True):
        _set_borders(row.cells[0], "bottom")
        _set_height(row, Cm(0.7 * line_count(question, part)))
        text = caption(question, part)
        if text:
            _write(row.cells[0], text + " ")
    _gap(document)


def _foot(document: Any, form: FormDescription) -> None:
    """The printed declarations that are no questions, date and signature, the Service's own block."""
    asked = {wording for question in form.questions for wording in question.wordings}
    for declaration in form.declarations:
        if declaration not in asked:
            _line(document, declaration)
    if form.signature_labels:
        table = document.add_table(rows=2, cols=4)
        _set_widths(table, [5.5, 2.5, 3.0, 6.5])
        _set_height(table.rows[0], Cm(1))
        _set_borders(table.cell(0, 0), "bottom")
        _set_borders(table.cell(0, 3), "bottom")
        _write(table.cell(0, 2), form.signature_labels[0])
        table.cell(0, 2).vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        for hint in form.date_labels[:1]:
            _write(table.cell(1, 0), hint, align=WD_ALIGN_PARAGRAPH.CENTER, size=9)
        _gap(document)
    for office in form.office_headings[:1]:
        table = document.add_table(rows=6, cols=1)
        table.style = "Table Grid"
        _set_widths(table, [_WIDTH])
        _write(table.cell(0, 0), office, bold=True)


def _line(
    document: Any, text: str, *, bold: bool = False, align: Any = None, size: float = 11, keep: bool = False
) -> None:
    paragraph = document.add_paragraph()
    _fill(paragraph, text, bold, align, size)
    paragraph.paragraph_format.keep_with_next = keep


def _write(cell: Any, text: str, *, bold: bool = False, align: Any = None, size: float = 11) -> None:
    """Text into a cell in place of what is there."""
    cell.text = ""
    _fill(cell.paragraphs[0], text, bold, align, size)


def _fill(paragraph: Any, text: str, bold: bool, align: Any, size: float) -> None:
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size = Pt(size)
    paragraph.alignment = align


def _gap(document: Any) -> None:
    """Word joins tables that nothing parts."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(6)


def _set_widths(table: Any, widths: list[float]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _set_height(row: Any, height: Any) -> None:
    row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST


def _set_borders(cell: Any, *edges: str) -> None:
    borders = OxmlElement("w:tcBorders")
    for edge in edges:
        line = OxmlElement(f"w:{edge}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    cell._tc.get_or_add_tcPr().append(borders)
