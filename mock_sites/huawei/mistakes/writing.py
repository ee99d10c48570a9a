"""Digests, bodies, and how they are written: the steps that all signatures share."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, cast

from mock_sites.huawei.mistakes.scheme import Way
from mock_sites.world.foreign_text import read_json


def keyed(key: str, text: bytes) -> bytes:
    """HMAC-SHA256."""
    return hmac.digest(key.encode(), text, hashlib.sha256)


def plain(_key: str, text: bytes) -> bytes:
    """SHA-256 of the text."""
    return hashlib.sha256(text).digest()


def plain_with_key_behind(key: str, text: bytes) -> bytes:
    """SHA-256 of the text and the key."""
    return plain(key, text + key.encode())


def plain_with_key_in_front(key: str, text: bytes) -> bytes:
    """SHA-256 of the key and the text."""
    return plain(key, key.encode() + text)


DIGESTS: Final[Sequence[Way[Callable[[str, bytes], bytes]]]] = (
    ("", keyed),
    ("plain-sha256", plain),
    ("plain-sha256", plain_with_key_behind),
    ("plain-sha256", plain_with_key_in_front),
)


KEYS: Final[Sequence[Way[Callable[[str], str]]]] = (
    ("", str),
    ("key-with-blank", lambda key: f"{key}\n"),
    ("key-with-blank", lambda key: f"{key} "),
    ("key-empty", lambda _key: ""),
)
"""What is used as the key of V2.0."""


def as_base64(digest: bytes) -> str:
    """Standard Base64."""
    return base64.b64encode(digest).decode()


def as_capital_hex(digest: bytes) -> str:
    """Capital hex digits."""
    return digest.hex().upper()


def as_base64_of_hex(digest: bytes) -> str:
    """Base64 of hex digits."""
    return as_base64(digest.hex().encode())


def with_plus_as_blank(digest: bytes) -> str:
    """Base64 after it was decoded like a query."""
    return as_base64(digest).replace("+", " ")


def without_padding(digest: bytes) -> str:
    """Base64 without the = signs at its end."""
    return as_base64(digest).rstrip("=")


def url_safe(digest: bytes) -> str:
    """Base64 for URLs."""
    return base64.urlsafe_b64encode(digest).decode()


LAYOUTS: Final[Sequence[Mapping[str, Any]]] = ({"separators": (",", ":")}, {}, {"indent": 2}, {"indent": 4})
"""The layouts in which JSON libraries write a body, as arguments of ``json.dumps``. The first has no blanks."""


def sorted_within(value: Any, *, backwards: bool = False) -> Any:
    """``value`` with the names of objects sorted at every depth."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {name: sorted_within(fields[name], backwards=backwards) for name in sorted(fields, reverse=backwards)}
    if isinstance(value, list):
        return [sorted_within(one, backwards=backwards) for one in cast("list[Any]", value)]
    return value


def written_anew(
    layout: Mapping[str, Any], *, in_order: bool = False, backwards: bool = False, ascii_only: bool = False
) -> Callable[[bytes], bytes]:
    """A function that writes a JSON body anew: as it came, or with its names sorted at every depth."""

    @lru_cache(maxsize=16)
    def write(body: bytes) -> bytes:
        try:
            content = read_json(body)
        except ValueError:
            return body
        ordered = sorted_within(content, backwards=backwards) if in_order or backwards else content
        return json.dumps(ordered, ensure_ascii=ascii_only, **layout).encode(errors="replace")

    return write
