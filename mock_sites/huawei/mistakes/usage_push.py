"""Signing a usage push with the usual mistakes (spec huawei 2.6b)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import permutations
from typing import Any, Final
from urllib.parse import quote

from mock_sites.huawei.mistakes import writing
from mock_sites.huawei.mistakes.scheme import UNLIKE, Scheme, Way
from mock_sites.huawei.protocol import signing, usage_push
from mock_sites.world.errors import N_

CURES: Final[Mapping[str, str]] = {
    "push-parts-swapped": N_(
        "ts, nonce and body were signed in another order. It is ts=...&nonce=...&body=..., in this order."
    ),
    "push-without-names": N_("ts, nonce and body were signed without their names. It is ts=...&nonce=...&body=..."),
    "push-without-body": N_("The body was not signed. It is ts=...&nonce=...&body=..., with the body as it is sent."),
    "push-body-alone": N_("Only the body was signed. It is ts=...&nonce=...&body=..."),
    "push-body-hash": N_("A hash of the body was signed. In a usage push the body itself is signed."),
    "push-like-production": N_(
        "The usage push was signed as a call of the production interface is. It is Base64 of HMAC-SHA256 over "
        "ts=...&nonce=...&body=..."
    ),
    "push-signature-in-hex": N_("The signature is in hex digits. In a usage push it is Base64 of the digest's octets."),
    "push-signature-url-encoded": N_("The signature is URL-encoded. A header has Base64 as it is."),
    "push-ts-in-seconds": N_("ts was signed in seconds. It is in milliseconds, as in the header."),
}
"""What to fix, by the name of the mistake: English sentences that pages translate. ``{names}`` are filled in."""

LARGEST: Final = 64 * 1024
"""The largest body in bytes whose signature is explained. Trying all mistakes on a larger one would take too long."""

Text = Callable[[str, str, str, bytes], bytes]
"""Writes the text to sign from key, ts, nonce and body."""


def explain(given: Mapping[str, str], body: bytes, *, key: str, other_keys: Iterable[str] = ()) -> tuple[str, ...]:
    """The mistakes in the signature of a push, as keys of ``catalogue.MISTAKES``. Empty if it is right.

    ``given`` has its headers. ``other_keys`` are keys that sellers take for the right one.
    """
    ts, nonce, signature = (given[name] for name in (usage_push.TIMESTAMP, usage_push.NONCE, usage_push.SIGNATURE))
    if len(body) > LARGEST:
        return (UNLIKE,)
    for other in other_keys:
        if any(usage_push.sign(other, ts, nonce, text) == signature for text in signing.payloads(body)):
            return ("key-of-other-class",)
    if signature.lower() in {signing.sign_call(key, nonce, ts, text) for text in signing.payloads(body)}:
        return ("push-like-production",)
    return SCHEME.explain(signature, key, ts, nonce, body)


def _sign(ways: Sequence[Any], key: str, ts: str, nonce: str, body: bytes) -> str:
    key_of, unit, body_of, text_of, digest, write = ways
    used = key_of(key)
    return write(digest(used, text_of(used, unit(ts), nonce, body_of(body))))


def _swapped(order: Sequence[int], _key: str, ts: str, nonce: str, body: bytes) -> bytes:
    parts = (f"ts={ts}".encode(), f"nonce={nonce}".encode(), b"body=" + body)
    return b"&".join(parts[number] for number in order)


def _hashed(hash_of: Callable[[str, bytes], bytes], key: str, ts: str, nonce: str, body: bytes) -> bytes:
    return usage_push.string_to_sign(ts, nonce, hash_of(key, body).hex().encode())


_UNITS: Final[Sequence[Way[Callable[[str], str]]]] = (("", str), ("push-ts-in-seconds", lambda ts: ts[:-3]))

_BODIES: Final[Sequence[Way[Callable[[bytes], bytes]]]] = (
    ("", bytes),
    *(("", writing.written_anew(writing.LAYOUTS[0], in_order=in_order)) for in_order in (True, False)),
    *(
        ("body-with-blanks", writing.written_anew(layout, in_order=in_order))
        for in_order in (True, False)
        for layout in writing.LAYOUTS[1:]
    ),
    *(
        ("body-escaped", writing.written_anew(writing.LAYOUTS[0], in_order=in_order, ascii_only=True))
        for in_order in (True, False)
    ),
    ("sorted-z-to-a", writing.written_anew(writing.LAYOUTS[0], backwards=True)),
)
"""A body may be signed as it was sent, or compact with its names sorted."""

_TEXTS: Final[Sequence[Way[Text]]] = (
    ("", lambda _key, ts, nonce, body: usage_push.string_to_sign(ts, nonce, body)),
    *(("push-parts-swapped", partial(_swapped, order)) for order in tuple(permutations(range(3)))[1:]),
    ("push-without-names", lambda _key, ts, nonce, body: f"{ts}{nonce}".encode() + body),
    ("push-without-names", lambda _key, ts, nonce, body: f"{nonce}{ts}".encode() + body),
    ("push-without-body", partial(_swapped, (0, 1))),
    ("push-without-body", lambda _key, ts, nonce, _body: usage_push.string_to_sign(ts, nonce, b"")),
    ("push-body-alone", lambda _key, _ts, _nonce, body: body),
    ("push-body-hash", partial(_hashed, writing.keyed)),
    ("push-body-hash", partial(_hashed, writing.plain)),
)

_WRITINGS: Final[Sequence[Way[Callable[[bytes], str]]]] = (
    ("", writing.as_base64),
    ("push-signature-in-hex", bytes.hex),
    ("push-signature-in-hex", writing.as_capital_hex),
    ("push-signature-in-hex", writing.as_base64_of_hex),
    ("signature-without-padding", writing.without_padding),
    ("signature-url-safe", writing.url_safe),
    ("push-signature-url-encoded", lambda digest: quote(writing.as_base64(digest), safe="")),
)

SCHEME: Final = Scheme((writing.KEYS, _UNITS, _BODIES, _TEXTS, writing.DIGESTS, _WRITINGS), _sign)
"""Signing by the key, ``ts``, ``nonce`` and the body."""
