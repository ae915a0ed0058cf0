"""From words on paper to values (fields.md): dates, phones, choices, denials, amounts. Pure functions on strings.

Nothing here corrects, translates or shortens: a text answer stays the applicant's own words with white space folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from rapidfuzz.distance import OSA

from models import azerbaijani as az
from models.document import NONE

STATELESS = "stateless"


class Precision(StrEnum):
    """How exactly a date is given. ``IMPOSSIBLE``: a date that no calendar has; ``NOTHING``: no date at all."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    IMPOSSIBLE = "impossible"
    NOTHING = ""


# --- white space and empty answers -----------------------------------------------------------------------------------

_LEADERS = re.compile(r"_{2,}|\.{4,}|…{2,}|(?:\. ){4,}\.?|(?:_ ){2,}_?|-{4,}|(?<!\S)[_.…·]+(?!\S)")
_HINTS = re.compile(r"\(\s*g[üu]n\s*[,.]?\s*ay\s*[,.]?\s*[iı]l\s*\)", re.IGNORECASE)
_HOLLOW = re.compile(r"(?:[^\w✓✔☑☒✗✘■●]|_)*")


def _each(words: str) -> list[str]:
    return words.split()


def squeeze(text: str) -> str:
    """White space folded to single blanks, ends stripped; soft hyphens and zero-width characters gone."""
    return " ".join(re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text).split())


def without_leaders(text: str) -> str:
    """An answer without the writing line it stands on (underscores, dotted leaders), the hint "(gün, ay, il)" and the
    printed arrow that points to it."""
    return squeeze(_LEADERS.sub(" ", _HINTS.sub(" ", text))).lstrip("→➔➜➤►▶▸⇒ ")


def is_dash(text: str) -> bool:
    """A dash or strokes only, as written into cells that have no answer."""
    return bool(re.fullmatch(r"[\s\-–—−‒―/\\]*[\-–—−‒―/\\][\s\-–—−‒―/\\.]*", text))


def is_hollow(text: str) -> bool:
    """No letter, no digit and no tick; a dash is not hollow, it denies."""
    return bool(_HOLLOW.fullmatch(text)) and not is_dash(text)


# --- denials ---------------------------------------------------------------------------------------------------------

_DENYING = re.compile(
    r"yox(dur|du|umdur|umdu|dular)?|xeyr|xeyir|deyil(em|dir)?|hec|yo[kx]tur|yok|hayir|"
    r"\w+m[ae](mi[sgc]|yib)(am|em|dir|iq|ik|lar|ler)?|\w*olmur(am)?|(?!bil)\w+m[iu]r[ae]m|"
    r"нет|не|никогда|отсутствует|no|none|not|never|nil|n a"
)
_FILLERS = frozenset(
    _each(
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
    words = _words(text)
    stems = {word[:5] for wording in topic for word in _words(wording) if len(word) >= 3}
    denied = [word for word in words if _DENYING.fullmatch(word)]
    rest = [w for w in words if w not in denied and w not in _FILLERS and w[:5] not in stems]
    return bool(denied) and not rest


def text_or_none(text: str, topic: Iterable[str] = ()) -> str | None:
    """A text answer: None when empty, ``"none"`` when it wholly denies, else the words themselves."""
    words = squeeze(text)
    if not words or is_hollow(words):
        return None
    return NONE if is_denial(words, topic) else words


def _words(text: str) -> list[str]:
    return az.fold(text).split()


# --- dates -----------------------------------------------------------------------------------------------------------

_MONTH_NAMES: dict[str, int] = {
    name: number
    for names in (
        [az.fold(month) for month in az.MONTHS],
        _each("ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik"),
        _each("january february march april may june july august september october november december"),
        _each("jan feb mar apr may jun jul aug sep oct nov dec"),
        _each("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
        _each("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
    )
    for number, name in enumerate(names, start=1)
}
_ROMAN = {name: i for i, name in enumerate(_each("i ii iii iv v vi vii viii ix x xi xii"), start=1)}
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


def repair_digits(text: str) -> str:
    """Letters that engines put for digits, turned back, only inside groups that look like a numeric date."""
    return _DIGITISH.sub(lambda found: found.group().translate(_DIGIT_LOOKALIKES), text)


def parse_date(text: str) -> tuple[str | None, Precision]:
    """The first date of a text in ISO 8601 as exact as it is written (1985-03-12, 2009-05 or 2009).

    Days come before months. Month names in Azerbaijani, Russian, Turkish and English, with case endings. ``IMPOSSIBLE``
    comes with None: the text holds a date that no calendar has (31.02.1985).
    """
    bare = _HINTS.sub(" ", re.sub(r"[«»\"“”„'’‘`]|<<|>>", " ", text))
    bare = _SPECKLED_YEAR.sub(r"\1\2", bare)
    readings = (
        (_numeric_date, bare),
        (_numeric_date, repair_digits(bare)),
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


# --- phones ----------------------------------------------------------------------------------------------------------

_PHONE_RUN = re.compile(
    r"(?:[+*#]|(?:[“”„\"'‘’«»÷†%]|(?<![^\W\d_])[tT])(?=\s?\(?994))?\s?\(?\d(?:[\d\s().\-–]|(?<=\d)[/](?=\d{3}))*\d"
)
_PHONE_LABEL = (
    r"(?:\b(?:ev|iş|is|mobil|mob|əlaqə|elaqe|şəxsi|daxili|faks|fax|əl|cell|home|work)\b[\s.:;,)\-–]*)*"
    r"\b(?:telefon(?:lar)?[ıu]?(?:m|mız|muz|n|nız|nuz)?|tel|mobil|mobile|mob|phone|nömrə(?:si|ləri|m)?|əlaqə|тел|моб|faks|ev|iş)"
    r"\b[\s.,:;№)\-–]*(?:nömrə(?:si|ləri)?|no|ev|iş|mob|mobil)?[\s.,:;№)(\-–]*"
)
_LABEL_BEFORE = re.compile(rf"[(\[,;\s]*(?:{_PHONE_LABEL})+$", re.IGNORECASE)
_LABEL_AFTER = re.compile(
    r"^[\s,;]*[(\[]?\s*(?:ev|iş|mob(?:il)?|tel(?:efon)?|əl)\.?\s*(?:tel(?:efonu?)?\.?)?\s*[)\]]|^\s*[-–]\s*(?:ev|iş|mobil|mob)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PhoneSpan:
    """A phone number in a text: where it stands and its E.164 form (the digits as written where there is none)."""

    start: int
    end: int
    number: str
    valid: bool


def find_phones(text: str) -> list[PhoneSpan]:
    """The phone numbers of a text in order. Numbers without a country code are Azerbaijani."""
    found: list[PhoneSpan] = []
    for run in _PHONE_RUN.finditer(text):
        found += _numbers_in_run(text, run.start(), run.end())
    return found


def phones(text: str) -> list[str]:
    """The phone numbers of a text, E.164 where possible, each once."""
    return list(dict.fromkeys(span.number for span in find_phones(text)))


def split_phones(text: str) -> tuple[str, list[PhoneSpan]]:
    """A text without its phone numbers and their labels ("ev tel.:", "(mob)"), and the numbers."""
    spans = find_phones(text)
    rest = text
    for span in reversed(spans):
        before, after = rest[: span.start], rest[span.end :]
        before, after = _LABEL_BEFORE.sub("", before), _LABEL_AFTER.sub("", after)
        rest = f"{before.rstrip()} {after.lstrip()}" if before.strip() else after
    if not spans:
        rest = re.sub(rf"[,;\s]*(?:{_PHONE_LABEL})+[-–]*$", "", rest, flags=re.IGNORECASE) or rest
    return squeeze(re.sub(r"[\s,;:(/\-–]+$", "", re.sub(r"(?:[,;]\s*){2,}", ", ", rest))), spans


def _numbers_in_run(text: str, start: int, end: int) -> list[PhoneSpan]:
    """One run of digits and separators may hold several numbers with only blanks between them."""
    whole = _phone_span(text, start, end)
    if whole and whole.valid:
        return [whole]
    for cut in [m.start() for m in re.finditer(r"\s(?=[\d+(])|[.](?=\s)", text[start:end])]:
        head, tail = _phone_span(text, start, start + cut), text[start + cut : end]
        if head and head.valid and sum(c.isdigit() for c in tail) >= 7:
            return [head, *_numbers_in_run(text, start + cut + 1, end)]
    return _last_number(text, start, end) or ([whole] if whole else [])


def _last_number(text: str, start: int, end: int) -> list[PhoneSpan]:
    """A number after other digits of an address ("mənzil 45 050 123 45 67")."""
    for cut in [m.end() for m in re.finditer(r"\d[.\s)]+(?=[\d+(])", text[start:end])]:
        tail = _phone_span(text, start + cut, end)
        if tail and tail.valid and text[start + cut] in "0+(":
            return [tail]
    return []


def _phone_span(text: str, start: int, end: int) -> PhoneSpan | None:
    written = text[start:end]
    digits = re.sub(r"\D", "", written)
    if len(digits) < 7 or parse_date(written)[1] is Precision.DAY:
        return None
    number = _e164(written, digits)
    if number is None and len(digits) < 9 and not re.search(r"\d[\s\-–]\d\d[\s\-–]\d\d$", written.strip()):
        return None
    begin = start + len(written) - len(written.lstrip())
    return PhoneSpan(begin, end, number or squeeze(written), number is not None)


def _e164(written: str, digits: str) -> str | None:
    """Tesseract's Azerbaijani model has no "+" and puts 4 for it (ocr.md 0.2), so 4994... is read as +994..."""
    digits = re.sub(r"^(?:00|810)(?=994)|^\d(?=994\d{9}$)", "", digits)
    international = written.strip()[:1] in "+*#" or (digits.startswith("994") and len(digits) == 12)
    tries: list[tuple[str, str | None]] = [("+" + digits, None)] if international else [(digits, "AZ")]
    if not international and len(digits) == 9:
        tries.append(("+994" + digits, None))
    if not international and len(digits) > 9:
        tries.append(("+" + digits.removeprefix("00"), None))
    for candidate, region in tries:
        try:
            number = phonenumbers.parse(candidate, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number) and (region is None or phonenumbers.is_valid_number(number)):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


# --- choices ---------------------------------------------------------------------------------------------------------


def choose(text: str, choices: Mapping[str, tuple[str, ...]]) -> str | None:
    """The one choice whose words the text uses, endings ("evliyəm") and one wrong letter forgiven; None if unclear."""
    words = _words(text)
    for matches in (_begins, _nearly):
        hits = {value for value, names in choices.items() for name in names if matches(words, _words(name))}
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
    phrases = [_words(name) for name in names]
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


_YES = frozenset(_each("beli he hə yes true on x ✓ ✔ ☑ ☒ v да evet 1 daxil edilir"))


def boolean(text: str) -> bool | None:
    """True for a tick or a yes, False for a no, None when nothing is said."""
    words = squeeze(text)
    if not words:
        return None
    if az.fold(words) in _YES or words in _YES or words.strip("/").lower() in {"yes", "on"}:
        return True
    return False if is_denial(words) or words.strip("/").lower() in {"off", "false", "0", "☐"} else None


# --- numbers and addresses of machines -------------------------------------------------------------------------------

_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[ \u00a0']\d{3})+|\d+)(?:\s?[.,]\s?(\d{1,2}))?(?![\d])")
_QEPIK = re.compile(r"^\W*(?:azn|man(?:at)?\w*|₼|m\.?)\W*(\d{1,2})\s*(?:q[əe]p\w*|kop\w*)", re.IGNORECASE)


def amount(text: str) -> Decimal | None:
    """The first sum of money in a text: "110", "110,00 AZN", "1 234.50", "110 manat 00 qəpik"."""
    found = _AMOUNT.search(text)
    if not found:
        return None
    whole = re.sub(r"\D", "", found.group(1))
    cents = found.group(2) or next(iter(_QEPIK.findall(text[found.end() :])), "0")
    try:
        return Decimal(f"{whole}.{cents.zfill(2) if not found.group(2) else cents}")
    except InvalidOperation:
        return None


def integer(text: str) -> int | None:
    """The first whole number of a text ("45 gün")."""
    found = re.search(r"\d+", text)
    return int(found.group()) if found else None


def email(text: str) -> str | None:
    """The first e-mail address of a text, blanks around its signs forgiven."""
    found = re.search(r"[\w.+\-]+\s?@\s?[\w\-]+(?:\s?\.\s?[\w\-]+)+", text)
    return re.sub(r"\s", "", found.group()) if found else None
