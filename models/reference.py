"""Reference numbers: what a notice's subject carries so that replies find their case.

A reference looks like ``QBL-7K3M9-X2P4A``: ten letters of Crockford's base 32 (no I, L, O, U) from a hash.
"""

from __future__ import annotations

import hashlib
import re

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PATTERN = re.compile(r"\bQBL-([0-9A-HJKMNP-TV-Z]{5})-([0-9A-HJKMNP-TV-Z]{5})\b", re.IGNORECASE)


def reference_of(content: bytes) -> str:
    """The reference number made from content; equal content gives an equal number."""
    number = int.from_bytes(hashlib.sha256(content).digest()[:8], "big")
    letters = "".join(_ALPHABET[(number >> shift) & 31] for shift in range(0, 50, 5))
    return f"QBL-{letters[:5]}-{letters[5:]}"


def registration_number(series: str, year: int, number: int) -> str:
    """A number of the office's register: the letters of the procedure, the year, the number in it (VƏ-2026/00017)."""
    return f"{series}-{year}/{number:05d}"


def references_in(text: str) -> tuple[str, ...]:
    """The reference numbers that stand in a text, in order, upper-cased."""
    return tuple(f"QBL-{a}-{b}".upper() for a, b in _PATTERN.findall(text))


def notice_message_id(reference: str, kind: str, domain: str) -> str:
    """The Message-ID of a notice; the same decision always gets the same one, so a repeat is recognised."""
    return f"<{reference.lower()}.{kind}@{domain}>"
