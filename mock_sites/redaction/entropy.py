"""Strings that look as if they were chosen at random: a hint at secrets whose form nobody knows."""

import re
from collections import Counter
from collections.abc import Iterator
from math import log2
from typing import Final

from mock_sites.redaction.search import Search

BASE64_LIMIT: Final = 4.5
HEX_LIMIT: Final = 3.0
"""Bits of entropy a character from which a string counts: the defaults of detect-secrets (its README, "Entropy")."""

_QUOTED: Final = Search(re.compile(r"""(?P<quote>\\{0,15}["'`])(?P<string>[A-Za-z0-9+/_-]{20,200}={0,2})(?P=quote)"""))
_HEX: Final = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_MIXED: Final = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9].*[0-9])")

_HARMLESS: Final = re.compile(
    r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"  # a UUID
    r"|sha(?:256|384|512)-.+"  # a hash of a script or style
    r"|/.*"  # a path
    r"|.*(?:abcdef|ABCDEF).*(?:uvwxyz|UVWXYZ).*",  # an alphabet
    re.DOTALL,
)
_HARMLESS_NAMES: Final = re.compile(
    r"""\b(?:e-?tag|if-none-match|integrity|nonce|sha1|sha256|md5|digest|checksum|boundary|"""
    r"""sec-websocket-(?:key|accept))\b[\W_]*(?:value)?\W*(?:W/)?\W*$""",
    re.IGNORECASE,
)
"""What stands before values that are no secrets, such as a version of a file."""


def random_strings(text: str) -> Iterator[tuple[int, int]]:
    """Where strings of high entropy begin and end in ``text``, known kinds of harmless ones left out."""
    for found in _QUOTED(text)[0]:
        string = found["string"]
        if _HEX.fullmatch(string):
            random = entropy(string) > HEX_LIMIT and len(string) not in _HASHES
        else:
            random = entropy(string) > BASE64_LIMIT and bool(_MIXED.match(string))
        before = text[max(0, found.start() - 60) : found.start()]
        if random and not _HARMLESS.fullmatch(string) and not _HARMLESS_NAMES.search(before):
            yield found.span("string")


_HASHES: Final = {32, 40, 64, 96, 128}
"""Lengths of MD5, SHA-1, SHA-256, SHA-384 and SHA-512 as hexadecimal digits. Most of them are names of files."""


def entropy(string: str) -> float:
    """Bits of entropy a character, by how often each occurs (Shannon)."""
    counts = Counter(string).values()
    return -sum(count / len(string) * log2(count / len(string)) for count in counts)
