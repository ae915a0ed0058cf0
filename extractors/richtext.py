"""RTF, which old programs also save as .doc: words, simple tables and pictures onto a canvas."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace

from extractors.pages import MOST_IN_PARAGRAPH, Canvas, Picture
from extractors.refusals import Unsafe

_TOKEN = re.compile(
    rb"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,9})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-z'])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_SKIPPED = frozenset(
    b"colortbl stylesheet info generator filetbl listtable listoverridetable rsidtbl themedata colorschememapping "
    b"latentstyles datastore xmlnstbl wgrffmtfilter fldinst footnote annotation objdata mmathPr nonshppict".split()
)
_CODECS = {0: "", 162: "cp1254", 204: "cp1251", 238: "cp1250", 161: "cp1253", 186: "cp1257"}
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"-": ""}
_WORDS = {
    b"tab": "\t", b"line": "\n", b"emdash": "\u2014", b"endash": "\u2013", b"lquote": "\u2018", b"rquote": "\u2019",
    b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"bullet": "\u2022",
}  # fmt: skip
_TWIPS_PER_CM = 567.0
_MOST_COLUMNS = 64


@dataclass(frozen=True)
class _State:
    """What a group inherits from the one around it."""

    skipped: bool = False
    fonts: bool = False
    picture: bool = False
    codec: str = ""
    uc: int = 1


@dataclass
class _Reader:
    canvas: Canvas = field(default_factory=Canvas)
    pictures: list[Picture] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    text: str = ""
    cell: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    in_table: bool = False
    swallow: int = 0
    hex: bytearray = field(default_factory=bytearray)
    size: tuple[float, float] = (0.0, 0.0)

    def read(self, content: bytes) -> None:
        for token in _TOKEN.finditer(content):
            if token["brace"] == b"{":
                self.stack.append(self.state)
            elif token["brace"]:
                self.close()
            elif token["word"]:
                self.word(token["word"], int(token["number"]) if token["number"] else None)
            elif token["hex"]:
                self.raw(bytes.fromhex(token["hex"].decode()))
            elif token["symbol"] == b"*":
                self.state = replace(self.state, skipped=True)
            elif token["symbol"]:
                self.write(_SYMBOLS.get(token["symbol"], token["symbol"].decode("latin-1")))
            else:
                self.raw(token["text"])
        self.paragraph()
        self.table()

    def close(self) -> None:
        if self.state.picture and (not self.stack or not self.stack[-1].picture):
            self.picture()
        self.state = self.stack.pop() if self.stack else _State()

    def word(self, word: bytes, number: int | None) -> None:
        if word == b"bin":
            self.swallow = max(number or 0, 0)
        elif word in _SKIPPED:
            self.state = replace(self.state, skipped=True)
        elif word == b"fonttbl":
            self.state = replace(self.state, fonts=True)
        elif word in (b"pict", b"shppict"):
            self.state = replace(self.state, picture=word == b"pict", skipped=False)
        elif word in (b"picwgoal", b"pichgoal"):
            across, down = self.size
            cm = (number or 0) / _TWIPS_PER_CM
            self.size = (cm, down) if word == b"picwgoal" else (across, cm)
        elif word == b"ansicpg":
            self.page = f"cp{number}"
        elif word == b"f":
            self.font = number or 0
            self.state = replace(self.state, codec=self.fonts.get(self.font, ""))
        elif word == b"fcharset" and self.state.fonts:
            self.fonts[self.font] = _CODECS.get(number or 0, "")
        elif word == b"uc":
            self.state = replace(self.state, uc=number or 0)
        else:
            self.visible(word, number)

    def visible(self, word: bytes, number: int | None) -> None:
        if word == b"u" and number is not None:
            self.write(chr(number & 0xFFFF))
            self.swallow = self.state.uc
        elif word in _WORDS:
            self.write(_WORDS[word])
        elif word == b"pard":
            self.in_table = False
        elif word == b"intbl":
            self.in_table = True
        elif word in (b"par", b"sect", b"page"):
            self.paragraph()
        elif word == b"cell":
            self.row.append(_whole("\n".join([*self.cell, self.text]).strip()))
            self.cell, self.text = [], ""
            if len(self.row) > _MOST_COLUMNS:
                raise Unsafe("a table of more columns than any program makes")
        elif word == b"row":
            self.rows.append(self.row)
            self.row = []

    def raw(self, content: bytes) -> None:
        if self.swallow:
            cut = min(self.swallow, len(content))
            self.swallow, content = self.swallow - cut, content[cut:]
        if self.state.picture:
            self.hex += content
            return
        try:
            self.write(content.decode(self.state.codec or self.page, "replace"))
        except LookupError:
            self.write(content.decode("cp1252", "replace"))

    def write(self, text: str) -> None:
        if not (self.state.skipped or self.state.fonts or self.state.picture):
            self.text += text
            if len(self.text) > MOST_IN_PARAGRAPH:
                raise Unsafe("a paragraph without an end")

    def paragraph(self) -> None:
        if self.in_table:
            self.cell.append(self.text)
        else:
            self.table()
            self.canvas.paragraph(_whole(self.text))
        self.text = ""

    def table(self) -> None:
        self.canvas.table(self.rows)
        self.rows = []

    def picture(self) -> None:
        digits = re.sub(rb"[^0-9a-fA-F]", b"", bytes(self.hex))
        content = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
        if content.startswith((b"\xff\xd8\xff", b"\x89PNG")):
            self.pictures.append(Picture(content, cm2=self.size[0] * self.size[1]))
        self.hex, self.size = bytearray(), (0.0, 0.0)


def _whole(text: str) -> str:
    """Text with the halves of characters beyond the first 65,536 put together; a lone half is replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read_rtf(content: bytes) -> tuple[Canvas, list[Picture]]:
    """What an RTF file says, and its JPEG and PNG pictures. Raises ``Unsafe`` when it is endless."""
    reader = _Reader()
    reader.read(content)
    return reader.canvas, reader.pictures


def rtf_text(content: bytes) -> str:
    """The words of an RTF, line by line; of an endless one those of its beginning."""
    reader = _Reader()
    with suppress(Unsafe):
        reader.read(content)
    return "\n".join(line.text for line in reader.canvas.lines())
