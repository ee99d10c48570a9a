"""Signatures, computed step by step."""

import base64
import hashlib
import hmac

KEY, STAMP = "mock-access-key", "20260302010000000"


def digest(text: bytes, key: str = KEY) -> bytes:
    """The bytes of an HMAC-SHA256."""
    return hmac.digest(key.encode(), text, hashlib.sha256)


def base64_of(content: bytes) -> str:
    """Standard Base64."""
    return base64.b64encode(content).decode()
