"""RFC 822 messages: bytes in, a letter out. The only importer of Python's mail parser.

The old ``compat32`` policy is used throughout: it is an order of magnitude faster on messages of thousands of parts
than ``policy.default``, and its accessors do not raise on broken headers; words are decoded in ``letters``.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import policy
from email.message import Message as MimePart
from email.parser import BytesParser
from email.utils import collapse_rfc2231_value
from typing import Any
from urllib.parse import unquote

from extractors import sniff
from extractors.letters import Leaf, Letter, base_name, decode_text, header_text, html_text, links_in
from extractors.limits import Limits
from extractors.refusals import Unsafe


class _AsSent(policy.Compat32):
    """Headers come back as they were sent; the stock policy loses their raw 8-bit bytes.

    Some programs encode the whole of a structured header, parameters included: that is undone here.
    """

    def header_fetch_parse(self, name: str, value: str) -> str:
        whole = name.lower().startswith("content-") and value.lstrip().startswith("=?")
        return header_text(value) if whole else value


_POLICY = _AsSent()
_HEADER_END = re.compile(rb"\r?\n\r?\n|\r\r")
_CONTENT_TYPE_LINES = re.compile(rb"^content-type:", re.IGNORECASE | re.MULTILINE)
_MULTIPART_LINES = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_BOUNDARY_LINE = re.compile(rb"^--([^\s\"]{1,70})[ \t]*\r?\n(?=content-)", re.IGNORECASE | re.MULTILINE)
_DOUBLED_ENDS = re.compile(rb"[^\r\n]+\r\r\n[^\r\n]")  # a line end that was translated twice on the way
_MOST_MENDED = 3
_MOST_MULTIPARTS = 100  # nested ones would exhaust the parser's recursion
_KNOWN_HEADERS = frozenset(
    {
        "from", "to", "cc", "bcc", "subject", "date", "received", "return-path", "message-id", "mime-version", "sender",
        "reply-to", "content-type", "content-transfer-encoding", "content-disposition", "in-reply-to", "references",
        "delivered-to",
    }
)  # fmt: skip


def read_letter(raw: bytes, limits: Limits) -> Letter:
    """The letter in the bytes of a message.

    ``Letter.parsed`` is False when the bytes are no message at all. Raises ``Unsafe`` when opening would be unsafe.
    """
    raw, remarks = _prepared(raw, limits)
    if len(_CONTENT_TYPE_LINES.findall(raw)) > 10 * limits.parts:
        raise Unsafe(f"more than {10 * limits.parts} parts")
    if len(_MULTIPART_LINES.findall(raw)) > _MOST_MULTIPARTS:
        raise Unsafe(f"more than {_MOST_MULTIPARTS} multiparts")
    try:
        root = BytesParser(policy=_POLICY).parsebytes(raw)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError) as problem:
        return Letter(defects=(f"not parsed: {type(problem).__name__}",), parsed=False)
    return _letter(root, remarks)


def _prepared(raw: bytes, limits: Limits) -> tuple[bytes, tuple[str, ...]]:
    """The bytes as the parser wants them, and remarks on what had to be done to them."""
    remarks: list[str] = []
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = raw.decode("utf-16", "replace").encode("utf-8")
        remarks.append("the whole message was in UTF-16")
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if _DOUBLED_ENDS.match(raw):
        raw = raw.replace(b"\r\r\n", b"\r\n")
        remarks.append("every line ended twice")
    end = _HEADER_END.search(raw)
    if (end.start() if end else len(raw)) > limits.header_bytes:
        body = raw[end.start() :] if end else b""
        raw = raw[: raw.rfind(b"\n", 0, limits.header_bytes)] + body
        remarks.append("the header was cut: too long")
    return raw, tuple(remarks)


def _letter(root: MimePart, remarks: tuple[str, ...] = ()) -> Letter:
    gathered = _Gathered()
    gathered.walk(root)
    headers = tuple((key.lower(), header_text(value)) for key, value in root.raw_items())
    text, links, html = gathered.body()
    leaves = tuple(
        leaf if not leaf.cited else _cited_only_if(leaf, content_id, html) for leaf, content_id in gathered.leaves
    )
    defects = remarks + tuple(dict.fromkeys(type(d).__name__ for part in gathered.parts for d in part.defects))
    parsed = any(key in _KNOWN_HEADERS for key, _ in headers)
    return Letter(headers, text, links, leaves, defects, parsed)


def _cited_only_if(leaf: Leaf, content_id: str, html: str) -> Leaf:
    return replace(leaf, cited=f"cid:{content_id}".lower() in html.lower())


@dataclass
class _Fragment:
    """A piece of the body. ``group`` is the outermost multipart/alternative it belongs to, 0 for none."""

    text: str
    html: bool
    group: int


@dataclass
class _Gathered:
    """What a walk over the tree of parts found, in order."""

    fragments: list[_Fragment] = field(default_factory=list)
    leaves: list[tuple[Leaf, str]] = field(default_factory=list)
    parts: list[MimePart] = field(default_factory=list)
    mended: int = 0

    def walk(self, part: MimePart, group: int = 0, *, first: bool = True, parent: str = "") -> None:
        self.parts.append(part)
        kind = part.get_content_type().lower()
        children = part.get_payload() if part.is_multipart() else None
        if kind.startswith("message/") and isinstance(children, list):
            self._message(part, kind, children)
        elif isinstance(children, list):
            inner = group or (id(part) if kind == "multipart/alternative" else 0)
            for position, child in enumerate(_subparts(children)):
                self.walk(child, inner, first=position == 0, parent=kind)
        elif kind in ("message/rfc822", "message/global"):
            self.leaves.append((Leaf(_file_name(part), _content(part), kind), ""))
        elif kind.startswith("multipart/"):
            self._without_boundary(part, group)
        elif _is_body(part, kind, first, parent):
            self._fragment(part, kind, group)
        else:
            self._leaf(part, kind)

    def _message(self, part: MimePart, kind: str, children: list[Any]) -> None:
        name = _file_name(part)
        if kind in ("message/rfc822", "message/global", "message/news"):
            for child in _subparts(children):
                source = _source(child)
                encoded = _decoded_source(source, _encoding(part))
                letter = _letter(child) if encoded is None else None
                self.leaves.append((Leaf(name, encoded or source, kind, letter=letter), ""))
        elif kind == "message/partial":
            refusal = "one piece of a message that was split; it must be sent again whole"
            self.leaves.append((Leaf(name, declared=kind, refusal=refusal), ""))
        elif kind == "message/external-body":
            refusal = "only a pointer to a file that lies elsewhere; never fetched"
            self.leaves.append((Leaf(name, declared=kind, refusal=refusal), ""))
        else:
            report = "\n\n".join(str(child) for child in _subparts(children))
            self.fragments.append(_Fragment(header_text_block(report), False, 0))
            self.leaves.append((Leaf(name, report.encode("utf-8", "replace"), kind), ""))

    def _without_boundary(self, part: MimePart, group: int) -> None:
        """A multipart whose boundary is missing or never appears: taken apart at the one its lines show, else text."""
        content = _content(part)
        seen = _BOUNDARY_LINE.search(content)
        if seen is None or self.mended >= _MOST_MENDED:
            self.fragments.append(_Fragment(decode_text(content, part.get_content_charset()), False, group))
            return
        self.mended += 1
        head = b'Content-Type: multipart/mixed; boundary="' + seen[1] + b'"\n\n'
        self.walk(BytesParser(policy=_POLICY).parsebytes(head + content), group)

    def _fragment(self, part: MimePart, kind: str, group: int) -> None:
        if _hides_parts(part):
            self._without_boundary(part, group)
            return
        text = decode_text(_content(part), part.get_content_charset())
        if kind == "text/plain":
            text, files = _without_uuencoded(text)
            self.leaves.extend((Leaf(name, content), "") for name, content in files)
        elif kind == "text/html":
            text, pasted = _without_pasted(text)
            self.leaves.extend(
                (Leaf(content=content, inline=True, cited=True), content_id) for content, content_id in pasted
            )
        self.fragments.append(_Fragment(text, kind == "text/html", group))

    def _leaf(self, part: MimePart, kind: str) -> None:
        content_id = str(part.get("Content-ID", "")).strip().strip("<>")
        disposition = _disposition(part)
        leaf = Leaf(
            name=_file_name(part),
            content=_unwrapped(_content(part)),
            declared=kind,
            charset=part.get_content_charset(),
            inline=disposition == "inline" or (not disposition and bool(content_id)),
            cited=bool(content_id),
        )
        self.leaves.append((leaf, content_id))

    def body(self) -> tuple[str, tuple[str, ...], str]:
        """The body as text, the links in it and its HTML source. Of alternatives, plain text wins where it says
        anything."""
        plain_groups = {f.group for f in self.fragments if f.group and not f.html and f.text.strip()}
        texts, links = [], []
        for fragment in self.fragments:
            text, hrefs = html_text(fragment.text) if fragment.html else (fragment.text, ())
            links += [*hrefs, *links_in(text)]
            if not (fragment.html and fragment.group in plain_groups):
                texts.append(text.strip())
        html = "".join(f.text for f in self.fragments if f.html)
        found = tuple(dict.fromkeys(link for link in links if link.lower().startswith("http")))
        return "\n\n".join(text for text in texts if text), found, html


def header_text_block(text: str) -> str:
    """Several header lines with their encoded words decoded, line by line."""
    return "\n".join(header_text(line) for line in text.splitlines())


def _subparts(children: list[Any]) -> Iterator[MimePart]:
    return (child for child in children if isinstance(child, MimePart))


def _is_body(part: MimePart, kind: str, first: bool, parent: str) -> bool:
    """Whether a text part is (a piece of) the body and no file, by the rule of RFC 8621 4.1.4."""
    if kind not in ("text/plain", "text/html", "text/enriched", "text/x-amp-html", "text/watch-html"):
        return False
    if _disposition(part) == "attachment":
        return False
    return first or (parent != "multipart/related" and not _file_name(part))


def _hides_parts(part: MimePart) -> bool:
    """Whether a text is a multipart that lost its type on the way, or is called a text although it names a boundary."""
    named = bool(part.get_boundary())
    return (named or "content-type" not in part) and _BOUNDARY_LINE.match(_content(part).lstrip()) is not None


def _encoding(part: MimePart) -> str:
    return str(part.get("Content-Transfer-Encoding", "")).strip().lower()


def _disposition(part: MimePart) -> str:
    return str(part.get("Content-Disposition", "")).split(";")[0].strip().lower()


def _content(part: MimePart) -> bytes:
    """The decoded bytes of a part; undecodable transfer encodings leave the bytes as they came."""
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, binascii.Error):
        payload = None
    if isinstance(payload, bytes):
        return payload
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n"
_NO_FILE = (sniff.UNKNOWN, sniff.TEXT, sniff.EMPTY)


def _unwrapped(content: bytes) -> bytes:
    """A file that lies there in base64 although its part does not say so, or says it in a way nobody knows."""
    if content.translate(None, _BASE64):
        return content
    try:
        found = binascii.a2b_base64(content)
    except binascii.Error:
        return content
    return content if sniff.media_type(found) in _NO_FILE else found


_ENCODED_PARAMETER = re.compile(rb"(?:boundary|charset|name)=3D", re.IGNORECASE)


def _decoded_source(source: bytes, encoding: str) -> bytes | None:
    """A nested message that was sent encoded, which the standard forbids and some programs do; None for a plain one."""
    if encoding == "base64" and (found := _unwrapped(source)) != source:
        return found
    head = _HEADER_END.split(source.lstrip(), maxsplit=1)[0]
    return quopri.decodestring(source) if encoding == "quoted-printable" and _ENCODED_PARAMETER.search(head) else None


def _file_name(part: MimePart) -> str:
    """The name that a part gives itself in Content-Disposition or Content-Type (RFC 2231, RFC 2047, raw 8 bit)."""
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        try:
            given = [value for key, value in part.get_params((), header) if key.lower() == parameter]
            value = next((value for value in given if isinstance(value, tuple)), *given[:1] or ("",))
            name = collapse_rfc2231_value(value)
        except (ValueError, LookupError, TypeError, AttributeError, IndexError):
            name = ""
        if name := header_text(name):
            return base_name(name)
    return ""


def _source(part: MimePart) -> bytes:
    """A nested message as bytes, near enough to what was sent to be told apart by its hash."""
    try:
        return part.as_bytes(policy=_POLICY)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return b""


_UU_BLOCK = re.compile(r"^begin [0-7]{3,4} (\S[^\n]*)\n((?:[ -`]{1,90}\n)+?)`?\s*\nend\s*$", re.MULTILINE)


def _without_uuencoded(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The text without the files that old mail programs put into it in uuencode, and those files."""
    files: list[tuple[str, bytes]] = []

    def take(match: re.Match[str]) -> str:
        try:
            content = b"".join(binascii.a2b_uu(line) for line in match[2].splitlines())
        except (binascii.Error, ValueError):
            return match[0]
        files.append((match[1].strip(), content))
        return ""

    return (_UU_BLOCK.sub(take, text.replace("\r\n", "\n")), files) if "\nend" in text else (text, files)


_PASTED = re.compile(
    r"data:(?:image|application)/[\w.+-]{1,80}(?:;[\w.=-]{1,80})*;base64,([A-Za-z0-9+/=%\s]*)", re.IGNORECASE
)


def _without_pasted(html: str) -> tuple[str, list[tuple[bytes, str]]]:
    """The HTML without the files that were pasted into it as ``data:`` addresses, and those files, each with the
    content id that now stands in its place."""
    files: list[tuple[bytes, str]] = []

    def take(match: re.Match[str]) -> str:
        try:
            content = binascii.a2b_base64(unquote(match[1]))
        except (binascii.Error, ValueError):
            return ""
        if content:
            files.append((content, f"pasted-{len(files) + 1}"))
        return f"cid:pasted-{len(files)}"

    return (_PASTED.sub(take, html), files) if "base64," in html else (html, files)
