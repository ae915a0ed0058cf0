"""Pictures of lines as the region reader cuts them out of sheets: drawn, printed, degraded, cleaned, cropped."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors import cleaning
from models.geometry import WHOLE
from training.fonts import Face, Ink

Grey = NDArray[np.uint8]
Canvas = NDArray[np.float32]

KINDS = ("clean", "office", "phone", "fax")
_PT = 200 / 72  # pixels of a point on a sheet at its working scale
_OVER = 2.0  # lines are drawn this much larger than they are read
_MARGIN = 4  # pixels round the ink, as the region reader leaves them
_TEXT_MARKS = "abgopqsy"


@dataclass(frozen=True)
class Strip:
    """A strip of paper before scanning: ``paper`` B, G, R (0-255); where its text and its ruled lines are (0-255)."""

    paper: Canvas
    text: Ink
    ruling: Ink
    stamped: bool


def picture(face: Face, text: str, kind: str, rng: Random) -> Grey:
    """A line of ``text`` as the engines get it, after the damage of ``kind`` (one of ``KINDS``)."""
    strip = _strip(face, text, rng)
    scan, mask, ruling = _DAMAGE[kind](strip, rng)
    grey = cleaning.cleaned(scan, [WHOLE] if strip.stamped else [])
    return _cut(np.asarray(grey, np.uint8), mask, ruling, rng)


# --- paper -----------------------------------------------------------------------------------------------------------


def _strip(face: Face, text: str, rng: Random) -> Strip:
    """A line with what may stand round it: cell borders, the line above, a stamp."""
    points = rng.uniform(11, 19) if face.is_handwriting else rng.uniform(8.5, 14)
    size = round(points * _PT * _OVER / 4) * 4
    ink = _pen(face.drawn(text, size), face, rng)
    room = round(0.5 * size)
    ink = cv2.copyMakeBorder(ink, room, room, room, room, cv2.BORDER_CONSTANT, value=0)
    ruling = _ruling(ink, rng) if rng.random() < 0.5 else np.zeros_like(ink)
    around = _neighbour(face, ink, size, rng) if rng.random() < 0.15 else np.zeros_like(ink)
    paper = np.full((*ink.shape, 3), 255, np.float32)
    _lay(paper, ink, _pen_colour(face, rng))
    _lay(paper, np.maximum(ruling, around), (rng.uniform(0, 90),) * 3)
    stamped = rng.random() < 0.12
    if stamped:
        _stamp(paper, rng)
    return Strip(paper, ink, ruling, stamped)


def _pen(ink: Ink, face: Face, rng: Random) -> Ink:
    """Strokes thicker or thinner; a hand's line slants, waves and climbs."""
    if rng.random() < 0.25:
        ink = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3)))
    elif rng.random() < 0.15:
        ink = cv2.erode(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2, 2)))
    if rng.random() < (0.6 if face.is_handwriting else 0.15):
        ink = _slanted(ink, rng)
    if face.is_handwriting and rng.random() < 0.5:
        ink = _uneven(ink, rng)
    return ink


def _uneven(ink: Ink, rng: Random) -> Ink:
    """No two letters of a hand are alike: parts are moved and stretched by up to a few hundredths of an em."""
    height, width = ink.shape
    noise = np.random.default_rng(rng.getrandbits(32))
    coarse = noise.normal(0, rng.uniform(0.004, 0.014) * height, (2, 6, max(3, width // 40))).astype(np.float32)
    shift = [cv2.resize(part, (width, height), interpolation=cv2.INTER_CUBIC) for part in coarse]
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return cv2.remap(ink, columns + shift[0], rows + shift[1], cv2.INTER_LINEAR)


def _slanted(ink: Ink, rng: Random) -> Ink:
    height, width = ink.shape
    slant, stretch = rng.uniform(-0.25, 0.25), rng.uniform(0.82, 1.18)
    shift = abs(slant) * height
    turn = np.array([[stretch, -slant, shift if slant > 0 else 0.0], [0, 1, 0]], np.float32)
    turn[0, 2] = max(0.0, slant * height)
    wide = cv2.warpAffine(ink, turn, (round(width * stretch + shift), height))
    if rng.random() < 0.5:
        return wide
    columns, rows = np.meshgrid(np.arange(wide.shape[1], dtype=np.float32), np.arange(height, dtype=np.float32))
    wave = 0.02 * height * np.sin(columns / rng.uniform(0.8, 3) / height + rng.uniform(0, 6))
    return cv2.remap(wide, columns, (rows + wave).astype(np.float32), cv2.INTER_LINEAR)


def _pen_colour(face: Face, rng: Random) -> tuple[float, float, float]:
    """B, G, R: black or dark grey print; blue, violet or black pens."""
    if face.is_handwriting and rng.random() < 0.6:
        return rng.uniform(90, 170), rng.uniform(20, 70), rng.uniform(10, 70)
    level = rng.uniform(0, 70) if rng.random() < 0.85 else rng.uniform(70, 120)
    return level, level, level


def _ruling(ink: Ink, rng: Random) -> Ink:
    """Borders of a cell, close to the letters now and then."""
    out = np.zeros_like(ink)
    rows = np.flatnonzero(ink.any(axis=1))
    columns = np.flatnonzero(ink.any(axis=0))
    thick = rng.randint(2, 4)
    if not len(rows):
        return out
    near = 0.12 * len(rows)
    for at in (rows[0] - rng.uniform(near, 4 * near), rows[-1] + rng.uniform(-near, 4 * near)):
        if rng.random() < 0.8:
            cv2.line(out, (0, round(at)), (ink.shape[1], round(at)), 255, thick)
    for at in (columns[0] - rng.uniform(2, 40), columns[-1] + rng.uniform(2, 40)):
        if rng.random() < 0.4:
            cv2.line(out, (round(at), 0), (round(at), ink.shape[0]), 255, thick)
    return out


def _neighbour(face: Face, ink: Ink, size: int, rng: Random) -> Ink:
    """Tails of the line above or tops of the line below."""
    other = face.drawn("".join(rng.choice(_TEXT_MARKS) for _ in range(12)), size)
    shift = round(rng.choice((-1, 1)) * rng.uniform(1.15, 1.5) * size)
    out = np.zeros_like(ink)
    wide = min(out.shape[1], other.shape[1])
    tall = min(out.shape[0], other.shape[0])
    out[:tall, :wide] = other[:tall, :wide]
    return cv2.warpAffine(out, np.array([[1, 0, 0], [0, 1, shift]], np.float32), (out.shape[1], out.shape[0]))


def _lay(paper: Canvas, ink: Ink, colour: tuple[float, float, float]) -> None:
    cover = ink.astype(np.float32)[:, :, None] / 255
    paper *= 1 - cover
    paper += cover * np.array(colour, np.float32)


def _stamp(paper: Canvas, rng: Random) -> None:
    """Arcs and letters of a coloured stamp over print."""
    height, width = paper.shape[:2]
    seal = np.zeros((height, width), np.uint8)
    x, y = rng.randrange(width), rng.randrange(-height, 2 * height)
    radius = round(rng.uniform(0.8, 2.2) * height)
    for r in (radius, round(0.85 * radius), round(0.55 * radius)):
        cv2.circle(seal, (x, y), max(1, r), 255, rng.randint(2, 7))
    for _ in range(6):
        letter = rng.choice("AZRBYCNDXOS")
        place = (round(x + rng.uniform(-0.6, 0.6) * radius), round(y + rng.uniform(-0.6, 0.6) * radius))
        cv2.putText(seal, letter, place, cv2.FONT_HERSHEY_SIMPLEX, 1.3, 255, 4)
    colour = rng.choice(((150, 60, 40), (170, 70, 110), (60, 60, 190)))
    alpha = rng.uniform(0.4, 0.9) * seal.astype(np.float32)[:, :, None] / 255
    paper *= 1 - alpha + alpha * np.array(colour, np.float32) / 255


# --- damage ----------------------------------------------------------------------------------------------------------

Scan = tuple[Grey, Ink, Ink]


def _moved(strip: Strip, matrix: NDArray[np.float32], size: tuple[int, int]) -> tuple[Canvas, Ink, Ink]:
    """Paper, text and ruling under one homography."""
    paper = cv2.warpPerspective(strip.paper, matrix, size, flags=cv2.INTER_AREA, borderValue=(255, 255, 255))
    text = cv2.warpPerspective(strip.text, matrix, size, flags=cv2.INTER_AREA)
    return np.asarray(paper, np.float32), text, cv2.warpPerspective(strip.ruling, matrix, size, flags=cv2.INTER_AREA)


def _scaled(strip: Strip, scale: float, degrees: float, rng: Random, tilt: float = 0.0) -> tuple[Canvas, Ink, Ink]:
    """The strip at ``scale``, turned, its corners off by up to ``tilt`` of its height. Shrinking averages pixels."""
    height, width = strip.text.shape
    small = (max(8, round(width * scale)), max(8, round(height * scale)))
    shrunk = Strip(
        cv2.resize(strip.paper, small, interpolation=cv2.INTER_AREA),
        cv2.resize(strip.text, small, interpolation=cv2.INTER_AREA),
        cv2.resize(strip.ruling, small, interpolation=cv2.INTER_AREA), strip.stamped,
    )  # fmt: skip
    turn = np.vstack([cv2.getRotationMatrix2D((small[0] / 2, small[1] / 2), degrees, 1.0), [0, 0, 1]])
    turn[:2, 2] += [rng.random(), rng.random()]
    corners = np.array([[0, 0], [small[0], 0], [small[0], small[1]], [0, small[1]]], np.float32)
    off = np.array([[rng.uniform(-tilt, tilt) * small[1] for _ in range(2)] for _ in range(4)], np.float32)
    bend = cv2.getPerspectiveTransform(corners, corners + off)
    return _moved(shrunk, (bend @ turn).astype(np.float32), small)


def _noisy(paper: Canvas, deviation: float, rng: Random) -> Canvas:
    noise = np.random.default_rng(rng.getrandbits(32))
    return paper + noise.normal(0, deviation, (*paper.shape[:2], 1)).astype(np.float32)


def _jpeg(paper: Canvas, quality: int) -> Grey:
    _, held = cv2.imencode(".jpg", np.clip(paper, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(held, cv2.IMREAD_COLOR), np.uint8)


def _skew(rng: Random, text: Ink, most: float) -> float:
    """Degrees of skew left after levelling; long lines are level."""
    return rng.gauss(0, most) * min(1.0, 12 * text.shape[0] / text.shape[1])


def _clean(strip: Strip, rng: Random) -> Scan:
    paper, text, ruling = _scaled(strip, rng.uniform(0.9, 1.1) / _OVER, 0.0, rng)
    if rng.random() < 0.3:
        return _jpeg(paper, rng.randint(80, 95)), text, ruling
    return np.clip(paper, 0, 255).astype(np.uint8), text, ruling


def _office(strip: Strip, rng: Random) -> Scan:
    """A flatbed: grey paper, the other side shining through, dust, JPEG; 130 to 220 dpi."""
    resolution = rng.uniform(0.65, 1.1) if rng.random() < 0.5 else 1.0
    paper, text, ruling = _scaled(strip, resolution / _OVER, _skew(rng, strip.text, 0.25), rng)
    if rng.random() < 0.5:
        back = cv2.GaussianBlur(cv2.flip(paper, 1), (0, 0), 2.2)
        paper = np.minimum(paper, 255 - (255 - back) * rng.uniform(0.03, 0.14))
    if rng.random() < 0.15:  # a worn toner or ribbon
        paper = 255 - (255 - paper) * (0.35 + 0.65 * _clouds(paper.shape, rng))[:, :, None]
    paper = cv2.GaussianBlur(paper * rng.uniform(0.88, 0.99), (0, 0), rng.uniform(0.3, 0.9))
    paper = _noisy(paper, rng.uniform(0.5, 5), rng)
    _dust(paper, rng)
    if rng.random() < 0.4:
        paper = np.repeat(paper.mean(axis=2, keepdims=True), 3, axis=2)
    return _jpeg(paper, rng.randint(35, 85)), text, ruling


def _dust(paper: Canvas, rng: Random) -> None:
    for _ in range(rng.choice((0, 0, 1, 2, 4))):
        cv2.circle(paper, (rng.randrange(paper.shape[1]), rng.randrange(paper.shape[0])), rng.randint(0, 1),
                   (90, 90, 90), -1)  # fmt: skip


def _clouds(shape: tuple[int, ...], rng: Random) -> Canvas:
    noise = np.random.default_rng(rng.getrandbits(32))
    coarse = noise.random((3, max(2, shape[1] // 40)), dtype=np.float32)
    return np.asarray(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32).clip(0, 1)


def _phone(strip: Strip, rng: Random) -> Scan:
    """A photograph made flat again: uneven light, shadow, blur, shake, noise, JPEG; 130 to 230 dpi."""
    resolution = rng.uniform(0.65, 1.15)
    paper, text, ruling = _scaled(strip, resolution / _OVER, _skew(rng, strip.text, 0.35), rng, tilt=0.04)
    light = np.linspace(rng.uniform(0.6, 1), rng.uniform(0.6, 1), paper.shape[1], dtype=np.float32)
    paper = paper * light[None, :, None] * np.array([rng.uniform(0.85, 1), rng.uniform(0.95, 1), 1], np.float32)
    if rng.random() < 0.3:
        paper *= (0.6 + 0.4 * _clouds(paper.shape, rng))[:, :, None]
    paper = cv2.GaussianBlur(paper, (0, 0), rng.uniform(0.4, 1.4))
    if rng.random() < 0.2:
        length = rng.randint(2, 4)
        paper = cv2.blur(paper, (length, 1) if rng.random() < 0.6 else (1, length))
    shot = _jpeg(_noisy(paper, rng.uniform(1, 6), rng), rng.randint(55, 90))
    back = rng.uniform(0.92, 1.08)  # flattening resamples once more
    size = (max(8, round(shot.shape[1] * back)), max(8, round(shot.shape[0] * back)))
    return tuple(cv2.resize(layer, size, interpolation=cv2.INTER_LINEAR) for layer in (shot, text, ruling))  # type: ignore[return-value]


def _fax(strip: Strip, rng: Random) -> Scan:
    """One bit at 204 x 196 dpi, now and then 204 x 98; specks and lost lines."""
    paper, text, ruling = _scaled(strip, 1 / _OVER, _skew(rng, strip.text, 0.2), rng)
    grey = paper.mean(axis=2)
    if rng.random() < 0.12:
        grey = cv2.resize(cv2.resize(grey, None, fx=1, fy=0.5, interpolation=cv2.INTER_AREA),
                          (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)  # fmt: skip
    level = _noisy(cv2.GaussianBlur(grey, (0, 0), 0.6)[:, :, None], rng.uniform(6, 18), rng)[:, :, 0]
    bits = np.where(level > rng.uniform(120, 180), 255, 0).astype(np.uint8)
    specks = np.random.default_rng(rng.getrandbits(32)).random(bits.shape)
    bits[specks < 0.0005] = 0
    bits[specks > 0.9992] = 255
    if rng.random() < 0.05:
        bits[rng.randrange(bits.shape[0]), :] = 255
    return bits, text, ruling


_DAMAGE = {"clean": _clean, "office": _office, "phone": _phone, "fax": _fax}


# --- cut -------------------------------------------------------------------------------------------------------------


def _cut(grey: Grey, text: Ink, ruling: Ink, rng: Random) -> Grey:
    """The line as the region reader cuts it: ruled lines painted white (mostly), close to the ink."""
    out = grey.copy()
    if ruling.any() and rng.random() < 0.85:
        lines = cv2.dilate(ruling, np.ones((3, 3), np.uint8)) > 60
        out[lines & (text < 60)] = 255
    ink = text > 90 if (text > 90).any() else out < 150
    rows, columns = np.flatnonzero(ink.sum(axis=1) > 1), np.flatnonzero(ink.any(axis=0))
    if not len(rows) or not len(columns):
        return out
    around = [_MARGIN + (rng.randint(-2, 7) if rng.random() < 0.4 else 0) for _ in range(4)]
    top, bottom = max(0, rows[0] - around[0]), rows[-1] + 1 + around[1]
    left, right = max(0, columns[0] - around[2]), columns[-1] + 1 + around[3]
    return np.ascontiguousarray(out[top:bottom, left:right])
