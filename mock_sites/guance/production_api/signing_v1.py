"""Signatures of the seller protocol, V1.0, as pure functions (spec huawei 2.2 and 4.1)."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from mock_sites.guance.production_api.signing import SKEW
from mock_sites.world.clock import BEIJING

TOKEN: Final = "authToken"
TIMESTAMP: Final = "timeStamp"
BODY_SIGN: Final = "Body-Sign"

KIT_ZONE: Final = BEIJING
"""The kit's timestamps are eight hours ahead of those of the base interface (spec huawei 4.1)."""


def call_token(key: str, parameters: Mapping[str, str]) -> str:
    """The ``authToken`` of the base interface: over all decoded parameters except itself, sorted by name."""
    text = "&".join(f"{name}={parameters[name]}" for name in sorted(parameters) if name != TOKEN)
    return _digest(key + parameters[TIMESTAMP], text.encode())


def sync_token(key: str, body: Mapping[str, Any]) -> str:
    """The ``authToken`` of the joint-operation kit: over the fields of the body that are not blank, as texts."""
    texts = {name: _text(value) for name, value in body.items()}
    return call_token(key, {name: text for name, text in texts.items() if text})


def body_sign(key: str, content: bytes) -> str:
    """The ``Body-Sign`` header of an answer, over its bytes. The quotes are part of the value, and the key is used
    alone.
    """
    return f'sign_type="HMAC-SHA256", signature="{_digest(key, content)}"'


def is_same(expected: str, given: str) -> bool:
    """Compare signatures in constant time."""
    return hmac.compare_digest(expected.encode(), given.encode())


def is_timely(stamp: str, now: datetime, ahead: timedelta = timedelta()) -> bool:
    """Whether ``stamp`` (``yyyyMMddHHmmssSSS``, ``ahead`` of UTC) is within 60 seconds of ``now``."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) == 17):
        return False
    try:
        sent = datetime.strptime(f"{stamp}000", "%Y%m%d%H%M%S%f").replace(tzinfo=UTC)
    except ValueError:
        return False
    return abs(now - (sent - ahead)) <= SKEW


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _digest(key: str, content: bytes) -> str:
    return base64.b64encode(hmac.digest(key.encode(), content, hashlib.sha256)).decode()
