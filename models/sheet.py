"""What stands on one side of a sheet of paper: the shape of any reading, owned by no engine.

A *page* is a page of a file as a viewer shows it (``file``, 1-based ``page``). A *sheet* is one flat, upright side of
paper found on a page: usually the whole page; a photo of an open booklet or of two cards holds several. All boxes of a
sheet are fractions of the flat sheet; ``perspective`` takes them back to the page, which is what results report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from models.geometry import AS_SHOWN, WHOLE, Box, Perspective


class Source(StrEnum):
    """Where a text or a value came from (fields.md: ``source``)."""

    OCR = "ocr"
    TEXT_LAYER = "text_layer"
    FORM_FIELD = "form_field"
    DOCX = "docx"
    MRZ = "mrz"
    BODY = "body"
    CLERK = "clerk"


class Language(StrEnum):
    """Language and script of a document (contract: ``documents[].language``)."""

    AZ = "az"
    AZ_CYRL = "az-Cyrl"
    RU = "ru"
    TR = "tr"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Word:
    """A word and how sure its reader was (0-1; 1 for text layers and DOCX)."""

    text: str
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one printed line, left to right.

    ``second`` is what an independent engine read there, None when none did; agreement of the two is the best
    confidence known. ``size`` is the height of the letters as a fraction of the sheet's height.
    """

    words: tuple[Word, ...]
    box: Box
    second: str | None = None
    size: float = 0.0
    bold: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        return min((word.confidence for word in self.words), default=0.0)

    def within(self, frame: Box) -> Line:
        """This line in fractions of a frame, in those of what the frame lies on."""
        words = tuple(replace(word, box=word.box.within(frame)) for word in self.words)
        return replace(self, words=words, box=self.box.within(frame), size=self.size * frame.height)


@dataclass(frozen=True, slots=True)
class Cell:
    """A ruled or tabular cell. ``table`` numbers the tables of a sheet from 0, ``row`` and ``column`` count from 0."""

    box: Box
    table: int
    row: int
    column: int
    lines: tuple[Line, ...] = ()
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal writing line (an underline to be written on), not the border of a cell."""

    box: Box


@dataclass(frozen=True, slots=True)
class FormValue:
    """A filled AcroForm field or Word content control: what the file itself says was entered."""

    name: str
    value: str
    box: Box
    tooltip: str = ""


class MarkKind(StrEnum):
    FACE = "face"
    PICTURE = "picture"  # a photograph-like region
    SIGNATURE = "signature"
    STAMP = "stamp"
    BARCODE = "barcode"
    MRZ = "mrz"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a sheet that is not running text. ``text`` holds a barcode's content."""

    kind: MarkKind
    box: Box
    confidence: float = 1.0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One flat, upright side of paper and everything read from it.

    ``lines`` holds all lines of the sheet in reading order, those of cells included. ``width_mm`` is the true paper
    width where it is known. ``legibility`` is 0 (nothing can be read by a person's eye) to 1. ``quality`` names the
    worst defect in English ("blurred", "cut off", "too small", "too dark"), empty when there is none.
    """

    file: str
    page: int
    part: int = 0
    source: Source = Source.OCR
    outline: Box = WHOLE  # where the sheet lies on the page
    perspective: Perspective = AS_SHOWN
    width_px: int = 0
    height_px: int = 0
    dpi: float = 200.0
    width_mm: float | None = None
    lines: tuple[Line, ...] = ()
    cells: tuple[Cell, ...] = ()
    rules: tuple[Rule, ...] = ()
    form_values: tuple[FormValue, ...] = ()
    marks: tuple[Mark, ...] = ()
    language: Language = Language.AZ
    legibility: float = 1.0
    quality: str = ""
    blank: bool = False
    shares_page: bool = False  # the page shows other sheets too
    scale: float = 1.0  # pixels of the flat sheet for each pixel of the page
    folio: str = ""  # the number at its edge that is no line, "- 2 -"

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def on_page(self, box: Box) -> Box:
        """A box of this sheet as fractions of the page that a viewer shows."""
        return self.perspective.box(box)

    def marked(self, kind: MarkKind) -> Iterator[Mark]:
        return (mark for mark in self.marks if mark.kind == kind)


@dataclass(frozen=True, slots=True)
class ReadingCost:
    """What reading cost: wall seconds and pages, for the contract's ``timing``."""

    total_s: float = 0.0
    ocr_s: float = 0.0
    pages: int = 0
    pages_ocr: int = 0
    by_step: dict[str, float] = field(default_factory=dict)
