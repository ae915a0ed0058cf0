"""An e-mail message and the files it carries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class MessageKind(StrEnum):
    """What a message is (contract: ``message.kind``)."""

    APPLICATION = "application"
    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    OTHER = "other"


class PartStatus(StrEnum):
    """What became of an attachment (contract: ``attachments[].status``)."""

    OK = "ok"
    UNREADABLE = "unreadable"
    UNSAFE = "unsafe"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its headers as a person would see them and its text.

    ``received_at`` is the topmost ``Received`` of the outermost message, else ``Date``; None when neither can be read.
    ``text`` is the body as plain text (HTML converted); quoted history stays in it.
    ``defects`` are English remarks of the parser for engineers; ``parsed`` is False when the bytes are no message.
    """

    file: str
    message_id: str | None = None
    sender: str | None = None
    sender_name: str | None = None
    reply_to: str | None = None
    to: tuple[str, ...] = ()
    subject: str = ""
    sent_at: datetime | None = None
    received_at: datetime | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    text: str = ""
    kind: MessageKind = MessageKind.OTHER
    machine_made: str | None = None  # why it is mass or machine mail ("list", "spam", "auto-submitted", ...), else None
    headers: tuple[tuple[str, str], ...] = ()  # of the outermost message: lower-cased names, decoded values, in order
    links: tuple[str, ...] = ()  # never followed
    defects: tuple[str, ...] = ()
    parsed: bool = True

    @property
    def answer_to(self) -> str | None:
        """The only address a notice may go to: Reply-To, else From, of the outermost message (casework.md)."""
        return self.reply_to or self.sender


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a message, containers included.

    ``file`` is its path inside the message (``docs.zip/1.jpg``); ``media_type`` is what its bytes are, whatever it was
    declared as; ``detail`` says why the status is not ok, in English; ``pages`` is 0 for containers.
    """

    file: str
    sha256: str
    size: int
    media_type: str
    status: PartStatus = PartStatus.OK
    detail: str = ""
    pages: int = 0

    def with_outcome(self, status: PartStatus, detail: str, pages: int = 0) -> Attachment:
        """This attachment after somebody tried to read it."""
        return replace(self, status=status, detail=detail, pages=pages)
