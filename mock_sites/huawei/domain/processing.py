"""What an order of a period product sets going once it is paid, and what the seller's answer makes of it."""

from typing import Final

from mock_sites.huawei.domain import expiry, orders, periods
from mock_sites.huawei.domain.tables import Order, Resource, Specification
from mock_sites.world.book import Book
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.ledger import Facts

SCENES: Final = {"RENEW": "RENEWAL", "TRIAL_TO_FORMAL": "TRIAL_TO_FORMAL", "UNSUBSCRIBE": "UNSUBSCRIBE_RENEWAL_PERIOD"}
"""The scene of ``refreshInstance`` by the type of the order (spec huawei 2.6)."""

LIVING: Final = ("in_use", *expiry.EXPIRED)
"""States of a service that can still be renewed."""


def begin(book: Book, order: Order) -> None:
    """Call the seller for an order that is paid, or costs nothing. What was bought begins now, or after what there is.

    Raises:
        Refusal: the service that the order is about cannot be had any more as it was ordered.
    """
    order.begins_at = begins_at = book.now
    if order.type in {"NEW", "TRIAL"}:
        order.expires_at = periods.end(begins_at, specification_of(order), order.period_number)
        book.schedule("deliver", activity="newInstance", order=order.id)
        return
    resource = service_of(book, order)
    check_living(resource)
    facts: Facts = {"order": order.id, "instance": resource.instance_id}
    if order.type == "CHANGE":
        check_in_use(book, resource)
        order.expires_at = resource.expires_at
        book.schedule("deliver", activity="upgradeInstance", **facts)
        return
    if order.type == "RENEW" and resource.expires_at:
        order.begins_at = begins_at = resource.expires_at
    if order.type != "UNSUBSCRIBE":
        order.expires_at = periods.end(begins_at, specification_of(order), order.period_number)
    book.schedule("deliver", activity="refreshInstance", scene=SCENES[order.type], **facts)


def refreshed(book: Book, order: Order) -> None:
    """The seller has changed the end of the service: renewed, made a trial formal, or unsubscribed from a renewal."""
    if order.state != "processing":
        return
    resource = service_of(book, order)
    orders.complete(book, order)
    if order.type != "UNSUBSCRIBE":
        resource.specification_id = order.specification_id
    if order.expires_at:
        expiry.moved(book, resource, order.expires_at)


def upgraded(book: Book, order: Order) -> None:
    """The seller has upgraded the service."""
    if order.state == "processing":
        orders.complete(book, order)
        resource = service_of(book, order)
        resource.specification_id = order.specification_id
        book.record("service.upgraded", instance=resource.instance_id, sku=specification_of(order).sku_code)


def service_of(book: Book, order: Order) -> Resource:
    """The service that an order is about."""
    return book.session.get_one(Resource, order.instance_id)


def specification_of(order: Order) -> Specification:
    """What an order of a period product buys."""
    if order.specification is None:
        raise LookupError(f"order {order.id} is of no specification")
    return order.specification


def check_living(resource: Resource) -> None:
    """Refuse to change a service that is no more.

    Raises:
        Refusal: it was released, or is being released.
    """
    if resource.state not in LIVING:
        raise Refusal(N_("This service has been released, or is being so. Buy the product anew."))


def check_in_use(book: Book, resource: Resource) -> None:
    """Refuse to change a service that is expired.

    Raises:
        Refusal: it has expired, and can be renewed.
    """
    if resource.state != "in_use" or expiry.over(book, resource):
        raise Refusal(N_("This service has expired. Renew it first."))
