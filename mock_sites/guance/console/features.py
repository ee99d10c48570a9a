"""What a workspace can collect beside the data of its hosts. Each of these pages says how to begin."""

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, abort

from mock_sites.guance.console.workspace import my_workspace, workspace_page
from mock_sites.web.signing_in import login_required
from mock_sites.world.errors import N_

blueprint = Blueprint("features", __name__)


@dataclass(frozen=True)
class Feature:
    """A feature: its icon of Bootstrap Icons, what it is for, and how to begin."""

    title: str
    icon: str
    purpose: str
    steps: tuple[str, ...]


FEATURES: Final = {
    "synthetic-tests": Feature(
        N_("Synthetic Tests"),
        "broadcast-pin",
        N_("See whether your pages and APIs answer, from many places, before your users notice that they do not."),
        (
            N_("Choose the address that is to be tested: HTTP, TCP, ICMP or WebSocket."),
            N_("Choose the places to test from, and how often."),
            N_("Results, response times and availability appear here after the first test."),
        ),
    ),
    "security-check": Feature(
        N_("Security Check"),
        "shield-check",
        N_("Find weak settings of hosts, containers and databases before somebody uses them."),
        (
            N_("Install DataKit on the host."),
            N_("Install Security Checker beside it: it brings the rules with it and runs every night."),
            N_("What it has found appears here, by severity, with the advice how to mend it."),
        ),
    ),
    "ci": Feature(
        N_("CI Visualization"),
        "rocket-takeoff",
        N_("See how long pipelines and jobs take, and which of them fail."),
        (
            N_("Install DataKit on a host that GitLab or Jenkins can reach."),
            N_("Turn on its collector of the same name, and add its address as a webhook there."),
            N_("Pipelines and jobs appear here with their next run."),
        ),
    ),
    "pipelines": Feature(
        N_("Pipelines"),
        "funnel",
        N_("Cut logs and other data into fields, which can then be searched and counted."),
        (
            N_("Choose the data that a pipeline is for, such as the logs of nginx."),
            N_("Describe their lines with a pattern, and test it on a sample."),
            N_("New data are cut from then on; data that are there already stay as they are."),
        ),
    ),
    "cloud-bills": Feature(
        N_("Cloud Bills"),
        "cloud",
        N_("See what all clouds cost in one place, by account, product and region."),
        (
            N_("Create a key for reading bills at the cloud, with no other rights."),
            N_("Add the account with this key under Integrations."),
            N_("The costs of the day before appear here every morning."),
        ),
    ),
}
"""The features by their names in addresses."""


@blueprint.get("/workspace/<workspace_id>/feature/<feature>")
@login_required
def view(workspace_id: str, feature: str) -> str:
    """What a feature is for, and how to begin."""
    found = FEATURES.get(feature) or abort(404)
    return workspace_page("console/feature.html", my_workspace(workspace_id), page=feature, feature=found)
