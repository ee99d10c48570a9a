"""One SQLite database file: its engine, how transactions on it begin, and how long they know its rows."""

import sqlite3
from functools import cache
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Engine, MetaData, QueuePool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.util import LRUCache

from mock_sites.world.ledger import Ledger

_WRITE = "mock_write"

_ROWS = "rows"
"""Where a reading session holds its rows."""

_compiled: LRUCache[Any, Any] = LRUCache(1000)
"""Compiled statements, shared by all files: a fresh world need not compile what others have used."""


class Reading(Session):
    """A session that changes nothing, and so holds each row it has read.

    SQLAlchemy's own forgets a row as soon as nobody else holds it, and reads it anew for whoever asks next.
    """


class Database:
    """A company's database file in one world. Readers never wait; writers queue up for at most ten seconds."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path`` when it is first needed."""
        self.path = path
        pool = QueuePool(self._connect, dialect=_dialect(), max_overflow=20)
        engine = Engine(pool, _dialect(), make_url(f"sqlite:///{path}"))
        event.listen(engine, "begin", _begin)
        self._engine = engine.execution_options(compiled_cache=_compiled)
        self._writer = self._engine.execution_options(**{_WRITE: True})

    def engine(self, *, write: bool) -> Engine:
        """The engine whose transactions take the write lock at once (``write``) or read one state of the file."""
        return self._writer if write else self._engine

    def create_tables(self, metadata: MetaData) -> None:
        """Lay out an empty file: the company's tables and the ledger."""
        with self._writer.begin() as connection:
            metadata.create_all(connection)
            Ledger.metadata.create_all(connection)

    def close(self) -> None:
        """Let go of the file; the last connection writes everything back into it."""
        self._engine.dispose()

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy of the file, whoever is using it."""
        source, copy = sqlite3.connect(self.path), sqlite3.connect(target)
        try:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = WAL")
        finally:
            copy.close()
            source.close()

    def _connect(self) -> DBAPIConnection:
        # isolation_level None is SQLAlchemy's documented way to begin transactions ourselves.
        connection = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return cast("DBAPIConnection", connection)


def only_read(session: Session) -> None:
    """Let the session's next transactions read only, so that others can write meanwhile."""
    session.bind = session.get_bind().execution_options(**{_WRITE: False})


@cache
def _dialect() -> Dialect:
    """SQLite's dialect, one for all files, because compiled statements belong to a dialect."""
    engine = create_engine("sqlite://")
    engine.connect().close()
    engine.dispose()
    return engine.dialect


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@event.listens_for(Reading, "loaded_as_persistent")
def _hold(session: Session, row: object) -> None:
    session.info.setdefault(_ROWS, []).append(row)
