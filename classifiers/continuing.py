"""Whether a page goes on with the page before it: numbers, broken sentences and tables, room left, its own title."""

from __future__ import annotations

import re

from classifiers.phrases import bare
from models.sheet import Line, MarkKind, Sheet

_OTHER_SHAPE = 0.35  # difference of width to height: a card or slip does not go on with a page
_FOOT = 0.85  # how far down a page is written that had no room for more
_TOP = 0.35
_A_TITLE = 6  # words and fewer
_ROWS = 3  # lines at the end and the beginning of a page that show a table going on
_OF_FIGURES = 0.4  # share of their words
_NUMBERED = re.compile(
    r"\b(?:səh(?:ifə)?|page|стр(?:аница)?|sayfa)\.?\s*(\d{1,2})\s*(?:[/\\]|-?d[ae]n|of|из)\s*\d{1,2}\b", re.IGNORECASE
)
_LINES_OF_AN_END = 5
_SIGNED = re.compile(r"imza|m\.\s?y\.|m\.\s?ö\.|подпись|signature|direktor|rəis|müdir|hakim|notarius|нотариус")
_ATTESTS = re.compile(  # a notary's words on what stands before, folded
    r"imzan\w* heqiqiiiyini|tercumenin (?:duzguniuyunu|heqiqiiiyini)"
    r"|удостоверен\w* мно[йи]|верность (?:перевода|подписи)"
)
_LAST_NUMBER = re.compile(r"(.*?)(\d{1,9})(\D*?\.\w+)")


def continuation(before: Sheet, after: Sheet) -> float:
    """Points for ``after`` going on with ``before``; 1 and more is good evidence."""
    lines, ends = _written(after), _written(before)
    if not lines or not ends:
        return 0.0
    points = page_number_points(before, after)
    if near(before, after):
        points += 1.0 if (before.file, before.page) == (after.file, after.page) else 0.5
    first = next((c for c in lines[0].text if c.isalpha()), "")
    if first.islower() or re.match(r"\d+[.)]\s", lines[0].text.strip()):
        points += 0.5
    if _rows(ends[-_ROWS:]) and _rows(lines[:_ROWS]):
        points += 0.4
    if _looks_signed(before):
        points -= 0.5  # a paper ends with its signature
    else:
        points += 0.3 * (ends[-1].text.strip()[-1] not in '.!?:;"»”)')
        points += 0.4 * (max(line.box.y1 for line in ends) >= _FOOT)
        points += 0.5 * _looks_signed(after)
    if _ATTESTS.search(bare(after.text)):
        points += 1.0
    if _has_own_title(lines):
        points -= 0.8
    if before.language is not after.language:
        points -= 0.6
    if abs(_ratio(before) - _ratio(after)) > _OTHER_SHAPE:
        points -= 1.0
    return points


def near(a: Sheet, b: Sheet) -> bool:
    """On one page, on following pages of one file, or in files that count on: "IMG_0412.jpg", "IMG_0413.jpg"."""
    if a.file == b.file:
        return 0 <= b.page - a.page <= 1
    (name, number), (other, following) = _counted(a.file), _counted(b.file)
    return name == other and number is not None and following == number + 1


def _counted(file: str) -> tuple[str, int | None]:
    """A file's name without its last number, and that number."""
    found = _LAST_NUMBER.fullmatch(file)
    return (found[1] + found[3], int(found[2])) if found else (file, None)


def _written(sheet: Sheet) -> list[Line]:
    return [line for line in sheet.lines if line.text.strip()]


def _rows(lines: list[Line]) -> bool:
    """Whether lines are of a table of sums and dates."""
    words = [word for line in lines for word in line.text.split()]
    return sum(any(c.isdigit() for c in word) for word in words) >= _OF_FIGURES * len(words)


def _has_own_title(lines: list[Line]) -> bool:
    """Whether a line near the top is set as a title: a few words in capitals, but not "MÜƏYYƏN ETDİ:"."""
    for line in lines:
        letters = [c for c in line.text if c.isalpha()]
        words = [word for word in bare(line.text).split() if len(word) > 3]
        short = words and len(line.text.split()) <= _A_TITLE and not line.text.rstrip().endswith(":")
        if line.box.y0 < _TOP and short and sum(c.isupper() for c in letters) > 0.8 * len(letters):
            return True
    return False


def _ratio(sheet: Sheet) -> float:
    return sheet.width_px / max(1, sheet.height_px)


def page_number_points(before: Sheet, after: Sheet) -> float:
    """ "2", "- 2 -", "2/3", "səh. 2" at the edge of the page; only the next number counts."""
    was, now = _page_number(before), _page_number(after)
    if now is None or now < 2:
        return -1.0 if now == 1 else 0.0
    return 0.8 if was in (None, now - 1) else -0.5


def _page_number(sheet: Sheet) -> int | None:
    if said := _NUMBERED.search(sheet.text):
        return int(said.group(1))
    for line in sheet.lines:
        if 0.09 < line.box.y0 < 0.9:
            continue
        match = re.fullmatch(r"\W*(?:səh(?:ifə)?\.?|s\.|page|стр\.?|sayfa)?\s*(\d{1,2})\s*(?:[/\\]|-?d[ae]n|of|из)?\s*"
                             r"(?:\d{1,2})?\W*", line.text.strip(), re.IGNORECASE)  # fmt: skip
        if match:
            return int(match.group(1))
    return None


def _looks_signed(sheet: Sheet) -> bool:
    """Whether a page ends a paper: a signature, a stamp, or words about them under its text."""
    if any(True for _ in sheet.marked(MarkKind.SIGNATURE)) or any(True for _ in sheet.marked(MarkKind.STAMP)):
        return True
    return any(_SIGNED.search(line.text.lower()) for line in _written(sheet)[-_LINES_OF_AN_END:])
