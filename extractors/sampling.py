"""A quick look at a few lines of a sheet: which way up it is and in which script, before the whole is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extractors import geometry
from extractors.engines import Layout
from extractors.engines.paddle import LATIN, Reading, line_reader
from extractors.engines.tesseract import installed_languages, tesseract
from extractors.shapes import Pixels
from models.azerbaijani import fold, lower
from models.geometry import WHOLE
from models.sheet import Language, Line, Word

_STUDY_PX = 1400
_LINES = 4
_SENSE, _BETTER = 1.2, 1.25  # what readings must amount to, by themselves and against others, to turn a sheet
_PLAIN = 0.75  # mean sense of lines that certainly stand the right way up
_DOUBTFUL = 0.4  # mean sense below which other letters are tried
_HARDLY = 0.2  # sense of a line that may be text at all; patterns in photographs make less
_DPI = 200.0
_ENOUGH, _CLEAR, _MOSTLY = 12, 0.75, 0.7  # words, their certainty, and the share of them that must have it
_SURE_LATIN, _SURE_CYRILLIC = 0.85, 0.5  # certainty of lines that tell the language
_LETTERED, _WORD = 0.4, 4  # share and number of letters from which a reading tells the script
_LONGEST = 13  # a line is cut to this many times its height
_AZERI_CYRILLIC = frozenset("әғҝөүһҹјӘҒҜӨҮҺҸЈ")
_OWN_WORDS = 3  # with a letter of its own
_AZERI = 0.06  # share of these letters in Azerbaijani as badly as it may be read; the true one is a sixth
_A_WORD = 6  # letters of Cyrillic print
_A_FEW_LINES = 60  # letters below which nothing is English but by its words
_WORDS_OF_A_LANGUAGE = 2
_TURKISH = frozenset("ğışçöüİĞŞÇÖÜ")
#: Stems that only one of the three has, as they look once every mark is lost, and what Turkish cards and ours share.
_TURKISH_WORDS = re.compile(
    r"\b(?:icin|tarihi?|cumhuriyet|bakanlig|mudurlug|vatandas|numara|belge|olarak|gecerlilik|sayin|saygi|kimlik|uyrug|"
    r"hususunda|tarafi|hakkinda|turkiye|adres|dogum yeri|kayit|ilgili|duzenle|noter|isbu|onayl|yilin|aylik|nufus|sicil|"
    r"kaydi|yoktur|ait\b|ucret|odeme|basvuru|yetkili|\w+m[iu]st[iu]r|\w+m[ae]kt[ae])"
)
_AZERI_WORDS = re.compile(
    r"\b(?:ucun|tarixi?|respublika|haqqinda|seher|xidmet|vesiq|muessis|mebleg|odenis|arayis|verilir|verilme|qebz|"
    r"rayon|sened|nazirliy|oglu|vetendas|qeydiyyat|seriya|etibarli|dogulduqu|atasinin|nomre|bank|"
    r"dovlet|miqrasiya|muraciet|barede|erize|isley|yasay|teqdim|tesdiq|xahis|ondan otru|\w+m[iu]sd[iu]r|\w*q(?!u))"
)
_ENGLISH_WORDS = re.compile(
    r"\b(?:(?:the|of|and|to|from|with|for|by|this|that|which|has|have|been|was|were|are|shall|hereby|whom|it|may|our|your|"
    r"on|not|no(?=\W+\d)|name|surname|date|birth|number|issued?|page|place|sex|month|total|gross|net|we)\b|"
    r"certif|company|registe|extract|employ|salar|nationalit|passport|authorit|signatur|januar|februar|octob|decemb)"
)
_SHARED_WORDS = re.compile(r"\b(?:soyadi?|adi|ana|baba|ata|cinsi|imza|medeni|azerbaycan)\b")

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


def is_plain(lines: Sequence[Line]) -> bool:
    """Whether lines read upright as Azerbaijani are just that: enough words, nearly all certain, in its letters."""
    words = _words(lines)
    text = " ".join(word.text for word in words)
    return len(words) >= _ENOUGH and len(_sure(words)) > _MOSTLY * len(words) and language_of(text) is Language.AZ


def is_azerbaijani(lines: Sequence[Line]) -> bool:
    """Whether several certain words have ə, which no other Latin print of ours has: the few lines of a sample may all
    be those of a zone, which look English."""
    return sum("ə" in lower(word.text) for word in _sure(_words(lines))) >= _OWN_WORDS


def told_by(lines: Sequence[Line]) -> Language:
    """The language of a whole sheet as it was read, by its certain words; Azerbaijani where they are few."""
    sure = _sure(_words(lines))
    return language_of(" ".join(word.text for word in sure)) if len(sure) >= _ENOUGH else Language.AZ


def _words(lines: Sequence[Line]) -> list[Word]:
    return [word for line in lines for word in line.words if len(word.text) > 2 and any(map(str.isalpha, word.text))]


def _sure(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.confidence > _CLEAR]


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
    here = _some_lines(grey)
    beside = _some_lines(np.ascontiguousarray(np.rot90(grey, -1)))
    if not _is_text([*here, *beside]):
        return False
    return _best_way(beside) > max(_SENSE, _BETTER * _best_way(here))


def _is_text(lines: list[Pixels]) -> bool:
    """Whether any of what looks like lines of text can be one, whatever the letters and whichever way up."""
    engine = line_reader()
    return engine is None or any(
        _sense(engine.read_masked(way, LATIN)) > _HARDLY for line in lines for way in (line, np.rot90(line, 2))
    )


def _best_way(lines: list[Pixels]) -> float:
    return max(_total(_readings(lines)), _total(_readings(_turned(lines))))


def _readings(lines: list[Pixels]) -> list[Reading]:
    """The lines in Latin letters, or in Cyrillic ones where those make more sense (PP-OCR knows no Cyrillic)."""
    engine = line_reader()
    latin = [engine.read_masked(line, LATIN) for line in lines] if engine else []
    told = _told(latin)
    if told > _DOUBTFUL * len(lines):
        return latin
    models = [name for name in ("rus", "aze_cyrl") if name in installed_languages()]
    cyrillic = max([[], *(_cyrillic(lines, model) for model in models)], key=_likelihood)
    return cyrillic if _told(cyrillic) > max(_SENSE, told) else latin


def _told(readings: list[Reading]) -> float:
    """The sense of readings that have words to judge a script by; of Cyrillic print digits and points look Latin."""
    letters = [sum(map(str.isalpha, reading.text)) for reading in readings]
    pairs = zip(readings, letters, strict=True)
    return _total([reading for reading, count in pairs if count >= _WORD and count > _LETTERED * len(reading.text)])


def _likelihood(readings: list[Reading]) -> float:
    """Sense, with credit for Azerbaijani letters: what Russian print is taken for has few of them."""
    letters = [letter for reading in readings for letter in reading.text if letter.isalpha()]
    azeri = sum(letter in _AZERI_CYRILLIC for letter in letters) > _AZERI * len(letters)
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
    """The language that letters suggest, and words where those leave several; Azerbaijani where nothing tells."""
    cyrillic, latin = len(re.findall(r"[\u0400-\u04ff]", text)), len(re.findall(r"[A-Za-zƏəĞğİıÖöŞşÜüÇç]", text))
    if cyrillic > latin and cyrillic >= _A_WORD:
        azeri = sum(letter in _AZERI_CYRILLIC for letter in text)
        return Language.AZ_CYRL if azeri > _AZERI * cyrillic else Language.RU
    if sum(text.count(letter) for letter in "əƏ") > 0.012 * latin:
        return Language.AZ
    words = fold(text)
    turkish, azeri, english, shared = (
        len(each.findall(words)) for each in (_TURKISH_WORDS, _AZERI_WORDS, _ENGLISH_WORDS, _SHARED_WORDS)
    )
    if sum(letter in _TURKISH for letter in text) > 0.02 * latin:
        return Language.TR if turkish > azeri else Language.AZ
    if turkish > max(azeri, english):
        return Language.TR
    if latin < _A_FEW_LINES:
        return Language.EN if english >= _WORDS_OF_A_LANGUAGE and english > azeri + shared else Language.AZ
    return Language.AZ if azeri > english else Language.EN


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
