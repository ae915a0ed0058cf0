"""Annex 1 (and its relatives) as printed, retyped and filled in by different hands.

Every layout is a function from a filled form to HTML; ``Style`` holds what varies inside a layout.
"""

# ruff: noqa: E501 - HTML reads better in whole lines

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from PIL import Image

from samples.answers import Answers
from samples.ink import signature
from samples.prints import HANDWRITING, TYPED, Print, ans, esc, picture, print_html
from samples.wordings import (
    ACCEPTED_BY,
    CHILDREN_HEADS,
    EDITIONS,
    EMPLOYMENT_HEADS,
    PARTS,
    RELATIVES_HEADS,
    REQUEST,
    SERVICE_NOTES,
    WARNING,
)


@dataclass(frozen=True)
class Style:
    """How a form is printed and filled."""

    layout: str = "official"
    edition: str = "REG28"
    font: str = "Liberation Serif"
    size: float = 11.5
    pen: str = "Liberation Serif"  # the family of the answers
    pen_size: float = 11.5
    pen_colour: str = "#111"
    title: str = "ƏRİZƏ-ANKET"
    request: str = REQUEST
    breaks: tuple[str, ...] = ("14",)  # questions that begin a page
    labelled: bool = False  # "Soyadı: ... Adı: ..." inside answer 1
    service_notes: bool = True
    declarations: bool = True
    photo_box: bool = True
    spare_rows: int = 2
    margins: str = "18mm 15mm 15mm 25mm"
    header: str = ""  # running text at the top, as exporters print it


#: Layouts by name; filled below by ``_layout``.
Layout = Callable[[Answers, Style, Random, Image.Image | None], str]
LAYOUTS: dict[str, Layout] = {}


def style_for(layout: str, rng: Random, handwritten: bool = False) -> Style:
    """A random style of a layout."""
    font = rng.choice(
        TYPED if layout not in ("official",) else ("Liberation Serif", "Noto Serif", "DejaVu Serif", "Carlito")
    )
    pen = HANDWRITING if handwritten else rng.choice((font, font, *TYPED))
    narrow = font.startswith(("DejaVu", "Noto", "Liberation Mono"))
    size = rng.choice((10, 10.5, 11)) if narrow else rng.choice((11, 11.5, 12))
    return Style(
        layout=layout, edition=rng.choice(("REG28", "DEC189")), font=font, size=size, pen=pen,
        pen_size=size + (1.5 if handwritten else 0),
        pen_colour=rng.choice(("#15308a", "#1b2a6b", "#222")) if handwritten else rng.choice(("#111", "#111", "#1a237e")),
        title=rng.choice(("ƏRİZƏ-ANKET", "ƏRİZƏ-ANKET", "Ərizə-Anket")),
        breaks=rng.choice((("14",), ("14",), (), ("15",), ("16",), ("8", "16"))),
        labelled=rng.random() < 0.3, service_notes=rng.random() < 0.5, spare_rows=rng.choice((0, 1, 1, 2, 4)),
        margins=rng.choice(("18mm 15mm 15mm 25mm", "20mm 20mm 20mm 20mm", "12mm 10mm 12mm 18mm")),
    )  # fmt: skip


def form(
    filled: Answers, style: Style, seed: int, photo: Image.Image | None = None, dpi: int = 300, fillable: bool = False
) -> Print:
    """The filled form on paper; ``photo`` is glued into the photo box when given; ``fillable`` makes an AcroForm."""
    rng = Random(seed)
    body = LAYOUTS[style.layout](filled, style, rng, photo)
    return print_html(_with_inputs(body) if fillable else body, style_sheet(style, fillable), dpi, fillable)


def _with_inputs(body: str) -> str:
    """Answers as form fields, named as form editors name them."""
    counter = itertools.count(1)

    def as_input(found: re.Match[str]) -> str:
        key, text = found.group("key"), html.unescape(found.group("text")).replace("\xa0", "")
        name = f"Text{next(counter)}"
        rows = max(1, -(-len(text) // 38))
        return (f'<textarea class="a f" name="{name}" data-key="{key}" style="height:{rows * 5 + 1}mm">{esc(text)}</textarea>'
                if rows > 1 else f'<input class="a f" name="{name}" data-key="{key}" value="{esc(text)}">')  # fmt: skip

    return re.sub(r'<span class="a" data-key="(?P<key>[^"]+)" style="[^"]*">(?P<text>[^<]*)</span>', as_input, body)


def style_sheet(style: Style, fillable: bool = False) -> str:
    running = f'@top-left {{ content: "{style.header}"; font-size: 8pt; color: #555 }}' if style.header else ""
    return f"""
    @page {{ size: A4; margin: {style.margins}; {running} }}
    @page wide {{ size: A4 landscape; margin: 15mm }}
    .wide {{ page: wide }}
    body {{ font-family: '{style.font}', 'Liberation Serif'; font-size: {style.size}pt }}
    .a {{ font-family: '{style.pen}', '{style.font}'; font-size: {style.pen_size}pt; color: {style.pen_colour} }}
    .grid td, .grid th {{ border: 0.5pt solid #000 }}
    {".grid { table-layout: fixed }" if fillable else ""}
    .f {{ display: block; width: 100%; box-sizing: border-box; border: 0.3pt solid #9ab; background: #eef3fb; margin: 0.3mm 0 }}
    .line {{ border-bottom: 0.6pt solid #000; min-height: 5.5mm; display: block; margin: 0 0 1.2mm 0 }}
    """


def _layout(name: str) -> Callable[[Layout], Layout]:
    def keep(function: Layout) -> Layout:
        LAYOUTS[name] = function
        return function

    return keep


# --- pieces ----------------------------------------------------------------------------------------------------------


def names_html(filled: Answers, style: Style) -> str:
    shown = filled.printed
    if style.labelled:
        rows = (("Soyadı", "surname"), ("Adı", "given_name"), ("Atasının adı", "patronymic"))
        out = "".join(f"<div>{label}: {ans(key, shown[key])}</div>" for label, key in rows)
        return out + (f"<div>{ans('former_names', shown['former_names'])}</div>" if shown["former_names"] else "")
    out = " ".join(ans(key, shown[key]) for key in ("surname", "given_name", "patronymic") if shown[key])
    if not out:
        return "&nbsp;"
    return out + (f". {ans('former_names', shown['former_names'])}" if shown["former_names"] else "")


def _contact(filled: Answers, rng: Random) -> str:
    """Question 16: address and telephones in one answer."""
    shown = filled.printed
    numbers = shown["phones"]
    if not numbers:
        return ans("address", shown["address"])
    marks = ("ev tel.", "mob.") if len(numbers) == 2 else (rng.choice(("tel.:", "mob.", "telefon", "əlaqə nömrəsi:")),)
    line = ", ".join(f"{mark} {number}" for mark, number in zip(marks, numbers, strict=True))
    return (
        f"{ans('address', shown['address'])}<span class=a>{rng.choice((', ', '; ', ' '))}</span>{ans('phones', line)}"
    )


def _answer(number: str, filled: Answers, style: Style, rng: Random) -> str:
    """The HTML of an answer that is no table."""
    if number == "1":
        return names_html(filled, style)
    if number == "16":
        return _contact(filled, rng)
    return ans(PARTS[number][0], filled.printed[PARTS[number][0]])


def photo_box(style: Style, photo: Image.Image | None, place: str) -> str:
    if not style.photo_box:
        return ""
    inside = picture(photo, "width:30mm;height:40mm;display:block", "photo_present") if photo else (
        '<div style="padding-top:13mm;text-align:center;font-size:9pt">şəkil üçün<br>yer</div>')  # fmt: skip
    return f'<div style="width:30mm;height:40mm;border:0.6pt solid #000;overflow:hidden;{place}">{inside}</div>'


def _header(style: Style, photo: Image.Image | None, annex: bool = True) -> str:
    note = {
        "REG28": "“Azərbaycan Respublikası vətəndaşlığının<br>əldə edilməsi üçün müraciətin və<br>sənədlərin qəbulu üzrə "
        "inzibati<br>reqlament”ə<br>1 nömrəli Əlavə",
        "DEC189": "Əlavə 1",
    }[style.edition]
    head = f'<div style="margin-left:95mm;font-size:85%">{note}</div>' if annex else ""
    return f"""{head}<p class="b" style="margin:4mm 0 2mm 60mm">Azərbaycan Respublikasının Prezidentinə</p>
    {photo_box(style, photo, "float:right;margin:0 0 2mm 4mm")}
    <p class="c b" style="font-size:125%;margin-top:12mm">{style.title}</p>
    <p style="margin-top:6mm">{style.request}</p><div style="clear:both"></div>"""


def _rows(key: str, columns: tuple[str, ...], filled: Answers, spare: int) -> str:
    rows = [dict(row) for row in filled.printed[key]] + [{}] * spare
    return "".join(
        "<tr>" + "".join(f"<td>{ans(f'{key}.{i}.{c}', str(row.get(c) or ''))}</td>" for c in columns) + "</tr>"
        for i, row in enumerate(rows)
    )


def _employment(filled: Answers, style: Style) -> str:
    when, start, end, post, place = EMPLOYMENT_HEADS
    return f"""<table class="grid"><colgroup><col style="width:15%"><col style="width:15%"><col style="width:42%"><col>
    </colgroup><tr><td colspan=2 class=c>{when}</td><td rowspan=2 class=c>{post}</td><td rowspan=2 class=c>{place}</td></tr>
    <tr><td class=c>{start}</td><td class=c>{end}</td></tr>
    {_rows("employment", ("from", "to", "organisation_position", "address"), filled, style.spare_rows)}</table>"""


def _simple_table(key: str, heads: tuple[str, ...], columns: tuple[str, ...], filled: Answers, style: Style) -> str:
    head = "".join(f"<td class=c>{h}</td>" for h in heads)
    return f'<table class="grid"><tr>{head}</tr>{_rows(key, columns, filled, style.spare_rows)}</table>'


def _relatives(filled: Answers, style: Style) -> str:
    columns = ("relationship", "full_name", "ethnicity", "citizenship", "workplace_position", "country_address")
    return _simple_table("relatives", RELATIVES_HEADS, columns, filled, style)


def _children(filled: Answers, style: Style) -> str:
    columns = ("relation", "full_name", "birth", "birth_place", "note")
    return _simple_table(
        "children", CHILDREN_HEADS, columns, filled, replace(style, spare_rows=max(1, style.spare_rows - 1))
    )


_TABLES = {"14": _employment, "15": _relatives, "19": _children}


def signing(filled: Answers, rng: Random) -> str:
    """Date and signature."""
    pen = signature(rng)
    signed = (
        picture(pen, "height:13mm;vertical-align:-4mm", "signature_present")
        if filled.printed["signature_present"]
        else ""
    )
    dated = filled.printed["signed_on"]
    date_part = ans("signed_on", dated) if dated else "«___» _________________"
    line = signed or "____________"
    return f"""<div class="nb" style="margin-top:7mm"><table><tr><td style="width:50%">{date_part}</td>
    <td>Şəxsi imza {line}</td></tr><tr><td class="s" style="padding-left:14mm">(gün, ay, il)</td><td></td></tr></table></div>"""


def _declarations(style: Style) -> str:
    if not style.declarations:
        return ""
    words = EDITIONS[style.edition]
    return f"<p class=j>21. {words['21']}</p><p class=j>22. {words['22']}</p><p class=j>{WARNING}</p>"


def _service(style: Style) -> str:
    if not style.service_notes:
        return ""
    lines = "".join(f"<p>{line}</p>" for line in (*SERVICE_NOTES[style.edition], *ACCEPTED_BY))
    return f"""<div class="nb" style="margin-top:6mm;border-top:1pt solid #000;padding-top:2mm;font-size:90%">
    <p class="c b">Xidməti qeydlər (Dövlət Miqrasiya Xidmətində doldurulur)</p>{lines}</div>"""


def _break(number: str, style: Style) -> str:
    return ' class="pb"' if number in style.breaks else ""


def _lined(number: str, filled: Answers, style: Style, rng: Random) -> str:
    """A question followed by ruled lines, the answer standing on them."""
    question = EDITIONS[style.edition][number]
    answer = _answer(number, filled, style, rng)
    return f"""<div{_break(number, style)} style="margin:2.5mm 0"><p style="margin-bottom:1mm">{number}. {esc(question)}</p>
    <div class="line">{answer}</div><div class="line">&nbsp;</div></div>"""


# --- layouts ---------------------------------------------------------------------------------------------------------


@_layout("official")
def _official(filled: Answers, style: Style, rng: Random, photo: Image.Image | None) -> str:
    """The annex as published: a bordered table of questions and answers, tables, ruled lines."""
    words = EDITIONS[style.edition]
    heads = ("SUALLAR", "CAVABLAR") if style.edition == "REG28" else ("Suallar", "Cavablar")
    rows = "".join(
        f"<tr><td>{n}. {esc(words[n])}</td><td>{_answer(n, filled, style, rng)}</td></tr>"
        for n in map(str, range(1, 14))
    )
    parts = [_header(style, photo), f"""<table class="grid" style="margin-top:4mm"><colgroup><col style="width:52%"><col>
    </colgroup><tr><td class="c b">{heads[0]}</td><td class="c b">{heads[1]}</td></tr>{rows}</table>"""]  # fmt: skip
    return "".join(parts) + _second_half(filled, style, rng)


def _second_half(filled: Answers, style: Style, rng: Random) -> str:
    words = EDITIONS[style.edition]
    out = []
    for number in ("14", "15", "16", "17", "18", "19", "20"):
        if number in _TABLES:
            out.append(f'<div{_break(number, style)}><p style="margin:3mm 0 1mm 0">{number}. {esc(words[number])}</p>'
                       f"{_TABLES[number](filled, style)}</div>")  # fmt: skip
        else:
            out.append(_lined(number, filled, style, rng))
    return "".join(out) + _declarations(style) + signing(filled, rng) + _service(style)


@_layout("borderless")
def _borderless(filled: Answers, style: Style, rng: Random, photo: Image.Image | None) -> str:
    """Two columns without any line between them."""
    words = EDITIONS[style.edition]
    rows = "".join(
        f'<tr><td style="padding-bottom:2.5mm">{n}. {esc(words[n])}</td><td style="padding-left:6mm">'
        f"{_answer(n, filled, style, rng)}</td></tr>"
        for n in map(str, range(1, 14))
    )
    table = f"""<table><colgroup><col style="width:55%"><col></colgroup><tr><td class=c>Suallar</td><td class=c>Cavablar</td>
    </tr>{rows}</table>"""
    return _header(style, photo) + table + _second_half(filled, style, rng)


@_layout("retyped")
def _retyped(filled: Answers, style: Style, rng: Random, photo: Image.Image | None) -> str:
    """Retyped in Word: a numbered list, answers on the line below."""
    words = EDITIONS[style.edition]
    bold = rng.random() < 0.6
    out = [_header(style, photo, annex=False)]
    for number in map(str, range(1, 21)):
        label = f'<span class="{"b" if bold else ""}">{number}. {esc(words[number])}{rng.choice(("", ":"))}</span>'
        if number in _TABLES:
            out.append(f"<div{_break(number, style)}><p>{label}</p>{_TABLES[number](filled, style)}<p></p></div>")
        else:
            inner = _answer(number, filled, style, rng)
            out.append(
                f'<div class="nb"><p style="margin-bottom:0.5mm">{label}</p><p style="margin-left:6mm">{inner}</p></div>'
            )
    return "".join(out) + _declarations(style) + signing(filled, rng) + _service(style)


@_layout("ruled")
def _ruled(filled: Answers, style: Style, rng: Random, photo: Image.Image | None) -> str:
    """No table for 1-13: every answer on ruled lines after its question."""
    out = [_header(style, photo)]
    words = EDITIONS[style.edition]
    for number in map(str, range(1, 14)):
        long = len(words[number]) > 60 or number in ("1", "12")
        answer = _answer(number, filled, style, rng)
        if long:
            out.append(f'<div class="nb" style="margin-top:2mm">{number}. {esc(words[number])}'
                       f'<div class="line">{answer}</div></div>')  # fmt: skip
        else:
            out.append(f'<table style="margin-top:1.5mm"><tr><td style="width:1%;white-space:nowrap;padding-left:0">'
                       f'{number}. {esc(words[number])}</td><td style="border-bottom:0.6pt solid #000">{answer}</td></tr>'
                       f"</table>")  # fmt: skip
    return "".join(out) + _second_half(filled, style, rng)


@_layout("landscape")
def _landscape(filled: Answers, style: Style, rng: Random, photo: Image.Image | None) -> str:
    """Tables 14 and 15 turned onto a landscape page, the rest upright."""
    words = EDITIONS[style.edition]
    rows = "".join(
        f"<tr><td>{n}. {esc(words[n])}</td><td>{_answer(n, filled, style, rng)}</td></tr>"
        for n in map(str, range(1, 14))
    )
    first = (
        f'{_header(style, photo)}<table class="grid"><colgroup><col style="width:45%"><col></colgroup>{rows}</table>'
    )
    wide = f"""<div class="wide"><p>14. {esc(words["14"])}</p>{_employment(filled, style)}
    <p style="margin-top:5mm">15. {esc(words["15"])}</p>{_relatives(filled, style)}</div>"""
    upright = "".join(_lined(n, filled, replace(style, breaks=()), rng) for n in ("16", "17", "18"))
    upright += f"<p>19. {esc(words['19'])}</p>{_children(filled, style)}" + _lined("20", filled, style, rng)
    return first + wide + upright + _declarations(style) + signing(filled, rng) + _service(style)


@_layout("grid")
def _grid(filled: Answers, style: Style, rng: Random, photo: Image.Image | None) -> str:
    """Everything in one three-column table with a number column and a grey head."""
    words = EDITIONS[style.edition]
    shade = rng.choice(("#d9d9d9", "#e8eef7", "#f2f2f2"))
    out = [_header(style, photo, annex=False), ('<table class="grid"><colgroup><col style="width:7%"><col style="width:43%">'
           f'<col></colgroup><tr style="background:{shade}"><td class="b c">№</td><td class="b c">Sual</td>'
           '<td class="b c">Cavab</td></tr>')]  # fmt: skip
    for number in map(str, range(1, 21)):
        if number in _TABLES:
            out.append(f'<tr><td class=c>{number}</td><td colspan=2>{esc(words[number])}</td></tr><tr><td colspan=3 '
                       f'style="padding:0">{_TABLES[number](filled, style)}</td></tr>')  # fmt: skip
        else:
            out.append(f"<tr><td class=c>{number}</td><td>{esc(words[number])}</td>"
                       f"<td>{_answer(number, filled, style, rng)}</td></tr>")  # fmt: skip
    return "".join(out) + "</table>" + _declarations(style) + signing(filled, rng) + _service(style)
