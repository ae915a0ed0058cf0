"""Dates as papers print them, in spite of what engines make of «12», of old-style figures and of foreign months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.values import Precision, parse_date
from models.azerbaijani import fold

_MONTH = r"(?:yan|fev|mar|apr|may|iyu|avq|sen|okt|noy|dek|янв|фев|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек)\w*"
#: «12» before a month: the marks come out as a 6, a c or a euro sign before the day, and a 9, 3, 7 or ə behind it.
_QUOTED = re.compile(
    rf"(?<!\d)([^\w\s]|[cCğ])?\s?(\d{{2,4}})([»”“\"'?>)ə°s:]{{0,2}})\s+(?={_MONTH}\s+\S*\d)", re.IGNORECASE
)
_MONTH_AND_YEAR = re.compile(rf"(?<![^\W\d_]){_MONTH}\s+\W?(?:19|20)\d\d(?!\d)", re.IGNORECASE)
_OPENING, _CLOSING = "6", "937"
#: Old-style figures as letters, in words that hold a digit: "zo23", "2ş", "I98ş".
_FIGURES = str.maketrans("zZoOоОşŞıIlİ|", "2200005511111")
_FIGURE_WORD = re.compile(r"(?<![^\W_])(?=[^\s]*\d)[\dzZoOоОşŞıIlİ|]{1,4}(?![^\W_])")
_SIGNS = 0.8  # how sure a date is that needed a repair

#: Months as passports shorten them, by their first letters folded: English, French, Spanish, German, Turkish,
#: Azerbaijani, Polish, Romanian, Russian, Ukrainian.
_STEMS = (
    "jan oca ene yan sty ian янв січ", "feb fev şub lut фев лют", "mar mär мар бер", "apr avr abr nis kwi апр кві",
    "may mai maj май мая тра", "jun juin haz iyun iyn iun cze июн чер", "jul juil tem iyul iyl iul lip июл лип",
    "aug aou ago ağu avq sie авг сер", "sep eyl sen wrz сен вер", "oct okt eki paź окт жов",
    "nov noy noi kas lis ноя лис", "dec dic dez dek ara gru дек гру",
)  # fmt: skip
_MONTH_STEMS = {fold(stem).replace(" ", ""): number for number, stems in enumerate(_STEMS, 1) for stem in stems.split()}
_ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WORD = r"(?:[^\W\d_]|[123/](?=[AUau]))[^\W\d_.]*"  # J is taken for 1, 2, 3 or a stroke
_DAY_OF_DIGITS = re.compile(r"(?<!\d)(\d{1,2})\s?[./\- ]\s?(\d{1,2})\s?[./\- ]\s?((?:19|20)\d\d)(?!\d)")
_BROKEN_YEAR = re.compile(r"(?<!\d)(\d{1,2})[./\-](\d{1,2})[./\-]((?:19|20) \d\d)(?!\d|[./])")
_YEAR_FIRST = re.compile(r"(?<![\d.])((?:19|20)\d\d)\s?[./\- ]\s?(\d\d)\s?[./\- ]\s?(\d\d)(?!\d)")
_YEAR_AND_FOUR = re.compile(r"(?<![\d.])((?:19|20)\d\d) (\d\d)(\d\d)(?!\d)")
_RUN_TOGETHER = re.compile(r"(?<!\d)(\d\d)[./\- ]?(\d\d)[./\- ]?((?:19|20)\d\d)(?!\d)")
_DAY_OF_WORDS = re.compile(
    rf"(?<!\d)(\d{{1,2}})[\s./:\-]{{0,6}}({_WORD})(?:\.?\s?/\s?({_WORD}))?[\s./\-]{{0,3}}((?:19|20)\d\d|\d\d)(?!\d|[./]\d)"
)
#: "15 5月/MAY 2018": the month as a number and a sign before its name.
_NUMBERED_MONTH = re.compile(r"(?<=\d )\d{1,2}\s?[^\W\d_]?\s?/(?=\s?[A-Za-z]{3})")
_CENTURY = 40  # years of two digits up to it are of this century: no paper is issued later


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
    return _with_short_month(text.split())


def _with_short_month(words: Sequence[str]) -> Day | None:
    """The first day whose month is written in short: "11 fev 2025". Figures alone may be a part of any number."""
    spelt = (day for day in printed_days(words) if any(map(str.isalpha, "".join(words[day.start : day.end]))))
    return next((day for day in spelt if day.sure == 1.0), None)


def day_in(text: str) -> str | None:
    """The day alone, for comparing readings of one place."""
    found = find_day(text)
    return found.value if found else None


def tells_a_month(text: str) -> bool:
    """Whether a text tells a month with its year, whatever became of the day: "ö may 2024-cü il"."""
    return _MONTH_AND_YEAR.search(text) is not None


@dataclass(frozen=True, slots=True)
class PrintedDay(Day):
    """A day and the words that tell it, ``start`` to ``end`` (exclusive) of a row."""

    start: int
    end: int


def printed_days(words: Sequence[str]) -> list[PrintedDay]:
    """The days in a row of words as passports and cards print them, left to right; a row may hold several.

    >>> [each.value for each in printed_days("04 11 1978 20 AVR/APR 2018".split())]
    ['1978-11-04', '2018-04-20']
    """
    text = _NUMBERED_MONTH.sub(lambda found: " " * len(found[0]), " ".join(words))
    starts = [sum(len(word) + 1 for word in words[:at]) for at in range(len(words) + 1)]
    found: list[PrintedDay] = []
    for begin, end, day in sorted(_spelt_days(text), key=lambda found: (found[0], -found[2].sure)):
        if not found or starts[found[-1].end] <= begin:
            first = max(at for at in range(len(words)) if starts[at] <= begin)
            last = next(at for at in range(first + 1, len(words) + 1) if starts[at] >= end)
            found.append(PrintedDay(day.value, day.sure, first, last))
    return found


def _spelt_days(text: str) -> Iterator[tuple[int, int, Day]]:
    for pattern, sure in ((_DAY_OF_DIGITS, 1.0), (_RUN_TOGETHER, _SIGNS), (_BROKEN_YEAR, _SIGNS)):
        for match in pattern.finditer(text):
            if day := _calendar(match[3].replace(" ", ""), int(match[2]), match[1]):
                yield match.start(), match.end(), Day(day, sure)
    for pattern, sure in ((_YEAR_FIRST, 1.0), (_YEAR_AND_FOUR, _SIGNS)):
        for match in pattern.finditer(text):
            if day := _calendar(match[1], int(match[2]), match[3]):
                yield match.start(), match.end(), Day(day, sure)
    for match in _DAY_OF_WORDS.finditer(text):
        months = {month for name in match.group(2, 3) if name and (month := _month(name))}
        apart = match.end(1) < match.start(2)  # else the figure may be the J of a month without its day
        guess = _misread_month(match[2]) if apart and not months else None
        month = months.pop() if len(months) == 1 else guess
        if month and (day := _calendar(match[4], month, match[1])):
            yield match.start(), match.end(), Day(day, _SIGNS if guess else 1.0)


def _month(name: str) -> int | None:
    bare = fold(name).replace(" ", "")
    ends = bare[-3:] if len(bare) in (6, 7) else ""  # "MAI/MAY" read as "MALMAY"
    return _MONTH_STEMS.get(bare[:4]) or _MONTH_STEMS.get(bare[:3]) or _MONTH_STEMS.get(ends)


def _misread_month(name: str) -> int | None:
    """The English month that differs from a word of three letters in one: the Azerbaijani alphabet's J is rare, so
    engines read JAN as "AN", "UAN", "2AN"."""
    bare = fold(name).replace(" ", "")
    if len(bare) not in (2, 3):
        return None
    near = [
        number
        for number, month in enumerate(_ENGLISH, 1)
        if (len(bare) == 2 and month[1:] == bare)
        or (len(bare) == 3 and sum(a == b for a, b in zip(bare, month, strict=True)) == 2)
    ]
    return near[0] if len(near) == 1 else None


def _calendar(year: str, month: int, day: str) -> str | None:
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) <= _CENTURY else 1900)
    try:
        return date(full, month, int(day)).isoformat()
    except ValueError:
        return None


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
