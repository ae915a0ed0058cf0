"""What lies under stamps: a small network takes their ink out of a picture and leaves print, pens and ruled lines.

Neither hue nor darkness alone tells thin strokes from a stamp's after a scanner's blur and JPEG; the network sees both,
and the shapes. It was trained by ``python -m training.stamps`` (training/README.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.engines.networks import Network
from extractors.shapes import Pixels
from models.geometry import Box

WEIGHTS = Path(__file__).parent / "engines" / "data" / "stamps.onnx"
_DARKEST = 60.0  # grey level that paper is never darker than
_SHOWN, _RIM = 0.25, 0.06  # of a stamp's sides: how much of the sheet round it is shown, and how far its ink may reach
_SIDES = 4  # pixels: of what the network is shown sides are multiples of
_TILE, _SEEN = 256, 64  # pixels: sides of what is taken at a time, for memory's sake; what is seen round it


@cache
def _remover() -> Network:
    return Network(WEIGHTS.read_bytes())


def without_stamps(colour: Pixels, grey: Pixels, stamps: Sequence[Box]) -> Pixels:
    """The grey picture of a flat sheet without the ink of stamps in their boxes."""
    out = grey.copy()
    for stamp in stamps:
        window, inside = (_pixels(stamp, share, grey.shape) for share in (_SHOWN, _RIM))
        bare = grey.copy()
        bare[window] = _bare(colour[window])
        out[inside] = np.maximum(out[inside], bare[inside])
    return out


def _pixels(box: Box, share: float, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The rows and columns of a box that is wider by a share of its sides on each of them."""
    height, width = shape
    x, y = share * box.width, share * box.height
    wide = Box(box.x0 - x, box.y0 - y, box.x1 + x, box.y1 + y).clipped()
    return np.s_[int(wide.y0 * height) : round(wide.y1 * height), int(wide.x0 * width) : round(wide.x1 * width)]


def _bare(window: Pixels) -> Pixels:
    """What the network leaves of a window."""
    shown, paper = levelled(window)
    _, height, width = shown.shape
    padded = np.pad(shown, ((0, 0), (0, -height % _SIDES), (0, -width % _SIDES)), mode="edge")
    _, tall, wide = padded.shape
    bare = np.empty((tall, wide), np.float32)
    for top in range(0, tall, _TILE):
        for left in range(0, wide, _TILE):
            bare[top : top + _TILE, left : left + _TILE] = _tile(padded, top, left)
    return np.asarray(np.clip(bare[:height, :width] * paper, 0, 255), np.uint8)


def _tile(shown: NDArray[np.float32], top: int, left: int) -> NDArray[np.float32]:
    """What the network leaves of a square, as it would with the whole picture before it."""
    above, before = min(top, _SEEN), min(left, _SEEN)
    rows, columns = slice(top - above, top + _TILE + _SEEN), slice(left - before, left + _TILE + _SEEN)
    bare = _remover().run("bare", {"seen": shown[None, :, rows, columns]})
    return bare[0, 0, above : above + _TILE, before : before + _TILE]


def levelled(window: Pixels) -> tuple[NDArray[np.float32], float]:
    """A coloured picture as the network sees it, (3, h, w), 1 where paper is; and the grey level of the paper."""
    window = cv2.cvtColor(window, cv2.COLOR_GRAY2BGR) if window.ndim == 2 else window
    paper = np.maximum(_DARKEST, np.percentile(window[::3, ::3].reshape(-1, 3), 75, axis=0)).astype(np.float32)
    shown = np.minimum(window.astype(np.float32) / paper, np.float32(1.1))
    return np.ascontiguousarray(shown.transpose(2, 0, 1)), float(paper @ np.array([0.114, 0.587, 0.299], np.float32))
