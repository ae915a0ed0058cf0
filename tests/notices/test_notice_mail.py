"""The e-mail of a notice: threaded, answered by no machine, the same bytes each time."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from intake.notices import bounce_address, to_message
from models.case import Notice, NoticeKind
from models.catalogue import Authority
from models.reference import notice_message_id

OFFICE = Authority("dmx", "Azərbaycan Respublikasının Dövlət Miqrasiya Xidməti", email="info@migration.gov.az")
REFERENCE = "QBL-7K3M9-X2P4A"
NOTICE = Notice(
    NoticeKind.REFUSAL, "person@example.com", f"{REFERENCE}: sorğunun yerinə yetirilməsindən imtina",
    "Hörmətli Əli!\n" * 40, "<p>Hörmətli Əli!</p>", REFERENCE, pdf=b"%PDF-1.7 x",
)  # fmt: skip
ID = notice_message_id(REFERENCE, "refusal", "migration.gov.az")


def made(in_reply_to: str | None = "<m1@example.com>", references: tuple[str, ...] = ("<m0@example.com>",)) -> bytes:
    message = to_message(
        NOTICE, in_reply_to=in_reply_to, references=references, message_id=ID, office=OFFICE,
        date=datetime(2026, 11, 22, 10, 5, tzinfo=UTC),
    )  # fmt: skip
    return bytes(message)


def test_parts_and_headers() -> None:
    """Text, HTML and PDF; From, To, Reply-To, thread and the headers that keep machines from answering."""
    message = message_from_bytes(made(), policy=policy.default)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf",
    ]  # fmt: skip
    assert message["Subject"] == NOTICE.subject
    assert message["To"] == "person@example.com"
    assert message["From"].addresses[0].display_name == OFFICE.name
    assert message["Reply-To"].addresses[0].addr_spec == "info@migration.gov.az"
    assert message["Message-ID"] == ID
    assert message["In-Reply-To"] == "<m1@example.com>"
    assert message["References"].split() == ["<m0@example.com>", "<m1@example.com>"]
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == NOTICE.text.splitlines()
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == f"Bildiris-{REFERENCE}.pdf"
    assert attached.get_content() == NOTICE.pdf


def test_bytes_are_repeatable_ascii_and_short_lines() -> None:
    """Any server can carry it, and a repeated send is the same message."""
    raw = made()
    assert raw == made()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


@pytest.mark.parametrize("hostile", [None, "", "no id at all", "<a@b>\r\nBcc: x@example.com", "<a b@c>"])
def test_foreign_ids_inject_nothing(hostile: str | None) -> None:
    """What the applicant's headers hold gets into ours only where it is a Message-ID."""
    raw = made(hostile, ("garbage\r\nBcc: y@example.com", "<ok@example.com>"))
    message = message_from_bytes(raw, policy=policy.default)
    assert message["Bcc"] is None
    assert message["In-Reply-To"] in (None, "<a@b>")


def test_long_threads_keep_first_and_latest() -> None:
    """References stay short in endless threads."""
    raw = made("<last@e>", tuple(f"<m{i}@e>" for i in range(200)))
    message = message_from_bytes(raw, policy=policy.default)
    kept = message["References"].split()
    assert kept[0] == "<m0@e>"
    assert kept[-2:] == ["<m199@e>", "<last@e>"]
    assert len(kept) <= 12


def test_bounces_name_their_case() -> None:
    """The envelope sender carries the reference back to the office's own mailbox."""
    assert bounce_address(REFERENCE, OFFICE) == "info+qbl-7k3m9-x2p4a@migration.gov.az"
