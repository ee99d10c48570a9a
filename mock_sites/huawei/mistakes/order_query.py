"""Signing an order query, or a usage push by AK and SK, with the usual mistakes (spec huawei 2.6 and 2.6b)."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from mock_sites.huawei.mistakes import writing
from mock_sites.huawei.mistakes.scheme import Scheme, Way
from mock_sites.huawei.protocol import signing

Query = Mapping[str, str]
Headers = Mapping[str, str]
Lines = list[str]
"""The lines of a canonical request: method, path, query, headers, and the hash of the body."""


def _sign(ways: Sequence[Any], secret: str, method: str, path: str, query: Query, headers: Headers, body: bytes) -> str:
    lines_of, hash_of, key_of, write = ways
    lines = lines_of(signing.canonical_query(method, path, query, headers, body).split("\n"), query)
    hashed = hash_of("\n".join(lines))
    return write(
        writing.keyed(key_of(secret), f"{signing.QUERY_SCHEME}\n{headers[signing.DATE_NAME]}\n{hashed}".encode())
    )


def _right(lines: Lines, _query: Query) -> Lines:
    return lines


def _path_as_it_is(lines: Lines, _query: Query) -> Lines:
    return [lines[0], lines[1].rstrip("/"), *lines[2:]]


def _query_as_it_came(lines: Lines, query: Query) -> Lines:
    return [*lines[:2], "&".join(f"{name}={value}" for name, value in query.items()), *lines[3:]]


def _no_query(lines: Lines, _query: Query) -> Lines:
    return [*lines[:2], "", *lines[3:]]


def _no_body_line(lines: Lines, _query: Query) -> Lines:
    return lines[:-1]


def _empty_body(lines: Lines, _query: Query) -> Lines:
    return [*lines[:-1], _hash("")]


def _hash(request: str) -> str:
    return hashlib.sha256(request.encode()).hexdigest()


_REQUESTS: Final[Sequence[Way[Callable[[Lines, Query], Lines]]]] = (
    ("", _right),
    ("path-without-slash", _path_as_it_is),
    ("not-sorted", _query_as_it_came),
    ("query-missing", _no_query),
    ("body-line-missing", _no_body_line),
    ("body-line-of-nothing", _empty_body),
)
_HASHES: Final[Sequence[Way[Callable[[str], str]]]] = (("", _hash), ("request-not-hashed", str))
_WRITINGS: Final[Sequence[Way[Callable[[bytes], str]]]] = (("", bytes.hex), ("signature-in-base64", writing.as_base64))

SCHEME: Final = Scheme((_REQUESTS, _HASHES, writing.KEYS, _WRITINGS), _sign)
"""Signing by the secret access key, the method, the path, the query, the signed headers and the body."""
