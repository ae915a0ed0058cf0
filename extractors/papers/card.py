"""Passports, visas, identity, residence, refugee and registration cards: the zone and the printed fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from rapidfuzz import fuzz

from extractors.papers.dates import printed_days
from extractors.papers.formats import STATES
from extractors.papers.issued import day_of_issue
from extractors.papers.labels import (
    Hit,
    Labels,
    Said,
    confirmed,
    confirmed_as,
    confirmed_name,
    find_labels,
    read_again,
    said,
    values,
)
from extractors.papers.zone import FoundZone, find_zone
from extractors.shapes import ReadSheet, RegionReader
from extractors.values import Precision, parse_date
from extractors.values import sex as parse_sex
from models.azerbaijani import MRZ_LETTERS, fold, plain, upper
from models.document import Field, Value
from models.sheet import Source

LABELS: Labels = {
    "surname": ("Soyadı", "Soyad", "Surname", "Фамилия", "Last name", "Nom", "Name/Surname", "Familiyasi"),
    "given_names": (
        "Adı", "Ad", "Given names", "Given name", "Given name(s)", "Имя", "First name", "Adı(lar)", "Prénoms", "Ismi",
    ),
    "patronymic": ("Atasının adı", "Ata adı", "Patronymic", "Отчество", "Father's name", "Otasining ismi"),
    "document_number": (
        "Pasport №", "Pasportun nömrəsi", "Passport No", "Passport No.", "Pasaport No", "№ паспорта", "Номер паспорта",
        "Sənədin nömrəsi", "Sənəd №", "Document No", "Document number", "Card number", "Card No", "Vəsiqənin nömrəsi",
        "Vəsiqə №", "Nömrəsi", "Nömrə", "Seriya və nömrə", "Seriyası və nömrəsi", "Seriya №", "Номер документа",
        "Passeport No", "Seri No", "Passport number", "Permit No", "Sənədin seriya və nömrəsi", "Visa No", "Viza №",
        "Viza nömrəsi", "Card №", "Seriya nömrə",
    ),
    "issuing_state": (
        "Code of issuing state", "Issuing state", "Verən dövlətin kodu", "Dövlətin kodu", "Код государства",
        "Ülke kodu",
        "Country code", "Ölkə kodu",
    ),
    "nationality": ("Vətəndaşlığı", "Vətəndaşlıq", "Nationality", "Гражданство", "Uyruğu", "Citizenship", "Fuqaroligi"),
    "sex": ("Cinsi", "Cins", "Sex", "Пол", "Cinsiyeti", "Jinsi"),
    "birth_date": (
        "Doğum tarixi", "Doğulduğu tarix", "Date of birth", "Дата рождения", "Doğum tarihi", "Anadan olduğu tarix",
        "Tugilgan sanasi", "Birth date", "Date and place of birth", "Date & place of birth",
    ),
    "birth_place": ("Doğum yeri", "Doğulduğu yer", "Place of birth", "Место рождения"),
    "issue_date": (
        "Verilmə tarixi", "Verildiyi tarix", "Date of issue", "Дата выдачи", "Veriliş tarihi", "Issue date",
        "Issued on", "Date issued", "Düzenleme tarihi", "Berilgan sanasi",
    ),
    "expiry_date": (
        "Etibarlıdır", "Etibarlılıq müddəti", "Etibarlılıq tarixi", "Bitmə tarixi", "Qüvvədədir", "Date of expiry",
        "Expiry date", "Valid until", "Valid till", "Expires on", "Срок действия", "Дата окончания срока действия",
        "Действителен до", "Geçerlilik tarihi", "Son geçerlilik tarihi", "Son istifadə tarixi", "Müddəti",
        "Date of expiration", "Until", "Amal qilish muddati",
    ),
    "personal_number": (
        "FİN", "FİN kod", "Fərdi identifikasiya nömrəsi", "Fərdi nömrə", "Personal No", "Personal number",
        "T.C. Kimlik No",
        "PIN", "Личный номер", "ПИН", "Personal identification number", "Şəxsi nömrə",
    ),
    "authority": ("Verən orqan", "Authority", "Issuing authority", "Орган, выдавший документ", "Veren makam"),
    "height": ("Boyu", "Height", "Рост", "Göz rəngi", "Eye colour", "Qan qrupu"),
}  # fmt: skip

_ZONE_KEYS = ("surname", "given_names", "document_number", "issuing_state", "nationality", "sex", "birth_date",
              "expiry_date", "personal_number")  # fmt: skip
KEYS = ("surname", "given_names", "patronymic", "document_number", "issuing_state", "nationality", "sex", "birth_date",
        "issue_date", "expiry_date", "personal_number", "mrz", "mrz_valid")  # fmt: skip
_NAMES = ("surname", "given_names")
_NAMED = (*_NAMES, "patronymic")
_DOTTED = ("AZE", "TUR")  # states whose alphabets have İ and ı
_ALPHA_3 = {"D": "DEU"}  # the one state whose zones have a code of their own
_OWN_LETTERS = frozenset("ƏĞŞÇÖÜ")
_DATES = ("birth_date", "issue_date", "expiry_date")
#: Fewer digits are the number of the label ("Date of birth (4)").
_DIGITS = {"birth_date": 4, "issue_date": 4, "expiry_date": 4, "document_number": 3}
_BELIEVED = 0.5  # of a zone whose check digits fail is less
_UNPROVED = 0.8  # of print beside such a zone
_TOO_SMALL = 0.6
_DOUBTED = 0.85  # of a zone of which two readings differ
_A_NAME = re.compile(r"(?:[^\W\d_]|[ .'’‘-])+")  # other signs in print are specks
_HALF_LABEL = 70.0  # likeness of a misread label; no name is so like one
_NO_SERIES = frozenset({"N", "NO", "NR", "FIN", "FİN", "PIN"})
_CARD_NUMBER = re.compile(
    r"(?<![A-Za-zƏəİı0-9])([A-ZƏÇŞĞÖÜİ]{1,4})\s?(?:№|N[oe°º]?[^\w\s]{0,2})?\s?(\d{5,9})(?!\d)(?![./-]\d)"
)  # "AZE 1234567", "DYİ 123456", "QV № 012345", "AA1234567"; engines read № as Ne, N?, N"


def read_card(sheets: Sequence[ReadSheet], reader: RegionReader, *, zone_expected: bool = True) -> dict[str, Field]:
    """The fields of a passport, visa or card; what is not there has value None.

    Where zone and print agree after transliteration, the value keeps the printed letters; where they differ, a zone
    whose check digits fit is believed. ``mrz_valid`` is None when no zone was found.
    """
    zones = [(on, found) for on in sheets for found in (find_zone(on, reader),) if found] if zone_expected else []
    zones.sort(key=lambda pair: not (pair[1].zone.valid and pair[1].zone.plausible))
    printed = _printed(sheets, reader)
    if not zones:
        printed = _with_day_of_issue(printed, sheets, reader, {})
        return {key: printed.get(key, Field(None)) for key in KEYS}
    on, found = zones[0]
    told = _zone_fields(on, found)
    if found.zone.valid:
        printed |= _in_the_zones_letters({key: printed[key] for key in _NAMES if key in printed}, found.zone.issuer)
    printed = _with_day_of_issue(printed, sheets, reader, told if found.zone.valid else {})
    return {key: _reconciled(key, told.get(key), printed.get(key)) for key in KEYS}


def _with_day_of_issue(
    printed: dict[str, Field], sheets: Sequence[ReadSheet], reader: RegionReader, zone: dict[str, Field]
) -> dict[str, Field]:
    """The printed fields with a date of issue that lies between birth and expiry, or without any."""
    birth, expiry = ((zone.get(key) or printed.get(key) or Field(None)).text for key in ("birth_date", "expiry_date"))
    found = day_of_issue(printed.get("issue_date"), sheets, reader, birth, expiry)
    return printed | {"issue_date": found or Field(None)}


def _in_the_zones_letters(names: Mapping[str, Field], issuer: str) -> dict[str, Field]:
    """Names without the dots that our engines, made for Azerbaijani, see where none are.

    Papers with a zone print names in A-Z; only those that states with İ and ı issue, to whomever, may not, and show it
    by other letters.
    """
    own_letters = any(set(upper(name.text)) & _OWN_LETTERS for name in names.values())
    if issuer in _DOTTED and own_letters:
        return dict(names)
    return {key: replace(name, value=name.text.replace("İ", "I").replace("ı", "i")) for key, name in names.items()}


# --- the zone --------------------------------------------------------------------------------------------------------


def _zone_fields(on: ReadSheet, found: FoundZone) -> dict[str, Field]:
    """A zone's fields. Letters have no check digit, so names are as sure as their reader; digits as their checks."""
    zone = found.zone
    checked = _checked_confidence(found)
    letters = min(_TOO_SMALL if found.too_small else 0.97 if found.agreed else _DOUBTED, found.confidence)
    number = min(checked, _DOUBTED) if zone.guessed else checked
    unproved = found.too_small or found.disputed or found.open_code or (zone.guessed and not zone.valid)
    values_: dict[str, tuple[Value, float]] = {
        "surname": (zone.surname or None, letters),
        "given_names": (zone.given_names or None, letters),
        "document_number": (zone.number if any(c.isdigit() for c in zone.number) else None, number),
        "issuing_state": (_ALPHA_3.get(zone.issuer, zone.issuer) or None, letters if zone.issuer in STATES else 0.3),
        "nationality": (
            _ALPHA_3.get(zone.nationality, zone.nationality) or None,
            letters if zone.nationality in STATES else 0.3,
        ),
        "sex": (zone.sex, checked if zone.sex else 0.0),
        "birth_date": (zone.birth_date, checked),
        "expiry_date": (zone.expiry_date, checked),
        "personal_number": (zone.optional or None, min(checked, letters)),
        "mrz": (list(zone.lines), min(number, letters, _DOUBTED if found.open_code else 1.0)),
        "mrz_valid": (None if unproved else zone.valid, checked if zone.valid else 0.8),
    }
    box, sheet = on.sheet.on_page(found.box), on.sheet
    raw = "\n".join(zone.read)
    return {
        key: Field(value, raw, round(sure, 3), sheet.file, sheet.page, box, Source.MRZ)
        for key, (value, sure) in values_.items()
    }


def _checked_confidence(found: FoundZone) -> float:
    """A repair lowers what right check digits give, and so does a second reading that differs."""
    if not found.zone.valid:
        return 0.4
    if not found.agreed or found.too_small:
        return _DOUBTED
    return 0.99 if found.zone.repaired == 0 else 0.96 if found.zone.repaired <= 2 else 0.9


# --- the printed fields ----------------------------------------------------------------------------------------------


def _printed(sheets: Sequence[ReadSheet], reader: RegionReader) -> dict[str, Field]:
    hits = find_labels(sheets, LABELS)
    fields = {}
    for key in KEYS:
        field = _labelled(hits, key, reader)
        if field:
            fields[key] = field
    if "document_number" not in fields:
        number = _bare_number(sheets, reader)
        if number:
            fields["document_number"] = number
    return fields


def _labelled(hits: Sequence[Hit], key: str, reader: RegionReader) -> Field | None:
    least = _DIGITS.get(key)

    def told(text: str) -> bool:
        return sum(map(str.isdigit, text)) >= least if least else _value(key, text) is not None

    for value in values(hits, key, told):
        made = _value(key, value.text)
        if made is not None:
            if key in _NAMED:
                seen = confirmed_name(value, reader)
                return seen.field(seen.text)
            if key == "document_number":
                value = _with_series(value)
                made = _value(key, value.text)
            seen = confirmed_as(value, reader, partial(_value, key)) if key in _DATES else confirmed(value, reader)
            return seen.field(made, raw=value.text)
        if key in _DATES:  # the Azerbaijani model has no J: "09 2UL 2020"
            for text in read_again(value, reader):
                made = _value(key, text)
                if made is not None:
                    return replace(value, confidence=min(value.confidence, 0.8)).field(made, raw=text)
    return None


def _with_series(value: Said) -> Said:
    """A number with the series before it on its line, which may pass for a part of the label ("Seriya R № 12345")."""
    whole = next((each for each in _CARD_NUMBER.finditer(value.line.text) if each[2] in value.text), None)
    if whole is None or whole[1] in _NO_SERIES or _CARD_NUMBER.search(value.text):
        return value
    return replace(value, text=whole.group(), box=value.line.box)


def _value(key: str, text: str) -> Value:
    """The normalised value of a printed field, None when the text cannot be one."""
    if key in _DATES:
        return _day_in(text, last=key == "expiry_date")
    if key == "sex":
        return parse_sex(text.split("/")[0].strip()) or parse_sex(text)
    if key == "document_number":
        return _number_in(text)
    if key == "personal_number":
        found_number = re.search(r"[A-Z0-9]{7,14}", plain(upper(text)))
        return found_number.group() if found_number else None
    if key == "issuing_state":
        code = re.search(r"\b[A-Z]{3}\b", text)
        return code.group() if code and code.group() in STATES else None
    if any(c.isdigit() for c in text) or sum(c.isalpha() for c in text) < 2 or _is_label(text):
        return None
    return text


def _is_label(text: str) -> bool:
    """Whether a text is the other half of a label in two languages, however it is read ("Soyadı / Sumame")."""
    read = fold(text)
    if any(fuzz.ratio(read, label) >= _HALF_LABEL for label in ("surname", "given names", "given name", "first name")):
        return True
    return read == "name" or any(read == fold(label) for labels in LABELS.values() for label in labels)


def _day_in(text: str, *, last: bool = False) -> str | None:
    """The first day of a text, or of "12.03.2015 - 11.03.2025" the last."""
    days = printed_days(text.split())
    if days:
        return days[-1 if last else 0].value
    day, precision = parse_date(text)
    return day if precision is Precision.DAY else None


def _number_in(text: str) -> str | None:
    """Series and number with one blank between them; a foreign number keeps its letters and digits together."""
    match = _CARD_NUMBER.search(text)
    if match:
        between = text[match.end(1) : match.start(2)]
        together = not between or (len(match.group(1)) == 1 and between.isspace())
        return f"{match.group(1)}{'' if together else ' '}{match.group(2)}"
    other = re.search(r"(?<!\w)(?=[A-Z0-9]*\d)[A-Z0-9]{6,12}(?!\w)", text.replace("№", " "))
    if other:
        return other.group()
    russian = re.search(r"(?<!\d)(\d{2})\s?(\d{2})?\s?№?\s?(\d{6,7})(?!\d)", text)
    return " ".join(part for part in russian.groups() if part) if russian else None


def _bare_number(sheets: Sequence[ReadSheet], reader: RegionReader) -> Field | None:
    """A series and number that stand by themselves, as on the face of a card."""
    for on in sheets:
        for line in on.sheet.lines:
            match = _CARD_NUMBER.search(line.text) if len(line.words) <= 5 and "<" not in line.text else None
            if match:
                where = replace(said(on, line), text=match.group())
                return confirmed(where, reader).field(_number_in(match.group()), sure=0.85, raw=match.group())
    return None


# --- zone and print together -----------------------------------------------------------------------------------------


def _reconciled(key: str, zone: Field | None, printed: Field | None) -> Field:
    if zone is None or zone.value is None:
        return printed or Field(None)
    if printed is None or printed.value is None or key not in _ZONE_KEYS:
        return zone
    if key == "birth_date" and _same_but_century(zone.text, printed.text):
        return replace(zone, value=printed.value, confidence=max(zone.confidence, 0.97))
    if _agree(key, zone.text, printed.text):
        keeps_print = key == "document_number" or (key in _NAMES and _A_NAME.fullmatch(printed.text))
        better = printed if keeps_print and printed.source is not Source.MRZ else zone
        return replace(better, confidence=max(zone.confidence, printed.confidence, 0.97))
    if key in ("document_number", *_DATES) and zone.confidence < _BELIEVED < printed.confidence:
        return replace(printed, confidence=min(printed.confidence, _UNPROVED))
    doubted = key in ("document_number", *_DATES) and printed.confidence >= 0.9
    return replace(zone, confidence=min(zone.confidence, 0.85)) if doubted else zone


def _same_but_century(zone: str, printed: str) -> bool:
    return len(zone) == len(printed) == 10 and zone[2:] == printed[2:]


def _agree(key: str, zone: str, printed: str) -> bool:
    if key in _NAMES:
        return is_transliteration(printed, zone)
    return fold(zone).replace(" ", "") == fold(printed).replace(" ", "")


def is_transliteration(name: str, zone: str) -> bool:
    """Whether a zone may print ``name`` as ``zone`` (documents.md: Ə as A or E, Ş as S or SH, ...)."""
    wanted = re.sub(r"[^A-Z]", "", plain(upper(zone)))
    reached = {0}
    for char in upper(name):
        if not char.isalpha():
            continue
        ways = MRZ_LETTERS.get(char, (plain(char),))
        reached = {at + len(way) for at in reached for way in ways if wanted.startswith(way, at)}
    return len(wanted) in reached or fuzz.ratio(plain(upper(name)).replace(" ", ""), wanted) == 100
