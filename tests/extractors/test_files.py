"""Files open into pages as a viewer shows them."""

from __future__ import annotations

import hashlib
import io
import time
import zipfile
import zlib
from collections.abc import Callable

import docx
import numpy as np
import pikepdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from PIL import Image, ImageDraw
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractors import sniff
from extractors.files import FileOutcome, open_pages
from extractors.limits import Limits
from extractors.shapes import OpenedPart, RawPage
from models.geometry import Box
from models.mail import Attachment, PartStatus
from models.sheet import Source

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def opened(content: bytes, limits: Limits | None = None) -> FileOutcome:
    kind = sniff.media_type(content)
    attachment = Attachment("a", hashlib.sha256(content).hexdigest(), len(content), kind)
    return open_pages(OpenedPart(attachment, content), limits or Limits())


def pages(content: bytes) -> list[RawPage]:
    return list(opened(content).pages)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def marked(mode: str = "RGB") -> Image.Image:
    """White, 120 x 80, with a black block at the top left."""
    image = Image.new("RGB", (120, 80), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 30, 15), fill="black")
    return image.convert(mode)


def drawn(draw: Callable[[Canvas], None], *, size: tuple[float, float] = (595, 842)) -> bytes:
    out = io.BytesIO()
    pdfmetrics.registerFont(TTFont("Sans", FONT))
    canvas = Canvas(out, pagesize=size)
    canvas.setFont("Sans", 11)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def edited(content: bytes, edit: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        edit(document)
        document.save(out, **options)
    return out.getvalue()


def form(canvas: Canvas) -> None:
    canvas.drawString(100, 700, "Soyadı: Əliyev Şöhrət")
    canvas.rect(90, 400, 200, 60)
    canvas.rect(290, 400, 150, 60)
    canvas.drawString(95, 440, "sual bir")
    canvas.drawString(300, 440, "cavab iki")
    canvas.line(100, 200, 400, 200)
    canvas.acroForm.textfield(name="ad", tooltip="Adı", x=100, y=600, width=150, height=20, value="Aysel")
    canvas.acroForm.checkbox(name="kisi", x=300, y=600, size=20, checked=True)
    canvas.acroForm.checkbox(name="qadin", x=350, y=600, size=20, checked=False)


def lent(canvas: Canvas) -> None:
    """A word whose Ə comes from another face, heavier and a little lower, as typesetters do where a font lacks it."""
    x = 100.0
    for text, face, rise in (("AZ", "Sans", 0.0), ("Ə", "Sans-Bold", -2.7), ("RBAYCAN", "Sans", 0.0)):
        canvas.setFont(face, 11)
        canvas.drawString(x, 700 + rise, text)
        x += canvas.stringWidth(text, face, 11)


def ink(page: RawPage, box: Box) -> float:
    assert page.pixels is not None
    height, width = page.pixels.shape[:2]
    part = page.pixels[int(box.y0 * height) : int(box.y1 * height) + 1, int(box.x0 * width) : int(box.x1 * width) + 1]
    return float((part < 128).mean()) if part.size else 0.0


def test_a_letter_that_another_font_had_to_lend_splits_no_word() -> None:
    """Many fonts have no Ə."""
    pdfmetrics.registerFont(TTFont("Sans-Bold", FONT.replace("Sans.ttf", "Sans-Bold.ttf")))
    (page,) = pages(drawn(lent))
    assert [line.text for line in page.lines] == ["AZƏRBAYCAN"]


# --- pictures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "WEBP", "TIFF", "GIF"])
@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "CMYK", "RGBA", "I;16"])
def test_pictures_of_every_mode_become_the_same_page(kind: str, mode: str) -> None:
    """Black stays black and white white, whatever the container and its colours."""
    image = marked(mode) if mode != "I;16" else Image.fromarray(np.asarray(marked("L"), dtype=np.uint16) * 257)
    try:
        content = saved(image, kind)
    except (OSError, ValueError):
        pytest.skip(f"{kind} has no mode {mode}")
    (page,) = pages(content)
    assert page.pixels is not None
    assert page.pixels.shape[:2] == (80, 120)
    assert page.pixels[5, 5].max() < 40
    assert page.pixels[60, 100].min() > 215


def test_colours_come_as_blue_green_red() -> None:
    """A red picture has its largest value last."""
    (page,) = pages(saved(Image.new("RGB", (50, 50), (250, 20, 10)), "PNG"))
    assert page.pixels is not None
    assert list(page.pixels[0, 0]) == [10, 20, 250]


def test_transparency_is_laid_on_white() -> None:
    """Invisible black is paper, not ink."""
    (page,) = pages(saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))
    assert page.pixels is not None
    assert page.pixels.min() == 255


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_orientation_tags_are_applied(kind: str) -> None:
    """A picture stored on its side comes upright: the block at the top left lands at the top right."""
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = pages(saved(marked(), kind, exif=exif))
    assert page.pixels is not None
    assert page.pixels.shape[:2] == (120, 80)
    assert page.pixels[5, 75].max() < 60


def test_a_tiff_has_a_page_for_every_frame() -> None:
    """Frames keep their order and sizes."""
    frames = [Image.new("L", (40 + n, 30), 200) for n in range(3)]
    outcome = opened(saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    assert outcome.attachment.pages == 3
    assert [page.pixels.shape[1] for page in outcome.pages if page.pixels is not None] == [40, 41, 42]


def test_a_200_megapixel_png_is_refused_from_its_header() -> None:
    """The file holds a header only: whoever decoded it would fail otherwise than by ``unsafe``."""
    header = b"IHDR" + (20000).to_bytes(4, "big") + (10000).to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    chunk = (13).to_bytes(4, "big") + header + zlib.crc32(header).to_bytes(4, "big")
    content = b"\x89PNG\r\n\x1a\n" + chunk + b"\x00\x00\x10\x00IDAT" + bytes(5000)
    outcome = opened(content)
    assert outcome.attachment.status is PartStatus.UNSAFE
    assert "200 megapixels" in outcome.attachment.detail


def test_large_photos_are_shrunk_while_they_are_decoded() -> None:
    """A page never has more pixels than the limit."""
    (page,) = list(opened(saved(Image.new("RGB", (2000, 1500)), "JPEG"), Limits(page_pixels=1_000_000)).pages)
    assert page.pixels is not None
    assert page.pixels.shape[:2] == (750, 1000)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_a_cut_off_picture_is_unreadable(kind: str) -> None:
    """Half a file is a finding, not a half page."""
    noise = Image.fromarray(np.random.default_rng(3).integers(0, 255, (300, 300, 3), dtype=np.uint8))
    content = saved(noise, kind)
    assert opened(content[: len(content) // 2]).attachment.status is PartStatus.UNREADABLE


# --- PDF -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("crop", [None, [50, 100, 545, 800]])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_of_text_and_fields_lie_on_their_ink(turn: int, crop: list[int] | None) -> None:
    """/Rotate, CropBox and a shifted MediaBox are applied to text, cells and fields alike."""

    def edit(document: pikepdf.Pdf) -> None:
        document.pages[0].obj.Rotate = turn
        if crop:
            document.pages[0].obj.MediaBox = pikepdf.Array([20, 30, 580, 830])
            document.pages[0].obj.CropBox = pikepdf.Array(crop)

    (page,) = pages(edited(drawn(form), edit))
    assert len(page.lines) >= 3
    assert all(ink(page, line.box) > 0.08 for line in page.lines)
    filled = {value.name: value for value in page.form_values if value.value not in ("", "☐")}
    assert set(filled) == {"ad", "kisi"}
    assert all(ink(page, value.box) > 0.05 for value in filled.values())
    assert page.text_is_honest == (turn == 0)


def test_a_typed_pdf_gives_lines_cells_rules_and_fields() -> None:
    """Text layer, drawn cells, a writing line and the form's values with tooltip arrive together."""
    (page,) = pages(drawn(form))
    assert page.source is Source.TEXT_LAYER
    assert page.lines[0].text == "Soyadı: Əliyev Şöhrət"
    assert [(cell.row, cell.column, cell.text) for cell in page.cells] == [(0, 0, "sual bir"), (0, 1, "cavab iki")]
    assert len(page.rules) == 1
    assert next((v.name, v.value, v.tooltip) for v in page.form_values) == ("ad", "Aysel", "Adı")
    assert {v.name: v.value for v in page.form_values}["qadin"] == "☐"
    assert (round(page.width_mm or 0), round(page.height_mm or 0)) == (210, 297)


def test_underscores_are_rules_and_no_words() -> None:
    """A typed blank becomes a place to write on; what was typed into it stays clean."""
    (page,) = pages(drawn(lambda c: c.drawString(100, 700, "Ad: _____Əli_____ il")))
    assert [line.text for line in page.lines] == ["Ad: Əli il"] or "_" not in page.lines[0].text
    assert page.rules


def scan(canvas: Canvas) -> None:
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(marked().resize((1240, 1754))), 0, 0, 595, 842)


def test_a_scan_is_rasterised_at_its_own_resolution() -> None:
    """A 150 dpi scan is neither blown up nor shrunk."""
    (page,) = pages(drawn(scan))
    assert page.pixels is not None
    assert abs(page.pixels.shape[1] - 1240) <= 2
    assert page.source is Source.OCR


def test_text_that_another_ocr_laid_over_a_scan_is_not_believed() -> None:
    """Hidden or visible, words over a page-wide picture are no statement of the file."""
    for mode in (3, 0):

        def both(canvas: Canvas, mode: int = mode) -> None:
            scan(canvas)
            text = canvas.beginText(100, 400)
            text.setTextRenderMode(mode)
            text.textLine("Soyadı Əliyev adı Əli atasının adı Vəli")
            canvas.drawText(text)

        (page,) = pages(drawn(both))
        assert not (page.lines and page.text_is_honest)
        assert page.source is Source.OCR


def test_a_text_layer_that_leaves_the_ink_unexplained_is_not_believed() -> None:
    """One typed line over a page of drawn letters (text turned into curves) does not speak for the page."""

    def outlines(canvas: Canvas) -> None:
        canvas.drawString(100, 780, "Scanned by an application")
        for row in range(30):
            for column in range(40):
                path = canvas.beginPath()
                path.moveTo(60 + column * 12, 60 + row * 22)
                path.curveTo(
                    64 + column * 12, 74 + row * 22, 66 + column * 12, 74 + row * 22, 69 + column * 12, 60 + row * 22
                )
                canvas.drawPath(path, fill=1)

    (page,) = pages(drawn(outlines))
    assert not page.text_is_honest


@pytest.mark.parametrize(
    "words", ["Xbqlş fcjrbm mnf tkgnrltl qrşvnd bgtmqc zxcvb kjhgf dsqwr plmnb vcxzs mnbvc lkjhg fdsqr",
              "Mяn Яzяrbaycan Respublikasыnыn vяtяndaшlыщыna qяbul edilmяyimi xahiш edirяm vя яrizяmя"]
)  # fmt: skip
def test_garbage_that_a_font_without_a_mapping_gives_is_not_believed(words: str) -> None:
    """Words without vowels, or of two scripts at once (old Azerbaijani code pages), send the page to OCR."""
    (page,) = pages(drawn(lambda c: c.drawString(50, 700, words)))
    assert not page.text_is_honest


def test_letters_that_nobody_sees_are_not_read_but_for_the_rest_of_an_answer() -> None:
    """What is white on white, or cut off from its first letter, is no answer. What goes on behind letters that are
    seen, as in a field too narrow for its answer, belongs to it, and is doubted, for nobody can read it on paper."""

    def cut(canvas: Canvas) -> None:
        canvas.saveState()
        window = canvas.beginPath()
        window.rect(90, 690, 60, 30)
        canvas.clipPath(window, stroke=0)
        canvas.drawString(100, 700, "Bakı şəhəri, Nizami küçəsi 12")
        canvas.drawString(400, 700, "gizli")
        canvas.restoreState()
        canvas.drawString(170, 700, "işləmir")
        canvas.setFillGray(1)
        canvas.drawString(100, 600, "ağ üzərində ağ")

    (page,) = pages(drawn(cut))
    (line,) = page.lines
    assert line.text == "Bakı şəhəri, Nizami küçəsi 12 işləmir"
    assert [word.confidence < 1 for word in line.words] == [False, True, True, True, True, False]


def test_a_row_cut_by_the_end_of_the_page_is_still_a_row() -> None:
    """Side walls without a closing line make cells, and walls keep columns apart."""

    def open_row(canvas: Canvas) -> None:
        canvas.grid([80, 200, 320], [60, 100, 140])
        canvas.setStrokeColorRGB(0, 0, 0)
        for x in (80, 200, 320):
            canvas.line(x, 30, x, 60)
        for row, y in enumerate((115, 75, 40)):
            canvas.drawString(85, y, f"sual {row}")
            canvas.drawString(205, y, f"cavab {row}")

    (page,) = pages(drawn(open_row))
    assert [cell.text for cell in page.cells] == [f"{word} {row}" for row in range(3) for word in ("sual", "cavab")]


def test_text_typed_over_a_page_in_a_viewer_is_read() -> None:
    """A FreeText annotation, as Preview and browsers write it, gives words in the cell it lies on."""

    def note(document: pikepdf.Pdf) -> None:
        text = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[300, 405, 430, 425])
        text.Contents, text.DA = pikepdf.String("Bakı şəhəri"), pikepdf.String("/Helv 10 Tf 0 g")
        document.pages[0].obj.Annots = document.make_indirect(pikepdf.Array([text]))

    (page,) = pages(edited(drawn(form), note))
    assert [cell.text for cell in page.cells] == ["sual bir", "cavab iki Bakı şəhəri"]


def test_encrypted_pdfs_open_with_an_empty_password_only() -> None:
    """A file locked for printing only is read; one that needs a password is unreadable and says why."""
    plain = drawn(form)
    owner = edited(plain, lambda _: None, encryption=pikepdf.Encryption(owner="x", user=""))
    user = edited(plain, lambda _: None, encryption=pikepdf.Encryption(owner="x", user="y"))
    assert opened(owner).attachment.status is PartStatus.OK
    assert pages(owner)[0].lines
    locked = opened(user).attachment
    assert (locked.status, locked.detail) == (PartStatus.UNREADABLE, "encrypted: needs a password")


def test_active_pdfs_are_unsafe_and_formatting_scripts_of_fields_are_not() -> None:
    """What runs when the file opens is refused; a script that formats a typed date is what forms are made of."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="AFDate_FormatEx('dd.mm.yyyy')")

    def on_open(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = script

    def launch(document: pikepdf.Pdf) -> None:
        action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
        document.pages[0].obj.Annots = document.make_indirect(pikepdf.Array([link]))

    def field(document: pikepdf.Pdf) -> None:
        document.Root.AcroForm.Fields[0].AA = pikepdf.Dictionary(F=script)

    plain = drawn(form)
    assert opened(edited(plain, on_open)).attachment.status is PartStatus.UNSAFE
    assert opened(edited(plain, launch)).attachment.status is PartStatus.UNSAFE
    assert opened(edited(plain, field)).attachment.status is PartStatus.OK


def test_a_damaged_pdf_is_mended_or_named() -> None:
    """Junk before the header and a broken cross-reference table are mended; half a file is unreadable."""
    plain = drawn(form)
    assert pages(b"junk" * 20 + plain)[0].lines
    assert pages(plain.replace(b"startxref", b"startxxxx"))[0].lines
    assert opened(b"%PDF-1.7\n" + bytes(range(256)) * 20).attachment.status is PartStatus.UNREADABLE


def test_pages_beyond_the_limit_are_unsafe() -> None:
    """A file of more pages than the limit is not begun."""

    def many(canvas: Canvas) -> None:
        for _ in range(6):
            canvas.drawString(10, 10, "x")
            canvas.showPage()

    assert opened(drawn(many), Limits(pages=5)).attachment.status is PartStatus.UNSAFE


def test_a_giant_page_is_drawn_within_the_budget() -> None:
    """A page box of five metres gives no more pixels than any other."""
    (page,) = pages(drawn(lambda c: c.drawString(100, 100, "salam"), size=(14000, 14000)))
    assert page.pixels is not None
    assert max(page.pixels.shape) <= 3601


# --- Word ------------------------------------------------------------------------------------------------------------


def word_file(build: Callable[[docx.document.Document], None]) -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    build(document)
    document.save(out)
    return out.getvalue()


def test_a_word_file_is_one_page_of_lines_and_cells_from_top_to_bottom() -> None:
    """Paragraphs and merged table cells come in order, with boxes that go down the page."""

    def build(document: docx.document.Document) -> None:
        document.add_paragraph("ƏRİZƏ-ANKET")
        table = document.add_table(3, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Başlıq"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "Sual"
        table.cell(1, 1).text = "Əliyev"
        table.cell(2, 1).text = "Vəli"
        document.add_paragraph("İmza: ________ Tarix")

    outcome = opened(word_file(build))
    (page,) = outcome.pages
    assert outcome.attachment.pages == 1
    assert (page.source, page.pixels) == (Source.DOCX, None)
    assert [line.text for line in page.lines] == ["ƏRİZƏ-ANKET", "Başlıq", "Sual", "Əliyev", "Vəli", "İmza: Tarix"]
    cells = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in page.cells}
    assert cells == {"Başlıq": (0, 0, 1, 2), "Sual": (1, 0, 2, 1), "Əliyev": (1, 1, 1, 1), "Vəli": (2, 1, 1, 1)}
    tops = [line.box.y0 for line in page.lines if line.text != "Əliyev"]
    assert tops == sorted(tops)
    assert page.rules


CONTROL = """<w:sdt {ns}><w:sdtPr><w:alias w:val="Soyad"/><w:tag w:val="surname"/>{hint}</w:sdtPr>
<w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>"""
BOX = """<w:r {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent><mc:Choice>
<w:drawing><w:txbxContent><w:p><w:r><w:t>Qutuda</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback>
<w:pict><w:txbxContent><w:p><w:r><w:t>Qutuda</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""


@pytest.mark.parametrize(("hint", "value"), [("", "Əliyev"), ("<w:showingPlcHdr/>", "")])
def test_content_controls_are_fields_and_their_prompts_no_answers(hint: str, value: str) -> None:
    """A filled control gives text and a form value; one that shows its prompt gives an empty value and no text."""

    def build(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("Soyadı: ")
        xml = CONTROL.format(ns=nsdecls("w"), hint=hint, text=value or "Mətn daxil edin")
        paragraph._p.append(parse_xml(xml))

    (page,) = pages(word_file(build))
    assert [(v.name, v.value) for v in page.form_values] == [("surname", value)]
    assert page.lines[0].text == f"Soyadı: {value}".strip()


def test_text_boxes_are_read_once() -> None:
    """The fallback copy that Word keeps for old programs is not read again."""

    def build(document: docx.document.Document) -> None:
        document.add_paragraph("Əsas")._p.append(parse_xml(BOX.format(ns=nsdecls("w"))))

    (page,) = pages(word_file(build))
    assert [line.text for line in page.lines] == ["Əsas", "Qutuda"]


def test_a_scan_pasted_into_word_is_a_page_of_pixels_and_a_photo_in_a_form_a_picture() -> None:
    """Neither is lost: the large one is read like a scan, the small one stands beside the text."""
    image = io.BytesIO(saved(marked().resize((900, 1200)), "PNG"))

    def build(document: docx.document.Document) -> None:
        document.add_paragraph("Anket")
        document.add_picture(image, width=Cm(3))
        document.add_picture(image, width=Cm(16))

    text, scanned = pages(word_file(build))
    assert len(text.pictures) == 1
    assert scanned.pixels is not None
    assert (scanned.page, scanned.source) == (1, Source.OCR)


RTF = rb"""{\rtf1\ansi\ansicpg1254\deff0{\fonttbl{\f0\fcharset162 Times;}{\f1\fcharset204 Times;}}{\info{\title gizli}}
\pard\f0 \u399?R\u304?Z\u399?\par \pard\intbl sual\cell \u350?\'f6hr\u601?t\cell\row \pard\f1 \'c8\'ec\'ff\par}"""


def test_rich_text_is_read_whatever_its_ending() -> None:
    """Unicode letters, code pages by font and table cells; its header is no text."""
    (page,) = pages(RTF)
    assert [line.text for line in page.lines] == ["ƏRİZƏ", "sual", "Şöhrət", "Имя"]
    assert [cell.text for cell in page.cells] == ["sual", "Şöhrət"]


def test_open_documents_are_read() -> None:
    """Paragraphs and cells of an .odt with spans."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{n}="{space}{n}:1.0"' for n in ("office", "text", "table"))
    table = '<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Başlıq</text:p>'
    table += (
        "</table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>Ad</text:p></table:table-cell>"
    )
    table += "<table:table-cell><text:p>Əli</text:p></table:table-cell></table:table-row></table:table>"
    body = f"<text:p>ƏRİZƏ<text:tab/>1</text:p>{table}"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"<office:d {names}><office:text>{body}</office:text></office:d>")
    (page,) = pages(out.getvalue())
    assert page.lines[0].text.startswith("ƏRİZƏ")
    assert [(cell.row, cell.column, cell.text) for cell in page.cells] == [
        (0, 0, "Başlıq"),
        (1, 0, "Ad"),
        (1, 1, "Əli"),
    ]


def test_word_files_that_are_not_to_be_opened() -> None:
    """Rubbish in a .docx package is unreadable, a huge part in it unsafe; neither raises."""

    def package(body: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", body)
        return out.getvalue()

    assert opened(package(b"<rubbish")).attachment.status is PartStatus.UNREADABLE
    assert opened(package(b" " * 70_000_000)).attachment.status is PartStatus.UNSAFE


@pytest.mark.parametrize(
    "body",
    [b"abc\\tab " * 200_000, b"abc\\cell " * 200_000, b"\\intbl abc\\cell\\row\n" * 30_000],
    ids=["line", "row", "rows"],
)
def test_endless_text_is_refused_before_it_holds_the_queue(body: bytes) -> None:
    """A paragraph, row or table without an end costs seconds and is named."""
    started = time.monotonic()
    assert opened(b"{\\rtf1 " + body + b"}").attachment.status is PartStatus.UNSAFE
    assert time.monotonic() - started < 10


def test_a_picture_in_rich_text_is_read_in_one_pass() -> None:
    """Its thousands of lines of digits are not copied for every line."""
    digits = saved(Image.effect_noise((1600, 1200), 60), "PNG").hex()
    lines = "\n".join(digits[at : at + 128] for at in range(0, len(digits), 128))
    started = time.monotonic()
    found = pages(b"{\\rtf1 salam\\par{\\pict\\pngblip " + lines.encode() + b"}}")
    assert any(page.pixels is not None or page.pictures for page in found)
    assert time.monotonic() - started < 10


def form_of_others(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A form as other programs make it: rings, boxes, a comb and a list, filled in, then changed."""
    out = io.BytesIO()
    canvas = Canvas(out)
    fields = canvas.acroForm
    for value, x in (("evli", 50), ("subay", 150)):
        fields.radio(name="ms", value=value, selected=value == "evli", x=x, y=700)
    fields.checkbox(name="yes", checked=True, x=50, y=600)
    fields.checkbox(name="no", checked=False, x=150, y=600)
    fields.textfield(name="comb", value="AA1234567", maxlen=9, fieldFlags="comb", x=50, y=500, width=200, height=20)
    fields.choice(
        name="list", value="B", options=[("Birinci", "A"), ("Sonuncu", "B")], x=50, y=400, width=99, height=20
    )
    canvas.showPage()
    canvas.save()
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(out.getvalue())) as document:
        change(document)
        document.save(changed)
    return changed.getvalue()


def values_alone(document: pikepdf.Pdf) -> None:
    """What programs leave that fill in values and draw nothing."""
    for widget in document.pages[0].Annots:
        if "/AS" in widget:
            widget.AS = pikepdf.Name.Off


def with_xfa(document: pikepdf.Pdf) -> None:
    data = b"<xfa:datasets xmlns:xfa='http://x'><xfa:data><form><comb>AA1234567</comb></form></xfa:data></xfa:datasets>"
    document.Root.AcroForm.XFA = pikepdf.Array([pikepdf.String("datasets"), document.make_stream(data)])


@pytest.mark.parametrize("change", [lambda document: None, values_alone, with_xfa])
def test_forms_of_other_makers_are_read_back(change: Callable[[pikepdf.Pdf], None]) -> None:
    """Rings and boxes are signs of ticks, whatever their states are called; combs and lists are what a person sees;
    a static XFA form says all of it twice."""
    (page,) = pages(form_of_others(change))
    found = sorted((value.name, value.value) for value in page.form_values)
    assert found == [("comb", "AA1234567"), ("list", "Sonuncu"), ("ms", "☐"), ("ms", "☒"), ("no", "☐"), ("yes", "☒")]


def emptied(document: pikepdf.Pdf) -> None:
    with_xfa(document)
    for holder in (*document.Root.AcroForm.Fields, *document.pages[0].Annots):
        for key in ("/V", "/AS"):
            if key in holder:
                del holder[key]


def without_fields(document: pikepdf.Pdf) -> None:
    with_xfa(document)
    document.Root.AcroForm.Fields = pikepdf.Array()
    del document.pages[0].obj["/Annots"]


@pytest.mark.parametrize("change", [emptied, without_fields])
def test_an_xfa_form_whose_pages_do_not_show_the_answers_is_unreadable(change: Callable[[pikepdf.Pdf], None]) -> None:
    """Answers that only a program for XFA shows are never taken for questions left empty."""
    outcome = opened(form_of_others(change)).attachment
    assert outcome.status is PartStatus.UNREADABLE
    assert "XFA" in outcome.detail
