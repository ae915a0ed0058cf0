"""Photographs 3x4: how many faces, frontal, ratio, sharpness, background, in the spirit of ISO/IEC 29794-5.

What the picture does not settle stays doubtful: a face that may have been missed gives a low confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import cv2
import numpy as np

from extractors.faces import Face, find_faces, surely_faceless
from extractors.geometry import grey_of
from extractors.shapes import Pixels, ReadSheet
from models.document import Field, Value
from models.geometry import WHOLE, Box
from models.sheet import MarkKind

_RATIO = (0.68, 0.84)  # 3:4 is 0.75; cutting and scanning take their share
_LEAST_FACE_PX = 60  # between the cheeks; below it nobody can be recognised
_LEAST_OF_PHOTO = 0.3  # share of a photograph's height that its face takes
_LEAST_OF_PORTRAIT = 0.2  # below it a picture shows somebody somewhere rather than is a portrait
_NOBODY = 0.9  # how sure it is that a picture shows nobody where no look of a face is in it
_COPY = 0.9  # likeness of two prints of one photograph
_WHITE = 235  # grey level from which a ground counts as white
_BLACK = 30  # grey level up to which a screen shows nothing
_SHARP = 0.25  # of 1; below it a person sees a blurred face
_PLAIN = 26.0  # spread of grey levels beside the head up to which a wall counts as plain


@dataclass(frozen=True, slots=True)
class Portrait:
    """One photograph on a sheet: its region, the faces in it (boxes as fractions of the region) and its pixels."""

    region: Box
    faces: tuple[Face, ...]
    pixels: Pixels


def read_photo(sheets: Sequence[ReadSheet]) -> dict[str, Field]:
    """``faces``, ``frontal``, ``ratio``, ``sharpness``, ``background``, ``conforming`` of the photographs on a sheet.

    ``faces`` counts all photographs of the sheet; the other values are those of the worst of them. ``ratio`` is width
    to height, ``sharpness`` 0-1, ``background`` "plain" or "uneven".
    """
    on = next((sheet for sheet in sheets if sheet.colour is not None), None)
    if on is None or on.colour is None:
        return {key: Field(None) for key in ("faces", "frontal", "ratio", "sharpness", "background", "conforming")}
    portraits = _portraits(on, np.ascontiguousarray(on.colour))
    worst = min(portraits, key=lambda portrait: _conforming(portrait)[:1])
    faces = [face for portrait in portraits for face in portrait.faces]
    nobody = not faces and surely_faceless(worst.pixels)
    conforming, sure = (False, _NOBODY) if nobody else _conforming(worst)
    frontal, frontal_sure = _frontal(worst)
    sharpness = _sharpness(worst)
    told: dict[str, tuple[Value, float]] = {
        "faces": (len(faces), min((face.confidence for face in faces), default=_NOBODY if nobody else 0.4)),
        "frontal": (frontal, frontal_sure),
        "ratio": (round(_ratio(worst), 3), 0.95 if worst.region != WHOLE else 0.9),
        "sharpness": (round(sharpness, 2), 0.8),
        "background": (_background(worst), 0.7),
        "conforming": (conforming, sure),
    }
    return {key: _field(on, worst, value, sure) for key, (value, sure) in told.items()}


def _field(on: ReadSheet, portrait: Portrait, value: Value, sure: float) -> Field:
    sheet = on.sheet
    return Field(value, "", round(sure, 3), sheet.file, sheet.page, sheet.on_page(portrait.region), sheet.source)


# --- the photographs of a sheet --------------------------------------------------------------------------------------


def _portraits(on: ReadSheet, colour: Pixels) -> list[Portrait]:
    """The photographs on a sheet: marked pictures with a face, else one round every equal face, else the sheet."""
    pictures = [mark.box for mark in on.sheet.marked(MarkKind.PICTURE) if 0.003 < mark.box.area < 0.9]
    found = [_portrait(colour, box) for box in pictures]
    found = [portrait for portrait in found if portrait.faces]
    whole = _portrait(colour, WHOLE)
    if found and not (len(found) == 1 and _fills(whole) and _silhouette(found[0])):
        found = [part for portrait in found for part in _copies(portrait, colour) or [portrait]]
        return found + _more_of_the_kind(found, whole, colour)
    if copies := _copies(whole, colour):
        return copies
    if len(whole.faces) >= 3 and _equal(whole.faces):
        return [Portrait(_round(face.box), (face,), _cut(colour, _round(face.box))) for face in whole.faces]
    ink = _inked(colour)
    inner = _portrait(colour, ink) if ink.area < 0.6 else None
    if inner and inner.faces and not (_fills(whole) and _silhouette(inner)):
        return [inner]
    return [whole]


def _copies(portrait: Portrait, colour: Pixels) -> list[Portrait]:
    """The equal photographs that a strip or block of them holds, set evenly; none where they are not equal."""
    if len(portrait.faces) < 2 or not _equal(portrait.faces):
        return []
    size = portrait.faces[0].box
    columns = _places([face.box.centre[0] for face in portrait.faces], size.width)
    rows = _places([face.box.centre[1] for face in portrait.faces], size.height)
    if columns * rows != len(portrait.faces):
        return []
    held = _within(_inked(portrait.pixels), portrait.region)
    wide, high = held.width / columns, held.height / rows
    boxes = [
        Box(held.x0 + x * wide, held.y0 + y * high, held.x0 + (x + 1) * wide, held.y0 + (y + 1) * high)
        for y, x in product(range(rows), range(columns))
    ]
    parts = [Portrait(box, tuple(find_faces(_cut(colour, box))), _cut(colour, box)) for box in boxes]
    alike = all(_likeness(parts[0].pixels, part.pixels) >= _COPY for part in parts)
    return parts if alike and all(len(part.faces) == 1 for part in parts) else []


def _places(centres: Sequence[float], size: float) -> int:
    """How many columns or rows faces of a size stand in."""
    ordered = sorted(centres)
    return 1 + sum(after - before > 0.5 * size for before, after in pairwise(ordered))


def _within(inner: Box, outer: Box) -> Box:
    """A box in fractions of another, in those of what the other lies on."""
    x0, x1 = (outer.x0 + x * outer.width for x in (inner.x0, inner.x1))
    y0, y1 = (outer.y0 + y * outer.height for y in (inner.y0, inner.y1))
    return Box(x0, y0, x1, y1)


def _likeness(one: Pixels, other: Pixels) -> float:
    """How alike two pictures are: 1 for copies, about 0 for strangers."""
    left, right = (cv2.resize(grey_of(pixels), (48, 64), interpolation=cv2.INTER_AREA) for pixels in (one, other))
    return float(cv2.matchTemplate(left[4:-4, 4:-4], right, cv2.TM_CCOEFF_NORMED).max()) if left.std() else 0.0


def _more_of_the_kind(found: Sequence[Portrait], whole: Portrait, colour: Pixels) -> list[Portrait]:
    """The portraits of a sheet of equal ones whose edges were not seen: a face as large as the others' outside them."""
    like = found[0]
    width, height = like.region.width, like.region.height
    more = []
    for face in whole.faces:
        x, y = face.box.centre
        alike = 0.7 < face.box.width / (like.faces[0].box.width * width) < 1.4
        if alike and not any(portrait.region.contains(x, y) for portrait in found):
            at = like.faces[0].box.centre
            left, top = x - at[0] * width, y - at[1] * height
            region = Box(left, top, left + width, top + height).clipped()
            more.append(Portrait(region, (face,), _cut(colour, region)))
    return more


def _fills(whole: Portrait) -> bool:
    """Whether a face takes so much of a picture that the picture is the photograph, not a glass with one on it."""
    return bool(whole.faces) and whole.faces[0].box.height >= _LEAST_OF_PHOTO and whole.faces[0].eyes == 2


def _silhouette(inner: Portrait) -> bool:
    """Whether a region ends with the person rather than with the edge of a print: its upper corners are white."""
    height, width = inner.pixels.shape[:2]
    grey = grey_of(inner.pixels)
    corners = (grey[: height // 8, : width // 8], grey[: height // 8, -max(1, width // 8) :])
    return all(corner.size and float((corner >= _WHITE).mean()) > 0.8 for corner in corners)


def _portrait(colour: Pixels, box: Box) -> Portrait:
    pixels = _cut(colour, box)
    faces = find_faces(pixels) if min(pixels.shape[:2]) >= 24 else []
    return Portrait(box, tuple(faces), pixels)


def _cut(colour: Pixels, box: Box) -> Pixels:
    height, width = colour.shape[:2]
    y0, x0 = int(box.y0 * height), int(box.x0 * width)
    return colour[y0 : max(y0 + 1, round(box.y1 * height)), x0 : max(x0 + 1, round(box.x1 * width))]


def _equal(faces: Sequence[Face]) -> bool:
    widths = [face.box.width for face in faces]
    return max(widths) < 1.35 * min(widths)


def _round(face: Box) -> Box:
    """Where a photograph with this face would end."""
    return Box(
        face.x0 - 0.45 * face.width, face.y0 - 0.5 * face.height,
        face.x1 + 0.45 * face.width, face.y1 + 0.6 * face.height,
    ).clipped()  # fmt: skip


def _inked(colour: Pixels) -> Box:
    """The part of a sheet that is not its white ground: a small photograph on a scanner's glass."""
    grey = grey_of(colour)
    mask = cv2.morphologyEx((grey < _WHITE).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    ys, xs = np.flatnonzero(mask.mean(axis=1) > 0.01), np.flatnonzero(mask.mean(axis=0) > 0.01)
    if not len(ys) or not len(xs):
        return WHOLE
    height, width = grey.shape[:2]
    return Box(xs[0] / width, ys[0] / height, (xs[-1] + 1) / width, (ys[-1] + 1) / height)


# --- what is judged --------------------------------------------------------------------------------------------------


def _ratio(portrait: Portrait) -> float:
    height, width = portrait.pixels.shape[:2]
    return float(width / max(1, height))


def _ratio_between_bars(pixels: Pixels) -> float:
    """Width to height of a picture without the black bars above and below it or beside it."""
    lit = grey_of(pixels) > _BLACK
    ys, xs = np.flatnonzero(lit.mean(axis=1) > 0.01), np.flatnonzero(lit.mean(axis=0) > 0.01)
    return float((xs[-1] - xs[0] + 1) / (ys[-1] - ys[0] + 1)) if len(ys) and len(xs) else 0.0


def _frontal(portrait: Portrait) -> tuple[bool | None, float]:
    if not portrait.faces:
        return None, 0.3
    face = portrait.faces[0]
    if face.frontal is None:
        return None, 0.4
    return face.frontal, (0.95 if face.eyes == 2 else 0.8) if face.frontal else face.confidence


def _sharpness(portrait: Portrait) -> float:
    """0-1: fine detail of the face at a common size."""
    box = portrait.faces[0].box if portrait.faces else Box(0.2, 0.1, 0.8, 0.7)
    face = _cut(portrait.pixels, box)
    small = cv2.resize(grey_of(face), (160, 160), interpolation=cv2.INTER_AREA)
    detail = float(cv2.Laplacian(small, cv2.CV_64F).var())
    return min(1.0, detail / 120.0)


def _background(portrait: Portrait) -> str:
    """Whether the wall left and right above the shoulders is of one tone."""
    pixels = portrait.pixels
    height, width = pixels.shape[:2]
    strips = (pixels[: height // 3, : max(1, width // 9)], pixels[: height // 3, -max(1, width // 9) :])
    spread = max(float(strip.reshape(-1, strip.shape[-1]).std(axis=0).max()) for strip in strips if strip.size)
    return "plain" if spread < _PLAIN else "uneven"


def _conforming(portrait: Portrait) -> tuple[bool, float]:
    """Whether a photograph is one that the office takes, and how sure that is; False is sure only with a reason that
    can be shown (several faces, a face from the side, wrong ratio, too small)."""
    faces = portrait.faces
    if not faces or faces[0].confidence < 0.6:
        return bool(faces), 0.45
    if len(faces) > 1:
        return False, min(face.confidence for face in faces)
    if faces[0].frontal is False:
        return False, 0.7
    ratio, size = _ratio(portrait), faces[0].box.width * portrait.pixels.shape[1]
    if not _RATIO[0] - 0.06 <= ratio <= _RATIO[1] + 0.06:
        if portrait.region != WHOLE and _silhouette(portrait):
            return True, 0.6  # white paper on a white glass: where the photograph ends cannot be seen
        if _RATIO[0] <= _ratio_between_bars(portrait.pixels) <= _RATIO[1]:
            return True, 0.6  # a telephone's screen round it is none of it
        edged = portrait.region != WHOLE or faces[0].box.height >= _LEAST_OF_PHOTO  # else its edge may be inside
        return False, 0.9 if faces[0].eyes == 2 and edged else 0.6
    if faces[0].box.height < _LEAST_OF_PORTRAIT:
        return True, 0.6
    if size < _LEAST_FACE_PX:
        return False, 0.9 if size < 0.7 * _LEAST_FACE_PX else 0.5
    sharp = _sharpness(portrait) >= _SHARP
    inside = _RATIO[0] <= ratio <= _RATIO[1]
    return True, 0.95 * (1.0 if faces[0].eyes == 2 else 0.85) * (1.0 if sharp else 0.7) * (1.0 if inside else 0.7)
