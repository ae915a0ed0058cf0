"""The same facts about both databases: SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from intake.ports import NotFound, Unavailable
from intake.registry import SqlRegistry
from intake.registry.tables import metadata
from models.case import Assessment, Decision, DecisionValue, NoticeKind, ReviewReason, Submission
from models.document import Document, Field, PagePlace
from models.geometry import Box
from models.mail import Attachment, Message, MessageKind
from models.office import CaseState, MailPlace, MessageState, NoticeState, StoredMessage
from models.sheet import ReadingCost, Source
from tests.contracts.servers import free_port, postgres

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.story)], scope="module")
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('registry') / 'intake.db'}"
    else:
        with postgres() as found:
            yield found


@pytest.fixture
def registry(url: str) -> Iterator[SqlRegistry]:
    """A migrated, empty database."""
    found = SqlRegistry(url)
    found.migrate()
    yield found
    with found._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE messages SET case_id=NULL, decision_id=NULL")
        for table in ("events", "notices", "readings", "decisions", "messages", "cases", "users", "numbers"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    found.close()


def add(registry: SqlRegistry, uid: str, reference: str, sha256: str = "a" * 64) -> StoredMessage:
    with registry.write() as records:
        return records.add_message(
            MailPlace("box", "1", uid, 10), sha256=sha256, size=10, reference=reference, arrived_at=NOW,
            message_id="<m@x>", sender="a@x.az", state=MessageState.RECEIVED,
        )  # fmt: skip


def test_the_migrated_schema_is_the_described_one(registry: SqlRegistry) -> None:
    """Migrations and tables say the same, so that a new column cannot be forgotten in either."""
    with registry._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert "events" in inspect(connection).get_table_names()


def test_several_processes_may_migrate_at_once(url: str) -> None:
    """Parts that start together do not trip over each other."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: SqlRegistry(url).migrate(), range(4)))
    assert "schema" in SqlRegistry(url).probe()


def test_an_identity_is_taken_once(registry: SqlRegistry) -> None:
    """Mailbox, UIDVALIDITY and UID together are unique, whatever two watchers do."""
    add(registry, "1", "QBL-00000-00001")
    with pytest.raises(IntegrityError):
        add(registry, "1", "QBL-00000-00002")
    with registry.read() as records:
        assert records.known(MailPlace("box", "1", "1")) and not records.known(MailPlace("box", "2", "1"))


def test_nothing_remains_of_a_block_that_raises(registry: SqlRegistry) -> None:
    """A transaction is whole or absent."""
    with pytest.raises(RuntimeError), registry.write() as records:
        records.open_case("QBL-00000-00001", NOW)
        raise RuntimeError
    with registry.read() as records:
        assert records.case_by_reference("QBL-00000-00001") is None


def test_a_submission_comes_back_as_it_was(registry: SqlRegistry) -> None:
    """Every noun inside a reading survives its way through JSON."""
    field = Field("1985-03-12", "12 mart 1985", 0.93, "a.pdf", 1, Box(0.1, 0.2, 0.3, 0.4), Source.OCR)
    rows = Field([{"from": "2001-05", "to": None}], confidence=0.5)
    document = Document(
        "passport", (PagePlace("a.pdf", 1, Box(0, 0, 1, 0.5)),),
        fields={"birth_date": field, "mrz_valid": Field(True), "rows": rows, "n": Field(3), "amount": Field(30.5)},
    )  # fmt: skip
    message = Message("m.eml", received_at=NOW, kind=MessageKind.APPLICATION, references=("<a>", "<b>"))
    submission = Submission(message, (Attachment("a.pdf", "0" * 64, 1, "application/pdf"),), (document,), {"x": field})
    with registry.write() as records:
        case = records.open_case("QBL-00000-00001", NOW)
        cost = ReadingCost(1.5, 1.0, 2, 1, {"ocr": 1.0})
        records.add_reading(case.id, submission, at=NOW, actor="program", message_id=None, supersedes=("a",), cost=cost)
    with registry.read() as records:
        (reading,) = records.readings_of(case.id)
    assert reading.submission == submission and reading.supersedes == ("a",) and reading.cost == cost
    assert isinstance(reading.submission.documents[0].fields["birth_date"].box, Box)


def test_nouns_are_saved_and_found(registry: SqlRegistry) -> None:
    """What is changed in a noun is found in its row, with its types."""
    message = add(registry, "1", "QBL-00000-00001")
    with registry.write() as records:
        case = replace(
            records.open_case("QBL-00000-00001", NOW), sender="a@x.az", state=CaseState.REVIEW,
            value=DecisionValue.REVIEW, doubt=ReviewReason.OTHER, check_due_at=NOW, answer_until=date(2026, 11, 27),
            attention="look",
        )  # fmt: skip
        records.save_case(case)
        records.save_message(replace(message, case_id=case.id, content="c" * 64, state=MessageState.READ))
    with registry.read() as records:
        assert records.case(case.id) == case == records.case_by_reference(case.reference)
        assert [c.id for c in records.cases([CaseState.REVIEW])] == [case.id] and not records.cases([CaseState.CLOSED])
        assert (
            records.cases_of("a@x.az", [CaseState.REVIEW])
            and records.cases_due(NOW)
            and not records.cases_due(NOW - timedelta(1))
        )
        assert records.cases_needing_attention() and records.count_cases() == {CaseState.REVIEW: 1}
        assert records.first_with_content("c" * 64, NOW) and not records.first_with_content(
            "c" * 64, NOW + timedelta(1)
        )
        assert [m.id for m in records.messages_of(case.id)] == [message.id]
        with pytest.raises(NotFound):
            records.case(10_000)


def test_a_decision_has_one_notice_of_a_kind(registry: SqlRegistry) -> None:
    """The database itself keeps a second notice of a decision, and a second use of a Message-ID, out."""
    with registry.write() as records:
        case = records.open_case("QBL-00000-00001", NOW)
        assessment = Assessment(Decision(DecisionValue.ACCEPTED))
        decision = records.add_decision(case.id, assessment, reading_version=1, at=NOW, actor="program", automatic=True)
        assert decision.seq == 1 and decision.assessment == assessment

    def prepare(kind: NoticeKind, message_id: str) -> None:
        with registry.write() as records:
            records.add_notice(
                case.id, decision.id, kind=kind, state=NoticeState.QUEUED, recipient="a@x.az", message_id=message_id,
                prepared_at=NOW,
            )  # fmt: skip

    prepare(NoticeKind.ACCEPTANCE, "<1@x>")
    for kind, message_id in ((NoticeKind.ACCEPTANCE, "<2@x>"), (NoticeKind.REFUSAL, "<1@x>")):
        with pytest.raises(IntegrityError):
            prepare(kind, message_id)
    with registry.read() as records:
        assert records.notice_of_message_ids(["<1@x>", "<9@x>"]) is not None


def test_numbers_have_no_gaps_under_concurrency(registry: SqlRegistry) -> None:
    """Eight clerks at once, some of whom fail after taking a number: 1 to n, each once, per year and procedure."""

    def take(turn: int) -> int:
        try:
            with registry.write() as records:
                number = records.next_number(2026, "citizenship_acquisition")
                if turn % 3 == 0:
                    raise ZeroDivisionError
                return number
        except ZeroDivisionError:
            return 0

    with ThreadPoolExecutor(8) as pool:
        taken = [number for number in pool.map(take, range(40)) if number]
    assert sorted(taken) == list(range(1, len(taken) + 1)) and len(taken) == 26
    with registry.write() as records:
        assert records.next_number(2027, "citizenship_acquisition") == records.next_number(2026, "other") == 1


def test_a_locked_row_makes_others_wait(registry: SqlRegistry) -> None:
    """Two actions on one case follow each other; neither overwrites what the other wrote."""
    with registry.write() as records:
        case = records.open_case("QBL-00000-00001", NOW)

    def count(_: int) -> None:
        with registry.write() as records:
            records.hold("anything")
            locked = records.case(case.id, lock=True)
            records.save_case(replace(locked, attempts=locked.attempts + 1))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(count, range(30)))
    with registry.read() as records:
        assert records.case(case.id).attempts == 30


def test_events_are_found_by_case_and_by_its_messages(registry: SqlRegistry) -> None:
    """A case's history holds what happened to its messages before the case existed."""
    message = add(registry, "1", "QBL-00000-00001")
    with registry.write() as records:
        records.add_event(NOW, "program", "received", message_id=message.id, size=10)
        case = records.open_case("QBL-00000-00001", NOW)
        records.save_message(replace(message, case_id=case.id))
        records.add_event(NOW, "leyla", "note", case_id=case.id, text="Ərizə")
    with registry.read() as records:
        assert [(e.actor, e.action, e.details) for e in records.events_of(case.id)] == [
            ("program", "received", {"size": 10}),
            ("leyla", "note", {"text": "Ərizə"}),
        ]


def test_a_database_that_is_away_is_unavailable(tmp_path: Path) -> None:
    """No server, no file: a named error with advice instead of a driver's."""
    for wrong in (f"postgresql://a:b@127.0.0.1:{free_port()}/x", "nonsense"):
        with pytest.raises(Unavailable):
            SqlRegistry(wrong).probe()
    with pytest.raises(Unavailable, match="schema"):
        SqlRegistry(f"sqlite:///{tmp_path}/empty.db").probe()


def test_a_file_that_is_no_database_of_ours_is_a_named_error(tmp_path: Path) -> None:
    """Something else under the name, or the schema of a newer program: told, and left as it is."""
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"no database" * 100)
    with pytest.raises(Unavailable):
        SqlRegistry(f"sqlite:///{junk}").migrate()
    registry = SqlRegistry(f"sqlite:///{tmp_path / 'newer.db'}")
    registry.migrate()
    with sqlite3.connect(tmp_path / "newer.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(Unavailable, match="newer"):
        registry.migrate()


def test_an_error_of_the_database_quotes_no_value(tmp_path: Path) -> None:
    """Values are about people; what goes wrong may be logged."""
    registry = SqlRegistry(f"sqlite:///{tmp_path / 'intake.db'}")
    registry.migrate()
    with pytest.raises(IntegrityError) as caught, registry.write() as records:
        for _ in range(2):
            records.open_case("QBL-AAAAA-AAAAA", datetime(2026, 11, 22, tzinfo=UTC))
    assert "QBL-" not in str(caught.value)
