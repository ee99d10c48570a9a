"""Signing a call of V2.0 with the usual mistakes (spec huawei 2.5, 2.6a and 4.1)."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, cast

from mock_sites.huawei.mistakes import writing
from mock_sites.huawei.mistakes.calls_v1 import ENCODINGS
from mock_sites.huawei.mistakes.documented import documented, documented_within
from mock_sites.huawei.mistakes.scheme import Scheme, Way
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.world.foreign_text import read_json

Fields = Mapping[str, Any]
Layout = Mapping[str, Any]
HashOf = Callable[[str, bytes], bytes]
Change = Callable[[Any], str]
WriteIn = Callable[[Layout], Change]


def _sign(ways: Sequence[Any], key: str, nonce: str, timestamp: str, body: bytes) -> str:
    order, layout, letters, octets_of, key_of, front, unit, hash_of, digest, write = ways
    used = key_of(key)
    content = _written(body, order, letters(layout), octets_of)
    return write(digest(used, front(used, nonce, unit(timestamp)).encode() + hash_of(used, content)))


def _written(
    body: bytes, order: Callable[[Fields], Fields], write: Callable[[Any], str], octets_of: Callable[[str], bytes]
) -> bytes:
    try:
        fields = read_json(body)
    except ValueError:
        return body
    return octets_of(write(order(cast("Fields", fields)))) if isinstance(fields, dict) else body


# ---------------------------------------------------------------------- the order of names


def _as_it_came(fields: Fields) -> Fields:
    return fields


def _top_level(fields: Fields) -> Fields:
    return {name: fields[name] for name in sorted(fields)}


def _top_level_backwards(fields: Fields) -> Fields:
    return {name: fields[name] for name in sorted(fields, reverse=True)}


def _documented(fields: Fields) -> Fields:
    return {name: fields[name] for name in documented("v2", fields)}


def _all_documented(fields: Fields) -> Fields:
    return documented_within(_documented(fields))


def _top_level_sorted_only(fields: Fields) -> Fields:
    return documented_within(_top_level(fields))


def _without(empty: Callable[[Any], bool]) -> Callable[[Fields], Fields]:
    return lambda fields: {name: value for name, value in _top_level(fields).items() if not empty(value)}


_ORDERS: Final[Sequence[Way[Callable[[Fields], Fields]]]] = (
    ("", writing.sorted_within),
    ("", _as_it_came),
    ("", _top_level),
    ("only-top-level-sorted", _top_level_sorted_only),
    ("not-sorted", _documented),
    ("not-sorted", _all_documented),
    ("sorted-z-to-a", partial(writing.sorted_within, backwards=True)),
    ("sorted-z-to-a", _top_level_backwards),
    # JavaScript and Python; PHP; Java.
    ("empty-values-not-signed", _without(lambda value: not value)),
    ("empty-values-not-signed", _without(lambda value: not value or value == "0")),
    ("empty-values-not-signed", _without(lambda value: value in ("", []))),
)
"""Raw bodies, top-level and deep sorting are all right, because the marketplace sends sorted bodies."""


# ---------------------------------------------------------------------- the text of the body

_LAYOUTS: Final[Sequence[Way[Layout]]] = tuple(
    ("body-with-blanks" if number else "", layout) for number, layout in enumerate(writing.LAYOUTS)
)


def _letters(signs: str = "", *, ascii_only: bool = False) -> WriteIn:
    """Writes JSON with these signs escaped by their code points, but a slash by a backslash."""
    escapes = str.maketrans({sign: "\\/" if sign == "/" else f"\\u{ord(sign):04x}" for sign in signs})

    def write_in(layout: Layout) -> Change:
        return lambda content: json.dumps(content, ensure_ascii=ascii_only, **layout).translate(escapes)

    return write_in


_LETTERS: Final[Sequence[Way[WriteIn]]] = (
    ("", _letters()),
    ("body-escaped", _letters(ascii_only=True)),
    # PHP's json_encode, by default and with Chinese as it is; Java's Gson; Go's encoding/json.
    ("body-escaped", _letters("/", ascii_only=True)),
    ("body-escaped", _letters("/")),
    ("body-escaped", _letters("=&<>'")),
    ("body-escaped", _letters("&<>")),
)


# ---------------------------------------------------------------------- the text that is signed

_FRONTS: Final[Sequence[Way[Callable[[str, str, str], str]]]] = (
    ("", lambda key, nonce, timestamp: f"{key}{nonce}{timestamp}"),
    ("no-key-in-front", lambda _key, nonce, timestamp: f"{nonce}{timestamp}"),
    ("nonce-after-timestamp", lambda key, nonce, timestamp: f"{key}{timestamp}{nonce}"),
)

_UNITS: Final[Sequence[Way[Change]]] = (
    ("", str),
    ("timestamp-in-seconds", lambda timestamp: timestamp[:-3]),
)


def _hash(key: str, text: bytes) -> bytes:
    return writing.keyed(key, text).hex().encode()


def _no_hash(_key: str, text: bytes) -> bytes:
    return text


def _plain_hash(key: str, text: bytes) -> bytes:
    return writing.plain(key, text).hex().encode()


_HASHES: Final[Sequence[Way[HashOf]]] = (
    ("", _hash),
    ("no-body-hash", _no_hash),
    ("plain-sha256", _plain_hash),
    ("capitals-in-hash", lambda key, text: _hash(key, text).upper()),
    ("signature-in-base64", lambda key, text: writing.as_base64(writing.keyed(key, text)).encode()),
)
_HASHES_OF_KIT: Final[Sequence[Way[HashOf]]] = (("", _no_hash), ("body-hash", _hash), ("body-hash", _plain_hash))

_WRITINGS: Final[Sequence[Way[Callable[[bytes], str]]]] = (
    ("", bytes.hex),
    ("signature-in-base64", writing.as_base64),
    ("signature-in-base64", writing.as_base64_of_hex),
)


def _scheme(hashes: Sequence[Way[HashOf]]) -> Scheme:
    steps = (
        _ORDERS,
        _LAYOUTS,
        _LETTERS,
        ENCODINGS,
        writing.KEYS,
        _FRONTS,
        _UNITS,
        hashes,
        writing.DIGESTS[:2],
        _WRITINGS,
    )
    return Scheme(steps, _sign)


SCHEMES: Final[Mapping[Interface, Scheme]] = {
    Interface.PRODUCTION: _scheme(_HASHES),
    Interface.KIT: _scheme(_HASHES_OF_KIT),
}
"""Signing by key, nonce, timestamp and body."""
