"""Stamps and pens over print, told from it by the hue of their ink and taken out of the grey picture.

Inks that lie over each other multiply: their optical densities add up. Black is as dense in every channel, so that in
the plane of the differences between channels only coloured inks are left, and there each ink keeps its direction,
however thick it lies and whatever black lies under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.geometry import components, shrunk
from extractors.shapes import Pixels
from models.geometry import Box

_COARSE = 100.0  # dots per inch on which other inks are looked for
_VEIL = 12.0  # added to every level: what is nearly black says little about its hue
_TINGED = 0.16  # density at which ink has a hue
_BIN = 5.0  # degrees
_SHARE = 0.01  # of all coloured ink that may be an ink of its own
_APART = 17.0  # degrees between two inks
_FEWEST = 150  # coarse pixels of coloured ink; fewer are fringes and specks
_SPECK = 6  # coarse pixels: fringes and dust are smaller
_LETTER = 16  # coarse pixels: no letter is taller
_BESIDE = 80  # coarse pixels of letters in a stamp's ink beside it: of more, others may lie under it
_FRAMED = 0.75  # share of a rectangle's sides that are inked where it is a frame
_ROUND, _SURELY_ROUND = 0.45, 0.6  # the same of a circle, and where letters of the same ink stand round it
_GATHERED = 0.5  # share of an ink of stamps that lies in them
_SMALLEST, _LARGEST = 0.3, 3.1  # inches across a stamp
_SOLID = 0.09  # inches: strokes of stamps are thinner, pictures and shaded cells are not
_CROSSED = 40  # coarse pixels of other ink among a stamp's own: less is no print under it
_LITTLE, _MUCH = 0.35, 0.75  # share of a pixel's ink that is an overlay's: of less all stays, of more all goes
_FRINGE = 0.12  # density that shows
_CUT_OFF = 0.2  # inches between a stamp and a piece of it that is cut off


@dataclass(frozen=True, slots=True)
class Overlay:
    """Where an ink lies over others: its place, its hue, and the hues of the sheet's other coloured inks (radians).

    ``shared`` is True where letters beside it have the same ink: those under it cannot be told from it.
    """

    box: Box
    hue: float
    under: tuple[float, ...] = ()
    shared: bool = False


@dataclass(frozen=True, slots=True)
class _Tinges:
    """Optical density per pixel: the mean of the channels, and the two directions in which they differ."""

    mean: Pixels
    x: Pixels
    y: Pixels

    @classmethod
    def of(cls, colour: Pixels) -> _Tinges:
        paper = np.maximum(60.0, np.percentile(colour[::3, ::3].reshape(-1, 3), 75, axis=0))
        levels = np.arange(256)[:, None] + _VEIL
        table = np.maximum(0.0, np.log((paper + _VEIL) / levels)).astype(np.float32)
        blue, green, red = (np.take(table[:, i], colour[..., i]) for i in range(3))
        return cls((blue + green + red) / 3, red - (green + blue) / 2, (green - blue) * np.float32(0.866))

    def along(self, hue: float) -> Pixels:
        """Density in the direction of a hue."""
        return np.asarray(self.x * np.float32(np.cos(hue)) + self.y * np.float32(np.sin(hue)))


def find_overlays(colour: Pixels, dpi: float, rings: Sequence[Box] = ()) -> tuple[Overlay, ...]:
    """Stamps in a colour of their own over other ink on a flat sheet, and the ``rings`` that are known."""
    if colour.ndim == 2:
        return ()
    small = shrunk(colour, min(1.0, _COARSE / dpi))
    tinges = _Tinges.of(small)
    depth = cv2.magnitude(tinges.x, tinges.y)
    ink = depth > _TINGED
    if np.count_nonzero(ink) < _FEWEST:
        return ()
    angles = np.arctan2(tinges.y[ink], tinges.x[ink])
    hues = _hues(angles, np.square(depth[ink]))
    nearest = np.full(ink.shape, -1, np.int8)
    nearest[ink] = np.argmin([np.abs(_between(angles, hue)) for hue in hues], axis=0)
    black = (tinges.mean > 0.45) & (depth < 0.35 * tinges.mean)
    masks = [np.where(nearest == i, np.uint8(255), np.uint8(0)) for i in range(len(hues))]

    def overlay(box: Box, hue: float, mask: Pixels) -> Overlay:
        return Overlay(box, hue, tuple(other for other in hues if other != hue), _is_shared(box, mask))

    found: list[Overlay] = []
    for hue, mask in zip(hues, masks, strict=True):
        under = (black | (ink & (mask == 0))) & (cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0)
        found += [overlay(box, hue, mask) for box in _stamps(mask) if _count(under, box) > _CROSSED]
    for ring in (ring for ring in rings if not any(each.box.contains(*ring.centre) for each in found)):
        hue, mask = max(zip(hues, masks, strict=True), key=lambda each: _count(each[1], ring))
        found.append(overlay(ring, hue, mask))
    return tuple(found)


def _is_shared(stamp: Box, mask: Pixels) -> bool:
    """Whether letters beside a stamp have its own ink."""
    box = Box(stamp.x0 - stamp.width, stamp.y0, stamp.x1 + stamp.width, stamp.y1).clipped()
    part = _part(mask, box).copy()
    left, right = ((x - box.x0) / box.width * part.shape[1] for x in (stamp.x0, stamp.x1))
    part[:, max(0, int(left) - 3) : round(right) + 3] = 0
    _, stats = components(part)
    letters = stats[1:][stats[1:, cv2.CC_STAT_HEIGHT] < _LETTER]
    return int(letters[:, cv2.CC_STAT_AREA].sum()) > _BESIDE


def _hues(angles: Pixels, depth: Pixels) -> list[float]:
    """The directions (radians) round which coloured ink gathers."""
    bins = round(360 / _BIN)
    counts, _ = np.histogram(angles, bins=bins, range=(-np.pi, np.pi), weights=depth)
    smooth = np.real(np.fft.ifft(np.fft.fft(counts) * np.fft.fft(_bump(bins))))
    peaks = [i for i in range(bins) if smooth[i] >= smooth[i - 1] and smooth[i] > smooth[(i + 1) % bins]]
    hues: list[float] = []
    for i in sorted(peaks, key=lambda i: -smooth[i]):
        hue = float((i + 0.5) * 2 * np.pi / bins - np.pi)
        near = np.abs(_between(angles, hue)) < np.radians(_APART / 2)
        apart = all(abs(_between(hue, other)) > np.radians(_APART) for other in hues)
        if apart and depth[near].sum() > _SHARE * depth.sum():
            hues.append(hue)
    return hues or [float(np.arctan2(np.sin(angles).sum(), np.cos(angles).sum()))]


def _bump(bins: int) -> NDArray[np.float64]:
    away = np.minimum(np.arange(bins), bins - np.arange(bins))
    return np.asarray(np.exp(-(away**2) / 2))


def _between(one: Pixels | float, other: float) -> Pixels:
    """The signed angle from one direction to another, less than half a turn."""
    return np.asarray((one - other + np.pi) % (2 * np.pi) - np.pi)


def _stamps(mask: Pixels) -> list[Box]:
    """Boxes of what is drawn in one ink like a stamp; where that ink stands all over the sheet, as print and answers
    do, only rings can be told from their lines."""
    thick = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((round(_SOLID * _COARSE),) * 2, np.uint8))
    thin = cv2.bitwise_and(mask, cv2.bitwise_not(cv2.dilate(thick, np.ones((5, 5), np.uint8))))
    labels, stats = components(thin)
    thin = cv2.bitwise_and(thin, np.take(np.where(stats[:, 4] < _SPECK, np.uint8(0), np.uint8(255)), labels))
    height, width = mask.shape
    joined = cv2.morphologyEx(thin, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    pieces = [Box(x / width, y / height, (x + w) / width, (y + h) / height)
              for x, y, w, h, _ in components(joined)[1][1:].tolist()]  # fmt: skip
    parts = {piece: _part(thin, piece) for piece in pieces}
    like = {piece: part for piece, part in parts.items() if _has_size(part)}
    rings = [piece for piece, part in like.items() if ring_of(part) > _ROUND]
    frames = [piece for piece, part in like.items() if piece not in rings and is_framed(part)]
    stamps = list(dict.fromkeys(_with_its_pieces(piece, pieces, mask.shape) for piece in (*rings, *frames)))
    if sum(_count(thin, stamp) for stamp in stamps) > _GATHERED * cv2.countNonZero(thin):
        return stamps
    return [piece for piece in rings if ring_of(parts[piece]) > _SURELY_ROUND]


def _with_its_pieces(stamp: Box, pieces: Sequence[Box], shape: tuple[int, ...]) -> Box:
    """A stamp with what print that crosses it has cut off."""
    height, width = shape
    x, y = _CUT_OFF * _COARSE / width, _CUT_OFF * _COARSE / height
    near = Box(stamp.x0 - x, stamp.y0 - y, stamp.x1 + x, stamp.y1 + y)
    whole = stamp
    for piece in pieces:
        if piece.intersection(near):
            whole = whole.union(piece)
    most = _LARGEST * _COARSE
    return whole if whole.width * width < most and whole.height * height < most else stamp


def _has_size(part: Pixels) -> bool:
    """Whether a stretch of ink is as large as stamps are."""
    fits = _SMALLEST * _COARSE < min(part.shape) <= max(part.shape) < _LARGEST * _COARSE
    return fits and cv2.countNonZero(part) >= _FEWEST


def is_framed(part: Pixels) -> bool:
    """Whether the ink of a stretch has a frame round it."""
    y, x = np.nonzero(part)
    corners = cv2.boxPoints(cv2.minAreaRect(np.stack([x, y], axis=1).astype(np.float32)))
    sides = np.concatenate([np.linspace(a, b, 60) for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True)])
    near = cv2.dilate(part, np.ones((7, 7), np.uint8))
    on = np.clip(np.rint(sides), 0, np.array(part.shape[::-1]) - 1).astype(int)
    return bool((near[on[:, 1], on[:, 0]] > 0).mean() > _FRAMED)


def _part(mask: Pixels, box: Box) -> Pixels:
    height, width = mask.shape
    return mask[_rows(box, height), _columns(box, width)]


def _count(mask: Pixels, box: Box) -> int:
    return int(np.count_nonzero(_part(mask, box)))


def _rows(box: Box, height: int, margin: int = 0) -> slice:
    return slice(max(0, int(box.y0 * height) - margin), round(box.y1 * height) + margin)


def _columns(box: Box, width: int, margin: int = 0) -> slice:
    return slice(max(0, int(box.x0 * width) - margin), round(box.x1 * width) + margin)


def without_overlays(colour: Pixels, grey: Pixels, overlays: Sequence[Overlay]) -> Pixels:
    """The grey picture of a coloured one without the ink of overlays; all other ink stays, and that which is shared."""
    out = grey.copy()
    for overlay in (each for each in overlays if not each.shared):
        rows, columns = _rows(overlay.box, len(grey), 6), _columns(overlay.box, grey.shape[1], 6)
        share = _share_of_ink(_Tinges.of(colour[rows, columns]), overlay)
        part = out[rows, columns].astype(np.float32)
        paper = np.float32(np.percentile(part, 75))
        density = np.log((paper + _VEIL) / (np.minimum(part, paper) + _VEIL))
        density *= 1 - np.clip((share - _LITTLE) / (_MUCH - _LITTLE), 0, 1)
        density[_is_left(density, share)] = 0
        out[rows, columns] = np.clip((paper + _VEIL) * np.exp(-density) - _VEIL, 0, 255)
    return out


def _share_of_ink(tinges: _Tinges, overlay: Overlay) -> Pixels:
    """How much of the density of each pixel is the overlay's (0-1).

    Colour is stored more coarsely than light: both are blurred alike before they are compared.
    """
    closest = min(overlay.under, key=lambda hue: abs(_between(hue, overlay.hue)), default=None)
    if closest is None or abs(_between(closest, overlay.hue)) > np.pi / 2:
        tinged = tinges.along(overlay.hue)
    else:
        tinged = _unmixed(tinges, overlay.hue, closest)
    tinged, mean = (cv2.GaussianBlur(each, (0, 0), 1.0) for each in (np.maximum(tinged, 0), tinges.mean))
    deep = tinged[tinged > _TINGED]
    if not deep.size:
        return np.zeros_like(mean)
    plain = tinged > max(_TINGED, 0.6 * float(np.percentile(deep, 80)))
    weight, most = np.percentile(mean[plain] / tinged[plain], 35), np.percentile(mean[plain], 75)
    return np.asarray(np.minimum(np.minimum(tinged * weight, most) / np.maximum(mean, 0.05), 1.0), np.float32)


def _is_left(density: Pixels, share: Pixels) -> NDArray[np.bool_]:
    """Which pixels belong to fringes and arcs of an overlay that are left of it: pieces that are mostly its ink."""
    labels, stats = components(np.where(density > _FRINGE, np.uint8(255), np.uint8(0)))
    own = np.bincount(labels.ravel(), weights=share.ravel(), minlength=len(stats)) / np.maximum(stats[:, 4], 1)
    gone = own > 0.5 * (_LITTLE + _MUCH)
    gone[0] = False
    return np.asarray(np.take(gone, labels))


def _unmixed(tinges: _Tinges, hue: float, under: float) -> Pixels:
    """The density of one coloured ink over another: how much of it makes up the tinge together with the other."""
    a = np.array([[np.cos(hue), np.cos(under)], [np.sin(hue), np.sin(under)]])
    (p, q), _ = np.linalg.inv(a)
    return np.asarray(np.float32(p) * tinges.x + np.float32(q) * tinges.y)


def ring_of(ink: Pixels) -> float:
    """Share of directions from the middle in which ink lies on one common circle near the rim."""
    height, width = ink.shape
    y, x = np.nonzero(ink)
    if len(x) < 60:
        return 0.0
    dx, dy = (x - width / 2) / (width / 2), (y - height / 2) / (height / 2)
    radius, sector = np.hypot(dx, dy), ((np.arctan2(dy, dx) + np.pi) / (2 * np.pi) * 48).astype(int) % 48
    shares = []
    for inner in np.arange(0.72, 0.98, 0.04):
        on_circle = (radius >= inner) & (radius < inner + 0.1)
        shares.append(len(np.unique(sector[on_circle])) / 48)
    corners = float((radius > 1.08).mean())
    return float(max(shares) - 2 * corners)
