"""A quick look at a few lines of a sheet: which way up it is and in which script, before the whole is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from extractors import geometry
from extractors.engines import Layout
from extractors.engines.paddle import LATIN, Reading, line_reader
from extractors.engines.tesseract import installed_languages, tesseract
from extractors.shapes import Pixels
from models.geometry import WHOLE
from models.sheet import Language

_STUDY_PX = 1400
_LINES = 4
_SENSE, _BETTER = 1.2, 1.25  # what readings must amount to, by themselves and against others, to turn a sheet
_PLAIN = 0.75  # mean sense of lines that certainly stand the right way up
_DOUBTFUL = 0.4  # mean sense below which other letters are tried
_DPI = 200.0
_SURE_LATIN, _SURE_CYRILLIC = 0.85, 0.5  # certainty of lines that tell the language
_LONGEST = 13  # a line is cut to this many times its height
_AZERI_CYRILLIC = frozenset("әғҝөүһҹӘҒҜӨҮҺҸ")
_TURKISH = frozenset("ğışçöüİĞŞÇÖÜ")

#: Tesseract's names, best first; the last is always installed.
_MODELS = {
    Language.AZ: ("aze",),
    Language.AZ_CYRL: ("aze_cyrl", "rus", "aze"),
    Language.RU: ("rus", "aze_cyrl", "aze"),
    Language.TR: ("tur", "aze"),
    Language.EN: ("eng", "aze"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """Whether the sheet stands on its head, the language its lines seem to be in, how sure the reading was."""

    upside_down: bool = False
    language: Language = Language.AZ
    confidence: float = 0.0


def look(grey: Pixels) -> Sample:
    """Reads a few lines of a cleaned, level sheet both ways up."""
    lines = _some_lines(grey)
    upright = _readings(lines)
    plain = _total(upright) > _PLAIN * len(lines)
    turned = [] if plain else _readings(_turned(lines))
    upside_down = _total(turned) > max(_SENSE, _BETTER * _total(upright))
    best = turned if upside_down else upright
    language = language_of(" ".join(reading.text for reading in best if _tells_language(reading)))
    return Sample(upside_down, language, _total(best) / len(best) if best else 0.0)


def reads_sideways(grey: Pixels) -> bool:
    """Whether text makes more sense across the picture turned by a quarter than as it is."""
    here = max(map(_total, _both_ways(grey)))
    beside = max(map(_total, _both_ways(np.ascontiguousarray(np.rot90(grey, -1)))))
    return beside > max(_SENSE, _BETTER * here)


def _both_ways(grey: Pixels) -> tuple[list[Reading], list[Reading]]:
    lines = _some_lines(grey)
    return _readings(lines), _readings(_turned(lines))


def _readings(lines: list[Pixels]) -> list[Reading]:
    """The lines in Latin letters, or in Cyrillic ones where those make more sense (PP-OCR knows no Cyrillic)."""
    engine = line_reader()
    latin = [engine.read(line, LATIN) for line in lines] if engine else []
    if _total(latin) > _DOUBTFUL * len(lines):
        return latin
    models = [name for name in ("rus", "aze_cyrl") if name in installed_languages()]
    return max([latin, *(_cyrillic(lines, model) for model in models)], key=_likelihood)


def _likelihood(readings: list[Reading]) -> float:
    """Sense, with credit for letters that only Azerbaijani Cyrillic has: Russian text does not look like them."""
    text = "".join(reading.text for reading in readings)
    azeri = sum(letter in _AZERI_CYRILLIC for letter in text) > 0.03 * len(text) > 0
    return _total(readings) * (1.3 if azeri else 1.0)


def _cyrillic(lines: list[Pixels], model: str) -> list[Reading]:
    readings = []
    for line in lines:
        found = tesseract().read(line, [WHOLE], layout=Layout.LINE, language=model, dpi=_DPI)[0]
        words = [word for part in found for word in part.words]
        text = " ".join(word.text for word in words)
        sure = sum(word.confidence * len(word.text) for word in words) / max(1, sum(len(word.text) for word in words))
        readings.append(Reading(text, (sure,) * len(text)))
    return readings


def _turned(lines: list[Pixels]) -> list[Pixels]:
    return [np.ascontiguousarray(np.rot90(line, 2)) for line in lines]


def _tells_language(reading: Reading) -> bool:
    """Blurred Azerbaijani loses its marks and looks English; no blur makes Cyrillic letters of Latin ones."""
    return reading.confidence > (_SURE_CYRILLIC if re.search(r"[\u0400-\u04ff]{3}", reading.text) else _SURE_LATIN)


def _total(readings: list[Reading]) -> float:
    return sum(map(_sense, readings))


def model_for(language: Language) -> str:
    """The installed Tesseract model that reads a language best."""
    installed = installed_languages()
    return next((name for name in _MODELS[language] if name in installed), "aze")


def language_of(text: str) -> Language:
    """The language that letters alone suggest; Azerbaijani where they do not tell."""
    cyrillic, latin = len(re.findall(r"[\u0400-\u04ff]", text)), len(re.findall(r"[A-Za-zƏəĞğİıÖöŞşÜüÇç]", text))
    if cyrillic > latin and cyrillic > 8:
        return Language.AZ_CYRL if any(letter in _AZERI_CYRILLIC for letter in text) else Language.RU
    if latin < 60 or sum(text.count(letter) for letter in "əƏ") > 0.012 * latin:
        return Language.AZ
    marked = sum(letter in _TURKISH for letter in text)
    return Language.TR if marked > 0.02 * latin else Language.EN


def _sense(reading: Reading) -> float:
    """How sure a reading is, counted by its letters: short scraps of nonsense weigh little."""
    return reading.confidence**2 * min(1.0, len(reading.text) / 8)


def _some_lines(grey: Pixels) -> list[Pixels]:
    """Pictures of a few long lines from all over the sheet."""
    factor = min(1.0, _STUDY_PX / max(grey.shape))
    boxes = geometry.line_boxes(geometry.letters_of(geometry.shrunk(grey, factor)))[: 4 * _LINES]
    spread = sorted(boxes, key=lambda box: box[1])
    step = max(1, len(spread) // _LINES)
    lines = []
    for x, y, w, h in spread[step // 2 :: step][:_LINES]:
        margin = 0.25 * h
        top, bottom = max(0, round((y - margin) / factor)), round((y + h + margin) / factor)
        left, right = max(0, round((x - margin) / factor)), round((x + min(w, _LONGEST * h) + margin) / factor)
        lines.append(grey[top:bottom, left:right])
    return lines
