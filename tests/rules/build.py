"""Submissions in a few words, so that a test of the law reads like the case it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from models.case import Assessment, Submission
from models.document import Document, Field, PagePlace, Value
from models.mail import Attachment, Message, MessageKind, PartStatus
from models.sheet import Source
from rules import Policy, assess
from rules.catalogue import load_catalogue

CATALOGUE = load_catalogue()
TODAY = date(2020, 3, 2)

ANSWERS: dict[str, Value] = {
    "surname": "Məmmədov", "given_name": "Əli", "patronymic": "Həsən oğlu", "former_names": "none",
    "birth_date": "1985-03-12", "birth_place": "Rusiya Federasiyası, Dərbənd şəhəri", "ethnicity": "azərbaycanlı",
    "marital_status": "married", "citizenship": "Rusiya Federasiyası", "other_citizenships": "none",
    "arrival_date": "2009-05-04", "arrival_reason": "ailə birləşməsi", "previous_visits": "none",
    "convictions": "none", "education": "ali", "work_abroad": "none",
    "employment": [{"from": "2010-01", "to": None, "organisation_position": "“Nur” MMC, usta", "address": "Bakı"}],
    "relatives": [{"relationship": "arvad", "full_name": "Məmmədova Leyla Kərim qızı", "ethnicity": "azərbaycanlı",
                   "citizenship": "Azərbaycan", "workplace_position": None, "country_address": "Bakı"}],
    "address": "Bakı şəhəri, Nizami küçəsi 5", "phones": ["+994501234567"], "about": "none",
    "attached_documents": "pasport, qəbz, arayışlar", "children": "none",
    "purpose": "Azərbaycanda daimi yaşamaq",
}  # fmt: skip

END_OF_FORM: dict[str, Value] = {
    "signed_on": "2016-01-10", "signature_present": True, "photo_present": False, "declarations_present": True,
}  # fmt: skip


def field(value: Value, confidence: float = 0.99, raw: str | None = None, source: Source = Source.OCR) -> Field:
    shown = "" if value is None else str(value)
    return Field(value, shown if raw is None else raw, confidence, "scan.pdf", 1, source=source)


def paper(
    kind: str, confidence: float = 0.99, *, subtype: str | None = None, legibility: float = 1.0, **read: Any
) -> Document:
    """A document of a type; what is read from it as plain values or as Fields."""
    fields = {key: value if isinstance(value, Field) else field(value) for key, value in read.items()}
    place = PagePlace(f"{kind}.pdf", 1)
    return Document(kind, (place,), subtype, confidence, legibility=legibility, fields=fields)


def form(kind: str = "application_form_acquisition", confidence: float = 0.99, **answers: Any) -> Document:
    """The application form of Əli Məmmədov, every question answered; name an answer to change it."""
    return paper(kind, confidence, **{**ANSWERS, **END_OF_FORM, **answers})


def passport(**read: Any) -> Document:
    usual = {
        "surname": "MAMMADOV", "given_names": "ALI", "birth_date": "1985-03-12", "expiry_date": "2030-01-01",
        "document_number": "AB1234567", "issuing_state": "RUS", "mrz_valid": True,
    }  # fmt: skip
    return paper("passport", **{**usual, **read})


def receipt(**read: Any) -> Document:
    """A faultless receipt by the details in force since 2017-07-20."""
    usual = {
        "amount": 110, "currency": "AZN", "payer": "Məmmədov Əli", "date": "2019-12-02",
        "account": "AZ17CTRE00000000000002117131", "voen": "1602473621", "budget_code": "142234",
    }  # fmt: skip
    return paper("state_duty_receipt", **{**usual, **read})


def photo(**read: Any) -> Document:
    return paper("photo_3x4", **{"faces": 1, "frontal": True, "conforming": True, **read})


def certificate(kind: str, person: str | None = "Məmmədov Əli Həsən oğlu", **more: Any) -> Document:
    return paper(kind, **{"person": person, "issuer": "Təhsil Nazirliyi", "number": "12", **more})


def card(kind: str, number: str = "AZE1234567", **read: Any) -> Document:
    usual = {
        "surname": "MAMMADOV", "given_names": "ALI", "birth_date": "1985-03-12", "expiry_date": "2030-01-01",
        "document_number": number,
    }  # fmt: skip
    return paper(kind, **{**usual, **read})


def complete() -> list[Document]:
    """Everything a foreigner needs on TODAY, besides the number of the residence card."""
    return [
        form(),
        passport(),
        photo(),
        receipt(),
        certificate("language_certificate"),
        certificate("income_proof", subtype="employment_certificate"),
    ]


UNKNOWN_PAGE = Document("unknown", (PagePlace("scan.pdf", 7),), None, 0.4)
ENCRYPTED = Attachment("kilidli.pdf", "0" * 64, 10, "application/pdf", PartStatus.UNREADABLE, "encrypted")
CARD_NUMBER = field("AZE1234567", source=Source.BODY)


def without(kind: str, documents: Iterable[Document] | None = None) -> list[Document]:
    return [document for document in (complete() if documents is None else documents) if document.type != kind]


def swapped(*new: Document, documents: Iterable[Document] | None = None) -> list[Document]:
    """The complete set with papers of the same types replaced."""
    kinds = {document.type for document in new}
    return [*(d for d in (complete() if documents is None else documents) if d.type not in kinds), *new]


def submission(
    documents: Iterable[Document],
    *,
    subject: str = "Vətəndaşlığa qəbul üçün müraciət",
    text: str = "Sənədlərimi təqdim edirəm.",
    kind: MessageKind = MessageKind.APPLICATION,
    files: Iterable[Attachment] = (),
    number: Field | None = CARD_NUMBER,
    **message: Any,
) -> Submission:
    papers = tuple(documents)
    names = dict.fromkeys(place.file for document in papers for place in document.pages)
    attachments = tuple(Attachment(name, "0" * 64, 1, "application/pdf", pages=1) for name in names)
    mail = Message("1.eml", "<1@example.org>", "ali@example.org", subject=subject, text=text, kind=kind, **message)
    stated = {"residence_card_number": number} if number else {}
    return Submission(mail, (*attachments, *files), papers, stated)


def assessed(
    documents: Iterable[Document], day: date = TODAY, policy: Policy | None = None, **about: Any
) -> Assessment:
    known = about.pop("case_known", False)
    return assess(submission(documents, **about), CATALOGUE, day, policy, case_known=known)


def outcome(assessment: Assessment) -> str:
    """The assessment in one line: ``refused: missing_document photo_3x4 (REG28 2.6.1.2)``."""
    reasons = ", ".join(assessment.decision.review_reasons)
    if reasons:
        return f"{assessment.decision.value}: {reasons}"
    told = [f"{f.code} {f.file or f.field or f.document or ''} ({f.clause})" for f in assessment.findings]
    return f"{assessment.decision.value}: {'; '.join(told)}" if told else str(assessment.decision.value)


def unsure(document: Document, confidence: float = 0.5) -> Document:
    return replace(document, confidence=confidence)


def illegible(document: Document) -> Document:
    return replace(document, legibility=0.1, quality="blurred", fields={})
