"""Hosts as a picture: grouped by what they are, coloured by what they measured last (Guance's documentation, hosts).

The groups are those of the page of the list that is shown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from mock_sites.guance.console.host_rows import Row
from mock_sites.guance.console.quantities import quantity
from mock_sites.guance.domain.telemetry.hosts import SYSTEMS
from mock_sites.world.errors import N_

LEVELS: Final = 5
"""How many colours there are, each for an equal part of the scale."""


@dataclass(frozen=True)
class Fill:
    """What colours the hosts: the end of its scale, and its value for a host."""

    title: str
    top: float
    unit: str
    value: Callable[[Row], float]


FILLS: Final = {
    "cpu": Fill(N_("CPU usage"), 100, "%", lambda row: row.measured["cpu"][0]),
    "memory": Fill(N_("Memory usage"), 100, "%", lambda row: row.measured["memory"][0]),
    "load": Fill(N_("CPU load of a core"), 1, "", lambda row: row.measured["load"][0] / row.machine.cores),
}
"""The fills by their keys in addresses."""

GROUPS: Final[Mapping[str, tuple[str, Callable[[Row], str]]]] = {
    "system": (N_("System"), lambda row: SYSTEMS[row.host.system]),
    "version": (N_("Operating system"), lambda row: row.machine.version),
    "state": (N_("State"), lambda row: N_("Online") if row.online else N_("Offline")),
    "architecture": (N_("Architecture"), lambda row: row.machine.architecture),
}
"""What hosts are grouped by: titles and values, by the keys in addresses."""


@dataclass(frozen=True)
class Cell:
    """A host in the picture. ``level`` is its colour, from 1; 0 while it is offline. ``value`` is empty then."""

    row: Row
    level: int
    value: str


@dataclass(frozen=True)
class Topology:
    """The groups with their hosts, in the order of their names on the page, and ``ends``: the most of each colour."""

    by: str
    fill: str
    groups: Mapping[str, Sequence[Cell]]
    ends: Sequence[str]


def topology_of(rows: Iterable[Row], by: str, fill: str, shown: Callable[[str], str] = str) -> Topology:
    """The picture of some hosts. What is no group or no fill is read as if it was left out. ``shown`` gives the name of
    a group as the page has it, for the order.
    """
    by, fill = by if by in GROUPS else "system", fill if fill in FILLS else "cpu"
    groups: dict[str, list[Cell]] = {}
    for row in rows:
        groups.setdefault(GROUPS[by][1](row), []).append(_cell(row, FILLS[fill]))
    ends = [quantity(FILLS[fill].top * number / LEVELS, FILLS[fill].unit) for number in range(1, LEVELS + 1)]
    return Topology(by, fill, {name: groups[name] for name in sorted(groups, key=shown)}, ends)


def _cell(row: Row, fill: Fill) -> Cell:
    if not row.online:
        return Cell(row, 0, "")
    value = fill.value(row)
    return Cell(row, min(LEVELS, max(1, ceil(value * LEVELS / fill.top))), quantity(value, fill.unit))
