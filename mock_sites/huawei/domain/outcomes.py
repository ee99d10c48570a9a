"""What the seller's answer to an operation changes, by the operation's V2 name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from mock_sites.huawei.domain import closing, orders
from mock_sites.huawei.domain.tables import Order, Resource
from mock_sites.world.book import Book
from mock_sites.world.ledger import Facts


@dataclass(frozen=True)
class Outcome:
    """The two ends of an operation; both get what it was asked for with."""

    succeeded: Callable[[Book, Facts, Facts], None]
    """The seller has done it; gets its answer too."""
    failed: Callable[[Book, Facts], None]
    """The seller has not done it by the last try."""


def _created(book: Book, asked: Facts, answer: Facts) -> None:
    orders.instance_created(book, book.session.get_one(Order, asked["order"]), answer["instanceId"])


def _not_created(book: Book, asked: Facts) -> None:
    orders.creation_failed(book, book.session.get_one(Order, asked["order"]))


def _released(book: Book, asked: Facts, _answer: Facts) -> None:
    closing.released(book, book.session.get_one(Resource, asked["instance"]))


def _not_released(book: Book, asked: Facts) -> None:
    closing.release_failed(book, book.session.get_one(Resource, asked["instance"]))


OUTCOMES: Final[Mapping[str, Outcome]] = {
    "newInstance": Outcome(_created, _not_created),
    "releaseInstance": Outcome(_released, _not_released),
}
