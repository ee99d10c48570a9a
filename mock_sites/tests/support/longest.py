"""A world in which everything that people and sellers write themselves is long, and without a place to break a line."""

from collections.abc import Iterator
from contextlib import closing
from sqlite3 import connect
from typing import Any, Final

from sqlalchemy import Column, MetaData, String

from mock_sites.huawei.domain.tables import Account, UsageRecord
from mock_sites.huawei.protocol import usage_push
from mock_sites.tests.support.typed import CASES
from mock_sites.tests.support.users import Users

LONG: Final = 120
"""The letters of each text, unless the marketplace takes fewer of it."""

_TYPED: Final = {"name", *(field for case in CASES.values() for field in case.free)}
"""Columns are called like the fields in which people type what they like."""

_SENT: Final = set(usage_push.LONGEST) - {usage_push.INSTANCE_ID, usage_push.PRODUCT_ID}
"""What sellers write in usage records. The ids are those of services and products."""

_KNOWN_BY: Final = Account.__table__.columns["name"]
"""The name by which programs find each of the ready-made people."""


def lengthen(users: Users) -> None:
    """Write long texts into all rows of the companies. They begin with a number, as some have to differ."""
    for name, company in users.world.companies.items():
        with closing(connect(users.world.file(name))) as database, database:
            for column in _written(company.metadata):
                text = f"substr(rowid || '{'W' * LONG}', 1, {usage_push.LONGEST.get(column.name, LONG)})"
                database.execute(f"UPDATE {column.table.name} SET {column.name} = {text}")  # noqa: S608


def _written(metadata: MetaData) -> Iterator[Column[Any]]:
    for table in metadata.tables.values():
        known = {key.column for other in metadata.tables.values() for key in other.foreign_keys}
        yield from (
            column
            for column in table.columns
            if column.name in (_SENT if table is UsageRecord.__table__ else _TYPED)
            and isinstance(column.type, String)
            and not column.foreign_keys
            and column not in {*known, _KNOWN_BY}
        )
