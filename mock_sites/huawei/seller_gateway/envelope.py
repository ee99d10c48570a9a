"""Calls to a seller, signed and ready to be sent (spec huawei 2.2, 2.5 and 4.1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from mock_sites.huawei.seller_gateway import signing, signing_v1
from mock_sites.huawei.seller_gateway.sellers import Agreed
from mock_sites.world import wire
from mock_sites.world.book import Book
from mock_sites.world.ledger import EPOCH, Facts
from mock_sites.world.wire import Outgoing

BEIJING: Final = timedelta(hours=8)
_MILLISECOND: Final = timedelta(milliseconds=1)
MASKED_KEY: Final = "<access key>"
"""What stands for the key in a string to sign that is shown."""

_JSON: Final[dict[str, str]] = {"Content-Type": "application/json"}


@dataclass(frozen=True, kw_only=True)
class Signed(Outgoing):
    """A call to a seller, with how it was signed."""

    agreed: Agreed
    interface: str
    """production or kit."""
    activity: str
    """The activity on the wire, or the kit's interface."""
    string_to_sign: str
    """With the access key masked."""
    signature: str


def production(book: Book, agreed: Agreed, fields: Facts) -> Signed:
    """A call of the production interface; ``fields`` begin with its ``activity``."""
    return _production_v1(book, agreed, fields) if agreed.protocol == "v1" else _production_v2(book, agreed, fields)


def kit(book: Book, agreed: Agreed, interface: str, fields: Facts) -> Signed:
    """A call of the joint-operation kit; its ``timeStamp`` is written in Beijing's time (spec huawei 4.1)."""
    stamped = {**fields, signing_v1.TIMESTAMP: written(_moment_of_v1(book, agreed) + BEIJING)}
    version = "" if agreed.protocol == "v1" else "v2/"
    url = f"{agreed.production_address}/produceAPI/{version}{interface}"
    seal = _kit_v1 if agreed.protocol == "v1" else _kit_v2
    return seal(book, agreed, interface, url, stamped)


def moment(book: Book, agreed: Agreed) -> datetime:
    """What time a call tells: the world's, or the real one to a seller outside, who refuses what is far from it."""
    return book.world.clock.now() if agreed.built_in else wire.time_outside()


def written(moment: datetime) -> str:
    """A moment as V1 and the kit write it, to the millisecond."""
    return f"{moment:%Y%m%d%H%M%S%f}"[:17]


def _moment_of_v1(book: Book, agreed: Agreed) -> datetime:
    """``moment``, but later than that of the call before: V1 has no nonce, so that a call made again while a world's
    clock stands still would be the same one, which a seller refuses as a replay.
    """
    now = moment(book, agreed)
    if not agreed.built_in:
        return now
    return EPOCH + _MILLISECOND * book.number("v1-timestamp", least=(now - EPOCH) // _MILLISECOND)


def _production_v1(book: Book, agreed: Agreed, fields: Facts) -> Signed:
    parameters = _texts(fields) | {signing_v1.TIMESTAMP: written(_moment_of_v1(book, agreed))}
    token = signing_v1.sign_call(agreed.access_key, parameters)
    return Signed(
        method="GET",
        url=f"{agreed.production_address}?{urlencode(parameters | {signing_v1.TOKEN: token})}",
        outside=not agreed.built_in,
        agreed=agreed,
        interface="production",
        activity=parameters["activity"],
        string_to_sign=signing_v1.string_to_sign(parameters),
        signature=token,
    )


def _production_v2(book: Book, agreed: Agreed, fields: Facts) -> Signed:
    nonce, timestamp, octets = _stamp(book, agreed, fields)
    signature = signing.sign_call(agreed.access_key, nonce, timestamp, octets)
    query = {"signature": signature, "timestamp": timestamp, "nonce": nonce}
    return Signed(
        method="POST",
        url=f"{agreed.production_address}?{urlencode(query)}",
        headers=_JSON,
        body=octets,
        outside=not agreed.built_in,
        agreed=agreed,
        interface="production",
        activity=str(fields["activity"]),
        string_to_sign=f"{MASKED_KEY}{nonce}{timestamp}{signing.body_hash(agreed.access_key, octets)}",
        signature=signature,
    )


def _kit_v1(_book: Book, agreed: Agreed, interface: str, url: str, fields: Facts) -> Signed:
    parameters = {name: value for name, value in _texts(fields).items() if value}
    token = signing_v1.sign_call(agreed.access_key, parameters)
    return Signed(
        method="POST",
        url=url,
        headers=_JSON | {signing_v1.TOKEN: token},
        body=signing.payload(fields),
        outside=not agreed.built_in,
        agreed=agreed,
        interface="kit",
        activity=interface,
        string_to_sign=signing_v1.string_to_sign(parameters),
        signature=token,
    )


def _kit_v2(book: Book, agreed: Agreed, interface: str, url: str, fields: Facts) -> Signed:
    nonce, timestamp, octets = _stamp(book, agreed, fields)
    signature = signing.sign_sync(agreed.access_key, nonce, timestamp, octets)
    return Signed(
        method="POST",
        url=url,
        headers=_JSON | {"x-sign": signature, "x-timestamp": timestamp, "x-nonce": nonce},
        body=octets,
        outside=not agreed.built_in,
        agreed=agreed,
        interface="kit",
        activity=interface,
        string_to_sign=f"{MASKED_KEY}{nonce}{timestamp}{octets.decode()}",
        signature=signature,
    )


def _stamp(book: Book, agreed: Agreed, fields: Facts) -> tuple[str, str, bytes]:
    timestamp = str(int(moment(book, agreed).timestamp() * 1000))
    return book.letters("nonce", 32), timestamp, signing.payload(fields)


def _texts(fields: Facts) -> dict[str, str]:
    """What is signed in V1: every value that is there, as text."""
    return {name: str(value) for name, value in fields.items() if value is not None}
