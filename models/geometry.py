"""Places on a page: fractions of its width and height, origin at the top left, x to the right, y down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple, Protocol


class Box(NamedTuple):
    """An upright rectangle; 0 <= x0 <= x1 <= 1, the same for y."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def union(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def intersection(self, other: Box) -> Box | None:
        if self.y1 <= other.y0 or other.y1 <= self.y0 or self.x1 <= other.x0 or other.x1 <= self.x0:
            return None  # nearly always
        box = Box(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))
        return box if box.x0 < box.x1 and box.y0 < box.y1 else None

    def contains(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def within(self, frame: Box) -> Box:
        """This box in fractions of a frame, in those of what the frame lies on."""
        x0, x1 = (frame.x0 + x * frame.width for x in (self.x0, self.x1))
        y0, y1 = (frame.y0 + y * frame.height for y in (self.y0, self.y1))
        return Box(x0, y0, x1, y1).clipped()

    def turned_inside_out(self) -> Box:
        """The frame that takes what lies on the same thing as this one into fractions of this one."""
        width, height = self.width, self.height
        return Box(-self.x0 / width, -self.y0 / height, (1 - self.x0) / width, (1 - self.y0) / height)

    def clipped(self) -> Box:
        x0, y0 = min(max(self.x0, 0.0), 1.0), min(max(self.y0, 0.0), 1.0)
        return Box(x0, y0, max(x0, min(self.x1, 1.0)), max(y0, min(self.y1, 1.0)))


WHOLE = Box(0.0, 0.0, 1.0, 1.0)


class Placed(Protocol):
    """Whatever stands at a place: a word, a line, a value."""

    @property
    def box(self) -> Box: ...


def box_of(placed: Sequence[Placed]) -> Box:
    """The smallest box that holds all of several things; not of none."""
    return reduce(Box.union, (each.box for each in placed))


@dataclass(frozen=True, slots=True)
class Perspective:
    """A 3x3 homography, row by row, that takes a point of a flattened sheet to the page as a viewer shows it.

    Both sides are fractions: (u, v) of the flat sheet to (x, y) of the shown page (EXIF and /Rotate applied).
    """

    rows: tuple[float, float, float, float, float, float, float, float, float] = (1, 0, 0, 0, 1, 0, 0, 0, 1)

    def point(self, u: float, v: float) -> tuple[float, float]:
        a, b, c, d, e, f, g, h, i = self.rows
        w = g * u + h * v + i or 1e-12
        return (a * u + b * v + c) / w, (d * u + e * v + f) / w

    def box(self, box: Box) -> Box:
        """The upright box on the shown page that holds a box of the flat sheet."""
        corners = [self.point(u, v) for u in (box.x0, box.x1) for v in (box.y0, box.y1)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys)).clipped()

    def inverse(self) -> Perspective:
        """The way back: a point of the shown page to the flat sheet."""
        a, b, c, d, e, f, g, h, i = self.rows
        # the adjugate; a homography may be scaled at will
        return Perspective((e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f,
                            d * h - e * g, b * g - a * h, a * e - b * d))  # fmt: skip


#: A sheet that lies on its page as it is shown.
AS_SHOWN = Perspective()
