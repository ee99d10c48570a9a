"""Orders that are paid from the account's mock balance: prepaid cards, by units, period products and packages.

Source: spec huawei 1.2 and 1.3.
"""

from datetime import timedelta
from typing import Final

from mock_sites.huawei.domain import messages, notifications, packages, processing, vouchers
from mock_sites.huawei.domain.jobs import CancelUnpaid
from mock_sites.huawei.domain.orders import check_verified, place, sent_before
from mock_sites.huawei.domain.sale import check_on_sale
from mock_sites.huawei.domain.states import CANCELLABLE, OrderState
from mock_sites.huawei.domain.tables import Account, Order, Package, Product
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.unit_of_work import UnitOfWork

MOST_UNITS: Final = 500
"""The most units in one order."""

UNITS: Final = FieldRule(r"[0-9]{1,6}", N_("Enter a whole number from 1 to 500."))

TIME_TO_PAY: Final = timedelta(hours=24)
"""After this time the system cancels an unpaid order. No document gives the time."""


def order_card(uow: UnitOfWork, account: Account, product: Product, *, attempt: int, quantity: int) -> Order:
    """Order ``quantity`` units of a card, to be paid. Sending the same attempt again returns the same order.

    Raises:
        Refusal: the account is not verified, the product is not on sale, or the quantity is out of range.
    """
    check_verified(account)
    check_on_sale(uow, product)
    amount = price(quantity, product.unit_price)
    if sent := sent_before(uow, account, product, attempt, quantity=quantity):
        return sent
    order = place(uow, account, product, state=OrderState.PENDING_PAYMENT, quantity=quantity, amount=amount)
    expect_payment(uow, order)
    return order


def price(quantity: int, unit_price: int) -> int:
    """The price in CNY of units of a card.

    Raises:
        Refusal: the quantity is out of range.
    """
    if not 1 <= quantity <= MOST_UNITS:
        raise Refusal(UNITS.complaint, field="quantity")
    return quantity * unit_price


def order_package(uow: UnitOfWork, account: Account, package: Package, *, attempt: int) -> Order:
    """Order a package, to be paid. Sending the same attempt again returns the same order.

    Raises:
        Refusal: the account is not verified or has not subscribed to the product, or the product is not on sale.
    """
    if sent := sent_before(uow, account, package.product, attempt, package_id=package.product_id):
        return sent
    packages.check_may_buy(uow, account, package.product)
    details = {"package": package, "amount": package.price}
    order = place(uow, account, package.product, state=OrderState.PENDING_PAYMENT, **details)
    expect_payment(uow, order)
    return order


def expect_payment(uow: UnitOfWork, order: Order) -> None:
    """Start the time limit for paying an order. One that waits for approval has none yet."""
    if order.state is OrderState.PENDING_PAYMENT:
        uow.schedule(CancelUnpaid(order.id), after=TIME_TO_PAY.total_seconds())


def pay(uow: UnitOfWork, order: Order, *, voucher: str = "") -> None:
    """Pay an order from the account's balance, perhaps less by a voucher (its id). Repeating it deducts nothing more.

    A card is available immediately. For all else the seller is called.

    Raises:
        Refusal: the order was cancelled or cannot be fulfilled any more, the voucher does not fit, or the balance is
            too low.
    """
    if order.paid_at:
        return
    if order.state is OrderState.PENDING_APPROVAL:
        raise Refusal(N_("This order waits for the approval of the account."))
    if order.state is not OrderState.PENDING_PAYMENT:
        raise Refusal(N_("This order was cancelled. Place a new one."))
    if voucher:
        vouchers.use(uow, order, voucher)
    if order.account.available < order.to_pay:
        raise Refusal(
            N_("The account balance of ¥{balance} is too low for ¥{amount}. Cancel this order and buy less."),
            balance=order.account.available,
            amount=order.to_pay,
        )
    order.account.balance -= order.to_pay
    order.state = OrderState.COMPLETED if order.kind == "card" else OrderState.PROCESSING
    order.paid_at = uow.now
    uow.unschedule(CancelUnpaid(order.id))
    uow.record("order.paid", order=order.id, amount=order.to_pay, account=order.account.name)
    notifications.notify(uow, order)
    if order.state is OrderState.PROCESSING:
        processing.begin(uow, order)


def cancel(uow: UnitOfWork, order: Order) -> None:
    """Cancel an order that is not approved or not paid. Repeating it changes nothing.

    Raises:
        Refusal: the order is paid, or is being processed because it needs no payment.
    """
    if order.state in CANCELLABLE:
        order.state = OrderState.CANCELLED
        uow.unschedule(CancelUnpaid(order.id))
        uow.record("order.cancelled", order=order.id)
    elif order.state is not OrderState.CANCELLED:
        raise Refusal(N_("This order has been paid or is being processed. It cannot be cancelled any more."))


def cancel_unpaid(uow: UnitOfWork, job: CancelUnpaid) -> None:
    """The end of the time limit for paying: the order is cancelled."""
    order = uow.session.get_one(Order, job.order)
    if order.state is OrderState.PENDING_PAYMENT:
        cancel(uow, order)
        messages.order_not_paid(uow, order)
