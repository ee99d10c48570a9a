"""The tables of bills: settled days, and their sums by month."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_sites.guance.domain.tables.base import Table
from mock_sites.guance.domain.tables.workspaces import Workspace
from mock_sites.guance.domain.usage import Usage
from mock_sites.world.shared_tables import JsonObject


class DailyBill(Table):
    """What a workspace used on one day, what it costs in fen, and who pays. ``settlement`` has the values of
    ``Workspace``.
    """

    __tablename__ = "daily_bills"
    __table_args__ = (
        Index("daily_bills_of", "billing_account_id", "day", "workspace_id", "fen"),
        Index("daily_bills_by_workspace", "billing_account_id", "workspace_id"),
        Index("daily_bills_charged_to", "cloud_account_id", "day"),
    )
    workspace_id: Mapped[str] = mapped_column(ForeignKey("workspaces.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"))
    settlement: Mapped[str]
    cloud_account_id: Mapped[str | None]
    time_series: Mapped[int]
    logs: Mapped[int]
    traces: Mapped[int]
    page_views: Mapped[int]
    retention: Mapped[JsonObject]
    """For how many days each item was kept, which decides its price."""
    fen: Mapped[int]
    workspace: Mapped[Workspace] = relationship()

    @property
    def used(self) -> Usage:
        """What was used."""
        return Usage(self.time_series, self.logs, self.traces, self.page_views)


class MonthlyBill(Table):
    """The sums of an account's settled days in one month, by who pays and by billing item, in fen. ``month`` is the
    first day of the month.
    """

    __tablename__ = "monthly_bills"
    billing_account_id: Mapped[str] = mapped_column(ForeignKey("billing_accounts.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    by_billing_center: Mapped[int]
    by_cloud_accounts: Mapped[int]
    time_series: Mapped[int]
    logs: Mapped[int]
    traces: Mapped[int]
    page_views: Mapped[int]
    """What each billing item costs in the month."""

    SUMS: ClassVar = ("by_billing_center", "by_cloud_accounts", "time_series", "logs", "traces", "page_views")

    @property
    def fen(self) -> int:
        """The cost of the month in fen."""
        return self.by_billing_center + self.by_cloud_accounts

    @property
    def by_item(self) -> dict[str, int]:
        """The cost of each billing item in fen. They add up to the cost of the month."""
        return Usage(self.time_series, self.logs, self.traces, self.page_views).by_item

    def add(self, costs: Mapping[str, int], *, by_cloud_account: bool) -> None:
        """Add the costs of a day by item, which a cloud account or the billing center account itself pays."""
        self.time_series += costs["time-series"]
        self.logs += costs["logs"]
        self.traces += costs["traces"]
        self.page_views += costs["page-views"]
        if by_cloud_account:
            self.by_cloud_accounts += sum(costs.values())
        else:
            self.by_billing_center += sum(costs.values())
