"""From a submission to an assessment: the order of work of an office that opens its mail."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from models.case import (
    Applicant,
    Assessment,
    Category,
    Decision,
    DecisionValue,
    Finding,
    ReviewReason,
    Severity,
    Submission,
)
from models.catalogue import Catalogue, Procedure
from models.grammar import date_words
from models.mail import MessageKind, PartStatus
from rules.category import category_of
from rules.datum import card_number, check_datum
from rules.deciding import decide, unconsidered
from rules.dossier import Conclusions, Dossier
from rules.duty import check_duty, facts_for_text
from rules.form_checks import check_form
from rules.intent import Intent, intent_of
from rules.papers import check_persons_and_terms, check_photo, several_persons
from rules.policy import Policy
from rules.requirements import check_papers, facts_of, in_force
from rules.wording import sentence_for

_LATE_AFTER = timedelta(days=10)
_MACHINES = (MessageKind.AUTO_REPLY, MessageKind.BOUNCE)

#: "1/2" in a subject, or words that announce further mails.
_NUMBERED = re.compile(r"(?<![\d/])([1-9])\s*/\s*([2-9])(?![\d/])")
_ANNOUNCED = re.compile(
    r"\bdavamı\b|\bdavami\b|\bdavamını\b|\bardı var\b|\b\d-c[iüuı] hissə\b|\bhissə \d\b|növbəti məktub|ikinci məktub|"
    r"часть \d|продолжение|part \d of \d|to be continued|\(\s*[1-9]\s*/\s*[2-9]\s*\)",
    re.IGNORECASE,
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
    intent = intent_of(submission, catalogue, policy)
    procedure = catalogue.procedures.get(intent.procedure or "")
    if early is not None:
        return _closed(early, procedure, intent, received_on)
    if procedure is None or intent.confidence < policy.procedure_certainty:
        return _closed(_unclear(submission), procedure, intent, received_on)
    dossier = Dossier(submission, catalogue, procedure, received_on, policy)
    if procedure.authority != policy.authority:
        return _redirected(dossier, intent)
    return _examined(dossier, intent)


def _without_reading(submission: Submission, catalogue: Catalogue, policy: Policy, case_known: bool) -> Decision | None:
    """The decision that needs no look at the documents, if there is one."""
    message = submission.message
    if message.kind in _MACHINES:
        return Decision(DecisionValue.IGNORED)
    if message.machine_made:
        applied = any(item.type in catalogue.forms for item in submission.documents)
        return _to_clerk(ReviewReason.OTHER) if applied else Decision(DecisionValue.IGNORED)
    if not message.parsed:
        return _to_clerk(ReviewReason.OTHER)
    if message.kind is MessageKind.REPLY and not case_known:
        return _to_clerk(ReviewReason.CASE_UNKNOWN)
    if any(item.status is not PartStatus.SKIPPED for item in submission.attachments):
        return None
    asked = intent_of(submission, catalogue, policy).asked or message.kind is MessageKind.APPLICATION
    empty = not message.text.strip() and not asked and not message.links
    return Decision(DecisionValue.IGNORED) if empty else _to_clerk(ReviewReason.OTHER)


def _to_clerk(*reasons: ReviewReason) -> Decision:
    return Decision(DecisionValue.REVIEW, 1.0, reasons)


def _unclear(submission: Submission) -> Decision:
    """A message with attachments about which it is not certain what it asks."""
    unsafe = any(item.status is PartStatus.UNSAFE for item in submission.attachments)
    wish = ReviewReason.PROCEDURE_UNCLEAR
    return _to_clerk(wish, ReviewReason.UNSAFE_FILE) if unsafe else _to_clerk(wish)


def _closed(decision: Decision, procedure: Procedure | None, intent: Intent, received_on: date) -> Assessment:
    """An assessment that went no further than what the message asks for."""
    ignored = decision.value is DecisionValue.IGNORED
    named = None if ignored or procedure is None else procedure
    return Assessment(
        decision,
        procedure=named.key if named else None,
        procedure_confidence=intent.confidence if named else 0.0,
        catalogue_version=named.version_on(received_on) if named else None,
        received_on=received_on,
    )


def _redirected(dossier: Dossier, intent: Intent) -> Assessment:
    """The application belongs to another authority; only a certain one whose source allows it goes out alone."""
    procedure = dossier.procedure
    conclusions = Conclusions()
    conclusions.find(Finding("other_authority", Severity.REDIRECT, procedure.clause, confidence=intent.confidence))
    automatic = "redirected" in procedure.automatic and not dossier.unsafe_files
    decision = Decision(DecisionValue.REDIRECTED, intent.confidence)
    if not automatic:
        unsafe = (ReviewReason.UNSAFE_FILE,) if dossier.unsafe_files else ()
        decision = _to_clerk(*(unsafe or (ReviewReason.OTHER,)))
    return _assessment(dossier, intent, conclusions, decision, Category.FOREIGNER, 0.0)


def _examined(dossier: Dossier, intent: Intent) -> Assessment:
    """The documents against the law of the day."""
    conclusions = Conclusions()
    category, certainty = category_of(dossier)
    if certainty < dossier.policy.type_certainty and dossier.procedure.categories:
        conclusions.doubt(ReviewReason.CATEGORY_UNCLEAR)
    facts = facts_of(dossier, category)
    check_papers(dossier, facts, conclusions)
    if not conclusions.has("missing_form"):
        check_datum(dossier, facts, conclusions)
        check_form(dossier, conclusions)
    check_persons_and_terms(dossier, facts, conclusions)
    check_photo(dossier, conclusions)
    check_duty(dossier, conclusions)
    _check_registration_day(dossier, conclusions)
    _check_message(dossier, conclusions)
    decision = decide(dossier, conclusions)
    return _assessment(dossier, intent, conclusions, decision, category, certainty)


def _check_message(dossier: Dossier, conclusions: Conclusions) -> None:
    """What no clause decides and only a person may: several people, further mails to come, no law that day."""
    message = dossier.submission.message
    if several_persons(dossier):
        conclusions.doubt(ReviewReason.SEVERAL_APPLICANTS)
    numbered = any(int(match[1]) <= int(match[2]) for match in _NUMBERED.finditer(message.subject))
    if numbered or _ANNOUNCED.search(f"{message.subject}\n{message.text}"):
        conclusions.doubt(ReviewReason.OTHER)
    if not in_force(dossier):
        conclusions.doubt(ReviewReason.OTHER)
    for file in dossier.unsafe_files:
        conclusions.find(Finding("file_unsafe", Severity.REVIEW, file=file.file))


def _check_registration_day(dossier: Dossier, conclusions: Conclusions) -> None:
    """EMB: whoever stays more than 10 days must be registered; later than that is a note, never a refusal."""
    entry = dossier.answer("entry_date")
    if dossier.procedure.source != "STAY" or entry is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", entry.text):
        return
    if date.fromisoformat(entry.text) + _LATE_AFTER < dossier.received_on:
        conclusions.find(
            Finding("registration_late", Severity.NOTE, "EMB", field="entry_date", confidence=entry.confidence)
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
