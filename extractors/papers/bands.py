"""Where a machine-readable zone may stand on the picture of a sheet, as the boxes of its two or three lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import pairwise, product

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.papers.mrz import looks_like_zone_line
from extractors.shapes import Pixels, ReadSheet
from models.geometry import Box
from models.sheet import MarkKind

_GAPS = (0.022, 0.035)  # between letters of one line, of the sheet's width
_DEPTHS = (18, 60)  # how much darker than their surroundings letters are; security prints are lighter
_SHORTEST = 0.25  # of the sheet's width: a card on A4


def bands_of(on: ReadSheet) -> Iterator[list[Box]]:
    """Candidate bands as the boxes of their lines, the likeliest first."""
    for mark in on.sheet.marked(MarkKind.MRZ):
        rows = rows_in(on, mark.box)
        if rows:
            yield rows
    lines = [line.box for line in on.sheet.lines if looks_like_zone_line(line.text)]
    if len(lines) in (2, 3):
        yield [_widened(box) for box in lines]
    yield from _stacks(on)
    for box in _dark_bands(on):
        rows = rows_in(on, box)
        if rows:
            yield rows


def bands_apart(on: ReadSheet) -> list[list[list[Box]]]:
    """The bands of each place on a sheet: what overlaps is one place."""
    places: list[list[list[Box]]] = []
    for rows in bands_of(on):
        box = around(rows)
        place = next((each for each in places if around(each[0]).intersection(box)), None)
        if place is None:
            places.append([rows])
        else:
            place.append(rows)
    return places


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box round several."""
    return reduce(Box.union, boxes)


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


# --- its lines -------------------------------------------------------------------------------------------------------


def rows_in(on: ReadSheet, band: Box) -> list[Box]:
    """The boxes of the two or three lines in a band, from its row profile; empty when it has another number."""
    top, left, crop = cut_out(on, band)
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


def cut_out(on: ReadSheet, box: Box) -> tuple[int, int, Pixels]:
    """Top, left and the pixels of a box of a sheet that has a picture."""
    assert on.grey is not None
    height, width = on.grey.shape[:2]
    y0, y1 = int(box.y0 * height), int(np.ceil(box.y1 * height))
    x0, x1 = int(box.x0 * width), int(np.ceil(box.x1 * width))
    return y0, x0, np.ascontiguousarray(on.grey[y0:y1, x0:x1])


def _spans(on_row: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], on_row.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
