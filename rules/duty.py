"""The state duty: is the receipt for enough money, paid by the payment details of the day of payment (REG28 2.2)?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from rapidfuzz import fuzz

from models.azerbaijani import fold
from models.case import Finding, RequirementStatus, ReviewReason, Severity
from models.catalogue import ALWAYS, Requirement, Requisite
from models.document import Document, Field
from models.sheet import Source
from rules.check_digits import iban_valid, voen_valid
from rules.dossier import Conclusions, Dossier
from rules.identity import Likeness, digits_alike, persons_alike
from rules.requirements import in_force

_RECEIPT = "state_duty_receipt"
_COMPARED = ("account", "voen", "budget_code")
#: Payment details of the receiving bank: a receipt shows them too, and a reader may have taken them.
_OF_THE_BANK = {"account": "correspondent_account", "voen": "bank_voen", "budget_code": "bank_code"}
_DOUBT = 0.5
_ENOUGH_SIGNS = 12  # of an account with its noughts made one: country, check digits, bank and what follows
_LETTERS = 6  # behind an account's bank code, where the treasury has digits: more than a reader's slip
_READ_BADLY = 80.0  # likeness of two accounts of which one was read badly
_OTHER_PAYER = "enclosed; paid by somebody else, which is allowed"
#: What else people pay the same office for, and how citizenship is named (folded).
_OTHER_SERVICES = (
    "muveqqeti yasama", "muveqqeti olma", "yasamag ucun icaze", "yasama icaze", "yasamaq ucun icaze", "is icaze",
    "viza", "cerime", "временн", "разрешение на работу", "residence permit", "work permit",
)  # fmt: skip
_CITIZENSHIP = ("vetendas", "гражданств", "citizenship", "vatandas")
_CURRENCIES = ("azn", "manat", "man", "")


def check_duty(dossier: Dossier, conclusions: Conclusions) -> None:
    """Adds ``duty_insufficient`` and ``duty_wrong_account`` of the best receipt; a faultless receipt settles it."""
    item = next((item for item in in_force(dossier) if _RECEIPT in item.documents), None)
    receipts = [paper for paper in dossier.of_types([_RECEIPT]) if dossier.sure(paper) and dossier.legible(paper)]
    if item is None or not receipts:
        return
    judged = [(receipt, _judge(receipt, item, dossier)) for receipt in receipts]
    conclusions.keep_open(*(receipt for receipt, found in judged if _doubtful(found, dossier)))
    best = min((found for _, found in judged), key=lambda found: (len(found.findings), len(found.doubts), found.told))
    faulty = [receipt for receipt, found in judged if found.findings]
    if len(faulty) > 1 and _together(faulty) >= (_fee(dossier) or Decimal(0)):
        conclusions.keep_open(*faulty)
        if best.findings:
            best.doubt(ReviewReason.CONTRADICTION)
    conclusions.findings.extend(best.findings)
    for reason in best.doubts:
        conclusions.doubt(reason)
    if receipts and all(_paid_by_another(receipt, dossier) for receipt in receipts):
        _note_payer(conclusions)


def _paid_by_another(receipt: Document, dossier: Dossier) -> bool:
    payer, surname, given = receipt.get("payer"), dossier.answer("surname"), dossier.answer("given_name")
    if not (payer and payer.text and surname and surname.text and given and given.text):
        return False
    return persons_alike(surname.text, given.text, payer.text) is Likeness.DIFFERENT


def _note_payer(conclusions: Conclusions) -> None:
    """Whoever paid, the duty is paid; the explanation of the decision says so."""
    conclusions.requirements[:] = [
        replace(outcome, reason=_OTHER_PAYER)
        if outcome.key == _RECEIPT and outcome.status is RequirementStatus.MET
        else outcome
        for outcome in conclusions.requirements
    ]


def _doubtful(found: Conclusions, dossier: Dossier) -> bool:
    return bool(found.doubts) or not all(dossier.certain(finding) for finding in found.findings)


def _judge(receipt: Document, item: Requirement, dossier: Dossier) -> Conclusions:
    found = Conclusions()
    _judge_amount(receipt, item, dossier, found)
    _judge_account(receipt, item, dossier, found)
    paid = _payment_day(receipt)
    if (paid and paid > dossier.received_on) or _for_another_service(receipt, dossier):
        found.doubt(ReviewReason.CONTRADICTION)
    return found


def _for_another_service(receipt: Document, dossier: Dossier) -> bool:
    """Whether the receipt certainly says that something else was paid for: a clerk compares it."""
    purpose = receipt.get("purpose")
    if purpose is None or purpose.confidence < dossier.policy.value_certainty:
        return False
    words = fold(purpose.text)
    return not any(stem in words for stem in _CITIZENSHIP) and any(stem in words for stem in _OTHER_SERVICES)


def _judge_amount(receipt: Document, item: Requirement, dossier: Dossier, found: Conclusions) -> None:
    required, amount = _fee(dossier), receipt.get("amount")
    if required is None:
        return
    paid = _sum(amount)
    if amount is None or paid is None:
        found.doubt(ReviewReason.LOW_CONFIDENCE)
    elif fold(str(receipt.value("currency") or "")) not in _CURRENCIES:
        found.doubt(ReviewReason.CONTRADICTION)
    elif paid < required:
        found.find(
            Finding("duty_insufficient", Severity.DEFICIENCY, item.clause, _RECEIPT, confidence=amount.confidence)
        )
    elif amount.confidence < _needed(paid, required, dossier):
        found.doubt(ReviewReason.LOW_CONFIDENCE)


def _needed(paid: Decimal, required: Decimal, dossier: Dossier) -> float:
    """How sure a sum must be: the very sum that is asked is seldom a misreading of another, a larger one may be."""
    return dossier.policy.answered_certainty if paid == required else dossier.policy.value_certainty


def _judge_account(receipt: Document, item: Requirement, dossier: Dossier, found: Conclusions) -> None:
    """One finding per receipt, as sure as its surest difference; a detail that is not shown is none."""
    differing = {key: sure for key in _COMPARED if (sure := _difference(key, receipt, dossier)) is not None}
    if differing:
        sure = max(differing.values())
        if _lone_number(differing, receipt, dossier):
            sure = min(sure, _DOUBT)
        clause = dossier.procedure.clauses.get("requisites", item.clause)
        found.find(Finding("duty_wrong_account", Severity.DEFICIENCY, clause, _RECEIPT, confidence=sure))


def _lone_number(differing: Iterable[str], receipt: Document, dossier: Dossier) -> bool:
    """Whether all that differs is a VÖEN or a budget code that was never the office's, read in a picture: two misread
    digits pass a VÖEN's check digit one time in ten, a budget code has none."""
    lone, *others = differing
    shown = receipt.get(lone)
    if others or lone == "account" or shown is None or shown.source is not Source.OCR:
        return False
    return _matches(shown, [item for item in dossier.procedure.requisites if item.key == lone]) is not Likeness.SAME


def _difference(key: str, receipt: Document, dossier: Dossier) -> float | None:
    """How sure it is that the receipt shows another ``key`` than the catalogue's of the day; None when it does not."""
    shown = receipt.get(key)
    if shown is None or not shown.answered:
        return None
    day = _payment_day(receipt)
    expected = requisites_on(dossier, day or dossier.received_on, key)
    own = [*expected, *requisites_on(dossier, day or dossier.received_on, _OF_THE_BANK[key])]
    if not expected or _matches(shown, own) is Likeness.SAME:
        return None
    if key == "account" and (_misread(shown, own) or _cut_off(shown, own) or _garbled(shown)):
        return None
    other_days = [item for item in dossier.procedure.requisites if item.key == key]
    undated = day is None and _matches(shown, other_days) is Likeness.SAME
    doubtful = undated or (_matches(shown, expected) is Likeness.DOUBTFUL and _may_be_misread(key, shown))
    return min(shown.confidence, _DOUBT) if doubtful else shown.confidence


def _cut_off(shown: Field, requisites: list[Requisite]) -> bool:
    """Whether an account is the beginning of the right one, check digits and all: narrow screens break it in two. How
    many of its noughts were read does not matter."""
    value = _few_noughts("".join(str(shown.value).split()))
    return len(value) >= _ENOUGH_SIGNS and any(_few_noughts(item.value).startswith(value) for item in requisites)


def _few_noughts(account: str) -> str:
    return re.sub("[0O]{2,}", "0", account)


def _misread(shown: Field, requisites: list[Requisite]) -> bool:
    """Whether an account is the right one but for a few signs: where the check digits fail, a reader did that."""
    value = "".join(str(shown.value).split())
    return (
        shown.source is Source.OCR
        and not iban_valid(value)
        and any(fuzz.ratio(_few_noughts(value), _few_noughts(item.value)) >= _READ_BADLY for item in requisites)
    )


def _garbled(shown: Field) -> bool:
    """Whether check digits fail and letters stand in a row among the digits, as a fax's noughts read as N and O: such
    an account is not legible, and says no more of the payment than one that is not shown."""
    value = "".join(str(shown.value).split())
    return shown.source is Source.OCR and not iban_valid(value) and len(re.findall("[A-Z]", value[8:])) >= _LETTERS


def _may_be_misread(key: str, shown: Field) -> bool:
    """One digit's difference may be a reader's; right check digits say that it is the payer's."""
    proved = {"account": iban_valid, "voen": voen_valid}.get(key)
    return shown.source is Source.OCR and not (proved and proved(str(shown.value)))


def requisites_on(dossier: Dossier, day: date, key: str) -> list[Requisite]:
    """The payment details of a kind in force on a day."""
    return [item for item in dossier.procedure.requisites if item.key == key and item.in_force.on(day)]


def _matches(shown: Field, requisites: list[Requisite]) -> Likeness:
    return max((digits_alike(str(shown.value), item.value) for item in requisites), default=Likeness.DIFFERENT)


def _payment_day(receipt: Document) -> date | None:
    shown = receipt.get("date")
    try:
        return date.fromisoformat(shown.text) if shown and shown.text else None
    except ValueError:
        return None


def _fee(dossier: Dossier) -> Decimal | None:
    """The sum of the day where the sources name one without conditions."""
    fees = [fee for fee in dossier.procedure.fees if fee.in_force.on(dossier.received_on) and fee.when == ALWAYS]
    return Decimal(fees[0].amount) if len(fees) == 1 and fees[0].amount is not None else None


def _sum(amount: Field | None) -> Decimal | None:
    if amount is None or isinstance(amount.value, bool | list) or amount.value is None:
        return None
    try:
        return Decimal(str(amount.value))
    except InvalidOperation:
        return None


def _together(receipts: list[Document]) -> Decimal:
    return sum((paid for receipt in receipts if (paid := _sum(receipt.get("amount"))) is not None), Decimal(0))


def facts_for_text(dossier: Dossier) -> dict[str, str]:
    """What the sentences of duty findings say in numbers."""
    receipts = dossier.of_types([_RECEIPT])
    paid = max((total for receipt in receipts if (total := _sum(receipt.get("amount"))) is not None), default=None)
    required = _fee(dossier)
    details = [
        f"{item.name} – {item.value}"
        for key in ("recipient", *_COMPARED)
        for item in requisites_on(dossier, dossier.received_on, key)
    ]
    return {"paid": _money(paid), "required": _money(required), "requisites": ", ".join(details)}


def _money(amount: Decimal | None) -> str:
    if amount is None:
        return ""
    text = f"{amount:.2f}".replace(".", ",")
    return text.removesuffix(",00")
