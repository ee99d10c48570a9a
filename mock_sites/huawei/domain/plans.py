"""Buying a period product, and its trial (spec huawei 1.2)."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import or_, select

from mock_sites.huawei.domain import periods, processing
from mock_sites.huawei.domain.catalogue import specifications_of, trial_of
from mock_sites.huawei.domain.checkout import expect_payment
from mock_sites.huawei.domain.orders import check_verified, place, sent_before
from mock_sites.huawei.domain.sale import check_on_sale
from mock_sites.huawei.domain.states import UNFINISHED, OrderState, ResourceState
from mock_sites.huawei.domain.tables import Account, Order, Product, Resource, Specification
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.rows import are_any
from mock_sites.world.unit_of_work import UnitOfWork

_COMPLAINTS: Final = {"month": N_("Enter 1 to 12 months."), "year": N_("Enter 1 to 3 years.")}


def buy(
    uow: UnitOfWork,
    account: Account,
    product: Product,
    specification_id: str,
    number: int,
    *,
    attempt: int,
    auto_renew: bool = False,
) -> Order:
    """Order ``number`` periods of a specification, to be paid. The same attempt again returns the same order.

    Raises:
        Refusal: the account is not verified, the choice is not available, or a service has not expired yet.
    """
    specification = chosen(specifications_of(uow, product), specification_id)
    check_number(specification, number)
    same = {"type": "NEW", "specification_id": specification.product_id, "period_number": number}
    if sent := sent_before(uow, account, product, attempt, **same):
        return sent
    check_verified(account)
    check_may_buy(uow, account, product)
    details = {"specification": specification, "period_number": number, "amount": number * specification.price}
    order = place(uow, account, product, state=OrderState.PENDING_PAYMENT, auto_renew=auto_renew, **details)
    expect_payment(uow, order)
    return order


def try_out(uow: UnitOfWork, account: Account, product: Product, *, attempt: int, agreed: bool) -> Order:
    """Open the trial of a product. The same attempt again returns the same order.

    Raises:
        Refusal: the account is not verified, the terms are not agreed to, or it has had the trial or the product.
    """
    specification = trial_of(uow, product)
    if specification is None:
        raise Refusal(N_("This product cannot be tried."))
    if sent := sent_before(uow, account, product, attempt, type="TRIAL"):
        return sent
    check_verified(account)
    check_may_try(uow, account, product)
    if not agreed:
        raise Refusal(N_("Agree to the terms before you subscribe."), field="agreed")
    details = {"type": "TRIAL", "specification": specification, "period_number": 1}
    order = place(uow, account, product, state=OrderState.PROCESSING, **details)
    if order.state is OrderState.PROCESSING:
        processing.begin(uow, order)
    return order


def chosen(offered: Iterable[Specification], product_id: str) -> Specification:
    """The chosen specification, if it is offered.

    Raises:
        Refusal: it is not offered.
    """
    for specification in offered:
        if specification.product_id == product_id:
            return specification
    raise Refusal(N_("Choose one of the specifications."), field="specification")


def check_number(specification: Specification, number: int) -> None:
    """Check the number of periods of one order.

    Raises:
        Refusal: it is out of range.
    """
    if not 1 <= number <= periods.MOST_PERIODS[specification.period_type]:
        raise Refusal(_COMPLAINTS[specification.period_type], field="number")


def price(offered: Iterable[Specification], product_id: str, number: int) -> int:
    """The price in CNY of ``number`` periods of the chosen specification.

    Raises:
        Refusal: it is not offered, or the number is out of range.
    """
    specification = chosen(offered, product_id)
    check_number(specification, number)
    return number * specification.price


def check_may_buy(uow: UnitOfWork, account: Account, product: Product) -> None:
    """Check that there is no other service: no second purchase until the first has expired (spec huawei 1.2).

    Raises:
        Refusal: the product is not on sale, an order is not finished, or a service has not expired.
    """
    check_on_sale(uow, product)
    if _unfinished(uow, account, product):
        raise Refusal(N_("An order of this product is not finished. Pay it, cancel it or wait for it in My Orders."))
    mine = (
        select(Resource)
        .join(Order)
        .where(Order.content_id == product.content_id, Resource.state != ResourceState.CLOSED)
    )
    going_on = or_(Resource.expires_at.is_(None), Resource.expires_at > uow.now)
    if are_any(uow, mine.where(Resource.account_id == account.id, going_on)):
        raise Refusal(N_("You have this product until its service expires. Renew or upgrade it in Purchased Services."))


def check_may_try(uow: UnitOfWork, account: Account, product: Product) -> None:
    """Check that the product was neither tried nor bought before. No document gives this rule.

    Raises:
        Refusal: the product is not on sale, or it has been tried or bought.
    """
    check_on_sale(uow, product)
    mine = select(Order).where(Order.account_id == account.id, Order.content_id == product.content_id)
    if are_any(uow, mine.where(Order.state != OrderState.CANCELLED)):
        raise Refusal(N_("You have tried or bought this product already. A trial is for new customers, and only once."))


def _unfinished(uow: UnitOfWork, account: Account, product: Product) -> bool:
    mine = select(Order.id).where(Order.account_id == account.id, Order.content_id == product.content_id)
    fresh = mine.where(Order.state.in_(UNFINISHED), Order.type.in_(("NEW", "TRIAL")))
    return are_any(uow, fresh)
