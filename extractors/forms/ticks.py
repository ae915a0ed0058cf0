"""Which of several printed options is ticked ("☐ Kişi ☒ Qadın"), and whether a lone box is.

A file with letters says it by a sign before or after the option's words. On a picture engines read boxes as any
letters, so the ink itself is looked at: the small square or ring beside each option, and what is inside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from extractors.forms.pages import Area
from extractors.forms.tokens import Token, rows_of
from extractors.shapes import Pixels, ReadSheet
from models import azerbaijani as az
from models.geometry import Box, box_of

_ON = re.compile(r"[☑☒✓✔✗✘■◼●⦿◉⊠🗹]|[\[(]\s*[xXvV✓+*]\s*[\])]|^[xXvV✓+]$")
_OFF = re.compile(r"[☐□◻○◯❏❑]|[\[(]\s*[\])]")
_SIGN = 4  # letters of a sign that stands by itself ("[ x]")
_JUNK = 3  # letters that an engine makes of a box before a word
_DARK, _CLEAR_OF_PAPER = 190, 40
_BOX_MM = (1.7, 7.0)  # sides of a printed box or ring
_LONG, _SQUARE = 1.45, 0.62  # sides of a box differ by no more than this; its frame fills its outline at least so far
_INSIDE = 0.22  # of a box's side, on each edge, is its frame
_FULL, _EMPTY = 0.11, 0.05  # share of ink inside a ticked and an empty box
_ALIKE = 0.18  # by which the sides of two boxes of one row differ
_CLEARLY = 1.8  # times more ink than in the next box


@dataclass(frozen=True, slots=True)
class Option:
    """A printed option: the words before which or after which its box stands."""

    value: str
    tokens: tuple[Token, ...]
    box: Box  # of its words, without the letters that an engine made of the box


def ticked(area: Area, choices: Mapping[str, tuple[str, ...]]) -> str | None:
    """The option that is marked, where several options stand printed; None where that is not so, or not clear."""
    options = _options(area.tokens, choices)
    if len(options) < 2:
        return None
    return _by_signs(area.tokens, options) or _by_ink(area, options)


def offers_options(area: Area, choices: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the options themselves are printed in an answer's place."""
    return len(_options(area.tokens, choices)) >= 2


def lone_box(area: Area) -> bool | None:
    """Whether the only box in a place is ticked; None where no box stands there or it is not clear."""
    text = " ".join(token.text for token in area.tokens)
    if _ON.search(text) or _OFF.search(text):
        return bool(_ON.search(text))
    if area.page.read.grey is None:
        return None
    fills = [_filling(area.page.read, found) for place in area.boxes for found in _boxes_in(area.page.read, place)]
    if len(fills) != 1:
        return None
    return True if fills[0] >= _FULL else False if fills[0] <= _EMPTY else None


# --- options ---------------------------------------------------------------------------------------------------------


def _options(tokens: Sequence[Token], choices: Mapping[str, tuple[str, ...]]) -> list[Option]:
    """Where each option's words stand, in reading order."""
    row = [token for line in rows_of(tokens) for token in line]
    found = [option for value, names in choices.items() if (option := _option(row, value, names))]
    return sorted(found, key=lambda option: (row.index(option.tokens[0]), option.box.x0))


def _option(row: Sequence[Token], value: str, names: Sequence[str]) -> Option | None:
    """An option's words; engines join a word and the boxes around it, or several options, to one."""
    for name in names:
        words = [az.fold(word) for word in name.split()]
        for at in range(len(row) - len(words) + 1):
            part = row[at : at + len(words)]
            head, rest = part[0].folded, [t.folded for t in part[1:]]
            junk = head.find(words[0]) if len(words[0]) > 3 and len(words) == 1 else head.rfind(words[0])
            ends = len(head) - junk - len(words[0])
            joined = len(words) == 1 and len(words[0]) > 3 and any(c.isdigit() for c in head)
            glued = 0 < junk <= _JUNK and len(words[0]) > 3 and ends == 0
            if junk >= 0 and rest == words[1:] and (head == words[0] or glued or joined):
                return Option(value, tuple(part), _of_letters(box_of(part), part[0], junk, ends if joined else 0))
    return None


def _of_letters(box: Box, first: Token, before: int, after: int) -> Box:
    """The part of a box of words that its first word's letters fill, some left out at both ends."""
    step = first.box.width / max(len(first.folded), 1)
    return Box(box.x0 + before * step, box.y0, box.x1 - after * step, box.y1)


def _by_signs(tokens: Sequence[Token], options: Sequence[Option]) -> str | None:
    """The option with a tick written before it, else after it; empty boxes tell on which side they stand."""
    row = [token for line in rows_of(tokens) for token in line]
    at = {token.index: i for i, token in enumerate(row)}
    starts, ends = [at[o.tokens[0].index] for o in options], [at[o.tokens[-1].index] for o in options]
    before = [_sign(row[start - 1].text if start else "", row[start].text) for start in starts]
    after = [_sign(row[end + 1].text if end + 1 < len(row) else "", "") for end in ends]
    signs = min(before, after, key=lambda side: side.count(None))
    on = [option.value for option, sign in zip(options, signs, strict=True) if sign]
    return on[0] if len(on) == 1 else None


def _sign(neighbour: str, own: str) -> bool | None:
    """Whether a sign beside an option, or glued to its first word, is a tick; None where there is no sign."""
    alone = neighbour if len(neighbour) <= _SIGN else ""
    glued = own[:1] if not own[:1].isalpha() else ""
    if _ON.search(alone) or _ON.search(glued):
        return True
    return False if _OFF.search(alone) or _OFF.search(glued) else None


# --- ink -------------------------------------------------------------------------------------------------------------


def _by_ink(area: Area, options: Sequence[Option]) -> str | None:
    """The option whose box holds clearly more ink than the others' boxes."""
    read = area.page.read
    if read.grey is None:
        return None
    for places in (_before(options, area), _after(options, area)):
        found = [_nearest(read, place, option.box) for place, option in zip(places, options, strict=True)]
        if sum(box is not None for box in found) < len(options) / 2:
            continue
        fills = [_filling(read, box) for box in _completed(read, found, places, options)]
        first, second = sorted(fills, reverse=True)[:2]
        clear = first >= _FULL and first >= _CLEARLY * max(second, 0.02)
        return options[fills.index(first)].value if clear else None
    return None


def _completed(
    read: ReadSheet, boxes: Sequence[Box | None], places: Sequence[Box], options: Sequence[Option]
) -> list[Box]:
    """The boxes of all options: one that was taken for a letter of the word, or whose frame is broken, is like the
    others and stands to its word as they do to theirs."""
    model, words = next((box, option.box) for box, option in zip(boxes, options, strict=True) if box)
    out = []
    for box, place, option in zip(boxes, places, options, strict=True):
        wide = Box(place.x0 - model.width, place.y0, place.x1 + 1.5 * model.width, place.y1).clipped()
        alike = [other for other in _boxes_in(read, wide) if _same_size(other, model)] if box is None else []
        left = model.x0 < words.x0
        dx = option.box.x0 - words.x0 if left else option.box.x1 - words.x1
        dy = option.box.centre[1] - words.centre[1]
        expected = Box(model.x0 + dx, model.y0 + dy, model.x1 + dx, model.y1 + dy).clipped()
        out.append(box or min(alike, key=lambda other: abs(other.x0 - expected.x0), default=expected))
    return out


def _same_size(one: Box, other: Box) -> bool:
    return (
        abs(one.width - other.width) <= _ALIKE * other.width and abs(one.height - other.height) <= _ALIKE * other.height
    )


def _before(options: Sequence[Option], area: Area) -> list[Box]:
    """The places between the words of the option before, or the row's beginning, and each option's words."""
    out = []
    reach = 5.0 * options[0].box.height / area.page.text.aspect
    for was, option in pairwise([None, *options]):
        assert option is not None
        own = option.box
        same = was is not None and was.box.y1 > own.centre[1]
        left = max(was.box.x1 if was is not None and same else 0.0, own.x0 - reach)
        out.append(_tall(Box(left, own.y0, max(own.x0, left), own.y1)))
    return out


def _after(options: Sequence[Option], area: Area) -> list[Box]:
    out = []
    reach = 5.0 * options[0].box.height / area.page.text.aspect
    for option, then in pairwise([*options, None]):
        assert option is not None
        own = option.box
        same = then is not None and then.box.y0 < own.centre[1]
        right = min(then.box.x0 if then is not None and same else 1.0, own.x1 + reach)
        out.append(_tall(Box(own.x1, own.y0, max(own.x1, right), own.y1)))
    return out


def _tall(box: Box) -> Box:
    """A place with some room above and below, for boxes taller than letters."""
    room = 0.6 * box.height
    return Box(box.x0, box.y0 - room, box.x1, box.y1 + room).clipped()


def _nearest(read: ReadSheet, place: Box, words: Box) -> Box | None:
    """The box in a place that stands closest to an option's words."""
    found = _boxes_in(read, place)
    return min(found, key=lambda box: abs(box.centre[0] - words.centre[0]), default=None)


def _boxes_in(read: ReadSheet, place: Box) -> list[Box]:
    """Squares and rings of a tick box's size in a place."""
    grey = read.grey
    assert grey is not None
    height, width = grey.shape[:2]
    x0, y0, x1, y1 = (int(v) for v in (place.x0 * width, place.y0 * height, place.x1 * width, place.y1 * height))
    if x1 - x0 < 5 or y1 - y0 < 5:
        return []
    dark = cv2.morphologyEx(_dark(grey[y0:y1, x0:x1]), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    least, most = (side * read.sheet.dpi / 25.4 for side in _BOX_MM)
    out = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        square = least <= min(w, h) and max(w, h) <= most and max(w, h) <= _LONG * min(w, h)
        if square and cv2.contourArea(contour) >= _SQUARE * w * h:
            out.append(Box((x + x0) / width, (y + y0) / height, (x + w + x0) / width, (y + h + y0) / height))
    return out


def _filling(read: ReadSheet, box: Box) -> float:
    """Share of dark pixels inside a box, its frame left out."""
    grey = read.grey
    assert grey is not None
    height, width = grey.shape[:2]
    dx, dy = _INSIDE * box.width, _INSIDE * box.height
    y0, y1, x0, x1 = int(box.y0 * height), int(box.y1 * height), int(box.x0 * width), int(box.x1 * width)
    inner = slice(int(dy * height), max(y1 - y0 - int(dy * height), 1))
    across = slice(int(dx * width), max(x1 - x0 - int(dx * width), 1))
    around = np.asarray(grey[max(y0 - 4, 0) : y1 + 4, max(x0 - 4, 0) : x1 + 4])
    paper = float(np.percentile(around, 85)) if around.size else 255.0
    inside = np.asarray(grey[y0:y1, x0:x1])[inner, across]
    return float((inside < min(_DARK, paper - _CLEAR_OF_PAPER)).mean()) if inside.size else 0.0


def _dark(grey: Pixels) -> Pixels:
    """Ink: what is clearly darker than the paper around it."""
    part = np.asarray(grey)
    return (part < min(_DARK, float(np.median(part)) - _CLEAR_OF_PAPER)).astype(np.uint8)
