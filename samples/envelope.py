"""Files into a mail: headers as real servers write them, attachment names encoded in every way seen."""

from __future__ import annotations

import base64
import email.encoders
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

BAKU = timezone(timedelta(hours=4))
OFFICE = "info@migration.example"


@dataclass(frozen=True)
class File:
    """An attachment. ``naming``: rfc2231, rfc2047, plain, none; ``disposition``: attachment, inline or ""."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
    naming: str = "rfc2231"
    disposition: str = "attachment"


@dataclass(frozen=True)
class Envelope:
    """A message before it is written out; ``messages`` are nested ones."""

    sender_name: str
    sender: str
    subject: str
    at: datetime
    text: str
    html: str = ""
    files: tuple[File, ...] = ()
    messages: tuple[Envelope, ...] = ()
    charset: str = "utf-8"
    reply_to: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    received: bool = True
    key: str = field(default="", compare=False)

    def to_bytes(self) -> bytes:
        return _message(self).as_bytes()


def _ident(envelope: Envelope) -> str:
    seed = f"{envelope.sender}|{envelope.subject}|{envelope.at.isoformat()}|{envelope.key}"
    return hashlib.sha256(seed.encode()).hexdigest()[:24]


def _message(envelope: Envelope) -> Message:
    ident = _ident(envelope)
    body = _body(envelope)
    whole: Message = body
    if envelope.files or envelope.messages:
        whole = MIMEMultipart("mixed", boundary=f"=_{ident}")
        whole.attach(body)
        for file in envelope.files:
            whole.attach(_part(file))
        for inner in envelope.messages:
            nested = MIMEMessage(_message(inner))
            whole.attach(nested)
    if envelope.received:
        domain = envelope.sender.rpartition("@")[2]
        whole["Received"] = (
            f"from mx.{domain} (mx.{domain} [192.0.2.{len(ident) + 1}]) by mail.migration.example "
            f"with ESMTPS id {ident[:12]};\r\n\t{format_datetime(envelope.at)}"
        )
    name = (
        Header(envelope.sender_name, "utf-8").encode() if not envelope.sender_name.isascii() else envelope.sender_name
    )
    whole["From"] = f"{name} <{envelope.sender}>" if name else envelope.sender
    whole["To"] = OFFICE
    whole["Subject"] = Header(
        envelope.subject, envelope.charset if not envelope.subject.isascii() else "us-ascii"
    ).encode()
    whole["Date"] = format_datetime(envelope.at - timedelta(seconds=25))
    whole["Message-ID"] = f"<{ident}@{envelope.sender.rpartition('@')[2]}>"
    if envelope.reply_to:
        whole["Reply-To"] = envelope.reply_to
    for key, value in envelope.extra:
        whole[key] = value
    return whole


def _body(envelope: Envelope) -> Message:
    plain = MIMEText(envelope.text, "plain", envelope.charset)
    if not envelope.html:
        return plain
    both = MIMEMultipart("alternative", boundary=f"=_alt{_ident(envelope)}")
    both.attach(plain)
    both.attach(MIMEText(envelope.html, "html", "utf-8"))
    return both


def _part(file: File) -> Message:
    kind, _, sub = file.media_type.partition("/")
    part = MIMEBase(kind, sub or "octet-stream")
    part.set_payload(file.content)
    email.encoders.encode_base64(part)
    encoded = f"=?UTF-8?B?{base64.b64encode(file.name.encode()).decode()}?="
    if file.naming == "none":
        if file.disposition:
            part["Content-Disposition"] = file.disposition
    elif file.naming == "rfc2047":
        part.set_param("name", encoded)
        part["Content-Disposition"] = f'{file.disposition}; filename="{encoded}"'
    elif file.naming == "plain" or file.name.isascii():
        part["Content-Disposition"] = f'{file.disposition}; filename="{file.name}"'
    else:
        part.add_header("Content-Disposition", file.disposition, filename=("utf-8", "az", file.name))
    return part
