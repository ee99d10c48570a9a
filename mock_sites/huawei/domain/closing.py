"""Closing a resource (S2, Canceling Subscription to Guance on Huawei Cloud)."""

from typing import Final

from mock_sites.huawei.domain.tables import Resource
from mock_sites.world.book import Book
from mock_sites.world.errors import N_, Refusal

CLOSING_SECONDS: Final = 2
"""How long a resource shows "Closing" before the seller is called; after a refresh it is closed (S2, Canceling, 4)."""

CLOSABLE: Final = ("in_use", "closing_failed")


def close(book: Book, resource: Resource) -> None:
    """Begin to close a resource: from now on nobody logs in by it, and the seller is told to release its instance.

    Raises:
        Refusal: it is closed, or being closed, already.
    """
    if resource.state == "closed":
        raise Refusal(N_("This resource is closed already."))
    if resource.state not in CLOSABLE:
        raise Refusal(N_("This resource is being closed already. Refresh Purchased Services to see when it is closed."))
    resource.state = "closing"
    book.record("resource.closing", instance=resource.instance_id, order=resource.order_id)
    call = {"activity": "releaseInstance", "instance": resource.instance_id, "order": resource.order_id}
    book.schedule("deliver", after=CLOSING_SECONDS, **call)


def released(book: Book, resource: Resource) -> None:
    """The seller has released the instance: the resource is closed for good."""
    if resource.state != "closed":
        resource.state, resource.closed_at = "closed", book.now
        book.record("resource.closed", instance=resource.instance_id, order=resource.order_id)


def release_failed(book: Book, resource: Resource) -> None:
    """The seller has not released it in an hour: the buyer can close the resource anew (spec huawei 2.8)."""
    resource.state = "closing_failed"
    book.record("resource.closing-failed", instance=resource.instance_id)
