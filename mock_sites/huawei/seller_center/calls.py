"""Reading the log of calls: lists, the operations that have been exercised, and the number of failed orders."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, func, select

from mock_sites.huawei.domain.jobs import Activity
from mock_sites.huawei.domain.seller_tables import SellerCall
from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.protocol.operations import OPERATIONS
from mock_sites.huawei.protocol.parameters import Operation
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.world.clock import BEIJING
from mock_sites.world.rows import count_of, values_of
from mock_sites.world.unit_of_work import UnitOfWork

MOST_NAMED: Final = 20
"""How many failed orders are listed."""

ORDERING: Final = (
    Activity.NEW_INSTANCE,
    Activity.REFRESH_INSTANCE,
    Activity.UPGRADE_INSTANCE,
    Activity.QUERY_INSTANCE,
)
"""Operations whose last failed try cancels an order. The last call of an order asks for an instance that is being
created.
"""


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
    """The number of failed orders, and the ids of some of them."""

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
    called = select(
        SellerCall.activity,
        SellerCall.interface,
        func.count(),
        func.count().filter(SellerCall.verdict.in_((CallVerdict.ACCEPTED, CallVerdict.PROCESSING))),
        func.max(SellerCall.number),
    ).where(SellerCall.content_id == content_id, SellerCall.protocol == protocol)
    seen = {row[:2]: row[2:] for row in uow.session.execute(called.group_by(SellerCall.activity, SellerCall.interface))}
    latest = [number for _calls, _accepted, number in seen.values()]
    rows = uow.session.execute(select(SellerCall.number, SellerCall.at).where(SellerCall.number.in_(latest)))
    moments = {row.number: row.at for row in rows}
    found: list[Covered] = []
    for operation in OPERATIONS[protocol]:
        calls, accepted, number = seen.get((operation.name, operation.interface), (0, 0, 0))
        found.append(Covered(operation, calls, accepted, moments.get(number)))
    return found


def failed_orders(uow: UnitOfWork, content_id: str) -> FailedOrders:
    """The product's orders that were cancelled this month (Beijing time) because the seller failed for good."""
    here = uow.now + BEIJING
    since = here.replace(day=1, hour=0, minute=0, second=0, microsecond=0) - BEIJING
    order, activity = (func.json_extract(SellerCall.asked, f"$.{name}") for name in ("order", "activity"))
    rows = select(order).distinct().filter_by(content_id=content_id, given_up=True)
    rows = rows.where(SellerCall.at >= since, activity.in_(ORDERING)).order_by(order)
    return FailedOrders(count_of(uow, rows), list(uow.session.scalars(rows.limit(MOST_NAMED))))
