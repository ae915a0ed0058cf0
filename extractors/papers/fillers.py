"""Telling a zone's fillers from the letters that engines take them for: by the look of the line's own fillers."""

from __future__ import annotations

from itertools import combinations, pairwise
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.geometry import components
from extractors.shapes import Pixels

_HEIGHT = 64  # pixels a line is brought to
_LEAST_SIGN = 18  # pixels of that: what is lower is dirt, or a neighbouring line's
_SIZE = (20, 28)  # every sign is stretched to this, so that neither tilt nor type size counts
_SAMPLES = 4
_ALIKE = 0.8  # correlation: fillers of one line have 0.95 and more, the letters C and K below 0.3
_UNLIKE = 0.5

Sign = tuple[int, int, NDArray[np.float32]]


def is_filler(line: Pixels, column: int, length: int, sample: Pixels) -> bool | None:
    """Whether the sign in a column of a line's picture, of ``length`` signs, is a filler as those at the end of
    ``sample`` are (a line that ends in fillers, this or another of its zone); None where signs cannot be told apart."""
    signs = _signs(line)
    fillers = [look for _, _, look in _signs(sample)[-_SAMPLES:]]
    if len(signs) <= column + 1 or len(fillers) < _SAMPLES or not _apart(signs[: column + 2], _pitch(signs, length)):
        return None
    if median(_likeness(one, other) for one, other in combinations(fillers, 2)) < _ALIKE:
        return None
    likeness = median(_likeness(signs[column][2], filler) for filler in fillers)
    return None if _UNLIKE < likeness < _ALIKE else likeness >= _ALIKE


def _signs(line: Pixels) -> list[Sign]:
    """Left edge, width and look of a line's signs from left to right, as far as they do not touch."""
    size = (max(1, round(line.shape[1] * _HEIGHT / line.shape[0])), _HEIGHT)
    scaled = cv2.resize(line, size, interpolation=cv2.INTER_AREA if line.shape[0] > _HEIGHT else cv2.INTER_CUBIC)
    _, ink = cv2.threshold(scaled, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    labels, stats = components(ink.astype(np.uint8))
    signs = []
    for label, (x, y, width, height, _) in list(enumerate(stats))[1:]:
        if height > _LEAST_SIGN:
            own = np.where(labels[y : y + height, x : x + width] == label, np.float32(1), np.float32(0))
            signs.append((int(x), int(width), cv2.resize(own, _SIZE, interpolation=cv2.INTER_AREA).astype(np.float32)))
    return sorted(signs, key=lambda sign: sign[0])


def _pitch(signs: list[Sign], length: int) -> float:
    return (signs[-1][0] + signs[-1][1] - signs[0][0]) / length


def _apart(signs: list[Sign], pitch: float) -> bool:
    """Whether the signs follow each other at the line's pitch: none is two in one, none is a piece."""
    middles = [x + width / 2 for x, width, _ in signs]
    single = all(width < 1.3 * pitch for _, width, _ in signs)
    return single and all(0.5 * pitch < b - a < 1.5 * pitch for a, b in pairwise(middles))


def _likeness(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Correlation of two looks; none of one that has no shape."""
    first, second = one - one.mean(), other - other.mean()
    return float((first * second).sum() / max(1e-6, np.sqrt((first**2).sum() * (second**2).sum())))
