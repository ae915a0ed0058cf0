"""Which requirements of the day are met, by which papers, with what certainty."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from models.case import Category, Finding, Remark, RequirementOutcome, RequirementStatus, ReviewReason, Severity
from models.catalogue import Requirement
from models.document import Document
from rules.catalogue.conditions import holds
from rules.dossier import Conclusions, Dossier, mentions, pages_of

_PHOTO = "photo_3x4"
_UNOBTAINABLE = (
    "mumkun",
    "asili olmayan",
    "movcud deyil",
    "verilm",
    "ala bilm",
    "elde ede bilm",
    "невозможно",
    "не зависящ",
)
#: Of a parent: citizenship was acquired (DEC189 14), or ended (DEC189 22).
_PARENT_ACQUIRED = (
    "vetendasligini elde et",
    "vetendasligina qebul edilmis",
    "vetendasligini almis",
    "vetendasligi almis",
)
_PARENT_LEFT = ("vetendasligina xitam", "vetendasligindan cix", "vetendasliqdan cix")
_PARENTS = ("atas", "anas", "valideyn", "atam", "anam", "ozum", "menim vetendas", "men ozum")
_ATTITUDE = ("munasibet", "razilig", "selahiyyetli", "konsullu", "sefirli", "отношени", "согласи")


def facts_of(dossier: Dossier, category: Category) -> dict[str, Any]:
    """The facts that conditions are about, as far as the submission tells them; None is unknown."""
    marital = dossier.answers.get("marital_status")
    return {
        "category": category.value,
        "encloses_passport": bool(dossier.of_types(["passport"])),
        "married": None if marital is None else marital == "married",
        "divorced": None if marital is None else marital == "divorced",
        "left_republic": _left_republic(dossier),
        "age": _age(dossier),
        "child_age": _age(dossier) if dossier.procedure.applicant == "child" else None,
        "ground": _ground(dossier),
    }


def in_force(dossier: Dossier) -> list[Requirement]:
    """The requirements of the e-mail channel on the day of receipt."""
    return [
        item
        for item in dossier.procedure.requirements
        if item.channel == "email" and item.in_force.on(dossier.received_on)
    ]


def check_papers(dossier: Dossier, facts: Mapping[str, Any], conclusions: Conclusions) -> None:
    """Outcome and, where lacking, finding of every required paper of the day."""
    for item in in_force(dossier):
        if item.datum is None:
            outcome = _outcome(item, dossier, facts)
            conclusions.requirements.append(outcome)
            _report(item, outcome, dossier, conclusions)


def _outcome(item: Requirement, dossier: Dossier, facts: Mapping[str, Any]) -> RequirementOutcome:
    needed = holds(item.when, facts)
    papers = dossier.of_types(item.documents)
    if needed is False:
        return _made(item, RequirementStatus.NOT_REQUIRED, papers, "the condition does not hold")
    sure = [paper for paper in papers if dossier.sure(paper) and dossier.legible(paper)]
    if _amount(item, sure) >= item.count:
        confidence = min(paper.confidence for paper in _surest(item, sure))
        return _made(item, RequirementStatus.MET, sure, "enclosed", confidence)
    if needed is None:
        return _made(item, RequirementStatus.UNCERTAIN, papers, "whether it is required is unknown", 0.5)
    if excuse := _excuse(item, dossier):
        return _made(item, *excuse)
    if any(dossier.sure(paper) and not dossier.legible(paper) for paper in papers):
        return _made(item, RequirementStatus.MISSING, papers, "illegible")
    if _amount(item, papers) >= item.count:
        best = max(paper.confidence for paper in papers)
        return _made(item, RequirementStatus.UNCERTAIN, papers, "the type of the paper is not certain", best)
    if _foreign_cards(item, dossier):
        return _made(item, RequirementStatus.UNCERTAIN, papers, "a foreign card instead of a passport", 0.5)
    if not papers and (perhaps := _taken_for_another(item, dossier)):
        return _made(item, RequirementStatus.UNCERTAIN, perhaps, "a page taken for another paper may be it", 0.5)
    return _made(item, RequirementStatus.MISSING, papers, "not enclosed")


def _made(
    item: Requirement,
    status: RequirementStatus,
    papers: Sequence[Document] = (),
    reason: str = "",
    confidence: float = 1.0,
) -> RequirementOutcome:
    return RequirementOutcome(item.asked, item.clause, status, confidence, pages_of(papers), reason)


def _surest(item: Requirement, papers: list[Document]) -> list[Document]:
    return sorted(papers, key=lambda paper: -paper.confidence)[: item.count]


def _amount(item: Requirement, papers: Sequence[Document]) -> int:
    """How many of the asked things the papers hold: photographs count as faces, all else as documents."""
    return faces_on(papers) if _PHOTO in item.documents else len(papers)


def faces_on(photos: Sequence[Document]) -> int:
    """Photographs are counted as faces on pages; a page whose faces were not counted holds one."""
    counts = (photo.value("faces") for photo in photos)
    return sum(max(1, count) if isinstance(count, int) else 1 for count in counts)


def _excuse(item: Requirement, dossier: Dossier) -> tuple[RequirementStatus, tuple[Document, ...], str, float] | None:
    """REG28 2.6.1.10: a statement in the form that the paper could not be had replaces it."""
    if item.excused_by != "attitude_unobtainable" or dossier.form is None:
        return None
    pages = (dossier.form,)
    for text in dossier.answers.values():
        about = any(True for stem in _ATTITUDE for _ in mentions(text, stem))
        unobtainable = any(True for stem in _UNOBTAINABLE for _ in mentions(text, stem))
        if about and unobtainable:
            return RequirementStatus.MET, pages, "the form states that it could not be had", 1.0
        if unobtainable and any(True for _ in mentions(text, "sened")):
            return RequirementStatus.UNCERTAIN, pages, "the form may state that it could not be had", 0.5
    return None


def _taken_for_another(item: Requirement, dossier: Dossier) -> list[Document]:
    """Documents of which a page may be the paper that seems to be missing: nobody is refused for our mistake."""
    return [document for document in dossier.documents if set(item.documents) & set(document.rivals)]


def _foreign_cards(item: Requirement, dossier: Dossier) -> list[Document]:
    """Cards of another state where a passport is asked (documents.md: review)."""
    cards = dossier.of_types(["id_card"]) if item.documents == ("passport",) else []
    return [card for card in cards if card.value("issuing_state") != "AZE"]


def _report(item: Requirement, outcome: RequirementOutcome, dossier: Dossier, conclusions: Conclusions) -> None:
    papers = dossier.of_types(item.documents)
    if outcome.status is not RequirementStatus.NOT_REQUIRED:
        conclusions.asked.update(item.documents)
        conclusions.keep_open(*(paper for paper in papers if dossier.sure(paper) and not dossier.legible(paper)))
    if outcome.status is RequirementStatus.UNCERTAIN:
        foreign = _foreign_cards(item, dossier)
        conclusions.keep_open(*foreign)
        if foreign and not papers:
            conclusions.doubt_because(Remark.FOREIGN_CARD)
        else:
            conclusions.doubt(ReviewReason.LOW_CONFIDENCE if papers else ReviewReason.OTHER)
    if outcome.status is not RequirementStatus.MISSING:
        return
    if outcome.reason == "illegible":
        conclusions.find(
            Finding("document_illegible", Severity.DEFICIENCY, item.clause, document=_shown(papers, dossier))
        )
    elif item.documents == (dossier.procedure.form,):
        conclusions.find(Finding("missing_form", Severity.REFUSAL, item.clause, document=dossier.procedure.form))
    else:
        conclusions.find(_missing(item, papers))


def _shown(papers: Sequence[Document], dossier: Dossier) -> str:
    return next(paper.type for paper in papers if dossier.sure(paper) and not dossier.legible(paper))


def _missing(item: Requirement, papers: Sequence[Document]) -> Finding:
    lacking = item.count - _amount(item, papers)
    return Finding("missing_document", Severity(item.severity), item.clause, document=item.asked, count=lacking)


def _of_a_parent(stretch: str) -> bool:
    return any(f" {parent}" in f" {stretch}" for parent in _PARENTS)


def _age(dossier: Dossier) -> int | None:
    """Full years of the person of the form on the day of receipt."""
    born = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", dossier.answers.get("birth_date", "").replace(" ", "-"))
    if born is None:
        return None
    year, month, day = (int(part) for part in born.groups())
    today = dossier.received_on
    return today.year - year - ((today.month, today.day) < (month, day))


def _left_republic(dossier: Dossier) -> bool | None:
    """DEC189 10: whether an answer says that the person left the republic, or never did."""
    for key in ("arrival_date", "previous_visits", "about", "arrival_reason"):
        text = dossier.answers.get(key, "")
        stays = [part for stem in ("terk et", "terk edi") for part in mentions(text, stem)]
        for part in stays:
            return not (part.denied or "etmem" in part.stretch or "etmey" in part.stretch or "etmedi" in part.stretch)
    arrival = dossier.answer("arrival_date")
    return True if arrival and arrival.text[:4].isdigit() else None


def _ground(dossier: Dossier) -> str | None:
    """DEC189 14-16, 22: the ground on which a child's citizenship is asked, where the papers or the words tell it."""
    words = " ".join([dossier.letter, *dossier.answers.values()])
    adoption = any(not part.denied for part in mentions(words, "ovladliga"))
    guardianship = any(not part.denied for stem in ("qeyyum", "himayeci") for part in mentions(words, stem))
    acquired = any(True for stem in _PARENT_ACQUIRED for part in mentions(words, stem) if not part.denied)
    acquired = acquired or any(_of_a_parent(part.stretch) for stem in _PARENT_LEFT for part in mentions(words, stem))
    grounds = [
        name for name, told in (("adoption", adoption), ("guardianship", guardianship), ("parent", acquired)) if told
    ]
    return grounds[0] if len(grounds) == 1 else None
