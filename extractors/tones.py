"""Framed grey stamps, found by their tone: a copier leaves no hue of a stamp, but its ink is paler than print."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.geometry import components
from extractors.inks import is_framed
from extractors.shapes import Pixels
from models.geometry import Box

_INK = 170.0  # grey levels that the strokes of ink are darker than
_COARSE, _MOSTLY, _LETTER = 100.0, 90, 12  # dots per inch on which frames are looked for; of full ink; pixels
_SMALLEST, _LARGEST = 0.5, 3.1  # inches across a framed stamp
_APART = 24.0  # grey levels between print and the ink of a stamp


def find_frames(bare: Pixels, dpi: float) -> tuple[Box, ...]:
    """Stamps with a frame in an ink paler than print, on a cleaned sheet without its ruled lines."""
    factor = _COARSE / dpi
    pale = cv2.resize(_pale_ink(bare), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    labels, stats = components(np.where(pale > _MOSTLY, np.uint8(255), np.uint8(0)))
    large = stats[:, 2:4].max(axis=1) > _LETTER
    large[0] = False
    mask = np.take(np.where(large, np.uint8(255), np.uint8(0)), labels)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    sides = (_SMALLEST * _COARSE, _LARGEST * _COARSE)
    height, width = mask.shape
    return tuple(
        Box(x / width, y / height, (x + w) / width, (y + h) / height)
        for x, y, w, h, _ in components(joined)[1][1:].tolist()
        if sides[0] < min(w, h) and max(w, h) < sides[1] and is_framed(mask[y : y + h, x : x + w])
    )


def _pale_ink(bare: Pixels) -> Pixels:
    """A mask (255) of ink that is paler than print and not beside any, as the fringes of letters are."""
    strokes = bare[(cv2.erode(bare, np.ones((3, 3), np.uint8)) == bare) & (bare < _INK)]
    usual = float(np.median(strokes)) if strokes.size else 0.0
    black = np.where(bare < usual + _APART, np.uint8(255), np.uint8(0))
    ink = np.where(bare < _INK, np.uint8(255), np.uint8(0))
    return cv2.bitwise_and(ink, cv2.bitwise_not(cv2.dilate(black, np.ones((5, 5), np.uint8))))
