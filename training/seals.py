"""Windows of forms with a stamp over their print, and the same windows without it, as scanners and phones see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from extractors.geometry import grey_of
from extractors.shapes import Pixels
from extractors.stamps import levelled
from samples.answers import Choices, answers
from samples.degrade import degrade, multiply
from samples.forms import LAYOUTS, form, style_for
from samples.identity_papers import passport
from samples.ink import signature, stamp, worn
from samples.people import person
from samples.prints import font_file

TODAY = date(2024, 5, 14)
PATCH = 96  # pixels at 200 dpi
_WINDOW = 690  # pixels at 300 dpi
_PATCHES = 6  # of one window
_FACES = ("Liberation Serif", "Liberation Sans", "Liberation Mono", "DejaVu Sans", "Carlito", "Noto Sans")
_WORDS = (
    "AZƏRBAYCAN RESPUBLİKASI", "DÖVLƏT MİQRASİYA XİDMƏTİ", "BAKI ŞƏHƏRİ", "DAXİL OLUB", "SURƏTİ DÜZGÜNDÜR", "NOTARİUS",
    "QEYDİYYAT", "KANSELARİYA", "SAYLI", "QƏBUL EDİLDİ", "MMC", "КОПИЯ ВЕРНА", "RECEIVED", "ÖDƏNİLİB",
    "ƏSLİ İLƏ DÜZDÜR",
)  # fmt: skip
_INKS = ((38, 60, 170), (60, 50, 160), (20, 90, 160), (110, 30, 120), (170, 30, 50), (20, 110, 70), (60, 60, 70))


@dataclass(frozen=True, slots=True)
class Pair:
    """A piece of a page, ``PATCH`` pixels wide: as ``seen`` (3, h, w), and without its stamp (1, h, w); 1 is paper."""

    seen: NDArray[np.float32]
    bare: NDArray[np.float32]


def pairs(seed: int, pages: int, windows: int) -> Iterator[Pair]:
    """Pieces of ``windows`` windows of each of ``pages`` forms."""
    for number in range(pages):
        rng = Random(f"{seed}/{number}")
        leaf = _page(rng)
        for _ in range(windows):
            yield from _patches(leaf, rng)


def _page(rng: Random) -> Pixels:
    who = person(rng, TODAY)
    if rng.random() < 0.1:
        return passport(who, rng, rng.getrandbits(32)).printed.leaves[0].pixels
    style = style_for(rng.choice(sorted(LAYOUTS)), rng, rng.random() < 0.15)
    filled = answers(who, Choices(TODAY), rng)
    return rng.choice(form(filled, style, rng.getrandbits(32)).leaves[:3]).pixels


def _patches(leaf: Pixels, rng: Random) -> Iterator[Pair]:
    height, width = leaf.shape[:2]
    x, y = rng.randrange(width - _WINDOW), rng.randrange(height // 12, height - _WINDOW)
    bare = leaf[y : y + _WINDOW, x : x + _WINDOW]
    bare = _inked(bare, signature(rng), rng) if rng.random() < 0.25 else bare
    inked = _inked(bare, _seal(rng), rng) if rng.random() < 0.95 else bare
    seen, clean = _seen(inked, bare, rng)
    shown, paper = levelled(seen)
    target = (grey_of(clean).astype(np.float32) / paper)[None]
    covered = np.argwhere(np.abs(shown.mean(axis=0) - target[0]) > 0.1)
    for _ in range(_PATCHES):
        most = shown.shape[1] - PATCH
        row, column = covered[rng.randrange(len(covered))] if len(covered) else (most, most)
        top, left = (min(max(int(v) - rng.randrange(PATCH), 0), most) for v in (row, column))
        cut = np.s_[:, top : top + PATCH, left : left + PATCH]
        yield Pair(shown[cut].astype(np.float16), target[cut].astype(np.float16))


def _inked(window: Pixels, ink: Image.Image, rng: Random) -> Pixels:
    """A window with a pen's or a stamp's ink somewhere on it."""
    x, y = (rng.randrange(max(1, _WINDOW - side)) for side in ink.size)
    return multiply(window, ink, x, y)


def _seen(inked: Pixels, bare: Pixels, rng: Random) -> tuple[Pixels, Pixels]:
    """Both pictures through the same device."""
    seed, angle = rng.getrandbits(32), rng.uniform(-1.8, 1.8)
    if rng.random() < 0.7:
        pictures = [degrade(each, "office", seed).pixels for each in (inked, bare)]
    else:
        blur, noise, quality = rng.uniform(0.3, 1.1), rng.uniform(0, 3), rng.randint(60, 92)
        pictures = [_photographed(each, blur, noise, quality, seed) for each in (inked, bare)]
    if rng.random() < 0.35:
        pictures = [cv2.cvtColor(grey_of(each), cv2.COLOR_GRAY2BGR) for each in pictures]
    if rng.random() < 0.7:  # sheets are levelled before they are read
        side = pictures[0].shape[0]
        turn = cv2.getRotationMatrix2D((side / 2, side / 2), angle, 1.0)
        pictures = [cv2.warpAffine(each, turn, (side, side), borderMode=cv2.BORDER_REPLICATE) for each in pictures]
    return pictures[0], pictures[1]


def _photographed(page: Pixels, blur: float, noise: float, quality: int, seed: int) -> Pixels:
    small = cv2.resize(page, None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA).astype(np.float32)
    grain = np.random.default_rng(seed).normal(0, noise, small.shape)
    seen = np.clip(cv2.GaussianBlur(small, (0, 0), blur) * 0.93 + grain, 0, 255).astype(np.uint8)
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", seen, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1))


def _seal(rng: Random) -> Image.Image:
    """A stamp of any design, colour and wear."""
    ink = tuple(min(255, max(0, v + rng.randint(-25, 25))) for v in rng.choice(_INKS))
    if rng.random() < 0.5:
        words = rng.sample(_WORDS, 2)
        seal = stamp(rng, words[0], words[1], ink, rng.randint(330, 520))
    else:
        seal = _drawn(rng, ink)
    strength = rng.uniform(0.55, 1.15)
    seal.putalpha(seal.getchannel("A").point([min(255, round(strength * v)) for v in range(256)]))
    return seal


def _drawn(rng: Random, ink: tuple[int, ...]) -> Image.Image:
    """Lines of text in a frame or a ring, or in none."""
    shape = rng.choice(("frame", "frame", "ring", "none"))
    wide = rng.randint(300, 560)
    high = wide if shape == "ring" else rng.randint(140, 330)
    mask = Image.new("L", (wide, high), 0)
    draw = ImageDraw.Draw(mask)
    for inset in sorted({4, rng.choice((4, 14, 20))}):
        outline = draw.rectangle if shape == "frame" else draw.ellipse
        if shape != "none":
            outline((inset, inset, wide - inset, high - inset), outline=230, width=rng.randint(2, 8))
    size, top = rng.randint(24, 56), rng.randint(24, 60)
    font = ImageFont.truetype(str(font_file(rng.choice(_FACES), rng.random() < 0.7)), size)
    while top + size < high - 16:
        text = rng.choice(
            (*_WORDS, f"№ {rng.randint(1, 9999)}", f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.2024")
        )
        draw.text((rng.randint(16, 60), top), text, fill=225, font=font)
        top += round(size * rng.uniform(1.1, 1.8))
    out = Image.new("RGBA", (wide, high), (*ink, 0))
    out.putalpha(Image.fromarray(worn(np.asarray(mask), rng)))
    return out.rotate(rng.uniform(-40, 40), Image.Resampling.BICUBIC, expand=True)
