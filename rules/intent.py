"""What a message asks for: which procedure, and how sure that is.

The form says most; then what subject and letter ask for; then which papers came along. Nothing is guessed: when two
procedures are about as likely, none is certain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.case import Submission
from models.catalogue import Catalogue, Procedure
from models.document import Document
from rules.policy import Policy
from rules.wishes import CLEAR, speaks_of, wishes

_ONE_ASKER = 3.0  # weight of a paper that only one procedure asks for
_CLEAR_PAPERS = 2 * _ONE_ASKER  # without a word of what is wanted two kinds of them are needed
_CERTAIN = 0.95
_LIKELY = 0.85
_UNCLEAR = 0.4


@dataclass(frozen=True, slots=True)
class Intent:
    """The procedure a message is about, if any, and why. ``asked`` tells whether its words ask for one at all."""

    procedure: str | None = None
    confidence: float = 0.0
    asked: bool = False


def intent_of(submission: Submission, catalogue: Catalogue, policy: Policy) -> Intent:
    """What the message asks for; without a sign of any procedure the procedure is None."""
    words = wishes(submission.message.subject, submission.message.text, catalogue)
    forms = [item for item in submission.documents if item.type in catalogue.forms]
    if forms:
        return _from_forms(forms, words, submission, catalogue)
    papers = _papers_for(submission, catalogue, policy)
    total = {key: words.get(key, 0.0) + papers.get(key, 0.0) for key in catalogue.procedures}
    ranked = sorted(total, key=lambda key: (-total[key], key))
    asked = max(words.values(), default=0.0) >= CLEAR
    best, second = ranked[0], total[ranked[1]] if len(ranked) > 1 else 0.0
    if total[best] < CLEAR:
        return Intent(None, 0.0, asked)
    clear = total[best] >= second + 1.0 and (asked or papers.get(best, 0.0) >= _CLEAR_PAPERS)
    clear = clear and not _two_wishes(best, words) and not _may_be_ours(best, words, submission, catalogue, policy)
    return Intent(best, _LIKELY if clear else _UNCLEAR, asked)


def _two_wishes(best: str, words: Mapping[str, float]) -> bool:
    return any(weight >= CLEAR for key, weight in words.items() if key != best)


def _may_be_ours(
    best: str, words: Mapping[str, float], submission: Submission, catalogue: Catalogue, policy: Policy
) -> bool:
    """Nobody is sent elsewhere on papers alone, nor when a word of theirs is about a matter of this office, unless the
    other procedure is about that matter, too."""
    if catalogue.procedures[best].authority == policy.authority:
        return False
    own = [item for item in catalogue.procedures.values() if item.authority == policy.authority]
    authority = catalogue.authorities.get(policy.authority)
    theirs = " ".join(phrase.text for phrase in catalogue.procedures[best].phrases)
    matters = [phrase.text for item in own for phrase in item.phrases]
    matters += [matter for matter in (authority.matters if authority else ()) if not speaks_of([matter], theirs)]
    return words[best] < CLEAR or speaks_of(matters, submission.message.subject, submission.message.text)


def _from_forms(
    forms: list[Document], words: Mapping[str, float], submission: Submission, catalogue: Catalogue
) -> Intent:
    best = max(forms, key=lambda form: form.confidence)
    rivals = {form.type for form in forms if form.confidence >= best.confidence / 2}
    candidates = [item.key for item in catalogue.procedures.values() if item.form == best.type]
    if len(rivals) > 1 or not candidates:
        return Intent(candidates[0] if candidates else None, _UNCLEAR, asked=True)
    key, clear = _among(candidates, words, submission, catalogue)
    contradicted = _subject_asks_for_another(submission, candidates, catalogue)
    confidence = _UNCLEAR if contradicted or not clear else min(_CERTAIN, best.confidence)
    return Intent(key, confidence, asked=True)


def _among(
    candidates: list[str], words: Mapping[str, float], submission: Submission, catalogue: Catalogue
) -> tuple[str, bool]:
    """Which of several procedures with the same form; the papers only they ask for decide where words do not."""
    if len(candidates) == 1:
        return candidates[0], True
    types = {document.type for document in submission.documents}
    scores = {key: words.get(key, 0.0) + 1.5 * len(types & _only_of(key, candidates, catalogue)) for key in candidates}
    ranked = sorted(candidates, key=lambda key: -scores[key])
    return ranked[0], scores[ranked[0]] > scores[ranked[1]]


def _only_of(key: str, candidates: list[str], catalogue: Catalogue) -> set[str]:
    others = {kind for other in candidates if other != key for kind in _asked_types(catalogue.procedures[other])}
    return _asked_types(catalogue.procedures[key]) - others


def _asked_types(procedure: Procedure) -> set[str]:
    return {kind for item in procedure.requirements if item.channel == "email" for kind in item.documents}


def _subject_asks_for_another(submission: Submission, candidates: list[str], catalogue: Catalogue) -> bool:
    asked = wishes(submission.message.subject, "", catalogue)
    own = max((asked[key] for key in candidates), default=0.0)
    other = max((weight for key, weight in asked.items() if key not in candidates), default=0.0)
    return other >= CLEAR and other > own


def _papers_for(submission: Submission, catalogue: Catalogue, policy: Policy) -> dict[str, float]:
    """Procedure to what the certain papers say: the fewer procedures ask for a paper, the more it says."""
    askers: dict[str, int] = {}
    for procedure in catalogue.procedures.values():
        for kind in _asked_types(procedure):
            askers[kind] = askers.get(kind, 0) + 1
    sure = {item.type for item in submission.documents if item.confidence >= policy.type_certainty}
    return {
        key: sum(_ONE_ASKER / askers[kind] for kind in _asked_types(procedure) & sure)
        for key, procedure in catalogue.procedures.items()
    }
