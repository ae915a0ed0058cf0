"""Dates as certificates and receipts print them, in spite of what engines make of «12» and of old-style figures."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.values import Precision, parse_date

_MONTH = r"(?:yan|fev|mar|apr|may|iyu|avq|sen|okt|noy|dek|янв|фев|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек)\w*"
#: «12» before a month: the marks come out as a 6, a c or a euro sign before the day, and a 9, 3, 7 or ə behind it.
_QUOTED = re.compile(
    rf"(?<!\d)([^\w\s]|[cCğ])?\s?(\d{{2,4}})([»”“\"'?>)ə°]{{0,2}})\s+(?={_MONTH}\s+\S*\d)", re.IGNORECASE
)
_OPENING, _CLOSING = "6", "937"
#: Old-style figures as letters, in words that hold a digit: "zo23", "2ş", "I98ş".
_FIGURES = str.maketrans("zZoOоОşŞıIlİ|", "2200005511111")
_FIGURE_WORD = re.compile(r"(?<![^\W_])(?=[^\s]*\d)[\dzZoOоОşŞıIlİ|]{1,4}(?![^\W_])")
_SIGNS = 0.8  # how sure a date is that needed a repair


@dataclass(frozen=True, slots=True)
class Day:
    """A day in ISO 8601 and how sure its reading is (1 as printed)."""

    value: str
    sure: float


def find_day(text: str) -> Day | None:
    """The first full date of a text; None where there is none, or one that no calendar has."""
    for written, sure in ((text, 1.0), (unquoted(text), _SIGNS), (unquoted(figures(text)), _SIGNS)):
        value, precision = parse_date(written)
        if value and precision is Precision.DAY:
            return Day(value, min(sure, _SIGNS) if _doubtful(text) else sure)
    return None


def day_in(text: str) -> str | None:
    """The day alone, for comparing readings of one place."""
    found = find_day(text)
    return found.value if found else None


def figures(text: str) -> str:
    """Words of digits and letters that look like old-style figures, all in digits."""
    return _FIGURE_WORD.sub(lambda found: found.group().translate(_FIGURES), text)


def unquoted(text: str) -> str:
    """A text whose day in guillemets stands without them, where only one day is possible."""
    found = _QUOTED.search(text)
    days = _days(found[2]) if found else set()
    return f"{text[: found.start()]} {days.pop()} {text[found.end() :]}" if found and len(days) == 1 else text


def _days(digits: str) -> set[int]:
    """The days that digits with misread marks round them may be."""
    bare = {digits, digits.removeprefix(_OPENING)}
    bare |= {each[:-1] for each in tuple(bare) if each[-1:] in _CLOSING}
    whole = {each for each in bare if each and len(each) <= 2 and 1 <= int(each) <= 31}
    return {int(each) for each in whole if len(each) == 2} or {int(each) for each in whole}


def _doubtful(text: str) -> bool:
    """Whether a day's last figure may be its closing mark: an opening mark, and none behind ("«19 mart")."""
    found = _QUOTED.search(text)
    return bool(found and found[1] and not found[3] and found[2][-1] in _CLOSING)
