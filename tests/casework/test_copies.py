"""Pages that came twice are told; papers of one template about two people are not called copies."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intake.casework.copies import copies
from intake.casework.joining import joined
from intake.result import result
from models.case import Assessment, Decision, DecisionValue, Submission
from models.document import Document, PagePlace
from models.mail import Message
from models.office import PROGRAM, ReadingRecord
from models.sheet import ReadingCost
from tests.classifiers.pages import sheet

PAPER = """TƏHSİL NAZİRLİYİ
№ 8670 28.04.2025
DÖVLƏT DİLİNİN BİLİNMƏSİ HAQQINDA ARAYIŞ
Verilir Əl-Bayati Kərim adlı əcnəbiyə (təvəllüdü 17.09.1968) ondan ötrü ki, o
Azərbaycan Respublikasının dövlət dilini sərbəst bilir və bu dildə oxuyub yaza bilir
"""


@pytest.mark.parametrize(
    ("second", "repeats"),
    [
        (PAPER, True),
        (PAPER.replace("sərbəst", "sorbəst"), True),
        (PAPER.replace("8670", "8671"), False),
        (PAPER.replace("Əl-Bayati Kərim", "Aqayev Samir"), False),
        ("Bakı 2025", False),
    ],
)
def test_a_copy_has_the_same_words_and_every_number(second: str, repeats: bool) -> None:
    """A page scanned again is read a little differently; another number or name is another paper."""
    long = "\n" + "Bu arayış tələb olunan yerə təqdim edilmək üçün verilir və surəti təsdiq olunur " * 2
    found = copies([sheet(PAPER + long, "a.pdf"), sheet("DAXİL OLUB"), sheet(second + long, "b.pdf")])
    assert found == ({2: 0} if repeats else {})


def test_the_result_names_the_page_that_is_repeated() -> None:
    """Also in a later message of a case, whose files stand in a folder of their own."""
    first, again = PagePlace("scan.pdf", 1), PagePlace("scan.pdf", 4, copy_of=("scan.pdf", 1))
    arrived = Submission(Message("1.eml"), (), (Document("unknown", (first,)), Document("unknown", (again,))))
    readings = [
        ReadingRecord(number, 1, number, datetime.now(UTC), PROGRAM, arrived, message_id=number) for number in (1, 2)
    ]
    told = result(joined(readings), Assessment(Decision(DecisionValue.REVIEW)), None, ReadingCost())
    assert [page.get("copy_of") for each in told["documents"] for page in each["pages"]] == [
        None, {"file": "scan.pdf", "page": 1}, None, {"file": "məktub-2/scan.pdf", "page": 1},
    ]  # fmt: skip
