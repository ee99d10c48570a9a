"""Reads the lines of a trace of any known version of Playwright."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from mock_sites.review.any_text import read_json
from mock_sites.review.errors import ReviewError
from mock_sites.review.traces.events import Line
from mock_sites.review.traces.upgrade import NEWEST, OLDEST, Fields, upgrade

_LINE: Final = TypeAdapter[Line](Line)
_KNOWN: Final = {
    "context-options",
    "before",
    "after",
    "error",
    "frame-snapshot",
    "aria-snapshot",
    "screenshot",
    "screencast-frame",
    "console",
    "event",
    "resource-snapshot",
}


@dataclass
class LineReader:
    """Reads the lines of one file.

    Attributes:
        where: how the file is called in an error.
        number: the number of the last line that was read.
    """

    where: str
    number: int = 0

    def read(self, written: Iterable[bytes], version: int) -> Iterator[Line]:
        """The lines in the newest form. Those of other kinds are left out.

        Raises:
            ReviewError: a line is cut off, or has not the fields of its kind.
        """
        for fields in upgrade(self._fields(written), version):
            try:
                yield _LINE.validate_python(fields)
            except ValidationError as error:
                fault = error.errors()[0]
                place = ".".join(map(str, fault["loc"]))
                raise ReviewError(f"{self.where}, line {self.number}: {place}: {fault['msg']}") from error

    def _fields(self, written: Iterable[bytes]) -> Iterator[Fields]:
        for self.number, line in enumerate(written, 1):
            fields = None if line.isspace() else parse(line, f"{self.where}, line {self.number}")
            if isinstance(fields, dict) and fields.get("type") in _KNOWN:
                yield fields


def parse(line: bytes, where: str) -> Any:
    """What is written in a line.

    Raises:
        ReviewError: it is no JSON.
    """
    try:
        return read_json(line)
    except ValueError as error:
        raise ReviewError(f"{where}: truncated, or no JSON") from error


def version_of(first: bytes, file: Path, name: str) -> int:
    """The version of the trace whose file of this name begins with this line.

    Raises:
        ReviewError: it is none, or was written by a version of Playwright that is too old or too new.
    """
    options: Any = parse(first, f"{file}: {name}, line 1") if first else None
    if not isinstance(options, dict) or options.get("type") != "context-options":
        raise ReviewError(f"{file}: {name} does not begin as a trace does")
    version: Any = options.get("version")
    if not isinstance(version, int) or version < OLDEST:
        raise ReviewError(f"{file}: of a Playwright before 1.40; record it again with 1.40 or newer")
    if version > NEWEST:
        named = options.get("playwrightVersion") or "after 1.65"
        raise ReviewError(f"{file}: of Playwright {named}; traces of 1.40 to 1.65 are known")
    return version
