"""An order in the terms of the seller protocol: its type, charging mode, period and amount."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.moments import to_the_second

CHARGING_V1: Final[Mapping[str, str]] = {
    "ON_DEMAND": "0",
    "PERIOD": "1",
    "ONE_TIME": "3",
    "ON_DEMAND_PKG": "5",
}
"""V1's ``chargingMode``, by that of the order query (spec huawei 2.4)."""

_CHARGING_MODES: Final[Mapping[str, str]] = {
    "service": "ON_DEMAND",
    "package": "ON_DEMAND_PKG",
    "card": "ONE_TIME",
    "period": "PERIOD",
}
"""The charging mode, by the kind of the order."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """An order's terms."""

    order_type: str
    """NEW, TRIAL, TRIAL_TO_FORMAL, UNSUBSCRIBE, RENEW or CHANGE (spec huawei 2.6, order query)."""
    charging_mode: str
    """ON_DEMAND, ON_DEMAND_PKG, ONE_TIME or PERIOD."""
    product_id: str
    sku_code: str
    amount: int
    """Its price in CNY. Negative if money is paid back."""
    quantity: int
    period_type: str | None = None
    """year, month, or day for a trial."""
    period_number: int | None = None
    expires_at: datetime | None = None


def terms_of(order: Order) -> Terms:
    """The terms of ``order``."""
    specification, offer = order.specification, order.package or order.product
    amount = -order.refund if order.type == "UNSUBSCRIBE" else order.amount
    if specification is None:
        return Terms(
            order_type=order.type,
            charging_mode=_CHARGING_MODES[order.kind],
            product_id=offer.product_id,
            sku_code=offer.sku_code,
            amount=amount,
            quantity=order.quantity,
            expires_at=order.expires_at,
        )
    return Terms(
        order_type=order.type,
        charging_mode="PERIOD",
        product_id=specification.product_id,
        sku_code=specification.sku_code,
        amount=amount,
        quantity=order.quantity,
        period_type=specification.period_type,
        period_number=max(1, order.period_number) * specification.period_length,
        expires_at=order.expires_at,
    )


def product_info(product_id: str, sku_code: str, name: str, quantity: int = 1) -> dict[str, Any]:
    """A product in the format of the order query and of ``changeInstanceCheck``."""
    return {
        names.PRODUCT_ID: product_id,
        names.SKU_CODE: sku_code,
        names.LINEAR_VALUE: quantity,
        names.PRODUCT_NAME: name,
    }


def moment(when: datetime | None) -> str | None:
    """A moment in the protocol's format, in UTC."""
    return to_the_second(when) if when else None
