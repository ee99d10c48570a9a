"""One SQLite database file: its engine, and how transactions on it begin."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event

from mock_sites.world.ledger import Ledger

_WRITE = "mock_write"


class Database:
    """A company's database file in one world. Readers never wait; writers queue up for at most ten seconds."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path`` when it is first needed."""
        self.path = path
        self._engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 10})
        event.listen(self._engine, "connect", _set_up_connection)
        event.listen(self._engine, "begin", _begin)
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


def _set_up_connection(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's documented way to begin transactions ourselves
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
