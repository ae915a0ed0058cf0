"""Blank forms: made from their description alone, fillable with Azerbaijani letters, and readable by plain tools."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from docx import Document

from intake.forms import write_form
from models.catalogue import AnswerLayout, Catalogue, FormDescription, Question
from rules.catalogue import load_catalogue

LETTERS = "Əə Ğğ Iı İi Öö Üü Çç Şş Xx Qq"
FORMS = sorted(load_catalogue().forms)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest, catalogue: Catalogue) -> FormDescription:
    return catalogue.forms[request.param]


@pytest.fixture(scope="module")
def made(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the blank PDF of every form."""
    folder = tmp_path_factory.mktemp("forms")
    for key, form in catalogue.forms.items():
        write_form(form, folder / f"{key}.pdf")
    return folder


def field_names(form: FormDescription) -> set[str]:
    """The fields a form must have: one per answer, one per cell of a table."""
    names = {"signed_on"} if form.signature_labels else set()
    for question in form.questions:
        if question.layout is AnswerLayout.TABLE:
            names |= {f"{question.parts[0].key}_{row}_{c.key}" for row in (1, question.rows) for c in question.columns}
        else:
            names |= {part.key for part in question.parts}
    return names


def printed_text(pdf: bytes) -> str:
    return " ".join("\n".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(pdf)).split())


def test_pdf_has_a_field_for_every_answer(form: FormDescription, made: Path) -> None:
    """Fields bear the keys of the description, say their question and can all be typed into."""
    with pikepdf.open(made / f"{form.key}.pdf") as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        assert field_names(form) <= set(fields)
        assert len(fields) == len(pdf.Root.AcroForm.Fields), "two fields of one name"
        assert all(str(field.TU).strip() for field in fields.values())
        assert pdf.Root.Lang == "az"


def test_pdf_prints_every_question_and_declaration(form: FormDescription, made: Path) -> None:
    """All wordings of the official print are there, letter by letter."""
    text = printed_text((made / f"{form.key}.pdf").read_bytes()).replace("￾", "-")
    squeezed = text.replace(" ", "").replace("-", "")
    for wanted in [*(q.wordings[0] for q in form.questions), *form.declarations, *form.addressees[:1], form.titles[0],
                   *form.office_headings[:1], *form.signature_labels[:1]]:  # fmt: skip
        assert wanted.replace(" ", "").replace("-", "") in squeezed


def test_pdf_fonts_are_embedded(form: FormDescription, made: Path) -> None:
    """Every font of the pages and of the fields travels with the file."""
    with pikepdf.open(made / f"{form.key}.pdf") as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        fonts += list(pdf.Root.AcroForm.DR.Font.values())
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)


def test_filled_pdf_keeps_and_shows_what_was_typed(made: Path, tmp_path: Path) -> None:
    """Typed Azerbaijani letters come back identical, and PDFium, as in browsers, draws every one of them."""
    blank, filled = made / "application_form_acquisition.pdf", tmp_path / "filled.pdf"
    with pikepdf.open(blank) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            field.V = pikepdf.String(LETTERS)
        pdf.save(filled)
    with pikepdf.open(filled) as pdf:
        assert {str(field.V) for field in pdf.Root.AcroForm.Fields} == {LETTERS}
    place = field_box(blank, "birth_place")
    widths = [ink_width(filled_with(blank, "birth_place", text), place) for text in ("nnn", "nƏnğnın")]
    assert widths[1] > 2 * widths[0], "letters that Windows Latin lacks are drawn too"


def field_box(path: Path, name: str) -> tuple[float, ...]:
    with pikepdf.open(path) as pdf:
        field = next(field for field in pdf.Root.AcroForm.Fields if name == field.T)
        return tuple(float(edge) for edge in field.Rect)


def filled_with(path: Path, name: str, text: str) -> bytes:
    with pikepdf.open(path) as pdf:
        next(field for field in pdf.Root.AcroForm.Fields if name == field.T).V = pikepdf.String(text)
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def ink_width(pdf: bytes, box: tuple[float, ...]) -> int:
    """The width of what PDFium draws in a field of the first page, in pixels."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    page = document[0]
    picture = page.render(scale=2, grayscale=True, may_draw_forms=True).to_pil()
    x0, y0, x1, y1 = (2 * edge for edge in box)
    height = picture.height
    inside = picture.crop((int(x0) + 2, int(height - y1) + 2, int(x1) - 2, int(height - y0) - 2))
    found = inside.point(lambda value: 255 if value < 100 else 0).getbbox()
    return found[2] - found[0] if found else 0


def test_docx_holds_every_question_and_keeps_answers(form: FormDescription, tmp_path: Path) -> None:
    """Answers typed into the cells beside and under the questions come back by python-docx."""
    out = tmp_path / "form.docx"
    write_form(form, out)
    document = Document(str(out))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    everything = "\n".join([*(p.text for p in document.paragraphs), *(cell.text for cell in cells)])
    for question in form.questions:
        assert question.wordings[0] in everything
    empty = [cell for cell in cells if not cell.text]
    for cell in empty:
        cell.text = LETTERS
    document.save(str(out))
    again = [cell.text for table in Document(str(out)).tables for row in table.rows for cell in row.cells]
    assert again.count(LETTERS) == len(empty)


def test_tables_have_their_rows(catalogue: Catalogue, tmp_path: Path) -> None:
    """As many blank rows as the official print has."""
    form = catalogue.forms["application_form_acquisition"]
    out = tmp_path / "form.docx"
    write_form(form, out)
    wanted: list[Question] = [question for question in form.questions if question.layout is AnswerLayout.TABLE]
    tables = [table for table in Document(str(out)).tables if len(table.columns) in (4, 5, 6) and len(table.rows) > 2]
    for question, table in zip(wanted, tables, strict=True):
        headings = 2 if any(column.group for column in question.columns) else 1
        assert len(table.rows) == headings + question.rows


def test_acquisition_fits_three_pages(made: Path) -> None:
    """Annex 1 takes no more paper than the official print."""
    assert len(pypdfium2.PdfDocument(made / "application_form_acquisition.pdf")) == 3


def test_the_same_form_is_the_same_bytes(made: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    """A blank form can be compared with the one published before."""
    form = catalogue.forms["application_form_renunciation"]
    write_form(form, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == (made / f"{form.key}.pdf").read_bytes()


def test_other_endings_are_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    """A form is a PDF or a Word document; anything else is a mistake of the caller."""
    with pytest.raises(ValueError, match="odt"):
        write_form(catalogue.forms["application_form_stay"], tmp_path / "form.odt")
