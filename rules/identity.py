"""Whether two readings of a name or a date are of one person.

Scripts, transliterations, swapped order, patronymics and grammatical endings never make a difference; one letter that
a reader may have mistaken makes a doubt (casework.md, ``identity_mismatch``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import product

from models.azerbaijani import latin, lower, plain


class Likeness(IntEnum):
    """How alike two readings are; the smaller the worse."""

    DIFFERENT = 0
    DOUBTFUL = 1  # one letter or digit apart
    SAME = 2


#: Words that follow or join names and name nobody.
PARTICLES = frozenset({"oglu", "ogly", "qizi", "kyzy", "gizi", "kizi", "ogli", "qyzy", "guzu", "bin", "bint"})

#: Letters that may stand for several others, after casing by Azerbaijani rules.
_ALTERNATIVES: dict[str, tuple[str, ...]] = {
    "ə": ("a", "e"), "q": ("g", "k"), "ö": ("o", "e"), "ё": ("e", "o"), "h": ("h", "g"),
    "x": ("x", "ks"),
}  # fmt: skip

#: Russian letters that the Azerbaijani Cyrillic table reads differently or does not hold.
_RUSSIAN = {"г": "g", "х": "h", "ч": "ch", "ш": "sh", "щ": "sh", "ы": "i", "й": "i", "ю": "iu", "я": "ia", "ж": "j"}
_RUSSIAN_H = {**_RUSSIAN, "г": "h"}

#: Spellings that mean one sound, applied in order to plain Latin letters.
_SOUNDS = (
    ("dzh", "c"), ("dj", "c"), ("tch", "c"), ("ch", "c"), ("zh", "c"), ("j", "c"), ("sch", "s"), ("sh", "s"),
    ("ts", "s"), ("kh", "h"), ("gh", "g"), ("x", "h"), ("w", "v"), ("ph", "f"), ("y", "i"),
)  # fmt: skip

#: Marked vowels written out, as zones do: after the glides between vowels are gone.
_VOWELS = (("ae", "e"), ("oe", "o"), ("ue", "u"))

_ENDINGS = (
    "in", "nin", "un", "nun", "a", "e", "ya", "ye", "na", "ne", "i", "u", "ni", "nu", "dan", "den", "da", "de", "ia",
    "ie", "yi", "yu",
)  # fmt: skip

#: What letters stand for elsewhere: (German, French, Belarusian, Romanian, Polish, Turkic and Arabic names.)
_ORTHOGRAPHIES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("eaux?|aux$", "o"), ("et$", "e"), ("rre$|(?<=[^aeiour])re$", "r"), ("jea", "ja"),
        ("sch", "s"), ("sz", "s"), ("cz", "c"), ("rz", "j"), ("t?z$", "s"), ("ck(?=[ia])", "tsk"),
        ("ck", "k"), ("th", "t"), ("gn", "ny"), ("qu", "k"), ("ei", "ai"), ("oo", "u"), ("ee", "i"), ("ou", "u"),
        ("j", "x"), ("j", "y"), ("(?<=[aeio])u(?=[^aeəioöuü]|$)", "v"), ("^u(?=[^aeəioöuü])", "v"), ("dz(?=i)", "d"),
        ("c(?=[aou]|[^aeəioöuüy]|$)", "k"), ("c(?=[eiy])", "s"), ("(?<=i)t(?=a$)", "s"),
        ("(?<=[aeiou])h(?=[^aeəioöuü]|$)", ""), ("(?<=n)h$", ""), ("^r[ei]z(?=a)", "rz"), ("er$", "r"),
        ("o", "u"), ("o(?=[^aeəioöuü])", "a"), ("e", "i"), ("ch", "sh"), ("g(?=[ei])", "x"), ("ge(?=[^aeiou])", "je"),
        ("gi(?=[aou])", "j"), ("gu(?=[ei])", "g"), ("(?<=[rn])d$", ""), ("ier$", "ie"), ("oi(?=[ns])", "ua"),
        ("c(?=ua)", "s"), ("(?<=ua)s$", ""), ("c?ques?$", "k"), ("(?<=l)es$", ""), ("^w(?=[aeio])", "u"),
    )
)  # fmt: skip

#: The same for surnames alone: given names of twins differ by no more (Martin, Martine; Arman, Armin).
_OF_SURNAMES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (("a?in$", "an"), ("(?<=[^aeiou])e$", ""), ("(?<=[aeiour])[ts]$", ""), ("^h(?=[aeiou])", ""))
)

_K_SOUNDS = str.maketrans("gcx", "kkk")
_FEWEST_BONES = 2
_SHORTEST_PART = 2  # letters that are no beginning yet
#: -zadə ("born of") as Iranian passports spell it, -ZADEH or -ZADAH: an ending of surnames only.
_ZADEH = re.compile(r"(?<=zad[ae])h$")

_TOO_MANY = 512


def names_alike(one: str, other: str) -> Likeness:
    """Compares two single names (a surname, a given name), whatever the script.

    A name of several words agrees with the other when the words of the shorter all stand in the longer.
    """
    left, right = _words(one), _words(other)
    if not left or not right:
        return Likeness.DIFFERENT
    short, long = sorted((left, right), key=len)
    return min(max(_word_alike(word, candidate) for candidate in long) for word in short)


def heard_alike(one: str, other: str, *, surname: bool = False) -> bool:
    """Whether two spellings are one name written down by ear in two languages: Yoldaşeva and YULDASHEVA, Vayss and
    WEISS, Yurqa and JURGA.

    Alone this proves nothing, beside an equal birth date it does: names that differ in a vowel or an ending (Kamil and
    Kamal, Samir and Samirə, Mario and Maria) are not alike. ``surname``: twins share theirs, so it may differ more.
    """
    short, long = sorted((_words(one), _words(other)), key=len)
    return bool(short) and all(
        any(_heard(word, surname) & _heard(candidate, surname) for candidate in long) for word in short
    )


def same_consonants(one: str, other: str) -> bool:
    """Whether two spellings may be one name by their consonants: vowels, h and the k sounds are written differently
    everywhere. This proves nothing, and is enough for a doubt."""
    left, right = ({_skeleton(sound) for word in _words(name) for sound in _heard(word)} for name in (one, other))
    return any(len(bones) >= _FEWEST_BONES for bones in left & right)


def _skeleton(sound: str) -> str:
    bones = re.sub(r"[aeiouh]", "", sound).translate(_K_SOUNDS)
    return re.sub(r"(.)\1+", r"\1", bones)


def may_be_cut(name: str, text: str) -> bool:
    """Whether a text holds but the beginning of a name, its last letter perhaps misread: Ruş of Rustam under a stamp.

    This proves nothing, and is enough for a doubt about a text that a reader has taken from a picture.
    """
    wholes = {sound for word in _words(name) for sound in _sounds(word)}
    parts = {sound for word in _words(text) for sound in _sounds(word) if len(sound) > _SHORTEST_PART}
    return any(len(part) < len(whole) and whole.startswith(part[:-1]) for part in parts for whole in wholes)


def persons_alike(surname: str, given_name: str, text: str, *, inflected: bool = True) -> Likeness:
    """Whether a full name as a paper writes it (any order, with patronymic) is this person's; see ``named_in``."""
    return min(
        named_in(surname, text, inflected=inflected), named_in(given_name, text, by_initial=True, inflected=inflected)
    )


def named_in(name: str, text: str, *, by_initial: bool = False, inflected: bool = True) -> Likeness:
    """Whether a full name as a paper writes it holds a single name.

    ``by_initial``: a letter may stand for it, as in "Məmmədov Ə. H.". ``inflected``: with a case ending, as in
    running text; on a card KAMILA is another person than Kamil.
    """
    words, wanted = _words(text), _words(name)[:1]
    if not words or not wanted:
        return Likeness.DIFFERENT
    if by_initial:
        initials = {sound for letter in re.findall(r"\b[^\W\d_]\b", lower(text)) for sound in _sounds(letter)}
        if initials & {sound[:1] for sound in _sounds(wanted[0])}:
            return Likeness.SAME
    alike = max(_word_alike(wanted[0], word) for word in words)
    return max(alike, *(_inflected(wanted[0], word) for word in words)) if inflected else alike


def tells_both_names(text: str) -> bool:
    """Whether a text holds more than a surname alone."""
    return len(re.findall(r"[^\W\d_]+", text)) > 1


def tells_no_surname(own: Sequence[str], text: str) -> bool:
    """Whether a text names somebody by ``own``, the given name and the father's, alone: "Volha Mixaylovna"."""
    return len(own) == 2 and len(_words(text)) <= 2 and all(named_in(name, text) is Likeness.SAME for name in own)


def dates_alike(one: str, other: str) -> Likeness:
    """Two ISO dates: the same, one digit apart (or day and month swapped), or different."""
    if one == other:
        return Likeness.SAME
    if len(one) == len(other) == 10:
        wrong = sum(a != b for a, b in zip(one, other, strict=True))
        swapped = one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]
        return Likeness.DOUBTFUL if wrong == 1 or swapped else Likeness.DIFFERENT
    return Likeness.SAME if one.startswith(other) or other.startswith(one) else Likeness.DIFFERENT


def digits_alike(one: str, other: str) -> Likeness:
    """Two codes (accounts, VÖEN) with spaces and marks removed."""
    left, right = (re.sub(r"[^0-9A-Z]", "", code.upper()) for code in (one, other))
    if left == right:
        return Likeness.SAME
    return Likeness.DOUBTFUL if _within_one(left, right) else Likeness.DIFFERENT


def _words(text: str) -> list[str]:
    found = re.findall(r"[^\W\d_]+", lower(text.replace("<", " ")).replace("'", "").replace("’", ""))
    return [word for word in found if plain(word) not in PARTICLES and (len(word) > 1 or len(found) == 1)]


def _word_alike(one: str, other: str) -> Likeness:
    if one == other:
        return Likeness.SAME
    left, right = _sounds(one), _sounds(other)
    if left & right:
        return Likeness.SAME
    near = any(_within_one(a, b) for a in left for b in right) or _within_one(plain(one), plain(other))
    return Likeness.DOUBTFUL if near else Likeness.DIFFERENT


def _inflected(name: str, word: str) -> Likeness:
    """``Leylaya``, ``Məmmədovun``: the name with an ending of the Azerbaijani cases."""
    bare = plain(latin(word))
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            stem = word[: -len(ending)]
            if _sounds(name) & _sounds(stem):
                return Likeness.SAME
    return Likeness.DIFFERENT


@lru_cache(maxsize=4096)
def _sounds(word: str) -> frozenset[str]:
    """Every canonical spelling a word may have had before it was transliterated."""
    spellings = {latin(word)}
    if re.search(r"[а-яё]", word):
        spellings |= {latin("".join(table.get(c, c) for c in word)) for table in (_RUSSIAN, _RUSSIAN_H)}
    found: set[str] = set()
    for spelling in spellings:
        options = [_ALTERNATIVES.get(letter, (letter,)) for letter in spelling]
        for number, letters in enumerate(product(*options)):
            if number >= _TOO_MANY:
                break
            found.add(_canonical("".join(letters)))
    return frozenset(found)


@lru_cache(maxsize=4096)
def _heard(word: str, surname: bool = False) -> frozenset[str]:
    """Every sound that a word may have in the orthographies of other states."""
    spellings = {lower(latin(word)).replace("ı", "i")}
    for pattern, sound in (*_ORTHOGRAPHIES, *(_OF_SURNAMES if surname else ())):
        spellings |= {pattern.sub(sound, spelling) for spelling in spellings}
    return frozenset(sound for spelling in sorted(spellings)[:_TOO_MANY] for sound in _sounds(spelling))


def _canonical(word: str) -> str:
    word = _ZADEH.sub("", plain(word))
    for spelling, sound in _SOUNDS:
        word = word.replace(spelling, sound)
    word = word.replace("q", "g")
    word = re.sub(r"(.)\1+", r"\1", word)
    word = re.sub(r"i(?=[aeou])", "", word)
    for spelling, sound in _VOWELS:
        word = word.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", word)


def _within_one(one: str, other: str) -> bool:
    """Whether at most one letter was replaced, added or lost."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 3:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    return (
        one[start + 1 :] == other[start + 1 :] or one[start:] == other[start + 1 :] or one[start + 1 :] == other[start:]
    )
