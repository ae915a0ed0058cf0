"""The two ways in which a file is refused; their argument is the ``detail`` that an engineer and a clerk read."""

from __future__ import annotations


class Unreadable(Exception):
    """Damaged, encrypted or of no supported format: nothing can be read from it."""


class Unsafe(Exception):
    """Over the limits, a bomb or active: it is not opened any further."""
