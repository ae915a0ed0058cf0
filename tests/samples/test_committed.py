"""The committed messages: whole, expected in the contract's shape, and varied enough."""

from __future__ import annotations

import email
import json
from collections import Counter
from email import policy
from pathlib import Path
from typing import Any

import pytest

from samples.expect import SEVERITIES

FOLDER = Path(__file__).parents[2] / "samples" / "messages"
PAIRS = sorted(FOLDER.glob("*.eml"))
FORM = "application_form_acquisition"


def expectation(path: Path) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return held


ALL = [expectation(path) for path in PAIRS]


def test_there_are_enough() -> None:
    """At least 24 messages, every expectation has its message, all within the size a checkout bears."""
    assert len(PAIRS) >= 24
    assert {p.stem for p in PAIRS} == {p.stem for p in FOLDER.glob("*.json")}
    assert max(p.stat().st_size for p in PAIRS) < 2_600_000
    assert sum(p.stat().st_size for p in PAIRS) < 45_000_000


@pytest.mark.parametrize("path", PAIRS, ids=lambda p: p.stem)
def test_an_expectation_has_the_contracts_shape(path: Path) -> None:
    """Keys, decisions and codes are those of the contract, and what is refused or deficient has its reason."""
    held = expectation(path)
    assert set(held) == {"scenario", "seed", "schema", "message", "procedure", "applicant", "attachments", "documents",
                         "findings", "decision", "notice", "made_with"}  # fmt: skip
    value = held["decision"]["value"]
    assert held["decision"]["automatic"] == (value != "review")
    severities = {SEVERITIES[finding["code"]] for finding in held["findings"]}
    assert ("refusal" in severities) == (value == "refused")
    assert value != "deficiency" or severities == {"deficiency"}
    assert value != "accepted" or severities <= {"note"}
    assert (held["notice"] is None) == (value in ("review", "ignored"))


@pytest.mark.parametrize("path", PAIRS, ids=lambda p: p.stem)
def test_every_page_lies_in_a_file_of_the_message(path: Path) -> None:
    """Documents name pages of expected attachments, and no page belongs to two documents."""
    held = expectation(path)
    files = {attachment["file"] for attachment in held["attachments"]}
    pages = [(place["file"], place["page"]) for document in held["documents"] for place in document["pages"]]
    assert {file for file, _ in pages} <= files
    assert len(pages) == len(set(pages))


@pytest.mark.parametrize("path", PAIRS, ids=lambda p: p.stem)
def test_a_message_parses_with_as_many_files_as_expected(path: Path) -> None:
    """The standard parser finds the attachments that the expectation names (files inside a zip are inside)."""
    parsed = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert parsed["From"] and parsed["Date"]
    held = expectation(path)
    if held["message"]["kind"] == "bounce":
        return
    parts = [part for part in parsed.walk() if part.get_filename() or part.get_content_type() == "message/rfc822"]
    assert len(parts) == sum(".zip/" not in attachment["file"] for attachment in held["attachments"])


def test_every_decision_stands_at_least_twice() -> None:
    """Every decision of casework.md at least twice."""
    counted = Counter(held["decision"]["value"] for held in ALL)
    assert min(counted[v] for v in ("accepted", "refused", "deficiency", "review", "redirected", "ignored")) >= 2


def test_categories_days_and_findings_are_all_there() -> None:
    """Each category, each version of the law and every finding that intake can make."""
    assert {held["applicant"]["category"] for held in ALL if held["applicant"]} >= {
        "foreigner", "refugee", "stateless_by_court", "high_achiever"}  # fmt: skip
    assert {held["message"]["received_on"][:4] for held in ALL} >= {"2017", "2018", "2020", "2024"}
    codes = {finding["code"] for held in ALL for finding in held["findings"]}
    assert codes >= set(SEVERITIES) - {"duplicate"}


def test_every_form_is_there() -> None:
    """Besides acquisition: restoration, the three grounds of a child, both renunciations, place of stay."""
    procedures = Counter(held["procedure"]["key"] for held in ALL if held["procedure"])
    assert procedures.keys() >= {"citizenship_restoration", "citizenship_renunciation", "child_renunciation"}
    assert procedures["child_citizenship"] >= 3
    assert procedures["place_of_stay_registration"] >= 3
    types = {document["type"] for held in ALL for document in held["documents"]}
    assert types >= {f"application_form_{form}" for form in ("renunciation", "restoration", "child", "stay")}


def test_packings_qualities_and_layouts_are_all_there() -> None:
    """Every packaging, four qualities, at least four layouts, handwriting."""
    files = {attachment["file"].rpartition(".")[2].lower() for held in ALL for attachment in held["attachments"]}
    assert files >= {"pdf", "jpg", "png", "tif", "heic", "bmp", "webp", "docx", "zip", "eml"}
    made = [held["made_with"] for held in ALL if held["made_with"]]
    assert {m["quality"] for m in made} == {"clean", "office", "phone", "fax"}
    assert len({m["layout"] for m in made}) >= 4
    assert {m["form_container"] for m in made} >= {"pdf", "text", "form", "blank", "docx", "jpg", "tif", "png", "webp"}
    assert {m["wrapper"] for m in made} >= {"one_pdf", "one_pdf_shuffled", "one_pdf_turned", "one_pdf_blanks", "zip",
                                            "nested", "inline", "octet", "wrong_endings", "same_names"}  # fmt: skip
    assert any(m["handwritten"] for m in made)
    assert len({m["font"] for m in made if m.get("font")}) >= 6


def test_forms_hold_all_their_answers() -> None:
    """A form's expectation has a value, possibly null, for every key of the form."""
    keys = {
        "surname",
        "given_name",
        "patronymic",
        "former_names",
        "birth_date",
        "birth_place",
        "ethnicity",
        "marital_status",
        "citizenship",
        "other_citizenships",
        "arrival_date",
        "arrival_reason",
        "previous_visits",
        "convictions",
        "education",
        "work_abroad",
        "employment",
        "relatives",
        "address",
        "phones",
        "about",
        "attached_documents",
        "children",
        "purpose",
        "signed_on",
        "signature_present",
        "photo_present",
    }
    forms = [document for held in ALL for document in held["documents"] if document["type"] == FORM]
    assert len(forms) >= 20
    assert all(set(form["fields"]) == keys for form in forms)
