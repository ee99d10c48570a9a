"""Finds which usual mistake explains a wrong signature: it makes mistakes on purpose until one gives the same
signature.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any, Final, TypeVar, cast
from urllib.parse import quote_plus

from mock_sites.huawei.protocol import signing, signing_v1
from mock_sites.huawei.seller_gateway.body_sign import ADVICE, LAYOUTS
from mock_sites.world.errors import N_
from mock_sites.world.foreign_text import read_json

TEXTS: Final[Mapping[str, str]] = {
    **ADVICE,
    "key-without-time-stamp": N_("It was signed with the key alone. A call is signed with the key and its timeStamp."),
    "blank-around-key": N_("The key was used with a line break or a blank behind it."),
    "no-key": N_("An empty key was used."),
    "sorted": N_("The names of the signed body stand in another order than those of the body."),
    "escaped": N_("Letters other than ASCII were signed in another form (\\uXXXX) than they were sent in."),
    "hex": N_("The signature is written as hexadecimal digits; it must be Base64."),
    "base64": N_("The signature is written in Base64; it must be hexadecimal digits."),
    "url-safe": N_("The Base64 is the one for URLs, with - and _; it must be the standard one, with + and /."),
    "no-padding": N_("The = signs at the end of the Base64 are missing."),
    "plus": N_("A + of the Base64 became a blank: a query must be decoded, and encoded, as a whole."),
    "not-decoded": N_("The values were signed as they stand in the query. They are signed decoded."),
    "not-sorted": N_("The names were not sorted before they were signed."),
    "seconds": N_("The timestamp was signed in seconds. It is in milliseconds."),
    "no-key-in-front": N_("The text to sign does not begin with the key: it is key, nonce, timestamp and body hash."),
    "no-body-hash": N_("The body was signed as it is. Here its HMAC-SHA256 is signed."),
    "body-hash": N_("The HMAC-SHA256 of the body was signed. Here the body is signed as it is."),
    "plain-hash": N_("The body hash is a plain SHA-256. It is an HMAC-SHA256 with the key."),
    "swapped": N_("Nonce and timestamp were swapped."),
    "unsorted-body": N_("The body was signed as it is. Its names are sorted, and it is written without blanks."),
    "no-slash": N_("The path of the canonical request must end with a slash."),
    "query-missing": N_("The query is missing in the canonical request."),
    "no-body-line": N_("The hash of the (empty) body is missing at the end of the canonical request."),
    "not-hashed": N_("The canonical request was signed as it is. Its SHA-256 is signed."),
    "other": N_("None of the usual mistakes explains it. Compare the key and the text to sign, octet by octet."),
}
"""A sentence for each mistake, with those of answers. Pages translate them."""

Done = TypeVar("Done")
Way = tuple[str, Done]
"""One way to do a step of signing: its mistake, or "" for the right way, and its result."""

Write = Callable[[bytes], str]
HashOf = Callable[[str, bytes], bytes]
FrontOf = Callable[[str, str, str], str]


def of_token(key: str, parameters: Mapping[str, str], given: str) -> str:
    """The mistakes in the ``authToken`` of a V1 call. "" if it is right. ``parameters`` are decoded, in order."""
    signed = {name: value for name, value in parameters.items() if name != signing_v1.TOKEN}
    encoded = {name: quote_plus(value) for name, value in signed.items()}
    texts = [
        ("", signing_v1.string_to_sign(signed)),
        ("not-sorted", "&".join(f"{name}={value}" for name, value in signed.items())),
        ("not-decoded", signing_v1.string_to_sign(encoded)),
    ]
    time_stamp = parameters.get(signing_v1.TIMESTAMP, "")
    keys = [*((mistake, used + time_stamp) for mistake, used in _keys(key)), ("key-without-time-stamp", key)]
    return _explain(given, [[(mistake, text.encode()) for mistake, text in texts], keys, BASE64], _sign_v1)


def of_call(key: str, nonce: str, timestamp: str, body: bytes, given: str, *, hashed: bool = True) -> str:
    """The mistakes in the ``signature`` of a V2 call or (not ``hashed``) the kit's ``x-sign``. "" if it is right."""
    times = [("", timestamp), ("seconds", timestamp[:-3])]

    def sign(*ways: Any) -> str:
        text, used, write, front, time, hash_of = ways
        return write(_hmac(used, front(used, nonce, time).encode() + hash_of(used, text)))

    wanted = given if given.endswith("=") else given.lower()
    hashes = _HASHES if hashed else _HASHES_OF_KIT
    return _explain(wanted, [_payloads(body), _keys(key), HEX, _FRONTS, times, hashes], sign)


def of_query(secret: str, path: str, query: Mapping[str, str], date: str, given: str) -> str:
    """The mistakes in the signature of an order query. "" if it is right."""
    right = signing.canonical_query("GET", path, query, date)
    lines = right.split("\n")
    in_order = "&".join(f"{name}={value}" for name, value in query.items())
    requests = [
        ("", right),
        ("no-slash", "\n".join([lines[0], path.rstrip("/"), *lines[2:]])),
        ("not-sorted", "\n".join([*lines[:2], in_order, *lines[3:]])),
        ("query-missing", "\n".join([*lines[:2], "", *lines[3:]])),
        ("no-body-line", "\n".join(lines[:-1])),
    ]
    to_sign = [
        *((mistake, hashlib.sha256(request.encode()).hexdigest()) for mistake, request in requests),
        ("not-hashed", right),
    ]

    def sign(text: str, used: str, write: Write) -> str:
        return write(_hmac(used, f"SDK-HMAC-SHA256\n{date}\n{text}".encode()))

    return _explain(given, [to_sign, _keys(secret), HEX], sign)


def _explain(given: str, steps: Sequence[Sequence[Way[Any]]], sign: Callable[..., str]) -> str:
    """The smallest set of mistakes that gives the signature."""
    tried = sorted(product(*steps), key=lambda ways: sum(len(mistake.split()) for mistake, _ in ways))
    for ways in tried:
        if hmac.compare_digest(sign(*(way for _, way in ways)).encode(), given.encode()):
            return " ".join(mistake for mistake, _ in ways if mistake)
    return "other"


def _sign_v1(text: bytes, key: str, write: Write) -> str:
    return write(_hmac(key, text))


def _keys(key: str) -> list[Way[str]]:
    return [("", key), ("blank-around-key", key + "\n"), ("blank-around-key", key + " "), ("no-key", "")]


def _payloads(body: bytes) -> list[Way[bytes]]:
    """The payload of V2, and what may have been signed in its place."""
    ways = [("", _payload(body)), ("unsorted-body", body)]
    return ways + [(mistake or "unsorted-body", text) for mistake, text in _rewritten(body)]


def _payload(body: bytes) -> bytes:
    try:
        content = read_json(body)
    except ValueError:
        return body
    return signing.payload(cast("dict[str, Any]", content)) if isinstance(content, dict) else body


def _rewritten(body: bytes) -> list[Way[bytes]]:
    """The body in the layouts of other libraries."""
    try:
        content = read_json(body)
    except ValueError:
        return []
    ways: list[Way[bytes]] = []
    for order, escaped, layout in product((False, True), (False, True), LAYOUTS):
        text = json.dumps(content, sort_keys=order, ensure_ascii=escaped, **layout).encode(errors="replace")
        ways.append((" ".join(name for name, used in (("sorted", order), ("escaped", escaped)) if used), text))
    return ways


def _base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


def _hex(digest: bytes) -> str:
    return digest.hex()


def _capital_hex(digest: bytes) -> str:
    return digest.hex().upper()


def _base64_of_hex(digest: bytes) -> str:
    return _base64(digest.hex().encode())


def _plus_as_blank(digest: bytes) -> str:
    return _base64(digest).replace("+", " ")


def _unpadded(digest: bytes) -> str:
    return _base64(digest).rstrip("=")


def _url_safe(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).decode()


BASE64: Final[Sequence[Way[Write]]] = (
    ("", _base64),
    ("hex", _hex),
    ("hex", _capital_hex),
    ("hex", _base64_of_hex),
    ("plus", _plus_as_blank),
    ("no-padding", _unpadded),
    ("url-safe", _url_safe),
)
"""Ways to write a V1 signature. The first is right."""

HEX: Final[Sequence[Way[Write]]] = (("", _hex), ("base64", _base64))
"""Ways to write a V2 signature. The first is right."""


def _keyed_hash(key: str, text: bytes) -> bytes:
    return _hmac(key, text).hex().encode()


def _no_hash(_key: str, text: bytes) -> bytes:
    return text


def _plain_hash(_key: str, text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest().encode()


_HASHES: Final[Sequence[Way[HashOf]]] = (("", _keyed_hash), ("no-body-hash", _no_hash), ("plain-hash", _plain_hash))
_HASHES_OF_KIT: Final[Sequence[Way[HashOf]]] = (("", _no_hash), ("body-hash", _keyed_hash), ("body-hash", _plain_hash))


def _front(key: str, nonce: str, timestamp: str) -> str:
    return f"{key}{nonce}{timestamp}"


def _keyless_front(_key: str, nonce: str, timestamp: str) -> str:
    return f"{nonce}{timestamp}"


def _swapped_front(key: str, nonce: str, timestamp: str) -> str:
    return f"{key}{timestamp}{nonce}"


_FRONTS: Final[Sequence[Way[FrontOf]]] = (
    ("", _front),
    ("no-key-in-front", _keyless_front),
    ("swapped", _swapped_front),
)


def _hmac(key: str, text: bytes) -> bytes:
    return hmac.digest(key.encode(), text, hashlib.sha256)
