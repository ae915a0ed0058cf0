"""What a clerk typed becomes a field's value, by the kind of answer that the catalogue names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from extractors import values
from models.catalogue import AnswerKind, Catalogue, Part, Question
from models.document import NONE, Document, Field, Value

_DATES = frozenset({"date", "birth_date", "issue_date", "expiry_date", "signed_on", "entry_date"})
_NUMBERS = frozenset({"amount"})


class WrongValue(ValueError):
    """The text does not fit the field."""


@dataclass(frozen=True, slots=True)
class Editor:
    """How one field is edited: as ``text``, ``date``, ``choice``, ``boolean``, ``number``, ``phones`` or ``rows``."""

    key: str
    kind: str
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    denial: bool = False


def editors(document: Document, catalogue: Catalogue) -> list[Editor]:
    """The fields of a document in the order of its form, else as they were read."""
    form = catalogue.forms.get(document.type)
    if form is None:
        return [_plain(key, field) for key, field in document.fields.items()]
    asked = [_asked(part, question) for question in form.questions for part in question.parts]
    asked += [Editor(key, "text") for key in sorted(_data(document.type, catalogue))]
    known = {each.key for each in asked}
    return asked + [_plain(key, field) for key, field in document.fields.items() if key not in known]


def _data(form: str, catalogue: Catalogue) -> set[str]:
    """What procedures ask for beside the questions of their form: a clerk may find it in the letter or on a card."""
    procedures = [each for each in catalogue.procedures.values() if each.form == form]
    return {need.datum for procedure in procedures for need in procedure.requirements if need.datum}


def parsed(editor: Editor, form: Mapping[str, str]) -> Value:
    """The value that a submitted form holds for a field. Raises WrongValue."""
    if form.get("denies"):
        return NONE
    if editor.kind == "rows":
        return _rows(editor, form)
    text = values.squeeze(form.get("value", ""))
    if not text:
        return None
    return _single(editor, text)


def _single(editor: Editor, text: str) -> Value:
    found: Value
    match editor.kind:
        case "date":
            found = values.parse_date(text)[0]
        case "boolean":
            found = {"true": True, "false": False}.get(text)
        case "number":
            amount = values.amount(text)
            found = _number(amount) if amount is not None else None
        case "phones":
            found = list(values.phones(text)) or None
        case "choice":
            found = text if text in editor.choices else None
        case _:
            found = text
    if found is None:
        raise WrongValue(editor.key)
    return found


def _rows(editor: Editor, form: Mapping[str, str]) -> Value:
    rows = []
    for number in range(200):
        cells = {column: values.squeeze(form.get(f"{number}.{column}", "")) or None for column in editor.columns}
        if any(cells.values()):
            rows.append(cells)
    return rows or None


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _asked(part: Part, question: Question) -> Editor:
    if question.columns:
        return Editor(part.key, "rows", columns=tuple(each.key for each in question.columns), denial=True)
    kinds = {
        AnswerKind.DATE: "date",
        AnswerKind.PARTIAL_DATE: "date",
        AnswerKind.CHOICE: "choice",
        AnswerKind.PHONES: "phones",
        AnswerKind.BOOLEAN: "boolean",
        AnswerKind.INTEGER: "number",
    }
    return Editor(part.key, kinds.get(part.kind, "text"), choices=tuple(part.choices), denial=part.denial is not None)


def _plain(key: str, field: Field) -> Editor:
    if isinstance(field.value, bool) or key.endswith(("_present", "_valid")):
        return Editor(key, "boolean")
    if key in _DATES:
        return Editor(key, "date")
    return Editor(key, "number" if key in _NUMBERS else "text")
