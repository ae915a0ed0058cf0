"""Letters of a PDF page that its drawing program cuts off: in the file, but nobody sees them.

Flattened forms are full of them: an answer too long for its field runs on, invisibly, under the next one.
"""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

#: A letter and where it begins, in tenths of a point from the lower left corner of the media box.
Letter = tuple[str, int, int]
_Affine = npt.NDArray[np.float64]

_SLACK = 1.0  # points
_TENTHS = 10.0
_NEAR = 3  # tenths of a point by which two programs place a letter differently


def clipped_letters(page: pdfium.PdfPage) -> frozenset[Letter]:
    """The letters of an unturned page that begin outside the clip path of their text."""
    if page.get_rotation():
        return frozenset()
    text, (left, bottom, _, _) = page.get_textpage(), page.get_mediabox()
    windows: dict[int, tuple[float, float, float, float] | None] = {}
    found = set()
    for index in range(text.count_chars()):
        owner = pdfium_c.FPDFText_GetTextObject(text.raw, index)
        if not owner:
            continue
        address = ctypes.addressof(owner.contents)
        if address not in windows:
            windows[address] = _window(owner, _placing(text, index, owner))
        if (clip := windows[address]) is None:
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(text.raw, index, x, y)
        if not (clip[0] - _SLACK <= x.value <= clip[2] and clip[1] - _SLACK <= y.value <= clip[3]):
            letter = chr(pdfium_c.FPDFText_GetUnicode(text.raw, index))
            if letter.isspace():
                continue
            found.add((letter, round(_TENTHS * (x.value - left)), round(_TENTHS * (y.value - bottom))))
    return frozenset(found)


def is_clipped(char: Any, letters: frozenset[Letter]) -> bool:
    """Whether a letter as pdfplumber gives it is one of ``letters``; its matrix says where it begins."""
    x, y = _TENTHS * char["matrix"][4], _TENTHS * char["matrix"][5]
    return any(
        text == char["text"] and abs(left - x) <= _NEAR and abs(base - y) <= _NEAR for text, left, base in letters
    )


def _window(owner: Any, placing: _Affine) -> tuple[float, float, float, float] | None:
    """The box of an object's clip path on the page; None when it has none."""
    path = pdfium_c.FPDFPageObj_GetClipPath(owner)
    boxes = [_bounds(path, number, placing) for number in range(max(pdfium_c.FPDFClipPath_CountPaths(path), 0))]
    if not boxes:
        return None
    x0s, y0s, x1s, y1s = zip(*boxes, strict=True)
    return max(x0s), max(y0s), min(x1s), min(y1s)


def _placing(text: pdfium.PdfTextPage, index: int, owner: Any) -> _Affine:
    """How the drawing that holds a text (the look of a form field, say) lies on the page: PDFium gives clip paths and
    matrices in the coordinates of that drawing, but letters in those of the page."""
    inner, outer = pdfium_c.FS_MATRIX(), pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(owner, inner)
    pdfium_c.FPDFText_GetMatrix(text.raw, index, outer)
    try:
        return _affine(outer) @ np.linalg.inv(_affine(inner))
    except np.linalg.LinAlgError:
        return np.eye(3)


def _affine(matrix: Any) -> _Affine:
    return np.array([[matrix.a, matrix.c, matrix.e], [matrix.b, matrix.d, matrix.f], [0.0, 0.0, 1.0]])


def _bounds(path: Any, number: int, placing: _Affine) -> tuple[float, float, float, float]:
    xs, ys = [], []
    for index in range(pdfium_c.FPDFClipPath_CountPathSegments(path, number)):
        segment = pdfium_c.FPDFClipPath_GetPathSegment(path, number, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        across, up, _ = placing @ (x.value, y.value, 1.0)
        xs.append(float(across))
        ys.append(float(up))
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (-1e9, -1e9, 1e9, 1e9)
