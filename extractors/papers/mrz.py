"""Machine-readable zones by ICAO 9303: fitting, repairing and checking their lines. Text in, a ``Zone`` out.

A repair is never silent: ``Zone.repaired`` counts the characters that were changed, ``Zone.read`` is what was read
before. Substitutions rest on the kind of each field (a date holds digits only) and are believed only when every check
digit then fits and no other reading does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from extractors.papers.formats import MRVA, MRVB, STATES, TD1, TD2, TD3, Check, Layout, Span

_TO_DIGIT = {"O": "0", "Q": "0", "D": "0", "U": "0", "I": "1", "L": "1", "J": "1", "Z": "2", "A": "4", "S": "5",
             "G": "6", "T": "7", "B": "8"}  # fmt: skip
_TO_LETTER = {"0": "O", "1": "I", "2": "Z", "4": "A", "5": "S", "6": "G", "8": "B"}
#: Signs of a state's code: what letters they may be.
_LETTERS_LIKE = {"0": "ODU", "1": "IL", "2": "Z", "4": "A", "5": "S", "6": "G", "8": "B", "O": "DU", "D": "O",
                 "I": "L", "Q": "OD"}  # fmt: skip
_SERIES = 2  # characters of a document number that are letters in most states
_SAME_CHECK = {"6": "G", "G": "6", "1": "L", "L": "1", "8": "S", "S": "8"}  # their values differ by ten or twenty
_TWINS = {"0": "OQD", "1": "IL", "2": "Z", "4": "A", "5": "S", "6": "G", "8": "B", "O": "0D", "Q": "0O", "D": "0O",
          "I": "1", "L": "1", "Z": "2", "A": "4", "S": "5", "G": "6", "B": "8"}  # fmt: skip
#: Digits that engines confuse; tried in dates only, where two check digits judge independently.
_DIGIT_TWINS = {"0": "689", "1": "74", "2": "7", "3": "895", "4": "19", "5": "63", "6": "805", "7": "12", "8": "360",
                "9": "03"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Zone:
    """A parsed zone. Dates are ISO, or None where they cannot be; names are as printed, fillers as spaces.

    ``valid``: every check digit fits, as read or after a repair with one possible outcome. ``guessed``: the repair
    changed how the document number begins, where letters and digits may stand and one check digit is all the proof;
    such a zone is not valid before the number is found in print. ``read`` are the lines before any repair.
    """

    format: str
    lines: tuple[str, ...]
    valid: bool
    repaired: int
    code: str
    issuer: str
    surname: str
    given_names: str
    number: str
    nationality: str
    birth_date: str | None
    sex: str | None
    expiry_date: str | None
    optional: str
    guessed: bool = False
    read: tuple[str, ...] = ()

    @property
    def plausible(self) -> bool:
        """Whether the unchecked parts can be: known states, a document code, a surname."""
        return self.issuer in STATES and self.nationality in STATES and self.code[:1] in "PVIAC" and bool(self.surname)


def lookalikes(zone: Zone) -> list[Zone]:
    """The same zone with a number that looks alike and has the same check digits: 6 and G, 1 and L, 8 and S."""
    ways = [char + _SAME_CHECK.get(char, "") for char in zone.number[:_SERIES]]
    numbers = {"".join(way) + zone.number[_SERIES:] for way in product(*ways)} - {zone.number}
    return [
        replace(zone, number=number, lines=tuple(line.replace(zone.number, number) for line in zone.lines))
        for number in sorted(numbers)
    ]


def check_digit(text: str) -> str:
    """The ICAO 9303 check digit of a string of A-Z, 0-9 and <."""
    total = 0
    for index, char in enumerate(text):
        value = 0 if char == "<" else int(char, 36)
        total += value * (7, 3, 1)[index % 3]
    return str(total % 10)


def cleaned(raw: str) -> str:
    """A line as an engine or a text layer gave it, in the zone's alphabet: upper case, «, ‹ and ( as fillers."""
    text = raw.upper().replace("«", "<<").replace("»", "<<").replace("‹", "<").replace("(", "<").replace("€", "<")
    return re.sub(r"[^A-Z0-9<]", "", text)


def looks_like_zone_line(raw: str) -> bool:
    """Whether a text line may belong to a zone: long, no small letters, fillers in it."""
    text = cleaned(raw)
    if not 26 <= len(text) <= 48 or sum(c.islower() for c in raw) > 4:
        return False
    return "<<" in text or (text.count("<") >= 2 and sum(c.isdigit() for c in text) >= 6)


def parse(lines: Sequence[str]) -> Zone | None:
    """The zone that these two or three lines make, or None when they fit no format (lengths 30, 36, 44 give or take 3).

    Where several formats fit, the one with valid check digits and the fewest repairs wins.
    """
    texts = [cleaned(line) for line in lines]
    if len(texts) not in (2, 3) or not all(texts):
        return None
    zones = [zone for layout in _layouts(texts) for zone in (_parse_as(texts, layout),) if zone]
    return min(zones, key=lambda zone: (not zone.valid, not zone.plausible, zone.repaired), default=None)


def _layouts(texts: Sequence[str]) -> Iterator[Layout]:
    if len(texts) == 3:
        yield TD1
        return
    longest = max(len(text) for text in texts)
    visa = texts[0].startswith("V")
    for layout in (MRVA, MRVB) if visa else (TD3, TD2):
        if abs(longest - layout.length) <= 3:
            yield layout


def _parse_as(texts: Sequence[str], layout: Layout) -> Zone | None:
    if any(abs(len(text) - layout.length) > 6 for text in texts):
        return None
    names_row = layout.fields["names"][0].line
    fitted = [_fitted(text, layout.length) for text in texts]
    fitted[names_row] = _names_cleaned(fitted[names_row], layout.fields["names"][0].start)
    typed = _typed(tuple(fitted), layout)
    final = typed if _all_right(typed, layout) else _repaired(typed, layout)
    changed = sum(_changes(text, line) for text, line in zip(texts, final, strict=True))
    guessed = _begins_anew(typed, final, layout)
    zone = _zone(final, layout, _all_right(final, layout) and not guessed, changed)
    return replace(zone, guessed=guessed, read=tuple(texts))


def _begins_anew(read: Sequence[str], final: Sequence[str], layout: Layout) -> bool:
    span = layout.fields["number"][0]
    start = span._replace(end=span.start + _SERIES)
    return _taken(read, [start]) != _taken(final, [start])


def _changes(read: str, final: str) -> int:
    if len(read) != len(final):
        return 1 + abs(len(read) - len(final))
    return sum(a != b for a, b in zip(read, final, strict=True))


def _fitted(text: str, length: int) -> str:
    """The line at its true length: too few or too many fillers are mended in its longest run of fillers."""
    if len(text) == length:
        return text
    runs = list(re.finditer(r"<{2,}", text))
    if not runs:
        return text[:length].ljust(length, "<")
    run = max(runs, key=lambda match: match.end() - match.start())
    fillers = run.end() - run.start() + length - len(text)
    if fillers < 1:
        return text[:length].ljust(length, "<")
    return text[: run.start()] + "<" * fillers + text[run.end() :]


def _names_cleaned(line: str, start: int) -> str:
    """Fillers behind the names: after the second << nothing but fillers can stand."""
    head, names = line[:start], line[start:]
    names = re.sub(r"^([A-Z]{2,})[CK]{2}([A-Z]{2,}(?:<[A-Z]+)*)(?=<{3,}$)", r"\1<<\2", names)
    match = re.match(r"[^<]+(?:<[^<]+)*(?:<<[^<]+(?:<[^<]+)*)?", names)
    kept = re.sub(r"<[KCLX](?=<|$)|<[KC]{2,}(?=<|$)", _blanked, match.group()) if match else ""
    return head + kept.ljust(len(names), "<")


def _code_cleaned(line: str) -> str:
    """The document code with the D of ID that is taken for O put right; what is taken for a filler pictures tell."""
    return "ID" + line[2:] if line[:2] in ("IO", "I0") else line


def _blanked(match: re.Match[str]) -> str:
    return "<" * len(match.group())


def _typed(lines: tuple[str, ...], layout: Layout) -> tuple[str, ...]:
    """Letters where only letters can be, digits where only digits can be."""
    rows = [list(line) for line in lines]
    for name, (span, kind) in layout.fields.items():
        if name in ("issuer", "nationality"):
            rows[span.line][span.start : span.end] = _as_state(_taken(lines, [span]))
            continue
        for column in range(span.start, span.end):
            rows[span.line][column] = _as_kind(rows[span.line][column], kind)
    for check in layout.checks:
        row, column = check.digit.line, check.digit.start
        rows[row][column] = _TO_DIGIT.get(rows[row][column], rows[row][column])
    first, *rest = ("".join(row) for row in rows)
    return _code_cleaned(first), *rest


def _as_state(code: str) -> str:
    """A code, as a state's where it becomes one once digits and O are taken for what they look like; no check digit
    guards it."""
    if code.rstrip("<") in STATES:
        return code
    options = {"".join(option) for option in product(*(char + _LETTERS_LIKE.get(char, "") for char in code))}
    states = {option for option in options if option.rstrip("<") in STATES}
    return states.pop() if len(states) == 1 else code


def _as_kind(char: str, kind: str) -> str:
    if kind == "A":
        return _TO_LETTER.get(char, char)
    if kind == "D":
        return _TO_DIGIT.get(char, char)
    if kind == "S":
        return {"N": "M", "H": "M", "P": "F", "E": "F", "K": "<"}.get(char, char)
    return char


def _taken(lines: Sequence[str], spans: Sequence[Span]) -> str:
    return "".join(lines[span.line][span.start : span.end] for span in spans)


def _right(lines: Sequence[str], check: Check) -> bool:
    digit, text = _taken(lines, [check.digit]), _taken(lines, check.over)
    if check.optional and digit == "<":
        return not text.strip("<")
    if digit == "<" and _long_number(lines, check) is not None:
        return True
    return digit == check_digit(text)


def _long_number(lines: Sequence[str], check: Check) -> str | None:
    """A number longer than nine characters goes on in the optional field (ICAO 9303-5): number and its check digit."""
    spot = check.digit
    if (spot.line, spot.start, len(lines)) != (0, 14, 3):
        return None
    rest = lines[0][15:30].split("<")[0]
    number = lines[0][5:14] + rest[:-1]
    return number if rest and rest[-1] == check_digit(number) else None


def _all_right(lines: Sequence[str], layout: Layout) -> bool:
    return all(_right(lines, check) for check in layout.checks) and _dates_possible(lines, layout)


def _dates_possible(lines: Sequence[str], layout: Layout) -> bool:
    birth = _taken(lines, [layout.fields["birth"][0]])
    expiry = _taken(lines, [layout.fields["expiry"][0]])
    return bool(re.fullmatch(r"\d\d(?:\d\d|<<)(?:\d\d|<<)", birth)) and _day(expiry, 2000) is not None


def _repaired(lines: tuple[str, ...], layout: Layout) -> tuple[str, ...]:
    """The one set of substitutions (at most one a field) that makes every check digit right, else the lines as is."""
    options = [list(_field_options(lines, layout, name)) for name in ("number", "birth", "expiry")]
    found = set()
    for combination in product(*options):
        rows = [list(line) for line in lines]
        for row, column, char in (edit for edit in combination if edit):
            rows[row][column] = char
        candidate = tuple("".join(row) for row in rows)
        if _all_right(candidate, layout):
            found.add(candidate)
    for changes in range(1, _SERIES + 1):  # the fewest first: 6 and G, 1 and L have the same check digit
        found = found or {each for each in _other_series(lines, layout, changes) if _all_right(each, layout)}
    return found.pop() if len(found) == 1 else lines


def _other_series(lines: tuple[str, ...], layout: Layout, changes: int) -> Iterator[tuple[str, ...]]:
    """The lines with so many of the first two characters of the number as letters or digits that look like them."""
    row, start, _ = layout.fields["number"][0]
    line = lines[row]
    ways = [line[start + at] + _TWINS.get(line[start + at], "") for at in range(_SERIES)]
    for series in product(*ways):
        written = line[:start] + "".join(series) + line[start + _SERIES :]
        if _changes(line, written) == changes:
            yield *lines[:row], written, *lines[row + 1 :]


def _field_options(lines: Sequence[str], layout: Layout, name: str) -> Iterator[tuple[int, int, str] | None]:
    """None (leave it) when the field's own check digit fits, else its single substitutions that make it fit."""
    span = layout.fields[name][0]
    check = next(check for check in layout.checks if check.over == (span,))
    if _right(lines, check):
        yield None
        return
    text, digit = _taken(lines, [span]), _taken(lines, [check.digit])
    independent = len(layout.checks) > 3  # a composite digit weighs the dates differently
    for column in range(len(text)):
        for other in _alternatives(text, column, name, independent):
            if check_digit(text[:column] + other + text[column + 1 :]) == digit:
                yield span.line, span.start + column, other


def _alternatives(text: str, column: int, name: str, independent: bool) -> str:
    char = text[column]
    if name != "number":
        return _DIGIT_TWINS.get(char, "") if independent else ""
    between = text[max(0, column - 1) : column] + text[column + 1 : column + 2]
    if char.isalpha() and column >= 1 and between.replace("<", "").isdigit():
        return _TO_DIGIT.get(char, "")  # O among digits is a nought; a letter at the start may be meant
    return ""


def _day(digits: str, century: int) -> date | None:
    try:
        return date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None


def _birth(digits: str, expiry: date | None) -> str | None:
    """ISO birth date. The century is this one only where the holder was born before the document could be issued."""
    latest = expiry.year - 1 if expiry else 2030
    if not re.match(r"\d\d", digits):
        return None
    century = 2000 if 2000 + int(digits[:2]) <= min(latest, 2030) else 1900
    day = _day(digits, century)
    if day:
        return day.isoformat()
    month = re.fullmatch(r"\d\d(0[1-9]|1[0-2])(?:<<|00)", digits)
    year = century + int(digits[:2])
    return f"{year}-{month.group(1)}" if month else str(year) if re.fullmatch(r"\d\d(?:<<|00){2}", digits) else None


def _zone(lines: tuple[str, ...], layout: Layout, valid: bool, changed: int) -> Zone:
    taken = {name: _taken(lines, [span]) for name, (span, _) in layout.fields.items()}
    surname, _, given = taken["names"].partition("<<")
    expiry = _day(taken["expiry"], 2000)
    long_number = _long_number(lines, layout.checks[0]) if taken.get("optional2") is not None else None
    number = long_number if long_number and lines[0][14] == "<" else taken["number"].rstrip("<")
    optional = " ".join(
        taken["optional"].replace("<", " ").split() + taken.get("optional2", "").replace("<", " ").split()
    )
    return Zone(
        format=layout.name,
        lines=lines,
        valid=valid,
        repaired=changed,
        code=taken["code"].replace("<", ""),
        issuer=taken["issuer"].replace("<", ""),
        surname=" ".join(surname.replace("<", " ").split()),
        given_names=" ".join(given.replace("<", " ").split()),
        number=number,
        nationality=taken["nationality"].replace("<", ""),
        birth_date=_birth(taken["birth"], expiry),
        sex={"M": "male", "F": "female", "<": "unknown", "X": "unknown"}.get(taken["sex"]),
        expiry_date=expiry.isoformat() if expiry else None,
        optional=optional,
    )
