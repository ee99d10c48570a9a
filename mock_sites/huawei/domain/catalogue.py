"""What the marketplace sells."""

from typing import Final

from sqlalchemy import select

from mock_sites.huawei.domain.tables import Product
from mock_sites.world.book import Book
from mock_sites.world.errors import N_

GUANCE_CONTENT: Final = "8990a122-f456-43a4-892c-a458be31e336"
GUANCE_PRODUCT: Final = "OFFI845592654693900288"
"""The two ids of "Guance SaaS Edition" in its documented address (S1, Step One)."""


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


def all_products(book: Book) -> list[Product]:
    """Everything on the shelf."""
    return list(book.session.scalars(select(Product).order_by(Product.title)))


def find(book: Book, content_id: str) -> Product | None:
    """The product on the page ``/contents/<content id>``."""
    return book.session.get(Product, content_id)
