"""Rows of the table questions: columns by their headings, records by ruled rows or, without rules, by alignment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from extractors.forms.pages import FormPage
from extractors.forms.tokens import Token, box_of, rows_of, text_of
from extractors.values import is_dash, is_hollow, month_number, parse_month
from models.catalogue import Question
from models.geometry import Box


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one column of one record. ``box`` is the cell's where there is one."""

    tokens: tuple[Token, ...]
    box: Box | None


@dataclass(frozen=True)
class Record:
    """One row of a table, by column key. ``rest`` is what a page break parted from it."""

    page: FormPage
    entries: Mapping[str, Entry]
    rest: Record | None = None

    @property
    def tokens(self) -> list[Token]:
        return [t for entry in self.entries.values() for t in entry.tokens]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of a table begin and end, as fractions of the sheet's width. ``bottom``: under the headings."""

    spans: Mapping[str, tuple[float, float]]
    bottom: float

    def at(self, box: Box) -> str | None:
        """The column that holds the larger part of a box."""
        shares = {key: min(box.x1, x1) - max(box.x0, x0) for key, (x0, x1) in self.spans.items()}
        best = max(shares, key=shares.__getitem__)
        return best if shares[best] > 0 else None


def headings_of(page: FormPage, question: Question) -> dict[str, Box]:
    """Where the headings of a table stand on a sheet, by column key; the box is the cell's where there is one."""
    hits = [hit for hit in page.headings.get(question.number, ()) if not hit.key.startswith("(")]
    cells = [page.cell_of(hit) for hit in hits]
    ruled = None not in cells and len(set(cells)) == len(cells)
    return {
        hit.key: page.text.sheet.cells[cell].box if ruled and cell is not None else hit.box
        for hit, cell in zip(hits, cells, strict=True)
    }


def columns_on(
    page: FormPage, question: Question, heads: Mapping[str, Box], words: Sequence[Token], top: float, bottom: float
) -> Columns:
    """The columns of a table on one sheet between two heights; ``heads`` may stand on another sheet of it."""
    top = max(top, heading_bottom(page, question))
    inside = [t.box for t in words if top < t.box.centre[1] < bottom]
    spans = _counted_spans(page, question, heads, top, bottom) or _free_spans(heads, inside)
    return Columns(spans, top)


def heading_bottom(page: FormPage, question: Question) -> float:
    """Where the headings of a table end on a sheet; 0 where it shows none."""
    heads = page.headings.get(question.number, ())
    bottom = max([hit.box.y1 for hit in heads], default=0.0)
    cells = [page.text.sheet.cells[c].box.y1 for hit in heads if (c := page.cell_of(hit)) is not None]
    return max([b for b in cells if b - bottom < 0.05], default=bottom)


def _counted_spans(
    page: FormPage, question: Question, heads: Mapping[str, Box], top: float, bottom: float
) -> dict[str, tuple[float, float]]:
    """Columns from the ruled rows themselves where these have just as many cells as the table has columns, or as it has
    headings."""
    rows: dict[tuple[int, int], list[Box]] = {}
    for cell in page.text.sheet.cells:
        if top - 0.004 <= cell.box.y0 and cell.box.centre[1] <= bottom:
            rows.setdefault((cell.table, round(cell.box.y0 * 250)), []).append(cell.box)
    whole = [column.key for column in question.columns]
    for keys in (whole, [key for key in whole if key in heads]):
        fitting = [sorted(row) for row in rows.values() if len(row) == len(keys)]
        spans = {key: (box.x0, box.x1) for key, box in zip(keys, fitting[0], strict=True)} if fitting else {}
        if spans and _is_headed(spans, heads):
            return spans
    return {}


def _is_headed(spans: Mapping[str, tuple[float, float]], heads: Mapping[str, Box]) -> bool:
    """Whether most headings stand over the columns that they name."""
    over = [spans[key][0] < box.centre[0] < spans[key][1] for key, box in heads.items() if key in spans]
    return 2 * sum(over) > len(over)


def _free_spans(heads: Mapping[str, Box], words: Sequence[Box]) -> dict[str, tuple[float, float]]:
    """Columns cut between their headings where the fewest words of the rows are cut through."""
    ordered = sorted(heads.items(), key=lambda item: item[1].x0)
    cuts = [_cut(left, right, words) for (_, left), (_, right) in pairwise(ordered)]
    edges = [0.0, *cuts, 1.0]
    return {key: (edges[i], edges[i + 1]) for i, (key, _) in enumerate(ordered)}


def _cut(left: Box, right: Box, words: Sequence[Box]) -> float:
    """The best place to part two columns: not through words, in the widest blank."""
    low, high = left.centre[0], right.centre[0]
    places = [low + (high - low) * i / 60 for i in range(61)]
    crossed = [sum(w.x0 < x < w.x1 for w in (*words, left, right)) for x in places]
    least = min(crossed)
    runs: list[list[float]] = [[]]
    for x, count in zip(places, crossed, strict=True):
        if count == least:
            runs[-1].append(x)
        elif runs[-1]:
            runs.append([])
    widest: list[float] = max(runs, key=len)
    return median(widest)


def records_on(page: FormPage, columns: Columns, tokens: Sequence[Token], top: float, bottom: float) -> list[Record]:
    """The records of a table between two heights of a sheet."""
    cells = _row_cells(page, columns, top, bottom)
    inside = [t for t in tokens if top - 0.002 <= t.box.centre[1] <= bottom]
    if not cells:
        return _free_records(page, columns, inside)
    out: list[Record] = []
    claimed: set[int] = set()
    for row in cells:
        entries = {
            key: Entry(tuple(t for t in inside if t.cell in group), _cells_box(page, group))
            for key, group in row.items()
        }
        entries.update(_uncelled(page, columns, inside, row))
        claimed |= {t.index for entry in entries.values() for t in entry.tokens}
        record = Record(page, entries)
        several = _is_tall(record) or _holds_periods(record, columns)
        out += _split_tall(page, columns, record) if several else [record]
    beyond = [t for t in inside if t.index not in claimed and (t.cell is None or not _boxed(page, t, columns))]
    if not any(r.tokens for r in out):
        return out + (_free_records(page, columns, beyond) if beyond else [])
    upper, lower = _open_rows(page, columns, beyond, cells)
    out = [*upper, *out, *lower]
    whole = all(len(row) == len(columns.spans) for row in cells)
    return (not whole and _parted_by_blanks(page, columns, inside, sum(bool(r.tokens) for r in out))) or out


def _parted_by_blanks(page: FormPage, columns: Columns, tokens: Sequence[Token], ruled: int) -> list[Record]:
    """The records of a table whose rules are incomplete, where the blanks between its rows show as many of them."""
    words = [t for t in tokens if any(map(str.isalnum, t.text)) or is_dash(t.text)]
    rows = rows_of(words)
    shown = len(_gap_starts(rows, columns)) >= max(ruled, 2) and not _rules_between(rows, page)
    return _free_records(page, columns, words) if shown else []


def _uncelled(
    page: FormPage, columns: Columns, tokens: Sequence[Token], row: Mapping[str, Sequence[int]]
) -> dict[str, Entry]:
    """What stands in a ruled row under columns that have no cell of their own (a border too thin, cut off or lost)."""
    boxes = [page.text.sheet.cells[i].box for group in row.values() for i in group]
    top, bottom = min(box.y0 for box in boxes), max(box.y1 for box in boxes)
    found: dict[str, list[Token]] = {}
    for token in tokens:
        key = columns.at(token.box)
        level = top < token.box.centre[1] < bottom
        if key is not None and key not in row and level and not _celled(page, token, columns):
            found.setdefault(key, []).append(token)
    return {key: Entry(tuple(own), _around(page, own)) for key, own in found.items()}


def _open_rows(
    page: FormPage, columns: Columns, beyond: Sequence[Token], cells: Sequence[Mapping[str, Sequence[int]]]
) -> tuple[list[Record], list[Record]]:
    """The rows before and after all ruled ones whose own border is lost, as at a page break."""
    boxes = [page.text.sheet.cells[i].box for row in cells for group in row.values() for i in group]
    top, bottom = min(box.y0 for box in boxes), max(box.y1 for box in boxes)
    first = min(map(page.top, page.stops), default=1.0)
    above = [t for t in beyond if t.box.centre[1] < min(top, first)]
    below = [t for t in beyond if t.box.centre[1] > bottom]
    begun = below and _begins(rows_of(below)[0], columns)
    return _free_records(page, columns, above), _free_records(page, columns, below) if begun else []


def _boxed(page: FormPage, token: Token, columns: Columns) -> bool:
    """Whether a word stands in a cell of its own that belongs to no column (a running number)."""
    return token.cell is not None and columns.at(page.text.sheet.cells[token.cell].box) is None


def _celled(page: FormPage, token: Token, columns: Columns) -> bool:
    """Whether a word stands in a cell that keeps to one column, or to none."""
    if token.cell is None:
        return False
    box = page.text.sheet.cells[token.cell].box
    key = columns.at(box)
    return key is None or _within(box, columns.spans[key])


def _row_cells(page: FormPage, columns: Columns, top: float, bottom: float) -> list[dict[str, list[int]]]:
    """Cells of the table's rows by column, row by row."""
    rows: list[tuple[float, float, dict[str, list[int]]]] = []
    sheet = page.text.sheet
    chosen = [i for i, c in enumerate(sheet.cells) if top - 0.004 <= c.box.y0 and c.box.centre[1] <= bottom]
    for i in sorted(chosen, key=lambda i: (sheet.cells[i].box.y0, sheet.cells[i].box.x0)):
        box = sheet.cells[i].box
        key = columns.at(Box(box.x0 + 0.004, box.y0, box.x1 - 0.004, box.y1))
        if key is None or not _within(box, columns.spans[key]):
            continue
        for y0, y1, row in rows:
            if min(y1, box.y1) - max(y0, box.y0) > 0.5 * min(y1 - y0, box.height):
                row.setdefault(key, []).append(i)
                break
        else:
            rows.append((box.y0, box.y1, {key: [i]}))
    return [row for _, _, row in rows if len(row) >= 2]


def _within(box: Box, span: tuple[float, float]) -> bool:
    """Whether a cell keeps to one column (a running number's cell or a row across the table does not)."""
    shared = min(box.x1, span[1]) - max(box.x0, span[0])
    return shared > 0.6 * box.width


def _cells_box(page: FormPage, cells: Sequence[int]) -> Box:
    box = page.text.sheet.cells[cells[0]].box
    for i in cells[1:]:
        box = box.union(page.text.sheet.cells[i].box)
    return Box(box.x0 + 0.002, box.y0 + 0.001, box.x1 - 0.002, box.y1 - 0.001)


def _is_tall(record: Record) -> bool:
    """Whether one ruled row seems to hold several records (rules only between the columns)."""
    heights = [t.box.height for t in record.tokens]
    boxes = [e.box for e in record.entries.values() if e.box]
    if not heights or not boxes:
        return False
    firsts = [len(rows_of(entry.tokens)) for entry in record.entries.values()]
    return max(b.height for b in boxes) > 12 * median(heights) and min(firsts) >= 2


def _holds_periods(record: Record, columns: Columns) -> bool:
    """Whether the first two columns of one ruled row hold several dates each: the rule between them is lost."""
    first = sorted(columns.spans, key=lambda key: columns.spans[key][0])[:2]
    cells = [record.entries[key].tokens for key in first if key in record.entries]
    dates = [sum(parse_month(text_of(row)) is not None for row in rows_of(tokens)) for tokens in cells]
    return len(dates) == 2 and min(dates) >= 2


def _split_tall(page: FormPage, columns: Columns, record: Record) -> list[Record]:
    split = _free_records(page, columns, record.tokens)
    return split if len(split) > 1 else [record]


def _free_records(page: FormPage, columns: Columns, tokens: Sequence[Token]) -> list[Record]:
    """Records of a table without row rules: a record begins where its first columns begin again."""
    rows = rows_of(tokens)
    if not rows:
        return []
    starts = _starts(rows, columns, page)
    groups: list[list[Token]] = []
    for i, row in enumerate(rows):
        if i in starts or not groups:
            groups.append(list(row))
        else:
            groups[-1] += row
    return [_record(page, columns, group) for group in groups]


def _starts(rows: Sequence[Sequence[Token]], columns: Columns, page: FormPage) -> set[int]:
    """Indices of the visual rows that begin a record."""
    if ruled := _rules_between(rows, page):
        return {0, *ruled}
    if by_gap := _gap_starts(rows, columns):
        return by_gap
    begun = [
        i for i in range(1, len(rows)) if _begins(rows[i], columns) and not _ends_date(rows[i - 1], rows[i], columns)
    ]
    return {0, *begun}


def _rules_between(rows: Sequence[Sequence[Token]], page: FormPage) -> set[int]:
    """Indices of the visual rows above which a rule runs."""
    rules = [rule.box.centre[1] for rule in page.text.sheet.rules if rule.box.width > 0.3]
    return {i + 1 for i, (a, b) in enumerate(pairwise(rows))
            if any(a[0].box.centre[1] < y < b[0].box.centre[1] for y in rules)}  # fmt: skip


def _gap_starts(rows: Sequence[Sequence[Token]], columns: Columns) -> set[int]:
    """Indices of the visual rows above which a wider blank stands, where all of these begin a record."""
    tops = [median(t.box.y0 for t in row) for row in rows]
    pitches = [b - a for a, b in pairwise(tops)]
    if not pitches or max(pitches) <= 1.35 * min(pitches) or min(pitches) <= 0:
        return set()
    limit = (max(pitches) + min(pitches)) / 2
    starts = {0, *(i + 1 for i, pitch in enumerate(pitches) if pitch > limit)}
    return starts if all(_begins(rows[i], columns) for i in starts) else set()


def _ends_date(before: Sequence[Token], row: Sequence[Token], columns: Columns) -> bool:
    """Whether a row's first column is the year of a month that stands alone in the row before ("sentyabr / 1996")."""
    first = min(columns.spans, key=lambda key: columns.spans[key][0])
    month, year = ("".join(t.folded for t in tokens if columns.at(t.box) == first) for tokens in (before, row))
    return bool(re.fullmatch(r"(?:19|20)\d\d(?:ciil|cuil|il)?", year)) and month_number(month) is not None


def _begins(row: Sequence[Token], columns: Columns) -> bool:
    """Whether a visual row fills the first column and at least one more."""
    filled = {columns.at(t.box) for t in row} - {None}
    order = sorted(columns.spans, key=lambda key: columns.spans[key][0])
    return bool(filled) and order[0] in filled and (len(filled) >= 2 or len(order) == 1)


def _record(page: FormPage, columns: Columns, tokens: Sequence[Token]) -> Record:
    by_key: dict[str, list[Token]] = {key: [] for key in columns.spans}
    for token in tokens:
        key = columns.at(token.box)
        if key is not None:
            by_key[key].append(token)
    whole = _around(page, tokens)
    height = page.text.height
    return Record(page, {key: Entry(tuple(ts), _around(page, ts) if ts else _between(columns.spans[key], whole, height))
                         for key, ts in by_key.items()})  # fmt: skip


def _between(span: tuple[float, float], row: Box, height: float) -> Box:
    """The place of a column in a row, clear of rules and neighbours."""
    x0, x1 = max(span[0], 0.04), min(span[1], 0.96)
    inset = 0.1 * (x1 - x0)
    return Box(x0 + inset, row.y0 - 0.5 * height, max(x1 - inset, x0 + inset), row.y1 + 0.5 * height).clipped()


def _around(page: FormPage, tokens: Sequence[Token]) -> Box:
    box = box_of(tokens)
    pad = 0.35 * page.text.height
    return Box(box.x0 - 0.5 * pad, box.y0 - pad, box.x1 + pad, box.y1 + pad).clipped()


def rejoined(sheets: Sequence[Sequence[Record]], first: str) -> list[Record]:
    """The records of a table sheet by sheet as one list; a row without its ``first`` column at the head of a sheet is
    the rest of the last one before it."""
    out: list[Record] = []
    for records in sheets:
        filled = [record for record in records if not is_blank(record)]
        if out and filled and _filled(out[-1], first) and not _filled(filled[0], first):
            out[-1] = replace(out[-1], rest=filled.pop(0))
        out += filled
    return out


def _filled(record: Record, key: str) -> bool:
    entry = record.entries.get(key)
    return entry is not None and not is_hollow(text_of(entry.tokens))


def is_blank(record: Record) -> bool:
    """Whether nothing was written into a row (a dash is something)."""
    return all(is_hollow(text_of(entry.tokens)) for entry in record.entries.values())
