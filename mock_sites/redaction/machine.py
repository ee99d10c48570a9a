"""The folders and user names of the machine on which a trace was recorded."""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from mock_sites.redaction.secrets import Secret

_HOME: Final = re.compile(
    r"(?<![\w.])(?:/home/|/Users/|[A-Za-z]:(?P<slash>\\{1,4}|/)Users(?P=slash))(?P<user>[\w.-]*\w)", re.IGNORECASE
)

SHORTEST_USER: Final = 3


def of_machine(texts: Iterable[str], source_files: Iterable[str]) -> Iterator[Secret]:
    """The folders of ``source_files``, and the home folders in ``texts`` with the names of their users."""
    for file in source_files:
        path = PureWindowsPath(file) if "\\" in file else PurePosixPath(file)
        # A folder at the top, such as /app, may be the path of an address as well.
        if path.is_absolute() and len(path.parent.parts) > 2:
            yield Secret("path", str(path.parent))
    for text in texts:
        for found in _HOME.finditer(text):
            slash = found["slash"] or "/"
            yield Secret("path", found[0].replace(slash, "\\") if "\\" in slash else found[0])
            if len(found["user"]) >= SHORTEST_USER:
                yield Secret("user", found["user"])
