"""Pictures of pages for the desk and for ``intake process --out``."""

from __future__ import annotations

import numpy as np

from extractors.shapes import RawPage
from intake.casework import pictures
from models.geometry import Box
from models.sheet import Line, Source, Word


def test_a_page_that_never_was_a_picture_shows_every_letter_of_ours() -> None:
    """No letter of a Word file is drawn as the empty box of a typeface that lacks it."""
    drawn = {letter: _drawn(letter) for letter in "əƏğĞıIiİöÖşŞüÜçÇжя\uffff"}
    lacking = drawn.pop("\uffff")
    assert all(not np.array_equal(picture, lacking) for picture in drawn.values())


def _drawn(letter: str) -> np.ndarray:
    box = Box(0.1, 0.1, 0.2, 0.12)
    page = RawPage("a.docx", 1, source=Source.DOCX, lines=(Line((Word(letter, box),), box),))
    return pictures._sketched(page)
