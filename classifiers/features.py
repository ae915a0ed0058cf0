"""What the text classifier sees of a page: stems of folded words, robust to endings and to wrong letters at the end."""

from __future__ import annotations

import re

_STEM = 6
_MOST_WORDS = 220


def stems(words: str) -> str:
    """Folded words cut to their first letters; digits become their count, so that no number is learnt by heart.

    Each counts once: a table of sums or a long decision would drown what its paper says else.
    """
    out = []
    for word in words.split()[:_MOST_WORDS]:
        if any(c.isdigit() for c in word):
            out.append(f"d{min(9, len(word))}")
        elif len(word) > 1 or word.isalpha():
            out.append(re.sub(r"[^\w]", "", word)[:_STEM])
    return " ".join(dict.fromkeys(out))
