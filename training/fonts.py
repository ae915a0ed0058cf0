"""Typefaces to draw lines with, from npm packages, and the drawing of Azerbaijani text with them.

Many handwriting-like typefaces lack Azerbaijani letters. Missing ones are put together as a hand would write them:
ə is a turned e, ğ a g under a bow, ş an s over a cedilla, № an N and a raised o.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import re
import subprocess
import tarfile
import tomllib
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import gettempdir

import numpy as np
from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.ttLib import TTFont
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Ink = NDArray[np.uint8]

_HERE = Path(__file__).parent
_FILE = re.compile(r"-(latin|latin-ext|cyrillic)-(?P<weight>\d+)-(?P<style>normal|italic)\.woff2$")
_WEIGHTS = ("400", "700")
_BUILT = {"ə": "e", "Ə": "e", "ğ": "g", "Ğ": "G", "ş": "s", "Ş": "S", "İ": "I", "№": "No"}
_NEEDED = frozenset("abcçdeəfgğhxıijkqlmnoöprsştuüvyzABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ0123456789.,-()")
_KEPT_SIZES = 6
_FAMILY, _WHOLE_NAME = 1, 4  # in a typeface's table of names
_NOT_MERGED = ["vhea", "vmtx", "fpgm", "prep", "cvt ", "gasp", "STAT", "DSIG"]  # for upright print at any size

KINDS = ("handwriting", "type")


def _read(name: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


def held_out(kind: str) -> tuple[str, ...]:
    """Names of the faces of a kind (``handwriting``, ``type``) on which accuracy is stated."""
    return tuple(_read("holdout.toml")[kind]["faces"])


@dataclass
class Face:
    """A typeface; ``files`` are asked in turn for a letter."""

    name: str
    files: tuple[Path, ...]
    is_handwriting: bool
    _fonts: dict[int, list[ImageFont.FreeTypeFont]] = field(default_factory=dict, repr=False)

    @cached_property
    def maps(self) -> tuple[frozenset[int], ...]:
        return tuple(frozenset(TTFont(file, lazy=True).getBestCmap()) for file in self.files)

    def can(self, text: str) -> bool:
        """Whether every letter is there or can be put together."""
        return all(self._place(c) is not None or self._is_buildable(c) for c in text)

    def drawn(self, text: str, size: int) -> Ink:
        """The ink (255) of a line, ``size`` pixels per em, with half an em of air on every side."""
        fonts = self._at(size)
        width = round(sum(self._advance(c, fonts) for c in text)) + size
        tile = Image.new("L", (max(1, width), 3 * size), 0)
        pen, baseline = size / 2, round(1.8 * size)
        for run in self._runs(text):
            pen += self._put(tile, run, pen, baseline, fonts, size)
        return np.asarray(tile)

    def _at(self, size: int) -> list[ImageFont.FreeTypeFont]:
        if size not in self._fonts:
            if len(self._fonts) >= _KEPT_SIZES:
                self._fonts.pop(next(iter(self._fonts)))
            engine = ImageFont.Layout.BASIC
            self._fonts[size] = [ImageFont.truetype(str(file), size, layout_engine=engine) for file in self.files]
        return self._fonts[size]

    def _place(self, letter: str) -> int | None:
        return next((i for i, known in enumerate(self.maps) if ord(letter) in known), None)

    def _is_buildable(self, letter: str) -> bool:
        return letter in _BUILT and all(self._place(c) is not None for c in _BUILT[letter])

    def _runs(self, text: str) -> list[str]:
        """Letters that stand in one file are drawn together, so that their kerning counts."""
        runs: list[str] = []
        for c in text:
            place = self._place(c)
            if runs and place is not None and place == self._place(runs[-1][0]):
                runs[-1] += c
            else:
                runs.append(c)
        return runs

    def _advance(self, letter: str, fonts: list[ImageFont.FreeTypeFont]) -> float:
        place = self._place(letter)
        if place is not None:
            return fonts[place].getlength(letter)
        scale = 1.45 if letter == "Ə" else 1.0
        return scale * sum(fonts[self._place(c) or 0].getlength(c) for c in _BUILT[letter])

    def _put(
        self, tile: Image.Image, run: str, pen: float, baseline: int, fonts: list[ImageFont.FreeTypeFont], size: int
    ) -> float:
        """Draws a run and returns how far the pen moved."""
        place = self._place(run[0])
        if place is not None:
            ImageDraw.Draw(tile).text((pen, baseline), run, fill=255, font=fonts[place], anchor="ls")
            return fonts[place].getlength(run)
        if run in "əƏ":
            self._turned_e(tile, run, pen, baseline, fonts, size)
        elif run == "№":
            self._number_sign(tile, pen, baseline, fonts, size)
        else:
            self._with_mark(tile, run, pen, baseline, fonts, size)
        return self._advance(run, fonts)

    def _turned_e(
        self, tile: Image.Image, letter: str, pen: float, baseline: int, fonts: list[ImageFont.FreeTypeFont], size: int
    ) -> None:
        font = fonts[self._place("e") or 0]
        large = font.font_variant(size=round(1.45 * size)) if letter == "Ə" else font
        x0, y0, x1, y1 = (round(v) for v in large.getbbox("e", anchor="ls"))
        glyph = Image.new("L", (max(1, x1 - x0), max(1, y1 - y0)), 0)
        ImageDraw.Draw(glyph).text((-x0, -y0), "e", fill=255, font=large, anchor="ls")
        turned = glyph.rotate(180)
        tile.paste(255, (round(pen) + x0, baseline + y0), turned)

    def _number_sign(
        self, tile: Image.Image, pen: float, baseline: int, fonts: list[ImageFont.FreeTypeFont], size: int
    ) -> None:
        font = fonts[self._place("N") or 0]
        draw = ImageDraw.Draw(tile)
        draw.text((pen, baseline), "N", fill=255, font=font, anchor="ls")
        small = font.font_variant(size=round(0.7 * size))
        raised = baseline - 0.25 * size
        at = pen + font.getlength("N")
        draw.text((at, raised), "o", fill=255, font=small, anchor="ls")
        draw.line((at, raised + 0.1 * size, at + small.getlength("o"), raised + 0.1 * size), 255, max(2, size // 18))

    def _with_mark(
        self, tile: Image.Image, letter: str, pen: float, baseline: int, fonts: list[ImageFont.FreeTypeFont], size: int
    ) -> None:
        base = _BUILT[letter]
        font = fonts[self._place(base) or 0]
        draw = ImageDraw.Draw(tile)
        draw.text((pen, baseline), base, fill=255, font=font, anchor="ls")
        x0, y0, x1, y1 = font.getbbox(base, anchor="ls")
        middle, thick = pen + (x0 + x1) / 2, max(2, size // 14)
        if letter in "ğĞ":
            wide, top = 0.16 * size, baseline + y0 - 0.2 * size
            draw.arc((middle - wide, top - wide, middle + wide, top + wide), 15, 165, 255, thick)
        elif letter in "şŞ":
            low = baseline + y1 + 0.02 * size
            draw.arc((middle - 0.12 * size, low, middle + 0.1 * size, low + 0.22 * size), 270, 130, 255, thick)
        else:
            top = baseline + y0 - 0.14 * size
            draw.ellipse((middle - thick, top - thick, middle + thick, top + thick), 255)


def fetch(folder: Path, kinds: tuple[str, ...] = KINDS, names: Container[str] | None = None) -> None:
    """Packs the packages of ``fonts.toml`` (or those of ``names``) into ``folder`` with npm and checks them.

    Raises ``ValueError`` where an archive is another one than stated, ``CalledProcessError`` where npm fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        for name, (version, integrity) in _read("fonts.toml")[kind].items():
            if names is not None and name not in names:
                continue
            archive = folder / f"fontsource-{name}-{version}.tgz"
            if not archive.is_file():
                subprocess.run(["npm", "pack", "--silent", f"@fontsource/{name}@{version}"], cwd=folder, check=True,
                               stdout=subprocess.DEVNULL)  # fmt: skip
            digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
            if f"sha512-{digest}" != integrity:
                raise ValueError(f"{archive.name} is another archive than the one stated in fonts.toml")


def faces(folder: Path, kind: str, *, for_training: bool) -> list[Face]:
    """The faces of a kind that may be trained on, or those held out; all have every Azerbaijani letter."""
    out = _read("holdout.toml")[kind]
    never = {*out["faces"], *out["kin"]}
    packages = _read("fonts.toml")[kind]
    names = sorted(set(packages) - never) if for_training else [n for n in out["faces"] if n in packages]
    found = [face for name in names for face in _of(folder, name, packages[name][0], kind, for_training)]
    if not for_training:
        found += [_system_face(name) for name in out["faces"] if name not in packages]
    return [face for face in found if face.can("".join(_NEEDED))]


def _of(folder: Path, name: str, version: str, kind: str, several: bool) -> list[Face]:
    """A package's regular face, for training the bold and italic ones too."""
    unpacked = folder / name
    if not unpacked.is_dir():
        with tarfile.open(folder / f"fontsource-{name}-{version}.tgz") as archive:
            wanted = [m for m in archive.getmembers() if _FILE.search(m.name)]
            for member in wanted:
                member.name = Path(member.name).name
            archive.extractall(unpacked, wanted, filter="data")
    cuts: dict[str, list[Path]] = {}
    for file in sorted(unpacked.iterdir(), key=lambda path: ("latin-ext" in path.name, "cyrillic" in path.name)):
        found = _FILE.search(file.name)
        if found and found["weight"] in _WEIGHTS:
            cuts.setdefault(f"{found['weight']} {found['style']}", []).append(file)
    wanted_cuts = sorted(cuts) if several else ["400 normal"]
    return [Face(f"{name} {cut}", tuple(cuts[cut]), kind == "handwriting") for cut in wanted_cuts]


def _system_face(family: str) -> Face:
    """A face that the system has installed."""
    asked = ["fc-match", "-f", "%{family}\n%{file}", family]
    matched, file = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split("\n")[:2]
    if family not in matched:
        raise FileNotFoundError(f"{family} is not installed")
    return Face(family, (Path(file),), False)


def install_held_out(archives: Path, folder: Path) -> None:
    """The held-out faces as ``folder/KIND/NAME-N.ttf``, each a family of its own name: what ``samples.make --faces``
    takes."""
    for kind in KINDS:
        fetch(archives, (kind,), held_out(kind))
        place = folder / kind
        place.mkdir(parents=True, exist_ok=True)
        for face in faces(archives, kind, for_training=False):
            _installed(face, place)


def _installed(face: Face, folder: Path) -> None:
    """All files of a face as one, a family of its own name."""
    name = f"held-out {face.name.removesuffix(' 400 normal')}"
    merged = Merger(MergeOptions(drop_tables=_NOT_MERGED)).merge([str(file) for file in face.files])
    merged.flavor = None
    merged["name"].names = []
    for entry in (_FAMILY, _WHOLE_NAME):
        merged["name"].setName(name, entry, 3, 1, 0x409)
    merged.save(folder / f"{name}.ttf")


def main() -> None:
    """Write the held-out faces into a folder."""
    parser = argparse.ArgumentParser(description="typefaces that are never trained on, for making messages")
    parser.add_argument("folder", type=Path)
    kept = Path(gettempdir()) / "recogniser" / "fonts"
    parser.add_argument("--archives", type=Path, default=kept, help="where the packages are kept")
    given = parser.parse_args()
    install_held_out(given.archives, given.folder)


if __name__ == "__main__":
    main()
