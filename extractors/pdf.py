"""PDF files: bytes in, pages out. PDFium is the truth for pixels; a file that it refuses is mended by qpdf once.

Text, tables and form fields come from ``textlayer`` and ``acroform``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extractors import acroform, textlayer
from extractors.clipping import clipped_letters
from extractors.limits import Limits
from extractors.refusals import Unreadable, Unsafe
from extractors.shapes import Pixels, RawPage
from models.geometry import Box

_DPI = 300
_LEAST_DPI = 100
_POINTS = 72.0
_MM = 25.4 / _POINTS
_MOST_OBJECTS = 20_000  # drawn objects of a page up to which its text layer is looked at
_MOST_LETTERS = 20_000  # the same for letters


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """A PDF that opened: how many pages it has and a way to get them, one at a time."""

    content: bytes
    page_count: int
    fields: acroform.Fields

    def pages(self, file: str, limits: Limits) -> Iterator[RawPage]:
        """The pages in order; one that fails alone is a ``RawPage`` with a ``defect``."""
        document = _opened(self.content)
        with textlayer.Layers(self.content, _mended) as layers, _closing(document):
            for index in range(self.page_count):
                yield _page(document, index, file, layers, self.fields, limits)


@contextmanager
def _closing(document: pdfium.PdfDocument) -> Iterator[None]:
    try:
        yield
    finally:
        document.close()


def open_pdf(content: bytes, limits: Limits) -> OpenPdf:
    """Opens a PDF, mending it if need be. Raises ``Unreadable`` (damaged, encrypted) or ``Unsafe`` (active, a bomb)."""
    content = _readable(content)
    fields = acroform.inspect(content, limits)
    with _closing(document := _opened(content)):
        count = len(document)
    if count == 0:
        raise Unreadable("a PDF without pages")
    if count > limits.pages:
        raise Unsafe(f"{count} pages: over the limit")
    return OpenPdf(content, count, fields)


def _readable(content: bytes) -> bytes:
    """The content as PDFium can open it: as it is, without what stands before its header, or mended."""
    start = max(content.find(b"%PDF-"), 0)
    for attempt in (content, content[start:]):
        try:
            _opened(attempt).close()
        except Unreadable as problem:
            if "encrypted" in str(problem):
                raise
            continue
        return attempt
    return _mended(content[start:])


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(content)
        document.init_forms()
    except pdfium.PdfiumError as problem:
        if problem.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise Unreadable("encrypted: needs a password") from problem
        raise Unreadable("damaged PDF") from problem
    return document


def _mended(content: bytes) -> bytes:
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            document.save(out)
    except pikepdf.PasswordError as problem:
        raise Unreadable("encrypted: needs a password") from problem
    except Exception as problem:  # the adapter round pikepdf: qpdf's errors are several unrelated classes
        raise Unreadable("damaged PDF") from problem
    _opened(out.getvalue()).close()
    return out.getvalue()


def _page(
    document: pdfium.PdfDocument,
    index: int,
    file: str,
    layers: textlayer.Layers,
    fields: acroform.Fields,
    limits: Limits,
) -> RawPage:
    try:
        page = document[index]
        width, height = page.get_size()
        drawn = _drawn(page)
        pixels = _raster(page, _scale(width, height, drawn, limits))
        page.close()
    except (pdfium.PdfiumError, ValueError, MemoryError) as problem:
        return RawPage(file, index + 1, defect=f"the page cannot be drawn: {type(problem).__name__}")
    values = fields.by_page.get(index, ())
    layer = layers.read(index, pixels, drawn, values, fields.notes.get(index, ())) if _is_readable(drawn) else None
    base = RawPage(file, index + 1, pixels, width_mm=width * _MM, height_mm=height * _MM, form_values=values)
    return textlayer.onto(base, layer)


def _is_readable(drawn: textlayer.Drawn) -> bool:
    """Whether a page has a text layer of a size that a page of paper can have."""
    return 0 < drawn.characters <= _MOST_LETTERS and drawn.objects <= _MOST_OBJECTS


def _drawn(page: pdfium.PdfPage) -> textlayer.Drawn:
    """What the page is made of, without decoding any of it."""
    letters = hidden = objects = 0
    pictures: list[textlayer.Picture] = []
    for item in page.get_objects(max_depth=4):
        objects += 1
        if objects > _MOST_OBJECTS:
            break
        if item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            letters += 1
            hidden += pdfium_c.FPDFTextObj_GetTextRenderMode(item.raw) in (3, 7)
        elif item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE and (picture := _picture(item, page)):
            pictures.append(picture)
    media, crop = page.get_mediabox(), page.get_cropbox()
    visible = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    shown = _within(media, visible, page.get_rotation()).clipped()
    characters = page.get_textpage().count_chars()
    clipped = clipped_letters(page) if 0 < characters <= _MOST_LETTERS else frozenset()
    return textlayer.Drawn(shown, letters, hidden, objects, characters, clipped, tuple(pictures))


def _picture(item: pdfium.PdfObject, page: pdfium.PdfPage) -> textlayer.Picture | None:
    try:
        left, bottom, right, top = item.get_bounds()
        across, down = item.get_px_size()
    except (pdfium.PdfiumError, ValueError):
        return None
    box = _shown(page, left, bottom, right, top)
    return textlayer.Picture(box, max(across, down) / max(right - left, top - bottom, 1.0)) if box.area else None


def _shown(page: pdfium.PdfPage, left: float, bottom: float, right: float, top: float) -> Box:
    """A rectangle of the page's own space as fractions of the shown page."""
    return _within(page.get_cropbox(), (left, bottom, right, top), page.get_rotation()).clipped()


Rectangle = tuple[float, float, float, float]  # left, bottom, right, top in points


def _within(whole: Rectangle, part: Rectangle, degrees: int) -> Box:
    """A rectangle as fractions of another one, both turned clockwise."""
    width, height = max(whole[2] - whole[0], 1.0), max(whole[3] - whole[1], 1.0)
    xs, ys = ((x - whole[0]) / width for x in part[::2]), ((whole[3] - y) / height for y in part[3::-2])
    (x0, x1), (y0, y1) = xs, ys
    box = Box(x0, y0, x1, y1)
    for _ in range(degrees // 90 % 4):
        box = Box(1 - box.y1, box.x0, 1 - box.y0, box.x1)
    return box


def _scale(width: float, height: float, drawn: textlayer.Drawn, limits: Limits) -> float:
    """Pixels per point: 300 dpi, or the resolution of a scan that fills the page, within the budget."""
    wanted = _DPI / _POINTS
    scans = [picture.pixels_per_point for picture in drawn.pictures if picture.share > 0.5]
    if scans and drawn.letters <= drawn.hidden:
        wanted = max([*scans, _LEAST_DPI / _POINTS])
    return min(wanted, limits.long_side / max(width, height, 1.0))


def _raster(page: pdfium.PdfPage, scale: float) -> Pixels:
    bitmap = page.render(scale=scale, may_draw_forms=True)
    pixels: Pixels = np.array(bitmap.to_numpy()[:, :, :3], dtype=np.uint8)
    bitmap.close()
    return pixels
