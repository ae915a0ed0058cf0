"""Ink on a sheet where no word was read: was a place left empty, does a signature stand there?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from extractors.shapes import Pixels, ReadSheet
from models.geometry import Box, box_of

_DARK = 150
_FAINT = 45  # how much darker than the paper around it a pencil's or a pale pen's stroke is, in any colour
_LETTER_MM = 1.1  # the smallest stroke that may be a sign somebody wrote
_DASH_MM = 0.8  # a hyphen of ordinary type
_DASHES, _BESIDE = 8, 2.0  # hyphens typed for one dash, and widths of one between them
_SPECK_MM = 0.55  # anything smaller is dust
_BORDER_MM = 0.6  # a thin stroke of this width along the edge of a place is its border


@dataclass(frozen=True, slots=True)
class Blob:
    """A connected piece of ink, in millimetres and as a box of the sheet."""

    width: float
    height: float
    box: Box

    @property
    def is_dash(self) -> bool:
        """A level stroke of a dash's size; the hyphen of small type is hardly wider than half a millimetre."""
        return _SPECK_MM <= self.width <= 7 and 0.12 <= self.height <= 0.9 and self.width >= 2 * self.height

    @property
    def is_tiny(self) -> bool:
        """Whether a dash may as well be dust."""
        return self.width < _DASH_MM


def is_inked(read: ReadSheet, boxes: Iterable[Box], printed: Sequence[Box] = (), tall_mm: float = 0.0) -> bool | None:
    """Whether any of the places holds ink that may be writing, this tall; None where there is no picture."""
    if read.grey is None:
        return None
    blobs = (blob for box in boxes for blob in blobs_in(read, box, printed))
    return any((_is_sign(blob) or blob.is_dash) and blob.height >= tall_mm for blob in blobs)


def is_clear(read: ReadSheet, boxes: Sequence[Box], printed: Sequence[Box] = (), least_mm: float = _SPECK_MM) -> bool:
    """Whether places hold nothing at all that differs from the paper, not even faint or coloured strokes.

    What is smaller than ``least_mm`` is no stroke. False where there is no picture or no place to look at.
    """
    if read.grey is None or not boxes:
        return False
    found = [(box, blob) for box in boxes for blob in _blobs(read, box, printed, _faint)]
    return all(max(b.width, b.height) < least_mm or _is_border(b, box) for box, b in found)


def _is_border(blob: Blob, place: Box) -> bool:
    """Whether a stroke is the rest of a ruled line at the edge of a place."""
    gap = 0.003
    beside = blob.box.x0 - place.x0 < gap or place.x1 - blob.box.x1 < gap
    level = blob.box.y0 - place.y0 < gap or place.y1 - blob.box.y1 < gap
    return (beside and blob.width <= _BORDER_MM) or (level and blob.height <= _BORDER_MM)


def only_dash(read: ReadSheet, boxes: Iterable[Box], printed: Sequence[Box] = ()) -> Blob | None:
    """The one short stroke, or short row of them, that is all that stands in a place: the dash of somebody who has
    nothing to say there."""
    if read.grey is None:
        return None
    found = {b.box: b for box in boxes for b in blobs_in(read, box, printed) if _is_sign(b) or b.is_dash}
    strokes = list(found.values())
    if not strokes or not all(blob.is_dash for blob in strokes):
        return None
    return strokes[0] if len(strokes) == 1 else _row(strokes)


def _row(dashes: Sequence[Blob]) -> Blob | None:
    """A few dashes close beside each other at one height as one; a dotted writing line has more."""
    ordered = sorted(dashes, key=lambda blob: blob.box.x0)
    row = box_of(ordered)
    level = all(blob.box.y0 < row.centre[1] < blob.box.y1 for blob in ordered)
    close = all(right.box.x0 - left.box.x1 < _BESIDE * left.box.width for left, right in pairwise(ordered))
    width = row.width / ordered[0].box.width * ordered[0].width
    return Blob(width, max(b.height for b in ordered), row) if level and close and len(ordered) <= _DASHES else None


def _is_sign(blob: Blob) -> bool:
    return max(blob.width, blob.height) >= _LETTER_MM and blob.width * blob.height > 0.4


def blobs_in(read: ReadSheet, box: Box, printed: Sequence[Box] = ()) -> list[Blob]:
    """Pieces of ink in a box, without ruled lines, specks at its edges and the ``printed`` words."""
    return _blobs(read, box, printed, _dark)


def ink_of_print(read: ReadSheet, box: Box) -> Pixels:
    """The black pixels of a box without ruled lines: 1 where there is ink. Empty where there is no picture.

    A ruled line goes on around the box; strokes as high as the box itself are letters ("II").
    """
    if read.grey is None:
        return np.zeros((0, 0), np.uint8)
    height, width = read.grey.shape[:2]
    x0, y0, x1, y1 = int(box.x0 * width), int(box.y0 * height), int(box.x1 * width), int(box.y1 * height)
    left, top = (max(edge - _rule_length(read.sheet.dpi), 0) for edge in (x0, y0))
    right, bottom = (edge + _rule_length(read.sheet.dpi) for edge in (x1, y1))
    dark = _dark(read, slice(top, bottom), slice(left, right))
    return _without_rules(dark, read.sheet.dpi)[y0 - top : y1 - top, x0 - left : x1 - left] if dark.size else dark


def _dark(read: ReadSheet, rows: slice, columns: slice) -> Pixels:
    """Ink as black as print."""
    assert read.grey is not None
    return (np.asarray(read.grey[rows, columns]) < _DARK).astype(np.uint8)


def _faint(read: ReadSheet, rows: slice, columns: slice) -> Pixels:
    """Whatever is clearly darker than its paper in some colour, as black as print or not."""
    assert read.grey is not None
    picture = read.grey if read.colour is None else read.colour
    part = np.asarray(picture[rows, columns], dtype=np.int16).reshape(*read.grey[rows, columns].shape[:2], -1)
    paper = np.median(part, axis=(0, 1))
    pale: Pixels = ((paper - part).max(axis=2) > _FAINT).astype(np.uint8)
    return np.maximum(pale, _dark(read, rows, columns))


def _blobs(
    read: ReadSheet, box: Box, printed: Sequence[Box], ink_of: Callable[[ReadSheet, slice, slice], Pixels]
) -> list[Blob]:
    assert read.grey is not None
    height, width = read.grey.shape[:2]
    x0, y0, x1, y1 = int(box.x0 * width), int(box.y0 * height), int(box.x1 * width), int(box.y1 * height)
    if x1 - x0 < 4 or y1 - y0 < 4:
        return []
    dark = ink_of(read, slice(y0, y1), slice(x0, x1))
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


def _rule_length(dpi: float) -> int:
    """The pixels of a straight stroke that is no letter's: 8 mm."""
    return max(12, int(dpi / 25.4 * 8))


def _without_rules(dark: Pixels, dpi: float) -> Pixels:
    """Ink without straight strokes of a ruled line's length, across or down."""
    length = _rule_length(dpi)
    out = dark.copy()
    for kernel in ((length, 1), (1, length)):
        shape = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
        rules = cv2.morphologyEx(dark, cv2.MORPH_OPEN, shape)
        out[cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0] = 0
    return out
