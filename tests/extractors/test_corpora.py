"""Odd and hostile files that nobody here wrote: each ends with a recorded outcome, in time and in bounds."""

from __future__ import annotations

import base64
import hashlib
import json
import resource
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from classifiers.message import message_kind
from extractors import sniff
from extractors.archives import open_tnef
from extractors.files import open_pages
from extractors.mail import iter_messages, open_message
from extractors.refusals import Unreadable
from extractors.shapes import OpenedPart, Pixels
from models.mail import Attachment, MessageKind, PartStatus

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
SECONDS = 10.0

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora of odd files are not beside the repository")

#: Where the published truth counts a piece of an unfinished body as a file, or misses files that are plainly there.
DISPUTED = {
    "mail-parser__malformed__003", "mail-parser__malformed__004", "mail-parser__malformed__008",
    "mail-parser__malformed__016", "mail-parser__rfc__003", "mail-parser__thirdparty__015",
}  # fmt: skip


def files(folder: str, *endings: str) -> list[Path]:
    found = sorted((CORPORA / folder).iterdir()) if CORPORA.is_dir() else []
    return [path for path in found if path.suffix not in (".json", ".list") and (not endings or path.suffix in endings)]


def whole(path: Path) -> tuple[Attachment, Pixels | None, int]:
    """The outcome of a file, the pixels of its first page and how many of its first five pages came."""
    raw = path.read_bytes()
    attachment = Attachment(path.name, hashlib.sha256(raw).hexdigest(), len(raw), sniff.media_type(raw))
    outcome = open_pages(OpenedPart(attachment, raw))
    first, count = None, 0
    for page in islice(outcome.pages, 5):
        first, count = page.pixels if count == 0 else first, count + 1
    return outcome.attachment, first, count


def walk(folder: str) -> Iterator[tuple[str, MessageKind, str | None]]:
    for path in files(folder):
        for name, raw in iter_messages(path):
            started = time.monotonic()
            opened = open_message(raw, name)
            for part in opened.parts:
                if part.attachment.status is not PartStatus.OK:
                    assert part.attachment.detail, name
            found = message_kind(opened.message, [part.attachment for part in opened.parts])
            assert found.parsed or found.defects, name
            assert time.monotonic() - started < SECONDS, name
            yield name, found.kind, found.machine_made


def test_parts_agree_with_the_published_truth() -> None:
    """The number of files of a message is that of the truth beside it, but for the disputed six."""
    wrong = set()
    for path in files("mail_gt", ".eml"):
        truth = path.with_suffix(".json")
        if truth.exists():
            opened = open_message(path.read_bytes(), path.name)
            outer = [part for part in opened.parts if "/" not in part.attachment.file]
            if len(outer) != len(json.loads(truth.read_text())["attachments"]):
                wrong.add(path.stem)
    assert wrong <= DISPUTED


def test_bounces_and_complaints_are_machine_mail_and_ordinary_mail_is_not() -> None:
    """Eighty-two reports of many mail servers, in three kinds of line ends; two letters that only look like some."""
    people = [name for name, kind, _ in walk("dsn") if kind not in (MessageKind.BOUNCE, MessageKind.AUTO_REPLY)]
    assert people == []
    assert [reason for _, _, reason in walk("not_dsn")] == [None, None]


@pytest.mark.parametrize("folder", ["mail_odd", "mail_partial"])
def test_odd_messages_end_with_an_outcome(folder: str) -> None:
    """Nothing raises, nothing takes long, nothing of the office's is ignored for being odd."""
    assert list(walk(folder))


def test_outlook_messages_open() -> None:
    """Subjects in a code page are no mojibake, attachments are reached, damaged ones say so."""
    assert len(list(walk("msg"))) == 20
    russian = open_message((CORPORA / "msg" / "poi__ASCII_CP1251_LCID1049.msg").read_bytes(), "a.msg")
    assert "автоматически" in russian.message.subject
    attached = open_message((CORPORA / "msg" / "poi__attachment_test_msg.msg").read_bytes(), "a.msg")
    assert [part.attachment.file for part in attached.parts] == ["test-unicode.doc", "pj1.txt"]
    assert attached.message.sender == "nicolas1.23456@free.fr"


def test_winmail_files_give_their_attachments() -> None:
    """The names beside a file are all found in it; garbage is unreadable."""
    for path in files("tnef", ".tnef"):
        try:
            names = {leaf.name for leaf in open_tnef(path.read_bytes()).leaves}
        except Unreadable:
            continue
        listed = path.with_suffix(".list")
        if listed.exists():
            assert {name for name in listed.read_text().split("\n") if name and not name.startswith("body.")} <= names
    head = b"From: a@b.az\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
    packed = (CORPORA / "tnef" / "MimeKit__attachments.tnef").read_bytes()
    found = [part.attachment.file for part in open_message(head + base64.encodebytes(packed), "a.eml").parts]
    assert found == ["winmail.dat", "winmail.dat/zappa_av1.jpg", "winmail.dat/bookmark.htm"]
    body = open_message(head + base64.encodebytes(packed), "a.eml").message.text
    assert "Casdasdfasdfasd" in body and "\0" not in body
    ukrainian = open_message((CORPORA / "tnef" / "MimeKit__ukr.eml").read_bytes(), "ukr.eml")
    assert ukrainian.message.text


@pytest.mark.parametrize("path", files("img_bad"), ids=lambda path: path.name)
def test_bad_pictures_are_refused_or_read(path: Path) -> None:
    """Bombs are refused by their header, broken files named as such, odd metadata does no harm."""
    attachment, _, count = whole(path)
    expected = {"bomb": ("unsafe", "unreadable"), "exif": ("ok",), "truncated_image": ("unreadable",)}
    for word, statuses in expected.items():
        if word in path.name:
            assert attachment.status.value in statuses
    assert count == (attachment.pages if attachment.status is PartStatus.OK else 0)


def test_good_pictures_are_read_upright() -> None:
    """Every orientation of the same picture gives the same page."""
    for stem in ("g4_orientation", "hopper_orientation"):
        pages = [whole(path)[1] for path in files("img_ok") if stem in path.name]
        assert len(pages) == 4
        first = pages[0]
        assert first is not None
        for page in pages[1:]:
            assert page is not None
            assert page.shape == first.shape
            assert np.abs(page.astype(int) - first.astype(int)).mean() < 6
    assert all(whole(path)[0].status is PartStatus.OK for path in files("img_ok"))


@pytest.mark.parametrize("path", files("heic"), ids=lambda path: path.name)
def test_heic_is_decoded_or_refused_with_a_reason(path: Path) -> None:
    """Never dropped in silence."""
    attachment, pixels, _ = whole(path)
    assert pixels is not None or attachment.detail


@pytest.mark.parametrize("path", files("pdf_bad"), ids=lambda path: path.name)
def test_odd_pdfs_end_with_an_outcome_in_time(path: Path) -> None:
    """Passwords are asked for, bombs refused, the rest is read or damaged."""
    started = time.monotonic()
    attachment, _, _ = whole(path)
    if "user-password" in path.name or "password-example" in path.name or "aes-256" in path.name:
        assert attachment.detail.startswith("encrypted")
    if "empty-password" in path.name or "owner-password" in path.name:
        assert attachment.status is PartStatus.OK
    if "bomb" in path.name:
        assert attachment.status is PartStatus.UNSAFE
    assert time.monotonic() - started < SECONDS


def test_all_this_fits_into_the_memory_of_a_worker() -> None:
    """After every file above the process has never held more than 900 MB."""
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 900 * 1024
