"""The tables that every company's database has besides its own: numbers, journal, jobs and mail.

They are in the same database as the company's rows, so that a change, its journal entry, its mail and its scheduled
call are committed together or not at all.
"""

import json
from datetime import UTC, datetime, timedelta
from enum import StrEnum, nonmember
from typing import Any

from sqlalchemy import BigInteger, Dialect, Index, LargeBinary, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mock_sites.world.states import ENUM_COLUMN, State, guard

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

JsonObject = dict[str, Any]
"""Plain JSON values by name."""


class UtcMoment(TypeDecorator[datetime]):
    """A timezone-aware UTC moment, kept as whole microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """To the database."""
        return None if value is None else (value - EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


class JsonColumn(TypeDecorator[JsonObject]):
    """Plain values by name, kept as compact JSON text with sorted names."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: JsonObject | None, dialect: Dialect) -> str | None:
        """To the database."""
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> JsonObject | None:
        """From the database."""
        return None if value is None else json.loads(value)


COLUMN_TYPES = {datetime: UtcMoment, JsonObject: JsonColumn, StrEnum: ENUM_COLUMN}
"""How all tables, the companies' own too, store moments, plain values and members of enums."""


class SharedTable(DeclarativeBase):
    """Base of the tables that every database has."""

    type_annotation_map = COLUMN_TYPES


guard(SharedTable)


class Counter(SharedTable):
    """The last number of a kind that was given out."""

    __tablename__ = "counters"
    kind: Mapped[str] = mapped_column(primary_key=True)
    used: Mapped[int]


class Event(SharedTable):
    """One line of the journal: something that happened.

    ``number`` orders the events of a whole world, over all its companies.
    """

    __tablename__ = "journal"
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(index=True)
    details: Mapped[JsonObject]


class JobState(State):
    """Of a job. One that was running when the process died waits again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    after = nonmember({WAITING: {RUNNING, DONE, FAILED}, RUNNING: {WAITING, DONE, FAILED}})


class ScheduledJob(SharedTable):
    """Work to be done at a certain time."""

    __tablename__ = "jobs"
    __table_args__ = (Index("jobs_due", "state", "due"), Index("jobs_alike", "state", "kind", "payload"))
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    due: Mapped[datetime]
    payload: Mapped[JsonObject]
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)


class StoredMail(SharedTable):
    """A mail that was sent. ``source`` is the RFC 5322 message as bytes; ``number`` as in ``Event``."""

    __tablename__ = "messages"
    number: Mapped[int] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime]
    recipient: Mapped[str] = mapped_column(index=True)
    sender: Mapped[str]
    subject: Mapped[str]
    source: Mapped[bytes] = mapped_column(LargeBinary)
