"""A submission beside the law of its day: what every rule looks at, and how each looks things up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from models.azerbaijani import fold
from models.case import Finding, Remark, RequirementOutcome, ReviewReason, Severity, Submission
from models.catalogue import Catalogue, DocumentType, FormDescription, Procedure
from models.document import UNKNOWN, Document, Field, PagePlace
from models.mail import Attachment, PartStatus
from rules.policy import Policy

#: Share of a form's answers that must be certain to say that it can be read: more than two of three pages hold.
_MOST = 0.75

#: Findings that something is not there.
_EMPTY = frozenset({"form_incomplete", "form_unsigned", "form_undated", "missing_datum"})

#: Where people leave files that a mail would not carry; such links are never followed.
_FILE_STORES = re.compile(
    r"//(?:[\w-]+\.)*(?:drive\.google|docs\.google|photos\.app\.goo|dropbox|wetransfer|we\.tl|1drv|onedrive|sharepoint|"
    r"icloud|mega|disk\.yandex|yadi\.sk|cloud\.mail|mediafire|pcloud|box\.com|fex\.net|dropmefiles|transfernow|"
    r"sendspace|sendgb|filemail|terabox|smash|send-anywhere)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Dossier:
    """One submission, the procedure it is about, the day of receipt and the office's policy."""

    submission: Submission
    catalogue: Catalogue
    procedure: Procedure
    received_on: date
    policy: Policy

    @cached_property
    def form(self) -> Document | None:
        """The application form: the surest one, of several equal the one with most answers; of two that are alike in
        this, whatever their order, always the same."""
        return max(
            self.forms, key=lambda form: (self.sure(form), _answers(form), form.confidence, _said(form)), default=None
        )

    @property
    def forms(self) -> list[Document]:
        """Every copy of the application form."""
        return self.of_types([self.procedure.form] if self.procedure.form else [])

    @property
    def description(self) -> FormDescription | None:
        return self.catalogue.forms.get(self.procedure.form or "")

    @property
    def documents(self) -> tuple[Document, ...]:
        return tuple(document for document in self.submission.documents if not document.is_blank)

    def of_types(self, types: Iterable[str]) -> list[Document]:
        wanted = set(types)
        return [document for document in self.documents if document.type in wanted]

    def type_of(self, document: Document) -> DocumentType | None:
        return self.catalogue.document_types.get(document.type)

    def sure(self, document: Document) -> bool:
        """Whether the type of a document is certain."""
        return document.type != UNKNOWN and document.confidence >= self.policy.type_certainty

    def legible(self, document: Document) -> bool:
        """Whether a person's eye could read what the document must tell; it can where a machine did for certain."""
        return document.legibility >= self.policy.legible or self._proved_legible(document)

    def _proved_legible(self, document: Document) -> bool:
        """A zone whose check digits hold was read; so was a form of which most answers are certain."""
        certain = {key for key, found in document.fields.items() if found.confidence >= self.policy.value_certainty}
        if document.type in self.catalogue.forms:
            return bool(certain) and len(certain) >= _MOST * len(document.fields)
        return document.value("mrz_valid") is True and "mrz_valid" in certain

    def answer(self, key: str) -> Field | None:
        """The form's field of that key; None where there is no form or the reader did not look."""
        return self.form.get(key) if self.form else None

    @cached_property
    def answers(self) -> dict[str, str]:
        """The form's text answers, folded for looking up words."""
        if not self.form:
            return {}
        return {key: fold(found.text) for key, found in self.form.fields.items() if found.text}

    @cached_property
    def letter(self) -> str:
        """Subject and text of the message, folded."""
        return fold(f"{self.submission.message.subject}\n{self.submission.message.text}")

    @cached_property
    def unknown_documents(self) -> tuple[Document, ...]:
        """Documents of which a page may be anything: unrecognised, without certainty, or joined by its place alone."""
        return tuple(item for item in self.documents if not self.sure(item) or UNKNOWN in item.rivals)

    @property
    def links_to_files(self) -> bool:
        """Whether the letter points to files that were left elsewhere."""
        return any(_FILE_STORES.search(link) for link in self.submission.message.links)

    def certain(self, finding: Finding) -> bool:
        """Whether a finding may stand in a notice."""
        needed = self.policy.empty_certainty if finding.code in _EMPTY else self.policy.value_certainty
        return finding.severity is Severity.NOTE or finding.confidence >= needed

    @cached_property
    def unreadable_files(self) -> tuple[Attachment, ...]:
        return tuple(item for item in self.submission.attachments if item.status is PartStatus.UNREADABLE)

    @cached_property
    def unsafe_files(self) -> tuple[Attachment, ...]:
        return tuple(item for item in self.submission.attachments if item.status is PartStatus.UNSAFE)


def _said(form: Document) -> list[str]:
    return sorted(f"{key} {answer.text}" for key, answer in form.fields.items())


def _answers(form: Document) -> int:
    return sum(answer.answered for answer in form.fields.values())


def pages_of(documents: Iterable[Document]) -> tuple[tuple[str, int], ...]:
    """The pages of documents, in order, each once."""
    places: Iterator[PagePlace] = (place for document in documents for place in document.pages)
    return tuple(dict.fromkeys((place.file, place.page) for place in places))


@dataclass(slots=True)
class Conclusions:
    """What the rules have found so far; every rule adds, none takes away.

    ``doubts`` are reasons that alone send the case to a clerk. ``open_papers`` are recognised papers that tell too
    little; where another copy does, they are no doubt, but nothing is refused beside them (casework.md, rule 2).
    ``asked`` are the types of papers that the law of the day asks of this applicant; ``remarks`` say what stands behind
    a doubt that has no reason of its own.
    """

    findings: list[Finding] = field(default_factory=list)
    requirements: list[RequirementOutcome] = field(default_factory=list)
    doubts: list[ReviewReason] = field(default_factory=list)
    open_papers: list[Document] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    remarks: list[Remark] = field(default_factory=list)

    def find(self, finding: Finding) -> None:
        self.findings.append(finding)

    def doubt(self, reason: ReviewReason) -> None:
        if reason not in self.doubts:
            self.doubts.append(reason)

    def doubt_because(self, remark: Remark) -> None:
        """A doubt of the reason ``other``, and what it is."""
        self.doubt(ReviewReason.OTHER)
        if remark not in self.remarks:
            self.remarks.append(remark)

    def keep_open(self, *papers: Document) -> None:
        self.open_papers.extend(paper for paper in papers if paper not in self.open_papers)

    @property
    def told(self) -> list[str]:
        """The findings in words that can be ordered, so that equally bad papers are always judged alike."""
        return sorted(f"{finding.code} {finding.field} {finding.confidence}" for finding in self.findings)

    def has(self, code: str) -> bool:
        return any(finding.code == code for finding in self.findings)

    def of_severity(self, severity: Severity) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity is severity]


class Mention(NamedTuple):
    """A word that begins with a stem: the folded words round it, and whether it is denied at once."""

    stretch: str
    denied: bool


_DENIALS = re.compile(r"(yox\w*|deyil\w*|olmamis\w*|olmayib|almamis\w*|almayib|xeyr|нет|не|not)$")
_DENIAL_REACH = 3  # "qaçqın statusum yoxdur": a denial further off is about something else
_AROUND = 6


def mentions(text: str, stem: str) -> Iterator[Mention]:
    """Where folded ``text`` has words that begin with the words of ``stem``."""
    words = text.split()
    wanted = stem.split()
    for index in range(len(words) - len(wanted) + 1):
        if all(word.startswith(part) for word, part in zip(words[index:], wanted, strict=False)):
            end = index + len(wanted)
            denied = any(_DENIALS.match(word) for word in words[end : end + _DENIAL_REACH])
            yield Mention(" ".join(words[max(0, index - _AROUND) : end + _AROUND]), denied)
