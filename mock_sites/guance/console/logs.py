"""The log explorer: a histogram, quick filters, a search, the lines, and one of them with its attributes."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, abort, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from mock_sites.guance.console.statuses import NAMES, log_key
from mock_sites.guance.console.workspace import asked_window, my_source, my_workspace, workspace_page
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.telemetry.log_pattern import LENGTH, STATUSES
from mock_sites.guance.domain.telemetry.logs import FACETS, Logs, Query
from mock_sites.guance.domain.telemetry.windows import Window
from mock_sites.web import charts
from mock_sites.web.charts import Drawing
from mock_sites.web.context import uow
from mock_sites.web.paging import SIZE, Page, asked, nearest
from mock_sites.web.signing_in import login_required
from mock_sites.world.clock import BEIJING

BARS: Final = 30
"""Bars of the histogram."""

AROUND: Final = 3
"""Lines before and after the one whose details are shown."""

AFTER: Final = timedelta(minutes=5)
"""How long after the line the window of related pages ends."""

LONGEST_SEARCH: Final = 200

blueprint = Blueprint("logs", __name__)

_TOKENS: Final = re.compile(
    r"(?P<method>\b(?:GET|POST)\b)|(?P<path>/[\w/-]+)|(?P<number>\b\d+\b)|(?P<key>\b[\w.]+(?==))"
)
_TOKEN: Final = Markup('<span class="t-{}">{}</span>')


@dataclass(frozen=True)
class Asked:
    """What the address asks for, without its page and its line."""

    search: str
    values: dict[str, str]
    window: Window

    @property
    def arguments(self) -> dict[str, str]:
        """The arguments of an address that asks for the same."""
        everything = {"search": self.search, "window": self.window.key, "until": self.window.typed, **self.values}
        return {name: value for name, value in everything.items() if value}

    @property
    def query(self) -> Query:
        """The lines that are wanted."""
        return Query(self.search, tuple(self.values.items()))


@blueprint.get("/workspace/<workspace_id>/logs")
@login_required
def explorer(workspace_id: str) -> str:
    """The lines of a window, or of a search in it."""
    workspace = my_workspace(workspace_id)
    source = my_source(workspace, "logs")
    if source is None:
        return workspace_page("console/logs.html", workspace, page="logs", found=None)
    values = {facet: request.args.get(facet, "")[:LONGEST_SEARCH] for facet in FACETS}
    wanted = Asked(
        request.args.get("search", "").strip()[:LONGEST_SEARCH],
        {facet: value for facet, value in values.items() if value},
        asked_window(source, "15m"),
    )
    window = wanted.window
    found = Logs(source, hosts.sending(uow(), workspace), window.begin, window.end, wanted.query)
    number = nearest(asked(), found.total, SIZE)
    edges = window.edges(BARS)
    line, name = None, request.args.get("line", "")
    if name:
        line = found.find(name) or abort(404)

    address = url_for(".explorer", workspace_id=workspace.id)

    def here(**changes: Any) -> str:
        """The address of this page with other arguments. None leaves one out."""
        arguments = {name: value for name, value in {**wanted.arguments, **changes}.items() if value is not None}
        return f"{address}?{urlencode(arguments)}"

    return workspace_page(
        "console/logs.html",
        workspace,
        page="logs",
        found=found,
        wanted=wanted,
        window=window,
        shown=Page(found.latest((number - 1) * SIZE, SIZE), number, found.total),
        histogram=_histogram(found.by_status(edges), edges),
        facets=found.commonest(),
        key=log_key(),
        line=line,
        around=found.around(line, AROUND) if line else [],
        related={"window": "15m", "until": f"{line.at + BEIJING + AFTER:%Y-%m-%dT%H:%M}"} if line else {},
        here=here,
        coloured=coloured,
    )


@lru_cache(maxsize=LENGTH)
def coloured(text: str) -> Markup:
    """A message with its methods, paths, numbers and keys in elements, whose classes decide their colours."""
    parts, end = list[Markup](), 0
    for match in _TOKENS.finditer(text):
        parts += [escape(text[end : match.start()]), _TOKEN.format(match.lastgroup, match[0])]
        end = match.end()
    return Markup().join([*parts, escape(text[end:])])


def _histogram(counts: list[dict[str, int]], edges: list[datetime]) -> Drawing:
    series = {status: [bar[status] for bar in counts] for status in STATUSES}
    return charts.bars(series, [_text(begin, bar) for begin, bar in zip(edges, counts, strict=False)])


def _text(begin: datetime, bar: dict[str, int]) -> str:
    begin += timedelta(microseconds=500_000)
    numbers = " ".join(f"{_(NAMES[status])} {number:,}" for status, number in bar.items() if number)
    return f"{begin + BEIJING:%m-%d %H:%M:%S} {numbers or 0}"
