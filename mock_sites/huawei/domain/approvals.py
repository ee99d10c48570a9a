"""Orders that wait for approval: the account approves what its IAM users order, if it says so (a state of My Orders).

No document says who approves which orders. Approved ones are paid, or carried out if nothing is to be paid.
"""

from mock_sites.huawei.domain import checkout, messages, notifications, processing, renewals, sale
from mock_sites.huawei.domain.states import OrderState
from mock_sites.huawei.domain.tables import Account, Order
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork


def want(uow: UnitOfWork, account: Account, *, wanted: bool) -> None:
    """Let what IAM users order from now on wait for the approval of the account, or not."""
    if account.approves_orders is not wanted:
        account.approves_orders = wanted
        uow.record("order-approval.wanted" if wanted else "order-approval.not-wanted", account=account.name)


def approve(uow: UnitOfWork, order: Order) -> None:
    """Approve an order. Repeating it changes nothing. An upgrade has the price of the time that remains now.

    Raises:
        Refusal: no IAM user has ordered it, it was cancelled, or it can no longer be carried out.
    """
    _check_needed(order)
    if order.state is OrderState.CANCELLED:
        raise Refusal(N_("This order was cancelled. Place a new one."))
    if order.state is not OrderState.PENDING_APPROVAL:
        return
    if order.instance_id is None:
        sale.check_on_sale(uow, order.product)
    processing.check_possible(uow, order)
    if order.type == "CHANGE":
        order.amount = renewals.price_of(uow, processing.service_of(uow, order), processing.specification_of(order))
    is_paid = order.type != "TRIAL" and order.kind != "service"
    order.state = OrderState.PENDING_PAYMENT if is_paid else OrderState.PROCESSING
    uow.record("order.approved", order=order.id)
    messages.order_approved(uow, order)
    if is_paid:
        checkout.expect_payment(uow, order)
    else:
        notifications.notify(uow, order)
        processing.begin(uow, order)


def reject(uow: UnitOfWork, order: Order) -> None:
    """Reject an order, which is cancelled. Repeating it changes nothing.

    Raises:
        Refusal: no IAM user has ordered it, or it does not wait for approval any more.
    """
    _check_needed(order)
    if order.state is OrderState.PENDING_APPROVAL:
        uow.record("order.rejected", order=order.id)
        messages.order_rejected(uow, order)
    elif order.state is not OrderState.CANCELLED:
        raise Refusal(N_("This order does not wait for approval any more."))
    checkout.cancel(uow, order)


def _check_needed(order: Order) -> None:
    if not order.ordered_by:
        raise Refusal(N_("Only what an IAM user orders is approved or rejected."))
