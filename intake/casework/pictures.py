"""Pictures of a message's pages, with or without the boxes of what was read there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extractors.files import open_pages
from extractors.limits import Limits
from extractors.mail import open_message
from extractors.shapes import Pixels, RawPage
from models.case import Submission
from models.document import Field
from models.geometry import Box
from models.mail import PartStatus

_SURE, _DOUBTFUL = (60, 140, 20), (20, 90, 220)  # B, G, R
_SURE_ENOUGH = 0.9
_TYPEFACE, _SMALLEST = "DejaVuSans.ttf", 8.0  # of fonts-dejavu-core; pixels


def page_pictures(raw: bytes, file: str, *, only: str | None = None) -> Iterator[tuple[str, int, Pixels]]:
    """Each page of a message, or of the ``only`` file of it that is wanted, as a viewer shows it: file, page, pixels.

    One page is in memory at a time.
    """
    limits = Limits()
    for part in open_message(raw, file, limits).parts:
        if part.attachment.status is PartStatus.OK and only in (None, part.attachment.file):
            for page in open_pages(part, limits).pages:
                yield page.file, page.page, page.pixels if page.pixels is not None else _sketched(page)


def fields_on(submission: Submission, file: str, page: int) -> list[Field]:
    """The fields that were read from a page, with a box."""
    fields = (field for document in submission.documents for field in document.fields.values())
    return [field for field in fields if field.box and (field.file, field.page) == (file, page)]


def with_boxes(pixels: Pixels, fields: Iterable[Field]) -> Pixels:
    """The picture with a box round each field: green where it is certain, orange where a person should look."""
    drawn = np.ascontiguousarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR) if pixels.ndim == 2 else pixels.copy())
    width = max(2, round(max(drawn.shape[:2]) / 800))
    for field in fields:
        if field.box:
            colour = _SURE if field.chance >= _SURE_ENOUGH else _DOUBTFUL
            cv2.rectangle(drawn, *_corners(field.box, drawn), colour, width)
    return drawn


def as_png(pixels: Pixels) -> bytes:
    """PNG bytes of a picture."""
    done, encoded = cv2.imencode(".png", pixels)
    if not done:
        raise ValueError("picture cannot be encoded")
    return encoded.tobytes()


def _corners(box: Box, pixels: Pixels) -> tuple[tuple[int, int], tuple[int, int]]:
    height, width = pixels.shape[:2]
    return (round(box.x0 * width), round(box.y0 * height)), (round(box.x1 * width), round(box.y1 * height))


def _sketched(page: RawPage) -> Pixels:
    """A page that never was a picture (DOCX), drawn as its text in place, so that boxes can be shown on it."""
    sheet = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(sheet)
    for cell in page.cells:
        draw.rectangle(_scaled(cell.box, sheet.size), outline="silver")
    for line in page.lines:
        x0, y0, x1, y1 = _scaled(line.box, sheet.size)
        draw.text((x0, y0), line.text, fill="black", font=_lettering(line.text, x1 - x0, y1 - y0))
    return np.asarray(sheet)[:, :, ::-1].copy()


def _lettering(text: str, width: float, height: float) -> ImageFont.FreeTypeFont:
    """A typeface that has every letter of ours, as large as the place of a line allows."""
    size = max(height * 0.8, _SMALLEST)
    length = ImageFont.truetype(_TYPEFACE, size).getlength(text)
    return ImageFont.truetype(_TYPEFACE, max(size * min(width / max(length, 1.0), 1.0), _SMALLEST))


def _scaled(box: Box, size: tuple[int, int]) -> tuple[float, float, float, float]:
    return box.x0 * size[0], box.y0 * size[1], box.x1 * size[0], box.y1 * size[1]
