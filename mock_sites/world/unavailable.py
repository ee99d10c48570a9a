"""Problems that come from outside: a full disk, or a database that another process keeps locked.

Neither is a defect. Nothing of the interrupted work is kept, and it can be done again when the cause is gone.
"""

import errno
import sqlite3
from typing import Final

from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from mock_sites.world.errors import N_, BusyError, NoSpaceError, WorldError

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SQLITE_FULL: Final = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_WRITE}
"""A file may also have reached the size that files may have (``ulimit -f``): then SQLite says that it cannot write."""
_SQLITE_BUSY: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PRIMARY: Final = 0xFF
"""The bits of SQLite's primary code in an extended one."""


def why_unavailable(error: BaseException) -> WorldError | None:
    """The problem with the disk or with other users that ``error`` or its cause reports, or None."""
    below: BaseException | None = error
    while below is not None:
        if isinstance(below, (NoSpaceError, BusyError)):
            return below
        if _says_full(below):
            return NoSpaceError(
                N_("There is no space left on the disk that keeps the worlds. Free some, then do this again.")
            )
        if _says_busy(below):
            return BusyError(N_("Others are writing in this world. Do this again in a few seconds."))
        below = below.__cause__ or below.__context__
    return None


def _says_full(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) in _SQLITE_FULL
    return isinstance(error, OSError) and error.errno in _FULL


def _says_busy(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & _PRIMARY in _SQLITE_BUSY
    return isinstance(error, PoolTimeoutError)
