"""What Guance stores of the joint-operation kit's calls about an enterprise, except the enterprise itself (spec huawei
4.1).
"""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.guance.domain.tables.base import Table


class Tenant(Table):
    """An enterprise of the marketplace that uses an instance (spec huawei 4.1, tenantSync)."""

    __tablename__ = "tenants"
    tenant_id: Mapped[str] = mapped_column(primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("subscriptions.instance_id"), primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    domain_name: Mapped[str]
    synced_at: Mapped[datetime]


class Application(Table):
    """The OAuth client with which Guance redeems the login codes of an enterprise (applicationSync)."""

    __tablename__ = "applications"
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "instance_id"], ["tenants.tenant_id", "tenants.instance_id"]),)
    tenant_id: Mapped[str] = mapped_column(primary_key=True)
    instance_id: Mapped[str] = mapped_column(primary_key=True)
    app_id: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[str]
    client_secret: Mapped[str]
    synced_at: Mapped[datetime]


class TenantMember(Table):
    """A member of an enterprise (authSync). ``user_name`` is unique only within the enterprise (spec huawei 4.3).

    ``authorized`` is False after the authorization was cancelled. ``enabled`` is False for a disabled member.
    """

    __tablename__ = "tenant_members"
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "instance_id"], ["tenants.tenant_id", "tenants.instance_id"]),)
    tenant_id: Mapped[str] = mapped_column(primary_key=True)
    instance_id: Mapped[str] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    org_code: Mapped[str]
    role: Mapped[str]
    enabled: Mapped[bool]
    authorized: Mapped[bool]
    mobile: Mapped[str]
    email: Mapped[str]


class Department(Table):
    """A department of an enterprise (singleOrgSync, allOrgSync). ``parent_code`` is empty for a top department."""

    __tablename__ = "departments"
    __table_args__ = (ForeignKeyConstraint(["tenant_id", "instance_id"], ["tenants.tenant_id", "tenants.instance_id"]),)
    tenant_id: Mapped[str] = mapped_column(primary_key=True)
    instance_id: Mapped[str] = mapped_column(primary_key=True)
    org_code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_code: Mapped[str]
