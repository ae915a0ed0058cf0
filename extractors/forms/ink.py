"""Ink on a sheet where no word was read: was a place left empty, does a signature stand there?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extractors.shapes import ReadSheet
from models.geometry import Box

_DARK = 150
_LETTER_MM = 1.1  # the smallest stroke that may be a sign somebody wrote


@dataclass(frozen=True, slots=True)
class Blob:
    """A connected piece of ink, in millimetres and as a box of the sheet."""

    width: float
    height: float
    box: Box

    @property
    def is_dash(self) -> bool:
        """A level stroke of a dash's size."""
        return 0.8 <= self.width <= 7 and 0.12 <= self.height <= 0.9 and self.width >= 2 * self.height


def is_inked(read: ReadSheet, boxes: Iterable[Box], printed: Sequence[Box] = (), tall_mm: float = 0.0) -> bool | None:
    """Whether any of the places holds ink that may be writing, this tall; None where there is no picture."""
    if read.grey is None:
        return None
    blobs = (blob for box in boxes for blob in blobs_in(read, box, printed))
    return any((_is_sign(blob) or blob.is_dash) and blob.height >= tall_mm for blob in blobs)


def only_dash(read: ReadSheet, boxes: Iterable[Box], printed: Sequence[Box] = ()) -> Box | None:
    """The one short stroke that is all that stands in a place: the dash of somebody who has nothing to say there."""
    if read.grey is None:
        return None
    found = {b.box: b for box in boxes for b in blobs_in(read, box, printed) if _is_sign(b) or b.is_dash}
    strokes = list(found.values())
    return strokes[0].box if len(strokes) == 1 and strokes[0].is_dash else None


def _is_sign(blob: Blob) -> bool:
    return max(blob.width, blob.height) >= _LETTER_MM and blob.width * blob.height > 0.4


def blobs_in(read: ReadSheet, box: Box, printed: Sequence[Box] = ()) -> list[Blob]:
    """Pieces of ink in a box, without ruled lines, specks at its edges and the ``printed`` words."""
    assert read.grey is not None
    height, width = read.grey.shape[:2]
    x0, y0, x1, y1 = int(box.x0 * width), int(box.y0 * height), int(box.x1 * width), int(box.y1 * height)
    if x1 - x0 < 4 or y1 - y0 < 4:
        return []
    dark = (np.asarray(read.grey[y0:y1, x0:x1]) < _DARK).astype(np.uint8)
    for other in printed:
        if other.intersection(box):
            dark[_span(other.y0, height, y0, y1) : _span(other.y1, height, y0, y1),
                 _span(other.x0, width, x0, x1) : _span(other.x1, width, x0, x1)] = 0  # fmt: skip
    dark = _without_rules(dark, read.sheet.dpi)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    mm = 25.4 / read.sheet.dpi
    return [
        Blob(w * mm, h * mm, Box((x + x0) / width, (y + y0) / height, (x + w + x0) / width, (y + h + y0) / height))
        for x, y, w, h, area in stats[1:].tolist()
        if area >= 6
    ]


def _span(fraction: float, size: int, low: int, high: int) -> int:
    return min(max(int(fraction * size), low), high) - low


def _without_rules(dark: np.ndarray, dpi: float) -> np.ndarray:
    """Ink without straight strokes of more than 8 mm, across or down."""
    length = max(12, int(dpi / 25.4 * 8))
    out = dark.copy()
    for kernel in ((length, 1), (1, length)):
        shape = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
        rules = cv2.morphologyEx(dark, cv2.MORPH_OPEN, shape)
        out[cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0] = 0
    return out
