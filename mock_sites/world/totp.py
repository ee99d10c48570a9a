"""One-time passwords by time (RFC 6238), as authenticator apps make them: by SHA-1, with six digits, for 30 seconds."""

import base64
import binascii
import hmac
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from mock_sites.world.errors import N_, Refusal

STEP: Final = 30
"""For how many seconds a code is shown (RFC 6238, 5.2)."""

DIGITS: Final = 6

KEY_LENGTH: Final = 20
"""The bytes of a new key (RFC 4226, 4, R6)."""

SHORTEST_KEY: Final = 16
"""The fewest bytes of a key (likewise)."""

_DRIFT: Final = (0, -1, 1)
"""The steps whose codes are accepted: a clock may be a step behind or ahead."""


def text_of(key: bytes) -> str:
    """A key as people type it (RFC 4648, 6)."""
    return base64.b32encode(key).decode().rstrip("=")


def key_of(text: str) -> bytes:
    """The key that somebody typed, in small letters and with blanks too.

    Raises:
        Refusal: for ``secret``: it is none.
    """
    letters = "".join(text.split()).rstrip("=")
    try:
        key = base64.b32decode(letters + "=" * (-len(letters) % 8), casefold=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) < SHORTEST_KEY:
        raise Refusal(N_("A secret has 26 or more letters from A to Z and digits from 2 to 7."), field="secret")
    return key


def code_at(key: bytes, moment: datetime) -> str:
    """The code that an app shows at a moment."""
    return _totp(key).generate(step_at(moment) * STEP).decode()


def step_at(moment: datetime) -> int:
    """The number of the step at a moment. A code is that of its step."""
    return int(moment.timestamp()) // STEP


def step_of(key: bytes, code: str, moment: datetime) -> int | None:
    """The step whose code this is, if it is accepted at a moment. Apps show it with a blank in the middle."""
    typed = "".join(code.split()).encode()
    for drift in _DRIFT:
        step = step_at(moment) + drift
        if hmac.compare_digest(_totp(key).generate(step * STEP), typed):
            return step
    return None


def address_of(key: bytes, account: str, issuer: str) -> str:
    """The address that an app reads from a QR code (``otpauth:``)."""
    return _totp(key).get_provisioning_uri(account, issuer)


def _totp(key: bytes) -> TOTP:
    return TOTP(key, DIGITS, SHA1(), STEP)  # noqa: S303 - what authenticator apps expect
