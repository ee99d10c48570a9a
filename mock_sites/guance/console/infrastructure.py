"""Infrastructure: the hosts of a workspace, and the charts of each."""

from typing import Any, Final

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mock_sites.guance.console.host_charts import charts_of
from mock_sites.guance.console.host_rows import row_of
from mock_sites.guance.console.quantities import quantity
from mock_sites.guance.console.topology import FILLS, GROUPS, topology_of
from mock_sites.guance.console.workspace import asked_window, my_source, my_workspace, workspace_page
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.telemetry.tables import Host
from mock_sites.web.context import uow
from mock_sites.web.language import translate
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required

TOPOLOGY: Final = "topology"

ARGUMENTS: Final = ("search", "online", "view", "by", "fill")
"""What the address of the list asks for, besides its page and a host."""

blueprint = Blueprint("infrastructure", __name__)


@blueprint.get("/workspace/<workspace_id>/infrastructure")
@login_required
def listing(workspace_id: str) -> str:
    """The hosts as a list or as a picture, and the details of the one that the address names in a drawer."""
    workspace = my_workspace(workspace_id)
    source, wanted = my_source(workspace, "time-series"), {key: request.args.get(key, "").strip() for key in ARGUMENTS}
    asked: dict[str, Any] = {key: value or None for key, value in wanted.items()}

    def here(**changes: Any) -> str:
        """The address of this page with other arguments. None leaves one out."""
        return url_for(".listing", workspace_id=workspace.id, **(asked | changes))

    shown, drawer, picture = None, None, None
    if source:
        found = hosts.hosts_of(workspace, wanted["search"], source.until if wanted["online"] else None)
        shown = page_of(uow(), found).with_rows(lambda host: row_of(source, host))
        if wanted["view"] == TOPOLOGY:
            picture = topology_of(shown, wanted["by"], wanted["fill"], translate)
        if name := request.args.get("host"):
            drawer = row_of(source, _host(workspace, name))
    return workspace_page(
        "console/hosts.html",
        workspace,
        page="infrastructure",
        shown=shown,
        wanted=wanted,
        asked=asked,
        here=here,
        picture=picture,
        fill_titles={key: fill.title for key, fill in FILLS.items()},
        grouping_titles={key: title for key, (title, _value) in GROUPS.items()},
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
    charts = charts_of(source, [found], window)
    return workspace_page(
        "console/host.html",
        workspace,
        page="infrastructure",
        host=found,
        machine=hosts.machine_of(source.seed, found),
        window=window,
        charts=charts,
        has_values=any(line.average != "-" for chart in charts for line in chart.legend),
        choices=names if found.name in names else [found.name, *names],
        quantity=quantity,
    )


def _host(workspace: Workspace, name: str) -> Host:
    return uow().session.get(Host, (workspace.id, name)) or abort(404)
