"""Proofs of payment of any design: bank slips, payment orders, terminal and internet receipts.

Which sum, account and VÖEN is meant is settled by the label beside it and by whose part of the paper it stands in
(payer, recipient, bank).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.papers.columns import in_columns
from extractors.papers.dates import day_in, find_day
from extractors.papers.labels import (
    AGREED,
    Hit,
    Said,
    confirmed_as,
    confirmed_name,
    find_labels,
    has_digit,
    said,
    values,
    with_next_line,
)
from extractors.papers.people import ends_a_name, find_known, find_person
from extractors.papers.receipt_labels import LABELS
from extractors.papers.requisites import budget_code, recipients_account, recipients_voen
from extractors.papers.sums import paid_amount
from extractors.shapes import ReadSheet, RegionReader
from models.azerbaijani import fold
from models.document import Field

_NO_NAME = 0.5  # how sure a payer is who is not written with capitals
_SURE = 0.9  # of the sum: below it the columns of the paper are read apart
#: A sign alone may be a letter misread; beside a digit it is money.
_CURRENCIES = (
    ("AZN", r"\bazn\b|manat|₼|\bman\b|qəpik|манат"),
    ("USD", r"\busd\b|dollar|\$\s?\d|\d\s?\$"),
    ("EUR", r"\beur\b|€\s?\d|\d\s?€"),
    ("RUB", r"\brub\b|руб"),
)


def read_receipt(sheets: Sequence[ReadSheet], reader: RegionReader, known: Sequence[str] = ()) -> dict[str, Field]:
    """``amount``, ``currency``, ``payer``, ``date``, ``account``, ``voen``, ``budget_code``, ``purpose``; what is not
    shown has value None. ``known`` are people who may have paid, surname and given name first."""
    fields = _fields(sheets, reader, known)
    if fields["amount"].confidence >= _SURE:
        return fields
    parted = [in_columns(on, reader) for on in sheets]
    if all(on is as_before for on, as_before in zip(parted, sheets, strict=True)):
        return fields
    again = _fields(parted, reader, known)
    return {key: max(fields[key], again[key], key=lambda field: field.confidence) for key in fields}


def _fields(sheets: Sequence[ReadSheet], reader: RegionReader, known: Sequence[str]) -> dict[str, Field]:
    hits = find_labels(sheets, LABELS)
    text = "\n".join(on.sheet.text for on in sheets)
    fields = {
        "amount": paid_amount(sheets, hits, text, reader),
        "currency": _currency(sheets, text),
        "payer": _payer(sheets, hits, reader, known),
        "date": _date(sheets, hits, reader),
        "account": recipients_account(sheets, hits, reader),
        "voen": recipients_voen(sheets, hits, reader),
        "budget_code": budget_code(sheets, hits, reader),
        "purpose": _purpose(hits),
    }
    return {key: found or Field(None) for key, found in fields.items()}


def _currency(sheets: Sequence[ReadSheet], text: str) -> Field | None:
    lowered = text.lower()
    named = [(code, pattern, match) for code, pattern in _CURRENCIES if (match := re.search(pattern, lowered))]
    if not named:
        return None
    code, pattern, match = named[0]
    line = _line_with(sheets, pattern)
    if line and len(named) == 1 and len(match.group()) > 1:  # nothing is misread into the name of a currency
        line = replace(line, confidence=max(line.confidence, AGREED))
    return line.field(code, raw=match.group()) if line else None


def _line_with(sheets: Iterable[ReadSheet], pattern: str) -> Said | None:
    found = (said(on, line) for on in sheets for line in on.sheet.lines if re.search(pattern, line.text.lower()))
    return next(found, None)


#: First words of labels that stand behind a name in its row; their other words follow below.
_NEXT_LABELS = ("alanin", "alan", "benefisiarin", "benefisiar", "odeyenin", "odeyicinin", "vesaiti", "bankin", "bank")


def _payer(
    sheets: Sequence[ReadSheet], hits: Sequence[Hit], reader: RegionReader, known: Sequence[str]
) -> Field | None:
    labelled = _labelled_payer(hits)
    if labelled is None:
        return _payer_in_prose(sheets, known)
    value, sure = labelled
    seen = confirmed_name(value, reader)
    own = find_known(seen.text, known) or find_known(value.text, known)
    if own is None:
        return seen.field(seen.text, sure=sure, raw=value.line.text)
    agreed = max(seen.confidence, AGREED) if own.name in seen.text else seen.confidence
    return replace(seen, confidence=agreed).field(own.name, sure=own.confidence, raw=value.line.text)


def _labelled_payer(hits: Sequence[Hit]) -> tuple[Said, float] | None:
    """The name beside a label, and how sure it is that it is the payer's whole name and nothing else."""
    for key in ("payer", "name"):
        for value in (with_next_line(each, ends_a_name) for each in values(hits, key)):
            told = value.text.rpartition(":")[2]  # what stands before a colon is a label that is not known
            words = [word for word in re.split(r"[\s,;]+", told) if word]
            while words and fold(words[-1]).strip(".:") in _NEXT_LABELS:
                words.pop()
            name = " ".join(word for word in words if not any(c.isdigit() for c in word)).strip(" .,:;-")
            if sum(c.isalpha() for c in name) >= 5 and len(name.split()) >= 2:
                sure = 0.9 if key != "payer" or ":" in value.text else 1.0
                written_as_names = all(word[0].isupper() for word in name.split()[:2])
                return replace(value, text=name), sure if written_as_names else _NO_NAME
    return None


def _payer_in_prose(sheets: Sequence[ReadSheet], known: Sequence[str]) -> Field | None:
    """ "21.04.2024 tarixində Melnik Mikola tərəfindən 110,00 manat ..." """
    for on in sheets:
        text = " ".join(line.text for line in on.sheet.lines)
        person = find_known(text, known) or find_person(text)
        line = next((line for line in on.sheet.lines if person and person.written in line.text), None)
        if person and line:
            return said(on, line).field(person.name, sure=0.9 * person.confidence, raw=person.written)
    return None


def _date(sheets: Sequence[ReadSheet], hits: Sequence[Hit], reader: RegionReader) -> Field | None:
    for value in values(hits, "date", has_digit):
        day = find_day(value.text)
        if day:
            return confirmed_as(value, reader, day_in).field(day.value, sure=day.sure, raw=value.text)
    days = [
        (day, said(on, line))
        for on in sheets
        for line in on.sheet.lines
        if not re.search(r"do[gğ]um|anadan|т[eə]v[eə]ll|рожд|birth", line.text.lower())
        for day in (find_day(line.text),)
        if day
    ]
    if not days:
        return None
    day, where = days[0]
    alone = len({each.value for each, _ in days}) == 1
    return confirmed_as(where, reader, day_in).field(day.value, sure=min(day.sure, 0.95 if alone else 0.6))


def _purpose(hits: Sequence[Hit]) -> Field | None:
    """The longest text under a purpose label, with the lines that go on under it."""
    others = [hit for hit in hits if hit.key != "principal"]  # "dövlət rüsumu" is the purpose here, no label
    found = [value for value in values(others, "purpose") if sum(c.isalpha() for c in value.text) >= 4]
    if not found:
        return None
    value = max(found, key=lambda each: len(each.text))
    labelled = {hit.line.box for hit in hits}
    text, box = value.text, value.box
    for line in value.on.sheet.lines:
        gap = line.box.y0 - box.y1
        near = -0.3 * value.box.height <= gap < 0.9 * value.box.height and abs(line.box.x0 - value.box.x0) < 0.03
        if near and line.box not in labelled and line is not value.line:
            text, box = f"{text} {line.text}", box.union(line.box)
    return replace(value, text=text, box=box).field(text)
