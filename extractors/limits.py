"""How much of a message is opened at most. What goes beyond is refused as ``unsafe``, never half read in silence."""

from __future__ import annotations

from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on outside material; an office may set them. Bytes, pixels and counts."""

    message_bytes: int = 150 * _MB
    header_bytes: int = 1 * _MB
    parts: int = 400  # files in one message, members of its containers included
    message_depth: int = 8  # messages inside messages
    zip_depth: int = 3  # a zip in a zip in a zip is opened, a fourth is not
    unpacked_bytes: int = 300 * _MB  # all members of all containers of a message together
    ratio: int = 200  # unpacked to packed size of a large zip member
    pages: int = 200  # pages of one file
    pixels: int = 150_000_000  # of a picture as its header states it; JPEG shrinks while decoding and may have more
    jpeg_pixels: int = 260_000_000
    decoded_bytes: int = 260 * _MB  # of a picture in memory, before it is shrunk
    page_pixels: int = 25_000_000  # of a decoded page
    long_side: int = 3600  # pixels of a rasterised page: 300 dpi for A4
