"""Word processor files in, one page out: the words, tables, fields and pictures that the file states.

A .docx or .doc has no pages of its own; the contract counts it as page 1. Its text stands on one ``RawPage`` without
pixels, laid out top to bottom; a scan that was pasted into it follows as a page with pixels of the same number.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import olefile

from extractors import sniff, wordtext
from extractors.engines import EngineUnavailable
from extractors.letters import decode_text
from extractors.limits import Limits
from extractors.opendocument import read_odt
from extractors.pages import Canvas, Picture
from extractors.pictures import decode
from extractors.refusals import Unreadable, Unsafe
from extractors.richtext import read_rtf
from extractors.shapes import Pixels, RawPage
from models.geometry import Box
from models.sheet import Source

_SCAN_CM2 = 40.0  # a picture shown larger than this is a pasted scan, a smaller one a photograph in a form
_SCAN_PIXELS = 600_000  # the same where the shown size is unknown
_SMALLEST = 80  # pixels of a side below which a picture is an ornament
_ANTIWORD_SECONDS = 10


def open_office(content: bytes, kind: str, file: str, limits: Limits) -> Iterator[RawPage]:
    """The page of a Word processor file and the scans pasted into it. Raises ``Unreadable`` or ``Unsafe`` at once."""
    if kind == sniff.DOCX:
        canvas, pictures = wordtext.read_docx(content, limits)
    elif kind == sniff.DOC:
        canvas, pictures = _read_doc(content)
    elif kind == sniff.ODT:
        canvas, pictures = read_odt(content, limits)
    elif kind == sniff.RTF:
        canvas, pictures = read_rtf(content)
    else:
        raise Unreadable(f"not a supported format: {kind}")
    if kind in (sniff.DOC, sniff.RTF) and not (canvas.written or pictures):
        raise Unreadable("no text could be found in the file; a PDF or a scan is needed")
    return _pages(canvas, pictures, file, limits)


def _pages(canvas: Canvas, pictures: list[Picture], file: str, limits: Limits) -> Iterator[RawPage]:
    small: list[tuple[Box, Pixels]] = []
    scans: list[Picture] = []
    for picture in pictures:
        try:
            pixels = decode(picture.content, 0, limits)
        except (Unreadable, Unsafe):
            continue  # a drawing in a format of Windows, or damaged: the words around it stand
        if min(pixels.shape[:2]) < _SMALLEST:
            continue
        if not canvas.written or _is_scan(picture, pixels):
            scans.append(picture)
        else:
            small.append((canvas.fraction(picture.box), pixels))
    if canvas.written or small or not scans:
        yield RawPage(
            file, 1, source=Source.DOCX, lines=canvas.lines(), cells=canvas.cells(), rules=canvas.rules(),
            form_values=canvas.form_values(), pictures=tuple(small),
        )  # fmt: skip
    for scan in scans:
        yield RawPage(file, 1, decode(scan.content, 0, limits))


def _is_scan(picture: Picture, pixels: Pixels) -> bool:
    if picture.cm2:
        return picture.cm2 >= _SCAN_CM2
    return int(pixels.shape[0]) * int(pixels.shape[1]) >= _SCAN_PIXELS


# --- Word 97-2003 ----------------------------------------------------------------------------------------------------


def _read_doc(content: bytes) -> tuple[Canvas, list[Picture]]:
    streams = _doc_streams(content)
    canvas = Canvas()
    table: list[list[str]] = []
    for line in _antiword(content).splitlines():
        if line.startswith("|") and line.rstrip().endswith("|"):
            table.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        canvas.table(table)
        table = []
        canvas.paragraph(line.strip())
    canvas.table(table)
    return canvas, [Picture(found) for stream in streams for found in _carved(stream)]


def _doc_streams(content: bytes) -> list[bytes]:
    """The streams of a .doc in which pictures lie. Raises ``Unsafe`` when it holds macros."""
    try:
        with olefile.OleFileIO(content) as ole:
            names = {"/".join(entry).lower(): entry for entry in ole.listdir()}
            if any("vba" in name or name.startswith("macros/") for name in names):
                raise Unsafe("macros in a Word document")
            return [ole.openstream(entry).read() for name, entry in names.items() if name in ("data", "worddocument")]
    except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError) as problem:
        raise Unreadable(f"damaged Word document: {type(problem).__name__}") from problem


def _antiword(content: bytes) -> str:
    """The text of a .doc by antiword, one line per paragraph.

    Raises ``EngineUnavailable``: nobody is told that his file is damaged because a program is not installed here.
    """
    command = ["antiword", "-m", "UTF-8.txt", "-w", "0", "-"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_ANTIWORD_SECONDS, check=False)
    except FileNotFoundError as problem:
        raise EngineUnavailable("a .doc file, and antiword is not installed: apt-get install antiword") from problem
    except subprocess.TimeoutExpired as problem:
        raise Unreadable("a .doc file that takes too long to read") from problem
    text = decode_text(done.stdout, "utf-8")
    if done.returncode and not text.strip():
        reason = decode_text(done.stderr, "utf-8").strip()
        raise Unreadable("encrypted: needs a password" if "ncrypted" in reason else "damaged Word document")
    return text


_PICTURE_START = re.compile(rb"\xff\xd8\xff[\xe0\xe1\xee\xdb]|\x89PNG\r\n\x1a\n")


def _carved(stream: bytes) -> Iterator[bytes]:
    """JPEG and PNG pictures that lie whole in a stream."""
    end = 0
    for match in _PICTURE_START.finditer(stream):
        if match.start() < end:
            continue
        mark, tail = (b"IEND\xaeB`\x82", 8) if match[0].startswith(b"\x89") else (b"\xff\xd9", 2)
        stop = stream.find(mark, match.end())
        if stop > 0:
            end = stop + tail if tail == 8 else _jpeg_end(stream, match.start(), stop)
            yield stream[match.start() : end]


def _jpeg_end(stream: bytes, start: int, stop: int) -> int:
    """Behind the last end mark before the next picture; thumbnails inside a JPEG have end marks of their own."""
    following = _PICTURE_START.search(stream, stop)
    last = stream.rfind(b"\xff\xd9", start, following.start() if following else len(stream))
    return max(last, stop) + 2
