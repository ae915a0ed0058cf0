"""The words of a sheet as the form reader looks at them: folded, in reading order, each in its cell.

A *unit* is a stretch of words that may be read one after another: the words of one cell, or all words outside cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from statistics import median

from rapidfuzz.fuzz import ratio

from extractors import values
from models import azerbaijani as az
from models.geometry import Box
from models.sheet import Cell, FormValue, Line, Sheet, Source, Word

_FURNITURE_ZONE = 0.06  # share of the sheet's height at its top and bottom where page numbers and scanner notes stand

_SPECK = 0.35  # height of the smallest letter, in usual heights of a word
_RIM = 0.004  # share of the sheet within which a word touches its edge
_CLEAR = 0.8  # certainty of what is a word, even there
_LEVEL = 0.65  # word heights between two readings of the same ink

_NARROW, _WIDE = "iıİIljtfr:.,;!|'()/", "mwMW"
_NUMBER = re.compile(r"\W{0,2}(?:№\s?)?(\d{1,2})\W{0,3}")
_ROMAN = re.compile(r"\W{0,2}([IVX]{1,5})[.)]\W{0,2}")
_GLUED = re.compile(r"((?:[1-9]|1\d|2[0-5]|[IVX]{1,5})[.)])([A-ZƏÇĞİÖŞÜ](?:[^\W\d_]{2}|\.[A-ZƏÇĞİÖŞÜ]).*)")
_ROMANS = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV"
_ROMAN_NUMBERS = {roman: number for number, roman in enumerate(_ROMANS.split(), start=1)}
_PAGE_WORDS = frozenset({"sehife", "seh", "page", "vereq", "of"})
_DAY, _CLOCK = r"[\dOlI]{1,4}[./-]\w{2,3}[./-]\d{2,4}", r"[\dOlI]{1,2}[:;]\d{2}"
_SENT = re.compile(rf"{_DAY}\W{{1,3}}{_CLOCK}|{_CLOCK}(?::\d\d)?\W{{1,3}}{_DAY}")  # of a fax machine or a browser


@dataclass(frozen=True, slots=True)
class Token:
    """One word. ``cell`` is the index into ``Sheet.cells``; ``line`` into ``Sheet.lines`` (None for a form value)."""

    index: int
    text: str
    folded: str
    box: Box
    line: int | None
    cell: int | None
    confidence: float = 1.0
    source: Source = Source.OCR


@dataclass(frozen=True, eq=False)
class PageText:
    """A sheet's words in reading order; told apart by identity, so that it can be a cache's key."""

    sheet: Sheet
    tokens: tuple[Token, ...]
    units: tuple[tuple[int, ...], ...]  # token indices, row by row

    @cached_property
    def height(self) -> float:
        """The usual height of a word, as a fraction of the sheet's height."""
        heights = [t.box.height for t in self.tokens if len(t.folded) > 2]
        return median(heights) if heights else 0.012

    @cached_property
    def aspect(self) -> float:
        """Sheet width over height: what a horizontal fraction is worth in vertical ones."""
        sheet = self.sheet
        return sheet.width_px / sheet.height_px if sheet.width_px and sheet.height_px else 0.707

    @cached_property
    def unit_of(self) -> dict[int, int]:
        """Unit number by token index."""
        return {token: number for number, unit in enumerate(self.units) for token in unit}

    @cached_property
    def place_in_unit(self) -> dict[int, int]:
        """Position inside its unit by token index."""
        return {token: place for unit in self.units for place, token in enumerate(unit)}

    def cells_beside(self, cell: int) -> list[int]:
        """The cells of the same row to the right of one, from left to right."""
        cells, own = self.sheet.cells, self.sheet.cells[cell].box
        row = [i for i, other in enumerate(cells) if i != cell and other.table == cells[cell].table
               and other.box.x0 >= own.x1 - 0.01 and _overlap(own, other.box) > 0.5]  # fmt: skip
        return sorted(row, key=lambda i: cells[i].box.x0)

    def gap(self, left: Token, right: Token) -> float:
        """The blank between two words of a row, in heights of a word."""
        return (right.box.x0 - left.box.x1) * self.aspect / self.height

    def same_row(self, one: Token, other: Token) -> bool:
        """Whether two words stand beside each other."""
        overlap = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
        return overlap > 0.4 * min(one.box.height, other.box.height)

    def previous(self, token: int) -> Token | None:
        """The word before one in its unit."""
        place, unit = self.place_in_unit[token], self.units[self.unit_of[token]]
        return self.tokens[unit[place - 1]] if place else None

    def following(self, token: int) -> Token | None:
        """The word after one in its unit."""
        place, unit = self.place_in_unit[token], self.units[self.unit_of[token]]
        return self.tokens[unit[place + 1]] if place + 1 < len(unit) else None


@lru_cache(maxsize=4)  # every form is looked for on a sheet before the next sheet's turn
def page_text(sheet: Sheet, labels: frozenset[str] = frozenset()) -> PageText:
    """The words of a sheet, entered form values among them, page furniture left out.

    ``labels`` are folded words that end labels: an answer that an engine joined to one ("Blok:2") is parted from it.
    """
    values_in = [value for value in sheet.form_values if value.value.strip()]
    raw: list[tuple[Word, int | None, Source]]
    raw = [(part, number, _source(line, sheet)) for number, line in enumerate(sheet.lines) for word in line.words
           if not _covered(word, values_in)
           for piece in (_numbered(word) if word is line.words[0] else [word])
           for part in _parted(piece, labels)]  # fmt: skip
    raw += [(word, None, Source.FORM_FIELD) for value in values_in for word in _words_of(value)]
    kept = [entry for entry in raw if entry[0].text.strip() and not _is_rim(entry[0], entry[2])]
    kept = _once(_without_specks(kept)) if sheet.source is Source.OCR else kept
    furniture = _furniture(sheet)
    tokens = tuple(
        Token(i, word.text, "".join(az.fold(word.text).split()), word.box, line, _cell_at(sheet.cells, word.box),
              word.confidence, source)
        for i, (word, line, source) in enumerate(e for e in kept if e[1] not in furniture)
    )  # fmt: skip
    return PageText(sheet, tokens, _units(tokens))


def _source(line: Line, sheet: Sheet) -> Source:
    """Where a line's words come from: ink beside a text layer is read, and seconded, by engines."""
    return sheet.source if line.second is None else Source.OCR


def number_of(token: Token) -> str:
    """The number of a question that a word is ("8.", "№8", "(8)", "VIII."); nothing where it is another word."""
    found = _NUMBER.fullmatch(token.text)
    if found:
        return found[1]
    roman = _ROMAN.fullmatch(token.text)
    return str(_ROMAN_NUMBERS.get(roman[1], "")) if roman else ""


def rows_of(tokens: Iterable[Token]) -> list[list[Token]]:
    """Words grouped into visual rows from top to bottom, each from left to right."""
    rows: list[list[Token]] = []
    for token in sorted(tokens, key=lambda t: t.box.centre[1]):
        if rows and _beside(rows[-1], token):
            rows[-1].append(token)
        else:
            rows.append([token])
    return [sorted(row, key=lambda t: t.box.x0) for row in rows]


def text_of(tokens: Iterable[Token]) -> str:
    """The words row by row as one text, writing lines left out, words broken over rows kept as written."""
    return values.without_leaders(" ".join(t.text for row in rows_of(tokens) for t in row))


def _beside(row: list[Token], token: Token) -> bool:
    last = row[-1].box
    first = row[0].box
    middle = token.box.centre[1]
    reach = 0.55 * max(min(last.height, token.box.height), 0.004)
    return abs(middle - last.centre[1]) <= reach or (
        abs(middle - first.centre[1]) <= reach and abs(middle - last.centre[1]) <= 2 * reach
    )


def _units(tokens: Sequence[Token]) -> tuple[tuple[int, ...], ...]:
    by_cell: dict[int | None, list[Token]] = {}
    for token in tokens:
        by_cell.setdefault(token.cell, []).append(token)
    return tuple(tuple(t.index for row in rows_of(unit) for t in row) for unit in by_cell.values())


def _cell_at(cells: Sequence[Cell], box: Box) -> int | None:
    x, y = box.centre
    holding = [i for i, cell in enumerate(cells) if cell.box.contains(x, y)]
    return min(holding, key=lambda i: cells[i].box.area, default=None)


def _numbered(word: Word) -> list[Word]:
    """The first word of a line, or the number and the word of a question that it holds ("7.Digər")."""
    found = _GLUED.fullmatch(word.text)
    return _cut(word, found[1], found[2]) if found else [word]


def _parted(word: Word, labels: frozenset[str]) -> list[Word]:
    """A word, or the label and the answer that it holds."""
    head, colon, tail = word.text.partition(":")
    if not (colon and tail.strip() and (head.endswith(")") or "".join(az.fold(head).split()) in labels)):
        return [word]
    return _cut(word, head + colon, tail)


def _cut(word: Word, head: str, tail: str) -> list[Word]:
    """A word as two, parted where the sign that ends the first one stands."""
    cut = word.box.x0 + word.box.width * (_width(head) - _width(head[-1]) / 2) / _width(word.text)
    left, right = Box(word.box.x0, word.box.y0, cut, word.box.y1), Box(cut, word.box.y0, word.box.x1, word.box.y1)
    return [Word(head, left, word.confidence), Word(tail, right, word.confidence)]


def _width(text: str) -> float:
    """How wide a text is, in ordinary letters."""
    return sum(0.5 if letter in _NARROW else 1.5 if letter in _WIDE else 1.0 for letter in text)


def _covered(word: Word, form_values: Sequence[FormValue]) -> bool:
    """A picture of an entered value would be read twice; what the file says was entered counts."""
    return any(value.box.contains(*word.box.centre) for value in form_values)


def _without_specks(entries: list[tuple[Word, int | None, Source]]) -> list[tuple[Word, int | None, Source]]:
    """Words without letters that are far too small for any."""
    usual = median([word.box.height for word, _, _ in entries]) if entries else 0.0
    return [e for e in entries if e[0].box.height >= _SPECK * usual or not any(map(str.isalnum, e[0].text))]


def _once(entries: list[tuple[Word, int | None, Source]]) -> list[tuple[Word, int | None, Source]]:
    """Words without those that an engine read twice, whole and in part, or in two halves one above the other."""
    usual = median([word.box.height for word, _, _ in entries]) if entries else 0.0
    out: list[tuple[Word, int | None, Source]] = []
    middles: list[float] = []
    for entry in sorted(entries, key=lambda e: e[0].box.y0):
        middle = entry[0].box.centre[1]
        level = [i for i, other in enumerate(middles) if abs(other - middle) <= _LEVEL * usual]
        twin = next((i for i in reversed(level) if _is_same(out[i], entry)), None)
        if twin is None:
            out.append(entry)
            middles.append(middle)
        elif (entry[0].confidence, len(entry[0].text)) > (out[twin][0].confidence, len(out[twin][0].text)):
            out[twin], middles[twin] = entry, middle
    return out if len(out) < len(entries) else entries


def _is_same(one: tuple[Word, int | None, Source], other: tuple[Word, int | None, Source]) -> bool:
    """Whether two words at one height are readings of the same ink: in different lines, but alike."""
    a, b = one[0].box, other[0].box
    if one[1] == other[1]:
        return False
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    return shared > 0.7 * min(a.width, b.width) and ratio(az.fold(one[0].text), az.fold(other[0].text)) > 60


def _is_rim(word: Word, source: Source) -> bool:
    """Whether a word is the rim of a sheet that an engine took for letters: a shadow, the table beneath."""
    box = word.box
    touches = box.x0 < _RIM or box.x1 > 1 - _RIM or box.y0 < _RIM or box.y1 > 1 - _RIM
    return source is Source.OCR and touches and (word.confidence < _CLEAR or len(word.text.strip()) <= 2)


def _words_of(value: FormValue) -> list[Word]:
    """The words of a form value spread over its box, line by line, so that geometry treats them as written there."""
    lines = [line.split() for line in value.value.splitlines() if line.strip()]
    step = value.box.height / max(len(lines), 1)
    out = []
    for row, words in enumerate(lines):
        y0 = value.box.y0 + row * step + 0.1 * step
        y1 = min(y0 + 0.8 * step, y0 + 0.012) if step > 0.03 else y0 + 0.8 * step
        width = value.box.width / max(sum(len(w) + 1 for w in words), 40)
        x = value.box.x0
        for word in words:
            out.append(Word(word, Box(x, y0, min(x + width * len(word), value.box.x1), y1)))
            x += width * (len(word) + 1)
    return out


def _furniture(sheet: Sheet) -> set[int | None]:
    """Lines that no one wrote into the form: page numbers, notes of scanning apps and fax machines at the edges."""
    edge = [(number, line) for number, line in enumerate(sheet.lines) if _at_edge(line)]
    sent = [line.box.centre[1] for _, line in edge if _SENT.search(line.text)]
    return {number for number, line in edge
            if any(abs(line.box.centre[1] - row) < 0.5 * line.box.height for row in sent)
            or (_is_furniture(line.text) and not _numbers_a_row(line, sheet.lines))}  # fmt: skip


def _numbers_a_row(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a number stands in the column before a text, as numbers of questions do."""
    return line.text.strip()[-1:] in ".)" and any(
        other.box.x0 > line.box.x1 and abs(other.box.centre[1] - line.box.centre[1]) < 0.5 * line.box.height
        for other in lines
    )


def _at_edge(line: Line) -> bool:
    middle = line.box.centre[1]
    return middle < _FURNITURE_ZONE or middle > 1 - _FURNITURE_ZONE


def _is_furniture(text: str) -> bool:
    words = az.fold(text).split()
    numbers = [w for w in words if w.isdigit()]
    others = {w for w in words if not w.isdigit()}
    page_number = len(numbers) in (1, 2) and all(len(w) <= 2 for w in numbers) and others <= _PAGE_WORDS
    browser = bool(words) and words[0].startswith(("http", "www"))
    return page_number or browser or any("scanner" in w or w == "scanned" for w in words)


def _overlap(one: Box, other: Box) -> float:
    """Shared height as a share of the lower box."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared / max(min(one.height, other.height), 1e-6)
