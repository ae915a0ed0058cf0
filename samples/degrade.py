"""What happens to paper on its way into a mail: office scanner, phone camera, fax.

Each takes flat B, G, R pixels at 300 dpi and gives ``Degraded``: the picture and the homography (fractions of the flat
page to fractions of the picture), so that true boxes can follow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.geometry import Box, Perspective
from samples.ink import stamp
from samples.prints import Pixels, to_pixels


@dataclass(frozen=True)
class Degraded:
    """A picture as it arrives; ``dpi`` is what its file states, ``bitonal`` asks for a 1-bit file."""

    pixels: Pixels
    dpi: int
    perspective: Perspective = field(default_factory=Perspective)
    bitonal: bool = False
    jpeg: int = 0  # quality that it was stored with, 0 for lossless


def degrade(pixels: Pixels, quality: str, seed: int, dpi: int = 300) -> Degraded:
    """``pixels`` after ``quality``: clean, office, phone or fax."""
    rng = Random(seed)
    if quality == "phone":
        return _phone(pixels, rng)
    return {"clean": _clean, "office": _office, "fax": _fax}[quality](pixels, rng, dpi)


def boxes_after(boxes: dict[str, Box], degraded: Degraded) -> dict[str, Box]:
    """True boxes of the flat page on the degraded picture."""
    return {key: degraded.perspective.box(box) for key, box in boxes.items()}


def _clean(pixels: Pixels, rng: Random, dpi: int) -> Degraded:
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY) if rng.random() < 0.4 else None
    out = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR) if grey is not None else pixels
    return Degraded(np.asarray(out, np.uint8), dpi)


def _noise(rng: Random) -> np.random.Generator:
    return np.random.default_rng(rng.getrandbits(32))


def _fractions(matrix: NDArray[np.float64], source: NDArray[Any], target: NDArray[Any]) -> Perspective:
    """A pixel homography as one between fractions."""
    height, width = source.shape[:2]
    to_h, to_w = target.shape[:2]
    scaled = np.diag([1 / to_w, 1 / to_h, 1]) @ matrix @ np.diag([width, height, 1])
    return Perspective(tuple(float(v) for v in (scaled / scaled[2, 2]).ravel()))  # type: ignore[arg-type]


def _office(pixels: Pixels, rng: Random, dpi: int) -> Degraded:
    """200 dpi, a little skewed, light grey paper, print of the other side shining through, JPEG."""
    scale = 200 / dpi
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.float32)
    height, width = small.shape[:2]
    noise = _noise(rng)
    if rng.random() < 0.5:
        back = cv2.GaussianBlur(cv2.flip(small, 1), (0, 0), 2.2)
        small = np.minimum(small, 255 - (255 - np.roll(back, 37, axis=0)) * rng.uniform(0.03, 0.09))
    angle = rng.uniform(-1.8, 1.8)
    matrix = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), [0, 0, 1]])
    matrix[:2, 2] += [rng.uniform(-8, 8), rng.uniform(-8, 8)]
    paper = rng.uniform(238, 250)
    flat = cv2.warpPerspective(small, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    flat = flat / 255 * paper
    ramp = 1 - rng.uniform(0, 0.06) * np.linspace(0, 1, width, dtype=np.float32)[None, :, None]
    flat = cv2.GaussianBlur(flat, (0, 0), rng.uniform(0.35, 0.7)) * ramp
    flat += noise.normal(0, rng.uniform(0.8, 2.2), (*flat.shape[:2], 1)).astype(np.float32)
    _dust(flat, noise, rng)
    if rng.random() < 0.5:
        flat = np.repeat(cv2.cvtColor(np.clip(flat, 0, 255), cv2.COLOR_BGR2GRAY)[:, :, None], 3, axis=2)
    quality = rng.randint(55, 80)
    return Degraded(_jpeg(np.clip(flat, 0, 255).astype(np.uint8), quality), 200,
                    _fractions(matrix @ np.diag([scale, scale, 1]), pixels, flat), jpeg=quality)  # fmt: skip


def _dust(page: NDArray[Any], noise: np.random.Generator, rng: Random) -> None:
    height, width = page.shape[:2]
    for _ in range(rng.randint(5, 60)):
        x, y = int(noise.integers(width)), int(noise.integers(height))
        cv2.circle(page, (x, y), int(noise.integers(0, 2)), (90, 90, 90), -1)
    if rng.random() < 0.4:
        x = int(noise.integers(width))
        page[:, x : x + 1] *= 0.85


def _jpeg(pixels: Pixels, quality: int) -> Pixels:
    _, held = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(held, cv2.IMREAD_COLOR), np.uint8)


def _table(height: int, width: int, rng: Random) -> NDArray[np.float32]:
    """A desk: wood grain, cloth or plain."""
    noise = _noise(rng)
    base = np.array(
        rng.choice(((60, 90, 135), (45, 62, 88), (120, 125, 130), (70, 75, 60), (150, 170, 190))), np.float32
    )
    grain = cv2.resize(noise.random((height // 6, max(2, width // 160)), dtype=np.float32), (width, height),
                       interpolation=cv2.INTER_CUBIC)  # fmt: skip
    wave = np.sin(np.linspace(0, 40, height, dtype=np.float32))[:, None] * 0.05
    fine = noise.random((height, width), dtype=np.float32) * 0.08
    return np.clip(base[None, None, :] * (0.75 + 0.4 * grain + wave + fine)[:, :, None], 0, 255)


def _phone(pixels: Pixels, rng: Random) -> Degraded:
    """A sheet on a desk, photographed by hand: perspective, shadow, blur, noise, JPEG."""
    height, width = pixels.shape[:2]
    long_side = rng.randint(2100, 2600)
    share = rng.uniform(0.84, 0.93)
    to_h = long_side
    to_w = int(long_side * (0.75 if height >= width else 1.0))
    fit = min(to_h / height, to_w / width) * share
    scene = _table(to_h, to_w, rng)
    corners = _corners(width * fit, height * fit, to_w, to_h, rng)
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix: NDArray[Any] = cv2.getPerspectiveTransform(source, corners)
    sheet = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) if fit < 0.4 else pixels
    half = np.diag([2.0, 2.0, 1.0]) if sheet is not pixels else np.eye(3)
    flat = cv2.warpPerspective(sheet, matrix @ half, (to_w, to_h), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.ones(sheet.shape[:2], np.float32), matrix @ half, (to_w, to_h))
    shade = cv2.GaussianBlur(np.roll(mask, (14, 18), axis=(0, 1)), (0, 0), 12)
    scene *= (1 - 0.45 * shade)[:, :, None]
    out = scene * (1 - mask[:, :, None]) + flat * mask[:, :, None] * rng.uniform(0.86, 0.97)
    out = _light(out, rng)
    out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.5, 0.95))
    grain: NDArray[Any] = np.asarray(_noise(rng).normal(0, rng.uniform(1.5, 3.5), out.shape))
    out += grain.astype(np.float32)
    quality = rng.randint(72, 88)
    return Degraded(
        _jpeg(np.clip(out, 0, 255).astype(np.uint8), quality), 72, _fractions(matrix, pixels, out), jpeg=quality
    )


def _corners(width: float, height: float, to_w: int, to_h: int, rng: Random) -> NDArray[np.float32]:
    angle = math.radians(rng.uniform(-4, 4))
    tilt = 0.035
    out = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        px = x * width / 2 * (1 + rng.uniform(-tilt, tilt))
        py = y * height / 2 * (1 + rng.uniform(-tilt, tilt))
        out.append((to_w / 2 + px * math.cos(angle) - py * math.sin(angle),
                    to_h / 2 + px * math.sin(angle) + py * math.cos(angle)))  # fmt: skip
    placed = np.array(out, np.float32)
    low, high = placed.min(axis=0), placed.max(axis=0)
    room = np.array([to_w, to_h], np.float32) - 12
    if (high - low > room).any():
        placed = (placed - placed.mean(axis=0)) * float((room / (high - low)).min()) + placed.mean(axis=0)
    return np.clip(placed, 4, [to_w - 5, to_h - 5]).astype(np.float32)


def _light(scene: NDArray[np.float32], rng: Random) -> NDArray[np.float32]:
    """Uneven, slightly coloured light and the soft shadow of a hand or phone."""
    height, width = scene.shape[:2]
    y, x = np.mgrid[0 : height // 8, 0 : width // 8].astype(np.float32)
    y, x = y / (height // 8), x / (width // 8)
    direction = rng.uniform(0, 2 * math.pi)
    slope = 1 - rng.uniform(0.08, 0.28) * (
        0.5 + 0.5 * (math.cos(direction) * (2 * x - 1) + math.sin(direction) * (2 * y - 1)) / 1.4
    )
    cx, cy, spread = (
        rng.uniform(0, 1),
        rng.choice((rng.uniform(-0.1, 0.2), rng.uniform(0.8, 1.1))),
        rng.uniform(0.2, 0.4),
    )
    hand = 1 - rng.uniform(0.1, 0.35) * np.exp(-(((x - cx) / spread) ** 2 + ((y - cy) / spread) ** 2))
    level = cv2.resize((slope * hand).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    tint = np.array([rng.uniform(0.9, 1.0), rng.uniform(0.97, 1.0), 1.0], np.float32)
    return np.asarray(scene * level[:, :, None] * tint, np.float32)


def _fax(pixels: Pixels, rng: Random, dpi: int) -> Degraded:
    """204 x 196 dpi, one bit, a little skewed, specks and a lost line now and then."""
    height, width = int(pixels.shape[0] * 196 / dpi), int(pixels.shape[1] * 204 / dpi)
    grey = cv2.resize(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), (width, height), interpolation=cv2.INTER_AREA)
    noise = _noise(rng)
    angle = rng.uniform(-0.8, 0.8)
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), [0, 0, 1]])
    grey = cv2.warpPerspective(grey, turn, (width, height), borderValue=255)
    level = cv2.GaussianBlur(grey, (0, 0), 0.6).astype(np.float32) + noise.normal(0, 14, grey.shape)
    bits = np.where(level > rng.uniform(140, 172), 255, 0).astype(np.uint8)
    specks = noise.random(bits.shape)
    bits[specks < 0.0004] = 0
    bits[specks > 0.9993] = 255
    for _ in range(rng.randint(0, 2)):
        bits[int(noise.integers(height)), :] = 255
    scale = np.diag([width / pixels.shape[1], height / pixels.shape[0], 1])
    out = cv2.cvtColor(bits, cv2.COLOR_GRAY2BGR)
    return Degraded(np.asarray(out, np.uint8), 200, _fractions(turn @ scale, pixels, out), bitonal=True)


def stamped(pixels: Pixels, seed: int, dpi: int = 300, incoming: bool = False) -> Pixels:
    """The page with an office's rubber stamp somewhere on it, ink over print."""
    rng = Random(seed)
    seal = stamp(rng, "AZƏRBAYCAN RESPUBLİKASI", "DAXİL\nOLUB" if incoming else "SURƏT\nDÜZDÜR", size=round(dpi * 1.45))
    height, width = pixels.shape[:2]
    x, y = int(width * rng.uniform(0.1, 0.7)), int(height * rng.uniform(0.1, 0.75))
    return multiply(pixels, seal, x, y)


def multiply(pixels: Pixels, ink: Image.Image, x: int, y: int) -> Pixels:
    """Transparent ink laid over print."""
    tile = to_pixels(ink).astype(np.float32)
    alpha = np.asarray(ink.getchannel("A"), np.float32)[:, :, None] / 255
    out = pixels.copy()
    height, width = min(tile.shape[0], out.shape[0] - y), min(tile.shape[1], out.shape[1] - x)
    under = out[y : y + height, x : x + width].astype(np.float32)
    over = under * (1 - alpha[:height, :width] + alpha[:height, :width] * tile[:height, :width] / 255)
    out[y : y + height, x : x + width] = over.astype(np.uint8)
    return out
