"""A notice as an e-mail: text, HTML and PDF in one message that no mail system answers by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from models.case import Notice
from models.catalogue import Authority

_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
_MOST_REFERENCES = 12


def to_message(
    notice: Notice,
    *,
    in_reply_to: str | None,
    references: Iterable[str],
    message_id: str,
    office: Authority,
    date: datetime,
) -> EmailMessage:
    """The e-mail that carries a notice, the same bytes whenever it is made from the same values.

    ``in_reply_to`` and ``references`` are the Message-IDs of the applicant's message, as found there; what is no
    Message-ID is left out. ``message_id`` comes from ``models.reference.notice_message_id``; ``date`` knows its zone.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(display_name=office.name, addr_spec=office.email)
    message["To"] = Address(addr_spec=notice.to)
    message["Reply-To"] = Address(display_name=office.name, addr_spec=office.email)
    message["Subject"] = notice.subject
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    _thread(message, in_reply_to, references)
    # RFC 3834, and the header that Microsoft's servers heed instead
    message["Auto-Submitted"] = "auto-replied" if "In-Reply-To" in message else "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = "az"
    message.set_content(notice.text, cte="quoted-printable")
    message.add_alternative(notice.html, subtype="html", cte="quoted-printable")
    if notice.pdf:
        name = f"Bildiris-{notice.reference}.pdf"
        message.add_attachment(notice.pdf, maintype="application", subtype="pdf", filename=name)
    _fix_boundaries(message, notice.reference)
    return message


def bounce_address(reference: str, office: Authority) -> str:
    """The envelope sender of a notice: bounces come back to the office's mailbox with the case's number on them."""
    local, _, domain = office.email.rpartition("@")
    return f"{local}+{reference.lower()}@{domain}"


def _thread(message: EmailMessage, in_reply_to: str | None, references: Iterable[str]) -> None:
    parents = _MESSAGE_ID.findall(in_reply_to or "")[:1]
    if not parents:
        return
    message["In-Reply-To"] = parents[0]
    chain = [each for text in references for each in _MESSAGE_ID.findall(text)]
    chain = list(dict.fromkeys(each for each in chain if each != parents[0]))
    # the first message and the latest ones are what mail programs look for
    kept = chain[:1] + chain[1:][-(_MOST_REFERENCES - 2) :]
    message["References"] = " ".join([*kept, parents[0]])


def _fix_boundaries(message: EmailMessage, reference: str) -> None:
    """Boundaries that come from the reference instead of chance; "=_" cannot occur in an encoded body."""
    multiparts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(multiparts):
        part.set_boundary(f"=_{reference}.{number}")
