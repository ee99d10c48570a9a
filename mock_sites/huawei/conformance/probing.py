"""Finds which wrong signatures a seller accepts when it refuses right ones. This shows what the seller has to fix."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from mock_sites.huawei.conformance.model import Flaw
from mock_sites.huawei.protocol import signing, signing_v1
from mock_sites.huawei.protocol.parameters import Interface


@dataclass(frozen=True)
class Probe:
    """A way to sign a call with a usual mistake."""

    diagnosis: str
    """What the seller has to fix if it accepts the signature."""
    sign: Callable[..., str] | None = None
    """Computes the wrong signature. None signs correctly."""
    flaw: Flaw = Flaw.NONE


def _digest(key: str, text: bytes) -> bytes:
    return hmac.digest(key.encode(), text, hashlib.sha256)


def _base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode()


def _with_key_alone(key: str, parameters: Mapping[str, str]) -> str:
    return _base64(_digest(key, signing_v1.string_to_sign(parameters).encode()))


def _in_hex(key: str, parameters: Mapping[str, str]) -> str:
    return _digest(key + parameters[signing_v1.TIMESTAMP], signing_v1.string_to_sign(parameters).encode()).hex()


def _encoded(key: str, parameters: Mapping[str, str]) -> str:
    text = urlencode(sorted(parameters.items()))
    return _base64(_digest(key + parameters[signing_v1.TIMESTAMP], text.encode()))


def _of_filled(sign: Callable[[str, Mapping[str, str]], str]) -> Callable[[str, Mapping[str, str]], str]:
    """``sign`` for the kit, which omits blank fields."""
    return lambda key, fields: sign(key, {name: value for name, value in fields.items() if value})


def _with_plain_hash(key: str, nonce: str, timestamp: str, body: bytes) -> str:
    return _digest(key, f"{key}{nonce}{timestamp}{hashlib.sha256(body).hexdigest()}".encode()).hex()


def _without_key(key: str, nonce: str, timestamp: str, body: bytes) -> str:
    return _digest(key, f"{nonce}{timestamp}{_digest(key, body).hex()}".encode()).hex()


def _sync_without_key(key: str, nonce: str, timestamp: str, body: bytes) -> str:
    return _digest(key, f"{nonce}{timestamp}".encode() + body).hex()


PROBES: Final[Mapping[tuple[str, Interface], tuple[Probe, ...]]] = {
    ("v1", Interface.PRODUCTION): (
        Probe("signs-with-key-alone", _with_key_alone),
        Probe("signs-hex", _in_hex),
        Probe("signs-encoded-values", _encoded),
    ),
    ("v1", Interface.KIT): (
        Probe("signs-with-key-alone", _of_filled(_with_key_alone)),
        Probe("signs-hex", _of_filled(_in_hex)),
        Probe("signs-blank-values", signing_v1.sign_call),
    ),
    ("v2", Interface.PRODUCTION): (
        Probe("signs-raw-body", signing.sign_sync),
        Probe("signs-plain-hash", _with_plain_hash),
        Probe("signs-without-key", _without_key),
        Probe("reads-seconds", flaw=Flaw.SECONDS),
    ),
    ("v2", Interface.KIT): (
        Probe("signs-body-hash", signing.sign_call),
        Probe("signs-without-key", _sync_without_key),
        Probe("reads-seconds", flaw=Flaw.SECONDS),
    ),
}
"""The usual mistakes for each interface and version, in the order in which they are tried."""
