"""The bills of a workspace in a period: by day or by month, and by item (spec guance E, C1: bill details)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, select

from mock_sites.guance.domain import bills, usage
from mock_sites.guance.domain.bill_tables import DailyBill
from mock_sites.guance.domain.tables import Workspace
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
_COLUMNS: Final = (DailyBill.day, DailyBill.time_series, DailyBill.logs, DailyBill.page_views, DailyBill.fen)


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    key: str
    first: date
    last: date


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


def period_of(key: str, today: date) -> Period:
    """The period with this key, or the default one."""
    key = key if key in PERIODS else DEFAULT
    monday, first = today - today.weekday() * _DAY, today.replace(day=1)
    end_of_last_month = first - _DAY
    bounds = {
        "today": (today, today),
        "yesterday": (today - _DAY, today - _DAY),
        "this-week": (monday, today),
        "last-week": (monday - 7 * _DAY, monday - _DAY),
        "this-month": (first, today),
        "last-month": (end_of_last_month.replace(day=1), end_of_last_month),
        "this-year": (today.replace(month=1, day=1), today),
    }
    return Period(key, *bounds[key])


def bills_of(workspace: Workspace, period: Period) -> Select[DailyBill]:
    """The settled days of a period, latest first, regardless of who pays."""
    return _wanted(select(DailyBill), workspace, period).order_by(DailyBill.day.desc())


def summary_of(uow: UnitOfWork, workspace: Workspace, period: Period) -> Summary:
    """What a workspace used in a period, and what it costs. A day counts when it is settled; today counts in the period
    ``today`` only, as far as it has come.
    """
    days = list(uow.session.execute(_wanted(select(*_COLUMNS), workspace, period).order_by(DailyBill.day)).tuples())
    if period.key == "today" and workspace.settled_by:
        used = usage.so_far(uow.world.seed, workspace, period.first, uow.now)
        if used.time_series:
            days = [(period.first, used.time_series, used.logs, used.page_views, sum(bills.costs_of(used).values()))]
    parts: dict[str, dict[str, int]] = {}
    costs = dict.fromkeys(bills.ITEMS, 0)
    for day, time_series, logs, page_views, _fen in days:
        part = parts.setdefault(_part(period, day), dict.fromkeys(bills.ITEMS, 0))
        for item, fen in bills.costs_of(usage.Usage(time_series, logs, page_views)).items():
            part[item] += fen
            costs[item] += fen
    used_of = {
        "time-series": max((day[1] for day in days), default=0),
        "logs": sum(day[2] for day in days),
        "page-views": sum(day[3] for day in days),
    }
    items = [Item(key, used_of[key], costs[key]) for key in bills.ITEMS]
    return Summary(items, sum(day[4] for day in days), parts)


def _part(period: Period, day: date) -> str:
    return f"{day:%Y-%m}" if period.key == "this-year" else f"{day:%m-%d}"


def _wanted(columns: Select[*tuple[object, ...]], workspace: Workspace, period: Period) -> Select[*tuple[object, ...]]:
    return columns.where(DailyBill.workspace_id == workspace.id, DailyBill.day.between(period.first, period.last))
