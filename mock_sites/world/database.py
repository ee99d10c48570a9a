"""One SQLite database file: its engines, how transactions begin, and how long sessions keep the rows they read."""

import sqlite3
import threading
from collections.abc import Generator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

from sqlalchemy import Connection, Dialect, Engine, MetaData, QueuePool, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.util import LRUCache

from mock_sites.world.shared_tables import SharedTable

LARGEST_NUMBER: Final = 2**63 - 1
"""The largest integer that SQLite stores (Datatypes In SQLite, 2)."""

PATIENCE: Final = 5.0
"""Seconds that a transaction waits for other writers, in this process or another one, before it is refused."""

PAGE_SIZE: Final = 1024
"""Octets of a page of a new file. Each table and index needs a page of its own, and in most worlds holds less: with
SQLite's usual 4,096 octets a new world is three times as large, and where there are many, its copy takes four times as
long.
"""

_WRITE = "mock_write"
"""Marks the engines whose transactions may write."""

_ROWS = "rows"
"""The key under which a reading session keeps its rows."""

_ABSENT = "absent"
"""The key under which a reading session keeps the primary keys without a row, until its transaction ends."""

Schema = list[tuple[str | None, ...]]
"""The tables and indexes of a file, each with its definition."""

_compiled: LRUCache[Any, Any] = LRUCache(1000)
"""Compiled statements, shared by all files: a new world does not compile again what others have used."""


class ReadingSession(Session):
    """A session that changes nothing, and so keeps each row it has read, and for which keys there is none.

    SQLAlchemy's own session forgets a row when no variable refers to it, and then reads it again. It also asks again
    for a row that is not there.
    """

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """The row with the primary key ``ident``, or None."""
        absent: set[tuple[Any, Any]] = self.info.setdefault(_ABSENT, set())
        if options or (entity, ident) not in absent:
            found = super().get(entity, ident, **options)
            if found is None:
                absent.add((entity, ident))
            return found
        return None


class Database:
    """A company's database file in one world. Readers never wait.

    Writers share one connection and queue for it. SQLite's own waiting chooses the next writer by chance, so it is only
    used for other processes.
    """

    def __init__(self, path: Path, *, lasting: bool = False) -> None:
        """Open the file at ``path`` when it is first needed. A ``lasting`` file is still complete after a power cut."""
        self.path = path
        # What a process has written is kept in any case when the process ends.
        self._synchronous = "NORMAL" if lasting else "OFF"
        self._engines: dict[bool, Engine] = {}
        self._lock = threading.Lock()

    def engine(self, *, write: bool) -> Engine:
        """The engine whose transactions take the write lock at once (``write``) or read one state of the file."""
        with self._lock:
            if write not in self._engines:
                self._engines[write] = self._make_engine(write=write)
            return self._engines[write]

    def create_tables(self, metadata: MetaData) -> None:
        """Create the company's tables and the shared ones in an empty file.

        The indexes of a table are created by their names: of two that cost the same, SQLite uses the later one, and
        SQLAlchemy's order changes from process to process.
        """
        with self.engine(write=True).begin() as connection:
            for tables in (metadata, SharedTable.metadata):
                for table in tables.sorted_tables:
                    connection.execute(CreateTable(table))
                    for index in sorted(table.indexes, key=lambda index: str(index.name)):
                        connection.execute(CreateIndex(index))

    def close(self) -> None:
        """Close the file until it is needed again. The last connection writes everything back into it."""
        with self._lock:
            for engine in self._engines.values():
                engine.dispose()
            self._engines.clear()

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy of the file, also while others use it. Nothing is flushed to the disk."""
        source, copy = sqlite3.connect(self.path), sqlite3.connect(target)
        try:
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = WAL")
        finally:
            copy.close()
            source.close()

    def rows(self) -> Generator[tuple[object, ...]]:
        """All rows of all tables, each with the name of its table before it, always in the same order."""
        with closing(sqlite3.connect(self.path)) as source:
            tables = source.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
            for (table,) in tables:
                for row in source.execute(f'SELECT * FROM "{table}" ORDER BY rowid'):  # noqa: S608 - SQLite tells the name
                    yield (table, *row)

    def _make_engine(self, *, write: bool) -> Engine:
        size, more = (1, 0) if write else (5, 20)
        pool = QueuePool(self._connect, pool_size=size, max_overflow=more, timeout=PATIENCE, dialect=_dialect())
        engine = Engine(pool, _dialect(), make_url(f"sqlite:///{self.path}"))
        event.listen(engine, "begin", _begin_writing if write else _begin_reading)
        return engine.execution_options(compiled_cache=_compiled, **{_WRITE: write})

    def _connect(self) -> DBAPIConnection:
        # isolation_level None is SQLAlchemy's documented way to begin transactions ourselves.
        connection = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {self._synchronous}")
        connection.execute("PRAGMA foreign_keys = ON")
        return cast("DBAPIConnection", connection)


def schema_of(path: Path) -> Schema:
    """The schema of the file at ``path``.

    Raises:
        sqlite3.DatabaseError: it is no SQLite file, or is damaged.
    """
    with closing(sqlite3.connect(path)) as source:
        return source.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").fetchall()


@cache
def _dialect() -> Dialect:
    """SQLite's dialect, one for all files, because compiled statements belong to a dialect."""
    engine = create_engine("sqlite://")
    engine.connect().close()
    engine.dispose()
    return engine.dialect


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


@event.listens_for(ReadingSession, "loaded_as_persistent")
def _hold(session: Session, row: object) -> None:
    session.info.setdefault(_ROWS, []).append(row)


@event.listens_for(ReadingSession, "after_transaction_end")
def _see_others(session: Session, _transaction: object) -> None:
    session.info.pop(_ABSENT, None)
