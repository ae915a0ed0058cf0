"""A new procedure, form and document type are data alone: from an e-mail's bytes to its decision."""

from __future__ import annotations

import io
import shutil
from datetime import date
from email.message import EmailMessage

import docx
import pytest

from intake.casework.reading import Reader
from models.case import Assessment
from models.catalogue import Catalogue
from rules import assess
from rules.catalogue import FOLDER, check, describe, load_catalogue

TYPES = """
application_form_library:
  name: kitabxana anketi
  name_en: library form
  reads: form
  headings: [{text: KİTABXANA ANKETİ, weight: 3}]
  phrases: [{text: oxucu kimi qeydiyyata alınmağımı xahiş edirəm, weight: 3}]
reader_letter:
  name: oxucunun zəmanət məktubu
  name_en: letter of a reader
  reads: certificate
  subject_is_applicant: true
  headings: [{text: ZƏMANƏT MƏKTUBU, weight: 3}]
  phrases: [{text: kitabların qaytarılmasına zəmanət verirəm, weight: 3}, {text: oxucu bileti, weight: 2}]
"""
FORM = """
name: kitabxana anketi
name_en: library form
clause: QA
titles: [KİTABXANA ANKETİ]
addressees: [Milli Kitabxananın direktoruna]
requests: [Oxucu kimi qeydiyyata alınmağımı xahiş edirəm.]
questions:
  - number: "1"
    wordings: [Soyadınız və adınız]
    parts:
      - {key: surname, kind: name, required: true, name: soyad, name_en: surname}
      - {key: given_name, kind: name, required: true, name: ad, name_en: given name}
  - number: "2"
    wordings: [Doğulduğunuz gün ay və il]
    parts: [{key: birth_date, kind: date, required: true, name: doğum tarixi, name_en: birth date}]
  - number: "3"
    wordings: [Sevdiyiniz kitab və onun müəllifi]
    parts: [{key: book, required: true, name: kitab, name_en: book}]
"""
PROCEDURE = """
name: kitabxana vəsiqəsinin verilməsi
name_en: library card
source: QA
clause: QA
authority: dmx
form: application_form_library
automatic: {accepted: QA, refused: QA}
versions: [2020-06-01]
phrases: [{text: kitabxana vəsiqəsi, weight: 3}]
requirements:
  - {key: form, clause: QA, document: application_form_library}
  - {key: letter, clause: QA, document: reader_letter, since: 2020-06-01}
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("law") / "catalogue"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for name, text in (
        ("document_types/library.yaml", TYPES),
        ("forms/application_form_library.yaml", FORM),
        ("procedures/library_card.yaml", PROCEDURE),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    assert check(folder) == []
    return load_catalogue(folder)


def word(*paragraphs: str, rows: tuple[tuple[str, str], ...] = ()) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=2)
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def form(book: str) -> bytes:
    return word(
        "Milli Kitabxananın direktoruna",
        "KİTABXANA ANKETİ",
        "Oxucu kimi qeydiyyata alınmağımı xahiş edirəm.",
        rows=(
            ("1. Soyadınız və adınız", "Məmmədov Əli"),
            ("2. Doğulduğunuz gün, ay və il", "12.03.1985"),
            ("3. Sevdiyiniz kitab və onun müəllifi", book),
        ),
    )


LETTER = word(
    "Milli Kitabxana",
    "ZƏMANƏT MƏKTUBU",
    "Verilir Məmmədov Əli Həsən oğluna ondan ötrü ki, ona oxucu bileti verilməsini xahiş edirəm.",
    "Kitabların qaytarılmasına zəmanət verirəm.",
)


def decided(catalogue: Catalogue, day: date, **files: bytes) -> Assessment:
    """The message read and assessed like any other."""
    message = EmailMessage()
    message["From"], message["To"] = "ali@example.org", "info@example.az"
    message["Subject"], message["Message-ID"] = "Kitabxana vəsiqəsi", "<1@example.org>"
    message.set_content("Salam. Kitabxana vəsiqəsi almaq istəyirəm.")
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=f"{name}.docx")
    reading = Reader(catalogue).read_message(message.as_bytes(), "1.eml")
    return assess(reading.submission, catalogue, day)


def test_a_message_about_a_procedure_that_no_code_knows(catalogue: Catalogue) -> None:
    """Complete: accepted; a paper or an answer lacking: refused under the clause that the file gives."""
    day = date(2024, 1, 10)
    complete = decided(catalogue, day, anket=form("Kitabi-Dədə Qorqud"), zamanet=LETTER)
    assert (complete.procedure, complete.decision.value) == ("library_card", "accepted")
    assert complete.applicant.name == "Məmmədov Əli"
    lacking = decided(catalogue, day, anket=form("Kitabi-Dədə Qorqud"))
    assert [(f.code, f.document, f.clause) for f in lacking.findings] == [("missing_document", "reader_letter", "QA")]
    assert (lacking.decision.value, lacking.findings[0].text[:9]) == ("refused", "Oxucunun ")
    unanswered = decided(catalogue, day, anket=form(""), zamanet=LETTER)
    assert [(f.code, f.field) for f in unanswered.findings] == [("form_incomplete", "book")]


def test_its_dated_versions_count(catalogue: Catalogue) -> None:
    """The letter is asked since 1 June 2020."""
    assert decided(catalogue, date(2020, 5, 31), anket=form("Kitabi-Dədə Qorqud")).decision.value == "accepted"
    assert "reader_letter" not in describe("library_card", catalogue, date(2020, 5, 31))
    assert "reader_letter" in describe("library_card", catalogue, date(2020, 6, 1))
