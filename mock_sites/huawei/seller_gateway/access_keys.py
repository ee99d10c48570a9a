"""AK/SK signatures of sellers' requests to the marketplace (SDK-HMAC-SHA256; spec huawei 2.6)."""

import hmac
import re
from datetime import UTC, datetime
from typing import Final

from flask import request

from mock_sites.huawei.mistakes.catalogue import cure
from mock_sites.huawei.mistakes.order_query import SCHEME
from mock_sites.huawei.protocol import moments, signing
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.web.context import world
from mock_sites.world import transport

_AUTHORIZATION: Final = re.compile(signing.QUERY_FORM)


def complaint() -> str:
    """What is wrong with the signature of this request. Empty if it is right.

    Its body, if it has one, may be signed as it was sent or with sorted names.
    """
    key, date = sellers.access_key(world()), request.headers.get(signing.QUERY_DATE, "")
    found = _AUTHORIZATION.fullmatch(request.headers.get("Authorization", ""))
    if not found:
        return "Authorization must read: SDK-HMAC-SHA256 Access=..., SignedHeaders=..., Signature=<64 small hex digits>"
    access_key_id, named, given = found.groups()
    headers = {name: request.headers.get(name, "") for name in named.split(";")}
    if signing.DATE_NAME not in headers:
        return "SignedHeaders must name x-sdk-date."
    if not _fresh(date):
        return "X-Sdk-Date must be the present time in UTC as yyyyMMdd'T'HHmmss'Z', at most 15 minutes off."
    if access_key_id != key.access_key_id:
        return "The access key id after Access= is not yours."
    query, path = request.args.to_dict(), request.path
    for body in signing.payloads(request.get_data()):
        right = signing.sign_query(
            key.secret_access_key,
            method=request.method,
            path=path,
            query=query,
            date=date,
            body=body,
            headers=headers,
        )
        if hmac.compare_digest(right, given):
            return ""
    facts = (key.secret_access_key, request.method, path, query, headers, request.get_data())
    return " ".join(map(cure, SCHEME.explain(given, *facts)))


def _fresh(date: str) -> bool:
    """Whether it was signed just now, by the world's clock or by real time. Sellers outside of the world use
    real time.
    """
    try:
        sent = datetime.strptime(date, moments.QUERY_DATE).replace(tzinfo=UTC)
    except ValueError:
        return False
    return any(abs(now - sent) <= moments.QUERY_SKEW for now in (world().clock.now(), transport.time_outside()))
