"""The sum that a receipt says was paid, among the sums that stand on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.papers.labels import Hit, Said, confirmed_as, has_digit, said, values
from extractors.shapes import ReadSheet, RegionReader
from extractors.values import amount
from models.azerbaijani import fold
from models.document import Field

_MONEY = re.compile(
    r"(?<![\w.,/])\d{1,3}(?:[ ']?\d{3})*(?:[.,]\d{2})(?![\d.,/])|\d+\s*(?:azn|man\b|manat|₼|m\.)|(?:azn|₼)\s*\d+",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?<=\d)\s*[-=]\s*(?=\d{2}(?!\d))")  # "110-00"
_IN_BRACKETS = re.compile(r"\([^)\d]*\)")  # "110 (yüz on) manat"
_TOLD_AS_PAID = re.compile(r"manat mebleg|manat\w* oden|azn oden|azn mebleg")  # folded
_PLAIN_SUM = re.compile(r"\W*(?:[1-9]\d{0,5}|[1-9]\d{0,2}(?:[ ']\d{3})+)\W*")
#: What engines make of a decimal mark; only where no time of day can stand.
_ODD_MARK = re.compile(
    r"(?<=\d)\s?[:;]\s?(?=\d{2}\s*(?:azn|man|₼|m\.))|(?<=\d{3})\s?[:;]\s?(?=\d{2}(?!\d))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sum:
    value: Decimal
    where: Said


def paid_amount(sheets: Sequence[ReadSheet], hits: Sequence[Hit], text: str, reader: RegionReader) -> Field | None:
    """What was paid without the commission of whoever took the payment."""
    by_role = {role: _sums(hits, role) for role in ("principal", "total", "commission")}
    found, sure = _paid(by_role["principal"], by_role["total"], by_role["commission"])
    if found is None:
        found, sure = _any_sum(sheets, hits)
    if found is None:
        return None
    seen = confirmed_as(found.where, reader, _money_anywhere)
    words = _in_words(text)
    if words == found.value:
        sure, seen = 1.0, replace(seen, confidence=max(seen.confidence, 0.97))
    elif words is not None:
        sure = min(sure, 0.6)
    elif _ODD_MARK.search(found.where.text):
        sure = min(sure, 0.9)  # whoever misread the mark may have misread a digit
    return seen.field(float(found.value), sure=sure)


def _sums(hits: Sequence[Hit], role: str) -> list[Sum]:
    found = []
    for value in values([hit for hit in hits if not _in_purpose(hit, hits)], role, has_digit):
        money = _money(value.text)
        if money or (money is not None and role == "commission"):  # nobody pays nothing: a sum of 0 is misread
            found.append(Sum(money, value))
    return found


def _in_purpose(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a label stands in what was paid for: "Təyinat: vətəndaşlıq, dövlət rüsumu"."""
    return any(other.key == "purpose" and other.line is hit.line and other.start < hit.start for other in hits)


def _money(text: str) -> Decimal | None:
    """The sum a value begins with or holds; plain digits count only when nothing else stands there."""
    written = _ODD_MARK.sub(".", _DASHED.sub(".", _IN_BRACKETS.sub("", text)))
    written = re.sub(r"(?<=\d)\s*([.,])\s*(?=\d{2}(?!\d))", r"\1", written)
    match = _MONEY.search(written)
    if match:
        return amount(written[match.start() :])
    return amount(written) if _PLAIN_SUM.fullmatch(written) else None


def _money_anywhere(text: str) -> Decimal | None:
    """The first sum in a text, for comparing readings of one place."""
    return _money(text) or amount(_ODD_MARK.sub(".", _DASHED.sub(".", text)))


def _paid(principals: list[Sum], totals: list[Sum], commissions: list[Sum]) -> tuple[Sum | None, float]:
    """The sum paid and how certain the choice among the sums is."""
    fee = commissions[-1].value if commissions else Decimal(0)
    net = {total.value - fee for total in totals} | {total.value for total in totals if not fee}
    kinds = {principal.value for principal in principals}
    if len(kinds) == 1:
        return principals[0], 1.0 if not net or kinds & net or not fee else 0.7
    if kinds:
        balanced = [principal for principal in principals if principal.value in net]
        return (balanced[0], 0.95) if balanced else (principals[0], 0.6)
    if totals:
        if not fee:
            return totals[0], 0.95 if len({total.value for total in totals}) == 1 else 0.6
        return Sum(totals[0].value - fee, totals[0].where), 0.7
    return None, 0.0


def _any_sum(sheets: Sequence[ReadSheet], hits: Sequence[Hit]) -> tuple[Sum | None, float]:
    """Without a label: the only sum of money on the paper, if there is only one that is not explained otherwise."""
    explained = {hit.line.box for hit in hits if hit.key in ("commission", "other_sum")}
    found = [
        Sum(money, said(on, line))
        for on in sheets
        for line in on.sheet.lines
        if line.box not in explained and _MONEY.search(line.text)
        for money in (_money(line.text),)
        if money
    ]
    if len({each.value for each in found}) > 1:
        return found[0], 0.4
    told = [each for each in found if _TOLD_AS_PAID.search(fold(each.where.line.text))]
    return ((told or found)[0], 0.95 if told else 0.8) if found else (None, 0.0)


_UNITS = {"bir": 1, "iki": 2, "uc": 3, "dord": 4, "bes": 5, "alti": 6, "yeddi": 7, "sekkiz": 8, "doqquz": 9, "on": 10,
          "iyirmi": 20, "otuz": 30, "qirx": 40, "elli": 50, "altmis": 60, "yetmis": 70, "seksen": 80,
          "doxsan": 90}  # fmt: skip


def _in_words(text: str) -> Decimal | None:
    """A sum written in words before "manat" ("yüz on manat", "bir yüz on manat 00 qəpik")."""
    words = fold(text).split()
    for at, word in enumerate(words):
        if not word.startswith("manat"):
            continue
        total = current = 0
        run = []
        for earlier in reversed(words[:at]):
            if earlier not in _UNITS and earlier not in ("yuz", "min"):
                break
            run.append(earlier)
        for part in reversed(run):
            if part == "yuz":
                current = max(1, current) * 100
            elif part == "min":
                total, current = total + max(1, current) * 1000, 0
            else:
                current += _UNITS[part]
        if run:
            return Decimal(total + current)
    return None
