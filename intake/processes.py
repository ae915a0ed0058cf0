"""What a process asks of the system beyond Python: to end with its parent, a name of its own, an end to a job that
takes too long, memory given back."""

from __future__ import annotations

import ctypes
import signal

_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15
_LONGEST_NAME = 15  # bytes
_libc = ctypes.CDLL(None, use_errno=True)


class OutOfTime(BaseException):
    """The time for a job is up. No ``Exception``: an adapter round a parser must not take it for the parser's own
    trouble, or the file that was being read would be called damaged."""


def die_with_parent(sign: int = signal.SIGTERM) -> None:
    """Ask the kernel to signal this process when its parent ends, however it ends.

    To be called in the child. The parent is the thread that started it, so children are started from main threads.
    """
    _libc.prctl(_PR_SET_PDEATHSIG, int(sign))


def name_process(name: str) -> None:
    """The name under which ``ps`` and ``top`` show this process and its children."""
    _libc.prctl(_PR_SET_NAME, name.encode()[:_LONGEST_NAME])


def give_memory_back() -> None:
    """Return what was freed to the system: pages of different sizes leave the C library's heap full of gaps, so that a
    process that reads message after message would grow by a third. Where the C library knows no trimming, nothing."""
    if trim := getattr(_libc, "malloc_trim", None):
        trim(0)
