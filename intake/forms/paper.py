"""The printed form: everything on the paper and the places where answers go; the sole importer of ReportLab."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from intake.forms.fields import (
    SIGNED_ON,
    Block,
    blank_rows,
    blocks,
    caption,
    column_groups,
    column_shares,
    heading,
    line_count,
    options,
    question_text,
    request,
    row_key,
    row_tooltip,
    tooltip,
)
from models.catalogue import AnswerLayout, FormDescription, Part, Question

FAMILY = "Liberation Serif"
REGULAR, BOLD = "form-regular", "form-bold"

_MARGIN_LEFT, _MARGIN = 20 * mm, 15 * mm
_WIDTH = A4[0] - _MARGIN_LEFT - _MARGIN - 12  # the frame pads by 6 on each side
_QUESTION_SHARE = 0.46
_LINE = 15.0  # room for a typed line, points
_RULED = 20.0  # room for a line written by hand
_ROW = 23.0  # row of a table answer
_PHOTO = (30 * mm, 40 * mm)
# without a font of their own even empty cells would call for Helvetica, which is not embedded
_PLAIN: list[tuple[Any, ...]] = [("FONTNAME", (0, 0), (-1, -1), REGULAR), ("VALIGN", (0, 0), (-1, -1), "TOP")]
_GRID = [*_PLAIN, ("GRID", (0, 0), (-1, -1), 0.6, colors.black)]
_BARE = [
    *_PLAIN, ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
]  # fmt: skip

_TEXT = ParagraphStyle("text", fontName=REGULAR, fontSize=10.5, leading=12.6)
_SMALL = ParagraphStyle("small", _TEXT, fontSize=8.5, leading=10)
_STRONG = ParagraphStyle("strong", _TEXT, fontName=BOLD, spaceBefore=8, spaceAfter=3, keepWithNext=1)
_HEADING = ParagraphStyle("heading", _STRONG, alignment=TA_CENTER)
_TITLE = ParagraphStyle("title", _HEADING, fontSize=14, leading=18)
_ADDRESSEE = ParagraphStyle("addressee", _STRONG, fontSize=12, leading=15, spaceAfter=8, alignment=TA_RIGHT)


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where an answer goes: ``page`` counts from 0, the rectangle is in points from the bottom left."""

    name: str
    tooltip: str
    page: int
    rect: tuple[float, float, float, float]
    multiline: bool = False
    required: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    """A field before it has a place."""

    name: str
    tooltip: str
    multiline: bool = False
    required: bool = False
    options: tuple[str, ...] = ()


class _AnswerBox(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Room for an answer that notes where it was drawn; ``rules`` draws writing lines."""

    def __init__(self, answer: _Answer, height: float, places: list[FieldPlace], rules: int = 0) -> None:
        super().__init__()
        self._answer, self._height, self._places, self._rules = answer, height, places, rules

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self._width = width
        return width, self._height

    def draw(self) -> None:
        canvas = self.canv
        for line in range(self._rules):
            y = self._height - (line + 1) * self._height / self._rules
            canvas.setLineWidth(0.5)
            canvas.line(0, y, self._width, y)
        x, y = canvas.absolutePosition(0, 0)
        rect = (x, y, x + self._width, y + self._height)
        a = self._answer
        place = FieldPlace(a.name, a.tooltip, canvas.getPageNumber() - 1, rect, a.multiline, a.required, a.options)
        self._places.append(place)


def draw(form: FormDescription) -> tuple[bytes, tuple[FieldPlace, ...]]:
    """The form on A4 paper as a PDF without fields, and where its fields go."""
    _register_fonts()
    places: list[FieldPlace] = []
    out = BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=_MARGIN_LEFT, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN,
        title=form.name or form.titles[0], lang="az", invariant=1,
    )  # fmt: skip
    document.build(list(_story(form, places)), canvasmaker=partial(Canvas, initialFontName=REGULAR))
    return out.getvalue(), tuple(places)


def font_file(family: str, *, bold: bool = False) -> Path:
    """The file of an installed font that has Azerbaijani letters, the family wanted if it is there."""
    weight = "bold" if bold else "regular"
    pattern = f"{family}:{weight}:charset=018f 0259 0130 0131:fontformat=TrueType"
    found = subprocess.run(["fc-match", "--format=%{file}", pattern], capture_output=True, text=True, check=True)
    return Path(found.stdout)


@cache
def _register_fonts() -> None:
    pdfmetrics.registerFont(TTFont(REGULAR, str(font_file(FAMILY))))
    pdfmetrics.registerFont(TTFont(BOLD, str(font_file(FAMILY, bold=True))))


def _story(form: FormDescription, places: list[FieldPlace]) -> Iterator[Flowable]:
    yield from _head(form)
    titled = False
    section = ""
    for block in blocks(form):
        if block.section != section:
            section = block.section
            yield _paragraph(section, _STRONG)
        match block.layout:
            case AnswerLayout.CELL:
                yield _cells(block, form.column_titles if not titled else (), places)
                titled = True
            case AnswerLayout.LABEL:
                yield _cells(block, (), places)
            case AnswerLayout.TABLE:
                yield from _table(block.questions[0], places)
            case AnswerLayout.LINES:
                yield _lines(block.questions[0], places)
            case AnswerLayout.PRINTED:
                yield from (_paragraph(question_text(each), _spaced()) for each in block.questions)
    yield KeepTogether(list(_foot(form, places)))
    if form.office_headings:
        yield _office(form.office_headings[0])


def _head(form: FormDescription) -> Iterator[Flowable]:
    yield from (_paragraph(each, _ADDRESSEE) for each in form.addressees[:1])
    if form.photo_labels:
        photo = Table([[_paragraph(form.photo_labels[0], _centred())]], colWidths=_PHOTO[0], rowHeights=_PHOTO[1])
        photo.setStyle([*_PLAIN, ("BOX", (0, 0), (-1, -1), 0.8, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])
        heading = Table([["", _paragraph(form.titles[0], _TITLE), photo]], colWidths=_thirds(_PHOTO[0]))
        heading.setStyle([*_BARE, ("VALIGN", (1, 0), (1, 0), "MIDDLE")])
        yield heading
    else:
        yield _paragraph(form.titles[0], _TITLE)
    if asked := request(form):
        yield _paragraph(asked, _spaced())
    yield Spacer(1, 6)


def _thirds(right: float) -> list[float]:
    """Columns that keep the middle one centred beside a right one of a given width."""
    return [right + 2, _WIDTH - 2 * right - 4, right + 2]


def _cells(block: Block, titles: tuple[str, ...], places: list[FieldPlace]) -> Table:
    """Questions on the left, answers on the right, under the column titles if any."""
    left = _WIDTH * _QUESTION_SHARE
    rows: list[list[Any]] = [[_paragraph(each, _HEADING) for each in titles]] if len(titles) == 2 else []
    for question in block.questions:
        text = _paragraph(question_text(question), _TEXT)
        height = text.wrap(left - 12, A4[1])[1]
        rows.append([text, _answers(question, _WIDTH - left - 12, height, places)])
    table = Table(rows, colWidths=[left, _WIDTH - left], repeatRows=0)
    table.setStyle(_GRID)
    return table


def _answers(question: Question, width: float, height: float, places: list[FieldPlace]) -> Flowable:
    """The room for the answers to a question, at least as high as the question."""
    if len(question.parts) == 1:
        part = question.parts[0]
        room = max(height, _LINE * line_count(question, part))
        return _AnswerBox(_answer(question, part, multiline=room > 1.5 * _LINE), room, places)
    captions = [caption(question, part) for part in question.parts]
    label = min(max(pdfmetrics.stringWidth(text, REGULAR, 8.5) for text in captions) + 4, width * 0.45)
    rows = []
    for part, text in zip(question.parts, captions, strict=True):
        room = max(_LINE * line_count(question, part), _paragraph(text, _SMALL).wrap(label, A4[1])[1])
        box = _AnswerBox(_answer(question, part, multiline=line_count(question, part) > 1), room, places)
        rows.append([_paragraph(text, _SMALL), box])
    table = Table(rows, colWidths=[label, width - label])
    table.setStyle(_BARE)
    return table


def _answer(question: Question, part: Part, *, multiline: bool) -> _Answer:
    choices = options(part)
    return _Answer(part.key, tooltip(question, part), multiline and not choices, part.required, choices)


def _table(question: Question, places: list[FieldPlace]) -> Iterator[Flowable]:
    """A question with the table of its answers under it."""
    part = question.parts[0]
    if title := heading(question):
        yield _paragraph(title, _spaced())
    widths = [_WIDTH * share for share in column_shares(question)]
    head, spans = _headings(question)
    body = [
        [
            _AnswerBox(_Answer(row_key(part, row, column), row_tooltip(column, row), multiline=True), _ROW - 4, places)
            for column in question.columns
        ]
        for row in range(1, blank_rows(question) + 1)
    ]
    heights = [None] * len(head) + [_ROW] * len(body)
    table = Table(head + body, colWidths=widths, rowHeights=heights, repeatRows=len(head))
    pads = [("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)]
    tight = [("TOPPADDING", (0, len(head)), (-1, -1), 2), ("BOTTOMPADDING", (0, len(head)), (-1, -1), 2)]
    table.setStyle([*_GRID, *pads, *tight, *spans])
    yield table
    yield Spacer(1, 6)


def _headings(question: Question) -> tuple[list[list[Any]], list[tuple[Any, ...]]]:
    """The heading rows of a table, one or two, and the cells they join."""
    names = [_paragraph(column.headings[0], _centred()) for column in question.columns]
    groups = column_groups(question)
    if not any(name for name, _ in groups):
        return [names], []
    top: list[Any] = [""] * len(names)
    under: list[Any] = [""] * len(names)
    spans: list[tuple[Any, ...]] = []
    start = 0
    for name, width in groups:
        if name:
            top[start] = _paragraph(name, _centred())
            under[start : start + width] = names[start : start + width]
            spans.append(("SPAN", (start, 0), (start + width - 1, 0)))
        else:
            top[start : start + width] = names[start : start + width]
            spans.extend(("SPAN", (i, 0), (i, 1)) for i in range(start, start + width))
        start += width
    return [top, under], spans


def _lines(question: Question, places: list[FieldPlace]) -> Flowable:
    """A question with ruled lines under it, a caption before each of several answers."""
    parts: list[Flowable] = [_paragraph(heading(question), _spaced())]
    for part in question.parts:
        text = caption(question, part)
        if text:
            parts.append(_paragraph(text, _SMALL))
        lines = line_count(question, part)
        answer = _answer(question, part, multiline=lines > 1)
        parts.append(_AnswerBox(answer, _RULED * lines, places, rules=lines))
    return KeepTogether([*parts, Spacer(1, 4)])


def _foot(form: FormDescription, places: list[FieldPlace]) -> Iterator[Flowable]:
    """The printed declarations that are no questions, then date and signature."""
    asked = {wording for question in form.questions for wording in question.wordings}
    yield from (_paragraph(each, _spaced()) for each in form.declarations if each not in asked)
    if not form.signature_labels:
        return
    hint = form.date_labels[0] if form.date_labels else ""
    day = _AnswerBox(_Answer(SIGNED_ON, hint.strip("()") or "tarix", required=True), 18, places, rules=1)
    label = _paragraph(form.signature_labels[0], _TEXT)
    third = _WIDTH / 3
    table = Table([[day, "", label, ""], [_paragraph(hint, _centred()), "", "", ""]],
                  colWidths=[third, third * 0.4, third * 0.5, third * 1.1])  # fmt: skip
    table.setStyle([*_BARE, ("VALIGN", (0, 0), (-1, -1), "BOTTOM"), ("LINEBELOW", (3, 0), (3, 0), 0.5, colors.black)])
    yield Spacer(1, 16)
    yield table
    yield Spacer(1, 12)


def _office(heading: str) -> Flowable:
    """The block that the Service fills in, never the applicant."""
    rows: list[list[Any]] = [[_paragraph(heading, _STRONG)], *([""] for _ in range(5))]
    table = Table(rows, colWidths=[_WIDTH], rowHeights=[None, *([20] * 5)])
    lines = [("LINEBELOW", (0, row), (-1, row), 0.4, colors.grey) for row in range(1, 5)]
    table.setStyle([*_PLAIN, ("BOX", (0, 0), (-1, -1), 0.8, colors.black), *lines])
    return KeepTogether([table])


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    return Paragraph(escape(text), style)


@cache
def _spaced() -> ParagraphStyle:
    return ParagraphStyle("spaced", _TEXT, spaceBefore=5, spaceAfter=3)


@cache
def _centred() -> ParagraphStyle:
    return ParagraphStyle("centred", _SMALL, alignment=TA_CENTER)
