"""Which of several printed options is ticked, ringed or underlined ("☐ Kişi ☒ Qadın")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import cv2
import numpy as np

from extractors.forms.pages import Area
from extractors.forms.tokens import Token, rows_of
from models import azerbaijani as az
from models.geometry import Box

_TICK = re.compile(r"[☑☒✓✔✗✘■◼●⦿◉⊠🗹]|[\[(]\s*[xXvV✓+*]\s*[\])]|^[xXvV]$")
_CLEARLY = 1.6  # times more ink than the next option


def ticked(area: Area, choices: Mapping[str, tuple[str, ...]]) -> str | None:
    """The option that is marked, where several options stand printed; None where that is not so, or not clear."""
    options = _options(area.tokens, choices)
    if len(options) < 2:
        return None
    return _by_signs(area.tokens, options) or _by_ink(area, options)


def offers_options(area: Area, choices: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the options themselves are printed in an answer's place."""
    return len(_options(area.tokens, choices)) >= 2


def _options(tokens: Sequence[Token], choices: Mapping[str, tuple[str, ...]]) -> dict[str, Token]:
    """The word of each printed option."""
    out: dict[str, Token] = {}
    for value, names in choices.items():
        words = {az.fold(name) for name in names if " " not in name}
        found = [t for t in tokens if t.folded in words or re.sub(r"^[xv](?=.{4})", "", t.folded) in words]
        if found:
            out[value] = found[0]
    return out if len({t.index for t in out.values()}) == len(out) else {}


def _by_signs(tokens: Sequence[Token], options: Mapping[str, Token]) -> str | None:
    """The option with a tick written before it, else after it."""
    row = [t for r in rows_of(tokens) for t in r]
    places = {value: next(i for i, t in enumerate(row) if t.index == token.index) for value, token in options.items()}
    signs = [i for i, t in enumerate(row) if _TICK.search(t.text)]
    for shift in (0, -1, 1):
        hits = [value for value, i in places.items() if i + shift in signs]
        if len(hits) == 1:
            return hits[0]
    return None


def _by_ink(area: Area, options: Mapping[str, Token]) -> str | None:
    """The option beside whose word clearly more ink stands than beside the others."""
    grey = area.page.read.grey
    if grey is None:
        return None
    inks = {value: max(_ink(np.asarray(grey), box) for box in _beside(token, area)) for value, token in options.items()}
    first, second = sorted(inks.values(), reverse=True)[:2]
    if first < 0.05 or first < _CLEARLY * max(second, 0.02):
        return None
    return max(inks, key=inks.__getitem__)


def _beside(token: Token, area: Area) -> list[Box]:
    """The squares before and after an option's word."""
    height = token.box.height
    width = 1.6 * height / area.page.text.aspect
    top, bottom = token.box.y0 - 0.2 * height, token.box.y1 + 0.2 * height
    before = Box(max(0.0, token.box.x0 - width - 0.1 * width), top, max(0.0, token.box.x0 - 0.1 * width), bottom)
    return [before]


def _ink(grey: np.ndarray, box: Box) -> float:
    """Share of dark pixels inside a square's own border."""
    height, width = grey.shape[:2]
    crop = grey[int(box.y0 * height) : int(box.y1 * height), int(box.x0 * width) : int(box.x1 * width)]
    if crop.size == 0:
        return 0.0
    dark = (crop < 140).astype(np.uint8)
    return float(cv2.erode(dark, np.ones((2, 2), np.uint8)).mean())
