"""Traces and page views: like the lines of a log, they repeat a fixed pattern from another place each day.

So any stretch is counted, grouped and read from any place at a cost that their number does not change.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate
from typing import Final

from mock_sites.guance.domain import usage
from mock_sites.guance.domain.telemetry.numbered import day_and_number, name_of
from mock_sites.guance.domain.telemetry.source import Source
from mock_sites.world.errors import N_
from mock_sites.world.seed import Seed

LENGTH: Final = 241

TRACES: Final = "traces"
VIEWS: Final = "page-views"

_RESOURCES: Final = {
    "gateway": ("GET /api/orders", "POST /api/orders", "GET /api/catalogue/items", "POST /login"),
    "checkout": ("POST /api/carts", "PUT /api/carts/items", "POST /api/orders"),
    "catalogue": ("GET /api/catalogue/items", "GET /api/search"),
    "payment": ("POST /api/payments", "GET /api/payments/state"),
    "worker": ("ship-order", "send-receipt"),
    "search": ("GET /_search",),
}
_SHARES: Final = (("gateway",) * 6 + ("checkout",) * 3 + ("catalogue",) * 3 + ("payment", "worker", "search")) * 2
_PAGES: Final = ("/",) * 4 + ("/catalogue", "/catalogue/item") * 3 + ("/cart", "/checkout", "/login", "/orders")
_BROWSERS: Final = ("Chrome",) * 6 + ("Edge", "Edge", "Safari", "Safari", "Firefox")
_REGIONS: Final = (N_("Guangdong"),) * 3 + (N_("Shanghai"), N_("Beijing")) * 2 + (N_("Zhejiang"), N_("Sichuan"))
_SLOW_AFTER: Final = 244
"""Of 256 draws, those above are slow."""


@dataclass(frozen=True)
class Entry:
    """What one record says. ``name`` is the service of a trace or the page of a view; ``milliseconds`` is how long it
    took. ``details``: of a trace its resource; of a view its browser and its region.
    """

    name: str
    details: tuple[str, ...]
    failed: bool
    milliseconds: int


@dataclass(frozen=True)
class Record:
    """A trace or a page view. ``number`` counts those of its day from 1, ``place`` is where its entry is in the
    pattern.
    """

    day: date
    number: int
    at: datetime
    place: int
    entry: Entry

    @property
    def id(self) -> str:
        """The name of the record in addresses."""
        return name_of(self.day, self.number)


@dataclass(frozen=True)
class Group:
    """The records that have something in common. ``average`` and ``slow`` (the 95th percentile) are milliseconds."""

    name: str
    number: int
    failed: int
    average: float
    slow: int


@cache
def pattern(item: str) -> tuple[Entry, ...]:
    """The entries that repeat."""
    return tuple(_entries(item))


class Records:
    """The records of an item of a source, after ``begin`` and until ``end``."""

    def __init__(self, source: Source, item: str, begin: datetime, end: datetime) -> None:
        """``item``: ``TRACES`` or ``VIEWS``."""
        self._source, self._item = source, item
        begin, end = source.clamp(begin), source.clamp(end)
        self._stretches = [
            (day, source.reached(item, day, begin), source.reached(item, day, end)) for day in source.days(begin, end)
        ]
        self.total: int = sum(last - first for _, first, last in self._stretches)

    def latest(self, skip: int, most: int) -> list[Record]:
        """The latest records, at most ``most`` after the first ``skip``, latest first."""
        found: list[Record] = []
        for day, first, last in reversed(self._stretches):
            newest = last - skip
            skip = max(0, skip - (last - first))
            oldest = max(first, newest - (most - len(found)))
            found += [self._record(day, number) for number in range(newest, oldest, -1)]
        return found

    def find(self, name: str) -> Record | None:
        """The record with this id, wherever it is. None if there is none."""
        if (found := day_and_number(name)) is None:
            return None
        day, number = found
        begin, end = usage.end_of(day) - timedelta(days=1), usage.end_of(day)
        if day not in self._source.days(begin, end):
            return None
        first, last = (self._source.reached(self._item, day, moment) for moment in (begin, end))
        return self._record(day, number) if first < number <= last else None

    def groups(self, key: Callable[[Entry], str]) -> list[Group]:
        """The records by a key of theirs, the largest group first."""
        times, entries = self._occurrences(), pattern(self._item)
        places: dict[str, list[int]] = {}
        for place in range(LENGTH):
            if times[place]:
                places.setdefault(key(entries[place]), []).append(place)
        found = [_group(name, [(entries[place], times[place]) for place in those]) for name, those in places.items()]
        return sorted(found, key=lambda group: (-group.number, group.name))

    def _occurrences(self) -> list[int]:
        """How often each entry of the pattern occurs."""
        changes = [0] * (LENGTH + 1)
        for day, first, last in self._stretches:
            shift = self._shift_of(day)
            for passed, sign in ((last + shift, 1), (first + shift, -1)):
                rounds, rest = divmod(passed, LENGTH)
                changes[0] += sign * (rounds + 1)
                changes[rest] -= sign
        return list(accumulate(changes))

    def _record(self, day: date, number: int) -> Record:
        place = (number - 1 + self._shift_of(day)) % LENGTH
        at = self._source.time_of(self._item, day, number)
        return Record(day, number, at, place, pattern(self._item)[place])

    def _shift_of(self, day: date) -> int:
        name = f"guance/{self._item}/{self._source.workspace_id}/{day}"
        return self._source.seed.random_int(name, 0, LENGTH - 1)


def _group(name: str, entries: list[tuple[Entry, int]]) -> Group:
    number = sum(times for _, times in entries)
    slowest, passed, slow = sorted(entries, key=lambda one: -one[0].milliseconds), 0, 0
    for entry, times in slowest:
        slow, passed = entry.milliseconds, passed + times
        if passed * 20 > number:
            break
    return Group(
        name,
        number,
        sum(times for entry, times in entries if entry.failed),
        sum(entry.milliseconds * times for entry, times in entries) / number,
        slow,
    )


def _entries(item: str) -> Iterator[Entry]:
    seed = Seed(f"guance/{item}")
    for number in range(LENGTH):
        name, one, other, chance, length = seed.random_bytes(str(number), 5)
        took = 8 + length + (900 + 4 * length if chance > _SLOW_AFTER else 0)
        if item == TRACES:
            service = _SHARES[name % len(_SHARES)]
            resources = _RESOURCES[service]
            yield Entry(service, (resources[one % len(resources)],), chance % 53 == 0, took)
        else:
            details = (_BROWSERS[one % len(_BROWSERS)], _REGIONS[other % len(_REGIONS)])
            yield Entry(_PAGES[name % len(_PAGES)], details, failed=False, milliseconds=300 + 5 * took)
