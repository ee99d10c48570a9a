"""Comparing the signature that a seller's program has computed for a call with the call's own (spec huawei 5)."""

from urllib.parse import parse_qsl, urlsplit

from mock_sites.huawei.domain.seller_tables import SellerCall
from mock_sites.huawei.seller_gateway import diagnosis, sellers
from mock_sites.world.foreign_text import read_json
from mock_sites.world.unit_of_work import UnitOfWork


def compare(uow: UnitOfWork, call: SellerCall, given: str) -> list[str]:
    """The usual mistakes by which ``given`` comes about, words of ``diagnosis.TEXTS``; none when it is right."""
    key = sellers.agreed(uow, call.content_id).access_key
    query = dict(parse_qsl(urlsplit(call.url).query, keep_blank_values=True))
    if call.protocol == "v1":
        found = diagnosis.of_token(key, query if call.method == "GET" else _fields(call.body), given)
    elif call.interface == "kit":
        stamp = call.headers["x-nonce"], call.headers["x-timestamp"]
        found = diagnosis.of_call(key, *stamp, call.body, given, hashed=False)
    else:
        found = diagnosis.of_call(key, query["nonce"], query["timestamp"], call.body, given)
    return found.split()


def _fields(body: bytes) -> dict[str, str]:
    """What V1 signs of a call of the kit: the fields that are not blank, as texts."""
    return {name: str(value) for name, value in read_json(body).items() if value != ""}
