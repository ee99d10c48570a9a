"""Events: what two monitors have noticed in the metrics and logs of a workspace, and hosts that have fallen silent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mock_sites.guance.domain.telemetry import metrics
from mock_sites.guance.domain.telemetry.hosts import SILENT_AFTER
from mock_sites.guance.domain.telemetry.logs import Logs
from mock_sites.guance.domain.telemetry.source import Source
from mock_sites.guance.domain.telemetry.tables import Host
from mock_sites.world.errors import N_
from mock_sites.world.shared_tables import EPOCH

WINDOW: Final = timedelta(hours=48)
"""How far back events are shown."""

MOST_ERRORS: Final = 6_000
"""Error logs in an hour above which the monitor of logs alerts."""

_HOUR: Final = timedelta(hours=1)
_FAILED: Final = ("critical", "error")


@dataclass(frozen=True)
class Monitor:
    """A rule that is checked all the time. ``condition`` has ``limit`` in it."""

    key: str
    name: str
    condition: str
    limit: str


MONITORS: Final = (
    Monitor("cpu", N_("CPU usage of a host"), N_("CPU usage is %(limit)s or more."), f"{metrics.ALERT_AT:.0f} %"),
    Monitor("errors", N_("Error logs"), N_("More than %(limit)s error logs in an hour."), f"{MOST_ERRORS:,}"),
)

NO_DATA: Final = Monitor("silent", N_("Silent host"), N_("No data for %(limit)s minutes."), "10")


@dataclass(frozen=True)
class Event:
    """What a monitor noticed at ``at``. ``value`` is what it measured then. ``recovered_at``: when it was over."""

    at: datetime
    status: str
    monitor: Monitor
    subject: str
    value: str
    recovered_at: datetime | None


def events_of(source: Source, hosts: Sequence[Host]) -> list[Event]:
    """The events of the last 48 hours, latest first."""
    begin = max(source.oldest, source.until - WINDOW)
    found = [*_busy(source, hosts, begin), *_silent(source, hosts, begin), *_errors(source, hosts, begin)]
    return sorted(found, key=lambda event: (event.at, event.subject), reverse=True)


def _busy(source: Source, hosts: Sequence[Host], begin: datetime) -> Iterator[Event]:
    for host in hosts:
        for incident in metrics.incidents(source.seed, host, begin, source.until):
            over = incident.end if incident.end <= source.until else None
            yield Event(incident.begin, "critical", MONITORS[0], host.name, f"{incident.peak:.1f} %", over)


def _silent(source: Source, hosts: Sequence[Host], begin: datetime) -> Iterator[Event]:
    for host in hosts:
        if host.stopped_at and begin <= host.stopped_at + SILENT_AFTER <= source.until:
            yield Event(host.stopped_at + SILENT_AFTER, "nodata", NO_DATA, host.name, "-", None)


def _errors(source: Source, hosts: Sequence[Host], begin: datetime) -> Iterator[Event]:
    """The hours that had too many, those that follow each other as one event."""
    first = EPOCH + -(-(begin - EPOCH) // _HOUR) * _HOUR
    edges = [first + number * _HOUR for number in range((source.until - first) // _HOUR + 1)]
    begun: tuple[datetime, int] | None = None
    for end, counts in zip(edges[1:], Logs(source, hosts, begin, source.until).by_status(edges), strict=True):
        failed = sum(counts[status] for status in _FAILED)
        if failed > MOST_ERRORS and begun is None:
            begun = end, failed
        elif failed <= MOST_ERRORS and begun:
            yield _of_errors(*begun, end)
            begun = None
    if begun:
        yield _of_errors(*begun, None)


def _of_errors(at: datetime, number: int, over: datetime | None) -> Event:
    return Event(at, "error", MONITORS[1], N_("All services"), f"{number:,}", over)
