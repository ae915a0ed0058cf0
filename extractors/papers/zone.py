"""Finding the machine-readable zone of a sheet and reading it, from marks, text lines or the picture itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.papers.fillers import is_filler
from extractors.papers.mrz import TD1, Zone, lookalikes, looks_like_zone_line, parse
from extractors.shapes import Pixels, ReadSheet, RegionReader
from models.azerbaijani import plain, upper
from models.geometry import Box
from models.sheet import Line, MarkKind, Source

#: How far a line's box is widened (in heights) before it is read: engines need air, neighbours must stay out.
_MARGINS = (0.18, 0.35, 0.05)
_GAPS = (0.022, 0.035)  # between letters of one line, of the sheet's width
_TWO_LETTERS = re.compile(r"[A-Z]{2}\d+$")  # a series that many states use
_ODD_SERIES = re.compile(r"\d[A-Z]\d+$")  # one that hardly any does
_READ = 0.6  # confidence of a line whose words are words
_FEW_WORDS = 25
_WHOLE_NUMBER = 6  # characters of a document's number that do not stand in print by chance
_LEAST_PITCH = 8.0  # pixels; ICAO's letters are 2.54 mm apart, so about 80 dpi
_DEPTHS = (18, 60)  # how much darker than their surroundings letters are; security prints are lighter
_SHORTEST = 0.25  # of the sheet's width: a card on A4
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
    def too_small(self) -> bool:
        """Whether the letters are too small to be told apart: check digits then prove nothing, least of all names."""
        return self.pitch is not None and self.pitch < _LEAST_PITCH


def find_zone(on: ReadSheet, reader: RegionReader) -> FoundZone | None:
    """The zone of a sheet: the first band whose check digits fit, else the most plausible one, else None."""
    found = [zone for zone in (_from_text(on),) if zone]
    if on.grey is not None and not any(_sound(zone) for zone in found):
        found += _in_picture(on, reader)
        if not any(_sound(zone) for zone in found):
            turned = _in_picture(_upside_down(on), reader)
            found += [replace(zone, box=_turned(zone.box)) for zone in turned if zone.zone.valid]
    return min(found, key=_doubt, default=None)


def _in_picture(on: ReadSheet, reader: RegionReader) -> list[FoundZone]:
    """The zones of a picture up to the first that is sound."""
    found: list[FoundZone] = []
    for band in _bands(on):
        read = _read_band(on, band, reader)
        if read:
            found.append(_borne_out(read, on))
        if read and _sound(found[-1]):
            break
    return found


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
            return replace(found, zone=replace(zone, valid=zone.valid or zone.guessed), disputed=False)
    if _ODD_SERIES.match(found.zone.number):
        likelier = [zone for zone in lookalikes(found.zone) if _TWO_LETTERS.match(zone.number)]
        return replace(found, zone=likelier[0], disputed=True) if likelier else found
    return found


def zone_kind(on: ReadSheet, reader: RegionReader) -> tuple[str, str, str, str] | None:
    """Format, document code, issuing state and nationality of a sheet's zone, for telling passports, visas and cards
    apart; None where there is no sign of a zone or it cannot be read."""
    sheet = on.sheet
    marked = any(True for kind in (MarkKind.MRZ, MarkKind.FACE) for _ in sheet.marked(kind))
    told = sum(looks_like_zone_line(line.text) for line in sheet.lines) >= 2
    if not (marked or told or _hardly_read(on)):
        return None
    found = find_zone(on, reader)
    if found is None or not (found.zone.valid or found.zone.plausible):
        return None
    return found.zone.format, found.zone.code, found.zone.issuer, found.zone.nationality


def _hardly_read(on: ReadSheet) -> bool:
    """Whether a page shows little that the page reader could read: security prints keep it from what stands on them."""
    words = sum(len(line.words) for line in on.sheet.lines if line.confidence > _READ)
    return on.grey is not None and words < _FEW_WORDS


def _sound(found: FoundZone) -> bool:
    return found.zone.valid and found.zone.plausible


def _doubt(found: FoundZone) -> tuple[bool, bool, int]:
    return not found.zone.valid, not found.zone.plausible, found.zone.repaired


def _from_text(on: ReadSheet) -> FoundZone | None:
    """A zone that the file itself states; what the page reader makes of one has C for < where no check digit sees."""
    if on.sheet.source is Source.OCR:
        return None
    for lines in _runs([line for line in on.sheet.lines if looks_like_zone_line(line.text)]):
        zone = parse([line.text for line in lines])
        if zone:
            return FoundZone(zone, _around([line.box for line in lines]), 1.0, on.sheet.source)
    return None


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Consecutive lines, three (TD1) before two."""
    for size in (3, 2):
        for start in range(len(lines) - size + 1):
            yield list(lines[start : start + size])


def _around(boxes: Sequence[Box]) -> Box:
    box = boxes[0]
    for other in boxes[1:]:
        box = box.union(other)
    return box


# --- where a band may be ---------------------------------------------------------------------------------------------


def _bands(on: ReadSheet) -> Iterator[list[Box]]:
    """Candidate bands as the boxes of their lines, the likeliest first."""
    for mark in on.sheet.marked(MarkKind.MRZ):
        rows = _rows(on, mark.box)
        if rows:
            yield rows
    lines = [line.box for line in on.sheet.lines if looks_like_zone_line(line.text)]
    if len(lines) in (2, 3):
        yield [_widened(box) for box in lines]
    yield from _stacks(on)
    for box in _dark_bands(on):
        rows = _rows(on, box)
        if rows:
            yield rows


def _widened(box: Box) -> Box:
    """A text line's box over the whole width of its sheet, for engines that lose the ends of a zone."""
    return Box(max(0.0, box.x0 - 0.03), box.y0, min(1.0, box.x1 + 0.03), box.y1)


def _stacks(on: ReadSheet) -> Iterator[list[Box]]:
    """Two or three rows of print, long, equally long and close together: only zones look so."""
    grey = np.ascontiguousarray(on.grey)
    scale = min(1.5, 1000.0 / grey.shape[1])
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = small.shape
    for share, depth in product(_GAPS, _DEPTHS):
        ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, depth)
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (int(share * width), 1))
        closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel)
        closed = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((3, int(0.1 * width)), np.uint8))
        contours, _ = cv2.findContours(closed.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        rows = [cv2.boundingRect(contour) for contour in contours]
        long = (row for row in rows if row[2] > _SHORTEST * width and row[2] > 11 * row[3])
        rows = sorted(long, key=lambda row: row[1])
        for stack in _alike(rows):
            yield [Box(x / width, y / height, (x + w) / width, (y + h) / height) for x, y, w, h in stack]


def _alike(rows: Sequence[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    """Neighbouring rows of one length, the lowest stack first, three rows before two."""
    for start in reversed(range(len(rows))):
        for size in (3, 2):
            stack = list(rows[start : start + size])
            if len(stack) == size and all(_follows(a, b) for a, b in pairwise(stack)):
                yield stack
                break


def _follows(above: Sequence[int], below: Sequence[int]) -> bool:
    size = max(above[3], below[3])
    pitch = below[1] - above[1]
    return (
        abs(above[0] - below[0]) < 0.08 * above[2]
        and abs(above[2] - below[2]) < 0.12 * above[2]
        and (1.1 * size < pitch < 4 * size)
    )


def _dark_bands(on: ReadSheet) -> Iterator[Box]:
    """Wide bands of even, tightly set letters in the lower half: black-hat, closed along the line (as passport
    readers do)."""
    grey = np.ascontiguousarray(on.grey)
    scale = min(1.0, 700.0 / grey.shape[1])
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    hat = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, cv2.getStructuringElement(cv2.MORPH_RECT, (13, 7)))
    slope = np.abs(cv2.Sobel(hat, cv2.CV_32F, 1, 0, ksize=-1))
    slope = (255 * slope / max(1.0, float(slope.max()))).astype(np.uint8)
    closed = cv2.morphologyEx(slope, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (17, 5)))
    _, mask = cv2.threshold(closed, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (25, 21)))
    mask = cv2.erode(mask, np.ones((3, 3), np.uint8), iterations=2)
    height, width = mask.shape
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    boxes = sorted((cv2.boundingRect(contour) for contour in contours), key=lambda b: -(b[1] + b[3]))
    for x, y, w, h in boxes[:12]:
        if w > 0.35 * width and 4.5 < w / max(1, h) < 30:
            grow = 0.25 * h
            yield Box((x - 12) / width, (y - grow) / height, (x + w + 12) / width, (y + h + grow) / height).clipped()


# --- the lines of a band ---------------------------------------------------------------------------------------------


def _rows(on: ReadSheet, band: Box) -> list[Box]:
    """The boxes of the two or three lines in a band, from its row profile; empty when it has another number."""
    top, left, crop = _crop(on, band)
    if crop.shape[0] < 12 or crop.shape[1] < 60:
        return []
    block = max(15, crop.shape[0] // 4 | 1)
    ink = cv2.adaptiveThreshold(crop, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 12)
    profile = np.convolve(ink.mean(axis=1), np.ones(3) / 3, mode="same")
    spans = _spans(profile > 0.35 * np.percentile(profile, 85))
    tallest = max((b - a for a, b in spans), default=0)
    spans = [(a, b) for a, b in spans if b - a >= 0.55 * tallest and b - a >= 5]
    if len(spans) not in (2, 3):
        return []
    height, width = on.sheet.height_px or crop.shape[0], on.sheet.width_px or crop.shape[1]
    columns = np.flatnonzero(ink[spans[0][0] : spans[-1][1]].any(axis=0))
    x0, x1 = (left + int(columns[0])) / width, (left + int(columns[-1]) + 1) / width
    return [Box(x0, (top + a) / height, x1, (top + b) / height).clipped() for a, b in spans]


def _crop(on: ReadSheet, box: Box) -> tuple[int, int, Pixels]:
    assert on.grey is not None
    height, width = on.grey.shape[:2]
    y0, y1 = int(box.y0 * height), int(np.ceil(box.y1 * height))
    x0, x1 = int(box.x0 * width), int(np.ceil(box.x1 * width))
    return y0, x0, np.ascontiguousarray(on.grey[y0:y1, x0:x1])


def _spans(on_row: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], on_row.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


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
        filler = _code_ends(texts, [_crop(on, _padded(row, margin))[2] for row, _, _ in read])
        zone = parse([texts[0][0] + "<" + texts[0][2:], *texts[1:]] if filler else texts)
        if zone is None:
            continue
        zone = replace(zone, repaired=zone.repaired + bool(filler), read=tuple(texts))
        box = _around([row for row, _, _ in read])
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


def _above(rows: Sequence[Box]) -> Box:
    """Where the line of a card's zone would stand that was not found with the other two."""
    first, pitch = rows[0], rows[1].y0 - rows[0].y0
    return Box(first.x0, first.y0 - pitch, first.x1, first.y1 - pitch).clipped()


def _padded(row: Box, margin: float) -> Box:
    pad = margin * row.height
    return Box(row.x0 - 0.6 * row.height, row.y0 - pad, row.x1 + 0.6 * row.height, row.y1 + pad).clipped()
