"""The details of a trace in a drawer: its spans as a waterfall, the attributes of one, and the logs of its host."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask import abort, request

from mock_sites.guance.console.workspace import my_source
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.telemetry import hosts
from mock_sites.guance.domain.telemetry.logs import Line, Logs, Query
from mock_sites.guance.domain.telemetry.metrics import is_measured
from mock_sites.guance.domain.telemetry.records import Record, Records
from mock_sites.guance.domain.telemetry.source import Source
from mock_sites.guance.domain.telemetry.spans import Span, attributes_of, id_of, spans_of
from mock_sites.web.context import uow
from mock_sites.world.clock import BEIJING

WIDTH: Final = 1000
"""The width of the waterfall."""

AROUND: Final = timedelta(minutes=1)
"""How long before and after a trace the logs of its host are shown."""

AFTER: Final = timedelta(minutes=30)
"""How long after a trace the window of related pages ends (Guance's documentation, explorer of traces)."""

MOST_LOGS: Final = 5


@dataclass(frozen=True)
class Bar:
    """A span in the waterfall. ``colour`` counts the services from 1."""

    span: Span
    colour: int
    x: int
    width: int
    share: float
    """How much of the whole time it was busy itself, in percent."""


@dataclass(frozen=True)
class Trace:
    """A trace with its waterfall, and ``chosen``, the span whose attributes are shown."""

    record: Record
    id: str
    bars: Sequence[Bar]
    chosen: Span
    attributes: dict[str, str]
    host: str
    logs: Sequence[Line]
    related: dict[str, str]
    """The window of related pages."""

    @property
    def services(self) -> dict[str, int]:
        """The services with their colours."""
        return {bar.span.service: bar.colour for bar in self.bars}


def asked_trace(workspace: Workspace, source: Source, found: Records) -> Trace | None:
    """The trace and the span that the address asks for."""
    if not (name := request.args.get("trace", "")):
        return None
    record = found.find(name) or abort(404)
    spans = spans_of(record.place)
    number = request.args.get("span", "0")
    chosen = next((span for span in spans if str(span.number) == number), None) or abort(404)
    sending = hosts.sending(uow(), workspace)
    running = [host.name for host in sending if is_measured(host, record.at)]
    host = running[chosen.slot % len(running)] if running else ""
    end = record.at + timedelta(microseconds=spans[0].duration)
    logs = my_source(workspace, "logs") if host else None
    query = Query(values=(("host", host),))
    return Trace(
        record=record,
        id=id_of(source, record),
        bars=_waterfall(spans),
        chosen=chosen,
        attributes=attributes_of(source, record, chosen, host),
        host=host,
        logs=Logs(logs, sending, record.at - AROUND, end + AROUND, query).latest(0, MOST_LOGS) if logs else [],
        related={"window": "1h", "until": f"{end + AFTER + BEIJING:%Y-%m-%dT%H:%M}"},
    )


def _waterfall(spans: Sequence[Span]) -> list[Bar]:
    whole = spans[0].duration
    colours = {service: number for number, service in enumerate(dict.fromkeys(span.service for span in spans), start=1)}
    return [
        Bar(
            span,
            colours[span.service],
            span.start * WIDTH // whole,
            max(1, span.duration * WIDTH // whole),
            100 * span.own / whole,
        )
        for span in spans
    ]
