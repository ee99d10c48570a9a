"""Signatures of the seller protocol, V1.0, and where calls carry them, as pure functions (spec huawei 2.2 and 4.1)."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

TOKEN: Final = "authToken"
"""A parameter of the query of a call, and a header of a call of the joint-operation kit."""

SPECIAL: Final = frozenset("+/")
"""The letters of a token that must be percent-encoded in a query, or that another Base64 has not."""

TIMESTAMP: Final = "timeStamp"
"""A parameter of every call; also a field of every call of the joint-operation kit of V2.0."""

BODY_SIGN: Final = "Body-Sign"
"""The header of an answer that signs its body (``sources.V1_BODY_SIGN``). With other capital letters it is refused."""

BODY_SIGN_FORM: Final = r'sign_type="HMAC-SHA256", *signature= *"([^"]+)"'
"""The format of ``Body-Sign``; only the quotes are mandatory.

The pages of the operations print a blank after ``signature=``, the questions and answers print none, and sellers leave
out the one after the comma too (spec huawei 2.2; ``sources.V1_BODY_SIGN``, ``sources.FAQ``).
"""

EMPTY: Final = "http header->bodySign is empty."
MALFORMED: Final = "http header->sign_type is not equals HMAC-SHA256 or signature is empty."
MISMATCH: Final = "响应Http Body签名校验失败,预期的签名值:{expected}"
"""The marketplace's messages about a ``Body-Sign`` that it refuses, in its own words (``sources.FAQ``)."""


def as_text(value: Any) -> str:
    """A list of the joint-operation kit, which V1.0 sends and signs as a text of compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def signed_fields(fields: Mapping[str, Any]) -> dict[str, str]:
    """What is signed of the body of a call of the joint-operation kit: the fields that are not blank, as texts."""
    texts = {name: str(value) for name, value in fields.items() if value is not None}
    return {name: text for name, text in texts.items() if text}


def string_to_sign(parameters: Mapping[str, str]) -> str:
    """The string to sign: all decoded parameters except the token, sorted by name, as ``name=value`` joined by
    ``&``.
    """
    return "&".join(f"{name}={parameters[name]}" for name in sorted(parameters) if name != TOKEN)


def query_of_call(parameters: Mapping[str, str], token: str) -> str:
    """The query of a call: names in ascending order, the token last, percent-encoded (spec huawei 2.6a)."""
    return urlencode([*sorted(parameters.items()), (TOKEN, token)])


def sign_call(key: str, parameters: Mapping[str, str]) -> str:
    """The ``authToken`` of a call, signed with the key followed by the call's ``timeStamp``."""
    return _sign(key + parameters[TIMESTAMP], string_to_sign(parameters).encode())


def sign_sync(key: str, parameters: Mapping[str, str]) -> str:
    """The ``authToken`` of a call of the joint-operation kit, over its body's fields without blank ones."""
    return sign_call(key, {name: value for name, value in parameters.items() if value})


def sign_answer(key: str, body: bytes) -> str:
    """The value of ``Body-Sign`` for an answer: the key alone signs the bytes as they are sent."""
    return f'sign_type="HMAC-SHA256", signature="{answer_signature(key, body)}"'


def answer_signature(key: str, body: bytes) -> str:
    """The signature within ``Body-Sign``."""
    return _sign(key, body)


def _sign(key: str, text: bytes) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text, hashlib.sha256)).decode()
