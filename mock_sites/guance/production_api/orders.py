"""Asking the marketplace who bought an order line (spec huawei 2.6, order query)."""

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.production_api.signing import order_query_headers
from mock_sites.world.agreement import ORDER_QUERY, seller_keys
from mock_sites.world.wire import Outgoing
from mock_sites.world.world import World


def look_up(world: World, order_id: str, order_line_id: str) -> Purchase | None:
    """The purchase behind an order line, asked for over the wire; None when the marketplace does not tell."""
    keys, query = seller_keys(world.seed), {"orderId": order_id, "orderLineId": order_line_id}
    headers = order_query_headers(
        keys.query_key_id, keys.query_secret, urlsplit(ORDER_QUERY).path, query, world.clock.now()
    )
    exchange = world.send(Outgoing("GET", f"{ORDER_QUERY}?{urlencode(query)}", headers))
    if exchange.fault or exchange.status != 200:
        return None
    try:
        return _read(json.loads(exchange.body), order_line_id)
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _read(answer: dict[str, Any], order_line_id: str) -> Purchase | None:
    if answer["resultCode"] not in {"MKT.0000", "CBC.0000"}:
        return None
    order = answer["orderInfo"]
    for line in order["orderLine"]:
        if line["orderLineId"] == order_line_id:
            product = line["productInfo"][0]
            buyer = str(order["buyerInfo"]["customerId"])
            return Purchase(str(order["orderId"]), order_line_id, buyer, product["productId"], product["productName"])
    return None
