"""The order query: a seller asks about an order, with an AK/SK signature (spec huawei 2.6)."""

from flask import Blueprint, Response, jsonify, request

from mock_sites.huawei.domain.states import OrderState
from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.protocol import codes, names
from mock_sites.huawei.protocol.addresses import ORDER_QUERY_PATH
from mock_sites.huawei.seller_gateway import access_keys, order_info, query_limit
from mock_sites.web.context import uow, world
from mock_sites.web.machines import refuse_pages_elsewhere

blueprint = Blueprint("order_query", __name__)
blueprint.before_request(refuse_pages_elsewhere)


@blueprint.get(ORDER_QUERY_PATH)
def query() -> tuple[Response, int]:
    """The order ``orderId`` with its buyer, for the seller of its product. A card only after it is paid.

    The answer to a wrong signature says what is wrong. The real one does not.
    """
    if complaint := access_keys.complaint():
        message = "Incorrect IAM authentication information"
        return jsonify(error_code=codes.QUERY_NOT_AUTHENTICATED, error_msg=message, diagnosis=complaint), 401
    order_id, line_id = request.args.get(names.ORDER_ID, ""), request.args.get(names.ORDER_LINE_ID, "")
    info = order_info.of_mock_order(order_id, line_id)
    if info is None:
        order = uow().session.get(Order, order_id)
        if order is not None and query_limit.exceeded(world(), order.content_id):
            return _refusal(codes.QUERY_TOO_OFTEN, "Too many requests.", "Ask again in a minute."), 406
        if order is not None and order.product.kind == "card" and order.state is not OrderState.COMPLETED:
            return _refusal(codes.QUERY_REFUSED, "The order has not been paid.", "Ask again after it is paid."), 200
        info = order_info.of_order(order) if order else None
    if info is None or line_id not in {"", info[names.ORDER_LINE][0][names.ORDER_LINE_ID]}:
        return _refusal(codes.QUERY_REFUSED, "The order does not exist.", "Check orderId and orderLineId."), 200
    return _answer(codes.QUERY_SUCCESS, "success", **{names.ORDER_INFO: info}), 200


def _refusal(code: str, message: str, more: str) -> Response:
    """Refusals have ``extra_info``. The documents do not say what is in it."""
    return _answer(code, message, **{names.EXTRA_INFO: more})


def _answer(code: str, message: str, **more: object) -> Response:
    return jsonify({names.RESULT_CODE: code, names.RESULT_MSG: message, **more})
