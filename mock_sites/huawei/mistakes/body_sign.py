"""The ``Body-Sign`` of an answer, V1.0: why the marketplace refuses it, and which usual mistake explains it.

The gateway's verdicts and the conformance run use it (spec huawei 2.2, 2.6a and 5). The three messages are Huawei's,
word for word.
"""

import hmac
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote

from mock_sites.huawei.mistakes import writing
from mock_sites.huawei.mistakes.scheme import UNLIKE, Scheme, Way
from mock_sites.huawei.protocol.signing_v1 import (
    BODY_SIGN,
    BODY_SIGN_FORM,
    EMPTY,
    MALFORMED,
    MISMATCH,
    answer_signature,
)
from mock_sites.world.errors import N_

_FORM: Final = re.compile(BODY_SIGN_FORM)
_REPEATED: Final = re.compile(f"{BODY_SIGN_FORM}(?:, *{BODY_SIGN_FORM})*")
"""One header, or several that were joined on the way."""

_OF_PROXIES: Final = ("via", "x-cache", "x-envoy-upstream-service-time", "x-kong-proxy-latency", "cf-ray")
"""Headers that proxies and gateways add to answers."""

CURES: Final[Mapping[str, str]] = {
    "body-sign-missing": N_("The answer has no header Body-Sign; sign the octets of the body with the key alone."),
    "body-sign-lost": N_(
        "Body-Sign is missing, and the answer came through a proxy ({proxy}). If your service sends the header, let "
        "the proxy pass it on; if not, sign the octets of the body with the key alone."
    ),
    "body-sign-header-name": N_("The header's name is written in another case; it is Body-Sign, letter by letter."),
    "body-sign-quotes": N_('The quotes are missing; write sign_type="HMAC-SHA256", signature="...".'),
    "body-sign-type": N_('The sign_type is another one; it is "HMAC-SHA256".'),
    "body-sign-no-signature": N_("The signature within Body-Sign is empty."),
    "body-sign-repeated": N_("Body-Sign is there several times, with different signatures; send it once."),
    "body-sign-form": N_('Body-Sign is not in its form: sign_type="HMAC-SHA256", signature="...".'),
    "body-sign-key-with-timestamp": N_("Body-Sign was made with the key and timeStamp; use the key alone."),
    "body-sign-key-with-blank": N_("Body-Sign was made with a key that ends in a line break or a blank; strip it."),
    "body-sign-no-key": N_("Body-Sign was made with an empty key."),
    "body-sign-newline": N_(
        "A line break was added to or taken from the body after it was signed; send what is signed."
    ),
    "body-sign-reserialised": N_(
        "The body was serialized anew after it was signed; sign the very octets that are sent."
    ),
    "body-sign-no-body": N_("Body-Sign was made over an empty text; sign the octets of the body."),
    "body-sign-plain-sha256": N_("Body-Sign is a plain SHA-256; it is an HMAC-SHA256 with the key."),
    "body-sign-hex": N_("The signature is written in hex digits; it is Base64 of the digest's octets."),
    "body-sign-hex-base64": N_("The signature is Base64 of hex digits; it is Base64 of the digest's octets."),
    "body-sign-url-safe": N_("The signature is URL-safe Base64; use the ordinary alphabet with + and /."),
    "body-sign-no-padding": N_("The = signs at the end of the Base64 are missing."),
    "body-sign-url-encoded": N_("The signature is URL-encoded; a header carries Base64 as it is."),
    "body-sign-blank": N_("A + of the signature became a blank; it was URL-decoded although it never was encoded."),
    "body-sign-unlike": N_(
        "The signature is none of the usual mistakes; most likely another key, or a body changed after it was signed."
    ),
}
"""What to fix, by the name of the mistake: English sentences that pages translate. ``{names}`` are filled in."""


@dataclass(frozen=True)
class BodySignFault:
    """Why an answer's signature is refused."""

    complaint: str
    """The marketplace's message, in its own words; ``{expected}`` stands for the right signature."""
    mistakes: tuple[str, ...]
    """Names of the mistakes, keys of ``CURES``. Several if they were made together."""
    expected: str = field(default="", compare=False)
    """The right signature."""
    proxy: str = field(default="", compare=False)
    """The header of a proxy through which the answer came."""

    @property
    def message(self) -> str:
        """The whole message."""
        return self.complaint.format(expected=self.expected)


def find_fault(
    headers: Iterable[tuple[str, str]], body: bytes, *, key: str, timestamp: str = "", explain: bool = True
) -> BodySignFault | None:
    """What is wrong with the signature of an answer. None if it is right.

    ``headers`` have their names as they were received. ``timestamp`` is the ``timeStamp`` of the call. Without
    ``explain`` no mistakes are looked for in a signature that does not fit: it is ``body-sign-unlike``.
    """
    every = [(name, value.strip()) for name, value in headers]
    named = [(name, value) for name, value in every if name.lower() == BODY_SIGN.lower()]
    header = ", ".join(value for name, value in named if name == BODY_SIGN and value)
    if not header:
        return _missing(every, renamed=any(value for _, value in named))
    if not _REPEATED.fullmatch(header):
        return BodySignFault(MALFORMED, (_malformed(header),))
    signature, *others = dict.fromkeys(_FORM.findall(header))
    if others:
        return BodySignFault(MALFORMED, ("body-sign-repeated",))
    expected = answer_signature(key, body)
    if hmac.compare_digest(signature.encode(), expected.encode()):
        return None
    found = SCHEME.explain(signature, key, timestamp, body) if explain else (UNLIKE,)
    return BodySignFault(MISMATCH, ("body-sign-unlike",) if found == (UNLIKE,) else found, expected)


def _missing(headers: Iterable[tuple[str, str]], *, renamed: bool) -> BodySignFault:
    proxy = next((f"{name}: {value}" for name, value in headers if name.lower() in _OF_PROXIES), "")
    if renamed:
        return BodySignFault(EMPTY, ("body-sign-header-name",))
    return BodySignFault(EMPTY, ("body-sign-lost" if proxy else "body-sign-missing",), proxy=proxy)


def _malformed(header: str) -> str:
    if 'signature=""' in header or "signature" not in header:
        return "body-sign-no-signature"
    if "HMAC-SHA256" not in header:
        return "body-sign-type"
    return "body-sign-quotes" if '"' not in header else "body-sign-form"


# ---------------------------------------------------------------------- how it is signed


def _sign(ways: Sequence[Any], key: str, timestamp: str, body: bytes) -> str:
    key_of, text_of, digest, write = ways
    return write(digest(key_of(key, timestamp), text_of(body)))


_KEYS: Final[Sequence[Way[Callable[[str, str], str]]]] = (
    ("", lambda key, _timestamp: key),
    ("body-sign-key-with-timestamp", lambda key, timestamp: key + timestamp),
    ("body-sign-key-with-blank", lambda key, _timestamp: f"{key}\n"),
    ("body-sign-key-with-blank", lambda key, _timestamp: f"{key} "),
    ("body-sign-no-key", lambda _key, _timestamp: ""),
)


_TEXTS: Final[Sequence[Way[Callable[[bytes], bytes]]]] = (
    ("", bytes),
    ("body-sign-newline", lambda body: body + b"\n"),
    ("body-sign-newline", lambda body: body + b"\r\n"),
    ("body-sign-newline", lambda body: body.rstrip(b"\r\n")),
    ("body-sign-no-body", lambda _body: b""),
    *(
        ("body-sign-reserialised", writing.written_anew(layout, in_order=in_order, ascii_only=ascii_only))
        for in_order in (True, False)
        for ascii_only in (True, False)
        for layout in writing.LAYOUTS
    ),
)
"""What may have been signed in place of the body."""

_DIGESTS: Final[Sequence[Way[Callable[[str, bytes], bytes]]]] = (
    ("", writing.keyed),
    *(("body-sign-plain-sha256", digest) for _, digest in writing.DIGESTS[1:]),
)

_WRITINGS: Final[Sequence[Way[Callable[[bytes], str]]]] = (
    ("", writing.as_base64),
    ("body-sign-hex", bytes.hex),
    ("body-sign-hex", writing.as_capital_hex),
    ("body-sign-hex-base64", writing.as_base64_of_hex),
    ("body-sign-url-safe", writing.url_safe),
    ("body-sign-no-padding", writing.without_padding),
    ("body-sign-url-encoded", lambda digest: quote(writing.as_base64(digest), safe="")),
    ("body-sign-blank", writing.with_plus_as_blank),
)

SCHEME: Final = Scheme((_KEYS, _TEXTS, _DIGESTS, _WRITINGS), _sign)
"""Signing by the key, the call's ``timeStamp`` (which does not belong there) and the body."""
