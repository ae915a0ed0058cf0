"""From a flat coloured picture to dark letters on white paper."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extractors.geometry import grey_of, letters_of, shrunk, sidewaysness
from extractors.inks import Overlay, without_overlays
from extractors.shapes import Pixels
from extractors.stamps import without_stamps
from models.geometry import Box

_GRAINY = 9.0  # standard deviation of noise that is worth smoothing
_FAINT = 135.0  # ink lighter than this on white paper is darkened
_PAPER, _DARKEST = 225, 10.0  # what is lighter is no ink; the share (%) of the ink that tells how dark it is
_GLANCE_PX = 1400  # long side of the picture on which light letters are looked for
_BLACK = 70.0  # paper is lighter, but in the dark
_LIGHTEST, _STANDS_OUT = 99.5, 40.0  # what light letters are by rank, and how much lighter than their paper
_PLAINLY, _A_TEXT = 1.2, 60  # light letters against dark ones, and how many at least
_COARSE_FAX, _WIDE_LETTER = 0.9, 1.1  # width to height of such a page, and of its letters
_COLOURED = 17.0  # distance in hue (Lab) from the paper


def cleaned(colour: Pixels, overlays: Sequence[Overlay] = (), stamps: Sequence[Box] = ()) -> Pixels:
    """A grey picture with even white paper: pale print, stamps and uneven light are gone, other ink of any colour
    stays. ``overlays`` are stamps told by their hue, ``stamps`` others."""
    grey = grey_of(colour)
    if is_two_level(grey):
        return soften(grey)
    if colour.ndim == 3:
        grey = without_overlays(colour, grey, overlays)
    grey = without_stamps(colour, grey, stamps)
    return _inked(evened(_calmed(grey)))


def dark_on_light(page: Pixels) -> Pixels:
    """A page of light letters on black (an inverted copy, a dark screen) turned into its negative."""
    if np.median(grey_of(page[::8, ::8])) > _BLACK:
        return page
    grey = grey_of(shrunk(page, min(1.0, _GLANCE_PX / max(page.shape[:2]))))
    paper, ink = np.percentile(grey, (50, _LIGHTEST))
    if paper > _BLACK or ink - paper < _STANDS_OUT:
        return page
    dark, light = (len(letters_of(each).boxes) for each in (grey, cv2.bitwise_not(grey)))
    return cv2.bitwise_not(page) if light > _PLAINLY * dark and light > _A_TEXT else page


def unsqueezed(page: Pixels) -> Pixels:
    """A fax of the coarse kind (204 x 98 dots per inch) with its rows doubled; any other page as it is.

    Files rarely say that their dots are not square; letters much wider than high in level lines do.
    """
    height, width = page.shape[:2]
    if width < _COARSE_FAX * height or not is_two_level(page):
        return page
    letters = letters_of(grey_of(page))
    if len(letters.boxes) < _A_TEXT or sidewaysness(letters) > 1:
        return page
    if np.median(letters.boxes[:, 2] / letters.boxes[:, 3]) < _WIDE_LETTER:
        return page
    return cv2.resize(page, (width, 2 * height), interpolation=cv2.INTER_LINEAR)


def _calmed(grey: Pixels) -> Pixels:
    """A grainy picture smoothed, by how grainy it is; a clean one as it is."""
    sample = grey[: grey.shape[0] // 2 * 2 : 2].astype(np.float32)
    rough = np.abs(sample[:, 1:-1] - 0.5 * (sample[:, :-2] + sample[:, 2:]))
    noise = float(np.median(rough)) / 0.8
    if noise < _GRAINY:
        return grey
    return cv2.GaussianBlur(cv2.medianBlur(grey, 3), (0, 0), 0.8 if noise < 2 * _GRAINY else 1.2)


def _inked(grey: Pixels) -> Pixels:
    """Faint ink darkened; the paper stays white. How much of the paper is inked says nothing of how dark it is."""
    some = grey[::3, ::3]
    inked = some[some < _PAPER]
    ink = float(np.percentile(inked, _DARKEST)) if inked.size else 0.0
    if ink < _FAINT:
        return grey
    return 255 - cv2.convertScaleAbs(255 - grey, alpha=min(5.0, (255 - _FAINT / 2) / max(1.0, 255 - ink)))


def coloured_ink(colour: Pixels) -> Pixels:
    """A mask (255) of pixels printed, stamped or written in colour, whatever the tint of the paper."""
    lab = cv2.cvtColor(colour, cv2.COLOR_BGR2LAB)
    some = lab[::3, ::3].reshape(-1, 3)
    paper = np.median(some[some[:, 0] >= np.median(some[:, 0])], axis=0)
    _, green_red, blue_yellow = cv2.split(cv2.absdiff(lab, np.array([0, *paper[1:], 0], np.float64)))
    return cv2.threshold(cv2.max(green_red, blue_yellow), _COLOURED, 255, cv2.THRESH_BINARY)[1]


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
