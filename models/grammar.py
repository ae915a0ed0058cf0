"""Azerbaijani grammar as an office letter needs it: ordinals, dates, case endings, the names of clauses.

For everyone who writes sentences a person reads: the rules (``Finding.text``), the notices, the desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from models.azerbaijani import MONTHS, lower

_UNITS = ("sıfır", "bir", "iki", "üç", "dörd", "beş", "altı", "yeddi", "səkkiz", "doqquz")
_TENS = ("", "on", "iyirmi", "otuz", "qırx", "əlli", "altmış", "yetmiş", "səksən", "doxsan")
_POWERS = ((1_000_000_000, "milyard"), (1_000_000, "milyon"), (1000, "min"), (100, "yüz"))

#: Last vowel of a word to the vowels that follow it: (narrow, wide).
_HARMONY = {
    "a": ("ı", "a"), "ı": ("ı", "a"), "o": ("u", "a"), "u": ("u", "a"),
    "e": ("i", "ə"), "ə": ("i", "ə"), "i": ("i", "ə"), "ö": ("ü", "ə"), "ü": ("ü", "ə"),
}  # fmt: skip

#: Words whose last vowel falls before an ending that begins with a vowel.
_CONTRACTED = {"fotoşəkil": "fotoşəkl", "şəkil": "şəkl", "isim": "ism", "cisim": "cism", "fikir": "fikr"}

#: Loan words whose k or q stays.
_UNSOFTENED = frozenset({"hüquq", "iştirak", "əmlak", "əxlaq", "idrak"})


class Case(StrEnum):
    """The cases besides the nominative."""

    GENITIVE = "genitive"  # sənədin
    DATIVE = "dative"  # sənədə
    ACCUSATIVE = "accusative"  # sənədi
    LOCATIVE = "locative"  # sənəddə
    ABLATIVE = "ablative"  # sənəddən


def number_words(number: int) -> str:
    """A whole number from 0 in words: 110 is "yüz on"."""
    if number < 10:
        return _UNITS[number]
    if number < 100:
        return " ".join(filter(None, (_TENS[number // 10], _UNITS[number % 10] if number % 10 else "")))
    size, name = next((size, name) for size, name in _POWERS if number >= size)
    count, rest = divmod(number, size)
    # "yüz" and "min" stand alone, "bir milyon" does not.
    head = name if count == 1 and size <= 1000 else f"{number_words(count)} {name}"
    return f"{head} {number_words(rest)}" if rest else head


def vowels_after(word: str) -> tuple[str, str]:
    """The narrow and the wide vowel that an ending of ``word`` takes: "reqlament" gives ("i", "ə")."""
    found = [c for c in lower(word) if c in _HARMONY]
    return _HARMONY[found[-1]] if found else ("i", "ə")


def ordinal(number: str | int) -> str:
    """A number, or a clause number, with the ordinal ending of its last digits: "2.6.1.4-cü", "8-1-ci", "46-cı"."""
    text = str(number)
    last = re.findall(r"\d+", text)[-1]
    return f"{text}-c{vowels_after(number_words(int(last)))[0]}"


def year(number: int) -> str:
    """A year as offices write it: "1985-ci il"."""
    return f"{ordinal(number)} il"


def date_words(day: date) -> str:
    """A day as offices write it: "22 noyabr 2026-cı il"."""
    return f"{day.day} {MONTHS[day.month - 1]} {year(day.year)}"


def moment_words(moment: datetime) -> str:
    """Day and time of the clock that ``moment`` carries: "22 noyabr 2026-cı il, saat 14:05"."""
    return f"{date_words(moment)}, saat {moment:%H:%M}"


def deadline_words(day: date) -> str:
    """Until a day, that day included: "27 noyabr 2026-cı il tarixinədək (həmin gün daxil olmaqla)"."""
    return f"{date_words(day)} tarixinədək (həmin gün daxil olmaqla)"


def suffix(word: str, case: Case | str, *, possessive: bool = False) -> str:
    """``word``, or a phrase by its last word, in a case.

    ``possessive``: the word already ends in a possessive ending of the third person ("Miqrasiya Xidməti"), so that
    the endings begin with n. Not for proper names ending in k or q, which do not soften.
    """
    narrow, wide = vowels_after(word)
    vowel_end = lower(word)[-1:] in _HARMONY
    if case in (Case.LOCATIVE, Case.ABLATIVE):
        return word + ("n" if possessive else "") + f"d{wide}" + ("n" if case == Case.ABLATIVE else "")
    ending = wide if case == Case.DATIVE else narrow
    buffer = "" if not vowel_end else "y" if case == Case.DATIVE and not possessive else "n"
    stem = word if vowel_end else _softened(word)
    return stem + buffer + ending + ("n" if case == Case.GENITIVE else "")


def _softened(word: str) -> str:
    """The stem before an ending that begins with a vowel: nazirlik to nazirliy, uşaq to uşağ, şəkil to şəkl."""
    head, space, last = word.rpartition(" ")
    if lower(last) in _CONTRACTED:
        return head + space + last[: len(_CONTRACTED[lower(last)]) - 1] + last[-1]
    several_syllables = sum(c in _HARMONY for c in lower(last)) > 1
    if several_syllables and last[-1:] in ("k", "q") and lower(last) not in _UNSOFTENED:
        return word[:-1] + ("y" if last[-1] == "k" else "ğ")
    return word


def listed(items: Iterable[str], joint: str = "və") -> str:
    """Things in a row: "a, b və c"."""
    *head, last = items
    return f"{', '.join(head)} {joint} {last}" if head else last


#: The sources as a letter names them in the genitive; None where the source has no numbered clauses.
_GENITIVES = {"REG28": "Reqlamentin", "DEC189": "Əsasnamənin"}
_WHOLE = {
    "REG28": "Reqlament",
    "DEC189": "Əsasnamə",
    "STAY": "“Olduğu yer üzrə qeydiyyata alınma” elektron xidmətinin qaydası",
    "EMB": "“Miqrasiya qaydaları” məlumat səhifəsi",
    "QA": "“Sual – Cavab” məlumat səhifəsi",
}

#: What the short names stand for; a letter that cites a source says so once.
SOURCE_NAMES = {
    "REG28": (
        "“Azərbaycan Respublikası vətəndaşlığının əldə edilməsi üçün müraciətin və sənədlərin qəbulu üzrə inzibati "
        "reqlament” (Dövlət Miqrasiya Xidməti Kollegiyasının 2015-ci il 19 noyabr tarixli 28 nömrəli qərarı)"
    ),
    "DEC189": (
        "“Azərbaycan Respublikasının vətəndaşlığı məsələlərinə baxılması və onların həlli qaydaları haqqında "
        "Əsasnamə” (Azərbaycan Respublikası Prezidentinin 1999-cu il 30 avqust tarixli 189 nömrəli Fərmanı)"
    ),
}  # fmt: skip


def source_words(source: str) -> str:
    """The short name a letter uses for a source: "Reqlament"."""
    return _WHOLE[source]


def clause_words(clause: str, case: Case | str | None = None) -> str:
    """A clause in words: "REG28 2.6.1.4" is "Reqlamentin 2.6.1.4-cü yarımbəndi", "DEC189 17" "Əsasnamənin 17-ci bəndi".

    REG28 calls its two-step numbers "bənd" and the longer ones "yarımbənd"; "DEC189 11-13" is a range. ``case`` puts
    the whole phrase into that case. Raises ValueError for an unknown source.
    """
    source, _, number = clause.partition(" ")
    if source not in _WHOLE:
        raise ValueError(f"no such source: {clause!r}")
    if not number or source not in _GENITIVES:
        return _in_case(_WHOLE[source], case, possessive=source not in _GENITIVES)
    unit = "yarımbənd" if number.count(".") >= 2 else "bənd"
    plural = "ləri" if _is_range(number) else "i"
    return _in_case(f"{_GENITIVES[source]} {ordinal(number)} {unit}{plural}", case, possessive=True)


def _in_case(phrase: str, case: Case | str | None, *, possessive: bool) -> str:
    return suffix(phrase, case, possessive=possessive) if case else phrase


def _is_range(number: str) -> bool:
    """11-13 is a range; 4-1 and 2.6.1.8-1 are numbers of inserted clauses."""
    first, dash, last = number.partition("-")
    return bool(dash) and first.isdigit() and int(last) > int(first)
