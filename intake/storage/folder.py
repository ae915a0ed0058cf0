"""Objects in a folder; the embedded store."""

from __future__ import annotations

from pathlib import Path

from intake.files import write_whole
from intake.ports import NotFound, Unavailable
from intake.storage.keys import checked, key_of, object_name

_ADVICE = "see that the folder can be written and the disk has room"


class FolderStore:
    """``intake.ports.ObjectStore`` in a folder. An object appears whole or not at all, also after a power cut."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        key = key_of(content)
        path = self._folder / object_name(key)
        try:
            if not (path.is_file() and path.read_bytes() == content):
                write_whole(path, content)
        except OSError as error:
            raise Unavailable(f"object store: {error.strerror}", _ADVICE) from error
        return key

    def get(self, key: str) -> bytes:
        path = self._folder / object_name(key)
        try:
            return checked(path.read_bytes(), key)
        except FileNotFoundError:
            raise NotFound(f"no object {key[:12]}") from None
        except OSError as error:
            raise Unavailable(f"object store: {error.strerror}", _ADVICE) from error

    def probe(self) -> str:
        self.get(self.put(b"intake probe"))
        return f"folder {self._folder}"
