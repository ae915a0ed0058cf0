"""What catalogue files may hold: the friendly form a lawyer writes, checked, and turned into nouns of ``models``.

Every class here mirrors one noun of ``models.catalogue``; where the file may be shorter than the noun (a phrase as a
plain sentence, a condition as ``{category: refugee}``), the class says so.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from models.case import Category, NoticeKind
from models.catalogue import (
    ALWAYS,
    ID_DOCUMENT,
    ID_DOCUMENTS,
    AnswerKind,
    AnswerLayout,
    Authority,
    Column,
    DocumentType,
    Fee,
    FieldName,
    FormDescription,
    Part,
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
from rules.catalogue.entry import Clause, Dated, Entry, Key, Phrases, Text, When
from rules.check_digits import iban_valid, voen_valid

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
    expires: bool = False
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
