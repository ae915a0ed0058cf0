"""The registry inside one transaction: small queries, rows in and nouns of ``models.office`` out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from intake.ports import Figures, NotFound, Rejected
from intake.registry import tables as t
from models.case import Assessment, NoticeKind, Severity, Submission
from models.office import (
    Case,
    CaseState,
    DecisionRecord,
    EventRecord,
    MailPlace,
    MessageState,
    NoticeRecord,
    NoticeState,
    Opinion,
    ReadingRecord,
    Role,
    StoredMessage,
    User,
)
from models.sheet import ReadingCost

_Noun = TypeVar("_Noun")
_NEVER_COUNTED = (NoticeState.WITHDRAWN, NoticeState.WAITING_CLERK)


class _Identified(Protocol):
    @property
    def id(self) -> int: ...


class SqlRecords:
    """``intake.ports.Records`` on a SQLAlchemy connection that is inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, name: str) -> None:
        if self._connection.dialect.name == "postgresql":  # a writer of SQLite holds everything already
            self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))

    # --- messages ----------------------------------------------------------------------------------------------------

    def add_message(
        self,
        place: MailPlace,
        *,
        sha256: str,
        size: int,
        reference: str,
        arrived_at: datetime,
        message_id: str | None,
        sender: str | None,
        state: MessageState,
        case_id: int | None = None,
        decision_id: int | None = None,
    ) -> StoredMessage:
        values = {
            "mailbox": place.mailbox, "uid_validity": place.uid_validity, "uid": place.uid, "sha256": sha256,
            "size": size, "reference": reference, "arrived_at": arrived_at, "message_id": message_id,
            "sender": sender, "state": state, "case_id": case_id, "decision_id": decision_id,
        }  # fmt: skip
        return self.message(self._insert(t.messages, values))

    def message(self, id_: int, *, lock: bool = False) -> StoredMessage:
        return self._one(StoredMessage, t.messages, id_, lock=lock)

    def known(self, place: MailPlace) -> bool:
        c = t.messages.c
        same = (c.mailbox == place.mailbox) & (c.uid_validity == place.uid_validity) & (c.uid == place.uid)
        return self._connection.scalar(select(c.id).where(same)) is not None

    def first_with_bytes(self, mailbox: str, sha256: str) -> StoredMessage | None:
        c = t.messages.c
        return self._first(StoredMessage, select(t.messages).where(c.mailbox == mailbox, c.sha256 == sha256))

    def first_with_content(self, content: str, since: datetime) -> StoredMessage | None:
        c = t.messages.c
        query = select(t.messages).where(c.content == content, c.arrived_at >= since, c.case_id.is_not(None))
        return self._first(StoredMessage, query)

    def all_messages(self) -> Sequence[StoredMessage]:
        return self._all(StoredMessage, select(t.messages))

    def messages_of(self, case_id: int) -> Sequence[StoredMessage]:
        return self._all(StoredMessage, select(t.messages).where(t.messages.c.case_id == case_id))

    def messages_in(self, state: MessageState, *, due: datetime, idle_since: datetime) -> Sequence[StoredMessage]:
        """Messages in a state whose retry is due, or that arrived before ``idle_since`` and wait for no retry."""
        c = t.messages.c
        late = or_(c.retry_at <= due, and_(c.retry_at.is_(None), c.arrived_at <= idle_since))
        return self._all(StoredMessage, select(t.messages).where(c.state == state, late).limit(500))

    def unread_between(self, start: datetime, end: datetime) -> int:
        c = t.messages.c
        query = select(func.count()).where(c.state == MessageState.RECEIVED, c.arrived_at.between(start, end))
        return int(self._connection.scalar(query) or 0)

    def save_message(self, message: StoredMessage) -> None:
        self._save(t.messages, message)

    def reference_is_free(self, reference: str) -> bool:
        return self._connection.scalar(select(t.messages.c.id).where(t.messages.c.reference == reference)) is None

    # --- cases -------------------------------------------------------------------------------------------------------

    def open_case(self, reference: str, opened_at: datetime) -> Case:
        values = {"reference": reference, "opened_at": opened_at, "state": CaseState.GATHERING}
        return self.case(self._insert(t.cases, values))

    def case(self, id_: int, *, lock: bool = False) -> Case:
        return self._one(Case, t.cases, id_, lock=lock)

    def case_by_reference(self, reference: str, *, lock: bool = False) -> Case | None:
        query = select(t.cases).where(t.cases.c.reference == reference)
        return self._first(Case, query.with_for_update() if lock else query)

    def cases(self, states: Iterable[CaseState] = (), *, limit: int = 200, offset: int = 0) -> Sequence[Case]:
        """Newest first; all states when none is named."""
        query = select(t.cases).order_by(t.cases.c.id.desc()).limit(limit).offset(offset)
        wanted = list(states)
        return self._all(Case, query.where(t.cases.c.state.in_(wanted)) if wanted else query, ordered=True)

    def cases_of(self, sender: str, states: Iterable[CaseState]) -> Sequence[Case]:
        c = t.cases.c
        return self._all(Case, select(t.cases).where(c.sender == sender, c.state.in_(list(states))))

    def cases_due(self, now: datetime) -> Sequence[Case]:
        return self._all(Case, select(t.cases).where(t.cases.c.check_due_at <= now).limit(500))

    def cases_needing_attention(self) -> Sequence[Case]:
        return self._all(Case, select(t.cases).where(t.cases.c.attention.is_not(None)))

    def cases_overdue(self, today: date) -> Sequence[Case]:
        c = t.cases.c
        unanswered = (c.state == CaseState.AWAITING_CORRECTION) & (c.answer_until < today)
        return self._all(Case, select(t.cases).where(unanswered))

    def save_case(self, case: Case) -> None:
        self._save(t.cases, case)

    def count_cases(self) -> dict[CaseState, int]:
        query = select(t.cases.c.state, func.count()).group_by(t.cases.c.state)
        return {state: int(count) for state, count in self._connection.execute(query)}

    # --- readings and decisions --------------------------------------------------------------------------------------

    def add_reading(
        self,
        case_id: int,
        submission: Submission,
        *,
        at: datetime,
        actor: str,
        message_id: int | None,
        supersedes: tuple[str, ...] = (),
        cost: ReadingCost | None = None,
    ) -> ReadingRecord:
        version = self._next(t.readings, t.readings.c.version, case_id)
        values = {
            "case_id": case_id, "version": version, "at": at, "actor": actor, "submission": submission,
            "message_id": message_id, "supersedes": list(supersedes), "cost": cost or ReadingCost(),
        }  # fmt: skip
        return self._one(ReadingRecord, t.readings, self._insert(t.readings, values))

    def readings_of(self, case_id: int) -> Sequence[ReadingRecord]:
        return self._all(ReadingRecord, select(t.readings).where(t.readings.c.case_id == case_id))

    def add_decision(
        self,
        case_id: int,
        assessment: Assessment,
        *,
        reading_version: int,
        at: datetime,
        actor: str,
        automatic: bool,
        reason: str = "",
    ) -> DecisionRecord:
        values = {
            "case_id": case_id, "seq": self._next(t.decisions, t.decisions.c.seq, case_id),
            "value": assessment.decision.value, "assessment": assessment, "reading_version": reading_version,
            "at": at, "actor": actor, "automatic": automatic, "reason": reason,
        }  # fmt: skip
        return self.decision(self._insert(t.decisions, values))

    def decision(self, id_: int) -> DecisionRecord:
        return self._one(DecisionRecord, t.decisions, id_)

    def decisions_of(self, case_id: int) -> Sequence[DecisionRecord]:
        return self._all(DecisionRecord, select(t.decisions).where(t.decisions.c.case_id == case_id))

    # --- notices -----------------------------------------------------------------------------------------------------

    def add_notice(
        self,
        case_id: int,
        decision_id: int,
        *,
        kind: NoticeKind,
        state: NoticeState,
        recipient: str | None,
        message_id: str,
        prepared_at: datetime,
        failure: str | None = None,
        order_date: date | None = None,
        order_number: str | None = None,
    ) -> NoticeRecord:
        values = {
            "case_id": case_id, "decision_id": decision_id, "kind": kind, "state": state, "recipient": recipient,
            "message_id": message_id, "prepared_at": prepared_at, "failure": failure, "order_date": order_date,
            "order_number": order_number,
        }  # fmt: skip
        return self.notice(self._insert(t.notices, values))

    def notice(self, id_: int, *, lock: bool = False) -> NoticeRecord:
        return self._one(NoticeRecord, t.notices, id_, lock=lock)

    def notices_of(self, case_id: int) -> Sequence[NoticeRecord]:
        return self._all(NoticeRecord, select(t.notices).where(t.notices.c.case_id == case_id))

    def notice_of_message_ids(self, message_ids: Sequence[str]) -> NoticeRecord | None:
        return self._first(NoticeRecord, select(t.notices).where(t.notices.c.message_id.in_(message_ids)))

    def notices_in(self, states: Iterable[NoticeState]) -> Sequence[NoticeRecord]:
        return self._all(NoticeRecord, select(t.notices).where(t.notices.c.state.in_(list(states))).limit(500))

    def count_notices_to(self, recipient: str, since: datetime) -> int:
        c = t.notices.c
        counted = (c.recipient == recipient) & (c.issued_at >= since) & c.state.not_in(_NEVER_COUNTED)
        return int(self._connection.scalar(select(func.count()).select_from(t.notices).where(counted)) or 0)

    def save_notice(self, notice: NoticeRecord) -> None:
        self._save(t.notices, notice)

    # --- opinions ----------------------------------------------------------------------------------------------------

    def ask_opinion(self, case_id: int, agency: str, *, asked_at: datetime, due_on: date) -> Opinion:
        values = {"case_id": case_id, "agency": agency, "asked_at": asked_at, "due_on": due_on}
        return self._one(Opinion, t.opinions, self._insert(t.opinions, values))

    def opinions_of(self, case_id: int) -> Sequence[Opinion]:
        return self._all(Opinion, select(t.opinions).where(t.opinions.c.case_id == case_id))

    def opinions_overdue(self, today: date) -> Sequence[Opinion]:
        c = t.opinions.c
        return self._all(Opinion, select(t.opinions).where(c.given_at.is_(None), c.due_on < today))

    def cases_asked_of(self, agency: str, *, limit: int = 200) -> Sequence[Case]:
        """The cases that were sent to an agency, newest first."""
        asked = select(t.opinions.c.case_id).where(t.opinions.c.agency == agency)
        query = select(t.cases).where(t.cases.c.id.in_(asked)).order_by(t.cases.c.id.desc()).limit(limit)
        return self._all(Case, query, ordered=True)

    def save_opinion(self, opinion: Opinion) -> None:
        self._save(t.opinions, opinion)

    # --- numbers, events, users --------------------------------------------------------------------------------------

    def next_number(self, year: int, series: str) -> int:
        """One row per year and series; whoever adds to it holds it until the transaction ends, so no gaps."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        first = dialect.insert(t.numbers).values(year=year, series=series, last=1)
        counted = first.on_conflict_do_update(
            index_elements=["year", "series"], set_={"last": t.numbers.c.last + 1}
        ).returning(t.numbers.c.last)
        return int(self._connection.execute(counted).scalar_one())

    def add_event(
        self,
        at: datetime,
        actor: str,
        action: str,
        *,
        case_id: int | None = None,
        message_id: int | None = None,
        **details: Any,
    ) -> None:
        values = {"at": at, "actor": actor, "action": action, "case_id": case_id, "message_id": message_id}
        self._insert(t.events, values | {"details": details})

    def events_of(self, case_id: int) -> Sequence[EventRecord]:
        """What happened to a case and to the messages in it, oldest first."""
        members = select(t.messages.c.id).where(t.messages.c.case_id == case_id)
        c = t.events.c
        return self._all(EventRecord, select(t.events).where(or_(c.case_id == case_id, c.message_id.in_(members))))

    def events_between(self, start: datetime, end: datetime, actions: Iterable[str]) -> Sequence[EventRecord]:
        c = t.events.c
        return self._all(EventRecord, select(t.events).where(c.at >= start, c.at < end, c.action.in_(list(actions))))

    def add_user(self, name: str, *, full_name: str, role: Role, password_hash: str, agency: str | None = None) -> User:
        """Raises Rejected when there is a user of that name."""
        values = {"name": name, "full_name": full_name, "role": role, "password_hash": password_hash, "agency": agency}
        try:
            return self._one(User, t.users, self._insert(t.users, values))
        except IntegrityError:
            raise Rejected(f"there is a user {name!r} already", "choose another name") from None

    def user(self, name: str, *, lock: bool = False) -> User | None:
        query = select(t.users).where(t.users.c.name == name)
        return self._first(User, query.with_for_update() if lock else query)

    def users(self) -> Sequence[User]:
        return self._all(User, select(t.users))

    def save_user(self, user: User) -> None:
        self._save(t.users, user)

    # --- figures -----------------------------------------------------------------------------------------------------

    def decided_between(self, start: datetime, end: datetime) -> Sequence[Figures]:
        """One row per case that was opened in [start, end) and decided since."""
        c = t.cases.c
        opened = select(t.cases).where(c.opened_at >= start, c.opened_at < end, c.decision_id.is_not(None))
        return [self._figures(case) for case in self._all(Case, opened)]

    def _figures(self, case: Case) -> Figures:
        decisions = self.decisions_of(case.id)
        sent = [n.sent_at for n in self.notices_of(case.id) if n.sent_at and n.kind is not NoticeKind.RECEIPT]
        last = decisions[-1]
        codes = {f.code for f in last.assessment.findings if f.severity is Severity.REFUSAL}
        return Figures(
            reference=case.reference,
            procedure=case.procedure,
            arrived_at=case.opened_at,
            final_value=last.value,
            automatic=all(decision.automatic for decision in decisions),
            overturned=any(d.value is not decisions[0].value for d in decisions[1:] if d.actor != decisions[0].actor),
            noticed_at=min(sent, default=None),
            refusal_codes=tuple(sorted(codes)),
        )

    # --- rows and nouns ----------------------------------------------------------------------------------------------

    def _insert(self, table: Table, values: dict[str, Any]) -> int:
        key = self._connection.execute(insert(table).values(**values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def _save(self, table: Table, noun: _Identified) -> None:
        values = {field.name: getattr(noun, field.name) for field in fields(noun) if field.name != "id"}  # type: ignore[arg-type]
        self._connection.execute(update(table).where(table.c.id == noun.id).values(**values))

    def _next(self, table: Table, column: ColumnElement[int], case_id: int) -> int:
        newest = self._connection.scalar(select(func.max(column)).where(table.c.case_id == case_id))
        return int(newest or 0) + 1

    def _one(self, noun: type[_Noun], table: Table, id_: int, *, lock: bool = False) -> _Noun:
        query = select(table).where(table.c.id == id_)
        found = self._first(noun, query.with_for_update() if lock else query)
        if found is None:
            raise NotFound(f"no row {id_} in {table.name}")
        return found

    def _first(self, noun: type[_Noun], query: Select[Any]) -> _Noun | None:
        row = self._connection.execute(query.order_by("id").limit(1)).mappings().first()
        return _noun(noun, row) if row is not None else None

    def _all(self, noun: type[_Noun], query: Select[Any], *, ordered: bool = False) -> list[_Noun]:
        query = query if ordered else query.order_by("id")
        return [_noun(noun, row) for row in self._connection.execute(query).mappings()]


def _noun(noun: type[_Noun], row: Any) -> _Noun:
    values = dict(row)
    if "supersedes" in values:
        values["supersedes"] = tuple(values["supersedes"])
    return noun(**values)
