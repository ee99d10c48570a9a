"""Asking the marketplace who bought an order line, or a prepaid card (spec huawei 2.6, order query)."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.wallet import CardPurchase
from mock_sites.guance.production_api.signing import order_query_headers
from mock_sites.world.agreement import ORDER_QUERY, seller_keys
from mock_sites.world.foreign_text import read_json
from mock_sites.world.transport import Call
from mock_sites.world.world import World


def look_up(world: World, order_id: str, order_line_id: str) -> Purchase | None:
    """The purchase of an order line, from the marketplace's order query. None if the marketplace does not answer with
    it.
    """
    order = _ask(world, {"orderId": order_id, "orderLineId": order_line_id})
    try:
        return _read(order, order_line_id) if order else None
    except (KeyError, TypeError, IndexError):
        return None


def look_up_card(world: World, order_id: str) -> CardPurchase | None:
    """The paid purchase of a prepaid card, from the marketplace's order query. None if the marketplace does not answer
    with it.
    """
    order = _ask(world, {"orderId": order_id})
    try:
        if order is None:
            return None
        product, buyer = order["orderLine"][0]["productInfo"][0], str(order["buyerInfo"]["customerId"])
        return CardPurchase(str(order["orderId"]), buyer, product["productId"], int(product["linearValue"]))
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _ask(world: World, query: dict[str, str]) -> dict[str, Any] | None:
    keys = seller_keys(world.seed)
    headers = order_query_headers(
        keys.query_key_id, keys.query_secret, urlsplit(ORDER_QUERY).path, query, world.clock.now()
    )
    result = world.send(Call("GET", f"{ORDER_QUERY}?{urlencode(query)}", headers))
    if result.fault or result.status != 200:
        return None
    try:
        answer = read_json(result.body)
        return answer["orderInfo"] if answer["resultCode"] in {"MKT.0000", "CBC.0000"} else None
    except (ValueError, KeyError, TypeError):
        return None


def _read(order: dict[str, Any], order_line_id: str) -> Purchase | None:
    for line in order["orderLine"]:
        if line["orderLineId"] == order_line_id:
            product = line["productInfo"][0]
            buyer = str(order["buyerInfo"]["customerId"])
            return Purchase(
                str(order["orderId"]),
                order_line_id,
                buyer,
                product["productId"],
                product["productName"],
                is_package=line["chargingMode"] == "ON_DEMAND_PKG",
            )
    return None
