"""Finds products of the marketplace: by words, category, delivery kind and price, in an order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from mock_sites.huawei.domain.listings import Listing, searchable
from mock_sites.world.fields import LONGEST_TEXT

CATEGORIES: Final = ("operations", "security", "database", "development", "office", "business", "ai", "industry")

DELIVERIES: Final = ("saas", "image", "license", "service", "api", "hardware", "ai", "data", "application", "card")
"""The delivery kinds of the marketplace. No document has ``card``."""

PRICES: Final[Mapping[str, tuple[int, int]]] = {
    "free": (0, 0),
    "to-100": (0, 100),
    "to-1000": (100, 1_000),
    "to-10000": (1_000, 10_000),
    "above": (10_000, 10**9),
}
"""Ranges of prices in CNY: more than the first number, up to the second. ``free`` is exactly zero."""

ORDERS: Final[Mapping[str, Callable[[Listing], Any] | None]] = {
    "": None,
    "sales": lambda listing: -listing.sales,
    "rating": lambda listing: -listing.rating,
    "cheapest": lambda listing: listing.price,
    "dearest": lambda listing: -listing.price,
    "newest": lambda listing: -listing.updated.toordinal(),
}
"""What results are sorted by. Without an order they stand as recommended."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a buyer looks for. Empty values ask for nothing."""

    search: str = ""
    category: str = ""
    delivery: str = ""
    price: str = ""
    order: str = ""

    @classmethod
    def asked(cls, values: Mapping[str, str]) -> "Wanted":
        """What an address asks for. Choices that do not exist are left out, and a long search is cut."""
        choices = {"category": CATEGORIES, "delivery": DELIVERIES, "price": PRICES, "order": ORDERS}
        chosen = {name: value for name, there_are in choices.items() if (value := values.get(name, "")) in there_are}
        return cls(search=" ".join(values.get("search", "").split())[:LONGEST_TEXT], **chosen)

    def values(self, **changed: str) -> dict[str, str]:
        """The values of an address that asks for this, with some of them changed."""
        return {name: value for name, value in (vars(self) | changed).items() if value}

    def found(self, listings: Iterable[Listing]) -> list[Listing]:
        """Those of the listings that are wanted, in the wanted order."""
        words = searchable(self.search).split()
        found = [one for one in listings if self._fits(one) and all(word in one.words for word in words)]
        order = ORDERS[self.order]
        return sorted(found, key=order) if order else found

    def _fits(self, listing: Listing) -> bool:
        if self.category not in {"", listing.category} or self.delivery not in {"", listing.delivery}:
            return False
        return not self.price or _costs(listing.price, *PRICES[self.price])


def _costs(price: Decimal, above: int, up_to: int) -> bool:
    return above < price <= up_to or above == up_to == price
