"""Messages open into headers, text and files, whatever their packaging."""

from __future__ import annotations

import base64
import io
import os
import quopri
import tarfile
import time
import zipfile
from datetime import datetime
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pikepdf
import pytest
from PIL import Image

from extractors.limits import Limits
from extractors.mail import OpenedMessage, iter_messages, open_message
from models.mail import PartStatus

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"


def picture(width: int, height: int, kind: str = "JPEG") -> bytes:
    """A noisy picture of a size."""
    pixels = np.random.default_rng(1).integers(0, 255, (height, width, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind)
    return out.getvalue()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def letter(*attachments: tuple[bytes, str | None], text: str = "Salam") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Əli Məmmədov <ali@example.az>"
    message["To"] = "info@example.gov.az"
    message["Subject"] = "Ərizə"
    message.set_content(text)
    for content, name in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def opened(message: EmailMessage | bytes, limits: Limits | None = None) -> OpenedMessage:
    raw = message if isinstance(message, bytes) else bytes(message)
    return open_message(raw, "a.eml", limits or Limits())


def outcomes(found: OpenedMessage) -> dict[str, str]:
    return {part.attachment.file: part.attachment.status.value for part in found.parts}


def test_headers_and_text_are_read_as_a_person_sees_them() -> None:
    """RFC 2047 words, the display name and the body come out as Azerbaijani text."""
    message = opened(letter(text="Xahiş edirəm, baxasınız")).message
    assert (message.sender, message.sender_name) == ("ali@example.az", "Əli Məmmədov")
    assert message.subject == "Ərizə"
    assert message.text == "Xahiş edirəm, baxasınız"


def test_an_address_that_no_server_takes_is_none() -> None:
    """It would fit into no column, and nobody can be reached there."""
    assert opened(b"From: <" + b"a" * 400 + b"@b.az>\nSubject: x\n\nx\n").message.sender is None


def test_day_of_receipt_is_the_topmost_received_of_the_outermost_message_in_baku() -> None:
    """Neither Date nor a lower Received nor a nested message decides the day."""
    inner = letter((PDF, "a.pdf"))
    inner["Received"] = "from x by y; Mon, 1 Jan 2018 10:00:00 +0000"
    outer = letter()
    outer.add_attachment(inner)
    raw = (
        b"Received: from a by b; Tue, 14 May 2024 21:30:00 +0000\nReceived: from c by d; Mon, 13 May 2024 1:00 +0000\n"
    )
    found = opened(raw + b"Date: Sun, 12 May 2024 10:00:00 +0400\n" + bytes(outer)).message
    assert found.received_at == datetime(2024, 5, 15, 1, 30, tzinfo=ZoneInfo("Asia/Baku"))


def test_a_leap_second_is_a_time() -> None:
    """RFC 5322 allows the second 60."""
    found = opened(b"Date: Sat, 31 Dec 2016 23:59:60 +0000\n" + bytes(letter())).message
    assert found.received_at == datetime(2017, 1, 1, 3, 59, 59, tzinfo=ZoneInfo("Asia/Baku"))


def test_equal_names_are_numbered_and_equal_files_never_merged() -> None:
    """Two attachments of one name become scan.pdf and scan (2).pdf."""
    found = opened(letter((PDF, "scan.pdf"), (PDF, "scan.pdf"), (PDF, "scan.pdf")))
    assert list(outcomes(found)) == ["scan.pdf", "scan (2).pdf", "scan (3).pdf"]
    assert len({part.attachment.sha256 for part in found.parts}) == 1


def test_media_type_is_what_the_bytes_are() -> None:
    """A JPEG named .pdf, a PDF named .jpg and a PDF behind junk are told by content."""
    found = opened(letter((picture(300, 400), "a.pdf"), (PDF, "b.jpg"), (b"junk\r\n" + PDF, "c")))
    assert [part.attachment.media_type for part in found.parts] == ["image/jpeg", "application/pdf", "application/pdf"]


def test_nameless_parts_get_a_number_and_an_ending() -> None:
    """A nameless JPEG is part-1.jpg, a nameless nested message message.eml."""
    root = MIMEMultipart()
    root["From"] = "a@example.az"
    root.attach(MIMEText("salam", "plain", "utf-8"))
    root.attach(MIMEImage(picture(600, 800), "jpeg"))
    nested = EmailMessage()
    nested["Subject"] = "x"
    nested.set_content("Kart nömrəm AZE123")
    root.attach(MIMEMultipart("digest", _subparts=[_rfc822(nested)]))
    found = opened(bytes(root))
    assert outcomes(found) == {"part-1.jpg": "ok", "message.eml": "ok"}
    assert "Kart nömrəm AZE123" in found.message.text


def _rfc822(message: EmailMessage):  # type: ignore[no-untyped-def]
    holder = EmailMessage()
    holder.add_attachment(message)
    return next(holder.iter_attachments())


def test_files_of_a_forwarded_message_and_of_a_zip_stand_below_them() -> None:
    """Containers are listed with their members: fwd.eml/passport.jpg, docs.zip/1.jpg, docs.zip/inner.zip/2.jpg."""
    forwarded = letter((picture(500, 700), "passport.jpg"))
    packed = zipped(_1__jpg=picture(400, 300), inner__zip=zipped(_2__jpg=picture(300, 400)))
    outer = letter((bytes(forwarded), "fwd.eml"), (packed, "docs.zip"))
    assert outcomes(opened(outer)) == dict.fromkeys(
        ["fwd.eml", "fwd.eml/passport.jpg", "docs.zip", "docs.zip/_1.jpg", "docs.zip/inner.zip",
         "docs.zip/inner.zip/_2.jpg"], "ok",
    )  # fmt: skip


def test_files_inside_a_pdf_are_reached() -> None:
    """A portfolio's documents stand below it; an invoice's data does not count."""
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.attachments["scan.jpg"] = picture(600, 800)
    document.attachments["data.xml"] = b"<?xml version='1.0'?><a/>"
    document.save(out)
    found = outcomes(opened(letter((out.getvalue(), "a.pdf"))))
    assert found == {"a.pdf": "ok", "a.pdf/data.xml": "skipped", "a.pdf/scan.jpg": "ok"}


def test_a_fourth_zip_inside_zips_is_unsafe() -> None:
    """Three archives inside each other are opened, the fourth is not."""
    packed = zipped(a__txt=b"x")
    for _ in range(3):
        packed = zipped(z__zip=packed)
    found = outcomes(opened(letter((packed, "a.zip"))))
    assert found == {"a.zip": "ok", "a.zip/z.zip": "ok", "a.zip/z.zip/z.zip": "ok", "a.zip/z.zip/z.zip/z.zip": "unsafe"}


def test_a_zip_bomb_is_unsafe_before_it_is_unpacked() -> None:
    """Fifty megabytes of zeros in a few kilobytes are refused by the ratio."""
    assert outcomes(opened(letter((zipped(a__bin=bytes(50_000_000)), "a.zip")))) == {"a.zip": "unsafe"}


def test_an_encrypted_zip_is_unreadable() -> None:
    """The password flag alone is enough to know it."""
    raw = bytearray(zipped(a__pdf=PDF))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        flag = raw.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        raw[flag] |= 1
    part = opened(letter((bytes(raw), "a.zip"))).parts[0].attachment
    assert (part.status, part.detail) == (PartStatus.UNREADABLE, "encrypted: needs a password")


def test_zip_names_in_the_code_page_of_russian_windows_are_read() -> None:
    """A name stored in cp866 without the UTF-8 flag comes out in Cyrillic."""
    raw = zipped(pasport__pdf=PDF).replace(b"pasport.pdf", "паспорт.pdf".encode("cp866"))
    assert "a.zip/паспорт.pdf" in outcomes(opened(letter((raw, "a.zip"))))


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"", "scan.pdf", "unreadable"),
        (b"sadece metn", "scan.pdf", "unreadable"),
        (b"MZ" + bytes(60) + b"PE\0\0" + bytes(100), "scan.pdf", "unsafe"),
        (b"WScript.Echo 1", "scan.pdf.vbs", "unsafe"),
        (b"BEGIN:VCARD\nEND:VCARD", "men.vcf", "skipped"),
    ],
)
def test_what_is_no_document_ends_with_a_status_and_a_reason(content: bytes, name: str, status: str) -> None:
    """Empty, unsupported, executable and irrelevant files are told apart by their bytes."""
    part = opened(letter((content, name))).parts[0].attachment
    assert part.status.value == status
    assert part.detail


def test_a_winmail_file_that_claims_billions_of_properties_does_not_hold_the_queue() -> None:
    """The count in a damaged file is not believed."""
    claims = b"\x01\x03\x90\x06\x00" + (4).to_bytes(4, "little") + b"\xff" * 4 + b"\0\0" + bytes(20)
    started = time.monotonic()
    assert "winmail.dat" in outcomes(opened(letter((b"\x78\x9f\x3e\x22\x01\x00" + claims, "winmail.dat"))))
    assert time.monotonic() - started < 5


def test_logos_of_a_signature_are_skipped_and_a_pasted_scan_is_not() -> None:
    """Of pictures cited in the HTML body only small and banner-like ones are ornaments."""
    root = MIMEMultipart("related")
    root.attach(MIMEText('<p>Salam</p><img src="cid:logo"><img src="cid:scan">', "html", "utf-8"))
    for name, size in (("logo", (180, 60)), ("scan", (1200, 1600))):
        image = MIMEImage(picture(*size), "jpeg")
        image.add_header("Content-ID", f"<{name}>")
        image.add_header("Content-Disposition", "inline", filename=f"{name}.jpg")
        root.attach(image)
    assert outcomes(opened(bytes(root))) == {"logo.jpg": "skipped", "scan.jpg": "ok"}


def test_an_inline_attachment_between_html_bodies_is_a_file_and_the_bodies_are_text() -> None:
    """Apple Mail puts a PDF between two HTML parts inside an alternative."""
    root = MIMEMultipart("alternative")
    root.attach(MIMEText("\n", "plain"))
    mixed = MIMEMultipart(
        "mixed", _subparts=[MIMEText("<b>bir</b>", "html"), MIMEApplication(PDF, "pdf", name="a.pdf")]
    )
    mixed.attach(MIMEText("<i>iki</i>", "html"))
    root.attach(mixed)
    found = opened(bytes(root))
    assert outcomes(found) == {"a.pdf": "ok"}
    assert found.message.text.split() == ["bir", "iki"]


@pytest.mark.parametrize("charset", ["windows-1251", "x-unknown", "utf-8", "us-ascii"])
def test_a_wrong_or_unknown_charset_loses_no_text(charset: str) -> None:
    """Cyrillic in cp1251 is read whatever the header says of it."""
    body = "Прошу принять меня в гражданство Азербайджанской Республики".encode("cp1251")
    raw = b"From: a@example.az\nContent-Type: text/plain; charset=" + charset.encode() + b"\n\n" + body
    assert "гражданство" in opened(raw).message.text


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Disposition: attachment; filename*=UTF-8''%C6%8Friz%C9%99.pdf",
        b"Content-Disposition: attachment; filename*0*=UTF-8''%C6%8Fri; filename*1*=z%C9%99.pdf",
        b"Content-Disposition: attachment; filename=\"=?utf-8?B?xo9yaXrJmS5wZGY=?=\"",
        b"Content-Disposition: =?utf-8?B?YXR0YWNobWVudDsgZmlsZW5hbWU9IsaPcml6yZkucGRmIg==?=",
        b"Content-Type: application/pdf; name=\"=?utf-8?Q?=C6=8Friz=C9=99.pdf?=\"",
        b"Content-Disposition: attachment; filename=\"" + "Ərizə.pdf".encode() + b"\"",
        b"Content-Disposition: attachment; filename=\"C:\\scan\\" + "Ərizə.pdf".encode() + b"\"",
    ],
)  # fmt: skip
def test_every_way_to_write_a_name_gives_the_same_name(header: bytes) -> None:
    """RFC 2231 with and without continuations, RFC 2047, raw UTF-8 and a Windows path all give Ərizə.pdf."""
    raw = (
        b"From: a@b.az\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nsalam\n--x\n"
        + header
        + b"\n\n"
        + PDF
        + b"\n--x--\n"
    )
    assert list(outcomes(opened(raw))) == ["Ərizə.pdf"]


def test_a_multipart_without_its_boundary_is_taken_apart_at_the_one_it_shows() -> None:
    """A header that names no boundary, or another, costs no attachment."""
    raw = b"From: a@b.az\nContent-Type: multipart/mixed\n\n--q1\nContent-Type: text/plain\n\nsalam\n--q1\n"
    raw += b"Content-Type: application/pdf; name=a.pdf\n\n" + PDF + b"\n--q1--\n"
    assert outcomes(opened(raw)) == {"a.pdf": "ok"}


def parts(boundary: str, *inner: bytes) -> bytes:
    """The body of a multipart."""
    dashes = b"--" + boundary.encode()
    return b"".join(dashes + b"\n" + each + b"\n" for each in inner) + dashes + b"--\n"


WORDS = b"Content-Type: text/plain\n\nsalam"
PAPER = b"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(PDF)
INNER = b'Content-Type: multipart/mixed; boundary="in"\n\n' + parts("in", WORDS, PAPER)


@pytest.mark.parametrize(
    "raw",
    [
        INNER.replace(b"multipart/mixed", b"text/plain"),
        b"MIME-Version: 1.0\n\n" + INNER.split(b"\n\n", 1)[1],
        INNER.replace(b"\n", b"\r\r\n"),
        INNER.replace(b"\n", b"\r"),
        b"Content-Type: multipart/mixed; boundary=in\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(INNER.split(b"\n\n", 1)[1]),
        INNER.replace(b"Transfer-Encoding: base64", b"Transfer-Encoding: base-64"),
        INNER.replace(b"Content-Transfer-Encoding: base64\n", b""),
        INNER.replace(b"name=a.pdf", b"name=b.pdf; name*=utf-8''a.pdf"),
    ],
)  # fmt: skip
def test_files_are_found_although_their_wrapping_is_wrong(raw: bytes) -> None:
    """A lost or wrong type, line ends translated twice, an encoding unnamed or unknown: no file becomes text."""
    found = opened(b"From: a@b.az\nSubject: x\n" + raw if b"\r" not in raw else b"From: a@b.az\r\r\n" + raw)
    assert outcomes(found) == {"a.pdf": "ok"}
    assert found.message.text == "salam"


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_nested_message_that_was_encoded_is_opened(encoding: str) -> None:
    """The standard forbids it and programs do it: its files are files of the message."""
    nested = b"From: c@d.az\n" + INNER
    coded = base64.encodebytes(nested) if encoding == "base64" else quopri.encodestring(nested)
    head = f"Content-Type: message/rfc822; name=fwd.eml\nContent-Transfer-Encoding: {encoding}\n\n".encode()
    raw = b"From: a@b.az\nContent-Type: multipart/mixed; boundary=out\n\n" + parts("out", WORDS, head + coded)
    assert outcomes(opened(raw)) == {"fwd.eml": "ok", "fwd.eml/a.pdf": "ok"}


def test_a_scan_pasted_into_html_as_a_data_address_is_a_file() -> None:
    """The words behind it are read too, however large it is."""
    shown = base64.b64encode(picture(1200, 1600)).decode()
    message = EmailMessage()
    message["From"] = "a@b.az"
    message.set_content(f"<p>bir</p><img src='data:image/jpeg;base64,{shown}'><p>iki</p>", subtype="html")
    found = opened(message)
    assert outcomes(found) == {"part-1.jpg": "ok"}
    assert found.message.text.split() == ["bir", "iki"]


@pytest.mark.parametrize("words", ["Çıxarış", "Gülşən Şəkil üçün arayış".replace("ə", "e"), "dilekçe ve kimlik kartı"])
def test_words_of_an_unnamed_turkish_charset_are_no_mojibake(words: str) -> None:
    """Neither western European nor Cyrillic letters in the middle of Latin words."""
    assert opened(b"From: a@b.az\nSubject: " + words.encode("cp1254") + b"\n\nx\n").message.subject == words


def test_packages_of_other_programs_are_one_unreadable_file() -> None:
    """Their inner parts are no documents, and a tar that begins with a PDF is no PDF."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for name in ("a.pdf", "b.pdf"):
            member = tarfile.TarInfo(name)
            member.size = len(PDF)
            archive.addfile(member, io.BytesIO(PDF))
    pages = zipped(Index=b"", Document__iwa=b"x", preview__jpg=picture(400, 300))
    drawing = zipped(**{"[Content_Types]__xml": b"<x/>", "page__png": picture(400, 300, "PNG")})
    found = opened(letter((tar.getvalue(), "a.tar"), (pages, "b.pages"), (drawing, "c.xps")))
    assert outcomes(found) == dict.fromkeys(["a.tar", "b.pages", "c.xps"], "unreadable")


@pytest.mark.parametrize("raw", [b"", b"\x00\x01\x02" * 50, picture(10, 10), b"no headers here\nat all\n", PDF])
def test_bytes_that_are_no_message_say_so(raw: bytes) -> None:
    """Nothing raises; the message is marked as not parsed with a reason."""
    message = opened(raw).message
    assert not message.parsed
    assert message.defects


def test_thousands_of_parts_are_refused_and_hundreds_counted() -> None:
    """What is beyond the limit is one unsafe part, not silence."""
    found = opened(letter(*[(PDF, f"{n}.pdf") for n in range(12)]), Limits(parts=10))
    assert len(found.parts) == 11
    assert found.parts[-1].attachment.status is PartStatus.UNSAFE
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(500))
    assert opened(b"From: a@b.az\n" + deep).parts[0].attachment.status is PartStatus.UNSAFE


def test_names_cannot_leave_their_place() -> None:
    """Paths, control characters and endless names are tamed."""
    found = opened(letter((zipped(a=b"x").replace(b"a", b"a"), "../../etc/x\u202e.zip"), (PDF, "y" * 400 + ".pdf")))
    names = list(outcomes(found))
    assert names[0] == "x.zip"
    assert len(names[-1]) <= 120
    assert names[-1].endswith(".pdf")


def test_messages_come_in_order_from_folders_mboxes_and_maildirs(tmp_path: Path) -> None:
    """Names are paths below PATH; messages of an mbox are numbered from 1."""
    one = bytes(letter())
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.eml").write_bytes(one)
    (tmp_path / "a.txt").write_bytes(one)
    (tmp_path / "a.json").write_bytes(b'{"expected": 1}')
    (tmp_path / "empty.eml").write_bytes(b"")
    stamp = b"From a@b.az Tue May 14 10:00:00 2024\n"
    (tmp_path / "box.mbox").write_bytes(stamp + one + b"\n" + stamp + one.replace(b"\n\n", b"\n\n>From here\n", 1))
    for name in ("cur", "new", "tmp"):
        (tmp_path / "mail" / name).mkdir(parents=True)
    (tmp_path / "mail" / "new" / "1.host").write_bytes(one)
    (tmp_path / "mail" / "cur" / "3.host:2,S").write_bytes(b"broken")
    (tmp_path / "mail" / "tmp" / "2.host").write_bytes(one)
    found = dict(iter_messages(tmp_path))
    assert list(found) == ["a.txt", "b/x.eml", "box.mbox#1", "box.mbox#2", "empty.eml", "mail/cur/3.host:2,S",
                           "mail/new/1.host"]  # fmt: skip
    assert b"\nFrom here" in found["box.mbox#2"]
    assert [name for name, _ in iter_messages(tmp_path / "a.json")] == ["a.json"]


def test_what_cannot_be_read_in_a_folder_stops_nothing(tmp_path: Path) -> None:
    """A dead link is named, a loop is not followed, a pipe not waited for, a name that is no text made one."""
    (tmp_path / "b.eml").write_bytes(bytes(letter()))
    (tmp_path / "a.eml").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to(".")
    os.mkfifo(tmp_path / "pipe.eml")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/c\xff.eml")).write_bytes(bytes(letter()))
    unread: list[str] = []
    names = [name for name, _ in iter_messages(tmp_path, lambda name, _: unread.append(name))]
    assert (names, unread) == (["b.eml", "c\ufffd.eml"], ["a.eml"])
    with pytest.raises(OSError, match=r"a\.eml"):
        list(iter_messages(tmp_path))


@pytest.mark.parametrize("charset", ["idna", "undefined", "punycode", "raw_unicode_escape", "utf-7"])
def test_what_python_calls_a_codec_and_is_no_charset_stops_nothing(charset: str) -> None:
    """No word raises and none holds half a character, which no database keeps."""
    head = f"From: a@b.az\nSubject: =?{charset}?Q?=FFx?=\nContent-Type: text/plain; charset={charset}\n\n".encode()
    message = opened(head + b"+2AA- \\ud800 salam \xff\n").message
    assert "salam" in message.text
    assert f"{message.subject}{message.text}".encode()
