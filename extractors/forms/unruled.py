"""Rows of a table that no rules part: by blanks, by what begins a record, by cells centred on their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.forms.columns import Columns
from extractors.forms.pages import FormPage
from extractors.forms.tokens import Token, rows_of
from extractors.values import is_dash, month_number

_WIDE = 0.3  # share of the sheet's width that a rule between rows takes at least
_LEVEL = 0.004  # share of its height within which pieces of a rule lie
_CLEARLY = 1.25  # times as wide as the blanks inside records are those between them
_A_BLANK = 0.9  # heights of a word: a run of words has no wider one inside

Row = Sequence[Token]


def parted(page: FormPage, columns: Columns, tokens: Sequence[Token]) -> tuple[list[list[Token]], bool]:
    """The words of each record from the top down, and whether rules part them."""
    rows = rows_of(tokens)
    end = end_of_table(page, columns, rows[1:])
    rows = [row for row in rows if row[0].box.centre[1] < end]
    ruled = _rules_between(rows, page)
    starts = {0, *ruled} if ruled else _starts(page, rows, columns)
    groups: list[list[Token]] = []
    for i, row in enumerate(rows):
        if i in starts or not groups:
            groups.append(list(row))
        else:
            groups[-1] += row
    return groups, bool(ruled)


def are_blanks_between(page: FormPage, columns: Columns, tokens: Sequence[Token], least: int) -> bool:
    """Whether blanks alone part so many records or more."""
    rows = rows_of(tokens)
    return len(_gap_starts(rows, columns)) >= least and not _rules_between(rows, page)


def begins(row: Row, columns: Columns) -> bool:
    """Whether a visual row fills the first column and at least one more; a period begins with its time."""
    filled = {columns.at(t.box) for t in row} - {None}
    first = _first(row, columns)
    timed = not columns.dated or any(c.isdigit() for c in first) or month_number(first) is not None or is_dash(first)
    return bool(first) and timed and (len(filled) >= 2 or len(columns.spans) == 1)


def end_of_table(page: FormPage, columns: Columns, rows: Sequence[Row]) -> float:
    """The height of the first row of words without cells that runs through several columns without a blank: a table is
    over there. 1 where there is none."""
    return min((row[0].box.y0 for row in rows if _runs_through(row, columns, page)), default=1.0)


def _runs_through(row: Row, columns: Columns, page: FormPage) -> bool:
    cuts = [i for i, (a, b) in enumerate(pairwise(row), 1) if page.text.gap(a, b) > _A_BLANK]
    runs = [row[a:b] for a, b in pairwise([0, *cuts, len(row)])]
    return any(len({columns.at(t.box) for t in run} - {None}) > 2 for run in runs)


def _starts(page: FormPage, rows: Sequence[Row], columns: Columns) -> set[int]:
    """Indices of the visual rows that begin a record."""
    if by_gap := _gap_starts(rows, columns) or _blank_starts(page, rows, columns):
        return by_gap
    if rows and columns.bottom and not _first(rows[0], columns):
        return _centred_starts(rows, columns)
    begun = [i for i in range(1, len(rows)) if begins(rows[i], columns) and not _goes_on(rows[i - 1], rows[i], columns)]
    return {0, *begun}


def _rules_between(rows: Sequence[Row], page: FormPage) -> set[int]:
    """Indices of the visual rows above which a rule runs, whole or in pieces, or the border of a wide cell."""
    sheet = page.text.sheet
    wide = [cell.box for cell in sheet.cells if cell.box.width > _WIDE]
    pieces = [(rule.box.centre[1], rule.box.width) for rule in sheet.rules]
    pieces += [(y, box.width) for box in wide for y in (box.y0, box.y1)]
    levels = [y for y, _ in pieces if sum(width for other, width in pieces if abs(other - y) < _LEVEL) > _WIDE]
    return {i + 1 for i, (a, b) in enumerate(pairwise(rows))
            if any(a[0].box.centre[1] < y < b[0].box.centre[1] for y in levels)}  # fmt: skip


def _gap_starts(rows: Sequence[Row], columns: Columns) -> set[int]:
    """Indices of the visual rows above which a wider blank stands, where all of these begin a record."""
    tops = [median(t.box.y0 for t in row) for row in rows]
    pitches = [b - a for a, b in pairwise(tops)]
    if not pitches or max(pitches) <= 1.35 * min(pitches) or min(pitches) <= 0:
        return set()
    limit = (max(pitches) + min(pitches)) / 2
    starts = {0, *(i + 1 for i, pitch in enumerate(pitches) if pitch > limit)}
    return starts if all(begins(rows[i], columns) for i in starts) else set()


def _blank_starts(page: FormPage, rows: Sequence[Row], columns: Columns) -> set[int]:
    """Indices of the visual rows below the widest blanks, where each stretch between these holds one entry of the first
    column: rows whose cells are centred on them."""
    blanks = _blanks(rows)
    for count in range(len(blanks) - 1, 0, -1):
        order = sorted(range(len(blanks)), key=lambda i: -blanks[i])
        narrowest, next_one = blanks[order[count - 1]], max(blanks[order[count]], 0.0)
        starts = [0, *sorted(i + 1 for i in order[:count])]
        stretches = [rows[a:b] for a, b in pairwise([*starts, len(rows)])]
        if narrowest > _CLEARLY * next_one and all(_is_one(stretch, columns, page) for stretch in stretches):
            return set(starts)
    return set()


def _blanks(rows: Sequence[Row]) -> list[float]:
    """The height of the blank under each visual row but the last; below zero where rows overlap."""
    out, bottom = [], 0.0
    for row, after in pairwise(rows):
        bottom = max([bottom, *(t.box.y1 for t in row)])
        out.append(min(t.box.y0 for t in after) - bottom)
    return out


def _is_one(stretch: Sequence[Row], columns: Columns, page: FormPage) -> bool:
    """Whether rows hold one unbroken entry of the first column, and others beside it."""
    entry = rows_of(t for row in stretch for t in row if columns.at(t.box) == columns.first)
    others = {columns.at(t.box) for row in stretch for t in row} - {None}
    unbroken = all(b[0].box.y0 - a[0].box.y1 < _A_BLANK * page.text.height for a, b in pairwise(entry))
    return bool(entry) and unbroken and len(others) > 1


def _centred_starts(rows: Sequence[Row], columns: Columns) -> set[int]:
    """Indices of the visual rows that begin a record where the first of them stands above its first column: between two
    entries of that column the widest blank, of equal ones that in the middle."""
    filled = [i for i, row in enumerate(rows) if _first(row, columns)]
    blanks = _blanks(rows)
    starts = {0}
    for a, b in pairwise(filled):
        if b - a > 1:
            middle = (a + b + 1) / 2
            starts.add(max(range(a + 1, b + 1), key=lambda i: (round(blanks[i - 1], 3), -abs(i - middle))))
    return starts


def _goes_on(before: Row, row: Row, columns: Columns) -> bool:
    """Whether a row's first column goes on with that of the row before: the year of a month that stands alone there
    ("sentyabr / 1996"), the end of a period ("09-2014 - / 05-2018")."""
    above, here = _first(before, columns), _first(row, columns)
    year = re.fullmatch(r"(?:19|20)\d\d(?:ciil|cuil|il)?", here)
    ends = [t.text for t in before if columns.at(t.box) == columns.first]
    return (bool(year) and month_number(above) is not None) or bool(ends and is_dash(ends[-1][-1:]))


def _first(row: Row, columns: Columns) -> str:
    """What a visual row holds in the first column, folded."""
    return "".join(t.folded or t.text for t in row if columns.at(t.box) == columns.first)
