"""From what was written under a question to the fields it asks for (fields.md)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from extractors import values
from extractors.forms.confidence import CALIBRATION, is_odd
from extractors.forms.names import PersonName, split_name
from extractors.forms.written import Written, of_words
from extractors.values import Precision
from models.catalogue import AnswerKind, Column, Part, Question
from models.document import NONE, Field, Value
from models.sheet import Source

#: Without which a value is only a piece of what was asked for, or written in a way that nobody knows.
_SIGN = {AnswerKind.PHONE: "+", AnswerKind.EMAIL: "@"}
_FIRM = (AnswerKind.DATE, AnswerKind.PARTIAL_DATE, AnswerKind.CHOICE, AnswerKind.PHONES, AnswerKind.PHONE,
         AnswerKind.INTEGER, AnswerKind.EMAIL, AnswerKind.BOOLEAN)  # fmt: skip


def answer_fields(question: Question, written: Written, trust: float) -> dict[str, Field]:
    """The fields of a question that is no table. ``trust`` is how sure it is that the question is this one."""
    parts = question.parts
    if parts[0].key == "passport":
        return {"passport": _passport(written, trust)}
    if len(parts) == 1:
        return {parts[0].key: single(parts[0], question, written, trust)}
    kinds = {part.kind for part in parts}
    if AnswerKind.NAME in kinds:
        return _names(question, written, trust)
    if AnswerKind.PHONES in kinds:
        return _address(question, written, trust)
    return _labelled(question, written, trust)


def single(part: Part, question: Question, written: Written, trust: float) -> Field:
    """One part that the whole answer belongs to."""
    raw = written.text
    if not raw:
        return _field(None, "", written.chance * trust, written)
    value = normalised(raw, part, question.wordings)
    return _field(value, raw, _chance(part, value, written, question.wordings) * trust, written)


def normalised(raw: str, part: Part, topic: Sequence[str]) -> Value:
    """An answer as a value of its kind; None where it is none."""
    if part.denial is not None and values.is_denial(raw, topic):
        return part.denial
    if part.kind is AnswerKind.CHOICE:
        return _choice(raw, part)
    return _BY_KIND.get(part.kind, _text)(raw)


def _text(raw: str) -> Value:
    return raw


def _day(raw: str) -> Value:
    value, precision = values.parse_date(raw)
    return value if precision is Precision.DAY else None


def _partial(raw: str) -> Value:
    """A date as exact as written; "born here" and other words without any date stay an answer."""
    value, precision = values.parse_date(raw)
    if precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        return value
    return None if precision is Precision.IMPOSSIBLE or any(c.isdigit() for c in raw) else raw


def _choice(raw: str, part: Part) -> Value:
    if {"married", "single"} <= set(part.choices):
        return values.marital_status(raw, part.choices)
    if {"male", "female"} <= set(part.choices):
        return values.sex(raw, part.choices)
    return values.choose(raw, part.choices)


def _phones(raw: str) -> Value:
    return [*values.phones(raw)] or None


def _phone(raw: str) -> Value:
    return next(iter(values.phones(raw)), raw)


def _email(raw: str) -> Value:
    joined = "".join(raw.split())
    return joined if values.email(joined) == joined else values.email(raw) or raw


_BY_KIND: Mapping[AnswerKind, Callable[[str], Value]] = {
    AnswerKind.DATE: _day,
    AnswerKind.PARTIAL_DATE: _partial,
    AnswerKind.CITIZENSHIP: values.citizenship,
    AnswerKind.PHONES: _phones,
    AnswerKind.PHONE: _phone,
    AnswerKind.INTEGER: values.integer,
    AnswerKind.EMAIL: _email,
    AnswerKind.BOOLEAN: values.boolean,
}


def _chance(part: Part, value: Value, written: Written, topic: Sequence[str]) -> float:
    """How sure a value is: two readings that mean the same are worth more than letters that differ."""
    chance = written.chance
    if written.second is not None and normalised(written.second, part, topic) == value:
        firm = part.kind in _FIRM or value == NONE
        chance = max(chance, CALIBRATION.value_identical if firm and value is not None else 0.0)
    if (sign := _SIGN.get(part.kind)) and sign not in str(value) and not values.is_denial(written.text, topic):
        return min(chance, CALIBRATION.close)
    if value is None:
        impossible = values.parse_date(written.text)[1] is Precision.IMPOSSIBLE
        return chance if impossible else min(chance, CALIBRATION.unfit)
    return chance


def _names(question: Question, written: Written, trust: float) -> dict[str, Field]:
    """Surname, given name, patronymic and former names out of one answer."""
    person = split_name(written.rows)
    second = split_name([written.second]) if written.second else None
    empty = not written.rows
    out: dict[str, Field] = {}
    for part in question.parts:
        value = getattr(person, part.key, None)
        if part.key in ("patronymic", "former_names") and value is None and not empty:
            chance = max(written.chance, 0.9) * person.certainty
        else:
            chance = _name_chance(part.key, value, written, second) * (1.0 if empty else person.certainty)
        out[part.key] = _field(value, value or "", chance * trust, written)
    return out


def _name_chance(key: str, value: str | None, written: Written, second: PersonName | None) -> float:
    """What is written elsewhere in the answer does not make this part of the name less sure."""
    if second is not None and value is not None and getattr(second, key) == value:
        return max(written.chance, CALIBRATION.identical)
    own = of_words(value, written) * CALIBRATION.unbounded if value is not None else 0.0
    return max(written.chance, own)


_SERIES = re.compile(r"\b(?!\d{1,2}[./]\d)(?:[A-ZƏÇŞÜÖĞİ]{1,4}[\s\-]?)?(?:№|No\.?|N)?\s?\d{6,9}\b")


def _passport(written: Written, trust: float) -> Field:
    """Series and number, authority and day of issue out of one line (Annex 2, 14)."""
    text = written.text
    if not text or values.is_denial(text):
        return _field(NONE if text else None, text, written.chance * trust, written)
    number = _SERIES.search(text)
    issued_on, precision = values.parse_date(text.replace(number.group(), " ", 1) if number else text)
    rest = text.replace(number.group(), " ", 1) if number else text
    rest = re.sub(
        r"[«\"“]?\d{1,2}[»\"”]?[./\s-]+(?:\d{1,2}|[^\W\d_]+)[./\s-]+\d{4}(?:\s?-?\s?c[iıuü]\s+il\w*)?", " ", rest
    )
    rest = re.sub(
        r"\b(?:tərəfindən|verilmişdir|verilib|verilmiş|tarixdə|tarixində|seriyalı|nömrəli|seriya|pasport)\b", " ", rest
    )
    value = {
        "series_number": values.squeeze(number.group()) if number else None,
        "issued_by": values.squeeze(re.sub(r"\s+([,;.])", r"\1", rest)).strip(" ,;.:№-") or None,
        "issued_on": issued_on if precision is Precision.DAY else None,
    }
    known = sum(item is not None for item in value.values())
    return _field(value, text, written.chance * trust * (1.0 if known == 3 else 0.6), written)


_TELEPHONE = re.compile(r"\+\d|\b(?:tel|mob)\b|\d{3}[- ]\d\d[- ]\d\d", re.IGNORECASE)  # of a number left over


def _address(question: Question, written: Written, trust: float) -> dict[str, Field]:
    """A text and the phone numbers that stand in it."""
    rest, spans = values.split_phones(written.text)
    second = values.split_phones(written.second) if written.second is not None else None
    out: dict[str, Field] = {}
    for part in question.parts:
        if part.kind is AnswerKind.PHONES:
            numbers = list(dict.fromkeys(span.number for span in spans))
            agreed = second is not None and [s.number for s in second[1]] == [s.number for s in spans]
            agreed = agreed and (bool(numbers) or written.chance >= CALIBRATION.no_number)
            chance = max(written.chance, CALIBRATION.value_identical) if agreed else written.chance
            if any(not span.valid for span in spans) or _TELEPHONE.search(rest):
                chance = min(chance, CALIBRATION.close)
            if not set(numbers) <= {number for row in written.rows for number in values.phones(row)}:
                chance = min(chance, CALIBRATION.differing)  # a number over two rows may lack what stood between them
            raw = ", ".join(written.text[s.start : s.end] for s in spans)
            out[part.key] = _field(numbers or None, raw, chance * trust, written)
        else:
            own = without_labels(rest, part.labels)
            agreed = second is not None and without_labels(second[0], part.labels) == own
            chance = (
                max(written.chance, CALIBRATION.identical) if agreed and own and not is_odd(own) else written.chance
            )
            if _TELEPHONE.search(own):
                chance = min(chance, CALIBRATION.close)
            out[part.key] = replace(single(part, question, replace(written, rows=(own,) if own else ()), trust),
                                    confidence=round(chance * trust, 4))  # fmt: skip
    return out


def without_labels(text: str, labels: Sequence[str]) -> str:
    """An answer without the label that was typed before it ("Ünvan: ...")."""
    for label in sorted(labels, key=len, reverse=True):
        head, mark, tail = text.partition(":")
        if mark and values.squeeze(head).casefold() == label.casefold():
            return tail.strip()
    return text


def _labelled(question: Question, written: Written, trust: float) -> dict[str, Field]:
    """Parts told apart by the labels before them; without labels the whole answer is the first part's."""
    text = written.text
    places = sorted(
        (at, at + len(label), part)
        for part in question.parts
        for label in part.labels
        if (at := text.casefold().find(label.casefold())) >= 0
    ) if text else []  # fmt: skip
    pieces: dict[str, str] = {}
    for i, (_, end, part) in enumerate(places):
        until = places[i + 1][0] if i + 1 < len(places) else len(text)
        pieces.setdefault(part.key, text[end:until].strip(" :,;–-"))
    if not pieces and question.parts:
        pieces[question.parts[0].key] = text
    return {part.key: single(part, question, replace(written, rows=(piece,) if (piece := pieces.get(part.key)) else ()),
                             trust if places else trust * 0.8) for part in question.parts}  # fmt: skip


def cell_value(column: Column, raw: str) -> str | None:
    """A table cell: dates of periods by month, an empty cell or a dash is None."""
    text = values.squeeze(raw)
    if not text or values.is_hollow(text) or values.is_dash(text):
        return None
    if column.key == "sex":
        return values.sex(text) or text
    if column.kind not in (AnswerKind.PARTIAL_DATE, AnswerKind.DATE):
        return text
    if column.key == "to" and values.is_ongoing(text):
        return None
    if column.key in ("from", "to"):
        return values.parse_month(text) or text
    return values.parse_date(text)[0] or text


def list_field(value: list[dict[str, Any]] | str | None, raw: str, chance: float, written: Written) -> Field:
    """The field of a table question."""
    return _field(value, raw, chance, written)


def _field(value: Value, raw: str, chance: float, written: Written) -> Field:
    return Field(
        value, raw, round(min(max(chance, 0.0), 1.0), 4), written.file, written.page, written.box, written.source
    )


def flag(value: bool | None, chance: float, written: Written) -> Field:
    """The field of something that is there or not."""
    return _field(value, "", chance, written)


def ticked_field(value: str | bool | None, written: Written, trust: float) -> Field:
    """The field of a choice whose options stand printed; no clear tick among them is no certain emptiness."""
    known = value is not None
    chance = CALIBRATION.folded if known else CALIBRATION.unfit
    return _field(value, written.text if known else "", chance * trust, written)


def absent(chance: float = CALIBRATION.absent, source: Source = Source.OCR) -> Field:
    """The field of a question that was not found."""
    return Field(None, "", chance, source=source)
