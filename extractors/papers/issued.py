"""The day of issue of a passport or card: small print, often beside the day of expiry, its label seldom legible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, pairwise

from extractors.papers.dates import PrintedDay, printed_days
from extractors.papers.labels import Said, confirmed_as, read_again, said
from extractors.shapes import ReadSheet, RegionReader
from models.document import Field
from models.geometry import Box, box_of
from models.sheet import Line, Word

_SURE = 0.9  # of a labelled day: it needs no other evidence
_UNPROVED = 0.85  # how sure a day is with which a paper would not run for whole years
_REREAD = 0.8  # of a day that only a second look at its line shows
_MOST_REREAD = 5
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_APART = 0.02  # of a sheet's width: columns that begin closer are one
_AIR = 0.35  # of a row's height, above and below it


def day_of_issue(
    told: Field | None, sheets: Sequence[ReadSheet], reader: RegionReader, birth: str, expiry: str
) -> Field | None:
    """The day that a label tells if it may be one of issue, else the only printed day that may.

    It lies after birth and before expiry (ISO 8601, empty where unknown); the surer, if the paper then runs for whole
    years.
    """
    if told and (told.text <= birth or (expiry and told.text >= expiry)):
        told = None
    if not expiry or (told and (told.confidence >= _SURE or _runs_for_years(told.text, expiry))):
        return told
    found = _by_its_place_in_time(sheets, reader, birth, expiry)
    return max((day for day in (told, found) if day), key=lambda day: day.confidence, default=None)


def _by_its_place_in_time(sheets: Sequence[ReadSheet], reader: RegionReader, birth: str, expiry: str) -> Field | None:
    """The only day between birth and expiry, by looks that cost more and more until one fits whole years."""

    def first(text: str) -> str | None:
        return next((day.value for day in printed_days(text.split()) if birth < day.value < expiry), None)

    unproved = None
    for look in (_as_read, _read_again, _beside_expiry):
        fitting = [pair for pair in look(sheets, reader, expiry) if birth < pair[0].value < expiry]
        whole = [pair for pair in fitting if _runs_for_years(pair[0].value, expiry)]
        chosen = whole or fitting
        if len({day.value for day, _ in chosen}) == 1 and (whole or not unproved):
            day, where = max(chosen, key=lambda pair: pair[0].sure * pair[1].confidence)
            field = confirmed_as(where, reader, first).field(day.value, sure=day.sure * (1.0 if whole else _UNPROVED))
            if whole:
                return field
            unproved = field
    return unproved


def _runs_for_years(issued: str, expiry: str) -> bool:
    """Whether a paper issued on one day and ending on another runs for whole years, two to fifteen, but for a day."""
    first, last = date.fromisoformat(issued), date.fromisoformat(expiry)
    years = round((last - first).days / 365.25)
    return 2 <= years <= 15 and abs((last - first).days - 365.25 * years) <= 2


def _as_read(sheets: Sequence[ReadSheet], _: RegionReader, __: str) -> Iterator[tuple[PrintedDay, Said]]:
    for on in sheets:
        for line in on.sheet.lines:
            yield from _days(on, line)


def _days(on: ReadSheet, line: Line) -> Iterator[tuple[PrintedDay, Said]]:
    for day in printed_days([word.text for word in line.words]):
        yield day, said(on, line, line.words[day.start : day.end])


def _read_again(sheets: Sequence[ReadSheet], reader: RegionReader, _: str) -> Iterator[tuple[PrintedDay, Said]]:
    """The days in what engines read at the places of lines with a year."""
    lines = ((on, line) for on in sheets for line in on.sheet.lines if _YEAR.search(line.text))
    for on, line in islice(lines, _MOST_REREAD):
        for text in read_again(said(on, line), reader):
            for day in printed_days(text.split()):
                yield replace(day, sure=min(day.sure, _REREAD)), replace(said(on, line), text=text)


def _beside_expiry(sheets: Sequence[ReadSheet], reader: RegionReader, expiry: str) -> Iterator[tuple[PrintedDay, Said]]:
    """The days in the row of the day of expiry, read as one line from where other lines begin: engines that see a
    portrait in that row lose what is small beside it."""
    for on in sheets:
        for end in _expiries(on, expiry):
            air = _AIR * end.height
            for x0 in islice(_beginnings(on, end), _MOST_REREAD):
                row = Box(x0 - air, end.y0 - air, 1.0, end.y1 + air).clipped()
                found = [pair for line in reader.read(on, row, single_line=True) for pair in _days(on, line)]
                yield from found
                if any(_runs_for_years(day.value, expiry) for day, _ in found if day.value < expiry):
                    return


def _expiries(on: ReadSheet, expiry: str) -> Iterator[Box]:
    """Where a sheet prints the day of expiry, or its year at least."""
    for line in on.sheet.lines:
        days = [day for day in printed_days([word.text for word in line.words]) if day.value == expiry]
        year = [word for word in line.words if _year_of(word) == expiry[:4]]
        if days or year:
            yield box_of(line.words[days[0].start : days[0].end]) if days else year[0].box


def _year_of(word: Word) -> str:
    found = _YEAR.search(word.text)
    return found.group() if found else ""


def _beginnings(on: ReadSheet, end: Box) -> list[float]:
    """Where columns of a sheet begin that leave room for a day left of another, the nearest first."""
    room = end.x0 - 0.8 * end.width
    begin = sorted({word.box.x0 for line in on.sheet.lines for word in _heads(on, line) if word.box.x0 < room})[::-1]
    return [x for at, x in enumerate(begin) if not at or begin[at - 1] - x > _APART]


def _heads(on: ReadSheet, line: Line) -> Iterator[Word]:
    """The words of a line that stand at its beginning or behind a wide gap."""
    yield from line.words[:1]
    for before, word in pairwise(line.words):
        if (word.box.x0 - before.box.x1) * on.sheet.width_px > word.box.height * on.sheet.height_px:
            yield word
