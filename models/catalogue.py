"""The law and the papers as data: procedures, requirements, forms, document types, requisites.

``rules.catalogue`` reads the files under ``rules/catalogue/`` into these nouns; extractors, classifiers, notices, the
blank-form maker, the desk and the sample generator get them as arguments. A new procedure, form or document type
needs data only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class InForce:
    """Inclusive dates; None is open."""

    since: date | None = None
    until: date | None = None

    def on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def meets(self, other: InForce) -> bool:
        """Whether both are in force on some day."""
        starts = [day for day in (self.since, other.since) if day]
        ends = [day for day in (self.until, other.until) if day]
        return not starts or not ends or max(starts) <= min(ends)


# --- forms -----------------------------------------------------------------------------------------------------------


class AnswerKind(StrEnum):
    """How an answer is normalised (fields.md)."""

    TEXT = "text"
    NAME = "name"
    DATE = "date"
    PARTIAL_DATE = "partial_date"  # 2009-05-04, 2009-05 or 2009
    CHOICE = "choice"  # one of ``choices``
    INTEGER = "integer"
    PHONES = "phones"  # list in E.164 where possible
    PHONE = "phone"
    EMAIL = "email"
    CITIZENSHIP = "citizenship"  # text, or ``stateless``
    BOOLEAN = "boolean"


class AnswerLayout(StrEnum):
    """Where the answer to a question stands in the official print; other prints are read too."""

    CELL = "cell"  # in the cell beside the question
    TABLE = "table"  # rows of a table under the question
    LINES = "lines"  # on ruled lines after and under the question
    LABEL = "label"  # beside or under a short label
    PRINTED = "printed"  # a printed declaration, nothing to answer


@dataclass(frozen=True, slots=True)
class Part:
    """One field that a question asks for. ``denial`` is what a wholly denying answer becomes ("none"), or None when a
    denial is just text; ``labels`` are short wordings that may stand before the part ("Soyadı", "Ev tel.")."""

    key: str
    kind: AnswerKind = AnswerKind.TEXT
    required: bool = False
    denial: str | None = None
    labels: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # value -> words that mean it
    name: str = ""  # Azerbaijani name of the field, for notices and the desk
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table answer."""

    key: str
    headings: tuple[str, ...]
    kind: AnswerKind = AnswerKind.TEXT
    group: tuple[str, ...] = ()  # wordings of a heading above several columns ("Ay və il")
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A numbered question. ``wordings`` are all printed editions, the first is used for our blank form.

    A table question has exactly one part (the list) and ``columns``.
    """

    number: str
    wordings: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    layout: AnswerLayout = AnswerLayout.CELL
    columns: tuple[Column, ...] = ()
    section: str = ""
    rows: int = 0  # blank rows of a table in the official print


@dataclass(frozen=True, slots=True)
class FormDescription:
    """A form, described once. Keyed by its document type."""

    key: str
    titles: tuple[str, ...]
    addressees: tuple[str, ...]
    requests: tuple[str, ...]  # the sentence that says what is asked ("... vətəndaşlığına qəbul edəsiniz")
    questions: tuple[Question, ...]
    column_titles: tuple[str, ...] = ()  # "SUALLAR", "CAVABLAR"
    declarations: tuple[str, ...] = ()  # printed; a re-typed form without them is ``review``
    signature_labels: tuple[str, ...] = ()
    date_labels: tuple[str, ...] = ()
    photo_labels: tuple[str, ...] = ()
    office_headings: tuple[str, ...] = ()  # from here on the Service writes, never the applicant
    clause: str = ""
    name: str = ""
    name_en: str = ""

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for question in self.questions for part in question.parts)


# --- document types --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that mark a document type, in one language. ``weight`` is evidence: 1 is weak, 3 is strong."""

    text: str
    language: str = "az"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Subtype:
    key: str
    headings: tuple[Phrase, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of paper (documents.md).

    ``reads`` names the field group read from it: ``mrz``, ``receipt``, ``certificate``, ``photo``, ``form``, ``card``,
    ``letter`` or "". ``mrz`` lists the zones it may carry (TD1, TD2, TD3, MRVA, MRVB) and ``mrz_codes`` the document
    codes they begin with. ``subject_is_applicant`` says whether its person is compared with the form. ``must_state``:
    what it must speak of, of each group one wording.
    """

    key: str
    name: str
    name_en: str = ""
    headings: tuple[Phrase, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    against: tuple[Phrase, ...] = ()  # words that speak against it
    mrz: tuple[str, ...] = ()
    mrz_codes: tuple[str, ...] = ()
    reads: str = ""
    subtypes: tuple[Subtype, ...] = ()
    face: bool = False
    sides: int = 1  # a card has two sides
    subject_is_applicant: bool = False
    expires: bool = False
    name_accusative: str = ""
    must_state: tuple[tuple[str, ...], ...] = ()


# --- procedures ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Condition:
    """A test over facts from a small closed vocabulary: ``fact`` ``op`` ``value``, or all/any/not of others."""

    op: str  # always, is, is_not, at_least, at_most, all, any, not
    fact: str = ""
    value: Any = None
    of: tuple[Condition, ...] = ()


ALWAYS = Condition("always")

#: What requirements call any identity document (documents.md), and the types that are one.
ID_DOCUMENT = "id_document"
ID_DOCUMENTS = ("passport", "id_card", "registration_card", "permanent_residence_card", "refugee_card")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing a procedure asks for. A dated version of a requirement is a requirement of its own.

    ``documents`` are alternatives (any one type satisfies it); ``datum`` is a field key instead of a document and
    ``shown_on`` the papers whose number it may be. ``excused_by`` names a statement that replaces it (2.6.1.10: a
    statement in the form).
    """

    key: str
    clause: str
    documents: tuple[str, ...] = ()
    datum: str | None = None
    shown_on: tuple[str, ...] = ()
    count: int = 1
    when: Condition = ALWAYS
    in_force: InForce = InForce()
    severity: str = "refusal"
    excused_by: str | None = None
    channel: str = "email"
    originals: str = ""  # what QA says of form: "notarised", "legalised", "original and copy"
    name: str = ""
    guidance: str = ""

    @property
    def asked(self) -> str:
        """What is asked for by key: a document, ``id_document``, alternatives joined by "|", or the datum."""
        if self.documents == ID_DOCUMENTS:
            return ID_DOCUMENT
        return self.datum or "|".join(self.documents)


@dataclass(frozen=True, slots=True)
class Fee:
    """A state duty in AZN as decimal text, None where the sources name no sum; ``service``: the charge beside it."""

    amount: str | None
    when: Condition = ALWAYS
    clause: str = ""
    note: str = ""
    in_force: InForce = InForce()
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Requisite:
    """A line of the payment details (REG28 2.2.2). ``kind``: account, voen, budget_code, bank, ..."""

    key: str
    value: str
    clause: str
    name: str = ""
    in_force: InForce = InForce()


@dataclass(frozen=True, slots=True)
class Term:
    key: str
    amount: int
    unit: str  # days, working_days, months
    clause: str = ""
    when: Condition = ALWAYS
    name: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as one catalogue file describes it, all dated versions in one."""

    key: str
    name: str
    name_en: str
    authority: str
    clause: str  # legal basis as SOURCE and number
    source: str  # REG28, DEC189, STAY, EMB, QA
    form: str | None = None
    channels: tuple[str, ...] = ("email",)
    automatic: Mapping[str, str] = field(default_factory=dict)  # decision -> clause that allows it without a clerk
    requirements: tuple[Requirement, ...] = ()
    fees: tuple[Fee, ...] = ()
    requisites: tuple[Requisite, ...] = ()
    terms: tuple[Term, ...] = ()
    applicant: str = "self"  # self, child, host
    categories: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()  # how a letter or subject asks for it
    against: tuple[Phrase, ...] = ()  # words beside them that ask for something else
    versions: tuple[date, ...] = ()  # days on which something in it changed
    guidance: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    name_genitive: str = ""
    clauses: Mapping[str, str] = field(default_factory=dict)  # clauses a notice cites, by role
    series: str = ""  # the letters before its registration numbers (VƏ-2026/00017)
    authority_named: bool = True  # False where the source names no authority (a letter must not name one then)
    abroad: str = ""  # the clause that sends who lives abroad to another body

    def version_on(self, day: date) -> str:
        """The catalogue version in force on a day: ``KEY@`` and the date of the last change not after it."""
        past = [v for v in self.versions if v <= day]
        return f"{self.key}@{max(past).isoformat() if past else 'origin'}"


@dataclass(frozen=True, slots=True)
class Authority:
    key: str
    name: str
    name_en: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    name_dative: str = ""
    name_genitive: str = ""
    matters: tuple[str, ...] = ()  # words of its work; who writes them is not sent elsewhere


@dataclass(frozen=True, slots=True)
class FieldName:
    """What a field that is no question's answer is called."""

    key: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Words of addresses: ``home`` and ``abroad`` are beginnings of words, ``abroad_words`` whole ones."""

    home: tuple[str, ...] = ()
    abroad: tuple[str, ...] = ()
    abroad_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The whole catalogue."""

    procedures: Mapping[str, Procedure]
    forms: Mapping[str, FormDescription]
    document_types: Mapping[str, DocumentType]
    authorities: Mapping[str, Authority]
    field_names: Mapping[str, FieldName] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
