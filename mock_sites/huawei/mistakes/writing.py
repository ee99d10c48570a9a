"""Digests and how they are written: the steps that all signatures share."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from mock_sites.huawei.mistakes.scheme import Way


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
