"""What stands beside or under a label on any paper ("Ödəyən: ...", "Soyadı / Surname" over its value).

A document is taken as a list of words with places, so columns that an engine joined into one line come apart again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import fuzz

from extractors.shapes import ReadSheet, RegionReader
from models.azerbaijani import fold
from models.document import Field, Value
from models.geometry import Box, box_of
from models.sheet import Line, Source, Word

Labels = Mapping[str, tuple[str, ...]]

_ALIKE, _ALIKE_WORD = 86.0, 85.0  # folded likeness of a label and a known one; a word of seven may have a wrong letter
_SHORT = 4  # signs of a text that may stand by chance inside another
_TAIL = 4  # words that go on with a label up to its colon ("Kimdən qəbul edilib:")
_WIDEST = 2.5  # heights between the words of a label that is set to the width of its column
_SAME_EDGE = 0.015  # of a sheet's width: lines of one column begin or end no farther apart
_SAME_NAME = 75.0  # folded likeness of two readings of one name
_TWO_LANGUAGES = re.compile(r"[^\d/]{2,}(?:/[^\d/]{2,})+")
_TRIM = " :;.,-–—=/|_*\"'“”„«»()[]{}<>‹›‚‘’`´^~•·¦¬…№"  # no value begins or ends with them: marks and specks
_SPECKS = _TRIM.replace(".", "")  # round the words of a name; initials end with a full stop

#: Confidence of a value by how it was read; measured on agreement of two engines (see ocr.md 0.8).
EXACT, AGREED, ALIKE, SINGLE, DISPUTED = 0.99, 0.97, 0.9, 0.86, 0.55


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of text on a sheet: its words, the line it came from and how sure its reading is (0-1)."""

    text: str
    box: Box
    on: ReadSheet
    line: Line
    confidence: float

    def field(self, value: Value, *, sure: float = 1.0, raw: str | None = None) -> Field:
        """This text as a field with a value made from it; ``sure`` is how certain the making was."""
        sheet = self.on.sheet
        confidence = round(self.confidence * sure, 3)
        written = self.text if raw is None else raw
        return Field(value, written, confidence, sheet.file, sheet.page, sheet.on_page(self.box), sheet.source)


@dataclass(frozen=True, slots=True)
class Hit:
    """A known label found in a line: words ``start`` to ``end`` (exclusive) of ``line``."""

    key: str
    on: ReadSheet
    line: Line
    start: int
    end: int
    likeness: float
    second: bool = False  # the label begins in another language

    @property
    def box(self) -> Box:
        return box_of(self.line.words[self.start : self.end])


def said(on: ReadSheet, line: Line, words: Sequence[Word] | None = None) -> Said:
    """Words of a line (all by default) with an honest confidence."""
    taken = tuple(words or line.words)
    text = " ".join(word.text for word in taken)
    return Said(text, box_of(taken), on, line, certainty(on.sheet.source, line, taken))


def certainty(source: Source, line: Line, words: Sequence[Word]) -> float:
    """How sure the words are: files that say their text are exact; for pictures two engines that agree count most."""
    if source is not Source.OCR:
        return EXACT
    own = sum(word.confidence for word in words) / max(1, len(words))
    if line.second is None:
        return min(SINGLE, 0.35 + 0.55 * own)
    text = " ".join(word.text for word in words)
    return AGREED if _holds(line.second, text) else min(DISPUTED, own)


def _holds(reading: str, text: str) -> bool:
    """Whether a reading holds a text; a short one must be whole words of it, for "9" is in almost anything."""
    wanted = _bare(text)
    if len(wanted) > _SHORT:
        return wanted in _bare(reading)
    return bool(wanted) and f" {fold(text)} " in f" {fold(reading)} "


def _bare(text: str) -> str:
    return fold(text).replace(" ", "")


def read_again(value: Said, reader: RegionReader) -> list[str]:
    """What every engine reads at the place of a text, best guess first; nothing where no picture is."""
    return _readings(_lines_again(value, reader))


def _lines_again(value: Said, reader: RegionReader) -> tuple[Line, ...]:
    """The lines at the place of a text as every engine reads them; none where no picture is."""
    if value.on.sheet.source is not Source.OCR or value.on.grey is None:
        return ()
    height = value.line.box.height
    box = Box(value.box.x0 - height, value.box.y0 - 0.3 * height, value.box.x1 + height, value.box.y1 + 0.3 * height)
    return reader.read(value.on, box.clipped(), single_line=value.box.height < 1.6 * height)


def _readings(read: Sequence[Line]) -> list[str]:
    seen = [" ".join(line.text for line in read)] if read else []
    if any(line.second is not None for line in read):
        seen.append(" ".join(line.second or line.text for line in read))
    return seen


def confirmed(value: Said, reader: RegionReader) -> Said:
    """The same text after a second look by every engine: surer when they agree, less sure when they do not."""
    if value.line.second is not None:
        return value
    return _borne_out(value, read_again(value, reader))


def _borne_out(value: Said, seen: Sequence[str]) -> Said:
    """A text as sure as the readings of its place agree with it."""
    if not seen:
        return value
    folded = sum(_holds(text, value.text) for text in seen)
    exact = min(folded, sum(_exact(value.text) in _exact(text) for text in seen))
    if exact >= 2 or (exact and len(seen) == 1):
        return replace(value, confidence=max(value.confidence, AGREED))
    if folded >= 2:
        return replace(value, confidence=max(value.confidence, ALIKE))
    return replace(value, confidence=min(value.confidence, SINGLE if folded else DISPUTED))


def confirmed_name(value: Said, reader: RegionReader) -> Said:
    """A name as every engine together reads it, as sure as they agree.

    The page's model has no J and bends names that it does not know; where the second look finds another spelling at
    the same place, that one is the name.
    """
    if value.line.second is not None:
        return value
    read = _lines_again(value, reader)
    words = [word for line in read for word in line.words]
    size = len(value.text.split())
    runs = (words[start : start + size] for start in range(len(words) - size + 1))
    found = max(runs, key=lambda run: fuzz.ratio(_spelt(run), value.text), default=[])
    spelt = _without_ending(_spelt(found), value.text)
    torn = len(_bare(spelt)) < len(_bare(value.text)) - 1
    if spelt == value.text or torn or fuzz.ratio(_bare(spelt), _bare(value.text)) < _SAME_NAME:
        return _borne_out(value, _readings(read))
    sure = min((word.confidence for word in found), default=0.0)
    return replace(value, text=spelt, confidence=min(ALIKE, sure))


def _without_ending(name: str, known: str) -> str:
    """A name without the case ending that ``known``, another reading of it, has lost already."""
    *first, last = name.split() or [""]
    stem = known.split()[-1] if known.split() else ""
    return " ".join([*first, stem if last.startswith(stem) else last])


def _spelt(words: Sequence[Word]) -> str:
    return " ".join(filter(None, (word.text.strip(_SPECKS) for word in words))).strip(_TRIM)


def confirmed_as(value: Said, reader: RegionReader, parse: Callable[[str], object]) -> Said:
    """Like ``confirmed``, by what the readings mean: a sum or a date that every engine reads is sure, whatever unit or
    dirt stands beside it."""
    if value.line.second is not None:
        return value
    seen = [parse(text) for text in read_again(value, reader)]
    if not seen:
        return value
    agreeing = sum(each == parse(value.text) for each in seen)
    if agreeing == len(seen):
        return replace(value, confidence=max(value.confidence, AGREED))
    return replace(value, confidence=min(value.confidence, SINGLE if agreeing else DISPUTED))


def _exact(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


# --- labels ----------------------------------------------------------------------------------------------------------


def find_labels(sheets: Iterable[ReadSheet], labels: Labels) -> list[Hit]:
    """Every known label on the sheets in reading order; where labels overlap the longest likeness wins."""
    known = _prepared(tuple((key, text) for key, texts in labels.items() for text in texts))
    hits: list[Hit] = []
    for on in sheets:
        for line in on.sheet.lines:
            hits += _labels_of(on, line, known)
    return hits


@lru_cache(maxsize=16)
def _prepared(labels: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str, int], ...]:
    """Labels as (key, folded text without blanks, number of words), longest first."""
    known = [(key, _bare(text), len(text.split())) for key, text in labels]
    return tuple(sorted(known, key=lambda label: -len(label[1])))


def _labels_of(on: ReadSheet, line: Line, known: Sequence[tuple[str, str, int]]) -> list[Hit]:
    words = list(_parts(line))
    found: list[Hit] = []
    for key, text, size in known:
        for start, (_, at) in enumerate(words):
            if any(hit.start <= at < hit.end and hit.key != key for hit in found):
                continue
            hit = _label_at(on, line, words, start, key, text, size)
            rivals = [other for other in found if hit and hit.start < other.end and other.start < hit.end]
            if hit and all(other.key == key for other in rivals):
                found = [other for other in found if other not in rivals] + [_joined([hit, *rivals])]
    return _with_tails(_with_heads(sorted(found, key=lambda hit: hit.start)))


def _parts(line: Line) -> Iterator[tuple[str, int]]:
    """The words of a line folded, each with its number; a word that joins two languages ("Soyadı/Surname") in parts."""
    for at, word in enumerate(line.words):
        for part in word.text.split("/") if _TWO_LANGUAGES.fullmatch(word.text) else [word.text]:
            yield _bare(part), at


def _joined(hits: Sequence[Hit]) -> Hit:
    """Hits of one label in two languages that share a word, as one."""
    first = min(hits, key=lambda hit: (-hit.likeness, hit.second, hit.start))
    return replace(first, end=max(hit.end for hit in hits))


def _with_heads(hits: Sequence[Hit]) -> list[Hit]:
    """Labels known in their second language only, from where the words of the first begin: values stand under these."""
    whole: list[Hit] = []
    for hit in hits:
        start = hit.start
        while hit.second and start > (whole[-1].end if whole else 0) and _adjoin(hit.on, hit.line, start):
            start -= 1
        whole.append(replace(hit, start=start))
    return whole


def _adjoin(on: ReadSheet, line: Line, at: int, most: float = 1.0) -> bool:
    """Whether a word of a line stands behind the one before it as in a sentence, ``most`` heights away, not as in
    another column. Word files have no pixels: all their words do."""
    before, word = line.words[at - 1].box, line.words[at].box
    return (word.x0 - before.x1) * on.sheet.width_px <= most * word.height * on.sheet.height_px


def _with_tails(hits: Sequence[Hit]) -> list[Hit]:
    """The labels of a line, each up to its colon; a label inside the tail of another is a part of it."""
    whole: list[Hit] = []
    for hit in hits:
        if not whole or hit.start >= whole[-1].end:
            whole.append(replace(hit, end=_end_of_label(hit)))
    return whole


def _end_of_label(hit: Hit) -> int:
    """Where a label ends that goes on after its known words: "Ödəyici (S.A.A.):", "Kimdən qəbul edilib:"."""
    words = [word.text for word in hit.line.words]
    if words[hit.end - 1].endswith(":"):
        return hit.end
    for end in range(hit.end + 1, min(hit.end + _TAIL, len(words)) + 1):
        tail = " ".join(words[hit.end : end])
        if any(c.isdigit() for c in tail) or not (tail[0] == "(" or tail[0].islower()):
            break
        if tail.endswith(":") or (tail[0] == "(" and tail.endswith(")")):
            return end
    return hit.end


def _label_at(
    on: ReadSheet, line: Line, words: Sequence[tuple[str, int]], start: int, key: str, text: str, size: int
) -> Hit | None:
    if not words[start][0]:
        return None
    for end in (start + size, start + size + 1, start + size - 1):
        if not start < end <= len(words):
            continue
        window = "".join(word for word, _ in words[start:end])
        if abs(len(window) - len(text)) > 3:
            continue
        least = 99.0 if len(text) <= 4 else _ALIKE_WORD if size == 1 else _ALIKE
        likeness = fuzz.ratio(window, text, score_cutoff=least)
        inner = range(words[start][1] + 1, words[end - 1][1] + 1)
        if likeness and all(_adjoin(on, line, at, _WIDEST) and line.words[at - 1].text[-1] != ":" for at in inner):
            second = start > 0 and words[start - 1][1] == words[start][1]
            return Hit(key, on, line, words[start][1], words[end - 1][1] + 1, likeness, second)
    return None


# --- values ----------------------------------------------------------------------------------------------------------


def values(hits: Sequence[Hit], key: str, told: Callable[[str], object] = bool) -> list[Said]:
    """What stands beside or, failing that, under each label of ``key``, in reading order.

    ``told`` says whether a text can be a value: what stands beside "Məbləğ, AZN" is still its label.
    """
    found = []
    for hit in hits:
        if hit.key == key:
            places = (look(hit, hits) for look in (_beside, _right_of, _under))
            found += [value for value in places if value and told(value.text)][:1]
    return found


def with_next_line(value: Said, goes_on: Callable[[str], object]) -> Said:
    """A value with the line under it in its column, left or right edge on edge, where that goes on with it."""
    box = value.box
    for line in value.on.sheet.lines:
        under = -0.3 * box.height < line.box.y0 - box.y1 < 0.9 * box.height
        in_column = min(abs(line.box.x0 - box.x0), abs(line.box.x1 - box.x1)) < _SAME_EDGE
        if under and in_column and goes_on(line.text.strip(_TRIM)):
            rest = said(value.on, line)
            text = f"{value.text} {line.text.strip(_TRIM)}"
            return replace(value, text=text, box=box.union(rest.box), confidence=min(value.confidence, rest.confidence))
    return value


def has_digit(text: str) -> bool:
    """Whether a text can be a sum, a date or a number."""
    return any(char.isdigit() for char in text)


def _beside(hit: Hit, hits: Sequence[Hit]) -> Said | None:
    """The rest of the line up to the next label."""
    following = [other for other in hits if other.line is hit.line and other.start >= hit.end]
    end = min((other.start for other in following if other.key != hit.key), default=len(hit.line.words))
    start = max((other.end for other in following if other.key == hit.key and other.end <= end), default=hit.end)
    return _trimmed(hit.on, hit.line, hit.line.words[start:end])


def _right_of(hit: Hit, hits: Sequence[Hit]) -> Said | None:
    """The nearest line on the same row to the right, unless it begins with a label or holds the same one."""
    box = hit.line.box
    rows = [
        line
        for line in hit.on.sheet.lines
        if line.box.x0 >= box.x1 - 0.01
        and min(line.box.y1, box.y1) - max(line.box.y0, box.y0) > 0.5 * min(line.box.height, box.height)
    ]
    nearest = min(rows, key=lambda line: line.box.x0, default=None)
    if nearest is None or any(other.line is nearest and (not other.start or other.key == hit.key) for other in hits):
        return None
    return _trimmed(hit.on, nearest, nearest.words)


def _under(hit: Hit, hits: Sequence[Hit]) -> Said | None:
    """The words under the label, up to where the next label of its row begins."""
    label = _with_words_before(hit, hits)
    beside = (_with_words_before(other, hits) for other in hits if _same_row(hit, other))
    right = min((box.x0 for box in beside if box.x0 > label.x1), default=1.0)
    below = [
        line
        for line in hit.on.sheet.lines
        if line.box.y0 >= label.y1 - 0.4 * label.height and line.box.y0 - label.y1 < 2.2 * label.height
    ]
    for line in sorted(below, key=lambda line: line.box.y0):
        words = [word for word in line.words if label.x0 - 0.03 <= word.box.x0 < right - 0.005]
        if words and not any(other.line is line and line.words[other.start] in words for other in hits):
            return _trimmed(hit.on, line, words)
    return None


def _with_words_before(hit: Hit, hits: Sequence[Hit]) -> Box:
    """Where a label stands with the words of its column before it that are none of a known label: "Qəbul edilmişdir
    (kimdən):"."""
    end = max((other.end for other in hits if other.line is hit.line and other.end <= hit.start), default=0)
    start = hit.start
    while start > end and _adjoin(hit.on, hit.line, start):
        start -= 1
    return box_of(hit.line.words[start : hit.end])


def _same_row(hit: Hit, other: Hit) -> bool:
    mine, its = hit.box, other.box
    return other.on is hit.on and min(mine.y1, its.y1) - max(mine.y0, its.y0) > 0.5 * min(mine.height, its.height)


def _trimmed(on: ReadSheet, line: Line, words: Sequence[Word]) -> Said | None:
    """Words without the punctuation round them; None when nothing else is left."""
    kept = list(words)
    while kept and not kept[0].text.strip(_TRIM):
        kept.pop(0)
    while kept and not kept[-1].text.strip(_TRIM):
        kept.pop()
    if not kept:
        return None
    found = said(on, line, kept)
    return replace(found, text=re.sub(r"\s+", " ", found.text.strip(_TRIM)))
