"""Daily usage and its bills (spec guance C.6). A day is settled at 0:00 of the next day, Beijing time.

Bills are computed from what the workspace reported (``usage``) and from who paid for it at the end of the day. Nothing
is billed while a workspace is locked. Days are Beijing days; money is in fen (0.01 CNY). A day that is over is stored
when its bill is next needed, so that months and balances need not be computed from all days again (``wallet.settle``).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import Select, func, insert, or_, select, update
from sqlalchemy.orm import lazyload

from mock_sites.guance.domain import storage, usage
from mock_sites.guance.domain.storage import PRICES, Price, policy_at
from mock_sites.guance.domain.tables import DailyBill, MonthlyBill, PastSettlement, Retention, Workspace
from mock_sites.guance.domain.usage import Usage
from mock_sites.world.clock import BEIJING
from mock_sites.world.rows import have_text, values_of
from mock_sites.world.unit_of_work import UnitOfWork

ITEMS: Final = storage.ITEMS
"""The billing items: everything that is metered and paid for."""


LONGEST_PAUSE: Final = 16
"""Number of days after which a workspace without bills cannot be opened any more, because it is locked for good."""

FINAL_AFTER: Final = 3
"""The day of the next month after which a month's bill is final."""


MONTHS_SHOWN: Final = 12
"""How many months the overview compares."""

_COLUMNS: Final = [column.name for column in DailyBill.__table__.columns]


@dataclass(frozen=True)
class Reported:
    """The latest day on which a workspace has reported something, and what it had reported by ``until``.

    This is today, unless the workspace is locked or the day has just begun. Then it is the last day that was billed.
    """

    day: date
    until: datetime
    usage: Usage


@dataclass(frozen=True)
class Line:
    """What one of the ``ITEMS`` costs on a day: quantity times unit price, in fen."""

    item: str
    quantity: int
    price: Price
    fen: int

    @property
    def exact(self) -> Decimal:
        """The product in CNY, not rounded."""
        return Decimal(self.quantity * self.price.fen) / (100 * self.price.units)


@dataclass(frozen=True)
class _Period:
    until: datetime | None
    billing_account_id: str
    settlement: str
    cloud_account_id: str | None


def of_account(account_id: str, month: date, workspace: str = "") -> Select[DailyBill]:
    """The settled days of an account in a month, latest first.

    ``workspace``, if it is not empty, selects workspaces with this ID or with this text in their name.
    """
    days = DailyBill.day.between(month, _next_month(month) - timedelta(days=1))
    wanted = select(DailyBill).where(DailyBill.billing_account_id == account_id, days)
    if workspace:
        named = or_(Workspace.id == workspace, have_text(workspace, Workspace.name))
        wanted = wanted.where(DailyBill.workspace_id.in_(select(Workspace.id).where(named)))
    return wanted.order_by(DailyBill.day.desc(), DailyBill.workspace_id.desc())


def billed_workspaces(uow: UnitOfWork, account_id: str, most: int) -> list[Workspace] | None:
    """The workspaces for which an account has bills, oldest first. None if there are more than ``most``."""
    billed = values_of(DailyBill.workspace_id, DailyBill.billing_account_id == account_id)
    ids = uow.session.scalars(billed.limit(most + 1)).all()
    if len(ids) > most:
        return None
    wanted = select(Workspace).where(Workspace.id.in_(ids)).options(lazyload("*"))
    return list(uow.session.scalars(wanted.order_by(Workspace.created_at, Workspace.id)))


def months_of(account_id: str) -> Select[MonthlyBill]:
    """The months with settled days of an account, latest first."""
    return select(MonthlyBill).where(MonthlyBill.billing_account_id == account_id).order_by(MonthlyBill.month.desc())


def last_twelve_months(uow: UnitOfWork, account_id: str) -> dict[date, MonthlyBill | None]:
    """The last twelve months up to this one, oldest first, with their bills. Months without usage have none."""
    newest = this_month(uow)
    found = uow.session.scalars(months_of(account_id).where(MonthlyBill.month > newest.replace(year=newest.year - 1)))
    bills = {bill.month: bill for bill in found}
    months = [newest]
    while len(months) < MONTHS_SHOWN:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return {month: bills.get(month) for month in reversed(months)}


def by_workspace(uow: UnitOfWork, bill: MonthlyBill, most: int) -> list[tuple[Workspace, int]]:
    """The workspaces that cost the most in a month, with their costs in fen."""
    cost = func.sum(DailyBill.fen)
    wanted = of_account(bill.billing_account_id, bill.month).order_by(None).group_by(DailyBill.workspace_id)
    top = wanted.with_only_columns(DailyBill.workspace_id, cost).order_by(cost.desc(), DailyBill.workspace_id)
    costs: dict[str, int] = dict(uow.session.execute(top.limit(most)).all())
    named = uow.session.scalars(select(Workspace).where(Workspace.id.in_(costs)).options(lazyload("*")))
    workspaces = {workspace.id: workspace for workspace in named}
    return [(workspaces[workspace_id], fen) for workspace_id, fen in costs.items()]


def next_day(now: datetime) -> date:
    """The day on which the usage of today is billed."""
    return usage.day_of(now) + timedelta(days=1)


def is_final(now: datetime, month: date) -> bool:
    """Whether the bill of a month can no longer grow."""
    return usage.day_of(now) >= _next_month(month).replace(day=FINAL_AFTER + 1)


def fen_of(bill: DailyBill, item: str) -> int:
    """The cost of one of the ``ITEMS`` on the day of a bill."""
    return costs_of(bill.used, bill.retention)[item]


def costs_of(used: Usage, retention: Mapping[str, int]) -> dict[str, int]:
    """The cost of each item of a day in fen, rounded so that they add up to the cost of the day.

    ``retention``: for how many days each item is kept.
    """
    exact = _thousandths(used, retention)
    costs = {item: thousandths // 1000 for item, thousandths in exact.items()}
    missing = _rounded(sum(exact.values())) - sum(costs.values())
    for item in sorted(exact, key=lambda item: -(exact[item] % 1000))[:missing]:
        costs[item] += 1
    return costs


def lines_of(bill: DailyBill) -> list[Line]:
    """The lines of a daily bill. Their amounts add up to that of the bill."""
    return [
        Line(item, bill.used.by_item[item], PRICES[item][bill.retention[item]], fen)
        for item, fen in costs_of(bill.used, bill.retention).items()
    ]


def of_day(uow: UnitOfWork, account_id: str, workspace_id: str, day: date) -> DailyBill | None:
    """The bill of a workspace and a day that an account has."""
    bill = uow.session.get(DailyBill, (workspace_id, day))
    return bill if bill and bill.billing_account_id == account_id else None


def write_down(uow: UnitOfWork, until: date) -> dict[str, dict[date, int]]:
    """Store the bills of all days before ``until`` that are not stored yet.

    Returns what billing center accounts have to pay themselves for each of these days, in fen.
    """
    bills = _late(uow, until)
    months: dict[tuple[str, date], MonthlyBill] = {}
    own: dict[str, dict[date, int]] = {}
    for bill in sorted(bills, key=lambda bill: bill.day):
        key = bill.billing_account_id, bill.day.replace(day=1)
        month = months[key] = months.get(key) or _month(uow, *key)
        month.add(costs_of(bill.used, bill.retention), by_cloud_account=bill.cloud_account_id is not None)
        if bill.cloud_account_id is None:
            days = own.setdefault(bill.billing_account_id, {})
            days[bill.day] = days.get(bill.day, 0) + bill.fen
    if bills:
        uow.session.execute(insert(DailyBill), [{name: getattr(bill, name) for name in _COLUMNS} for bill in bills])
    return own


def of_yesterday(uow: UnitOfWork, workspace: Workspace) -> DailyBill | None:
    """The bill of the day that ended last. None if nobody paid for the workspace then."""
    yesterday = (uow.now + BEIJING).date() - timedelta(days=1)
    return next(_bills(uow, workspace, yesterday), None)


def of_last_days(uow: UnitOfWork, workspace: Workspace, number: int) -> list[DailyBill]:
    """The latest bills, at most so many, oldest first, regardless of who pays them."""
    return list(_bills(uow, workspace, usage.day_of(uow.now) - timedelta(days=number)))


def reported(uow: UnitOfWork, workspace: Workspace) -> Reported | None:
    """The latest report of a workspace that can be opened. None if it has never reported anything."""
    today = usage.day_of(uow.now)
    used = usage.so_far(uow.world.seed, workspace, today, uow.now)
    if workspace.settled_by and used.logs:
        return Reported(today, uow.now, used)
    billed = billed_days(uow, workspace, LONGEST_PAUSE)
    if not billed:
        return None
    return Reported(billed[-1], usage.end_of(billed[-1]), usage.of_day(uow.world.seed, workspace, billed[-1]))


def billed_days(uow: UnitOfWork, workspace: Workspace, number: int) -> list[date]:
    """The billed days among the last ones, oldest first."""
    since = usage.day_of(uow.now) - timedelta(days=number)
    return [day for day, _ in _paid(uow, workspace, since)]


def next_settlement(now: datetime) -> datetime:
    """When the current day in Beijing ends and is settled."""
    return usage.end_of((now + BEIJING).date())


def this_month(uow: UnitOfWork) -> date:
    """The first day of the current month in Beijing."""
    return (uow.now + BEIJING).date().replace(day=1)


def _late(uow: UnitOfWork, until: date) -> list[DailyBill]:
    """The bills of all days before ``until`` that are not stored yet. This also marks those days as settled."""
    late = Workspace.settled_until < until
    past: dict[str, list[PastSettlement]] = {}
    for one in uow.session.scalars(select(PastSettlement).join(Workspace).where(late).order_by(PastSettlement.id)):
        past.setdefault(one.workspace_id, []).append(one)
    changes: dict[str, list[Retention]] = {}
    for change in uow.session.scalars(select(Retention).join(Workspace).where(late).order_by(Retention.since)):
        changes.setdefault(change.workspace_id, []).append(change)
    workspaces = select(Workspace).where(late).options(lazyload("*"))
    bills = [
        _bill(uow, workspace, day, period, changes.get(workspace.id, []))
        for workspace in uow.session.scalars(workspaces.order_by(Workspace.created_at, Workspace.id))
        for day, period in _periods(workspace, past.get(workspace.id, []), workspace.settled_until, until)
    ]
    moved = update(Workspace).where(late).values(settled_until=until)
    uow.session.execute(moved, execution_options={"synchronize_session": "fetch"})
    return bills


def _bills(uow: UnitOfWork, workspace: Workspace, since: date) -> Iterator[DailyBill]:
    """The bills of a workspace from a day on, regardless of who pays them."""
    changes = storage.changes_of(uow, workspace)
    return (_bill(uow, workspace, day, period, changes) for day, period in _paid(uow, workspace, since))


def _paid(uow: UnitOfWork, workspace: Workspace, since: date) -> Iterator[tuple[date, _Period]]:
    """The days of a workspace from a day on for which somebody pays."""
    past = select(PastSettlement).where(PastSettlement.workspace_id == workspace.id)
    late = past.where(PastSettlement.until >= usage.end_of(since)).order_by(PastSettlement.id)
    return _periods(workspace, uow.session.scalars(late), since, usage.day_of(uow.now))


def _periods(
    workspace: Workspace, past: Iterable[PastSettlement], since: date, until: date
) -> Iterator[tuple[date, _Period]]:
    """The days with data from ``since`` to before ``until`` for which somebody pays, and who does."""
    if workspace.reporting_since is None:
        return
    periods = [_Period(one.until, one.billing_account_id, one.settlement, one.cloud_account_id) for one in past]
    now = _Period(None, workspace.billing_account_id, workspace.settled_by, workspace.cloud_account_id)
    day = max(since, usage.day_of(workspace.reporting_since))
    while day < until:
        end = usage.end_of(day)
        period = next((one for one in periods if one.until is not None and end <= one.until), now)
        if period.settlement:
            yield day, period
        day += timedelta(days=1)


def _bill(uow: UnitOfWork, workspace: Workspace, day: date, period: _Period, changes: Iterable[Retention]) -> DailyBill:
    used, retention = usage.of_day(uow.world.seed, workspace, day), policy_at(changes, usage.end_of(day))
    return DailyBill(
        workspace_id=workspace.id,
        day=day,
        billing_account_id=period.billing_account_id,
        settlement=period.settlement,
        cloud_account_id=period.cloud_account_id,
        time_series=used.time_series,
        logs=used.logs,
        traces=used.traces,
        page_views=used.page_views,
        retention=retention,
        fen=_rounded(sum(_thousandths(used, retention).values())),
    )


def _month(uow: UnitOfWork, account_id: str, month: date) -> MonthlyBill:
    """The bill of a month, which may be new."""
    row = uow.session.get(MonthlyBill, (account_id, month))
    if row is None:
        row = MonthlyBill(billing_account_id=account_id, month=month, **dict.fromkeys(MonthlyBill.SUMS, 0))
        uow.session.add(row)
    return row


def _thousandths(used: Usage, retention: Mapping[str, int]) -> dict[str, int]:
    """The cost of each item, in thousandths of a fen."""
    prices = {item: PRICES[item][days] for item, days in retention.items()}
    return {item: number * prices[item].fen * 1000 // prices[item].units for item, number in used.by_item.items()}


def _next_month(month: date) -> date:
    """The first day of the month after ``month``, which is a first day too."""
    return (month + timedelta(days=32)).replace(day=1)


def _rounded(thousandths: int) -> int:
    return (thousandths + 500) // 1000
