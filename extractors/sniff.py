"""What a file is, by its bytes alone: declared types and endings are often wrong and sometimes lie."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import olefile

PDF = "application/pdf"
ZIP = "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOCM = "application/vnd.ms-word.document.macroenabled.12"
DOC = "application/msword"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
MSG = "application/vnd.ms-outlook"
TNEF = "application/ms-tnef"
MESSAGE = "message/rfc822"
HTML = "text/html"
TEXT = "text/plain"
EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"
ENCRYPTED_OFFICE = "application/encrypted"

PICTURES = frozenset(
    f"image/{kind}" for kind in ("jpeg", "png", "gif", "bmp", "webp", "tiff", "heic", "heif", "avif", "jp2")
)
OFFICE = frozenset({DOCX, DOCM, DOC, ODT, RTF})
PAGED = PICTURES | OFFICE | {PDF}
CONTAINERS = frozenset({ZIP, TNEF, MSG, MESSAGE})
EXECUTABLES = frozenset(
    {
        "application/x-msdownload",
        "application/x-executable",
        "application/x-mach-binary",
        "application/java-vm",
        "application/java-archive",
        "application/x-ms-shortcut",
        "application/x-sh",
    }
)

#: Endings under which a mail program or Windows runs plain text as a program.
_SCRIPT_ENDINGS = (".js", ".jse", ".vbs", ".vbe", ".wsf", ".wsh", ".hta", ".bat", ".cmd", ".ps1", ".scr", ".lnk")

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (b"\xff\x4f\xff\x51", "image/jp2"),
    (b"{\\rtf", RTF),
    (b"\x78\x9f\x3e\x22", TNEF),
    (b"\x7fELF", "application/x-executable"),
    (b"\xca\xfe\xba\xbe", "application/java-vm"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"\x4c\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
    (b"#!", "application/x-sh"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"\x00\x00\x00\x0cJXL ", "image/jxl"),
    (b"\xff\x0a", "image/jxl"),
    (b"AT&TFORM", "image/vnd.djvu"),
    (b"%!PS", "application/postscript"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"BEGIN:VCARD", "text/vcard"),
)

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})

_HEADER_LINE = re.compile(rb"^[!-9;-~]{1,60}:(?: |\t|[^/\r\n])", re.MULTILINE)
_MAIL_HEADERS = re.compile(
    rb"^(?:received|return-path|delivered-to|from|to|subject|date|message-id|mime-version|content-type|reply-to|x-[\w-]+"
    rb"|content-transfer-encoding|cc|sender|importance|thread-topic|thread-index|dkim-signature|authentication-results"
    rb"|user-agent|references|in-reply-to|status|auto-submitted|precedence|arc-[\w-]+|content-disposition):",
    re.IGNORECASE | re.MULTILINE,
)
_PDF_MARK = re.compile(rb"%PDF-\d")
_JUNK_BEFORE_PDF = 4096


def media_type(content: bytes) -> str:
    """The media type that the bytes themselves show; ``application/x-empty`` for none, octet-stream for unknown."""
    if not content.strip(b"\0 \t\r\n"):
        return EMPTY
    for probe in (_by_magic, _by_structure, _pdf, _text):
        if found := probe(content):
            return found
    return UNKNOWN


def is_script_name(name: str) -> bool:
    """Whether a file of this name is run, not shown, by whoever opens it."""
    return name.lower().rstrip(". ").endswith(_SCRIPT_ENDINGS)


def _by_magic(content: bytes) -> str | None:
    return next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)


def _by_structure(content: bytes) -> str | None:
    probes: tuple[tuple[bool, Callable[[bytes], str | None]], ...] = (
        (content.startswith(b"PK"), _zip_kind),
        (content.startswith(olefile.MAGIC), _ole_kind),
        (content[4:8] == b"ftyp", _iso_media_kind),
        (content.startswith(b"RIFF"), lambda c: "image/webp" if c[8:12] == b"WEBP" else "audio/x-riff"),
        (content.startswith(b"BM") and len(content) > 26 and content[6:10] == b"\0\0\0\0", lambda _: "image/bmp"),
        (content[257:262] == b"ustar", lambda _: "application/x-tar"),
        (content.startswith(b"MZ") and b"PE\0\0" in content[:4096], lambda _: "application/x-msdownload"),
    )
    return next((kind for applies, probe in probes if applies and (kind := probe(content))), None)


def _zip_kind(content: bytes) -> str | None:
    if content[:4] not in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            open_document = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, KeyError):
        return ZIP
    return _package_kind(names, open_document)


def _package_kind(names: set[str], open_document: bytes) -> str:
    if "word/vbaProject.bin" in names:
        return DOCM
    if "word/document.xml" in names or any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return DOCX
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    if "ppt/presentation.xml" in names:
        return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    if open_document.startswith(ODT.encode()):
        return ODT
    if open_document.startswith(b"application/vnd.etsi.asic"):
        return ZIP  # signed files (ASAN İmza and its like) with their signatures beside them
    if open_document.startswith(b"application/"):
        return open_document.decode("ascii", "replace").strip()
    if "[Content_Types].xml" in names:
        return "application/vnd.openxmlformats-package"  # XPS and other drawings of Windows
    if any(name.endswith(".iwa") for name in names):
        return "application/vnd.apple.iwork"
    return "application/java-archive" if "META-INF/MANIFEST.MF" in names else ZIP


def _ole_kind(content: bytes) -> str:
    streams = _ole_streams(content)
    if any(name.startswith("__properties_version1.0") for name in streams):
        return MSG
    if "encryptedpackage" in streams:
        return ENCRYPTED_OFFICE
    if "worddocument" in streams:
        return DOC
    if "workbook" in streams or "book" in streams:
        return "application/vnd.ms-excel"
    if "powerpoint document" in streams:
        return "application/vnd.ms-powerpoint"
    return "application/x-ole-storage"


def _ole_streams(content: bytes) -> set[str]:
    """Lower-cased names of the top streams and storages of an OLE file; empty when it cannot be read."""
    try:
        with olefile.OleFileIO(content, raise_defects=olefile.DEFECT_FATAL) as ole:
            return {entry[0].lower() for entry in ole.listdir(streams=True, storages=True)}
    except (OSError, ValueError, IndexError, TypeError, AttributeError, RecursionError, MemoryError):
        return set()


def _iso_media_kind(content: bytes) -> str:
    brands = {content[8:12]} | {content[i : i + 4] for i in range(16, min(len(content), 64), 4)}
    if brands & _AVIF_BRANDS:
        return "image/avif"
    return "image/heic" if brands & _HEIF_BRANDS else "video/mp4"


def _pdf(content: bytes) -> str | None:
    """PDF, also with other bytes before its header, which readers accept."""
    mark = _PDF_MARK.search(content, 0, _JUNK_BEFORE_PDF)
    return PDF if mark and not _looks_like_mail(content[: mark.start()]) else None


def _text(content: bytes) -> str | None:
    head = content[:8192]
    if not _is_text(head):
        return None
    if _looks_like_mail(head):
        return MESSAGE
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1024].lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start or b"<body" in start:
        return HTML
    if start.startswith(b"<svg") or (start.startswith(b"<?xml") and b"<svg" in start):
        return "image/svg+xml"
    return "text/xml" if start.startswith(b"<?xml") else TEXT


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = sum(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head)
    return control <= len(head) // 200


def _looks_like_mail(head: bytes) -> bool:
    """Whether a text begins with a block of mail headers (an mbox "From " line before them is allowed)."""
    block = re.split(rb"\r?\n\r?\n|\r\r", head.lstrip(b"\xef\xbb\xbf\r\n \t"), maxsplit=1)[0]
    first = block.split(b"\n", 1)[0]
    if not (_HEADER_LINE.match(first) or first.startswith((b"From ", b">From "))):
        return False
    return len({name.lower() for name in _MAIL_HEADERS.findall(block)}) >= 2
