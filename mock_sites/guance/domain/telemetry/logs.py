"""The logs of a workspace: counted, searched and read from any place, at a cost that their number does not change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Final

from mock_sites.guance.domain import usage
from mock_sites.guance.domain.telemetry.log_pattern import LENGTH, STATUSES, Entry, pattern
from mock_sites.guance.domain.telemetry.numbered import day_and_number, name_of
from mock_sites.guance.domain.telemetry.source import Source
from mock_sites.guance.domain.telemetry.tables import Host

FACETS: Final = ("status", "host", "service", "source")
"""What lines can be filtered by."""

COMMONEST: Final = 5
"""How many values of a facet are offered."""


@dataclass(frozen=True)
class Query:
    """Which lines are wanted: those with all these values, and with ``text`` in their message, whatever the case."""

    text: str = ""
    values: tuple[tuple[str, str], ...] = ()
    """Facets and their values."""

    def fits(self, entry: Entry, host: str) -> bool:
        """Whether a line is wanted."""
        return self.text.casefold() in entry.text.casefold() and all(
            (host if facet == "host" else getattr(entry, facet)) == value for facet, value in self.values
        )


@dataclass(frozen=True)
class Line:
    """A line of the log. ``number`` counts the lines of its day from 1."""

    day: date
    number: int
    at: datetime
    host: str
    entry: Entry

    @property
    def id(self) -> str:
        """The name of the line in addresses."""
        return name_of(self.day, self.number)


class _Repeated:
    """Some places of the pattern, in order, and how often they occur in an endless repetition of it."""

    def __init__(self, places: list[int]) -> None:
        self.places = places
        wanted = set(places)
        self._before = [0, *accumulate(place in wanted for place in range(LENGTH))]

    def up_to(self, lines: int) -> int:
        """How many are among the first ``lines``."""
        rounds, rest = divmod(lines, LENGTH)
        return rounds * len(self.places) + self._before[rest]

    def line_of(self, number: int) -> int:
        """Which line the one with this number is; both are counted from 0."""
        rounds, rest = divmod(number, len(self.places))
        return rounds * LENGTH + self.places[rest]


class _Found:
    """The entries of the pattern that a query wants while certain hosts send."""

    def __init__(self, hosts: tuple[str, ...], query: Query) -> None:
        self.hosts = hosts
        entries = pattern()
        self.all = _Repeated([place for place, one in enumerate(entries) if query.fits(one, self.host_of(one))])
        self.of_status = {
            status: _Repeated([place for place in self.all.places if entries[place].status == status])
            for status in STATUSES
        }

    def host_of(self, entry: Entry) -> str:
        """The host that sent a line. Empty while no host sends."""
        return self.hosts[entry.slot % len(self.hosts)] if self.hosts else ""


@dataclass(frozen=True)
class _Run:
    """Lines of a day, sent by the same hosts: those with numbers above ``first`` and up to ``last``."""

    day: date
    first: int
    last: int
    hosts: tuple[str, ...]
    shift: int
    """The place in the pattern of the first line of the day."""

    def count(self, repeated: _Repeated) -> int:
        """How many of these entries are in it."""
        return repeated.up_to(self.last + self.shift) - repeated.up_to(self.first + self.shift)


class Logs:
    """The lines of a source that a query wants, after ``begin`` and until ``end``."""

    def __init__(
        self, source: Source, hosts: Sequence[Host], begin: datetime, end: datetime, query: Query | None = None
    ) -> None:
        """``hosts``: those that send logs."""
        self._source, self._query = source, query or Query()
        self._hosts = [(host.name, host.since, host.stopped_at) for host in hosts]
        self._changes = sorted({moment for _, *moments in self._hosts for moment in moments if moment})
        self._shifts: dict[date, int] = {}
        self._runs = list(self._runs_between(source.clamp(begin), source.clamp(end)))

    @cached_property
    def total(self) -> int:
        """How many lines are wanted."""
        return sum(map(self._count, self._runs))

    def latest(self, skip: int, most: int) -> list[Line]:
        """The latest lines, at most ``most`` after the first ``skip``, latest first."""
        lines: list[Line] = []
        for run in reversed(self._runs):
            number = self._count(run)
            last = min(number, skip + most - len(lines))
            lines += [self._nth(run, number - 1 - place) for place in range(skip, last)]
            skip = max(0, skip - number)
        return lines

    def by_status(self, edges: Sequence[datetime]) -> list[dict[str, int]]:
        """How many wanted lines of each status came between each two of these moments, which are in order."""
        return [self._statuses(begin, end) for begin, end in pairwise(edges)]

    def commonest(self) -> dict[str, list[tuple[str, int]]]:
        """The commonest values of each facet among the wanted lines, and how many lines have them."""
        counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
        for entry, host, times in self.occurring():
            for facet in FACETS:
                counts[facet][host if facet == "host" else getattr(entry, facet)] += times
        return {
            facet: sorted((+counted).items(), key=lambda one: (-one[1], one[0]))[:COMMONEST]
            for facet, counted in counts.items()
        }

    def occurring(self) -> Iterator[tuple[Entry, str, int]]:
        """The entries of the pattern among the wanted lines, each with its host and how often it occurs."""
        for hosts, times in self._occurrences(self._runs).items():
            found = self._found_for(hosts)
            for place in found.all.places:
                yield pattern()[place], found.host_of(pattern()[place]), times[place]

    def find(self, name: str) -> Line | None:
        """The line with this id, wherever it is. None if there is none."""
        if (found := day_and_number(name)) is None:
            return None
        day, number = found
        return next((self._line(run, number) for run in self._runs_of(day) if run.first < number <= run.last), None)

    def around(self, line: Line, many: int) -> list[Line]:
        """The line, and those before and after it on its day, latest first."""
        runs = self._runs_of(line.day)
        near = range(line.number + many, line.number - many - 1, -1)
        return [self._line(run, number) for number in near for run in runs if run.first < number <= run.last]

    def _runs_of(self, day: date) -> list[_Run]:
        """All lines of a day."""
        end, source = usage.end_of(day), self._source
        if not source.oldest - timedelta(days=1) < end < source.until + timedelta(days=1):
            return []
        begin, end = source.clamp(end - timedelta(days=1)), source.clamp(end)
        return [run for run in self._runs_between(begin, end) if run.day == day]

    def _statuses(self, begin: datetime, end: datetime) -> dict[str, int]:
        counts = Counter[str]()
        for run in self._runs_between(begin, end):
            for status, repeated in self._found_for(run.hosts).of_status.items():
                counts[status] += run.count(repeated)
        return {status: counts[status] for status in STATUSES}

    def _occurrences(self, runs: Iterable[_Run]) -> dict[tuple[str, ...], list[int]]:
        """How often each entry of the pattern occurs, by the hosts that sent then."""
        changes: dict[tuple[str, ...], list[int]] = {}
        for run in runs:
            counts = changes.setdefault(run.hosts, [0] * (LENGTH + 1))
            for lines, sign in ((run.last + run.shift, 1), (run.first + run.shift, -1)):
                rounds, rest = divmod(lines, LENGTH)
                counts[0] += sign * (rounds + 1)
                counts[rest] -= sign
        return {hosts: list(accumulate(counts)) for hosts, counts in changes.items()}

    def _runs_between(self, begin: datetime, end: datetime) -> Iterator[_Run]:
        source = self._source
        for day in source.days(begin, end):
            midnight = usage.end_of(day)
            since, until = max(begin, midnight - timedelta(days=1)), min(end, midnight)
            for from_, to in pairwise([since, *(change for change in self._changes if since < change < until), until]):
                first, last = source.reached("logs", day, from_), source.reached("logs", day, to)
                if first < last:
                    yield _Run(day, first, last, self._sending_at(from_), self._shift_of(day))

    def _sending_at(self, at: datetime) -> tuple[str, ...]:
        return tuple(name for name, since, stopped in self._hosts if since <= at and (stopped is None or stopped > at))

    def _shift_of(self, day: date) -> int:
        if day not in self._shifts:
            name = f"guance/log/{self._source.workspace_id}/{day}"
            self._shifts[day] = self._source.seed.random_int(name, 0, LENGTH - 1)
        return self._shifts[day]

    def _count(self, run: _Run) -> int:
        return run.count(self._found_for(run.hosts).all)

    def _nth(self, run: _Run, number: int) -> Line:
        """The wanted line of a run with this number, counted from 0."""
        repeated = self._found_for(run.hosts).all
        line = repeated.line_of(repeated.up_to(run.first + run.shift) + number)
        return self._line(run, line - run.shift + 1)

    def _line(self, run: _Run, number: int) -> Line:
        entry = pattern()[(number - 1 + run.shift) % LENGTH]
        at = self._source.time_of("logs", run.day, number)
        return Line(run.day, number, at, self._found_for(run.hosts).host_of(entry), entry)

    def _found_for(self, hosts: tuple[str, ...]) -> _Found:
        return _find(hosts, self._query)


@lru_cache(maxsize=64)
def _find(hosts: tuple[str, ...], query: Query) -> _Found:
    return _Found(hosts, query)
