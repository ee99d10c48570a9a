"""The spans of a trace: which service called which, when, and how long each was busy itself.

Traces with the same entry of the pattern have the same spans, so they are made once. The attributes have the names that
DataKit gives them (DataKit, data structure of tracing).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, count, pairwise
from typing import Final

from mock_sites.guance.domain.telemetry.records import TRACES, Record, pattern
from mock_sites.guance.domain.telemetry.source import Source
from mock_sites.world.seed import Seed

CALLS: Final[Mapping[tuple[str, str], tuple[tuple[str, str], ...]]] = {
    ("gateway", "GET /api/orders"): (("checkout", "GET /api/orders"),),
    ("gateway", "POST /api/orders"): (("checkout", "POST /api/orders"),),
    ("gateway", "GET /api/catalogue/items"): (("catalogue", "GET /api/catalogue/items"),),
    ("gateway", "POST /login"): (("mysql", "SELECT users"), ("redis", "SET session")),
    ("checkout", "GET /api/orders"): (("mysql", "SELECT orders"),),
    ("checkout", "POST /api/carts"): (("redis", "SET cart"),),
    ("checkout", "PUT /api/carts/items"): (("redis", "GET cart"), ("redis", "SET cart")),
    ("checkout", "POST /api/orders"): (
        ("redis", "GET cart"),
        ("payment", "POST /api/payments"),
        ("mysql", "INSERT orders"),
    ),
    ("catalogue", "GET /api/catalogue/items"): (("redis", "GET items"), ("mysql", "SELECT items")),
    ("catalogue", "GET /api/search"): (("search", "GET /_search"),),
    ("payment", "POST /api/payments"): (("mysql", "INSERT payments"),),
    ("payment", "GET /api/payments/state"): (("mysql", "SELECT payments"),),
    ("worker", "ship-order"): (("mysql", "UPDATE orders"),),
    ("worker", "send-receipt"): (("mysql", "SELECT orders"), ("redis", "GET templates")),
}
"""What a resource of a service calls, in order. What is not here calls nothing."""

STORES: Final = {"mysql": "db", "redis": "cache"}
"""The services that are called from the host of their caller, with their types."""

_TYPES: Final = {**STORES, "worker": "app"}
"""The types of services that do not answer HTTP."""

_OPERATIONS: Final = {"mysql": "mysql.query", "redis": "redis.command", "worker": "celery.run"}
_FAULTS: Final = {
    "mysql": "Lock wait timeout exceeded; try restarting transaction",
    "redis": "Connection reset by peer",
}
_HTTP_FAULT: Final = "upstream prematurely closed connection"


@dataclass(frozen=True)
class Span:
    """A part of a trace. Times are in microseconds; ``start`` counts from the beginning of the trace, ``own`` is the
    part of ``duration`` in which nothing that it called was busy.

    ``slot`` decides which host reported it.
    """

    number: int
    parent: int | None
    depth: int
    service: str
    resource: str
    start: int
    duration: int
    own: int
    failed: bool
    message: str
    slot: int

    @property
    def source_type(self) -> str:
        """What kind of service it is: web, app, db or cache."""
        return _TYPES.get(self.service, "web")


@cache
def spans_of(place: int) -> tuple[Span, ...]:
    """The spans of the traces with this entry of the pattern, in the order in which they began. The first is the whole
    trace.
    """
    entry = pattern(TRACES)[place]
    what = entry.name, entry.details[0]
    return tuple(_made(place, count(), None, what, 0, entry.milliseconds * 1000, failed=entry.failed))


def id_of(source: Source, trace: Record, span: Span | None = None) -> str:
    """The ID of a trace or of one of its spans: 64 bits as hexadecimal digits."""
    part = f"/{span.number}" if span else ""
    return source.seed.random_text(f"guance/trace/{source.workspace_id}/{trace.id}{part}", 16)


def attributes_of(source: Source, trace: Record, span: Span, host: str) -> dict[str, str]:
    """The attributes of a span, by their names. Those without a value are left out."""
    spans = spans_of(trace.place)
    method, _, path = span.resource.partition(" ")
    is_http = span.source_type == "web"
    found = {
        "trace_id": id_of(source, trace),
        "span_id": id_of(source, trace, span),
        "parent_id": "0" if span.parent is None else id_of(source, trace, spans[span.parent]),
        "service": span.service,
        "resource": span.resource,
        "operation": _OPERATIONS.get(span.service, "http.request"),
        "source_type": span.source_type,
        "span_type": "entry" if span.parent is None else "exit" if span.service in STORES else "local",
        "status": "error" if span.failed else "ok",
        "duration": f"{span.duration:,} µs",
        "host": host,
        "http_method": method if is_http else "",
        "http_url": path if is_http else "",
        "http_status_code": _status(span, method) if is_http else "",
        "error_message": span.message,
    }
    return {name: value for name, value in found.items() if value}


def _made(
    place: int,
    numbers: Iterator[int],
    parent: Span | None,
    what: tuple[str, str],
    start: int,
    duration: int,
    *,
    failed: bool,
) -> Iterator[Span]:
    """A span and those below it. Where one failed that called others, the last of these failed."""
    calls, number = CALLS.get(what, ()), next(numbers)
    slot, *draws = Seed("guance/spans").random_bytes(f"{place}/{number}", 2 * len(calls) + 2)
    weights = [8 + draw % 32 if part % 2 else 1 + draw % 8 for part, draw in enumerate(draws)]
    edges = [start + duration * passed // sum(weights) for passed in accumulate(weights, initial=0)]
    stretches = list(pairwise(edges))  # its own time and that of a call, in turns
    span = Span(
        number=number,
        parent=parent.number if parent else None,
        depth=parent.depth + 1 if parent else 0,
        service=what[0],
        resource=what[1],
        start=start,
        duration=duration,
        own=sum(end - begin for begin, end in stretches[::2]),
        failed=failed,
        message=_FAULTS.get(what[0], _HTTP_FAULT) if failed and not calls else "",
        slot=parent.slot if parent and what[0] in STORES else slot,
    )
    yield span
    for call, (begin, end) in zip(calls, stretches[1::2], strict=True):
        yield from _made(place, numbers, span, call, begin, end - begin, failed=failed and calls[-1:] == (call,))


def _status(span: Span, method: str) -> str:
    """The status code of the answer: 502 where something else failed, 500 where that was passed on."""
    if span.failed:
        return "502" if span.message else "500"
    return "201" if method == "POST" else "200"
