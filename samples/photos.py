"""Portraits of people who do not exist: drawn with soft light so that they look like passport photographs."""

from __future__ import annotations

from random import Random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SKINS = ((224, 178, 148), (205, 156, 122), (236, 194, 168), (178, 126, 94), (214, 168, 140))
_HAIRS = ((40, 30, 25), (22, 20, 22), (88, 60, 38), (120, 92, 60), (130, 128, 126), (60, 42, 30))
_CLOTHES = ((35, 38, 60), (60, 60, 64), (110, 30, 40), (30, 70, 60), (20, 22, 26), (150, 150, 160))
_WALLS = ((245, 245, 245), (232, 238, 244), (214, 226, 238), (250, 248, 240))

Canvas = NDArray[np.float32]


def portrait(
    seed: int, width: int = 600, height: int = 800, profile: bool = False, faces: int = 1, sex: str = ""
) -> Image.Image:
    """A frontal portrait (RGB), or one turned to the side, or a group of ``faces``."""
    if faces > 1:
        each = [np.asarray(portrait(seed + i, height // 2, int(height * 0.75))) for i in range(faces)]
        return Image.fromarray(np.hstack(each))
    rng = Random(f"face/{seed}")
    w, h = 600, 800
    canvas: Canvas = np.zeros((h, w, 3), np.float32)
    canvas[:] = rng.choice(_WALLS)
    skin = np.array(rng.choice(_SKINS), np.float32)
    hair = np.array(rng.choice(_HAIRS), np.float32)
    woman = sex == "F" if sex else rng.random() < 0.5
    cx, cy = 300 + rng.uniform(-8, 8), 345 + rng.uniform(-10, 10)
    rx, ry = rng.uniform(138, 156), rng.uniform(190, 208)
    if woman:
        _blob(canvas, (cx, cy + 40), (rx + 48, ry + 95), hair, 2.5)
    _blob(canvas, (300, 815), (265, 205), np.array(rng.choice(_CLOTHES), np.float32), 1.5)
    _blob(canvas, (cx, cy + 215), (72, 120), skin * 0.82, 7)
    _blob(canvas, (cx - rx, cy + 12), (24, 44), skin * 0.85, 4)
    _blob(canvas, (cx + rx, cy + 12), (24, 44), skin * 0.85, 4)
    _blob(canvas, (cx, cy - 28), (rx + 16, ry + 8), hair, 2.5)
    _head(canvas, cx, cy, rx, ry, skin)
    _hairline(canvas, cx, cy, rx, ry, hair, rng)
    turn = 62 if profile else 0
    _features(canvas, cx + turn, cy, rx, skin, hair, rng, woman)
    if profile:
        _blob(canvas, (cx - 80, cy), (90, ry), hair, 12)
    _texture(canvas, hair, skin, np.random.default_rng(seed))
    soft = cv2.GaussianBlur(canvas, (0, 0), 0.7)
    out = np.clip(soft + 0.9 * (soft - cv2.GaussianBlur(soft, (0, 0), 2.0)), 0, 255).astype(np.uint8)
    return Image.fromarray(out).resize((width, height), Image.Resampling.LANCZOS)


def _blob(canvas: Canvas, centre: tuple[float, float], radii: tuple[float, float], colour: Canvas, soft: float,
          strength: float = 1.0) -> None:  # fmt: skip
    """A soft ellipse."""
    mask = np.zeros(canvas.shape[:2], np.float32)
    cv2.ellipse(
        mask,
        (int(centre[0]), int(centre[1])),
        (max(1, int(radii[0])), max(1, int(radii[1]))),
        0,
        0,
        360,
        1,
        -1,
        cv2.LINE_AA,
    )
    mask = cv2.GaussianBlur(mask, (0, 0), soft)[:, :, None] * strength
    canvas *= 1 - mask
    canvas += mask * colour


def _texture(canvas: Canvas, hair: Canvas, skin: Canvas, noise: np.random.Generator) -> None:
    """Strands in the hair, pores in the skin, weave in the cloth: what a lens would show."""
    h, w = canvas.shape[:2]
    far_from_hair = np.abs(canvas - hair).sum(axis=2, keepdims=True)
    far_from_skin = np.abs(canvas - skin * 0.95).sum(axis=2, keepdims=True)
    strands: NDArray[Any] = cv2.GaussianBlur(
        noise.normal(0, 1, (h, w)).astype(np.float32), (0, 0), sigmaX=0.9, sigmaY=9
    )
    strands = strands / max(float(strands.std()), 1e-6)
    pores = cv2.GaussianBlur(noise.normal(0, 1, (h, w)).astype(np.float32), (0, 0), 1.1) * 2.6
    canvas += strands[:, :, None] * 13 * np.clip(1 - far_from_hair / 90, 0, 1)
    canvas += pores[:, :, None] * 3.2 * np.clip(1 - far_from_skin / 150, 0, 1)
    canvas[620:] += noise.normal(0, 4, (h - 620, w, 1)).astype(np.float32)
    canvas += noise.normal(0, 1.6, canvas.shape).astype(np.float32)


def _head(canvas: Canvas, cx: float, cy: float, rx: float, ry: float, skin: Canvas) -> None:
    before = canvas.copy()
    _blob(canvas, (cx, cy - 30), (rx, ry - 30), skin, 1.8)
    _blob(canvas, (cx, cy + 60), (rx * 0.84, ry - 62), skin, 2.5)
    inside = (np.abs(canvas - before).sum(axis=2) > 6).astype(np.float32)
    inside = cv2.GaussianBlur(inside, (0, 0), 3)[:, :, None]
    y, x = np.mgrid[0 : canvas.shape[0], 0 : canvas.shape[1]].astype(np.float32)
    across = ((x - cx + 20) / rx) ** 2
    down = ((y - cy + 30) / ry) ** 2
    light = np.clip(1.10 - 0.30 * across - 0.16 * down, 0.6, 1.12)[:, :, None]
    canvas *= 1 - inside + inside * light


def _hairline(canvas: Canvas, cx: float, cy: float, rx: float, ry: float, hair: Canvas, rng: Random) -> None:
    top = cy - ry * rng.uniform(0.86, 0.98)
    _blob(canvas, (cx - rx * 0.30, top), (rx * 0.86, ry * 0.30), hair, 3)
    _blob(canvas, (cx + rx * 0.42, top + 4), (rx * 0.72, ry * 0.28), hair, 3)


def _features(
    canvas: Canvas, cx: float, cy: float, rx: float, skin: Canvas, hair: Canvas, rng: Random, woman: bool
) -> None:
    apart, eye_y = rx * rng.uniform(0.42, 0.47), cy - 22
    iris = np.array(rng.choice(((70, 50, 35), (60, 80, 90), (90, 75, 45), (40, 30, 26))), np.float32)
    for side in (-1, 1):
        ex = cx + side * apart
        _blob(canvas, (ex, eye_y - 2), (48, 30), skin * 0.66, 10, 0.75)
        _blob(canvas, (ex, eye_y + 26), (40, 10), skin * 0.82, 8, 0.5)
        _blob(canvas, (ex, eye_y + 2), (30, 12), np.array((238, 234, 230), np.float32), 1)
        _blob(canvas, (ex, eye_y + 1), (13, 13), iris, 0.8)
        _blob(canvas, (ex, eye_y + 1), (6, 6), np.array((12, 10, 10), np.float32), 0.7)
        _blob(canvas, (ex + 4, eye_y - 4), (2.5, 2.5), np.array((250, 250, 250), np.float32), 0.7)
        cv2.ellipse(
            canvas,
            (int(ex), int(eye_y + 4)),
            (33, 17),
            0,
            200,
            340,
            tuple(float(v) for v in skin * 0.25),
            5 if woman else 4,
            cv2.LINE_AA,
        )
        cv2.ellipse(
            canvas,
            (int(ex), int(eye_y - 18)),
            (46, 24),
            0,
            205,
            335,
            tuple(float(v) for v in hair * 0.7 + skin * 0.12),
            8 if woman else 13,
            cv2.LINE_AA,
        )
    _blob(canvas, (cx - 20, cy + 30), (9, 46), skin * 0.80, 8, 0.6)
    _blob(canvas, (cx, cy + 38), (11, 40), np.minimum(skin * 1.1, 255), 8, 0.5)
    for side in (-1, 1):
        _blob(canvas, (cx + side * 17, cy + 80), (9, 6), skin * 0.42, 2, 0.85)
        _blob(canvas, (cx + side * 30, cy + 72), (10, 16), skin * 0.82, 6, 0.6)
        _blob(
            canvas, (cx + side * rx * 0.56, cy + 62), (34, 30), skin * np.array((1.02, 0.86, 0.84), np.float32), 18, 0.5
        )
    lips = skin * np.array((0.86, 0.52, 0.52), np.float32) if woman else skin * np.array((0.82, 0.62, 0.6), np.float32)
    _blob(canvas, (cx, cy + 118), (48, 10), lips * 0.92, 2)
    _blob(canvas, (cx, cy + 130), (40, 11), lips * 1.05, 2.5)
    cv2.ellipse(
        canvas, (int(cx), int(cy + 116)), (48, 7), 0, 5, 175, tuple(float(v) for v in skin * 0.28), 3, cv2.LINE_AA
    )
    _blob(canvas, (cx, cy + 154), (34, 8), skin * 0.78, 7, 0.7)
    if not woman and rng.random() < 0.3:
        _blob(canvas, (cx, cy + 100), (52, 9), hair, 5, 0.8)
