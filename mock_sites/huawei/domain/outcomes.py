"""What the seller's answers change, by the activity that was delivered (spec huawei 2.6).

``succeeded`` is told of the answer that ends a delivery, ``failed`` when the policy's last try has failed too. Both
bear being told again: who has been told already changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mock_sites.huawei.domain import closing, expiry, orders, processing
from mock_sites.huawei.domain.tables import Order, Resource
from mock_sites.world.book import Book
from mock_sites.world.ledger import Facts


@dataclass(frozen=True)
class Outcome:
    """The two ends of a delivery, told with what it was scheduled with."""

    succeeded: Callable[[Book, Facts, Mapping[str, Any]], None]
    """Also told the seller's answer."""
    failed: Callable[[Book, Facts], None]


def _order(book: Book, payload: Facts) -> Order:
    return book.session.get_one(Order, payload["order"])


def _resource(book: Book, payload: Facts) -> Resource:
    return book.session.get_one(Resource, payload["instance"])


def _status_updated(book: Book, payload: Facts, _answer: Mapping[str, Any]) -> None:
    tell = expiry.frozen if payload["status"] == "FREEZE" else expiry.unfrozen
    tell(book, _resource(book, payload))


def _status_not_updated(book: Book, payload: Facts) -> None:
    """The marketplace has done its own part already: the seller is asked again by hand (spec huawei 2.8)."""
    book.record("service.status-not-updated", instance=payload["instance"], status=payload["status"])


def _order_failed(book: Book, payload: Facts) -> None:
    orders.fail(book, _order(book, payload))


OUTCOMES: Final[Mapping[str, Outcome]] = {
    "newInstance": Outcome(
        lambda book, payload, answer: orders.instance_created(book, _order(book, payload), answer["instanceId"]),
        _order_failed,
    ),
    "refreshInstance": Outcome(
        lambda book, payload, _answer: processing.refreshed(book, _order(book, payload)), _order_failed
    ),
    "upgradeInstance": Outcome(
        lambda book, payload, _answer: processing.upgraded(book, _order(book, payload)), _order_failed
    ),
    "updateInstanceStatus": Outcome(_status_updated, _status_not_updated),
    "releaseInstance": Outcome(
        lambda book, payload, _answer: closing.released(book, _resource(book, payload)),
        lambda book, payload: closing.release_failed(book, _resource(book, payload)),
    ),
}
"""By the names of V2.0."""
