"""Papers into attachments, remembering what stands where: the files of a message and the documents they must yield."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import cv2
import numpy as np
import pikepdf

from samples import containers
from samples.degrade import Degraded, degrade
from samples.envelope import File
from samples.papers import Paper
from samples.prints import HANDWRITING, Leaf, Pixels

MEDIA = {
    "pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "tif": "image/tiff", "heic": "image/heic",
    "bmp": "image/bmp", "webp": "image/webp", "zip": "application/zip", "eml": "message/rfc822",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip

#: Containers that keep what was typed as text, and what that text is.
AS_TEXT = {"text": "text layer", "form": "AcroForm", "blank": "AcroForm", "docx": "DOCX"}


@dataclass(frozen=True)
class Sheaf:
    """A paper ready to be sent: its leaves as they arrive. ``pdf`` is the vector print where there is one."""

    type: str
    leaves: tuple[Degraded, ...]
    subtype: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)
    language: str = "az"
    pdf: bytes = b""
    docx: bytes = b""
    made: dict[str, Any] = field(default_factory=dict)  # how a form was printed
    quality: str = ""  # of its pages, where they went through a scanner, phone or fax

    def made_with(self, container: str) -> dict[str, str]:
        """How its pages look in a container: quality, and how what is filled in is printed."""
        if container in AS_TEXT:
            return {"quality": "text", "print": AS_TEXT[container]}
        by_hand = self.made.get("pen") == HANDWRITING
        return {"quality": self.quality, "print": "handwriting-like" if by_hand else "typed"}


def sheaf(paper: Paper, quality: str, rng: Random, work: Any = None) -> Sheaf:
    """A paper after scanner, phone or fax; ``work`` may spoil the flat pixels first."""
    leaves = paper.printed.leaves
    flat = [Leaf(work(leaf.pixels), leaf.dpi, leaf.boxes) if work else leaf for leaf in leaves]
    seen = tuple(degrade(leaf.pixels, quality, rng.getrandbits(32), leaf.dpi) for leaf in flat)
    return Sheaf(paper.type, seen, paper.subtype, paper.fields, paper.language, paper.printed.pdf, quality=quality)


@dataclass
class Parcel:
    """Attachments of one message and what they hold."""

    files: list[File] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    made: dict[str, Any] = field(default_factory=dict)

    def note(self, name: str, status: str = "ok") -> None:
        """Expect an attachment."""
        self.attachments.append({"file": name, "status": status})

    def expect(self, sheaf: Sheaf, pages: Sequence[tuple[str, int]], container: str = "pdf") -> None:
        """Expect a document on pages."""
        self.made = self.made or sheaf.made
        self.documents.append({
            "type": sheaf.type, "subtype": sheaf.subtype, "language": sheaf.language,
            "pages": [{"file": file, "page": page} for file, page in pages], "fields": sheaf.fields,
            "made_with": sheaf.made_with(container),
        })  # fmt: skip

    def put(
        self, name: str, sheaves: Sequence[Sheaf], container: str = "pdf", naming: str = "rfc2231", **how: Any
    ) -> None:
        """One file (or one per page) holding the sheaves in a container."""
        made = make_files(name, sheaves, container, naming, **how)
        self.files += made
        if container in ("pdf", "text", "tif", "docx", "form", "blank"):
            places = [(made[0].name, page) for page in range(1, how_many(sheaves, container) + 1)]
        else:
            places = [(file.name, 1) for file in made]
        start = 0
        for one in sheaves:
            count = pages_of(one, container)
            self.expect(one, places[start : start + count], container)
            start += count
        for file in made:
            self.note(file.name)


def how_many(sheaves: Sequence[Sheaf], container: str) -> int:
    """Pages of the file that holds them all."""
    return sum(pages_of(one, container) for one in sheaves)


def pages_of(one: Sheaf, container: str) -> int:
    """Pages that a sheaf fills; a DOCX counts as one."""
    if container == "blank":
        with pikepdf.Pdf.open(io.BytesIO(one.pdf)) as pdf:
            return len(pdf.pages)
    return 1 if container == "docx" else len(one.leaves)


def make_files(name: str, sheaves: Sequence[Sheaf], container: str, naming: str, **how: Any) -> list[File]:
    """The files that hold the sheaves; picture containers make one file per page."""
    leaves = [leaf for one in sheaves for leaf in one.leaves]
    if container == "pdf":
        return [File(f"{name}.pdf", containers.image_pdf(leaves, **how), MEDIA["pdf"], naming)]
    if container in ("form", "blank"):
        return [File(f"{name}.pdf", sheaves[0].pdf, MEDIA["pdf"], naming)]
    if container == "text":
        return [File(f"{name}.pdf", containers.text_pdf([one.pdf for one in sheaves]), MEDIA["pdf"], naming)]
    if container == "tif":
        return [File(f"{name}.tif", containers.tiff_bytes(leaves), MEDIA["tif"], naming)]
    if container == "docx":
        return [File(f"{name}.docx", sheaves[0].docx, MEDIA["docx"], naming)]
    writers = {"jpg": containers.jpeg_bytes, "png": containers.png_bytes, "heic": containers.heic_bytes,
               "bmp": containers.bmp_bytes, "webp": containers.webp_bytes}  # fmt: skip
    names = (
        [f"{name}.{container}"] if len(leaves) == 1 else [f"{name} {n}.{container}" for n in range(1, len(leaves) + 1)]
    )
    return [
        File(n, writers[container](leaf, **how), MEDIA[container], naming)
        for n, leaf in zip(names, leaves, strict=True)
    ]


def encrypted(pdf: bytes) -> bytes:
    """A PDF that asks for a password."""
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as held:
        lock = pikepdf.Encryption(owner="sahib", user="gizli", R=3, aes=False, metadata=False)
        held.save(out, encryption=lock, static_id=True)
    return out.getvalue()


def damaged(content: bytes) -> bytes:
    """A file cut off in transit and overwritten inside."""
    half = bytearray(content[: len(content) // 3])
    half[20:400] = bytes(380)
    return bytes(half)


def active_pdf() -> bytes:
    """A harmless PDF that asks its viewer to run a script when opened."""
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('salam');"))
    pdf.Root.OpenAction = pdf.make_indirect(script)
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


_GONE = 0.0055  # of a page's width: a blur that leaves no letter of a certificate's print


def blurred(pixels: Pixels) -> Pixels:
    """A page out of focus: the heading can still be guessed, the small print is gone for any eye."""
    out = cv2.GaussianBlur(pixels, (0, 0), _GONE * pixels.shape[1])
    heading = int(pixels.shape[0] * 0.26)
    out[:heading] = cv2.GaussianBlur(pixels[:heading], (0, 0), 3.2)
    return np.asarray(out, np.uint8)
