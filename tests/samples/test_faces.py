"""Messages set in other typefaces than the usual ones."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path
from random import Random

import pikepdf
import pytest

from samples.faces import exchanged
from samples.prints import HANDWRITING, TYPED, print_html

SYSTEM = Path("/usr/share/fonts/truetype/dejavu")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one typeface of each kind."""
    for kind, file in (("type", "DejaVuSansMono.ttf"), ("handwriting", "DejaVuSerif-Bold.ttf")):
        (tmp_path / kind).mkdir()
        shutil.copy(SYSTEM / file, tmp_path / kind)
    return tmp_path


def families_in(pdf: bytes) -> str:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return " ".join(str(font.get("/BaseFont")) for font in opened.pages[0].Resources.Font.values())


def test_every_usual_family_is_exchanged_while_it_lasts(folder: Path) -> None:
    """Print is set in the folder's typefaces, afterwards in the usual ones again."""
    body = f"<p style=\"font-family:'Carlito'\">bir</p><p style=\"font-family:'{HANDWRITING}'\">iki</p>"
    with exchanged(folder, Random(1)) as stand_ins:
        inside = families_in(print_html(body).pdf)
    assert set(stand_ins) == {*TYPED, HANDWRITING}
    assert "Mono" in inside and "Serif" in inside and "Carlito" not in inside
    assert "FONTCONFIG_FILE" not in os.environ
    assert "Carlito" in families_in(print_html(body).pdf)


def test_a_folder_without_typefaces_is_told(tmp_path: Path) -> None:
    """Nobody takes usual print for unusual by mistake."""
    with pytest.raises(FileNotFoundError, match="no typefaces"), exchanged(tmp_path, Random(1)):
        pass
