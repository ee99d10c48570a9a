"""What a workspace reports: the one model behind its pages and its bills.

The totals of each workspace and Beijing day are drawn from the world's seed, from the day on which its first host
reported. Logs, traces and page views come in by a ``curve``, from the beginning of the day or of the reports to the end
of the day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mock_sites.guance.domain import curve
from mock_sites.world.clock import BEIJING
from mock_sites.world.seed import Seed
from mock_sites.world.shared_tables import EPOCH

if TYPE_CHECKING:  # the tables of bills import this module
    from mock_sites.guance.domain.tables import Workspace

ITEMS: Final = {
    "time-series": (2_000, 6_000),
    "logs": (500_000, 2_500_000),
    "traces": (100_000, 700_000),
    "page-views": (3_000, 30_000),
}
"""What is counted, with the least and the most of a day."""

_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True)
class Usage:
    """How much a workspace reported on a day, or on a part of it."""

    time_series: int
    logs: int
    traces: int
    page_views: int

    @property
    def by_item(self) -> dict[str, int]:
        """The numbers by their ``ITEMS``."""
        return dict(zip(ITEMS, (self.time_series, self.logs, self.traces, self.page_views), strict=True))


def day_of(moment: datetime) -> date:
    """The current day in Beijing."""
    return (moment + BEIJING).date()


def end_of(day: date) -> datetime:
    """When a day ends in Beijing."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=EPOCH.tzinfo)
    return midnight - BEIJING


def of_day(seed: Seed, workspace: "Workspace", day: date) -> Usage:
    """What a workspace reports on a whole day."""
    return Usage(*(amount(seed, workspace.id, day, item) for item in ITEMS))


def so_far(seed: Seed, workspace: "Workspace", day: date, now: datetime) -> Usage:
    """What a workspace has reported on a day until now."""
    whole, passed = of_day(seed, workspace, day), passed_of(day, now, workspace.reporting_since)
    came = {
        item: curve.reached(seed, curve_of(workspace.id, day, item), number, passed)
        for item, number in whole.by_item.items()
        if item != "time-series"
    }
    return Usage(whole.time_series if passed else 0, *came.values())


def amount(seed: Seed, workspace_id: str, day: date, item: str) -> int:
    """How much of one of the ``ITEMS`` a workspace reports on a whole day."""
    return _drawn(seed.text, curve_of(workspace_id, day, item), *ITEMS[item])


def curve_of(workspace_id: str, day: date, item: str) -> str:
    """The name of the curve by which an item of a day comes in."""
    return f"guance/usage/{workspace_id}/{day}/{item}"


def passed_of(day: date, moment: datetime, since: datetime | None) -> int:
    """How much of a day has passed by ``moment``, as a time of ``curve``.

    The data of the first day come from ``since`` to the end of the day. Nothing comes without ``since``.
    """
    if since is None or moment <= since:
        return 0
    begin, end = _bounds(day, since)
    passed = max(timedelta(), min(moment, end) - begin)
    return passed // _MICROSECOND * curve.DAY // ((end - begin) // _MICROSECOND)


def moment_of(day: date, passed: int, since: datetime) -> datetime:
    """The moment at which so much of a day has passed: the inverse of ``passed_of``."""
    begin, end = _bounds(day, since)
    return begin - (begin - end) // _MICROSECOND * passed // curve.DAY * _MICROSECOND


@lru_cache(maxsize=4096)
def _drawn(seed: str, name: str, low: int, high: int) -> int:
    return Seed(seed).random_int(name, low, high)


def _bounds(day: date, since: datetime) -> tuple[datetime, datetime]:
    end = end_of(day)
    return max(end - timedelta(days=1), since), end
