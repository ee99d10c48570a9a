"""The order query: what a seller may ask about an order, with an AK/SK signature (spec huawei 2.6)."""

import hmac
import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.seller_gateway import signing
from mock_sites.web.context import book, world
from mock_sites.world.agreement import seller_keys

ALLOWED_SKEW: Final = timedelta(minutes=15)
_AUTHORIZATION = re.compile(r"SDK-HMAC-SHA256 Access=(\S+), SignedHeaders=x-sdk-date, Signature=([0-9a-f]{64})")

blueprint = Blueprint("order_query", __name__)


@blueprint.get("/api/mkp-openapi-public/global/v1/order/query")
def query() -> tuple[Response, int]:
    """The order ``orderId`` with its buyer, for the seller of its product; a card only once it is paid."""
    if not _signed():
        return jsonify(error_code="APIGW.0301", error_msg="Incorrect IAM authentication information"), 401
    order = book().session.get(Order, request.args.get("orderId", ""))
    if order is None or request.args.get("orderLineId") not in {None, "", order.line_id}:
        return jsonify(resultCode="MKT.9998", resultMsg="The order does not exist."), 200
    if order.product.kind == "card" and order.state != "completed":
        return jsonify(resultCode="MKT.9998", resultMsg="The order has not been paid."), 200
    return jsonify(resultCode="MKT.0000", resultMsg="success", orderInfo=_order_info(order)), 200


def _signed() -> bool:
    keys, date = seller_keys(world().seed), request.headers.get("X-Sdk-Date", "")
    found = _AUTHORIZATION.fullmatch(request.headers.get("Authorization", ""))
    if not found or not _fresh(date) or found[1] != keys.query_key_id:
        return False
    expected = signing.sign_query(
        keys.query_secret, method=request.method, path=request.path, query=request.args.to_dict(), date=date
    )
    return hmac.compare_digest(expected, found[2])


def _fresh(date: str) -> bool:
    try:
        sent = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return False
    return abs(world().clock.now() - sent) <= ALLOWED_SKEW


def _order_info(order: Order) -> dict[str, Any]:
    account, product = order.account, order.product
    return {
        "orderId": order.id,
        "orderType": "NEW",
        "createTime": f"{order.created_at:%Y%m%d%H%M%S}",
        "orderLine": [
            {
                "orderLineId": order.line_id,
                "chargingMode": "ONE_TIME" if product.kind == "card" else "ON_DEMAND",
                "expireTime": "",
                "productInfo": [
                    {
                        "productId": product.product_id,
                        "skuCode": product.sku_code,
                        "linearValue": order.quantity,
                        "productName": product.title,
                    }
                ],
            }
        ],
        "buyerInfo": {
            "customerId": account.id,
            "customerName": account.name,
            "mobilePhone": account.phone,
            "email": account.email,
        },
    }
