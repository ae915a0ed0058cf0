"""Records of the table questions: ruled rows, or rows parted by alignment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from extractors.forms.columns import Columns
from extractors.forms.pages import FormPage
from extractors.forms.tokens import Token, rows_of, text_of
from extractors.forms.unruled import are_blanks_between, begins, end_of_table, parted
from extractors.values import is_dash, is_hollow, is_ongoing, month_number, parse_month
from models.geometry import Box, box_of

_WORD = 2  # letters of what is no misread digit
_TO = "to"
_COUNTING = re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one column of one record. ``box`` is the cell's where there is one."""

    tokens: tuple[Token, ...]
    box: Box | None


@dataclass(frozen=True)
class Record:
    """One row of a table, by column key. ``rest`` is what a page break parted from it; ``ruled``: lines bound it."""

    page: FormPage
    entries: Mapping[str, Entry]
    rest: Record | None = None
    ruled: bool = True

    @property
    def tokens(self) -> list[Token]:
        return [t for entry in self.entries.values() for t in entry.tokens]


def records_on(page: FormPage, columns: Columns, tokens: Sequence[Token], top: float, bottom: float) -> list[Record]:
    """The records of a table between two heights of a sheet."""
    records = _unnumbered(_records(page, columns, tokens, top, bottom), columns.first)
    return _timed(records, columns.first) if columns.dated else records


def _timed(records: list[Record], first: str) -> list[Record]:
    """The records from the first under the headings down to the first whose time is words and no time: the rows of
    another table, whose question was not recognised."""
    begin = next((i for i, record in enumerate(records) if not _heads_times(record, first)), 0)
    times = [text_of(record.entries[first].tokens) if first in record.entries else "" for record in records[begin:]]
    other = (i for i, time in enumerate(times, begin) if i > begin and _is_no_time(time))
    end = next(other, len(records))
    rest = records[begin:end]
    return rest if end == len(records) else [replace(record, ruled=False) for record in rest]


def _heads_times(record: Record, first: str) -> bool:
    """Whether a row says only in words what the ends of a period are called ("qəbul", "azad olunma")."""
    ends = {key: text_of(entry.tokens) for key, entry in record.entries.items() if entry.tokens}
    return ends.keys() == {first, _TO} and all(map(_is_no_time, ends.values())) and first != _TO


def _is_no_time(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return letters > _WORD and not any(map(str.isdigit, text)) and month_number(text) is None and not is_ongoing(text)


def _unnumbered(records: list[Record], first: str) -> list[Record]:
    """Records without the running numbers that stand before their first entries; a sheet goes on counting."""
    filled = [record for record in records if not is_blank(record)]
    heads = [[t for row in rows_of(r.entries[first].tokens) for t in row] if first in r.entries else [] for r in filled]
    if not heads or any(len(head) < 2 or not _COUNTING.fullmatch(head[0].folded) for head in heads):
        return records
    start = int(heads[0][0].folded)
    counted = all(head[0].folded == str(n) for n, head in enumerate(heads, start))
    if not counted or (start > 1 and any(any(map(str.isdigit, t.text)) for head in heads for t in head[1:])):
        return records
    numbers = {head[0].index for head in heads}
    return [_without(record, first, numbers) for record in records]


def _without(record: Record, key: str, tokens: set[int]) -> Record:
    entry = record.entries.get(key)
    if entry is None or not any(t.index in tokens for t in entry.tokens):
        return record
    kept = tuple(t for t in entry.tokens if t.index not in tokens)
    return replace(record, entries={**record.entries, key: Entry(kept, _around(record.page, kept))})


def _records(page: FormPage, columns: Columns, tokens: Sequence[Token], top: float, bottom: float) -> list[Record]:
    if cells := _row_cells(page, columns, top, bottom):
        bare = rows_of(t for t in tokens if t.cell is None and top < t.box.centre[1] <= bottom)
        bottom = min(bottom, end_of_table(page, columns, bare))
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
    shown = are_blanks_between(page, columns, words, max(ruled, 2))
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
    joined = [t for t in beyond if 0 < columns.bottom < t.box.centre[1] < top]  # to the headings: the rule is lost
    above = above or (joined if joined and begins(rows_of(joined)[0], columns) else [])
    below = [t for t in beyond if t.box.centre[1] > bottom]
    begun = below and begins(rows_of(below)[0], columns)
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
    box = box_of([page.text.sheet.cells[i] for i in cells])
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
    """Records of a table whose rows are not cells."""
    groups, ruled = parted(page, columns, tokens)
    return [replace(_record(page, columns, group), ruled=ruled) for group in groups]


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
