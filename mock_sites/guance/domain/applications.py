"""The OAuth client with which Guance redeems the login codes of an enterprise (spec huawei 4.1, applicationSync; 4.2,
3).
"""

from dataclasses import dataclass, field

from sqlalchemy import select

from mock_sites.guance.domain.tables import Application, Tenant
from mock_sites.world.agreement import seller_keys
from mock_sites.world.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Credentials:
    """An OAuth client of the enterprise's authentication centre."""

    client_id: str
    client_secret: str = field(repr=False)


def sync(uow: UnitOfWork, tenant: Tenant, app_id: str, credentials: Credentials) -> None:
    """Use ``credentials`` for the enterprise from now on. Repeating it changes nothing."""
    row = uow.session.get(Application, (tenant.tenant_id, tenant.instance_id, app_id))
    if row is None:
        row = Application(tenant_id=tenant.tenant_id, instance_id=tenant.instance_id, app_id=app_id)
        uow.session.add(row)
    elif (row.client_id, row.client_secret) == (credentials.client_id, credentials.client_secret):
        return
    row.client_id, row.client_secret, row.synced_at = credentials.client_id, credentials.client_secret, uow.now
    uow.record("application.synced", tenant=tenant.tenant_id, application=app_id, client=credentials.client_id)


def remove(uow: UnitOfWork, tenant_id: str, instance_id: str, app_id: str) -> None:
    """Delete the credentials of an application. An unknown application is no error."""
    row = uow.session.get(Application, (tenant_id, instance_id, app_id))
    if row is not None:
        uow.session.delete(row)
        uow.record("application.removed", tenant=tenant_id, application=app_id)


def credentials_of(uow: UnitOfWork, tenant: Tenant) -> Credentials:
    """The latest credentials that were synced for an enterprise. Before the first sync, those of the agreement."""
    wanted = select(Application).where(
        Application.tenant_id == tenant.tenant_id, Application.instance_id == tenant.instance_id
    )
    row = uow.session.scalar(wanted.order_by(Application.synced_at.desc(), Application.app_id).limit(1))
    if row is not None:
        return Credentials(row.client_id, row.client_secret)
    keys = seller_keys(uow.world.seed)
    return Credentials(keys.client_id, keys.client_secret)
