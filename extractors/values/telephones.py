"""Telephone numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers

from extractors.values.days import Precision, parse_date
from extractors.values.texts import squeeze

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
    local = re.search(r"\d[\s\-–]\d\d[\s\-–]\d\d$", written.strip()) or _LABEL_BEFORE.search(text[:start])
    if number is None and len(digits) < 9 and not local:
        return None
    begin = start + len(written) - len(written.lstrip())
    return PhoneSpan(begin, end, number or squeeze(written), number is not None)


def _e164(written: str, digits: str) -> str | None:
    """Tesseract's Azerbaijani model has no "+" and puts 4 for it (ocr.md 0.2), so 4994... is read as +994..."""
    digits = re.sub(r"^(?:00|810)(?=994)|^\d(?=994\d{9}$)", "", digits)
    digits = re.sub(r"^8(?=[79]\d{9}$)", "7", digits)  # as Russia and Kazakhstan dial at home
    international = written.strip()[:1] in "+*#" or bool(re.fullmatch(r"994\d{9}|7[79]\d{9}", digits))
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
