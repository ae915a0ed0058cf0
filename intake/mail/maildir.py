"""Maildir folders as mailbox and as outbox; the embedded parts."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from intake.files import make_folder, write_whole
from intake.ports import NotFound, Outgoing, Unavailable
from models.office import MailPlace

_ADVICE = "see that the Maildir can be written and the disk has room"
_SETTLED_SECONDS = 0.5  # a file this young may still be being copied by somebody who ignores tmp/
_PLAIN = re.compile(r"[a-z0-9][a-z0-9.@-]{1,120}")
_LOOK_SECONDS = 0.3


class MaildirMailbox:
    """``intake.ports.Mailbox`` on a Maildir.

    A message is waiting while it lies in ``new``, whatever its flags, or in ``cur`` without an S flag. Its identity is
    its name and content: somebody may put another message under an old name.
    """

    def __init__(self, folder: Path, name: str = "") -> None:
        self._folder = folder
        self._name = name or f"maildir:{folder.name}"

    def waiting(self) -> Sequence[MailPlace]:
        with _named_errors():
            found = []
            for path in self._unseen():
                with suppress(FileNotFoundError):  # another reader was quicker
                    if _settled(path):
                        found.append((path.stat().st_mtime, path.name, self._place(path)))
            return [place for _, _, place in sorted(found, key=lambda each: each[:2])]

    def fetch(self, place: MailPlace, limit: int) -> bytes:
        with _named_errors():
            try:
                with self._path(place).open("rb") as file:
                    return file.read(limit)
            except FileNotFoundError:
                raise NotFound("another reader took the message") from None

    def acknowledge(self, place: MailPlace) -> None:
        with _named_errors(), suppress(NotFound, FileNotFoundError):
            path = self._path(place)
            base, _, flags = path.name.partition(":2,")
            path.rename(self._folder / "cur" / f"{base}:2,{''.join(sorted({*flags, 'S'}))}")

    def wait(self, seconds: float, ended: Callable[[], bool]) -> None:
        """Looks several times a second: an embedded mailbox has no bell."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not ended() and next(self._unseen(), None) is None:
            time.sleep(min(_LOOK_SECONDS, seconds))

    def close(self) -> None:
        """Nothing is held open."""

    def prepare(self) -> None:
        """Make the folder where there is none."""
        with _named_errors():
            _make(self._folder)

    def probe(self) -> str:
        if not (self._folder / "new").is_dir():
            raise Unavailable("mailbox: no Maildir is there", "start intake up once, it makes the folder")
        return f"Maildir {self._folder}"

    def _unseen(self) -> Iterator[Path]:
        for part in ("new", "cur"):
            folder = self._folder / part
            for path in folder.iterdir() if folder.is_dir() else ():
                seen = part == "cur" and "S" in path.name.partition(":2,")[2]
                if not seen and not path.name.startswith(".") and path.is_file():
                    yield path

    def _place(self, path: Path) -> MailPlace:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return MailPlace(self._name, digest[:32], path.name.partition(":2,")[0], path.stat().st_size)

    def _path(self, place: MailPlace) -> Path:
        """The file of a message; not one that somebody put under its name since."""
        for path in self._unseen():
            if path.name.partition(":2,")[0] == place.uid and self._place(path) == place:
                return path
        raise NotFound("the message is no longer waiting in the mailbox")


class MaildirPostman:
    """``intake.ports.Postman`` into a Maildir. The file is named after the Message-ID, so a repeat finds it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, letter: Outgoing, handing_over: Callable[[], None]) -> str:  # noqa: ARG002  (a repeat is safe)
        name = _file_name(letter.message_id)
        with _named_errors():
            _make(self._folder)
            for part in ("new", "cur"):
                for path in (self._folder / part).glob(f"{name}*"):
                    return str(path)
            final = self._folder / "new" / name
            write_whole(final, letter.raw, aside=self._folder / "tmp")
            return str(final)

    def probe(self) -> str:
        with _named_errors():
            _make(self._folder)
        return f"Maildir {self._folder}"


def _file_name(message_id: str) -> str:
    """A file name that only this Message-ID has, readable where it can be."""
    plain = message_id.strip("<>")
    if not _PLAIN.fullmatch(plain):
        plain = hashlib.sha256(message_id.encode()).hexdigest()
    return f"{plain}.eml"


def _make(folder: Path) -> None:
    for part in ("tmp", "new", "cur"):
        make_folder(folder / part)


def _settled(path: Path) -> bool:
    return abs(time.time() - path.stat().st_mtime) >= _SETTLED_SECONDS


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"Maildir: {error.strerror}", _ADVICE) from error
