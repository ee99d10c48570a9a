"""Signatures of the seller protocol, as pure functions (spec huawei 2.5, 4.1, and 2.6 for the order query)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import quote

SKEW: Final = timedelta(seconds=60)
"""The largest allowed difference between a timestamp and now."""


def payload(body: Mapping[str, Any], *, deep: bool = False) -> str:
    """A body as compact JSON without nulls, its names sorted at the top or (``deep``) at every depth."""
    present = {name: body[name] for name in sorted(body) if body[name] is not None}
    return json.dumps(present, ensure_ascii=False, sort_keys=deep, separators=(",", ":"))


def payloads(body: Mapping[str, Any], raw: str) -> tuple[str, ...]:
    """What may be signed of a body that came as ``raw``. The documents' pages and demo differ (spec huawei 2.6a)."""
    return raw, payload(body), payload(body, deep=True)


def base_signature(key: str, nonce: str, timestamp: str, text: str) -> str:
    """The ``signature`` of the base interface, V2.0, over one of the ``payloads`` (spec huawei 2.5)."""
    return _digest(key, key + nonce + timestamp + _digest(key, text))


def kit_signature(key: str, nonce: str, timestamp: str, text: str) -> str:
    """The ``x-sign`` of the joint-operation kit, V2, over one of the ``payloads`` (spec huawei 4.1)."""
    return _digest(key, key + nonce + timestamp + text)


def is_same(expected: str, given: str) -> bool:
    """Compare signatures in constant time; the case of hex digits does not matter."""
    return hmac.compare_digest(expected.lower().encode(), given.lower().encode())


def is_timely(timestamp: str, now: datetime) -> bool:
    """Whether ``timestamp`` (milliseconds since 1970) is within 60 seconds of ``now``."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 16):
        return False
    return abs(now.timestamp() - int(timestamp) / 1000) <= SKEW.total_seconds()


def order_query_headers(key_id: str, secret: str, path: str, query: Mapping[str, str], now: datetime) -> dict[str, str]:
    """The headers of a GET to the marketplace, signed by AK/SK (SDK-HMAC-SHA256, only the date header is signed)."""
    date = f"{now:%Y%m%dT%H%M%SZ}"
    pairs = "&".join(f"{quote(name, safe='~')}={quote(query[name], safe='~')}" for name in sorted(query))
    empty_body = hashlib.sha256(b"").hexdigest()
    request = f"GET\n{path}/\n{pairs}\nx-sdk-date:{date}\n\nx-sdk-date\n{empty_body}"
    signature = _digest(secret, f"SDK-HMAC-SHA256\n{date}\n{hashlib.sha256(request.encode()).hexdigest()}")
    return {
        "X-Sdk-Date": date,
        "Authorization": f"SDK-HMAC-SHA256 Access={key_id}, SignedHeaders=x-sdk-date, Signature={signature}",
    }


def _digest(key: str, text: str) -> str:
    return hmac.digest(key.encode(), text.encode(), hashlib.sha256).hex()
