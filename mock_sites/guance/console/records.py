"""APM and RUM: the traces of services and the views of pages, counted, grouped and listed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any, Final

from flask import Blueprint, url_for

from mock_sites.guance.console.trace_drawer import asked_trace
from mock_sites.guance.console.workspace import asked_window, my_source, my_workspace, workspace_page
from mock_sites.guance.domain.telemetry.records import TRACES, VIEWS, Entry, Records
from mock_sites.guance.domain.telemetry.source import Source
from mock_sites.guance.domain.telemetry.spans import id_of
from mock_sites.guance.domain.telemetry.windows import Window
from mock_sites.web import charts
from mock_sites.web.charts import Drawing
from mock_sites.web.paging import SIZE, Page, asked, nearest
from mock_sites.web.signing_in import login_required
from mock_sites.world.clock import BEIJING
from mock_sites.world.errors import N_

BARS: Final = 30
"""Bars of the chart."""

blueprint = Blueprint("records", __name__)


@dataclass(frozen=True)
class Kind:
    """How the pages of an item speak of it. ``details`` are the names of an entry's details, ``groups`` the tables of
    groups, with the key by which entries are grouped.
    """

    item: str
    endpoint: str
    title: str
    counted: str
    name: str
    details: tuple[str, ...]
    took: str
    groups: tuple[tuple[str, Callable[[Entry], str]], ...]
    empty: str
    advice: str


APM: Final = Kind(
    TRACES,
    "records.traces",
    N_("APM"),
    N_("Traces"),
    N_("Service"),
    (N_("Resource"),),
    N_("Duration"),
    ((N_("Service"), lambda entry: entry.name), (N_("Resource"), lambda entry: entry.details[0])),
    N_("No traces yet"),
    N_("Traces of your services appear here as soon as DataKit reports them."),
)
RUM: Final = Kind(
    VIEWS,
    "records.views",
    N_("RUM"),
    N_("Page views"),
    N_("Page"),
    (N_("Browser"), N_("Province")),
    N_("Load time"),
    ((N_("Page"), lambda entry: entry.name), (N_("Browser"), lambda entry: entry.details[0])),
    N_("No page views yet"),
    N_("The page views of your users appear here as soon as an application reports them."),
)


@blueprint.get("/workspace/<workspace_id>/apm")
@login_required
def traces(workspace_id: str) -> str:
    """The services and their latest traces, or the details of the trace that the address names."""
    return _page(workspace_id, APM, "apm")


@blueprint.get("/workspace/<workspace_id>/rum")
@login_required
def views(workspace_id: str) -> str:
    """The pages of the applications, and the latest views."""
    return _page(workspace_id, RUM, "rum")


def _page(workspace_id: str, kind: Kind, page: str) -> str:
    workspace = my_workspace(workspace_id)
    source = my_source(workspace, kind.item)
    if source is None:
        return workspace_page("console/records.html", workspace, page=page, kind=kind, found=None)
    window = asked_window(source, "1h")
    found = Records(source, kind.item, window.begin, window.end)
    number = nearest(asked(), found.total, SIZE)

    def here(**changes: Any) -> str:
        """The address of this page, with a trace and a span in its drawer."""
        shown: dict[str, Any] = {
            "window": window.key,
            "until": window.typed or None,
            "page": number if number > 1 else None,
        }
        return url_for(kind.endpoint, workspace_id=workspace.id, **(shown | changes))

    return workspace_page(
        "console/records.html",
        workspace,
        page=page,
        kind=kind,
        found=found,
        window=window,
        chart=by_time(source, kind.item, window),
        groups=[(title, found.groups(key)) for title, key in kind.groups],
        shown=Page(found.latest((number - 1) * SIZE, SIZE), number, found.total),
        trace=asked_trace(workspace, source, found) if kind is APM else None,
        trace_id=partial(id_of, source),
        here=here,
    )


def by_time(source: Source, item: str, window: Window, bars: int = BARS) -> Drawing:
    """How many of an item came in each part of a window."""
    edges = window.edges(bars)
    counts = [source.count(item, begin, end) for begin, end in pairwise(edges)]
    texts = [f"{begin + BEIJING:%m-%d %H:%M} {count:,}" for begin, count in zip(edges, counts, strict=False)]
    return charts.bars({item: counts}, texts)
