"""Azerbaijani words: evidence where two readings differ, never a reason to overwrite what stands on the paper.

The list is the word graph of Tesseract's Azerbaijani model (Apache-2.0), lower-cased. It is made again by
``python -m extractors.engines.lexicon`` where ``combine_tessdata`` and ``dawg2wordlist`` are installed.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from extractors.engines.tesseract import data_folder
from models.azerbaijani import lower

_FILE = Path(__file__).parent / "data" / "words.txt.gz"
_WORD = re.compile(r"[a-zçəğıöşü]{2,24}")


def is_known(word: str) -> bool:
    """Whether a word, in any case, is in the list."""
    return lower(word) in _words()


@cache
def _words() -> frozenset[str]:
    """The listed words, lower case. A missing file means no evidence."""
    return frozenset(gzip.decompress(_FILE.read_bytes()).decode().split("\n")) if _FILE.is_file() else frozenset()


def make(out: Path = _FILE) -> int:
    """Writes the list from the installed Azerbaijani model; returns its number of words."""
    with tempfile.TemporaryDirectory() as folder:
        stem = str(Path(folder) / "aze.")
        subprocess.run(["combine_tessdata", "-u", str(data_folder() / "aze.traineddata"), stem], check=True)
        listed = Path(folder) / "words"
        subprocess.run(["dawg2wordlist", f"{stem}lstm-unicharset", f"{stem}lstm-word-dawg", str(listed)], check=True)
        words = _cleaned(listed.read_text(encoding="utf-8").splitlines())
    out.parent.mkdir(exist_ok=True)
    out.write_bytes(gzip.compress("\n".join(words).encode(), 9, mtime=0))
    return len(words)


def _cleaned(words: Iterable[str]) -> list[str]:
    return sorted({low for word in words if _WORD.fullmatch(low := lower(word))})


if __name__ == "__main__":
    print(make(), "words")
