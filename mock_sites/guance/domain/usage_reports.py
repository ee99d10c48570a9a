"""What Guance reports to Huawei Cloud about the usage of its pay-per-use subscriptions (spec huawei 2.6b).

A report is the cost of one settled day, in CNY, of all workspaces that a Huawei Cloud account pays for. It is computed
from the daily bills. A subscription only stores until which day it has been reported.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

from sqlalchemy import func, select

from mock_sites.guance.domain import bills, usage, usage_packages, wallet
from mock_sites.guance.domain.jobs import PushUsage
from mock_sites.guance.domain.tables import CloudAccount, DailyBill, Subscription
from mock_sites.world.agreement import GUANCE_PRODUCT
from mock_sites.world.rows import are_any
from mock_sites.world.unit_of_work import UnitOfWork

AFTER_MIDNIGHT: Final = timedelta(minutes=5)
"""How long after the end of a day, Beijing time, it is reported. The marketplace wants it within 15 minutes."""

MOST: Final = 1000
"""The most reports in one push."""

KEPT_FOR: Final = timedelta(days=20)
"""How long a day that could not be reported is tried again. The marketplace refuses what is older than 21 days."""


@dataclass(frozen=True)
class Report:
    """The cost of a subscription on one day, in fen. The time it is about begins with the day or the subscription.

    ``package`` is the instance of the account's oldest open package. It is empty if there is none.
    """

    instance_id: str
    day: date
    begins_at: datetime
    ends_at: datetime
    fen: int
    package: str = ""


def begin(uow: UnitOfWork) -> None:
    """Report usage from the end of this day on, every day. Called when a cloud account is linked."""
    if not uow.is_waiting(PushUsage):
        uow.schedule(PushUsage(), after=(bills.next_settlement(uow.now) + AFTER_MIDNIGHT - uow.now).total_seconds())


def due(uow: UnitOfWork, account: str = "") -> list[Report]:
    """The settled days that have not been reported, oldest first: of all Huawei Cloud accounts, or of one.

    Days that are over are settled before. The next time is scheduled while there are reports to make or cloud
    accounts that pay.
    """
    wallet.settle(uow)
    reports = list(islice(_unreported(uow, account), MOST))
    if reports or are_any(uow, select(CloudAccount.id)):
        begin(uow)
    return reports


def done(uow: UnitOfWork, reports: Iterable[Report]) -> None:
    """The marketplace has taken these reports. Further ones follow immediately if there were too many."""
    reports = list(reports)
    for report in reports:
        subscription = uow.session.get_one(Subscription, report.instance_id)
        subscription.reported_fen += report.fen
        same_payer = select(Subscription).where(Subscription.huawei_account_id == subscription.huawei_account_id)
        for one in uow.session.scalars(same_payer):
            one.reported_until = max(one.reported_until, report.day + timedelta(days=1))
    uow.record("usage.reported", records=len(reports), fen=sum(report.fen for report in reports))
    if len(reports) == MOST:
        uow.schedule(PushUsage())


def refused(uow: UnitOfWork, reports: Iterable[Report]) -> None:
    """The marketplace has refused a push of these reports. Those of each account follow alone, so that one account's
    do not hold up the others'.
    """
    accounts = {uow.session.get_one(Subscription, report.instance_id).huawei_account_id for report in reports}
    for account in sorted(accounts) if len(accounts) > 1 else ():
        uow.schedule(PushUsage(account))


def _unreported(uow: UnitOfWork, account: str) -> Iterator[Report]:
    """Each day of an account belongs to its first subscription that was open at the end of the day."""
    today = usage.day_of(uow.now)
    days = (
        select(Subscription, DailyBill.day, func.sum(DailyBill.fen))
        .join(DailyBill, DailyBill.cloud_account_id == Subscription.huawei_account_id)
        .where(Subscription.product_id == GUANCE_PRODUCT, DailyBill.day >= Subscription.reported_until)
        .where(DailyBill.day.between(today - KEPT_FOR, today - timedelta(days=1)))
        .group_by(DailyBill.day, Subscription.instance_id)
        .order_by(DailyBill.day, Subscription.created_at, Subscription.instance_id)
    )
    days = days.where(Subscription.huawei_account_id == account) if account else days
    seen: set[tuple[str, date]] = set()
    for subscription, day, fen in uow.session.execute(days):
        end, closed_at = usage.end_of(day), subscription.closed_at
        open_then = subscription.created_at < end and (closed_at is None or closed_at >= end)
        if fen and open_then and (subscription.huawei_account_id, day) not in seen:
            seen.add((subscription.huawei_account_id, day))
            begins_at = max(end - timedelta(days=1), subscription.created_at)
            package = usage_packages.first_open_at(uow, subscription.huawei_account_id, end)
            yield Report(subscription.instance_id, day, begins_at, end, fen, package)
