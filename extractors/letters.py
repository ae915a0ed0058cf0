"""A letter as any mail format gives it (RFC 822, Outlook, TNEF), and the decoding of its words.

Charsets in mail are often missing, unknown or wrong: text is decoded by the declared one where that works and by the
best guess where it does not, and never dropped.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup
from charset_normalizer import from_bytes


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file that a letter or an archive carries. ``name`` may be a path inside an archive, empty when it has none.

    ``refusal`` says why the content could not be had; ``cited`` is True for a picture that the HTML body shows;
    ``letter`` is set for a nested message that is already parsed.
    """

    name: str = ""
    content: bytes = b""
    declared: str = ""
    charset: str | None = None
    inline: bool = False
    cited: bool = False
    refusal: str = ""
    letter: Letter | None = None


def base_name(path: str) -> str:
    """The last step of a path as any system writes it."""
    return path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Letter:
    """Headers in order (names lower-cased, values decoded), the body as plain text, links and files."""

    headers: tuple[tuple[str, str], ...] = ()
    text: str = ""
    links: tuple[str, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    defects: tuple[str, ...] = ()
    parsed: bool = True

    def header(self, name: str) -> str:
        """The first header of this name, or an empty string."""
        return next((value for key, value in self.headers if key == name), "")

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]


_CHARSETS = {
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "cp-1251": "cp1251", "win-1251": "cp1251", "windows1251": "cp1251", "win1251": "cp1251", "x-cp1251": "cp1251",
    "ansi_x3.4-1968": "ascii", "unicode-1-1-utf-7": "utf-7", "utf8mb4": "utf-8", "unicode": "utf-8",
    "iso-8859-8-i": "iso-8859-8", "x-mac-cyrillic": "mac-cyrillic", "koi8": "koi8-r", "iso-2022-jp": "iso2022_jp_ext",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "ascii", "macintosh": "mac-roman",
}  # fmt: skip

_SOFT_LOSS = 0.02  # share of replaced letters up to which the declared charset is still believed
_WESTERN = "cp1254"  # the Turkish page: cp1252 but for six letters, which are those of Azerbaijani and Turkish
_GUESS_FROM = 60_000  # bytes that a guess looks at


def decode_text(content: bytes, charset: str | None) -> str:
    """Bytes to text by the declared charset, else UTF-8, else the most plausible one; never raises, never empty-handed.

    NUL bytes and a byte order mark are removed.
    """
    declared = _codec(charset)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return storable(content.decode("utf-16", "replace"))
    for codec in dict.fromkeys((declared, "utf-8")):
        if codec and (text := _strictly(content, codec)) is not None:
            return storable(text)
    if declared and declared != "ascii":
        text = content.decode(declared, "replace")
        if text.count("\ufffd") <= _SOFT_LOSS * len(text):
            return storable(text)
    return storable(_guessed(content))


#: Ways in which Python writes names and literals; no charsets of letters.
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})


def _codec(charset: str | None) -> str | None:
    name = (charset or "").strip("\"' \t").lower()
    name = _CHARSETS.get(name, name)
    try:
        found = codecs.lookup(name) if name and "\0" not in name else None
    except (LookupError, ValueError):
        return None
    return found.name if found and found._is_text_encoding and found.name not in _NO_CHARSETS else None


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except (UnicodeError, ValueError):
        return None


_CYRILLIC = re.compile(r"\b[\u0400-\u04ff]+\b")
_MIXED = re.compile(r"\b(?:[A-Za-z]+[\u0400-\u04ff]|[\u0400-\u04ff]+[A-Za-z])\w*")


def _guessed(content: bytes) -> str:
    best = from_bytes(content[:_GUESS_FROM], cp_isolation=["cp1251", "cp1254", "cp1252", "koi8_r", "cp866"]).best()
    codec = _WESTERN if best is None or best.encoding == "cp1252" else best.encoding
    text = content.decode(codec, "replace")
    if len(_MIXED.findall(text)) > len(_CYRILLIC.findall(text)):
        text = content.decode(_WESTERN, "replace")  # nobody writes half a word in each alphabet
    return content.decode("latin-1") if "\ufffd" in text else text


_HALVES = re.compile("[\ud800-\udfff]")  # of characters, which UTF-7 may hold one by one and nobody can store


def storable(text: str) -> str:
    """A text without what no database and no notice can hold: NUL bytes, halves of characters, a byte order mark."""
    return _HALVES.sub("\ufffd", text.removeprefix("\ufeff").replace("\0", ""))


def header_text(raw: object) -> str:
    """A header value as a person reads it: RFC 2047 words decoded, raw 8-bit bytes too, unfolded."""
    text = re.sub(r"[\r\n]+[ \t]*", " ", str(raw)).strip()
    if "=?" in text:
        return _words(text)
    return _unescaped(text)


#: Raw 8-bit bytes, which the parser shows as surrogates, as the characters of the same numbers.
_BYTES = {0xDC00 + byte: byte for byte in range(0x80, 0x100)}


def _words(text: str) -> str:
    try:
        chunks = decode_header(text.translate(_BYTES))
    except (HeaderParseError, ValueError, LookupError):
        return _unescaped(text)
    decoded = []
    for chunk, charset in chunks:
        if isinstance(chunk, str):
            decoded.append(_unescaped(chunk))
        else:
            decoded.append(decode_text(chunk, charset) if charset else _raw_bytes(chunk))
    return re.sub(r"[\r\n]+", " ", "".join(decoded)).strip()


def _raw_bytes(chunk: bytes) -> str:
    """Unencoded stretches come back as raw-unicode-escape bytes; raw 8-bit ones are of an unnamed charset."""
    text = chunk.decode("raw-unicode-escape", "replace")
    return decode_text(text.encode("latin-1"), None) if text.isprintable() and max(text) < "\u0100" else text


def _unescaped(text: str) -> str:
    if any("\udc80" <= c <= "\udcff" for c in text):
        return decode_text(text.encode("utf-8", "surrogateescape"), None)
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


_BLOCKS = ["p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre", "ul", "ol", "hr"]
_HTML_MOST = 2_000_000  # letters


def html_text(html: str) -> tuple[str, tuple[str, ...]]:
    """The text of an HTML body with its lines kept, and the addresses it links to."""
    try:
        soup = BeautifulSoup(html[:_HTML_MOST], "html.parser")
    except (ParserRejectedMarkup, RecursionError, AssertionError, ValueError):
        return re.sub(r"<[^>]*>", " ", html), ()
    links = tuple(str(anchor["href"]) for anchor in soup.find_all("a", href=True))
    for tag in soup(["script", "style", "head", "title"]):
        tag.decompose()
    for tag in soup.find_all("br"):
        tag.replace_with("\n")
    for tag in soup.find_all(_BLOCKS):
        tag.append("\n")
    for tag in soup.find_all(["td", "th"]):
        tag.append(" ")
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in soup.get_text().splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), links


_LINK = re.compile(r"https?://[^\s<>\"'\])]+", re.IGNORECASE)


def links_in(text: str) -> tuple[str, ...]:
    """The http addresses that stand in a text."""
    return tuple(_LINK.findall(text))
