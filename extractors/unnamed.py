"""Letters of a text layer that the file does not name: ligatures under private codes ("Ne\ue039çilər").

What the other letters of such a word leave open is taken from the picture of the word, and doubted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from models.geometry import Box
from models.sheet import Line, Word

_UNNAMED = re.compile("[\ue000-\uf8ff]")
_ANY = r"([^\W\d_]{1,3})"
_SEEN, _LOST = 0.9, 0.3  # certainty of a word that the picture completes, and of one that it does not

Look = Callable[[Box], str]


def named(lines: Sequence[Line], look: Look) -> tuple[Line, ...]:
    """The lines with every letter named; ``look`` reads the picture of a word."""
    return tuple(
        replace(line, words=tuple(_named(word, look) for word in line.words)) if _UNNAMED.search(line.text) else line
        for line in lines
    )


def _named(word: Word, look: Look) -> Word:
    if not any(map(str.isalpha, word.text)) or not _UNNAMED.search(word.text):
        return word
    known = _UNNAMED.split(word.text)
    found = re.fullmatch(_ANY.join(map(re.escape, known)), look(word.box))
    return replace(word, text=found[0], confidence=_SEEN) if found else replace(word, confidence=_LOST)
