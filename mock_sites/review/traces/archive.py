"""The files of a trace: a zip, or a folder in which it was unpacked.

Its source is not trusted: no path in it is used, and its size is limited. A zip states how large its files are, and
no more than that is read. What is kept of a trace is bounded too: each file that is read as a whole, each line,
and the number of lines.
"""

import io
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import IO, Final, Self

from mock_sites.process.zips import DAMAGED_ZIP, ForeignZip
from mock_sites.review.errors import ReviewError

LARGEST: Final = 2 * 1024 * 1024 * 1024
"""Bytes of all files of a trace, unpacked."""
LARGEST_FILE: Final = 128 * 1024 * 1024
"""Bytes of a file that is read as a whole, such as a picture, and of one line of the others."""
MOST_FILES: Final = 100_000
MOST_LINES: Final = 1_000_000
"""Lines of one file. Traces have about a hundred for each action."""

_BUFFER: Final = 1024 * 1024


class Archive:
    """The files of a trace. Each is read when it is needed."""

    def __init__(self, file: Path) -> None:
        """Read only the list of its files.

        Raises:
            ReviewError: it is not there, damaged, or made to do harm.
        """
        self.file = file
        self._zip = None if file.is_dir() else _open(file)
        try:
            self._sizes = self._list()
        except ReviewError:
            self.close()
            raise

    def __enter__(self) -> Self:
        """It is closed at the end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the zip."""
        if self._zip:
            self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files."""
        return tuple(self._sizes)

    def read(self, name: str) -> bytes:
        """What is in a file.

        Raises:
            ReviewError: it is not there, too large, or damaged.
        """
        if self._sizes.get(name, 0) > LARGEST_FILE:
            raise ReviewError(f"{self.file}: {name} unpacks to more than {LARGEST_FILE // 2**20} MiB")
        with self._reading(name) as content:
            return content.read(self._sizes[name])

    def text(self, name: str) -> str:
        """What is written in a file.

        Raises:
            ReviewError: it cannot be read, or is not UTF-8.
        """
        try:
            return self.read(name).decode()
        except UnicodeDecodeError as error:
            raise ReviewError(f"{self.file}: {name} is not UTF-8") from error

    def first_line(self, name: str) -> bytes:
        """The first line of a file; empty if the file is.

        Raises:
            ReviewError: the file cannot be read.
        """
        with closing(self.lines(name)) as lines:
            return next(lines, b"")

    def lines(self, name: str) -> Generator[bytes]:
        """The lines of a file, which may be large.

        Raises:
            ReviewError: the file is not there or damaged, a line is too long, or there are too many.
        """
        with self._reading(name) as content:
            for number, line in enumerate(iter(lambda: content.readline(LARGEST_FILE), b"")):
                if len(line) == LARGEST_FILE or number == MOST_LINES:
                    most = f"more than {MOST_LINES} lines, or one of more than {LARGEST_FILE // 2**20} MiB"
                    raise ReviewError(f"{self.file}: {name} has {most}")
                yield line

    @contextmanager
    def _reading(self, name: str) -> Generator[IO[bytes]]:
        if name not in self._sizes:
            raise ReviewError(f"{self.file}: names {name[:80]!r}, which is not in it")
        try:
            opened = self._zip.open(name) if self._zip else (self.file / name).open("rb")
            with opened, io.BufferedReader(opened, _BUFFER) as content:  # pyright: ignore[reportArgumentType]
                yield content
        except (*DAMAGED_ZIP, OSError) as error:
            raise ReviewError(f"{self.file}: {name} is damaged, encrypted or packed in an unknown way") from error

    def _list(self) -> dict[str, int]:
        sizes: dict[str, int] = {}
        for name, size in self._files():
            if len(sizes) == MOST_FILES:
                raise ReviewError(f"{self.file}: holds more than {MOST_FILES} files")
            if _leads_outside(name):
                raise ReviewError(f"{self.file}: names the file {name[:80]!r}, which is outside")
            if name in sizes:
                raise ReviewError(f"{self.file}: holds {name[:80]!r} twice")
            sizes[name] = size
        if sum(sizes.values()) > LARGEST:
            raise ReviewError(f"{self.file}: unpacks to more than {LARGEST // 2**20} MiB")
        return sizes

    def _files(self) -> Iterator[tuple[str, int]]:
        """The names and sizes of its files. In a folder, links are left out."""
        if self._zip:
            yield from ((part.filename, part.file_size) for part in self._zip.infolist())
            return
        for file in self.file.rglob("*"):
            if file.is_file() and not file.is_symlink():
                yield file.relative_to(self.file).as_posix(), file.stat().st_size


def _open(file: Path) -> ForeignZip:
    try:
        return ForeignZip(file)
    except FileNotFoundError as error:
        raise ReviewError(f"{file}: is not there") from error
    except (*DAMAGED_ZIP, OSError) as error:
        raise ReviewError(f"{file}: truncated, or no zip") from error


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0]
