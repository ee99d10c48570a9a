"""The order query, signed as a seller signs it."""

import httpx

from mock_sites.huawei.protocol import signing
from mock_sites.tests.conftest import Browse
from mock_sites.world.agreement import ORDER_QUERY, seller_keys
from mock_sites.world.world import World

PATH = httpx.URL(ORDER_QUERY).path


def ask(world: World, browse: Browse, query: dict[str, str], **changes: str) -> httpx.Response:
    """Ask for an order. Parts of the signature can be replaced."""
    keys, date = seller_keys(world.seed), changes.get("date", f"{world.clock.now():%Y%m%dT%H%M%SZ}")
    secret, key_id = changes.get("secret", keys.query_secret), changes.get("key_id", keys.query_key_id)
    signature = signing.sign_query(secret, method="GET", path=PATH, query=query, date=date)
    authorization = signing.authorization(key_id, signature)
    headers = {"X-Sdk-Date": date, "Authorization": changes.get("authorization", authorization)}
    return browse("https://mkt.myhuaweicloud.com").get(PATH, params=query, headers=headers)
