"""The ``Body-Sign`` of an answer, V1.0: why the marketplace refuses it, and which usual mistake explains it.

This is the only place that finds mistakes in an answer's signature, as pure functions. The gateway's verdicts and the
conformance run use it (spec huawei 2.2, 2.6a and 5). The three messages are Huawei's, word for word.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final
from urllib.parse import quote

from mock_sites.huawei.protocol.signing_v1 import (
    BODY_SIGN,
    BODY_SIGN_FORM,
    EMPTY,
    MALFORMED,
    MISMATCH,
    answer_signature,
)
from mock_sites.world.errors import N_
from mock_sites.world.foreign_text import read_json

_FORM: Final = re.compile(BODY_SIGN_FORM)
_REPEATED: Final = re.compile(f"{BODY_SIGN_FORM}(?:, *{BODY_SIGN_FORM})*")
"""One header, or several that were joined on the way."""

ADVICE: Final[Mapping[str, str]] = {
    "body-sign-missing": N_("The answer has no header Body-Sign; sign the octets of the body with the key alone."),
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
        "The body was serialised anew after it was signed; sign the very octets that are sent."
    ),
    "body-sign-no-body": N_("Body-Sign was made over an empty text; sign the octets of the body."),
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
"""What to fix, by the name of the mistake: an English sentence that pages translate."""


@dataclass(frozen=True)
class BodySignFault:
    """Why an answer's signature is refused."""

    complaint: str
    """The marketplace's message, in its own words; ``{expected}`` stands for the right signature."""
    mistakes: tuple[str, ...]
    """Names of the mistakes, keys of ``ADVICE``. Several if they were made together."""
    expected: str = field(default="", compare=False)
    """The right signature."""

    @property
    def message(self) -> str:
        """The whole message."""
        return self.complaint.format(expected=self.expected)


def find_fault(
    headers: Iterable[tuple[str, str]], body: bytes, *, key: str, timestamp: str = ""
) -> BodySignFault | None:
    """What is wrong with the signature of an answer. None if it is right.

    ``headers`` have their names as they were received. ``timestamp`` is the ``timeStamp`` of the call.
    """
    named = [(name, value.strip()) for name, value in headers if name.lower() == BODY_SIGN.lower()]
    header = ", ".join(value for name, value in named if name == BODY_SIGN and value)
    if not header:
        return BodySignFault(EMPTY, ("body-sign-header-name" if any(v for _, v in named) else "body-sign-missing",))
    if not _REPEATED.fullmatch(header):
        return BodySignFault(MALFORMED, (_malformed(header),))
    signature, *others = dict.fromkeys(_FORM.findall(header))
    if others:
        return BodySignFault(MALFORMED, ("body-sign-repeated",))
    expected = answer_signature(key, body)
    if hmac.compare_digest(signature.encode(), expected.encode()):
        return None
    return BodySignFault(MISMATCH, _mistakes(signature, key, timestamp, body), expected)


def _malformed(header: str) -> str:
    if 'signature=""' in header or "signature" not in header:
        return "body-sign-no-signature"
    if "HMAC-SHA256" not in header:
        return "body-sign-type"
    return "body-sign-quotes" if '"' not in header else "body-sign-form"


def _mistakes(signature: str, key: str, timestamp: str, body: bytes) -> tuple[str, ...]:
    """The smallest set of usual mistakes that together give ``signature``."""
    keys = [
        ("", key),
        ("body-sign-key-with-timestamp", key + timestamp),
        *(("body-sign-key-with-blank", key + blank) for blank in ("\n", " ")),
        ("body-sign-no-key", ""),
    ]
    tries = [
        (tuple(filter(None, (of_key, of_body, of_writing))), (used, text, write))
        for (of_key, used), (of_body, text), (of_writing, write) in product(keys, _bodies(body), _WRITINGS)
    ]
    for names, (used, text, write) in sorted(tries, key=lambda attempt: len(attempt[0])):
        if write(hmac.digest(used.encode(), text, hashlib.sha256)) == signature:
            return names
    return ("body-sign-unlike",)


def _bodies(body: bytes) -> Iterator[tuple[str, bytes]]:
    """What may have been signed in place of ``body``."""
    yield "", body
    for ending in (b"\n", b"\r\n"):
        yield "body-sign-newline", body + ending
    yield "body-sign-newline", body.rstrip(b"\r\n")
    yield "body-sign-no-body", b""
    try:
        answer = read_json(body)
    except ValueError:
        return
    for in_order, ascii_only, layout in product((True, False), (True, False), LAYOUTS):
        text = json.dumps(answer, sort_keys=in_order, ensure_ascii=ascii_only, **layout)
        yield "body-sign-reserialised", text.encode(errors="replace")


LAYOUTS: Final[Sequence[dict[str, Any]]] = ({"separators": (",", ":")}, {}, {"indent": 2}, {"indent": 4})
"""The layouts in which JSON libraries write a body."""


def _base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


_WRITINGS: Final[list[tuple[str, Callable[[bytes], str]]]] = [
    ("", _base64),
    ("body-sign-hex", bytes.hex),
    ("body-sign-hex", lambda digest: digest.hex().upper()),
    ("body-sign-hex-base64", lambda digest: _base64(digest.hex().encode())),
    ("body-sign-url-safe", lambda digest: base64.urlsafe_b64encode(digest).decode()),
    ("body-sign-no-padding", lambda digest: _base64(digest).rstrip("=")),
    ("body-sign-url-encoded", lambda digest: quote(_base64(digest), safe="")),
    ("body-sign-blank", lambda digest: _base64(digest).replace("+", " ")),
]
"""Ways to write a digest. The first is right."""
