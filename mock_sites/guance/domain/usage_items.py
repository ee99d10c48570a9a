"""The items of a workspace's usage, until now and until yesterday (spec guance E, source C1, usage statistics).

What the workspace reports is counted and has a price. A DataKit is counted and costs nothing, as its time series are
paid for (Guance's documentation, billing methods). The other items are those that no workspace uses here.
The checks of monitors would be task calls, at 1 CNY for 10,000 (billing methods); they are neither counted nor charged.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from mock_sites.guance.domain import bills, storage, usage
from mock_sites.guance.domain.storage import PRICES, Price
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.world.errors import N_
from mock_sites.world.rows import count_of
from mock_sites.world.unit_of_work import UnitOfWork

DATAKIT: Final = "DataKit"

UNUSED: Final = (
    N_("Network (hosts)"),
    N_("Backup logs"),
    N_("Profiles"),
    N_("Dial tests"),
    N_("Task calls"),
    N_("SMS"),
    N_("Central Pipeline traffic"),
)


@dataclass(frozen=True)
class UsageItem:
    """An item. ``now`` and ``yesterday`` are None for one that is not used, ``price`` for one that costs nothing."""

    title: str
    now: int | None = None
    yesterday: int | None = None
    price: Price | None = None


def items_of(uow: UnitOfWork, workspace: Workspace) -> list[UsageItem]:
    """The items of a workspace that somebody pays for."""
    today = usage.day_of(uow.now)
    used = usage.so_far(uow.world.seed, workspace, today, uow.now).by_item
    bill = bills.of_yesterday(uow, workspace)
    before = bill.used.by_item if bill else dict.fromkeys(usage.ITEMS, 0)
    kept = storage.policy_of(uow, workspace)
    midnight = usage.end_of(today - timedelta(days=1))
    datakits, earlier = (count_of(uow, hosts.counted(workspace, at)) for at in (uow.now, midnight))
    counted = [
        UsageItem(title, used[item], before[item], PRICES[item][kept[item]]) for item, title in storage.ITEMS.items()
    ]
    return [UsageItem(DATAKIT, datakits, earlier), *counted, *map(UsageItem, UNUSED)]
