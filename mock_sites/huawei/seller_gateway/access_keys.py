"""AK/SK signatures of sellers' requests to the marketplace (SDK-HMAC-SHA256; spec huawei 2.6)."""

import hmac
import re
from datetime import UTC, datetime
from typing import Final

from flask import request

from mock_sites.huawei.mistakes.catalogue import cure
from mock_sites.huawei.mistakes.order_query import SCHEME
from mock_sites.huawei.protocol import moments, signing
from mock_sites.web.context import world
from mock_sites.world import transport
from mock_sites.world.agreement import seller_keys

_AUTHORIZATION: Final = re.compile(signing.QUERY_FORM)


def complaint() -> str:
    """What is wrong with the signature of this request. Empty if it is right.

    Its body, if it has one, may be signed as it was sent or with sorted names.
    """
    keys, date = seller_keys(world().seed), request.headers.get(signing.QUERY_DATE, "")
    found = _AUTHORIZATION.fullmatch(request.headers.get("Authorization", ""))
    if not found:
        return "Authorization must read: SDK-HMAC-SHA256 Access=..., SignedHeaders=x-sdk-date, Signature=<64 digits>"
    if not _fresh(date):
        return "X-Sdk-Date must be the present time in UTC as yyyyMMdd'T'HHmmss'Z', at most 15 minutes off."
    if found[1] != keys.query_key_id:
        return "The access key id after Access= is not yours."
    query, path = request.args.to_dict(), request.path
    for body in signing.payloads(request.get_data()):
        right = signing.sign_query(
            keys.query_secret, method=request.method, path=path, query=query, date=date, body=body
        )
        if hmac.compare_digest(right, found[2]):
            return ""
    facts = (keys.query_secret, request.method, path, query, date, request.get_data())
    return " ".join(map(cure, SCHEME.explain(found[2], *facts)))


def _fresh(date: str) -> bool:
    """Whether it was signed just now, by the world's clock or by real time. Sellers outside of the world use
    real time.
    """
    try:
        sent = datetime.strptime(date, moments.QUERY_DATE).replace(tzinfo=UTC)
    except ValueError:
        return False
    return any(abs(now - sent) <= moments.QUERY_SKEW for now in (world().clock.now(), transport.time_outside()))
