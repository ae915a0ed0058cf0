"""Whose paper it is: the person that a certificate, decision or letter is about, and where it says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from extractors.cleaning import coloured_ink
from extractors.papers.labels import (
    AGREED,
    ALIKE,
    Hit,
    Said,
    certainty,
    confirmed_name,
    said,
    values,
    with_next_line,
)
from extractors.papers.people import (
    NamedPerson,
    ends_a_name,
    find_known,
    find_person,
    is_bare_name,
    leading_person,
    nominative,
)
from extractors.regions import crop
from extractors.shapes import ReadSheet, RegionReader
from models.document import Field
from models.geometry import box_of
from models.sheet import Line, Source

#: Words of the names of bodies.
BODY_WORDS = re.compile(
    r"nazirli|xidm[əe]ti|idar[əe]|m[əe]hk[əe]m[əe]|universitet|komit[əe]|agentli|fondu|b[əe]l[əe]diyy|hakimiyy[əe]t|"
    r"m[əe]rk[əe]z|sefirli|s[əe]firli|konsul|[şs]irk[əe]t|\bmmc\b|\bqsc\b|\basc\b|m[üu][əe]ssis[əe]|t[əe][şs]kilat|"
    r"institut|m[əe]kt[əe]b|notari|respublikas|federasiya|министерств|посольств|консульств|управлени|ministry|embassy|"
    r"consulate|bakanl|elçili|elcili|valili|ofis|bank|klub|akademiya|xəstəxana",
    re.IGNORECASE,
)
_TABLE_HEAD = re.compile(
    r"qohumlu|d[əe]r[əe]c[əe]si|t[əe]v[əe]ll[üu]d|do[ğg]um\s+ili|do[ğg]uldu|kimliyi|родств|\bрожд|relation",
    re.IGNORECASE,
)  # of a list of people
_SPECK = re.compile(r"^[^\w\s(«\"“]+(?=\s)|(?<=\s)[^\w\s)»\"”,.]+$")
_SHORT_LINE = "\x0b"  # ends a short line; no name goes on over it
_FIRST_LINES = 5  # of the running text; number and date may stand before it
_TWO_PEOPLE = 0.85  # how sure a person is beside whom another is named
_LONELY, _WEAK_PERSON = 0.85, 0.7
_UNDER_INK = 0.7  # how sure a name is that coloured ink lies on
_INKED = 0.04  # share of a name's place


@dataclass(frozen=True, slots=True)
class _Found:
    """A person and the place on the paper that names it."""

    person: NamedPerson
    where: Said


def find_holder(
    sheets: Sequence[ReadSheet], hits: Sequence[Hit], title: Line | None, reader: RegionReader, known: Sequence[str]
) -> Field | None:
    """Whom the paper is about, as it writes the name.

    People who are ``known`` from elsewhere are looked for only where no way of naming finds anybody for certain.
    """
    found = _labelled_person(hits) or _person_in_text(sheets, title)
    own = find_known(found.person.written, known) if found else None
    if found is None or (own is None and found.person.confidence <= _TWO_PEOPLE):
        found = _first(sheets, partial(find_known, known=known)) or found or _person_read_again(sheets, title, reader)
        own = find_known(found.person.written, known) if found else None
    if found is None:
        return None
    seen = confirmed_name(found.where, reader)
    if own is None:
        name = found.person.name if seen.text == found.where.text else nominative(seen.text)
        sure = min(found.person.confidence, _UNDER_INK if _is_inked_over(found) else 1.0)
        return seen.field(name, sure=sure, raw=seen.text)
    backed = own.name in seen.text  # what is read here and what is known from elsewhere are one
    sure = max(seen.confidence, AGREED) if backed else seen.confidence
    return replace(seen, confidence=sure).field(own.name, sure=own.confidence, raw=seen.text)


def _is_inked_over(found: _Found) -> bool:
    """Whether coloured ink, a stamp or a signature, lies on a name or between its words."""
    on, where = found.where.on, found.where.box
    if on.colour is None or on.colour.ndim == 2:
        return False
    written = found.person.written.split()
    lines = [line for line in on.sheet.lines if where.contains(*line.box.centre)]
    held = ([word for word in line.words if word.text.strip(",.;:") in written] for line in lines)
    ink = coloured_ink(on.colour)
    return any(float((crop(ink, box_of(words), 0) > 0).mean()) > _INKED for words in held if words)


def _person_in_text(sheets: Sequence[ReadSheet], title: Line | None) -> _Found | None:
    """The person that a formula names, else the name at the head of the text or alone in the middle of a line."""
    found = _first(sheets, find_person)
    if not sheets or (found and found.person.confidence > _WEAK_PERSON):
        return found
    return _leading_person(sheets[0], title) or _lonely_person(sheets[0]) or found


def _first(sheets: Sequence[ReadSheet], find: Callable[[str], NamedPerson | None]) -> _Found | None:
    """The first person that is found in the text of a sheet."""
    for on in sheets:
        person = find(_sentences(on.sheet.lines))
        if person:
            return _Found(person, replace(_lines_between(on, person.start, person.end), text=person.written))
    return None


def _person_read_again(sheets: Sequence[ReadSheet], title: Line | None, reader: RegionReader) -> _Found | None:
    """Whom the running text names once every engine has read it: the page's model spoils unusual names."""
    on = sheets[0] if sheets else None
    if on is None or on.sheet.source is not Source.OCR:
        return None
    body = [line for line in on.sheet.lines if (not title or line.box.y0 > title.box.y0) and len(line.words) >= 4]
    read = reader.read(on, box_of(body[:_FIRST_LINES])) if body else ()
    person = find_person(_sentences(read))
    lines = [line for line in read if person and set(person.written.split()) & {word.text for word in line.words}]
    if person is None or not lines:
        return None
    sure = min(word.confidence for line in lines for word in line.words if word.text in person.written.split())
    return _Found(person, Said(person.written, box_of(lines), on, replace(lines[0], second=""), min(ALIKE, sure)))


def _sentences(lines: Sequence[Line]) -> str:
    """The text of lines joined by single signs; one that ends well before the right edge ends what it says.

    Specks at the ends of lines are blank: a name may go on over them.
    """
    right = max((line.box.x1 for line in lines), default=1.0)
    texts = (_SPECK.sub(lambda speck: " " * len(speck[0]), line.text) for line in lines)
    ends = (_SHORT_LINE if line.box.x1 < right - 0.2 else " " for line in lines)
    return "".join(text + end for text, end in zip(texts, ends, strict=True))


def _leading_person(on: ReadSheet, title: Line | None) -> _Found | None:
    """The name that the text under the title begins with."""
    body = [line for line in on.sheet.lines if title and line.box.y0 > title.box.y0 and len(line.words) >= 4]
    named = [(line, person) for line in body[:_FIRST_LINES] if (person := leading_person(line.text))]
    if not named:
        return None
    line, person = named[0]
    at = len(line.text[: person.start].split())
    words = line.words[at : at + len(person.written.split())]
    return _Found(person, replace(said(on, line, words), text=person.written))


def _lonely_person(on: ReadSheet) -> _Found | None:
    """The name in the middle of a line of its own, as on a diploma."""
    for line in on.sheet.lines:
        centred = line.box.y0 < 0.5 and line.box.x0 > 0.25 and abs(line.box.x0 + line.box.x1 - 1) < 0.1
        if centred and not all_capitals(line.text) and is_bare_name(line.text) and _is_name(line.text):
            return _Found(NamedPerson(line.text, line.text, 0, len(line.text), _LONELY), said(on, line))
    return None


def _labelled_person(hits: Sequence[Hit]) -> _Found | None:
    found = _labelled_name(hits)
    if found is None:
        return None
    return _Found(NamedPerson(nominative(found.text), found.text, 0, len(found.text), 1.0), found)


def _labelled_name(hits: Sequence[Hit]) -> Said | None:
    hits = [hit for hit in hits if hit.key != "full_name" or not _heads_a_list(hit)]
    hits = [hit for hit in hits if hit.key != "holder" or hit.line.words[hit.end - 1].text.endswith(":")]
    whole = [*values(hits, "full_name", _is_full_name), *values(hits, "holder", _is_full_name)]
    if whole:
        return with_next_line(whole[0], ends_a_name)
    parts = [values(hits, key) for key in ("surname", "given_name", "patronymic")]
    if not parts[0] or not parts[1]:
        return None
    told = [found[0] for found in parts if found and _is_name(found[0].text)]
    if len(told) < 2:
        return None
    text = " ".join(each.text for each in told)
    return replace(told[0], text=text, box=box_of(told), confidence=min(each.confidence for each in told))


def _heads_a_list(hit: Hit) -> bool:
    """Whether a label is the head of a column, under which many people stand."""
    row = (line.text for line in hit.on.sheet.lines if line.box.y0 < hit.box.centre[1] < line.box.y1)
    return any(_TABLE_HEAD.search(text) for text in row)


def _is_full_name(text: str) -> bool:
    """Whether a text may be a whole name and nothing else: two to six words, the first two with a capital."""
    words = text.split()
    return 2 <= len(words) <= 6 and _is_name(text) and all(word[0].isupper() for word in words[:2])


def _is_name(text: str) -> bool:
    return not any(c.isdigit() for c in text) and letters(text) >= 2 and not BODY_WORDS.search(text)


def _lines_between(on: ReadSheet, start: int, end: int) -> Said:
    """The lines that hold characters ``start`` to ``end`` of the sheet's text joined by blanks."""
    at, held = 0, []
    for line in on.sheet.lines:
        if at < end and at + len(line.text) > start:
            held.append(line)
        at += len(line.text) + 1
    held = held or list(on.sheet.lines[:1])
    confidence = min(certainty(on.sheet.source, line, line.words) for line in held)
    return Said(" ".join(line.text for line in held), box_of(held), on, held[0], confidence)


def letters(text: str) -> int:
    """How many letters a text has."""
    return sum(c.isalpha() for c in text)


def all_capitals(text: str) -> bool:
    """Whether a text is printed in capitals."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)
