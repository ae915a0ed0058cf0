"""The rule above all others: no wrong notice is ever sent automatically (casework.md)."""

from __future__ import annotations

from dataclasses import replace

from models.case import (
    Decision,
    DecisionValue,
    Finding,
    RequirementStatus,
    ReviewReason,
    Severity,
)
from models.document import UNKNOWN, Document
from rules.dossier import Conclusions, Dossier


def decide(dossier: Dossier, conclusions: Conclusions) -> Decision:
    """The decision on what was found; may add what an open file is to be told (``file_unreadable``)."""
    _set_severities(dossier, conclusions)
    if dossier.unsafe_files:
        conclusions.doubt(ReviewReason.UNSAFE_FILE)
    _doubt_uncertain_findings(dossier, conclusions)
    if conclusions.of_severity(Severity.REVIEW) and not conclusions.doubts:
        conclusions.doubt(_reason(dossier, conclusions, ReviewReason.OTHER))
    if conclusions.doubts:
        return _review(conclusions)
    refusals = conclusions.of_severity(Severity.REFUSAL)
    if refusals and is_open(dossier, conclusions):
        return _with_open_parts(dossier, conclusions, refusals)
    if refusals:
        return _taken(DecisionValue.REFUSED, dossier, conclusions)
    if deficiencies := conclusions.of_severity(Severity.DEFICIENCY):
        return _deficient(dossier, conclusions, deficiencies)
    return _taken(DecisionValue.ACCEPTED, dossier, conclusions)


def is_open(dossier: Dossier, conclusions: Conclusions) -> bool:
    """Whether something that arrived could not be considered: unknown, illegible, unreadable."""
    unread = _open_documents(dossier, conclusions) or dossier.unreadable_files or conclusions.open_papers
    return bool(unread or dossier.links_to_files)


def _open_documents(dossier: Dossier, conclusions: Conclusions) -> list[Document]:
    """Documents that may be what is missing: unknown ones, and those taken with less than full certainty for
    something that nobody asked of this applicant."""
    return [
        item
        for item in dossier.documents
        if item in dossier.unknown_documents
        or (item.type not in conclusions.asked and item.confidence < dossier.policy.other_certainty)
    ]


def unconsidered(dossier: Dossier) -> tuple[str, ...]:
    """The parts an acceptance lists as not considered: unreadable files, pages of unknown and of illegible papers."""
    unread = [item for item in dossier.documents if not dossier.sure(item) or not dossier.legible(item)]
    pages = [f"{place.file}#{place.page}" for item in unread for place in item.pages]
    return (*(item.file for item in dossier.unreadable_files), *dict.fromkeys(pages))


def _set_severities(dossier: Dossier, conclusions: Conclusions) -> None:
    """An office may turn a finding to review; a procedure without automatic refusal has none."""
    conclusions.findings[:] = [_severity_set(finding, dossier) for finding in conclusions.findings]


def _severity_set(finding: Finding, dossier: Dossier) -> Finding:
    severity = dossier.policy.severities.get(finding.code, finding.severity)
    automatic = dossier.procedure.automatic
    allowed = {Severity.REFUSAL: "refused", Severity.DEFICIENCY: "deficiency"}.get(severity)
    if allowed and allowed not in automatic:
        severity = Severity.REVIEW
    return replace(finding, severity=severity)


def _doubt_uncertain_findings(dossier: Dossier, conclusions: Conclusions) -> None:
    """Rule 4: an uncertain finding would change the decision or stand in the notice."""
    for finding in conclusions.findings:
        if not dossier.certain(finding):
            conclusions.doubt(ReviewReason.LOW_CONFIDENCE)


def _with_open_parts(dossier: Dossier, conclusions: Conclusions, refusals: list[Finding]) -> Decision:
    """Rule 2: something open and something missing is never refused.

    What is missing may stand in the open parts; if these are only files and papers that the sender can send again, and
    they are enough, the sender is asked to.
    """
    illegible = [finding for finding in conclusions.findings if finding.code == "document_illegible"]
    lacking = sum(finding.count or 1 for finding in refusals) + len(illegible)
    only_missing = all(finding.code in ("missing_form", "missing_document", "missing_datum") for finding in refusals)
    enough = len(dossier.unreadable_files) + len(illegible) >= lacking
    if _open_documents(dossier, conclusions) or dossier.links_to_files or not only_missing or not enough:
        conclusions.doubt(_reason(dossier, conclusions, ReviewReason.ILLEGIBLE_PAGE))
        return _review(conclusions)
    conclusions.findings[:] = [finding for finding in conclusions.findings if finding not in refusals]
    conclusions.findings.extend(unreadable_findings(dossier))
    return _taken(DecisionValue.DEFICIENCY, dossier, conclusions)


def _deficient(dossier: Dossier, conclusions: Conclusions, deficiencies: list[Finding]) -> Decision:
    """Rule 3 for deficiencies: a page that may be the better copy is looked at first; an unreadable file is named."""
    if dossier.unknown_documents or any(_may_be_cured(finding, conclusions) for finding in deficiencies):
        conclusions.doubt(_reason(dossier, conclusions, ReviewReason.ILLEGIBLE_PAGE))
        return _review(conclusions)
    conclusions.findings.extend(unreadable_findings(dossier))
    return _taken(DecisionValue.DEFICIENCY, dossier, conclusions)


def _may_be_cured(finding: Finding, conclusions: Conclusions) -> bool:
    """Whether another paper of the same type came that tells too little to be judged."""
    copies = [paper for paper in conclusions.open_papers if paper.type == finding.document]
    return finding.code != "document_illegible" and bool(copies)


def unreadable_findings(dossier: Dossier) -> list[Finding]:
    """One ``file_unreadable`` per encrypted, damaged or unsupported file."""
    clause = dossier.procedure.requirements[0].clause if dossier.procedure.requirements else None
    return [
        Finding("file_unreadable", Severity.DEFICIENCY, clause, file=item.file) for item in dossier.unreadable_files
    ]


def _reason(dossier: Dossier, conclusions: Conclusions, otherwise: ReviewReason) -> ReviewReason:
    """Which open part a clerk must look at first."""
    if any(item.type == UNKNOWN for item in dossier.unknown_documents):
        return ReviewReason.UNKNOWN_PAGE
    if _open_documents(dossier, conclusions):
        return ReviewReason.LOW_CONFIDENCE
    if dossier.unreadable_files:
        return ReviewReason.ILLEGIBLE_PAGE
    return ReviewReason.OTHER if dossier.links_to_files else otherwise


def _review(conclusions: Conclusions) -> Decision:
    return Decision(DecisionValue.REVIEW, 1.0, tuple(conclusions.doubts))


def _taken(value: DecisionValue, dossier: Dossier, conclusions: Conclusions) -> Decision:
    """A decision that needs no clerk, where the procedure allows it; its confidence is that of its weakest fact."""
    if value.value not in dossier.procedure.automatic:
        conclusions.doubt(_reason(dossier, conclusions, ReviewReason.OTHER))
        return _review(conclusions)
    met = [item.confidence for item in conclusions.requirements if item.status is RequirementStatus.MET]
    found = [finding.confidence for finding in conclusions.findings]
    return Decision(value, min([*met, *found], default=1.0))
