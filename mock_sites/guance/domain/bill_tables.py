"""Guance's tables of bills: settled days, and their sums by month."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_sites.guance.domain.tables import Table, Workspace


class DailyBill(Table):
    """What a workspace used on one day, what it costs in fen, and who pays. ``settlement`` has the values of
    ``Workspace``.
    """

    __tablename__ = "daily_bills"
    __table_args__ = (
        Index("daily_bills_of", "billing_account_id", "day", "workspace_id"),
        Index("daily_bills_charged_to", "cloud_account_id", "day"),
    )
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    settlement: Mapped[str]
    cloud_account_id: Mapped[str | None]
    time_series: Mapped[int]
    logs: Mapped[int]
    page_views: Mapped[int]
    fen: Mapped[int]
    workspace: Mapped[Workspace] = relationship()


class MonthlyBill(Table):
    """The sum of an account's settled days in one month, by who pays, in fen. ``month`` is the first day of the
    month.
    """

    __tablename__ = "monthly_bills"
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    by_billing_center: Mapped[int] = mapped_column(default=0)
    by_cloud_accounts: Mapped[int] = mapped_column(default=0)

    @property
    def fen(self) -> int:
        """The cost of the month in fen."""
        return self.by_billing_center + self.by_cloud_accounts
