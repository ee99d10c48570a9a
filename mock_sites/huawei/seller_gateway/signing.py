"""Signatures of the seller protocol, as pure functions (spec huawei 2.5, 2.6 and 4.1)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote


def payload(body: Mapping[str, Any]) -> bytes:
    """The body as it is signed and sent: compact JSON, names in ascending order, nothing that is null."""
    kept = {name: value for name, value in body.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sign_call(access_key: str, nonce: str, timestamp: str, body: bytes) -> str:
    """The ``signature`` of a call of the production interface, V2; ``timestamp`` in milliseconds."""
    return _hmac_hex(access_key, f"{access_key}{nonce}{timestamp}{body_hash(access_key, body)}".encode())


def body_hash(access_key: str, body: bytes) -> str:
    """What stands for the body in the ``signature`` of a call of the production interface, V2."""
    return _hmac_hex(access_key, body)


def sign_sync(access_key: str, nonce: str, timestamp: str, body: bytes) -> str:
    """The ``x-sign`` of a call of the joint-operation kit, V2, which signs the body itself, not its hash."""
    return _hmac_hex(access_key, f"{access_key}{nonce}{timestamp}".encode() + body)


def sign_query(
    secret_key: str, *, method: str, path: str, query: Mapping[str, str], date: str, body: bytes = b""
) -> str:
    """The signature of an AK/SK request (SDK-HMAC-SHA256) that signs the header ``X-Sdk-Date`` alone."""
    canonical = canonical_query(method, path, query, date, body)
    to_sign = f"SDK-HMAC-SHA256\n{date}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    return _hmac_hex(secret_key, to_sign.encode())


def canonical_query(method: str, path: str, query: Mapping[str, str], date: str, body: bytes = b"") -> str:
    """The canonical form of an AK/SK request, whose hash is signed."""
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in query.items())
    return "\n".join(
        (
            method,
            quote(path.rstrip("/") + "/", safe="/-_.~"),
            "&".join(f"{name}={value}" for name, value in pairs),
            f"x-sdk-date:{date}\n",
            "x-sdk-date",
            hashlib.sha256(body).hexdigest(),
        )
    )


def _hmac_hex(key: str, text: bytes) -> str:
    return hmac.digest(key.encode(), text, hashlib.sha256).hex()
