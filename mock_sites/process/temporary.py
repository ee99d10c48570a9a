"""Folders for temporary files, which are removed even if the process that made them was killed.

A process holds a lock on a file in each of its folders as long as it runs. The system releases the lock when the
process ends in any way. So a folder whose lock is free was left behind, no matter which process has the same number
now, or in which container it ran. Making a folder also removes the folders beside it that were left behind.
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
    """A new folder. It is removed with its content at the end of the block.

    Args:
        prefix: the beginning of its name.
        beside: the folder to make it in; by default the system's folder for temporary files.

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
        # If a file system has no locks, it is not known what was left behind, and nothing is removed.
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX)
        if os.fstat(lock).st_nlink:
            return folder, lock
        # Before it was locked, another process removed it as one that was left behind.
        os.close(lock)


def _left_behind(place: Path, prefix: str) -> Iterator[Path]:
    """Folders of this user whose processes have ended. Each is locked until the next one is requested."""
    for path in place.glob(f"{glob.escape(prefix)}*/{_LOCK}"):
        try:
            if path.parent.lstat().st_uid != os.geteuid():
                continue
            lock = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
        except OSError:  # removed by another process in the meantime
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
    """Remove one of our folders, its lock file last. If this is interrupted, another process can remove the rest."""
    files = folder / _FILES
    shutil.rmtree(files, ignore_errors=True)
    if not files.exists():
        with suppress(OSError):
            (folder / _LOCK).unlink()
            folder.rmdir()
