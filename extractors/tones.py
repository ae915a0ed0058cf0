"""Grey stamps over black print, told from it by how dark they are.

A copier or a grey scanner leaves no hue of a stamp, but its ink is paler than print. The strokes of small print are so
thin that blur makes them as pale as a stamp's thick letters: the picture is sharpened before the two are compared.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.geometry import components
from extractors.inks import is_framed
from extractors.shapes import Pixels
from models.geometry import Box

_INK, _FAINT = 170.0, 245  # grey levels that the strokes of ink are darker than, and their fringes
_COARSE, _MOSTLY, _LETTER = 100.0, 90, 12  # dots per inch on which frames are looked for; of full ink; pixels
_SMALLEST, _LARGEST = 0.5, 3.1  # inches across a framed stamp
_BLUR, _SHARPER = 1.5, 2.0  # pixels across which a picture is sharpened, and how much
_RIM = 0.06  # of a stamp's width: how far its ink may lie outside its box
_CLEAR = 0.08  # the same for where print is no longer touched by it
_BLACK = 25  # per cent of the strokes round a stamp that are darker in the picture than what is surely no stamp
_BOLD = 10  # and in the sharpened one than bold print: the palest print is as far from the usual on the other side
_SCRAP = 4  # pixels: a piece of ink that has no more of print is left of the stamp
_FEWEST = 60  # strokes round it that tell, and paler ones inside that may be its ink
_APART = 24.0  # grey levels of a sharpened picture between the palest print and the ink of a stamp that is no print
_ALL, _NONE = 0.1, 0.6  # of the way from there to the stamp's ink: what is darker stays whole, what is paler goes


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


def without_stamps(
    bare: Pixels, grey: Pixels, rings: Sequence[Box], frames: Sequence[Box] = ()
) -> tuple[Pixels, Pixels]:
    """A cleaned sheet without its ruled lines (``bare``) and with them, both without the ink of stamps.

    A stamp as dark as the print around it stays. Inside one that goes, ruled lines go from both pictures.
    """
    bare, grey = bare.copy(), grey.copy()
    for stamp in (*rings, *frames):
        rows, columns = _window(stamp, bare.shape)
        across, down = _away(stamp, bare.shape, rows, columns)
        part, away = bare[rows, columns], np.hypot(across, down) if stamp in rings else np.maximum(across, down)
        share = _share_of_print(part, away)
        if share is not None:
            inside = away < 1 + _RIM
            part[inside] = _without_scraps(255 - (255 - part) * share, share)[inside]
            grey[rows, columns][inside] = part[inside]
    return bare, grey


def _without_scraps(part: Pixels, share: Pixels) -> Pixels:
    """A picture without the pieces of ink of which hardly a pixel is certainly print."""
    labels, stats = components(np.where(part < _FAINT, np.uint8(255), np.uint8(0)))
    sure = np.bincount(labels.ravel(), share.ravel() == 1, len(stats)) > _SCRAP
    return np.where(np.take(sure, labels), part, 255)


def _window(stamp: Box, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The stamp with as much of the sheet round it as tells how dark print is there."""
    height, width = shape
    box = Box(stamp.x0 - stamp.width, stamp.y0 - stamp.height / 2, stamp.x1 + stamp.width, stamp.y1 + stamp.height / 2)
    box = box.clipped()
    return slice(int(box.y0 * height), round(box.y1 * height)), slice(int(box.x0 * width), round(box.x1 * width))


def _away(stamp: Box, shape: tuple[int, ...], rows: slice, columns: slice) -> tuple[Pixels, Pixels]:
    """How far each column and row of a part of a sheet is from the middle of a stamp; 1 is the side of its box."""
    (x, y), (height, width) = stamp.centre, shape
    across = (np.arange(columns.start, columns.stop, dtype=np.float32) + 0.5) / width - np.float32(x)
    down = (np.arange(rows.start, rows.stop, dtype=np.float32) + 0.5) / height - np.float32(y)
    return np.abs(across[None]) / np.float32(stamp.width / 2), np.abs(down[:, None]) / np.float32(stamp.height / 2)


def _share_of_print(part: Pixels, away: Pixels) -> Pixels | None:
    """How much of each pixel's ink is print (0-1), None where print and stamp cannot be told apart."""
    sharp = part.astype(np.float32)
    sharp += _SHARPER * (sharp - cv2.GaussianBlur(sharp, (0, 0), _BLUR))
    strokes = (cv2.erode(sharp, np.ones((5, 5), np.uint8)) == sharp) & (part < _INK)
    inside, outside = strokes & (away < 1 + _RIM), strokes & (away > 1 + _CLEAR)
    if np.count_nonzero(outside) < _FEWEST:
        return None
    bold, usual = np.percentile(sharp[outside], (_BOLD, 50))
    black, palest = np.percentile(part[outside], _BLACK), float(2 * usual - bold)
    stamped = inside & (sharp > palest)
    if np.count_nonzero(stamped) < _FEWEST or np.median(part[stamped]) <= black:
        return None
    gap = float(np.median(sharp[stamped])) - palest
    if gap < _APART:
        return None
    fringed = np.ones((3, 3), np.uint8)  # what is beside a stroke belongs to it
    share = np.clip((palest + _NONE * gap - cv2.erode(sharp, fringed)) / ((_NONE - _ALL) * gap), 0, 1)
    share[cv2.erode(part, fringed) <= black] = 1
    return np.asarray(share)
