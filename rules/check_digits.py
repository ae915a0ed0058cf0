"""Check digits: evidence about a reading, never a finding of their own (procedures.md)."""

from __future__ import annotations

import re

_VOEN_WEIGHTS = (4, 1, 8, 6, 2, 7, 5, 3)


def voen_valid(number: str) -> bool:
    """Whether the ninth digit of a VÖEN follows from the first eight: weighted sum modulo 11."""
    digits = re.sub(r"\s", "", number)
    if not re.fullmatch(r"\d{10}", digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _VOEN_WEIGHTS, strict=False))
    return total % 11 == int(digits[8])


def iban_valid(account: str) -> bool:
    """Whether an IBAN's check digits are right (ISO 13616: modulo 97 is 1)."""
    code = re.sub(r"\s", "", account).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", code):
        return False
    return int("".join(str(int(letter, 36)) for letter in code[4:] + code[:4])) % 97 == 1
