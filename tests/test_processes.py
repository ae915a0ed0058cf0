"""What a process asks of the system."""

from __future__ import annotations

from pathlib import Path

from intake.processes import give_memory_back

_PIECE = 64 * 1024
_PIECES = 1500


def test_freed_memory_goes_back_to_the_system() -> None:
    """Pieces freed below one that is still in use stay with the C library until they are given back."""
    pieces = [bytes(_PIECE) for _ in range(_PIECES)]
    last = bytes(_PIECE)
    full = _resident()
    pieces.clear()
    give_memory_back()
    assert full - _resident() > _PIECE * _PIECES // 2
    assert len(last) == _PIECE


def _resident() -> int:
    """Bytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096
