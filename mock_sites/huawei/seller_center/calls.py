"""Reading the log of calls: lists, the operations that have been exercised, and the number of failed orders."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, func, select

from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.protocol.operations import OPERATIONS
from mock_sites.huawei.protocol.parameters import Operation
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.world.clock import BEIJING
from mock_sites.world.rows import count_of, values_of
from mock_sites.world.unit_of_work import UnitOfWork

MOST_NAMED: Final = 20
"""How many failed orders are listed."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The filter of a list of calls. An empty field does not filter."""

    product: str = ""
    operation: str = ""
    verdict: str = ""


@dataclass(frozen=True)
class Covered:
    """How often an operation was called, and how often the answer was accepted."""

    operation: Operation
    calls: int
    accepted: int
    latest: datetime | None


@dataclass(frozen=True)
class FailedOrders:
    """The number of failed orders, and the ids of the first of them."""

    count: int
    some: list[str]


def find(wanted: Wanted) -> Select[SellerCall]:
    """The calls that match the filter, latest first."""
    chosen = {"content_id": wanted.product, "activity": wanted.operation, "verdict": wanted.verdict}
    rows = select(SellerCall).filter_by(**{name: value for name, value in chosen.items() if value})
    return rows.order_by(SellerCall.number.desc())


def operations_called(uow: UnitOfWork) -> list[str]:
    """The operations in the log, by name."""
    return list(uow.session.scalars(values_of(SellerCall.activity)))


def coverage(uow: UnitOfWork, content_id: str) -> list[Covered]:
    """Every operation of the seller's protocol, and how often it was called. All should be debugged (spec huawei 5)."""
    protocol = sellers.agreed(uow, content_id).protocol
    mine = (SellerCall.content_id == content_id, SellerCall.protocol == protocol)
    activity = values_of(SellerCall.activity, *mine).subquery().c.value
    calls = select(func.count()).where(*mine, SellerCall.activity == activity)
    accepted = calls.where(SellerCall.verdict.in_((CallVerdict.ACCEPTED, CallVerdict.PROCESSING)))
    latest = select(SellerCall.at).where(*mine, SellerCall.activity == activity)
    latest = latest.order_by(SellerCall.number.desc()).limit(1)
    counts = calls.scalar_subquery(), accepted.scalar_subquery()
    rows = uow.session.execute(select(activity, *counts, latest.scalar_subquery()))
    seen: dict[str, tuple[int, int, datetime | None]] = {row[0]: (row[1], row[2], row[3]) for row in rows}
    return [Covered(operation, *seen.get(operation.name, (0, 0, None))) for operation in OPERATIONS[protocol]]


def failed_orders(uow: UnitOfWork, content_id: str) -> FailedOrders:
    """The product's orders that were cancelled this month (Beijing time) because the seller failed for good."""
    here = uow.now + BEIJING
    since = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0) - BEIJING
    mine = (SellerCall.content_id == content_id, SellerCall.failed_order.is_not(None), SellerCall.at >= since)
    rows = select(SellerCall).where(*mine).order_by(SellerCall.at)
    some = uow.session.scalars(rows.with_only_columns(SellerCall.failed_order).limit(MOST_NAMED))
    return FailedOrders(count_of(uow, rows), [order for order in some if order])
