"""A sheet that shows several passports, visas or cards, cut into one sheet for each.

What tells them is their zones: a zone says of which size its page is and where on it the zone stands (ICAO 9303).
Cuts run straight across or down between those pages. A card's other side lies above, below or beside the one with the
zone; it stays with its own card.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from extractors.papers.zone import FoundZone, zones_apart
from extractors.shapes import Pixels, ReadSheet, RegionReader
from models.azerbaijani import plain, upper
from models.geometry import WHOLE, Box, Perspective
from models.sheet import Mark, MarkKind, Sheet

#: Width and height of the page that carries a zone, and the zone's own width, mm.
_PAGES = {
    "TD1": (85.6, 54.0, 76.2),
    "TD2": (105.0, 74.0, 91.4),
    "TD3": (125.0, 88.0, 111.8),
    "MRVA": (120.0, 80.0, 111.8),
    "MRVB": (105.0, 74.0, 91.4),
}
_FOOT = 0.055  # of the page's height: what lies under its zone
_SLACK = 0.3  # of a page's height: how far another may seem to reach over it
_SIDE = 0.5  # of a card's height: less is no other side of it
_SAYS_SOMETHING = 15  # words; fewer beside a page are a stamp's or a heading
_AIR = 0.03  # of a page's height round a part


@dataclass(frozen=True, slots=True)
class _Page:
    """A zone and the page that it stands on, in fractions of the sheet."""

    found: FoundZone
    box: Box

    @property
    def zone(self) -> Box:
        return self.found.box

    @property
    def two_sided(self) -> bool:
        return self.found.zone.format == "TD1"

    @property
    def foot(self) -> float:
        """Where its zone ends; whatever is between there and the next page may be of either."""
        return self.zone.y1


def parted(on: ReadSheet, reader: RegionReader) -> list[ReadSheet]:
    """One sheet for each document with a zone that a sheet shows, from the top down; the sheet as it is where it shows
    one document or none. Copies of one document alone are no reason to part it."""
    zones = [found for found in zones_apart(on, reader) if found.zone.plausible]
    if len({(found.zone.format, found.zone.number) for found in zones}) < 2:
        return [on]
    return [_cut_out(on, page, box) for page, box in _places([_page(on, found) for found in zones], WHOLE, on.sheet)]


def beside(on: ReadSheet, found: FoundZone) -> tuple[ReadSheet, ReadSheet] | None:
    """The page with a zone, and what a sheet shows besides it, above, below or at a side; None where that says little.

    What is beside may be of the same document: a card's other side, the page of a passport that faces it.
    """
    page = _page(on, found).box
    shares = {
        Box(0, page.y1, 1, 1): Box(0, 0, 1, page.y1), Box(0, 0, 1, page.y0): Box(0, page.y0, 1, 1),
        Box(page.x1, 0, 1, 1): Box(0, 0, page.x1, 1), Box(0, 0, page.x0, 1): Box(page.x0, 0, 1, 1),
    }  # fmt: skip
    rest = max(shares, key=lambda share: _words_in(share, on.sheet))
    if _words_in(rest, on.sheet) < _SAYS_SOMETHING:
        return None
    whole = _cut_out(on, _Page(found, page), shares[rest])
    return whole, _part(on, _on_pixels(rest, on.sheet))


def _words_in(share: Box, sheet: Sheet) -> int:
    return sum(len(line.text.split()) for line in sheet.lines if share.contains(*line.box.centre))


def _page(on: ReadSheet, found: FoundZone) -> _Page:
    """The page round a zone. A shape that a picture states is that of its pixels, one without of an A4."""
    wide, high, long = _PAGES[found.zone.format]
    unit = found.box.width / long  # of the sheet's width, for a millimetre
    ratio = on.sheet.width_px / on.sheet.height_px if on.sheet.height_px else 210 / 297
    side, foot = unit * (wide - long) / 2, found.box.y1 + _FOOT * high * unit * ratio
    box = Box(found.box.x0 - side, foot - high * unit * ratio, found.box.x1 + side, foot)
    return _Page(found, box.clipped())


# --- what belongs to which ----------------------------------------------------------------------------------------


def _places(pages: Sequence[_Page], within: Box, sheet: Sheet) -> list[tuple[_Page, Box]]:
    """The pages of a part of the sheet, each with its share of it: rows first, then what stands side by side."""
    if len(pages) == 1:
        return [(pages[0], within)]
    ordered = sorted(pages, key=lambda page: page.zone.y1)
    for at in range(1, len(ordered)):
        upper_, lower = ordered[:at], ordered[at:]
        if all(page.box.y0 + _SLACK * page.box.height > max(each.foot for each in upper_) for page in lower):
            cut = _level_between(upper_, lower, within, sheet)
            return [
                *_places(upper_, Box(within.x0, within.y0, within.x1, cut), sheet),
                *_places(lower, Box(within.x0, cut, within.x1, within.y1), sheet),
            ]
    ordered = sorted(pages, key=lambda page: page.zone.x0)
    left, right = ordered[:1], ordered[1:]
    cut = (left[0].box.x1 + min(page.box.x0 for page in right)) / 2
    return [
        *_places(left, Box(within.x0, within.y0, cut, within.y1), sheet),
        *_places(right, Box(cut, within.y0, within.x1, within.y1), sheet),
    ]


def _level_between(above: Sequence[_Page], below: Sequence[_Page], within: Box, sheet: Sheet) -> float:
    """Where the upper pages end: under their zones, or under the other side of their cards, where that lies there."""
    foot = max(page.foot for page in above)
    top = max(foot, min(page.box.y0 for page in below))
    between = Box(within.x0, foot, within.x1, top)
    if _is_other_side(between, above, below, Box(within.x0, within.y0, within.x1, foot), sheet):
        return _clear_level(top, between, min(page.zone.y0 for page in below), sheet)
    things = [box.y0 for box in _things(sheet, within) if box.y0 > foot]
    return (foot + min([max(page.box.y1 for page in above), *things])) / 2


def _is_other_side(between: Box, above: Sequence[_Page], below: Sequence[_Page], upper_part: Box, sheet: Sheet) -> bool:
    """Whether what lies between pages is of the cards above it: their number stands on it, or a face that they lack."""
    if not all(page.two_sided and between.height > _SIDE * page.box.height for page in above):
        return False
    print_ = _letters_in(between, sheet)
    for pages, answer in ((above, True), (below, False)):
        if any(page.found.zone.number and page.found.zone.number in print_ for page in pages):
            return answer
    return _shows_face(between, sheet) and not _shows_face(upper_part, sheet)


def _clear_level(wanted: float, between: Box, latest: float, sheet: Sheet) -> float:
    """The middle of the widest gap in print near a level, as the size of a page is not exactly known."""
    reach = 0.25 * (latest - wanted)
    near = Box(between.x0, max(between.y0, wanted - reach), between.x1, wanted + reach)
    edges = [near.y0, near.y1]
    taken = sorted((box.y0, box.y1) for box in _things(sheet, near))
    gaps, at = [], edges[0]
    for top, bottom in [*taken, (edges[1], edges[1])]:
        gaps.append((top - at, (top + at) / 2))
        at = max(at, bottom)
    return max(gaps)[1]


def _things(sheet: Sheet, within: Box) -> list[Box]:
    """The boxes of what was read or seen on a part of a sheet."""
    boxes = [line.box for line in sheet.lines] + [mark.box for mark in sheet.marks]
    return [box for box in boxes if within.contains(*box.centre)]


def _letters_in(part: Box, sheet: Sheet) -> str:
    lines = (line.text for line in sheet.lines if part.contains(*line.box.centre))
    return " ".join(plain(re.sub(r"[\W_]", "", upper(text))) for text in lines)


def _shows_face(part: Box, sheet: Sheet) -> bool:
    return any(part.contains(*mark.box.centre) for mark in sheet.marked(MarkKind.FACE))


# --- a part as a sheet of its own -----------------------------------------------------------------------------------


def _cut_out(on: ReadSheet, page: _Page, share: Box) -> ReadSheet:
    """The part of a sheet that a page and whatever else stands in its share fill, as a sheet of its own."""
    air = _AIR * page.box.height
    filled = page.box
    for thing in _things(on.sheet, share):
        filled = filled.union(thing)
    wide = Box(filled.x0 - air, filled.y0 - air, filled.x1 + air, filled.y1 + air).clipped()
    return _part(on, _on_pixels(wide.intersection(share) or share, on.sheet), page.zone)


def _on_pixels(box: Box, sheet: Sheet) -> Box:
    if not (sheet.width_px and sheet.height_px):
        return box
    width, height = sheet.width_px, sheet.height_px
    return Box(
        int(box.x0 * width) / width, int(box.y0 * height) / height,
        ceil(box.x1 * width) / width, ceil(box.y1 * height) / height,
    )  # fmt: skip


def _part(on: ReadSheet, box: Box, zone: Box | None = None) -> ReadSheet:
    sheet, frame = on.sheet, box.turned_inside_out()

    def inside(each: Box) -> bool:
        return box.contains(*each.centre)

    marks = [replace(mark, box=mark.box.within(frame)) for mark in sheet.marks if inside(mark.box)]
    if zone and not any(mark.kind is MarkKind.MRZ for mark in marks):
        marks.append(Mark(MarkKind.MRZ, zone.within(frame)))
    part = replace(
        sheet,
        outline=sheet.on_page(box),
        perspective=_narrowed(sheet.perspective, box),
        width_px=round(sheet.width_px * box.width),
        height_px=round(sheet.height_px * box.height),
        width_mm=sheet.width_mm and sheet.width_mm * box.width,
        lines=tuple(line.within(frame) for line in sheet.lines if inside(line.box)),
        cells=tuple(
            replace(cell, box=cell.box.within(frame), lines=tuple(line.within(frame) for line in cell.lines))
            for cell in sheet.cells
            if inside(cell.box)
        ),
        rules=tuple(replace(rule, box=rule.box.within(frame)) for rule in sheet.rules if inside(rule.box)),
        form_values=tuple(
            replace(value, box=value.box.within(frame)) for value in sheet.form_values if inside(value.box)
        ),
        marks=tuple(marks),
        shares_page=True,
    )
    return ReadSheet(part, _pixels(on.colour, box), _pixels(on.grey, box))


def _pixels(picture: Pixels | None, box: Box) -> Pixels | None:
    if picture is None:
        return None
    height, width = picture.shape[:2]
    rows = slice(round(box.y0 * height), round(box.y1 * height))
    return np.ascontiguousarray(picture[rows, round(box.x0 * width) : round(box.x1 * width)])


def _narrowed(whole: Perspective, box: Box) -> Perspective:
    """The way of a part of a sheet to the page, from that of the sheet."""
    a, b, c, d, e, f, g, h, i = whole.rows
    u, v, x, y = box.width, box.height, box.x0, box.y0
    return Perspective((a * u, b * v, a * x + b * y + c, d * u, e * v, d * x + e * y + f,
                        g * u, h * v, g * x + h * y + i))  # fmt: skip
