"""Guance's rows."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from mock_sites.world.ledger import COLUMN_TYPES

NAME = String(collation="NOCASE")
"""A user name: "Wendy" and "wendy" are the same one."""


class Table(DeclarativeBase):
    """Base of Guance's tables."""

    type_annotation_map = COLUMN_TYPES


class Account(Table):
    """A console account: somebody who signs in at one site. Accounts of two sites are strangers to each other."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("site", "email"), UniqueConstraint("site", "username"))
    id: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str]
    email: Mapped[str]
    username: Mapped[str] = mapped_column(NAME)
    password_hash: Mapped[str]
    phone: Mapped[str]
    company: Mapped[str]
    created_at: Mapped[datetime]


class BillingAccount(Table):
    """A billing center account: holds money, bills and cloud accounts, for workspaces of all sites."""

    __tablename__ = "billing_accounts"
    id: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(NAME, unique=True)
    email: Mapped[str] = mapped_column(index=True)
    password_hash: Mapped[str]
    company: Mapped[str]
    created_at: Mapped[datetime]


class CloudAccount(Table):
    """A Huawei Cloud account (``id`` is its account ID) that pays for workspaces of one billing center account."""

    __tablename__ = "cloud_accounts"
    id: Mapped[str] = mapped_column(primary_key=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    linked_at: Mapped[datetime]


class Workspace(Table):
    """A workspace. ``settlement`` is "huawei" (then ``cloud_account_id`` pays) or "billing-center"."""

    __tablename__ = "workspaces"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    site: Mapped[str]
    plan: Mapped[str]
    language: Mapped[str]
    settlement: Mapped[str]
    token: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime]
    owner_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"), index=True)
    cloud_account_id: Mapped[str | None] = mapped_column(ForeignKey("cloud_accounts.id"), index=True)
    owner: Mapped[Account] = relationship(lazy="joined")
    billing_account: Mapped[BillingAccount] = relationship(lazy="joined")


class Subscription(Table):
    """An instance the marketplace had made for an order. States: open, closed."""

    __tablename__ = "subscriptions"
    __table_args__ = (UniqueConstraint("order_id", "order_line_id"),)
    instance_id: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[str]
    order_line_id: Mapped[str]
    huawei_account_id: Mapped[str] = mapped_column(index=True)
    product_id: Mapped[str]
    product_name: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Tenant(Table):
    """An enterprise of the marketplace that uses an instance (spec huawei 4.1, tenantSync)."""

    __tablename__ = "tenants"
    tenant_id: Mapped[str] = mapped_column(primary_key=True)
    instance_id: Mapped[str] = mapped_column(ForeignKey("subscriptions.instance_id"), primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    domain_name: Mapped[str]
    synced_at: Mapped[datetime]


class Nonce(Table):
    """A nonce of a signed call, kept as long as its timestamp is good, so that nobody can send the call again."""

    __tablename__ = "nonces"
    nonce: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


class Visit(Table):
    """A member of an enterprise whom unified login handed over; the browser's session knows only ``id``."""

    __tablename__ = "visits"
    id: Mapped[str] = mapped_column(primary_key=True)
    tenant_id: Mapped[str]
    enterprise: Mapped[str]
    enterprise_code: Mapped[str]
    user_name: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    mobile: Mapped[str]
    began_at: Mapped[datetime]


class VerificationCode(Table):
    """A code that was mailed to ``email`` for ``purpose``; only the last one counts."""

    __tablename__ = "verification_codes"
    email: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(primary_key=True)
    digits: Mapped[str]
    sent_at: Mapped[datetime]
    wrong_tries: Mapped[int]
    used: Mapped[bool]


class Registration(Table):
    """Somebody's way through the registration; ``account_id`` after its second step, ``workspace_id`` at its end."""

    __tablename__ = "registrations"
    id: Mapped[str] = mapped_column(primary_key=True)
    visit_id: Mapped[str | None] = mapped_column(ForeignKey("visits.id"))
    site: Mapped[str]
    username: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str]
    password_hash: Mapped[str]
    company: Mapped[str] = mapped_column(default="")
    industry: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    began_at: Mapped[datetime]
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    workspace_id: Mapped[str | None] = mapped_column(ForeignKey("workspaces.id"))
