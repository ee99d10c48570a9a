"""A host as the list of hosts and their picture show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mock_sites.guance.domain.telemetry import hosts, metrics
from mock_sites.guance.domain.telemetry.source import Source
from mock_sites.guance.domain.telemetry.tables import Host


@dataclass(frozen=True)
class Row:
    """A host, with what it measured last."""

    host: Host
    machine: hosts.Machine
    online: bool
    measured: Mapping[str, tuple[float, ...]]
    last_seen: datetime


def row_of(source: Source, host: Host) -> Row:
    """The row of a host."""
    last_seen = min(source.until, host.stopped_at) if host.stopped_at else source.until
    return Row(
        host,
        hosts.machine_of(source.seed, host),
        hosts.is_online(host, source.until),
        metrics.measure(source.seed, host, last_seen),
        last_seen,
    )
