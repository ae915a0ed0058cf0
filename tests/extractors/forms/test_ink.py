"""What ink says where no engine read a word: dashes, empty places, signatures, and which reading keeps its blanks."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from extractors.forms import read_form
from extractors.forms.confidence import is_odd, of_lines
from extractors.forms.ink import ink_of_print
from extractors.forms.spacing import respaced
from extractors.shapes import Pixels, ReadSheet
from models.catalogue import FormDescription
from models.geometry import Box
from models.sheet import Line, Sheet, Source, Word
from rules.catalogue import load_catalogue
from tests.extractors.forms.filled import ANSWERS, LAYOUTS, NoEngine, filled

WIDTH, HEIGHT = 1654, 2339


@pytest.fixture(scope="module")
def form() -> FormDescription:
    return load_catalogue().forms["application_form_acquisition"]


def scanned(form: FormDescription, without: str = "") -> list[ReadSheet]:
    """The form in two columns as if an engine had read it, words as grey bars on white paper."""
    answers = {key: text for key, text in ANSWERS.items() if key != without}
    return [_painted(sheet) for sheet in filled(form, LAYOUTS["two columns"], answers)]


def _painted(read: ReadSheet) -> ReadSheet:
    grey = np.full((HEIGHT, WIDTH), 255, np.uint8)
    lines = tuple(replace(line, second=line.text) for line in read.sheet.lines if line.text.strip("_ "))
    for word in (word for line in lines for word in line.words if word.text.strip("_")):
        x0, y0, x1, y1 = word.box
        grey[int(y0 * HEIGHT) : int(y1 * HEIGHT), int(x0 * WIDTH) : int(x1 * WIDTH)] = 90
    sheet = replace(read.sheet, source=Source.OCR, lines=lines, dpi=200.0)
    return ReadSheet(sheet, np.dstack([grey] * 3), grey)


def _grey(read: ReadSheet) -> Pixels:
    assert read.grey is not None
    return read.grey


def _cell_of(sheets: list[ReadSheet], words: str) -> tuple[int, Box]:
    """The sheet and the box of the cell beside a question."""
    for i, read in enumerate(sheets):
        for line in read.sheet.lines:
            if words in line.text:
                x, y = line.box.centre
                return i, next(c.box for c in read.sheet.cells if c.box.y0 < y < c.box.y1 and c.box.x0 > x)
    raise LookupError(words)


def test_a_place_without_ink_is_certainly_empty(form: FormDescription) -> None:
    """An unanswered question on a scan: value None, and sure of it."""
    field = read_form(scanned(form, without="6"), form, NoEngine()).fields["citizenship"]
    assert field.value is None and field.confidence > 0.95


def test_a_lone_stroke_denies(form: FormDescription) -> None:
    """A dash that no engine reads is an answer, not an empty cell."""
    sheets = scanned(form, without="7")
    i, cell = _cell_of(sheets, "(ölkələrin)")
    y, x = int((cell.y0 + cell.height / 2) * HEIGHT), int((cell.x0 + 0.02) * WIDTH)
    _grey(sheets[i])[y : y + 3, x : x + 12] = 0
    field = read_form(sheets, form, NoEngine()).fields["other_citizenships"]
    assert field.value == "none" and field.confidence > 0.85


def test_ink_that_nobody_can_read_is_no_empty_answer(form: FormDescription) -> None:
    """Scribble without a reading makes the emptiness doubtful."""
    sheets = scanned(form, without="7")
    i, cell = _cell_of(sheets, "(ölkələrin)")
    y, x = int((cell.y0 + cell.height / 2) * HEIGHT), int((cell.x0 + 0.02) * WIDTH)
    for k in range(4):
        cv2.ellipse(_grey(sheets[i]), (x + 14 * k + 10, y), (6, 10), 20, 0, 360, 0, 2)
    field = read_form(sheets, form, NoEngine()).fields["other_citizenships"]
    assert field.value is None and field.confidence < 0.5


@pytest.mark.parametrize(
    ("shade", "size"),
    [((255, 190, 190), 9), ((200, 200, 200), 9), ((190, 255, 190), 9), ((0, 0, 0), 5)],
    ids=["pale blue", "pencil", "green", "specks"],
)
def test_faint_or_tiny_ink_is_no_certain_emptiness(
    form: FormDescription, shade: tuple[int, int, int], size: int
) -> None:
    """What is too pale or too small to be read may be an answer all the same."""
    sheets = scanned(form, without="7")
    i, cell = _cell_of(sheets, "(ölkələrin)")
    y, x = int((cell.y0 + cell.height / 2) * HEIGHT), int((cell.x0 + 0.02) * WIDTH)
    for k in range(4):
        for picture, tone in ((sheets[i].colour, shade), (sheets[i].grey, (round(sum(shade) / 3),) * 3)):
            assert picture is not None
            cv2.circle(picture, (x + 3 * size * k, y), size // 2, tone, -1)
    field = read_form(sheets, form, NoEngine()).fields["other_citizenships"]
    assert field.value is None and field.confidence < 0.8


def test_the_hyphen_of_small_type_denies_where_the_other_answers_begin(form: FormDescription) -> None:
    """A stroke of three quarters of a millimetre is a hyphen in the answers' column, elsewhere it may be dust."""
    for shift, value in ((0, "none"), (60, None)):
        sheets = scanned(form, without="7")
        i, cell = _cell_of(sheets, "(ölkələrin)")
        begin = min(t.box.x0 for line in sheets[i].sheet.lines for t in line.words if t.box.x0 > cell.x0)
        y, x = int((cell.y0 + cell.height / 2) * HEIGHT), round(begin * WIDTH) + shift
        _grey(sheets[i])[y : y + 2, x : x + 6] = 0
        field = read_form(sheets, form, NoEngine()).fields["other_citizenships"]
        assert field.value == value and (value or field.confidence < 0.5)


def test_the_last_question_of_a_sheet_is_uncertain_where_the_next_sheet_is_lacking(form: FormDescription) -> None:
    """Its answer may stand on the sheet between; beside its neighbours it is certain."""
    sheets = scanned(form, without="13")
    whole = read_form(sheets, form, NoEngine()).fields["work_abroad"]
    torn = read_form([sheets[0], *sheets[2:]], form, NoEngine()).fields["work_abroad"]
    assert whole.confidence > 0.9 and torn.value is None and torn.confidence < 0.8


def test_the_end_of_a_form_under_a_stamp_is_told_by_its_words(form: FormDescription) -> None:
    """Rows torn apart by a stamp hold the words of the warning in another order."""
    sheets = scanned(form)
    warning = next(text for text in form.declarations if "saxta" in text).split()
    mixed = tuple(
        replace(
            line,
            words=tuple(
                replace(word, text=other.text) for word, other in zip(line.words, line.words[::-1], strict=True)
            ),
        )
        if len({word.text for word in line.words} & set(warning)) > 3
        else line
        for line in sheets[-1].sheet.lines
    )
    last = replace(sheets[-1], sheet=replace(sheets[-1].sheet, lines=mixed))
    assert read_form([*sheets[:-1], last], form, NoEngine()).declarations_found


def test_strokes_at_the_label_are_a_signature(form: FormDescription) -> None:
    """A pen's strokes beside "Şəxsi imza" are a signature; the label alone is none."""
    sheets = scanned(form)
    bare = read_form(sheets, form, NoEngine()).fields["signature_present"]
    label = next(line.box for line in sheets[-1].sheet.lines if "Şəxsi" in line.text)
    x, y = int((label.x0 + 0.25) * WIDTH), int(label.y0 * HEIGHT)
    points = [(x + 12 * k, y + (-25 if k % 2 else 18)) for k in range(12)]
    cv2.polylines(_grey(sheets[-1]), [np.array(points, np.int32)], False, 0, 3)
    signed = read_form(sheets, form, NoEngine()).fields["signature_present"]
    assert bare.value is False and bare.confidence > 0.9
    assert signed.value is True and signed.confidence > 0.85


def test_strokes_over_a_label_that_nobody_could_read_are_a_signature(form: FormDescription) -> None:
    """A signature across "Şəxsi imza": the hint under the date tells where it stands; without strokes none is told."""
    sheets = scanned(form)
    label = next(line.box for line in sheets[-1].sheet.lines if "Şəxsi" in line.text)
    lines = tuple(line for line in sheets[-1].sheet.lines if "Şəxsi" not in line.text)
    last = replace(sheets[-1], sheet=replace(sheets[-1].sheet, lines=lines))
    _grey(last)[int(label.y0 * HEIGHT) : int(label.y1 * HEIGHT) + 1] = 255
    bare = read_form([*sheets[:-1], last], form, NoEngine()).fields["signature_present"]
    x, y = int((label.x0 + 0.1) * WIDTH), int(label.y0 * HEIGHT)
    cv2.polylines(_grey(last), [np.array([(x + 12 * k, y + (0 if k % 2 else 60)) for k in range(12)])], False, 0, 3)
    signed = read_form([*sheets[:-1], last], form, NoEngine()).fields["signature_present"]
    assert bare.value is False and bare.confidence < 0.6
    assert signed.value is True and signed.confidence > 0.8


def test_a_row_of_hyphens_is_a_dash(form: FormDescription) -> None:
    """ "-----" alone in its place denies, a dotted writing line does not."""
    values = []
    for count in (5, 40):
        sheets = scanned(form, without="7")
        at, cell = _cell_of(sheets, "(ölkələrin)")
        x, y = int((cell.x0 + 0.01) * WIDTH), int(cell.centre[1] * HEIGHT)
        for k in range(count):
            _grey(sheets[at])[y : y + 3, x + 12 * k : x + 12 * k + 8] = 0
        values.append(read_form(sheets, form, NoEngine()).fields["other_citizenships"].value)
    assert values == ["none", None]


def test_upright_strokes_as_high_as_their_word_are_letters() -> None:
    """A Roman two in a box that fits it closely is ink; a border that runs on above and below is none."""
    grey = np.full((HEIGHT, WIDTH), 255, np.uint8)
    grey[500:530, 300:304] = grey[500:530, 310:314] = 0
    grey[300:800, 600:604] = 0
    read = ReadSheet(Sheet("a", 1, source=Source.OCR, dpi=200.0), np.dstack([grey] * 3), grey)
    two, border = (Box(x / WIDTH, 501 / HEIGHT, (x + 20) / WIDTH, 529 / HEIGHT) for x in (296, 592))
    assert ink_of_print(read, two).any() and not ink_of_print(read, border).any()


def test_strokes_that_engines_read_beside_a_text_layer_are_a_signature(form: FormDescription) -> None:
    """A pen's loops that were read as a word are no type, though the label beside them is the file's own."""
    sheets = [replace(each, sheet=replace(each.sheet, source=Source.TEXT_LAYER)) for each in scanned(form)]
    label = next(line.box for line in sheets[-1].sheet.lines if "Şəxsi" in line.text)
    x, y = int((label.x0 + 0.25) * WIDTH), int(label.y0 * HEIGHT)
    points = [(x + 12 * k, y + (-25 if k % 2 else 18)) for k in range(12)]
    cv2.polylines(_grey(sheets[-1]), [np.array(points, np.int32)], False, 0, 3)
    box = Box(label.x0 + 0.24, label.y0 - 0.03, label.x0 + 0.4, label.y0 + 0.03)
    loops = Line((Word("Uooolli", box, 0.78),), box, second="İti")
    last = replace(sheets[-1], sheet=replace(sheets[-1].sheet, lines=(*sheets[-1].sheet.lines, loops)))
    signed = read_form([*sheets[:-1], last], form, NoEngine()).fields["signature_present"]
    assert signed.value is True and signed.confidence > 0.85


def test_blanks_come_from_the_reading_that_keeps_them() -> None:
    """The fused line lost a blank that the first reading of the sheet has."""

    def line(*words: str) -> Line:
        return Line(
            tuple(Word(w, Box(0.1 * i, 0, 0.1 * i + 0.09, 0.02)) for i, w in enumerate(words)), Box(0, 0, 1, 0.02)
        )

    assert (
        respaced(line("Bakı", "şəhəri,bina40C"), [line("Bakı", "şəhəri,", "bina", "40C")]).text
        == "Bakı şəhəri, bina 40C"
    )


def test_a_line_that_follows_one_engine_is_no_agreement() -> None:
    """A fused line equal to the second reading is sure only where its words are."""
    box = Box(0, 0, 1, 0.02)
    alone = Line((Word("Ofqanistan", box, 0.5),), box, second="Ofqanistan")
    agreed = Line((Word("Gürcüstan", box, 0.99),), box, second="Gürcüstan")
    assert of_lines([alone], Source.OCR) < 0.5 < 0.98 < of_lines([agreed], Source.OCR)


def test_odd_words_are_noticed() -> None:
    """A digit inside a word or a full stop without a blank is an engine's, a house number is not."""
    assert is_odd("Bak1.şəhəri") and not is_odd("Bakı ş., ev 40C, AZ1000, mənzil 16")
