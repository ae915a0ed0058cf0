"""What Tesseract is asked to load."""

from __future__ import annotations

import pytest

from extractors.engines import EngineUnavailable
from extractors.engines.tesseract import InProcess


def test_no_second_alphabet_is_loaded_in_silence() -> None:
    """Debian's Azerbaijani data asks for Azerbaijani Cyrillic, too, whose letters look like ours."""
    try:
        engine = InProcess()
    except EngineUnavailable as missing:
        pytest.skip(str(missing))
    assert engine._api("aze").GetLoadedLanguages() == ["aze"]
