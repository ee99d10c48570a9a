"""Integrations > DataKit: the commands that begin to send the data of a host."""

from flask import Blueprint

from mock_sites.guance.console.workspace import my_workspace, workspace_page
from mock_sites.guance.domain.members import STANDARD
from mock_sites.guance.domain.telemetry.hosts import SYSTEMS
from mock_sites.web.context import world
from mock_sites.web.signing_in import login_required

DEFAULT_PORT = 8700

blueprint = Blueprint("integrations", __name__)


@blueprint.get("/workspace/<workspace_id>/datakit")
@login_required
def datakit(workspace_id: str) -> str:
    """How to install the collector, by platform."""
    workspace = my_workspace(workspace_id, STANDARD)
    commands = {system: command(workspace.token, system) for system in SYSTEMS}
    return workspace_page("console/datakit.html", workspace, page="integrations", commands=commands, systems=SYSTEMS)


def command(token: str, system: str) -> str:
    """The command that reports a host of a system to the workspace with this token."""
    parts = ["mock-sites", "datakit", token]
    if system != "linux":
        parts += ["--system", system]
    if world().name != "main":
        parts += ["--world", world().name]
    if world().hosts.port != DEFAULT_PORT:
        parts += ["--server", world().hosts.start_page]
    return " ".join(parts)
