"""Finding known wordings on a sheet in spite of recognition errors, and telling a heading from running text.

Texts are compared folded (no case, no diacritics, look-alikes joined) and without blanks, so that "A R A Y I Ş",
"arayis" and "ARAYlŞ" are one. Short wordings must be whole words; longer ones may have wrong letters and may wrap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import median

from rapidfuzz import fuzz

from models.azerbaijani import fold, latin
from models.catalogue import Phrase
from models.geometry import Box
from models.sheet import Line, Mark, MarkKind, Sheet, Word

_LOOKALIKES = str.maketrans("l1|0", "iiio")
_TELLING = 4  # letters of a word that tells one title from another
_OWN_WORD = 75.0  # likeness of a title's own words ("Ölüm" is no "Doğum", "completion" no "employment")
_ABOUT = re.compile(r"\b(?:barede|baresinde|haqda)\b")  # what a paper is about, in one word for all
_ASIDE = re.compile(r"\([^)]*\)")  # "TİBBİ ARAYIŞ (forma 083)"
_FOOT = Box(0.0, 0.99, 1.0, 1.0)
_NO_EMPHASIS, _BESIDE = 0.45, 0.15  # how much small letters are a title, and in the row of another line
_ONE_LETTER, _MISREAD = 87.0, 0.8  # likeness of a title with a wrong letter, and how well it is read
_SHORT = 8  # letters; shorter wordings are sought as whole words only
_AZERBAIJANI_CYRILLIC = re.compile("[әғҝөүһҹӘҒҜӨҮҺҸ]")


@dataclass(frozen=True, slots=True)
class Found:
    """A wording on a sheet: ``quality`` 0-1 is how well it is read, ``heading`` how much it stands there as a title
    (0 running text, 1 a line of its own near the top), ``start`` and ``end`` its place in the page's compact text."""

    quality: float
    heading: float
    start: int
    end: int


@lru_cache(maxsize=65536)
def bare(text: str, cyrillic_azerbaijani: bool = False) -> str:
    """Folded, look-alikes joined, blanks kept."""
    return fold(latin(text) if cyrillic_azerbaijani else text).translate(_LOOKALIKES)


class PageText:
    """The text of one sheet, prepared once for many searches."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.azerbaijani_cyrillic = len(_AZERBAIJANI_CYRILLIC.findall(sheet.text)) >= 3
        self._lines = [line for line in sheet.lines if line.words]
        self._lines += [_coded(mark) for mark in sheet.marked(MarkKind.BARCODE) if mark.text.strip()]
        self._bare = [_ABOUT.sub("haqqinda", self._line(line)) for line in self._lines]
        self._starts: list[int] = []
        at = 0
        for text in self._bare:
            self._starts.append(at)
            at += len(text.replace(" ", ""))
        self.compact = "".join(text.replace(" ", "") for text in self._bare)

    def _line(self, line: Line) -> str:
        text = bare(line.text, self.azerbaijani_cyrillic)
        letters = text.split()
        return "".join(letters) if len(letters) >= 4 and all(len(each) == 1 for each in letters) else text

    @cached_property
    def words(self) -> int:
        """Words of three letters and more; noise of pictures hardly makes any."""
        return sum(len(re.findall(r"[^\W\d_]{3,}", text)) for text in self._bare)

    @property
    def compact_words(self) -> str:
        """The folded words of the page with single blanks, for the text classifier."""
        return " ".join(self._line(line) for line in self._lines)

    @cached_property
    def _tokens(self) -> list[tuple[str, int, int]]:
        """Every word with its line and its place in the compact text."""
        tokens = []
        for index, text in enumerate(self._bare):
            at = self._starts[index]
            for word in text.split():
                tokens.append((word, index, at))
                at += len(word)
        return tokens

    @cached_property
    def _grams(self) -> frozenset[str]:
        return frozenset(self.compact[i : i + 3] for i in range(len(self.compact) - 2))

    @cached_property
    def _usual_size(self) -> float:
        return median([line.size or line.box.height for line in self._lines] or [0.02])

    def find(self, phrase: Phrase) -> Found | None:
        """The best place of a wording, a title before running text; None when it is not there."""
        wanted = _ABOUT.sub("haqqinda", bare(phrase.text, phrase.language == "az-Cyrl"))
        compact = wanted.replace(" ", "")
        if not compact:
            return None
        places = self._short(compact) if len(compact) < _SHORT else self._long(compact, wanted.split())
        return max(places, key=lambda found: (found.heading, found.quality), default=None)

    def _short(self, wanted: str) -> Iterable[Found]:
        size = len(wanted)
        for word, index, at in self._tokens:
            if word == wanted:
                quality = 1.0
            elif size < 5 or len(word) < size - 1:
                continue
            elif word.startswith(wanted):
                quality = 0.9
            elif len(word) <= size + 1 and fuzz.ratio(word, wanted) >= 82:
                quality = 0.7
            else:
                continue
            yield Found(quality, self._as_heading(index, wanted), at, at + len(word))

    def _long(self, wanted: str, words: Sequence[str]) -> Iterable[Found]:
        at = self.compact.find(wanted)
        if at < 0:
            fuzzy = self._fuzzy(wanted, words)
            if fuzzy:
                yield fuzzy
            return
        yield from self._misread_titles(wanted)
        while at >= 0:
            yield Found(1.0, self._as_heading(self._line_at(at), wanted), at, at + len(wanted))
            at = self.compact.find(wanted, at + 1)

    def _misread_titles(self, wanted: str) -> Iterable[Found]:
        """Lines that are a wording but for a letter: "NİZAMNAM9", where the text under it says "nizamnamə"."""
        for index, text in enumerate(self._bare):
            line = text.replace(" ", "")
            if len(line) == len(wanted) and line != wanted and fuzz.ratio(line, wanted) >= _ONE_LETTER:
                at = self._starts[index]
                yield Found(_MISREAD, self._as_heading(index, wanted), at, at + len(line))

    def _fuzzy(self, wanted: str, words: Sequence[str]) -> Found | None:
        """A place that is much like ``wanted``; every word that tells titles of one kind apart must be there."""
        grams = [wanted[i : i + 3] for i in range(len(wanted) - 2)]
        if sum(gram in self._grams for gram in grams) < 0.45 * len(grams):
            return None
        cutoff = 88 if len(wanted) < 14 else 83
        found = fuzz.partial_ratio_alignment(wanted, self.compact, score_cutoff=cutoff)
        if found is None or found.dest_end <= found.dest_start:
            return None
        first = next((word for word in words if len(word) >= _TELLING), "")
        beginning = self.compact[max(0, found.dest_start - 1) : found.dest_start + len(first) + 2]
        if words[0] == first and fuzz.partial_ratio(first, beginning) < _OWN_WORD:
            return None
        there = self.compact[max(0, found.dest_start - 1) : found.dest_end + 1]
        if not all(_stands_in(word, there) for word in words):
            return None
        heading = self._as_heading(self._line_at(found.dest_start), wanted)
        return Found((found.score - 60) / 40, heading, found.dest_start, found.dest_end)

    def _line_at(self, position: int) -> int:
        index = 0
        while index + 1 < len(self._starts) and self._starts[index + 1] <= position:
            index += 1
        return index

    def _as_heading(self, index: int, wanted: str) -> float:
        """How much a line is a title that the wording fills: near the top, short, set apart by size or capitals."""
        line = self._lines[index]
        length = max(1, len(self._bare[index].replace(" ", "")))
        share = min(1.0, len(wanted) / length)
        if share < 0.3 or line.box.y0 > 0.6:
            return 0.0
        letters = [c for c in _ASIDE.sub("", line.text) if c.isalpha()]
        capitals = sum(c.isupper() for c in letters) > 0.7 * max(1, len(letters))
        large = (line.size or line.box.height) > 1.2 * self._usual_size
        answers = not (capitals or line.bold) and self._has_neighbour(index)
        emphasis = _BESIDE if answers else 1.0 if capitals or large or line.bold else _NO_EMPHASIS
        return emphasis * (1.0 if share > 0.55 else 0.6) * (1.0 if line.box.y0 < 0.45 else 0.7)

    def _has_neighbour(self, index: int) -> bool:
        """Whether a line stands to the left of this one in its row, as a label before what answers it."""
        box = self._lines[index].box
        middle = (box.y0 + box.y1) / 2
        return any(other.box.y0 < middle < other.box.y1 and other.box.x1 < box.x0 for other in self._lines)


def _coded(mark: Mark) -> Line:
    """What a barcode says, as a line at the foot of the page: it is read without an error, and never a title."""
    return Line(tuple(Word(word, _FOOT) for word in mark.text.split()), _FOOT)


def _stands_in(word: str, text: str) -> bool:
    """Whether a word of a wording is in a text but for a wrong letter; short words are in any."""
    if len(word) < _TELLING:
        return True
    return fuzz.partial_ratio(word, text) >= (_OWN_WORD if len(word) == _TELLING else _OWN_WORD + 1)
