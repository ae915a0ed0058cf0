"""How well a person could read a sheet, 0 to 1, and the defect that spoils it most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

import cv2
import numpy as np

from extractors.geometry import Letters
from extractors.shapes import Pixels
from models.sheet import Line


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
    slope = np.hypot(cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8))
    steepest = max(1e-3, float(np.percentile(slope[letters.mask > 0], 85)))
    sigma = max(0.0, step / (2.507 * steepest) - 0.75)
    return Optics(height / native, sigma / height, step / max(paper, 40.0), paper / 255)


def legibility(optics: Optics, lines: Sequence[Line], sampled: float) -> float:
    """What two engines made of the sheet (``sampled``: the second one's certainty on a few lines) and its optics.

    Handwriting that one engine cannot read is no defect, so the better of the two counts; nor is a picture legible
    because its letters are sharp, so optics alone cannot make a score.
    """
    words = [word for line in lines for word in line.words if len(word.text) > 1]
    first = _ramp(mean(word.confidence for word in words), 0.3, 0.85) if words else 0.0
    read = max(first, _ramp(sampled, 0.25, 0.8))
    return round(0.7 * read + 0.3 * min(read + 0.3, optics.score), 3) if read else 0.0


def _ramp(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))
