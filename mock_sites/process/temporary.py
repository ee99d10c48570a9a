"""Folders for temporary files: gone when their maker is, even one that was killed.

The maker holds a lock on a file in each of its folders for as long as it lives; the system lets go of the lock when the
process ends, however that happens. So a folder whose lock is free was left behind, whatever process has its number now,
and in whatever container it ran. Whoever makes a folder removes those that were left behind beside it.
"""

import fcntl
import glob
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp  # noqa: TID251 - what everything else uses is made of it
from typing import Final

_LOCK: Final = ".in-use"
_FILES: Final = "files"


@contextmanager
def temporary_folder(prefix: str = "mock-sites-", beside: Path | None = None) -> Generator[Path]:
    """A new folder, removed at the end of the block with all that is in it.

    Args:
        prefix: what its name begins with.
        beside: the folder to make it in; without it, where the system keeps temporary files.

    Raises:
        OSError: it cannot be made there.
    """
    place = beside or Path(gettempdir())
    for left in _left_behind(place, prefix):
        _remove(left)
    folder, lock = _make(place, prefix)
    try:
        (folder / _FILES).mkdir()
        yield folder / _FILES
    finally:
        _remove(folder)
        os.close(lock)


def _make(place: Path, prefix: str) -> tuple[Path, int]:
    """A folder of ours and the descriptor that holds its lock."""
    while True:
        folder = Path(mkdtemp(prefix=prefix, dir=place))
        lock = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        # Where a file system has no locks, nothing can be told to be left behind, and nothing is removed.
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX)
        if os.fstat(lock).st_nlink:
            return folder, lock
        # Before it was locked, somebody took it for one that was left behind.
        os.close(lock)


def _left_behind(place: Path, prefix: str) -> Iterator[Path]:
    """Folders of this user whose makers live no more, each locked until the next is asked for."""
    for path in place.glob(f"{glob.escape(prefix)}*/{_LOCK}"):
        try:
            if path.parent.lstat().st_uid != os.geteuid():
                continue
            lock = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
        except OSError:  # removed by somebody else meanwhile
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # in use
            continue
        else:
            yield path.parent
        finally:
            os.close(lock)


def _remove(folder: Path) -> None:
    """Remove one of our folders, its lock last: what is left when this ends early, somebody else can remove."""
    files = folder / _FILES
    shutil.rmtree(files, ignore_errors=True)
    if not files.exists():
        with suppress(OSError):
            (folder / _LOCK).unlink()
            folder.rmdir()
