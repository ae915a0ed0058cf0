"""OpenDocument texts (.odt): paragraphs, tables and pictures onto a canvas."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from extractors.limits import Limits
from extractors.pages import Canvas, Picture, Span
from extractors.refusals import Unreadable, Unsafe

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}"
_MOST_XML = 60 * 1024 * 1024
_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}


def read_odt(content: bytes, limits: Limits) -> tuple[Canvas, list[Picture]]:
    """What an .odt says, and its pictures. Raises ``Unreadable`` or ``Unsafe``."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > min(limits.unpacked_bytes, 4 * _MOST_XML):
                raise Unsafe("a document that unpacks to more than is allowed")
            root = etree.fromstring(package.read("content.xml"), _parser())
            pictures = list(_pictures(root, package))
        canvas = Canvas()
        for body in root.iter(f"{_OFFICE}text"):
            _blocks(body, canvas)
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.XMLSyntaxError,
        OSError,
        ValueError,
        LookupError,
        RuntimeError,
    ) as problem:
        raise Unreadable(f"damaged OpenDocument text: {type(problem).__name__}") from problem
    return canvas, pictures


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _blocks(parent: Any, canvas: Canvas) -> None:
    for element in parent:
        if element.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            canvas.paragraph(_words(element))
        elif element.tag == f"{_TABLE}table":
            _table(element, canvas)
        elif isinstance(element.tag, str) and element.tag.startswith(_TEXT):
            _blocks(element, canvas)


def _table(table: Any, canvas: Canvas) -> None:
    rows = [
        [_cell(cell) for cell in row if cell.tag == f"{_TABLE}table-cell"] for row in table.iter(f"{_TABLE}table-row")
    ]
    columns = max((sum(span for span, _, _ in row) for row in rows), default=0) or 1
    number = canvas.begin_table()
    for index, row in enumerate(rows):
        canvas.row(number, index, row, [1.0 / columns] * columns)


def _cell(cell: Any) -> tuple[int, int, list[Span]]:
    """(column span, row span, text)."""
    text = "\n".join(_words(paragraph) for paragraph in cell.iter(f"{_TEXT}p", f"{_TEXT}h"))
    spans = [int(cell.get(f"{_TABLE}number-{way}-spanned", 1)) for way in ("columns", "rows")]
    return spans[0], spans[1], [Span(text)]


def _words(element: Any) -> str:
    """The text of a paragraph with its tabs, spaces and line breaks."""
    text = element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}tab":
            text += "\t"
        elif child.tag == f"{_TEXT}line-break":
            text += "\n"
        elif child.tag == f"{_TEXT}s":
            text += " " * min(int(child.get(f"{_TEXT}c", 1)), 100)
        elif isinstance(child.tag, str) and child.tag != f"{_OFFICE}annotation":
            text += _words(child)
        text += child.tail or ""
    return text


def _pictures(root: Any, package: zipfile.ZipFile) -> Iterator[Picture]:
    for frame in root.iter(f"{_DRAW}frame"):
        image = frame.find(f"{_DRAW}image")
        name = image.get(f"{_LINK}href", "") if image is not None else ""
        if name in package.namelist():
            size = _cm(frame.get(f"{_SVG}width", "")) * _cm(frame.get(f"{_SVG}height", ""))
            yield Picture(package.read(name), cm2=size)


def _cm(length: str) -> float:
    match = re.fullmatch(r"([\d.]+)(cm|mm|in|pt)", length)
    return float(match[1]) * _CM[match[2]] if match else 0.0
