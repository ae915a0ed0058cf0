"""How well a person could read a sheet, 0 to 1, and the defect that spoils it most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.geometry import Letters, components, shrunk
from extractors.shapes import Pixels
from models.geometry import Box
from models.sheet import Line, Word

_COARSE = 100.0  # dots per inch on which lines of ink are looked for
_SPECK = 5  # pixels there
_NOTHING = 6.0  # grey levels between paper and ink
_BLURRED = 1.0  # structure below which nobody sees letters
_TINY = 5.0  # pixels of the file: height of a line too small for any eye
READ = 0.6  # certainty of a word that was read
_PLENTY = 30  # so many words are more than the heading of a sheet that is illegible below it
_RIM = Box(0.02, 0.02, 0.98, 0.98)  # beyond it are edges of paper and what lies under it
_SHADOW = 0.35  # of the darkest line's step: what is paler is a shadow or the other side shining through,
_PALE, _AS_TALL = 0.2, 0.7  # but for lines with letters about as tall as those of the others: blur makes them paler
_LITTLE = 2.5  # lines as wide as the sheet: one with less says little, and is filled up with lines half read
_FLAT = 0.4  # of the structure of the lines that were read: in what has less blur has left nothing to read


@dataclass(frozen=True, slots=True)
class Optics:
    """What the letters of a picture look like before any cleaning.

    ``x_height`` in pixels as the file has them, ``blur`` the width of their edges as a share of that height,
    ``contrast`` between ink and paper (0-1), ``brightness`` of the paper (0-1).
    """

    x_height: float
    blur: float
    contrast: float
    brightness: float

    @property
    def score(self) -> float:
        """0 where no eye can read, 1 where nothing hinders it."""
        if not self.x_height:
            return 0.0
        return _ramp(self.x_height, 3.5, 8.0) * _ramp(self.contrast, 0.08, 0.35) * (1 - _ramp(self.blur, 0.22, 0.5))

    @property
    def defect(self) -> str:
        """The worst of the hindrances in a word or two, empty when there is none."""
        hindrances = {
            "too small": _ramp(self.x_height, 3.5, 8.0),
            "blurred": 1 - _ramp(self.blur, 0.22, 0.5),
            "too dark": max(_ramp(self.brightness, 0.1, 0.35), _ramp(self.contrast, 0.08, 0.35)),
            "faint": _ramp(self.contrast, 0.08, 0.35),
        }
        worst = min(hindrances, key=lambda name: hindrances[name])
        return worst if hindrances[worst] < 0.6 else ""


def measured(grey: Pixels, letters: Letters, native: float) -> Optics:
    """Optics of a flat grey picture; ``native`` is how many of its pixels one pixel of the file became."""
    height = letters.height
    if not height:
        return Optics(0.0, 1.0, 0.0, float(np.percentile(grey, 90)) / 255)
    core = grey[letters.mask > 0].astype(np.float32)
    near, nearest = (cv2.dilate(letters.mask, np.ones((size, size), np.uint8)) > 0 for size in (7, 3))
    ink, paper = float(np.percentile(core, 15)), float(np.median(grey[near & ~nearest]))
    step = max(1.0, paper - ink)
    smooth = cv2.GaussianBlur(grey, (0, 0), 0.6).astype(np.float32)
    slopes = [cv2.Sobel(smooth, cv2.CV_32F, *axis, scale=1 / 8)[letters.mask > 0] for axis in ((1, 0), (0, 1))]
    steepest = max(1e-3, float(np.percentile(np.hypot(*slopes), 85)))
    sigma = max(0.0, step / (2.507 * steepest) - 0.75)
    return Optics(height / native, sigma / height, step / max(paper, 40.0), paper / 255)


@dataclass(frozen=True, slots=True)
class Band:
    """A line of ink: its place, ``structure`` (how many steps from paper to ink its height has room for: letters are
    made of them, blur takes them away), ``step`` from paper to ink in levels of grey, height in pixels of the file."""

    box: Box
    structure: float
    step: float
    height: float

    @property
    def has_letters(self) -> bool:
        """Whether an eye may see letters in it: not where blur left none, or they are but a few pixels high."""
        return self.structure >= _BLURRED and self.height >= _TINY


def bands_of(bare: Pixels, dpi: float, native: float) -> tuple[Band, ...]:
    """The lines of ink of a flat grey picture without ruled lines, also where no engine sees letters for blur.

    ``native`` is how many of its pixels one pixel of the file became.
    """
    factor = min(1.0, _COARSE / dpi)
    grey = cv2.GaussianBlur(shrunk(bare, factor), (0, 0), 0.7)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 7)
    labels, stats = components(ink)
    specks = stats[:, 4] < _SPECK
    ink = np.take(np.where(specks, np.uint8(0), np.uint8(255)), np.where(ink > 0, labels, 0)) & ink
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, 15), np.uint8))
    slope = np.abs(cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8))
    bands = []
    for x, y, w, h, area in components(joined)[1][1:].tolist():
        if w > 30 and w > 2.5 * h and 4 < h < 40 and area > 0.35 * w * h:
            rows, columns = slice(y, y + h), slice(x, x + w)
            step, structure = _structure(grey[rows, columns], slope[rows, columns], ink[rows, columns] > 0)
            if structure:
                box = Box(x / grey.shape[1], y / grey.shape[0], (x + w) / grey.shape[1], (y + h) / grey.shape[0])
                bands.append(Band(box, structure, step, h / factor / native))
    darkest = max((band.step for band in bands), default=0.0)
    plain = [band for band in bands if band.step > _SHADOW * darkest]
    tall = _AS_TALL * median(band.height for band in plain) if plain else 0.0
    pale = [band for band in bands if band.has_letters and band.height > tall and band.step > _PALE * darkest]
    return tuple(band for band in bands if (band in plain or band in pale) and _is_on_paper(band))


def _is_on_paper(band: Band) -> bool:
    """Whether it is no edge of the paper, and no stripe without letters that runs off the picture, as a desk's do."""
    runs_off = band.box.x0 <= 0.0 or band.box.x1 >= 1.0
    return _RIM.contains(*band.box.centre) and (band.has_letters or not runs_off)


def _structure(grey: Pixels, slope: Pixels, ink: NDArray[np.bool_]) -> tuple[float, float]:
    """See ``Band``; no structure in a drawn line, which is as dark everywhere."""
    darkness = 255.0 - grey.min(axis=0)
    paper, dark = float(np.percentile(grey, 95)), float(np.percentile(grey[ink], 10))
    step = paper - dark
    if step < _NOTHING or darkness.std() < 0.1 * step:
        return step, 0.0
    return step, float(np.percentile(slope[ink], 90)) * len(grey) / step


def legibility(optics: Optics, bands: Sequence[Band], lines: Sequence[Line], sampled: float) -> float:
    """The share of the lines of ink that can be read, by their length; ``sampled`` is the second engine's certainty.

    What an engine reads, a person reads. What none reads may be handwriting, a seal, another script: it counts half,
    and as nothing only where blur has left no letters in it, also beside a sharp heading, or a letter is but a few
    pixels high. A line or two that are lost make no sheet illegible. Where many words were read the sheet is no
    illegible one, whatever else looks like blurred lines (a table's grain, folds).

    A typed letter blurred by a share of its x-height (sigma): 0.23 and 0.35 give 0.5, 0.46 gives 0.41 (no engine reads
    a word, a person still guesses most), 0.58 and 0.69 give 0.07 (a person reads nothing). Scaled down to an x-height
    of 3 pixels it gives 1.0. Photographed under a hand, in the dark, curled, on wood or cloth: 0.9 to 1.0.
    """
    if not bands:
        return _by_engines(optics, lines, sampled)
    total = sum(band.box.width for band in bands)
    words = sure_words(lines)
    read = [_is_read(band, words) for band in bands]
    sharp = [band.structure for band, known in zip(bands, read, strict=True) if known]
    flat = _FLAT * median(sharp) if len(sharp) > 1 else 0.0
    seen = (1.0 if known else _guessed(band, flat) for band, known in zip(bands, read, strict=True))
    legible = sum(band.box.width * part for band, part in zip(bands, seen, strict=True))
    filled = (legible + 0.5 * max(0.0, _LITTLE - total)) / max(total, _LITTLE)
    return round(max(legible / total, filled, 0.5 * min(1.0, len(words) / _PLENTY)), 3)


def passed_over(bands: Sequence[Band], lines: Sequence[Line]) -> list[Band]:
    """The lines of ink that have letters and in which no engine read anything."""
    boxes = [word.box for line in lines for word in line.words]
    return [band for band in bands if band.has_letters and not any(box.intersection(band.box) for box in boxes)]


def sure_words(lines: Sequence[Line]) -> list[Word]:
    """The words that were read, lone signs left out."""
    return [word for line in lines for word in line.words if word.confidence > READ and len(word.text) > 1]


def _is_read(band: Band, words: Sequence[Word]) -> bool:
    """Whether words that were read fill a line."""
    inside = [
        word.box for word in words if band.box.y0 - band.box.height < word.box.centre[1] < band.box.y1 + band.box.height
    ]
    return sum(max(0.0, min(box.x1, band.box.x1) - max(box.x0, band.box.x0)) for box in inside) > 0.4 * band.box.width


def _guessed(band: Band, flat: float) -> float:
    """0 for a line that nobody can read, 0.5 for what a person may read."""
    return 0.5 if band.has_letters and band.structure > flat else 0.0


def _by_engines(optics: Optics, lines: Sequence[Line], sampled: float) -> float:
    """The score of a sheet on which no line of ink was found."""
    words = [word for line in lines for word in line.words if len(word.text) > 1]
    first = _ramp(mean(word.confidence for word in words), 0.3, 0.85) if words else 0.0
    read = max(first, _ramp(sampled, 0.25, 0.8))
    return round(0.7 * read + 0.3 * min(read + 0.3, optics.score), 3) if read else 0.0


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
