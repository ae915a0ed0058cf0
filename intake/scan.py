"""Malware scanning through clamd; none by default."""

from __future__ import annotations

import socket
import struct
from urllib.parse import urlsplit

from intake.ports import Unavailable

_CHUNK = 1 << 16
_ADVICE = "see that clamd runs and that its StreamMaxLength exceeds the largest message"


class NoScanner:
    """Finds nothing, because there is no scanner."""

    def scan(self, content: bytes) -> str | None:  # noqa: ARG002  (the port's signature)
        return None

    def probe(self) -> str:
        return "none"


class ClamdScanner:
    """A clamd daemon: ``clamd:///SOCKET`` or ``clamd://HOST:PORT``. What cannot be scanned is never called clean."""

    def __init__(self, url: str, timeout: float = 120.0) -> None:
        self._parts = urlsplit(url)
        self._timeout = timeout

    def scan(self, content: bytes) -> str | None:
        answer = self._ask(b"INSTREAM", content)
        if answer.endswith("OK"):
            return None
        if answer.endswith("FOUND"):
            return answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise Unavailable(f"malware scanner: {answer[-80:]}", _ADVICE)

    def probe(self) -> str:
        return self._ask(b"VERSION", None)

    def _ask(self, command: bytes, content: bytes | None) -> str:
        try:
            with self._connection() as connection:
                connection.sendall(b"z" + command + b"\0")
                if content is not None:
                    for start in range(0, len(content), _CHUNK):
                        chunk = content[start : start + _CHUNK]
                        connection.sendall(struct.pack("!L", len(chunk)) + chunk)
                    connection.sendall(struct.pack("!L", 0))
                return _answer(connection)
        except OSError as error:
            raise Unavailable(f"malware scanner: {type(error).__name__}", _ADVICE) from error

    def _connection(self) -> socket.socket:
        if self._parts.hostname:
            return socket.create_connection((self._parts.hostname, self._parts.port or 3310), self._timeout)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(self._timeout)
        try:
            connection.connect(self._parts.path)
        except OSError:
            connection.close()
            raise
        return connection


def _answer(connection: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0"):
        more = connection.recv(4096)
        if not more:
            break
        received += more
    return received.rstrip(b"\0").decode("utf-8", "replace").strip()
