"""Letters that engines take for others although only one of them can stand there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.forms.pages import form_page
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
