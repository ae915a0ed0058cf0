"""From a flat coloured picture to dark letters on white paper."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.geometry import grey_of, shrunk
from extractors.shapes import Pixels


def cleaned(colour: Pixels) -> Pixels:
    """A grey picture with even white paper: light coloured print and uneven light are gone, ink stays."""
    if is_two_level(colour):
        return soften(grey_of(colour))
    return evened(grey_of(colour))


def is_two_level(picture: Pixels) -> bool:
    """Whether the picture holds (nearly) only black and white, as a fax does."""
    sample = grey_of(picture)[::3, ::3]
    return bool(((sample < 8) | (sample > 247)).mean() > 0.985)


def soften(grey: Pixels) -> Pixels:
    """Black and white averaged to grey, so that ragged edges and specks fade."""
    return cv2.GaussianBlur(grey, (0, 0), 0.8)


def evened(grey: Pixels) -> Pixels:
    """The picture divided by its paper: shadows, gradients and yellowed paper become white."""
    small = shrunk(grey, 0.25)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    paper = cv2.medianBlur(paper, 21)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, np.maximum(paper, 30), scale=255)
