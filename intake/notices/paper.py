"""The one-page PDF of a letter; the sole importer of WeasyPrint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

#: How much room the list of files gets and the sizes of the main text in points, from the most readable down.
SETTINGS = (
    ("full", 11.0), ("full", 10.5), ("full", 10.0), ("full", 9.5), ("full", 9.0), ("full", 8.0),
    ("tight", 9.0), ("tight", 8.0), ("tight", 7.0), ("scant", 7.0), ("scant", 6.0), ("scant", 5.0), ("scant", 4.0),
)  # fmt: skip


def one_page(html_at: Callable[[float, str], str]) -> bytes:
    """The PDF of a letter in the most readable setting in which it fills one page; fonts embedded, tagged, the same
    bytes for the same letter.

    ``html_at`` gives the letter's HTML for a text size and the room for its files. A letter that fits in no setting
    (far over a hundred findings) keeps the smallest and runs on.
    """
    fonts = FontConfiguration()
    letter = _laid_out(html_at, 0, fonts)
    if len(letter.pages) > 1:
        letter = _squeezed(html_at, fonts)
    pdf: bytes = letter.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"letter")
    return pdf


def _squeezed(html_at: Callable[[float, str], str], fonts: FontConfiguration) -> Any:
    """A letter for which the most readable setting has no room."""
    low, high = 1, len(SETTINGS) - 1
    best = None
    while low < high:
        middle = (low + high) // 2
        document = _laid_out(html_at, middle, fonts)
        if len(document.pages) == 1:
            best, high = document, middle
        else:
            low = middle + 1
    return best if best and high < len(SETTINGS) - 1 else _laid_out(html_at, low, fonts)


def _laid_out(html_at: Callable[[float, str], str], setting: int, fonts: FontConfiguration) -> Any:
    room, size = SETTINGS[setting]
    nothing = URLFetcher(allowed_protocols=())  # a letter needs no file and no network
    return HTML(string=html_at(size, room), url_fetcher=nothing).render(font_config=fonts)
