"""Blanks, full stops and strokes as their ink tells, on small pictures drawn here."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.forms.blanks import by_ink
from extractors.forms.pages import Area, FormPage
from extractors.forms.scribe import Scribe
from extractors.forms.specks import without_specks
from extractors.forms.tokens import page_text
from extractors.shapes import Pixels, ReadSheet
from models.geometry import Box
from models.sheet import Line, Sheet, Word
from tests.extractors.forms.filled import NoEngine

SIZE = 1000


def _paper() -> Pixels:
    return np.full((SIZE, SIZE), 255, np.uint8)


def _letters(paper: Pixels, left: int, count: int, gap: int = 4) -> int:
    """Letters as bars 10 pixels wide and 24 high; gives the place behind the last one."""
    for i in range(count):
        x = left + i * (10 + gap)
        cv2.rectangle(paper, (x, 100), (x + 2, 123), 0, -1)
        cv2.rectangle(paper, (x + 7, 100), (x + 9, 123), 0, -1)
        cv2.rectangle(paper, (x, 110), (x + 9, 112), 0, -1)
    return left + count * (10 + gap) - gap


def _read(paper: Pixels) -> ReadSheet:
    return ReadSheet(Sheet("f.pdf", 1, width_px=SIZE, height_px=SIZE, dpi=200.0), None, paper)


def _word(text: str, x0: int, x1: int) -> Word:
    return Word(text, Box(x0 / SIZE, 0.098, x1 / SIZE, 0.126))


def _line(*words: Word, second: str | None = None) -> Line:
    box = words[0].box
    for word in words:
        box = box.union(word.box)
    return Line(words, box, second=second)


def test_a_blank_that_engines_lose_is_found_in_the_ink() -> None:
    """A word is parted behind a full stop where the ink has as wide a gap as between the other words."""
    paper = _paper()
    first = _letters(paper, 50, 4)
    second = _letters(paper, first + 14, 1)
    cv2.rectangle(paper, (second + 4, 120), (second + 7, 123), 0, -1)
    third = _letters(paper, second + 20, 2)
    line = _line(_word("küçə", 50, first), _word("m.17", first + 14, third))
    assert by_ink([line], _read(paper))[0].text == "küçə m. 17"


def test_a_blank_that_engines_invent_between_digits_is_closed() -> None:
    """Digits that stand as close as letters are one number."""
    paper = _paper()
    first = _letters(paper, 50, 3)
    second = _letters(paper, first + 16, 3)
    third = _letters(paper, second + 4, 1)
    line = _line(_word("may", 50, first), _word("201", first + 16, second), _word("1", second + 4, third))
    assert by_ink([line], _read(paper))[0].text == "may 2011"


@pytest.mark.parametrize(("left", "right", "text"), [("201", "1", "may 2011"), ("26", "1", "may 26 1")])
def test_a_narrow_one_stands_far_off_in_a_year_and_nowhere_else(left: str, right: str, text: str) -> None:
    """A gap that is nearly a blank is closed only where the digits make a year."""
    paper = _paper()
    first = _letters(paper, 50, 3)
    second = _letters(paper, first + 16, len(left))
    third = _letters(paper, second + 13, 1)
    line = _line(_word("may", 50, first), _word(left, first + 16, second), _word(right, second + 13, third))
    assert by_ink([line], _read(paper))[0].text == text


@pytest.mark.parametrize(("size", "top", "text"), [(4, 120, "usta."), (1, 122, "usta"), (4, 108, "usta")])
def test_dust_is_no_full_stop(size: int, top: int, text: str) -> None:
    """What is much smaller than the strokes, or hangs above the line, ends no sentence."""
    paper = _paper()
    end = _letters(paper, 50, 4)
    cv2.rectangle(paper, (end + 4, top), (end + 3 + size, top + size - 1), 0, -1)
    line = _line(_word("usta.", 50, end + 8), second="usta")
    assert without_specks([line], _read(paper))[0].text == text


def test_the_full_stop_of_a_shortened_word_stays() -> None:
    """A thin full stop behind "küç" or a number is kept, for it belongs there."""
    paper = _paper()
    end = _letters(paper, 50, 3)
    paper[122, end + 4] = 0
    for text in ("küç.", "12.", "M."):
        assert without_specks([_line(_word(text, 50, end + 6), second=text[:-1])], _read(paper))[0].text == text


def test_the_rim_of_a_sheet_is_no_word() -> None:
    """A short word that touches the edge of a picture is its shadow; a clear long one may be text."""
    rim = Line((Word("İ", Box(0.0, 0.0, 0.1, 0.04), 0.7),), Box(0.0, 0.0, 0.1, 0.04))
    cut = Line((Word("Respublikası", Box(0.9, 0.5, 1.0, 0.51), 0.96),), Box(0.9, 0.5, 1.0, 0.51))
    text = page_text(Sheet("f.pdf", 1, width_px=SIZE, height_px=SIZE, lines=(rim, cut)))
    assert [token.text for token in text.tokens] == ["Respublikası"]


def test_a_word_read_twice_counts_once() -> None:
    """Two lines that an engine read from the same ink give one word, the surer one."""
    words = [("Gürcüstan", 0.500, 0.512, 0.97), ("ürcüstan", 0.500, 0.506, 0.92), ("Tbilisi", 0.530, 0.542, 0.97)]
    lines = tuple(Line((Word(t, Box(0.1, a, 0.2, b), sure),), Box(0.1, a, 0.2, b)) for t, a, b, sure in words)
    text = page_text(Sheet("f.pdf", 1, width_px=SIZE, height_px=SIZE, lines=lines))
    assert [token.text for token in text.tokens] == ["Gürcüstan", "Tbilisi"]


@pytest.mark.parametrize(
    ("rows", "answer"),
    [
        (["—", "Ukrayna"], "Ukrayna"),
        (["— nikah bağladığım üçün"], "nikah bağladığım üçün"),
        (["SMU-5, dülgər", "—"], "SMU-5, dülgər"),
        (["- pasport", "- foto"], "- pasport - foto"),
        (["-"], "-"),
        (["Aktau $., Sahil küç. 11"], "Aktau ş., Sahil küç. 11"),
        (["Bakı ş.. 28 May küç. 12, məktəb N£ 61"], "Bakı ş., 28 May küç. 12, məktəb № 61"),
    ],
)
def test_pieces_of_writing_lines_are_no_part_of_an_answer(rows: list[str], answer: str) -> None:
    """Dashes before and behind the words of a picture's answer go, those of a list stay, and so does a lone one."""
    lines = []
    for i, row in enumerate(rows):
        words, x = [], 0.1
        for text in row.split():
            words.append(Word(text, Box(x, 0.1 + 0.02 * i, x + 0.01 * len(text), 0.112 + 0.02 * i), 0.9))
            x += 0.01 * (len(text) + 1)
        lines.append(Line(tuple(words), words[0].box.union(words[-1].box)))
    sheet = Sheet("f.pdf", 1, width_px=SIZE, height_px=SIZE, lines=tuple(lines))
    read = page_text(sheet)
    page = FormPage(ReadSheet(sheet), read, ())
    assert Scribe(NoEngine()).area([Area(page, read.tokens, (), False)]).text == answer
