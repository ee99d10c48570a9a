"""The products of the marketplace that can be ordered. ``listings`` has those that are only shown too."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from mock_sites.huawei.domain import packages, reviews
from mock_sites.huawei.domain.listings import Listing, all_listings
from mock_sites.huawei.domain.sale import stopped
from mock_sites.huawei.domain.tables import Package, Product, Specification
from mock_sites.world.agreement import CARD_CONTENT, GUANCE_CONTENT, GUANCE_PRODUCT
from mock_sites.world.errors import N_
from mock_sites.world.unit_of_work import UnitOfWork

CARD_PRODUCT: Final = "OFFI845612937750261760"
"""The product id of the prepaid card. No document names it."""

CARD_UNIT: Final = 100
"""The price of one unit of the card, in CNY (spec guance C.6)."""

USAGE_PRICE: Final = 100
"""The price of a usage value of 1, in fen. No document gives it. Guance reports the cost of a day in CNY."""

PLAN_CONTENT: Final = "5d0c8f3e-2b6a-4c19-9e47-70a1c6d2b8f4"
"""The yearly/monthly plan. No document names it. It shows the life of a service that expires."""

TRIAL_DAYS: Final = 15
"""The length of the plan's trial. A seller may set 3 to 180 days (spec huawei 1.2)."""

_EDITIONS: Final = ((N_("Standard edition"), "standard", 600), (N_("Professional edition"), "professional", 1_800))
"""Name, code and monthly price in CNY of each edition, from the lowest to the highest. A year costs as much as ten
months.
"""


def stock(uow: UnitOfWork) -> None:
    """Create the documented products."""
    uow.session.add(
        Product(
            content_id=GUANCE_CONTENT,
            product_id=GUANCE_PRODUCT,
            sku_code="guance-saas-ondemand",
            title=N_("Guance SaaS Edition"),
            seller=N_("Guance"),
            usage_fen=USAGE_PRICE,
        )
    )
    uow.session.add(
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
    _stock_plan(uow)


def _stock_plan(uow: UnitOfWork) -> None:
    uow.session.add(
        Product(
            content_id=PLAN_CONTENT,
            product_id=_plan_id("standard", "month"),
            sku_code="guance-plan-standard",
            title=N_("Guance Commercial Plan"),
            seller="Guance",
            kind="period",
            unit_price=_EDITIONS[0][2],
        )
    )
    for level, (name, code, monthly) in enumerate(_EDITIONS, 1):
        for period_type, price in (("month", monthly), ("year", 10 * monthly)):
            uow.session.add(
                Specification(
                    product_id=_plan_id(code, period_type),
                    content_id=PLAN_CONTENT,
                    sku_code=f"guance-plan-{code}",
                    name=name,
                    level=level,
                    period_type=period_type,
                    price=price,
                )
            )
    name, code, _ = _EDITIONS[0]
    uow.session.add(
        Specification(
            product_id=_plan_id(code, "trial"),
            content_id=PLAN_CONTENT,
            sku_code=f"guance-plan-{code}",
            name=name,
            level=1,
            period_type="day",
            period_length=TRIAL_DAYS,
        )
    )


def _plan_id(code: str, period: str) -> str:
    return f"OFFI-PLAN-{code}-{period}".upper()


def all_products(uow: UnitOfWork) -> list[Product]:
    """All products that can be ordered."""
    return list(uow.session.scalars(select(Product).order_by(Product.kind.desc(), Product.title)))


def offered(uow: UnitOfWork) -> list[Listing]:
    """The products that the marketplace shows, as recommended: all but those whose sale has stopped."""
    gone = stopped(uow)
    return reviews.counted(uow, (listing for listing in all_listings() if listing.content_id not in gone))


def find(uow: UnitOfWork, content_id: str, *, kind: str = "") -> Product | None:
    """The product on the page ``/contents/<content id>``. With ``kind``, only a product of that kind."""
    product = uow.session.get(Product, content_id)
    return product if product and kind in {"", product.kind} else None


@dataclass(frozen=True)
class Offer:
    """Something that can be ordered: a product, one specification of a period product, or a package."""

    product: Product
    specification: Specification | None = None
    package: Package | None = None

    @property
    def product_id(self) -> str:
        """The product id of the documents, which names it."""
        return (self.specification or self.package or self.product).product_id

    @property
    def kind(self) -> str:
        """on-demand, package, card, period or trial."""
        if self.package:
            return "package"
        if self.specification and self.specification.trial:
            return "trial"
        return "on-demand" if self.product.kind == "service" else self.product.kind

    @property
    def price(self) -> int:
        """The price of a unit, a period or a package, in CNY."""
        chosen = self.specification or self.package
        return chosen.price if chosen else self.product.unit_price


def offers(uow: UnitOfWork) -> list[Offer]:
    """All that can be ordered, by product."""
    found: list[Offer] = []
    for product in all_products(uow):
        trial = trial_of(uow, product)
        editions = [*specifications_of(uow, product), *([trial] if trial else [])]
        found += [Offer(product, each) for each in editions] or [Offer(product)]
        found += [Offer(product, package=each) for each in packages.offered(uow, product)]
    return found


def specifications_of(uow: UnitOfWork, product: Product) -> list[Specification]:
    """The specifications of a period product. The lowest edition and the shortest period come first."""
    wanted = select(Specification).where(Specification.content_id == product.content_id)
    paid = wanted.where(Specification.period_type != "day")
    return list(uow.session.scalars(paid.order_by(Specification.level, Specification.price)))


def trial_of(uow: UnitOfWork, product: Product) -> Specification | None:
    """The trial of a period product."""
    wanted = select(Specification).where(Specification.content_id == product.content_id)
    return uow.session.scalars(wanted.where(Specification.period_type == "day")).first()
