"""What the marketplace sells."""

from typing import Final

from sqlalchemy import select

from mock_sites.huawei.domain.tables import Product
from mock_sites.world.book import Book
from mock_sites.world.errors import N_

GUANCE_CONTENT: Final = "8990a122-f456-43a4-892c-a458be31e336"
GUANCE_PRODUCT: Final = "OFFI845592654693900288"
"""The two ids of "Guance SaaS Edition" in its documented address (S1, Step One)."""

CARD_CONTENT: Final = "181f3d92-f40b-48d7-8ad5-420df0a682d2"
CARD_PRODUCT: Final = "OFFI-PREPAID-CARD"
"""The prepaid card: its documented address, which carries no product id (S2, How to Obtain Order Number)."""

CARD_UNIT: Final = 100
"""CNY of one unit of the card (spec guance C.6)."""


def stock(book: Book) -> None:
    """Put the documented products on the shelf."""
    book.session.add(
        Product(
            content_id=GUANCE_CONTENT,
            product_id=GUANCE_PRODUCT,
            sku_code="guance-saas-ondemand",
            title=N_("Guance SaaS Edition"),
            seller=N_("Guance"),
        )
    )
    book.session.add(
        Product(
            content_id=CARD_CONTENT,
            product_id=CARD_PRODUCT,
            sku_code="guance-prepaid-card",
            title=N_("Guance Prepaid Card"),
            seller="Guance",
            kind="card",
            unit_price=CARD_UNIT,
        )
    )


def all_products(book: Book) -> list[Product]:
    """Everything on the shelf."""
    return list(book.session.scalars(select(Product).order_by(Product.kind.desc(), Product.title)))


def find(book: Book, content_id: str, *, kind: str = "") -> Product | None:
    """The product on the page ``/contents/<content id>``; with ``kind``, only one of that kind."""
    product = book.session.get(Product, content_id)
    return product if product and kind in {"", product.kind} else None
