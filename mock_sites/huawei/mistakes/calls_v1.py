"""Signing a call of V1.0 with the usual mistakes (spec huawei 2.2 and 4.1)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote, quote_plus, unquote_plus

from mock_sites.huawei.mistakes import writing
from mock_sites.huawei.mistakes.documented import documented
from mock_sites.huawei.mistakes.scheme import Scheme, Way
from mock_sites.huawei.protocol import signing_v1
from mock_sites.huawei.protocol.parameters import Interface

Parameters = Mapping[str, str]
Names = Sequence[str]


def _sign(ways: Sequence[Any], key: str, parameters: Parameters) -> str:
    fields_of, order, value_of, octets_of, key_of, digest, write = ways
    fields = {name: value for name, value in fields_of(parameters).items() if name != signing_v1.TOKEN}
    text = "&".join(f"{name}={value_of(fields[name])}" for name in order(fields))
    return write(digest(key_of(key, parameters.get(signing_v1.TIMESTAMP, "")), octets_of(text)))


def _all(parameters: Parameters) -> Parameters:
    return parameters


def _filled(parameters: Parameters) -> Parameters:
    return {name: value for name, value in parameters.items() if value}


def _without_zeros(parameters: Parameters) -> Parameters:
    return {name: value for name, value in parameters.items() if value not in {"", "0"}}


def _ascending(fields: Parameters) -> Names:
    return sorted(fields)


def _descending(fields: Parameters) -> Names:
    return sorted(fields, reverse=True)


def _as_they_came(fields: Parameters) -> Names:
    return list(fields)


def _documented(fields: Parameters) -> Names:
    return documented("v1", fields)


_ORDERS: Final[Sequence[Way[Callable[[Parameters], Names]]]] = (
    ("", _ascending),
    ("not-sorted", _as_they_came),
    ("not-sorted", _documented),
    ("sorted-z-to-a", _descending),
)


def _encoded_with_small_digits(value: str) -> str:
    """As JavaScript and C# encode a value, after which some write the digits small."""
    return "".join(part if len(part) == 1 else part.lower() for part in map(quote_plus, value))


def _encoded_twice(value: str) -> str:
    return quote_plus(quote_plus(value))


def _blanks_as_plus(value: str) -> str:
    return value.replace(" ", "+")


_VALUES: Final[Sequence[Way[Callable[[str], str]]]] = (
    ("", str),
    ("values-not-decoded", quote_plus),
    ("values-not-decoded", lambda value: quote(value, safe="")),
    ("values-not-decoded", _encoded_with_small_digits),
    ("values-encoded-twice", _encoded_twice),
    ("values-decoded-twice", unquote_plus),
    ("plus-not-decoded", _blanks_as_plus),
)


def _utf8(text: str) -> bytes:
    return text.encode()


def _read_as_latin_1(text: str) -> bytes:
    return text.encode().decode("latin-1").encode()


def _gbk(text: str) -> bytes:
    return text.encode("gbk", errors="replace")


def _read_as_gbk(text: str) -> bytes:
    return text.encode().decode("gbk", errors="replace").encode()


ENCODINGS: Final[Sequence[Way[Callable[[str], bytes]]]] = (
    ("", _utf8),
    ("not-utf8", _read_as_latin_1),
    ("not-utf8", _gbk),
    ("not-utf8", _read_as_gbk),
)
"""Ways to make bytes of a text."""


def _key_and_time(key: str, timestamp: str) -> str:
    return key + timestamp


def _with(ending: str) -> Callable[[str, str], str]:
    return lambda key, timestamp: key + ending + timestamp


_KEYS: Final[Sequence[Way[Callable[[str, str], str]]]] = (
    ("", _key_and_time),
    ("key-without-timestamp", lambda key, _timestamp: key),
    ("key-after-timestamp", lambda key, timestamp: timestamp + key),
    ("key-with-blank", _with("\n")),
    ("key-with-blank", _with(" ")),
    ("key-empty", lambda _key, timestamp: timestamp),
    ("key-empty", lambda _key, _timestamp: ""),
)

_WRITINGS: Final[Sequence[Way[Callable[[bytes], str]]]] = (
    ("", writing.as_base64),
    ("signature-in-hex", bytes.hex),
    ("signature-in-hex", writing.as_capital_hex),
    ("signature-in-hex", writing.as_base64_of_hex),
    ("plus-became-blank", writing.with_plus_as_blank),
    ("signature-without-padding", writing.without_padding),
    ("signature-url-safe", writing.url_safe),
)

_OF_PRODUCTION: Final[Sequence[Way[Callable[[Parameters], Parameters]]]] = (
    ("", _all),
    ("empty-values-not-signed", _filled),
    ("empty-values-not-signed", _without_zeros),
)
_OF_KIT: Final[Sequence[Way[Callable[[Parameters], Parameters]]]] = (
    ("", _filled),
    ("blank-values-signed", _all),
    ("empty-values-not-signed", _without_zeros),
)

_STEPS: Final = (_ORDERS, _VALUES, ENCODINGS, _KEYS, writing.DIGESTS, _WRITINGS)

SCHEMES: Final[Mapping[Interface, Scheme]] = {
    Interface.PRODUCTION: Scheme((_OF_PRODUCTION, *_STEPS), _sign),
    Interface.KIT: Scheme((_OF_KIT, *_STEPS), _sign),
}
"""Signing by the key and the parameters, which are decoded texts."""


def sign_url_safe(key: str, parameters: Parameters) -> str:
    """The token of a call of the production interface in the Base64 for URLs."""
    text = signing_v1.string_to_sign(parameters).encode()
    return writing.url_safe(writing.keyed(_key_and_time(key, parameters[signing_v1.TIMESTAMP]), text))
