"""Subscribing: orders, and the resources they bring."""

from typing import Any, Final

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from mock_sites.huawei.domain import expiry
from mock_sites.huawei.domain.periods import BEIJING
from mock_sites.huawei.domain.tables import Account, Order, Product, Resource
from mock_sites.world.book import Book
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.ledger import Facts
from mock_sites.world.seed import CAPITALS

PROVISIONING_SECONDS: Final = (3, 8)
"""How long it takes from the seller's answer until the service is listed: the shortest and the longest time."""

_NEWEST_IN_USE: Final = (
    select(Resource)
    .where(Resource.account_id == bindparam("account"), Resource.state == "in_use")
    .order_by(Resource.created_at.desc(), Resource.instance_id)
    .limit(1)
)
"""Most pages of a buyer ask this, so it is prepared once."""


def next_attempt(book: Book, account: Account, product: Product) -> int:
    """The number that the account's next order of the product will carry."""
    mine = select(func.count()).where(Order.account_id == account.id, Order.content_id == product.content_id)
    return (book.session.scalar(mine) or 0) + 1


def open_order(book: Book, account: Account, product: Product) -> Order | None:
    """The account's order of the product that is being processed, or whose service is in use."""
    mine = select(Order).outerjoin(Resource, Resource.order_id == Order.id)
    mine = mine.where(Order.account_id == account.id, Order.content_id == product.content_id)
    going_on = mine.where(Order.state != "cancelled", or_(Resource.state.is_(None), Resource.state != "closed"))
    return book.session.scalars(going_on.order_by(Order.attempt).limit(1)).first()


def subscribe(book: Book, account: Account, product: Product, *, attempt: int, agreed: bool) -> Order:
    """Order a pay-per-use product; sending the same attempt again brings the same order (S1, Step One).

    Raises:
        Refusal: the account is not verified, the terms are not agreed to, or the product is subscribed to already.
    """
    if order := sent_before(book, account, product, attempt):
        return order
    check_verified(account)
    if not agreed:
        raise Refusal(N_("Agree to the terms before you subscribe."), field="agreed")
    if open_order(book, account, product):
        raise Refusal(N_("You have subscribed to this product already. You find it in Purchased Services."))
    order = place(book, account, product, state="processing")
    book.schedule("deliver", activity="newInstance", order=order.id)
    return order


def sent_before(book: Book, account: Account, product: Product, attempt: int) -> Order | None:
    """The order that this attempt has made already."""
    sent = select(Order).where(
        Order.account_id == account.id, Order.content_id == product.content_id, Order.attempt == attempt
    )
    return book.session.scalars(sent).first()


def check_verified(account: Account) -> None:
    """Refuse a buyer who is not verified (S1, Step One, note).

    Raises:
        Refusal: the account is not verified with real-name authentication.
    """
    if not account.verified:
        raise Refusal(N_("Your account must be verified with real-name authentication before you can purchase."))


def place(book: Book, account: Account, product: Product, *, state: str, **details: Any) -> Order:
    """Write down an order with ``details``; its number begins with CS and the time (spec huawei 1.2)."""
    order = Order(
        id=f"CS{book.now + BEIJING:%y%m%d%H%M}{book.letters('order', 5, CAPITALS)}",
        account=account,
        product=product,
        attempt=next_attempt(book, account, product),
        business_id=book.letters("business", 32),
        created_at=book.now,
        state=state,
        **details,
    )
    book.session.add(order)
    book.session.flush()
    book.record("order.submitted", order=order.id, product=product.title, type=order.type, account=account.name)
    return order


def instance_created(book: Book, order: Order, instance_id: str) -> None:
    """The seller has made the instance; the service will be listed a little later. Told again, it changes nothing."""
    if order.state != "processing" or order.instance_id:
        return
    order.instance_id = instance_id
    book.record("instance.created", order=order.id, instance=instance_id)
    after = book.between("provisioning", *PROVISIONING_SECONDS)
    book.schedule("list-service", after=after, order=order.id, instance=instance_id)


def list_service(book: Book, payload: Facts) -> None:
    """The provisioning's end: the service appears in Purchased Services.

    An instance that another order has brought already is none of this order's: the order fails.
    """
    order, instance_id = book.session.get_one(Order, payload["order"]), payload["instance"]
    if book.session.get(Resource, instance_id):
        book.record("instance.taken", order=order.id, instance=instance_id)
        order.instance_id = None
        fail(book, order)
        return
    order.state = "completed"
    resource = Resource(
        instance_id=instance_id,
        order=order,
        account_id=order.account_id,
        created_at=book.now,
        expires_at=order.expires_at,
        auto_renew=order.auto_renew,
        specification_id=order.specification_id,
    )
    book.session.add(resource)
    book.record("service.listed", order=order.id, instance=instance_id)
    expiry.watch(book, resource)


def complete(book: Book, order: Order) -> None:
    """The seller has done what was ordered; what is to be refunded is paid back."""
    order.state = "completed"
    book.record("order.completed", order=order.id, type=order.type)
    _pay_back(book, order)


def fail(book: Book, order: Order) -> None:
    """The seller has failed for good: the order is unsubscribed, and what was paid is paid back (spec huawei 2.8)."""
    if order.state != "processing":
        return
    order.state, order.refund = "cancelled", order.amount
    book.record("order.cancelled", order=order.id)
    _pay_back(book, order)


def _pay_back(book: Book, order: Order) -> None:
    if order.refund:
        order.account.balance += order.refund
        order.refunded_at = book.now
        book.record("order.refunded", order=order.id, amount=order.refund, account=order.account.name)


def orders_of(account: Account, state: str = "") -> Select[Order]:
    """The account's orders, or those in one state, newest first."""
    mine = select(Order).where(Order.account_id == account.id)
    mine = mine.where(Order.state == state) if state else mine
    return mine.order_by(Order.created_at.desc(), Order.attempt.desc(), Order.id)


def resources_of(account: Account, state: str = "") -> Select[Resource]:
    """The account's purchased services, or those in one state, newest first."""
    mine = select(Resource).where(Resource.account_id == account.id).options(joinedload(Resource.order))
    mine = mine.where(Resource.state == state) if state else mine
    return mine.order_by(Resource.created_at.desc(), Resource.instance_id)


def resource_in_use(book: Book, account: Account) -> Resource | None:
    """The account's newest service that is in use."""
    return book.session.scalars(_NEWEST_IN_USE, {"account": account.id}).first()
