"""Letters that a PDF's drawing program cuts off."""

from __future__ import annotations

from extractors.clipping import is_clipped

LETTERS = frozenset({("p", 1002, 7000), ("l", 1500, 7000)})


def _char(text: str, x: float, y: float) -> dict[str, object]:
    return {"text": text, "matrix": (10, 0, 0, 10, x, y), "x0": x, "x1": x + 5, "top": 90.0, "bottom": 100.0}


def test_a_letter_that_stands_close_to_a_cut_off_one_is_seen() -> None:
    """Only the letter at the very place is cut off, not its like a point away under the next field."""
    assert is_clipped(_char("l", 150.0, 700.0), LETTERS)
    assert not is_clipped(_char("l", 151.0, 700.0), LETTERS)
