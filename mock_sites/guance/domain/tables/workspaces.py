"""The tables of workspaces: their settlement, members, tokens and settings."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_sites.guance.domain.states import LockReason, WorkspaceState
from mock_sites.guance.domain.tables.accounts import Account
from mock_sites.guance.domain.tables.base import Table
from mock_sites.guance.domain.tables.billing_accounts import BillingAccount


class Workspace(Table):
    """A workspace. ``settlement`` is "huawei" (then ``cloud_account_id`` pays) or "billing-center"."""

    __tablename__ = "workspaces"
    __table_args__ = (
        Index("workspaces_owned_by", "owner_id", "created_at", "id", "state"),
        Index("workspaces_of", "billing_account_id", "created_at", "id", "state", "cloud_account_id", "site"),
        Index("workspaces_settled_by", "cloud_account_id", "created_at", "id"),
        Index("workspaces_by_payer", "billing_account_id", "state", "cloud_account_id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    site: Mapped[str]
    plan: Mapped[str]
    language: Mapped[str]
    settlement: Mapped[str]
    token: Mapped[str]
    state: Mapped[WorkspaceState]
    created_at: Mapped[datetime]
    owner_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    cloud_account_id: Mapped[str | None] = mapped_column(ForeignKey("cloud_accounts.id"))
    settlement_changed_at: Mapped[datetime | None]
    """When a user chose another settlement method. Unlocking does not count."""
    locked_at: Mapped[datetime | None]
    settled_until: Mapped[date] = mapped_column(index=True)
    """The first day that is not settled yet."""
    lock_reason: Mapped[LockReason] = mapped_column(default=LockReason.NONE)
    reporting_since: Mapped[datetime | None] = mapped_column(default=None)
    """When its first host reported. Until then it has no data, and nothing to pay."""
    remark: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    allowed_addresses: Mapped[str] = mapped_column(default="")
    """The IP addresses and networks from which it may be opened, one a line. Empty: from everywhere."""
    requires_mfa: Mapped[bool] = mapped_column(default=False)
    """Whether only accounts with MFA may open it."""
    owner: Mapped[Account] = relationship(lazy="joined")
    billing_account: Mapped[BillingAccount] = relationship(lazy="joined")

    @property
    def settled_by(self) -> str:
        """Who pays now, as in ``settlement``. Empty while the workspace is locked, because nobody pays."""
        return self.settlement if self.state is WorkspaceState.NORMAL else ""


class PastSettlement(Table):
    """How a workspace was settled up to ``until``. ``settlement`` is empty for a time when it was locked and nobody
    paid.
    """

    __tablename__ = "past_settlements"
    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), index=True)
    until: Mapped[datetime]
    billing_account_id: Mapped[str]
    settlement: Mapped[str]
    cloud_account_id: Mapped[str | None]


class Retention(Table):
    """For how many days an item of a workspace is kept from ``since`` on, until the next row."""

    __tablename__ = "retentions"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    days: Mapped[int]


class Member(Table):
    """An account that may open a workspace of somebody else, in a role."""

    __tablename__ = "members"
    __table_args__ = (
        Index("members_of", "workspace_id", "joined_at", "account_id"),
        Index("members_by_account", "account_id", "joined_at", "workspace_id"),
    )
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    role: Mapped[str]
    joined_at: Mapped[datetime]
    account: Mapped[Account] = relationship()


class Invitation(Table):
    """An email that is invited to a workspace, in a role. It can be accepted before ``until``."""

    __tablename__ = "invitations"
    __table_args__ = (
        Index("invitations_of", "workspace_id", "until", "id"),
        Index("invitations_by_email", "email", "until", "id", "workspace_id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    email: Mapped[str]
    role: Mapped[str]
    until: Mapped[datetime]
    workspace: Mapped[Workspace] = relationship()


class PastToken(Table):
    """A token that a workspace had before. It works until ``until``."""

    __tablename__ = "past_tokens"
    token: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), index=True)
    until: Mapped[datetime]


class Deletion(Table):
    """When the values of a metric of a workspace were deleted for the last time."""

    __tablename__ = "deletions"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    metric: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class HighConsumptionAlert(Table):
    """What a billing item of a workspace may cost in a day, in fen, before its owner gets a mail. There is one mail."""

    __tablename__ = "high_consumption_alerts"
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    threshold: Mapped[int]
    mailed_at: Mapped[datetime | None]
    workspace: Mapped[Workspace] = relationship()
