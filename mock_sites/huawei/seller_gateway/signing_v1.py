"""Signatures of the seller protocol, V1.0, as pure functions (spec huawei 2.2)."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

TOKEN: Final = "authToken"
TIMESTAMP: Final = "timeStamp"
BODY_SIGN: Final = "Body-Sign"
"""The header of an answer that signs its body; sellers get the case of it wrong, which is refused."""


def string_to_sign(parameters: Mapping[str, str]) -> str:
    """What is signed: all decoded parameters but the token, sorted by name, as ``name=value`` joined by ``&``."""
    return "&".join(f"{name}={parameters[name]}" for name in sorted(parameters) if name != TOKEN)


def sign_call(key: str, parameters: Mapping[str, str]) -> str:
    """The ``authToken`` of a call, signed with the key and the call's ``timeStamp``, one behind the other."""
    return _sign(key + parameters[TIMESTAMP], string_to_sign(parameters).encode())


def sign_sync(key: str, parameters: Mapping[str, str]) -> str:
    """The ``authToken`` of a call of the joint-operation kit, over its body's fields; blank ones are left out."""
    return sign_call(key, {name: value for name, value in parameters.items() if value})


def sign_answer(key: str, body: bytes) -> str:
    """The value of ``Body-Sign`` for an answer: the key alone signs the octets as they are sent."""
    return f'sign_type="HMAC-SHA256", signature="{answer_signature(key, body)}"'


def answer_signature(key: str, body: bytes) -> str:
    """The signature within ``Body-Sign``."""
    return _sign(key, body)


def _sign(key: str, text: bytes) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text, hashlib.sha256)).decode()
