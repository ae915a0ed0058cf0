"""Words of a text layer, where a file says odd things."""

from __future__ import annotations

from typing import Any

from extractors.textlayer import _Frame, _words

FRAME = _Frame(0, 0, 100, 100)


class Page:
    """A page of one word."""

    def __init__(self, text: str) -> None:
        place = {"x0": 10.0, "top": 10.0, "x1": 20.0, "bottom": 14.0}
        self._word = {**place, "text": text, "chars": [{**place, "text": text, "fontname": "Sans"}]}

    def extract_words(self, **_options: object) -> list[dict[str, Any]]:
        return [self._word]


def test_letters_that_a_font_maps_to_nothing_are_a_word_without_text() -> None:
    """A broken map of a font's letters costs its word, not the page."""
    [(word, _)] = _words(Page(""), FRAME, {})
    assert word.text == "" and word.confidence == 1.0


def test_what_goes_on_unseen_is_joined_and_doubted() -> None:
    """The tail behind the last letter seen completes its word; further words stand at its end."""
    words = [word for word, _ in _words(Page("Azərba"), FRAME, {(10.0, 10.0): "ycan Respublikası"})]
    assert [word.text for word in words] == ["Azərbaycan", "Respublikası"]
    assert all(word.confidence == 0.5 for word in words) and words[1].box.x0 > words[0].box.x0
