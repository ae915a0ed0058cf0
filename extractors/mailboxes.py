"""Messages in files: single ones, folders of them, mbox files and Maildirs, in a stable order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from extractors import sniff

_SEPARATOR = re.compile(rb"^From [^\r\n]*\d\d:\d\d[^\r\n]*\d{4}[^\r\n]*\r?\n(?=[!-9;-~]+:)", re.MULTILINE)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_SINGLE = (".eml", ".msg")  # one message each, even behind an mbox separator
_ENDINGS = (*_SINGLE, ".mbox", ".mbx")
_HEAD = 16_384
_MAILDIR = ("cur", "new")


#: Told the name of a file below a folder that cannot be read, and why; without it the error is raised.
Unreadable = Callable[[str, OSError], None]


def iter_messages(path: Path, unreadable: Unreadable | None = None) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every message below ``path``: a file, an mbox, a Maildir or a folder, read one at a time.

    The name is the path below ``path`` as the contract wants it: ``a/b.eml``, ``box.mbox#3`` counted from 1, and the
    bare file name for a named file. A named file is a message whatever its ending; in a folder, files that neither are
    called nor look like mail are passed over, as are pipes and linked folders. Raises ``OSError`` when something cannot
    be read and nobody is told.
    """
    if not path.is_dir():
        yield from _told(path, path.name, unreadable)
        return
    for file in sorted(_files(path), key=lambda found: found.relative_to(path).parts):
        yield from _told(file, file.relative_to(path).as_posix(), unreadable)


def _told(file: Path, name: str, unreadable: Unreadable | None) -> Iterator[tuple[str, bytes]]:
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        yield from _in_file(file, shown)
    except OSError as problem:
        if unreadable is None:
            raise
        unreadable(shown, problem)


def _files(folder: Path) -> Iterator[Path]:
    """The files of messages below a folder; of a Maildir all that was delivered. Hidden files are left out."""
    maildir = _is_maildir(folder)
    delivered = folder.name in _MAILDIR and _is_maildir(folder.parent)
    for entry in folder.iterdir():
        if entry.is_dir():
            if not entry.is_symlink() and (not maildir or entry.name in _MAILDIR or _is_maildir(entry)):
                yield from _files(entry)
        elif (
            not maildir
            and (entry.is_file() or entry.is_symlink())
            and not entry.name.startswith(".")
            and (delivered or _holds_mail(entry))
        ):
            yield entry


def _holds_mail(file: Path) -> bool:
    if file.suffix.lower() in _ENDINGS:
        return True
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    return head.startswith(b"From ") or sniff.media_type(head) == sniff.MESSAGE


def _is_maildir(folder: Path) -> bool:
    return all((folder / name).is_dir() for name in _MAILDIR)


def _in_file(file: Path, name: str) -> Iterator[tuple[str, bytes]]:
    raw = file.read_bytes()
    if not raw.startswith(b"From ") or file.suffix.lower() in _SINGLE:
        yield name, raw
        return
    starts = [match.start() for match in _SEPARATOR.finditer(raw)] or [0]
    ends = [*starts[1:], len(raw)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        yield f"{name}#{number}", _unquoted(raw[start:end])


def _unquoted(piece: bytes) -> bytes:
    """A message without its "From " line and with the quoting of such lines in its text undone."""
    _, _, message = piece.partition(b"\n")
    return _QUOTED.sub(rb"\1", message).removesuffix(b"\n")
