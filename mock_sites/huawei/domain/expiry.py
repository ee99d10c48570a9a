"""What the clock does to a service of a period: it expires, is frozen, and is released (spec huawei 1.3 and 3)."""

from datetime import datetime, timedelta
from typing import Final

from mock_sites.huawei.domain.tables import Resource
from mock_sites.world.book import Book
from mock_sites.world.ledger import Facts

GRACE: Final = timedelta(days=15)
"""How long an expired service can be renewed before it is released; the documents say "up to"."""

AUTO_RENEWAL: Final = timedelta(days=1)
"""How long before its end a service is renewed by itself. No document names it."""

EXPIRED: Final = ("expired", "frozen")


def watch(book: Book, resource: Resource) -> None:
    """Have the clock do what is due at the service's end, as that stands now."""
    if resource.expires_at is None:
        return
    _at(book, resource.expires_at, "expire-service", resource)
    _at(book, resource.expires_at + GRACE, "release-expired", resource)
    watch_renewal(book, resource)


def watch_renewal(book: Book, resource: Resource) -> None:
    """Have the service renewed by itself shortly before its end, if that is its expiry policy."""
    if resource.auto_renew and resource.expires_at:
        _at(book, resource.expires_at - AUTO_RENEWAL, "auto-renew", resource)


def expire(book: Book, payload: Facts) -> None:
    """The service's end: it cannot be used any more, and the seller is told to freeze it."""
    resource = book.session.get_one(Resource, payload["instance"])
    if resource.state != "in_use" or not over(book, resource):
        return
    resource.state = "expired"
    book.record("service.expired", instance=resource.instance_id)
    _tell(book, resource, status="FREEZE", expired=True)


def frozen(book: Book, resource: Resource) -> None:
    """The seller has frozen the service. One that was renewed in the meantime is unfrozen at once."""
    if not over(book, resource):
        unfreeze(book, resource)
    elif resource.state == "expired":
        resource.state = "frozen"
        book.record("service.frozen", instance=resource.instance_id)


def unfreeze(book: Book, resource: Resource) -> None:
    """Tell the seller that the service can be used again."""
    _tell(book, resource, status="UNFREEZE", expired=False)


def unfrozen(book: Book, resource: Resource) -> None:
    """The seller has unfrozen the service: it is in use again."""
    if resource.state in EXPIRED and not over(book, resource):
        resource.state = "in_use"
        book.record("service.unfrozen", instance=resource.instance_id)


def moved(book: Book, resource: Resource, expires_at: datetime) -> None:
    """The service ends at another moment; one that was frozen is unfrozen."""
    resource.expires_at = expires_at
    book.record("service.extended", instance=resource.instance_id, until=expires_at.isoformat())
    watch(book, resource)
    if resource.state in EXPIRED and not over(book, resource):
        unfreeze(book, resource)


def over(book: Book, resource: Resource) -> bool:
    """Whether the service's end has come."""
    return resource.expires_at is not None and resource.expires_at <= book.now


def ends_soon(book: Book, resource: Resource) -> bool:
    """Whether it is time for a service to be renewed by itself."""
    return resource.expires_at is not None and resource.expires_at - AUTO_RENEWAL <= book.now


def grace_over(book: Book, resource: Resource) -> bool:
    """Whether an expired service can be renewed no more."""
    return resource.expires_at is not None and resource.expires_at + GRACE <= book.now


def _at(book: Book, moment: datetime, kind: str, resource: Resource) -> None:
    seconds = max(0.0, (moment - book.now).total_seconds())
    book.schedule(kind, after=seconds, instance=resource.instance_id)


def _tell(book: Book, resource: Resource, *, status: str, expired: bool) -> None:
    facts: Facts = {"instance": resource.instance_id, "order": resource.order_id, "status": status, "expired": expired}
    book.schedule("deliver", activity="updateInstanceStatus", **facts)
