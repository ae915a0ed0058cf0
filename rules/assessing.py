"""From a submission to an assessment: the order of work of an office that opens its mail."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models.case import (
    Applicant,
    Assessment,
    Category,
    Decision,
    DecisionValue,
    Finding,
    Remark,
    ReviewReason,
    Severity,
    Submission,
)
from models.catalogue import Catalogue, Procedure
from models.grammar import date_words
from models.mail import MessageKind, PartStatus
from rules.applicants import lives_abroad, several_persons
from rules.category import category_of, contradicted
from rules.datum import DATUM, card_number, check_datum
from rules.deciding import decide, unconsidered
from rules.dossier import Conclusions, Dossier
from rules.duty import check_duty, facts_for_text
from rules.form_checks import check_form
from rules.intent import Intent, intent_of
from rules.papers import check_numbers, check_persons_and_terms, check_photo
from rules.policy import Policy
from rules.requirements import check_papers, facts_of, in_force
from rules.wording import sentence_for

_GROWN_UP = 18
_LETTER = "cover_letter"
_MACHINES = (MessageKind.AUTO_REPLY, MessageKind.BOUNCE)

#: "1/2" in a subject, or words (folded) that announce further mails or papers.
_NUMBERED = re.compile(r"(?<![\d/])([1-9])\s*/\s*([2-9])(?![\d/])")
_ANNOUNCED = re.compile(
    r"\bdavami(ni)?\b|\bardi var\b|\b\d ?c[iu] hisse\b|\bhisse \d\b|"
    r"\b(novbeti|ikinci|diger) (mektub|mail|e ?mail|poct)|"
    r"\b(sonra|sonradan|elave olaraq|yaxin (vaxtda|gunlerde)|sabah|qalan\w*) .{0,60}"
    r"(gonder|teqdim ed|elave ed|catdir)\w*(ecey|ecem|acag|acam)|"
    r"часть \d|продолжени|следующ\w+ письм|дошлю|пришлю позже|"
    r"\bpart \d of \d|to be continued|(next|second|another) (e ?mail|message)|will (send|follow) .{0,40}later|"
    r"(sonra|kalan) .{0,60}gonderece"
)
_ADDRESS = re.compile(r"https?://\S+")
#: Words (folded) of a person who takes an application back or does not apply yet, whatever is attached.
_NO_APPLICATION = re.compile(
    r"\b(muraciet|erize) (etmirem|vermirem|teqdim etmirem)|"
    r"\b(muracie\w+|erize\w+|sened\w+) .{0,30}(geri (gotur|cek|qaytar)|legv ed)|\bgeri (gotur|cek)\w* (isteyir|xahis)|"
    r"\bbaxilma\w* (dayandir|xitam)|отозвать|отзываю|"
    r"(забрать|вернуть) (\w+ ){0,2}(заявлени|документ)|\bне рассматрива|"
    r"\bwithdraw (my|the) (application|request)|basvurum\w* (geri cek|iptal)"
)


def assess(
    submission: Submission,
    catalogue: Catalogue,
    received_on: date,
    policy: Policy | None = None,
    *,
    case_known: bool = False,
) -> Assessment:
    """What an office concludes from a submission received on a day; pure and total.

    ``case_known`` tells that a reply's case was found and its documents are joined in the submission.
    """
    policy = policy or Policy()
    early = _without_reading(submission, catalogue, policy, case_known)
    if early is not None and early.decision.value is DecisionValue.IGNORED:
        return Assessment(early.decision, received_on=received_on)
    intent = intent_of(submission, catalogue, policy)
    procedure = catalogue.procedures.get(intent.procedure or "")
    if procedure is None:
        return _without_procedure(early or _unclear(submission), submission, catalogue, received_on)
    dossier = Dossier(submission, catalogue, procedure, received_on, policy)
    if early is not None:
        return _closed(dossier, intent, early)
    if intent.confidence < policy.procedure_certainty:
        return _closed(dossier, intent, _unclear(submission))
    if procedure.authority != policy.authority:
        return _redirected(dossier, intent)
    return _examined(dossier, intent)


@dataclass(frozen=True, slots=True)
class _Early:
    """A decision that rests on the message alone, and what stands behind its reason ``other``."""

    decision: Decision
    remarks: tuple[Remark, ...] = ()


_IGNORED = _Early(Decision(DecisionValue.IGNORED))


def _without_reading(submission: Submission, catalogue: Catalogue, policy: Policy, case_known: bool) -> _Early | None:
    """The decision that needs no look at the documents, if there is one."""
    message = submission.message
    if message.kind in _MACHINES:
        return _IGNORED
    if message.machine_made:
        applied = any(item.type in catalogue.forms for item in submission.documents)
        return _because(Remark.MACHINE_MADE) if applied else _IGNORED
    if not message.parsed:
        return _because(Remark.NO_MESSAGE)
    if message.kind is MessageKind.REPLY and not case_known:
        return _Early(_to_clerk(ReviewReason.CASE_UNKNOWN))
    if _encloses_anything(submission):
        return None
    asked = intent_of(submission, catalogue, policy).asked or message.kind is MessageKind.APPLICATION
    enclosed = any(item.status is not PartStatus.SKIPPED for item in submission.attachments)
    empty = not message.text.strip() and not asked and not message.links and not enclosed
    return _IGNORED if empty else _because(Remark.NOTHING_ENCLOSED)


def _because(remark: Remark) -> _Early:
    return _Early(_to_clerk(ReviewReason.OTHER), (remark,))


def _encloses_anything(submission: Submission) -> bool:
    """Whether a paper came, or a file that may hold one; a letter as a file is still only a letter."""
    closed = any(item.status in (PartStatus.UNREADABLE, PartStatus.UNSAFE) for item in submission.attachments)
    return closed or any(not item.is_blank and item.type != _LETTER for item in submission.documents)


def _to_clerk(*reasons: ReviewReason) -> Decision:
    return Decision(DecisionValue.REVIEW, 1.0, reasons)


def _unclear(submission: Submission) -> _Early:
    """A message with attachments about which it is not certain what it asks."""
    unsafe = any(item.status is PartStatus.UNSAFE for item in submission.attachments)
    wish = ReviewReason.PROCEDURE_UNCLEAR
    return _Early(_to_clerk(wish, ReviewReason.UNSAFE_FILE) if unsafe else _to_clerk(wish))


def _without_procedure(early: _Early, submission: Submission, catalogue: Catalogue, received_on: date) -> Assessment:
    """Nobody can tell what the message asks for; what the letter states is handed on all the same."""
    unsafe = [item.file for item in submission.attachments if item.status is PartStatus.UNSAFE]
    found = (replace(item, text=sentence_for(item, catalogue, None, received_on)) for item in _unsafe(unsafe))
    applicant = Applicant(residence_card_number=submission.stated.get(DATUM))
    return Assessment(
        early.decision, received_on=received_on, applicant=applicant, findings=tuple(found), remarks=early.remarks
    )


def _closed(dossier: Dossier, intent: Intent, early: _Early) -> Assessment:
    """Who applies and for what, of a message whose papers are not held against the law: it does not stand alone."""
    conclusions = Conclusions(remarks=list(early.remarks))
    conclusions.findings.extend(_unsafe(item.file for item in dossier.unsafe_files))
    category, certainty = category_of(dossier)
    return _assessment(dossier, intent, conclusions, early.decision, category, certainty)


def _unsafe(files: Iterable[str]) -> list[Finding]:
    return [Finding("file_unsafe", Severity.REVIEW, file=file) for file in files]


def _redirected(dossier: Dossier, intent: Intent) -> Assessment:
    """The application belongs to another authority; only a certain one whose source allows it goes out alone."""
    procedure = dossier.procedure
    conclusions = Conclusions()
    conclusions.find(Finding("other_authority", Severity.REDIRECT, procedure.clause, confidence=intent.confidence))
    automatic = "redirected" in procedure.automatic and not dossier.unsafe_files
    decision = Decision(DecisionValue.REDIRECTED, intent.confidence)
    if not automatic:
        if dossier.unsafe_files:
            conclusions.doubt(ReviewReason.UNSAFE_FILE)
        else:
            conclusions.doubt_because(Remark.OTHER_AUTHORITY)
        decision = _to_clerk(*conclusions.doubts)
    return _assessment(dossier, intent, conclusions, decision, Category.FOREIGNER, 0.0)


def _examined(dossier: Dossier, intent: Intent) -> Assessment:
    """The documents against the law of the day."""
    conclusions = Conclusions()
    category, certainty = category_of(dossier)
    if certainty < dossier.policy.type_certainty and dossier.procedure.categories:
        conclusions.doubt(ReviewReason.CATEGORY_UNCLEAR)
    if contradicted(category, dossier):
        conclusions.doubt(ReviewReason.CONTRADICTION)
    facts = facts_of(dossier, category)
    check_papers(dossier, facts, conclusions)
    if not conclusions.has("missing_form"):
        check_datum(dossier, facts, conclusions)
        check_form(dossier, conclusions)
    check_persons_and_terms(dossier, facts, conclusions)
    check_numbers(dossier, conclusions)
    check_photo(dossier, conclusions)
    check_duty(dossier, conclusions)
    _check_registration_day(dossier, conclusions)
    _check_applicant(dossier, facts, conclusions)
    _check_message(dossier, conclusions)
    decision = decide(dossier, conclusions)
    return _assessment(dossier, intent, conclusions, decision, category, certainty)


def _check_applicant(dossier: Dossier, facts: Mapping[str, Any], conclusions: Conclusions) -> None:
    """Several people, a grown child, somebody who lives abroad and belongs to an embassy (DEC189 11, 12, 20)."""
    if several_persons(dossier):
        conclusions.doubt(ReviewReason.SEVERAL_APPLICANTS)
    if (facts.get("child_age") or 0) >= _GROWN_UP:
        conclusions.doubt(ReviewReason.CONTRADICTION)
    if dossier.procedure.abroad and lives_abroad(dossier):
        conclusions.doubt_because(Remark.LIVES_ABROAD)


def _check_message(dossier: Dossier, conclusions: Conclusions) -> None:
    """What no clause decides and only a person may: further mails to come, a withdrawal, no law that day."""
    message = dossier.submission.message
    numbered = any(int(match[1]) <= int(match[2]) for match in _NUMBERED.finditer(message.subject))
    if numbered or _ANNOUNCED.search(dossier.letter):
        conclusions.doubt_because(Remark.MORE_TO_COME)
    if _NO_APPLICATION.search(dossier.letter):
        conclusions.doubt_because(Remark.TAKEN_BACK)
    asking = "?" in _ADDRESS.sub("", f"{message.subject}\n{message.text}")
    if asking and any(finding.code.startswith("missing_") for finding in conclusions.findings):
        conclusions.doubt_because(Remark.ASKS)  # whoever asks what is needed may not apply yet
    if not in_force(dossier):
        conclusions.doubt_because(Remark.NO_LAW)
    conclusions.findings.extend(_unsafe(item.file for item in dossier.unsafe_files))
    if case := dossier.submission.duplicate_of:
        conclusions.find(Finding("duplicate", Severity.NOTE, case=case))


def _check_registration_day(dossier: Dossier, conclusions: Conclusions) -> None:
    """EMB: whoever stays more than 10 days must be registered; later than that is a note, never a refusal."""
    entry = dossier.answer("entry_date")
    term = next((term for term in dossier.procedure.terms if term.key == "registration_duty"), None)
    if term is None or entry is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", entry.text):
        return
    if (dossier.received_on - date.fromisoformat(entry.text)).days > term.amount:
        conclusions.find(
            Finding("registration_late", Severity.NOTE, term.clause, field="entry_date", confidence=entry.confidence)
        )


def _assessment(
    dossier: Dossier,
    intent: Intent,
    conclusions: Conclusions,
    decision: Decision,
    category: Category,
    certainty: float,
) -> Assessment:
    procedure = dossier.procedure
    return Assessment(
        decision=decision,
        procedure=procedure.key,
        procedure_confidence=intent.confidence,
        catalogue_version=procedure.version_on(dossier.received_on),
        received_on=dossier.received_on,
        applicant=_applicant(dossier, category, certainty),
        findings=tuple(_worded(finding, dossier) for finding in conclusions.findings),
        requirements=tuple(conclusions.requirements),
        unconsidered=unconsidered(dossier),
        remarks=tuple(conclusions.remarks),
    )


def _applicant(dossier: Dossier, category: Category, certainty: float) -> Applicant:
    """Who applies: the person of the form; the host in place-of-stay registration."""
    prefix = "host_" if dossier.procedure.applicant == "host" else ""
    keys = (f"{prefix}surname", f"{prefix}given_name", f"{prefix}patronymic")
    parts = [answer for key in keys if (answer := dossier.answer(key)) and answer.text and answer.text != "none"]
    name = " ".join(part.text for part in parts) or None
    confidence = min([certainty, *(part.confidence for part in parts)]) if parts else 0.0
    return Applicant(name, category, confidence, card_number(dossier))


def _worded(finding: Finding, dossier: Dossier) -> Finding:
    facts = facts_for_text(dossier) if finding.code.startswith("duty") else {}
    if finding.code == "document_expired":
        facts = {"expired": _expired_on(finding, dossier)}
    if finding.code == "other_authority":
        own = dossier.catalogue.authorities[dossier.policy.authority]
        facts = {"referral": referral(dossier.procedure, dossier.catalogue), "own": own.name_genitive or own.name}
    return replace(
        finding, text=sentence_for(finding, dossier.catalogue, dossier.procedure, dossier.received_on, **facts)
    )


def _expired_on(finding: Finding, dossier: Dossier) -> str:
    days = [str(paper.value("expiry_date")) for paper in dossier.of_types([finding.document or ""])]
    known = sorted(day for day in days if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day))
    return date_words(date.fromisoformat(known[-1])) if known else ""


def referral(procedure: Procedure, catalogue: Catalogue) -> str:
    """``... müraciət edin``: where the application belongs, if the source names it."""
    authority = catalogue.authorities.get(procedure.authority)
    if authority is None or not procedure.authority_named:
        return "Müraciətin aid olduğu səlahiyyətli orqana müraciət etməyiniz xahiş olunur."
    return f"{authority.name_dative or authority.name} müraciət etməyiniz xahiş olunur."
