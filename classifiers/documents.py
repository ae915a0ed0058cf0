"""What a sheet is: a document type with calibrated confidence, or an honest ``unknown``.

Evidence is counted in points like the weights of the catalogue's wordings: titles and phrases, the machine-readable
zone, faces and shape, questions of forms, and a trained text classifier as one voter. ``unknown`` takes part in the
contest with points of its own, so a type must win against it; a wrong type is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from math import exp, log
from typing import NamedTuple

from classifiers import strangers
from classifiers.phrases import Found, PageText
from classifiers.pictures import photograph
from classifiers.voter import votes
from models.catalogue import DocumentType, Phrase, Subtype
from models.document import BLANK, UNKNOWN, Classification
from models.sheet import MarkKind, Sheet

#: How sharply points become probabilities, below what a type is not claimed, and points that ``unknown`` starts with
#: where the text classifier had enough words and where it had not. Fitted on half of the held-out wordings, judged on
#: the other half (``python -m classifiers.train --judge``).
_SHARPNESS = 1.4
_CLAIM = 0.6
_UNKNOWN_POINTS = 2.9
_UNHEARD_POINTS = 1.8
#: Points per e-fold of the text classifier's chances: for a type whose wordings or zone are there, for one of which
#: nothing else speaks, for ``unknown``; chances below the floor say nothing.
_VOICE = 1.25
_LONE_VOICE = 1.0
_UNKNOWN_VOICE = 0.95
_FLOOR = 0.007
_WORDED = 2.0  # points; a bare "ARAYIŞ" or "manat" is no word of any type
_MOST = 14.0
_PLAINLY = 0.8  # how well a stranger's title must be read: "TƏLƏBƏ İŞLƏRİ" is no "TƏLƏBƏ BİLETİ"
_A_STRANGER = 3.0  # points from which a page surely is a paper of its own that nobody asks for
#: How the evidence begins that says so.
STRANGER = "of another kind"
#: And what says that nothing but the text classifier speaks for a type.
BY_VOTE_ALONE = "nothing but the text classifier"
_PARTLY_A_FORM = 0.12  # the score of a page that shows some of a form
_A_FORM = 0.5  # the score of a page that certainly is one of a form
_OWN_TITLE = 3.3  # points of a title that only one type has, set apart from the text
_PLAIN_TITLE = 6.0  # and of one that leaves no doubt
_OWN_ZONE = 7.0  # points of a machine-readable zone that only one type carries
_SET_APART = 0.6  # how much a common word must stand as a title: "5. Akt № 168" is a label
_OWN_CODE = 0.5  # and of a document code that says more than "identity document"
_A_COMMON_WORD = 5  # letters: "AKT" and "ELAN" name a paper only as its title


class ZoneHint(NamedTuple):
    """What a machine-readable zone says of its document: format (TD1, TD2, TD3, MRVA, MRVB), code, issuing state and
    nationality ("" where unknown)."""

    format: str
    code: str
    issuer: str
    nationality: str = ""


@dataclass
class Tally:
    """Points for one type and what they rest on."""

    points: float = 0.0
    title: float = 0.0  # points of the strongest title among them
    subtype: str | None = None
    evidence: list[str] = field(default_factory=list)

    def add(self, points: float, why: str) -> None:
        self.points += points
        self.evidence.append(why)


def classify(
    sheet: Sheet,
    types: Mapping[str, DocumentType],
    form_scores: Mapping[str, float] | None = None,
    zone: tuple[str, ...] | None = None,
    voter: Callable[[str], Mapping[str, float]] = votes,
) -> Classification:
    """The type of a sheet.

    ``form_scores`` says how much each form's printed text is on the sheet (0-1, by form key); ``zone`` gives format,
    code, issuing state and nationality of its machine-readable zone if that was read already; ``voter`` gives
    chances by type from folded words, none where they are too few. A blank sheet is ``unknown`` with subtype ``blank``.
    """
    if sheet.blank:
        return Classification(UNKNOWN, BLANK, 0.99, ("blank",))
    page = PageText(sheet)
    picture = photograph(sheet, page.words) if zone is None and "photo_3x4" in types else None
    if picture and picture.confidence >= _CLAIM:
        return picture
    tallies = {key: _worded(page, kind) for key, kind in types.items()}
    hint = ZoneHint(*zone) if zone else _zone_in_text(sheet)
    _count_zone(tallies, types, hint, sheet)
    _count_forms(tallies, types, form_scores or {})
    told = voter(page.compact_words)
    _count_votes(tallies, told)
    _count_mentions(tallies)
    _refuse_foreign_cards(tallies, hint, page)
    stranger = _stranger(page)
    found = _verdict(tallies, stranger, stranger + _unknown_vote(tallies, told))
    if picture and found.type == UNKNOWN:
        return replace(found, rivals=((picture.type, picture.confidence), *found.rivals))
    return found


# --- wordings --------------------------------------------------------------------------------------------------------


class Claim(NamedTuple):
    points: float
    found: Found
    why: str


def _worded(page: PageText, kind: DocumentType) -> Tally:
    """Points of a type's titles and phrases; a subtype's wordings count for its type."""
    claims = [*_claims(page, kind.headings, title=True), *_claims(page, kind.phrases, title=False)]
    tally = _summed(claims)
    for subtype in kind.subtypes:
        with_subtype = _summed([*claims, *_subtype_claims(page, subtype)])
        if with_subtype.points > tally.points:
            tally = replace(with_subtype, subtype=subtype.key)
    against = sum(
        phrase.weight * found.quality * (1.3 if found.heading else 0.6)
        for phrase in kind.against
        for found in (page.find(phrase),)
        if found
    )
    tally.points = min(tally.points, _MOST) - against
    return tally


def _subtype_claims(page: PageText, subtype: Subtype) -> list[Claim]:
    return [*_claims(page, subtype.headings, title=True), *_claims(page, subtype.phrases, title=False)]


def _claims(page: PageText, phrases: Iterable[Phrase], *, title: bool) -> list[Claim]:
    claims = []
    for phrase in phrases:
        found = page.find(phrase)
        if found is None:
            continue
        strong = 1.9 if phrase.weight >= 2.5 else 1.4  # a title that only one type has
        factor = (strong * found.heading or 0.35) if title else 1.0 + 0.3 * found.heading
        what = "heading" if title and found.heading >= 0.5 else "phrase"
        claims.append(Claim(phrase.weight * found.quality * factor, found, f"{what}: {phrase.text}"))
    return claims


def _summed(claims: Iterable[Claim]) -> Tally:
    """The strongest claims first; one that stands on words already counted adds nothing."""
    tally = Tally()
    taken: list[Found] = []
    for claim in sorted(claims, key=lambda claim: -claim.points):
        if not any(_overlap(claim.found, other) for other in taken):
            tally.add(claim.points, claim.why)
            taken.append(claim.found)
            if claim.why.startswith("heading"):
                tally.title = max(tally.title, claim.points)
    return tally


def _overlap(a: Found, b: Found) -> bool:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared > 0.5 * min(a.end - a.start, b.end - b.start)


def _stranger(page: PageText) -> float:
    """Points of wordings that belong to papers the office does not ask for."""
    titles = _summed(
        claim
        for claim in _claims(page, strangers.HEADINGS, title=True)
        if claim.found.quality >= _PLAINLY
        and (claim.found.heading >= _SET_APART or claim.found.end - claim.found.start > _A_COMMON_WORD)
    ).points
    phrases = _summed(_claims(page, strangers.PHRASES, title=False)).points
    return min(titles, 6.0) + min(phrases, 8.0)


#: Evidence that a type is more, or less, than mentioned.
_NO_MENTION = ("heading", "zone", "form", BY_VOTE_ALONE)


def _count_mentions(tallies: Mapping[str, Tally]) -> None:
    """A letter or form that lists its enclosures mentions many types without being one of them."""
    mentioned = [
        key
        for key, tally in tallies.items()
        if tally.points >= 2.0 and not any(why.startswith(_NO_MENTION) for why in tally.evidence)
    ]
    if len(mentioned) < 3:
        return
    for key in mentioned:
        if key != "cover_letter":
            tallies[key].points *= 0.6
    if "cover_letter" in tallies:
        tallies["cover_letter"].add(1.5, f"mentions {len(mentioned)} other papers")


# --- zones, forms, the trained voter ---------------------------------------------------------------------------------


#: How other states name themselves on their cards, folded; ours prints its own name on each side.
_ANOTHER_STATE = re.compile(
    r"\b(?:repubiic|kingdom|state) of (?!azer)\w{3}|bundesrepubiik|repubiique"
    r"|\b(?!azer)\w+ (?:respubiikasi|cumhuriyeti)\b"
)
_OURS = "azerba"
_ZONE_START = re.compile(r"^(?:([PVIAC])([A-Z<])([A-Z]{3}|D<<))[A-Z0-9<]{4,}")


def _zone_in_text(sheet: Sheet) -> ZoneHint | None:
    """The beginning of a zone in what the page reader made of it, however badly it read the rest."""
    texts = [re.sub(r"[^A-Z0-9<]", "", line.text.upper().replace("«", "<<")) for line in sheet.lines]
    texts += [re.sub(r"\s", "", mark.text) for mark in sheet.marked(MarkKind.MRZ) if mark.text]
    for text in texts:
        found = _ZONE_START.match(text)
        if found and text.count("<") >= 3 and len(text) >= 26:
            visa, long = found[1] == "V", len(text) > 40
            name = ("MRVA" if long else "MRVB") if visa else "TD3" if long else "TD2" if len(text) > 33 else "TD1"
            return ZoneHint(name, (found[1] + found[2]).rstrip("<"), found[3].rstrip("<"))
    return None


def _count_zone(
    tallies: Mapping[str, Tally], types: Mapping[str, DocumentType], zone: ZoneHint | None, sheet: Sheet
) -> None:
    marked = any(True for _ in sheet.marked(MarkKind.MRZ))
    face = any(True for _ in sheet.marked(MarkKind.FACE))
    for key, kind in types.items():
        tally = tallies[key]
        if kind.mrz and zone:
            fits = zone.code[:1] in {code[:1] for code in kind.mrz_codes} if kind.mrz_codes else True
            if zone.format in kind.mrz and fits:
                alone = len(_carriers(types, zone)) == 1
                own_code = len(zone.code) == 2 and zone.code in kind.mrz_codes
                points = _OWN_ZONE if alone else 2.5 + _citizenship(key, zone) + _OWN_CODE * own_code
                tally.add(points, f"zone: {zone.format} {zone.code}")
                tally.title = _PLAIN_TITLE
            else:
                tally.points -= 4.0
        elif kind.mrz and marked:
            tally.add(1.0, "zone seen")
        if kind.face and kind.mrz and face:
            tally.add(0.7, "face")


def _citizenship(key: str, zone: ZoneHint) -> float:
    """Points of what a zone's nationality says: identity cards are the citizens', residence cards
    mostly other states' citizens', the other cards everybody else's."""
    if zone.issuer != "AZE" or not zone.nationality:
        return 0.0
    if zone.nationality == "AZE":
        return 4.0 if key == "id_card" else -4.0
    if key == "id_card":
        return -4.0
    of_a_state = not zone.nationality.startswith("XX")  # XXA to XXX: stateless people and refugees
    return 1.5 if (key == "permanent_residence_card") == of_a_state else 0.5


def _carriers(types: Mapping[str, DocumentType], zone: ZoneHint) -> list[str]:
    return [key for key, kind in types.items() if zone.format in kind.mrz]


def _refuse_foreign_cards(tallies: Mapping[str, Tally], zone: ZoneHint | None, page: PageText) -> None:
    """Another state's card is none of our types; whether it replaces a passport is for a clerk (documents.md)."""
    by_zone = zone and zone.format in ("TD1", "TD2") and zone.issuer not in ("AZE", "")
    if by_zone or (zone is None and _ANOTHER_STATE.search(page.compact_words) and _OURS not in page.compact):
        for key in ("id_card", "permanent_residence_card", "refugee_card", "registration_card"):
            if key in tallies:
                tallies[key].points = -5.0


def _count_forms(tallies: Mapping[str, Tally], types: Mapping[str, DocumentType], scores: Mapping[str, float]) -> None:
    """Printed questions speak for a form and against everything that is none."""
    best = max(scores.values(), default=0.0)
    if best < _PARTLY_A_FORM:
        return
    titled = max((tally.title for key, tally in tallies.items() if types[key].reads != "form"), default=0.0)
    if best < _A_FORM and titled >= _OWN_TITLE:
        return  # a certificate that speaks of admission, or names a person as forms do
    worded = max((tallies[key].points for key in scores if key in tallies), default=0.0)
    for key, tally in tallies.items():
        if key in scores:
            share = scores[key] / best
            if best >= _A_FORM:  # forms share most of their wordings; which one it is the print as a whole says
                tally.points = worded * share**2
            points = min(8.0, 2.0 + 12.0 * scores[key]) * share**2
            tally.add(points, f"form: questions {scores[key]:.2f}")
            tally.title = max(tally.title, points)
        elif types[key].reads != "form":
            tally.points -= min(6.0, 10.0 * best)


def _count_votes(tallies: Mapping[str, Tally], told: Mapping[str, float]) -> None:
    """What the text classifier says of each type, by its chances; it is believed less where nothing else speaks."""
    for key, tally in tallies.items():
        if nats := _nats(told.get(key, 0.0)):
            worded = tally.points > _WORDED
            points = nats * (_VOICE if worded else _LONE_VOICE)
            tally.add(points, f"{'text classifier' if worded else BY_VOTE_ALONE} {points:+.1f}")


def _unknown_vote(tallies: Mapping[str, Tally], told: Mapping[str, float]) -> float:
    """Points of ``unknown``: the voter has seen few of the papers there are, a plain title or a zone tells more."""
    if not told:
        return _UNHEARD_POINTS
    title = max((tally.title for tally in tallies.values()), default=0.0)
    return _UNKNOWN_POINTS + _UNKNOWN_VOICE * _nats(told.get(UNKNOWN, 0.0)) * max(0.0, 1.0 - title / _PLAIN_TITLE)


def _nats(chance: float) -> float:
    return log(chance / _FLOOR) if chance > _FLOOR else 0.0


# --- the verdict -----------------------------------------------------------------------------------------------------


def _verdict(tallies: Mapping[str, Tally], stranger: float, unknown: float) -> Classification:
    points = {key: tally.points for key, tally in tallies.items()} | {UNKNOWN: unknown}
    highest = max(points.values())
    weights = {key: exp(_SHARPNESS * (value - highest)) for key, value in points.items()}
    total = sum(weights.values())
    chances = sorted(((key, weight / total) for key, weight in weights.items()), key=lambda pair: -pair[1])
    best, chance = chances[0]
    chance = min(chance, 0.995)
    rivals = tuple((key, round(value, 3)) for key, value in chances[:4] if value >= 0.03)
    if best == UNKNOWN or chance < _CLAIM:
        doubt = weights[UNKNOWN] / total if best != UNKNOWN else chance
        others = tuple(pair for pair in rivals if pair[0] != UNKNOWN)
        why = f"{STRANGER}: {stranger:.1f}" if stranger >= _A_STRANGER else f"points {highest:.1f}"
        return Classification(UNKNOWN, None, round(max(doubt, 0.3), 3), (why,), others)
    tally = tallies[best]
    others = tuple(pair for pair in rivals if pair[0] not in (best, UNKNOWN))
    return Classification(best, tally.subtype, round(chance, 3), tuple(tally.evidence), others)
