"""What was written in a place: its rows as text, without what engines add to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.forms import confidence
from extractors.values import is_dash, is_hollow, squeeze, without_leaders
from models.azerbaijani import upper
from models.geometry import Box, box_of
from models.sheet import Line, Sheet, Source

#: A capital that no abbreviation is, parted from the rest of its word.
_LONE = re.compile(r"(?<!\S)([ƏĞÖŞÜ]) (?=[a-zəğıöüçş]{3})")
#: A lone initial of a name; no abbreviation is any of these.
_INITIAL = re.compile(r"(?<!\S)[əöü](?=\.(?: ?[A-ZƏĞİÖÜÇŞ]|$))")
#: The dot that a ligature of f and i hides, where harmony or a word of Greek asks for it.
_UNDOTTED = re.compile(r"(?<=[eəiöü])fı|(?<=[eəiöü][bcçdfgğhjklmnpqrsştvxyz])fı|(?<=ra)fı(?=y[ae])")

#: A Roman number of which engines read a stroke as a small l; no Azerbaijani word begins "Il" or "ll", but a year's.
_ROMAN = re.compile(r"(?<![\w.])(?<!c[iıuü] )(?<!C[Iİ] )(?:[VX]{0,2}[Il]{2,3}|[VX]{1,2}[Il])(?!\w)")
#: A row that ends with the dash of a period.
_PERIOD_BEGUN = re.compile(r"\d\s*[-–—]$")


@dataclass(frozen=True, slots=True)
class Written:
    """The rows of an answer. ``second`` is what a second engine read in all of it; ``box`` is on the shown page.

    ``chance`` is how sure the letters are, for an empty answer how sure it is that nothing was written.
    """

    rows: tuple[str, ...] = ()
    second: str | None = None
    chance: float = confidence.CALIBRATION.absent
    file: str | None = None
    page: int | None = None
    box: Box | None = None
    source: Source = Source.OCR
    lines: tuple[Line, ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        return squeeze(joined(self.rows))


def joined(rows: Sequence[str]) -> str:
    """Rows as one text; a word parted after its own hyphen ("1991-" "ci") is one word again, and so is a
    period ("2009–" "2015", "iyun–" "avqust")."""
    out = ""
    for row in rows:
        parted = out.endswith(("-", "–", "—")) and out[-2:-1].isalnum() and row[:1].isalnum()
        out = out + row if parted else f"{out} {row}"
    return out


def as_written(lines: Sequence[Line], sheet: Sheet, source: Source, chance: float) -> Written:
    """The rows that were read in a place, as an answer."""
    below = [*(line.text for line in lines[1:]), ""]
    each = (_row(line, source, after) for line, after in zip(lines, below, strict=False))
    rows = tuple(text for text in each if text and not is_hollow(text))
    if source is Source.OCR:
        rows = _with_romans(_without_strokes(rows))
        rows = (*(re.sub(r"(?<=[^\W\d_])\.\.$", ".,", row) for row in rows[:-1]), *rows[-1:])
    seconds = [line.second for line in lines]
    second = None if None in seconds else squeeze(without_leaders(joined([s or "" for s in seconds])))
    return Written(rows, second, chance, sheet.file, sheet.page, sheet.on_page(box_of(lines)), source, tuple(lines))


def _row(line: Line, source: Source, after: str) -> str:
    """A line's words; specks that an engine took for signs at its ends are left out, not the dash of a period that
    goes on in the line ``after`` it."""
    text = without_leaders(line.text)
    if source is not Source.OCR or is_dash(text):
        return text
    period = _PERIOD_BEGUN.search(text) and after[:1].isdigit()
    text = text if period else re.sub(r"\s+[:;.,|'‘’`“”\"*~°«»\-–—]+$", "", text)
    text = re.sub(r"^[:;.,|'‘’`“”\"*~°«»]+\s+", "", text)
    text = re.sub(r"(?<=[^\W\d_])\.\.(?=\s)", ".,", re.sub(r"(?<!\S)\$(?=[.,])", "ş", text))
    text = re.sub(r"\bN[£€](?=\s?\d)", "№", text)
    text = _LONE.sub(r"\1", text)
    text = _UNDOTTED.sub("fi", text)
    text = _INITIAL.sub(lambda found: upper(found[0]), text)
    if line.second and text[-1:] in ".,:;'" and squeeze(line.second)[-1:].isalnum():
        text = text[:-1]
    return text


def _with_romans(rows: tuple[str, ...]) -> tuple[str, ...]:
    """The rows of a picture's answer with its Roman numbers, each after the end of the row above it."""
    heads = ["", *(f"{row[-3:]} " for row in rows)]
    meant = (
        _ROMAN.sub(lambda found: found[0].replace("l", "I"), head + row) for head, row in zip(heads, rows, strict=False)
    )
    return tuple(text[len(head) :] for head, text in zip(heads, meant, strict=False))


def _without_strokes(rows: tuple[str, ...]) -> tuple[str, ...]:
    """The rows of a picture's answer without dashes before and behind its words: pieces of writing lines."""
    worded = [i for i, row in enumerate(rows) if not is_dash(row)]
    if not worded:
        return rows
    rows = rows[worded[0] : worded[-1] + 1]
    if any(re.match(r"[-–—]\s", row) for row in rows[1:]):  # a list
        return rows
    return (re.sub(r"^[-–—]\s+(?=\w)", "", rows[0]), *rows[1:])


def of_words(text: str, written: Written) -> float:
    """How sure a part of an answer is that stands in one of its lines; 0 where no line holds it whole."""
    for line in written.lines:
        words = [(w, w.text.strip(" ,.;:()/\"'«»“”")) for w in line.words]
        own = [w for w, bare in words if bare and bare in text.split()]
        if own and [bare for _, bare in words if bare in text.split() and bare] == text.split():
            second = text if line.second and text in line.second else line.second
            return confidence.of_lines([Line(tuple(own), line.box, second)], written.source)
    return 0.0
