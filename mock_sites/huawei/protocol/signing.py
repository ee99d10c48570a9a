"""Signatures of the seller protocol, V2.0, and where calls carry them, as pure functions (spec huawei 2.5, 2.6,
4.1).
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast
from urllib.parse import quote

SIGNATURE: Final = "signature"
TIMESTAMP: Final = "timestamp"
NONCE: Final = "nonce"
"""Parameters of the query of a call of the production interface."""

KIT_SIGNATURE: Final = "x-sign"
KIT_TIMESTAMP: Final = "x-timestamp"
KIT_NONCE: Final = "x-nonce"
"""Headers of a call of the joint-operation kit."""

NONCE_LENGTH: Final = 32
"""The length of a nonce in the documents' examples, in characters."""

JSON: Final[Mapping[str, str]] = {"Accept": "application/json", "Content-Type": "application/json;charset=utf8"}
"""The headers of a call with a body, as in the examples of V2.0 (spec huawei 2.6a)."""

QUERY_DATE: Final = "X-Sdk-Date"
DATE_NAME: Final = QUERY_DATE.lower()
QUERY_SCHEME: Final = "SDK-HMAC-SHA256"
QUERY_FORM: Final = rf"{QUERY_SCHEME} Access=([^\s,]+), ?SignedHeaders=([^\s,]+), ?Signature=([0-9a-f]{{64}})"
"""The header of an order query with the time of signing, its name as it is signed, and the scheme and format of
its ``Authorization``."""


def payload(body: Mapping[str, Any]) -> bytes:
    """The body as it is signed and sent: compact JSON, names in ascending order, without nulls."""
    kept = {name: value for name, value in body.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def payloads(body: bytes) -> list[bytes]:
    """What a signature that a seller made may be over: the body as it was received, and as compact JSON with its names
    sorted at the top or at every depth (spec huawei 2.6a, sorting).
    """
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return [body]
    if not isinstance(content, dict):
        return [body]
    fields = cast("dict[str, Any]", content)
    return [body, _compact({name: fields[name] for name in sorted(fields)}), _compact(fields, sort_keys=True)]


def _compact(fields: Mapping[str, Any], *, sort_keys: bool = False) -> bytes:
    return json.dumps(fields, ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":")).encode(errors="replace")


def query_of_call(signature: str, nonce: str, timestamp: str) -> dict[str, str]:
    """The query of a call of the production interface."""
    return {SIGNATURE: signature, TIMESTAMP: timestamp, NONCE: nonce}


def headers_of_sync(signature: str, nonce: str, timestamp: str) -> dict[str, str]:
    """The headers of a call of the joint-operation kit."""
    return {**JSON, KIT_SIGNATURE: signature, KIT_TIMESTAMP: timestamp, KIT_NONCE: nonce}


def sign_call(access_key: str, nonce: str, timestamp: str, body: bytes) -> str:
    """The ``signature`` of a call of the production interface, V2; ``timestamp`` in milliseconds."""
    return _hmac_hex(access_key, f"{access_key}{nonce}{timestamp}{body_hash(access_key, body)}".encode())


def body_hash(access_key: str, body: bytes) -> str:
    """What the ``signature`` of a call of the production interface, V2, uses for the body."""
    return _hmac_hex(access_key, body)


def sign_sync(access_key: str, nonce: str, timestamp: str, body: bytes) -> str:
    """The ``x-sign`` of a call of the joint-operation kit, V2. It signs the body itself, not its hash."""
    return _hmac_hex(access_key, f"{access_key}{nonce}{timestamp}".encode() + body)


def sign_query(
    secret_key: str,
    *,
    method: str,
    path: str,
    query: Mapping[str, str],
    date: str,
    body: bytes = b"",
    headers: Mapping[str, str] = {},
) -> str:
    """The signature of an AK/SK request (SDK-HMAC-SHA256). See ``canonical_query``."""
    canonical = canonical_query(method, path, query, {**headers, DATE_NAME: date}, body)
    return _hmac_hex(secret_key, query_to_sign(date, canonical).encode())


def query_to_sign(date: str, canonical: str) -> str:
    """What is signed of an AK/SK request with this canonical form."""
    return f"{QUERY_SCHEME}\n{date}\n{hashlib.sha256(canonical.encode()).hexdigest()}"


def authorization(access_key_id: str, signature: str, headers: Iterable[str] = ()) -> str:
    """The header ``Authorization`` of an AK/SK request that signs ``X-Sdk-Date`` and ``headers``."""
    names = ";".join(sorted({DATE_NAME, *headers}))
    return f"{QUERY_SCHEME} Access={access_key_id}, SignedHeaders={names}, Signature={signature}"


def canonical_query(
    method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes = b""
) -> str:
    """The canonical form of an AK/SK request. Its hash is signed.

    ``headers`` are those that are signed, by their names in small letters: always ``X-Sdk-Date``, and what else the
    seller chooses, such as ``host`` (``sources.AK_SK_SIGNATURE``).
    """
    pairs = sorted((quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in query.items())
    return "\n".join(
        (
            method,
            quote(path.rstrip("/") + "/", safe="/-_.~"),
            "&".join(f"{name}={value}" for name, value in pairs),
            "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers)),
            ";".join(sorted(headers)),
            hashlib.sha256(body).hexdigest(),
        )
    )


def _hmac_hex(key: str, text: bytes) -> str:
    return hmac.digest(key.encode(), text, hashlib.sha256).hex()
