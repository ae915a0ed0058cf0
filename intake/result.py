"""The result that outsiders rely on: one JSON object per message (contract, schema ``intake-result/1``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.case import (
    Applicant,
    Assessment,
    Decision,
    DecisionValue,
    Finding,
    Notice,
    ReviewReason,
    Submission,
)
from models.document import Document, Field, PagePlace
from models.geometry import Box
from models.mail import Attachment, Message
from models.sheet import ReadingCost

SCHEMA = "intake-result/1"


def result(submission: Submission, assessment: Assessment, notice: Notice | None, cost: ReadingCost) -> dict[str, Any]:
    """The result object of one message, ready for ``json.dumps``."""
    return {
        "schema": SCHEMA,
        "message": _message(submission.message),
        "procedure": _procedure(assessment),
        "applicant": _applicant(assessment.applicant),
        "attachments": [_attachment(each) for each in submission.attachments],
        "documents": [_document(each) for each in submission.documents],
        "findings": [_finding(each) for each in assessment.findings],
        "decision": {
            "value": assessment.decision.value.value,
            "automatic": assessment.decision.automatic,
            "confidence": _share(assessment.decision.confidence),
            "review_reasons": [reason.value for reason in assessment.decision.review_reasons],
        },
        "notice": _notice(notice),
        "timing": {
            "total_s": round(cost.total_s, 3),
            "ocr_s": round(cost.ocr_s, 3),
            "pages": cost.pages,
            "pages_ocr": cost.pages_ocr,
        },
    }


def unprocessed(file: str) -> dict[str, Any]:
    """The result of a message whose processing ended the worker process: kept for a person, decided by none."""
    submission = Submission(Message(file=file, parsed=False, defects=("processing ended abnormally",)))
    review = Decision(DecisionValue.REVIEW, 1.0, (ReviewReason.OTHER,))
    return result(submission, Assessment(review), None, ReadingCost())


def _message(message: Message) -> dict[str, Any]:
    return {
        "file": message.file,
        "message_id": message.message_id,
        "from": message.sender,
        "subject": message.subject,
        "received_at": message.received_at.isoformat() if message.received_at else None,
        "kind": message.kind.value,
    }


def _procedure(assessment: Assessment) -> dict[str, Any] | None:
    if assessment.procedure is None:
        return None
    return {
        "key": assessment.procedure,
        "confidence": _share(assessment.procedure_confidence),
        "catalogue_version": assessment.catalogue_version,
    }


def _applicant(applicant: Applicant) -> dict[str, Any]:
    number = applicant.residence_card_number
    return {
        "name": applicant.name,
        "category": applicant.category.value,
        "confidence": _share(applicant.confidence),
        "residence_card_number": field_json(number) if number else None,
    }


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {
        "file": attachment.file,
        "sha256": attachment.sha256,
        "size": attachment.size,
        "media_type": attachment.media_type,
        "status": attachment.status.value,
        "detail": attachment.detail,
        "pages": attachment.pages,
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "type": document.type,
        "subtype": document.subtype,
        "confidence": _share(document.confidence),
        "language": document.language.value,
        "legibility": _share(document.legibility),
        "pages": [_place(place) for place in document.pages],
        "fields": _fields(document.fields),
    }


def _place(place: PagePlace) -> dict[str, Any]:
    where: dict[str, Any] = {"file": place.file, "page": place.page}
    if place.box:
        where["box"] = _box(place.box)
    if place.copy_of:
        where["copy_of"] = dict(zip(("file", "page"), place.copy_of, strict=True))
    return where


def _fields(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {key: field_json(value) for key, value in fields.items()}


def field_json(value: Field) -> dict[str, Any]:
    """A FIELD of the contract (fields.md)."""
    return {
        "value": value.value,
        "raw": value.raw,
        "confidence": _share(value.chance),
        "file": value.file,
        "page": value.page,
        "box": _box(value.box),
        "source": value.source.value,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    told = {
        "code": finding.code,
        "severity": finding.severity.value,
        "document": finding.document,
        "field": finding.field,
        "clause": finding.clause,
        "file": finding.file,
        "count": finding.count,
        "text": finding.text,
    }
    return told | {"case": finding.case} if finding.case else told


def _notice(notice: Notice | None) -> dict[str, Any] | None:
    if notice is None:
        return None
    return {"kind": notice.kind.value, "to": notice.to, "subject": notice.subject, "text": notice.text}


def _box(box: Box | None) -> list[float] | None:
    return [round(float(edge), 5) for edge in box] if box else None


def _share(value: float) -> float:
    return round(min(max(float(value), 0.0), 1.0), 4)
