"""Unsubscribing within five days from a service or from its latest renewal (spec huawei 1.3 and 2.6)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, select, true

from mock_sites.huawei.domain import closing, periods, processing, renewals
from mock_sites.huawei.domain.orders import place, resources_of, sent_before
from mock_sites.huawei.domain.states import LIVING, OrderState
from mock_sites.huawei.domain.tables import Account, Order, Resource
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import count_of
from mock_sites.world.unit_of_work import UnitOfWork

TIME: Final = timedelta(days=5)
"""The time after a payment in which a refund needs no reason."""

MOST_A_YEAR: Final = 10
"""The most refunds of an account in a calendar year."""


@dataclass(frozen=True)
class Offer:
    """What can be unsubscribed: the whole service, or a renewal that has not begun."""

    refund: int
    """The refund in CNY."""
    renewal: Order | None = None


def offer(uow: UnitOfWork, resource: Resource) -> Offer:
    """What can be unsubscribed now.

    Raises:
        Refusal: nothing, with the reason.
    """
    processing.check_living(resource)
    processing.check_in_use(uow, resource)
    if renewals.is_trial(resource):
        raise Refusal(N_("Nothing was paid for a trial. Close the resource instead."))
    orders = renewals.history(uow, resource)
    if any(order.state is OrderState.PROCESSING for order in orders):
        raise Refusal(N_("An order about this service is being processed. Wait until it is completed."))
    done = [order for order in orders if order.state is OrderState.COMPLETED]
    found = _whole(uow, done) or _renewal(uow, done)
    if found is None:
        raise Refusal(N_("The five days in which a service can be unsubscribed are over. It ends when it expires."))
    if refunds_this_year(uow, resource.order.account) >= MOST_A_YEAR:
        raise Refusal(N_("Your account has had its 10 refunds of this calendar year."))
    return found


def unsubscribe(uow: UnitOfWork, resource: Resource, *, attempt: int) -> Order:
    """Unsubscribe: the seller is called to release the instance or to set its new end. Then the refund is paid.

    The same attempt again returns the same order.

    Raises:
        Refusal: the five days are over, there were too many refunds this year, or the service is not in use.
    """
    account, product = resource.order.account, resource.order.product
    if sent := sent_before(uow, account, product, attempt, type="UNSUBSCRIBE", instance_id=resource.instance_id):
        return sent
    found = offer(uow, resource)
    details = {"type": "UNSUBSCRIBE", "instance_id": resource.instance_id, "refund": found.refund}
    undone = found.renewal.specification if found.renewal else resource.specification
    order = place(uow, account, product, state=OrderState.PROCESSING, specification=undone, **details)
    resource.auto_renew = False
    if found.renewal:
        order.expires_at = found.renewal.begins_at
        processing.begin(uow, order)
    else:
        closing.release(uow, resource, order.id)
    return order


def services_of(account: Account) -> Select[Resource]:
    """The account's services that were bought for a period and can be renewed still, newest first."""
    # The comparison with a value lets the database use the index of such services, whatever others there are.
    return resources_of(account).where(Resource.specification_id.is_not(None) == true(), Resource.state.in_(LIVING))


def refunds_this_year(uow: UnitOfWork, account: Account) -> int:
    """How many refunds the account has had or requested in this calendar year."""
    mine = select(Order.id).where(Order.account_id == account.id, Order.type == "UNSUBSCRIBE")
    return count_of(
        uow, mine.where(Order.state != OrderState.CANCELLED, Order.created_at >= periods.year_began(uow.now))
    )


def _whole(uow: UnitOfWork, done: list[Order]) -> Offer | None:
    """The whole price, if the purchase is not older than five days."""
    first = next((order for order in done if order.type in {"NEW", "TRIAL_TO_FORMAL"}), None)
    if first is None or not _recent(uow, first):
        return None
    return Offer(sum(order.to_pay - order.refund for order in done))


def _renewal(uow: UnitOfWork, done: list[Order]) -> Offer | None:
    """The latest renewal, if nothing changed after it and its term has not begun."""
    last = done[-1]
    if last.type != "RENEW" or not _recent(uow, last) or last.begins_at is None or last.begins_at <= uow.now:
        return None
    return Offer(last.to_pay, last)


def _recent(uow: UnitOfWork, order: Order) -> bool:
    return order.paid_at is not None and uow.now - order.paid_at <= TIME
