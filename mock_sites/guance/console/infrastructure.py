"""Infrastructure: the hosts of a workspace, and the charts of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mock_sites.guance.console.quantities import quantity
from mock_sites.guance.console.workspace import asked_window, my_source, my_workspace, workspace_page
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry import hosts, metrics
from mock_sites.guance.domain.telemetry.metrics import METRICS, Metric
from mock_sites.guance.domain.telemetry.source import Source
from mock_sites.guance.domain.telemetry.tables import Host
from mock_sites.guance.domain.telemetry.windows import Window
from mock_sites.web import charts
from mock_sites.web.charts import Drawing
from mock_sites.web.context import uow
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required
from mock_sites.world.clock import BEIJING

POINTS: Final = 25
"""How many moments of a window a chart shows."""

blueprint = Blueprint("infrastructure", __name__)


@dataclass(frozen=True)
class Row:
    """A host in the list, with what it measured last."""

    host: Host
    machine: hosts.Machine
    online: bool
    measured: Mapping[str, tuple[float, ...]]
    last_seen: datetime


@dataclass(frozen=True)
class Legend:
    """A line of a chart and the values of its window, as text."""

    name: str
    average: str
    least: str
    most: str


@dataclass(frozen=True)
class Chart:
    """A chart of a host. ``top`` is the end of its scale, as text."""

    metric: Metric
    drawing: Drawing
    top: str
    legend: Sequence[Legend]


@blueprint.get("/workspace/<workspace_id>/infrastructure")
@login_required
def listing(workspace_id: str) -> str:
    """The hosts, or the details of the one that the address names, in a drawer beside them."""
    workspace = my_workspace(workspace_id)
    source, asked = my_source(workspace, "time-series"), request.args
    search, online = asked.get("search", "").strip(), "online" in asked
    shown, drawer = None, None
    if source:
        wanted = hosts.hosts_of(workspace, search, source.until if online else None)
        shown = page_of(uow(), wanted).with_rows(lambda host: _row(source, host))
        if name := asked.get("host"):
            drawer = _row(source, _host(workspace, name))
    return workspace_page(
        "console/hosts.html",
        workspace,
        page="infrastructure",
        shown=shown,
        search=search,
        online=online,
        drawer=drawer,
        systems=hosts.SYSTEMS,
        quantity=quantity,
    )


@blueprint.get("/workspace/<workspace_id>/host")
@login_required
def view(workspace_id: str) -> ResponseReturnValue:
    """The nine charts of the host that the address names, or of the first one."""
    workspace = my_workspace(workspace_id)
    source = my_source(workspace, "time-series")
    names = [one.name for one in hosts.sending(uow(), workspace)] if source else []
    if source is None or not names:
        return redirect(url_for(".listing", workspace_id=workspace.id))
    found = _host(workspace, request.args.get("host", names[0]))
    window = asked_window(source, "2h")
    return workspace_page(
        "console/host.html",
        workspace,
        page="infrastructure",
        host=found,
        machine=hosts.machine_of(source.seed, found),
        window=window,
        charts=charts_of(source, found, window),
        choices=names if found.name in names else [found.name, *names],
        quantity=quantity,
    )


def charts_of(source: Source, host: Host, window: Window) -> list[Chart]:
    """The nine charts of a host over a window. There are no values while it does not report."""
    edges = window.edges(POINTS - 1)
    measured = [_measured(source, host, at) for at in edges]
    return [_chart(metric, edges, [each[metric.key] if each else None for each in measured]) for metric in METRICS]


def _chart(metric: Metric, edges: Sequence[datetime], rows: Sequence[tuple[float, ...] | None]) -> Chart:
    series = {name: [row[number] if row else None for row in rows] for number, name in enumerate(metric.lines)}
    texts = [_text(metric, at, row) for at, row in zip(edges, rows, strict=True)]
    drawing = charts.lines(series, texts, top=100 if metric.unit == "%" else 0)
    legend = [_legend(metric, name, [value for value in row if value is not None]) for name, row in series.items()]
    return Chart(metric, drawing, quantity(drawing.top, metric.unit), legend)


def _legend(metric: Metric, name: str, values: Sequence[float]) -> Legend:
    if not values:
        return Legend(name, "-", "-", "-")
    shown = (quantity(value, metric.unit) for value in (sum(values) / len(values), min(values), max(values)))
    return Legend(name, *shown)


def _text(metric: Metric, at: datetime, row: tuple[float, ...] | None) -> str:
    said = " ".join(
        f"{name} {quantity(value, metric.unit)}" for name, value in zip(metric.lines, row or (), strict=False)
    )
    return f"{at + BEIJING:%m-%d %H:%M} {said or '-'}"


def _measured(source: Source, host: Host, at: datetime) -> Mapping[str, tuple[float, ...]] | None:
    known = source.covers(at) and metrics.is_measured(host, at)
    return metrics.measure(source.seed, host, at) if known else None


def _row(source: Source, host: Host) -> Row:
    last_seen = min(source.until, host.stopped_at) if host.stopped_at else source.until
    return Row(
        host,
        hosts.machine_of(source.seed, host),
        hosts.is_online(host, source.until),
        metrics.measure(source.seed, host, last_seen),
        last_seen,
    )


def _host(workspace: Workspace, name: str) -> Host:
    return uow().session.get(Host, (workspace.id, name)) or abort(404)
