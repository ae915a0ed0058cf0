"""The Azerbaijani language as far as an office needs it: alphabet, casing, folding, transliteration, months.

Python's own casing is wrong here: ``"İ".lower()`` gives two code points and ``"I".lower()`` the wrong letter.
"""

from __future__ import annotations

import re
import unicodedata

UPPER = "ABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ"
LOWER = "abcçdeəfgğhxıijkqlmnoöprsştuüvyz"

MONTHS = (
    "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr",
)  # fmt: skip

_TO_LOWER = str.maketrans({"I": "ı", "İ": "i"})
_TO_UPPER = str.maketrans({"ı": "I", "i": "İ"})

#: Azerbaijani letters to the letters they are mistaken for or typed as without diacritics.
_PLAIN = str.maketrans("əğıöüçşƏĞİÖÜÇŞ", "egioucsEGIOUCS")

#: Azerbaijani Cyrillic (1958-1991) to Latin, letter by letter.
_CYRILLIC = dict(
    zip(
        "абвгғдеәжзиыјкҝлмноөпрстуүфхһчҹш",
        ["a", "b", "v", "q", "ğ", "d", "e", "ə", "j", "z", "i", "ı", "y", "k", "g", "l", "m", "n", "o", "ö", "p", "r",
         "s", "t", "u", "ü", "f", "x", "h", "ç", "c", "ş"],
        strict=True,
    )
)  # fmt: skip
_CYRILLIC |= {"й": "y", "э": "e", "ю": "yu", "я": "ya", "ц": "s", "щ": "ş", "ё": "yo", "ь": "", "ъ": ""}

#: What a letter may become in a machine-readable zone (documents.md); the first is the usual one.
MRZ_LETTERS: dict[str, tuple[str, ...]] = {
    "Ə": ("E", "A", "AE"), "İ": ("I",), "I": ("I",), "Ş": ("S", "SH"), "Ç": ("C", "CH"), "Ğ": ("G",), "Ö": ("O", "OE"),
    "Ü": ("U", "UE"), "X": ("X", "KH"), "Q": ("Q", "G", "K"), "C": ("C", "J", "DJ"), "J": ("J", "ZH"), "Y": ("Y", "I"),
}  # fmt: skip


def lower(text: str) -> str:
    """Lower case by Azerbaijani rules (İ to i, I to ı)."""
    return text.translate(_TO_LOWER).lower()


def upper(text: str) -> str:
    """Upper case by Azerbaijani rules (i to İ, ı to I)."""
    return text.translate(_TO_UPPER).upper()


def plain(text: str) -> str:
    """Letters without their Azerbaijani marks, case kept: Ə to E, Ş to S, ı to i, ..."""
    bare = text.translate(_PLAIN)
    if bare.isascii():
        return bare
    return "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))


def fold(text: str) -> str:
    """For comparing: lower case, no diacritics, letters and digits only, single spaces."""
    return " ".join(re.findall(r"[^\W_]+", plain(lower(text))))


def latin(text: str) -> str:
    """Azerbaijani Cyrillic letters in Latin; other characters stay."""
    out = []
    for c in text:
        low = c.lower()
        if low in _CYRILLIC:
            got = _CYRILLIC[low]
            out.append(got if c == low else upper(got[:1]) + got[1:])
        else:
            out.append(c)
    return "".join(out)
