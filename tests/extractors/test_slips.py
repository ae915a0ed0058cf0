"""Small papers on large sheets: little ink is no blank page."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.shapes import RawPage
from extractors.sheets import SheetReader
from tests.extractors import pages

ROWS = ["PAŞA BANK", "ASAN XİDMƏT MƏRKƏZİ", "TERMİNAL     0942070", "TARİX 12/01/25  SAAT 15:37", "VISA ****4402",
        "AUTH           942167", "RRN         685594490", "XİDMƏT: DÖVLƏT RÜSUMU", "VƏTƏNDAŞLIĞA QƏBUL",
        "HESAB AZ17CTRE00000000000002117131", "VÖEN 1602473621", "BÜDCƏ TƏS. 142234", "MƏBLƏĞ AZN 110.00"]  # fmt: skip


@pytest.mark.skipif(pages.fonts_missing(), reason="the fonts of the test pages are not installed")
def test_a_small_slip_on_a_white_sheet_is_read() -> None:
    """A till slip photographed on a sheet of paper is neither blank nor passed over."""
    sheet = Image.new("RGB", (1130, 1600), (246, 247, 247))
    face = ImageFont.truetype(pages.FONTS["mono"], 13)
    for number, row in enumerate(ROWS):
        ImageDraw.Draw(sheet).text((560, 180 + 17 * number), row, (60, 60, 60), face)
    found = SheetReader().read(RawPage("slip.jpg", 1, np.asarray(sheet)[:, :, ::-1].copy()))[0].sheet
    assert not found.blank
    assert {"RÜSUMU", "1602473621", "110.00"} & set(found.text.split())
