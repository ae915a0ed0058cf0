"""From a picture of a page to flat, upright sheets: outlines of papers, perspective, skew, true scale.

Matrices are 3x3 homographies that take a pixel of the flat picture to a pixel of the page picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.shapes import Pixels
from models.geometry import Box, Perspective

Matrix = NDArray[np.float64]
Quad = NDArray[np.float32]  # 4 x 2 pixels: top left, top right, bottom right, bottom left

#: Papers by long / short side, and the width of the upright paper in mm.
_PAPERS = ((297 / 210, 210.0), (279.4 / 215.9, 215.9))
_GRID = 65  # nodes per side of the grid on which bends are worked out
_SKEW_PX = 800  # width of the picture on which skew is measured
_BEFORE = np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0]], np.uint8)  # the neighbours that a scan of the picture meets first
_MOST_SHORT_LABELS = 65_000
_LARGE_LETTER = 20  # pixels


class Bend(Protocol):
    """A smooth displacement that a homography cannot express."""

    def source_of(
        self, x: NDArray[np.float64], y: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where pixels of the flattened picture lie in the bent one (both -1 to 1)."""
        ...


@dataclass(frozen=True, slots=True)
class Flat:
    """A flat picture of one paper and how it lies on the page."""

    colour: Pixels
    matrix: Matrix

    def turned(self, quarter_turns: int) -> Flat:
        """The same paper turned clockwise by quarters."""
        height, width = self.colour.shape[:2]
        colour, matrix = self.colour, self.matrix
        for _ in range(quarter_turns % 4):
            colour = np.ascontiguousarray(np.rot90(colour, -1))
            matrix = matrix @ np.array([[0, 1, 0], [-1, 0, height - 1], [0, 0, 1]], float)
            height, width = width, height
        return Flat(colour, matrix)


def grey_of(picture: Pixels) -> Pixels:
    """A grey picture from a coloured or grey one."""
    return picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


def shrunk(picture: Pixels, factor: float) -> Pixels:
    """The picture averaged down by ``factor`` <= 1 (larger factors leave it as it is); halves are much cheaper."""
    while factor <= 0.5:
        picture, factor = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 2 * factor
    if factor >= 1:
        return picture
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


def whole_page(page: Pixels) -> Quad:
    """The outline of a page that fills its picture."""
    height, width = page.shape[:2]
    return np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)


def flatten(page: Pixels, quad: Quad, scale: float, degrees: float = 0.0) -> Flat:
    """The paper inside ``quad``, ``scale`` flat pixels per page pixel, turned by ``degrees`` against its skew."""
    width, height = (max(8, round(side * scale)) for side in quad_size(quad))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    to_page = cv2.getPerspectiveTransform(corners, quad.astype(np.float32))
    matrix = to_page @ _turn(width, height, degrees)
    reduction = min(1.0, 1.4 * scale)
    source = shrunk(page, reduction) if reduction < 0.8 else page
    ratio = source.shape[1] / page.shape[1]
    upright = degrees == 0 and np.allclose(to_page[2, :2], 0, atol=1e-9) and abs(to_page[0, 1]) < 1e-6
    if upright and np.allclose(quad, whole_page(page)):
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        return Flat(cv2.resize(source, (width, height), interpolation=method), matrix)
    flat = cv2.warpPerspective(
        source, np.diag([ratio, ratio, 1]) @ matrix, (width, height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return Flat(flat, matrix)


def unbent(page: Pixels, flat: Flat, bend: Bend) -> Flat:
    """The paper with its bend taken out too; the matrix becomes the nearest homography."""
    height, width = flat.colour.shape[:2]
    x, y = np.meshgrid(np.linspace(-1, 1, _GRID), np.linspace(-1, 1, _GRID))
    half = np.array([width / 2, height / 2])
    straight = (np.stack([x, y], axis=-1) + 1) * half
    bent = (np.stack(bend.source_of(x, y), axis=-1) + 1) * half
    on_page = cv2.perspectiveTransform(bent, flat.matrix)
    matrix, _ = cv2.findHomography(straight.reshape(-1, 2), on_page.reshape(-1, 2), 0)
    reduction = min(1.0, 1.4 * float(np.sqrt(width * height / max(1.0, cv2.contourArea(_rim(on_page))))))
    source = shrunk(page, reduction) if reduction < 0.8 else page
    ratio = source.shape[1] / page.shape[1]
    down, right = _hats(height), _hats(width)
    places = [down @ (on_page[..., axis] * ratio).astype(np.float32) @ right.T for axis in (0, 1)]
    colour = cv2.remap(source, places[0], places[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return Flat(colour, np.asarray(matrix))


def _hats(length: int) -> NDArray[np.float32]:
    """Weights (length x grid) that interpolate values of the grid at every pixel of a side."""
    places = np.arange(length, dtype=np.float32)[:, None] / length * (_GRID - 1)
    return np.asarray(np.maximum(0, 1 - np.abs(places - np.arange(_GRID, dtype=np.float32))))


def _rim(grid: NDArray[Any]) -> NDArray[np.float32]:
    return grid[[0, 0, -1, -1], [0, -1, -1, 0]].astype(np.float32)


def perspective_of(flat: Flat, page: Pixels) -> Perspective:
    """How fractions of the flat sheet lie on the page, in fractions."""
    height, width = flat.colour.shape[:2]
    page_height, page_width = page.shape[:2]
    rows = np.diag([1 / page_width, 1 / page_height, 1]) @ flat.matrix @ np.diag([width, height, 1])
    a, b, c, d, e, f, g, h, i = (float(value) for value in (rows / rows[2, 2]).ravel())
    return Perspective((a, b, c, d, e, f, g, h, i))


def quad_size(quad: Quad) -> tuple[float, float]:
    """Width and height of the paper that a quadrilateral shows, in page pixels."""
    top, right, bottom, left = (float(np.linalg.norm(quad[(i + 1) % 4] - quad[i])) for i in range(4))
    return max(top, bottom), max(left, right)


def outline_of(quad: Quad, page: Pixels) -> Box:
    """The upright box round a quadrilateral as fractions of the page."""
    height, width = page.shape[:2]
    (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
    return Box(float(x0) / width, float(y0) / height, float(x1) / width, float(y1) / height).clipped()


# --- text on a picture -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Letters:
    """Letter-like blobs of a picture: a mask and their boxes (x, y, width, height) in its pixels."""

    mask: Pixels
    boxes: NDArray[np.int32]

    @property
    def height(self) -> float:
        """The x-height of the running text: the lowest of the common heights; 0 without letters."""
        if len(self.boxes) < 12:
            return 0.0
        counts = np.bincount(_without_specks(self.boxes[:, 3]), minlength=4).astype(float)
        smooth = np.convolve(counts, [0.5, 1, 0.5], "same")
        peaks = [i for i in range(1, len(smooth) - 1) if smooth[i] >= smooth[i - 1] and smooth[i] >= smooth[i + 1]]
        peak = min((i for i in peaks if smooth[i] > 0.5 * smooth.max()), default=int(smooth.argmax()))
        near = slice(max(0, peak - 1), peak + 2)
        return float((np.arange(len(counts))[near] * counts[near]).sum() / max(1.0, counts[near].sum()))


def _without_specks(heights: NDArray[np.int32]) -> NDArray[np.int32]:
    """Heights of letters without those of dots and grain, however many: most of the ink is in letters."""
    ordered_ = np.sort(heights)
    weight = np.cumsum(ordered_ * np.minimum(ordered_, _LARGE_LETTER))
    typical = ordered_[np.searchsorted(weight, weight[-1] / 2)]
    return np.asarray(heights[heights > 0.35 * typical])


def letters_of(grey: Pixels) -> Letters:
    """Blobs of ink that have the size and shape of letters, whatever way the text runs."""
    block = max(15, round(min(grey.shape) / 45) | 1)
    blurred = cv2.GaussianBlur(grey, (0, 0), 0.7)
    ink = cv2.adaptiveThreshold(blurred, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 14)
    labels, stats = components(ink)
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    limit = max(grey.shape) / 14
    longer, shorter = np.maximum(width, height), np.minimum(width, height)
    keep = (longer >= 4) & (longer < limit) & (shorter >= 2) & (longer < 9 * shorter) & (area > 0.12 * width * height)
    keep[0] = False
    mask = np.take(np.where(keep, np.uint8(255), np.uint8(0)), labels)
    return Letters(mask, stats[keep][:, :4])


def components(mask: Pixels) -> tuple[NDArray[Any], NDArray[np.int32]]:
    """Connected areas (corners touch): labels of the pixels, and per label left, top, width, height, pixels.

    Labels of 16 bits take a third of the time of OpenCV's usual ones, so they are used where they are certain to do:
    every area has a pixel with nothing before it (left, above), and those are counted. Label 0, the ground, is nothing
    where all is ink.
    """
    beginnings = cv2.countNonZero(cv2.bitwise_and(mask, cv2.bitwise_not(cv2.dilate(mask, _BEFORE))))
    if beginnings < _MOST_SHORT_LABELS:
        _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(mask, 8, cv2.CV_16U, cv2.CCL_SPAGHETTI)
    else:
        _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if not stats[0, cv2.CC_STAT_AREA]:
        stats[0] = 0  # instead of the largest integers
    return labels, np.asarray(stats, np.int32)


def sidewaysness(letters: Letters) -> float:
    """How much more sharply lines alternate across the picture than down it: far above 1 when text runs sideways."""
    if len(letters.boxes) < 12:
        return 0.0
    return _gappiness(letters.mask.T) / max(1e-6, _gappiness(letters.mask))


def _gappiness(mask: Pixels) -> float:
    """How sharply lines and the gaps between them alternate down the picture, best over strips and small skews."""
    strips = np.array_split(mask, 6, axis=1)
    scores = []
    for strip in strips:
        rows = cv2.reduce(np.ascontiguousarray(strip), 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F)
        scores.append(float(np.square(np.diff(cv2.GaussianBlur(rows, (1, 3), 0).ravel())).sum()))
    return float(np.sum(scores))


def skew_of(letters: Letters, limit: float = 12.0) -> float:
    """Degrees by which the text lines fall to the right (positive: clockwise); 0 where there is no text."""
    if len(letters.boxes) < 12:
        return 0.0
    mask = shrunk(letters.mask, _SKEW_PX / max(letters.mask.shape))
    small = shrunk(mask, 0.5)
    coarse = _sharpest(small, np.arange(-limit, limit + 0.1, 1.0))
    middle = _sharpest(mask, coarse + np.arange(-0.8, 0.81, 0.2))
    return _sharpest(mask, middle + np.arange(-0.15, 0.151, 0.05))


def _sharpest(mask: Pixels, angles: NDArray[np.float64]) -> float:
    height, width = mask.shape
    scores = []
    for angle in angles:
        shear = np.tan(np.radians(angle))
        move = np.array([[1, 0, 0], [-shear, 1, shear * width / 2]], float)
        sheared = cv2.warpAffine(mask, move, (width, height), flags=cv2.INTER_LINEAR)
        rows = cv2.reduce(sheared, 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel()
        scores.append(float(np.square(np.diff(rows)).sum()))
    return float(angles[int(np.argmax(scores))])


def levelled(grey: Pixels, letters: Letters, degrees: float) -> tuple[Pixels, Letters]:
    """A study and the mask of its letters turned against their skew; the boxes stay as they were."""
    if not degrees:
        return grey, letters
    height, width = grey.shape
    grey, mask = (
        cv2.warpAffine(
            each, _turn(width, height, degrees)[:2], (width, height),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
        )
        for each in (grey, letters.mask)
    )  # fmt: skip
    return grey, Letters(cv2.threshold(mask, 127, 255, cv2.THRESH_BINARY)[1], letters.boxes)


def _turn(width: int, height: int, degrees: float) -> Matrix:
    """Turns the flat picture about its centre."""
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.vstack([turn, [0, 0, 1]])


def ordered(corners: NDArray[np.float32]) -> Quad:
    """Four corners as top left, top right, bottom right, bottom left."""
    centre = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - centre[1], corners[:, 0] - centre[0])
    corners = corners[np.argsort(angles)]
    first = int(corners.sum(axis=1).argmin())
    return np.roll(corners, -first, axis=0)


# --- true size -------------------------------------------------------------------------------------------------------


def paper_width_mm(width: float, height: float) -> float | None:
    """The width in mm of an office paper of these proportions, None when they fit none."""
    ratio = max(width, height) / max(1.0, min(width, height))
    for proportion, short in _PAPERS:
        if abs(ratio / proportion - 1) < 0.03:
            return short if width <= height else short * proportion
    return None


def line_boxes(letters: Letters) -> list[tuple[int, int, int, int]]:
    """Boxes (x, y, width, height in pixels) of pieces of text lines, widest first."""
    size = max(3, round(letters.height or 8))
    joined = cv2.morphologyEx(letters.mask, cv2.MORPH_CLOSE, np.ones((1, 3 * size), np.uint8))
    stats = components(joined)[1][1:, :4].tolist()
    return sorted(((x, y, w, h) for x, y, w, h in stats if w > 4 * h and h < 5 * size), key=lambda box: -box[2])
