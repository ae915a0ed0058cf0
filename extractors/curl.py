"""What a homography cannot flatten: curled paper, and perspective on pictures that show no edge of the paper.

Text lines and ruled lines are traced; a smooth displacement that makes them level (and vertical rules upright) is
fitted to the traces. Positions are fractions of the picture from -1 to 1, displacements are fractions of its height
(or width) in the same measure.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.geometry import Letters, components, shrunk
from extractors.shapes import Pixels

_Floats = NDArray[np.float64]

#: Powers (along the line, across it) of the terms of the displacement; none is constant along the line.
_LEVEL_TERMS = ((1, 0), (2, 0), (3, 0), (4, 0), (1, 1), (2, 1), (3, 1), (4, 1), (1, 2), (2, 2))
_STEEP_TERMS = ((1, 0), (2, 0), (1, 1), (2, 1))
_FEWEST_TRACES = 6
_LARGEST = 0.12  # displacements beyond this share are no curl
_LEAST_LETTER = 4.0  # pixels of x-height on which lines are traced; larger pictures are halved


@dataclass(frozen=True, slots=True)
class Bend:
    """A smooth displacement of a flat picture: level lines move by ``down``, upright lines by ``right``."""

    down: _Floats
    right: _Floats
    level_range: tuple[float, float, float, float]
    steep_range: tuple[float, float, float, float]

    def source_of(self, x: _Floats, y: _Floats) -> tuple[_Floats, _Floats]:
        """Where the pixels of the flattened picture lie in the bent one (both -1 to 1)."""
        return (
            x + _displacement(self.right, _STEEP_TERMS, y, x, self.steep_range),
            y + _displacement(self.down, _LEVEL_TERMS, x, y, self.level_range),
        )


@dataclass(frozen=True, slots=True)
class _Trace:
    """Points of one line: ``along`` it and ``across`` it, and how exact they are."""

    along: _Floats
    across: _Floats
    weight: float


def find_bend(grey: Pixels, letters: Letters) -> Bend | None:
    """The bend of a roughly level picture, None where its lines are straight or too few to tell."""
    size, mask = max(5.0, letters.height), letters.mask
    if size > 2 * _LEAST_LETTER:
        size, grey = size / 2, shrunk(grey, 0.5)
        mask = cv2.threshold(shrunk(mask, 0.5), 64, 255, cv2.THRESH_BINARY)[1]
    level = _text_traces(mask, size) + _rule_traces(grey, size)
    steep = _rule_traces(np.ascontiguousarray(grey.T), size)
    down, level_range, bent = _fitted(level, _LEVEL_TERMS, _FEWEST_TRACES, 0.25 * size / grey.shape[0])
    right, steep_range, leaning = _fitted(steep, _STEEP_TERMS, 2, 0.5 * size / grey.shape[1])
    return Bend(down, right, level_range, steep_range) if bent or leaning else None


def _text_traces(mask: Pixels, size: float) -> list[_Trace]:
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, round(2.5 * size)), np.uint8))
    return _traces(joined, 8 * size, 3 * size, round(3 * size), 1.0)


def _rule_traces(grey: Pixels, size: float) -> list[_Trace]:
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    long = round(3.2 * size)
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, long), np.uint8))
    lines = cv2.morphologyEx(
        cv2.dilate(lines, np.ones((3, 1), np.uint8)), cv2.MORPH_CLOSE, np.ones((1, long), np.uint8)
    )
    return _traces(lines, 10 * size, 0.8 * size, round(2 * size), 3.0)


def _traces(mask: Pixels, shortest: float, thickest: float, step: int, weight: float) -> list[_Trace]:
    """Centre lines of long level blobs, one point per ``step`` pixels."""
    height, width = mask.shape
    labels, stats = components(mask)
    x, y, w, h, area = stats.T
    long = (w >= shortest) & (h <= thickest + 0.12 * w) & (area / w <= thickest)
    traces = []
    for label in np.flatnonzero(long[1:]) + 1:
        blob = labels[y[label] : y[label] + h[label], x[label] : x[label] + w[label]] == label
        along, across = _centre_line(blob, step)
        if len(along) >= 3:
            traces.append(
                _Trace((x[label] + along) / width * 2 - 1, (y[label] + across) / height * 2 - 1, weight)
            )  # fmt: skip
    return traces


def _centre_line(blob: NDArray[np.bool_], step: int) -> tuple[_Floats, _Floats]:
    """The middles of pieces of ``step`` columns, and the median height of ink in each that has any."""
    count = blob.shape[1] // step
    ink = blob[:, : count * step].astype(np.float32)
    pixels = ink.sum(axis=0)
    centres = np.arange(len(ink), dtype=np.float32) @ ink / np.maximum(1, pixels)
    centres[pixels == 0] = np.nan
    pieces = np.sort(centres.reshape(count, step), axis=1)  # columns without ink come last
    known = (pixels.reshape(count, step) > 0).sum(axis=1)
    inked = np.flatnonzero(known)
    middles = np.asarray(inked * step + step / 2, np.float64)
    return middles, np.asarray(pieces[inked, known[inked] // 2], np.float64)


def _fitted(
    traces: list[_Trace], terms: tuple[tuple[int, int], ...], fewest: int, tolerance: float
) -> tuple[_Floats, tuple[float, float, float, float], bool]:
    """Coefficients, the range of positions they hold for, and whether they displace by more than ``tolerance``."""
    none = np.zeros(len(terms)), (-1.0, 1.0, -1.0, 1.0), False
    if len(traces) < fewest:
        return none
    along, across = (np.concatenate([getattr(t, name) for t in traces]) for name in ("along", "across"))
    weights = np.concatenate([np.full(len(t.along), t.weight) for t in traces])
    owner = np.repeat(np.arange(len(traces)), [len(t.along) for t in traces])
    columns = np.stack([along**i * across**j for i, j in terms], axis=1)
    design, target = _centred(columns, owner), _centred(across[:, None], owner)[:, 0]
    coefficients = np.zeros(len(terms))
    for _ in range(6):
        residual = np.abs(target - design @ coefficients)
        robust = weights * np.minimum(1, tolerance / np.maximum(residual, 1e-6))
        system = design.T @ (design * robust[:, None]) + 1e-3 * len(traces) * np.eye(len(terms)) * robust.mean()
        coefficients = np.linalg.solve(system, design.T @ (target * robust))
    moved = design @ coefficients
    bounds = (float(along.min()), float(along.max()), float(across.min()), float(across.max()))
    worth = bool(np.abs(moved).max() > tolerance and np.abs(moved).max() < _LARGEST)
    better = bool(np.abs(target - moved).mean() < 0.8 * np.abs(target).mean())
    return (coefficients, bounds, True) if worth and better else none


def _centred(values: _Floats, owner: NDArray[np.intp]) -> _Floats:
    """Values less the mean of their trace: each line may lie at any height."""
    counts = np.bincount(owner)
    means = np.stack([np.bincount(owner, values[:, i]) / counts for i in range(values.shape[1])], axis=1)
    return np.asarray(values - means[owner])


def _displacement(
    coefficients: _Floats, terms: tuple[tuple[int, int], ...], along: _Floats, across: _Floats,
    bounds: tuple[float, float, float, float],
) -> _Floats:  # fmt: skip
    if not coefficients.any():
        return np.zeros_like(along)
    a, b = np.clip(along, bounds[0], bounds[1]), np.clip(across, bounds[2], bounds[3])
    return np.asarray(sum(c * a**i * b**j for c, (i, j) in zip(coefficients, terms, strict=True)))
