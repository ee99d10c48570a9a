"""Subscribing: orders, and the resources they create."""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from mock_sites.huawei.domain import expiry, iam_users, messages, notifications
from mock_sites.huawei.domain.jobs import Activity, Deliver, ListService
from mock_sites.huawei.domain.sale import check_on_sale
from mock_sites.huawei.domain.states import OrderState, ResourceState, SupervisionState
from mock_sites.huawei.domain.tables import Account, Order, Product, Resource, Seller
from mock_sites.world.clock import BEIJING
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.seed import CAPITALS
from mock_sites.world.unit_of_work import UnitOfWork

PROVISIONING_SECONDS: Final = (3, 8)
"""The shortest and the longest time from the seller's answer until the service is listed."""

PAID: Final = ("card", "period", "package")
"""The kinds of orders that are paid."""

_NEWEST_IN_USE: Final = (
    select(Resource)
    .where(Resource.account_id == bindparam("account"), Resource.state == ResourceState.IN_USE)
    .where(Resource.package_id.is_(None))
    .order_by(Resource.created_at.desc(), Resource.instance_id)
    .limit(1)
)
"""Most pages of a buyer run this query, so it is built once."""


def next_attempt(uow: UnitOfWork, account: Account, product: Product) -> int:
    """The number of the account's next order of the product."""
    mine = select(func.count()).where(Order.account_id == account.id, Order.content_id == product.content_id)
    return (uow.session.scalar(mine) or 0) + 1


def open_order(uow: UnitOfWork, account: Account, product: Product) -> Order | None:
    """The account's order of the product itself that is being processed or whose service is in use."""
    mine = select(Order).outerjoin(Resource, Resource.order_id == Order.id).where(Order.package_id.is_(None))
    mine = mine.where(Order.account_id == account.id, Order.content_id == product.content_id)
    going_on = mine.where(
        Order.state != OrderState.CANCELLED, or_(Resource.state.is_(None), Resource.state != ResourceState.CLOSED)
    )
    return uow.session.scalars(going_on.order_by(Order.attempt).limit(1)).first()


def subscribe(uow: UnitOfWork, account: Account, product: Product, *, attempt: int, agreed: bool) -> Order:
    """Order a pay-per-use product. Sending the same attempt again returns the same order (S1, Step One).

    Raises:
        Refusal: the account is not verified, the product is not on sale, the terms are not agreed to, or the product is
            subscribed to already.
    """
    if order := sent_before(uow, account, product, attempt, package_id=None):
        return order
    check_verified(account)
    check_on_sale(uow, product)
    if not agreed:
        raise Refusal(N_("Agree to the terms before you subscribe."), field="agreed")
    existing = open_order(uow, account, product)
    if existing and existing.state is OrderState.PENDING_APPROVAL:
        raise Refusal(N_("An order for this product is waiting for approval. You find it in My Orders."))
    if existing:
        raise Refusal(N_("You have subscribed to this product already. You find it in Purchased Services."))
    order = place(uow, account, product, state=OrderState.PROCESSING)
    if order.state is OrderState.PROCESSING:
        uow.schedule(Deliver(activity=Activity.NEW_INSTANCE, order=order.id))
    return order


def sent_before(uow: UnitOfWork, account: Account, product: Product, attempt: int, **same: Any) -> Order | None:
    """The order that this attempt has already made. ``same`` has what is ordered, by columns.

    Another form that was open at the same time may have used the number. Then the order has a later one. A form that is
    sent again after its order was cancelled asks for a new one.
    """
    mine = select(Order).where(Order.account_id == account.id, Order.content_id == product.content_id)
    sent = mine.where(Order.attempt >= attempt, Order.state != OrderState.CANCELLED).filter_by(**same)
    return uow.session.scalars(sent.order_by(Order.attempt).limit(1)).first() if attempt else None


def check_verified(account: Account) -> None:
    """Check that a buyer is verified (S1, Step One, note).

    Raises:
        Refusal: the account is not verified with real-name authentication.
    """
    if not account.verified:
        raise Refusal(N_("Your account must be verified with real-name authentication before you can purchase."))


def place(uow: UnitOfWork, account: Account, product: Product, *, state: OrderState, **details: Any) -> Order:
    """Store an order with ``details``. Its number begins with CS and the time (spec huawei 1.2).

    An IAM user's order waits for approval if the account wants that. To unsubscribe needs none.
    """
    user = iam_users.user_of(uow, uow.subject)
    if user and account.approves_orders and details.get("type") != "UNSUBSCRIBE":
        state = OrderState.PENDING_APPROVAL
    order = Order(
        id=f"CS{uow.now + BEIJING:%y%m%d%H%M}{uow.random_text('order', 5, CAPITALS)}",
        account=account,
        product=product,
        attempt=next_attempt(uow, account, product),
        business_id=uow.random_text("business", 32),
        created_at=uow.now,
        state=state,
        ordered_by=user.name if user else "",
        **details,
    )
    uow.session.add(order)
    uow.session.flush()
    uow.record("order.submitted", order=order.id, product=product.title, type=order.type, account=account.name)
    if state is OrderState.PROCESSING:
        notifications.notify(uow, order)
    elif state is OrderState.PENDING_APPROVAL:
        messages.order_waits(uow, order)
    return order


def instance_created(uow: UnitOfWork, order: Order, instance_id: str) -> None:
    """The seller has created the instance. The service is listed a little later, or after service supervision.
    Repeating it changes nothing.
    """
    if order.state is not OrderState.PROCESSING or order.instance_id:
        return
    order.instance_id, order.instance_created_at = instance_id, uow.now
    uow.record("instance.created", order=order.id, instance=instance_id)
    seller = uow.session.get(Seller, order.content_id)
    if seller and seller.is_supervised:
        order.supervision, order.supervised_at = SupervisionState.DELIVERING, uow.now
    else:
        provision(uow, order, instance_id)


def provision(uow: UnitOfWork, order: Order, instance_id: str) -> None:
    """Begin the provisioning, at whose end the service is listed."""
    after = uow.random_int("provisioning", *PROVISIONING_SECONDS)
    uow.schedule(ListService(order.id, instance_id), after=after)


def list_service(uow: UnitOfWork, job: ListService) -> None:
    """The end of provisioning: the service appears in Purchased Services.

    If another order has already created the instance, it does not belong to this order, which fails.
    """
    order, instance_id = uow.session.get_one(Order, job.order), job.instance
    if uow.session.get(Resource, instance_id):
        uow.record("instance.taken", order=order.id, instance=instance_id)
        order.instance_id = None
        fail(uow, order)
        return
    order.state = OrderState.COMPLETED
    resource = Resource(
        instance_id=instance_id,
        order=order,
        account_id=order.account_id,
        created_at=uow.now,
        expires_at=order.expires_at,
        auto_renew=order.auto_renew,
        specification_id=order.specification_id,
        package_id=order.package_id,
    )
    uow.session.add(resource)
    uow.record("service.listed", order=order.id, instance=instance_id)
    expiry.watch(uow, resource)


def complete(uow: UnitOfWork, order: Order) -> None:
    """The seller has carried out the order. A refund is paid."""
    order.state = OrderState.COMPLETED
    uow.record("order.completed", order=order.id, type=order.type)
    _pay_back(uow, order)


def fail(uow: UnitOfWork, order: Order) -> None:
    """The last try failed: the order is unsubscribed, and its payment is refunded (spec huawei 2.8)."""
    if order.state is not OrderState.PROCESSING:
        return
    order.state, order.refund = OrderState.CANCELLED, order.to_pay
    uow.record("order.cancelled", order=order.id)
    messages.order_failed(uow, order)
    _pay_back(uow, order)


def _pay_back(uow: UnitOfWork, order: Order) -> None:
    if order.refund:
        order.account.balance += order.refund
        order.refunded_at = uow.now
        uow.record("order.refunded", order=order.id, amount=order.refund, account=order.account.name)


def order_of(uow: UnitOfWork, account: Account, order_id: str, *kinds: str) -> Order | None:
    """The account's order by its number. With ``kinds``, only an order of these kinds."""
    order = uow.session.get(Order, order_id)
    if order is None or order.account_id != account.id or (kinds and order.kind not in kinds):
        return None
    return order


def resource_of(uow: UnitOfWork, account: Account, instance_id: str, *, period: bool = False) -> Resource | None:
    """The account's purchased service by its instance. With ``period``, only one of a period product."""
    resource = uow.session.get(Resource, instance_id)
    if resource is None or resource.account_id != account.id or (period and resource.specification is None):
        return None
    return resource


def orders_of(account: Account, state: OrderState | None = None) -> Select[Order]:
    """The account's orders, all or in one state, newest first."""
    mine = select(Order).where(Order.account_id == account.id)
    mine = mine.where(Order.state == state) if state else mine
    return mine.order_by(Order.created_at.desc(), Order.attempt.desc(), Order.id)


def resources_of(
    account: Account, state: ResourceState | None = None, *, products: Collection[str] | None = None
) -> Select[Resource]:
    """The account's purchased services, newest first: all, or those in one state or of some products (content ids)."""
    mine = select(Resource).where(Resource.account_id == account.id).options(joinedload(Resource.order))
    mine = mine.where(Resource.state == state) if state else mine
    mine = (
        mine.join(Order, Resource.order_id == Order.id).where(Order.content_id.in_(products))
        if products is not None
        else mine
    )
    return mine.order_by(Resource.created_at.desc(), Resource.instance_id)


def resource_in_use(uow: UnitOfWork, account: Account) -> Resource | None:
    """The account's newest service that is in use. A package is no service."""
    return uow.session.scalars(_NEWEST_IN_USE, {"account": account.id}).first()
