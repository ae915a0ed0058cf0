"""Whose paper it is, and how sure that is."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.papers.holder import find_holder
from extractors.shapes import ReadSheet
from models.geometry import Box
from models.sheet import Line, Sheet, Word
from tests.extractors.papers.engines import Echo

_WORDS = ["Verilir", "Quliyev", "Rustam", "adlı", "şəxsə", "ondan", "ötrü"]


@pytest.mark.parametrize(("inked", "surest"), [(True, 0.7), (False, 1.0)])
def test_a_name_under_coloured_ink_is_not_certain(inked: bool, surest: float) -> None:
    """A notary's stamp hid half a name: what was left of it was certainly another's."""
    words = tuple(Word(word, Box(0.1 * at, 0.4, 0.1 * at + 0.09, 0.45), 0.99) for at, word in enumerate(_WORDS))
    picture = np.full((400, 800, 3), 255, np.uint8)
    if inked:
        picture[150:190, 130:300] = (200, 60, 40)
    sheet = Sheet("arayış.jpg", 1, width_px=800, height_px=400, lines=(Line(words, Box(0, 0.4, 0.7, 0.45)),))
    found = find_holder([ReadSheet(sheet, picture, picture[..., 0])], [], None, Echo(), [])
    assert found is not None
    assert found.value == "Quliyev Rustam"
    assert 0.3 < found.confidence <= surest
    assert (found.confidence <= 0.7) == inked
