"""What the lines of a log say. They repeat after ``LENGTH`` lines, from another place each day.

So the lines of any stretch that match a search are counted without being read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from mock_sites.world.seed import Seed

LENGTH: Final = 1999

STATUSES: Final = ("critical", "error", "warning", "info", "ok")
"""The statuses of logs, the worst first."""

_FREQUENT: Final = ("info",) * 44 + ("ok",) * 8 + ("warning",) * 8 + ("error",) * 3 + ("critical",)
_SERVICES: Final = (
    ("gateway",) * 5 + ("checkout",) * 3 + ("catalogue",) * 3 + ("payment",) * 2 + ("worker",) * 2 + ("search",)
)
_SOURCES: Final = {"gateway": "nginx", "search": "elasticsearch", "worker": "celery"}
_PATHS: Final = ("/api/orders", "/api/carts", "/api/catalogue/items", "/api/payments", "/login", "/api/search")
_DATABASE: Final = ("No connection to the database after {few} tries",)
_HEALTH: Final = ("Health check passed in {few} ms", "Connection pool has {few} free connections")
_TEXTS: Final = {
    "gateway": {
        "critical": ("No upstream of {path} answers after {few} tries",),
        "error": ("POST {path} 502 in {number} ms upstream=payment", "GET {path} 504 in {number}0 ms upstream=search"),
        "warning": ("GET {path} 200 in {number}0 ms slow=true", "GET {path} 429 in {few} ms limit=100"),
        "info": ("GET {path} 200 in {number} ms", "POST {path} 201 in {number} ms", "GET {path} 304 in {few} ms"),
        "ok": ("GET /health 200 in {few} ms",),
    },
    "checkout": {
        "critical": _DATABASE,
        "error": ("Order {number} failed: connection reset by peer", "Order {number} failed: no answer of payment"),
        "warning": ("Order {number} waits for its payment", "Retry {few} of 10 for order {number}"),
        "info": ("Order {number} placed", "Order {number} paid", "Cart {number} checked out"),
        "ok": _HEALTH,
    },
    "catalogue": {
        "critical": _DATABASE,
        "error": ("Item {number} not read: connection reset by peer", "Prices of {number} items not refreshed"),
        "warning": (
            "Cache miss for /api/catalogue/items key=item:{number}",
            "Item {number} read in {few}00 ms slow=true",
        ),
        "info": ("Item {number} read in {few} ms", "Prices of {number} items refreshed", "Cache holds {number} items"),
        "ok": _HEALTH,
    },
    "payment": {
        "critical": ("Card network does not answer after {few} tries",),
        "error": ("Payment {number} was refused: card expired", "Payment {number} failed: no answer of the bank"),
        "warning": ("Payment {number} took {few}000 ms slow=true", "Retry {few} of 10 for payment {number}"),
        "info": ("Payment {number} received", "Payment {number} settled", "Receipt of payment {number} sent"),
        "ok": _HEALTH,
    },
    "worker": {
        "critical": ("Disk of the queue is full: {number} jobs lost",),
        "error": ("Job {number} failed: connection reset by peer", "Job {number} failed: longer than 30 s"),
        "warning": ("Queue holds {number} jobs", "Retry {few} of 10 for job {number}"),
        "info": ("Job {number} done in {few} ms", "Order {number} shipped", "Mail of order {number} sent"),
        "ok": ("Queue is empty", "Health check passed in {few} ms"),
    },
    "search": {
        "critical": ("Cluster state is red: {few} shards missing",),
        "error": ("Query {number} failed: no answer of shard {few}",),
        "warning": ("Query {number} took {few}000 ms slow=true", "Heap is {few}0 % full"),
        "info": ("Query {number} took {few} ms", "Index refreshed with {number} documents"),
        "ok": ("Cluster state is green",),
    },
}
"""What each service says, by status. ``few`` is a number with one digit."""


@dataclass(frozen=True)
class Entry:
    """What one line says. ``slot`` decides which host has sent it."""

    status: str
    service: str
    source: str
    text: str
    slot: int


@cache
def pattern() -> tuple[Entry, ...]:
    """The lines that repeat."""
    return tuple(_entries())


def _entries() -> Iterator[Entry]:
    seed = Seed("guance/log")
    for number in range(LENGTH):
        status, service, text, path, high, low, slot = seed.random_bytes(str(number), 7)
        found, named = _FREQUENT[status % len(_FREQUENT)], _SERVICES[service % len(_SERVICES)]
        texts = _TEXTS[named][found]
        numbers = {"number": 1 + high * (1 + low % 8), "few": 2 + low % 8}
        words = texts[text % len(texts)].format(path=_PATHS[path % len(_PATHS)], **numbers)
        yield Entry(found, named, _SOURCES.get(named, "java"), words, slot)
