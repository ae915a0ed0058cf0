"""Certificates, court decisions, motions and letters: who issued them, number, date, about whom, what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.papers.dates import day_in, figures, find_day, tells_a_month
from extractors.papers.holder import BODY_WORDS, all_capitals, find_holder, letters
from extractors.papers.labels import (
    Hit,
    Labels,
    Said,
    certainty,
    confirmed,
    confirmed_as,
    find_labels,
    has_digit,
    read_again,
    said,
    values,
)
from extractors.shapes import ReadSheet, RegionReader
from models.azerbaijani import fold, lower
from models.document import Field
from models.geometry import box_of
from models.sheet import Line

LABELS: Labels = {
    "full_name": (
        "Soyadı, adı, atasının adı", "Soyadı, adı, ata adı", "Soyad, ad, ata adı", "Soyad Ad Ata adı", "S.A.A.",
        "A.S.A.", "Şəxsin adı", "Ф.И.О.",
        "Adı, soyadı", "Ad, soyad", "Ad Soyad", "Soyadı və adı", "Soyadı, adı", "Adı, atasının adı, soyadı",
        "Vergi ödəyicisinin adı", "Sığortaolunanın adı", "Tələbənin adı", "Pasiyentin adı", "Hesab sahibinin adı",
        "Müştərinin adı", "İşçinin adı",
        "Фамилия, имя, отчество", "Full name", "Name", "Adı Soyadı",
    ),
    "holder": (
        "Vergi ödəyicisi", "Pasiyent", "Müraciət edən", "Ərizəçi", "Vətəndaş", "Tələbə", "Təqaüdçü", "Pensiyaçı",
        "Hesab sahibi", "Müştəri", "Sığortaolunan", "İşçi", "Əməkdaş", "Dinləyici", "Şagird", "Fiziki şəxs", "Şəxs",
        "Müayinə olunan", "Namizəd", "Sahibi", "Kimə verilir", "Пациент", "Гражданин", "Заявитель", "Студент",
        "Applicant", "Student", "Employee", "Patient",
    ),
    "surname": ("Soyadı", "Soyad", "Фамилия", "Surname", "Soyadı Surname"),
    "given_name": ("Adı", "Ad", "Имя", "Given name", "Given names", "First name"),
    "patronymic": ("Atasının adı", "Ata adı", "Отчество", "Patronymic"),
    "number": (
        "Sənədin nömrəsi", "Arayışın nömrəsi", "Qeydiyyat nömrəsi", "Nömrə", "Nömrəsi",
        "Регистрационный номер", "Reg. No", "Ref. No", "Ref", "Our ref", "Reference",
    ),
    "date": ("Tarix", "Tarixi", "Verilmə tarixi", "Verildiyi tarix", "Sənədin tarixi", "Дата", "Дата выдачи", "Date",
             "Верилмә тарихи", "Верилдији тарих", "Тарих"),
    "issuer": ("Verən orqan", "Sənədi verən orqan", "Sənədi verən qurum", "Arayışı verən orqan", "Выдано", "Issued by"),
}  # fmt: skip

#: A part of a body, or what follows its name on a letterhead.
_PART = re.compile(r"[şs]öb[əe]si\W*$|b[öo]lm[əe]si\W*$|sektoru\W*$|ad[ıi]ndan|отдел|section|şubesi\W*$", re.IGNORECASE)
_TITLE = re.compile(
    r"arayis|qetname|vesatet|sehadetname|mektub|sertifikat|qerar|bildiris|справка|свидетельство|решение|certificate|"
    r"belge|note verbale|to whom it may concern|razilig|etibarname|yazi"
)
#: "№" as engines read it (Ne, No, NS, N?, N:, N£, N", N9, N2), and the number after it: some letters, then digits.
_SIGN = (
    r"(?:№|(?<![^\W_])N[29](?=\s+\S)|"
    r"(?<![^\W_])N(?:[oeəaºöós]|[OQS](?=\s\d)|r\b)?[°?:£€\"'”“’*%&!.]{0,2}(?=\s?[\dA-ZА-ЯƏÇŞĞÖÜİzşoı]))"
)
_NUMBER = re.compile(
    rf"(?:{_SIGN}|\b(?i:nömrə(?:si)?|say[ıi]?|номер)\b)\s*[:.]?\s*"
    r"((?:[A-ZƏÇŞĞÖÜİА-Я]{1,5}[\-/]){0,2}(?:[A-ZƏÇŞĞÖÜİА-Я]{1,5}[\-/ ]?)?(?:\d|[zşoı][\-/]?\d)[\w\-/().]*)"
)
#: Lines whose number is of something else.
#: What stands before the number of a house, a school or a printed form.
_NUMBERED = re.compile(
    r"(?:\bforma|m[əe]kt[əe]b\w*|poliklinika\w*|x[əe]st[əe]xana\w*|klinika\w*|filial\w*|ba[ğg]ça\w*|lisey\w*|gimnaziya\w*|"
    r"terminal\w*|otaq|форма|школ\w+|больниц\w+|отделени\w+|\bform)\s*$",
    re.IGNORECASE,
)
_OTHER_NUMBER = re.compile(
    r"v[öo]en|\btel|\bf[iİ]n\b|pasport|v[əe]siq|reyestr|protokol|akt\s+qeyd|mənzil\s|паспорт|тел\."
)
_CONTACT = re.compile(
    r"@|\bref\b|www\.|https?:|\btel\b|telefon|küç|prospekt|\bAZ\s?\d{4}\b|\bmənzil\s*(?:№|\d)|ул\.|street",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d")
_DATED = re.compile(rf"/{_DATE.pattern}$")  # behind a number: "№ 1402 / 30.04.2025"
_YEAR = re.compile(r"(?:19|20)\d\d\s*-?\s*[cç][iıuü]")
#: Before or behind a date of birth.
_BIRTH = re.compile(
    r"do[gğ]u[ml]|\bdo[gğ]\.|anadan|t[əe]v[əe]ll|\bt[əe]v\.|рожд|родил|\bг\.?\s?р\b|\bд\.?\s?р\b|birth|\bborn\b|\bd\.?\s?r\.|"
    r"до[ғгф]у[лм]|анадан|т[әео]в[әео]лл",
    re.IGNORECASE,
)
#: Before a date of something that the paper tells of, which is not its own.
_TOLD = re.compile(
    r"ölüm|v[əe]fat|nikah|bo[şs]an|ba[ğg]lan|pozul|akt\s+qeyd|müayin|imtahan|etibarl|müdd[əe]t|valid|expir|collected|"
    r"dozas?\b|dose|t[əe]yin|qəbul|pasport|v[əe]siq|qanun|f[əe]rman|s[əe]r[əe]ncam[ıi]|tarixli|tarixd[əe]|ild[əe]n|"
    r"действ|смерт|брак|паспорт",
    re.IGNORECASE,
)
#: Before "verildiyi tarix": the paper that was given is this one.
_THIS_PAPER = re.compile(
    r"aray[ıi][şs][ıi]n|s[əe]n[əe]din|[şs][əe]had[əe]tnam[əe]nin|sertifikat[ıi]n|q[əe]rar[ıi]n|[əe]mrin", re.IGNORECASE
)
_BROKEN = re.compile(r"(?<=[\d)])\s?/\s?(?=\d)")  # a number that was read as two
_NEAR = 28  # characters round a date that say what day it is


def read_certificate(sheets: Sequence[ReadSheet], reader: RegionReader, known: Sequence[str] = ()) -> dict[str, Field]:
    """``issuer``, ``number``, ``date``, ``person``, ``statement``; what cannot be found has value None.

    ``person`` is in the nominative where the ending is plain; its ``raw`` is the name as the paper writes it.
    ``known`` are people whom the paper may be about, surname and given name first.
    """
    hits = find_labels(sheets, LABELS)
    title = _title_line(sheets)
    fields = {
        "issuer": _issuer(sheets, hits, title),
        "number": _number(sheets, hits, reader),
        "date": _date(sheets, hits, reader),
        "person": find_holder(sheets, hits, title, reader, known),
        "statement": _statement(sheets, title),
    }
    return {key: found or Field(None) for key, found in fields.items()}


def _title_line(sheets: Sequence[ReadSheet]) -> Line | None:
    """The line with the paper's title: short, in the upper part, naming a kind of paper."""
    for line in sheets[0].sheet.lines if sheets else ():
        text = fold(line.text)
        if line.box.y0 < 0.5 and len(text) < 60 and (_TITLE.search(text) or _TITLE.search(text.replace(" ", ""))):
            return line
    return None


def _issuer(sheets: Sequence[ReadSheet], hits: Sequence[Hit], title: Line | None) -> Field | None:
    """A labelled issuer, else the letterhead: lines above the title (or at the top) that name a body."""
    labelled = values(hits, "issuer")
    if labelled:
        return labelled[0].field(labelled[0].text)
    if not sheets:
        return None
    on = sheets[0]
    head = _letterhead(on, title.box.y0 if title else 0.3)
    if not head:
        return _signing_body(on)
    text = " ".join(re.sub(r"\s[.,·]+$", "", line.text.strip(" ,")) for line in head)
    confidence = min(certainty(on.sheet.source, line, line.words) for line in head)
    where = Said(text, box_of(head), on, head[0], confidence)
    return where.field(text, sure=0.95 if BODY_WORDS.search(text) else 0.8)


def _letterhead(on: ReadSheet, limit: float) -> list[Line]:
    """The lines at the top, above ``limit``, up to the first with a number, a date or an address."""
    head: list[Line] = []
    for line in on.sheet.lines:
        if line.box.y0 >= limit or len(head) == 4 or (len(line.words) > 9 and not all_capitals(line.text)):
            break
        if _CONTACT.search(line.text) or _NUMBER.search(line.text) or _day_in(line.text) or tells_a_month(line.text):
            if head:
                break
            continue
        if head and (_PART.search(line.text) or not _goes_on(head[-1], line)):
            break
        if letters(line.text) >= 4:
            head.append(line)
    return head


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a letterhead goes on in a line: it is unfinished above ("... Nazirliyi yanında"), or names a body too."""
    return bool(BODY_WORDS.search(line.text)) or not BODY_WORDS.search(above.text) or line.text[:1].islower()


def _signing_body(on: ReadSheet) -> Field | None:
    """Without a letterhead: the body that the signature at the end names."""
    low = [line for line in on.sheet.lines if line.box.y0 > 0.4 and BODY_WORDS.search(line.text)]
    return said(on, low[-1]).field(low[-1].text, sure=0.6) if low else None


def _number(sheets: Sequence[ReadSheet], hits: Sequence[Hit], reader: RegionReader) -> Field | None:
    for value in values(hits, "number"):
        match = re.match(r"(?:[A-ZƏÇŞĞÖÜİ]{1,5}[\-/ ]?)?\d[\w\-/()]*", _BROKEN.sub("/", value.text))
        if match and not _YEAR.match(match.group()) and not _DATE.match(match.group()):
            return confirmed(replace(value, text=match.group()), reader).field(match.group())
    for on in sheets:
        for line in on.sheet.lines:
            number = None if _OTHER_NUMBER.search(lower(line.text)) else _number_in(line.text)
            if number and line.box.y0 < 0.55:
                seen = confirmed_as(said(on, line), reader, _number_in)
                plain_figures = figures(number)
                sure = 0.7 if plain_figures != number else 0.9 if _mixed(number) else 1.0
                return seen.field(plain_figures, sure=sure, raw=number)
    return None


def _number_in(text: str) -> str | None:
    """The number after the first "№" of a text that is no date."""
    text = _BROKEN.sub("/", text)
    for match in _NUMBER.finditer(text):
        own = not _NUMBERED.search(text[: match.start()])
        if own and not _YEAR.match(match.group(1)) and not _DATE.match(match.group(1)):
            return _DATED.sub("", match.group(1)).strip(" .,-/")
    return None


def _mixed(number: str) -> bool:
    """Whether letters stand among digits, or letters that two scripts share: a reader cannot be sure of them."""
    return bool(re.search(r"\d[^\W\d_]|[^\W\d_]\d", number.replace("-", " "))) or bool(re.match(r"[А-Я]", number))


def _date(sheets: Sequence[ReadSheet], hits: Sequence[Hit], reader: RegionReader) -> Field | None:
    """The paper's own date: labelled, else the one beside its number, else the first in its head, else the last one;
    never a birth date."""
    for hit in hits:
        value = next(iter(values([hit], "date", has_digit)), None) if _names_the_date(hit) else None
        day = _day_in(value.text) if value else None
        if value and day:
            return confirmed_as(value, reader, _day_in).field(day, sure=_sure_of(value.text))
    dated = [
        (day, on, line, before)
        for on in sheets
        for before, line in zip(("", *(_tail(line) for line in on.sheet.lines)), on.sheet.lines, strict=False)
        for day in (_own_day(line, before),)
        if day
    ]
    own = [each for each in dated if not _TOLD.search(f"{each[3]} {each[2].text}")]
    head = [each for each in own or dated if each[2].box.y0 < 0.4 and len(each[2].words) <= 9]
    numbered = [each for each in head if _beside_number(each[1], each[2])]
    again = None if head else _date_read_again(sheets, reader)
    if again or not dated:
        return again
    day, on, line, _ = (numbered or head or own[-1:] or dated[-1:])[0]
    sure = 0.7 if not head or not own else 1.0 if numbered else 0.95
    return confirmed_as(said(on, line), reader, _day_in).field(day, sure=min(sure, _sure_of(line.text)))


def _date_read_again(sheets: Sequence[ReadSheet], reader: RegionReader) -> Field | None:
    """The date in the head of a paper of which month and year alone were read: its day is lost among its marks."""
    for on in sheets[:1]:
        for line in on.sheet.lines:
            if line.box.y0 < 0.4 and len(line.words) <= 9 and tells_a_month(line.text):
                days = [day for text in read_again(said(on, line), reader) for day in (find_day(text),) if day]
                if days and len({day.value for day in days}) == 1:
                    return said(on, line).field(days[0].value, sure=days[0].sure)
    return None


def _names_the_date(hit: Hit) -> bool:
    """Whether a label is of the paper's date: "Tarix" behind another word is a date of what that word says."""
    before = hit.line.words[hit.start - 1].text if hit.start else ""
    text = " ".join(word.text for word in hit.line.words[hit.start :])
    begins = letters(before) < 2 or before.endswith((":", ";", ",")) or bool(_THIS_PAPER.search(before))
    return begins and not _BIRTH.search(text)


def _tail(line: Line) -> str:
    """The end of a line, which may say what date comes next."""
    return "" if _day_in(line.text) else line.text[-_NEAR:]


def _own_day(line: Line, before: str) -> str | None:
    """The date in a line that is not a date of birth; ``before`` is the end of the line before it."""
    text = _without_number(line.text)
    parts = _BIRTH.split(text)
    if _BIRTH.search(before) and _day_in(text[:_NEAR]):
        return None
    if len(parts) > 1 and (_day_in(parts[0][-_NEAR:]) or _day_in(parts[-1][:_NEAR])):
        return None
    return _day_in(text)


def _beside_number(on: ReadSheet, line: Line) -> bool:
    """Whether the paper's number stands in a line, or in one beside, above or below it."""
    reach = 2.5 * line.box.height
    near = (other for other in on.sheet.lines if abs(other.box.y0 - line.box.y0) < reach)
    return any(_number_in(other.text) for other in near)


def _day_in(text: str) -> str | None:
    return day_in(_without_number(text))


def _sure_of(text: str) -> float:
    found = find_day(_without_number(text))
    return found.sure if found else 0.0


def _without_number(text: str) -> str:
    """A line without the paper's number, which may look like a date; a dot seen twice is one ("04..04..2024")."""
    text = re.sub(r"(?<=\d)\.{2,}(?=\d)", ".", text)
    number = _NUMBER.search(text)
    dated = number is not None and re.search(r"(?:19|20)\d\d", number.group(1))
    return text if number is None or dated else text.replace(number[0], " ", 1)


def _statement(sheets: Sequence[ReadSheet], title: Line | None) -> Field | None:
    """What the paper says: its running text after the title, up to the signature, on all its pages."""
    body = [
        (on, line)
        for number, on in enumerate(sheets)
        for line in on.sheet.lines
        if (number or line.box.y0 >= (title.box.y1 if title else 0.15) - 0.005) and len(line.words) >= 4
        if not _signature_line(line)
    ]
    if not body:
        return None
    text = re.sub(r"-\s+(?=[a-zəçşğöüı])", "", " ".join(line.text for _, line in body))
    confidence = sum(certainty(on.sheet.source, line, line.words) for on, line in body) / len(body)
    first = body[0][0]
    box = box_of([line for on, line in body if on is first])
    return Said(text, box, first, body[0][1], confidence).field(text, sure=0.9)


def _signature_line(line: Line) -> bool:
    return line.box.y0 > 0.45 and bool(re.search(r"\bimza|m\.\s?y\.|подпись|signature", lower(line.text)))
