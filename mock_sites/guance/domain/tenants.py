"""Enterprises of the marketplace that use an instance (spec huawei 4.1, tenantSync)."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from mock_sites.guance.domain.states import SubscriptionState
from mock_sites.guance.domain.tables import Application, Department, Subscription, Tenant, TenantMember
from mock_sites.world.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class TenantFacts:
    """What the marketplace sends about an enterprise. ``domain_name`` is where its members' codes are redeemed."""

    tenant_id: str
    instance_id: str
    code: str
    name: str
    domain_name: str


def sync(uow: UnitOfWork, details: TenantFacts) -> None:
    """Add an enterprise to an instance, or change its name and domain. Repeating it changes nothing."""
    tenant = at_instance(uow, details.tenant_id, details.instance_id)
    if tenant is None:
        tenant = Tenant(
            tenant_id=details.tenant_id,
            instance_id=details.instance_id,
            code=details.code,
            name=details.name,
            domain_name=details.domain_name,
            synced_at=uow.now,
        )
        uow.session.add(tenant)
        uow.record("tenant.added", tenant=details.tenant_id, instance=details.instance_id, name=details.name)
    elif (tenant.name, tenant.domain_name) != (details.name, details.domain_name):
        tenant.name, tenant.domain_name, tenant.synced_at = details.name, details.domain_name, uow.now
        uow.record("tenant.changed", tenant=details.tenant_id, instance=details.instance_id, name=details.name)


def remove(uow: UnitOfWork, tenant_id: str, instance_id: str) -> None:
    """Delete an enterprise and all its data from an instance. An unknown one is no error (spec huawei 4.1)."""
    tenant = at_instance(uow, tenant_id, instance_id)
    if tenant is not None:
        for table in (Application, TenantMember, Department):
            of_it = (table.tenant_id == tenant_id, table.instance_id == instance_id)
            uow.session.execute(delete(table).where(*of_it))
        uow.session.delete(tenant)
        uow.record("tenant.removed", tenant=tenant_id, instance=instance_id)


def at_instance(uow: UnitOfWork, tenant_id: str, instance_id: str) -> Tenant | None:
    """The row of the enterprise at one instance."""
    return uow.session.get(Tenant, (tenant_id, instance_id))


def find(uow: UnitOfWork, tenant_id: str) -> Tenant | None:
    """The enterprise with this id, at the instance it was added to last."""
    wanted = select(Tenant).where(Tenant.tenant_id == tenant_id)
    return uow.session.scalar(wanted.order_by(Tenant.synced_at.desc(), Tenant.instance_id).limit(1))


def payer(uow: UnitOfWork, tenant_id: str) -> str | None:
    """The account ID of the Huawei Cloud account of an enterprise, if it has an open subscription.

    A customer who subscribes again after closing gets a new instance. The enterprise may still be listed at the old
    one.
    """
    return _payer(uow, tenant_id, SubscriptionState.OPEN)


def is_suspended(uow: UnitOfWork, tenant_id: str) -> bool:
    """Whether the subscription of an enterprise is suspended and there is no other open one."""
    return payer(uow, tenant_id) is None and _payer(uow, tenant_id, SubscriptionState.SUSPENDED) is not None


def _payer(uow: UnitOfWork, tenant_id: str, state: SubscriptionState) -> str | None:
    behind = (
        select(Subscription.huawei_account_id)
        .join(Tenant, Tenant.instance_id == Subscription.instance_id)
        .where(Tenant.tenant_id == tenant_id)
    )
    order = (Subscription.created_at, Subscription.instance_id)
    first = select(*order).where(Subscription.state == state).order_by(*order).limit(1)
    found = [
        (row.created_at, row.instance_id, account)
        for account in uow.session.scalars(behind.distinct())
        for row in uow.session.execute(first.where(Subscription.huawei_account_id == account))
    ]
    return min(found)[-1] if found else None
