"""Forms filled in in Word: Annex 1, and any other from its description."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from random import Random

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from models.catalogue import AnswerKind, FormDescription, Question
from samples.answers import CHILDREN, EMPLOYMENT, RELATIVES, Answers, name_line
from samples.containers import same_dates
from samples.forms import Style
from samples.ink import signature
from samples.wordings import CHILDREN_HEADS, EDITIONS, EMPLOYMENT_HEADS, PARTS, RELATIVES_HEADS, WARNING

_COLUMNS = {
    "14": (EMPLOYMENT_HEADS[1:], EMPLOYMENT),
    "15": (RELATIVES_HEADS, RELATIVES),
    "19": (CHILDREN_HEADS, CHILDREN),
}  # fmt: skip


def form_docx(filled: Answers, style: Style, rng: Random) -> bytes:
    """A DOCX; questions 1-13 in a table, or as a list when the layout is ``retyped``."""
    words = EDITIONS[style.edition]
    document = docx.Document()
    document.styles["Normal"].font.name = style.font
    document.styles["Normal"].font.size = Pt(style.size)
    document.add_paragraph("Azərbaycan Respublikasının Prezidentinə").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph(style.title).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(style.request)
    table = None if style.layout == "retyped" else document.add_table(rows=0, cols=2, style="Table Grid")
    for number in map(str, range(1, 21)):
        question = f"{number}. {words[number]}"
        if number in _COLUMNS:
            _table(document, question, number, filled)
        elif table is not None and int(number) <= 13:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = question, _text(number, filled)
        else:
            document.add_paragraph(question)
            document.add_paragraph(_text(number, filled))
    for line in (f"21. {words['21']}", f"22. {words['22']}", WARNING):
        document.add_paragraph(line)
    _sign(document, filled, rng)
    out = io.BytesIO()
    document.save(out)
    return same_dates(out.getvalue())


def described_docx(form: FormDescription, filled: Answers, style: Style, rng: Random) -> bytes:
    """Any other form in Word: section headings, labels or questions with answers in a table, or line by line when
    the layout is ``retyped`` or ``typed``; lists as tables."""
    document = docx.Document()
    document.styles["Normal"].font.name = style.font
    document.styles["Normal"].font.size = Pt(style.size)
    for line in (*form.addressees[:1], form.titles[0], form.requests[0]):
        document.add_paragraph(line)
    table: docx.table.Table | None = None
    section = ""
    for question in form.questions:
        if question.section != section and not question.columns:
            section, table = question.section, None
            document.add_paragraph(section)
        asked = _asked(question)
        if question.columns:
            heads, keys = [c.headings[0] for c in question.columns], [c.key for c in question.columns]
            _rows(document, asked, heads, keys, filled.printed[question.parts[0].key])
            table = None
        elif style.layout in ("retyped", "typed"):
            document.add_paragraph(f"{asked}: {_words(question, filled)}")
        else:
            table = table or document.add_table(rows=0, cols=2, style="Table Grid")
            cells = table.add_row().cells
            cells[0].text, cells[1].text = asked, _words(question, filled)
    if form.signature_labels:
        _sign(document, filled, rng)
    out = io.BytesIO()
    document.save(out)
    return same_dates(out.getvalue())


def _asked(question: Question) -> str:
    numbered = question.number.isdigit()
    return f"{question.number}. {question.wordings[0]}" if numbered else question.wordings[0]


def _words(question: Question, filled: Answers) -> str:
    if question.parts[0].kind is AnswerKind.NAME and len(question.parts) > 1:
        return name_line(filled)
    return str(filled.printed[question.parts[0].key])


def _text(number: str, filled: Answers) -> str:
    if number == "1":
        return name_line(filled)
    if number == "16":
        phones = ", ".join(filled.printed["phones"])
        return f"{filled.printed['address']}, tel.: {phones}" if phones else str(filled.printed["address"])
    return str(filled.printed[PARTS[number][0]])


def _table(document: docx.document.Document, question: str, number: str, filled: Answers) -> None:
    heads, keys = _COLUMNS[number]
    _rows(document, question, heads, keys, filled.printed[PARTS[number][0]])


def _rows(
    document: docx.document.Document,
    question: str,
    heads: Sequence[str],
    keys: Sequence[str],
    rows: Sequence[Mapping[str, str]],
) -> None:
    document.add_paragraph(question)
    table = document.add_table(rows=1, cols=len(keys), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for row in rows:
        for cell, key in zip(table.add_row().cells, keys, strict=True):
            cell.text = row.get(key) or ""


def _sign(document: docx.document.Document, filled: Answers, rng: Random) -> None:
    paragraph = document.add_paragraph(f"{filled.printed['signed_on'] or '«___» _________________'}        Şəxsi imza ")
    if filled.printed["signature_present"]:
        held = io.BytesIO()
        signature(rng).save(held, "PNG")
        held.seek(0)
        paragraph.add_run().add_picture(held, height=Mm(12))
