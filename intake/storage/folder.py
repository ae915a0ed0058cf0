"""Objects in a folder; the embedded store."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

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
            if not self._holds(path, len(content)):
                _write_whole(path, content)
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

    def _holds(self, path: Path, size: int) -> bool:
        return path.exists() and path.stat().st_size == size


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
