"""Were every sample read without a mistake, the law would decide each as its expectation says."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from classifiers.message import message_kind
from extractors.mail import open_message
from models.case import Assessment, Finding, Submission
from models.document import Document, Field, PagePlace
from models.mail import Attachment, PartStatus
from rules import assess
from tests.rules.build import CATALOGUE

MESSAGES = Path(__file__).parents[2] / "samples" / "messages"
#: What makes these a clerk's case is no field of an expectation.
UNTOLD = {"review-no-declarations"}
SAMPLES = sorted(
    path.stem for path in MESSAGES.glob("*.json") if path.with_suffix(".eml").exists() and path.stem not in UNTOLD
)


def perfectly_read(name: str) -> tuple[Submission, dict[str, Any]]:
    """The submission of a sample with what its expectation says was in it, all certain."""
    expected: dict[str, Any] = json.loads((MESSAGES / f"{name}.json").read_text(encoding="utf-8"))
    opened = open_message((MESSAGES / f"{name}.eml").read_bytes(), f"{name}.eml")
    attachments = tuple(
        Attachment(item["file"], "0" * 64, 1, "", PartStatus(item["status"])) for item in expected["attachments"]
    )
    documents = tuple(_document(item, expected["findings"]) for item in expected["documents"])
    number = (expected["applicant"] or {}).get("residence_card_number")
    stated = {"residence_card_number": Field(number, number, 0.99)} if number else {}
    message = message_kind(opened.message, attachments)
    return Submission(message, attachments, documents, stated), expected


def _document(item: dict[str, Any], findings: list[dict[str, Any]]) -> Document:
    """A document as expected; legibility and the raw text of an impossible date stand only in the findings."""
    fields = {key: Field(value, "" if value is None else str(value), 0.99) for key, value in item["fields"].items()}
    for finding in findings:
        if finding["code"] == "form_invalid" and finding["field"] in fields and not fields[finding["field"]].answered:
            fields[finding["field"]] = Field(None, "31.02.1985", 0.99)
    blurred = any(f["code"] == "document_illegible" and f["document"] == item["type"] for f in findings)
    pages = tuple(PagePlace(page["file"], page["page"]) for page in item["pages"])
    return Document(item["type"], pages, item["subtype"], 0.99, legibility=0.1 if blurred else 1.0, fields=fields)


def received(expected: dict[str, Any]) -> date:
    day = expected["message"]["received_on"]
    return date.fromisoformat(day) if day else date(2024, 1, 1)


@pytest.mark.skipif(not SAMPLES, reason="the samples were not made")
@pytest.mark.parametrize("name", SAMPLES)
def test_a_perfectly_read_sample_is_decided_as_expected(name: str) -> None:
    """The samples were written from the law by other hands than the rules."""
    submission, expected = perfectly_read(name)
    result = assess(submission, CATALOGUE, received(expected))
    assert result.decision.value == expected["decision"]["value"], told(result)
    if expected["decision"]["value"] in ("refused", "deficiency"):
        assert {_named(_told_of(f)) for f in result.findings} == {_named(item) for item in expected["findings"]}


def _told_of(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, "document": finding.document, "field": finding.field}


def _named(item: dict[str, Any]) -> tuple[str, str | None]:
    """A finding by its code and what casework.md says it names: a field, else a paper."""
    by_field = item["code"].startswith("form_") or item["code"] in ("missing_datum", "identity_mismatch")
    return item["code"], item["field"] if by_field else item["document"]


def told(result: Assessment) -> str:
    reasons = ", ".join(result.decision.review_reasons)
    return f"{result.procedure}: {reasons}; " + "; ".join(f"{f.code} {f.document} {f.field}" for f in result.findings)
