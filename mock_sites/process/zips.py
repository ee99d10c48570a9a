"""Zips from anywhere. What a zip says of itself is not true until it was looked at."""

import zipfile
import zlib
from pathlib import Path
from typing import IO, Any, Final, Literal

DAMAGED_ZIP: Final = (zipfile.BadZipFile, zlib.error, EOFError, ValueError)
"""What reading a zip raises that is damaged, encrypted or packed in an unknown way. They have no common class."""

_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What traces, workbooks and worlds are packed by. Of the other methods, zipfile unpacks as much as there is."""


class ForeignZip(zipfile.ZipFile):
    """A zip that is read only, and of each part no more than the size that the part says it has."""

    def __init__(self, file: Path | IO[bytes]) -> None:
        """Read the list of its parts.

        Raises:
            BadZipFile: it is damaged or no zip, or a part is of a version that zipfile does not know.
        """
        try:
            super().__init__(file)
        except NotImplementedError as error:
            raise zipfile.BadZipFile(str(error)) from error

    def open(
        self, name: str | zipfile.ZipInfo, mode: Literal["r", "w"] = "r", *_others: Any, **_more: Any
    ) -> IO[bytes]:
        """A part. Ask for as many bytes as you take: all at once are unpacked before they are counted.

        Raises:
            BadZipFile: it is damaged, encrypted or packed in an unknown way.
        """
        part = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        if part.compress_type not in _METHODS or part.header_offset < 0:
            raise zipfile.BadZipFile(f"{part.filename} is packed in an unknown way")
        try:
            return super().open(part, mode)
        except RuntimeError as error:  # it is encrypted, or of a kind that zipfile does not know (NotImplementedError)
            raise zipfile.BadZipFile(str(error)) from error

    def read(self, name: str | zipfile.ZipInfo, *_others: Any, **_more: Any) -> bytes:
        """The content of a part.

        Raises:
            BadZipFile: it is damaged, encrypted or packed in an unknown way. Others of ``DAMAGED_ZIP`` are raised too.
        """
        part = name if isinstance(name, zipfile.ZipInfo) else self.getinfo(name)
        with self.open(part) as content:
            return content.read(part.file_size)
