"""What a workspace reports: the one model behind its pages and its bills.

Nobody sends data to a mock, so the data of each workspace and Beijing day is generated from the world's seed. Logs and
page views are spread evenly, from the beginning of the day or of the workspace to the end of the day.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from mock_sites.guance.domain.tables import Workspace
from mock_sites.world.clock import BEIJING
from mock_sites.world.seed import Seed
from mock_sites.world.shared_tables import EPOCH

_SERVICES: Final = ("gateway", "checkout", "catalogue", "payment", "worker")
_LEVELS: Final = ("info",) * 16 + ("warning",) * 3 + ("error",)
_TEXTS: Final = {
    "info": ("GET /api/orders 200 in {number} ms", "POST /api/carts 201 in {number} ms", "Job {number} done"),
    "warning": ("GET /api/orders 200 in {number}0 ms: slow", "Queue holds {number} jobs"),
    "error": ("GET /api/orders 502 in {number} ms", "Job {number} failed: connection reset"),
}


@dataclass(frozen=True)
class Usage:
    """How much a workspace reported on a day, or on a part of it."""

    time_series: int
    logs: int
    page_views: int


@dataclass(frozen=True)
class LogLine:
    """A row of the list of logs. ``level`` is info, warning or error."""

    at: datetime
    level: str
    service: str
    text: str


def day_of(moment: datetime) -> date:
    """The current day in Beijing."""
    return (moment + BEIJING).date()


def end_of(day: date) -> datetime:
    """When a day ends in Beijing."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=EPOCH.tzinfo)
    return midnight - BEIJING


def of_day(seed: Seed, workspace: Workspace, day: date) -> Usage:
    """What a workspace reports on a whole day."""

    def used(item: str, low: int, high: int) -> int:
        return seed.random_int(f"guance/usage/{workspace.id}/{day}/{item}", low, high)

    return Usage(
        time_series=used("time-series", 2_000, 6_000),
        logs=used("logs", 500_000, 2_500_000),
        page_views=used("page-views", 3_000, 30_000),
    )


def so_far(seed: Seed, workspace: Workspace, day: date, now: datetime) -> Usage:
    """What a workspace has reported on a day until now."""
    whole, begin, end = of_day(seed, workspace, day), _begin(workspace, day), end_of(day)
    passed = max(timedelta(), min(now, end) - begin)

    def part(number: int) -> int:
        return number * passed // (end - begin)

    return Usage(whole.time_series if passed else 0, part(whole.logs), part(whole.page_views))


def last_logs(seed: Seed, workspace: Workspace, day: date, now: datetime, most: int) -> list[LogLine]:
    """The latest logs of a day, at most so many, latest first."""
    count, whole = so_far(seed, workspace, day, now).logs, of_day(seed, workspace, day).logs
    begin = _begin(workspace, day)
    length = end_of(day) - begin
    return [
        _line(seed, workspace, day, number, begin + number * length // whole)
        for number in range(count, max(0, count - most), -1)
    ]


def _begin(workspace: Workspace, day: date) -> datetime:
    return max(end_of(day) - timedelta(days=1), workspace.created_at)


def _line(seed: Seed, workspace: Workspace, day: date, number: int, at: datetime) -> LogLine:
    random = seed.random_bytes(f"guance/log/{workspace.id}/{day}/{number}", 4)
    level = _LEVELS[random[0] % len(_LEVELS)]
    texts = _TEXTS[level]
    return LogLine(
        at=at,
        level=level,
        service=_SERVICES[random[1] % len(_SERVICES)],
        text=texts[random[2] % len(texts)].format(number=random[3] + 1),
    )
