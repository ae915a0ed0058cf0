"""The blanks of a line: where one engine lost them, those that the other one kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz.distance import Indel

from models import azerbaijani as az
from models.geometry import Box
from models.sheet import Line, Word

#: Quotes, which engines mix up, as one.
_QUOTES = str.maketrans(dict.fromkeys("“”„«»’‘`", '"'))


def respaced(line: Line, own: Sequence[Line]) -> Line:
    """A line with the blanks of the sheet's first reading where both have the same letters around them.

    The second engine tends to lose blanks after commas and before numbers; the first one keeps them.
    """
    joined = "".join(word.text for word in line.words)
    near = max(
        own, key=lambda other: Indel.normalized_similarity(joined, "".join(w.text for w in other.words)), default=None
    )
    if near is None or Indel.normalized_similarity(joined, "".join(w.text for w in near.words)) < 0.8:
        return line
    blanks = _blanks_from(joined, [word.text for word in near.words])
    words = [piece for word, at in _with_starts(line.words) for piece in _parted(word, [b - at for b in blanks])]
    return replace(line, words=tuple(words))


def _blanks_from(joined: str, words: Sequence[str]) -> set[int]:
    """Places in ``joined`` before which the other reading has a blank between letters that both have."""
    other = "".join(words)
    same: dict[int, int] = {}
    for block in Indel.opcodes(_plain(other), _plain(joined)):
        if block.tag == "equal":
            same.update(
                zip(range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True)
            )
    at, out = 0, set()
    for word in words[:-1]:
        at += len(word)
        if at in same and at - 1 in same and same[at] == same[at - 1] + 1:
            out.add(same[at])
    return out


def _plain(text: str) -> str:
    """Letter by letter without marks, case and kinds of quotes, so that places stay the same."""
    return "".join(az.fold(c)[:1] or c for c in text.translate(_QUOTES))


def _with_starts(words: Sequence[Word]) -> Iterator[tuple[Word, int]]:
    at = 0
    for word in words:
        yield word, at
        at += len(word.text)


def _parted(word: Word, cuts: Sequence[int]) -> list[Word]:
    """A word cut at some of its letters, its box in proportion."""
    inside = [0, *sorted(c for c in cuts if 0 < c < len(word.text)), len(word.text)]
    if len(inside) == 2:
        return [word]
    width = word.box.width / len(word.text)
    return [Word(word.text[a:b], Box(word.box.x0 + a * width, word.box.y0, word.box.x0 + b * width, word.box.y1),
                 word.confidence) for a, b in pairwise(inside)]  # fmt: skip
