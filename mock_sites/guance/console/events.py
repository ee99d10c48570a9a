"""Events, and the monitors that notice them."""

from typing import Final

from flask import Blueprint, request

from mock_sites.guance.console.workspace import my_source, my_workspace, workspace_page
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.telemetry.events import MONITORS, NO_DATA, events_of
from mock_sites.web.context import uow
from mock_sites.web.paging import SIZE, Page, asked, nearest
from mock_sites.web.signing_in import login_required
from mock_sites.world.errors import N_

SCOPES: Final = {"unrecovered": N_("Unrecovered events"), "all": N_("All events")}
"""The two lists of events, by their key in addresses."""

blueprint = Blueprint("events", __name__)


@blueprint.get("/workspace/<workspace_id>/events")
@login_required
def listing(workspace_id: str) -> str:
    """The events of the last 48 hours: those that are not over, or all."""
    workspace = my_workspace(workspace_id)
    source = my_source(workspace, "logs")
    scope = request.args.get("scope", "unrecovered")
    scope = scope if scope in SCOPES else "unrecovered"
    found = events_of(source, hosts.sending(uow(), workspace)) if source else []
    wanted = [event for event in found if scope == "all" or event.recovered_at is None]
    number = nearest(asked(), len(wanted), SIZE)
    return workspace_page(
        "console/events.html",
        workspace,
        page="events",
        source=source,
        scopes=SCOPES,
        scope=scope,
        shown=Page(wanted[(number - 1) * SIZE : number * SIZE], number, len(wanted)),
    )


@blueprint.get("/workspace/<workspace_id>/monitors")
@login_required
def monitors(workspace_id: str) -> str:
    """The monitors, each with its condition and how often it has alerted in the last 48 hours."""
    workspace = my_workspace(workspace_id)
    source = my_source(workspace, "logs")
    found = events_of(source, hosts.sending(uow(), workspace)) if source else []
    rows = [(monitor, [event for event in found if event.monitor is monitor]) for monitor in (*MONITORS, NO_DATA)]
    return workspace_page("console/monitors.html", workspace, page="monitors", rows=rows)
