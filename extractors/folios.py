"""The number that stands alone at the edge of a page, which finders of layouts take for dirt and leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from extractors import geometry
from extractors.engines.paddle import LATIN, line_reader
from extractors.shapes import Pixels
from models.sheet import Line

_EDGE = 0.09  # of the page's height
_DARK = 140
_LOWEST, _TALLEST = 0.045, 0.2  # inches that digits are high
_LONGEST = 1.0  # inch, "- 12 / 14 -"
_GAP = 0.18  # inches between the digits and the dashes round them
_SPECK = 0.012  # inches
_AIR = 0.06  # inches round a number when it is read
_MOST = 3  # pieces of ink at an edge that are tried
_CERTAIN = 0.85
_NUMBER = re.compile(r"[-–—.|~_ ]*\d{1,2}(?: ?[/\\] ?\d{1,2})?[-–—.|~_ ]*")


def folio(grey: Pixels, lines: Sequence[Line], dpi: float) -> str:
    """What a flat, level page (dark on light) says of its number at its top or foot, as "2", "- 3 -" or "2/5"; nothing
    where a line that was read stands beside it, and where no number is certain."""
    engine = line_reader()
    height, depth = len(grey), round(_EDGE * len(grey))
    for top in (height - depth, 0) if engine else ():
        strip = grey[top : top + depth]
        rows = [(line.box.y0 * height - top, line.box.y1 * height - top) for line in lines]
        for picture in _alone(strip, rows, dpi):
            read = engine.read_masked(picture, LATIN) if engine else None
            if read and read.confidence >= _CERTAIN and _NUMBER.fullmatch(read.text.strip()):
                return read.text.strip()
    return ""


def _alone(strip: Pixels, rows: Sequence[tuple[float, float]], dpi: float) -> Iterator[Pixels]:
    """Pictures of the few short pieces of ink in a strip that no line of text stands beside."""
    ink = np.where(strip < _DARK, np.uint8(255), np.uint8(0))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(1, round(_GAP * dpi))), np.uint8))
    pieces = [box for *box, _ in geometry.components(joined)[1][1:].tolist() if max(box[2:]) > _SPECK * dpi]
    air = round(_AIR * dpi)
    found = [
        (x, y, w, h)
        for x, y, w, h in pieces
        if _LOWEST * dpi < h < _TALLEST * dpi
        and w < _LONGEST * dpi
        and not any(first < y + h and y < last for first, last in rows)
    ]
    if len(found) <= _MOST:
        for x, y, w, h in found:
            picture = strip[max(0, y - air) : y + h + air, max(0, x - air) : x + w + air]
            yield cv2.copyMakeBorder(picture, air, air, air, air, cv2.BORDER_REPLICATE)
