"""Containers that are no messages: zip archives and Outlook's winmail.dat. Bytes in, files out, bombs refused."""

from __future__ import annotations

import io
import logging
import re
import zipfile
import zlib

import tnefparse.mapi
import tnefparse.tnef
from tnefparse import TNEF
from tnefparse.tnef import TNEFAttachment

from extractors.letters import Leaf, Letter, base_name, decode_text, html_text
from extractors.limits import Limits
from extractors.refusals import Unreadable, Unsafe
from extractors.richtext import rtf_text

_MOST_COUNTED = 10_000


def _bounded(count: int) -> range:
    return range(min(count, _MOST_COUNTED))


# tnefparse loops as often as a damaged file says, which may be four thousand million times.
for _module in (tnefparse.mapi, tnefparse.tnef):
    setattr(_module, "range", _bounded)  # noqa: B010 - no attribute of the module to name
logging.getLogger("tnefparse").setLevel(logging.CRITICAL)  # broken files are an outcome here, no news

_HIDDEN = re.compile(r"^mimetype$|^META-INF/|(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_LARGE = 10 * 1024 * 1024  # bytes from which on the ratio of a member matters


def open_zip(content: bytes, limits: Limits, budget: int) -> tuple[Leaf, ...]:
    """The files of a zip in its order, folders and the droppings of operating systems left out.

    ``budget`` is how many bytes may still be unpacked. Raises ``Unsafe`` or ``Unreadable``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir() and not _HIDDEN.search(e.filename)]
            _check(entries, limits, budget)
            return tuple(_member(archive, entry) for entry in entries)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, KeyError, IndexError, NotImplementedError) as problem:
        raise Unreadable(f"damaged zip: {type(problem).__name__}") from problem


def _check(entries: list[zipfile.ZipInfo], limits: Limits, budget: int) -> None:
    if len(entries) > limits.parts:
        raise Unsafe(f"more than {limits.parts} files in an archive")
    if sum(entry.file_size for entry in entries) > budget:
        raise Unsafe("an archive unpacks to more than is allowed")
    for entry in entries:
        if entry.file_size > _LARGE and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise Unsafe(f"a file in an archive is packed more than {limits.ratio} times")


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Leaf:
    name = _zip_name(entry)
    if entry.flag_bits & 0x1:
        return Leaf(name, refusal="encrypted: needs a password")
    try:
        with archive.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
    except NotImplementedError:
        return Leaf(name, refusal="packed in a way that is not supported")
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, zlib.error) as problem:
        return Leaf(name, refusal=f"damaged in the archive: {type(problem).__name__}")
    return Leaf(name, content)


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """The member's path; names without the UTF-8 flag are in whatever code page the packer's Windows had."""
    if entry.flag_bits & 0x800 or entry.filename.isascii():
        return entry.filename.replace("\\", "/")
    raw = entry.filename.encode("cp437", "replace")
    for codec in ("utf-8", "cp866"):
        try:
            name = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec == "utf-8" or re.search("[А-яЁё]{2}", name):
            return name
    return entry.filename


def open_tnef(content: bytes) -> Letter:
    """The letter inside a winmail.dat: its body and its files. Raises ``Unreadable``."""
    try:
        return _tnef_letter(TNEF(content, do_checksum=False))
    except Exception as problem:  # the adapter round tnefparse: it raises whatever its slices and codecs raise
        raise Unreadable(f"damaged winmail.dat: {type(problem).__name__}") from problem


def _tnef_letter(tnef: TNEF) -> Letter:
    return Letter(text=_tnef_text(tnef), leaves=tuple(_tnef_leaf(attachment) for attachment in tnef.attachments))


def _tnef_leaf(attachment: TNEFAttachment) -> Leaf:
    name = attachment.long_filename() or attachment.name or ""
    text = name if isinstance(name, str) else decode_text(bytes(name), None)
    data = attachment.data if isinstance(attachment.data, bytes) else b""
    nested = getattr(attachment, "embed", None)
    return Leaf(base_name(text.strip("\0 ")), data, letter=_tnef_letter(nested) if nested else None)


def _tnef_text(tnef: TNEF) -> str:
    if html := tnef.htmlbody:
        return html_text(html if isinstance(html, str) else decode_text(html, None))[0]
    body = tnef.body or b""
    text = body if isinstance(body, str) else decode_text(body, None)
    return text if text.strip() else rtf_text(tnef.rtfbody or b"")
