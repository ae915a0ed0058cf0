"""Line recognition: PP-OCRv6's convolutions with a head of our own, or PP-OCRv6 whole.

PP-OCR's weights are a data file of the ``rapidocr`` package, which itself is never imported. Whole, the network knows
18,708 characters and its output is masked to the alphabet that can stand on the paper. Our head knows the Azerbaijani
alphabet only; it takes what the convolutions see (``_TAP``) and was trained by ``python -m training.recogniser``.
"""

from __future__ import annotations

import importlib.util
import string
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.engines import EngineUnavailable
from extractors.engines.networks import Network
from extractors.shapes import Pixels
from models import azerbaijani

_WEIGHTS = "models/PP-OCRv6_rec_small.onnx"
_HEIGHT = 48  # pixels of a line as the network was trained
_NARROWEST, _WIDEST = 48, 2400
_BLANK = 0
HEAD = Path(__file__).parent / "data" / "head.onnx"
_TAP = "p2o.pd_op.pool2d.1.0"  # 384 features per frame, after the last convolution
_LETTERS, _HEAD_LETTERS = "fetch_name_0", "letters"
_FRAME = 8  # pixels
_REMEMBERED = 1000  # readings

PUNCTUATION = " .,:;!?()[]/\\-–—\"'«»“”„‘’+№%&*@#=_<>|°§$€₼"
AZERBAIJANI = frozenset(azerbaijani.UPPER + azerbaijani.LOWER + "Ww" + string.digits + PUNCTUATION)
LATIN = AZERBAIJANI | frozenset(string.ascii_letters)
MRZ = frozenset(string.ascii_uppercase + string.digits + "<")


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands on a line and how certain each of its characters is (0-1)."""

    text: str
    certainties: tuple[float, ...] = ()

    @property
    def confidence(self) -> float:
        """The mean certainty of the characters, 0 without any."""
        return sum(self.certainties) / len(self.certainties) if self.certainties else 0.0


class LineReader:
    """Reads pictures of single lines."""

    def __init__(self) -> None:
        self._network = Network(_with_output(weights().read_bytes(), _TAP))
        self._head = Network(HEAD.read_bytes())
        self._characters = ["", *_names(self._network), " "]
        self.letters = ("", *_names(self._head))
        self._masks: dict[frozenset[str], NDArray[np.intp]] = {}
        self._readings: dict[tuple[bytes, tuple[int, ...], frozenset[str] | None], Reading] = {}

    def read(self, line: Pixels) -> Reading:
        """The text of a picture (grey or colour) that holds one line in Latin letters."""
        return self._once(line, None)

    def read_masked(self, line: Pixels, alphabet: frozenset[str]) -> Reading:
        """The same by PP-OCR alone, using only letters of ``alphabet``."""
        return self._once(line, alphabet)

    def forget(self) -> None:
        """Forgets what it has read, so that the next reading of the same lines costs what the first did."""
        self._readings.clear()

    def _once(self, line: Pixels, alphabet: frozenset[str] | None) -> Reading:
        """The reading of a line, the same pixels read once: zones are looked at to classify a sheet and to read it,
        doubtful lines from cuts that often hold the same letters."""
        key = blake2b(line.tobytes(), digest_size=16).digest(), line.shape, alphabet
        if key not in self._readings:
            if len(self._readings) >= _REMEMBERED:
                del self._readings[next(iter(self._readings))]
            self._readings[key] = self._by_head(line) if alphabet is None else self._by_network(line, alphabet)
        return self._readings[key]

    def _by_head(self, line: Pixels) -> Reading:
        pixels = prepared(line)
        features = self._network.run(_TAP, {"x": pixels})
        missing = _FRAME * features.shape[3] - pixels.shape[3]
        grey = np.pad(pixels[:, :1], ((0, 0), (0, 0), (0, 0), (0, max(0, missing))), mode="edge")
        scores = self._head.run(
            _HEAD_LETTERS, {"features": features, "pixels": grey[..., : _FRAME * features.shape[3]]}
        )[0]
        return _decoded(scores, np.array(self.letters))

    def _by_network(self, line: Pixels, alphabet: frozenset[str]) -> Reading:
        allowed = self._allowed(alphabet)
        scores = self._network.run(_LETTERS, {"x": prepared(line)})[0][:, allowed]
        return _decoded(scores, np.array(self._characters)[allowed])

    def _allowed(self, alphabet: frozenset[str]) -> NDArray[np.intp]:
        if alphabet not in self._masks:
            places = [i for i, c in enumerate(self._characters) if c in alphabet]
            self._masks[alphabet] = np.array([_BLANK, *places])
        return self._masks[alphabet]


def _with_output(network: bytes, name: str) -> bytes:
    """A serialised network with one more output. Protobuf reads what follows a message as more of the same message:
    here ``graph`` (field 7 of the model) with one ``output`` (field 12) of this ``name`` (field 1)."""
    more = name.encode()
    for field in (1, 12, 7):
        more = bytes((field << 3 | 2, len(more))) + more
    return network + more


def _names(network: Network) -> list[str]:
    return network.note("character").split("\n")


def _decoded(scores: NDArray[np.float32], letters: NDArray[np.str_]) -> Reading:
    """Best path: repeated symbols collapse, blanks vanish, spaces at the ends too."""
    best, certainty = scores.argmax(axis=1), scores.max(axis=1)
    found, last = [], _BLANK
    for place, score in zip(best, certainty, strict=True):
        if place not in (_BLANK, last):
            found.append((str(letters[place]), float(score)))
        last = place
    while found and found[-1][0] == " ":
        found.pop()
    while found and found[0][0] == " ":
        found.pop(0)
    return Reading("".join(letter for letter, _ in found), tuple(sure for _, sure in found))


@cache
def line_reader() -> LineReader | None:
    """The reader of this process, None where its weights are not installed."""
    try:
        return LineReader()
    except EngineUnavailable:
        return None


def weights() -> Path:
    """The file inside the ``rapidocr`` package. Raises ``EngineUnavailable``."""
    found = importlib.util.find_spec("rapidocr")
    if found is None or found.origin is None:
        raise EngineUnavailable("no PP-OCR weights: pip install rapidocr")
    path = Path(found.origin).parent / _WEIGHTS
    if not path.is_file():
        raise EngineUnavailable(f"no PP-OCR weights at {path.name}: pip install rapidocr==3.10.0")
    return path


def prepared(line: Pixels) -> NDArray[np.float32]:
    """A line as the network wants it: (1, 3, 48, width), -1 to 1."""
    colour = cv2.cvtColor(line, cv2.COLOR_GRAY2BGR) if line.ndim == 2 else line
    height, width = colour.shape[:2]
    wide = min(_WIDEST, max(_NARROWEST, round(width * _HEIGHT / max(1, height))))
    scaled = cv2.resize(colour, (wide, _HEIGHT), interpolation=cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_LINEAR)
    return ((scaled.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1))[None]
