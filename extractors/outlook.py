"""Outlook messages (.msg): bytes in, a letter out. The only importer of extract-msg."""

from __future__ import annotations

import logging
from email.utils import format_datetime, formataddr
from typing import Any

from extractors.letters import Leaf, Letter, base_name, decode_text, header_text, html_text, links_in
from extractors.refusals import Unreadable
from extractors.richtext import rtf_text

#: Windows code pages by MAPI locale, for messages that were saved in one of them without saying which.
_CODE_PAGES = {1049: "cp1251", 2092: "cp1251", 1058: "cp1251", 1068: "cp1254", 1055: "cp1254", 1079: "cp1252"}
_MOST_NESTED = 8

logging.getLogger("extract_msg").setLevel(logging.CRITICAL)  # it reports every oddity of the outside world as an error


def read_msg(content: bytes) -> Letter:
    """The letter in a .msg file, its nested messages parsed too. Raises ``Unreadable``."""
    import extract_msg  # takes as long to load as a page to read, and few messages need it
    from extract_msg.enums import ErrorBehavior

    try:
        with extract_msg.openMsg(content, errorBehavior=ErrorBehavior.SUPPRESS_ALL, strict=False) as msg:
            return _letter(msg, 0)
    except Exception as problem:  # the adapter round extract-msg: its parsers raise whatever their structs raise
        raise Unreadable(f"damaged Outlook message: {type(problem).__name__}") from problem


def _letter(msg: Any, depth: int) -> Letter:
    headers = _headers(msg)
    text, links, html = _body(msg)
    leaves = tuple(_leaf(attachment, html, depth) for attachment in _get(msg, "attachments") or ())
    return Letter(headers, text, links, leaves, parsed=True)


def _get(holder: Any, name: str) -> Any:
    """A property of an extract-msg object; None where its lazy parsing fails, as it may in many ways."""
    try:
        return getattr(holder, name, None)
    except Exception:  # noqa: BLE001 - the adapter round extract-msg: properties are parsed when they are asked for
        return None


def _headers(msg: Any) -> tuple[tuple[str, str], ...]:
    """The transport headers where the message kept them, completed from its MAPI properties."""
    kept = _get(msg, "header")
    headers = [(key.lower(), header_text(value)) for key, value in kept.raw_items()] if _get(msg, "headerText") else []
    present = {key for key, _ in headers}
    headers += [(key, value) for key, value in _mapi_headers(msg) if value and key not in present]
    if subject := _ansi(msg, "0037"):
        headers = [(key, subject if key == "subject" and _is_mojibake(value) else value) for key, value in headers]
    return tuple(headers)


def _mapi_headers(msg: Any) -> list[tuple[str, str]]:
    date = _get(msg, "date")
    return [
        ("from", _sender(msg)),
        ("to", str(_get(msg, "to") or "")),
        ("subject", _ansi(msg, "0037") or str(_get(msg, "subject") or "")),
        ("message-id", str(_get(msg, "messageId") or "")),
        ("in-reply-to", str(_get(msg, "inReplyTo") or "")),
        ("x-message-class", str(_get(msg, "classType") or "")),
        ("date", format_datetime(date) if hasattr(date, "tzinfo") else str(date or "")),
    ]


def _sender(msg: Any) -> str:
    """Name and address of the sender; Exchange's own addresses, which only its directory can read, are left out."""
    shown = str(_get(msg, "sender") or "").strip("\0 ")
    addresses = (_text(msg, tag).strip("\0 ") for tag in ("5D01", "0C1F", "5D02", "0065"))
    address = next((each for each in addresses if "@" in each and not each.startswith("/")), "")
    return shown if not address or "@" in shown else formataddr((shown, address), "utf-8")


def _text(msg: Any, tag: str) -> str:
    try:
        return str(msg.getStringStream(f"__substg1.0_{tag}") or "")
    except Exception:  # noqa: BLE001 - the adapter round extract-msg
        return ""


def _stream(msg: Any, tag: str) -> bytes:
    try:
        return msg.getStream(f"__substg1.0_{tag}") or b""
    except Exception:  # noqa: BLE001 - the adapter round extract-msg
        return b""


def _ansi(msg: Any, tag: str) -> str:
    """A string property that was saved in a code page, decoded by what the message says of its locale."""
    raw = _stream(msg, f"{tag}001E")
    return decode_text(raw, _code_page(msg)).strip("\0") if raw else ""


def _code_page(msg: Any) -> str | None:
    for prop in ("3FFD0003", "3FDE0003", "3FF10003"):
        value = _get(_get(msg, "props").get(prop), "value") if _get(msg, "props") else None
        if prop.startswith("3FF1") and isinstance(value, int):
            return _CODE_PAGES.get(value, "cp1252")
        if isinstance(value, int) and value not in (0, 20127, 1252, 28591):
            return "utf-8" if value == 65001 else f"cp{value}"
    return None


def _is_mojibake(value: str) -> bool:
    return sum("\x80" <= c <= "\xff" for c in value) > len(value) // 4


_MOST_RTF = 2 * 1024 * 1024  # bytes of a packed body; unpacking is slow, and words are never that many


def _body(msg: Any) -> tuple[str, tuple[str, ...], str]:
    """Text, links and the source in which pictures are cited. HTML that Outlook hid in RTF is not taken out of it:
    that takes minutes for a long letter, and the words are the same."""
    html = _stream(msg, "10130102") or _text(msg, "1013").encode()
    source = decode_text(html, None) if html else ""
    text, hrefs = html_text(source) if source else ("", ())
    if not source and len(_stream(msg, "10090102")) <= _MOST_RTF:
        rtf = _get(msg, "rtfBody") or b""
        source, text = rtf.decode("latin-1"), rtf_text(rtf)
    text = _ansi(msg, "1000") or _text(msg, "1000") or text
    links = dict.fromkeys((*hrefs, *links_in(text)))
    return text.strip(), tuple(link for link in links if link.lower().startswith("http")), source


def _leaf(attachment: Any, html: str, depth: int) -> Leaf:
    name = next((str(n) for key in ("longFilename", "shortFilename", "name") if (n := _get(attachment, key))), "")
    name = base_name(name.strip("\0 "))
    data = _get(attachment, "data")
    if isinstance(data, bytes):
        content_id = str(_get(attachment, "cid") or "")
        cited = bool(content_id) and f"cid:{content_id}".lower() in html.lower()
        return Leaf(name, data, str(_get(attachment, "mimetype") or ""), inline=cited, cited=cited)
    if data is not None and depth < _MOST_NESTED:
        nested = name if name.lower().endswith((".msg", ".eml")) or not name else f"{name}.msg"
        return Leaf(nested, letter=_letter(data, depth + 1), declared="application/vnd.ms-outlook")
    return Leaf(name, refusal="an attachment of Outlook that holds no file")
