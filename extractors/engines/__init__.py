"""Recognition engines behind one door; each outside engine is imported by exactly one file of this package."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Protocol

from extractors.shapes import Pixels
from models.geometry import Box
from models.sheet import Line


class Layout(IntEnum):
    """How a region is laid out; the values are Tesseract's page segmentation modes."""

    PAGE = 3
    BLOCK = 6
    LINE = 7
    SPARSE = 11


class Engine(Protocol):
    """Recognises text in a flat, upright, grey picture."""

    name: str

    def read(
        self, grey: Pixels, regions: Sequence[Box], *, layout: Layout, language: str, dpi: float
    ) -> list[tuple[Line, ...]]:
        """The lines of each region, in the regions' order; all boxes are fractions of the picture.

        ``language`` is a Tesseract name (``aze``, ``rus``, ...). Raises ``EngineUnavailable``.
        """
        ...


class EngineUnavailable(RuntimeError):
    """An engine, its program or its language data is not installed; the message says what to install."""
