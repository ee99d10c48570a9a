"""A disk that fails at a chosen moment, and a small company whose worlds are on that disk."""

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
    """A row that makes states of a world distinguishable."""

    __tablename__ = "wares"
    name: Mapped[str] = mapped_column(primary_key=True)


def _populate(uow: UnitOfWork) -> None:
    uow.session.add(Ware(name="ready-made"))
    uow.record("opened")


@dataclass(frozen=True)
class Errand(Job, kind="errand"):
    """A job of the companies in tests."""


class _NoJob(Job):
    """The base class of no jobs."""


SHOP: Final = Company(
    name="shop", metadata=_Tables.metadata, jobs=Jobs(_NoJob), populate=_populate, people=lambda _uow: []
)
"""A company whose database is created in a few milliseconds."""

_WRITING: Final = [(os, "mkdir"), (os, "rename"), (os, "replace"), (os, "fsync"), (os, "sendfile")]
_REMOVING: Final = [(os, "unlink"), (os, "rmdir")]
_OPENING: Final = [(builtins, "open"), (io, "open")]


class ProcessKilled(BaseException):
    """The process is dead: from now on it changes nothing on the disk."""


class Disk:
    """Counts the operations on the disk, and fails from the chosen one on.

    ``killed``: nothing is done from then on. ``full``: nothing is written, but removing works.
    """

    def __init__(self, fail_at: int, *, killed: bool) -> None:
        """Fail from the call ``fail_at`` on, counted from 1."""
        self.calls = 0
        self._fail_at, self._killed = fail_at, killed
        self._thread = threading.get_ident()

    def count(self, *, writes: bool) -> bool:
        """Count an operation. Returns whether it must fail."""
        if threading.get_ident() != self._thread or not (writes or self._killed):
            return False
        self.calls += 1
        return self.calls >= self._fail_at

    @property
    def failed(self) -> bool:
        """Whether the chosen operation was reached."""
        return self.calls >= self._fail_at

    def error(self) -> BaseException:
        """The error of an operation."""
        return ProcessKilled() if self._killed else OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def sqlite_error(self) -> BaseException:
        """The error of an operation of SQLite."""
        if self._killed:
            return ProcessKilled()
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        return error


@contextmanager
def failing_disk(fail_at: int, *, killed: bool) -> Generator[Disk]:
    """For the time of the block, the disk fails from the operation ``fail_at`` on, in this thread."""
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
    """SQLite writes without Python, so the connection and each statement on it fail instead."""

    class FailingConnection(sqlite3.Connection):
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
        return connect(*args, factory=FailingConnection, **details)

    return opened
