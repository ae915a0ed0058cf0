"""The series and number of the residence or refugee card (REG28 2.6.1.1): a datum that may stand anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from models.azerbaijani import latin
from models.case import Finding, Remark, RequirementOutcome, RequirementStatus, ReviewReason, Severity
from models.catalogue import Requirement
from models.document import Document, Field
from rules.catalogue.conditions import holds
from rules.dossier import Conclusions, Dossier
from rules.requirements import in_force

DATUM = "residence_card_number"
_LIKELY = 0.5  # below it a reader says that the number is not whole, or that two texts name different ones
#: Other cards of the office's own state: one of them may be the very card, taken for another kind.
_ALIKE = ("registration_card", "id_card")

#: A series of letters and a number, as cards carry it: "AZE 1234567", "DYI №123456".
_SERIES_AND_NUMBER = re.compile(
    r"^[^\W\d_]{1,6}[\W_]*(?:seriya\w*)?[\W_]*(?:nömrə\w*|№|no|n)?[\W_]*\d{4,12}$", re.IGNORECASE
)
#: What may be such a number in running text: near the word for the card, five digits or more.
_HINT = re.compile(
    r"(?:vəsiqə|vesiqe|icazə|icaze|DYİ|DYI|MYİ|qaçqın|qacqin|kart|ikamet|oturma|жительств|жител|проживани|беженц|ВНЖ|ПМЖ"
    r"|residen|permit|\bcard\b|\bVNJ\b|\bPMJ\b).{0,60}?\d{5,}",
    re.IGNORECASE | re.DOTALL,
)
#: What looks like a card's number whatever stands round it: two or three capitals, then as many digits as cards have.
_CARD_LIKE = re.compile(r"(?<![^\W_])[A-ZƏÇŞĞÖÜİ]{2,3}\W{0,3}(?:[^\W\d_]+\W{1,3}){0,2}\d{6,8}(?!\d)")


def card_number(dossier: Dossier) -> Field | None:
    """The best reading of the datum: from the form or the letter, else from an enclosed card."""
    found = sorted(_readings(dossier), key=lambda field: (-_whole(field), -field.confidence))
    return found[0] if found else None


def check_datum(dossier: Dossier, facts: Mapping[str, Any], conclusions: Conclusions) -> None:
    """Outcome of the datum's requirement, if one is in force that day."""
    for item in in_force(dossier):
        if item.datum:
            _check(item, dossier, facts, conclusions)


def _check(item: Requirement, dossier: Dossier, facts: Mapping[str, Any], conclusions: Conclusions) -> None:
    needed = holds(item.when, facts)
    found = card_number(dossier)
    outcome = RequirementOutcome(item.asked, item.clause, RequirementStatus.MET)
    if needed is False:
        outcome = replace(outcome, status=RequirementStatus.NOT_REQUIRED, reason="the condition does not hold")
    elif found is None:
        finding = _illegible(item, dossier, conclusions) or _missing(item, dossier)
        conclusions.find(finding)
        outcome = replace(outcome, status=RequirementStatus.MISSING, confidence=finding.confidence, reason="nowhere")
    else:
        outcome = _found(outcome, found, dossier, conclusions)
    conclusions.requirements.append(outcome)


def _found(outcome: RequirementOutcome, found: Field, dossier: Dossier, conclusions: Conclusions) -> RequirementOutcome:
    pages = ((found.file, found.page),) if found.file and found.page else ()
    if not _whole(found):
        conclusions.doubt_because(Remark.HALF_A_NUMBER)
        reason = "only one of series and number"
        return replace(outcome, status=RequirementStatus.UNCERTAIN, confidence=0.5, pages=pages, reason=reason)
    if found.confidence < _LIKELY:
        conclusions.doubt(ReviewReason.LOW_CONFIDENCE)
        return replace(
            outcome, status=RequirementStatus.UNCERTAIN, confidence=found.confidence, pages=pages, reason="hard to read"
        )
    if _contradicted(found, dossier):
        conclusions.doubt(ReviewReason.CONTRADICTION)
    return replace(outcome, confidence=found.confidence, pages=pages, reason="stated")


def _readings(dossier: Dossier) -> Iterator[Field]:
    stated = dossier.submission.stated.get(DATUM)
    if stated is not None and stated.answered:
        yield stated
    for document in dossier.documents:
        found = document.get(DATUM)
        if found is not None and found.answered:
            yield found
    for card in _cards(dossier):
        number = card.get("document_number")
        if number is not None and number.answered:
            yield replace(number, confidence=min(number.confidence, card.confidence))


def _cards(dossier: Dossier) -> list[Document]:
    """Cards whose number serves by the law of the day."""
    return dossier.of_types(kind for item in in_force(dossier) for kind in item.shown_on)


def _whole(found: Field) -> bool:
    return bool(_SERIES_AND_NUMBER.match(str(found.value).strip()))


def _contradicted(found: Field, dossier: Dossier) -> bool:
    """Whether another certain reading of the datum says something else."""
    certain = [field for field in _readings(dossier) if field.confidence >= dossier.policy.value_certainty]
    return any(_digits(field) != _digits(found) for field in certain)


def _digits(found: Field) -> str:
    return re.sub(r"\D", "", str(found.value))


def _illegible(item: Requirement, dossier: Dossier, conclusions: Conclusions) -> Finding | None:
    """The card came, but a person's eye could not read it."""
    for card in _cards(dossier):
        if dossier.sure(card) and not dossier.legible(card):
            conclusions.keep_open(card)
            return Finding("document_illegible", Severity.DEFICIENCY, item.clause, document=card.type)
    return None


def _missing(item: Requirement, dossier: Dossier) -> Finding:
    finding = Finding("missing_datum", Severity(item.severity), item.clause, field=item.datum)
    return replace(finding, confidence=_absence(dossier))


def _absence(dossier: Dossier) -> float:
    """How sure it is that the datum stands nowhere: less when a card came, a text hints at it or was hard to read."""
    texts = [dossier.submission.message.subject, dossier.submission.message.text]
    texts += [str(answer.raw or answer.text) for answer in _text_answers(dossier)]
    alike = [card for card in dossier.of_types(_ALIKE) if card.value("issuing_state") in (None, "AZE")]
    hinted = any(hint.search(text) for text in (*texts, *map(latin, texts)) for hint in (_HINT, _CARD_LIKE))
    if hinted or _cards(dossier) or alike:
        return 0.5
    hard = any(answer.confidence < dossier.policy.answered_certainty for answer in _text_answers(dossier))
    letters = any(not dossier.legible(letter) for letter in dossier.of_types(["cover_letter"]))
    return 0.5 if hard or letters else 1.0


def _text_answers(dossier: Dossier) -> list[Field]:
    return [answer for answer in dossier.form.fields.values() if answer.text] if dossier.form else []
