"""Proofs of payment of any design: bank slips, payment orders, terminal and internet receipts.

Which sum, account and VÖEN is meant is settled by the label beside it and by whose part of the paper it stands in
(payer, recipient, bank). Check digits are evidence about the reading, never about the payment (procedures.md 1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from stdnum import iban
from stdnum.az import voen

from extractors.papers.dates import day_in, find_day
from extractors.papers.labels import (
    AGREED,
    ALIKE,
    DISPUTED,
    Hit,
    Labels,
    Said,
    confirmed,
    confirmed_as,
    confirmed_name,
    find_labels,
    has_digit,
    said,
    values,
)
from extractors.papers.people import find_known, find_person
from extractors.shapes import ReadSheet, RegionReader
from extractors.values import amount
from models.azerbaijani import fold, plain
from models.document import Field
from models.geometry import Box, box_of
from models.sheet import Line, Source, Word

LABELS: Labels = {
    "principal": (
        "Məbləğ", "Məbləği", "Ödənilən məbləğ", "Ödənilmiş məbləğ", "Ödəniş məbləği", "Ödənişin məbləği",
        "Rüsumun məbləği", "Dövlət rüsumunun məbləği", "Dövlət rüsumu", "Rüsum", "Köçürülən məbləğ", "Əsas məbləğ",
        "Köçürmə məbləği", "Mədaxil məbləği", "Məbləğ rəqəmlə", "Məbləğ (AZN)", "Məbləğ manatla", "Hesablanmış məbləğ",
        "Сумма", "Сумма платежа", "Сумма к зачислению", "Amount", "Payment amount", "Paid amount", "Tutar",
    ),
    "total": (
        "Cəmi", "Cəmi məbləğ", "Cəmi ödənilib", "Cəmi ödəniş", "Yekun", "Yekun məbləğ", "Ümumi məbləğ", "Toplam",
        "Ümumi", "Ödənişin cəmi", "Kartdan çıxılan məbləğ", "Kartdan silinən", "Итого", "Всего", "К оплате", "Total",
        "Total amount",
    ),
    "commission": (
        "Komissiya", "Komissiya haqqı", "Komissiya məbləği", "Xidmət haqqı", "Bank xidmət haqqı", "Bankın komissiyası",
        "Xidmət haqqı (komissiya)", "Комиссия", "Commission", "Fee", "Service fee",
    ),
    "other_sum": (
        "Qalıq", "Qaytarılan", "Qaytarılan məbləğ", "Qaytarıldı", "Nağd", "Nağd verilib", "Daxil edilmiş məbləğ",
        "Daxil edilən məbləğ", "Daxil edilib", "Qəbul edilmiş nağd", "Balans", "Borc", "ƏDV", "Сдача", "Внесено",
        "Наличные", "Change", "Cash", "Balance",
    ),
    "payer": (
        "Ödəyən", "Ödəyici", "Ödəyicinin adı", "Ödəyənin adı", "Ödəyən şəxs", "Ödəyicinin soyadı, adı",
        "Vəsaiti ödəyən",
        "Ödəyicinin S.A.A.", "Ödəyənin soyadı, adı, atasının adı", "Ödənişi edən", "Ödənişi edən şəxs", "Müştəri",
        "Müştərinin adı", "Göndərən", "Pulu ödəyən", "Kimdən", "Kimdən qəbul edilib", "Kimdən qəbul edilmişdir",
        "Kimdən alınıb", "Rüsum ödəyicisi", "Vəsaiti köçürən", "Emitent müştəri",
        "Ödəyən (emitent)", "Ödəyən müştəri", "Emitent (ödəyən)", "Emitent (ödəyən) müştəri",
        "Плательщик", "ФИО плательщика", "Payer", "Payer name", "Paid by", "Sender",
    ),
    "name": (
        "S.A.A.", "A.S.A.", "Soyadı, adı, atasının adı", "Soyadı, adı, ata adı", "Soyad, ad, ata adı",
        "Soyad Ad Ata adı",
        "Adı, soyadı", "Ad, soyad", "Ad Soyad", "Soyad, ad", "Soyadı, adı", "Abonent", "Ad", "Adı", "Ödəyən ad",
         "Ф.И.О.", "ФИО", "Full name",
    ),
    "recipient": (
        "Alan", "Benefisiar", "Vəsaiti alan", "Vəsait alan", "Alan müştəri", "Alan tərəf", "Alan şəxs",
        "Ödənişi alan", "Alan təşkilat", "Alan müəssisə",
        "Benefisiar müştəri", "Benefisiar (alan)", "Vəsaiti alanın adı", "Alanın adı", "Benefisiarın adı",
        "Kimə", "Qurum", "Təşkilat",
        "Получатель", "Recipient", "Beneficiary", "Rüsumu alan",
    ),
    "bank": (
        "Bank", "Alan bank", "Benefisiar bank", "Benefisiarın bankı", "Alanın bankı", "Emitent bank", "Ödəyən bank",
        "Vəsaiti alan bank", "Vəsaiti ödəyən bank", "Bankın adı", "Bank rekvizitləri", "Банк", "Банк получателя",
        "Банк плательщика", "Beneficiary bank", "Bankın VÖEN-i", "Bankın VÖEN", "Bank VÖEN", "VÖEN (bank)",
        "Emitent (ödəyən) bank", "Benefisiar (alan) bank", "Ödəyənin bankı", "Ödəyicinin bankı",
    ),
    "correspondent": (
        "Müxbir hesab", "Müxbir hesabı", "M/h", "Müx. hesab", "Корр. счет", "К/с", "Correspondent account",
    ),
    "date": (
        "Tarix", "Tarixi", "Ödəniş tarixi", "Ödənişin tarixi", "Ödənilmə tarixi", "Əməliyyat tarixi", "Sənədin tarixi",
        "Əməliyyatın tarixi", "İcra tarixi", "Tarix və saat", "Tarix / Saat", "Qəbzin tarixi", "Дата", "Дата платежа",
        "Date", "Payment date",
    ),
    "purpose": (
        "Təyinat", "Təyinatı", "Ödənişin təyinatı", "Ödəniş təyinatı", "Ödənişin məqsədi", "Ödənişin təsviri", "Məqsəd",
        "Ödənişin növü", "Ödəniş növü", "Xidmət", "Xidmətin adı", "Xidmət növü", "Əsas", "Rüsumun adı", "Rüsumun növü",
        "Назначение платежа", "Назначение", "Вид платежа", "Услуга", "Purpose", "Payment purpose", "Details",
        "Description", "Service",
    ),
    "budget_code": (
        "Büdcə təsnifatının kodu", "Büdcə təsnifatı", "Büdcə təsnifat kodu", "Büdcə təsnifatı kodu", "Büdcə kodu",
        "Təsnifat kodu", "Təsnifatın kodu", "BTK", "Büdcə gəlirlərinin təsnifatı", "Gəlir kodu", "Təsnifat",
        "Код бюджетной классификации", "КБК", "Budget classification code", "Budget code",
    ),
    "budget_level": ("Büdcə səviyyəsi", "Büdcə səviyyəsinin kodu", "Səviyyə kodu", "Budget level"),
    "account": (
        "Hesab", "Hesab nömrəsi", "Hesab №", "Hesablaşma hesabı", "H/h", "Hesab IBAN", "IBAN", "Alanın hesabı", "Счет",
        "Р/с", "Account", "Account number", "Benefisiarın hesabı", "Xəzinə hesabı",
    ),
    "voen": ("VÖEN", "VOEN", "VÖEN-i", "VÖİN", "ИНН", "TIN"),
    "payer_voen": ("Ödəyicinin VÖEN-i", "Ödəyicinin VÖEN", "Ödəyənin VÖEN-i", "Ödəyənin hesabı"),
    "other": (
        "FİN", "FİN kod", "Qəbz №", "Çek №", "Sənəd №", "Terminal", "Kassir", "Saat", "Valyuta", "SWIFT", "Kod",
        "Bankın kodu", "Əməliyyat №", "Telefon", "Ünvan", "Status", "Kart", "Məbləğ yazı ilə", "Qeyd",
        "Ödəyicinin imzası", "Ödəyənin imzası", "Bankın qeydləri", "Kassirin imzası", "İmza",
    ),
}  # fmt: skip

_TREASURY = "CTRE"  # where state money goes; three of four letters settle a bank code that is read badly
_ROLES = ("payer", "recipient", "bank", "correspondent", "payer_voen")
_MONEY = re.compile(
    r"(?<![\w.,/])\d{1,3}(?:[ ']?\d{3})*(?:[.,]\d{2})(?![\d.,/])|\d+\s*(?:azn|man\b|manat|₼|m\.)|(?:azn|₼)\s*\d+",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(?<=\d)\s*[-=]\s*(?=\d{2}(?!\d))")  # "110-00"
_IN_BRACKETS = re.compile(r"\([^)\d]*\)")  # "110 (yüz on) manat"
_PLAIN_SUM = re.compile(r"\W*(?:[1-9]\d{0,5}|[1-9]\d{0,2}(?:[ ']\d{3})+)\W*")
#: What engines make of a decimal mark; only where no time of day can stand.
_ODD_MARK = re.compile(
    r"(?<=\d)\s?[:;]\s?(?=\d{2}\s*(?:azn|man|₼|m\.))|(?<=\d{3})\s?[:;]\s?(?=\d{2}(?!\d))", re.IGNORECASE
)
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
    hits = find_labels(sheets, LABELS)
    text = "\n".join(on.sheet.text for on in sheets)
    fields = {
        "amount": _amount(sheets, hits, text, reader),
        "currency": _currency(sheets, text),
        "payer": _payer(sheets, hits, reader, known),
        "date": _date(sheets, hits, reader),
        "account": _account(sheets, hits, reader),
        "voen": _voen(sheets, hits, reader),
        "budget_code": _budget_code(sheets, hits, reader),
        "purpose": _purpose(hits),
    }
    return {key: found or Field(None) for key, found in fields.items()}


# --- sums ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sum:
    value: Decimal
    where: Said


def _amount(sheets: Sequence[ReadSheet], hits: Sequence[Hit], text: str, reader: RegionReader) -> Field | None:
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
    kinds = {each.value for each in found}
    return (found[0], 0.8 if len(kinds) == 1 else 0.4) if found else (None, 0.0)


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


# --- people, dates, purpose ------------------------------------------------------------------------------------------


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
        for value in values(hits, key):
            told = value.text.rpartition(":")[2]  # what stands before a colon is a label that is not known
            words = [word for word in re.split(r"[\s,;]+", told) if word]
            while words and fold(words[-1]).strip(".:") in _NEXT_LABELS:
                words.pop()
            name = " ".join(word for word in words if not any(c.isdigit() for c in word)).strip(" .,:;-")
            if sum(c.isalpha() for c in name) >= 5 and len(name.split()) >= 2:
                sure = 0.9 if key != "payer" or ":" in value.text or not name[0].isupper() else 1.0
                return replace(value, text=name), sure
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


# --- requisites ------------------------------------------------------------------------------------------------------


def _account(sheets: Sequence[ReadSheet], hits: Sequence[Hit], reader: RegionReader) -> Field | None:
    """The recipient's account. Accounts at the National Bank (NABZ) are banks' own unless nothing else is shown."""
    found = [(each, _role(each, hits)) for on in sheets for each in _ibans(on)]
    wanted = [
        (each, role)
        for each, role in found
        if role in ("recipient", "") or _TREASURY in each.text
        if "NABZ" not in each.text or _alone_and_labelled(each, hits, found)
    ]
    wanted.sort(key=lambda pair: (_TREASURY not in pair[0].text, pair[1] != "recipient"))
    if not wanted:
        return _labelled_account(hits, reader)
    each, role = wanted[0]
    best = each if iban.is_valid(each.text) else _account_again(each, reader)
    rivals = {other.text for other, _ in wanted if (_TREASURY in other.text) == (_TREASURY in best.text)}
    return best.field(best.text, sure=1.0 if len(rivals) == 1 or role == "recipient" else 0.6)


def _alone_and_labelled(account: Said, hits: Sequence[Hit], found: Sequence[tuple[Said, str]]) -> bool:
    """Whether an account is the only one of the paper, called so on its line, and no bank's correspondent account."""
    labelled = any(hit.key == "account" and hit.line is account.line for hit in hits)
    return labelled and len(found) == 1 and not any(hit.key == "correspondent" for hit in hits)


def _labelled_account(hits: Sequence[Hit], reader: RegionReader) -> Field | None:
    """An account that only a second look at the place beside its label can read; its check digits must fit."""
    for value in values(hits, "account"):
        if len(re.sub(r"\W", "", value.text)) >= 18 and _role(value, hits) not in ("payer", "correspondent"):
            seen = _account_again(value, reader)
            if iban.is_valid(seen.text) and "NABZ" not in seen.text:
                return seen.field(seen.text, raw=value.text)
    return None


_IBAN_LENGTH = 28
_NEXT_LINE = 2.5  # line heights
_IBAN_BEGUN = re.compile(r"[A4][Z2][0-9OILSBZT]{2}[A-Z0-9]{4}[A-Z0-9]{2,}$")
_IBAN = re.compile(r"[A4][Z2][0-9OILSBZT]{2}[A-Z0-9]{4}[A-Z0-9]{18,22}")


def _ibans(on: ReadSheet) -> Iterator[Said]:
    """Azerbaijani account numbers on a sheet, blanks removed, letters and digits put where only they can stand."""
    for line in on.sheet.lines:
        compact, owners = _with_rest_below(on, line)
        for match in _IBAN.finditer(compact):
            words = tuple(dict.fromkeys(owners[match.start() : match.end()]))
            text, sure = _account_text(match.group())
            where = said(on, line, words)
            yield replace(where, text=text, confidence=sure if iban.is_valid(text) else _unproved(where, match, text))


def _with_rest_below(on: ReadSheet, line: Line) -> tuple[str, list[Word]]:
    """A line without blanks, and with what an account number that breaks at its end lacks, from the line below."""
    compact, owners = _compact(line)
    begun = _IBAN_BEGUN.search(compact)
    lacking = _IBAN_LENGTH - len(begun.group()) if begun else 0
    if lacking > 0:
        near = (each for each in on.sheet.lines if 0 < each.box.y0 - line.box.y0 < _NEXT_LINE * line.box.height)
        for rest, words in map(_compact, near):
            if len(rest) == lacking and iban.is_valid(_account_text(begun.group() + rest)[0] if begun else ""):
                return compact + rest, owners + words
    return compact, owners


def _unproved(where: Said, match: re.Match[str], text: str) -> float:
    """How sure an account is whose check digits fail: a reader's error, unless a whole one stands so in a text."""
    as_printed = where.on.sheet.source is not Source.OCR and text == match.group() and len(text) == _IBAN_LENGTH
    return where.confidence if as_printed else min(where.confidence, 0.5)


def _compact(line: Line) -> tuple[str, list[Word]]:
    """A line without blanks in plain capitals, and the word that each character came from."""
    text, owners = "", []
    for word in line.words:
        bare = re.sub(r"[^A-Z0-9]", "", plain(word.text).upper())
        text += bare
        owners += [word] * len(bare)
    return text, owners


_DIGITS = str.maketrans("OQDILSBZGT", "0001158267")
_LETTERS = str.maketrans("01582", "OISBZ")


def _account_text(raw: str) -> tuple[str, float]:
    """An account number of 28 characters and how sure its repair is; the number as read where none fits."""
    head = "AZ" + raw[2:4].translate(_DIGITS) + _bank_code(raw[4:8].translate(_LETTERS))
    for tail, sure in ((raw[8:28], 0.99), (raw[8:28].translate(_DIGITS), 0.97)):
        if iban.is_valid(head + tail):
            return head + tail, sure
    digits = raw[8:].translate(_DIGITS)
    zeros = max(re.findall(r"0+", digits), key=len, default="")
    if len(zeros) >= 4:  # engines miscount long runs of zeros
        mended = digits.replace(zeros, "0" * (len(zeros) + 20 - len(digits)), 1)
        if iban.is_valid(head + mended):
            return head + mended, 0.9
    return head + raw[8:28], DISPUTED


def _bank_code(code: str) -> str:
    return _TREASURY if sum(a == b for a, b in zip(code, _TREASURY, strict=False)) >= 3 else code


def _account_again(value: Said, reader: RegionReader) -> Said:
    """A second look at an account number whose check digits do not fit; one that every engine reads so stands so."""
    if value.on.grey is None:
        return value
    pad = 0.4 * value.box.height
    box = Box(value.box.x0 - pad, value.box.y0 - pad, value.box.x1 + pad, value.box.y1 + pad).clipped()
    lines = reader.read(value.on, box, single_line=True)
    texts = [re.sub(r"[^A-Z0-9]", "", plain(text).upper()) for line in lines for text in (line.text, line.second or "")]
    for match in filter(None, map(_IBAN.search, texts)):
        account, sure = _account_text(match.group())
        if iban.is_valid(account):
            return replace(value, text=account, confidence=sure)
    agreed = len(value.text) == _IBAN_LENGTH and len(texts) > 1 and all(value.text in text for text in texts)
    return replace(value, confidence=ALIKE) if agreed else value


def _role(value: Said, hits: Sequence[Hit]) -> str:
    """Whose number it is: by the last such label before it on its line, else by the nearest above in its column."""
    roles = [hit for hit in hits if hit.key in _ROLES and hit.on is value.on]
    same_line = [hit for hit in roles if hit.line is value.line and hit.box.x0 < value.box.x0]
    if same_line:
        return same_line[-1].key
    middle = (value.box.y0 + value.box.y1) / 2
    row = [hit for hit in roles if hit.box.y0 < middle < hit.box.y1 and hit.box.x1 <= value.box.x0]
    if row:
        return max(row, key=lambda hit: hit.box.x1).key
    heads = [hit for hit in roles if hit.key != "correspondent"]  # that one names a row, not a part of the paper
    above = [hit for hit in heads if hit.box.y1 <= middle and hit.box.x0 <= value.box.x0 + 0.05]
    columns = [hit for hit in above if value.box.x0 - hit.box.x0 < 0.45]
    nearest = max(columns, key=lambda hit: (round(hit.box.y0, 2), hit.box.x0), default=None)
    return nearest.key if nearest else ""


def _voen(sheets: Sequence[ReadSheet], hits: Sequence[Hit], reader: RegionReader) -> Field | None:
    """The recipient's VÖEN, never the payer's nor the bank's."""
    treasury = [each for on in sheets for each in _ibans(on) if _TREASURY in each.text]
    found = [(each, _voen_role(each, hits, treasury)) for on in sheets for each in _voens(on)]
    wanted = [each for each, role in found if role == "recipient"] or [each for each, role in found if role == ""]
    if not wanted:
        return None
    first = wanted[0] if voen.is_valid(wanted[0].text) else confirmed(wanted[0], reader)
    return first.field(first.text, sure=1.0 if len({each.text for each in wanted}) == 1 else 0.6)


def _voen_role(value: Said, hits: Sequence[Hit], treasury: Sequence[Said]) -> str:
    """Whose VÖEN it is; one that stands under the treasury's account, or beside the budget code, is the recipient's."""
    role = _role(value, hits)
    beside = any(hit.key == "budget_code" and hit.line is value.line for hit in hits)
    below = [each for each in treasury if each.on is value.on and 0 <= value.box.y0 - each.box.y0 < 0.12]
    column = any(value.box.y0 - each.box.y0 < 0.05 and abs(value.box.x0 - each.box.x0) < 0.1 for each in below)
    return "recipient" if column or (role in ("payer", "") and (beside or below)) else role


def _voens(on: ReadSheet) -> Iterator[Said]:
    labels = {hit.line.box: hit.key for hit in find_labels([on], {"voen": LABELS["voen"], "bank": ("Bankın VÖEN-i",)})}
    for line in on.sheet.lines:
        for word in line.words:
            digits = re.sub(r"\D", "", word.text.translate(str.maketrans("OoIlSB", "001158")))
            if len(digits) != 10 or sum(c.isdigit() for c in word.text) < 8:
                continue
            valid = voen.is_valid(digits)
            if valid or line.box in labels or re.search(r"v[oö][eəi]n|инн", line.text.lower()):
                where = said(on, line, [word])
                yield replace(where, text=digits, confidence=max(where.confidence, 0.97) if valid else where.confidence)


def _budget_code(sheets: Sequence[ReadSheet], hits: Sequence[Hit], reader: RegionReader) -> Field | None:
    for value in values(hits, "budget_code"):
        match = re.search(r"(?<!\d)\d{6}(?!\d)", re.sub(r"(?<=\d)[ .](?=\d)", "", value.text))
        if match:
            words = [word for word in value.line.words if re.search(r"\d", word.text)]
            where = replace(value, text=match.group(), box=box_of(words) if words else value.box)
            return confirmed(where, reader).field(match.group())
    return _code_beside_broken_label(sheets, reader) or _lonely_code(sheets, reader)


def _code_beside_broken_label(sheets: Sequence[ReadSheet], reader: RegionReader) -> Field | None:
    """Six digits right of a label that wraps over two lines ("Büdcə / təsnifatının kodu")."""
    for on in sheets:
        labels = [line for line in on.sheet.lines if re.search(r"budce|tesnifat", fold(line.text))]
        labels = [line for line in labels if "seviyye" not in fold(line.text)]
        for line in on.sheet.lines:
            for word in line.words:
                near = any(
                    abs(word.box.centre[1] - label.box.centre[1]) < 0.03 and word.box.x0 > label.box.x0
                    for label in labels
                )
                if near and re.fullmatch(r"\d{6}", word.text):
                    return confirmed(said(on, line, [word]), reader).field(word.text, sure=0.95)
    return None


def _lonely_code(sheets: Sequence[ReadSheet], reader: RegionReader) -> Field | None:
    """The only number of six digits that stands alone on its line and begins as the codes of state income do: its
    label was not read."""
    alone = [(on, line) for on in sheets for line in on.sheet.lines if re.fullmatch(r"14\d{4}", line.text)]
    return confirmed(said(*alone[0]), reader).field(alone[0][1].text, sure=0.8) if len(alone) == 1 else None
