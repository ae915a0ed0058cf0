"""Papers of labels on the left and values on the right, whose rows do not stand level."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.papers.columns import in_columns
from extractors.papers.receipt import read_receipt
from extractors.shapes import ReadSheet
from models.geometry import Box, box_of
from models.sheet import Line, Sheet, Word
from tests.extractors.papers.engines import Echo

_HEIGHT = 0.012
_LABEL, _VALUE = 0.1, 0.3

PORTAL = (
    (_LABEL, 0.10, "Ödəyici"), (_VALUE, 0.10, "Petrova Anna"),
    (_VALUE, 0.14, "Vətəndaşlığa qəbul edilmək üçün"), (_LABEL, 0.149, "Xidmət"), (_VALUE, 0.158, "dövlət rüsumu"),
    (_LABEL, 0.20, "Ödənilən"), (_VALUE, 0.21, "110.00 AZN"), (_LABEL, 0.22, "məbləğ"),
    (_LABEL, 0.26, "Komissiya"), (_VALUE, 0.26, "0.00 AZN"),
    (_LABEL, 0.30, "Ödəniş tarixi"), (_VALUE, 0.30, "29.11.2025 14:22"),
    (_LABEL, 0.34, "VÖEN"), (_VALUE, 0.34, "1602473621"),
)  # fmt: skip
#: The same as engines see it that make lines of both columns.
TORN = (
    "Ödəyici|Petrova Anna", "Vətəndaşlığa qəbul edilmək üçün", "Xidmət", "dövlət rüsumu", "sələn|10.00 AZN", "məbləğ",
    "Komissiya|0.00 AZN", "Ödəniş tarixi|29.11.2025 14:22", "VÖEN|1602473621",
)  # fmt: skip


def _line(x: float, y: float, text: str, confidence: float = 0.95) -> Line:
    words = []
    for word in text.split():
        words.append(Word(word, Box(x, y, x + 0.009 * len(word), y + _HEIGHT), confidence))
        x = words[-1].box.x1 + 0.006
    return Line(tuple(words), box_of(words))


def _sheet(lines: Sequence[Line]) -> ReadSheet:
    return ReadSheet(Sheet("qebz.pdf", 1, width_px=1654, height_px=2339, lines=tuple(lines)))


def _torn() -> ReadSheet:
    lines, y = [], 0.1
    for text in TORN:
        sides = [_line(x, y, side, 0.5 if "10" in text else 0.95) for x, side in
                 zip((_LABEL, _VALUE) if "|" in text or text in ("Xidmət", "məbləğ") else (_VALUE,), text.split("|"),
                     strict=False)]  # fmt: skip
        lines.append(Line(tuple(word for side in sides for word in side.words), box_of(sides)))
        y += 0.03
    return _sheet(lines)


class Printed(Echo):
    """A reader that reads every part of the paper as it is printed."""

    def read(self, on: ReadSheet, box: Box, *, single_line: bool = False) -> tuple[Line, ...]:
        return super().read(_sheet([_line(*place) for place in PORTAL]), box, single_line=single_line)


def test_a_row_is_what_stands_level_or_round_it() -> None:
    """A label of two lines is the one of the value between them, and so with a value of two lines."""
    texts = [line.text for line in in_columns(_sheet([_line(*place) for place in PORTAL]), Echo()).sheet.lines]
    assert {"Ödənilən məbləğ", "110.00 AZN", "Vətəndaşlığa qəbul edilmək üçün dövlət rüsumu"} <= set(texts)


def test_a_sum_that_lost_its_first_digit_to_the_label_is_read_in_its_column() -> None:
    """An engine that reads across both columns makes 10 of 110: ten times less than was paid."""
    amount = read_receipt([_torn()], Printed())["amount"]
    assert amount.value == 110
    assert amount.confidence > 0.9


def test_running_text_has_no_columns() -> None:
    """Nothing is cut where no row has a gap."""
    page = _sheet([_line(_LABEL, 0.1 + 0.02 * row, "Bu arayış ona verilir ki, o həqiqətən") for row in range(6)])
    assert in_columns(page, Echo()) is page


def test_a_line_across_both_columns_stays_whole() -> None:
    """A heading between rows is read as it was."""
    heading = "ÖDƏNİŞİN ALANI VƏ ONUN BANK REKVİZİTLƏRİ HAQQINDA"
    page = _sheet([_line(*place) for place in (*PORTAL, (_LABEL, 0.24, heading))])
    assert heading in [line.text for line in in_columns(page, Echo()).sheet.lines]
