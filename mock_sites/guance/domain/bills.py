"""Daily usage and its bills (spec guance C.6): a day is settled at 0:00 of the next one, in Beijing.

Bills are made of what the workspace reported (``usage``) and of who settled it when the day ended. Nothing is billed
while a workspace is locked. Days are Beijing's; money is in fen (0.01 CNY).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import or_, select

from mock_sites.guance.domain import usage
from mock_sites.guance.domain.settlement_options import BEIJING
from mock_sites.guance.domain.tables import PastSettlement, Workspace
from mock_sites.guance.domain.usage import Usage
from mock_sites.world.book import Book
from mock_sites.world.errors import N_

FEN_PER_1000_SERIES: Final = 60
FEN_PER_MILLION_LOGS: Final = 120
FEN_PER_10000_VIEWS: Final = 70

ITEMS: Final = {"time-series": N_("Time series"), "logs": N_("Logs"), "page-views": N_("Page views")}
"""The billing items: what is used and paid for."""

LONGEST_PAUSE: Final = 16
"""Days after which a workspace without bills cannot be looked at any more: it has been locked for good."""

FINAL_AFTER: Final = 3
"""The day of the next month after which a month's bill is final."""


@dataclass(frozen=True)
class DailyBill:
    """What a workspace used on a day, what it costs, and who pays. ``settlement`` as in ``Workspace``."""

    day: date
    workspace: Workspace
    settlement: str
    cloud_account_id: str | None
    time_series: int
    logs: int
    page_views: int

    @property
    def fen(self) -> int:
        """What the day costs."""
        return _rounded(sum(self._thousandths.values()))

    def fen_of(self, item: str) -> int:
        """What one of the ``ITEMS`` costs on this day."""
        return _rounded(self._thousandths[item])

    @property
    def settled_at(self) -> datetime:
        """When the day ended."""
        return usage.end_of(self.day)

    @property
    def _thousandths(self) -> dict[str, int]:
        """What each item costs, in thousandths of a fen."""
        return {
            "time-series": self.time_series * FEN_PER_1000_SERIES,
            "logs": self.logs * FEN_PER_MILLION_LOGS // 1000,
            "page-views": self.page_views * FEN_PER_10000_VIEWS // 10,
        }


@dataclass(frozen=True)
class Reported:
    """The latest day on which a workspace has reported something, and what it was by ``until``.

    That is today, unless the workspace is locked or the day has just begun; then it is the last day that was billed.
    """

    day: date
    until: datetime
    usage: Usage


@dataclass(frozen=True)
class MonthlyBill:
    """The sum of a month (its first day), by who pays. ``final`` when nothing can come to it any more."""

    month: date
    by_billing_center: int
    by_cloud_accounts: int
    final: bool

    @property
    def fen(self) -> int:
        """What the month costs."""
        return self.by_billing_center + self.by_cloud_accounts


@dataclass(frozen=True)
class _Period:
    until: datetime | None
    billing_account_id: str
    settlement: str
    cloud_account_id: str | None


def daily(book: Book, billing_account_id: str) -> list[DailyBill]:
    """All daily bills of a billing center account, oldest first."""
    found = [bill for workspace in _ever_bound(book, billing_account_id) for bill in _bills(book, workspace)]
    mine = [bill for bill, payer in found if payer == billing_account_id]
    return sorted(mine, key=lambda bill: (bill.day, bill.workspace.created_at, bill.workspace.id))


def of_this_month(book: Book, workspace: Workspace) -> list[DailyBill]:
    """The daily bills of a workspace since the month began, oldest first, whoever pays them."""
    return [bill for bill, _payer in _bills(book, workspace, since=this_month(book))]


def of_yesterday(book: Book, workspace: Workspace) -> DailyBill | None:
    """The bill of the day that ended last, unless nobody paid for the workspace then."""
    yesterday = (book.now + BEIJING).date() - timedelta(days=1)
    return next((bill for bill, _payer in _bills(book, workspace, since=yesterday)), None)


def of_last_days(book: Book, workspace: Workspace, number: int) -> list[DailyBill]:
    """The bills of the last days, at most so many, oldest first, whoever pays them."""
    return [bill for bill, _payer in _bills(book, workspace, since=usage.day_of(book.now) - timedelta(days=number))]


def reported(book: Book, workspace: Workspace) -> Reported | None:
    """What a workspace that can be looked at has reported last; None when it has never reported anything."""
    today = usage.day_of(book.now)
    used = usage.so_far(book.world.seed, workspace, today, book.now)
    if workspace.settled_by and used.logs:
        return Reported(today, book.now, used)
    billed = [bill.day for bill in of_last_days(book, workspace, LONGEST_PAUSE)]
    if not billed:
        return None
    return Reported(billed[-1], usage.end_of(billed[-1]), usage.of_day(book.world.seed, workspace, billed[-1]))


def next_settlement(now: datetime) -> datetime:
    """When the day that it is in Beijing ends and is settled."""
    return usage.end_of((now + BEIJING).date())


def this_month(book: Book) -> date:
    """The first day of the month that it is in Beijing."""
    return (book.now + BEIJING).date().replace(day=1)


def monthly(book: Book, bills: list[DailyBill]) -> list[MonthlyBill]:
    """The sums of daily bills by month, latest first."""
    today = (book.now + BEIJING).date()
    months: list[MonthlyBill] = []
    for month in sorted({bill.day.replace(day=1) for bill in bills}, reverse=True):
        mine = [bill for bill in bills if bill.day.replace(day=1) == month]
        cloud = sum(bill.fen for bill in mine if bill.cloud_account_id)
        final_from = (month + timedelta(days=32)).replace(day=FINAL_AFTER + 1)
        months.append(MonthlyBill(month, sum(bill.fen for bill in mine) - cloud, cloud, today >= final_from))
    return months


def _ever_bound(book: Book, billing_account_id: str) -> list[Workspace]:
    earlier = select(PastSettlement.workspace_id).where(PastSettlement.billing_account_id == billing_account_id)
    wanted = select(Workspace).where(or_(Workspace.billing_account_id == billing_account_id, Workspace.id.in_(earlier)))
    return list(book.session.scalars(wanted))


def _bills(book: Book, workspace: Workspace, since: date = date.min) -> Iterator[tuple[DailyBill, str]]:
    """The bills of a workspace, each with the billing center account it belongs to."""
    periods = _periods(book, workspace)
    day, today = max(since, (workspace.created_at + BEIJING).date()), (book.now + BEIJING).date()
    while day < today:
        end = usage.end_of(day)
        period = next(one for one in periods if one.until is None or end <= one.until)
        if period.settlement:
            yield _bill(book, workspace, day, period), period.billing_account_id
        day += timedelta(days=1)


def _periods(book: Book, workspace: Workspace) -> list[_Period]:
    wanted = select(PastSettlement).where(PastSettlement.workspace_id == workspace.id).order_by(PastSettlement.id)
    past = [
        _Period(one.until, one.billing_account_id, one.settlement, one.cloud_account_id)
        for one in book.session.scalars(wanted)
    ]
    return [*past, _Period(None, workspace.billing_account_id, workspace.settled_by, workspace.cloud_account_id)]


def _bill(book: Book, workspace: Workspace, day: date, period: _Period) -> DailyBill:
    used = usage.of_day(book.world.seed, workspace, day)
    return DailyBill(
        day=day,
        workspace=workspace,
        settlement=period.settlement,
        cloud_account_id=period.cloud_account_id,
        time_series=used.time_series,
        logs=used.logs,
        page_views=used.page_views,
    )


def _rounded(thousandths: int) -> int:
    return (thousandths + 500) // 1000
