"""White space, writing lines, empty answers and denials."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models import azerbaijani as az
from models.document import NONE

_LEADERS = re.compile(r"_{2,}|\.{4,}|…{2,}|(?:\. ){4,}\.?|(?:_ ){2,}_?|-{4,}|(?<!\S)[_.…·]+(?!\S)")
#: What a form prints under a place for a date.
HINTS = re.compile(r"\(\s*g[üu]n\s*[,.]?\s*ay\s*[,.]?\s*[iı]l\s*\)", re.IGNORECASE)
_HOLLOW = re.compile(r"(?:[^\w✓✔☑☒✗✘■●]|_)*")


def each(words: str) -> list[str]:
    """The words of a list written as one text."""
    return words.split()


def squeeze(text: str) -> str:
    """White space folded to single blanks, ends stripped; soft hyphens and zero-width characters gone."""
    return " ".join(re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text).split())


def without_leaders(text: str) -> str:
    """An answer without the writing line it stands on (underscores, dotted leaders), the hint "(gün, ay, il)" and the
    printed arrow that points to it."""
    return squeeze(_LEADERS.sub(" ", HINTS.sub(" ", text))).lstrip("→➔➜➤►▶▸⇒ ")


def is_dash(text: str) -> bool:
    """A dash or strokes only, as written into cells that have no answer."""
    return bool(re.fullmatch(r"[\s\-–—−‒―/\\]*[\-–—−‒―/\\][\s\-–—−‒―/\\.]*", text))


def is_hollow(text: str) -> bool:
    """No letter, no digit and no tick; a dash is not hollow, it denies."""
    return bool(_HOLLOW.fullmatch(text)) and not is_dash(text)


_DENYING = re.compile(
    r"yox(dur|du|umdur|umdu|dular)?|xeyr|xeyir|deyil(em|dir)?|hec|yo[kx]tur|yok|hayir|"
    r"\w+m[ae](mi[sgc]|yib)(am|em|dir|iq|ik|lar|ler)?|\w*olmur(am)?|(?!bil)\w+m[iu]r[ae]m|"
    r"нет|не|никогда|отсутствует|no|none|not|never|nil|n a"
)
_FILLERS = frozenset(
    each(
        "bir biri hec vaxt zaman de da ki bele hal hallar indiyedek indiye qeder kimi men menim mende bu o her hansi "
        "sual uzre barede haqqinda melumat elave qeyd defe elaqedar ve ya ne vaxtsa terefimden ozum isem "
        "muhakime cinayet inzibati mesuliyyete mesuliyyetine "
        "имею имеется был была бы менял меняла i have any had been do am was"
    )
)


def is_denial(text: str, topic: Iterable[str] = ()) -> bool:
    """Whether the whole answer denies ("Xeyr, olmamışam", "yoxdur", "-").

    ``topic`` is the question: words that only repeat it ("mühakimə olunmamışam") add nothing to a denial, while any
    other word makes the answer a text of its own.
    """
    if is_dash(text):
        return True
    words = folded_words(text)
    stems = {word[:5] for wording in topic for word in folded_words(wording) if len(word) >= 3}
    denied = [word for word in words if _DENYING.fullmatch(word)]
    rest = [w for w in words if w not in denied and w not in _FILLERS and w[:5] not in stems]
    return bool(denied) and not rest


def text_or_none(text: str, topic: Iterable[str] = ()) -> str | None:
    """A text answer: None when empty, ``"none"`` when it wholly denies, else the words themselves."""
    words = squeeze(text)
    if not words or is_hollow(words):
        return None
    return NONE if is_denial(words, topic) else words


def folded_words(text: str) -> list[str]:
    return az.fold(text).split()
