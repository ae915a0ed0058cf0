"""The number of a permanent-residence or refugee card in running text (REG28 2.6.1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.azerbaijani import latin, plain
from models.document import Field
from models.sheet import Source

#: Which paper a number that follows belongs to; the nearest name before it decides.
_CARD = re.compile(
    r"daimi\s+(?:olaraq\s+)?ya[sş]a\w*(?:\s+\w+){0,3}?\s+(?:icaz\w+|v[eə]siq\w+)(?:\s+v[eə]siq\w+)?|"
    r"\bDY[İI](?:V)?\b(?:\s+v[eə]siq\w+)?|qa[cç]q[ıi]n\w*(?:\s+status\w+)?\s+v[eə]siq\w+|"
    r"daimi\s+ya[sş]ay[ıi][sş]\s+(?:v[eə]siq\w+|icaz\w+|kart\w*)|"
    r"вид\w*\s+на\s+жительство|\bВНЖ\b|\bПМЖ\b|\b(?:VNJ|PMJ|VNZH|PMZH)\b|удостоверени\w+\s+беженца|"
    r"постоянн\w+\s+(?:проживани|жительств|жител)\w+|"
    r"(?:permanent\s+)?residen(?:ce|cy|t)\s+(?:card|permit)|permanent\s+residen\w+|"
    r"refugee\s+(?:card|certificate)|(?:daimi\s+)?(?:ikamet|oturma)\s+(?:kart|izn|izin)\w*|daimi\s+ikamet\w*|"
    r"icaz[eə]\s+v[eə]siq\w+",
    re.IGNORECASE,
)
#: A card that only its owner's "my" names: who applies for citizenship means the one by which he lives here.
_MY_CARD = re.compile(
    r"\bv[eə]siq[eə]m(?:in|i|[eə]|dir)?\b|\bkart[ıi]m(?:[ıi]n)?\b|\bmy card\b|\bмо(?:я|ей) карт\w+", re.IGNORECASE
)
_OF_ANOTHER_KIND = re.compile(
    r"(?:[sş][eə]xsiyy[eə]t|s[uü]r[uü]c|qeydiyyat|t[eə]l[eə]b[eə]|h[eə]rbi|bank|kredit|plastik|sosial|sim)\w*\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
#: Words right before such a name that make it another card.
_NOT_PERMANENT = re.compile(
    r"(?:m[uü]v[eə]qq[eə]ti|временн\w+|temporary|ge[cç]ici|\bi[sş])\b(?:[\s-]+\w+){0,3}\s*$", re.IGNORECASE
)
_OTHER = re.compile(
    r"pasport\w*|passport\w*|паспорт\w*|pasaport\w*|ş[əe]xsiyy[əe]t\s+v[əe]siq\w+|удостоверени\w+\s+личности|"
    r"telefon\w*|\btel\b|mobil\w*|тел\w*\b|phone|f[iİ]n\b|v[öo]en\b|qəbz\w*|rüsum\w*|hesab\w*|arayış\w*|"
    r"müvəqqəti\s+yaşama\w*|viza\w*|qeydiyyat\s+v[əe]siq\w+|iş\s+icaz\w+|tarix\w*",
    re.IGNORECASE,
)
_MARKS = r"[\s:;,.№#'\"“”«»()\-–/]*"
_GLUE = rf"{_MARKS}(?i:(?:n[öo]mr[əe]\w*|seri(?:al|ya)\w*|no|nr|n|номер|серия|series|number|v[əe])\b{_MARKS})*"
_SERIES = r"(?P<series>[A-ZƏÇŞĞÖÜİ]{1,4}|[А-Я]{1,3})"
_NUMBER = r"(?P<number>\d(?:[ ]?\d){4,9})(?![\d])"
_WHOLE = re.compile(rf"(?<![A-Za-zƏəÇçŞşĞğÖöÜüİı]){_SERIES}{_GLUE}{_NUMBER}(?![.,/]\d)")
_ONLY_NUMBER = re.compile(rf"(?<![\w+.,/]){_NUMBER}(?![.,/]\d)")
_ONLY_SERIES = re.compile(r"(?:seriya(?:s[ıi])?|серия|series)\s*[:\-–]?\s*(?P<series>[A-Z]{2,4})(?![A-Za-zƏəçşğöüı])")
_REVERSED = re.compile(
    rf"(?<!\d){_NUMBER}\s*(?:n[öo]mr[əe]li)\s*,?\s*{_SERIES}\s*(?:seriyal[ıi])(?![A-Za-zƏəçşğöüı])", re.IGNORECASE
)
_LATIN = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")  # cards carry no Cyrillic series
_NAME_REACH = 40  # characters before a card's name that belong to it
_RIGHT_AFTER = 30  # characters between "my card" and its number
_REACH = 110  # characters between the card's name and its number
_NOT_SERIES = frozenset(
    {"NO", "N", "NR", "VƏ", "VE", "İL", "IL", "AZN", "TEL", "MOB", "FİN", "FIN", "DMX", "DYI", "DYİ"}
)


@dataclass(frozen=True, slots=True)
class _Number:
    series: str
    digits: str
    raw: str
    distance: int


def residence_card_number(text: str, source: Source = Source.BODY) -> Field | None:
    """Series and number of the sender's permanent-residence or refugee card as "AZE 1234567"; None when not named.

    Where only the series or only the number is given, the value is that part with a confidence below 0.5, so that a
    clerk looks; a text with two different whole numbers is as uncertain. Azerbaijani in Cyrillic is
    read, and quoted, in Latin letters.
    """
    return _stated(text, source) or _stated(latin(text), source)


def _stated(text: str, source: Source) -> Field | None:
    found = [number for card in _CARD.finditer(text) if _is_permanent(text, card) for number in _after(text, card)]
    if not found:
        return _of_my_card(text, source)
    whole = [number for number in found if number.series and number.digits]
    if whole:
        best = min(whole, key=lambda number: number.distance)
        sure = 0.97 if len({(each.series, each.digits) for each in whole}) == 1 else 0.45
        return Field(
            f"{best.series} {best.digits}", best.raw, sure if best.distance < 60 else 0.9 * sure, source=source
        )
    best = min(found, key=lambda number: number.distance)
    return Field(best.digits or best.series, best.raw, 0.4, source=source)


def _of_my_card(text: str, source: Source) -> Field | None:
    """The whole number right after "my card", where no kind of card is named; two different ones are none."""
    cards = [card for card in _MY_CARD.finditer(text) if _is_permanent(text, card) and _is_unnamed(text, card)]
    near = [number for card in cards for number in _after(text, card) if number.distance <= _RIGHT_AFTER]
    whole = {f"{number.series} {number.digits}": number for number in near if number.series and number.digits}
    if len(whole) != 1:
        return None
    ((value, number),) = whole.items()
    return Field(value, number.raw, 0.88, source=source)


def _is_unnamed(text: str, card: re.Match[str]) -> bool:
    return _OF_ANOTHER_KIND.search(text[max(0, card.start() - _NAME_REACH) : card.start()]) is None


def _is_permanent(text: str, card: re.Match[str]) -> bool:
    return _NOT_PERMANENT.search(text[max(0, card.start() - _NAME_REACH) : card.start()]) is None


def _after(text: str, card: re.Match[str]) -> Iterator[_Number]:
    """The numbers that belong to a card named at ``card``: after it, and before any other paper is named."""
    reach = text[card.end() : card.end() + _REACH]
    stop = _OTHER.search(reach)
    reach = reach[: stop.start()] if stop else reach
    for pattern in (_REVERSED, _WHOLE):
        for match in pattern.finditer(reach):
            series = match["series"].upper().translate(_LATIN)
            if plain(series) not in {plain(word) for word in _NOT_SERIES}:
                yield _Number(series, re.sub(r"\s", "", match["number"]), match.group(), match.start())
                return
    told = _told_before(text[max(0, card.start() - 60) : card.start()])
    if told:
        yield told
        return
    partial = _ONLY_NUMBER.search(reach) or _ONLY_SERIES.search(reach)
    if partial:
        groups = partial.groupdict()
        digits = re.sub(r"\s", "", groups.get("number") or "")
        yield _Number(groups.get("series") or "", digits, partial.group(), partial.start())


_BEFORE = re.compile(rf"{_SERIES}{_GLUE}{_NUMBER}{_GLUE}(?:saylı|seriyalı|nömrəli|li|lı)?\s*$")


def _told_before(text: str) -> _Number | None:
    """ "AZE 1234567 seriyalı ...", "1234567 nömrəli AZE seriyalı ..." right before the card's name."""
    reversed_ = [match for match in _REVERSED.finditer(text) if text[match.end() :].strip(" ,") == ""]
    match = reversed_[-1] if reversed_ else _BEFORE.search(text)
    if match is None or plain(match["series"].upper()) in {plain(word) for word in _NOT_SERIES}:
        return None
    return _Number(match["series"].upper(), re.sub(r"\s", "", match["number"]), match.group(), 20)
