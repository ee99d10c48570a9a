"""What the lines of a log say. They repeat after ``LENGTH`` lines, from another place each day.

So the lines of any stretch that match a search are counted without being read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from mock_sites.world.seed import Seed

LENGTH: Final = 251

STATUSES: Final = ("critical", "error", "warning", "info", "ok")
"""The statuses of logs, the worst first."""

_FREQUENT: Final = ("info",) * 44 + ("ok",) * 8 + ("warning",) * 8 + ("error",) * 3 + ("critical",)
_SERVICES: Final = (
    ("gateway",) * 5 + ("checkout",) * 3 + ("catalogue",) * 3 + ("payment",) * 2 + ("worker",) * 2 + ("search",)
)
_SOURCES: Final = {"gateway": "nginx", "search": "elasticsearch", "worker": "celery"}
_PATHS: Final = (
    "/api/orders",
    "/api/carts",
    "/api/catalogue/items",
    "/api/payments",
    "/login",
    "/api/search",
    "/health",
)
_TEXTS: Final = {
    "critical": ("Disk of the queue is full: {number} jobs lost", "No connection to the database after {number} tries"),
    "error": (
        "POST {path} 502 in {number} ms upstream=payment",
        "GET {path} 500 in {number} ms",
        "Job {number} failed: connection reset by peer",
        "Payment {number} was refused: card expired",
    ),
    "warning": (
        "GET {path} 200 in {number}0 ms slow=true",
        "Queue holds {number} jobs",
        "GET {path} 429 in {number} ms limit=100",
        "Retry 2 of 5 for job {number}",
    ),
    "info": (
        "GET {path} 200 in {number} ms",
        "POST {path} 201 in {number} ms",
        "GET {path} 304 in {number} ms",
        "Job {number} done",
        "User {number} signed in",
        "Cache miss for {path} key=item:{number}",
        "Order {number} shipped",
    ),
    "ok": ("Health check passed in {number} ms", "Connection pool has {number} free connections"),
}


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
        found = _FREQUENT[status % len(_FREQUENT)]
        texts, named = _TEXTS[found], _SERVICES[service % len(_SERVICES)]
        words = texts[text % len(texts)].format(path=_PATHS[path % len(_PATHS)], number=1 + high * (1 + low % 8))
        yield Entry(found, named, _SOURCES.get(named, "java"), words, slot)
