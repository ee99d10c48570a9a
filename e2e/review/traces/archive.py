"""The zip of a trace. Its source is not trusted: its paths are not used, and its size is limited."""

import zipfile
import zlib
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Final, Self

from e2e.review.errors import ReviewError

LARGEST: Final = 1024 * 1024 * 1024
"""Bytes of all files of a trace, unpacked."""
LARGEST_FILE: Final = 128 * 1024 * 1024
"""Bytes of one file that is read."""
MOST_FILES: Final = 50_000

_DAMAGED: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


class Archive:
    """The files of a zip. Each is read when it is needed."""

    def __init__(self, file: Path) -> None:
        """Read only the list of its files.

        Raises:
            ReviewError: it is not there, damaged, or made to do harm.
        """
        self.file = file
        try:
            self._zip = zipfile.ZipFile(file)
        except FileNotFoundError as error:
            raise ReviewError(f"{file}: is not there") from error
        except _DAMAGED as error:
            raise ReviewError(f"{file}: truncated, or no zip") from error
        try:
            self._parts = self._list()
        except ReviewError:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        """It is closed at the end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files."""
        return tuple(self._parts)

    def read(self, name: str) -> bytes:
        """What is in a file.

        Raises:
            ReviewError: it is not there, too large, or damaged.
        """
        part = self._parts.get(name)
        if part is None:
            raise ReviewError(f"{self.file}: names {name[:80]!r}, which is not in it")
        if part.file_size > LARGEST_FILE:
            raise ReviewError(f"{self.file}: {name} unpacks to more than {LARGEST_FILE // 2**20} MiB")
        try:
            return self._zip.read(part)
        except _DAMAGED as error:
            raise ReviewError(f"{self.file}: {name} is damaged, encrypted or packed in an unknown way") from error

    def text(self, name: str) -> str:
        """What is written in a file.

        Raises:
            ReviewError: it cannot be read, or is not UTF-8.
        """
        try:
            return self.read(name).decode()
        except UnicodeDecodeError as error:
            raise ReviewError(f"{self.file}: {name} is not UTF-8") from error

    def _list(self) -> dict[str, zipfile.ZipInfo]:
        found = self._zip.infolist()
        if len(found) > MOST_FILES:
            raise ReviewError(f"{self.file}: holds more than {MOST_FILES} files")
        if sum(part.file_size for part in found) > LARGEST:
            raise ReviewError(f"{self.file}: unpacks to more than {LARGEST // 2**20} MiB")
        parts: dict[str, zipfile.ZipInfo] = {}
        for part in found:
            if _leads_outside(part.filename):
                raise ReviewError(f"{self.file}: names the file {part.filename[:80]!r}, which is outside")
            if part.filename in parts:
                raise ReviewError(f"{self.file}: holds {part.filename[:80]!r} twice")
            parts[part.filename] = part
        return parts


def _leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0]
