"""What counts as right: page streams, machine-readable zones, rows, and what is said of a document's pages."""

from __future__ import annotations

from typing import Any

import pytest

from intake.bench.scoring import Score, Stream, look_of, streams

ZONE = ["P<AZE" + 39 * "<", 44 * "0"]


def document(type_: str, *pages: tuple[str, int], **fields: Any) -> dict[str, Any]:
    return {"type": type_, "pages": [{"file": file, "page": page} for file, page in pages], "fields": fields}


def message(*documents: dict[str, Any], findings: tuple[str, ...] = (), decision: str = "accepted") -> dict[str, Any]:
    """A result, or an expectation."""
    return {
        "message": {"file": "a.eml"},
        "decision": {"value": decision, "review_reasons": []},
        "documents": list(documents),
        "findings": [{"code": code} for code in findings],
    }


def read(value: Any, confidence: float = 1.0) -> dict[str, Any]:
    return {"value": value, "confidence": confidence, "source": "ocr"}


def test_a_stream_is_right_only_when_its_documents_have_exactly_their_pages() -> None:
    """The order of documents and their types do not matter; a joined, a parted or a lost page does."""
    form, receipt = document("form", ("a", 1), ("a", 2)), document("receipt", ("a", 3))
    assert [each.right for each in streams([form, receipt], [receipt, form])] == [True, True]
    joined = document("form", ("a", 1), ("a", 2), ("a", 3))
    parted = [document("form", ("a", 1)), document("form", ("a", 2)), receipt]
    for given in ([joined], parted, [form]):
        assert not any(each.right for each in streams([form, receipt], given))


def test_a_file_may_be_right_where_its_message_is_not() -> None:
    """A page put to a document of another file spoils the message and both files, but no third one."""
    want = [document("form", ("a", 1), ("a", 2)), document("receipt", ("b", 1), ("b", 2)), document("photo", ("c", 1))]
    given = [want[0], document("receipt", ("b", 1)), document("receipt", ("b", 2)), want[2]]
    assert streams(want, given) == [Stream("", 3, False), Stream("a", 1, True), Stream("b", 1, False)]


def test_a_single_page_is_no_stream_and_pages_nobody_knows_are_left_out() -> None:
    """Only what the expectation tells can be judged."""
    assert streams([document("receipt", ("a", 1))], []) == []
    want = [document("form", ("a", 1)), document("receipt", ("a", 2))]
    assert all(each.right for each in streams(want, [*want, document("unknown", ("z", 1))]))


def test_two_documents_on_one_page_are_two() -> None:
    """Both halves of a page that shows two cards must be there."""
    card = document("id_card", ("a", 1))
    page = document("form", ("a", 2))
    assert all(each.right for each in streams([card, card, page], [card, page, card]))
    assert not any(each.right for each in streams([card, card, page], [card, page]))


@pytest.mark.parametrize(
    ("lines", "valid", "whole", "accepted"),
    [
        (ZONE, True, True, True),
        (ZONE[::-1], True, False, True),
        (ZONE[::-1], False, False, False),
        (None, None, False, False),
    ],
)
def test_a_zone_is_whole_or_wrong_and_its_check_digits_accepted_or_not(
    lines: list[str] | None, valid: bool | None, whole: bool, accepted: bool
) -> None:
    """The zone that matters most is a wrong one whose check digits fit."""
    score = Score()
    found = document("passport", ("a", 1), mrz=read(lines), mrz_valid=read(valid))
    score.add(message(document("passport", ("a", 1), mrz=ZONE)), message(found))
    assert [(zone.whole, zone.accepted) for zone in score.zones] == [(whole, accepted)]


def test_a_passport_that_was_not_found_has_no_whole_zone() -> None:
    """A zone that nobody read counts as not read."""
    score = Score()
    score.add(message(document("passport", ("a", 1), mrz=ZONE)), message(document("unknown", ("a", 1))))
    assert [zone.whole for zone in score.zones] == [False]


def test_rows_count_once_and_only_when_every_cell_is_right() -> None:
    """A row given twice is one right row and one too many."""
    want = [{"name": "Anar", "year": "1980"}, {"name": "Leyla", "year": "1983"}]
    got = [want[0], want[0], {"name": "Leyla", "year": "1988"}]
    score = Score()
    score.add(
        message(document("form", ("a", 1), relatives=want)), message(document("form", ("a", 1), relatives=read(got)))
    )
    assert [(row.right, row.expected, row.given) for row in score.rows] == [(1, 2, 3)]


def test_findings_are_counted_where_something_was_decided() -> None:
    """What waits for a clerk reports nothing to anybody."""
    score = Score()
    score.add(message(findings=("a", "b"), decision="refused"), message(findings=("b", "c"), decision="refused"))
    score.add(message(findings=("a",), decision="refused"), message(decision="review"))
    assert [tuple(each) for each in score.findings] == [(1, 2, 2)]


def test_a_document_looks_as_it_says_itself_else_as_its_message_says() -> None:
    """In a message of office scans the passport may be a photograph and the form a Word file."""
    office = {"made_with": {"quality": "office", "handwritten": True, "layout": "grid"}}
    assert look_of({}, office) == ("office", "handwriting-like", "grid")
    photograph = {"made_with": {"quality": "phone", "print": "typed"}}
    assert look_of(photograph, office) == ("phone", "typed", "grid")
    assert look_of({"made_with": {"quality": "text", "print": "DOCX"}}, office) == ("text", "DOCX", "grid")
    assert look_of({}, {"made_with": {"quality": "acroform"}}) == ("text", "AcroForm", "-")
    assert look_of({}, {}) == ("-", "typed", "-")
