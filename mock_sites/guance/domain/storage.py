"""Data storage policy: for how many days a workspace keeps each item, which decides the price of the item.

The days and prices are those of Guance's price list. A change applies to the day on which it is made; days that
are over keep their price. Data that were deleted do not come back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.guance.domain.tables import Retention, Workspace
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork

ITEMS: Final = {
    "time-series": N_("Time series"),
    "logs": N_("Logs"),
    "traces": N_("Traces"),
    "page-views": N_("Page views"),
}
"""The billing items: everything that is metered, kept for some days, and paid for."""


@dataclass(frozen=True)
class Price:
    """What so many units of an item cost a day, in fen."""

    fen: int
    units: int


def _prices(units: int, fen: Mapping[int, int]) -> dict[int, Price]:
    return {days: Price(each, units) for days, each in fen.items()}


PRICES: Final = {
    "time-series": _prices(1_000, {3: 60, 7: 70, 14: 80, 30: 100, 180: 400, 360: 700}),
    "logs": _prices(1_000_000, {3: 100, 7: 120, 14: 150, 30: 200, 60: 250}),
    "traces": _prices(1_000_000, {3: 200, 7: 300, 14: 600, 30: 1080, 60: 1944}),
    "page-views": _prices(10_000, {3: 70, 7: 100, 14: 200, 30: 360, 60: 648}),
}
"""The price of each item, by the days for which it is kept."""

DEFAULTS: Final = {"time-series": 3, "logs": 7, "traces": 3, "page-views": 3}
"""The policy of a new workspace."""


def policy_at(changes: Iterable[Retention], moment: datetime) -> dict[str, int]:
    """For how many days each item was kept just before ``moment``, by all changes of a workspace in order."""
    return DEFAULTS | {change.item: change.days for change in changes if change.since < moment}


def changes_of(uow: UnitOfWork, workspace: Workspace) -> list[Retention]:
    """The changes of the policy of a workspace, oldest first."""
    wanted = select(Retention).where(Retention.workspace_id == workspace.id)
    return list(uow.session.scalars(wanted.order_by(Retention.since, Retention.item)))


def policy_of(uow: UnitOfWork, workspace: Workspace) -> dict[str, int]:
    """For how many days each item is kept from now on."""
    return DEFAULTS | {change.item: change.days for change in changes_of(uow, workspace)}


def oldest_of(changes: Iterable[Retention], item: str, until: datetime) -> datetime:
    """From when on an item is kept: each policy has deleted what was older at its end."""
    days, oldest = DEFAULTS[item], datetime.min.replace(tzinfo=until.tzinfo)
    for change in changes:
        if change.item == item and change.since <= until:
            oldest, days = max(oldest, change.since - timedelta(days=days)), change.days
    return max(oldest, until - timedelta(days=days))


def check_name(workspace: Workspace, typed: str) -> None:
    """Check the name that is typed to confirm a risky operation.

    Raises:
        Refusal: for ``name``: it is not that of the workspace.
    """
    if typed.strip() != workspace.name:
        raise Refusal(N_("This is not the name of the workspace. Nothing was changed."), field="name")


def check_open(workspace: Workspace) -> None:
    """Check that a workspace takes changes.

    Raises:
        Refusal: it is locked.
    """
    if workspace.state is not WorkspaceState.NORMAL:
        raise Refusal(N_("This workspace is locked. Its history can be viewed, and nothing can be changed."))


def change_policy(uow: UnitOfWork, workspace: Workspace, days: Mapping[str, int], name: str) -> None:
    """Keep each of these items for so many days from now on. ``name`` confirms it.

    Raises:
        Refusal: the workspace is locked; for an item: its days are not offered; for ``name``.
    """
    check_open(workspace)
    now = policy_of(uow, workspace)
    for item, number in days.items():
        if number not in PRICES[item]:
            raise Refusal(N_("Choose one of the storage durations."), field=item.replace("-", "_"))
    changed = {item: number for item, number in days.items() if now[item] != number}
    if not changed:
        raise Refusal(N_("These are the storage durations already. Choose another one."))
    check_name(workspace, name)
    for item, number in changed.items():
        row = uow.session.get(Retention, (workspace.id, item, uow.now))
        uow.session.add(row or Retention(workspace_id=workspace.id, item=item, since=uow.now, days=number))
        if row:
            row.days = number
    uow.record("workspace.storage-changed", workspace=workspace.id, **changed)
