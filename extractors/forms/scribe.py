"""The reader of a form's places: looks once more where that helps, and says what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import mean

from rapidfuzz.distance import Indel

from extractors.forms import confidence, ink
from extractors.forms.blanks import by_ink
from extractors.forms.pages import Area, FormPage
from extractors.forms.spacing import respaced
from extractors.forms.specks import without_specks
from extractors.forms.tokens import Token, rows_of
from extractors.forms.written import Written, as_written, joined
from extractors.shapes import RegionReader
from extractors.values import is_hollow, squeeze, without_leaders
from models.geometry import Box, box_of
from models.sheet import Line, MarkKind, Sheet, Source, Word

_CLEAR = 0.5  # certainty of what is no noise beside words
_SPECKLED = 0.02  # share of black in a word's box that is no letter's
_ALIKE = 0.985  # certainty of a word that needs no other look
_PAD, _BEHIND = 0.35, 8.0  # word heights round a word that are its own, and behind a row where it may go on
_LETTER, _UNREAD = 0.45, 2  # height of a letter in word heights; letters that are no speck
_COMMA = 0.9  # certainty of a word behind which a comma may stand
_AGREED = 0.84  # least certainty of a word that both engines read alike


class Scribe:
    """Reads the places of one form once more where that helps, and says what stands there."""

    def __init__(self, reader: RegionReader) -> None:
        self._reader = reader

    def area(self, areas: Sequence[Area]) -> Written:
        """An answer that may go on from one sheet to the next."""
        worded = [area for area in areas if area.tokens]  # print lost at a page break is no answer of its own
        worded = [area for area in worded if any(map(str.isalnum, "".join(t.text for t in area.tokens)))] or worded
        parts = [self._one(area) for area in worded or areas]
        written = [part for part in parts if part.rows]
        if not written:
            return min(parts, key=lambda part: part.chance, default=Written())
        first = written[0]
        chance = 1.0
        for part in written:
            chance *= part.chance
        return Written(
            tuple(row for part in written for row in part.rows),
            None if any(p.second is None for p in written) else " ".join(p.second or "" for p in written),
            chance, first.file, first.page, first.box, first.source,
            tuple(line for part in written for line in part.lines),
        )  # fmt: skip

    def _one(self, area: Area) -> Written:
        area = _without_dust(area)
        if not area.tokens or is_hollow(without_leaders(" ".join(t.text for t in area.tokens))):
            return self._unread(area)
        sheet = area.page.read.sheet
        source = _source(area.tokens, sheet)
        lines = self._lines(area, source)
        if source is Source.OCR:
            lines = without_specks(by_ink(lines, area.page.read), area.page.read)
        chance = confidence.of_lines(lines, source) * (1.0 if area.certain else confidence.CALIBRATION.unbounded)
        if source is Source.OCR and _ends_in_stamp(area, lines):
            chance *= confidence.CALIBRATION.stamped
        elif source is Source.OCR and _leaves_ink(area, lines):
            chance *= confidence.CALIBRATION.beside_ink
        written = as_written(lines, sheet, source, chance)
        if written.second is not None and min(line.confidence for line in lines) < _AGREED:
            return replace(written, second=_first_reading(area.tokens, written.text))
        return written

    def _lines(self, area: Area, source: Source) -> tuple[Line, ...]:
        own = _without_ghosts([_line(row) for row in rows_of(area.tokens)])
        if source is not Source.OCR or area.page.read.grey is None:
            return own
        ready = _already_seconded(area)
        if ready:
            return ready
        boxes = reading_boxes(area)
        both = tuple(line for box in boxes for line in self._seconded(area, box))
        if both and min(word.confidence for line in both for word in line.words) >= _ALIKE:
            return tuple(_with_commas(respaced(line, own), own) for line in both)
        again = tuple(line for box in boxes for line in self._reader.read(area.page.read, box))
        again = tuple(line for line in again if not is_hollow(line.text))
        if not _as_well(again, own) or (both and (len(again) > len(both) or _trust(again) <= _trust(both))):
            again = both
        return tuple(_with_commas(respaced(line, own), own) for line in again) or own

    def _seconded(self, area: Area, box: Box) -> tuple[Line, ...]:
        """The rows of an answer inside a box as both engines read them; the first one has read them already."""
        rows = rows_of(t for t in area.tokens if box.contains(*t.box.centre))
        read = self._reader.second(area.page.read, box, _without_ghosts([_line(row) for row in rows]))
        return tuple(line for line in read if not is_hollow(line.text))

    def _unread(self, area: Area) -> Written:
        """No word was found: whether the place is empty, or holds something that another look can read."""
        sheet, boxes = area.page.read.sheet, area.boxes
        print_boxes = area.page.print_boxes
        looked = sheet.source is Source.OCR
        dash = ink.only_dash(area.page.read, boxes, print_boxes) if looked else None
        if dash and (not dash.is_tiny or area.page.begins_as_others(dash.box)):
            chance = confidence.CALIBRATION.dash_in_cell if area.certain else confidence.CALIBRATION.dash_in_place
            return Written(("-",), None, chance, sheet.file, sheet.page, sheet.on_page(dash.box), sheet.source)
        clear = looked and ink.is_clear(area.page.read, boxes, print_boxes)
        inked = ink.is_inked(area.page.read, boxes, print_boxes) if looked and boxes else None
        lines = self._read_again(area) if looked and not clear else ()
        if lines and (inked or lines[0].confidence > _CLEAR):
            chance = confidence.of_lines(lines, Source.OCR) * confidence.CALIBRATION.unbounded
            return as_written(lines, sheet, Source.OCR, chance)
        chance = confidence.of_empty(sheet.source, area.certain, inked)
        if inked is False and (not clear or _may_be_dashed(area)):
            chance = min(chance, confidence.CALIBRATION.empty_faint)
        if area.doubtful:
            chance = min(chance, confidence.CALIBRATION.empty_unplaced)
        place = sheet.on_page(boxes[0]) if boxes else None
        return Written(chance=chance, file=sheet.file, page=sheet.page, box=place, source=sheet.source)

    def _read_again(self, area: Area) -> tuple[Line, ...]:
        """What both engines see in a place where the first reading saw nothing."""
        if area.page.read.grey is None:
            return ()
        found = [line for box in area.boxes for line in self._reader.read(area.page.read, box)]
        lines: list[Line] = []
        for line in sorted(found, key=lambda line: -line.confidence):
            known = area.page.is_print(line.box) or any(line.box.intersection(other.box) for other in lines)
            if _says_something(line) and not known:
                lines.append(line)
        stamps = [mark.box for mark in area.page.read.sheet.marked(MarkKind.STAMP)]
        own = [line for line in lines if not any(stamp.contains(*line.box.centre) for stamp in stamps)] or lines
        clear = [line for line in own if line.confidence > _CLEAR]
        return tuple(sorted(clear or own, key=lambda line: line.box.centre[1]))


def _with_commas(line: Line, first: Sequence[Line]) -> Line:
    """A line, seconded by its first reading and less sure where that has commas that a second look lost."""
    own = next((other for other in first if _same_ink(other.box, line.box)), None)
    if own is None or own.text.count(",") <= line.text.count(","):
        return line
    if own.text.replace(",", "") != line.text.replace(",", ""):
        return line
    ends = {word.text for word in own.words}
    words = (replace(w, confidence=min(w.confidence, _COMMA)) if f"{w.text}," in ends else w for w in line.words)
    return Line(tuple(words), line.box, own.text)


def _may_be_dashed(area: Area) -> bool:
    """Whether a level stroke, too small for a dash, stands where other answers begin."""
    blobs = (blob for box in area.boxes for blob in ink.blobs_in(area.page.read, box, area.page.print_boxes))
    return any(blob.width >= 2 * blob.height and area.page.begins_as_others(blob.box) for blob in blobs)


def _without_dust(area: Area) -> Area:
    """An area without the other side's print shining through, and where words are, without signs that are doubted."""
    area = replace(area, tokens=tuple(t for t in area.tokens if t.confidence >= _AGREED or not _is_pale(t, area)))
    worded = [t for t in area.tokens if any(map(str.isalnum, t.text)) or (t.confidence >= _CLEAR
              and not area.page.is_beside_print(t))]  # fmt: skip
    return replace(area, tokens=tuple(worded)) if any(map(str.isalnum, "".join(t.text for t in worded))) else area


def _without_ghosts(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines without the worse of two that an engine read from the same ink, one above the other."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last is None or not _same_ink(last.box, line.box):
            out.append(line)
        elif line.confidence > last.confidence:
            out[-1] = line
    return tuple(out)


def _same_ink(one: Box, other: Box) -> bool:
    high, wide = min(one.height, other.height), min(one.width, other.width)
    level = min(one.y1, other.y1) - max(one.y0, other.y0) > 0.5 * high
    return level and min(one.x1, other.x1) - max(one.x0, other.x0) > 0.5 * wide


def _is_pale(token: Token, area: Area) -> bool:
    """Whether a word of a picture has no stroke as black as print; a speck of dust in it is none."""
    read = area.page.read
    dark = ink.ink_of_print(read, token.box)
    return token.source is Source.OCR and read.grey is not None and (not dark.size or dark.mean() < _SPECKLED)


def _ends_in_stamp(area: Area, lines: Sequence[Line]) -> bool:
    """Whether there is ink of a stamp right behind a row: more of the answer may stand under it."""
    read, page = area.page.read, area.page
    stamps = [mark.box for mark in read.sheet.marked(MarkKind.STAMP)]
    reach = _BEHIND * page.text.height / page.text.aspect
    ends = [Box(line.box.x1, line.box.y0, line.box.x1 + reach, line.box.y1).clipped() for line in lines]
    stamped = [end for end in ends if any(stamp.intersection(end) for stamp in stamps)]
    return any(ink.blobs_in(read, end, page.print_boxes) for end in stamped)


def _leaves_ink(area: Area, lines: Sequence[Line]) -> bool:
    """Whether letters stand between or right behind the words of an answer that nobody read: a stamp covers them."""
    read, page = area.page.read, area.page
    if read.grey is None:
        return False
    high = page.text.height
    wide = high / page.text.aspect
    right = max((box.x1 for box in area.boxes), default=1.0) if area.certain else 1.0
    words = [word.box for line in lines for word in line.words] + [token.box for token in area.tokens]
    known = [Box(b.x0 - _PAD * wide, b.y0 - high, b.x1 + _PAD * wide, b.y1 + high).clipped() for b in words]
    rows = [_going_on(line.box, _BEHIND * wide, right) for line in lines]
    least = _LETTER * high * read.grey.shape[0] / read.sheet.dpi * 25.4
    blobs = [b for row in rows for b in ink.blobs_in(read, row, [*page.print_boxes, *known])]
    return len([b for b in blobs if b.height >= least and b.width >= least / 3]) >= _UNREAD


def _going_on(row: Box, reach: float, right: float) -> Box:
    return Box(row.x0, row.y0, max(row.x1, min(row.x1 + reach, right)), row.y1).clipped()


def reading_boxes(area: Area) -> list[Box]:
    """The boxes to be read once more: the cell itself, or the words' own rows where no cell bounds them."""
    held = [box for box in area.boxes if any(box.contains(*t.box.centre) for t in area.tokens)]
    if area.certain and all(any(box.contains(*t.box.centre) for box in held) for t in area.tokens):
        return held
    pad = 0.35 * area.page.text.height
    blocks: list[Box] = []
    for box in map(box_of, _runs(area)):
        joins = blocks and abs(blocks[-1].x0 - box.x0) < 0.02 and box.y0 - blocks[-1].y1 < 1.5 * box.height
        if joins:
            blocks[-1] = blocks[-1].union(box)
        else:
            blocks.append(box)
    return [Box(_left_of(b, area.page), b.y0 - pad, b.x1 + pad, b.y1 + pad).clipped() for b in blocks]


def _left_of(box: Box, page: FormPage) -> float:
    """From where words are read: an engine's box may begin behind their first letter; never in the words before."""
    reach = 0.8 * page.text.height / page.text.aspect
    beside = (t.box.x1 for t in page.text.tokens if t.box.x1 <= box.x0 and box.y0 < t.box.centre[1] < box.y1)
    nearest = max(beside, default=0.0)
    return min(max(box.x0 - reach, (nearest + box.x0) / 2), box.x0 - 0.1 * reach)


def _runs(area: Area) -> Iterator[list[Token]]:
    """The rows of an answer, parted where print stands between their words."""
    page = area.page
    print_boxes = [page.text.tokens[t] for t in page.printed]
    for row in rows_of(area.tokens):
        run: list[Token] = []
        for token in row:
            between = run and any(run[-1].box.x1 <= p.box.centre[0] <= token.box.x0 and page.text.same_row(token, p)
                                  for p in print_boxes)  # fmt: skip
            if between:
                yield run
                run = []
            run.append(token)
        yield run


def _first_reading(tokens: Sequence[Token], text: str) -> str | None:
    """What was read first, for where the second look follows one engine alone; None if it is the same."""
    first = squeeze(joined([without_leaders(_line(row).text) for row in rows_of(tokens)]))
    return first if first != text else None


def _already_seconded(area: Area) -> tuple[Line, ...]:
    """The sheet's own lines where they hold just these words and two engines have read them."""
    lines = area.page.read.sheet.lines
    numbers = sorted({t.line for t in area.tokens if t.line is not None})
    chosen = [lines[number] for number in numbers]
    whole = sum(len([w for w in line.words if w.text.strip()]) for line in chosen) == len(area.tokens)
    return tuple(chosen) if chosen and whole and all(line.second is not None for line in chosen) else ()


def _as_well(read: Sequence[Line], own: Sequence[Line]) -> bool:
    """Whether a second look did not lose words, nor read clearly worse than the first."""
    again, before = ("".join(w.text for line in lines for w in line.words) for lines in (read, own))
    if not read or len(again) < 0.6 * len(before):
        return False
    if Indel.normalized_similarity(again, before) > 0.95:
        return True
    return _trust(read) >= _trust(own) - 0.03


def _trust(lines: Sequence[Line]) -> float:
    every = [word for line in lines for word in line.words]
    return mean(word.confidence for word in [w for w in every if any(map(str.isalnum, w.text))] or every)


def _says_something(line: Line) -> bool:
    return not is_hollow(line.text) and line.confidence > 0.3


def _source(tokens: Sequence[Token], sheet: Sheet) -> Source:
    return Source.FORM_FIELD if all(t.source is Source.FORM_FIELD for t in tokens) else sheet.source


def _line(row: Sequence[Token]) -> Line:
    return Line(tuple(Word(t.text, t.box, t.confidence) for t in row), box_of(row))
