"""A list written as blocks of labels with answers, one block for each of its records, instead of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractors import values
from extractors.forms.answers import cell_value, list_field
from extractors.forms.confidence import CALIBRATION
from extractors.forms.labels import column_of
from extractors.forms.pages import Area, FormPage
from extractors.forms.scribe import Scribe
from extractors.forms.ticks import offers_options, ticked
from extractors.forms.written import Written
from models.catalogue import Column, Question
from models.document import NONE, Field, Value

_SEX = "sex"

Block = dict[str, Area]


def has_blocks(question: Question, pages: Sequence[FormPage]) -> bool:
    """Whether labels of a list's records stand on any sheet."""
    return any(page.entries(question.number) for page in pages)


def read_blocks(question: Question, pages: Sequence[FormPage], scribe: Scribe) -> Field:
    """The list field of a question whose records are blocks; a block may go on on the next sheet."""
    rows: list[Mapping[str, Value]] = []
    cells: list[Written] = []
    chance, certainly_empty = 1.0, 1.0
    for block in _blocks(question, pages):
        row, written, sure = _record(question, block, scribe)
        if not written:
            certainly_empty = min(certainly_empty, sure)
            continue
        rows.append(row)
        cells += written
        chance *= sure
    raw = " | ".join(cell.text for cell in cells)
    if not rows:
        return list_field(None, "", certainly_empty, Written())
    if all(values.is_denial(cell.text, question.wordings) or values.is_dash(cell.text) for cell in cells):
        return list_field(NONE, raw, chance, cells[0])
    return list_field([dict(row) for row in rows], raw, chance, cells[0])


def _blocks(question: Question, pages: Sequence[FormPage]) -> list[Block]:
    """The places of answers block by block: one begins where a label comes again."""
    out: list[Block] = []
    for page in pages:
        for entry in page.entries(question.number):
            key = column_of(entry)
            if not out or key in out[-1]:
                out.append({})
            out[-1][key] = page.area_of(entry)
    return out


def _record(question: Question, block: Block, scribe: Scribe) -> tuple[Mapping[str, Value], list[Written], float]:
    """A record, its answered places, and how sure all of it is."""
    row: dict[str, Value] = {}
    cells: list[Written] = []
    chance = 1.0
    for column in question.columns:
        area = block.get(column.key)
        if area is None:
            row[column.key] = None
            chance *= CALIBRATION.vague_print
            continue
        written = scribe.area([area])
        row[column.key], sure = entry_value(column, written, area)
        chance *= sure
        if written.rows and (row[column.key] is not None or column.key != _SEX):
            cells.append(written)
    return row, cells, chance


def entry_value(column: Column, written: Written, area: Area) -> tuple[str | None, float]:
    """What stands in one place of a list, and how sure that is; sex may be ticked among its printed options."""
    if column.key == _SEX and offers_options(area, values.SEX_WORDS):
        option = ticked(area, values.SEX_WORDS)
        return option, CALIBRATION.folded if option else CALIBRATION.unfit
    return cell_value(column, written.text), written.chance
