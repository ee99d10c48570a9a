"""What the marketplace shows of its products: texts, prices, ratings. Most sellers are invented.

``listings.toml`` has the sellers and products, ``opinions.toml`` the reviews and questions.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from mock_sites.world.clock import START
from mock_sites.world.seed import Seed

Text = Mapping[str, str]
"""The same text in several languages, by their codes."""

_HERE: Final = Path(__file__).parent

REVIEWS: Final = (3, 8)
"""The fewest and the most reviews of a product in a new world."""

LONGEST_AGO: Final = 200
"""The most days between the oldest review and the beginning of a world."""


@dataclass(frozen=True, kw_only=True)
class ListedSeller:
    """A seller with its contacts before and after a sale. ``since`` is the year in which it joined the marketplace."""

    key: str
    name: Text
    phone: str
    mail: str
    since: int


@dataclass(frozen=True, kw_only=True)
class Tier:
    """A specification and its price in CNY."""

    name: Text
    price: Decimal


@dataclass(frozen=True, kw_only=True)
class Review:
    """A buyer's review, and perhaps the seller's reply. ``stars`` is from 1 to 5; the buyer's name is masked."""

    stars: int
    by: str
    on: date
    text: Text
    reply: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question about a product, and the seller's answer."""

    asked: Text
    answer: Text


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A product of the marketplace as it is shown. The ids are the two in the documented address.

    ``price`` is in CNY for one ``unit``: the lowest one of its tiers. ``picture`` is the name of an icon. ``stars``
    counts the reviews by their stars.
    """

    content_id: str
    product_id: str
    seller: ListedSeller
    name: Text
    summary: Text
    delivery: str
    category: str
    picture: str
    price: Decimal
    unit: str
    updated: date
    sales: int
    tags: tuple[Text, ...]
    highlights: tuple[Text, ...]
    tiers: tuple[Tier, ...]
    reviews: tuple[Review, ...]
    questions: tuple[Question, ...]
    stars: Mapping[int, int]
    trial_days: int = 0

    @cached_property
    def rating(self) -> float:
        """The mean of its reviews' stars, rounded to a tenth; 4.25 is 4.3."""
        total = sum(stars * number for stars, number in self.stars.items())
        return (20 * total + self.review_count) // (2 * self.review_count) / 10

    @cached_property
    def review_count(self) -> int:
        """How many reviews it has."""
        return sum(self.stars.values())

    @cached_property
    def words(self) -> str:
        """All that a search looks at, in all languages."""
        texts = (self.name, self.summary, self.seller.name, *self.tags)
        return searchable("\n".join(word for text in texts for word in text.values()))


def searchable(text: str) -> str:
    """A text as searches compare it."""
    return " ".join(text.casefold().split())


@cache
def all_listings() -> tuple[Listing, ...]:
    """The products, the recommended ones first."""
    read, opinions = _read("listings.toml"), _read("opinions.toml")
    sellers = {key: ListedSeller(key=key, **values) for key, values in read["sellers"].items()}
    return tuple(_listing(values, sellers, opinions) for values in read["products"])


def find(content_id: str) -> Listing | None:
    """The product on the page ``/contents/<content id>``."""
    return _by_id().get(content_id)


@cache
def _by_id() -> dict[str, Listing]:
    return {listing.content_id: listing for listing in all_listings()}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))


def _listing(values: dict[str, Any], sellers: dict[str, ListedSeller], opinions: dict[str, Any]) -> Listing:
    content_id, delivery = values["content_id"], values["delivery"]
    questions = (one for one in opinions["questions"] if delivery in one["of"])
    reviews = _reviews(content_id, opinions["reviews"])
    made: dict[str, Any] = {
        "seller": sellers[values["seller"]],
        "price": _price(values["price"]),
        "tags": tuple(values["tags"]),
        "highlights": tuple(values["highlights"]),
        "tiers": tuple(Tier(name=tier["name"], price=_price(tier["price"])) for tier in values["tiers"]),
        "reviews": reviews,
        "stars": Counter(review.stars for review in reviews),
        "questions": tuple(Question(asked=one["asked"], answer=one["answer"]) for one in questions),
    }
    return Listing(**values | made)


def _reviews(content_id: str, written: list[dict[str, Any]]) -> tuple[Review, ...]:
    """Some of the reviews, drawn for this product, the newest first."""
    seed = Seed(content_id)
    first = seed.random_int("first review", 0, len(written) - 1)
    number = seed.random_int("reviews", *REVIEWS)
    ages = sorted(seed.random_int(f"age of review {one}", 1, LONGEST_AGO) for one in range(number))
    return tuple(
        Review(**written[(first + one) % len(written)], on=START.date() - timedelta(days=age))
        for one, age in enumerate(ages)
    )


def _price(number: float) -> Decimal:
    return Decimal(str(number))
