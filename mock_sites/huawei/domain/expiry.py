"""What happens to a period service over time: it expires, is frozen, and is released (spec huawei 1.3 and 3)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from mock_sites.huawei.domain import messages
from mock_sites.huawei.domain.jobs import Activity, AutoRenew, Deliver, ExpireService, HuaweiJob, ReleaseExpired
from mock_sites.huawei.domain.states import ENDED, ResourceState
from mock_sites.huawei.domain.tables import Resource, Seller
from mock_sites.huawei.protocol.orders import FREEZE, UNFREEZE
from mock_sites.huawei.protocol.retries import POLICIES
from mock_sites.world.unit_of_work import UnitOfWork

GRACE: Final = timedelta(days=15)
"""How long an expired service can be renewed before it is released. The documents say "up to"."""

AUTO_RENEWAL: Final = timedelta(days=1)
"""How long before its end a service is renewed automatically. No document gives the time."""


def watch(uow: UnitOfWork, resource: Resource) -> None:
    """Schedule what is due at the end of the service, in place of what was due at an earlier end."""
    unwatch(uow, resource)
    if resource.expires_at is None:
        return
    _at(uow, resource.expires_at, ExpireService(resource.instance_id))
    _at(uow, resource.expires_at + GRACE, ReleaseExpired(resource.instance_id))
    watch_renewal(uow, resource)


def unwatch(uow: UnitOfWork, resource: Resource) -> None:
    """Schedule nothing any more for the end of the service."""
    due = (ExpireService, ReleaseExpired, AutoRenew)
    uow.unschedule(*(job(resource.instance_id) for job in due))


def watch_renewal(uow: UnitOfWork, resource: Resource) -> None:
    """Schedule the automatic renewal shortly before the end, if that is the expiry policy of the service."""
    uow.unschedule(AutoRenew(resource.instance_id))
    if resource.auto_renew and resource.expires_at:
        _at(uow, resource.expires_at - AUTO_RENEWAL, AutoRenew(resource.instance_id))


def expire(uow: UnitOfWork, job: ExpireService) -> None:
    """The end of the service: it can no longer be used, and the seller is called to freeze it."""
    resource = uow.session.get_one(Resource, job.instance)
    if not over(uow, resource):
        return
    keep_status(uow, resource)
    if resource.state is not ResourceState.IN_USE:
        return
    resource.state = ResourceState.EXPIRED
    uow.record("service.expired", instance=resource.instance_id)
    messages.service_expired(uow, resource)
    _change_status(uow, resource, status=FREEZE, expired=True)


def frozen(uow: UnitOfWork, resource: Resource) -> None:
    """The seller has frozen the service. If it was renewed in the meantime, it is unfrozen immediately."""
    if not over(uow, resource):
        unfreeze(uow, resource)
    elif resource.state is ResourceState.EXPIRED:
        resource.state = ResourceState.FROZEN
        uow.record("service.frozen", instance=resource.instance_id)


def unfreeze(uow: UnitOfWork, resource: Resource) -> None:
    """Take the service into use again. In V2.0 the seller is called to unfreeze it (spec huawei 3).

    In V1.0 it is not: ``refreshInstance`` has ended what ``expireInstance`` began. ``instanceStatus`` is documented for
    pay-per-use products only (``sources.V1_INSTANCE_STATUS``).
    """
    keep_status(uow, resource)
    seller = uow.session.get(Seller, resource.order.content_id)
    if seller and seller.protocol == "v1":
        unfrozen(uow, resource)
    else:
        _change_status(uow, resource, status=UNFREEZE, expired=False)


def unfrozen(uow: UnitOfWork, resource: Resource) -> None:
    """The seller has taken the service into use again."""
    if resource.state in ENDED and not over(uow, resource):
        resource.state = ResourceState.IN_USE
        uow.record("service.unfrozen", instance=resource.instance_id)


def moved(uow: UnitOfWork, resource: Resource, expires_at: datetime) -> None:
    """Change the end of the service. A frozen one is taken into use again."""
    resource.expires_at = expires_at
    uow.record("service.extended", instance=resource.instance_id, until=expires_at.isoformat())
    watch(uow, resource)
    if resource.state in ENDED and not over(uow, resource):
        unfreeze(uow, resource)


def over(uow: UnitOfWork, resource: Resource) -> bool:
    """Whether the service has reached its end."""
    return resource.expires_at is not None and resource.expires_at <= uow.now


def is_outdated(uow: UnitOfWork, asked: Deliver) -> bool:
    """Whether a call says that a service has expired that was renewed since, or the other way round, or that it has
    changed although it was closed since.
    """
    if asked.expired is None:
        return False
    resource = uow.session.get_one(Resource, asked.instance)
    return resource.state is ResourceState.CLOSED or asked.expired is not over(uow, resource)


def ends_soon(uow: UnitOfWork, resource: Resource) -> bool:
    """Whether it is time to renew a service automatically."""
    return resource.expires_at is not None and resource.expires_at - AUTO_RENEWAL <= uow.now


def grace_over(uow: UnitOfWork, resource: Resource) -> bool:
    """Whether an expired service can no longer be renewed."""
    return resource.expires_at is not None and resource.expires_at + GRACE <= uow.now


def _at(uow: UnitOfWork, moment: datetime, job: HuaweiJob) -> None:
    uow.schedule(job, after=max(0.0, (moment - uow.now).total_seconds()))


def keep_status(uow: UnitOfWork, resource: Resource) -> None:
    """Do not try any more to freeze or unfreeze the service: it has changed since."""
    tries = range(1, POLICIES[Activity.UPDATE_INSTANCE_STATUS].tries + 1)
    for begun in (_change(resource, status=FREEZE, expired=True), _change(resource, status=UNFREEZE, expired=False)):
        uow.unschedule(*(replace(begun, tries=number) for number in tries))


def _change_status(uow: UnitOfWork, resource: Resource, *, status: str, expired: bool) -> None:
    uow.schedule(_change(resource, status=status, expired=expired))


def _change(resource: Resource, *, status: str, expired: bool) -> Deliver:
    return Deliver(
        activity=Activity.UPDATE_INSTANCE_STATUS,
        instance=resource.instance_id,
        order=resource.order_id,
        status=status,
        expired=expired,
    )
