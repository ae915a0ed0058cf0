"""HTML to printed leaves: a PDF, its pixels and the place of every marked answer.

An element with ``data-key`` marks an answer; its box on the leaf becomes part of the truth.
"""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import weasyprint
from numpy.typing import NDArray
from PIL import Image
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from models.geometry import Box

Pixels = NDArray[np.uint8]

#: Families with Azerbaijani letters, all from Debian; the last one is handwriting-like.
FONTS = (
    "Liberation Serif", "Liberation Sans", "Carlito", "DejaVu Serif", "DejaVu Sans Condensed", "Noto Serif",
    "Noto Sans", "Liberation Mono", "DejaVu Sans", "Kaushan Script",
)  # fmt: skip
TYPED = FONTS[:-1]
HANDWRITING = FONTS[-1]


@dataclass(frozen=True)
class Leaf:
    """One printed side: ``pixels`` B, G, R at ``dpi``; ``boxes`` in fractions of the leaf."""

    pixels: Pixels
    dpi: int
    boxes: dict[str, Box] = field(default_factory=dict)

    @property
    def width_mm(self) -> float:
        return float(self.pixels.shape[1]) / self.dpi * 25.4


@dataclass(frozen=True)
class Print:
    """A printed document: vector PDF and leaves."""

    pdf: bytes
    boxes: tuple[dict[str, Box], ...]
    dpi: int = 300

    @cached_property
    def leaves(self) -> list[Leaf]:
        pictures = rasterise(self.pdf, self.dpi)
        return [Leaf(picture, self.dpi, boxes) for picture, boxes in zip(pictures, self.boxes, strict=True)]


def rasterise(pdf: bytes, dpi: int) -> list[Pixels]:
    """Every page of a PDF in colour."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[:, :, :3]) for page in document]
    finally:
        document.close()


def print_html(body: str, css: str = "", dpi: int = 300, fillable: bool = False) -> Print:
    """Lay out HTML on pages; ``css`` gives @page and everything else; ``fillable`` keeps inputs as AcroForm fields."""
    fonts = FontConfiguration()
    base = weasyprint.CSS(string=_BASE + css, font_config=fonts)
    markup = f"<html lang='az'><body>{body}</body></html>"
    document = weasyprint.HTML(string=markup, url_fetcher=URLFetcher(allowed_protocols=("data",))).render(
        stylesheets=[base], font_config=fonts
    )
    boxes = tuple(_boxes_of(page) for page in document.pages)
    return Print(document.write_pdf(pdf_forms=fillable), boxes, dpi)


_BASE = """
@page { size: A4; margin: 20mm 15mm 15mm 25mm }
body { margin: 0; font-size: 11pt; line-height: 1.25; color: #111 }
table { border-collapse: collapse; width: 100% }
td, th { vertical-align: top; text-align: left; font-weight: normal; padding: 1mm 1.5mm }
.c { text-align: center } .r { text-align: right } .j { text-align: justify } .b { font-weight: bold }
.i { font-style: italic } .u { text-decoration: underline } .s { font-size: 80% } .ss { font-size: 65% }
p { margin: 0 0 2mm 0 } .nb { break-inside: avoid } .pb { break-before: page }
"""


def _boxes_of(page: weasyprint.Page) -> dict[str, Box]:
    found: dict[str, Box] = {}
    root = page._page_box
    for box in root.descendants(placeholders=True):
        key = box.element.get("data-key") if getattr(box, "element", None) is not None else None
        if not key or not isinstance(box.width, int | float) or not isinstance(box.height, int | float):
            continue
        here = Box(
            box.position_x / page.width,
            box.position_y / page.height,
            (box.position_x + box.border_width()) / page.width,
            (box.position_y + box.border_height()) / page.height,
        )
        found[key] = found[key].union(here) if key in found else here
    return found


def esc(text: object) -> str:
    """Text as HTML."""
    return html.escape("" if text is None else str(text)).replace("\n", "<br>")


def ans(key: str, text: str | None, tag: str = "span", style: str = "") -> str:
    """An answer with its place marked; empty answers keep their place."""
    shown = esc(text) if text else "&nbsp;"
    return f'<{tag} class="a" data-key="{key}" style="{style}">{shown}</{tag}>'


def picture(image: Image.Image, style: str = "", key: str = "") -> str:
    """A PIL picture inside HTML; ``style`` places it."""
    held = io.BytesIO()
    image.save(held, "PNG")
    data = base64.b64encode(held.getvalue()).decode("ascii")
    mark = f' data-key="{key}"' if key else ""
    return f'<img{mark} style="{style}" src="data:image/png;base64,{data}">'


@lru_cache(maxsize=32)
def font_file(family: str, bold: bool = False) -> Path:
    """The file of a family, for drawing with PIL."""
    kind = "Bold" if bold else "Regular"
    names = {
        "Liberation Serif": f"liberation2/LiberationSerif-{kind}.ttf",
        "Liberation Sans": f"liberation2/LiberationSans-{kind}.ttf",
        "Liberation Mono": f"liberation2/LiberationMono-{kind}.ttf",
        "DejaVu Sans": "dejavu/DejaVuSans-Bold.ttf" if bold else "dejavu/DejaVuSans.ttf",
        "Carlito": f"crosextra/Carlito-{kind}.ttf",
        "Noto Sans": f"noto/NotoSans-{kind}.ttf",
    }
    return Path("/usr/share/fonts/truetype") / names[family]


def to_pil(pixels: Pixels) -> Image.Image:
    """B, G, R pixels as a PIL picture."""
    return Image.fromarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))


def to_pixels(image: Image.Image) -> Pixels:
    """A PIL picture as B, G, R pixels."""
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])
