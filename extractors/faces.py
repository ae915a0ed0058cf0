"""Faces in pictures: OpenCV's cascades, several looks at each picture, and a weaker sign for faces they miss."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.shapes import Pixels
from models.geometry import Box

_STUDY_PX = 400
_CLOSE_PX = 1200  # for faces that are a small part of a page
_CERTAIN_HITS = 6  # overlapping detections of a cascade that never were a false alarm in tests


@dataclass(frozen=True, slots=True)
class Face:
    """A face: its box as fractions of the picture, how sure it is one (0-1), whether it looks straight ahead (None
    when that cannot be told), and how many eyes were found."""

    box: Box
    confidence: float
    frontal: bool | None
    eyes: int


def find_faces(picture: Pixels) -> list[Face]:
    """The faces in a picture (B, G, R or grey), the largest first. A face below 0.6 is a suggestion only."""
    grey, colour = _studied(picture)
    found = _frontal(grey)
    found = found or _profiles(grey)
    found = found or _suggested(colour)
    return sorted(found, key=lambda face: -face.box.area)


def surely_faceless(picture: Pixels) -> bool:
    """Whether not even the least look of a face is in a picture, frontal or from a side, however it is lit.

    Of sixteen portraits, blurred, dark, pale, faxed, noisy or turned by 15 degrees, each showed one; a face may be
    small on its page.
    """
    closest = max(_STUDY_PX, min(_CLOSE_PX, max(picture.shape[:2])))
    return all(_faceless(*_studied(picture, px)) for px in {_STUDY_PX, closest})


def _faceless(grey: Pixels, colour: Pixels | None) -> bool:
    lit = (grey, cv2.equalizeHist(grey), cv2.createCLAHE(3.0, (8, 8)).apply(grey))
    views = [(name, view) for view in lit for name in ("frontalface_alt2", "frontalface_default", "frontalface_alt")]
    views += [("profileface", side) for view in lit[:2] for side in (view, np.ascontiguousarray(view[:, ::-1]))]
    looks = (_cascade(name).detectMultiScale(view, 1.1, 1, minSize=(32, 32)) for name, view in views)
    return not _suggested(colour) and all(len(found) == 0 for found in looks)


def _studied(picture: Pixels, px: int = _STUDY_PX) -> tuple[Pixels, Pixels | None]:
    picture = np.ascontiguousarray(picture)
    factor = px / max(picture.shape[:2])
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=how)
    if small.ndim == 2:
        return small.astype(np.uint8), None
    return cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.uint8), small.astype(np.uint8)


@cache
def _cascade(name: str) -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / f"haarcascade_{name}.xml"))


def _frontal(grey: Pixels) -> list[Face]:
    """Frontal faces on which two cascades agree, or one is very sure."""
    even = cv2.equalizeHist(grey)
    seen: list[tuple[NDArray[np.int_], float]] = []
    for name in ("frontalface_alt2", "frontalface_default"):
        boxes, _, weights = _cascade(name).detectMultiScale3(
            even, 1.08, 3, minSize=(24, 24), outputRejectLevels=True
        )  # fmt: skip
        seen += [(np.asarray(box), float(weight)) for box, weight in zip(boxes, np.ravel(weights), strict=True)]
    faces: list[Face] = []
    for box, _ in sorted(seen, key=lambda pair: -int(pair[0][2])):
        if any(_same(_fraction(box, grey), face.box) for face in faces):
            continue
        agreeing = sum(_same(_fraction(box, grey), _fraction(other, grey)) for other, _ in seen)
        eyes = _eyes(grey, box)
        confidence = 0.5 + 0.2 * min(2, agreeing - 1) + 0.15 * min(2, eyes)
        if confidence >= 0.6:
            faces.append(Face(_fraction(box, grey), min(0.98, confidence), True, eyes))
    return _alike(faces)


def _alike(faces: list[Face]) -> list[Face]:
    """Beside faces with both eyes, a box without them counts only when it is about as large."""
    sure = [face for face in faces if face.eyes == 2]
    if not sure:
        return faces
    size = max(face.box.width for face in sure)
    return [face for face in faces if face.eyes == 2 or 0.7 < face.box.width / size < 1.4]


def _eyes(grey: Pixels, box: NDArray[np.int_]) -> int:
    """Eyes in the upper part of a face, at most two."""
    x, y, w, h = (int(v) for v in box)
    upper = grey[y + h // 8 : y + int(0.6 * h), x : x + w]
    if upper.shape[0] < 12 or upper.shape[1] < 24:
        return 0
    size = max(6, w // 9)
    found = _cascade("eye").detectMultiScale(upper, 1.05, 3, minSize=(size, size), maxSize=(w // 2, w // 2))
    sides = {int(ex + ew / 2 > w / 2) for ex, _, ew, _ in found}
    return len(sides)


def _profiles(grey: Pixels) -> list[Face]:
    """Faces seen from a side; both sides are tried."""
    faces = []
    for flipped in (False, True):
        view = np.ascontiguousarray(grey[:, ::-1]) if flipped else grey
        for box in _cascade("profileface").detectMultiScale(view, 1.08, _CERTAIN_HITS, minSize=(30, 30)):
            x, y, w, h = (int(v) for v in box)
            place = (view.shape[1] - x - w if flipped else x, y, w, h)
            faces.append(Face(_fraction(np.array(place), grey), 0.7, False, 0))
    return faces[:1]


def _suggested(colour: Pixels | None) -> list[Face]:
    """A skin-coloured upright oval near the middle with darker features in it: drawn and rendered faces."""
    if colour is None:
        return []
    tones = cv2.cvtColor(colour, cv2.COLOR_BGR2YCrCb)
    skin = cv2.inRange(tones, np.array((60, 134, 80)), np.array((255, 178, 130)))
    skin = cv2.morphologyEx(skin, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9)))
    height, width = skin.shape
    contours, _ = cv2.findContours(skin, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:2]:
        x, y, w, h = cv2.boundingRect(contour)
        central = abs((x + w / 2) / width - 0.5) < 0.15 and 0.15 < (y + h / 2) / height < 0.7
        oval = 0.9 < h / w < 2.2 and cv2.contourArea(contour) > 0.55 * w * h
        if central and oval and 0.18 < w / width < 0.75 and 0.2 < h / height < 0.85:
            return [Face(_fraction(np.array((x, y, w, h)), colour), 0.5, None, 0)]
    return []


def _fraction(box: NDArray[np.int_], grey: NDArray[np.uint8]) -> Box:
    height, width = grey.shape[:2]
    x, y, w, h = (int(v) for v in box)
    return Box(x / width, y / height, (x + w) / width, (y + h) / height).clipped()


def _same(a: Box, b: Box) -> bool:
    shared = a.intersection(b)
    return shared is not None and shared.area > 0.4 * min(a.area, b.area)
