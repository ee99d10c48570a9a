"""Instances that the marketplace ordered (spec huawei 2.6): made once an order line, closed for good."""

from dataclasses import dataclass

from sqlalchemy import select

from mock_sites.guance.domain.tables import Subscription
from mock_sites.world.book import Book


@dataclass(frozen=True)
class Purchase:
    """What the order query tells about an order line. ``huawei_account_id`` is the buyer's account ID (customerId)."""

    order_id: str
    order_line_id: str
    huawei_account_id: str
    product_id: str
    product_name: str


def open_subscription(book: Book, purchase: Purchase, business_id: str) -> Subscription:
    """The subscription of an order line, made at the first call and found again at later ones.

    The first call's ``business_id`` becomes the instance ID, as the marketplace recommends (spec huawei 2.1).
    """
    wanted = select(Subscription).where(
        Subscription.order_id == purchase.order_id, Subscription.order_line_id == purchase.order_line_id
    )
    subscription = book.session.scalar(wanted)
    if subscription is None:
        instance_id = business_id if find(book, business_id) is None else book.letters("instance", 32)
        subscription = Subscription(
            instance_id=instance_id,
            order_id=purchase.order_id,
            order_line_id=purchase.order_line_id,
            huawei_account_id=purchase.huawei_account_id,
            product_id=purchase.product_id,
            product_name=purchase.product_name,
            state="open",
            created_at=book.now,
        )
        book.session.add(subscription)
        book.session.flush()
        book.record(
            "subscription.opened",
            instance=instance_id,
            order=purchase.order_id,
            huawei_account=purchase.huawei_account_id,
        )
    return subscription


def close(book: Book, instance_id: str) -> bool:
    """Close a subscription; False when there is none. Closing it again changes nothing."""
    subscription = find(book, instance_id)
    if subscription is None:
        return False
    if subscription.state == "open":
        subscription.state, subscription.closed_at = "closed", book.now
        book.record("subscription.closed", instance=instance_id, huawei_account=subscription.huawei_account_id)
    return True


def find(book: Book, instance_id: str) -> Subscription | None:
    """The subscription of an instance."""
    return book.session.get(Subscription, instance_id)


def has_open(book: Book, huawei_account_id: str) -> bool:
    """Whether a Huawei Cloud account has an open subscription."""
    wanted = select(Subscription.instance_id).where(
        Subscription.huawei_account_id == huawei_account_id, Subscription.state == "open"
    )
    return book.session.scalar(wanted.limit(1)) is not None
