"""A disk that fails at a chosen moment, and the small company whose worlds are kept on it."""

import builtins
import errno
import io
import os
import sqlite3
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pytest
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mock_sites.world.company import Company
from mock_sites.world.job import Job, Jobs
from mock_sites.world.shared_tables import COLUMN_TYPES
from mock_sites.world.unit_of_work import UnitOfWork


class _Tables(DeclarativeBase):
    type_annotation_map = COLUMN_TYPES


class Ware(_Tables):
    """A row that tells states of a world apart."""

    __tablename__ = "wares"
    name: Mapped[str] = mapped_column(primary_key=True)


def _populate(uow: UnitOfWork) -> None:
    uow.session.add(Ware(name="ready-made"))
    uow.record("opened")


@dataclass(frozen=True)
class Errand(Job, kind="errand"):
    """A job of the companies that tests make."""


class _NoJob(Job):
    """Base of no jobs."""


SHOP: Final = Company(
    name="shop", metadata=_Tables.metadata, jobs=Jobs(_NoJob), populate=_populate, people=lambda _uow: []
)
"""A company that is laid out in a few milliseconds."""

_WRITING: Final = [(os, "mkdir"), (os, "rename"), (os, "replace"), (os, "fsync"), (os, "sendfile")]
_REMOVING: Final = [(os, "unlink"), (os, "rmdir")]
_OPENING: Final = [(builtins, "open"), (io, "open")]


class Killed(BaseException):
    """The process is dead: from now on it does nothing to the disk."""


class Disk:
    """Counts what is done to the disk, and fails from the chosen time on.

    ``killed``: nothing at all is done from then on. ``full``: nothing is written; removing works.
    """

    def __init__(self, fail_at: int, *, killed: bool) -> None:
        """Fail from the call ``fail_at`` on, counted from 1."""
        self.calls = 0
        self._fail_at, self._killed = fail_at, killed
        self._thread = threading.get_ident()

    def count(self, *, writes: bool) -> bool:
        """Count a call; whether it is to fail."""
        if threading.get_ident() != self._thread or not (writes or self._killed):
            return False
        self.calls += 1
        return self.calls >= self._fail_at

    @property
    def failed(self) -> bool:
        """Whether the chosen time came."""
        return self.calls >= self._fail_at

    def error(self) -> BaseException:
        """What a call ends with."""
        return Killed() if self._killed else OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def sqlite_error(self) -> BaseException:
        """What a call of SQLite ends with."""
        if self._killed:
            return Killed()
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        return error


@contextmanager
def failing_disk(fail_at: int, *, killed: bool) -> Generator[Disk]:
    """A disk that fails from the call ``fail_at`` on, in this thread, for the time of the block."""
    disk = Disk(fail_at, killed=killed)
    with pytest.MonkeyPatch.context() as patch:
        for module, name in _WRITING:
            patch.setattr(module, name, _watched(disk, getattr(module, name), lambda _args, _details: True))
        for module, name in _REMOVING:
            patch.setattr(module, name, _watched(disk, getattr(module, name), lambda _args, _details: False))
        for module, name in _OPENING:
            patch.setattr(module, name, _watched(disk, getattr(module, name), _opens_to_write))
        patch.setattr(sqlite3, "connect", _connecting(disk, sqlite3.connect))
        yield disk


def _watched(
    disk: Disk, call: Callable[..., Any], writes: Callable[[tuple[Any, ...], dict[str, Any]], bool]
) -> Callable[..., Any]:
    def watched(*args: Any, **details: Any) -> Any:
        if disk.count(writes=writes(args, details)):
            raise disk.error()
        return call(*args, **details)

    return watched


def _opens_to_write(args: tuple[Any, ...], details: dict[str, Any]) -> bool:
    mode = details.get("mode", args[1] if len(args) > 1 else "r")
    return set(str(mode)) & set("wax+") != set()


def _connecting(disk: Disk, connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    """SQLite writes by itself, so the connection is where it fails, and each statement on it."""

    class Connection(sqlite3.Connection):
        def execute(self, *args: Any) -> sqlite3.Cursor:
            if disk.count(writes=True):
                raise disk.sqlite_error()
            return super().execute(*args)

        def backup(self, *args: Any, **details: Any) -> None:
            if disk.count(writes=True):
                raise disk.sqlite_error()
            super().backup(*args, **details)

    def opened(*args: Any, **details: Any) -> sqlite3.Connection:
        if disk.count(writes=True):
            raise disk.sqlite_error()
        return connect(*args, factory=Connection, **details)

    return opened
