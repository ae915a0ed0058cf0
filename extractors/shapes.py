"""The shapes that pass between the parts of ``extractors``; they carry pixels, so they are no nouns of ``models``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from numpy.typing import NDArray

from models.geometry import Box
from models.mail import Attachment
from models.sheet import Cell, FormValue, Line, Rule, Sheet, Source

#: Bytes: height x width x 3 in B, G, R order, or height x width when grey. OpenCV's stubs name no element type.
Pixels = NDArray[Any]


@dataclass(frozen=True, slots=True)
class OpenedPart:
    """One file of a message with its bytes (empty for what was refused before decoding)."""

    attachment: Attachment
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page of a file as a viewer shows it (EXIF orientation and /Rotate applied), before any turning of ours.

    ``pixels`` is None where the page never was a picture (DOCX, DOC). Metadata never settles the resolution:
    ``width_mm`` is set only where the container states the paper size (a PDF page box), and then it may still lie.
    ``lines``, ``cells``, ``rules`` are what the file itself says (text layer, drawn table, Word paragraphs), in
    fractions of the page; ``text_is_honest`` is False where a text layer must not be trusted. ``form_values`` holds
    empty fields too. ``pictures`` are photographs inside a page without pixels (Word). ``defect`` says why a page that
    exists could not be decoded: it is no blank page, it is one that nobody can read.
    """

    file: str
    page: int
    pixels: Pixels | None = None
    width_mm: float | None = None
    height_mm: float | None = None
    source: Source = Source.OCR
    lines: tuple[Line, ...] = ()
    cells: tuple[Cell, ...] = ()
    rules: tuple[Rule, ...] = ()
    form_values: tuple[FormValue, ...] = ()
    text_is_honest: bool = True
    pictures: tuple[tuple[Box, Pixels], ...] = ()
    defect: str = ""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A read sheet with its flat, upright pictures (None for DOCX): ``colour`` and the cleaned ``grey`` one.

    Both have ``sheet.width_px`` x ``sheet.height_px`` pixels at ``sheet.dpi``.
    """

    sheet: Sheet
    colour: Pixels | None = None
    grey: Pixels | None = None


class RegionReader(Protocol):
    """Reads a region of a flat sheet once more, with every engine that helps."""

    def read(self, on: ReadSheet, box: Box, *, single_line: bool = False) -> tuple[Line, ...]:
        """The lines in ``box`` (fractions of the sheet) with ``Line.second`` set where a second engine read them."""
        ...

    def second(self, on: ReadSheet, box: Box, lines: Sequence[Line]) -> tuple[Line, ...]:
        """What the first engine has read in ``box``, one line under another, as both engines read it."""
        ...

    def read_mrz_line(self, on: ReadSheet, box: Box) -> tuple[str, float]:
        """One line of a machine-readable zone: only A-Z, 0-9 and <, and its confidence."""
        ...
