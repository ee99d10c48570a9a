"""What a host measures at any moment: a smooth base drawn from the world's seed, and now and then an incident.

Values at a moment cost the same whenever it is. Incidents are what monitors alert on (``events``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from mock_sites.guance.domain.telemetry.hosts import Machine, machine_of
from mock_sites.guance.domain.telemetry.tables import Host
from mock_sites.world.errors import N_
from mock_sites.world.seed import Seed
from mock_sites.world.shared_tables import EPOCH

STEP: Final = timedelta(minutes=5)
"""The time between two drawn values. Those in between lie on the straight line."""

ALERT_AT: Final = 90.0
"""The CPU usage, in percent, that only an incident reaches."""

_SLOT: Final = timedelta(hours=12)
"""In each such time a host has at most one incident."""

_CPU, _MEMORY, _READ, _WRITE, _IN, _OUT, _PEAK = range(7)


@dataclass(frozen=True)
class Metric:
    """A chart of a host: its title, its unit, and the names of its lines."""

    key: str
    title: str
    unit: str
    lines: tuple[str, ...]


METRICS: Final = (
    Metric("cpu", N_("CPU usage"), "%", ("usage",)),
    Metric("load", N_("CPU load"), "", ("load1", "load5", "load15")),
    Metric("memory", N_("Memory usage"), "%", ("used_percent",)),
    Metric("memory-bytes", N_("Memory"), "B", ("used", "available")),
    Metric("disk-read", N_("Disk read"), "B/s", ("read",)),
    Metric("disk-write", N_("Disk write"), "B/s", ("write",)),
    Metric("disk-used", N_("Disk used"), "%", ("used_percent",)),
    Metric("traffic", N_("Network traffic"), "B/s", ("received", "sent")),
    Metric("packets", N_("Network packets"), "1/s", ("received", "sent")),
)
"""The charts of a host, in their order."""


@dataclass(frozen=True)
class Incident:
    """A time in which the CPU of a host is busy above ``ALERT_AT``."""

    begin: datetime
    end: datetime
    peak: float


def is_measured(host: Host, at: datetime) -> bool:
    """Whether a host reports at a moment."""
    return host.since <= at and (host.stopped_at is None or at < host.stopped_at)


def measure(seed: Seed, host: Host, at: datetime) -> dict[str, tuple[float, ...]]:
    """The values of all ``METRICS`` at a moment, in their units, by their keys."""
    machine, now = machine_of(seed, host), _drawn(seed, host, at)
    incident = next(incidents(seed, host, at, at), None)
    cpu = incident.peak - 3 * now[_PEAK] if incident else 8 + 55 * now[_CPU]
    memory = 35 + 40 * now[_MEMORY]
    older = [8 + 55 * _drawn(seed, host, at - step * STEP)[_CPU] for step in (1, 2, 3)]
    loads = tuple(machine.cores * sum([cpu, *older[:many]]) / (many + 1) / 100 for many in (0, 1, 3))
    received, sent = 3e5 + 2.4e6 * now[_IN] ** 2, 2e5 + 4e6 * now[_OUT] ** 2
    return {
        "cpu": (cpu,),
        "load": loads,
        "memory": (memory,),
        "memory-bytes": (machine.memory * memory / 100, machine.memory * (100 - memory) / 100),
        "disk-read": (4e4 + 9e6 * now[_READ] ** 3,),
        "disk-write": (2e5 + 1.2e7 * now[_WRITE] ** 3,),
        "disk-used": (_disk_used(seed, host, machine, at),),
        "traffic": (received, sent),
        "packets": (received / 820, sent / 940),
    }


def incidents(seed: Seed, host: Host, begin: datetime, end: datetime) -> Iterator[Incident]:
    """The incidents of a host that touch a time, oldest first."""
    for slot in range((begin - EPOCH) // _SLOT, (end - EPOCH) // _SLOT + 1):
        found = _incident(seed.text, _key(host), slot)
        if found and found.begin <= end and begin < found.end and is_measured(host, found.begin):
            yield found


def _drawn(seed: Seed, host: Host, at: datetime) -> list[float]:
    """Numbers from 0 to 1 at a moment, each on a smooth way of its own."""
    number, rest = divmod(at - EPOCH, STEP)
    part = rest / STEP
    before, after = _octets(seed.text, _key(host), number), _octets(seed.text, _key(host), number + 1)
    return [(one + (other - one) * part) / 255 for one, other in zip(before, after, strict=True)]


@lru_cache(maxsize=4096)
def _octets(seed: str, host: str, number: int) -> tuple[float, ...]:
    """What is drawn for a step: half of it changes by the step, half by the hour."""
    quick = Seed(seed).random_bytes(f"{host}/step/{number}", 7)
    slow = Seed(seed).random_bytes(f"{host}/hour/{number // 12}", 7)
    return tuple(one * 0.4 + other * 0.6 for one, other in zip(quick, slow, strict=True))


@lru_cache(maxsize=1024)
def _incident(seed: str, host: str, slot: int) -> Incident | None:
    chance, start, length, peak = Seed(seed).random_bytes(f"{host}/incident/{slot}", 4)
    if chance >= 48:
        return None
    begin = EPOCH + slot * _SLOT + timedelta(minutes=2 * start)
    return Incident(begin, begin + timedelta(minutes=10 + length % 30), ALERT_AT + 4 + peak % 50 / 10)


def _disk_used(seed: Seed, host: Host, machine: Machine, at: datetime) -> float:
    """It grows from day to day, and is cleaned up after some weeks."""
    first = seed.random_int(f"{_key(host)}/disk", 20, 60)
    return first + (at - EPOCH) / timedelta(days=1) % 21 * (40 << 30) / machine.disk * 2


def _key(host: Host) -> str:
    return f"guance/host/{host.workspace_id}/{host.name}"
