"""The order query: a seller asks about an order, with an AK/SK signature (spec huawei 2.6)."""

import hmac
import re
from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, Response, jsonify, request

from mock_sites.huawei.domain.states import OrderState
from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.protocol import codes, moments, names, signing
from mock_sites.huawei.protocol.addresses import ORDER_QUERY_PATH
from mock_sites.huawei.seller_gateway import diagnosis, order_info
from mock_sites.web.context import uow, world
from mock_sites.web.machines import refuse_pages_elsewhere
from mock_sites.world import transport
from mock_sites.world.agreement import seller_keys

_AUTHORIZATION: Final = re.compile(signing.QUERY_FORM)

blueprint = Blueprint("order_query", __name__)
blueprint.before_request(refuse_pages_elsewhere)


@blueprint.get(ORDER_QUERY_PATH)
def query() -> tuple[Response, int]:
    """The order ``orderId`` with its buyer, for the seller of its product. A card only after it is paid.

    The answer to a wrong signature says what is wrong. The real one does not.
    """
    if complaint := _complaint():
        message = "Incorrect IAM authentication information"
        return jsonify(error_code=codes.QUERY_NOT_AUTHENTICATED, error_msg=message, diagnosis=complaint), 401
    order_id, line_id = request.args.get(names.ORDER_ID, ""), request.args.get(names.ORDER_LINE_ID, "")
    info = order_info.of_mock_order(order_id)
    if info is None:
        order = uow().session.get(Order, order_id)
        if order is not None and order.product.kind == "card" and order.state is not OrderState.COMPLETED:
            return _answer(codes.QUERY_REFUSED, "The order has not been paid."), 200
        info = order_info.of_order(order) if order else None
    if info is None or line_id not in {"", info[names.ORDER_LINE][0][names.ORDER_LINE_ID]}:
        return _answer(codes.QUERY_REFUSED, "The order does not exist."), 200
    return _answer(codes.QUERY_SUCCESS, "success", **{names.ORDER_INFO: info}), 200


def _answer(code: str, message: str, **more: object) -> Response:
    return jsonify({names.RESULT_CODE: code, names.RESULT_MSG: message, **more})


def _complaint() -> str:
    """What is wrong with the caller's signature. Empty if it is right."""
    keys, date = seller_keys(world().seed), request.headers.get(signing.QUERY_DATE, "")
    found = _AUTHORIZATION.fullmatch(request.headers.get("Authorization", ""))
    if not found:
        return "Authorization must read: SDK-HMAC-SHA256 Access=..., SignedHeaders=x-sdk-date, Signature=<64 digits>"
    if not _fresh(date):
        return "X-Sdk-Date must be the present time in UTC as yyyyMMdd'T'HHmmss'Z', at most 15 minutes off."
    if found[1] != keys.query_key_id:
        return "The access key id after Access= is not yours."
    query = request.args.to_dict()
    expected = signing.sign_query(
        keys.query_secret, method=request.method, path=request.path, query=query, date=date, body=request.get_data()
    )
    if hmac.compare_digest(expected, found[2]):
        return ""
    mistakes = diagnosis.of_query(keys.query_secret, request.path, query, date, found[2])
    return " ".join(diagnosis.TEXTS[mistake] for mistake in mistakes.split())


def _fresh(date: str) -> bool:
    """Whether it was signed just now, by the world's clock or by real time. Sellers outside of the world use
    real time.
    """
    try:
        sent = datetime.strptime(date, moments.QUERY_DATE).replace(tzinfo=UTC)
    except ValueError:
        return False
    return any(abs(now - sent) <= moments.QUERY_SKEW for now in (world().clock.now(), transport.time_outside()))
