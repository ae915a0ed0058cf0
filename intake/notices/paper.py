"""The one-page PDF of a letter; the sole importer of WeasyPrint."""

from __future__ import annotations

from collections.abc import Callable

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

#: Sizes of the main text in points that are tried until the letter fits on one page.
SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5, 4.0)


def one_page(html_at: Callable[[float], str]) -> bytes:
    """The PDF of a letter at the largest size at which it fills one page only; fonts embedded, tagged, deterministic.

    ``html_at`` gives the letter's HTML for a text size in points.
    """
    fonts = FontConfiguration()
    for size in SIZES:
        document = HTML(string=html_at(size), url_fetcher=URLFetcher(allowed_protocols=())).render(font_config=fonts)
        if len(document.pages) == 1:
            break
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"letter") or b""
