"""From pictures to flat, upright, read sheets."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from extractors import cleaning, curl, geometry, outlines
from extractors.engines import EngineUnavailable, Layout, fusion, lexicon
from extractors.engines.paddle import MRZ, Reading, line_reader
from extractors.engines.tesseract import InProcess, Program
from extractors.inks import find_overlays
from extractors.marks import find_machine_zones, find_stamps
from extractors.regions import _rows
from extractors.sampling import language_of
from extractors.shapes import RawPage, ReadSheet
from extractors.sheets import SheetReader
from extractors.tables import find_ruling
from models.geometry import WHOLE, Box
from models.sheet import Language, Line, MarkKind, Source, Word
from tests.extractors import pages

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"

needs_fonts = pytest.mark.skipif(pages.fonts_missing(), reason="the fonts of the test pages are not installed")


@pytest.fixture(scope="module")
def form() -> pages.TestPage:
    return pages.form_page(7, "serif", dpi=200)


@pytest.fixture(scope="module")
def reader() -> SheetReader:
    return SheetReader()


def _read(reader: SheetReader, picture: np.ndarray) -> ReadSheet:
    return reader.read(RawPage("form.png", 1, picture))[0]


def _answers(reader: SheetReader, page: pages.TestPage, sheet: ReadSheet) -> int:
    """How many answers the second reading gets exactly right."""
    right = 0
    for truth in page.answers:
        x0, y0, x1, y1 = truth.box
        lines = reader.read(sheet, Box(x0 + 0.004, y0 + 0.002, x1 - 0.004, y1 - 0.002))
        right += " ".join(line.text for line in lines) == truth.text
    return right


@pytest.mark.parametrize("shape", [(1, 1), (3600, 3), (8, 3600), (20, 20)])
def test_a_page_too_narrow_for_any_letter_is_told_as_one(reader: SheetReader, shape: tuple[int, int]) -> None:
    """A strip of a few pixels stops no message from being read: it is a page that nobody can read."""
    (read,) = reader.read(RawPage("form.png", 1, np.full((*shape, 3), 255, np.uint8)))
    assert (read.sheet.quality, read.sheet.legibility, read.sheet.blank) == ("too small", 0.0, False)


# --- geometry --------------------------------------------------------------------------------------------------------


@needs_fonts
@pytest.mark.parametrize("degrees", [-3.0, 0.0, 1.4, 8.0])
def test_skew_is_measured(form: pages.TestPage, degrees: float) -> None:
    """The skew of a page is found within a tenth of a degree."""
    grey = geometry.grey_of(pages.turned(form.picture, degrees))
    assert geometry.skew_of(geometry.letters_of(geometry.shrunk(grey, 0.6))) == pytest.approx(-degrees, abs=0.1)


@needs_fonts
@pytest.mark.parametrize("table", ["dark", "middle", "light"])
@pytest.mark.parametrize("cropped", [False, True])
def test_paper_is_found_on_any_table(form: pages.TestPage, table: str, cropped: bool) -> None:
    """One outline is found on dark and light tables, also when a corner of the paper is out of the frame."""
    photo = pages.phone_photo(form.picture, 3, table=table, cropped=cropped, long_side=1600)
    papers = outlines.find_papers(photo)
    assert len(papers) == 1
    assert 0.6 < cv2.contourArea(papers[0]) / (photo.shape[0] * photo.shape[1]) < 1.05


@needs_fonts
def test_scan_has_no_outline(form: pages.TestPage) -> None:
    """A page that fills its picture is taken whole."""
    assert outlines.find_papers(form.picture) == []


@needs_fonts
def test_two_papers_on_one_photo() -> None:
    """Two papers on a dark table are two outlines, left to right."""
    left, right = (cv2.resize(pages.letter_page(s).picture, None, fx=0.3, fy=0.3) for s in (1, 2))
    photo = np.full((1250, 1700, 3), 60, np.uint8)
    photo[80 : 80 + left.shape[0], 60 : 60 + left.shape[1]] = left
    photo[100 : 100 + right.shape[0], 900 : 900 + right.shape[1]] = right
    papers = outlines.find_papers(photo)
    assert len(papers) == 2
    assert papers[0][:, 0].max() < papers[1][:, 0].min()


@needs_fonts
def test_two_papers_whose_sides_nearly_run_on(form: pages.TestPage) -> None:
    """The second of two papers is found though its top and bottom nearly run on those of the first."""
    photo = np.full((1150, 1600, 3), (70, 110, 150), np.uint8)
    for page, corners in (
        (form.picture, [[66, 56], [720, 70], [716, 1098], [48, 1080]]),
        (pages.letter_page(2, dpi=100).picture, [[864, 66], [1514, 52], [1550, 1080], [884, 1096]]),
    ):
        warp = cv2.getPerspectiveTransform(geometry.whole_page(page), np.float32(corners))
        seen = cv2.warpPerspective(np.full(page.shape[:2], 255, np.uint8), warp, (1600, 1150)) > 0
        photo[seen] = (cv2.warpPerspective(page, warp, (1600, 1150)) * 0.85)[seen].astype(np.uint8)
    papers = outlines.find_papers(photo)
    assert [round(float(paper[:, 0].mean()), -2) for paper in papers] == [400, 1200]


@needs_fonts
def test_a_folded_letter_is_one_sheet() -> None:
    """A fold that the lines run along parts no pages: the letter was folded to go into an envelope."""
    page = pages.letter_page(1, dpi=120).picture
    half = page[: len(page) // 2]
    darker = (half * 0.85).astype(np.uint8)
    photo = cv2.copyMakeBorder(np.vstack([half, darker]), 80, 80, 80, 80, cv2.BORDER_CONSTANT, value=(60, 60, 60))
    assert len(outlines.find_papers(photo)) == 1


@needs_fonts
def test_two_pages_that_only_their_text_tells_apart(form: pages.TestPage) -> None:
    """Two pages on one scan without a line between them are two outlines; one page lying on its side is one."""
    page = geometry.shrunk(form.picture, 2 / 3)
    assert len(outlines.find_papers(np.hstack([page, page]))) == 2
    assert len(outlines.find_papers(np.ascontiguousarray(np.rot90(page)))) < 2


def test_perspective_takes_a_point_back_to_the_page() -> None:
    """A corner of the flat sheet lies on the corner of the outline, also after a half turn."""
    page = np.full((1000, 800, 3), 255, np.uint8)
    quad = np.array([[100, 90], [690, 110], [720, 930], [80, 900]], np.float32)
    flat = geometry.flatten(page, quad, 1.0)
    assert geometry.perspective_of(flat, page).point(0, 0) == pytest.approx((100 / 800, 90 / 1000), abs=0.002)
    turned = geometry.perspective_of(flat.turned(2), page)
    assert turned.point(0, 0) == pytest.approx((720 / 800, 930 / 1000), abs=0.004)


@needs_fonts
def test_curl_is_taken_out(form: pages.TestPage) -> None:
    """On curled paper the bend of the lines is found; straight paper has none."""
    height, width = form.picture.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    curled = cv2.remap(form.picture, xs, ys + 0.008 * height * np.sin(np.pi * xs / width), cv2.INTER_LINEAR)
    for picture, bent in ((curled, True), (form.picture, False)):
        grey = geometry.grey_of(geometry.shrunk(picture, 0.6))
        assert (curl.find_bend(grey, geometry.letters_of(grey)) is not None) is bent


# --- ruling, cleaning, marks -----------------------------------------------------------------------------------------


@needs_fonts
def test_cells_and_writing_lines(form: pages.TestPage) -> None:
    """Every cell of a ruled form is found with its row and column; the signature line is a rule."""
    ruling = find_ruling(cleaning.cleaned(form.picture), 200)
    assert {(cell.row, cell.column) for cell in ruling.cells} == {(r, c) for r in range(11) for c in (0, 1)}
    assert len(ruling.rules) == 1
    assert ruling.rules[0].box.x0 > 0.5


def test_spanning_cells() -> None:
    """A heading over two columns is one cell of column span two."""
    picture = np.full((600, 900), 255, np.uint8)
    for y in (100, 180, 260):
        cv2.line(picture, (100, y), (800, y), 0, 2)
    cv2.line(picture, (100, 100), (100, 260), 0, 2)
    cv2.line(picture, (800, 100), (800, 260), 0, 2)
    cv2.line(picture, (450, 180), (450, 260), 0, 2)
    spans = {(c.row, c.column): c.column_span for c in find_ruling(picture, 200).cells}
    assert spans == {(0, 0): 2, (1, 0): 1, (1, 1): 1}


@needs_fonts
def test_stamp_is_found_and_its_ink_goes(form: pages.TestPage) -> None:
    """A round blue stamp is a mark, and hardly a trace of it is left in the cleaned picture."""
    stamped = pages.stamped(form.picture, 4)
    stamps = find_stamps(stamped, 200)
    assert [mark.kind for mark in stamps] == [MarkKind.STAMP]
    without = cleaning.cleaned(stamped, find_overlays(stamped, 200, [mark.box for mark in stamps]))
    plain = cleaning.cleaned(form.picture)
    assert (without < 140).sum() == pytest.approx((plain < 140).sum(), rel=0.05)


@needs_fonts
def test_blue_handwriting_stays() -> None:
    """Answers in blue ink are no stamp and stay dark."""
    black = pages.form_page(8, "serif", dpi=200).picture
    blue = black.copy()
    blue[np.all(black < 120, axis=2)] = (150, 60, 40)
    assert find_stamps(blue, 200) == ()
    assert (cleaning.cleaned(blue) < 140).sum() > 0.8 * (cleaning.cleaned(black) < 140).sum()


@needs_fonts
def test_machine_zone_band() -> None:
    """Two lines of OCR-B with fillers are a machine zone, read letter by letter; a typed page has none."""
    from PIL import Image, ImageDraw, ImageFont

    lines = ("P<AZEMAMMADOV<<RASHAD<<<<<<<<<<<<<<<<<<<<<<<", "C012345674AZE8503127M3001011<<<<<<<<<<<<<<04")
    image = Image.new("L", (1100, 500), 255)
    face = ImageFont.truetype(pages.FONTS["ocr-b"], 34)
    for row, text in enumerate(lines):
        ImageDraw.Draw(image).text((40, 380 + 50 * row), text, font=face, fill=20)
    marks = find_machine_zones(np.array(image), 200)
    assert [mark.kind for mark in marks] == [MarkKind.MRZ]
    assert marks[0].text.split("\n")[1].startswith("C012345674AZE8503127M")
    assert find_machine_zones(cleaning.cleaned(pages.letter_page(5, dpi=200).picture), 200) == ()


def test_letter_that_fills_its_row_is_no_border() -> None:
    """An İ from close under one ruled line to close above the next parts no cell."""
    picture = np.full((400, 800), 255, np.uint8)
    for y in (100, 140, 180):
        cv2.line(picture, (50, y), (700, y), 0, 2)
    for x in (50, 700):
        cv2.line(picture, (x, 100), (x, 180), 0, 2)
    cv2.rectangle(picture, (300, 112), (303, 137), 0, -1)
    cv2.rectangle(picture, (300, 104), (303, 109), 0, -1)
    assert len(find_ruling(picture, 200).cells) == 2


# --- languages and fusion --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Verilir ona görə ki, o, həqiqətən də bu ünvanda yaşayır və çalışır, arayış təqdim edilmək üçündür", "az"),
        ("Справка выдана в том, что он действительно проживает по адресу", "ru"),
        ("Арајыш верилир она ҝөрә ки, о, һәгигәтән дә бу үнванда јашајыр", "az-Cyrl"),
        ("This is to certify that the person named below is registered at the address given and has no debts", "en"),
        (
            "Bu belge, adı geçen kişinin yukarıdaki adreste oturduğunu göstermek üzere düzenlenmiştir, saygılarımızla",
            "tr",
        ),
    ],
)
def test_language_by_letters(text: str, language: str) -> None:
    """Letters alone tell the five languages of a sheet apart."""
    assert language_of(text) is Language(language)


def _reading(text: str, sure: float = 0.97) -> Reading:
    return Reading(text, (sure,) * len(text))


def test_agreement_is_certain() -> None:
    """Words that both engines read are all but certain, whatever the quotes; a word of one engine is less so."""
    same, quoted, own = fusion.fused(["Bakı", '"Nur"', "şəhərı"], [0.9, 0.9, 0.7], _reading("Bakı “Nur” şəhəri"))
    assert (same.text, same.confidence) == ("Bakı", fusion.SAME)
    assert (quoted.text, quoted.confidence) == ("“Nur”", fusion.SAME)
    assert own.text == "şəhəri"
    assert own.confidence < fusion.SAME


@pytest.mark.parametrize(
    ("word", "letters", "tesseract"),
    [
        ("stomatoloa", 0.88, 0.79),  # unlisted, and a letter of it doubted
        ("küc", 0.99, 0.6),  # Tesseract doubts the word
        (".Olunmamışam", 0.99, 0.8),  # no word begins with a full stop
    ],
)
def test_two_weak_readings_may_be_one_mistake(word: str, letters: float, tesseract: float) -> None:
    """A word that both engines read the same, but neither surely, is not certain; signs alone are."""
    (piece,) = fusion.fused([word], [tesseract], _reading(word, letters))
    assert piece.text == word
    assert piece.confidence < 0.95
    assert fusion.fused(["-"], [tesseract], _reading("-", letters))[0].confidence == fusion.SAME


def test_a_scrap_of_a_word_surely_read_is_not_followed() -> None:
    """The head reads "q" of a sharp "iqbo": Tesseract's word stands, as a doubtful one."""
    (word,) = fusion.fused(["iqbo"], [0.93], _reading("q", 0.74))
    assert (word.text, word.confidence) == ("iqbo", fusion.DOUBTED)


def test_the_head_alone_may_be_certain() -> None:
    """What the head reads beyond doubt needs no witness; a number, which may lose one of two equal digits, is less."""
    (word,) = fusion.fused(["Bovük"], [0.8], _reading("Böyük", 0.9999))
    (number,) = fusion.fused(["4994"], [0.8], _reading("+994", 0.9999))
    (doubted,) = fusion.fused(["Bovük"], [0.8], _reading("Böyük", 0.99))
    (contradicted,) = fusion.fused(["hərbçi"], [0.97], _reading("hərbci", 0.9999))
    (cut,) = fusion.fused(["Askar"], [0.8], _reading("Aska", 0.9999))
    assert (word.text, number.text) == ("Böyük", "+994")
    assert word.confidence > number.confidence > doubted.confidence > contradicted.confidence > cut.confidence


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        (["(4994", "55)"], "(+994 55)", "(+994 55)"),
        (["Qasımlı", "2alə", "Ağamirzə"], "Qasımlı Jalə Ağamirzə", "Qasımlı Jalə Ağamirzə"),
        (["201", "1-ci", "il"], "2011-ci il", "2011-ci il"),
        (["yox", "|"], "yox", "yox"),
        (["İ", "Bakı"], "Bakı", "Bakı"),
    ],
)
def test_the_head_gives_what_tesseract_cannot(first: list[str], second: str, text: str) -> None:
    """Letters that Tesseract does not have, blanks and clean rims come from the head."""
    pieces = fusion.fused(first, [0.8] * len(first), _reading(second))
    assert " ".join(piece.text for piece in pieces) == text


def test_a_listed_word_settles_a_doubt() -> None:
    """Where the head doubts a letter, Tesseract's listed word stands instead, and is not taken as certain."""
    doubtful = Reading("gurcü", (0.9, 0.7, 0.9, 0.9, 0.9))
    (piece,) = fusion.fused(["gürcü"], [0.8], doubtful)
    assert (piece.text, piece.confidence) == ("gürcü", fusion.DOUBTED)
    (kept,) = fusion.fused(["gürcü"], [0.8], _reading("gurcü"))
    assert kept.text == "gurcü"


def test_what_confirms_a_line_is_the_other_reading() -> None:
    """A line that repeats the head's reading is confirmed by Tesseract's, any other by the head's."""
    assert fusion.other(["Baki"], _reading("Bakı"), "Bakı") == "Baki"
    assert fusion.other(["Bakı"], _reading("Baki"), "Bakı") == "Baki"


def test_lexicon_knows_marks() -> None:
    """The word list knows marked words in any case and no nonsense."""
    assert lexicon.is_known("məhkəmə")
    assert lexicon.is_known("Məmmədov") and lexicon.is_known("İSTANBUL")
    assert not lexicon.is_known("qwrtzp")


def test_rows_of_a_region() -> None:
    """A long and a short line are two rows; the dot over an İ is no row of its own."""
    region = np.full((120, 400), 255, np.uint8)
    region[20:23, 40:44] = 0
    for x in range(20, 380, 12):
        region[30:50, x : x + 6] = 0
    for x in range(20, 80, 12):
        region[75:95, x : x + 6] = 0
    rows = _rows(region, 200)
    assert len(rows) == 2
    assert 50 / 120 < rows[0].y1 < 75 / 120


# --- whole sheets ----------------------------------------------------------------------------------------------------


def test_word_page_is_taken_as_it_is(reader: SheetReader) -> None:
    """A page without pixels keeps the file's own lines; a page that could not be decoded is illegible, not blank."""
    line = Line((Word("Ərizə", Box(0.1, 0.1, 0.2, 0.12)),), Box(0.1, 0.1, 0.2, 0.12))
    sheet = reader.read(RawPage("a.docx", 1, source=Source.DOCX, lines=(line,)))[0].sheet
    assert (sheet.text, sheet.blank, sheet.source) == ("Ərizə", False, Source.DOCX)
    broken = reader.read(RawPage("a.pdf", 2, defect="the page cannot be drawn"))[0].sheet
    assert (broken.blank, broken.legibility) == (False, 0.0)


@needs_fonts
@pytest.mark.story
def test_pen_on_a_printed_text_layer(reader: SheetReader, form: pages.TestPage) -> None:
    """Answers that only the picture of a text-layer page shows are read; its own words stay as they are."""
    printed = reader.read(RawPage("form.png", 1, form.picture))[0].sheet
    middle = form.answers[0].box[0]
    known = tuple(
        Line(tuple(Word(word.text, word.box) for word in line.words), line.box)
        for line in printed.lines
        if line.box.x1 < middle or line.box.y1 < form.answers[0].box[1]
    )
    raw = RawPage("form.pdf", 1, form.picture, 210, 297, Source.TEXT_LAYER, known)
    sheet = reader.read(raw)[0].sheet
    assert {line.text for line in known} <= {line.text for line in sheet.lines}
    assert sheet.source is Source.TEXT_LAYER
    right = sum(any(truth.text == line.text for line in sheet.lines) for truth in form.answers[:9])
    assert right >= 7
    whole = RawPage("form.pdf", 1, form.picture, 210, 297, Source.TEXT_LAYER, printed.lines)
    assert reader.read(whole)[0].sheet.lines == printed.lines


def test_blank_page_with_specks_and_holes(reader: SheetReader) -> None:
    """Specks and punch holes do not make a page."""
    rng = np.random.default_rng(1)
    page = np.full((1200, 850, 3), 248, np.uint8)
    for x, y in rng.integers(20, 830, (90, 2)):
        cv2.circle(page, (int(x), int(y)), 1, (80, 80, 80), -1)
    cv2.circle(page, (40, 600), 14, (70, 70, 70), -1)
    assert _read(reader, page).sheet.blank


def test_rows_of_ink_that_nobody_can_read_are_no_blank_page(reader: SheetReader) -> None:
    """A slip too small for the engines may be the very paper that seems to be missing."""
    rng = np.random.default_rng(1)
    page = np.full((1600, 1130, 3), 248, np.uint8)
    for top in range(100, 260, 20):
        for left in range(300, 600, 9):
            strokes = rng.integers(0, 8, (4, 1, 2)) + np.array([left, top])
            cv2.polylines(page, [strokes.astype(np.int32)], False, (40, 40, 40), 1)
    assert not _read(reader, page).sheet.blank


@needs_fonts
@pytest.mark.story
@pytest.mark.parametrize("kind", ["scan", "phone", "fax", "quarter", "half"])
def test_answers_are_read(reader: SheetReader, kind: str) -> None:
    """Of the typed answers of a form at least ten of eleven are exactly right, whatever became of the paper."""
    page = pages.form_page(11, "sans")
    picture = {
        "scan": lambda: pages.office_scan(page.picture, 11),
        "phone": lambda: pages.phone_photo(page.picture, 11),
        "fax": lambda: pages.fax(page.picture, 11),
        "quarter": lambda: np.ascontiguousarray(np.rot90(page.picture)),
        "half": lambda: np.ascontiguousarray(np.rot90(page.picture, 2)),
    }[kind]()
    sheet = _read(reader, picture)
    assert len(sheet.sheet.cells) == 22
    assert sheet.sheet.legibility > 0.8
    assert _answers(reader, page, sheet) >= 10


@needs_fonts
@pytest.mark.story
def test_illegible_and_legible(reader: SheetReader) -> None:
    """The score is 1 for a clean page, high for a page on a table, and next to nothing only where blur has gone so far
    that a person reads no word either; what lies between is never called illegible."""
    page = pages.letter_page(3, dpi=200).picture
    legible = (page, pages.phone_photo(page, 5, table="light"), pages.jpeg(geometry.shrunk(page, 0.25), 80))
    assert min(_read(reader, picture).sheet.legibility for picture in legible) > 0.8
    for sigma, least, most in ((6, 0.4, 0.8), (10, 0.0, 0.2)):
        assert least <= _read(reader, cv2.GaussianBlur(page, (0, 0), sigma)).sheet.legibility <= most


@needs_fonts
def test_light_letters_on_black(form: pages.TestPage) -> None:
    """An inverted page is turned into its negative; a photograph taken in the dark is not."""
    page = geometry.shrunk(form.picture, 0.5)
    assert np.array_equal(cleaning.dark_on_light(255 - page), page)
    dim = (page * 0.25).astype(np.uint8)
    assert cleaning.dark_on_light(dim) is dim


def test_grain_of_a_dark_photograph_is_no_light_print() -> None:
    """A card in the dark on a grained table: specks a little lighter than it are no letters, however many."""
    rng = np.random.default_rng(5)
    dark = np.full((1000, 1400), 60, np.uint8)
    for x, y in rng.integers((20, 20), (1380, 980), (600, 2)):
        dark[y : y + 9, x : x + 6] += 20
    assert cleaning.dark_on_light(dark) is dark


@needs_fonts
def test_coarse_fax_gets_its_rows_back(form: pages.TestPage) -> None:
    """A fax of 204 x 98 dots per inch is made twice as high; a fine one, and a page lying on its side, stay."""
    fine = pages.fax(form.picture, 3)
    coarse = cv2.resize(fine, (1728, 1146), interpolation=cv2.INTER_NEAREST)
    assert cleaning.unsqueezed(coarse).shape == (2292, 1728)
    assert cleaning.unsqueezed(fine) is fine
    lying = np.ascontiguousarray(np.rot90(fine))
    assert cleaning.unsqueezed(lying) is lying


@needs_fonts
@pytest.mark.story
def test_both_ways_to_tesseract_read_the_same() -> None:
    """The program behind pytesseract and the library give the same words in the same places."""
    grey = cleaning.cleaned(pages.letter_page(3, dpi=200).picture)
    box = Box(0.05, 0.1, 0.95, 0.35)
    found = [
        engine.read(grey, [box], layout=Layout.BLOCK, language="aze", dpi=200)[0] for engine in (InProcess(), Program())
    ]
    assert [line.text for line in found[0]] == [line.text for line in found[1]]
    assert found[0][0].box == pytest.approx(found[1][0].box, abs=0.01)


def test_missing_language_says_what_to_install() -> None:
    """An engine without its data says which package is missing."""
    grey = np.full((50, 50), 255, np.uint8)
    with pytest.raises(EngineUnavailable, match="tesseract-ocr-xyz"):
        InProcess().read(grey, [WHOLE], layout=Layout.LINE, language="xyz", dpi=200)


@pytest.mark.story
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the public corpora are not here")
@pytest.mark.parametrize("name", ["test__phototest.tif", "test__phototest-rotated-180.png"])
def test_public_page_either_way_up(reader: SheetReader, name: str) -> None:
    """A public English page is read the right way up, also when it arrives upside down."""
    picture = cv2.imread(str(CORPORA / "ocr_gt" / name))
    sheet = _read(reader, picture).sheet
    assert "quick brown dog" in sheet.text
    assert sheet.language is Language.EN


def test_second_engine_reads_only_its_alphabet() -> None:
    """Masked to the alphabet of machine zones the recogniser gives nothing else."""
    engine = line_reader()
    if engine is None:
        pytest.skip("the PP-OCR weights are not installed")
    noise = np.random.default_rng(2).integers(0, 255, (48, 300), np.uint8).astype(np.uint8)
    assert set(engine.read_masked(noise, MRZ).text) <= MRZ
