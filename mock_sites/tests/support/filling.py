"""Fills a world with many rows, and counts the cost of a page: statements, rows, values, the database's steps."""

import re
import sqlite3
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from typing import Any, Final

import pytest
from sqlalchemy import Engine, MetaData, Pool, Table, UniqueConstraint, event

from mock_sites.tests.support.users import Users
from mock_sites.world.seed import Seed
from mock_sites.world.shared_tables import SharedTable

FIXED: Final = {
    "products",
    "specifications",
    "packages",
    "sellers",
    "counters",
    "sign_ins",
    "high_consumption_alerts",
    "monthly_bills",
    "past_settlements",
    "access_keys",
}
"""Tables that do not grow with use, that grow by a few rows a month, or that no page lists."""

GIVEN: Final = {
    "jobs": {"state": "waiting", "due": 4 * 10**15},
    "seller_calls": {"given_up": 1, "saved": 0, "failed_order": "O1"},
    "failed_syncs": {"settled": 0},
    "daily_bills": {"day": "2026-03-01"},
    "daily_expenses": {"day": "2026-03-01"},
}
"""The values of the additional rows, so that lists show them."""

APART: Final = 1_000
"""The distance between the numbers of additional rows, because pages may add numbered rows in the meantime."""


def fill(users: Users, first: int, last: int) -> None:
    """Give the owners additional rows in every table, numbered from ``first`` to ``last``: copies of their rows."""
    for name, company in users.world.companies.items():
        with closing(sqlite3.connect(users.world.file(name), timeout=10)) as database, database:
            for table in _tables(company.metadata):
                _copy(database, table, set(users.ids.values()), range(first, last))


def _tables(metadata: MetaData) -> Iterator[Table]:
    for known in (metadata, SharedTable.metadata):
        yield from (table for name, table in known.tables.items() if name not in FIXED)


def _copy(database: sqlite3.Connection, table: Table, mine: set[str], numbers: range) -> None:
    """Insert copies of the owner's row. Unique columns, and references to a copy, get the copy's number."""
    names = [column.name for column in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in database.execute(f"SELECT * FROM {table.name}")]  # noqa: S608
    if not rows:
        return
    key = [column.name for column in table.primary_key]
    row = max(rows, key=lambda row: (sum(row[name] in mine for name in key), sum(one in mine for one in row.values())))
    row |= GIVEN.get(table.name, {})
    varied = {_varied(table, names) for names in _unique(table)}
    copies = [[_numbered(row[name], number) if name in varied else row[name] for name in names] for number in numbers]
    marks = ", ".join("?" for _ in names)
    database.executemany(f"INSERT INTO {table.name} VALUES ({marks})", copies)  # noqa: S608


def _unique(table: Table) -> Iterator[list[str]]:
    yield [column.name for column in table.primary_key]
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield [column.name for column in constraint.columns]


def _varied(table: Table, names: list[str]) -> str:
    """The column that makes copies unique. If possible one that is no reference and has no given value."""
    names = [name for name in names if name not in GIVEN.get(table.name, {})]
    return min(names, key=lambda name: (bool(table.columns[name].foreign_keys), -names.index(name)))


def _numbered(value: Any, number: int) -> Any:
    return f"{value}-{number}" if isinstance(value, str) else value if value is None else value + APART * (number + 1)


SUM_OF_TRUTHS: Final = re.compile(r"\b(?:sum|avg|total)\([^()]*(?:[=<>]|\b(?:IN|IS|LIKE|BETWEEN|NOT|AND|OR)\b)")
"""The database returns it as a bool: SQLAlchemy gives a sum the type of its summands."""


COUNT: Final = re.compile(r"SELECT (?:[\w.]+, )*(?:count|sum)\(")

READS_ROWS: Final = re.compile(r"(?:SEARCH|SCAN) (?!anon_|found\b)\w+(?!.* USING COVERING INDEX)")
"""A step of a query plan (https://www.sqlite.org/eqp.html). ``anon_1`` and ``found`` are queries
within the query.
"""


@contextmanager
def counting(patch: pytest.MonkeyPatch) -> Generator[Counter[str]]:
    """Count the statements, the rows that are read, the values made from a seed, and the steps of the database, in
    tens: the instructions of SQLite's virtual machine, also for rows that it only counts, sorts or skips. Counts and
    sums that read rows, as no index has all that they need, are counted by their statement.
    """
    counted = Counter[str]()
    random_bytes = Seed.random_bytes

    def row_read(_cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> tuple[Any, ...]:
        counted["rows"] += 1
        return row

    def ten_steps() -> int:
        counted["tens of steps"] += 1
        return 0

    def taken(connection: Any, *_details: object) -> None:
        connection.row_factory = row_read
        connection.set_progress_handler(ten_steps, 10)

    def given_back(connection: Any, *_details: object) -> None:
        connection.row_factory = None
        connection.set_progress_handler(None, 0)

    def made(seed: Seed, name: str, length: int) -> bytes:
        counted["values"] += 1
        return random_bytes(seed, name, length)

    def executed(_connection: object, cursor: Any, statement: str, parameters: Any, *_details: object) -> None:
        counted["statements"] += 1
        if COUNT.match(statement):
            given_back(cursor.connection)
            plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            taken(cursor.connection)
            counted[statement] += sum(bool(READS_ROWS.match(line)) for *_numbers, line in plan)
        counted["sums of truths"] += len(SUM_OF_TRUTHS.findall(statement))

    listeners = (
        (Engine, "before_cursor_execute", executed),
        (Pool, "checkout", taken),
        (Pool, "checkin", given_back),
    )
    patch.setattr(Seed, "random_bytes", made)
    for listener in listeners:
        event.listen(*listener)
    try:
        yield counted
    finally:
        for listener in listeners:
            event.remove(*listener)
