"""Metrics: one measurement of all hosts over a window, a line for each host."""

from flask import Blueprint, request

from mock_sites.guance.console.host_charts import POINTS, chart_of, measured
from mock_sites.guance.console.workspace import asked_window, my_source, my_workspace, workspace_page
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.telemetry.metrics import METRICS
from mock_sites.web.context import uow
from mock_sites.web.signing_in import login_required

MOST_LINES = 5
"""How many hosts a chart shows: those that reported first."""

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/workspace/<workspace_id>/metrics")
@login_required
def explorer(workspace_id: str) -> str:
    """The metric and the line of it that the address asks for."""
    workspace = my_workspace(workspace_id)
    source = my_source(workspace, "time-series")
    if source is None:
        return workspace_page("console/metrics.html", workspace, page="metrics", chart=None)
    key = request.args.get("metric", "")
    metric = next((one for one in METRICS if one.key == key), METRICS[0])
    line = request.args.get("line", "")
    place = metric.lines.index(line) if line in metric.lines else 0
    window = asked_window(source, "2h")
    edges = window.edges(POINTS - 1)
    series = {
        host.name: [
            row[metric.key][place] if (row := measured(source, host, at)) and metric.key in row else None
            for at in edges
        ]
        for host in hosts.sending(uow(), workspace)[:MOST_LINES]
    }
    return workspace_page(
        "console/metrics.html",
        workspace,
        page="metrics",
        metrics=METRICS,
        metric=metric,
        line=metric.lines[place],
        window=window,
        chart=chart_of(metric, edges, series, width=720),
    )
