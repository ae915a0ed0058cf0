"""Word documents (.docx): paragraphs, tables, text boxes, content controls and pictures onto a canvas.

The only importer of python-docx, which opens the package; its paragraphs leave out what stands in content controls and
text boxes, so the XML is walked here in document order.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.oxml.ns import qn

from extractors.limits import Limits
from extractors.pages import LEFT, Canvas, Picture, Span
from extractors.refusals import Unreadable, Unsafe
from models.geometry import Box
from models.sheet import Cell

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_VML = "{urn:schemas-microsoft-com:vml}"
_EMU_PER_CM = 360_000
_PAGE_CM = 21.0
_LINE_CM = 0.5
_MOST_XML = 60 * 1024 * 1024
_DEEPEST = 12  # tables in tables

#: Ticked and empty boxes of the Wingdings fonts.
_SYMBOLS = {"F0FE": "☒", "F052": "☒", "F0FD": "☒", "F078": "☒", "F0FC": "✓", "F0A8": "☐", "F06F": "☐", "F0A3": "☐"}


def read_docx(content: bytes, limits: Limits) -> tuple[Canvas, list[Picture]]:
    """What a .docx says, and its pictures. Raises ``Unreadable`` or ``Unsafe``."""
    _check_package(content, limits)
    try:
        document = docx.Document(io.BytesIO(content))
        walk = _Walk(document.part)
        for section in list(document.sections)[:1]:
            walk.blocks(section.header._element, walk.canvas)
        walk.blocks(document.element.body, walk.canvas)
        for section in list(document.sections)[:1]:
            walk.blocks(section.footer._element, walk.canvas)
    except Unsafe:
        raise
    except Exception as problem:  # the adapter round python-docx: broken packages raise many unrelated errors
        raise Unreadable(f"damaged Word document: {type(problem).__name__}") from problem
    return walk.canvas, walk.pictures


def _check_package(content: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            sizes = [(entry.filename, entry.file_size) for entry in package.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, EOFError) as problem:
        raise Unreadable(f"damaged Word document: {type(problem).__name__}") from problem
    if any(name.endswith(".xml") and size > _MOST_XML for name, size in sizes):
        raise Unsafe("a Word document that unpacks to more than is allowed")
    if sum(size for _, size in sizes) > limits.unpacked_bytes:
        raise Unsafe("a Word document that unpacks to more than is allowed")


@dataclass
class _Legacy:
    """A form field of the old kind (FORMTEXT, FORMCHECKBOX, FORMDROPDOWN) that is being walked through."""

    number: int
    typed: bool
    text: str = ""
    shows: bool = False


@dataclass
class _Walk:
    """A walk over the XML in document order."""

    part: Any
    canvas: Canvas = field(default_factory=Canvas)
    pictures: list[Picture] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    legacy: list[_Legacy | None] = field(default_factory=list)

    def blocks(self, parent: Any, canvas: Canvas, depth: int = 0) -> None:
        """Paragraphs and tables below an element, those in content controls included."""
        for element in parent:
            if element.tag == qn("w:p"):
                self.paragraph(element, canvas, depth)
            elif element.tag == qn("w:tbl") and depth < _DEEPEST:
                self.table(element, canvas, depth)
            elif element.tag == qn("w:sdt"):
                self.block_control(element, canvas, depth)
            elif element.tag in (qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
                self.blocks(element, canvas, depth)

    def block_control(self, control: Any, canvas: Canvas, depth: int) -> None:
        content = control.find(qn("w:sdtContent"))
        if content is None:
            return
        number = self.control(control)
        if content.find(qn("w:tbl")) is not None or number is None:
            self.blocks(content, canvas, depth)
            return
        empty = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
        for paragraph in content.findall(qn("w:p")):
            spans = [] if empty else [Span(s.text, s.bold, number) for s in self.spans(paragraph)]
            canvas.paragraph(spans or [Span("", field=number)])
        self.text_boxes(canvas, depth)

    def paragraph(self, element: Any, canvas: Canvas, depth: int) -> None:
        spans = list(self.spans(element))
        canvas.paragraph(spans)
        self.text_boxes(canvas, depth)
        for blip, across, down in _drawings(element):
            self.picture(blip, across, down, canvas)

    def text_boxes(self, canvas: Canvas, depth: int) -> None:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.blocks(box, canvas, depth + 1)

    # --- runs

    def spans(self, element: Any, number: int | None = None, bold: bool = False) -> Iterator[Span]:
        """The text of a paragraph in order: runs, links, insertions, inline content controls; no deletions."""
        for child in element:
            tag = child.tag
            if tag == qn("w:r"):
                yield from self.run(child, number)
            elif tag == qn("w:sdt"):
                yield from self.inline_control(child, number)
            elif tag in _TRANSPARENT:
                yield from self.spans(child, number, bold)

    def inline_control(self, control: Any, outer: int | None) -> Iterator[Span]:
        content = control.find(qn("w:sdtContent"))
        number = self.control(control)
        number = outer if number is None else number
        if control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None or content is None:
            yield Span("", field=number)
        else:
            yield from self.spans(content, number)

    def run(self, run: Any, number: int | None) -> Iterator[Span]:
        bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None
        for child in run:
            piece = self.piece(child)
            current = self.legacy[-1] if self.legacy else None
            if current and current.shows and current.typed and piece:
                current.text += piece
                yield Span(piece.replace("\u2002", ""), bold, current.number)
            elif current and piece:
                yield Span(piece, bold, current.number)
            elif piece:
                yield Span(piece, bold, number)

    def piece(self, child: Any) -> str:
        """The text of one child of a run; form fields and text boxes on the way are noted."""
        tag = child.tag
        if tag == qn("w:t"):
            return child.text or ""
        if tag in (qn("w:tab"), qn("w:ptab")):
            return "\t"
        if tag in (qn("w:br"), qn("w:cr")):
            return "\n"
        if tag == qn("w:noBreakHyphen"):
            return "-"
        if tag == qn("w:sym"):
            return _SYMBOLS.get(str(child.get(qn("w:char"), "")).upper(), "")
        if tag == qn("w:fldChar"):
            return self.field_mark(child)
        for shape in _shown(child):
            if shape.tag == qn("w:txbxContent"):
                self.boxes.append(shape)
        return ""

    def field_mark(self, mark: Any) -> str:
        kind = mark.get(qn("w:fldCharType"))
        if kind == "begin":
            self.legacy.append(self.legacy_field(mark.find(qn("w:ffData"))))
            current = self.legacy[-1]
            return current.text if current and not current.typed else ""
        current = self.legacy[-1] if self.legacy else None
        if kind == "separate" and current:
            current.shows = True
        if kind == "end" and self.legacy:
            self.legacy.pop()
            if current and current.typed:
                self.canvas.set_value(current.number, current.text.replace("\u2002", "").strip())
        return ""

    def legacy_field(self, data: Any) -> _Legacy | None:
        """A form field of the old kind, None for other fields (page numbers, links)."""
        if data is None:
            return None
        name, hint = _value(data.find(qn("w:name"))), _value(data.find(qn("w:helpText")))
        box, choices = data.find(qn("w:checkBox")), data.find(qn("w:ddList"))
        if box is not None:
            checked = box.find(qn("w:checked"))
            mark = checked if checked is not None else box.find(qn("w:default"))
            on = mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false", "off")
            return _Legacy(self.canvas.form_field(name, "On" if on else "", hint), False, "☒" if on else "☐")
        if choices is not None:
            entries = [_value(entry) for entry in choices.findall(qn("w:listEntry"))]
            index = int(_value(choices.find(qn("w:result"))) or 0)
            text = entries[index] if index < len(entries) else ""
            return _Legacy(self.canvas.form_field(name, text, hint), False, text)
        return _Legacy(self.canvas.form_field(name, "", hint), True)

    def control(self, control: Any) -> int | None:
        """Announces a content control as a form field; None for those that hold no entry (a table of contents)."""
        properties = control.find(qn("w:sdtPr"))
        if properties is None or properties.find(qn("w:docPartObj")) is not None:
            return None
        alias, tag = _value(properties.find(qn("w:alias"))), _value(properties.find(qn("w:tag")))
        box = properties.find(f"{_W14}checkbox")
        if box is not None:
            checked = box.find(f"{_W14}checked")
            on = checked is not None and checked.get(f"{_W14}val", "1") in ("1", "true", "on")
            return self.canvas.form_field(tag or alias, "On" if on else "", alias)
        content = control.find(qn("w:sdtContent"))
        empty = properties.find(qn("w:showingPlcHdr")) is not None or content is None
        text = "" if empty else "".join(t.text or "" for t in content.iter(qn("w:t")))
        return self.canvas.form_field(tag or alias, text.strip(), alias)

    # --- tables

    def table(self, table: Any, canvas: Canvas, depth: int) -> None:
        widths = _widths(table)
        number = canvas.begin_table()
        for index, row in enumerate(_rows(table)):
            self.row(row, number, index, widths, canvas, depth)

    def row(self, row: Any, table: int, index: int, widths: list[float], canvas: Canvas, depth: int) -> None:
        top, bottom, column = canvas.y, canvas.y + 1.0, _skipped(row)
        made: list[Cell] = []
        merged: list[int] = []
        for cell in _cells(row):
            span = _span(cell)
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            if merge is not None and merge.get(qn("w:val")) != "restart":
                merged.append(column)
            else:
                x0, x1 = canvas.column_edges(widths, column, span)
                inner = canvas.inside(x0, x1, top)
                self.blocks(cell, inner, depth + 1)
                lines = canvas.take(inner)
                bottom = max(bottom, inner.y)
                made.append(Cell(Box(x0, top, x1, bottom), table, index, column, lines, 1, span))
            column += span
        canvas.close_row(made, bottom)
        for column in merged:
            canvas.stretch(table, index, column)

    # --- pictures

    def picture(self, relation: str, across: float, down: float, canvas: Canvas) -> None:
        """Notes a picture by its relation id and shown size in cm (0 when unknown)."""
        target = self.part.rels.get(relation)
        if target is None or target.is_external:
            return
        width = min(across / _PAGE_CM, 1.0) if across else 0.2
        height = down / _LINE_CM if down else 4.0
        x0 = max(canvas.left, LEFT)
        box = Box(x0, canvas.y, min(x0 + width, 1.0), canvas.y + height)
        canvas.y += height
        self.pictures.append(Picture(target.target_part.blob, box, across * down))


_TRANSPARENT = {
    qn(f"w:{name}")
    for name in ("hyperlink", "ins", "smartTag", "sdtContent", "customXml", "fldSimple", "moveTo", "bdo")
}


def _shown(element: Any) -> Iterator[Any]:
    """All elements below, without the fallbacks that repeat drawings for old programs, and not into text boxes."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag == f"{_MC}Fallback":
            continue
        yield child
        if child.tag != qn("w:txbxContent"):
            yield from _shown(child)


def _drawings(paragraph: Any) -> Iterator[tuple[str, float, float]]:
    """(relation id, cm across, cm down) of the pictures in a paragraph."""
    for element in _shown(paragraph):
        if element.tag == qn("a:blip") and (relation := element.get(qn("r:embed"))):
            yield str(relation), *_extent(element)
        elif element.tag == f"{_VML}imagedata" and (relation := element.get(qn("r:id"))):
            yield str(relation), 0.0, 0.0


def _extent(blip: Any) -> tuple[float, float]:
    for above in blip.iterancestors():
        extent = above.find(qn("wp:extent"))
        if extent is not None:
            return int(extent.get("cx", 0)) / _EMU_PER_CM, int(extent.get("cy", 0)) / _EMU_PER_CM
        if above.tag == qn("w:r"):
            break
    return 0.0, 0.0


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == qn("w:tr"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins")):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _cells(child)


def _skipped(row: Any) -> int:
    return int(_value(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")) or 0)


def _widths(table: Any) -> list[float]:
    """Shares of the table's width that its columns take."""
    columns = [int(float(c.get(qn("w:w"), 0) or 0)) for c in table.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
    most = max((_skipped(row) + sum(_span(cell) for cell in _cells(row)) for row in _rows(table)), default=1)
    if len(columns) < most or not all(columns):
        columns = [1] * max(most, len(columns))
    return [width / sum(columns) for width in columns]


def _span(cell: Any) -> int:
    return int(_value(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")) or 1)


def _value(element: Any) -> str:
    return str(element.get(qn("w:val"), "")) if element is not None else ""
