"""Service supervision: the seller confirms the delivery of what was bought, and the buyer its acceptance.

Until then the order is processed and its service is not listed (spec huawei 1.3). In V1.0 newInstance is repeated at
each stage, at the acceptance with its time (``sources.V1_NEW_INSTANCE``). For V2.0 no document names a call.
"""

from typing import Final

from sqlalchemy import Select, select

from mock_sites.huawei.domain import orders
from mock_sites.huawei.domain.jobs import Activity, Deliver
from mock_sites.huawei.domain.states import OrderState, SupervisionState
from mock_sites.huawei.domain.tables import Account, Order, Seller
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

_OVER: Final = N_("This order is not at this stage of service supervision any more.")


def supervised(account: Account | None = None) -> Select[Order]:
    """The orders under service supervision, of an account or of all, newest first."""
    wanted = select(Order).where(Order.supervised_at.is_not(None))
    wanted = wanted.where(Order.account_id == account.id) if account else wanted
    return wanted.order_by(Order.supervised_at.desc(), Order.id.desc())


def check_at(order: Order, stage: SupervisionState) -> None:
    """Check that an order waits at this stage.

    Raises:
        Refusal: it does not, or it failed.
    """
    if order.state is not OrderState.PROCESSING or order.supervision is not stage:
        raise Refusal(_OVER)


def deliver(uow: UnitOfWork, order: Order) -> None:
    """The seller confirms that it has delivered. Repeating it is refused.

    Raises:
        Refusal: the order does not wait for the delivery.
    """
    check_at(order, SupervisionState.DELIVERING)
    order.supervision = SupervisionState.ACCEPTING
    uow.record("order.delivered", order=order.id)
    _notify(uow, order)


def accept(uow: UnitOfWork, order: Order) -> None:
    """The buyer confirms the acceptance. Then the service is provisioned. Repeating it is refused.

    Raises:
        Refusal: the order does not wait for the acceptance.
    """
    check_at(order, SupervisionState.ACCEPTING)
    order.supervision, order.accepted_at = SupervisionState.ACCEPTED, uow.now
    uow.record("order.accepted", order=order.id)
    if not _notify(uow, order):
        notified(uow, order, SupervisionState.ACCEPTED)


def notified(uow: UnitOfWork, order: Order, stage: SupervisionState) -> None:
    """The seller knows that an order has reached a stage."""
    if stage is SupervisionState.ACCEPTED and order.instance_id:
        orders.provision(uow, order, order.instance_id)


def _notify(uow: UnitOfWork, order: Order) -> bool:
    """Repeat newInstance, in V1.0. Whether it is repeated."""
    seller = uow.session.get(Seller, order.content_id)
    if seller is None or seller.protocol != "v1":
        return False
    stage, made = order.supervision, order.instance_id or ""
    uow.schedule(Deliver(activity=Activity.NEW_INSTANCE, order=order.id, supervision=stage, expected=made))
    return True
