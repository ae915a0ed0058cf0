"""The headers of a message that nobody has opened yet."""

from __future__ import annotations

from dataclasses import dataclass
from email import policy
from email.header import Header
from email.parser import BytesHeaderParser
from email.utils import parseaddr

_HEAD = 64 << 10  # bytes; longer headers are cut


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sent it and under which Message-ID, as far as that can be told."""

    message_id: str | None = None
    sender: str | None = None


def envelope(raw: bytes) -> Envelope:
    """Sender (lower case) and Message-ID of a raw message."""
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(_head(raw))
    sender = parseaddr(_text(headers.get("From")))[1].strip().lower()
    return Envelope(_text(headers.get("Message-ID")).strip()[:500] or None, sender[:320] or None)


def _head(raw: bytes) -> bytes:
    """The bytes up to the first empty line, or the first ones when there is none in reach."""
    start = raw[:_HEAD]
    ends = [end for end in (start.find(b"\n\n"), start.find(b"\r\n\r\n")) if end >= 0]
    return start[: min(ends)] if ends else start


def _text(value: str | Header | None) -> str:
    return str(value or "").replace("\x00", "")
