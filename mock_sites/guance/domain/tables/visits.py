"""The tables of ways in without a login of Guance's own: visits from unified login, and passes."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_sites.guance.domain.tables.base import Table
from mock_sites.guance.domain.tables.billing_accounts import BillingAccount
from mock_sites.guance.domain.tables.workspaces import Workspace


class Visit(Table):
    """A visit of an enterprise member who came through unified login. The browser's session stores only ``id``.

    ``billing_account_id``: the fee center account that was bound on this visit. ``site``: the site of workspaces that
    are created on it. ``confirmed_at``: when the binding took effect.
    """

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
    site: Mapped[str]
    billing_account_id: Mapped[str | None] = mapped_column(ForeignKey("billing_accounts.id"))
    confirmed_at: Mapped[datetime | None]


class Binding(Table):
    """A workspace that was bound on a visit. It takes effect when the visit is confirmed."""

    __tablename__ = "bindings"
    visit_id: Mapped[str] = mapped_column(ForeignKey("visits.id"), primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    bound_at: Mapped[datetime]


class Pass(Table):
    """A pass from a workspace to the billing center without a login. It works once (spec guance C, B4; C.5)."""

    __tablename__ = "passes"
    token: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"))
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    expires_at: Mapped[datetime]
    used: Mapped[bool] = mapped_column(default=False)
    workspace: Mapped[Workspace] = relationship()
    billing_account: Mapped[BillingAccount] = relationship()
