"""Straight edges on a photographed page, which papers may have for sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.geometry import grey_of
from extractors.shapes import Pixels

_MOST_LINES = 10  # candidate edges kept for each of the two directions


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight line a*x + b*y = c (a*a + b*b = 1) and the pixels of edge that support it."""

    a: float
    b: float
    c: float
    support: float
    frame: bool = False

    @property
    def angle(self) -> float:
        """Direction in degrees, 0 to 180; 0 is level."""
        return float(np.degrees(np.arctan2(self.a, -self.b)) % 180)

    def crossing(self, other: Edge) -> tuple[float, float] | None:
        determinant = self.a * other.b - other.a * self.b
        if abs(determinant) < 0.2:
            return None
        return (
            (self.c * other.b - other.c * self.b) / determinant,
            (self.a * other.c - other.a * self.c) / determinant,
        )


def surface_of(study: Pixels) -> Pixels:
    """What a picture shows but its text, as bright as a usual one, in Lab (or its grey three times)."""
    return _without_text(_brightened(study))


def line_through(start: NDArray[np.float32], end: NDArray[np.float32]) -> Edge:
    """The edge from one point (x, y in pixels) to another, certain."""
    dx, dy = (end - start) / max(1e-6, float(np.linalg.norm(end - start)))
    return Edge(float(-dy), float(dx), float(-dy * start[0] + dx * start[1]), 1.0)


def _brightened(study: Pixels) -> Pixels:
    """A dim picture as bright as a usual one."""
    brightest = max(30.0, float(np.percentile(grey_of(study)[::4, ::4], 97)))
    return cv2.convertScaleAbs(study, alpha=max(1.0, 225 / brightest))


def _without_text(study: Pixels) -> Pixels:
    """Surfaces alone: dark strokes closed over, noise smoothed."""
    size = max(9, round(max(study.shape[:2]) / 60) | 1)
    closed = cv2.morphologyEx(study, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    smooth = cv2.bilateralFilter(closed, 7, 24, 5)
    return cv2.cvtColor(smooth, cv2.COLOR_BGR2LAB) if smooth.ndim == 3 else cv2.merge([smooth] * 3)


def edges_of(surface: Pixels) -> Pixels:
    """One-pixel edges of brightness or colour; faint ones too, so that white paper on a white table has an outline."""
    x, y, steepest = _gradients(cv2.GaussianBlur(surface, (0, 0), 1.2))
    weak = max(10.0, float(np.percentile(steepest[::2, ::2], 80)))
    edges = cv2.Canny(x, y, weak, 2 * weak, L2gradient=True)
    edges[[0, 1, -2, -1]] = edges[:, [0, 1, -2, -1]] = 0
    return edges


def _gradients(surface: Pixels) -> tuple[Pixels, Pixels, Pixels]:
    """Slopes across and down of the channel that is steepest at each pixel, and how steep it is."""
    slopes = [(cv2.Sobel(c, cv2.CV_16S, 1, 0), cv2.Sobel(c, cv2.CV_16S, 0, 1)) for c in cv2.split(surface)]
    across, down = slopes[0]
    steepest = cv2.magnitude(across.astype(np.float32), down.astype(np.float32))
    for x, y in slopes[1:]:
        steep = cv2.magnitude(x.astype(np.float32), y.astype(np.float32))
        here = steep > steepest
        across, down, steepest = np.where(here, x, across), np.where(here, y, down), np.maximum(steep, steepest)
    return across, down, steepest


def candidates_in(edges: Pixels, known: Sequence[Edge] = ()) -> tuple[list[Edge], list[Edge]]:
    """The best supported lines in two roughly perpendicular directions, the rim of the picture and what is ``known``
    among them: papers may share a side."""
    height, width = edges.shape
    found = cv2.HoughLines(edges, 1, np.pi / 360, round(0.16 * min(height, width)))
    lines: list[Edge] = []
    for rho, theta in [] if found is None else found[:400, 0]:
        edge = Edge(float(np.cos(theta)), float(np.sin(theta)), float(rho), 1.0)
        if not any(_alike(edge, other, width, height) for other in lines):
            lines.append(edge)
        if len(lines) >= 40:
            break
    axis = _main_direction([*known, *lines])
    level, steep = (
        [line for line in [*known, *lines] if _between(line.angle, direction) < 30][:_MOST_LINES]
        for direction in (axis, axis + 90)
    )
    rim_level = [Edge(0, 1, 0, 0, True), Edge(0, 1, height - 1, 0, True)]
    rim_steep = [Edge(1, 0, 0, 0, True), Edge(1, 0, width - 1, 0, True)]
    if 45 <= axis % 180 < 135:
        rim_level, rim_steep = rim_steep, rim_level
    return level + rim_level, steep + rim_steep


def _main_direction(lines: list[Edge]) -> float:
    """The direction, modulo a right angle, that most strong lines share."""
    if not lines:
        return 0.0
    fourfold = np.exp(4j * np.radians([line.angle for line in lines[:12]]))
    return float(np.degrees(np.angle(fourfold.mean())) / 4)


def _between(first: float, second: float) -> float:
    """Angle between two undirected lines, degrees."""
    apart = abs(first - second) % 180
    return min(apart, 180 - apart)


def _alike(first: Edge, second: Edge, width: int, height: int) -> bool:
    """Whether two lines run nearly together inside the picture."""
    if _between(first.angle, second.angle) > 6:
        return False
    middle_x, middle_y = width / 2, height / 2
    near = 0.008 * max(width, height)
    gap = (first.a * middle_x + first.b * middle_y - first.c) - np.sign(first.a * second.a + first.b * second.b) * (
        second.a * middle_x + second.b * middle_y - second.c
    )
    return bool(abs(gap) < near and _between(first.angle, second.angle) < 3)
