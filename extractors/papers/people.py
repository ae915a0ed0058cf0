"""The person a certificate, decision or letter is about, found by how such papers name people."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.azerbaijani import fold, lower

_UP = "A-ZƏÇŞĞÖÜİА-ЯЁ"
_LOW = "a-zəçşğöüıа-яё'’\\-"
_NAME = rf"[{_UP}][{_LOW}{_UP}]+"
_FULL = rf"{_NAME}(?:\s+{_NAME}){{1,3}}"
_SON = r"(?:o[gğ]lu|q[ıi]z[ıi]|O[GĞ]LU|Q[Iİ]Z[Iİ]|ogly|oglu|kyzy|qizi|оглы|кызы|oğul)"
_SON_ENDING = r"(?:na|nun|nu|nda|dan|na|nin|nın|ya|ın|nə)?"

#: By strength: a name with "oğlu/qızı", a name after a fixed formula, a name before one.
_SURNAME_ENDING = re.compile(r"(.*(?:ov|ev))(?:ə|in|un|ın|i|u|ı|dən|dan)$|(.*(?:ova|eva|skaya))(?:ya|nın|nı|dan)$")

_WITH_FATHER = re.compile(rf"({_NAME}(?:\s+{_NAME}){{1,3}}\s+{_SON}){_SON_ENDING}(?![{_LOW}])")
_AFTER = re.compile(
    rf"(?:[Vv][əe]t[əe]nda[sş][ıi]?|şəxs|[Cc]ənab|[Xx]anım|Sayın|ad[ıi]na|[Гг]раждан(?:ин|ину|ина|ке|ка|ки)|гр\.|Mr\.?|Mrs\.?|Ms\.?|"
    rf"citizen|that|выдана|дана|ki,|adlı)\s*,?\s+({_FULL})"
)
_GIVEN_TO = re.compile(
    rf"(?:[Vv]erilir|[Vv]erilsin|verilmişdir|təqdim\s+olunur|[Вв]ыдана|[Дд]ана|issued\s+to)\s*:?\s+({_FULL})"
)
_BEFORE = re.compile(
    rf"({_FULL})\s*,?\s+(?:verilir|verilmişdir|verilsin|tərəfindən|adlı|həqiqətən|hal-hazırda|isimli|, *\d{{2,4}})|"
    rf"({_FULL})\s*,?\s*(?:\(?\d{{1,2}}[./]\d{{1,2}}[./])?\d{{4}}-[cç][iıuü]\s+il(?:də)?\s+(?:təvəllüdlü|anadan|doğul)"
)
#: The running text begins with the name ("Çelik Ayşe 2007-ci ildən ...").
_FIRST_WORDS = re.compile(rf"^\s*({_FULL})(?=\s*,|\s+\(|\s+\d{{1,4}}|\s+[{_LOW}]{{3,}})")
_OFFICE_WORDS = """
azerbaycan respublikasi respublikasinin dovlet xidmeti nazirliyi nazirliyinin mehkemesi mehkemesinin arayis
qetname vesatet rayon rayonu seheri seherinin baki bas idaresi universiteti mektebi daxili isler komitesi
agentliyi fondu kimi bu hemin verilir huquq xarici dovletin mehkeme vergi notariat ofisi merkezi mmc asc qsc
republic azerbaijan ministry embassy consulate federation российской федерации республики министерство
посольство turkiye cumhuriyeti elm tehsil prezidentinin konstitusiyasi mecellesi aile terkibi icra hakimiyyeti
belediyyesi
"""
_STOP = frozenset(_OFFICE_WORDS.split())
_WEAK = 0.6


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person as written in a text; ``name`` without the case ending, ``start`` and ``end`` where it stands."""

    name: str
    written: str
    start: int
    end: int
    confidence: float


def find_person(text: str) -> NamedPerson | None:
    """The person a text is about: the first one named with the father's name, else by the strongest formula."""
    flat = re.sub(r"\s", " ", text)
    for pattern, sure in ((_WITH_FATHER, 1.0), (_GIVEN_TO, 0.9), (_AFTER, 0.9), (_BEFORE, 0.85)):
        for match in pattern.finditer(flat):
            index = next(i for i in range(1, len(match.groups()) + 1) if match.group(i))
            words = _person_words(match.group(index))
            if len(words) >= 2:
                start = match.start(index) + match.group(index).index(words[0])
                written = " ".join(words)
                return NamedPerson(nominative(written), written, start, match.end(index), sure)
    return _doubtful_person(flat)


def _doubtful_person(flat: str) -> NamedPerson | None:
    """A name after a formula that runs into the name of a body; too weak to differ from anybody's."""
    for pattern in (_GIVEN_TO, _AFTER):
        for match in pattern.finditer(flat):
            words = _before_office(match.group(1))
            if len(words) >= 2:
                written = " ".join(words)
                return NamedPerson(nominative(written), written, match.start(1), match.start(1) + len(written), _WEAK)
    return None


def leading_person(body: str) -> NamedPerson | None:
    """The person with whose name a running text begins; weaker than any formula."""
    match = _FIRST_WORDS.match(body)
    words = _person_words(match.group(1)) if match else []
    if match is None or len(words) < 2 or words != match.group(1).split():
        return None
    written = " ".join(words)
    return NamedPerson(nominative(written), written, match.start(1), match.end(1), 0.85)


def _person_words(text: str) -> list[str]:
    """The words of a match that may be a name: what belongs to bodies and places before it falls away."""
    words = text.split()
    last = max((i for i, word in enumerate(words) if _is_office_word(word)), default=-1)
    return words[last + 1 :]


def _before_office(text: str) -> list[str]:
    """The words before the first of a body or place: "Petrov Andrey Azərbaycan dili ...". They may as well be the
    name of that body."""
    words = text.split()
    first = next((i for i, word in enumerate(words) if _is_office_word(word)), 0)
    return words[:first]


def _is_office_word(word: str) -> bool:
    return fold(word).replace(" ", "") in _STOP or (fold(word).endswith(("nin", "sinin", "liyi")) and len(word) > 9)


def nominative(name: str) -> str:
    """A name without the case ending that a sentence gave its last word, where the ending is plain to see:
    "Əliyevə" to "Əliyev", "oğluna" to "oğlu", "Yılmaz'a" to "Yılmaz". Other names stay as written."""
    words = name.split()
    last = words[-1]
    if match := re.match(rf"{_SON}", last):
        words[-1] = match.group()
    elif "'" in last or "’" in last:
        words[-1] = re.split("['’]", last)[0]
    elif ending := _SURNAME_ENDING.match(lower(last)):
        words[-1] = last[: len(ending.group(1) or ending.group(2))]
    return " ".join(words)
