"""What the overview of a workspace says at a glance."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final

from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry import hosts, metrics
from mock_sites.guance.domain.telemetry.events import events_of
from mock_sites.guance.domain.telemetry.log_pattern import STATUSES
from mock_sites.guance.domain.telemetry.logs import Logs
from mock_sites.guance.domain.telemetry.source import Source
from mock_sites.web import charts
from mock_sites.web.charts import Drawing
from mock_sites.world.clock import BEIJING
from mock_sites.world.rows import count_of
from mock_sites.world.unit_of_work import UnitOfWork

HOURS: Final = 24
"""How many hours the charts show."""

WIDTH: Final = 440
"""The width of a chart. Two stand side by side."""


@dataclass(frozen=True)
class Summary:
    """Hosts and their CPU usage in percent, the logs and page views of the last hours, and how many events are open."""

    hosts: int
    online: int
    cpu: float | None
    logs: Drawing
    failed: int
    views: Drawing
    unrecovered: int
    begin: str
    end: str


def summary_of(uow: UnitOfWork, workspace: Workspace, source: Source) -> Summary:
    """The summary of a workspace with data."""
    sending = hosts.sending(uow, workspace)
    edges = [source.until - timedelta(hours=number) for number in range(HOURS, -1, -1)]
    counts = Logs(source, sending, edges[0], edges[-1]).by_status(edges)
    views = [source.count("page-views", begin, end) for begin, end in pairwise(edges)]
    texts = [f"{begin + BEIJING:%m-%d %H:%M}" for begin in edges[:-1]]
    events = events_of(source, sending)
    running = [host for host in sending if metrics.is_measured(host, source.until)]
    busy = [metrics.measure(source.seed, host, source.until)["cpu"][0] for host in running]
    return Summary(
        hosts=count_of(uow, hosts.hosts_of(workspace)),
        online=count_of(uow, hosts.hosts_of(workspace, online_at=source.until)),
        cpu=sum(busy) / len(busy) if busy else None,
        logs=charts.bars(
            {status: [bar[status] for bar in counts] for status in STATUSES},
            [f"{text} {sum(bar.values()):,}" for text, bar in zip(texts, counts, strict=True)],
            width=WIDTH,
        ),
        failed=sum(bar["critical"] + bar["error"] for bar in counts),
        views=charts.bars(
            {"views": views},
            [f"{text} {number:,}" for text, number in zip(texts, views, strict=True)],
            width=WIDTH,
        ),
        unrecovered=sum(event.recovered_at is None for event in events),
        begin=f"{edges[0] + BEIJING:%m-%d %H:%M}",
        end=f"{edges[-1] + BEIJING:%m-%d %H:%M}",
    )
