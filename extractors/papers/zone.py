"""Finding the machine-readable zone of a sheet and reading it, from marks, text lines or the picture itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from extractors.cleaning import evened
from extractors.geometry import grey_of
from extractors.papers.bands import around, bands_apart, bands_of, cut_out, rows_in
from extractors.papers.fillers import is_filler
from extractors.papers.formats import TD1
from extractors.papers.mrz import Zone, lookalikes, looks_like_zone_line, parse
from extractors.shapes import Pixels, ReadSheet, RegionReader
from models.azerbaijani import plain, upper
from models.geometry import Box, box_of
from models.sheet import Line, MarkKind, Source

#: How far a line's box is widened (in heights) before it is read: engines need air, neighbours must stay out.
_MARGINS = (0.18, 0.35, 0.05)
_TWO_LETTERS = re.compile(r"[A-Z]{2}\d+$")  # a series that many states use
_ODD_SERIES = re.compile(r"\d[A-Z]\d+$")  # one that hardly any does
_READ = 0.6  # confidence of a line whose words are words
_FEW_WORDS = 25
_WHOLE_NUMBER = 6  # characters of a document's number that do not stand in print by chance
_LEAST_PITCH = 8.0  # pixels; ICAO's letters are 2.54 mm apart, so about 80 dpi
_MOST_BANDS = 2  # that are read at one place, where a sheet shows several documents
_MOST_READ = 40  # bands of one picture; ruled or screened paper has hundreds of them
_MOST_PLACES = 6  # of zones on one sheet; a page of text has more that look like one
_INITIAL = re.compile(r"<<[A-Z<]*[A-Z]<([KCLX])<{4,}$")  # behind given names
_LIKE_FILLERS = "CK"  # letters that engines take fillers for


@dataclass(frozen=True, slots=True)
class FoundZone:
    """A zone, where it stands on the sheet, how sure its reader was of the letters, and where the text came from.

    ``agreed``: two readings of other cuts of the picture gave the same lines. Check digits alone let one wrong zone in
    thirty pass once two characters are wrong, and they say nothing of names.
    """

    zone: Zone
    box: Box
    confidence: float
    source: Source
    agreed: bool = True
    disputed: bool = False  # check digits fit another reading too
    open_code: bool = False  # the document code's second letter may be a filler; no check digit sees it
    pitch: float | None = None  # pixels of the page from letter to letter

    @property
    def kind(self) -> tuple[str, str, str, str]:
        """Format, document code, issuing state and nationality."""
        return self.zone.format, self.zone.code, self.zone.issuer, self.zone.nationality

    @property
    def too_small(self) -> bool:
        """Whether the letters are too small to be told apart: check digits then prove nothing, least of all names."""
        return self.pitch is not None and self.pitch < _LEAST_PITCH


def find_zone(on: ReadSheet, reader: RegionReader) -> FoundZone | None:
    """The zone of a sheet: the first band whose check digits fit, else the most plausible one, else None."""
    found = [zone for zone in (_from_text(on),) if zone]
    if on.grey is not None and not any(_sound(zone) for zone in found):
        found += _up_to_sound(on, bands_of(on), reader)
        if not any(_sound(zone) for zone in found) and (came := _as_it_came(on)):
            found += _up_to_sound(came, bands_of(came), reader)
        if not any(_sound(zone) for zone in found):
            over = _upside_down(on)
            turned = _up_to_sound(over, bands_of(over), reader)
            found += [replace(zone, box=_turned(zone.box)) for zone in turned if zone.zone.valid]
    return min(found, key=_doubt, default=None)


def zones_apart(on: ReadSheet, reader: RegionReader) -> list[FoundZone]:
    """The zones of a sheet that shows several: one for each place where one may stand. Empty where there is one place
    or none; such a sheet costs no reading."""
    if not _may_carry(on):
        return []
    found = list(_stated(on))
    if on.grey is not None and not found:
        places, came = bands_apart(on), _as_it_came(on)
        if came and not all(rows_in(on, mark.box) for mark in on.sheet.marked(MarkKind.MRZ)):
            places = bands_apart(came)
        read = (
            (_at_place(on, came, place[:_MOST_BANDS], reader) for place in places)
            if 1 < len(places) <= _MOST_PLACES
            else ()
        )
        found = [min(zones, key=_doubt) for zones in read if zones]
    return found if len(found) > 1 else []


def _up_to_sound(on: ReadSheet, bands: Iterable[Sequence[Box]], reader: RegionReader) -> list[FoundZone]:
    """The zones that are read from bands, up to the first that is sound."""
    found: list[FoundZone] = []
    for band in islice(bands, _MOST_READ):
        read = _read_band(on, band, reader)
        if read:
            found.append(_borne_out(read, on))
        if read and _sound(found[-1]):
            break
    return found


def _at_place(
    on: ReadSheet, came: ReadSheet | None, bands: Sequence[Sequence[Box]], reader: RegionReader
) -> list[FoundZone]:
    found = _up_to_sound(on, bands, reader)
    if came and not any(_sound(zone) for zone in found):
        here = [rows for rows in bands_of(came) if around(rows).intersection(around(bands[0]))]
        found += _up_to_sound(came, here[:_MOST_BANDS], reader)
    return found


def _as_it_came(on: ReadSheet) -> ReadSheet | None:
    """The sheet in the grey of its own picture, for a zone that was seen and cannot be read: cleaning takes print on
    coloured paper for a stamp. None where no zone was seen."""
    if on.colour is None or not any(True for _ in on.sheet.marked(MarkKind.MRZ)):
        return None
    return replace(on, grey=evened(grey_of(np.ascontiguousarray(on.colour))))


def _upside_down(on: ReadSheet) -> ReadSheet:
    """The same picture turned by half: a card alone on a page gives the page reader nothing to tell the way up by."""
    marks = tuple(replace(mark, box=_turned(mark.box)) for mark in on.sheet.marks)
    grey = None if on.grey is None else np.ascontiguousarray(on.grey[::-1, ::-1])
    return ReadSheet(replace(on.sheet, marks=marks, lines=()), grey=grey)


def _turned(box: Box) -> Box:
    return Box(1 - box.x1, 1 - box.y1, 1 - box.x0, 1 - box.y0)


def _borne_out(found: FoundZone, on: ReadSheet) -> FoundZone:
    """A zone as the number in print has it, where one check digit cannot tell: a guessed number in print is valid."""
    besides = [line for line in on.sheet.lines if not found.box.contains(*line.box.centre)]
    lines = (line.text for line in besides if not looks_like_zone_line(line.text))
    printed = [plain(re.sub(r"[\W_]", "", upper(text))) for text in lines]
    for zone in (found.zone, *lookalikes(found.zone)):
        if any(len(zone.number) >= _WHOLE_NUMBER and zone.number in text for text in printed):
            if _letters(zone.number) < _letters(found.zone.number):
                return replace(found, disputed=True)  # engines take letters before digits for digits in print
            return replace(found, zone=replace(zone, valid=zone.valid or zone.guessed), disputed=False)
    if _ODD_SERIES.match(found.zone.number):
        likelier = [zone for zone in lookalikes(found.zone) if _TWO_LETTERS.match(zone.number)]
        return replace(found, zone=likelier[0], disputed=True) if likelier else found
    return found


def _letters(number: str) -> int:
    return sum(map(str.isalpha, number))


def zone_on(on: ReadSheet, reader: RegionReader) -> FoundZone | None:
    """The zone of a sheet, for telling passports, visas and cards apart; None where there is no sign of one or it
    cannot be read."""
    found = find_zone(on, reader) if _may_carry(on) else None
    return found if found and (found.zone.valid or found.zone.plausible) else None


def _may_carry(on: ReadSheet) -> bool:
    """Whether there is any sign of a zone on a sheet: one seen, a face, lines of signs, or hardly any text."""
    marked = any(True for kind in (MarkKind.MRZ, MarkKind.FACE) for _ in on.sheet.marked(kind))
    told = sum(looks_like_zone_line(line.text) for line in on.sheet.lines) >= 2
    return marked or told or _hardly_read(on)


def _hardly_read(on: ReadSheet) -> bool:
    """Whether a page shows little that the page reader could read: security prints keep it from what stands on them."""
    words = sum(len(line.words) for line in on.sheet.lines if line.confidence > _READ)
    return on.grey is not None and words < _FEW_WORDS


def _sound(found: FoundZone) -> bool:
    return found.zone.valid and found.zone.plausible


def _doubt(found: FoundZone) -> tuple[bool, bool, int]:
    return not found.zone.valid, not found.zone.plausible, found.zone.repaired


def _from_text(on: ReadSheet) -> FoundZone | None:
    return next(_stated(on), None)


def _stated(on: ReadSheet) -> Iterator[FoundZone]:
    """Zones that the file itself states; what the page reader makes of one has C for < where no check digit sees."""
    if on.sheet.source is Source.OCR:
        return
    rest = [line for line in on.sheet.lines if looks_like_zone_line(line.text)]
    for lines in _runs(rest):
        zone = parse([line.text for line in lines]) if all(line in rest for line in lines) else None
        if zone:
            rest = [line for line in rest if line not in lines]
            yield FoundZone(zone, box_of(lines), 1.0, on.sheet.source)


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Consecutive lines, three (TD1) before two."""
    for size in (3, 2):
        for start in range(len(lines) - size + 1):
            yield list(lines[start : start + size])


# --- the lines of a band ---------------------------------------------------------------------------------------------


def _read_band(on: ReadSheet, rows: Sequence[Box], reader: RegionReader) -> FoundZone | None:
    """The band read with one margin after another, until two readings whose check digits fit are the same."""
    seen: list[FoundZone] = []
    for margin in _MARGINS:
        read = [(row, *reader.read_mrz_line(on, _padded(row, margin))) for row in rows]
        if len(rows) == 2 and all(abs(len(text) - TD1.length) <= 3 for _, text, _ in read):
            rows = [_above(rows), *rows]
            read = [(rows[0], *reader.read_mrz_line(on, _padded(rows[0], margin))), *read]
        read = [each for each in read if 26 <= len(each[1]) <= 48]
        if len(read) < 2 or not any("<<" in text for _, text, _ in read):
            break
        texts = [text for _, text, _ in read]
        pictures = [cut_out(on, _padded(row, margin))[2] for row, _, _ in read]
        filler = _code_ends(texts, pictures)
        zone = parse([texts[0][0] + "<" + texts[0][2:], *texts[1:]] if filler else texts)
        if zone is None:
            continue
        zone = _with_initial(zone, texts, pictures)
        zone = replace(zone, repaired=zone.repaired + bool(filler), read=tuple(texts))
        box = around([row for row, _, _ in read])
        pitch = box.width * on.sheet.width_px / on.sheet.scale / len(zone.lines[0])
        sure = min(confidence for _, _, confidence in read)
        found = FoundZone(zone, box, sure, Source.MRZ, agreed=False, open_code=filler is None, pitch=pitch)
        twin = next((each for each in seen if each.zone.lines == zone.lines), None)
        if twin and _sound(twin):
            open_code = twin.open_code and found.open_code
            return replace(min(twin, found, key=_doubt), agreed=True, open_code=open_code)
        seen.append(found)
    best = min(seen, key=_doubt, default=None)
    rivals = {each.zone.lines for each in seen if _sound(each)}
    return replace(best, disputed=len(rivals) > 1) if best else None


def _code_ends(texts: Sequence[str], pictures: Sequence[Pixels]) -> bool | None:
    """Whether the second sign of a document code, read as a letter, is a filler; None where the picture does not
    tell."""
    if texts[0][1] not in _LIKE_FILLERS:
        return False
    samples = [picture for text, picture in zip(texts, pictures, strict=True) if text.endswith("<" * 4)]
    return is_filler(pictures[0], 1, len(texts[0]), samples[0]) if samples else None


def _with_initial(zone: Zone, texts: Sequence[str], pictures: Sequence[Pixels]) -> Zone:
    """The zone with the one letter behind the names that was taken for a filler read as a letter, where the picture
    shows that it is one: LINDA K. No check digit sees names."""
    row = 2 if zone.format == TD1.name else 0
    line, read = zone.lines[row], texts[row]
    initial = _INITIAL.search(read)
    if initial is None or len(read) != len(line) or line[initial.start(1)] != "<":
        return zone
    at = initial.start(1)
    if is_filler(pictures[row], at, len(read), pictures[row]) is not False:
        return zone
    lines = (*zone.lines[:row], line[:at] + initial[1] + line[at + 1 :], *zone.lines[row + 1 :])
    return replace(zone, lines=lines, given_names=f"{zone.given_names} {initial[1]}", repaired=zone.repaired - 1)


def _above(rows: Sequence[Box]) -> Box:
    """Where the line of a card's zone would stand that was not found with the other two."""
    first, pitch = rows[0], rows[1].y0 - rows[0].y0
    return Box(first.x0, first.y0 - pitch, first.x1, first.y1 - pitch).clipped()


def _padded(row: Box, margin: float) -> Box:
    pad = margin * row.height
    return Box(row.x0 - 0.6 * row.height, row.y0 - pad, row.x1 + 0.6 * row.height, row.y1 + pad).clipped()
