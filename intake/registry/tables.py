"""The tables. Column names are the field names of ``models.office``, so that a row becomes a noun by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from models.case import Assessment, DecisionValue, NoticeKind, ReviewReason, Submission
from models.office import CaseState, MessageState, NoticeState, Role
from models.sheet import ReadingCost


class Moment(TypeDecorator[datetime]):
    """A point in time, kept as UTC; always with its time zone in Python."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(TypeDecorator[StrEnum]):
    """A member of a closed vocabulary, kept as its text."""

    impl = String(40)
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum]) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return value.value if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        return self.vocabulary(value) if value is not None else None


class Noun(TypeDecorator[Any]):
    """A frozen dataclass of ``models``, kept as JSON text."""

    impl = Text
    cache_ok = True

    def __init__(self, noun: Any) -> None:
        super().__init__()
        self.noun = noun
        self._adapter: TypeAdapter[Any] = TypeAdapter(noun)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        return self._adapter.dump_json(value).decode() if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return self._adapter.validate_json(value) if value is not None else None


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


cases = Table(
    "cases",
    metadata,
    _id(),
    Column("reference", String(20), nullable=False, unique=True),
    Column("opened_at", Moment, nullable=False),
    Column("sender", String(320)),
    Column("answer_to", String(320)),
    Column("procedure", String(80)),
    Column("applicant_name", Text),
    Column("state", Word(CaseState), nullable=False, index=True),
    Column("value", Word(DecisionValue)),
    Column("decision_id", Integer),  # the newest; no foreign key, because decisions point back here
    Column("check_due_at", Moment, index=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("registration", String(40), unique=True),
    Column("answer_until", Date),
    Column("doubt", Word(ReviewReason)),
    Column("held", Text),
    Column("attention", Text),
    Column("linked_case_id", ForeignKey("cases.id")),
    Index(None, "sender", "state"),
)

decisions = Table(
    "decisions",
    metadata,
    _id(),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("value", Word(DecisionValue), nullable=False),
    Column("assessment", Noun(Assessment), nullable=False),
    Column("reading_version", Integer, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("actor", String(80), nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    UniqueConstraint("case_id", "seq"),
)

messages = Table(
    "messages",
    metadata,
    _id(),
    Column("mailbox", String(200), nullable=False),
    Column("uid_validity", String(40), nullable=False),
    Column("uid", String(300), nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("reference", String(20), nullable=False, unique=True),
    Column("arrived_at", Moment, nullable=False, index=True),
    Column("message_id", Text),
    Column("sender", String(320)),
    Column("state", Word(MessageState), nullable=False, index=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("retry_at", Moment),
    Column("failure", Text),
    Column("content", String(64), index=True),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("decision_id", ForeignKey("decisions.id")),
    UniqueConstraint("mailbox", "uid_validity", "uid"),
)

readings = Table(
    "readings",
    metadata,
    _id(),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("submission", Noun(Submission), nullable=False),
    Column("message_id", ForeignKey("messages.id"), unique=True),
    Column("supersedes", JSON, nullable=False, default=list),
    Column("cost", Noun(ReadingCost), nullable=False),
    UniqueConstraint("case_id", "version"),
)

notices = Table(
    "notices",
    metadata,
    _id(),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("decision_id", ForeignKey("decisions.id"), nullable=False),
    Column("kind", Word(NoticeKind), nullable=False),
    Column("state", Word(NoticeState), nullable=False, index=True),
    Column("recipient", String(320)),
    Column("message_id", String(255), nullable=False, unique=True),
    Column("prepared_at", Moment, nullable=False),
    Column("registration", String(40)),
    Column("issued_at", Moment),
    Column("issued_by", String(80)),
    Column("answer_until", Date),
    Column("attempts", Integer, nullable=False, default=0),
    Column("retry_at", Moment),
    Column("failure", Text),
    Column("handed_over_at", Moment),
    Column("sent_at", Moment),
    Column("place", Text),
    Column("sent_sha256", String(64)),
    Column("order_date", Date),
    Column("order_number", Text),
    UniqueConstraint("decision_id", "kind"),
    Index(None, "recipient", "issued_at"),
)

opinions = Table(
    "opinions",
    metadata,
    _id(),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("agency", String(80), nullable=False, index=True),
    Column("asked_at", Moment, nullable=False),
    Column("due_on", Date, nullable=False, index=True),
    Column("given_at", Moment),
    Column("given_by", String(80)),
    Column("favourable", Boolean),
    Column("text", Text, nullable=False, default=""),
    UniqueConstraint("case_id", "agency"),
)

events = Table(
    "events",
    metadata,
    _id(),
    Column("at", Moment, nullable=False, index=True),
    Column("actor", String(80), nullable=False),
    Column("action", String(60), nullable=False, index=True),
    Column("case_id", ForeignKey("cases.id"), index=True),
    Column("message_id", ForeignKey("messages.id"), index=True),
    Column("details", JSON, nullable=False, default=dict),
)

users = Table(
    "users",
    metadata,
    _id(),
    Column("name", String(80), nullable=False, unique=True),
    Column("full_name", Text, nullable=False),
    Column("role", Word(Role), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("agency", String(80)),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", Moment),
)

numbers = Table(
    "numbers",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("series", String(80), primary_key=True),
    Column("last", Integer, nullable=False),
    CheckConstraint("last > 0", name="positive"),
)
