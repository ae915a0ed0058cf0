"""Pages into files: image-only PDF, text PDF, JPEG, PNG, TIFF, HEIC, BMP, WEBP; equal input gives equal bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence

import cv2
import numpy as np
import pikepdf
import pillow_heif
from PIL import Image

from samples.degrade import Degraded
from samples.prints import to_pil

Jpeg = int


def is_colourful(pixels: np.ndarray) -> bool:
    """Whether there is more than black ink on the picture."""
    small = pixels[::4, ::4].astype(np.int16)
    spread = small.max(axis=2) - small.min(axis=2)
    return float((spread > 40).mean()) > 0.0005


def _page_image(pdf: pikepdf.Pdf, seen: Degraded, quality: Jpeg) -> pikepdf.Stream:
    height, width = seen.pixels.shape[:2]
    common = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": width, "Height": height}
    if seen.bitonal:
        bits = np.packbits(seen.pixels[:, :, 0] > 127, axis=1).tobytes()
        return pikepdf.Stream(pdf, zlib.compress(bits, 9), {**_names(common), "/ColorSpace": pikepdf.Name.DeviceGray,
                              "/BitsPerComponent": 1, "/Filter": pikepdf.Name.FlateDecode})  # fmt: skip
    if not seen.jpeg and not is_colourful(seen.pixels):
        levels = np.asarray(cv2.cvtColor(seen.pixels, cv2.COLOR_BGR2GRAY), np.uint8) >> 4
        levels = np.pad(levels, ((0, 0), (0, levels.shape[1] % 2)))
        packed = ((levels[:, 0::2] << 4) | levels[:, 1::2]).astype(np.uint8).tobytes()
        return pikepdf.Stream(pdf, zlib.compress(packed, 9), {**_names(common), "/ColorSpace": pikepdf.Name.DeviceGray,
                              "/BitsPerComponent": 4, "/Filter": pikepdf.Name.FlateDecode})  # fmt: skip
    space = pikepdf.Name.DeviceRGB if is_colourful(seen.pixels) else pikepdf.Name.DeviceGray
    return pikepdf.Stream(pdf, jpeg_bytes(seen, quality), {**_names(common), "/ColorSpace": space,
                          "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode})  # fmt: skip


def _names(entries: dict[str, object]) -> dict[str, object]:
    return {f"/{key}": value for key, value in entries.items()}


def image_pdf(pages: Sequence[Degraded], quality: Jpeg = 32, rotate: Sequence[int] = ()) -> bytes:
    """A PDF of pictures only, as scanners write it; ``rotate`` gives /Rotate per page (pixels turned back to match)."""
    pdf = pikepdf.Pdf.new()
    for number, seen in enumerate(pages):
        turn = rotate[number] if number < len(rotate) else 0
        held = seen if not turn else Degraded(np.ascontiguousarray(np.rot90(seen.pixels, turn // 90)), seen.dpi,
                                              bitonal=seen.bitonal, jpeg=seen.jpeg)  # fmt: skip
        height, width = held.pixels.shape[:2]
        dpi = held.dpi if held.dpi > 100 else width / 8.27
        size = (width / dpi * 72, height / dpi * 72)
        pdf.add_blank_page(page_size=size)
        page = pdf.pages[-1]
        page.Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Im0=pdf.make_indirect(_page_image(pdf, held, quality)))
        )
        page.Contents = pdf.make_stream(f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /Im0 Do Q".encode("ascii"))
        if turn:
            page.Rotate = turn
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def text_pdf(pdfs: Sequence[bytes]) -> bytes:
    """Vector PDFs joined into one."""
    whole = pikepdf.Pdf.new()
    for one in pdfs:
        with pikepdf.Pdf.open(io.BytesIO(one)) as part:
            whole.pages.extend(part.pages)
    out = io.BytesIO()
    whole.save(out, deterministic_id=True)
    return out.getvalue()


def jpeg_bytes(seen: Degraded, quality: Jpeg = 48, exif: int = 1) -> bytes:
    """A JPEG; ``exif`` an orientation: the pixels are stored turned and a viewer turns them back."""
    image = to_pil(seen.pixels) if is_colourful(seen.pixels) else to_pil(seen.pixels).convert("L")
    turn = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[exif]
    out = io.BytesIO()
    if turn is None:
        image.save(out, "JPEG", quality=quality, dpi=(seen.dpi, seen.dpi), optimize=True, progressive=True)
    else:
        data = Image.Exif()
        data[0x0112] = exif
        data[0x010F] = "Telefon"
        image.transpose(turn).save(out, "JPEG", quality=quality, exif=data)
    return out.getvalue()


def _lean(seen: Degraded) -> Image.Image:
    image = to_pil(seen.pixels)
    if seen.bitonal:
        return image.convert("1", dither=Image.Dither.NONE)
    return image.convert("L").quantize(16) if not is_colourful(seen.pixels) else image


def png_bytes(seen: Degraded) -> bytes:
    """A PNG with as few colours as the picture needs."""
    out = io.BytesIO()
    _lean(seen).save(out, "PNG", optimize=True, dpi=(seen.dpi, seen.dpi))
    return out.getvalue()


def tiff_bytes(pages: Sequence[Degraded]) -> bytes:
    """A multi-page TIFF: Group 4 where one-bit, JPEG-like otherwise."""
    images = [
        to_pil(p.pixels).convert("1", dither=Image.Dither.NONE) if p.bitonal else to_pil(p.pixels).convert("L")
        for p in pages
    ]
    out = io.BytesIO()
    packing = "group4" if all(p.bitonal for p in pages) else "tiff_lzw"
    images[0].save(
        out, "TIFF", save_all=True, append_images=images[1:], compression=packing, dpi=(pages[0].dpi, pages[0].dpi)
    )
    return out.getvalue()


def heic_bytes(seen: Degraded, quality: int = 45) -> bytes:
    """A HEIC as iPhones send it."""
    out = io.BytesIO()
    pillow_heif.from_pillow(to_pil(seen.pixels)).save(out, quality=quality)
    return out.getvalue()


def bmp_bytes(seen: Degraded) -> bytes:
    """A black-and-white BMP, so that it stays small."""
    out = io.BytesIO()
    lean = to_pil(seen.pixels).convert("L").point(lambda level: 255 if level > 150 else 0).convert("1")
    lean.save(out, "BMP", dpi=(seen.dpi, seen.dpi))
    return out.getvalue()


def webp_bytes(seen: Degraded, quality: int = 70) -> bytes:
    """A WEBP as messengers save it."""
    out = io.BytesIO()
    to_pil(seen.pixels).save(out, "WEBP", quality=quality)
    return out.getvalue()


def zip_bytes(files: Sequence[tuple[str, bytes]]) -> bytes:
    """A ZIP with a fixed date inside."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in files:
            held.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def same_dates(package: bytes) -> bytes:
    """A ZIP-based document (DOCX) with all its inner dates made the same."""
    with zipfile.ZipFile(io.BytesIO(package)) as held:
        return zip_bytes([(info.filename, held.read(info)) for info in held.infolist()])
