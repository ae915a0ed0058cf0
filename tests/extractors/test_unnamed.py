"""Letters under private codes are told by the picture of their word."""

from __future__ import annotations

from extractors.unnamed import named
from models.geometry import Box
from models.sheet import Line, Word


def _line(*texts: str) -> Line:
    words = tuple(Word(text, Box(0.1 * i, 0.1, 0.1 * i + 0.09, 0.12)) for i, text in enumerate(texts, 1))
    return Line(words, Box(0.1, 0.1, 0.9, 0.12))


def test_a_ligature_without_a_name_is_read() -> None:
    """The picture says only what the file leaves open; the word is no longer certain."""
    line = named([_line("Bakı,", "Ne\ue039çilər")], lambda box: "Neftçilər")[0]
    assert line.text == "Bakı, Neftçilər"
    assert line.words[0].confidence == 1.0 and line.confidence < 0.95


def test_a_picture_that_says_another_word_is_not_believed() -> None:
    """Where the known letters differ the word stays as it is, and is doubted; a sign alone is no letter."""
    assert named([_line("Ne\ue039çilər")], lambda box: "Nəftçilər")[0].confidence < 0.5
    assert named([_line("\ue0a1", "Bakı")], lambda box: "x")[0] == _line("\ue0a1", "Bakı")
