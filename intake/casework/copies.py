"""Pages that show what an earlier page shows: a file that was sent twice, a page that was scanned once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from models.azerbaijani import fold
from models.sheet import Sheet

_ALIKE = 0.97  # share of words that two readings of one page have in common
_READ = 0.6  # certainty of a word that was read
_FEWEST_WORDS = 15  # of fewer nothing can be told; papers of one template differ by a name


def copies(sheets: Sequence[Sheet]) -> dict[int, int]:
    """The sheets that show the same as an earlier one, and which, both by index.

    Every number must be the same and nearly every word. Nothing rests on this but what people are told: a copy counts
    like any other paper, equal attachments are never merged.
    """
    told: list[tuple[int, Counter[str], Counter[str]]] = []
    found: dict[int, int] = {}
    for index, sheet in enumerate(sheets):
        words = _words(sheet)
        if words.total() < _FEWEST_WORDS:
            continue
        numbers = Counter({word: count for word, count in words.items() if any(map(str.isdigit, word))})
        first = next((at for at, other, figures in told if figures == numbers and _alike(words, other)), None)
        if first is None:
            told.append((index, words, numbers))
        elif (sheets[first].file, sheets[first].page) != (sheet.file, sheet.page):
            found[index] = first
    return found


def _words(sheet: Sheet) -> Counter[str]:
    """The words of a sheet, without what engines make of pens and stamps, and all its numbers."""
    read = (word for line in sheet.lines for word in line.words)
    texts = [word.text for word in read if word.confidence > _READ or any(map(str.isdigit, word.text))]
    return Counter(fold(" ".join((*texts, *(value.value for value in sheet.form_values)))).split())


def _alike(one: Counter[str], other: Counter[str]) -> bool:
    return 2 * (one & other).total() >= _ALIKE * (one.total() + other.total())
