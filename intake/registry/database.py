"""The database behind the registry: SQLite by default, PostgreSQL by URL; the schema is kept up to date by Alembic."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from intake.ports import Records, Unavailable
from intake.registry.records import SqlRecords

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 7_269_1952  # any number, the same for all of us
_BUSY_SECONDS = 30
_ADVICE = "see that the database runs, its URL is right and it has room"
_READ_ONLY = "intake_read_only"


class SqlRegistry:
    """``intake.ports.Registry`` on SQLite (``sqlite:///PATH``) or PostgreSQL (``postgresql://...``).

    Connections are opened per transaction on SQLite and pooled on PostgreSQL; build one registry per process, after
    any fork. Its errors quote no values, which are about people.
    """

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)

    @contextmanager
    def write(self) -> Iterator[Records]:
        with _named_errors(), self._engine.begin() as connection:
            yield SqlRecords(connection)

    @contextmanager
    def read(self) -> Iterator[Records]:
        with _named_errors(), self._engine.connect().execution_options(**{_READ_ONLY: True}) as connection:
            yield SqlRecords(connection)

    def migrate(self) -> None:
        """Bring the schema to the newest version; several processes may call this at once."""
        with _named_errors(), self._engine.begin() as connection:
            if self._version(connection) == _newest():
                return
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def probe(self) -> str:
        with _named_errors(), self._engine.connect() as connection:
            found, newest = self._version(connection), _newest()
            if found != newest:
                raise Unavailable(f"the schema is at {found}, not {newest}", "start intake up, or any part, once")
            return f"{connection.dialect.name}, schema {found}"

    def close(self) -> None:
        self._engine.dispose()

    def _version(self, connection: Connection) -> str | None:
        return MigrationContext.configure(connection).get_current_revision()


def _newest() -> str | None:
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head()


def _engine(url: str) -> Engine:
    unknown = Unavailable("the database URL cannot be understood", "write sqlite:///PATH or postgresql://...")
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise unknown from None
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed.database or "")
    if parsed.get_backend_name() != "postgresql":
        raise unknown
    parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(
        parsed, pool_pre_ping=True, pool_size=2, hide_parameters=True, connect_args={"connect_timeout": 10}
    )


def _sqlite(path: str) -> Engine:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        f"sqlite:///{path}", poolclass=NullPool, hide_parameters=True, connect_args={"timeout": _BUSY_SECONDS}
    )

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say, DDL included
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its lock at once: a lock taken half-way can fail without waiting.
        reading = connection.get_execution_options().get(_READ_ONLY)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        told = str(error.orig) if isinstance(error.orig, sqlite3.Error) else type(error.orig).__name__
        raise Unavailable(f"database: {told}", _ADVICE) from error
    except CommandError as error:
        raise Unavailable("the schema is newer than this program", "install the program that made it") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable("the database connection was lost", "see that the database runs") from error
        if type(error) is DatabaseError:  # SQLite's word for a file that is damaged or something else
            raise Unavailable("the database file is none", "restore it from a backup") from error
        raise
