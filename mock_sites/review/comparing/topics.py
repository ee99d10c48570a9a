"""What changes are about, apart from elements of a page."""

import re
from typing import Final
from urllib.parse import urlsplit

from mock_sites.review.changes import Topic

ADDRESS: Final = re.compile(r"https?://[^\s\"'”<>]+|(?<!\S)/\S*")
"""An address in a text, or a path that begins a word."""


def addresses(text: str) -> tuple[Topic, ...]:
    """The paths of the addresses in a text. ``/`` is left out: it tells nothing."""
    paths = dict.fromkeys(urlsplit(found.group()).path for found in ADDRESS.finditer(text))
    return tuple(("address", path) for path in paths if path != "/")
