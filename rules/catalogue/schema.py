"""What catalogue files may hold: the friendly form a lawyer writes, checked, and turned into nouns of ``models``.

Every class here mirrors one noun of ``models.catalogue``; where the file may be shorter than the noun (a phrase as a
plain sentence, a condition as ``{category: refugee}``), the class says so.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import fields as noun_fields
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from models.case import Category, NoticeKind
from models.catalogue import (
    ALWAYS,
    ID_DOCUMENT,
    ID_DOCUMENTS,
    AnswerKind,
    AnswerLayout,
    Authority,
    Column,
    Condition,
    DocumentType,
    Fee,
    FieldName,
    FormDescription,
    InForce,
    Part,
    Phrase,
    Places,
    Procedure,
    Question,
    Requirement,
    Requisite,
    Subtype,
    Term,
)
from models.examination import Agency, Examination, Step
from models.office import CaseState
from rules.catalogue.conditions import parse_condition
from rules.catalogue.source import CLAUSE_PATTERN, KEY_PATTERN
from rules.check_digits import iban_valid, voen_valid

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
Clause = Annotated[str, StringConstraints(pattern=CLAUSE_PATTERN)]


class Entry(BaseModel):
    """A part of a catalogue file; unknown keys are mistakes. ``noun`` is the dataclass it becomes."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    noun: ClassVar[type[Any]]

    @classmethod
    def keyed_from_outside(cls) -> bool:
        """Whether the noun's key is the name of the file or entry, and does not stand in the entry itself."""
        return "key" not in cls.model_fields and any(field.name == "key" for field in noun_fields(cls.noun))

    def build(self, **more: Any) -> Any:
        """The noun made of this entry; ``more`` gives or replaces its fields."""
        names = {field.name for field in noun_fields(self.noun)}
        values = {name: _built(getattr(self, name)) for name in names & set(type(self).model_fields)}
        return self.noun(**{**values, **more})


def _built(value: Any) -> Any:
    if isinstance(value, Entry):
        return value.build()
    if isinstance(value, list | tuple):
        return tuple(_built(item) for item in value)
    return value


def _phrase(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _condition(value: object) -> Condition:
    return ALWAYS if value is None else parse_condition(value)


When = Annotated[Condition, BeforeValidator(_condition)]


class PhraseEntry(Entry):
    """A phrase; in a file a plain sentence is an Azerbaijani phrase of weight 1."""

    noun: ClassVar[type[Any]] = Phrase
    text: Text
    language: Literal["az", "az-Cyrl", "ru", "tr", "en"] = "az"
    weight: float = Field(1.0, gt=0, le=5)


Phrases = tuple[Annotated[PhraseEntry, BeforeValidator(_phrase)], ...]


class Dated(Entry):
    """An entry with inclusive dates ``since`` and ``until``; none is open."""

    since: datetime.date | None = None
    until: datetime.date | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Dated:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"since {self.since} is after until {self.until}")
        return self

    def build(self, **more: Any) -> Any:
        return super().build(in_force=InForce(self.since, self.until), **more)


# --- forms -----------------------------------------------------------------------------------------------------------


class PartEntry(Entry):
    noun: ClassVar[type[Any]] = Part
    key: Key
    kind: AnswerKind = AnswerKind.TEXT
    required: bool = False
    denial: Text | None = None
    labels: tuple[Text, ...] = ()
    choices: Mapping[Key, tuple[Text, ...]] = Field(default_factory=dict)
    name: Text
    name_en: Text

    @model_validator(mode="after")
    def _choices_fit(self) -> PartEntry:
        if (self.kind is AnswerKind.CHOICE) != bool(self.choices):
            raise ValueError("choices belong to kind: choice, and only to it")
        return self


class ColumnEntry(Entry):
    noun: ClassVar[type[Any]] = Column
    key: Key
    headings: tuple[Text, ...] = Field(min_length=1)
    kind: AnswerKind = AnswerKind.TEXT
    group: tuple[Text, ...] = ()
    name: Text
    name_en: Text


class QuestionEntry(Entry):
    noun: ClassVar[type[Any]] = Question
    number: str
    wordings: tuple[Text, ...] = Field(min_length=1)
    parts: tuple[PartEntry, ...] = ()
    layout: AnswerLayout = AnswerLayout.CELL
    columns: tuple[ColumnEntry, ...] = ()
    section: str = ""
    rows: int = Field(0, ge=0)

    @model_validator(mode="after")
    def _shape_fits(self) -> QuestionEntry:
        if self.layout is AnswerLayout.TABLE and not (len(self.parts) == 1 and self.columns):
            raise ValueError("a table question has exactly one part and columns")
        if self.layout is not AnswerLayout.TABLE and self.columns:
            raise ValueError("columns belong to layout: table")
        if (self.layout is AnswerLayout.PRINTED) == bool(self.parts):
            raise ValueError("a printed declaration has no parts, every other question has some")
        return self


class FormEntry(Entry):
    """A form. ``based_on`` names a form whose questions are asked again; what is written here replaces the rest."""

    noun: ClassVar[type[Any]] = FormDescription
    name: Text
    name_en: Text
    clause: Clause
    titles: tuple[Text, ...] = Field(min_length=1)
    addressees: tuple[Text, ...] = ()
    requests: tuple[Text, ...] = ()
    column_titles: tuple[Text, ...] = ()
    questions: tuple[QuestionEntry, ...] = Field(min_length=1)
    declarations: tuple[Text, ...] = ()
    signature_labels: tuple[Text, ...] = ()
    date_labels: tuple[Text, ...] = ()
    photo_labels: tuple[Text, ...] = ()
    office_headings: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _keys_are_unique(self) -> FormEntry:
        keys = [part.key for question in self.questions for part in question.parts]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"these field keys stand twice: {', '.join(twice)}")
        return self


# --- document types --------------------------------------------------------------------------------------------------


class SubtypeEntry(Entry):
    noun: ClassVar[type[Any]] = Subtype
    key: Key
    headings: Phrases = ()
    phrases: Phrases = ()
    name: Text
    name_en: Text


class DocumentTypeEntry(Entry):
    noun: ClassVar[type[Any]] = DocumentType
    name: Text
    name_en: Text
    name_accusative: str = ""
    headings: Phrases = ()
    phrases: Phrases = ()
    against: Phrases = ()
    mrz: tuple[Literal["TD1", "TD2", "TD3", "MRVA", "MRVB"], ...] = ()
    mrz_codes: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z<]{1,2}$")], ...] = ()
    reads: Literal["", "mrz", "receipt", "certificate", "photo", "form", "card", "letter"] = ""
    subtypes: tuple[SubtypeEntry, ...] = ()
    face: bool = False
    sides: int = Field(1, ge=1, le=2)
    subject_is_applicant: bool = False
    person_roles: tuple[Key, ...] = ()
    expires: bool = False
    fields: tuple[Key, ...] = ()
    must_state: tuple[Annotated[tuple[Text, ...], Field(min_length=1)], ...] = ()


# --- procedures ------------------------------------------------------------------------------------------------------


class RequirementEntry(Dated):
    """A requirement: exactly one of ``document``, ``any_of`` (alternatives) and ``datum``.

    ``document: id_document`` is any identity document. Without ``severity`` what is lacking is refused where the
    procedure may refuse without a clerk, else looked at by a clerk.
    """

    noun: ClassVar[type[Any]] = Requirement
    key: Key
    clause: Clause
    name: str = ""
    document: Key | None = None
    any_of: tuple[Key, ...] = ()
    datum: Literal["residence_card_number"] | None = None
    shown_on: tuple[Key, ...] = ()
    count: int = Field(1, ge=1)
    when: When = ALWAYS
    severity: Literal["refusal", "deficiency", "review"] | None = None
    excused_by: Literal["attitude_unobtainable"] | None = None
    channel: Literal["email", "paper"] = "email"
    originals: str = ""
    guidance: str = ""

    @model_validator(mode="after")
    def _one_thing(self) -> RequirementEntry:
        if sum(map(bool, (self.document, self.any_of, self.datum))) != 1:
            raise ValueError("exactly one of document, any_of and datum")
        return self

    def build(self, **more: Any) -> Any:
        named = (self.document,) if self.document else self.any_of
        return super().build(documents=ID_DOCUMENTS if named == (ID_DOCUMENT,) else named, **more)


def _money(value: object) -> object:
    """Sums are written as decimal text ("0.75") so that no binary rounding enters the law."""
    try:
        Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError("a sum in AZN such as 110 or 0.75") from error
    return str(value)


class FeeEntry(Dated):
    noun: ClassVar[type[Any]] = Fee
    amount: Annotated[str, BeforeValidator(_money)] | None = None
    when: When = ALWAYS
    clause: Clause
    note: str = ""
    service: Annotated[str, BeforeValidator(_money)] | None = None


class RequisiteEntry(Dated):
    noun: ClassVar[type[Any]] = Requisite
    key: Key
    value: Text
    clause: Clause
    name: Text

    @model_validator(mode="after")
    def _typed_right(self) -> RequisiteEntry:
        proof = {
            "account": iban_valid,
            "correspondent_account": iban_valid,
            "voen": voen_valid,
            "bank_voen": voen_valid,
        }
        if self.key in proof and not proof[self.key](self.value):
            raise ValueError(f"the check digits of {self.value} do not fit; compare it with the source")
        return self


class TermEntry(Entry):
    noun: ClassVar[type[Any]] = Term
    key: Key
    amount: int = Field(gt=0)
    unit: Literal["days", "working_days", "months"]
    clause: Clause
    when: When = ALWAYS
    name: Text


class ProcedureEntry(Entry):
    """A procedure. ``requisites_of`` names the procedure whose payment details it shares.

    In ``phrases`` and ``against`` a " + " joins beginnings of words that must all occur in a sentence, in any order;
    a " | " separates ways to say one of them: "uşağ | övlad + vətəndaşlığ".
    """

    noun: ClassVar[type[Any]] = Procedure
    name: Text
    name_genitive: str = ""
    name_en: Text
    series: str = Field(default="", pattern=r"^[A-ZÇƏĞİÖŞÜ]{0,6}$")
    authority: Key
    authority_named: bool = True
    clause: Clause
    source: Literal["REG28", "DEC189", "STAY", "EMB", "QA"]
    form: Key | None = None
    channels: tuple[Literal["email", "paper", "portal"], ...] = ("email",)
    automatic: Mapping[Literal["accepted", "deficiency", "refused", "redirected"], Clause] = Field(default_factory=dict)
    requirements: tuple[RequirementEntry, ...] = ()
    fees: tuple[FeeEntry, ...] = ()
    requisites: tuple[RequisiteEntry, ...] = ()
    terms: tuple[TermEntry, ...] = ()
    applicant: Literal["self", "child", "host"] = "self"
    categories: tuple[Category, ...] = ()
    phrases: Phrases = ()
    against: Phrases = ()
    versions: tuple[datetime.date, ...] = ()
    guidance: tuple[Text, ...] = ()
    legal_basis: tuple[Text, ...] = ()
    abroad: Clause | Literal[""] = ""
    clauses: Mapping[Key, Text] = Field(default_factory=dict)

    def build(self, **more: Any) -> Any:
        lacking = "refusal" if "refused" in self.automatic else "review"
        items = tuple(item.build(severity=item.severity or lacking) for item in self.requirements)
        return super().build(requirements=items, **more)


class AuthorityEntry(Entry):
    noun: ClassVar[type[Any]] = Authority
    name: Text
    name_en: Text
    email: str = ""
    phone: str = ""
    address: str = ""
    name_dative: str = ""
    name_genitive: str = ""
    matters: tuple[Text, ...] = ()


class FieldNameEntry(Entry):
    noun: ClassVar[type[Any]] = FieldName
    name: Text
    name_en: Text


class PlacesEntry(Entry):
    noun: ClassVar[type[Any]] = Places
    home: tuple[Text, ...] = ()
    abroad: tuple[Text, ...] = ()
    abroad_words: tuple[Text, ...] = ()


# --- what follows acceptance -----------------------------------------------------------------------------------------


class StepEntry(Entry):
    """A step; its state is the key it stands under. ``clause`` gives the clause for each source of procedures."""

    noun: ClassVar[type[Any]] = Step
    after: tuple[CaseState, ...] = Field(min_length=1)
    clause: Annotated[Mapping[Literal["REG28", "DEC189"], Clause], Field(min_length=1)]
    notice: NoticeKind | None = None
    asks_opinions: bool = False
    needs_opinions: bool = False

    def build(self, **more: Any) -> Any:
        return super().build(clauses=dict(self.clause), **more)


class AgencyEntry(Dated):
    noun: ClassVar[type[Any]] = Agency
    name: Text
    name_en: Text


class ExaminationEntry(Entry):
    """The steps of a case after its acceptance, and the agencies that give an opinion."""

    noun: ClassVar[type[Any]] = Examination
    steps: Annotated[Mapping[CaseState, StepEntry], Field(min_length=1)]
    agencies: Mapping[Key, AgencyEntry] = Field(default_factory=dict)

    def build(self, **more: Any) -> Any:
        steps = tuple(step.build(state=state) for state, step in self.steps.items())
        agencies = {key: agency.build(key=key) for key, agency in self.agencies.items()}
        return super().build(steps=steps, agencies=agencies, **more)
