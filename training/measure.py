"""``python -m training.measure``: how well lines in held-out typefaces are read, by engine and damage.

Words of these lines are kept from training, too. Exact: the whole line, case kept, quotes and dashes folded.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import gettempdir

import cv2
from rapidfuzz.distance import Levenshtein

from extractors.engines import Layout, fusion
from extractors.engines.paddle import AZERBAIJANI, LineReader
from extractors.engines.tesseract import tesseract
from models.geometry import WHOLE
from training import fonts, lines
from training.features import is_legible
from training.texts import Texts

_FRAME = 8  # white pixels round a line for Tesseract, as the region reader leaves them
_SIGNS = str.maketrans("“”„«»‘’–—", '"""""\'\'--')


@dataclass
class Tally:
    """Lines and characters read by one engine."""

    lines: int = 0
    exact: int = 0
    letters: int = 0
    wrong: int = 0

    def add(self, truth: str, text: str) -> None:
        self.lines += 1
        self.exact += truth == text
        self.letters += len(truth)
        self.wrong += Levenshtein.distance(truth, text)

    def __str__(self) -> str:
        return f"{100 * self.exact / self.lines:.1f} ({100 * self.wrong / self.letters:.2f})"


def drawn(folder: Path, kind: str, damage: str, count: int, seed: str) -> Iterator[tuple[lines.Grey, str]]:
    """``count`` lines per held-out face of a kind, with their texts."""
    texts = Texts(f"{seed} {kind} {damage}", unseen_words=True)
    for face in fonts.faces(folder, kind, for_training=False):
        rng, made = Random(f"{seed} {face.name} {damage}"), 0
        while made < count:
            text = texts.line()
            picture = lines.picture(face, text, damage, rng) if face.can(text) else None
            if picture is not None and is_legible(picture):
                yield picture, text
                made += 1


def readings(reader: LineReader, picture: lines.Grey) -> dict[str, str]:
    """What each engine, and both together, read on a line."""
    framed = cv2.copyMakeBorder(picture, _FRAME, _FRAME, _FRAME, _FRAME, cv2.BORDER_CONSTANT, value=255)
    found = tesseract().read(framed, [WHOLE], layout=Layout.LINE, language="aze", dpi=200)[0]
    words = [word for line in sorted(found, key=lambda item: item.box.x0) for word in line.words]
    head = reader.read(picture)
    pieces = fusion.fused([word.text for word in words], [word.confidence for word in words], head)
    return {
        "Tesseract": " ".join(word.text for word in words),
        "PP-OCR, masked": reader.read_masked(picture, AZERBAIJANI).text,
        "own head": head.text,
        "fused": " ".join(piece.text for piece in pieces),
        "both read the same": head.text if all(piece.confidence >= fusion.SAME for piece in pieces) else "",
    }


def main() -> None:
    """Prints a table: exact lines in % (character errors in %)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(gettempdir()) / "recogniser", help="where the fonts are")
    parser.add_argument("--count", type=int, default=16, help="lines per face and damage")
    parser.add_argument("--seed", default="measured")
    options = parser.parse_args()
    fonts.fetch(options.folder / "fonts")
    reader = LineReader()
    for kind in ("type", "handwriting"):
        for damage in lines.KINDS:
            print(_row(options, reader, kind, damage), flush=True)


def _row(options: argparse.Namespace, reader: LineReader, kind: str, damage: str) -> str:
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for picture, text in drawn(options.folder / "fonts", kind, damage, options.count, options.seed):
        for engine, read in readings(reader, picture).items():
            if engine != "both read the same" or read:
                tallies[engine].add(_folded(text), _folded(read))
    agreed = tallies.pop("both read the same", Tally())
    cells = [f"{engine} {tally}" for engine, tally in tallies.items()]
    return " | ".join([f"{kind}, {damage}", *cells, f"both read the same {agreed.exact} of {agreed.lines}"])


def _folded(text: str) -> str:
    return " ".join(text.translate(_SIGNS).split())


if __name__ == "__main__":
    main()
