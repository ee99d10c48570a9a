"""Closing a resource (S2, Canceling Subscription to Guance on Huawei Cloud)."""

from typing import Final

from sqlalchemy import select

from mock_sites.huawei.domain import expiry, orders
from mock_sites.huawei.domain.tables import Order, Resource
from mock_sites.world.book import Book
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.ledger import Facts

CLOSING_SECONDS: Final = 2
"""How long a resource shows "Closing" before the seller is called; after a refresh it is closed (S2, Canceling, 4)."""

PATIENCE_SECONDS: Final = 3600
"""How long the release of an expired service waits for a renewal that was paid and is being processed."""

CLOSABLE: Final = ("in_use", "closing_failed")


def closable(resource: Resource) -> bool:
    """Whether Close Resource is offered: what was paid for months or years is unsubscribed or expires instead."""
    paid = resource.specification is not None and not resource.specification.trial
    return resource.state in CLOSABLE and not (paid and resource.state == "in_use")


def check_closable(resource: Resource) -> None:
    """Refuse to close a resource that cannot be closed by hand.

    Raises:
        Refusal: it is closed or being closed already, it has expired, or it was bought for a period.
    """
    if resource.state == "closed":
        raise Refusal(N_("This resource is closed already."))
    if resource.state == "closing":
        raise Refusal(N_("This resource is being closed already. Refresh Purchased Services to see when it is closed."))
    if resource.state not in CLOSABLE:
        raise Refusal(N_("This resource has expired. It is released by itself unless you renew it."))
    if not closable(resource):
        raise Refusal(N_("This resource was bought for a period. Unsubscribe it, or let it expire."))


def close(book: Book, resource: Resource) -> None:
    """Begin to close a resource: from now on nobody logs in by it, and the seller is told to release its instance.

    Raises:
        Refusal: it cannot be closed by hand.
    """
    check_closable(resource)
    release(book, resource, _release_order(book, resource))


def release(book: Book, resource: Resource, order_id: str) -> None:
    """Have the seller release the instance of a resource, because of an order or at the end of the one that made it."""
    resource.state = "closing"
    book.record("resource.closing", instance=resource.instance_id, order=resource.order_id)
    facts = {"activity": "releaseInstance", "instance": resource.instance_id, "order": order_id}
    book.schedule("deliver", after=CLOSING_SECONDS, **facts)


def release_expired(book: Book, payload: Facts) -> None:
    """The end of the time in which an expired service could be renewed: it is released (spec huawei 1.3)."""
    resource = book.session.get_one(Resource, payload["instance"])
    if resource.state not in expiry.EXPIRED or not expiry.grace_over(book, resource):
        return
    if _under_way(book, resource):
        book.schedule("release-expired", after=PATIENCE_SECONDS, instance=resource.instance_id)
    else:
        release(book, resource, resource.order_id)


def released(book: Book, resource: Resource) -> None:
    """The seller has released the instance: the resource is closed for good, and its unsubscription is completed."""
    if resource.state == "closed":
        return
    resource.state, resource.closed_at = "closed", book.now
    book.record("resource.closed", instance=resource.instance_id, order=resource.order_id)
    if order := _unsubscription(book, resource):
        orders.complete(book, order)


def release_failed(book: Book, resource: Resource) -> None:
    """The seller has failed for good: the buyer can close the resource anew."""
    if resource.state == "closing":
        resource.state = "closing_failed"
        book.record("resource.closing-failed", instance=resource.instance_id)


def _release_order(book: Book, resource: Resource) -> str:
    order = _unsubscription(book, resource)
    return order.id if order else resource.order_id


def _unsubscription(book: Book, resource: Resource) -> Order | None:
    """The unsubscription of the whole resource that is under way."""
    return next((order for order in _under_way(book, resource) if order.type == "UNSUBSCRIBE"), None)


def _under_way(book: Book, resource: Resource) -> list[Order]:
    wanted = select(Order).where(Order.instance_id == resource.instance_id, Order.state == "processing")
    return list(book.session.scalars(wanted))
