"""Dates, months and periods."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from extractors.values.texts import HINTS, each, squeeze
from models import azerbaijani as az


class Precision(StrEnum):
    """How exactly a date is given. ``IMPOSSIBLE``: a date that no calendar has; ``NOTHING``: no date at all."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    IMPOSSIBLE = "impossible"
    NOTHING = ""


_MONTH_NAMES: dict[str, int] = {
    name: number
    for names in (
        [az.fold(month) for month in az.MONTHS],
        each("ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik"),
        each("january february march april may june july august september october november december"),
        each("jan feb mar apr may jun jul aug sep oct nov dec"),
        each("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
        each("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    )
    for number, name in enumerate(names, start=1)
}
_ROMAN = {name: i for i, name in enumerate(each("i ii iii iv v vi vii viii ix x xi xii"), start=1)}
_MONTH_ENDINGS = (
    "in",
    "un",
    "da",
    "de",
    "dan",
    "den",
    "a",
    "e",
    "i",
    "u",
    "nin",
    "nun",
    "ta",
    "in",
    "dan",
    "ayi",
    "ay",
)
_TOKEN = re.compile(r"(?<![^\W_])\d+|[^\W\d_]+")  # "c1" is a misread "ci", no day
_TWO_PLACES = r"\d{2}(?![^\W_]|[./?*]\w|[?*]|\s\d{1,2}(?!\d))"  # of a year, not the rest of a damaged one
_NUMERIC = re.compile(
    r"(?<![\dlIıOo|])(?<!\d[./])(\d{1,2})\s?[./,\-–:·\\ ]\s?(\d{1,2})\s?[./,\-–:·\\ ]\s?(\d{4}|"
    + _TWO_PLACES
    + r")(?!\d)"
)
_ISO = re.compile(r"(?<!\d)(\d{4})\s?[./\-–]\s?(\d{1,2})\s?[./\-–]\s?(\d{1,2})(?!\d)")
_ROMAN_DATE = re.compile(r"(?<!\d)(\d{1,2})\s?[./\- ]\s?([IVX]{1,4})\s?[./\- ]\s?(\d{4})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)")
_DATE_PATTERNS = ((_ISO, (1, 2, 3)), (_NUMERIC, (3, 2, 1)), (_COMPACT, (3, 2, 1)), (_ROMAN_DATE, (3, 2, 1)))
_MONTH_YEAR = re.compile(r"(?<!\d)(?<!\d[./])(\d{1,2})\s?[./\-–]\s?((?:19|20)\d{2})(?!\d)")
_YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[./\-–]\s?(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_SPECKLED_YEAR = re.compile(r"(?<![\d.,/-])([12])[.,](\d{3})(?![\d.,/-])")
_DIGIT_LOOKALIKES = str.maketrans("OoОоQlIıİi|SsBZz", "0000011111155822")
_DIGITISH = re.compile(r"(?<![^\W_])(?=[^\s]*\d)[\dOoОоlIıİi|SB]{1,4}(?:[./][\dOoОоlIıİi|SB]{1,4})+(?![^\W_])")


def _repaired_digits(text: str) -> str:
    """Letters that engines put for digits, turned back, only inside groups that look like a numeric date."""
    return _DIGITISH.sub(lambda found: found.group().translate(_DIGIT_LOOKALIKES), text)


def parse_date(text: str) -> tuple[str | None, Precision]:
    """The first date of a text in ISO 8601 as exact as it is written (1985-03-12, 2009-05 or 2009).

    Days come before months. Month names in Azerbaijani, Russian, Turkish and English, with case endings. ``IMPOSSIBLE``
    comes with None: the text holds a date that no calendar has (31.02.1985).
    """
    bare = HINTS.sub(" ", re.sub(r"[«»\"“”„'’‘`]|<<|>>", " ", text))
    bare = _SPECKLED_YEAR.sub(r"\1\2", bare)
    readings = (
        (_numeric_date, bare),
        (_numeric_date, _repaired_digits(bare)),
        (_named_date, bare),
        (_month_and_year, bare),
    )
    for reading, words in readings:
        value, precision = reading(words)
        if precision is not Precision.NOTHING:
            return value, precision
    return None, Precision.NOTHING


def parse_month(text: str) -> str | None:
    """A month as YYYY-MM (a day is dropped), or YYYY where only the year is written; None when neither is there."""
    value, precision = parse_date(text)
    return value[:7] if value and precision is Precision.DAY else value


def _numeric_date(text: str) -> tuple[str | None, Precision]:
    candidates = [
        (found.start(), year, month, day)
        for pattern, order in _DATE_PATTERNS
        for found in pattern.finditer(text)
        for year, month, day in [[found.group(i) for i in order]]
    ]
    if not candidates:
        return None, Precision.NOTHING
    _, year, month, day = min(candidates, key=lambda c: c[0])
    return _calendar_day(year, _ROMAN.get(month.lower()) or int(month), int(day))


def _calendar_day(year: str, month: int, day: int) -> tuple[str | None, Precision]:
    try:
        return date(_full_year(year), month, day).isoformat(), Precision.DAY
    except ValueError:
        return None, Precision.IMPOSSIBLE


def _full_year(year: str) -> int:
    """Two digits mean 1931-2030: nobody on these forms was born or signs outside it."""
    number = int(year)
    return number if len(year) > 2 else number + (1900 if number > 30 else 2000)


def _named_date(text: str) -> tuple[str | None, Precision]:
    tokens = _TOKEN.findall(text)
    for at, token in enumerate(tokens):
        month = month_number(token)
        if month is None:
            continue
        before, after = tokens[max(0, at - 4) : at], tokens[at + 1 : at + 5]
        year = next((t for t in (*after, *reversed(before)) if _YEAR.fullmatch(t)), None)
        day = next((t for t in (*reversed(before[-2:]), *after[:3]) if t.isdigit() and len(t) <= 2), None)
        if year and day:
            return _calendar_day(year, month, int(day))
        if year:
            return f"{year}-{month:02d}", Precision.MONTH
    return None, Precision.NOTHING


@lru_cache(maxsize=4096)
def month_number(word: str) -> int | None:
    """The month a word names, case endings and one wrong letter forgiven (not between "iyun" and "iyul")."""
    name = az.fold(word).replace(" ", "")
    if name in _MONTH_NAMES:
        return _MONTH_NAMES[name]
    for stem, number in _MONTH_NAMES.items():
        if len(stem) > 3 and name.startswith(stem) and name[len(stem) :] in _MONTH_ENDINGS:
            return number
    near = {n for stem, n in _MONTH_NAMES.items() if len(stem) >= 5 and abs(len(name) - len(stem)) <= 1 and
            OSA.distance(name, stem) == 1}  # fmt: skip
    return near.pop() if len(near) == 1 else None


def _month_and_year(text: str) -> tuple[str | None, Precision]:
    found = [(m.start(), m.group(2), m.group(1)) for m in _MONTH_YEAR.finditer(text)]
    found += [(m.start(), m.group(1), m.group(2)) for m in _YEAR_MONTH.finditer(text)]
    for _, year, month in sorted(found):
        if 1 <= int(month) <= 12:
            return f"{year}-{int(month):02d}", Precision.MONTH
        if len(month) == 2 and int(month) > 31:  # "2005-09" is September, "1998-99" is two years
            break
        return None, Precision.IMPOSSIBLE
    year_only = _YEAR.search(text)
    return (year_only.group(1), Precision.YEAR) if year_only else (None, Precision.NOTHING)


_ONGOING = re.compile(
    r"\b(hal hazir\w*|halhazir\w*|hazir(da|ki|adek)\w*|indi(ye|yedek|yecen|ki)?|davam|bu ?gun\w*|h h|"
    r"настоящ\w*|по сей|present|now|current\w*|halen|devam)\b"
)


def is_ongoing(text: str) -> bool:
    """Whether the end of a period says that it still goes on ("hal-hazırda", "indiyədək", "davam edir")."""
    return bool(_ONGOING.search(az.fold(text)))


def split_period(text: str) -> tuple[str, str]:
    """The two ends of a period in one cell ("09.2005 - hal-hazırda"); the second is empty when there is only one."""
    ends = re.split(r"\s+[-–—]+\s*|\s*[–—]+\s*|(?<=\d{4})\s*-\s*(?=\d|[^\W\d_])", squeeze(text), maxsplit=1)
    if len(ends) == 2 and not re.match(r"(ci|cı|cu|cü)\b", ends[1]):
        return ends[0].strip(), ends[1].strip()
    years = re.findall(r"\S*(?:19|20)\d{2}\S*", text)
    return (years[0], years[1]) if len(years) == 2 else (squeeze(text), "")
