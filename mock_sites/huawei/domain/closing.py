"""Closing a resource (S2, Canceling Subscription to Guance on Huawei Cloud)."""

from typing import Final

from sqlalchemy import select

from mock_sites.huawei.domain import expiry, orders
from mock_sites.huawei.domain.jobs import Activity, ChangeEdition, Deliver, ReleaseExpired
from mock_sites.huawei.domain.states import CLOSABLE, ENDED, OrderState, ResourceState
from mock_sites.huawei.domain.tables import Order, Resource
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

CLOSING_SECONDS: Final = 2
"""How long a resource shows "Closing" before the seller is called. After a refresh it is closed (S2, Canceling, 4)."""

PATIENCE_SECONDS: Final = 3600
"""How long the release of an expired service waits for a paid renewal that is being processed."""


def closable(resource: Resource) -> bool:
    """Whether Close Resource is offered. Products paid for by months or years are unsubscribed or expire instead."""
    paid = resource.specification is not None and not resource.specification.trial
    return resource.state in CLOSABLE and not (paid and resource.state is ResourceState.IN_USE)


def check_closable(uow: UnitOfWork, resource: Resource) -> None:
    """Check that a resource can be closed by hand.

    Raises:
        Refusal: it is closed or being closed already, it has expired, it was bought for a period, or an order about it
            is being processed, such as one that makes a trial formal.
    """
    if resource.state is ResourceState.CLOSED:
        raise Refusal(N_("This resource is closed already."))
    if resource.state is ResourceState.CLOSING:
        raise Refusal(N_("This resource is being closed already. Refresh Purchased Services to see when it is closed."))
    if resource.state not in CLOSABLE:
        raise Refusal(N_("This resource has expired. It is released by itself unless you renew it."))
    if not closable(resource):
        raise Refusal(N_("This resource was bought for a period. Unsubscribe it, or let it expire."))
    # After a failed release, closing the resource again continues its unsubscription.
    if any(order.type != "UNSUBSCRIBE" for order in _under_way(uow, resource)):
        raise Refusal(N_("An order about this service is being processed. Wait until it is completed."))


def close(uow: UnitOfWork, resource: Resource) -> None:
    """Begin to close a resource. From now on nobody can log in with it, and the seller is called to release its
    instance.

    Raises:
        Refusal: it cannot be closed by hand.
    """
    check_closable(uow, resource)
    release(uow, resource, _release_order(uow, resource))


def release(uow: UnitOfWork, resource: Resource, order_id: str) -> None:
    """Let the seller release the instance of a resource, because of an order or at the end of the order that created
    it.
    """
    resource.state = ResourceState.CLOSING
    expiry.unwatch(uow, resource)
    expiry.keep_status(uow, resource)
    uow.unschedule(ChangeEdition(resource.instance_id))
    uow.record("resource.closing", instance=resource.instance_id, order=resource.order_id)
    job = Deliver(activity=Activity.RELEASE_INSTANCE, instance=resource.instance_id, order=order_id)
    uow.schedule(job, after=CLOSING_SECONDS)


def release_expired(uow: UnitOfWork, job: ReleaseExpired) -> None:
    """The end of the time in which an expired service could be renewed: it is released (spec huawei 1.3)."""
    resource = uow.session.get_one(Resource, job.instance)
    if resource.state not in ENDED or not expiry.grace_over(uow, resource):
        return
    if _under_way(uow, resource):
        uow.schedule(job, after=PATIENCE_SECONDS)
    else:
        release(uow, resource, resource.order_id)


def released(uow: UnitOfWork, resource: Resource) -> None:
    """The seller has released the instance. The resource is closed for good, and its unsubscription is completed."""
    if resource.state is ResourceState.CLOSED:
        return
    resource.state, resource.closed_at = ResourceState.CLOSED, uow.now
    uow.record("resource.closed", instance=resource.instance_id, order=resource.order_id)
    if order := _unsubscription(uow, resource):
        orders.complete(uow, order)


def release_failed(uow: UnitOfWork, resource: Resource) -> None:
    """The last try to release the instance failed. The buyer can close the resource again."""
    if resource.state is ResourceState.CLOSING:
        resource.state = ResourceState.CLOSING_FAILED
        uow.record("resource.closing-failed", instance=resource.instance_id)


def _release_order(uow: UnitOfWork, resource: Resource) -> str:
    order = _unsubscription(uow, resource)
    return order.id if order else resource.order_id


def _unsubscription(uow: UnitOfWork, resource: Resource) -> Order | None:
    """The open order that unsubscribes the whole resource."""
    return next((order for order in _under_way(uow, resource) if order.type == "UNSUBSCRIBE"), None)


def _under_way(uow: UnitOfWork, resource: Resource) -> list[Order]:
    wanted = select(Order).where(Order.instance_id == resource.instance_id, Order.state == OrderState.PROCESSING)
    return list(uow.session.scalars(wanted))
