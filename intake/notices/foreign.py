"""Text that strangers wrote, made fit for a letter of the office."""

from __future__ import annotations

import re
import unicodedata

_LONGEST_NAME = 80
_LONGEST_FILE = 70
#: Letters, apostrophes, hyphens and full stops that end a word; never an address or a number.
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼ -]|\.(?= |$))*")


def printable(text: str) -> str:
    """Foreign text fit for a letter: no control or direction characters, single spaces."""
    return " ".join("".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text).split())


def display_file(name: str) -> str:
    """A sender's file name fit for a letter, not longer than a line."""
    clean = printable(name)
    if len(clean) <= _LONGEST_FILE:
        return clean
    return f"{clean[: _LONGEST_FILE - 21]}…{clean[-20:]}"


def display_name(name: str | None) -> str | None:
    """A person's name as read, or None for what cannot be a name, so that no letter carries a stranger's text."""
    clean = " ".join(unicodedata.normalize("NFC", name or "").split())
    return clean if len(clean) <= _LONGEST_NAME and _NAME.fullmatch(clean) else None
