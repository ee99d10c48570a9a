"""Scenes: the dashboards of a workspace, each with variables in its address."""

from typing import Final

from flask import Blueprint, abort, request

from mock_sites.guance.console.host_charts import charts_of
from mock_sites.guance.console.quantities import quantity
from mock_sites.guance.console.records import by_time
from mock_sites.guance.console.workspace import asked_window, my_source, my_workspace, workspace_page
from mock_sites.guance.domain import bills
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.telemetry.records import TRACES, VIEWS, Records
from mock_sites.guance.domain.telemetry.source import Source
from mock_sites.web.context import uow
from mock_sites.web.signing_in import login_required
from mock_sites.world.errors import N_

DAYS: Final = 7
"""How many days the list shows."""

HOSTS: Final = "hosts"
APPLICATIONS: Final = "applications"

DASHBOARDS: Final = {
    HOSTS: (N_("Host overview"), N_("CPU, memory, disk and network of one host, or the average of all.")),
    APPLICATIONS: (N_("Application overview"), N_("Page views and traces, the busiest services and pages.")),
}
"""The ready-made dashboards: their titles and what they show, by their names in addresses."""

SHOWN: Final = ("cpu", "load", "memory", "disk-used", "traffic", "packets")
"""The charts of the dashboard of hosts."""

BUSIEST: Final = 5

blueprint = Blueprint("dashboards", __name__)


@blueprint.get("/workspace/<workspace_id>/dashboards")
@login_required
def listing(workspace_id: str) -> str:
    """The dashboards, and what the workspace reported in the last days."""
    workspace = my_workspace(workspace_id)
    return workspace_page(
        "console/dashboards.html",
        workspace,
        page="dashboards",
        dashboards=DASHBOARDS,
        days=bills.of_last_days(uow(), workspace, DAYS),
    )


@blueprint.get("/workspace/<workspace_id>/dashboards/<dashboard>")
@login_required
def view(workspace_id: str, dashboard: str) -> str:
    """One of the dashboards."""
    workspace = my_workspace(workspace_id)
    title, about = DASHBOARDS.get(dashboard) or abort(404)
    source = my_source(workspace, "time-series" if dashboard == HOSTS else TRACES)
    page = f"console/dashboard_{dashboard}.html"
    if source is None:
        return workspace_page(page, workspace, page="dashboards", title=title, about=about, window=None)
    show = _hosts if dashboard == HOSTS else _applications
    return workspace_page(page, workspace, page="dashboards", title=title, about=about, **show(workspace, source))


def _hosts(workspace: Workspace, source: Source) -> dict[str, object]:
    """The values of the dashboard of hosts. What is no host is all of them."""
    sending, asked = hosts.sending(uow(), workspace), request.args.get("host", "")
    chosen = [host for host in sending if host.name == asked] or sending
    window = asked_window(source, "2h")
    return {
        "window": window,
        "host": chosen[0].name if len(chosen) == 1 else "",
        "choices": [host.name for host in sending],
        "charts": charts_of(source, chosen, window, SHOWN),
        "quantity": quantity,
    }


def _applications(workspace: Workspace, source: Source) -> dict[str, object]:
    """The values of the dashboard of applications. Each item goes back as far as it is kept."""
    window, viewed = asked_window(source, "12h"), my_source(workspace, VIEWS) or source
    traces, views = (Records(one, item, window.begin, window.end) for one, item in ((source, TRACES), (viewed, VIEWS)))
    return {
        "window": window,
        "traces": traces.total,
        "views": views.total,
        "trace_chart": by_time(source, TRACES, window),
        "view_chart": by_time(viewed, VIEWS, window),
        "services": traces.groups(lambda entry: entry.name)[:BUSIEST],
        "pages": views.groups(lambda entry: entry.name)[:BUSIEST],
    }
