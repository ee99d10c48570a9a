"""Error Tracking: the issues of a window, and how many errors came when."""

from datetime import datetime
from itertools import pairwise

from flask import Blueprint

from mock_sites.guance.console.workspace import asked_window, my_source, my_workspace, workspace_page
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.telemetry.issues import FAILED, issues_of
from mock_sites.guance.domain.telemetry.logs import Logs
from mock_sites.web import charts
from mock_sites.web.charts import Drawing
from mock_sites.web.context import uow
from mock_sites.web.paging import SIZE, Page, asked, nearest
from mock_sites.web.signing_in import login_required
from mock_sites.world.clock import BEIJING

BARS = 24
"""Bars of the chart."""

blueprint = Blueprint("errors", __name__)


@blueprint.get("/workspace/<workspace_id>/error-tracking")
@login_required
def tracking(workspace_id: str) -> str:
    """The issues, the worst first."""
    workspace = my_workspace(workspace_id)
    source = my_source(workspace, "logs")
    if source is None:
        return workspace_page("console/errors.html", workspace, page="errors", shown=None)
    window = asked_window(source, "1d")
    found = Logs(source, hosts.sending(uow(), workspace), window.begin, window.end)
    issues, edges = issues_of(found), window.edges(BARS)
    number = nearest(asked(), len(issues), SIZE)
    return workspace_page(
        "console/errors.html",
        workspace,
        page="errors",
        window=window,
        chart=_chart(found.by_status(edges), edges),
        shown=Page(issues[(number - 1) * SIZE : number * SIZE], number, len(issues)),
        total=sum(issue.number for issue in issues),
    )


def _chart(counts: list[dict[str, int]], edges: list[datetime]) -> Drawing:
    texts = [
        f"{begin + BEIJING:%m-%d %H:%M} {sum(bar[status] for status in FAILED):,}"
        for (begin, _end), bar in zip(pairwise(edges), counts, strict=True)
    ]
    return charts.bars({status: [bar[status] for bar in counts] for status in FAILED}, texts)
