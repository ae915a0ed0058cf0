"""Photographs told from papers by faces, shape and the lack of text."""

from __future__ import annotations

import re

from models.document import Classification
from models.geometry import Box
from models.sheet import Mark, MarkKind, Sheet

_FEW_WORDS = 8
_FEW_LINES = 10  # a paper that is read badly still has its lines
_MOST_OF_A_SHEET = 0.4
_SPECKS = 1
_WITH_EYES = 0.95  # how sure a face is in which eyes were seen; blurred paper has spots like the others
_LARGE = 0.35  # part of its picture that a portrait's face takes
_NAMED = re.compile(r"foto|photo|portret|3x4|3х4|3_4|şəkil|sekil|shekil|фото", re.IGNORECASE)
_BY_ITS_SIZE = re.compile(r"(?<!\d)3\s?[x×х*]\s?4(?!\d)", re.IGNORECASE)  # cameras name no picture so


def photograph(sheet: Sheet, words: int) -> Classification | None:
    """``photo_3x4`` when the sheet is a picture of a face (or several prints of one) and hardly any text, else None.

    Whether it conforms is read later; a face that only a name or a shape suggests gives a low confidence.
    """
    faces = list(sheet.marked(MarkKind.FACE))
    if words > _FEW_WORDS or len(sheet.lines) > _FEW_LINES or any(True for _ in sheet.marked(MarkKind.MRZ)):
        return None
    if not faces:
        return _suggested(sheet, words)
    confidence = max(_likelihood(sheet, face) for face in faces) * (1.0 if words <= 3 else 0.85)
    return Classification("photo_3x4", None, round(confidence, 3), (f"faces: {len(faces)}", f"words: {words}"))


def _likelihood(sheet: Sheet, face: Mark) -> float:
    """How much a face looks like a portrait: it takes a good part of its picture, and the picture stands upright."""
    picture = _picture_round(sheet, face)
    ratio = picture.width * sheet.width_px / max(1.0, picture.height * sheet.height_px)
    part = face.box.height / max(0.01, picture.height)
    # a picture on a page with other traces of ink may be a passport or a card whose print was not read
    alone = picture.area >= _MOST_OF_A_SHEET or (len(sheet.lines) <= _SPECKS and not _ink_outside(sheet))
    upright, near = 0.6 <= ratio <= 0.95, 0.2 <= part <= 0.9
    seen = 1.0 if face.confidence >= _WITH_EYES else 0.7 if part >= _LARGE else 0.5
    return 0.97 * seen * (1.0 if upright else 0.85) * (1.0 if near else 0.8) * (1.0 if alone else 0.5)


def _ink_outside(sheet: Sheet) -> bool:
    """Whether more strokes and stamps stand beside the pictures than specks, frames and a missed print make."""
    pictures = [mark.box for mark in sheet.marked(MarkKind.PICTURE)]
    strokes = [mark.box for kind in (MarkKind.SIGNATURE, MarkKind.STAMP) for mark in sheet.marked(kind)]
    outside = sum(not any(picture.contains(*box.centre) for picture in pictures) for box in strokes)
    return outside > max(_SPECKS, len(list(sheet.marked(MarkKind.FACE))))


def _picture_round(sheet: Sheet, face: Mark) -> Box:
    x, y = face.box.centre
    holding = [mark.box for mark in sheet.marked(MarkKind.PICTURE) if mark.box.contains(x, y)]
    return min(holding, key=lambda box: box.area, default=Box(0.0, 0.0, 1.0, 1.0))


def _suggested(sheet: Sheet, words: int) -> Classification | None:
    """No face found, but a small upright picture that its sender called a photograph."""
    ratio = sheet.width_px / max(1, sheet.height_px)
    if words <= 1 and 0.66 <= ratio <= 0.86 and _NAMED.search(sheet.file):
        sure = 0.85 if words == 0 and _BY_ITS_SIZE.search(sheet.file) else 0.65
        return Classification("photo_3x4", None, sure, ("called a photograph", "no face confirmed"))
    return None
