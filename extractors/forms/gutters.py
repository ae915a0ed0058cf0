"""A form set in two columns of text: its sheet is parted at the gutter, so that each column is read as a sheet.

What runs over both columns, above and below them, stays a sheet of its own. Questions tell columns of text from those
of a table: both columns begin with questions, and those of the right one come after those of the left one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from extractors.forms.pages import FormPage
from extractors.forms.printed import Hit
from extractors.forms.tokens import rows_of
from extractors.shapes import Pixels, ReadSheet
from models.geometry import Box, Perspective, box_of
from models.sheet import Line, Sheet

_RIGHT, _LAST = 0.4, 0.7  # where a right column may begin, as a share of the sheet's width
_FEWEST, _TOGETHER = 2, 5  # questions of a column, and of both
_ALIGNED = 0.02  # how far the beginnings of a column's questions differ
_STRONG = 1.0  # score of a question that counts
_CLOSE = 2.0  # word heights between two words of one line


def parts(page: FormPage) -> list[ReadSheet]:
    """The sheets that a page's sheet consists of, in reading order; the sheet alone where its text has one column."""
    left, right = _columns(page)
    if not left or not right:
        return [page.read]
    gutter = _gutter(page, right)
    top = min(_upper(page, hit) for hit in (*left, *right)) - 0.3 * page.text.height
    bottom = _bottom(page, gutter, max(page.top(hit) for hit in (*left, *right)))
    boxes = (Box(0, 0, 1, top), Box(0, top, gutter, bottom), Box(gutter, top, 1, bottom), Box(0, bottom, 1, 1))
    cut = [_cropped(page.read, box.clipped()) for box in boxes if box.height > page.text.height]
    return [read for read in cut if read.sheet.lines]


def _columns(page: FormPage) -> tuple[list[Hit], list[Hit]]:
    """The questions that begin in the left and in the right column of the text; nothing where there are no two."""
    asked = [hit for hit in page.questions.values() if hit.score >= _STRONG]
    right = _aligned([hit for hit in asked if _RIGHT < hit.box.x0 < _LAST])
    first = min((page.places[hit.key] for hit in right), default=0)
    left = _aligned([hit for hit in asked if hit.box.x0 <= _RIGHT and page.places[hit.key] < first])
    if min(len(left), len(right)) < _FEWEST or len(left) + len(right) < _TOGETHER:
        return [], []
    beside = max(map(page.top, left)) > min(map(page.top, right)) and max(map(page.top, right)) > min(
        map(page.top, left)
    )
    return (left, right) if beside else ([], [])


def _aligned(hits: Sequence[Hit]) -> list[Hit]:
    """Those of some questions that begin where most of them do."""
    usual = median(hit.box.x0 for hit in hits) if hits else 0.0
    return [hit for hit in hits if abs(hit.box.x0 - usual) < _ALIGNED]


def _gutter(page: FormPage, right: Sequence[Hit]) -> float:
    """The middle of the blank before the right column."""
    begin = min(hit.box.x0 for hit in right)
    ends = [t.box.x1 for t in page.text.tokens if t.box.x1 < begin and t.box.centre[1] > min(map(page.top, right))]
    frames = [c.box.x0 for c in page.text.sheet.cells if c.box.contains(begin + 0.001, page.top(right[0]))]
    return (max(ends, default=begin) + min([begin, *frames])) / 2


def _upper(page: FormPage, hit: Hit) -> float:
    """The upper edge of a question, or of the frame that it stands in."""
    cell = page.cell_of(hit)
    return min(hit.box.y0, hit.box.y0 if cell is None else page.text.sheet.cells[cell].box.y0)


def _bottom(page: FormPage, gutter: float, last: float) -> float:
    """Where the columns end: above the first row below their last question that runs over the gutter."""
    for row in rows_of(t for t in page.text.tokens if t.box.centre[1] > last):
        sides = [t for t in row if t.box.x1 <= gutter], [t for t in row if t.box.x1 > gutter]
        over = any(t.box.x0 < gutter for t in sides[1])
        if over or (all(sides) and page.text.gap(sides[0][-1], sides[1][0]) < _CLOSE):
            return box_of(row).y0 - 0.3 * page.text.height
    return 1.0


def _cropped(read: ReadSheet, box: Box) -> ReadSheet:
    """A part of a sheet as a sheet of its own."""
    sheet = read.sheet
    part = replace(
        sheet,
        outline=sheet.on_page(box),
        perspective=_shifted(sheet.perspective, box),
        width_px=round(sheet.width_px * box.width),
        height_px=round(sheet.height_px * box.height),
        width_mm=sheet.width_mm * box.width if sheet.width_mm else None,
        lines=tuple(_lines(sheet, box)),
        cells=tuple(replace(c, box=_inside(c.box, box)) for c in sheet.cells if box.contains(*c.box.centre)),
        rules=tuple(replace(r, box=_inside(r.box, box)) for r in sheet.rules if box.contains(*r.box.centre)),
        form_values=tuple(
            replace(v, box=_inside(v.box, box)) for v in sheet.form_values if box.contains(*v.box.centre)
        ),
        marks=tuple(replace(m, box=_inside(m.box, box)) for m in sheet.marks if box.contains(*m.box.centre)),
    )
    return ReadSheet(part, _pixels(read.colour, box), _pixels(read.grey, box))


def _lines(sheet: Sheet, box: Box) -> Iterable[Line]:
    """The lines of a part; of one that an engine read across the gutter, the words on this side."""
    for line in sheet.lines:
        words = tuple(replace(w, box=_inside(w.box, box)) for w in line.words if box.contains(*w.box.centre))
        if words:
            whole = len(words) == len(line.words)
            yield replace(line, words=words, box=box_of(words), second=line.second if whole else None)


def _inside(box: Box, part: Box) -> Box:
    """A box of the sheet in fractions of a part of it."""
    return Box((box.x0 - part.x0) / part.width, (box.y0 - part.y0) / part.height,
               (box.x1 - part.x0) / part.width, (box.y1 - part.y0) / part.height).clipped()  # fmt: skip


def _shifted(perspective: Perspective, part: Box) -> Perspective:
    a, b, c, d, e, f, g, h, i = perspective.rows
    x, y, w, t = part.x0, part.y0, part.width, part.height
    return Perspective((a * w, b * t, a * x + b * y + c, d * w, e * t, d * x + e * y + f,
                        g * w, h * t, g * x + h * y + i))  # fmt: skip


def _pixels(pixels: Pixels | None, part: Box) -> Pixels | None:
    if pixels is None:
        return None
    high, wide = pixels.shape[:2]
    return pixels[round(part.y0 * high) : round(part.y1 * high), round(part.x0 * wide) : round(part.x1 * wide)]
