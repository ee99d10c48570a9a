"""Files in gzip (RFC 1952): what is compressed, and what their headers say beside it."""

import re
import zlib
from typing import Final

_WITH_HEADER: Final = 16 + zlib.MAX_WBITS
"""What zlib calls a stream in gzip."""

_FIXED: Final = 10
"""Octets of each header: magic number, method, flags, time, extra flags, system (RFC 1952, section 2.3)."""
_EXTRA, _NAME, _COMMENT = 4, 8, 16
"""The flags of fields that may follow, in this order."""
_TEXT: Final = re.compile(rb"([^\0]*)\0")


def unpack_gzip(content: bytes, most: int) -> tuple[bytes, bytes]:
    """What is compressed, but not much more than ``most`` octets of it, and the names, comments and other fields.

    Raises:
        zlib.error: it is damaged.
        EOFError: it is cut off.
    """
    unpacked: list[bytes] = []
    said: list[bytes] = []
    while content:
        member = zlib.decompressobj(_WITH_HEADER)
        unpacked.append(member.decompress(content, most))
        most -= len(unpacked[-1])
        if most > 0 and not member.eof:
            raise EOFError("It is cut off")
        said += _fields(content)
        content = member.unused_data.lstrip(b"\0") if most > 0 else b""
    return b"".join(unpacked), b"\n".join(said)


def _fields(content: bytes) -> list[bytes]:
    """The optional fields of a header."""
    flags, place, found = content[3], _FIXED, list[bytes]()
    if flags & _EXTRA:
        start = place + 2
        place = start + int.from_bytes(content[place:start], "little")
        found.append(content[start:place])
    for flag in (_NAME, _COMMENT):
        if flags & flag and (text := _TEXT.match(content, place)):
            place = text.end()
            found.append(text[1])
    return found
