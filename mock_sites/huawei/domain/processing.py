"""What happens when an order of a period product or a package is paid, and when the seller has answered."""

from typing import Final

from mock_sites.huawei.domain import expiry, orders, packages, periods
from mock_sites.huawei.domain.jobs import Activity, ChangeEdition, Deliver
from mock_sites.huawei.domain.states import LIVING, OrderState, ResourceState
from mock_sites.huawei.domain.tables import Order, Resource, Specification
from mock_sites.huawei.protocol.orders import RENEWAL, RENEWAL_CHANGE, TRIAL_TO_FORMAL, UNSUBSCRIBE_RENEWAL_PERIOD
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

SCENES: Final = {"RENEW": RENEWAL, "TRIAL_TO_FORMAL": TRIAL_TO_FORMAL, "UNSUBSCRIBE": UNSUBSCRIBE_RENEWAL_PERIOD}
"""The scene of ``refreshInstance``, by the type of the order (spec huawei 2.6)."""


def begin(uow: UnitOfWork, order: Order) -> None:
    """Call the seller for an order that is paid or free. The new term begins now, or after the current one.

    Raises:
        Refusal: the service of the order is no longer available as it was ordered.
    """
    check_possible(uow, order)
    order.begins_at = begins_at = uow.now
    if order.type in {"NEW", "TRIAL"}:
        if order.specification:
            order.expires_at = periods.end(begins_at, order.specification, order.period_number)
        uow.schedule(Deliver(activity=Activity.NEW_INSTANCE, order=order.id))
        return
    resource = service_of(uow, order)
    if order.type == "CHANGE":
        order.expires_at = resource.expires_at
        uow.schedule(Deliver(activity=Activity.UPGRADE_INSTANCE, order=order.id, instance=resource.instance_id))
        return
    if order.type == "RENEW" and resource.expires_at:
        order.begins_at = begins_at = resource.expires_at
    if order.type != "UNSUBSCRIBE":
        order.expires_at = periods.end(begins_at, specification_of(order), order.period_number)
    scene = RENEWAL_CHANGE if order.type == "RENEW" and changes(resource, order) else SCENES[order.type]
    uow.schedule(
        Deliver(activity=Activity.REFRESH_INSTANCE, order=order.id, instance=resource.instance_id, scene=scene)
    )


def check_possible(uow: UnitOfWork, order: Order) -> None:
    """Check that an order can still be carried out.

    Raises:
        Refusal: the service of the order is no longer available as it was ordered.
    """
    if order.package:
        packages.check_subscribed(uow, order.account, order.product)
    if order.type not in {"NEW", "TRIAL"}:
        check_living(service_of(uow, order))
    if order.type == "CHANGE":
        check_in_use(uow, service_of(uow, order))


def refreshed(uow: UnitOfWork, order: Order) -> None:
    """The seller has changed the end of the service: it was renewed, made formal, or its renewal was unsubscribed."""
    if order.state is not OrderState.PROCESSING:
        return
    resource = service_of(uow, order)
    orders.complete(uow, order)
    if order.type == "UNSUBSCRIBE":
        _take_back_change(uow, resource, order)
    else:
        _specify(uow, resource, order)
    if order.expires_at:
        expiry.moved(uow, resource, order.expires_at)


def _specify(uow: UnitOfWork, resource: Resource, order: Order) -> None:
    """Set the specification of the service from now on. A renewal as another edition takes effect when the new term
    begins.
    """
    if order.type == "RENEW" and changes(resource, order) and order.begins_at and order.begins_at > uow.now:
        resource.next_specification_id, resource.changes_at = order.specification_id, order.begins_at
        seconds = (order.begins_at - uow.now).total_seconds()
        uow.schedule(ChangeEdition(resource.instance_id), after=seconds)
    elif resource.next_specification_id:
        resource.next_specification_id = order.specification_id
    else:
        resource.specification_id = order.specification_id


def _take_back_change(uow: UnitOfWork, resource: Resource, order: Order) -> None:
    """Cancel the planned change of edition, because the service ends before it."""
    if resource.changes_at and order.expires_at and order.expires_at <= resource.changes_at:
        resource.next_specification_id = resource.changes_at = None
        uow.unschedule(ChangeEdition(resource.instance_id))


def change_edition(uow: UnitOfWork, job: ChangeEdition) -> None:
    """The beginning of the term for which the service was renewed as another edition."""
    resource = uow.session.get_one(Resource, job.instance)
    if resource.next_specification and resource.changes_at and resource.changes_at <= uow.now:
        uow.record("service.edition-changed", instance=resource.instance_id, sku=resource.next_specification.sku_code)
        resource.specification_id = resource.next_specification_id
        resource.next_specification_id = resource.changes_at = None


def going_on_as(resource: Resource) -> Specification | None:
    """The specification of the service at its end."""
    return resource.next_specification or resource.specification


def changes(resource: Resource, order: Order) -> bool:
    """Whether an order renews the service as another edition than the one at its end."""
    now = going_on_as(resource)
    return now is not None and now.sku_code != specification_of(order).sku_code


def upgraded(uow: UnitOfWork, order: Order) -> None:
    """The seller has upgraded the service."""
    if order.state is OrderState.PROCESSING:
        orders.complete(uow, order)
        resource = service_of(uow, order)
        resource.specification_id = order.specification_id
        uow.record("service.upgraded", instance=resource.instance_id, sku=specification_of(order).sku_code)


def service_of(uow: UnitOfWork, order: Order) -> Resource:
    """The service of an order."""
    return uow.session.get_one(Resource, order.instance_id)


def specification_of(order: Order) -> Specification:
    """The specification that an order buys."""
    if order.specification is None:
        raise LookupError(f"order {order.id} is of no specification")
    return order.specification


def check_living(resource: Resource) -> None:
    """Check that the service still exists.

    Raises:
        Refusal: it was released, or is being released, or its release has failed.
    """
    if resource.state is ResourceState.CLOSING_FAILED:
        raise Refusal(
            N_(
                "The seller has not released this service, although it was called several times. Close the service "
                "again, or let the seller restart the release: Seller Center, Production interface messages, Restart."
            )
        )
    if resource.state not in LIVING:
        raise Refusal(N_("This service has been released, or is being so. Buy the product anew."))


def check_in_use(uow: UnitOfWork, resource: Resource) -> None:
    """Check that the service has not expired.

    Raises:
        Refusal: it has expired, and can be renewed.
    """
    if resource.state is not ResourceState.IN_USE or expiry.over(uow, resource):
        raise Refusal(N_("This service has expired. Renew it first."))
