"""A blank form of ours that was filled in comes back as it was typed, whatever program saved it."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extractors.files import open_pages
from extractors.shapes import OpenedPart
from intake.cli import app
from models.mail import Attachment
from rules.catalogue import load_catalogue
from tests.forms.tricky import drawn_pdf, expected, filled_docx, flattened_pdf, typed_pdf

FORMS = sorted(load_catalogue().forms)
_WORD = "vnd.openxmlformats-officedocument.wordprocessingml.document"
_WAYS = {
    "typed": (typed_pdf, "pdf", "form_field"), "drawn": (drawn_pdf, "pdf", "form_field"),
    "flattened": (flattened_pdf, "pdf", "text_layer"), "word": (filled_docx, "docx", "docx"),
}  # fmt: skip


def message(content: bytes, ending: str) -> bytes:
    """An e-mail that carries the form."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "gulnare@example.com", "info@migration.gov.az", "Ərizə-anket"
    mail["Date"] = "Sun, 22 Nov 2026 10:00:00 +0400"
    mail.set_content("Salam. Doldurulmuş ərizə-anketi göndərirəm.\n")
    subtype = "pdf" if ending == "pdf" else _WORD
    mail.add_attachment(content, maintype="application", subtype=subtype, filename=f"ərizə-anket.{ending}")
    return bytes(mail)


def processed(folder: Path) -> list[dict[str, Any]]:
    """What ``intake process`` prints of the messages in a folder."""
    done = CliRunner().invoke(app, ["process", "--jobs", "1", str(folder)])
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.story
@pytest.mark.parametrize("key", FORMS)
def test_a_filled_form_reads_back_without_loss(key: str, tmp_path: Path) -> None:
    """Every answer, of every row, equals what was typed: from a form's fields, from fields with a look, flattened, and
    from Word; in its own words, with the source it came from and next to no doubt."""
    form = load_catalogue().forms[key]
    mails = tmp_path / "mails"
    mails.mkdir()
    for name, (fill, ending, _) in _WAYS.items():
        (mails / f"{name}.eml").write_bytes(message(fill(form, tmp_path), ending))
    for found in processed(mails):
        name = Path(found["message"]["file"]).stem
        (document,) = found["documents"]
        assert document["type"] == key
        fields = document["fields"]
        wanted = expected(form)
        assert {k: fields[k]["value"] for k in wanted} == wanted, name
        assert {fields[k]["source"] for k in wanted} == {_WAYS[name][2]}, name
        least = min(fields[k]["confidence"] for k in wanted)
        assert least > (0.98 if name in ("typed", "drawn") else 0.85), name


def test_letters_with_dots_on_top_are_seen_on_a_flattened_form(tmp_path: Path) -> None:
    """What PDFium draws into the page from a field is text of the page, where the drawing lies."""
    form = load_catalogue().forms["application_form_acquisition"]
    part = OpenedPart(Attachment("a.pdf", "", 0, "application/pdf"), flattened_pdf(form, tmp_path))
    lines = [line.text for page in open_pages(part).pages for line in page.lines]
    assert any(line.startswith("Ğ, Ö, Ü, Ç, Ş, Ə, I, İ –") for line in lines)
    assert any(line.startswith("Göyçay rayonu, Ləkçılpaq kəndi, İ. Qutqaşınlı") for line in lines)
