"""Reading the Host header of a request (RFC 9110, 7.2; names as in RFC 1123, 2.1, underscores allowed)."""

import re
from typing import Final

LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""The names of this machine itself."""

_NAME: Final = r"(?!.{254})[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?"
_HOST: Final = re.compile(rf"({_NAME}|\[[0-9a-f:.]{{2,45}}\])(?::[0-9]{{0,5}})?", re.IGNORECASE)


def name_in(header: str) -> str | None:
    """The host's name or address in lower case, without its port. None if the header is not a host."""
    found = _HOST.fullmatch(header)
    return found[1].lower() if found else None
