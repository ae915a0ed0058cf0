"""Other typefaces: every usual one is exchanged for one of a folder, drawn anew for each message."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from PIL import ImageFont

from samples.prints import HANDWRITING, TYPED


@contextmanager
def exchanged(folder: Path, rng: Random) -> Iterator[dict[str, str]]:
    """While it lasts, print is set in the families of ``folder/type`` and ``folder/handwriting`` (TTF files).

    Gives what stands for what. Raises FileNotFoundError where one of the folders holds no typeface.
    """
    for_type, pens = (families(folder / kind) for kind in ("type", "handwriting"))
    rng.shuffle(for_type)
    stand_ins = {usual: for_type[n % len(for_type)] for n, usual in enumerate(TYPED)} | {HANDWRITING: rng.choice(pens)}
    with TemporaryDirectory(prefix="faces-") as held:
        rules = Path(held) / "fonts.conf"
        rules.write_text(_rules(folder, stand_ins), encoding="utf-8")
        _configure(str(rules))
        try:
            yield stand_ins
        finally:
            _configure("")


def _configure(file: str) -> None:
    """Have fontconfig, which the layout engine asks, follow another file; "" is the system's."""
    if file:
        os.environ["FONTCONFIG_FILE"] = file
    else:
        os.environ.pop("FONTCONFIG_FILE")
    ctypes.CDLL(find_library("fontconfig")).FcInitReinitialize()


def families(folder: Path) -> list[str]:
    """The families of the typefaces in a folder, by name."""
    found = sorted({str(ImageFont.truetype(str(file)).getname()[0]) for file in folder.glob("*.ttf")})
    if not found:
        raise FileNotFoundError(f"no typefaces (*.ttf) in {folder}")
    return found


def _rules(folder: Path, stand_ins: dict[str, str]) -> str:
    """A configuration of fontconfig: ours before the system's, which adds families of its own."""
    exchanges = "".join(
        f'<match target="pattern"><test name="family"><string>{escape(usual)}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{escape(other)}</string></edit></match>\n'
        for usual, other in stand_ins.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>\n'
        f"<dir>{escape(str(folder.resolve()))}</dir>\n{exchanges}"
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include></fontconfig>\n'
    )
