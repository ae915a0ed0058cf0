"""Answers that are one of a few: choices, marital status, citizenship, sex, yes and no."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA

from extractors.values.texts import each, folded_words, is_denial, squeeze, text_or_none
from models import azerbaijani as az
from models.document import NONE

STATELESS = "stateless"


def choose(text: str, choices: Mapping[str, tuple[str, ...]]) -> str | None:
    """The one choice whose words the text uses, endings ("evliyəm") and one wrong letter forgiven; None if unclear."""
    words = folded_words(text)
    for matches in (_begins, _nearly):
        hits = {value for value, names in choices.items() for name in names if matches(words, folded_words(name))}
        if len(hits) == 1:
            return hits.pop()
        if hits:
            return _longest(words, hits, choices)
    return None


def _begins(words: list[str], name: list[str]) -> bool:
    """Whether the words of ``name`` follow each other in ``words``, the last one with any ending."""
    if not name:
        return False
    spans = (words[i : i + len(name)] for i in range(len(words) - len(name) + 1))
    return any(s[:-1] == name[:-1] and (s[-1] == name[-1] or (len(name[-1]) > 2 and s[-1].startswith(name[-1])))
               for s in spans)  # fmt: skip


def _nearly(words: list[str], name: list[str]) -> bool:
    wanted = "".join(name)
    return len(wanted) >= 4 and any(OSA.distance(w[: len(wanted) + 1], wanted) <= 1 or OSA.distance(w, wanted) <= 1
                                    for w in [*words, "".join(words)])  # fmt: skip


def _longest(words: list[str], hits: set[str], choices: Mapping[str, tuple[str, ...]]) -> str | None:
    """Of several choices the one with the longest phrase ("nikahda deyiləm" over "nikahda"); None when equal."""
    length = {value: _match_length(words, choices[value]) for value in hits}
    best = max(length.values())
    winners = [value for value, size in length.items() if size == best]
    return winners[0] if len(winners) == 1 else None


def _match_length(words: list[str], names: tuple[str, ...]) -> int:
    phrases = [folded_words(name) for name in names]
    return max((len("".join(p)) for p in phrases if _begins(words, p) or _nearly(words, p)), default=0)


#: Words of marriage beside those a form's description lists; a denied state ("evli deyiləm") is not that state.
MARITAL_WORDS: Mapping[str, tuple[str, ...]] = {
    "married": ("nikahda", "nikahdayam", "nikahlı", "evli", "evlənmişəm", "ərdə", "ərli", "ailəli", "ərə getmişəm",
                "ailə qurmuşam", "nikah bağlamışam", "женат", "замужем", "married", "evliyim"),
    "widowed": ("dul", "dul qalmışam", "вдова", "вдовец", "widow", "yoldaşım vəfat", "həyat yoldaşım vəfat"),
    "single": ("subay", "ailəsiz", "ərsiz", "evli deyil", "nikahda deyil", "evlənməmişəm", "ərə getməmişəm",
               "ailə qurmamışam", "bekar", "qeyri nikahda", "холост", "не замужем", "не женат", "single", "ərdə deyil",
               "nikahda olmamışam", "ailəli deyil"),
    "divorced": ("boşan", "ayrıl", "nikah pozul", "nikahım pozul", "nikahdan çıx", "разведен", "divorced",
                 "nikaha xitam", "nikahı pozul", "nikahı ləğv"),
}  # fmt: skip


def marital_status(text: str, choices: Mapping[str, tuple[str, ...]] | None = None) -> str | None:
    """``married``, ``widowed``, ``single`` or ``divorced``; None when the words fit none or several."""
    known = {key: (*(choices or {}).get(key, ()), *words) for key, words in MARITAL_WORDS.items()}
    told = choose(text, known)
    if told is None:  # "boşanmışam, subayam": how a marriage ended says more than that there is none
        told = choose(text, {key: known[key] for key in ("married", "divorced", "widowed")})
    return told


_STATELESS = re.compile(
    r"vetendasl\w* (olmayan|yox\w*|olmamis\w*)|vetendassiz\w*|apatrid|vetensiz|vatansiz|stateless|"
    r"без гражданства|vetendasliq\w* (yox\w*|olmayan)|hec bir (olkenin|dovletin) vetendasi deyil\w*"
)


def citizenship(text: str) -> str | None:
    """A citizenship in the applicant's own words, or ``stateless``; None when empty."""
    words = text_or_none(text)
    if words is None:
        return None
    return STATELESS if words == NONE or _STATELESS.search(az.fold(words)) else words


SEX_WORDS: Mapping[str, tuple[str, ...]] = {
    "male": ("kişi", "erkək", "kişi cinsi", "мужской", "муж", "male", "erkek"),
    "female": ("qadın", "женский", "жен", "female", "kadın", "qız"),
    "unknown": ("naməlum", "məlum deyil", "unknown"),
}


def sex(text: str, choices: Mapping[str, tuple[str, ...]] | None = None) -> str | None:
    """``male``, ``female`` or ``unknown``; None when the words fit none or several. Single letters are K, Q, M, F."""
    letter = {"k": "male", "m": "male", "q": "female", "f": "female"}.get(az.fold(text))
    if letter:
        return letter
    if re.search(r"\bfemale\b", text, re.IGNORECASE):
        return "female"
    return choose(text, {key: (*(choices or {}).get(key, ()), *words) for key, words in SEX_WORDS.items()})


_YES = frozenset(each("beli he hə yes true on x ✓ ✔ ☑ ☒ v да evet 1 daxil edilir"))


def boolean(text: str) -> bool | None:
    """True for a tick or a yes, False for a no, None when nothing is said."""
    words = squeeze(text)
    if not words:
        return None
    if az.fold(words) in _YES or words in _YES or words.strip("/").lower() in {"yes", "on"}:
        return True
    return False if is_denial(words) or words.strip("/").lower() in {"off", "false", "0", "☐"} else None
