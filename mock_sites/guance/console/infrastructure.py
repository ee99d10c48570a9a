"""Infrastructure: the hosts of a workspace, and the charts of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mock_sites.guance.console.host_charts import charts_of
from mock_sites.guance.console.quantities import quantity
from mock_sites.guance.console.workspace import asked_window, my_source, my_workspace, workspace_page
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry import hosts, metrics
from mock_sites.guance.domain.telemetry.source import Source
from mock_sites.guance.domain.telemetry.tables import Host
from mock_sites.web.context import uow
from mock_sites.web.paging import page_of
from mock_sites.web.signing_in import login_required

blueprint = Blueprint("infrastructure", __name__)


@dataclass(frozen=True)
class Row:
    """A host in the list, with what it measured last."""

    host: Host
    machine: hosts.Machine
    online: bool
    measured: Mapping[str, tuple[float, ...]]
    last_seen: datetime


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
        charts=charts_of(source, [found], window),
        choices=names if found.name in names else [found.name, *names],
        quantity=quantity,
    )


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
