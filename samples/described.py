"""Any form of the catalogue on paper, from its description alone: printed, retyped and filled in by different hands.

``samples.forms`` knows the six ways in which Annex 1 circulates; here are the forms that nobody drew by hand: Annex 2 in
the ways numbered forms are typed, and forms of short labels under section headings (place of stay) in the ways of
portals, tables and Word.
"""

# ruff: noqa: E501 - HTML reads better in whole lines

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random
from typing import Any

from PIL import Image

from models.catalogue import AnswerKind, AnswerLayout, Column, FormDescription, Part, Question
from samples.answers import Answers
from samples.forms import Style, names_html, photo_box, signing, style_sheet
from samples.prints import Print, ans, esc, print_html

#: Ways to print the options of a choice: font glyphs, drawn boxes, rings, or the chosen word alone.
TICKS = ("glyphs", "crosses", "hooks", "radio", "words")


@dataclass(frozen=True)
class Blank:
    """A form being printed. ``ticks`` is how choices look, ``blocks`` whether a list is repeated labels, no table."""

    form: FormDescription
    filled: Answers
    style: Style
    rng: Random
    ticks: str = "words"
    blocks: bool = False
    stars: bool = False
    colon: str = ""
    photo: Image.Image | None = None


Layout = Callable[[Blank], str]


def described_form(
    form: FormDescription, filled: Answers, style: Style, seed: int, photo: Image.Image | None = None
) -> Print:
    """The filled form; ``style.layout`` is one of ``NUMBERED`` or, for forms of labels, of ``LABELLED``."""
    rng = Random(seed)
    layouts, ticks = (LABELLED, rng.choice(TICKS)) if is_labelled(form) else (NUMBERED, "words")
    blank = Blank(form, filled, style, rng, ticks, rng.random() < 0.5, rng.random() < 0.4, rng.choice(("", ":")), photo)
    return print_html(layouts[style.layout](blank), style_sheet(style) + _CSS)


def is_labelled(form: FormDescription) -> bool:
    """Whether a form is made of short labels under section headings."""
    return any(question.section for question in form.questions)


_CSS = """
tr { break-inside: avoid }
.fixed { table-layout: fixed; overflow-wrap: anywhere }
.box { border: 0.5pt solid #777; min-height: 5.5mm; padding: 0.6mm 1.5mm }
.tick { display: inline-block; width: 3.2mm; height: 3.2mm; border: 0.6pt solid #000; text-align: center; line-height: 3.1mm; font-size: 3.4mm; font-family: 'DejaVu Sans' }
.ring { display: inline-block; width: 3mm; height: 3mm; border: 0.6pt solid #000; border-radius: 2mm }
.full { background: radial-gradient(circle, #000 45%, #fff 50%) }
"""


# --- answers ---------------------------------------------------------------------------------------------------------


def _answer(question: Question, blank: Blank, row: dict[str, Any] | None = None, at: str = "") -> str:
    """The HTML of an answer that is no table; ``row`` is the record of a list whose answers are asked for."""
    shown = blank.filled.printed if row is None else row
    parts = question.parts
    if len(parts) > 1 and parts[0].kind is AnswerKind.NAME:
        return names_html(blank.filled, blank.style)
    part = parts[0]
    text = str(shown.get(part.key) or "")
    if part.choices and blank.ticks != "words":
        return _options(part, text, blank)
    if part.kind is AnswerKind.BOOLEAN and text in ("☒", "☐"):
        return _tick(text == "☒", blank)
    return ans(f"{at}{part.key}", text) if text else "&nbsp;"


def _options(part: Part, text: str, blank: Blank) -> str:
    """The options of a choice with the chosen one ticked."""
    words = [names[0] for names in part.choices.values()]
    gap = blank.rng.choice((" ", "&nbsp; ", "&nbsp;&nbsp;&nbsp; "))
    return gap.join(
        f'<span style="white-space:nowrap">{_tick(word == text, blank)}&nbsp;{esc(word)}</span>' for word in words
    )


def _tick(on: bool, blank: Blank) -> str:
    if blank.ticks in ("glyphs", "words"):
        return f"<span style=\"font-family:'DejaVu Sans'\">{'☒' if on else '☐'}</span>"
    if blank.ticks == "radio":
        return f'<span class="ring{" full" if on else ""}"></span>'
    return f'<span class="tick">{("X" if blank.ticks == "crosses" else "✓") if on else "&nbsp;"}</span>'


def _table(question: Question, blank: Blank) -> str:
    """A table answer with its headings, a group of columns under one heading where the form has one."""
    key = question.parts[0].key
    heads = _heads(question.columns)
    spare = max(1, blank.style.spare_rows)
    rows = [dict(row) for row in blank.filled.printed.get(key) or ()] + [{} for _ in range(spare)]
    body = "".join("<tr>" + "".join(f"<td>{ans(f'{key}.{i}.{c.key}', str(row.get(c.key) or ''))}</td>" for c in question.columns) + "</tr>"
                   for i, row in enumerate(rows))  # fmt: skip
    return f'<table class="grid">{heads}{body}</table>'


def _heads(columns: Sequence[Column]) -> str:
    if not any(column.group for column in columns):
        return "<tr>" + "".join(f"<td class=c>{esc(c.headings[0])}</td>" for c in columns) + "</tr>"
    top, under = "", ""
    for group, members in groupby(columns, key=lambda column: column.group):
        held = list(members)
        if group:
            top += f"<td class=c colspan={len(held)}>{esc(group[0])}</td>"
            under += "".join(f"<td class=c>{esc(c.headings[0])}</td>" for c in held)
        else:
            top += "".join(f"<td class=c rowspan=2>{esc(c.headings[0])}</td>" for c in held)
    return f"<tr>{top}</tr><tr>{under}</tr>"


# --- numbered forms --------------------------------------------------------------------------------------------------


def _header(blank: Blank) -> str:
    form, style = blank.form, blank.style
    annex = blank.rng.choice(("Əlavə 2", "", "2 nömrəli Əlavə"))
    return f"""<div class=r>{annex}</div><p class="b" style="margin:4mm 0 2mm 60mm">{esc(form.addressees[0])}</p>
    {photo_box(style, blank.photo, "float:right;margin:0 0 2mm 4mm")}
    <p class="c b" style="font-size:125%;margin-top:12mm">{esc(blank.rng.choice(form.titles[:2]))}</p>
    <p style="margin-top:6mm">{esc(form.requests[0])}</p><div style="clear:both"></div>"""


def _ending(blank: Blank) -> str:
    notes = ""
    if blank.style.service_notes and blank.form.office_headings:
        notes = f"""<div class=nb style="margin-top:8mm;font-size:90%"><p>{esc(blank.form.office_headings[0])} {"_" * 40}</p>
        <p>(sənədləri qəbul etmiş əməkdaşın soyadı, adı və onun imzası)</p><p>«___» _______________________</p></div>"""
    return signing(blank.filled, blank.rng) + notes


def _asked(question: Question) -> str:
    """Number and wording; the passport line of Annex 2 has no number."""
    number = "" if "-" in question.number else f"{question.number}. "
    return f"{number}{esc(question.wordings[0])}"


def _is_caption(question: Question) -> bool:
    """Whether a question is printed small under its own line."""
    return question.wordings[0][:1].islower()


def _lined(question: Question, blank: Blank, lines: int = 2) -> str:
    """A question with its answer on ruled lines; a caption stands under its line."""
    answer = _answer(question, blank)
    if _is_caption(question):
        return f'<div class=nb style="margin-top:4mm"><div class=line>{answer}</div><p class=c style="font-size:80%">{_asked(question)}</p></div>'
    empty = '<div class="line">&nbsp;</div>' * (lines - 1)
    return f'<div style="margin:2.5mm 0"><p style="margin-bottom:1mm">{_asked(question)}</p><div class="line">{answer}</div>{empty}</div>'


def _listed(question: Question, blank: Blank) -> str:
    broken = ' class="pb"' if question.number in blank.style.breaks else ""
    return f'<div{broken}><p style="margin:3mm 0 1mm 0">{_asked(question)}</p>{_table(question, blank)}</div>'


def _rest(blank: Blank) -> str:
    """What no layout puts into its table: the lists and the ruled lines."""
    rest = [q for q in blank.form.questions if q.layout is not AnswerLayout.CELL]
    return "".join(_listed(q, blank) if q.columns else _lined(q, blank) for q in rest)


def _cells(blank: Blank) -> Iterator[tuple[str, str]]:
    for question in blank.form.questions:
        if question.layout is AnswerLayout.CELL:
            yield _asked(question), _answer(question, blank)


def _official(blank: Blank) -> str:
    """As published: a bordered table, then tables and ruled lines."""
    heads = "".join(f'<td class="c b">{esc(title)}</td>' for title in blank.form.column_titles)
    rows = "".join(f"<tr><td>{asked}</td><td>{answer}</td></tr>" for asked, answer in _cells(blank))
    table = f'<table class="grid" style="margin-top:4mm"><colgroup><col style="width:52%"><col></colgroup><tr>{heads}</tr>{rows}</table>'
    return _header(blank) + table + _rest(blank) + _ending(blank)


def _borderless(blank: Blank) -> str:
    """Two columns without any line between them."""
    rows = "".join(
        f'<tr><td style="padding-bottom:2.5mm">{asked}</td><td style="padding-left:6mm">{answer}</td></tr>'
        for asked, answer in _cells(blank)
    )
    return (
        _header(blank)
        + f'<table><colgroup><col style="width:55%"><col></colgroup>{rows}</table>'
        + _rest(blank)
        + _ending(blank)
    )


def _ruled(blank: Blank) -> str:
    """Every answer on a ruled line after or under its question."""
    out = []
    for asked, answer in _cells(blank):
        if len(asked) > 60:
            out.append(f'<div class="nb" style="margin-top:2mm">{asked}<div class="line">{answer}</div></div>')
        else:
            out.append(f'<table style="margin-top:1.5mm"><tr><td style="width:1%;white-space:nowrap;padding-left:0">{asked}</td>'
                       f'<td style="border-bottom:0.6pt solid #000">{answer}</td></tr></table>')  # fmt: skip
    return _header(blank) + "".join(out) + _rest(blank) + _ending(blank)


def _retyped(blank: Blank) -> str:
    """Retyped in Word: a numbered list, answers on the line below."""
    bold = "b" if blank.rng.random() < 0.6 else ""
    out = []
    for question in blank.form.questions:
        label = f'<span class="{bold}">{_asked(question)}{blank.colon}</span>'
        if question.columns:
            out.append(f"<p>{label}</p>{_table(question, blank)}<p></p>")
        else:
            out.append(
                f'<div class="nb"><p style="margin-bottom:0.5mm">{label}</p><p style="margin-left:6mm">{_answer(question, blank)}</p></div>'
            )
    return _header(blank) + "".join(out) + _ending(blank)


def _grid(blank: Blank) -> str:
    """Everything in one table with a column for the numbers."""
    out = ['<table class="grid"><colgroup><col style="width:7%"><col style="width:43%"><col></colgroup>']
    for question in blank.form.questions:
        number = "" if "-" in question.number else question.number
        asked = esc(question.wordings[0])
        if question.columns:
            out.append(
                f'<tr><td class=c>{number}</td><td colspan=2>{asked}</td></tr><tr><td colspan=3 style="padding:0">{_table(question, blank)}</td></tr>'
            )
        else:
            out.append(f"<tr><td class=c>{number}</td><td>{asked}</td><td>{_answer(question, blank)}</td></tr>")
    return _header(blank) + "".join(out) + "</table>" + _ending(blank)


NUMBERED: dict[str, Layout] = {
    "official": _official, "borderless": _borderless, "ruled": _ruled, "retyped": _retyped, "grid": _grid,
}  # fmt: skip


# --- forms of labels -------------------------------------------------------------------------------------------------


def _title(blank: Blank) -> str:
    title = blank.rng.choice(
        (
            "Olduğu yer üzrə qeydiyyata alınma üçün müraciət",
            "OLDUĞU YER ÜZRƏ QEYDİYYATA ALINMA",
            "Müraciət: olduğu yer üzrə qeydiyyata alınma",
        )
    )
    office = blank.rng.choice(
        ("<p class=c>Azərbaycan Respublikası<br>Dövlət Miqrasiya Xidməti</p>", "<p class=c>e-Qeydiyyat</p>", "")
    )
    return f'{office}<p class="c b" style="font-size:120%;margin:3mm 0 4mm 0">{title}</p>'


def _label(question: Question, blank: Blank) -> str:
    star = "*" if blank.stars and question.parts[0].required else ""
    return f"{esc(question.wordings[0])}{star}{blank.colon}"


def _sections(blank: Blank) -> Iterator[tuple[str, list[Question]]]:
    for name, members in groupby(blank.form.questions, key=lambda question: question.section):
        yield name, list(members)


Fields = list[tuple[str, str]]


def _fields(questions: Sequence[Question], blank: Blank) -> Fields:
    return [(_label(q, blank), _answer(q, blank)) for q in questions if not q.columns]


def _records(question: Question, blank: Blank) -> list[Fields]:
    """The rows of a list as blocks of labels and answers; an empty block where the list has none."""
    out = []
    for at, row in enumerate(blank.filled.printed.get(question.parts[0].key) or [{}]):
        asked = [
            (Question(c.key, c.headings, (Part(c.key, c.kind, choices=_choices_of(c, blank)),)), c)
            for c in question.columns
        ]
        out.append([(_label(q, blank), _answer(q, blank, row, f"{question.parts[0].key}.{at}.")) for q, _ in asked])
    return out


def _choices_of(column: Column, blank: Blank) -> dict[str, tuple[str, ...]]:
    """Sex is ticked in a companion's block as it is for host and guest."""
    parts = (p for p in blank.form.parts if p.key.endswith(f"_{column.key}") and p.choices)
    return dict(next((p.choices for p in parts), {}))


def _by_sections(blank: Blank, head: Callable[[str], str], body: Callable[[Fields], str]) -> str:
    """Section by section: its heading, its labels with answers, its list as table or blocks."""
    out = [_title(blank)]
    for name, questions in _sections(blank):
        out.append(head(name))
        if fields := _fields(questions, blank):
            out.append(body(fields))
        for question in (q for q in questions if q.columns):
            blocks = "".join(body(record) for record in _records(question, blank))
            out += [blocks if blank.blocks else _table(question, blank)]
    return "".join(out)


def _heading(name: str) -> str:
    return f'<p class="b" style="margin:4mm 0 1.5mm 0">{esc(name)}</p>'


def _rows_of(fields: Fields, columns: int) -> Iterator[Fields]:
    for start in range(0, len(fields), columns):
        yield fields[start : start + columns]


def _label_table(blank: Blank) -> str:
    """A bordered table of two columns, label and answer."""
    shade = blank.rng.choice(("#e8eef7", "#eee", "#fff"))

    def body(fields: Fields) -> str:
        rows = "".join(
            f'<tr><td style="background:{shade}">{label}</td><td>{answer}</td></tr>' for label, answer in fields
        )
        return f'<table class="grid" style="margin-bottom:1mm"><colgroup><col style="width:42%"><col></colgroup>{rows}</table>'

    return _by_sections(blank, _heading, body)


def _label_pairs(blank: Blank) -> str:
    """A bordered table of four columns, two labels with answers in a row."""

    def body(fields: Fields) -> str:
        rows = "".join("<tr>" + "".join(f"<td>{label}</td><td>{answer}</td>" for label, answer in row) + "<td></td><td></td>" * (2 - len(row)) + "</tr>"
                       for row in _rows_of(fields, 2))  # fmt: skip
        return f'<table class="grid fixed" style="margin-bottom:1mm"><colgroup><col style="width:21%"><col style="width:29%"><col style="width:21%"><col></colgroup>{rows}</table>'

    return _by_sections(blank, _heading, body)


def _label_lines(blank: Blank) -> str:
    """Labels with their answers on ruled lines, one or two in a row."""
    columns = blank.rng.choice((1, 1, 2))
    blank_width = 'style="width:1%;white-space:nowrap;padding-left:0"'

    def body(fields: Fields) -> str:
        return "".join('<table style="margin-top:1mm"><tr>' + "".join(
            f'<td {blank_width}>{label}</td><td style="border-bottom:0.6pt solid #000;width:{90 // columns}%">{answer}</td>' for label, answer in row) + "</tr></table>"
            for row in _rows_of(fields, columns))  # fmt: skip

    return _by_sections(blank, _heading, body)


def _portal(blank: Blank) -> str:
    """As the portal shows it: each label above a box, two or three boxes in a row."""
    columns = blank.rng.choice((2, 3))
    width = 100 // columns

    def body(fields: Fields) -> str:
        rows = ""
        for row in _rows_of(fields, columns):
            cells = "".join(
                f'<td style="width:{width}%;padding:0.8mm 1.5mm"><div style="font-size:88%">{label}</div><div class="box">{answer}</div></td>'
                for label, answer in row
            )
            rows += f"<tr>{cells}{'<td></td>' * (columns - len(row))}</tr>"
        return f"<table>{rows}</table>"

    return _by_sections(blank, _heading, body)


def _label_typed(blank: Blank) -> str:
    """Typed in Word: a label, a colon and the answer, line by line."""
    bold = "b" if blank.rng.random() < 0.4 else ""

    def body(fields: Fields) -> str:
        return (
            "".join(
                f'<p style="margin:0.6mm 0"><span class="{bold}">{label.rstrip(":")}:</span> {answer}</p>'
                for label, answer in fields
            )
            + "<p></p>"
        )

    return _by_sections(blank, _heading, body)


LABELLED: dict[str, Layout] = {
    "table": _label_table, "pairs": _label_pairs, "lines": _label_lines, "portal": _portal, "typed": _label_typed,
}  # fmt: skip
