"""The data of a workspace: from when to when there are some, and how much came in between two moments.

A day has data if it is billed. So the counts of a day, over all its parts, are those of its bill, to the last digit.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy import select

from mock_sites.guance.domain import bills, curve, storage, usage
from mock_sites.guance.domain.tables import Deletion, Workspace
from mock_sites.world.seed import Seed
from mock_sites.world.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Source:
    """The data of a workspace, of one item. There are none after ``until``, nor on the days that are ``unpaid``. Those
    from before ``kept_since`` have been deleted.
    """

    seed: Seed
    workspace_id: str
    since: datetime
    until: datetime
    kept_since: datetime
    unpaid: frozenset[date] = frozenset()
    deleted: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    """Until when the values of metrics have been deleted, by their keys."""

    @cached_property
    def oldest(self) -> datetime:
        """The earliest moment whose data can be looked at."""
        return max(self.since, self.kept_since)

    def clamp(self, moment: datetime) -> datetime:
        """The nearest moment for which there can be data."""
        return min(max(moment, self.oldest), self.until)

    def covers(self, moment: datetime) -> bool:
        """Whether data came in at a moment that can be looked at."""
        return self.oldest <= moment <= self.until and usage.day_of(moment) not in self.unpaid

    def days(self, begin: datetime, end: datetime) -> Iterator[date]:
        """The days with data between two moments, oldest first."""
        day, last = usage.day_of(self.clamp(begin)), usage.day_of(self.clamp(end))
        while day <= last:
            if day not in self.unpaid:
                yield day
            day += timedelta(days=1)

    def total(self, item: str, day: date) -> int:
        """How much a whole day has."""
        return usage.amount(self.seed, self.workspace_id, day, item)

    def reached(self, item: str, day: date, moment: datetime) -> int:
        """How much of a day had come by a moment."""
        passed = usage.passed_of(day, self.clamp(moment), self.since)
        return curve.reached(self.seed, self._curve(day, item), self.total(item, day), passed)

    def time_of(self, item: str, day: date, number: int) -> datetime:
        """When the one with this ``number``, counted from 1 on its day, came."""
        passed = curve.time_of(self.seed, self._curve(day, item), self.total(item, day), number)
        return usage.moment_of(day, passed, self.since)

    def count(self, item: str, begin: datetime, end: datetime) -> int:
        """How much came after ``begin`` and until ``end``."""
        return sum(self.reached(item, day, end) - self.reached(item, day, begin) for day in self.days(begin, end))

    def _curve(self, day: date, item: str) -> str:
        return usage.curve_of(self.workspace_id, day, item)


def source_of(uow: UnitOfWork, workspace: Workspace, item: str) -> Source | None:
    """The data of a workspace that can be opened, as far back as one of the ``usage.ITEMS`` is kept. None if there are
    none yet.

    A locked workspace shows what it had until the end of the last day that was billed.
    """
    if workspace.reporting_since is None:
        return None
    changes = storage.changes_of(uow, workspace)
    longest = max(storage.DEFAULTS[item], *(change.days for change in changes if change.item == item), 0)
    billed = bills.billed_days(uow, workspace, longest + bills.LONGEST_PAUSE)
    until = uow.now
    if not workspace.settled_by:
        if not billed:
            return None
        until = usage.end_of(billed[-1])
    last = usage.day_of(until - timedelta(microseconds=1))
    kept = {last - timedelta(days=number) for number in range(1, longest + 1)}
    oldest = storage.oldest_of(changes, item, until)
    deletions = select(Deletion).where(Deletion.workspace_id == workspace.id)
    return Source(
        uow.world.seed,
        workspace.id,
        workspace.reporting_since,
        until,
        oldest,
        frozenset(kept - {*billed}),
        {one.metric: one.at for one in uow.session.scalars(deletions)},
    )
