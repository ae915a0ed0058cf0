"""Fields of papers that are no forms: cards and passports, receipts, certificates, photographs, letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.papers.card import read_card
from extractors.papers.certificate import read_certificate
from extractors.papers.letter import residence_card_number
from extractors.papers.parts import beside, parted
from extractors.papers.photo import read_photo
from extractors.papers.receipt import read_receipt
from extractors.papers.zone import FoundZone, zone_on
from extractors.shapes import ReadSheet, RegionReader
from models.catalogue import DocumentType
from models.document import Field
from models.sheet import MarkKind

_OVERHANG = 1.12  # times as wide as high; perspective makes a circle no wider than 1.08

__all__ = ["FoundZone", "beside", "marks_of", "parted", "read_paper", "residence_card_number", "zone_on"]


def read_paper(
    document_type: DocumentType, sheets: Sequence[ReadSheet], reader: RegionReader, known: Sequence[str] = ()
) -> Mapping[str, Field]:
    """Everything that is read from a paper of a type (``DocumentType.reads``), every field of its group present.

    ``sheets`` are the paper's sides or pages in order. A field that is not there has value None. ``known`` are people
    whom the paper may name, surname and given name first; they help to find and spell a name, never to invent one.
    """
    fields = dict(_group(document_type, sheets, reader, known))
    return fields if document_type.reads == "photo" else fields | marks_of(sheets)


def _group(
    document_type: DocumentType, sheets: Sequence[ReadSheet], reader: RegionReader, known: Sequence[str]
) -> Mapping[str, Field]:
    if document_type.reads in ("mrz", "card"):
        return read_card(sheets, reader, zone_expected=bool(document_type.mrz))
    if document_type.reads == "receipt":
        return read_receipt(sheets, reader, known)
    if document_type.reads == "certificate":
        return read_certificate(sheets, reader, known)
    if document_type.reads == "photo":
        return read_photo(sheets)
    if document_type.reads == "letter":
        return read_certificate(sheets, reader, known) | _card_told(sheets)
    return {}


def _card_told(sheets: Sequence[ReadSheet]) -> dict[str, Field]:
    """A letter names the card of its sender, if anything."""
    for on in sheets:
        found = residence_card_number(" ".join(line.text for line in on.sheet.lines), source=on.sheet.source)
        if found:
            box = next((line.box for line in on.sheet.lines if found.raw.split()[-1] in line.text), None)
            place = on.sheet.on_page(box) if box else None
            return {"residence_card_number": replace(found, file=on.sheet.file, page=on.sheet.page, box=place)}
    return {"residence_card_number": Field(None)}


def marks_of(sheets: Sequence[ReadSheet]) -> dict[str, Field]:
    """Whether a signature and a stamp were seen on any paper, known or not; not having seen one is no certainty."""
    signature = _seen(sheets, MarkKind.SIGNATURE)
    return {
        "signature_present": signature if signature.value else _crossing_a_stamp(sheets) or signature,
        "stamp_present": _seen(sheets, MarkKind.STAMP),
    }


def _crossing_a_stamp(sheets: Sequence[ReadSheet]) -> Field | None:
    """A signature that a stamp of its colour hides: a round stamp is as wide as it is high, but for a pen's strokes."""
    for sheet in (on.sheet for on in sheets):
        for stamp in sheet.marked(MarkKind.STAMP):
            wide, high = stamp.box.width * sheet.width_px, stamp.box.height * sheet.height_px
            if wide > _OVERHANG * high:
                return Field(True, "", 0.6, sheet.file, sheet.page, sheet.on_page(stamp.box), sheet.source)
    return None


def _seen(sheets: Sequence[ReadSheet], kind: MarkKind) -> Field:
    marks = [(on.sheet, mark) for on in sheets for mark in on.sheet.marked(kind)]
    if not marks:
        return Field(False, "", 0.6)
    sheet, mark = max(marks, key=lambda pair: pair[1].confidence)
    return Field(True, "", mark.confidence, sheet.file, sheet.page, sheet.on_page(mark.box), sheet.source)
