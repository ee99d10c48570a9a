"""Names of folders for what single tests write."""

import re
from hashlib import sha256
from typing import Final

_LONGEST: Final = 100
"""Characters that can be read. File systems take 255 bytes (limits.h, NAME_MAX)."""


def folder_name(test: str) -> str:
    """A name for a test, by its node id: one that can be read, and another one for each test.

    Ids can differ in signs only (``[+]`` and ``[-]``), in capitals, or after many characters. So the name ends with a
    part of the id's digest.
    """
    readable = re.sub(r"[^0-9A-Za-z]+", "-", test).strip("-")[:_LONGEST]
    return f"{readable}-{sha256(test.encode()).hexdigest()[:8]}"
