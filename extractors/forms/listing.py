"""Table questions: from records on one or more sheets to one list field."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors import values
from extractors.forms.answers import absent, cell_value, list_field
from extractors.forms.confidence import CALIBRATION, of_print
from extractors.forms.grids import Columns, Record, columns_under, is_blank, records_on
from extractors.forms.pages import Area, FormPage
from extractors.forms.tokens import Token, text_of
from extractors.forms.written import Scribe, Written
from models.catalogue import AnswerKind, Question
from models.document import NONE, Field, Value

Row = dict[str, Value]


def read_list(question: Question, areas: Sequence[Area], scribe: Scribe) -> Field:
    """The list field of a table question; ``areas`` are its places on the sheets it covers, in order."""
    if not areas:
        return absent()
    first = areas[0]
    trust = of_print(first.page.questions[question.number].coverage)
    columns = columns_under(first.page, question)
    if columns is None:
        return _from_text(question, areas, scribe, trust)
    records = [record for area in areas for record in _records(question, area, first.page, columns)]
    filled = [record for record in records if not is_blank(record)]
    if not filled:
        return _blank(question, first, columns, scribe, trust, bool(records))
    if _denies([t for record in filled for t in record.tokens], question):
        written = scribe.area([Area(first.page, tuple(filled[0].tokens), (), False)])
        return list_field(NONE, written.text, written.chance * trust, written)
    return _listed(question, filled, scribe, trust)


def _records(question: Question, area: Area, first: FormPage, columns: Columns) -> list[Record]:
    """The records on one sheet; on a later one the columns are where they were, unless headings are repeated."""
    page = area.page
    if page is first:
        top, bottom = columns.bottom, _end(page, question)
        return records_on(page, columns, area.tokens, top, bottom)
    return records_on(
        page, columns, area.tokens, 0.0, min([page.top(s) for s in page.stops], default=1.0) - page.text.height
    )


def _end(page: FormPage, question: Question) -> float:
    return min(page.window(page.questions[question.number])[1], page.office_from)


def _denies(tokens: Sequence[Token], question: Question) -> bool:
    text = text_of(tokens)
    words = [w for w in text.split() if not values.is_dash(w)]
    return not words or values.is_denial(" ".join(words), question.wordings)


def _listed(question: Question, records: Sequence[Record], scribe: Scribe, trust: float) -> Field:
    rows: list[Row] = []
    raws: list[str] = []
    cells: list[Written] = []
    chance = trust
    for record in records:
        row, written, row_chance = _row(question, record, scribe)
        rows.append(row)
        cells += written
        chance *= row_chance
        raws.append(" | ".join(w.text for w in written))
    return list_field([*rows], "\n".join(raws), chance, _spanning(cells))


def _row(question: Question, record: Record, scribe: Scribe) -> tuple[Row, list[Written], float]:
    row: Row = {}
    cells: list[Written] = []
    chance = 1.0
    for column in question.columns:
        entry = record.entries.get(column.key)
        if entry is None or (not entry.tokens and entry.box is None):
            row[column.key] = None
            continue
        written = scribe.tokens(record.page, entry.tokens, entry.box)
        row[column.key] = cell_value(column, written.text)
        chance *= _cell_chance(written, row[column.key], column.kind)
        if written.rows:
            cells.append(written)
    return row, cells, chance


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


def _blank(question: Question, area: Area, columns: Columns, scribe: Scribe, trust: float, ruled: bool) -> Field:
    """A table without a filled row; a word of denial may stand beside its columns."""
    below = [t for t in area.tokens if t.box.centre[1] > columns.bottom]
    if below and _denies(below, question):
        written = scribe.area([Area(area.page, tuple(below), (), False)])
        return list_field(NONE, written.text, written.chance * trust, written)
    places = tuple(box for box in area.boxes if box.y0 >= columns.bottom - 0.01)
    written = scribe.area([Area(area.page, (), places, ruled)])
    if written.rows:
        return list_field(None, written.text, CALIBRATION.unfit, written)
    return list_field(None, "", written.chance * trust, written)


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
