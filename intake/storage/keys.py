"""Keys of stored objects: leaf names only, so that no key is the folder of another."""

from __future__ import annotations

import hashlib
import re

from intake.ports import NotFound, Rejected

_KEY = re.compile(r"[0-9a-f]{64}")


def key_of(content: bytes) -> str:
    """The key of bytes: their SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def object_name(key: str) -> str:
    """Where an object lies below its store. Raises NotFound for what cannot be a key."""
    if not _KEY.fullmatch(key):
        raise NotFound("no such object: the key is no SHA-256")
    return f"sha256/{key[:2]}/{key[2:]}"


def checked(content: bytes, key: str) -> bytes:
    """The content, if it still is what its key says. Raises Rejected: asking again will not mend it."""
    if key_of(content) != key:
        raise Rejected(f"object {key[:12]} is damaged", "restore it from a backup")
    return content
