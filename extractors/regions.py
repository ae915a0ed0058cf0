"""Reading a region of a flat sheet once more, with both engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors import sampling
from extractors.engines import Layout, fusion
from extractors.engines.paddle import AZERBAIJANI, LATIN, MRZ, line_reader
from extractors.engines.tesseract import line_of, tesseract
from extractors.geometry import components
from extractors.shapes import Pixels, ReadSheet
from extractors.tables import find_ruling
from models.geometry import WHOLE, Box
from models.sheet import Language, Line, Source, Word

#: What the second engine may write; it knows no Cyrillic.
_ALPHABETS = {Language.AZ: AZERBAIJANI, Language.TR: LATIN, Language.EN: LATIN}
_MARGIN = 10  # white pixels round a region
_TALLEST = 0.25  # inches: no letter is taller
_THIN = 0.03  # inches: what is left of a border is no wider


class BothEngines:
    """The ``RegionReader`` of ``shapes``: Tesseract and PP-OCR on the same pixels, fused."""

    def read(self, on: ReadSheet, box: Box, *, single_line: bool = False) -> tuple[Line, ...]:
        """See ``RegionReader.read``. On a sheet that was not recognised, the file's own lines inside ``box``."""
        if on.grey is None or on.sheet.source is not Source.OCR:
            return tuple(line for line in on.sheet.lines if box.contains(*line.box.centre))
        picture, frame = _region(on.grey, box, on.sheet.dpi)
        if not (picture < 140).any():
            return ()
        model, dpi = sampling.model_for(on.sheet.language), on.sheet.dpi
        layout = Layout.LINE if single_line else Layout.BLOCK
        rows = [WHOLE] if single_line else _rows(picture, dpi)
        lines = tesseract().read(picture, [WHOLE], layout=layout, language=model, dpi=dpi)[0]
        if len(lines) != len(rows):
            parts = tesseract().read(picture, rows, layout=Layout.LINE, language=model, dpi=dpi)
        else:
            parts = [(line,) for line in lines]
        alphabet = _ALPHABETS.get(on.sheet.language)
        read = [seconded(row, part, picture, alphabet) for row, part in zip(rows, parts, strict=True)]
        return tuple(line.within(frame) for line in read if line)

    def second(self, on: ReadSheet, box: Box, lines: Sequence[Line]) -> tuple[Line, ...]:
        """See ``RegionReader.second``."""
        alphabet = _ALPHABETS.get(on.sheet.language)
        if on.grey is None or on.sheet.source is not Source.OCR or alphabet is None or line_reader() is None:
            return tuple(lines)
        picture, frame = _region(on.grey, box, on.sheet.dpi)
        sheet = frame.turned_inside_out()
        placed = sorted((line.within(sheet) for line in lines), key=lambda line: line.box.centre[1])
        rows = _bands(picture, placed)
        for row, line in zip(rows, placed, strict=True):
            _clear_sides(picture, row, line.box, on.sheet.dpi)
        read = [seconded(row, (line,), picture, alphabet) for row, line in zip(rows, placed, strict=True)]
        return tuple(line.within(frame) for line in read if line)

    def read_mrz_line(self, on: ReadSheet, box: Box) -> tuple[str, float]:
        """See ``RegionReader.read_mrz_line``."""
        engine = line_reader()
        if engine is None or on.grey is None:
            return "", 0.0
        reading = engine.read_masked(crop(on.grey, box, 0), MRZ)
        return reading.text, reading.confidence


def crop(picture: Pixels, box: Box, margin: int) -> Pixels:
    """The pixels of a box, ``margin`` pixels wider on each side; at least one pixel."""
    height, width = picture.shape[:2]
    top, left = max(0, int(box.y0 * height) - margin), max(0, int(box.x0 * width) - margin)
    bottom, right = max(top + 1, round(box.y1 * height) + margin), max(left + 1, round(box.x1 * width) + margin)
    return picture[top:bottom, left:right]


def _region(grey: Pixels, box: Box, dpi: float) -> tuple[Pixels, Box]:
    """The region without its ruled lines and what is left of them at its rim, in a frame; and where that lies on the
    sheet. The frame is white but for the ends of the region's own letters, where these reach over its edge."""
    framed = _framed(grey, box)
    bare = find_ruling(framed, dpi).without_lines(framed).copy()
    labels, stats = components(np.where(bare < 170, np.uint8(255), np.uint8(0)))
    inside = np.bincount(labels[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN].ravel(), minlength=len(stats))
    own = 2 * inside > stats[:, cv2.CC_STAT_AREA]
    own[0] = False
    own &= ~_remnants(stats, bare.shape, dpi)
    own |= _beside(stats, own, bare.shape[0])
    own |= _dots_over(stats, own)
    rings = (stats[:, cv2.CC_STAT_HEIGHT] > _TALLEST * dpi) | (stats[:, cv2.CC_STAT_WIDTH] > 3 * _TALLEST * dpi)
    strange = ~own & ~rings  # letters may be joined to a ring or a pen's stroke: what is inside stays
    letters, strangers = (np.take(np.where(kept, np.uint8(255), np.uint8(0)), labels) for kept in (own, strange))
    strangers[labels == 0] = 0
    near, far = (cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0 for mask in (letters, strangers))
    outside = np.ones(bare.shape, bool)
    outside[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN] = False
    bare[(far & (letters == 0)) | (outside & ~near)] = 255
    left, top = int(box.x0 * grey.shape[1]) - _MARGIN, int(box.y0 * grey.shape[0]) - _MARGIN
    (tall, wide), (high, across) = bare.shape, grey.shape
    return bare, Box(left / across, top / high, (left + wide) / across, (top + tall) / high)


def _framed(grey: Pixels, box: Box) -> Pixels:
    """A region with ``_MARGIN`` pixels of the sheet round it, white beyond the sheet's edge."""
    height, width = grey.shape
    wide = crop(grey, box, _MARGIN)
    left, top = max(0, _MARGIN - int(box.x0 * width)), max(0, _MARGIN - int(box.y0 * height))
    tall, across = (side + 2 * _MARGIN for side in crop(grey, box, 0).shape)
    out = np.full((tall, across), 255, np.uint8)
    out[top : top + wide.shape[0], left : left + wide.shape[1]] = wide
    return out


def _remnants(stats: Pixels, shape: tuple[int, ...], dpi: float) -> NDArray[np.bool_]:
    """Which pieces of ink may be left of a border: thin ones at the rim."""
    x, y, w, h = stats[:, :4].T
    at_end = (y <= _MARGIN) | (y + h >= shape[0] - _MARGIN)
    at_side = (x <= _MARGIN) | (x + w >= shape[1] - _MARGIN)
    return np.asarray((at_end & (h <= _THIN * dpi) & (w > 1.6 * h)) | (at_side & (w <= _THIN * dpi)))


def _beside(stats: Pixels, own: NDArray[np.bool_], height: int) -> NDArray[np.bool_]:
    """Which other pieces stand as close beside a letter of a region's own as the next letter of its word: a 1 or an I
    at the rim, or a letter behind which the region begins. A line that runs on is none."""
    found = np.zeros(len(stats), bool)
    if not own.any():
        return found
    tall = _usual_height(stats[own])
    x, y, w, h = stats[own, :4].T
    upright = (stats[:, cv2.CC_STAT_HEIGHT] > 0.6 * tall) & (stats[:, cv2.CC_STAT_HEIGHT] < 1.7 * tall)
    runs_on = (stats[:, cv2.CC_STAT_TOP] == 0) | (stats[:, 1] + stats[:, 3] == height)
    for i in np.flatnonzero(~own & upright & ~runs_on & (stats[:, cv2.CC_STAT_WIDTH] < 2 * tall)):
        left, top, wide, high = stats[i, :4]
        apart = np.maximum(x - (left + wide), left - (x + w))
        level = np.minimum(y + h, top + high) - np.maximum(y, top) > 0.5 * high
        found[i] = (level & (apart < 0.35 * tall)).any()
    found[0] = False
    return found


def _dots_over(stats: Pixels, own: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which small pieces of ink stand close above a letter of a region's own, and no wider than it."""
    dots = np.zeros(len(stats), bool)
    if not own.any():
        return dots
    tall = _usual_height(stats[own])
    x, y, w, _ = stats[own & (stats[:, cv2.CC_STAT_HEIGHT] > 0.5 * tall), :4].T
    for i in np.flatnonzero(~own & (stats[:, 2] < tall) & (stats[:, 3] < 0.5 * tall)):
        left, top, wide, high = stats[i, :4]
        apart, slack = y - (top + high), 0.15 * tall
        held = (x - slack <= left) & (left + wide <= x + w + slack)
        dots[i] = (held & (apart > -2) & (apart < 0.4 * tall)).any()
    return dots


def _rows(picture: Pixels, dpi: float) -> list[Box]:
    """The text lines of a region, top to bottom, as bands over its whole width.

    Lines are hills of ink; a valley parts two lines when it is much lower than the lower hill. Hills too low or too
    thin for a line (dots, cedillas, specks) belong to the nearest line.
    """
    height = picture.shape[0]
    ink = (picture < 150).sum(axis=1).astype(np.float32)
    smooth = cv2.GaussianBlur(ink[:, None], (1, 0), sigmaX=0.1, sigmaY=0.016 * dpi).ravel()
    hills = [i for i in range(1, height - 1) if smooth[i] >= smooth[i - 1] and smooth[i] > smooth[i + 1]]
    if not hills:
        return [WHOLE]
    highest = max(hills, key=lambda i: smooth[i])
    low = np.flatnonzero(smooth < 0.5 * smooth[highest])
    body = max(0.04 * dpi, float(min(low[low > highest], default=height) - max(low[low < highest], default=0)))
    lines: list[int] = []
    for hill in (i for i in hills if smooth[i] > max(0.8, 0.02 * smooth[highest])):
        if lines and _same_line(smooth, lines[-1], hill, body):
            lines[-1] = max(lines[-1], hill, key=lambda i: smooth[i])
        else:
            lines.append(hill)
    cuts = [int(upper + np.argmin(smooth[upper:lower])) for upper, lower in pairwise(lines)]
    return [Box(0.0, a / height, 1.0, b / height) for a, b in pairwise([0, *cuts, height])]


def _bands(picture: Pixels, lines: Sequence[Line]) -> list[Box]:
    """The bands of a region that known lines stand in, cut where the least ink is between two of them.

    What lies farther from a line than letters reach is dust or belongs to others.
    """
    height = picture.shape[0]
    ink = (picture < 150).sum(axis=1)
    cuts = [0.0]
    for upper, lower in pairwise(lines):
        a = min(max(int(upper.box.centre[1] * height), 0), height - 1)
        b = min(max(int(lower.box.centre[1] * height), a + 1), height)
        least = np.flatnonzero(ink[a:b] == ink[a:b].min())
        cuts.append((a + float(np.median(least))) / height)
    reach = [(line.box.y0 - 0.6 * line.box.height, line.box.y1 + 0.6 * line.box.height) for line in lines]
    bands = zip(pairwise([*cuts, 1.0]), reach, strict=True)
    return [Box(0.0, max(a, least), 1.0, min(b, most)) for (a, b), (least, most) in bands]


def _clear_sides(picture: Pixels, row: Box, line: Box, dpi: float) -> None:
    """Whitens what stands beside a line in its row where all of it is as thin as the pieces of a border.

    What only hangs into the row, the tail of a ç or a comma, belongs to another.
    """
    height, width = picture.shape
    top, bottom = int(row.y0 * height), max(round(row.y1 * height), int(row.y0 * height) + 1)
    air = 0.4 * line.height * height
    left, right = max(0, int(line.x0 * width - air)), min(width, int(line.x1 * width + air))
    for side in (picture[top:bottom, :left], picture[top:bottom, right:]):
        if side.size:
            labels, stats = components(np.where(side < 170, np.uint8(255), np.uint8(0)))
            y, h = stats[:, cv2.CC_STAT_TOP], stats[:, cv2.CC_STAT_HEIGHT]
            tail = ((y == 0) | (y + h == len(side))) & (h < air)
            if all(stats[1:, cv2.CC_STAT_WIDTH] <= _THIN * dpi):
                side[~np.take(tail, labels)] = 255


def _same_line(smooth: NDArray[np.float32], upper: int, lower: int, body: float) -> bool:
    """Whether two hills of ink are parts of one line whose small letters are ``body`` pixels high."""
    low, high = sorted((float(smooth[upper]), float(smooth[lower])))
    valley = float(smooth[upper:lower].min())
    if lower - upper < 1.1 * body or valley > 0.45 * low:
        return True
    return lower - upper < 1.7 * body and low < 0.25 * high


def seconded(row: Box, found: Sequence[Line], picture: Pixels, alphabet: frozenset[str] | None) -> Line | None:
    """The line of a row as both engines read it (no ``alphabet``: the first alone), None where none did."""
    words = [word for line in sorted(found, key=lambda item: item.box.x0) for word in line.words]
    engine = line_reader()
    if engine is None or alphabet is None:
        return line_of(words) if words else None
    band, letters = _inked(picture, row)
    reading = engine.read(letters)
    if not words and reading.confidence < 0.5:
        return None
    if not words:
        pieces = fusion.alone(reading)
        return replace(line_of(_spread(pieces, band)), second="") if pieces else None
    pieces = fusion.fused([word.text for word in words], [word.confidence for word in words], reading)
    if not pieces:
        return None
    placed = [Word(piece.text, words[piece.first].box, piece.confidence) for piece in pieces]
    several = len({piece.first for piece in pieces}) < len(pieces)
    line = line_of(_spread(pieces, band) if several else placed)
    return replace(line, second=fusion.other([word.text for word in words], reading, line.text))


def _inked(picture: Pixels, row: Box) -> tuple[Box, Pixels]:
    """Where a row's letters and the marks close to them stand, and their picture.

    Letters are whole, however the row was cut; those of other rows and specks further off are left out.
    """
    height, width = picture.shape
    deep = round(row.height * height)
    window = crop(picture, row, deep)
    left, top = max(0, int(row.x0 * width) - deep), max(0, int(row.y0 * height) - deep)
    labels, parts = components(np.where(window < 150, np.uint8(255), np.uint8(0)))
    first, last = int(row.y0 * height) - top, round(row.y1 * height) - top
    parts, own = _of_row(parts, first, last, (row.x0 * width - left, row.x1 * width - left))
    if not own.any():
        return row, crop(picture, row, 4)
    tall = _usual_height(parts[own])
    x0, y0, x1, y1 = _extent(parts[own & (parts[:, cv2.CC_STAT_HEIGHT] >= 0.4 * tall)])
    reach = np.array([x0 - tall, y0 - 0.6 * tall, x1 + tall, y1 + 0.5 * tall])
    middles = parts[:, :2] + parts[:, 2:4] / 2
    near = own & ((middles >= reach[:2]) & (middles <= reach[2:])).all(axis=1)
    x0, y0, x1, y1 = _extent(parts[near])
    strangers = np.take(np.where(own, np.uint8(0), np.uint8(255)), labels)
    strangers[labels == 0] = 0
    bare = window.copy()
    bare[(cv2.dilate(strangers, np.ones((3, 3), np.uint8)) > 0) & ((strangers > 0) | (labels == 0))] = 255
    place = Box((left + x0) / width, (top + y0) / height, (left + x1) / width, (top + y1) / height)
    return place, bare[max(0, y0 - 4) : y1 + 4, max(0, x0 - 4) : x1 + 4]


def _of_row(parts: Pixels, first: int, last: int, across: tuple[float, float]) -> tuple[Pixels, NDArray[np.bool_]]:
    """Pieces of ink, and which of them belong to a row: their middle lies in it.

    A piece taller than letters joins those of two rows, or some with a stamp; what of it lies in the row counts.
    """
    x, y, w, h = parts[:, :4].T
    inside = (y + h / 2 >= first) & (y + h / 2 < last)
    inside[0] = False
    most = 2.5 * _usual_height(parts[inside]) if inside.any() else last - first
    joined = (h > min(1.5 * (last - first), most)) & (y < last) & (y + h > first)
    cut = parts.copy()
    cut[joined, cv2.CC_STAT_TOP] = np.maximum(y, first)[joined]
    cut[joined, cv2.CC_STAT_HEIGHT] = (np.minimum(y + h, last) - np.maximum(y, first))[joined]
    own = joined | inside
    own[0] = False
    own = _with_their_letters(parts, own)
    own &= (x + w / 2 >= across[0]) & (x + w / 2 <= across[1])
    return cut, own


def _with_their_letters(parts: Pixels, own: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The same pieces of a row, dots, tails and commas by the letters that they are closest to."""
    if not own.any():
        return own
    tall = _usual_height(parts[own])
    large = parts[:, cv2.CC_STAT_HEIGHT] >= 0.75 * tall
    large[0] = False
    x, y, w, h = parts[large, :4].T
    ours, out = own[large], own.copy()
    for i in np.flatnonzero(~large & (parts[:, cv2.CC_STAT_WIDTH] < tall)):
        left, top, wide, high = parts[i, :4]
        near = (x - 0.4 * tall < left + wide) & (left < x + w + 0.4 * tall)
        apart = np.where(near, np.maximum(np.maximum(y - (top + high), top - (y + h)), 0), np.inf)
        mine, others = (float(np.min(apart[which], initial=0.35 * tall)) for which in (ours, ~ours))
        out[i] = mine < others if mine != others else own[i]
    return out


def _usual_height(parts: Pixels) -> float:
    """The height of the connected piece of ink below which half of the ink lies."""
    heights, areas = parts[:, cv2.CC_STAT_HEIGHT], parts[:, cv2.CC_STAT_AREA]
    order = np.argsort(heights)
    held = np.cumsum(areas[order])
    return float(heights[order][np.searchsorted(held, held[-1] / 2)])


def _extent(parts: Pixels) -> tuple[int, int, int, int]:
    """left, top, right, bottom of pieces of ink."""
    left, top, wide, high = parts[:, :4].T
    return int(left.min()), int(top.min()), int((left + wide).max()), int((top + high).max())


def _spread(pieces: Sequence[fusion.Piece], band: Box) -> list[Word]:
    """Words laid over a line by the number of their letters."""
    total = sum(len(piece.text) + 1 for piece in pieces) - 1
    words, start = [], 0
    for piece in pieces:
        x0, x1 = (band.x0 + band.width * place / total for place in (start, start + len(piece.text)))
        words.append(Word(piece.text, Box(x0, band.y0, x1, band.y1), piece.confidence))
        start += len(piece.text) + 1
    return words
