"""Compares the signature that a seller's program computed for a call with the call's own (spec huawei 5)."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.mistakes import calls_v1, calls_v2
from mock_sites.huawei.mistakes.scheme import UNLIKE, Scheme
from mock_sites.huawei.protocol import signing
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.world.foreign_text import read_json
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST: Final = 200
"""The longest signature that is compared, in characters."""


def compare(uow: UnitOfWork, call: SellerCall, given: str) -> list[str]:
    """The usual mistakes that lead to ``given``, as keys of ``catalogue.MISTAKES``. Empty if it is right."""
    agreed, interface = sellers.agreed(uow, call.content_id), Interface(call.interface)
    scheme, facts = _signing(call, agreed.keys[interface])
    # Hex digits may be capitals, Base64 may not; that of a digest always ends with =.
    digits = given if call.protocol == "v1" or given.endswith("=") else given.lower()
    found = list(scheme.explain(digits, *facts))
    former = agreed.former_keys[interface]
    if found == [UNLIKE] and former and not scheme.explain(digits, former, *facts[1:]):
        return ["key-former"]
    return found


def has_todays_key(uow: UnitOfWork, call: SellerCall) -> bool:
    """Whether a call was signed with the key that its interface has now, and not with one before it was renewed."""
    scheme, facts = _signing(call, sellers.agreed(uow, call.content_id).keys[Interface(call.interface)])
    return scheme.right(*facts) == call.signature


def _signing(call: SellerCall, key: str) -> tuple[Scheme, tuple[Any, ...]]:
    """How a call is signed with a key: the scheme, and what it signs, the key first."""
    interface = Interface(call.interface)
    query = dict(parse_qsl(urlsplit(call.url).query, keep_blank_values=True))
    if call.protocol == "v1":
        parameters = query if interface is Interface.PRODUCTION else _texts(read_json(call.body))
        return calls_v1.SCHEMES[interface], (key, parameters)
    if interface is Interface.KIT:
        stamp = call.headers[signing.KIT_NONCE], call.headers[signing.KIT_TIMESTAMP]
    else:
        stamp = query[signing.NONCE], query[signing.TIMESTAMP]
    return calls_v2.SCHEMES[interface], (key, *stamp, call.body)


def _texts(fields: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in fields.items() if value is not None}
