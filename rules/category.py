"""The applicant's category, from evidence (procedures.md): a category is certain, or the office must look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from models.azerbaijani import fold
from models.case import Category
from models.document import Document
from rules.dossier import Dossier, mentions
from rules.identity import Likeness, persons_alike

_REFUGEE = ("qacqin", "refugee", "bejen", "беженец", "беженк", "multeci")
_DECISION = ("mehkeme", "qetname", "суд", "решени суда", "court")
_MOTION = ("vesatet", "ходатайств")
_STATE_BODIES = (
    "nazirli", "komite", "akademiya", "federasiya", "agentli", "organ", "qurum", "idare", "devet", "esaslandir",
    "министерств", "академи", "приглаш",
)  # fmt: skip
_RELATIVES = (
    "ata", "ana", "valideyn", "er", "erim", "arvad", "yoldas", "qardas", "baci", "ovlad", "usaq", "oglum", "qizim",
    "nene", "baba", "qohum", "отец", "мать", "муж", "жена", "родител",
)  # fmt: skip
_TREATY_CONFIDENCE_FLOOR = 0.3


@dataclass(slots=True)
class _Evidence:
    """Categories that are proved and those only hinted at."""

    proved: set[Category] = field(default_factory=set)
    hinted: set[Category] = field(default_factory=set)


def category_of(dossier: Dossier) -> tuple[Category, float]:
    """The category and how sure it is: 0 when there are only hints or two categories at once."""
    found = _Evidence()
    _refugee(dossier, found)
    _stateless(dossier, found)
    _achiever(dossier, found)
    _treaty(dossier, found)
    hints = found.hinted - found.proved
    if len(found.proved) == 1 and not hints:
        return next(iter(found.proved)), _confidence(dossier)
    if not found.proved and not hints:
        return Category.FOREIGNER, _confidence(dossier)
    return min(found.proved or hints), 0.0


def _confidence(dossier: Dossier) -> float:
    """A category rests on what the form says of citizenship; what was not read proves nothing."""
    answer = dossier.answer("citizenship")
    if answer is None or not answer.answered:
        return 1.0
    return 1.0 if answer.confidence >= dossier.policy.answered_certainty else answer.confidence


def _papers(dossier: Dossier, kind: str) -> tuple[list[Document], list[Document]]:
    """The certain and the uncertain papers of a type."""
    papers = dossier.of_types([kind])
    return [p for p in papers if dossier.sure(p)], [p for p in papers if not dossier.sure(p)]


def _refugee(dossier: Dossier, found: _Evidence) -> None:
    cards, doubtful = _papers(dossier, "refugee_card")
    own = [card for card in cards if not _of_another(dossier, card)]
    if own or _says(dossier.answers.get("citizenship", ""), _REFUGEE):
        found.proved.add(Category.REFUGEE)
    stretches = [part for stem in _REFUGEE for part in mentions(dossier.answers.get("about", ""), stem)]
    plain = [part.stretch for part in stretches if not part.denied]
    if any(not _about_relatives(part) for part in plain):
        found.proved.add(Category.REFUGEE)
    elsewhere = [
        dossier.letter,
        *(text for key, text in dossier.answers.items() if key not in ("citizenship", "about")),
    ]
    if doubtful or len(own) < len(cards) or plain or any(_says(text, _REFUGEE) for text in elsewhere):
        found.hinted.add(Category.REFUGEE)


def _stateless(dossier: Dossier, found: _Evidence) -> None:
    decisions, doubtful = _papers(dossier, "court_decision_statelessness")
    stateless = dossier.answers.get("citizenship", "") == "stateless"
    named = [
        text
        for text in (dossier.answers.get("about", ""), dossier.letter)
        if _says(text, _DECISION) and _says(text, ("vetendas", "vetendaslig", "гражданств", "stateless", "qetname"))
    ]
    if decisions or (stateless and named):
        found.proved.add(Category.STATELESS_BY_COURT)
    if doubtful or (stateless and _says(" ".join(dossier.answers.values()), ("qetname",))):
        found.hinted.add(Category.STATELESS_BY_COURT)
    if any(_says(text, ("qetname",)) for text in named):
        found.hinted.add(Category.STATELESS_BY_COURT)


def contradicted(category: Category, dossier: Dossier) -> bool:
    """Whether the form certainly names a citizenship although a court established that there is none."""
    if category is not Category.STATELESS_BY_COURT:
        return False
    answer = dossier.answer("citizenship")
    text = dossier.answers.get("citizenship", "")
    certain = answer is not None and answer.confidence >= dossier.policy.value_certainty
    return certain and bool(text) and text not in ("stateless", "none") and "vetendas" not in text


def _achiever(dossier: Dossier, found: _Evidence) -> None:
    motions, doubtful = _papers(dossier, "state_body_motion")
    answers = dossier.answers.values()
    if motions or any(_of_a_state_body(part) for text in answers for part in _motions(text)):
        found.proved.add(Category.HIGH_ACHIEVER)
    if doubtful or any(True for text in (*answers, dossier.letter) for _ in _motions(text)):
        found.hinted.add(Category.HIGH_ACHIEVER)


def _motions(text: str) -> Iterator[str]:
    """Mentions of a motion that is not the applicant's own petition, which the law calls by the same word."""
    for stem in _MOTION:
        for part in mentions(text, stem):
            own = any(word in part.stretch for word in ("vesatet qaldir", "vesatetim", "vesatet edirem"))
            if not part.denied and (not own or _of_a_state_body(part.stretch)):
                yield part.stretch


def _of_a_state_body(stretch: str) -> bool:
    return any(word.startswith(_STATE_BODIES) for word in stretch.split())


def _treaty(dossier: Dossier, found: _Evidence) -> None:
    citizenship = dossier.answers.get("citizenship", "")
    answer = dossier.answer("citizenship")
    states = [fold(state) for state in dossier.policy.treaty_states]
    if any(_names(citizenship, state) for state in states):
        sure = answer is not None and answer.confidence >= _TREATY_CONFIDENCE_FLOOR
        (found.proved if sure else found.hinted).add(Category.TREATY_CITIZEN)


def _names(citizenship: str, state: str) -> bool:
    """``turkiye`` in ``turkiye respublikasi`` or the other way round, at the beginning of words."""
    return bool(citizenship) and (f" {state}" in f" {citizenship}" or f" {citizenship}" in f" {state}")


def _says(text: str, stems: tuple[str, ...]) -> bool:
    return any(not part.denied for stem in stems for part in mentions(text, stem))


def _about_relatives(stretch: str) -> bool:
    return any(word.startswith(stem) for word in stretch.split() for stem in _RELATIVES if len(stem) > 3) or any(
        word in ("atam", "anam", "erim", "ata", "ana") for word in stretch.split()
    )


def _of_another(dossier: Dossier, card: Document) -> bool:
    """Whether a card names somebody else than the form."""
    surname, given = dossier.answer("surname"), dossier.answer("given_name")
    named = " ".join(str(card.value(key) or "") for key in ("surname", "given_names"))
    if not named.strip() or surname is None or given is None or not surname.text:
        return False
    return persons_alike(surname.text, given.text, named) is Likeness.DIFFERENT
