"""What stands on a sheet besides running text: photographs, faces, stamps, signatures, barcodes, machine zones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from extractors.cleaning import coloured_ink
from extractors.engines.paddle import MRZ, line_reader
from extractors.faces import find_faces
from extractors.geometry import Letters, components, grey_of, letters_of, line_boxes, shrunk
from extractors.inks import ring_of
from extractors.shapes import Pixels
from models.geometry import WHOLE, Box
from models.sheet import Line, Mark, MarkKind

_MOST_SIGNATURES = 6  # more of them are a pattern or handwriting
_MOST_PICTURES = 5
_FEW_LINES = 5  # a sheet with so few may be a photograph
_COARSE = 100.0  # dots per inch on which large marks are looked for
_DOTS = 1.25  # softening, in pixels of that, which makes tones of a fax's dots
_BARCODES, _ZONES = 120.0, 130.0  # the same for codes and for lines of even signs
_RINGS = 75.0  # and for rings; a ring is a pixel thick there
_RADII_MM = 8.5, 27.0  # of round stamps
_INK = 60.0  # grey levels below the paper that are full ink
_DISC = 0.65  # share of a circle that is inked where it is no stamp; one over print and a table has up to 0.55
_RING_VOTES, _RING_WHOLE = 0.33, 0.9  # text and drawings have up to 0.25 and 0.86, stamps from 0.42 and all of it

Pixel = tuple[int, int, int, int]  # left, top, width, height


def find_marks(
    colour: Pixels, grey: Pixels, lines: Sequence[Line], stamps: Sequence[Mark], dpi: float
) -> tuple[Mark, ...]:
    """All marks of a flat sheet. ``grey`` is the cleaned picture without ruled lines; ``stamps`` were found before."""
    factor = min(1.0, _COARSE / dpi)
    small = shrunk(colour, factor)
    pictures, toneless = find_pictures(small, dpi * factor)
    if not pictures and _is_photograph(small, lines):
        pictures = (Mark(MarkKind.PICTURE, WHOLE, 0.7),)
    pictures = tuple(sorted(pictures, key=lambda mark: -mark.box.area)[:_MOST_PICTURES])
    faces = _faces(colour, pictures) + _faces(colour, toneless[:_MOST_PICTURES], _DOTS / factor)
    if not faces and len(lines) <= _FEW_LINES:  # a portrait in any light, on a table or as a fax sees it
        faces = _faces(colour, (Mark(MarkKind.PICTURE, WHOLE),))
    taken = [mark.box for mark in (*pictures, *faces)]
    signatures = find_signatures(shrunk(grey, factor), lines, taken, [mark.box for mark in stamps], dpi * factor)
    zones = find_machine_zones(grey, dpi)
    return (*pictures, *faces, *stamps, *signatures, *find_barcodes(shrunk(colour, _BARCODES / dpi)), *zones)


# --- photographs and faces -------------------------------------------------------------------------------------------


def find_pictures(small: Pixels, dpi: float) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Photograph-like regions: darker than the paper round them, toned and structured, not print and not shadow.

    Second come the regions without tones: a logo, or a portrait as a fax sees it.
    """
    grey = grey_of(small)
    closed = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    slope = cv2.morphologyEx(cv2.GaussianBlur(closed, (0, 0), 1.2), cv2.MORPH_GRADIENT, np.ones((5, 5), np.uint8))
    dark = (closed < _paper_round(closed)).astype(np.uint8)
    tinted = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((11, 11), np.uint8))
    tinted = cv2.morphologyEx(tinted, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    pictures: list[Mark] = []
    toneless: list[Mark] = []
    for box in _blobs(tinted, 0.35 * dpi, 0.5):
        left, top, width, height = box
        region = grey[top : top + height, left : left + width]
        toned = float(((region > 45) & (region < 225)).mean())
        structured = float((slope[top : top + height, left : left + width] > 16).mean())
        if structured > 0.2:
            found = pictures if toned > 0.25 else toneless
            found.append(Mark(MarkKind.PICTURE, _box(box, grey), min(0.95, 0.5 + structured)))
    return tuple(pictures), tuple(toneless)


def _is_photograph(small: Pixels, lines: Sequence[Line]) -> bool:
    """A sheet of tones without readable words: a photograph sent by itself."""
    words = sum(word.confidence > 0.6 and len(word.text) > 2 for line in lines for word in line.words)
    grey = grey_of(small)
    return words < 4 and bool(((grey > 40) & (grey < 225)).mean() > 0.35) and float(grey.std()) > 18


def _paper_round(closed: Pixels) -> Pixels:
    """For each pixel the brightness below which it is no paper: a share of the brightest surface some 20 mm round."""
    coarse = shrunk(closed, 0.25)
    brightest = cv2.dilate(coarse, np.ones((41, 41), np.uint8))
    overall = np.uint8(np.percentile(coarse, 85))
    paper = np.maximum(cv2.GaussianBlur(brightest, (0, 0), 9), overall // 2)
    return cv2.resize(cv2.convertScaleAbs(paper, alpha=0.84), closed.shape[::-1], interpolation=cv2.INTER_LINEAR)


def _faces(colour: Pixels, pictures: Sequence[Mark], softening: float = 0.0) -> tuple[Mark, ...]:
    """Faces inside picture-like regions; a lone picture that fills the sheet is searched as a whole.

    ``softening``, in pixels, makes tones of black and white dots.
    """
    height, width = colour.shape[:2]
    found: list[Mark] = []
    for picture in pictures:
        box = _widened(picture.box, 0.15)
        left, top = int(box.x0 * width), int(box.y0 * height)
        region = colour[top : round(box.y1 * height), left : round(box.x1 * width)]
        if min(region.shape[:2]) < 40:
            continue
        region = cv2.GaussianBlur(region, (0, 0), softening) if softening else region
        for face in find_faces(region):
            place = Box(
                box.x0 + face.box.x0 * box.width, box.y0 + face.box.y0 * box.height,
                box.x0 + face.box.x1 * box.width, box.y0 + face.box.y1 * box.height,
            )  # fmt: skip
            if not any(_within(place, mark.box) for mark in found):
                found.append(Mark(MarkKind.FACE, place, face.confidence))
    return tuple(found)


def _widened(box: Box, share: float) -> Box:
    return Box(
        box.x0 - share * box.width, box.y0 - share * box.height,
        box.x1 + share * box.width, box.y1 + share * box.height,
    ).clipped()  # fmt: skip


# --- stamps ----------------------------------------------------------------------------------------------------------


def find_stamps(colour: Pixels, dpi: float) -> tuple[Mark, ...]:
    """Round coloured stamps: rings of coloured ink, 11 to 75 mm across."""
    if colour.ndim == 2:
        return ()
    small = shrunk(colour, min(1.0, _COARSE / dpi))
    ink = coloured_ink(small)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    found = []
    for left, top, width, height in _blobs(joined, 45, 0.15):
        if max(width, height) < 1.7 * min(width, height) and max(width, height) < 300:
            roundness = ring_of(ink[top : top + height, left : left + width])
            if roundness > 0.45:
                found.append(
                    Mark(MarkKind.STAMP, _box((left, top, width, height), ink), min(0.99, 0.45 + roundness / 2))
                )
    return tuple(found)


def find_rings(colour: Pixels, dpi: float) -> tuple[Mark, ...]:
    """Round stamps of any ink, grey or over text: one whole thin circle 17 to 54 mm across, with nothing close outside.

    Voting for middles on a coarse picture proposes circles, a walk along each on a finer one confirms them.
    """
    if min(colour.shape[:2]) < 2 * _RADII_MM[0] / 25.4 * dpi:
        return ()
    factor = min(1.0, _RINGS / dpi)
    ink = _darkness(shrunk(colour, factor))
    votes, radii = _ring_votes(cv2.resize(ink, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), dpi * factor / 2)
    found: list[Mark] = []
    while len(found) < _MOST_PICTURES:
        _, strength, _, (x, y) = cv2.minMaxLoc(votes)
        if strength < _RING_VOTES:
            break
        radius = float(radii[y, x])
        left, top, width, height = square = _square(2 * x, 2 * y, 2 * radius)
        hollow = ink[max(0, top) : top + height, max(0, left) : left + width].mean() < _DISC
        if hollow and _walked(ink, 2 * x, 2 * y, 2 * radius) > _RING_WHOLE:
            found.append(Mark(MarkKind.STAMP, _box(square, ink), min(0.99, 0.6 + strength / 2)))
        cv2.circle(votes, (x, y), round(radius), 0.0, -1)
    return tuple(found)


def _darkness(small: Pixels) -> Pixels:
    """How much darker than the paper round it each pixel is in its darkest channel, 0-1."""
    lowest = small if small.ndim == 2 else small.min(axis=2)
    coarse = cv2.dilate(shrunk(lowest, 0.25), np.ones((7, 7), np.uint8))
    paper = cv2.resize(cv2.GaussianBlur(coarse, (0, 0), 3), lowest.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(cv2.subtract(paper, lowest).astype(np.float32) / _INK, 0.0, 1.0))


def _ring_votes(ink: Pixels, dpi: float) -> tuple[Pixels, Pixels]:
    """For each pixel how much darker a circle round it is than the circles beside that one, and its radius."""
    radii = np.arange(*_RADII_MM, 25.4 / dpi) / 25.4 * dpi
    reach = int(np.ceil(radii[-1])) + 5
    high, wide = (cv2.getOptimalDFTSize(max(side, reach + 1) + reach) for side in ink.shape)  # a circle fits into it
    spectrum = cv2.dft(_in_corner(ink, high, wide))
    votes, best = np.full(ink.shape, -np.inf, np.float32), np.zeros(ink.shape, np.float32)
    for radius in radii:
        ring = _ring_spectrum(radius, reach, high, wide)
        filtered = cv2.idft(cv2.mulSpectrums(spectrum, ring, 0), flags=cv2.DFT_SCALE)
        along = filtered[: ink.shape[0], : ink.shape[1]]
        better = along > votes
        np.copyto(votes, along, where=better)
        best[better] = radius
    return votes, best


@lru_cache(maxsize=64)
def _ring_spectrum(radius: float, reach: int, high: int, wide: int) -> Pixels:
    """The transform of a circle less the circles beside it; sheets of one size share it."""
    ring = _circle(radius, reach) - 0.5 * (_circle(radius - 3, reach) + _circle(radius + 3, reach))
    return np.asarray(cv2.dft(np.roll(_in_corner(ring, high, wide), (-reach, -reach), (0, 1))))


def _in_corner(picture: Pixels, high: int, wide: int) -> Pixels:
    """A picture in the upper left corner of an empty one."""
    rows, columns = picture.shape
    return np.asarray(cv2.copyMakeBorder(picture, 0, high - rows, 0, wide - columns, cv2.BORDER_CONSTANT, value=0.0))


def _circle(radius: float, reach: int) -> Pixels:
    """A kernel that averages along a thin circle."""
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.clip(1.0 - np.abs(np.hypot(x, y) - radius), 0.0, 1.0).astype(np.float32)
    return np.asarray(kernel / kernel.sum())


def _walked(ink: Pixels, x: float, y: float, radius: float) -> float:
    """Share of a circle along which there is ink and less of it outside, in the best place within two pixels."""
    places = (
        (x + dx + 0.5, y + dy + 0.5, radius + dr) for dx in (-1, 0, 1) for dy in (-1, 0, 1) for dr in range(-2, 3)
    )
    return max(_whole(ink, *place) for place in places)


def _whole(ink: Pixels, x: float, y: float, radius: float) -> float:
    on = np.maximum.reduce([_along(ink, x, y, radius + step) for step in (-1, 0, 1)])
    outside = np.maximum.reduce([_along(ink, x, y, radius + step) for step in (4, 5, 6)])
    inked = on > 0.25
    sectors, clear = (share.reshape(36, -1).mean(axis=1) > 0.5 for share in (inked, inked & (outside < 0.6 * on)))
    return float(min(sectors.mean(), clear.mean() + 0.25))


def _along(ink: Pixels, x: float, y: float, radius: float) -> Pixels:
    angles = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    xs, ys = ((middle + radius * turn(angles))[None].astype(np.float32) for middle, turn in ((x, np.cos), (y, np.sin)))
    return np.asarray(cv2.remap(ink, xs, ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)[0])


def _square(x: float, y: float, radius: float) -> Pixel:
    return round(x - radius), round(y - radius), round(2 * radius), round(2 * radius)


# --- signatures ------------------------------------------------------------------------------------------------------


def find_signatures(
    small: Pixels, lines: Sequence[Line], pictures: Sequence[Box], stamps: Sequence[Box], dpi: float
) -> tuple[Mark, ...]:
    """Pen strokes that are no letters: large, thin, running. ``small`` is a cleaned grey picture at ``dpi``."""
    ink = np.where(small < 165, np.uint8(255), np.uint8(0))
    height, width = ink.shape
    for box in (*pictures, *(word.box for line in lines for word in line.words if word.confidence > 0.75)):
        ink[int(box.y0 * height) : round(box.y1 * height), int(box.x0 * width) : round(box.x1 * width)] = 0
    letter = max(_letter_height(lines, height), 0.09 * dpi)
    labels, stats = components(ink)
    w, h, area = stats[:, 2], stats[:, 3], stats[:, 4]
    pen = (w > 1.6 * letter) & (h > 1.1 * letter) & (h < 1.8 * dpi) & (w < 3.6 * dpi) & (area < 0.4 * w * h)
    pen[0] = False
    strokes = np.take(np.where(pen, np.uint8(255), np.uint8(0)), labels)
    joined = cv2.dilate(strokes, np.ones((round(0.08 * dpi) | 1, round(0.2 * dpi) | 1), np.uint8))
    blobs = [blob for blob in _blobs(joined, 0.3 * dpi, 0.0) if blob[3] > 0.16 * dpi]
    if len(blobs) > _MOST_SIGNATURES:
        return ()
    boxes = [_box(blob, ink) for blob in blobs]
    return tuple(
        Mark(MarkKind.SIGNATURE, box, 0.5 if any(_within(box, stamp) for stamp in stamps) else 0.8) for box in boxes
    )


def _letter_height(lines: Sequence[Line], height: int) -> float:
    sizes = [line.size for line in lines if line.size]
    return max(9.0, float(np.median(sizes)) * height) if sizes else 11.0


def _within(inner: Box, outer: Box) -> bool:
    shared = inner.intersection(outer)
    return shared is not None and shared.area > 0.7 * inner.area


# --- barcodes and machine zones --------------------------------------------------------------------------------------


def find_barcodes(picture: Pixels) -> tuple[Mark, ...]:
    """Barcodes and QR codes with their content."""
    height, width = picture.shape[:2]
    found = []
    for code in zxingcpp.read_barcodes(grey_of(picture), try_invert=False):
        corners = (
            code.position.top_left,
            code.position.top_right,
            code.position.bottom_left,
            code.position.bottom_right,
        )
        xs, ys = [corner.x / width for corner in corners], [corner.y / height for corner in corners]
        box = Box(min(xs), min(ys), max(xs), max(ys)).clipped()
        if box.area > 0 and code.text:
            found.append(Mark(MarkKind.BARCODE, box, 1.0, code.text))
    return tuple(found)


def find_machine_zones(grey: Pixels, dpi: float) -> tuple[Mark, ...]:
    """The machine-readable zone, if there is one: evenly spaced signs of one height, two or three lines deep."""
    engine = line_reader()
    factor = min(1.0, _ZONES / dpi)
    letters = letters_of(shrunk(grey, factor))
    even = sorted((box for box in line_boxes(letters) if _even(letters, box)), key=lambda box: box[1])
    groups: list[list[Pixel]] = []
    for box in even:
        mate = next((group for group in groups if _stacked(group[-1], box)), None)
        groups = groups if mate is not None else [*groups, []]
        (mate if mate is not None else groups[-1]).append(box)
    for group in reversed([group for group in groups if 2 <= len(group) <= 4]):
        lines = [_enlarged(box, 1 / factor) for box in group]
        texts = [engine.read_masked(_around(grey, box), MRZ).text for box in lines] if engine else []
        if not engine or sum(text.count("<") for text in texts) >= 4:
            whole = _box(lines[0], grey)
            for box in lines[1:]:
                whole = whole.union(_box(box, grey))
            return (Mark(MarkKind.MRZ, whole, 0.95, "\n".join(texts)),)
    return ()


def _enlarged(box: Pixel, factor: float) -> Pixel:
    x, y, w, h = (round(value * factor) for value in box)
    return x, y, w, h


def _around(picture: Pixels, box: Pixel) -> Pixels:
    x, y, w, h = box
    margin = max(2, h // 4)
    return picture[max(0, y - margin) : y + h + margin, max(0, x - margin) : x + w + margin]


def _even(letters: Letters, box: Pixel) -> bool:
    """Whether 22 to 50 signs of a line stand at even distances."""
    x, y, w, h = box
    boxes = letters.boxes
    middle = boxes[:, 1] + boxes[:, 3] / 2
    inside = boxes[(boxes[:, 0] >= x - 1) & (boxes[:, 0] + boxes[:, 2] <= x + w + 1) & (middle > y) & (middle < y + h)]
    if not 22 <= len(inside) <= 60:
        return False
    centres = np.sort(inside[:, 0] + inside[:, 2] / 2)
    steps = np.diff(centres)
    pitch = float(np.median(steps))
    return bool((np.abs(steps / max(1.0, pitch) - 1) < 0.3).mean() > 0.72 and pitch < 1.6 * h)


def _stacked(upper: Pixel, lower: Pixel) -> bool:
    """Whether two lines are as long as each other and lie close below each other."""
    gap = lower[1] - upper[1]
    return (
        0 < gap < 4.5 * max(upper[3], lower[3])
        and abs(upper[0] - lower[0]) < 0.12 * upper[2]
        and abs(upper[2] - lower[2]) < 0.25 * upper[2]
    )


# --- small geometry --------------------------------------------------------------------------------------------------


def _blobs(mask: Pixels, smallest: float, fullness: float) -> list[Pixel]:
    """Boxes of connected areas at least ``smallest`` pixels wide and high (fullness 0: wide only) and that full."""
    _, stats = components(mask)
    return [
        (int(x), int(y), int(w), int(h))
        for x, y, w, h, area in stats[1:]
        if w >= smallest and (h >= smallest or fullness == 0.0) and area >= fullness * w * h
    ]


def _box(pixels: Pixel, picture: NDArray[np.uint8]) -> Box:
    left, top, width, height = pixels
    tall, wide = picture.shape[:2]
    return Box(left / wide, top / tall, (left + width) / wide, (top + height) / tall).clipped()
