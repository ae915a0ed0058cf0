"""Sums of money, whole numbers and e-mail addresses."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[ \u00a0']\d{3})+|\d+)(?:\s?[.,]\s?(\d{1,2}))?(?![\d])")
_QEPIK = re.compile(r"^\W*(?:azn|man(?:at)?\w*|₼|m\.?)\W*(\d{1,2})\s*(?:q[əe]p\w*|kop\w*)", re.IGNORECASE)


def amount(text: str) -> Decimal | None:
    """The first sum of money in a text: "110", "110,00 AZN", "1 234.50", "110 manat 00 qəpik"."""
    found = _AMOUNT.search(text)
    if not found:
        return None
    whole = re.sub(r"\D", "", found.group(1))
    cents = found.group(2) or next(iter(_QEPIK.findall(text[found.end() :])), "0")
    try:
        return Decimal(f"{whole}.{cents.zfill(2) if not found.group(2) else cents}")
    except InvalidOperation:
        return None


def integer(text: str) -> int | None:
    """The first whole number of a text ("45 gün")."""
    found = re.search(r"\d+", text)
    return int(found.group()) if found else None


def email(text: str) -> str | None:
    """The first e-mail address of a text, blanks around its signs forgiven."""
    found = re.search(r"[\w.+\-]+\s?@\s?[\w\-]+(?:\s?\.\s?[\w\-]+)+", text)
    return re.sub(r"\s", "", found.group()) if found else None
