"""Zips that say what is not true."""

import struct
from typing import Final

LOCAL: Final = b"PK\x03\x04", 30
CENTRAL: Final = b"PK\x01\x02", 46
"""How the two headers of a part begin, and after how many bytes the name of the part is there (APPNOTE.TXT, 4.3)."""


def changed(content: bytes, part: str, header: tuple[bytes, int], place: int, value: bytes) -> bytes:
    """A zip in which the header of a part has another value at a place."""
    begin, length = header
    at = content.index(begin)
    while content[at + length : at + length + len(part)] != part.encode():
        at = content.index(begin, at + 1)
    return content[: at + place] + value + content[at + place + len(value) :]


def with_size(content: bytes, part: str, size: int) -> bytes:
    """A zip of which a part says that it has ``size`` bytes when it is unpacked."""
    packed = struct.pack("<I", size)
    return changed(changed(content, part, LOCAL, 22, packed), part, CENTRAL, 24, packed)
