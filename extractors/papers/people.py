"""The person a certificate, decision or letter is about, found by how such papers name people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from models.azerbaijani import fold, lower
from models.grammar import vowels_after

_UP = "A-ZƏÇŞĞÖÜİА-ЯЁ"
_LOW = "a-zəçşğöüıа-яё'’\\-"
_NAME = rf"[{_UP}][{_LOW}{_UP}]+"
_FULL = rf"{_NAME}(?: +{_NAME}){{1,3}}"
_SON = r"(?:o[gğ]lu|q[ıi]z[ıi]|O[GĞ]LU|Q[Iİ]Z[Iİ]|ogly|oglu|kyzy|qizi|оглы|кызы|oğul)"
_SON_ENDING = r"(?:na|nun|nu|nda|dan|nin|nın|in|ya|ın|nə|d[ıiuü]r)?"

#: By strength: a name with "oğlu/qızı", a name after a fixed formula, a name before one.
_SURNAME_ENDING = re.compile(r"(.*(?:ov|ev))(?:ə|in|un|ın|i|u|ı|dən|dan)$|(.*(?:ova|eva|skaya))(?:ya|nın|nı|dan)$")

#: A father's name that needs no "oğlu": Petroviç, Leonidovna.
_PATRONYMIC = (
    r"(?:ovi[çc]|evi[çc]|ovna|evna|i[çc]na|ович|евич|овна|евна|ична|OVİ[ÇC]|EVİ[ÇC]|OVNA|EVNA|ОВИЧ|ЕВИЧ|ОВНА|ЕВНА)"
)

_WITH_FATHER = re.compile(
    rf"({_NAME}(?: +{_NAME}){{1,3}}\s+{_SON}){_SON_ENDING}(?![{_LOW}])|"
    rf"({_NAME} +{_NAME}\s+[{_UP}][{_LOW}{_UP}]+?{_PATRONYMIC})(?:a|ə|un|ın|in|ya|nın|у|а|е|ой|ы)?(?![{_LOW}])"
)
_REST_OF_NAME = re.compile(rf"(?:{_NAME} +){{0,2}}(?:{_SON}|[{_UP}][{_LOW}{_UP}]+{_PATRONYMIC}(?:[aə]|na)?)")
_AFTER = re.compile(
    rf"(?:[Vv][əe]t[əe]nda[sş][ıi]?|şəxs|[Cc]ənab|[Xx]anım|Sayın|ad[ıi]na|[Гг]раждан(?:ин|ину|ина|ке|ка|ки)|гр\.|Mr\.?|Mrs\.?|Ms\.?|"
    rf"citizen|that|выдана|дана|ki,|adlı|[Mm]ən,|[Əə]rizəçi|[İi]ddiaçı|[Vv]ərəsəsi|[Vv]ərəsə|[Pp]asi[ye]+nt|[Pp]atient|Sahibi|Mülkiyyətçi)\s*[,:]?\s+({_FULL})"
)
_GIVEN_TO = re.compile(
    rf"(?:[Vv]erilir|[Vv]erilsin|verilmişdir|təqdim\s+olunur|[Вв]ыдана|[Дд]ана|issued\s+to)\s*:?\s+({_FULL})"
)
_AFTER_PARTICIPLE = re.compile(rf"(?<![\w-])[{_LOW}]{{2,}}(?:m[ıiuü]ş|[aə]n)\s+({_FULL})(?=\s+[{_LOW}\"“«,])")
_BEFORE = re.compile(
    rf"({_FULL})\s*,?\s+(?:verilir|verilmişdir|verilsin|tərəfindən|adlı|həqiqətən|hal-hazırda|isimli|, *\d{{2,4}})|"
    rf"({_FULL})\s*,?\s*(?:\(?\d{{1,2}}[./]\d{{1,2}}[./])?\d{{4}}-[cç][iıuü]\s+il(?:də)?\s+(?:təvəllüdlü|anadan|doğul)"
)
#: The running text begins with the name ("Çelik Ayşe 2007-ci ildən ...").
_FIRST_WORDS = re.compile(rf"^\s*({_FULL})(?=\s*,|\s+\(|\s+\d{{1,4}}|\s+[{_LOW}]{{3,}})")
#: Whose request or whose fact: "Popesku Dumitrunun hüquqi faktın müəyyən edilməsi ..."
_OF = re.compile(
    rf"({_NAME}(?: +{_NAME})?? +[{_UP}][{_LOW}{_UP}]+?)(?:(?<=[aeəioöuüı])n)?[ıiuü]n\s+"
    r"(?=hüquqi|ərizəsi|müraciəti|tələbi|iddiası|heç\s+bir|hər\s+hansı|(?:Azərbaycan\s+Respublikası\w*\s+)?vətəndaşlığ)"
)
_OFFICE_WORDS = """
azerbaycan respublikasi respublikasinin dovlet xidmeti nazirliyi nazirliyinin mehkemesi mehkemesinin arayis
qetname vesatet rayon rayonu seheri seherinin baki bas idaresi universiteti mektebi daxili isler komitesi
agentliyi fondu kimi bu hemin verilir huquq xarici dovletin mehkeme vergi notariat ofisi merkezi mmc asc qsc
republic azerbaijan ministry embassy consulate federation российской федерации республики министерство
посольство turkiye cumhuriyeti elm tehsil prezidentinin konstitusiyasi mecellesi aile terkibi icra hakimiyyeti
belediyyesi federasiyasi federasiyasinin беларусь казахстан узбекистан таджикистан молдова украина
"""
_STOP = frozenset(_OFFICE_WORDS.split())
_ROLE_WORDS = """
er arvad vetendas ata ana atasi anasi telebe soyadi adi xanim cenab direktor hakim verilir pensiyaci teqaudcu isci
emekdas musteri pasiyent namized dinleyici sagird sexs arizeci erizeci iddiaci odeyici odeyicisi sahibi varis veres
veresesi fehle muellim hekim isleyen
"""
_ROLES = frozenset(_ROLE_WORDS.split())
_OURS = re.compile(r"\w{3}[iu]miz(?:d[ae]|d[ae]n|in|[ae])?$")  # "Bankımızda", "Müəssisəmizin"
_PLACE = re.compile(r"\s*(?:ş\.|şəh|ray|r-n|küç|qəs|kənd|k\.|prosp|pr\.|mikroray|г\.|город|район)")  # after its name
#: Those who judge, write or sign are not whom a paper is about.
_OFFICIAL = re.compile(
    r"\b(?:[Hh]akim|[Kk]atib|[Kk]atibi|[Ss]ədr|[Nn]otarius|[Nn]otariusu|[Pp]rokuror|[Vv]əkil|[Nn]ümayəndəsi|[Сс]удья|"
    r"[Нн]отариус)\W+$"
)
#: On a paper about heirs those who left what they inherit are not whom it is about.
_HEIRS = re.compile(r"\b[Vv][əe]r[əe]s[əe]|\bVƏRƏSƏ|[Нн]аследни")
_DECEASED = re.compile(
    r"(?:[Mm]ərhum|[Vv]əfat\s+etmiş|ölmüş|[Уу]мерш\w+|[Пп]окойн\w+|[Нн]аследодател\w+)\s+"
    r"(?:(?:ata|ana|ər|arvad|həyat\s+yoldaş|baba|nənə|qardaş|bacı|əmi|dayı|xala|bibi|vətəndaş)\w{0,3}\s+)?$"
)
_DIED = re.compile(r"(?:[^.;:]|\.(?=\d)){0,60}?(?:vəfat\s+et(?:mişdir|diyi|dik)|ölmüşdür|ölümündən|умер(?:ла)?\b)")
_PRESIDING = re.compile(r"\w*\s+(?:sədrliyi|iştirakı|katibliyi)")
_ACRONYM = re.compile(rf"[{_UP}]{{2,5}}$")
_ANOTHER_NAME = re.compile(rf" +({_NAME})(?![{_LOW}{_UP}])")
_BY_STRENGTH = ((_WITH_FATHER, 1.0), (_AFTER, 0.9), (_BEFORE, 0.85), (_OF, 0.8))
_WEAK = 0.6
_KNOWN, _INFLECTED = 0.98, 0.85  # one with an ending may be another name: Kamil, Kamilə


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person as written in a text; ``name`` without the case ending, ``start`` and ``end`` where it stands."""

    name: str
    written: str
    start: int
    end: int
    confidence: float


def find_person(text: str) -> NamedPerson | None:
    """The person a text is about: whom the paper is given to, else the first named with the father's name or after a
    fixed formula. Where two ways name two people the first is no certain choice."""
    flat = re.sub(r"[^\S\v]", " ", text)  # no name goes on over a vertical tab
    found = _found(flat)
    return replace(found, name=_as_elsewhere(found.name, flat)) if found else None


def _as_elsewhere(name: str, flat: str) -> str:
    """A name without an ending that it lacks in another place of the text."""
    *first, last = name.split()
    for stem in (last[:-size] for size in (1, 2, 3)):
        ends = len(stem) > 2 and re.fullmatch(rf"{re.escape(stem)}{_case_of(stem)}", last)
        if ends and re.search(rf"(?<!\w){re.escape(' '.join([*first, stem]))}(?![\w'’-])", flat):
            return " ".join([*first, stem])
    return name


def _found(flat: str) -> NamedPerson | None:
    given = next(_named(flat, _GIVEN_TO, 0.9), None)
    found = [each for pattern, sure in _BY_STRENGTH for each in [next(_named(flat, pattern, sure), None)] if each]
    if given:
        return next((each for each in found if each.start == given.start), given)
    if not found:
        return _doubtful_person(flat)
    first = min(found, key=lambda each: each.start)
    best = max((each for each in found if each.start == first.start), key=lambda each: each.confidence)
    alone = all(abs(each.start - best.start) < len(best.written) for each in found)
    return best if alone else replace(best, confidence=min(best.confidence, 0.85))


def find_known(text: str, known: Sequence[str]) -> NamedPerson | None:
    """The first of the people in ``known`` whom a text names, surname or given name first.

    The name is as the text writes it but for its case ending, and for J, which the page's model cannot write.
    """
    flat = re.sub(r"[^\S\v]", " ", text)
    words = list(re.finditer(r"[^\s(),;:«»“”\"]+", flat))
    for name in known:
        told = name.split()
        for turn, at in product(range(len(told)), range(len(words) - len(told) + 1)):
            *first, last = turned = told[turn:] + told[:turn]
            run = words[at : at + len(told)]
            ending = _case_of(last)
            if all(map(_writes, first, (word[0] for word in run))) and _writes(last, run[-1][0].strip("."), ending):
                written = [_as_written(each, word[0]) for each, word in zip(turned, run, strict=True)]
                return _with_more_names(flat, run[0].start(), run[-1].end(), written)
    return None


def _case_of(name: str) -> str:
    """The case endings that a name may take: a wide vowel follows the name's own ("Əliyevə"; Əliyeva is a woman)."""
    _, wide = vowels_after(name)
    return rf"(?:n?[ıiuü]n|[yn]?{wide}|[yn]?[ıiuü]|d{wide}n?)"


def _writes(name: str, word: str, ending: str = "") -> bool:
    """Whether a word of a text is a name, with such an ending or none; any sign may be its J."""
    stem = "".join(r"\S" if c == "j" else re.escape(c) for c in lower(name))
    return re.fullmatch(rf"{stem}(?:['’]?{ending})?", lower(word)) is not None


def _as_written(name: str, word: str) -> str:
    """A name in the letters of a word that writes it, without the word's case ending; a sign for its J is that J."""
    return "".join((c if written.islower() else c.upper()) if lower(c) == "j" else written
                   for c, written in zip(name, word, strict=False))  # fmt: skip


def _with_more_names(flat: str, start: int, end: int, name: Sequence[str]) -> NamedPerson:
    """A known name in a text, from ``start`` to ``end``, with the father's name or whatever name follows it."""
    whole = next((each for each in _named(flat[start:], _WITH_FATHER, _KNOWN) if each.start == 0), None)
    if whole and len(whole.name.split()) > len(name):
        father = whole.name.split()[len(name) :]
        return replace(whole, name=" ".join([*name, *father]), start=start, end=start + whole.end)
    more = _ANOTHER_NAME.match(flat, end)
    if more and not _is_office_word(more[1]) and not _PLACE.match(flat, more.end()):
        written = flat[start : more.end()]
        return NamedPerson(" ".join([*name, more[1]]), written, start, more.end(), _INFLECTED)
    written = flat[start:end].rstrip(".")
    sure = _KNOWN if len(written) == len(" ".join(name)) else _INFLECTED
    return NamedPerson(" ".join(name), written, start, end, sure)


def _named(flat: str, pattern: re.Pattern[str], sure: float) -> Iterator[NamedPerson]:
    """Everybody a pattern names, in the order of the text."""
    for match in pattern.finditer(flat):
        index = next(i for i in range(1, len(match.groups()) + 1) if match.group(i))
        named = match.group(index)
        if _is_another(flat, match.start(index), match.end(index)):
            continue
        *names, last = named.split()
        if _PLACE.match(flat, match.end(index)) and not re.search(rf"(?:^{_SON}|{_PATRONYMIC})$", last):
            named = " ".join(names)
        words = _name_alone(_person_words(named))
        if len(words) >= 2:
            start = match.start(index) + match.group(index).index(words[0])
            written = " ".join(words)
            inflected = re.match(r"[а-яё]", flat[start + len(written) :]) is not None  # the words before it are too
            yield NamedPerson(
                nominative(written), written, start, start + len(written), min(sure, _WEAK) if inflected else sure
            )


def _is_another(flat: str, start: int, end: int) -> bool:
    """Whether a text names somebody there whom it is not about."""
    begins = (start, flat.find(" ", start) + 1)  # the word before a name may be written as one of its own
    if any(_OFFICIAL.search(flat, 0, at) for at in begins) or _PRESIDING.match(flat, end):
        return True
    dead = any(_DECEASED.search(flat, 0, at) for at in begins) or _DIED.match(flat, end)
    return bool(dead and _HEIRS.search(flat))


def _name_alone(words: list[str]) -> list[str]:
    """A name without the next word of the sentence or table: nothing follows a father's name but "oğlu" or "qızı";
    and without a label before it ("Ər", "Vətəndaş")."""
    while len(words) > 2 and (fold(words[0]) in _ROLES or len(words[0]) == 2):
        words = words[1:]
    if len(words) > 2 and _ACRONYM.match(words[-1]) and not words[-2].isupper():
        words = words[:-1]  # "Rəhmonov Cəmşed QİÇS"
    for at, word in enumerate(words):
        if at >= 2 and (re.fullmatch(_SON, word) or re.search(rf"{_PATRONYMIC}(?:a|ə|un|ın|in|ya|nın)?$", word)):
            return words[: at + 1]
    return words


def _doubtful_person(flat: str) -> NamedPerson | None:
    """A name after a formula that runs into the name of a body, or behind a participle ("gəlmiş Petrov Andrey"); too
    weak to differ from anybody's."""
    for pattern in (_GIVEN_TO, _AFTER, _AFTER_PARTICIPLE):
        for match in pattern.finditer(flat):
            words = _name_alone(_before_office(match.group(1)))
            if len(words) >= 2:
                written = " ".join(words)
                return NamedPerson(nominative(written), written, match.start(1), match.start(1) + len(written), _WEAK)
    return None


def leading_person(body: str) -> NamedPerson | None:
    """The person with whose name a running text begins; weaker than any formula."""
    match = _FIRST_WORDS.match(body)
    told = match.group(1).split() if match else []
    if told and _OURS.search(fold(told[0])):
        told = told[1:]
    if match is None or len(told) < 2 or _person_words(" ".join(told)) != told:
        return None
    written = " ".join(_name_alone(told))
    start = match.start(1) + match.group(1).index(told[0])
    return NamedPerson(nominative(written), written, start, start + len(written), 0.85)


def _person_words(text: str) -> list[str]:
    """The words of a match that may be a name: what belongs to bodies and places before it falls away."""
    words = text.split()
    last = max((i for i, word in enumerate(words) if _is_office_word(word)), default=-1)
    return words[last + 1 :]


def _before_office(text: str) -> list[str]:
    """The words before the first of a body or place: "Petrov Andrey Azərbaycan dili ...". They may as well be the
    name of that body."""
    words = text.split()
    return words[: next((i for i, word in enumerate(words) if _is_office_word(word)), len(words))]


def _is_office_word(word: str) -> bool:
    bare = fold(word).replace(" ", "")
    return bare in _STOP or (bare.endswith(("nin", "sinin", "liyi")) and len(word) > 9) or bool(_OURS.search(bare))


def ends_a_name(text: str) -> bool:
    """Whether a text may be the rest of a name that began in the line before: "Elçin qızı", "oğlu", "Petroviç"."""
    return _REST_OF_NAME.fullmatch(text) is not None


def is_bare_name(text: str) -> bool:
    """Whether a text is two to four words that may be a person's name and nothing else."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(re.fullmatch(_NAME, word) for word in words) and _person_words(text) == words


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
