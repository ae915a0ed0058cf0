"""One text from two independent readings of the same line.

PP-OCR sees shapes well, loses Azerbaijani marks (ı to i, ə to a) and drops spaces. Tesseract knows marks and spaces,
cannot write ``+ № j J W`` and bends unusual words towards usual ones. The second reading is laid along the first
letter by letter; where a word is the same but for marks, Tesseract's spelling is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import mean

from rapidfuzz.distance import Levenshtein

from extractors.engines import lexicon
from extractors.engines.paddle import Reading
from models.azerbaijani import LOWER, UPPER, fold, lower, plain, upper

#: Certainty of a word by how the readings agree.
SAME, SAME_BUT_MARKS, SAME_BUT_SIGNS, DIFFERENT = 0.99, 0.93, 0.85, 0.6

#: Letters and signs that Tesseract's Azerbaijani model does not have.
_UNKNOWN_TO_TESSERACT = frozenset("+№jJWw")
_SURE = 0.9
_LOST, _LEADS = 0.5, 0.9  # mean certainties at which only the second reading counts
_CLOSING = '.,;:!?)]»”"'
_SCRAP = 2  # letters of what may be a piece of a border
_LETTERS = frozenset(UPPER + LOWER)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of the fused line. ``first`` is the number of Tesseract's word that it stands for."""

    text: str
    confidence: float
    first: int


def fused(words: Sequence[str], confidences: Sequence[float], second: Reading) -> list[Piece]:
    """The words of a line from Tesseract's words and the second engine's reading."""
    if not second.text:
        return [Piece(word, 0.8 * sure, i) for i, (word, sure) in enumerate(zip(words, confidences, strict=True))]
    if mean(confidences) < _LOST and second.confidence > _LEADS:
        return alone(second)
    pieces = []
    for i, (word, sure, other) in enumerate(zip(words, confidences, _laid_along(words, second), strict=True)):
        is_scrap = len(word) <= _SCRAP or sure < _LOST or not any(map(str.isalnum, word))
        if not other.text and is_scrap and second.confidence > _SURE:
            continue  # a piece of a border that only Tesseract takes for a letter
        pieces.append(Piece(*_settled(word, sure, other), i))
    return pieces


def alone(second: Reading) -> list[Piece]:
    """Words where only the second engine reads anything sensible; they have no places of their own."""
    return [Piece(_marked(word), DIFFERENT * second.confidence, 0) for word in second.text.split()]


def _laid_along(words: Sequence[str], second: Reading) -> list[Reading]:
    """For each word the part of the second reading that lies on it.

    Its spaces count only where they fall close to ours: it loses many.
    """
    letters = [(c, sure) for c, sure in zip(second.text, second.certainties, strict=True) if c != " "]
    spaces = list(accumulate(len(word) for word in second.text.split()))
    ours, theirs = _comparable("".join(words)), _comparable("".join(c for c, _ in letters))
    bounds = [0]
    for cut in list(accumulate(len(word) for word in words))[:-1]:
        place = _place(cut, ours, theirs)
        space = min(spaces, key=lambda at: abs(at - place), default=place)
        bounds.append(max(bounds[-1], space if abs(space - place) <= 1 else place))
    parts = [letters[a:b] for a, b in pairwise([*bounds, len(letters)])]
    return [Reading("".join(c for c, _ in part), tuple(sure for _, sure in part)) for part in parts]


def _comparable(text: str) -> str:
    """For laying texts along each other: one sign per character, marks and case gone, ə, e and a the same."""
    return "".join((plain(lower(c)) or c)[0] for c in text).replace("e", "a")


def _same_letters(first: str, second: str) -> bool:
    """Whether two words differ in marks and case only; the second engine takes ə for a or e."""
    return len(first) == len(second) and all(
        plain(lower(a)) == plain(lower(b)) or {lower(a), lower(b)} in ({"ə", "a"}, {"ə", "e"})
        for a, b in zip(first, second, strict=True)
    )


def _place(cut: int, ours: str, theirs: str) -> int:
    """Where a cut of our text falls in theirs; signs that only they have end the word before, letters begin one."""
    for block in Levenshtein.opcodes(ours, theirs):
        if block.tag == "insert" and block.src_start == cut:
            added = theirs[block.dest_start : block.dest_end]
            return block.dest_start + len(added) - len(added.lstrip(_CLOSING))
        if block.src_start <= cut < block.src_end:
            share = (cut - block.src_start) / (block.src_end - block.src_start)
            return block.dest_start + round(share * (block.dest_end - block.dest_start))
    return len(theirs)


def _settled(word: str, sure: float, other: Reading) -> tuple[str, float]:
    """The likelier spelling of one word and its certainty."""
    if word == other.text:
        return word, SAME
    if not other.text:
        return word, 0.5 * sure
    if _same_letters(word, other.text):
        schwas = _with_schwas(word, other.text)
        return _cased(schwas, sure, other), SAME_BUT_MARKS if schwas == word else SAME_BUT_SIGNS
    if fold(word) and fold(word) == fold(other.text):
        return _signed(word, sure, other), SAME_BUT_SIGNS
    if set(other.text) & _UNKNOWN_TO_TESSERACT:
        return _with_marks(other.text, word), DIFFERENT + 0.25 * other.confidence
    return _chosen(word, sure, other)


def _with_schwas(word: str, other: str) -> str:
    """Both engines take ə for a or e where a typeface is unusual, hardly ever a or e for ə: who sees it is right."""
    pairs = zip(word, other, strict=True)
    return "".join(("Ə" if a in UPPER else "ə") if b in "Əə" and a in "AaEe" else a for a, b in pairs)


def _cased(word: str, sure: float, other: Reading) -> str:
    """Tesseract's marks, with the second engine's case where Tesseract doubts or mixes cases inside a word."""
    if word == upper(word) or word == lower(word) or lower(other.text) == other.text == plain(word):
        return word
    odd = word[1:] not in (lower(word[1:]), upper(word[1:]))
    if not odd and sure >= 0.8:
        return word
    pairs = zip(word, other.text, strict=True)
    return "".join(upper(a) if b in UPPER else lower(a) if b in LOWER else a for a, b in pairs)


def _signed(word: str, sure: float, other: Reading) -> str:
    """Same letters, other signs: the surer reading's signs, Tesseract's marks."""
    return _with_marks(other.text, word) if other.confidence > max(sure, _SURE) else word


def _chosen(word: str, sure: float, other: Reading) -> tuple[str, float]:
    """Two really different readings: evidence of the lexicon first, then the engines' own certainty."""
    theirs = other.text if lexicon.is_known(other.text) or sure < _LOST else _with_marks(other.text, word)
    theirs = _marked(theirs)
    ours_known, theirs_known = lexicon.is_known(word), lexicon.is_known(theirs)
    least = min(other.certainties)
    if ours_known != theirs_known and len(word) > 2:
        known_sure = sure if ours_known else least
        if known_sure > 0.5:
            return (word if ours_known else theirs), DIFFERENT + 0.2 * known_sure
    if other.confidence >= sure or (least > 0.8 and sure < _SURE):
        return theirs, DIFFERENT * other.confidence
    return word, DIFFERENT * sure


def _with_marks(shape: str, marked: str) -> str:
    """``shape`` with the Azerbaijani marks that ``marked`` has on the same letters; case stays."""
    out = list(shape)
    for block in Levenshtein.opcodes(_comparable(shape), _comparable(marked)):
        if block.tag != "equal":
            continue
        for a, b in zip(range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True):
            if marked[b] in _LETTERS and _same_letters(shape[a], marked[b]):
                out[a] = upper(marked[b]) if shape[a] in UPPER else lower(marked[b])
    return "".join(out)


def _marked(word: str) -> str:
    """``word`` as it is listed with marks, where it is not listed as read; unlisted words stay as they are."""
    if not word.isalpha() or lexicon.is_known(word):
        return word
    listed = [spelling for spelling in lexicon.spellings(word) if len(spelling) == len(word)]
    if not listed:
        return word
    best = max(listed, key=lambda spelling: sum(a != b for a, b in zip(spelling, plain(spelling), strict=True)))
    return "".join(upper(a) if b in UPPER else a for a, b in zip(best, word, strict=True))
