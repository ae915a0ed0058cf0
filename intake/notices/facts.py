"""From a submission, its assessment and the catalogue to the facts that a letter tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from intake.notices.foreign import display_file
from intake.notices.letter import Contents, ReceivedFile, Required
from models.case import Finding, Severity, Submission
from models.catalogue import ALWAYS, Catalogue, Fee, Procedure, Requirement, Requisite, Term
from models.document import UNKNOWN, Document
from models.grammar import ordinal
from models.mail import Attachment, PartStatus


def received_files(submission: Submission, catalogue: Catalogue) -> tuple[ReceivedFile, ...]:
    """The files of a submission in their order; a container stands only for itself when nothing came out of it."""
    return tuple(
        ReceivedFile(display_file(each.file), each.status, _contents(each, submission.documents, catalogue))
        for each in submission.attachments
        if not _opened_container(each, submission.attachments)
    )


def _opened_container(attachment: Attachment, others: Iterable[Attachment]) -> bool:
    return attachment.status is PartStatus.OK and any(o.file.startswith(attachment.file + "/") for o in others)


def _contents(attachment: Attachment, documents: Sequence[Document], catalogue: Catalogue) -> tuple[Contents, ...]:
    found: dict[tuple[str, tuple[int, ...]], int] = {}
    here = [d for d in documents if not d.is_blank and any(p.file == attachment.file for p in d.pages)]
    for document in here:
        pages = tuple(sorted({p.page for p in document.pages if p.file == attachment.file}))
        alone = attachment.pages <= 1 or len(here) == 1
        key = (_document_name(document, catalogue), () if alone else pages)
        found[key] = found.get(key, 0) + 1
    return tuple(Contents(name, pages, count) for (name, pages), count in found.items())


def _document_name(document: Document, catalogue: Catalogue) -> str:
    """The document's name in Azerbaijani; "" for an unknown one."""
    described = catalogue.document_types.get(document.type)
    if described is None or document.type == UNKNOWN:
        return ""
    subtypes = {each.key: each.name for each in described.subtypes}
    return subtypes.get(document.subtype or "") or described.name


def not_considered(parts: Sequence[str], attachments: Sequence[Attachment]) -> tuple[str, ...]:
    """The open parts of a submission ("scan.pdf", or "scan.pdf#3" for a page) in words, one line per file."""
    pages_of = {each.file: each.pages for each in attachments}
    found: dict[str, list[int]] = {}
    for part in parts:
        file, _, page = part.rpartition("#")
        if part in pages_of or not page.isdigit():
            found.setdefault(part, [])
        else:
            found.setdefault(file, []).append(int(page))
    return tuple(
        f"{display_file(file)} ({page_words(sorted(pages))})"
        if pages and pages_of.get(file, 2) > 1
        else display_file(file)
        for file, pages in found.items()
    )


def page_words(numbers: Sequence[int]) -> str:
    """Pages, in their order, in words: "3-cü səhifə", "1–4-cü səhifələr", "1-ci, 3-cü səhifələr"."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        joins = bool(runs) and runs[-1][1] == number - 1
        runs[-1:] = [(runs[-1][0], number)] if joins else [*runs[-1:], (number, number)]
    words = [f"{first}–{ordinal(last)}" if first != last else ordinal(first) for first, last in runs]
    return f"{', '.join(words)} {'səhifə' if len(numbers) == 1 else 'səhifələr'}"


def reported(findings: Iterable[Finding], severities: Sequence[Severity]) -> tuple[Finding, ...]:
    """The findings an applicant is told, the weightiest first, each once."""
    kept = {(f.severity, f.code, f.clause, f.text): f for f in findings if f.severity in severities}
    return tuple(sorted(kept.values(), key=lambda f: severities.index(f.severity)))


def requisites_on(procedure: Procedure | None, day: date, findings: Iterable[Finding]) -> tuple[Requisite, ...]:
    """The payment details of a day, where a finding is about the state duty; else none."""
    about_duty = any(f.code.startswith("duty_") or f.document == "state_duty_receipt" for f in findings)
    if procedure is None or not about_duty:
        return ()
    return tuple(each for each in procedure.requisites if each.in_force.on(day))


def required_on(procedure: Procedure, day: date, catalogue: Catalogue) -> tuple[Required, ...]:
    """What a procedure asks for on a day, by name."""
    return tuple(
        Required(_requirement_name(each, catalogue), each.count, each.originals, each.guidance, each.when)
        for each in procedure.requirements
        if each.channel == "email" and each.in_force.on(day)
    )


def _requirement_name(requirement: Requirement, catalogue: Catalogue) -> str:
    names = [catalogue.document_types[key].name for key in requirement.documents if key in catalogue.document_types]
    return requirement.name or " və ya ".join(names)


def costs_on(procedure: Procedure, day: date) -> tuple[tuple[Fee, ...], tuple[Term, ...]]:
    """The fees and terms of a procedure on a day, without terms that only repeat the condition of a fee."""
    fees = tuple(each for each in procedure.fees if each.in_force.on(day))
    priced = {str(each.when) for each in fees if each.when != ALWAYS}
    return fees, tuple(each for each in procedure.terms if str(each.when) not in priced)
