"""The content of the order query: real orders, and the nine that exist only for tests (spec huawei 2.6)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.protocol import names, orders
from mock_sites.huawei.seller_gateway.terms import moment, product_info, terms_of

_CREATED: Final = datetime.fromisoformat("2026-01-01T00:00:00+00:00")

MOCK_ORDERS: Final[Mapping[str, tuple[str, str, str | None, int | None, str | None]]] = {
    orders.MOCK_YEAR: ("NEW", "PERIOD", "year", 1, "20270101000000"),
    orders.MOCK_ONE_TIME: ("NEW", "ONE_TIME", None, None, None),
    orders.MOCK_ON_DEMAND: ("NEW", "ON_DEMAND", None, None, None),
    orders.MOCK_PACKAGE: ("NEW", "ON_DEMAND_PKG", None, None, None),
    orders.MOCK_TRIAL: ("TRIAL", "PERIOD", "day", 7, "20260108000000"),
    orders.MOCK_TRIAL_TO_FORMAL: ("TRIAL_TO_FORMAL", "PERIOD", "month", 1, "20260201000000"),
    orders.MOCK_UNSUBSCRIBE: ("UNSUBSCRIBE", "PERIOD", "month", 1, "20260201000000"),
    orders.MOCK_RENEWAL: ("RENEW", "PERIOD", "month", 1, "20260301000000"),
    orders.MOCK_CHANGE: ("CHANGE", "PERIOD", "month", 1, "20260201000000"),
}
"""Huawei's own orders: order type, charging mode, period, number of periods and end in UTC."""


def of_order(order: Order) -> dict[str, Any]:
    """The ``orderInfo`` of an order."""
    account, terms = order.account, terms_of(order)
    buyer = {
        names.CUSTOMER_ID: account.id,
        names.CUSTOMER_NAME: account.name,
        names.MOBILE_PHONE: account.phone,
        "email": account.email,
    }
    line = _line(order.line_id, terms.charging_mode, terms.period_type, terms.period_number, moment(terms.expires_at))
    product = product_info(terms.product_id, terms.sku_code, order.product.title, terms.quantity)
    return _info(order.id, terms.order_type, order.created_at, line | {names.PRODUCT_INFO: [product]}, buyer)


def of_mock_order(order_id: str, line_id: str) -> dict[str, Any] | None:
    """The ``orderInfo`` of one of Huawei's test orders. None if it is not one of them.

    A conformance run has lines of its own in these orders: it is told about the line that it asks for.
    """
    if order_id not in MOCK_ORDERS:
        return None
    order_type, charging_mode, period_type, period_number, expire_time = MOCK_ORDERS[order_id]
    product = product_info("MOCK-PRODUCT", "MOCK-SKU", "Mock product")
    buyer = {
        names.CUSTOMER_ID: "0" * 31 + "1",
        names.CUSTOMER_NAME: "mock_customer",
        names.MOBILE_PHONE: "13800000000",
        "email": "mock@example.com",
    }
    asked = line_id if orders.is_line_of(order_id, line_id) else orders.line_of(order_id)
    line = _line(asked, charging_mode, period_type, period_number, expire_time)
    return _info(order_id, order_type, _CREATED, line | {names.PRODUCT_INFO: [product]}, buyer)


def _line(
    line_id: str, charging_mode: str, period_type: str | None, period_number: int | None, expire_time: str | None
) -> dict[str, Any]:
    """An order line. Without a period its members are left out; without an end ``expireTime`` is empty."""
    line: dict[str, Any] = {
        names.ORDER_LINE_ID: line_id,
        names.CHARGING_MODE: charging_mode,
        names.EXPIRE_TIME: expire_time or "",
    }
    if period_type:
        line |= {names.PERIOD_TYPE: period_type, names.PERIOD_NUMBER: period_number}
    return line


def _info(
    order_id: str, order_type: str, created_at: datetime, line: dict[str, Any], buyer: dict[str, str]
) -> dict[str, Any]:
    return {
        names.ORDER_ID: order_id,
        names.ORDER_TYPE: order_type,
        names.CREATE_TIME: moment(created_at),
        names.ORDER_LINE: [line],
        names.BUYER_INFO: buyer,
    }
