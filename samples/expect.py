"""Expectation files: the part of a result that must come out, in the contract's shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

SEVERITIES = {
    "missing_form": "refusal", "missing_document": "refusal", "missing_datum": "refusal", "form_incomplete": "refusal",
    "form_invalid": "refusal", "form_unsigned": "refusal", "form_undated": "refusal", "duty_insufficient": "deficiency",
    "duty_wrong_account": "deficiency", "identity_mismatch": "deficiency", "document_expired": "deficiency",
    "document_illegible": "deficiency", "photo_nonconforming": "deficiency", "file_unreadable": "deficiency",
    "file_unsafe": "review", "registration_late": "note", "duplicate": "note", "other_authority": "redirect",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A finding that must be reported."""

    code: str
    document: str | None = None
    field: str | None = None
    clause: str | None = None
    file: str | None = None
    count: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code, "severity": SEVERITIES[self.code], "document": self.document, "field": self.field,
            "clause": self.clause, "file": self.file, "count": self.count,
        }  # fmt: skip


@dataclass(frozen=True)
class Expectation:
    """What the program must say of a message. ``made_with`` tells how it was made and is no part of a result."""

    kind: str
    decision: str
    procedure: str | None = None
    name: str | None = None
    category: str | None = None
    card: str | None = None
    findings: tuple[Found, ...] = ()
    reasons: tuple[str, ...] = ()
    attachments: tuple[dict[str, Any], ...] = ()
    documents: tuple[dict[str, Any], ...] = ()
    received: date | None = None
    made_with: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        notice = {"accepted": "acceptance", "refused": "refusal", "deficiency": "deficiency", "redirected": "redirect"}
        applicant = {"name": self.name, "category": self.category, "residence_card_number": self.card}
        return {
            "schema": "intake-expectation/1",
            "message": {"kind": self.kind, "received_on": self.received.isoformat() if self.received else None},
            "procedure": {"key": self.procedure} if self.procedure else None,
            "applicant": applicant if self.name else None,
            "attachments": list(self.attachments),
            "documents": list(self.documents),
            "findings": [found.to_json() for found in self.findings],
            "decision": {
                "value": self.decision,
                "automatic": self.decision != "review",
                "review_reasons": list(self.reasons),
            },
            "notice": {"kind": notice[self.decision]} if self.decision in notice else None,
            "made_with": self.made_with,
        }  # fmt: skip
