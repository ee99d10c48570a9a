"""The tables of billing center accounts, and of the cloud accounts that pay for them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.guance.domain.tables.base import NAME, Table


class BillingAccount(Table):
    """A billing center account: it holds money, bills and cloud accounts, for workspaces of all sites."""

    __tablename__ = "billing_accounts"
    __table_args__ = (Index("billing_accounts_in_order", "created_at", "username"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(NAME, unique=True)
    email: Mapped[str] = mapped_column(index=True)
    password_hash: Mapped[str]
    company: Mapped[str]
    created_at: Mapped[datetime]
    phone: Mapped[str] = mapped_column(default="")
    industry: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    arrears: Mapped[int] = mapped_column(default=0)
    """The part of the settled days that its balances did not cover, in fen."""
    language: Mapped[str | None]
    """The language of mails that no page asks for: that of its first workspace, later that of the pages at its last
    sign-in. None for ready-made people before their first one.
    """
    licence_name: Mapped[str] = mapped_column(default="")
    taxpayer_number: Mapped[str] = mapped_column(default="")
    """The taxpayer number of the enterprise it was certified as by real-name authentication, or empty."""
    certified_at: Mapped[datetime | None]
    bill_notices: Mapped[bool] = mapped_column(default=False)
    """Whether the monthly mail about the bill is scheduled."""
    any_settlement: Mapped[bool] = mapped_column(default=False)
    """Whether Arbitrary Selection of Settlement Method is on (spec guance A.6)."""


class CloudAccount(Table):
    """A Huawei Cloud account (``id`` is its account ID) that pays for workspaces of one billing center account."""

    __tablename__ = "cloud_accounts"
    __table_args__ = (Index("cloud_accounts_of", "billing_account_id", "linked_at", "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    linked_at: Mapped[datetime]
