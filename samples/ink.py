"""Pens and rubber stamps: signatures and seals as transparent pictures."""

from __future__ import annotations

import math
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from samples.prints import font_file

BLUE = (28, 52, 150)
BLACK = (20, 20, 30)


def signature(
    rng: Random, colour: tuple[int, int, int] | None = None, width: int = 420, height: int = 150
) -> Image.Image:
    """A pen signature: one running stroke of loops and a flourish, thickness changing with speed."""
    ink = colour or rng.choice((BLUE, BLUE, BLACK, (60, 60, 90)))
    scale = 3
    canvas = Image.new("L", (width * scale, height * scale), 0)
    draw = ImageDraw.Draw(canvas)
    points = _running_stroke(rng, width * scale, height * scale)
    for index in range(1, len(points)):
        (x0, y0), (x1, y1) = points[index - 1], points[index]
        pen = max(4.0, 13 - math.hypot(x1 - x0, y1 - y0) / 3)
        draw.line((x0, y0, x1, y1), fill=235, width=int(pen))
        draw.ellipse((x1 - pen / 2, y1 - pen / 2, x1 + pen / 2, y1 + pen / 2), fill=235)
    alpha = canvas.resize((width, height), Image.Resampling.LANCZOS)
    out = Image.new("RGBA", (width, height), (*ink, 0))
    out.putalpha(alpha)
    return out


def _running_stroke(rng: Random, width: int, height: int) -> list[tuple[float, float]]:
    loops = rng.randint(3, 6)
    steps = 60 * loops
    swing = sorted((rng.uniform(0.05, 0.42) for _ in range(loops + 1)), key=lambda _: rng.random())
    slope, turn = rng.uniform(-0.12, 0.05), rng.uniform(0.9, 1.6)
    points = []
    for step in range(steps):
        t = step / steps
        loop = min(int(t * loops), loops - 1)
        part = t * loops - loop
        high = swing[loop] * (1 - part) + swing[loop + 1] * part
        angle = 2 * math.pi * loops * t
        x = width * (0.06 + 0.7 * t) + math.cos(angle * turn) * width * 0.07
        y = height * (0.55 + slope * t) - math.sin(angle) * height * high
        points.append((x, y))
    end_x, end_y = points[-1]
    for step in range(40):
        t = step / 40
        points.append(
            (end_x + (width * 0.95 - end_x) * t, end_y + math.sin(t * math.pi) * height * 0.25 * rng.uniform(0.95, 1))
        )
    return points


def stamp(
    rng: Random, around: str, middle: str, colour: tuple[int, int, int] | None = None, size: int = 460
) -> Image.Image:
    """A round seal with running text; worn and unevenly inked."""
    ink = colour or rng.choice(((38, 60, 170), (60, 50, 160), (20, 90, 160), (110, 30, 120)))
    mask = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(mask)
    for inset, thick in ((6, 7), (18, 2), (92, 3)):
        draw.ellipse((inset, inset, size - inset, size - inset), outline=225, width=thick)
    _text_round(mask, around + "  *  ", size / 2 - 55, 33)
    font = ImageFont.truetype(str(font_file("DejaVu Sans", bold=True)), 38)
    for number, line in enumerate(middle.replace(" ", "\n").split("\n")):
        box = draw.textbbox((0, 0), line, font=font)
        draw.text(((size - box[2]) / 2, size / 2 - 44 + 44 * number), line, fill=220, font=font)
    alpha = worn(np.asarray(mask), rng)
    out = Image.new("RGBA", (size, size), (*ink, 0))
    out.putalpha(Image.fromarray(alpha))
    return out.rotate(rng.uniform(-35, 35), Image.Resampling.BICUBIC, expand=True)


def _text_round(mask: Image.Image, text: str, radius: float, size: int) -> None:
    font = ImageFont.truetype(str(font_file("DejaVu Sans", bold=True)), size)
    centre = mask.width / 2
    around = 2 * math.pi * radius
    lengths = [font.getlength(letter) for letter in text]
    stretch = around / max(sum(lengths), 1)
    if stretch > 1.6:
        return _text_round(mask, text + text, radius, size)
    angle = -math.pi / 2
    for letter, length in zip(text, lengths, strict=True):
        tile = Image.new("L", (size * 2, size * 2), 0)
        ImageDraw.Draw(tile).text((size, size), letter, fill=225, font=font, anchor="mm")
        middle = angle + length * stretch / radius / 2
        turned = tile.rotate(-math.degrees(middle) - 90, Image.Resampling.BICUBIC)
        x, y = centre + radius * math.cos(middle), centre + radius * math.sin(middle)
        mask.paste(255, (int(x - size), int(y - size)), turned)
        angle += length * stretch / radius
    return None


def worn(mask: np.ndarray, rng: Random) -> np.ndarray:
    noise = np.random.default_rng(rng.getrandbits(32))
    coarse = cv2.resize(noise.random((9, 9), dtype=np.float32), mask.shape[::-1], interpolation=cv2.INTER_CUBIC)
    fine = cv2.GaussianBlur(noise.random(mask.shape, dtype=np.float32), (0, 0), 1.5)
    level = np.clip(0.55 + 0.5 * coarse, 0.35, 1.0) * (0.8 + 0.4 * (fine > 0.42))
    return np.asarray(np.clip(mask * np.clip(level, 0, 1), 0, 255), np.uint8)
