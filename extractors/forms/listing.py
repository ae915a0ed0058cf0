"""Table questions: from records on one or more sheets to one list field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors import values
from extractors.forms import ink
from extractors.forms.answers import absent, cell_value, list_field
from extractors.forms.columns import columns_on, heading_bottom, headings_of
from extractors.forms.confidence import CALIBRATION, of_print
from extractors.forms.grids import Record, records_on, rejoined
from extractors.forms.pages import Area
from extractors.forms.scribe import Scribe
from extractors.forms.tokens import Token, rows_of, text_of
from extractors.forms.written import Written
from models.catalogue import AnswerKind, Question
from models.document import NONE, Field, Value
from models.geometry import Box
from models.sheet import Source

Row = dict[str, Value]

_FROM, _TO = "from", "to"
_FEW_WORDS = 2  # unknown words among headings that are damaged print
_CLEAR = 0.5  # certainty of words that are no scraps of something else
_SCRAP = 2  # letters and digits of what nobody wrote
_PIECE, _SHORT_WORDS = (
    3,
    frozenset({"və", "ilə", "ili", "il", "ev", "ay", "iş", "qız"}),
)  # what is left of a word, or is one
_MAY_LACK = (_TO, "note")  # columns that may well be empty in every row


def read_list(question: Question, areas: Sequence[Area], scribe: Scribe) -> Field:
    """The list field of a table question; ``areas`` are its places on the sheets it covers, in order."""
    if not areas:
        return absent()
    given, areas = areas, [_under_headings(area, question) for area in areas]
    first = areas[0]
    trust = of_print(first.page.coverage(question.number))
    if sum(len(area.tokens) for area in given) - sum(len(area.tokens) for area in areas) > _FEW_WORDS:
        trust = min(trust, CALIBRATION.close)  # a row may be taken for headings
    heads: dict[str, Box] = {}
    for area in areas:
        heads = {**headings_of(area.page, question), **heads}
    if len(heads) < 2:
        return _from_text(question, areas, scribe, trust)
    sheets = [_records(question, area, heads) for area in areas]
    filled = rejoined(sheets, question.columns[0].key)
    if not filled:
        return _blank(question, areas, scribe, trust, [record for records in sheets for record in records])
    tokens = [t for record in filled for t in record.tokens]
    if _denies(tokens, question):
        written = scribe.area([Area(filled[0].page, tuple(filled[0].tokens), (), False)])
        return list_field(NONE, written.text, written.chance * trust, written)
    clear = [t for t in tokens if t.confidence > _CLEAR and sum(map(str.isalnum, t.text)) > 1]
    if clear and len(clear) < len(tokens) and _denies(clear, question):  # the rest is of a stamp or dust
        written = scribe.area([Area(filled[0].page, tuple(clear), (), False)])
        return list_field(NONE, written.text, min(written.chance * trust, CALIBRATION.stamped), written)
    return _listed(question, filled, scribe, trust)


def _under_headings(area: Area, question: Question) -> Area:
    """An area without what stands among the headings of the table (damaged words of theirs)."""
    bottom = heading_bottom(area.page, question)
    return replace(area, tokens=tuple(t for t in area.tokens if t.box.centre[1] > bottom))


def _records(question: Question, area: Area, heads: Mapping[str, Box]) -> list[Record]:
    """The records on one sheet."""
    page = area.page
    hit = page.questions.get(question.number)
    top, bottom = page.window(hit) if hit else (0.0, page.first_print_below(heading_bottom(page, question)))
    columns = columns_on(page, question, heads, area.tokens, hit.box.y1 if hit else top, bottom)
    return records_on(page, columns, area.tokens, columns.bottom, bottom)


def _denies(tokens: Sequence[Token], question: Question) -> bool:
    text = text_of(tokens)
    words = [w for w in text.split() if not values.is_dash(w)]
    return not words or values.is_denial(" ".join(words), question.wordings)


def _listed(question: Question, records: Sequence[Record], scribe: Scribe, trust: float) -> Field:
    rows: list[Row] = []
    raws: list[str] = []
    cells: list[Written] = []
    chance = trust
    edges = _right_edges(records)
    for record in records:
        row, written, row_chance = _row(question, record, scribe, edges)
        rows.append(row)
        cells += written
        chance = min(chance, row_chance) if _stated(written) else chance * row_chance
        raws.append(" | ".join(w.text for w in written))
    told = " ".join(written.text for written in cells)
    if filled := [row for row in rows if _says_something(row)]:
        chance = min(chance, CALIBRATION.close) if len(filled) < len(rows) else chance
        rows = filled
    if not all(record.ruled for record in records):
        chance = min(chance, CALIBRATION.differing)
    if any(all(row[column.key] is None for row in rows) for column in question.columns if column.key not in _MAY_LACK):
        chance = min(chance, CALIBRATION.close)
    denied = len(records) == 1 and values.is_denial(told, question.wordings)
    return list_field(NONE if denied else [*rows], "\n".join(raws), chance, _spanning(cells))


def _says_something(row: Row) -> bool:
    """Whether a row holds more than a dash, a speck or what was read in a border."""
    return any(sum(map(str.isalnum, str(value))) > _SCRAP for value in row.values() if value is not None)


def _stated(cells: Sequence[Written]) -> bool:
    """Whether the file itself states what stands in the cells: then every row is as sure as the first."""
    return all(cell.source is not Source.OCR for cell in cells)


def _right_edges(records: Sequence[Record]) -> dict[str, float]:
    """Where the longest line of each column ends."""
    edges: dict[str, float] = {}
    for record in records:
        for key, entry in record.entries.items():
            edges[key] = max([edges.get(key, 0.0), *(t.box.x1 for t in entry.tokens)])
    return edges


def _row(
    question: Question, record: Record, scribe: Scribe, edges: Mapping[str, float]
) -> tuple[Row, list[Written], float]:
    row: Row = {}
    cells: list[Written] = []
    chance = 1.0
    joint = _joint(question, record)
    for column in question.columns:
        entry = record.entries.get(column.key)
        if entry is None or (not entry.tokens and entry.box is None):
            row.setdefault(column.key, None)
            continue
        areas = _areas(record, column.key)
        written = _unbroken(scribe.area(areas), areas, edges[column.key])
        if column.key == joint:
            ends, sure = _period(question, written)
            row |= ends
        else:
            row[column.key] = cell_value(column, written.text)
            sure = _cell_chance(written, row[column.key], column.kind)
        chance *= min(sure, CALIBRATION.close) if _breaks_words(entry.tokens, edges[column.key]) else sure
        if written.rows:
            cells.append(written)
    return row, cells, chance


def _breaks_words(tokens: Sequence[Token], edge: float) -> bool:
    """Whether a cell seems to hold a word that was too long for it."""
    return any(_breaks_word(before, after, edge) for before, after in pairwise(rows_of(tokens)))


def _breaks_word(before: Sequence[Token], after: Sequence[Token], edge: float) -> bool:
    """Whether a word alone in its line fills the column to its edge, and a few small letters stand under it."""
    word, rest = before[-1], after[0].text.strip(",")
    full = len(before) == 1 and word.text.isalpha() and edge - word.box.x1 < word.box.width / len(word.text)
    return full and rest.isalpha() and rest.islower() and len(rest) <= _PIECE and rest not in _SHORT_WORDS


def _unbroken(written: Written, areas: Sequence[Area], edge: float) -> Written:
    """What a file states in a cell, words whole that its narrow column broke."""
    rows = [row for area in areas for row in rows_of(area.tokens)]
    if written.source is Source.OCR or len(rows) != len(written.rows):
        return written
    out = list(written.rows[:1])
    for before, after, text in zip(rows, rows[1:], written.rows[1:], strict=False):
        out = [*out[:-1], out[-1] + text] if _breaks_word(before, after, edge) else [*out, text]
    return replace(written, rows=tuple(out))


def _joint(question: Question, record: Record) -> str | None:
    """The column in which both ends of a period stand: one of them has none, or its heading was lost."""
    ends = [column.key for column in question.columns[:2] if column.key in record.entries]
    return ends[0] if len(ends) == 1 and ends[0] in (_FROM, _TO) else None


def _period(question: Question, written: Written) -> tuple[Row, float]:
    """Both ends of a period, and how sure they are."""
    start, end = values.split_period(written.text)
    row: Row = {
        column.key: cell_value(column, text) for column, text in zip(question.columns, (start, end), strict=False)
    }
    whole = values.parse_month(start) and (values.parse_month(end) or values.is_ongoing(end))
    return row, min(written.chance, CALIBRATION.differing if whole else CALIBRATION.unfit)


def _areas(record: Record, key: str) -> list[Area]:
    """The places of a table cell, on the next sheet too where a page break parted its row."""
    parts = [(part.page, part.entries[key]) for part in (record, record.rest) if part and key in part.entries]
    return [Area(page, entry.tokens, (entry.box,) if entry.box else (), entry.box is not None) for page, entry in parts]


def _cell_chance(written: Written, value: Value, kind: AnswerKind) -> float:
    if kind is AnswerKind.PARTIAL_DATE and isinstance(value, str) and not re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return min(written.chance, CALIBRATION.unfit)
    if written.second is not None and kind is AnswerKind.PARTIAL_DATE and values.parse_month(written.second) == value:
        return max(written.chance, CALIBRATION.value_identical)
    return written.chance


def _spanning(cells: Sequence[Written]) -> Written:
    """Where a list stands: its first sheet, and there all its cells."""
    first = cells[0] if cells else Written()
    box = first.box
    for cell in cells:
        if cell.box and box and (cell.file, cell.page) == (first.file, first.page):
            box = box.union(cell.box)
    return Written(first.rows, None, first.chance, first.file, first.page, box, first.source)


def _blank(question: Question, areas: Sequence[Area], scribe: Scribe, trust: float, blank: Sequence[Record]) -> Field:
    """A table without a filled row; a word of denial may stand beside its columns."""
    for area in areas:
        if area.tokens:
            written = scribe.area([Area(area.page, area.tokens, (), False)])
            denied = values.is_denial(written.text, question.wordings)
            return list_field(
                NONE if denied else None, written.text, written.chance if denied else CALIBRATION.unfit, written
            )
    if dashed := next((record for record in blank if _is_dashed(record)), None):
        whole = Area(dashed.page, (), tuple(e.box for e in dashed.entries.values() if e.box), True)
        return list_field(NONE, "-", CALIBRATION.dash_in_cell * trust, scribe.area([whole]))
    last = areas[-1]
    bottom = heading_bottom(last.page, question)
    free = [Box(b.x0, max(b.y0, bottom + 0.002), b.x1, b.y1) for b in last.boxes if b.y1 > bottom + 0.01]
    ruled = [entry.box for record in blank for entry in record.entries.values() if entry.box]
    written = scribe.area([Area(last.page, (), tuple(ruled or free), bool(ruled), last.doubtful)])
    if written.rows:
        return list_field(None, written.text, CALIBRATION.unfit, written)
    return list_field(None, "", written.chance * trust, written)


def _is_dashed(record: Record) -> bool:
    """Whether dashes that no engine reads stand in several cells of a row, and nothing else in it."""
    boxes = [entry.box for entry in record.entries.values() if entry.box]
    printed = record.page.print_boxes
    dashes = [ink.only_dash(record.page.read, [box], printed) for box in boxes]
    inked = [ink.is_inked(record.page.read, [box], printed) for box in boxes]
    return len(list(filter(None, dashes))) >= 2 and all(d or not i for d, i in zip(dashes, inked, strict=True))


def _from_text(question: Question, areas: Sequence[Area], scribe: Scribe, trust: float) -> Field:
    """A table question answered without a table: one record per row that begins with a period or a number."""
    written = scribe.area(areas)
    text = written.text
    if not text:
        return list_field(None, "", written.chance * trust * 0.9, written)
    if values.is_denial(text, question.wordings):
        return list_field(NONE, text, written.chance * trust, written)
    rows = [_told(question, row) for row in _told_rows(written.rows)]
    return list_field([*rows], "\n".join(written.rows), min(written.chance * trust, 0.5), written)


def _told_rows(rows: Sequence[str]) -> list[str]:
    out: list[str] = []
    for row in rows:
        begins = re.match(r"\s*(?:\d{1,2}[).]\s+|[-–•*]\s+|(?:\d{1,2}[./])?(?:19|20)\d{2}|[^\W\d_]+\s*[-–:])", row)
        if begins or not out or out[-1].endswith((";", ".")):
            out.append(row)
        else:
            out[-1] = f"{out[-1]} {row}"
    return [re.sub(r"^\s*(?:\d{1,2}[).]\s+|[-–•*]\s+)", "", row).strip(" ;") for row in out]


def _told(question: Question, row: str) -> Row:
    """A record told in one line: a period first where the table has one, then its other columns by commas."""
    columns = list(question.columns)
    out: Row = {column.key: None for column in columns}
    rest = row
    if [c.key for c in columns[:2]] == ["from", "to"]:
        period = re.match(r"[^,;:]*?(?:19|20)\d{2}[^,;:]*", row)
        if period:
            start, end = values.split_period(period.group())
            out["from"], out["to"] = cell_value(columns[0], start), cell_value(columns[1], end)
            rest = row[period.end() :].strip(" ,;:–-")
        columns = columns[2:]
    pieces = [piece.strip() for piece in re.split(r"\s*[;|]\s*|\s+[–—-]\s+", rest) if piece.strip()]
    if len(pieces) < len(columns):
        pieces = [piece.strip() for piece in rest.split(",", len(columns) - 1)]
    out.update({c.key: cell_value(c, piece) for c, piece in zip(columns, pieces, strict=False)})
    return out
