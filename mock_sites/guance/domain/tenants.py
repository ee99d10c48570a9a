"""Enterprises of the marketplace that use an instance (spec huawei 4.1, tenantSync)."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from mock_sites.guance.domain.kit_tables import Application, Department, TenantMember
from mock_sites.guance.domain.tables import Subscription, Tenant
from mock_sites.world.book import Book


@dataclass(frozen=True)
class TenantFacts:
    """What the marketplace tells about an enterprise. ``domain_name`` is where its members' codes are redeemed."""

    tenant_id: str
    instance_id: str
    code: str
    name: str
    domain_name: str


def sync(book: Book, facts: TenantFacts) -> None:
    """Add an enterprise to an instance, or change its name and domain; repeating it changes nothing."""
    tenant = at_instance(book, facts.tenant_id, facts.instance_id)
    if tenant is None:
        tenant = Tenant(
            tenant_id=facts.tenant_id,
            instance_id=facts.instance_id,
            code=facts.code,
            name=facts.name,
            domain_name=facts.domain_name,
            synced_at=book.now,
        )
        book.session.add(tenant)
        book.record("tenant.added", tenant=facts.tenant_id, instance=facts.instance_id, name=facts.name)
    elif (tenant.name, tenant.domain_name) != (facts.name, facts.domain_name):
        tenant.name, tenant.domain_name, tenant.synced_at = facts.name, facts.domain_name, book.now
        book.record("tenant.changed", tenant=facts.tenant_id, instance=facts.instance_id, name=facts.name)


def remove(book: Book, tenant_id: str, instance_id: str) -> None:
    """Take an enterprise, and all that is known of it, from an instance; it need not be there (spec huawei 4.1)."""
    tenant = at_instance(book, tenant_id, instance_id)
    if tenant is not None:
        for table in (Application, TenantMember, Department):
            of_it = (table.tenant_id == tenant_id, table.instance_id == instance_id)
            book.session.execute(delete(table).where(*of_it))
        book.session.delete(tenant)
        book.record("tenant.removed", tenant=tenant_id, instance=instance_id)


def at_instance(book: Book, tenant_id: str, instance_id: str) -> Tenant | None:
    """The enterprise as a user of one instance."""
    return book.session.get(Tenant, (tenant_id, instance_id))


def find(book: Book, tenant_id: str) -> Tenant | None:
    """The enterprise with this id, at the instance it was added to last."""
    wanted = select(Tenant).where(Tenant.tenant_id == tenant_id)
    return book.session.scalar(wanted.order_by(Tenant.synced_at.desc(), Tenant.instance_id).limit(1))


def payer(book: Book, tenant_id: str) -> str | None:
    """The account ID of the Huawei Cloud account behind an enterprise, if it has an open subscription.

    Who subscribes again after closing gets a new instance, while the enterprise may still stand at the old one.
    """
    return _payer(book, tenant_id, "open")


def is_suspended(book: Book, tenant_id: str) -> bool:
    """Whether the subscription behind an enterprise is suspended, and there is no other one that is open."""
    return payer(book, tenant_id) is None and _payer(book, tenant_id, "suspended") is not None


def _payer(book: Book, tenant_id: str, state: str) -> str | None:
    behind = (
        select(Subscription.huawei_account_id)
        .join(Tenant, Tenant.instance_id == Subscription.instance_id)
        .where(Tenant.tenant_id == tenant_id)
    )
    wanted = select(Subscription.huawei_account_id).where(
        Subscription.huawei_account_id.in_(behind), Subscription.state == state
    )
    return book.session.scalar(wanted.order_by(Subscription.created_at, Subscription.instance_id).limit(1))
