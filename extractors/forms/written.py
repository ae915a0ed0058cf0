"""What was written in a place, as read by whichever reader knows it best."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import mean

from rapidfuzz.distance import Indel

from extractors.forms import confidence, ink
from extractors.forms.blanks import by_ink
from extractors.forms.pages import Area, FormPage
from extractors.forms.specks import without_specks
from extractors.forms.tokens import Token, rows_of
from extractors.shapes import RegionReader
from extractors.values import is_dash, is_hollow, squeeze, without_leaders
from models import azerbaijani as az
from models.geometry import Box, box_of
from models.sheet import Line, MarkKind, Sheet, Source, Word

_CLEAR = 0.5  # certainty of what is no noise beside words
_SPECKLED = 0.02  # share of black in a word's box that is no letter's
_ALIKE = 0.985  # certainty of a word that needs no other look
_PAD, _BEHIND = 0.35, 8.0  # word heights round a word that are its own, and behind a row where it may go on
_LETTER, _UNREAD = 0.45, 2  # height of a letter in word heights; letters that are no speck
_AGREED = 0.84  # least certainty of a word that both engines read alike

#: A capital that no abbreviation is, parted from the rest of its word.
_LONE = re.compile(r"(?<!\S)([ƏĞÖŞÜ]) (?=[a-zəğıöüçş]{3})")
#: The dot that a ligature of f and i hides, where harmony or a word of Greek asks for it.
_UNDOTTED = re.compile(r"(?<=[eəiöü])fı|(?<=[eəiöü][bcçdfgğhjklmnpqrsştvxyz])fı|(?<=ra)fı(?=y[ae])")

#: A row that ends with the dash of a period.
_PERIOD_BEGUN = re.compile(r"\d\s*[-–—]$")

#: Quotes, which engines mix up, as one.
_QUOTES = str.maketrans(dict.fromkeys("“”„«»’‘`", '"'))


@dataclass(frozen=True, slots=True)
class Written:
    """The rows of an answer. ``second`` is what a second engine read in all of it; ``box`` is on the shown page.

    ``chance`` is how sure the letters are, for an empty answer how sure it is that nothing was written.
    """

    rows: tuple[str, ...] = ()
    second: str | None = None
    chance: float = confidence.CALIBRATION.absent
    file: str | None = None
    page: int | None = None
    box: Box | None = None
    source: Source = Source.OCR
    lines: tuple[Line, ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        return squeeze(_joined(self.rows))


def _joined(rows: Sequence[str]) -> str:
    """Rows as one text; a word parted after its own hyphen ("1991-" "ci") is one word again, and so is a
    period ("2009–" "2015", "iyun–" "avqust")."""
    out = ""
    for row in rows:
        parted = out.endswith(("-", "–", "—")) and out[-2:-1].isalnum() and row[:1].isalnum()
        out = out + row if parted else f"{out} {row}"
    return out


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
        written = _written(lines, sheet, source, chance)
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
            return tuple(respaced(line, own) for line in both)
        again = tuple(line for box in boxes for line in self._reader.read(area.page.read, box))
        again = tuple(line for line in again if not is_hollow(line.text))
        if not _as_well(again, own) or (both and (len(again) > len(both) or _trust(again) <= _trust(both))):
            again = both
        return tuple(respaced(line, own) for line in again) or own

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
            return _written(lines, sheet, Source.OCR, chance)
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
    first = squeeze(_joined([without_leaders(_line(row).text) for row in rows_of(tokens)]))
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


def respaced(line: Line, own: Sequence[Line]) -> Line:
    """A line with the blanks of the sheet's first reading where both have the same letters around them.

    The second engine tends to lose blanks after commas and before numbers; the first one keeps them.
    """
    joined = "".join(word.text for word in line.words)
    near = max(
        own, key=lambda other: Indel.normalized_similarity(joined, "".join(w.text for w in other.words)), default=None
    )
    if near is None or Indel.normalized_similarity(joined, "".join(w.text for w in near.words)) < 0.8:
        return line
    blanks = _blanks_from(joined, [word.text for word in near.words])
    words = [piece for word, at in _with_starts(line.words) for piece in _parted(word, [b - at for b in blanks])]
    return replace(line, words=tuple(words))


def _blanks_from(joined: str, words: Sequence[str]) -> set[int]:
    """Places in ``joined`` before which the other reading has a blank between letters that both have."""
    other = "".join(words)
    same: dict[int, int] = {}
    for block in Indel.opcodes(_plain(other), _plain(joined)):
        if block.tag == "equal":
            same.update(
                zip(range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True)
            )
    at, out = 0, set()
    for word in words[:-1]:
        at += len(word)
        if at in same and at - 1 in same and same[at] == same[at - 1] + 1:
            out.add(same[at])
    return out


def _plain(text: str) -> str:
    """Letter by letter without marks, case and kinds of quotes, so that places stay the same."""
    return "".join(az.fold(c)[:1] or c for c in text.translate(_QUOTES))


def _with_starts(words: Sequence[Word]) -> Iterator[tuple[Word, int]]:
    at = 0
    for word in words:
        yield word, at
        at += len(word.text)


def _parted(word: Word, cuts: Sequence[int]) -> list[Word]:
    """A word cut at some of its letters, its box in proportion."""
    inside = [0, *sorted(c for c in cuts if 0 < c < len(word.text)), len(word.text)]
    if len(inside) == 2:
        return [word]
    width = word.box.width / len(word.text)
    return [Word(word.text[a:b], Box(word.box.x0 + a * width, word.box.y0, word.box.x0 + b * width, word.box.y1),
                 word.confidence) for a, b in pairwise(inside)]  # fmt: skip


def _says_something(line: Line) -> bool:
    return not is_hollow(line.text) and line.confidence > 0.3


def _source(tokens: Sequence[Token], sheet: Sheet) -> Source:
    return Source.FORM_FIELD if all(t.source is Source.FORM_FIELD for t in tokens) else sheet.source


def _line(row: Sequence[Token]) -> Line:
    return Line(tuple(Word(t.text, t.box, t.confidence) for t in row), box_of(row))


def _row(line: Line, source: Source, after: str) -> str:
    """A line's words; specks that an engine took for signs at its ends are left out, not the dash of a period that
    goes on in the line ``after`` it."""
    text = without_leaders(line.text)
    if source is not Source.OCR or is_dash(text):
        return text
    period = _PERIOD_BEGUN.search(text) and after[:1].isdigit()
    text = text if period else re.sub(r"\s+[:;.,|'‘’`“”\"*~°«»\-–—]+$", "", text)
    text = re.sub(r"^[:;.,|'‘’`“”\"*~°«»]+\s+", "", text)
    text = re.sub(r"(?<=[^\W\d_])\.\.(?=\s)", ".,", re.sub(r"(?<!\S)\$(?=[.,])", "ş", text))
    text = re.sub(r"\bN[£€](?=\s?\d)", "№", text)
    text = _LONE.sub(r"\1", text)
    text = _UNDOTTED.sub("fi", text)
    if line.second and text[-1:] in ".,:;'" and squeeze(line.second)[-1:].isalnum():
        text = text[:-1]
    return text


def _without_strokes(rows: tuple[str, ...]) -> tuple[str, ...]:
    """The rows of a picture's answer without dashes before and behind its words: pieces of writing lines."""
    worded = [i for i, row in enumerate(rows) if not is_dash(row)]
    if not worded:
        return rows
    rows = rows[worded[0] : worded[-1] + 1]
    if any(re.match(r"[-–—]\s", row) for row in rows[1:]):  # a list
        return rows
    return (re.sub(r"^[-–—]\s+(?=\w)", "", rows[0]), *rows[1:])


def of_words(text: str, written: Written) -> float:
    """How sure a part of an answer is that stands in one of its lines; 0 where no line holds it whole."""
    for line in written.lines:
        words = [(w, w.text.strip(" ,.;:()/\"'«»“”")) for w in line.words]
        own = [w for w, bare in words if bare and bare in text.split()]
        if own and [bare for _, bare in words if bare in text.split() and bare] == text.split():
            second = text if line.second and text in line.second else line.second
            return confidence.of_lines([Line(tuple(own), line.box, second)], written.source)
    return 0.0


def _written(lines: Sequence[Line], sheet: Sheet, source: Source, chance: float) -> Written:
    below = [*(line.text for line in lines[1:]), ""]
    each = (_row(line, source, after) for line, after in zip(lines, below, strict=False))
    rows = tuple(text for text in each if text and not is_hollow(text))
    if source is Source.OCR:
        rows = _without_strokes(rows)
        rows = (*(re.sub(r"(?<=[^\W\d_])\.\.$", ".,", row) for row in rows[:-1]), *rows[-1:])
    seconds = [line.second for line in lines]
    second = None if None in seconds else squeeze(without_leaders(_joined([s or "" for s in seconds])))
    return Written(rows, second, chance, sheet.file, sheet.page, sheet.on_page(box_of(lines)), source, tuple(lines))
