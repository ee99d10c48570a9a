"""Signed calls to a seller, ready to send (spec huawei 2.2, 2.5 and 4.1)."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from mock_sites.huawei.protocol import addresses, debugging, moments, signing, signing_v1
from mock_sites.huawei.protocol.names import ACTIVITY, TEST_FLAG
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_gateway.sellers import Agreed
from mock_sites.world import transport
from mock_sites.world.shared_tables import EPOCH, JsonObject
from mock_sites.world.transport import Call
from mock_sites.world.unit_of_work import UnitOfWork

MASKED_KEY: Final = "<access key>"
"""Replaces the key where a string to sign is shown."""


@dataclass(frozen=True, kw_only=True)
class Signed(Call):
    """A call to a seller, with how it was signed."""

    agreed: Agreed
    interface: Interface
    activity: str
    """The activity in the call, or the kit's interface."""
    string_to_sign: str
    """The string to sign, with the access key masked."""
    signature: str
    is_debugging: bool = False
    """Whether it is a debug call (``testFlag`` 1)."""


def production(uow: UnitOfWork, agreed: Agreed, fields: JsonObject) -> Signed:
    """A call of the production interface. ``fields`` begin with its ``activity``."""
    seal = _production_v1 if agreed.protocol == "v1" else _production_v2
    return _marked(seal(uow, agreed, _in_form(agreed, fields)), fields)


def kit(uow: UnitOfWork, agreed: Agreed, interface: str, fields: JsonObject) -> Signed:
    """A call of the joint-operation kit. Its ``timeStamp`` is in Beijing time (spec huawei 4.1)."""
    stamped = {**_in_form(agreed, fields), signing_v1.TIMESTAMP: moments.in_the_kit(_moment_of_v1(uow, agreed))}
    url = addresses.of_kit(agreed.production_address, agreed.protocol, interface)
    seal = _kit_v1 if agreed.protocol == "v1" else _kit_v2
    return _marked(seal(uow, agreed, interface, url, stamped), fields)


def _marked(signed: Signed, fields: JsonObject) -> Signed:
    """A debug call is marked as one, and its answer is waited for as long as the debugging page does."""
    if str(fields.get(TEST_FLAG)) != "1":
        return signed
    return replace(signed, is_debugging=True, limit=debugging.LIMIT)


def moment(uow: UnitOfWork, agreed: Agreed) -> datetime:
    """The time that a call carries: the world's. For a seller outside the real time, because it refuses times far from
    it.
    """
    return uow.world.clock.now() if agreed.built_in else transport.time_outside()


def _moment_of_v1(uow: UnitOfWork, agreed: Agreed) -> datetime:
    """``moment``, but later than the time of the call before.

    V1 has no nonce. If a world's clock is stopped, a repeated call would equal the first one, and the seller would
    refuse it as a replay.
    """
    now = moment(uow, agreed)
    if not agreed.built_in:
        return now
    return EPOCH + moments.MILLISECOND * uow.number("v1-timestamp", least=(now - EPOCH) // moments.MILLISECOND)


def _in_form(agreed: Agreed, fields: JsonObject) -> JsonObject:
    """Objects and lists are JSON. V1 sends each as a text that contains it, and V2 those of the seller's settings."""
    return {
        name: signing_v1.as_text(value)
        if isinstance(value, (dict, list)) and (agreed.protocol == "v1" or name in agreed.sent_as_text)
        else value
        for name, value in fields.items()
    }


def _production_v1(uow: UnitOfWork, agreed: Agreed, fields: JsonObject) -> Signed:
    parameters = _texts(fields) | {signing_v1.TIMESTAMP: moments.to_the_millisecond(_moment_of_v1(uow, agreed))}
    token = signing_v1.sign_call(agreed.keys[Interface.PRODUCTION], parameters)
    return Signed(
        method="GET",
        url=f"{agreed.production_address}?{signing_v1.query_of_call(parameters, token)}",
        outside=not agreed.built_in,
        agreed=agreed,
        interface=Interface.PRODUCTION,
        activity=parameters[ACTIVITY],
        string_to_sign=signing_v1.string_to_sign(parameters),
        signature=token,
    )


def _production_v2(uow: UnitOfWork, agreed: Agreed, fields: JsonObject) -> Signed:
    nonce, timestamp, content = _stamp(uow, agreed, fields)
    signature = signing.sign_call(agreed.keys[Interface.PRODUCTION], nonce, timestamp, content)
    query = signing.query_of_call(signature, nonce, timestamp)
    return Signed(
        method="POST",
        url=f"{agreed.production_address}?{urlencode(query)}",
        headers=signing.JSON,
        body=content,
        outside=not agreed.built_in,
        agreed=agreed,
        interface=Interface.PRODUCTION,
        activity=str(fields[ACTIVITY]),
        string_to_sign=f"{MASKED_KEY}{nonce}{timestamp}{signing.body_hash(agreed.keys[Interface.PRODUCTION], content)}",
        signature=signature,
    )


def _kit_v1(_uow: UnitOfWork, agreed: Agreed, interface: str, url: str, fields: JsonObject) -> Signed:
    parameters = signing_v1.signed_fields(fields)
    token = signing_v1.sign_call(agreed.keys[Interface.KIT], parameters)
    return Signed(
        method="POST",
        url=url,
        headers={**signing.JSON, signing_v1.TOKEN: token},
        body=signing.payload(fields),
        outside=not agreed.built_in,
        agreed=agreed,
        interface=Interface.KIT,
        activity=interface,
        string_to_sign=signing_v1.string_to_sign(parameters),
        signature=token,
    )


def _kit_v2(uow: UnitOfWork, agreed: Agreed, interface: str, url: str, fields: JsonObject) -> Signed:
    nonce, timestamp, content = _stamp(uow, agreed, fields)
    signature = signing.sign_sync(agreed.keys[Interface.KIT], nonce, timestamp, content)
    return Signed(
        method="POST",
        url=url,
        headers=signing.headers_of_sync(signature, nonce, timestamp),
        body=content,
        outside=not agreed.built_in,
        agreed=agreed,
        interface=Interface.KIT,
        activity=interface,
        string_to_sign=f"{MASKED_KEY}{nonce}{timestamp}{content.decode()}",
        signature=signature,
    )


def _stamp(uow: UnitOfWork, agreed: Agreed, fields: JsonObject) -> tuple[str, str, bytes]:
    """The nonce, the timestamp and the body.

    A seller of your own knows the nonces of an earlier world with the same seed, or of before a snapshot was restored.
    Its timestamps are real, so with them the nonce is new.
    """
    timestamp = moments.since_1970(moment(uow, agreed))
    nonce = uow.world.seed.random_text(f"nonce/{uow.number('nonce')}/{timestamp}", signing.NONCE_LENGTH)
    return nonce, timestamp, signing.payload(fields)


def _texts(fields: JsonObject) -> dict[str, str]:
    """What is signed in V1: every value that is given, as text."""
    return {name: str(value) for name, value in fields.items() if value is not None}
