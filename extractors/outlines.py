"""Where papers lie on a photographed page: four straight edges that hold the text, corners possibly out of frame."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.edges import Edge, candidates_in, edges_of, line_through, surface_of
from extractors.geometry import (
    Letters,
    Quad,
    flatten,
    grey_of,
    letters_of,
    ordered,
    quad_size,
    shrunk,
    sidewaysness,
    whole_page,
)
from extractors.shapes import Pixels

_STUDY_PX = 800  # long side of the picture on which outlines are looked for
_DRAWN = 0.45  # least score of an outline
_OUT_OF_FRAME = 0.5  # what a side counts that the picture does not show
_MOST_PAPERS = 4
_DARK = 0.45  # of the paper's brightness: darker surfaces are no paper
_FEWEST_LETTERS = 12
_GUTTER_PX = 2600  # width of the picture on which pages side by side are told by their text
_SMALL_PRINT = 0.0063  # measured x-height to width: 0.0052-0.0060 on two A4 pages, 0.0070 and more on one lying A4
_GUTTER = 0.05  # share of the width between the texts of two pages
_PART = 0.2  # share of the picture: outlines that cover less may be parts of a sheet
_SIDE_PX = 9  # within them lie the edges that a side was drawn by
_SMALLEST = 0.04  # share of the picture that a paper covers at least


def find_papers(page: Pixels) -> list[Quad]:
    """Outlines of the papers on a page, left to right; empty when one paper fills the picture."""
    factor = min(1.0, _STUDY_PX / max(page.shape[:2]))
    study = shrunk(page, factor)
    height, width = study.shape[:2]
    scanned = _is_scan(study)
    if scanned and width < 1.1 * height:
        return []
    letters = letters_of(grey_of(study))
    surface = surface_of(study)
    edges = edges_of(surface)
    level, steep = candidates_in(edges)
    scene = _Scene(cv2.distanceTransform(255 - edges, cv2.DIST_L2, 3), _strangeness(surface, letters), letters)
    papers = [] if scanned else _papers(edges, (level, steep), scene)
    papers = [] if _are_parts(papers, scene) else papers
    outlines = papers or [whole_page(study)]
    halves = [half for quad in outlines for half in _halves(quad, [*level, *steep], scene)]
    found = [half for quad in halves for half in _side_by_side(page, quad / factor)]
    if len(found) == 1 and not papers:
        return []
    return sorted(found, key=lambda quad: float(quad[:, 0].mean()))


def _papers(edges: Pixels, candidates: tuple[list[Edge], list[Edge]], scene: _Scene) -> list[Quad]:
    """The best outline, then the best among those beside it, while text is left that no outline holds.

    Sides of papers side by side hardly differ, so those of the next one are looked for without the last one's.
    """
    found: list[Quad] = []
    while len(found) < _MOST_PAPERS:
        quads = [
            quad for quad in _possible_quads(*candidates) if not any(_overlap(quad, other) > 0.08 for other in found)
        ]
        best = scene.best(quads)
        if best is None:
            break
        found.append(best)
        scene = scene.without(best)
        if len(scene.letters.boxes) < _FEWEST_LETTERS:
            break
        edges = _without_paper(edges, best)
        candidates = candidates_in(edges, [line_through(best[i], best[(i + 1) % 4]) for i in range(4)])
    return found


def _without_paper(edges: Pixels, quad: Quad) -> Pixels:
    rest, corners = edges.copy(), np.round(quad).astype(np.int32)
    cv2.fillConvexPoly(rest, corners, 0)
    cv2.polylines(rest, [corners], True, 0, thickness=_SIDE_PX)
    return rest


def _are_parts(papers: Sequence[Quad], scene: _Scene) -> bool:
    """Whether outlines are but parts of a larger sheet, one side of a card on a scanner say: there is text beside."""
    small = sum(cv2.contourArea(quad) for quad in papers) < _PART * scene.distance.size
    for quad in papers:
        scene = scene.without(quad)
    return small and len(scene.letters.boxes) >= _FEWEST_LETTERS


def _halves(quad: Quad, edges: list[Edge], scene: _Scene) -> list[Quad]:
    """The two pages of a spread where a fold or gap is seen between them and lines run across it, else the outline."""
    wide, high = quad_size(quad)
    if not 1.15 < max(wide, high) / min(wide, high) < 1.8:
        return [quad]
    if high > wide and sidewaysness(scene.letters) < 1:
        return [quad]  # lines along a fold: a letter that was folded
    turned = quad if wide > high else np.roll(quad, -1, axis=0)
    top, bottom = (line_through(turned[a], turned[b]) for a, b in ((0, 1), (3, 2)))
    for edge in edges:
        upper, lower = edge.crossing(top), edge.crossing(bottom)
        if edge.frame or upper is None or lower is None:
            continue
        first, second = np.array(upper, np.float32), np.array(lower, np.float32)
        if _splits(turned, first, second, scene):
            return [
                ordered(np.array([turned[0], first, second, turned[3]], np.float32)),
                ordered(np.array([first, turned[1], turned[2], second], np.float32)),
            ]
    return [quad]


def _side_by_side(page: Pixels, quad: Quad) -> list[Quad]:
    """The two upright pages inside a lying outline where nothing but the text tells them: print too small for one
    page of that width, and a gutter in the middle that neither letters nor ruled lines enter. Else the outline."""
    wide, high = quad_size(quad)
    if not 1.15 < wide / high < 1.8:
        return [quad]
    flat = grey_of(flatten(page, quad, min(1.0, _GUTTER_PX / wide)).colour)
    letters, width = letters_of(flat), flat.shape[1]
    if not 0 < letters.height < _SMALL_PRINT * width or sidewaysness(letters) > 1:
        return [quad]
    ruled = cv2.adaptiveThreshold(flat, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    ruled = cv2.morphologyEx(ruled, cv2.MORPH_OPEN, np.ones((1, width // 35), np.uint8))
    inked = cv2.reduce(cv2.max(letters.mask, ruled), 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel() > 1.0
    within = np.flatnonzero(inked[: width // 2]), np.flatnonzero(inked[width // 2 :])
    if not all(len(side) > 0.12 * width for side in within):
        return [quad]
    left, right = within[0][-1] / width, (width // 2 + within[1][0]) / width
    middle = (left + right) / 2
    if right - left < _GUTTER or abs(middle - 0.5) > 0.06:
        return [quad]
    upper, lower = (quad[a] + (quad[b] - quad[a]) * middle for a, b in ((0, 1), (3, 2)))
    return [np.array([quad[0], upper, lower, quad[3]], np.float32), np.array([upper, *quad[1:3], lower], np.float32)]


def _splits(quad: Quad, upper: NDArray[np.float32], lower: NDArray[np.float32], scene: _Scene) -> bool:
    """Whether the line from the upper to the lower side is a drawn fold with text on both sides and none on it."""
    across = float(np.linalg.norm(quad[1] - quad[0]))
    shares = [float(np.linalg.norm(point - corner)) / across for point, corner in ((upper, quad[0]), (lower, quad[3]))]
    if not all(0.4 < share < 0.6 for share in shares):
        return False
    support = _side_support(upper, lower, scene.distance)
    if support is None or support < 0.7:
        return False
    step = (quad[1] - quad[0]) * 0.012
    fold = np.array([upper - step, upper + step, lower + step, lower - step], np.float32)
    left = _inside(np.array([quad[0], upper, lower, quad[3]], np.float32), scene.letters).sum()
    right = _inside(np.array([upper, quad[1], quad[2], lower], np.float32), scene.letters).sum()
    on_fold = _inside(fold, scene.letters).sum()
    return bool(min(left, right) >= _FEWEST_LETTERS and on_fold <= 0.02 * (left + right))


@dataclass(frozen=True, slots=True)
class _Scene:
    """What outlines are judged by: distance to the next edge, strangeness of hue, letters not yet on a paper."""

    distance: NDArray[Any]
    strange: NDArray[np.float32]
    letters: Letters

    def best(self, quads: list[Quad]) -> Quad | None:
        """The outline whose sides are best drawn and that holds the text, None where none stands out."""
        scores = [_score(quad, self) for quad in quads]
        if not scores or max(scores) <= _DRAWN:
            return None
        return quads[int(np.argmax(scores))]

    def without(self, quad: Quad) -> _Scene:
        """The scene once the letters inside an outline are accounted for."""
        inside = _inside(quad, self.letters)
        mask = self.letters.mask.copy()
        cv2.fillConvexPoly(mask, np.round(quad).astype(np.int32), 0)
        return replace(self, letters=Letters(mask, self.letters.boxes[~inside]))


def _is_scan(study: Pixels) -> bool:
    """Whether the rim of the picture is evenly bright all round, as the lid of a scanner or the paper itself is."""
    grey = grey_of(study)
    rim = np.concatenate([grey[:3].ravel(), grey[-3:].ravel(), grey[:, :3].ravel(), grey[:, -3:].ravel()])
    return bool(np.percentile(rim, 4) > 222)


def _possible_quads(level: list[Edge], steep: list[Edge]) -> Iterator[Quad]:
    for top, bottom in itertools.combinations(level, 2):
        for left, right in itertools.combinations(steep, 2):
            if sum(edge.frame for edge in (top, bottom, left, right)) <= 2:
                quad = _quad(top, bottom, left, right)
                if quad is not None:
                    yield quad


def _strangeness(surface: Pixels, letters: Letters) -> NDArray[np.float32]:
    """How far each pixel is from the paper round the letters: in hue (Lab a, b), or in brightness when much darker."""
    if len(letters.boxes) < _FEWEST_LETTERS:
        return np.zeros(surface.shape[:2], np.float32)
    lab = surface.astype(np.float32)
    paper = np.median(lab[letters.mask > 0], axis=0)
    hue = np.linalg.norm(lab[..., 1:] - paper[1:], axis=2)
    return np.asarray(np.where(lab[..., 0] < _DARK * paper[0], 99.0, hue), np.float32)


def _quad(top: Edge, bottom: Edge, left: Edge, right: Edge) -> Quad | None:
    """The quadrilateral of four lines, None where they make no page."""
    corners = [a.crossing(b) for a, b in ((top, left), (top, right), (bottom, right), (bottom, left))]
    if any(corner is None for corner in corners):
        return None
    quad = ordered(np.array(corners, np.float32))
    wide, high = quad_size(quad)
    if not cv2.isContourConvex(quad.astype(np.int32)) or min(wide, high) < 60 or not 0.25 < wide / high < 4:
        return None
    sides = [float(np.linalg.norm(quad[(i + 1) % 4] - quad[i])) for i in range(4)]
    if max(sides[0], sides[2]) > 1.7 * min(sides[0], sides[2]) or max(sides[1], sides[3]) > 1.7 * min(
        sides[1], sides[3]
    ):
        return None
    return quad


def _score(quad: Quad, scene: _Scene) -> float:
    """Share of the sides that is drawn; less for text cut off or left outside and for strange colours inside."""
    height, width = scene.distance.shape
    area = cv2.contourArea(quad) / (height * width)
    if area < _SMALLEST:
        return 0.0
    supports = [_side_support(quad[i], quad[(i + 1) % 4], scene.distance) for i in range(4)]
    drawn = [_OUT_OF_FRAME if share is None else share for share in supports]
    outside = np.maximum(0, np.maximum(-quad, quad - [width, height])).max() / max(width, height)
    shape = (0.85 + 0.15 * np.sqrt(min(1.0, area))) * (1 - outside)
    along = 0.6 * float(np.mean(drawn)) + 0.4 * min(drawn)
    if along * shape < _DRAWN:
        return 0.0
    return float(along * shape * _text_held(quad, scene.letters) * (1 - _strange_inside(quad, scene.strange)))


def _strange_inside(quad: Quad, strange: NDArray[np.float32]) -> float:
    """Share of the rim just inside the outline that has not the hue of paper."""
    height, width = strange.shape
    centre = quad.mean(axis=0)
    inner = centre + (quad - centre) * 0.94
    steps = np.linspace(0, 1, 24)[:, None]
    points = np.concatenate([inner[i] + (inner[(i + 1) % 4] - inner[i]) * steps for i in range(4)])
    x, y = (np.clip(np.round(points[:, axis]).astype(int), 0, side - 1) for axis, side in ((0, width), (1, height)))
    return 0.8 * float((strange[y, x] > 9).mean())


def _side_support(start: NDArray[Any], end: NDArray[Any], distance: NDArray[Any]) -> float | None:
    """Share of a side's visible part that lies on an edge; None where the side is not in the picture."""
    height, width = distance.shape
    steps = np.linspace(0.03, 0.97, 64)[:, None]
    points = np.round(start + (end - start) * steps).astype(int)
    margin = 3
    seen = (
        (points[:, 0] >= margin) & (points[:, 0] < width - margin)
        & (points[:, 1] >= margin) & (points[:, 1] < height - margin)
    )  # fmt: skip
    if seen.mean() < 0.15:
        return None
    near = distance[points[seen, 1], points[seen, 0]] <= 2.5
    return float(near.mean())


def _text_held(quad: Quad, letters: Letters) -> float:
    """1 when the outline holds all letters; much less when it cuts through text, little less for text elsewhere."""
    if len(letters.boxes) < _FEWEST_LETTERS:
        return 1.0
    inside = _inside(quad, letters)
    centre = quad.mean(axis=0)
    beside = _inside(centre + (quad - centre) * 1.08, letters) & ~inside
    cut = beside.sum() / max(1, inside.sum() + beside.sum())
    return float((1 - cut) ** 3 * (0.55 + 0.45 * inside.mean()))


def _inside(quad: Quad, letters: Letters) -> NDArray[np.bool_]:
    mask = np.zeros(letters.mask.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, np.round(quad).astype(np.int32), 255)
    height, width = letters.mask.shape
    x = np.minimum(letters.boxes[:, 0] + letters.boxes[:, 2] // 2, width - 1)
    y = np.minimum(letters.boxes[:, 1] + letters.boxes[:, 3] // 2, height - 1)
    return np.asarray(mask[y, x] > 0)


def _overlap(first: Quad, second: Quad) -> float:
    shared, _ = cv2.intersectConvexConvex(first, second)
    return float(shared) / max(1.0, min(cv2.contourArea(first), cv2.contourArea(second)))
