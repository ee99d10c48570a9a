"""What the bodies of a trace hold, without any value: the names of fields, digests."""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from email import message_from_bytes
from hashlib import sha256
from typing import Any, Final, cast
from urllib.parse import parse_qsl

DIGITS: Final = 12


def field_names(media_type: str, body: bytes) -> tuple[str, ...]:
    """The names of the fields of a form or the members of a JSON object, each once. None of other bodies."""
    kind = media_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return _distinct(name for name, _value in parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    if kind == "multipart/form-data":
        whole = message_from_bytes(b"Content-Type: " + media_type.encode() + b"\r\n\r\n" + body)
        return _distinct(str(part.get_param("name", "", "content-disposition")) for part in whole.walk())
    if kind == "application/json" or kind.endswith("+json"):
        return _distinct(_members(body))
    return ()


def _members(body: bytes) -> Iterable[str]:
    try:
        held: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    return cast("Mapping[str, Any]", held) if isinstance(held, dict) else ()


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def digest(content: bytes) -> str:
    """The first digits of SHA-256: enough to see a change, and too few to be taken for a random value."""
    return sha256(content).hexdigest()[:DIGITS]


def from_base64(text: str) -> bytes | None:
    """What Base64 says; None if it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
