"""Answers typed into form fields that say themselves which question they belong to.

The fields of our own blank form bear the keys of its description, so that nothing need be recognised however the pages
look; those of other makers may bear a telling name or tooltip.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from extractors import values
from extractors.forms.answers import answer_fields, cell_value, list_field, single
from extractors.forms.confidence import CALIBRATION
from extractors.forms.written import Written
from extractors.shapes import ReadSheet
from models import azerbaijani as az
from models.catalogue import AnswerKind, FormDescription, Part, Question
from models.document import NONE, Field, Value
from models.sheet import FormValue, Sheet, Source

_SIGNED_ON = Part("signed_on", AnswerKind.DATE)

Entries = Mapping[str, tuple[Sheet, FormValue]]


def entered_fields(sheets: Sequence[ReadSheet], form: FormDescription) -> dict[str, Field]:
    """The answers that stand in the fields of our own blank form, filled in with any program; what was left empty is
    not among them. Nothing for all other files."""
    entries: Entries = {
        value.name: (read.sheet, value) for read in sheets for value in read.sheet.form_values if value.name
    }
    plain = [question for question in form.questions if question.parts and not question.columns]
    if not plain or any(part.key not in entries for question in plain for part in question.parts):
        return {}
    fields: dict[str, Field] = {}
    for question in plain:
        fields.update(_answers(question, entries))
    for question in form.questions:
        if question.columns and (field := _table(question, entries)):
            fields[question.parts[0].key] = field
    if form.signature_labels and (written := _written("signed_on", entries)):
        fields["signed_on"] = single(_SIGNED_ON, Question("", ()), written, 1.0)
    return fields


def _answers(question: Question, entries: Entries) -> dict[str, Field]:
    """The answers to one question. Where a required one of several is empty, the whole may stand in another's field
    ("Əliyev Əli İlqar oğlu" in that of the surname), which is for the reader of places to part."""
    written = {part.key: _written(part.key, entries) for part in question.parts}
    first = written[question.parts[0].key]
    if len(question.parts) == 1:
        return answer_fields(question, first, 1.0) if first else {}
    if any(part.required and not written[part.key] for part in question.parts):
        return {}
    return {part.key: single(part, question, found, 1.0) for part in question.parts if (found := written[part.key])}


def _table(question: Question, entries: Entries) -> Field | None:
    """The list of a table question from the rows that hold anything; None where none does."""
    key = question.parts[0].key
    rows: dict[int, dict[str, Written]] = {}
    for name in entries:
        found = re.fullmatch(rf"{key}_(\d+)_(\w+)", name)
        if found and (written := _written(name, entries)):
            rows.setdefault(int(found[1]), {})[found[2]] = written
    if not rows:
        return None
    first = next(iter(rows[min(rows)].values()))
    words = " ".join(cell.text for row in rows.values() for cell in row.values() if not values.is_dash(cell.text))
    if not words or values.is_denial(words, question.wordings):
        return list_field(NONE, words or first.text, CALIBRATION.stated, first)
    told: list[dict[str, Any]] = [
        {c.key: _cell(question, c.key, row.get(c.key)) for c in question.columns} for _, row in sorted(rows.items())
    ]
    raw = "\n".join(" | ".join(cell.text for cell in row.values()) for _, row in sorted(rows.items()))
    return list_field(told, raw, CALIBRATION.stated, first)


def _cell(question: Question, key: str, written: Written | None) -> Value:
    column = next(each for each in question.columns if each.key == key)
    return cell_value(column, written.text) if written else None


def _written(name: str, entries: Entries) -> Written | None:
    """What stands in a field; None where it is empty."""
    sheet, value = entries.get(name, (None, None))
    if sheet is None or value is None or (values.is_hollow(value.value) and not values.is_dash(value.value)):
        return None
    return _entry(sheet, value)


def _entry(sheet: Sheet, value: FormValue) -> Written:
    return Written(
        tuple(value.value.splitlines()), None, CALIBRATION.stated, sheet.file, sheet.page, sheet.on_page(value.box),
        Source.FORM_FIELD,
    )  # fmt: skip


# --- forms of other makers -------------------------------------------------------------------------------------------


def labelled_fields(sheets: Sequence[ReadSheet], form: FormDescription, found: Mapping[str, Field]) -> dict[str, Field]:
    """Answers that were not found by their places but stand in a field whose tooltip or name is what exactly one part
    of the form is called, as in forms whose print is a picture that nobody can read."""
    called: dict[str, list[tuple[Question, Part]]] = {}
    for question in form.questions:
        for part in () if question.columns else question.parts:
            for words in _names_of(question, part):
                called.setdefault(words, []).append((question, part))
    told: dict[str, list[Field]] = {}
    for read in sheets:
        for value in read.sheet.form_values:
            by_tooltip, by_name = called.get(az.fold(value.tooltip), ()), called.get(_words_of(value.name), ())
            meant, trust = (by_tooltip, CALIBRATION.folded) if by_tooltip else (by_name, CALIBRATION.close)
            if len(meant) == 1 and _tells(value.value, meant[0][1]):
                question, part = meant[0]
                told.setdefault(part.key, []).append(single(part, question, _entry(read.sheet, value), trust))
    missing = {key for key in told if key not in found or found[key].value is None}
    return {key: told[key][0] for key in missing if len(told[key]) == 1}


def _tells(entered: str, part: Part) -> bool:
    """Whether anything was entered; a tick alone answers a question of yes and no only."""
    if part.kind is AnswerKind.BOOLEAN:
        return not values.is_hollow(entered)
    return values.is_dash(entered) or any(map(str.isalnum, entered))


def _names_of(question: Question, part: Part) -> set[str]:
    """What a part may be called, folded; the whole question only where it asks for nothing else."""
    whole = question.wordings if len(question.parts) == 1 else ()
    numbered = [f"{question.number} {wording}" for wording in whole]
    names = {az.fold(text) for text in (part.key.replace("_", " "), part.name, part.name_en, *part.labels, *whole)}
    return (names | {az.fold(text) for text in numbered}) - {""}


def _words_of(name: str) -> str:
    """The last part of a field's name as words: "form1[0].page1[0].BirthDate[0]" is "birth date"."""
    last = re.sub(r"\[\d+\]", "", name).rpartition(".")[2]
    return az.fold(re.sub(r"(?<=[a-zəğıöüçş])(?=[A-ZƏĞİÖÜÇŞ])", " ", last).replace("_", " "))
