"""Checks that the marketplace sent a call: signature, time, and that the call is new; in V1.0 and V2.0.

Before the signature is valid, nothing of a call is read except what is needed to check it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, cast

from flask import Request
from werkzeug.datastructures import Headers, MultiDict

from mock_sites.guance.production_api import signing, signing_v1
from mock_sites.guance.production_api.answers import INVALID_PARAMETER, NOT_AUTHENTICATED, Fault
from mock_sites.world.foreign_text import HalfCharacterError, read_whole_json

LONGEST_VALUE: Final = 64
"""Characters of an id (M64 in spec huawei 2.4, 2.6 and 4.1)."""

LONGEST_QUERY: Final = 16_384
"""The longest query of V1.0, in bytes. The longest documented one, a query of 100 instances, has about 7,000."""

Body = dict[str, Any]


@dataclass(frozen=True)
class ProductionCall:
    """A call of the marketplace. ``fingerprint`` is unique to this call; ``key`` is the agreed key."""

    protocol: str
    body: Body
    fingerprint: str
    key: str = field(repr=False)

    @property
    def is_test(self) -> bool:
        """Whether it is a test call, which must not change business data."""
        return str(self.body.get("testFlag")) == "1"

    def text(self, name: str, longest: int = LONGEST_VALUE) -> str:
        """A parameter that is required.

        Raises:
            Fault: it is missing, not text, or too long.
        """
        value = self.body.get(name)
        if not (isinstance(value, str) and 0 < len(value) <= longest):
            raise Fault(INVALID_PARAMETER, f"{name} is missing or too long")
        return value

    def optional(self, name: str, longest: int = LONGEST_VALUE) -> str:
        """A parameter that may be missing or empty.

        Raises:
            Fault: it is not text, or too long.
        """
        return self.text(name, longest) if self.body.get(name) not in (None, "") else ""

    def one_of(self, name: str, *allowed: str) -> str:
        """A parameter with a few allowed values, written as text or number.

        Raises:
            Fault: it has another value.
        """
        value = self.body.get(name)
        if isinstance(value, bool) or str(value) not in allowed:
            raise Fault(INVALID_PARAMETER, f"{name} must be one of {', '.join(allowed)}")
        return str(value)

    def rows(self, name: str, most: int) -> list[Body]:
        """A list of objects, as JSON or as a text that contains JSON.

        Raises:
            Fault: it is neither, or longer than ``most``.
        """
        value = self.body.get(name)
        if isinstance(value, str):
            value = _parsed(value)
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in cast("list[object]", value)):
            raise Fault(INVALID_PARAMETER, f"{name} is no list of objects")
        found = cast("list[Body]", value)
        if len(found) > most:
            raise Fault(INVALID_PARAMETER, f"{name} has more than {most} entries")
        return found


def base_v1(request: Request, key: str, now: datetime) -> ProductionCall:
    """A call of the base interface, V1.0. All its data is in the query (spec huawei 2.2)."""
    parameters = _once(request)
    token, stamp = parameters.get(signing_v1.TOKEN, ""), _stamp(parameters)
    genuine = signing_v1.is_same(signing_v1.call_token(key, parameters), token)
    _check(genuine=genuine, timely=signing_v1.is_timely(stamp, now))
    return ProductionCall("v1", parameters, f"{stamp}/{token}", key)


def kit_v1(request: Request, key: str, now: datetime) -> ProductionCall:
    """A call of the joint-operation kit, V1.0. The token is in a header (spec huawei 4.1)."""
    body, token = _object(request), request.headers.get(signing_v1.TOKEN, "")
    stamp = _stamp(body)
    genuine = signing_v1.is_same(signing_v1.sync_token(key, body), token)
    _check(genuine=genuine, timely=signing_v1.is_timely(stamp, now, signing_v1.KIT_ZONE))
    return ProductionCall("v1", body, f"{stamp}/{token}", key)


def base_v2(request: Request, key: str, now: datetime) -> ProductionCall:
    """A call of the base interface, V2.0. Signature, timestamp and nonce are in the query (spec huawei 2.5)."""
    return _v2(request, request.args, "", signing.base_signature, key, now)


def kit_v2(request: Request, key: str, now: datetime) -> ProductionCall:
    """A call of the joint-operation kit, V2.0. Signature, timestamp and nonce are in headers (spec huawei 4.1)."""
    return _v2(request, request.headers, "x-", signing.kit_signature, key, now)


def _v2(
    request: Request,
    where: MultiDict[str, str] | Headers,
    prefix: str,
    sign: Callable[[str, str, str, str], str],
    key: str,
    now: datetime,
) -> ProductionCall:
    body = _object(request)
    timestamp, nonce = where.get(f"{prefix}timestamp", ""), where.get(f"{prefix}nonce", "")
    if not (timestamp and nonce and len(nonce) <= LONGEST_VALUE):
        raise Fault(INVALID_PARAMETER, "timestamp or nonce is missing")
    given = where.get("x-sign" if prefix else "signature", "")
    texts = signing.payloads(body, request.get_data(as_text=True))
    genuine = any(signing.is_same(sign(key, nonce, timestamp, text), given) for text in texts)
    _check(genuine=genuine, timely=signing.is_timely(timestamp, now))
    return ProductionCall("v2", body, nonce, key)


def _check(*, genuine: bool, timely: bool) -> None:
    if not genuine:
        raise Fault(NOT_AUTHENTICATED, "the signature is wrong")
    if not timely:
        raise Fault(NOT_AUTHENTICATED, "the timestamp is more than 60 seconds off")


def _once(request: Request) -> Body:
    query = request.args
    parameters = query.to_dict()
    if len(request.query_string) > LONGEST_QUERY:
        raise Fault(INVALID_PARAMETER, "the query is too long")
    if any(len(query.getlist(name)) > 1 for name in parameters):
        raise Fault(INVALID_PARAMETER, "a parameter stands there twice")
    return parameters


def _stamp(parameters: Body) -> str:
    stamp = parameters.get(signing_v1.TIMESTAMP)
    if not (isinstance(stamp, str) and stamp):
        raise Fault(INVALID_PARAMETER, "timeStamp is missing")
    return stamp


def _object(request: Request) -> Body:
    content = _parsed(request.get_data())
    if not isinstance(content, dict):
        raise Fault(INVALID_PARAMETER, "the body is no JSON object")
    return cast("Body", content)


def _parsed(text: str | bytes) -> object:
    """``text`` parsed as JSON. None if it is not JSON.

    Raises:
        Fault: a text has half a character, which cannot be signed.
    """
    try:
        return read_whole_json(text)
    except HalfCharacterError as error:
        raise Fault(INVALID_PARAMETER, str(error)) from None
    except ValueError:
        return None
