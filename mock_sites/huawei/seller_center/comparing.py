"""Compares the signature that a seller's program computed for a call with the call's own (spec huawei 5)."""

from typing import Final
from urllib.parse import parse_qsl, urlsplit

from mock_sites.huawei.domain.seller_tables import SellerCall
from mock_sites.huawei.protocol import signing, signing_v1
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_gateway import diagnosis, sellers
from mock_sites.world.foreign_text import read_json
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST: Final = 200
"""The longest signature that is compared, in characters."""


def compare(uow: UnitOfWork, call: SellerCall, given: str) -> list[str]:
    """The usual mistakes that lead to ``given``, as keys of ``diagnosis.TEXTS``. Empty if it is right."""
    key = sellers.agreed(uow, call.content_id).access_key
    query = dict(parse_qsl(urlsplit(call.url).query, keep_blank_values=True))
    if call.protocol == "v1":
        signed = query if call.method == "GET" else signing_v1.signed_fields(read_json(call.body))
        found = diagnosis.of_token(key, signed, given)
    elif call.interface == Interface.KIT:
        stamp = call.headers[signing.KIT_NONCE], call.headers[signing.KIT_TIMESTAMP]
        found = diagnosis.of_call(key, *stamp, call.body, given, hashed=False)
    else:
        found = diagnosis.of_call(key, query[signing.NONCE], query[signing.TIMESTAMP], call.body, given)
    return found.split()
