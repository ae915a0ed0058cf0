"""Pictures: bytes in, upright pixels out. The importer of Pillow and pillow-heif for files that arrive.

The size is judged by the header before anything is decoded; orientation tags are applied, colours brought to B, G, R
or grey, transparency laid on white.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pillow_heif
from PIL import Image, ImageFile, ImageOps

from extractors.limits import Limits
from extractors.refusals import Unreadable, Unsafe
from extractors.shapes import Pixels

pillow_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = None  # our own limits are checked on every header instead

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "HEIF", "AVIF", "JPEG2000")


@contextmanager
def _decoding() -> Iterator[None]:
    """The adapter round Pillow, which raises at least OSError, ValueError, TypeError, SyntaxError, struct.error,
    KeyError, IndexError, EOFError, OverflowError and MemoryError on bad pictures."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for its whole process; a cut picture must be known
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd tags of broken files are no news
            yield
    except (Unreadable, Unsafe):
        raise
    except Exception as problem:
        raise Unreadable(f"damaged picture: {type(problem).__name__}") from problem
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def count_frames(content: bytes, limits: Limits) -> int:
    """How many pages a picture file has: the frames of a TIFF, else 1. Raises ``Unreadable`` or ``Unsafe``."""
    with _decoding(), Image.open(io.BytesIO(content), formats=FORMATS) as image:
        _check_size(image, limits)
        return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def decode(content: bytes, frame: int, limits: Limits) -> Pixels:
    """The pixels of a frame (from 0), upright, at most ``limits.page_pixels``. Raises ``Unreadable`` or ``Unsafe``."""
    with _decoding(), Image.open(io.BytesIO(content), formats=FORMATS) as image:
        if frame:
            image.seek(frame)
        return _pixels(image, limits)


def _check_size(image: Image.Image, limits: Limits) -> None:
    pixels = image.width * image.height
    shrinks = image.format in ("JPEG", "MPO") and not image.info.get("progressive")
    most = limits.decoded_bytes if image.mode in ("1", "L", "P") else limits.decoded_bytes // 4
    if pixels > (limits.jpeg_pixels if shrinks else min(limits.pixels, most)):
        raise Unsafe(f"{pixels // 1_000_000} megapixels: over the limit")
    if pixels == 0:
        raise Unreadable("a picture without pixels")


def _pixels(image: Image.Image, limits: Limits) -> Pixels:
    _check_size(image, limits)
    shrink = _shrink(image.width * image.height, limits.page_pixels)
    if image.format in ("JPEG", "MPO"):
        image.draft(None, (image.width // shrink, image.height // shrink))
        shrink = _shrink(image.width * image.height, limits.page_pixels)
    image.load()
    return _as_array(_upright(image), shrink)


def _shrink(pixels: int, most: int) -> int:
    """The smallest power of two by which both sides must shrink."""
    factor = 1
    while pixels // (factor * factor) > most:
        factor *= 2
    return factor


def _upright(image: Image.Image) -> Image.Image:
    """The picture turned as its orientation tag says; a broken tag turns nothing."""
    try:
        ImageOps.exif_transpose(image, in_place=True)  # a copy would double the memory of a large picture
    except (ValueError, TypeError, KeyError, SyntaxError, OSError, AttributeError, ZeroDivisionError):
        return image
    return image


def _as_array(image: Image.Image, shrink: int) -> Pixels:
    if image.mode in ("1", "P", "PA"):
        image = image.convert("L" if image.mode == "1" else "RGBA")
    if shrink > 1:
        image = image.reduce(shrink)
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image, dtype=np.uint32) >> 8).astype(np.uint8))
    elif image.mode in ("I", "F"):
        image = Image.fromarray(_stretched(np.asarray(image, dtype=np.float64)))
    if "transparency" in image.info or image.mode in ("LA", "La", "RGBA", "RGBa", "PA"):
        rgba = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
    if image.mode == "L":
        return np.asarray(image, dtype=np.uint8)
    rgb = np.asarray(image.convert("RGB"), dtype=np.uint8)
    return np.ascontiguousarray(rgb[:, :, ::-1])


def _stretched(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Pixels:
    """Samples of 32 bits brought to 0-255 by their own range when they exceed it."""
    top = max(float(values.max(initial=0.0)), 255.0)
    return (values.clip(min=0) * (255.0 / top)).astype(np.uint8)


_TINY = 32  # pixels of a side: nothing can be read on less
_ICON = 200  # pixels of the shorter side of a picture in a mail's text that is no photograph
_SMALL = 160_000  # pixels
_BANNER = 2.8  # longer to shorter side


def is_ornament(content: bytes, *, cited: bool, inline: bool) -> bool:
    """Whether a picture belongs to the mail's design (logo, tracking pixel, signature banner) and is no document.

    Judged by the header alone. A photograph or scan that was pasted into the text is a document.
    """
    try:
        with _decoding(), Image.open(io.BytesIO(content), formats=FORMATS) as image:
            width, height = image.size
    except Unreadable:
        return False
    short, long = min(width, height), max(width, height)
    if short <= _TINY:
        return True
    if not (cited or inline):
        return False
    if 0.6 <= width / height <= 0.86 and short >= 110:
        return False  # the shape of a portrait
    small = short < _ICON or width * height < _SMALL
    return cited and (small or long > _BANNER * short) if cited else short < _ICON // 2
