"""Charts of what hosts measure, with the values of each line as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mock_sites.guance.console.quantities import quantity
from mock_sites.guance.domain.telemetry import metrics
from mock_sites.guance.domain.telemetry.metrics import METRICS, Metric
from mock_sites.guance.domain.telemetry.source import Source
from mock_sites.guance.domain.telemetry.tables import Host
from mock_sites.guance.domain.telemetry.windows import Window
from mock_sites.web import charts
from mock_sites.web.charts import Drawing
from mock_sites.world.clock import BEIJING

POINTS: Final = 25
"""How many moments of a window a chart shows."""


@dataclass(frozen=True)
class Legend:
    """A line of a chart and the values of its window, as text."""

    name: str
    average: str
    least: str
    most: str


@dataclass(frozen=True)
class Chart:
    """A chart of a metric. ``top`` is the end of its scale, as text."""

    metric: Metric
    drawing: Drawing
    top: str
    legend: Sequence[Legend]


def charts_of(source: Source, hosts: Sequence[Host], window: Window, keys: Sequence[str] = ()) -> list[Chart]:
    """The charts of hosts over a window: their averages. There are no values while none of them reports.

    ``keys`` choose some of the ``METRICS``.
    """
    edges = window.edges(POINTS - 1)
    rows = [[row for host in hosts if (row := measured(source, host, at))] for at in edges]
    wanted = [metric for metric in METRICS if not keys or metric.key in keys]
    return [
        chart_of(
            metric,
            edges,
            {name: [_average(each, metric.key, place) for each in rows] for place, name in enumerate(metric.lines)},
        )
        for metric in wanted
    ]


def chart_of(
    metric: Metric, edges: Sequence[datetime], series: Mapping[str, Sequence[float | None]], *, width: int = 300
) -> Chart:
    """The chart of these lines of a metric. ``None``: there is no value."""
    texts = [_text(metric, series, number, at) for number, at in enumerate(edges)]
    drawing = charts.lines(series, texts, top=100 if metric.unit == "%" else 0, width=width)
    legend = [_legend(metric, name, [value for value in row if value is not None]) for name, row in series.items()]
    return Chart(metric, drawing, quantity(drawing.top, metric.unit), legend)


def measured(source: Source, host: Host, at: datetime) -> Mapping[str, tuple[float, ...]] | None:
    """What a host measured at a moment, if it reported then and the data are kept."""
    if not source.covers(at) or not metrics.is_measured(host, at):
        return None
    values = metrics.measure(source.seed, host, at)
    return {key: value for key, value in values.items() if key not in source.deleted or at > source.deleted[key]}


def _average(rows: Sequence[Mapping[str, tuple[float, ...]]], key: str, place: int) -> float | None:
    values = [row[key][place] for row in rows if key in row]
    return sum(values) / len(values) if values else None


def _legend(metric: Metric, name: str, values: Sequence[float]) -> Legend:
    if not values:
        return Legend(name, "-", "-", "-")
    shown = (quantity(value, metric.unit) for value in (sum(values) / len(values), min(values), max(values)))
    return Legend(name, *shown)


def _text(metric: Metric, series: Mapping[str, Sequence[float | None]], number: int, at: datetime) -> str:
    values = ((name, row[number]) for name, row in series.items())
    said = " ".join(f"{name} {quantity(value, metric.unit)}" for name, value in values if value is not None)
    return f"{at + BEIJING:%m-%d %H:%M} {said or '-'}"
