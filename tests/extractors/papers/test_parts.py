"""A sheet that shows several documents with zones: one sheet for each; both sides of a card stay together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from extractors.papers.bands import around, bands_apart, rows_in
from extractors.papers.mrz import check_digit
from extractors.papers.parts import beside, parted
from extractors.papers.zone import _as_it_came, zone_on
from extractors.shapes import ReadSheet
from models.geometry import Box
from models.sheet import Line, Mark, MarkKind, Sheet, Source, Word
from tests.extractors.papers.engines import Echo

_A4 = 210, 297  # mm
_FORMATS = {"TD3": (125, 88, 111.8, 44), "TD1": (85.6, 54, 76.2, 30)}


def _zone(number: str, format_: str) -> tuple[str, ...]:
    digit = check_digit(number)
    if format_ == "TD3":
        second = f"{number}{digit}TUR9001011F3001012<<<<<<<<<<<<<<0"
        return "P<TURYILMAZ<<ELIF".ljust(44, "<"), second + check_digit(second[:10] + second[13:20] + second[21:])
    first, second = f"IDAZE{number}{digit}".ljust(30, "<"), "9001011F3001012AZE".ljust(29, "<")
    whole = first[5:] + second[:7] + second[8:15] + second[18:]
    return first, second + check_digit(whole), "ALIYEVA<<AYGUN".ljust(30, "<")


def _line(text: str, box: Box) -> Line:
    return Line((Word(text, box),), box)


class _Paper:
    """An A4 page with passports and cards laid on it, in millimetres from its top left corner."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.marks: list[Mark] = []

    def _box(self, x: float, y: float, wide: float, high: float) -> Box:
        width, height = _A4
        return Box(x / width, y / height, (x + wide) / width, (y + high) / height)

    def text(self, words: str, x: float, y: float) -> None:
        self.lines.append(_line(words, self._box(x, y, 40, 3)))

    def front(self, number: str, x: float, y: float) -> None:
        self.marks.append(Mark(MarkKind.FACE, self._box(x + 4, y + 12, 22, 29)))
        self.text(f"Card No {number}" if number else "Elif", x + 40, y + 30)

    def page(self, number: str, x: float, y: float, format_: str) -> None:
        wide, high, long, _ = _FORMATS[format_]
        self.text(f"Page of {number}", x + 40, y + 5)
        rows = _zone(number, format_)
        for at, row in enumerate(rows):
            place = self._box(x + (wide - long) / 2, y + high - 4 - 6 * (len(rows) - at), long, 4)
            self.lines.append(_line(row, place))

    @property
    def sheet(self) -> ReadSheet:
        return ReadSheet(
            Sheet("scan.pdf", 1, source=Source.TEXT_LAYER, lines=tuple(self.lines), marks=tuple(self.marks))
        )


def _texts(parts: Sequence[ReadSheet]) -> list[set[str]]:
    """What each part says besides its zone."""
    return [{line.text for line in part.sheet.lines if "<" not in line.text} for part in parts]


def test_passport_below_both_sides_of_a_card_is_a_document_of_its_own() -> None:
    """Front, back and passport one under another: two documents, each with its own place on the page."""
    paper = _Paper()
    paper.front("AA1234567", 60, 20)
    paper.page("AA1234567", 60, 80, "TD1")
    paper.page("U12345678", 40, 160, "TD3")
    card, passport = parted(paper.sheet, Echo())
    assert _texts([card, passport]) == [{"Card No AA1234567", "Page of AA1234567"}, {"Page of U12345678"}]
    assert card.sheet.shares_page
    assert card.sheet.outline.y1 <= passport.sheet.outline.y0
    assert [len(list(each.sheet.marked(MarkKind.FACE))) for each in (card, passport)] == [1, 0]
    assert all(any(each.sheet.marked(MarkKind.MRZ)) for each in (card, passport))


@pytest.mark.parametrize("number", ["AA1234567", ""])
def test_front_under_its_back_stays_with_its_card(number: str) -> None:
    """The other side lies below the one with the zone: its number tells, or the face that the card lacks."""
    paper = _Paper()
    paper.page("AA1234567", 60, 20, "TD1")
    paper.front(number, 60, 85)
    paper.page("U12345678", 40, 170, "TD3")
    card, passport = parted(paper.sheet, Echo())
    assert _texts([card, passport])[1] == {"Page of U12345678"}
    assert len(list(card.sheet.marked(MarkKind.FACE))) == 1


def test_four_sides_of_two_cards_are_two_documents() -> None:
    """Two cards one under another, and two side by side with their backs below."""
    rows, columns = _Paper(), _Paper()
    for paper, step in ((rows, (0, 130)), (columns, (100, 0))):
        for at, number in enumerate(("AA1234567", "AB7654321")):
            x, y = 10 + at * step[0], 10 + at * step[1]
            paper.front(number, x, y)
            paper.page(number, x, y + 60, "TD1")
        found = parted(paper.sheet, Echo())
        assert _texts(found) == [{f"Card No {number}", f"Page of {number}"} for number in ("AA1234567", "AB7654321")]


def test_boxes_of_a_part_lead_back_to_the_page() -> None:
    """What is read on a part is reported where it stands on the page, and the part's pixels are its own."""
    paper = _Paper()
    paper.page("U12345678", 40, 20, "TD3")
    paper.page("AA1234567", 60, 200, "TD1")
    whole = paper.sheet
    picture = np.zeros((594, 420), np.uint8)
    sized = replace(whole.sheet, width_px=420, height_px=594)
    for part in parted(ReadSheet(sized, picture, picture), Echo()):
        assert part.grey is not None
        assert part.grey.shape == (part.sheet.height_px, part.sheet.width_px)
        for line in part.sheet.lines:
            was = next(each for each in whole.sheet.lines if each.text == line.text)
            assert part.sheet.on_page(line.box) == pytest.approx(was.box, abs=1e-6)


def test_one_document_and_its_copy_stay_one_sheet() -> None:
    """A page with one zone, or twice with the same, is left as it is."""
    alone, twice = _Paper(), _Paper()
    alone.page("U12345678", 40, 160, "TD3")
    twice.page("U12345678", 40, 20, "TD3")
    twice.page("U12345678", 40, 160, "TD3")
    for paper in (alone, twice):
        sheet = paper.sheet
        assert parted(sheet, Echo()) == [sheet]


def test_bands_at_several_places_are_told_apart() -> None:
    """Rows of letters at two places of a picture are two places; the same rows found in several ways are one."""
    picture = np.full((1400, 1000), 255, np.uint8)
    for left, top, rows, signs in ((100, 300, 3, 30), (80, 900, 2, 44)):
        for row in range(rows):
            for sign in range(signs):
                y, x = top + 28 * row, left + 14 * sign
                picture[y : y + 14, x : x + 8] = 0
    on = ReadSheet(Sheet("a.jpg", 1, width_px=1000, height_px=1400), grey=picture)
    places = sorted((around(place[0]) for place in bands_apart(on)), key=lambda box: box.y0)
    assert [(round(box.y0, 1), round(box.x0, 1)) for box in places] == [(0.2, 0.1), (0.6, 0.1)]


def test_a_zone_that_cleaning_took_for_a_stamp_is_sought_in_the_picture_itself() -> None:
    """Violet letters on a lilac card: the picture as it came has the lines that the cleaned one lost; where no zone was
    seen, nothing is looked for."""
    picture = np.full((1400, 1000, 3), (250, 235, 240), np.uint8)
    for row in range(3):
        for sign in range(30):
            y, x = 300 + 28 * row, 100 + 14 * sign
            picture[y : y + 14, x : x + 8] = (80, 30, 40)
    seen = Mark(MarkKind.MRZ, Box(0.09, 0.205, 0.53, 0.275))
    lost = ReadSheet(
        Sheet("a.jpg", 1, marks=(seen,), width_px=1000, height_px=1400), picture, np.full((1400, 1000), 255, np.uint8)
    )
    assert not rows_in(lost, seen.box)
    came = _as_it_came(lost)
    assert came is not None
    assert len(rows_in(came, seen.box)) == 3
    assert _as_it_came(replace(lost, sheet=replace(lost.sheet, marks=()))) is None


@pytest.mark.parametrize("slip_at", [(60, 150), (60, 8)])
def test_what_lies_beside_a_passport_is_a_part_of_its_own(slip_at: tuple[int, int]) -> None:
    """A terminal's slip under or over a passport: the sheet was a receipt, and the passport was certainly missing."""
    paper = _Paper()
    paper.page("U12345678", 40, 50 if slip_at[1] > 100 else 140, "TD3")
    for row in range(8):
        paper.text(f"Slip row {row}", slip_at[0], slip_at[1] + 6 * row)
    found = zone_on(paper.sheet, Echo())
    assert found is not None
    parts = beside(paper.sheet, found)
    assert parts is not None
    assert _texts(parts) == [{"Page of U12345678"}, {f"Slip row {row}" for row in range(8)}]
    assert [any(mark.kind is MarkKind.MRZ for mark in part.sheet.marks) for part in parts] == [True, False]


def test_a_stamp_beside_a_passport_is_no_part() -> None:
    """A few words, as a notary's stamp leaves them, are of the passport's copy."""
    paper = _Paper()
    paper.page("U12345678", 40, 50, "TD3")
    paper.text("Surət aslina uyğundur", 60, 150)
    found = zone_on(paper.sheet, Echo())
    assert found is not None
    assert beside(paper.sheet, found) is None
