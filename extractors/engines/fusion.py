"""One text from two independent readings of the same line.

Our own head reads nearly every line better than Tesseract, spaces and marks included, so its words are the text.
Tesseract's words are laid along them letter by letter: where both read the same, a word is almost certain; where the
head doubts, a listed or surely read word of Tesseract's stands instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from rapidfuzz.distance import Levenshtein

from extractors.engines import lexicon
from extractors.engines.paddle import Reading
from models.azerbaijani import lower, plain

#: Certainty of a word that both read the same, and of one of Tesseract's that stands against the head's.
SAME, DOUBTED = 0.99, 0.7
#: Certainty of a word that only the head reads so, by the certainty of its least sure letter (docs/recogniser.md).
_ALONE = ((0.999, 0.985), (0.97, 0.95), (0.9, 0.9), (0.5, 0.78), (0.0, 0.5))
_NUMBER_ALONE = 0.97  # most that a number or sign has which only the head reads: it may lose one of two equal digits
_AGAINST_SURE = (
    0.9  # most that a word has where Tesseract surely reads another: ink may be missing from the head's line
)
#: From where each engine is sure of a word by itself, and below which it doubts it.
_HEAD_SURE, _HEAD_DOUBTS = 0.999, 0.97
_TESSERACT_SURE, _TESSERACT_DOUBTS = 0.95, 0.75
#: Certainty of a word that both read the same where neither is sure: by what the head and Tesseract make of it.
_UNBACKED, _FAINT, _WEAK, _WEAK_UNBACKED = 0.97, 0.93, 0.94, 0.85
_BEHIND = ".,:;!"  # signs that no word begins with
_LETTERED = re.compile(r"[^\W\d_]+")
_CUT = 0.78  # most that a word has of which Tesseract reads more: letters may be missing from the head's line
_UNSEEN = 0.85  # what is left of it where Tesseract reads nothing at all

_PLAIN_SIGNS = str.maketrans("“”„«»‘’–—", '"""""\'\'--')
_SIGNS = ".,;:!?()\"'-"
_LETTERS = 2  # in which words may differ to be two readings of one word
_UNLISTED, _UNSURE, _SURE = 0.85, 0.6, 0.9


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of the fused line. ``first`` is the number of Tesseract's word that it stands for."""

    text: str
    confidence: float
    first: int


@dataclass(frozen=True, slots=True)
class _Beside:
    """What Tesseract has beside a word: ``text`` without spaces, ``words`` that touch it, the least certainty."""

    text: str
    words: tuple[str, ...]
    sure: float
    first: int


def fused(words: Sequence[str], confidences: Sequence[float], second: Reading) -> list[Piece]:
    """The words of a line from Tesseract's words and the head's reading."""
    if not second.text:
        return [Piece(word, 0.8 * sure, i) for i, (word, sure) in enumerate(zip(words, confidences, strict=True))]
    if not words:
        return alone(second)
    ours = split(second)
    return [
        Piece(*_settled(word, beside), beside.first)
        for word, beside in zip(ours, _laid_along(ours, words, confidences), strict=True)
    ]


def alone(second: Reading) -> list[Piece]:
    """Words that only the head reads: where Tesseract sees no text, there may be none. They have no places."""
    return [Piece(word.text, _UNSEEN * _by_itself(word), 0) for word in split(second)]


def other(words: Sequence[str], second: Reading, text: str) -> str:
    """The reading that ``text``, the fused line, does not simply repeat: what may confirm it."""
    return " ".join(words) if text == second.text else second.text


def split(reading: Reading) -> list[Reading]:
    """The words of a reading."""
    found, start = [], 0
    for word in reading.text.split(" "):
        if word:
            found.append(Reading(word, reading.certainties[start : start + len(word)]))
        start += len(word) + 1
    return found


def _laid_along(ours: Sequence[Reading], words: Sequence[str], confidences: Sequence[float]) -> list[_Beside]:
    """For each of our words what Tesseract reads there; its spaces count where they fall close to ours."""
    letters = "".join(words)
    owner = [i for i, word in enumerate(words) for _ in word]
    spaces = list(accumulate(len(word) for word in words))
    mine, theirs = _comparable("".join(word.text for word in ours)), _comparable(letters)
    bounds = [0]
    for cut in list(accumulate(len(word.text) for word in ours))[:-1]:
        place = _place(cut, mine, theirs)
        space = min(spaces, key=lambda at: abs(at - place))
        bounds.append(max(bounds[-1], space if abs(space - place) <= 1 else place))
    beside = []
    for a, b in pairwise([*bounds, len(letters)]):
        touched = sorted(set(owner[a:b])) or [owner[min(a, len(owner) - 1)]]
        sure = min(confidences[i] for i in touched) if b > a else 0.0
        beside.append(_Beside(letters[a:b], tuple(words[i] for i in touched), sure, touched[0]))
    return beside


def _comparable(text: str) -> str:
    """For laying texts along each other: one sign per character, marks and case gone, ə, e and a the same."""
    return "".join((plain(lower(c)) or c)[0] for c in text).replace("e", "a")


def _place(cut: int, ours: str, theirs: str) -> int:
    """Where a cut of our text falls in theirs."""
    for block in Levenshtein.opcodes(ours, theirs):
        if block.tag == "insert" and block.src_start == cut:
            return block.dest_start
        if block.src_start <= cut < block.src_end:
            share = (cut - block.src_start) / (block.src_end - block.src_start)
            return block.dest_start + round(share * (block.dest_end - block.dest_start))
    return len(theirs)


def _settled(word: Reading, beside: _Beside) -> tuple[str, float]:
    """The likelier spelling of one word and its certainty."""
    alike = _signless(word.text)
    least = min(word.certainties)
    if alike in (_signless(beside.text), *map(_signless, beside.words)):
        return word.text, _agreed(word.text, least, beside.sure)
    if _prefers_tesseract(word.text, least, beside):
        return beside.text, DOUBTED
    most = _CUT if _is_part(word.text, beside.text) else _AGAINST_SURE if beside.sure > _SURE else 1.0
    return word.text, min(_by_itself(word), most)


def _is_part(word: str, whole: str) -> bool:
    """Whether the other reading has the same letters and more of them before or behind."""
    word, whole = word.strip(_SIGNS), whole.strip(_SIGNS)
    return len(word) < len(whole) and (whole.startswith(word) or whole.endswith(word))


def _agreed(word: str, least: float, sure: float) -> float:
    """The certainty of a word that both read the same: two weak readings may be one mistake, made from one bad picture.

    ``least`` is the certainty of the head's least sure letter, ``sure`` Tesseract's of the word.
    """
    if not any(map(str.isalnum, word)):
        return SAME
    if word[0] in _BEHIND:
        return _WEAK
    if least >= _HEAD_SURE or sure >= _TESSERACT_SURE:
        return SAME
    backed = _is_number(word) or all(map(lexicon.is_known, _LETTERED.findall(word)))
    if least < _HEAD_DOUBTS:
        return _WEAK if backed else _WEAK_UNBACKED
    if sure < _TESSERACT_DOUBTS:
        return _FAINT
    return SAME if backed else _UNBACKED


def _by_itself(word: Reading) -> float:
    """The certainty of a word that only the head reads so, by its least sure letter."""
    least = min(word.certainties)
    share = next(share for bound, share in _ALONE if least >= bound)
    return min(share, _NUMBER_ALONE) if _is_number(word.text) else share


def _is_number(word: str) -> bool:
    return not any(map(str.isalpha, word)) or any(c.isdigit() or c in "+№" for c in word)


def _signless(text: str) -> str:
    """Quotes and dashes of every kind as one: their difference means nothing."""
    return text.translate(_PLAIN_SIGNS)


def _prefers_tesseract(word: str, least: float, beside: _Beside) -> bool:
    """Where the head doubts a letter or two: a listed word against an unlisted one, or a word surely read; and where it
    has but a scrap of a word surely read, as of some short ones."""
    theirs = beside.text
    if 2 * len(word) <= len(theirs) and word in theirs and beside.sure > _SURE:
        return True
    if _signs(word) != _signs(theirs) or Levenshtein.distance(word, theirs, score_cutoff=_LETTERS) > _LETTERS:
        return False
    listed = lexicon.is_known(theirs.strip(_SIGNS)) and not lexicon.is_known(word.strip(_SIGNS))
    return (listed and least < _UNLISTED) or (least < _UNSURE and beside.sure > _SURE)


def _signs(text: str) -> str:
    return "".join(c for c in text if not c.isalnum())
