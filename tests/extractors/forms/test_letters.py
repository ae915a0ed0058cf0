"""Letters that engines take for others although only one of them can stand there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extractors.forms.building import form_page
from extractors.forms.pages import Area
from extractors.forms.written import Scribe
from extractors.shapes import ReadSheet
from models.sheet import Source
from rules.catalogue import load_catalogue
from tests.extractors.forms.filled import NoEngine
from tests.extractors.forms.paper import Paper

FORM = load_catalogue().forms["application_form_acquisition"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Anam əslən Ş əkidəndir", "Anam əslən Şəkidəndir"),
        ("iş təklifı aldığım üçün", "iş təklifi aldığım üçün"),
        ("ixtisas: coğrafıyaçı", "ixtisas: coğrafiyaçı"),
        ("Tibb Universitetinin ətrafında", "Tibb Universitetinin ətrafında"),
        ("sarafı fırça ətrafı V sinif", "sarafı fırça ətrafı V sinif"),
    ],
)
def test_letters_that_can_only_be_others(read: str, meant: str) -> None:
    """A lone capital belongs to its word; a ligature hides the dot of an i. What may be right stays."""
    paper = Paper()
    paper.write("17. Özünüz və ya yaxın qohumlarınız haqqında nəyi bildirmək istəyirsiniz: " + read)
    sheet = ReadSheet(replace(paper.sheet(), source=Source.OCR))
    area = form_page(sheet, FORM).area("17")
    assert area is not None
    assert Scribe(NoEngine()).area([area]).text == meant


@pytest.mark.parametrize("covered", [True, False])
def test_words_under_a_stamp_are_missed(covered: bool) -> None:
    """Ink in an answer's row that nobody read makes the answer less sure than any that may be used unseen."""
    paper = Paper()
    paper.write("3. Doğulduğunuz yer (respublika, şəhər (rayon), kənd): Ukrayna")
    sheet = replace(paper.sheet(), source=Source.OCR)
    grey = np.full((sheet.height_px, sheet.width_px), 255, np.uint8)
    last = sheet.lines[-1].words[-1].box
    top, left = int((last.y0 + 0.002) * sheet.height_px), int((last.x1 + 0.02) * sheet.width_px)
    for letter in range(4 if covered else 0):
        at = left + 25 * letter
        grey[top : top + 16, at : at + 14] = 0
    area = form_page(ReadSheet(sheet, grey=grey), FORM).area("3")
    assert area is not None
    read = Scribe(NoEngine()).area([replace(area, certain=False)])
    assert (read.chance < 0.95 * Scribe(NoEngine()).area([_unseen(area)]).chance) == covered


def _unseen(area: Area) -> Area:
    """The same place on a sheet without a picture."""
    return replace(area, page=replace(area.page, read=ReadSheet(area.page.read.sheet)))
