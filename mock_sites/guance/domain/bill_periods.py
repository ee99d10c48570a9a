"""The bills of a workspace in a period: by day or by month, and by item (spec guance E, C1: bill details)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, select

from mock_sites.guance.domain import bills, storage, usage
from mock_sites.guance.domain.tables import DailyBill, Workspace
from mock_sites.guance.domain.usage import Usage
from mock_sites.world.errors import N_
from mock_sites.world.unit_of_work import UnitOfWork

PERIODS: Final = {
    "today": N_("Today"),
    "yesterday": N_("Yesterday"),
    "this-week": N_("This week"),
    "last-week": N_("Last week"),
    "this-month": N_("This month"),
    "last-month": N_("Last month"),
    "this-year": N_("This year"),
}
"""The periods by their keys in addresses."""

DEFAULT: Final = "this-month"

_DAY: Final = timedelta(days=1)
_GOING_ON: Final = ("today", "this-week", "this-month", "this-year")
_COLUMNS: Final = (
    DailyBill.day,
    DailyBill.time_series,
    DailyBill.logs,
    DailyBill.traces,
    DailyBill.page_views,
    DailyBill.retention,
    DailyBill.fen,
)
"""What is read of a day. A year has many."""


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both included: none if ``last`` is earlier. Each is over, unless the period is
    ``today``. ``goes_on``: days will be added.
    """

    key: str
    first: date
    last: date
    goes_on: bool


@dataclass(frozen=True)
class Item:
    """What one of the billing items used in a period, and what it costs in fen. Time series count each day anew:
    ``used`` is the most of a day.
    """

    key: str
    used: int
    fen: int


@dataclass(frozen=True)
class Summary:
    """The sums of a period. ``parts`` has the cost of each item by day, or by month in a year, in order."""

    items: Sequence[Item]
    fen: int
    parts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class _Day:
    """What a day used, for how many days each item is kept, and what the day costs in fen."""

    day: date
    used: Usage
    retention: Mapping[str, int]
    fen: int


def period_of(key: str, today: date) -> Period:
    """The period with this key, or the default one."""
    key = key if key in PERIODS else DEFAULT
    monday, first, yesterday = today - today.weekday() * _DAY, today.replace(day=1), today - _DAY
    end_of_last_month = first - _DAY
    bounds = {
        "today": (today, today),
        "yesterday": (yesterday, yesterday),
        "this-week": (monday, yesterday),
        "last-week": (monday - 7 * _DAY, monday - _DAY),
        "this-month": (first, yesterday),
        "last-month": (end_of_last_month.replace(day=1), end_of_last_month),
        "this-year": (today.replace(month=1, day=1), yesterday),
    }
    return Period(key, *bounds[key], goes_on=key in _GOING_ON)


def bills_of(workspace: Workspace, period: Period) -> Select[DailyBill]:
    """The settled days of a period, latest first, regardless of who pays."""
    days = DailyBill.day.between(period.first, period.last)
    return select(DailyBill).where(DailyBill.workspace_id == workspace.id, days).order_by(DailyBill.day.desc())


def summary_of(uow: UnitOfWork, workspace: Workspace, period: Period) -> Summary:
    """What a workspace used in a period, and what it costs. A day counts when it is settled; today counts in the period
    ``today`` only, as far as it has come.
    """
    days = _days(uow, workspace, period)
    parts: dict[str, dict[str, int]] = {}
    for day in days:
        part = parts.setdefault(_part(period, day.day), dict.fromkeys(bills.ITEMS, 0))
        for item, fen in bills.costs_of(day.used, day.retention).items():
            part[item] += fen
    items = [
        Item(
            key,
            (max if key == "time-series" else sum)([day.used.by_item[key] for day in days] or [0]),
            sum(part[key] for part in parts.values()),
        )
        for key in bills.ITEMS
    ]
    return Summary(items, sum(day.fen for day in days), parts)


def unbilled(uow: UnitOfWork, workspace: Workspace) -> int | None:
    """What today costs so far, in fen. None if nothing was used, or if nobody pays."""
    today = _today(uow, workspace)
    return today.fen if today else None


def _today(uow: UnitOfWork, workspace: Workspace) -> _Day | None:
    day, retention = usage.day_of(uow.now), storage.policy_of(uow, workspace)
    used = usage.so_far(uow.world.seed, workspace, day, uow.now)
    if not workspace.settled_by or not used.time_series:
        return None
    return _Day(day, used, retention, sum(bills.costs_of(used, retention).values()))


def _days(uow: UnitOfWork, workspace: Workspace, period: Period) -> list[_Day]:
    """The days of a period, oldest first."""
    if period.key == "today":
        today = _today(uow, workspace)
        return [today] if today else []
    rows = uow.session.execute(bills_of(workspace, period).with_only_columns(*_COLUMNS))
    return [_Day(day, Usage(*used), retention, fen) for day, *used, retention, fen in rows][::-1]


def _part(period: Period, day: date) -> str:
    return f"{day:%Y-%m}" if period.key == "this-year" else f"{day:%m-%d}"
