"""Packages of pay-per-use products: a quota of usage that is paid in advance (spec huawei 2.6b).

The seller offers them. A buyer who has subscribed to the product can buy any number of them. The rest is charged by the
unit price (``sources.PACKAGES``), or the package stops (``sources.STOPPING_PACKAGES``).
"""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from mock_sites.huawei.domain import usage_rules
from mock_sites.huawei.domain.orders import check_verified
from mock_sites.huawei.domain.sale import check_on_sale
from mock_sites.huawei.domain.states import ResourceState
from mock_sites.huawei.domain.tables import Account, Order, Package, Product, Resource
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.fields import FieldRule
from mock_sites.world.rows import are_any
from mock_sites.world.seed import DIGITS
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST_UNIT: Final = 20
"""The longest name of a unit, in characters. No document gives it."""

QUOTA: Final = FieldRule(
    r"[0-9]{1,8}(\.[0-9]{1,4})?", N_("Enter a quota above 0 and below 100,000,000, with at most 4 decimals.")
)
PRICE: Final = FieldRule(r"[0-9]{1,7}", N_("Enter a price in whole CNY, from 0 to 9,999,999."))


def offer(uow: UnitOfWork, product: Product, *, name: str, quota: str, unit: str, price: str, stops: bool) -> Package:
    """Offer a package of a product from now on.

    Raises:
        Refusal: the product is not pay-per-use, the package has no quota, the price is not right, or a package with
            this name is on sale: nobody could tell them apart.
    """
    if product.kind != "service":
        raise Refusal(N_("Only a pay-per-use product has packages."))
    QUOTA.check(quota, "quota")
    PRICE.check(price, "price")
    quota_units = usage_rules.units(quota)
    if quota_units is None:
        raise Refusal(QUOTA.complaint, field="quota")
    if any(other.name.casefold() == name.casefold() for other in offered(uow, product)):
        raise Refusal(N_("A package with this name is on sale already."), field="name")
    package = Package(
        product_id=f"OFFI{uow.random_text('package', 18, DIGITS)}",
        sku_code=uow.random_text("package-sku", 32),
        product=product,
        name=name,
        quota_units=quota_units,
        unit=unit,
        price=int(price),
        stops=stops,
    )
    uow.session.add(package)
    uow.session.flush()
    uow.record("package.offered", product=product.content_id, package=package.product_id, name=name)
    return package


def withdraw(uow: UnitOfWork, package: Package) -> None:
    """Sell a package no longer. Those that were bought go on. Repeating it changes nothing."""
    if not package.is_withdrawn:
        package.is_withdrawn = True
        uow.record("package.withdrawn", product=package.content_id, package=package.product_id)


def offered(uow: UnitOfWork, product: Product) -> list[Package]:
    """The packages of a product that are sold, by their price."""
    wanted = select(Package).where(Package.content_id == product.content_id, Package.is_withdrawn.is_(False))
    return list(uow.session.scalars(wanted.order_by(Package.price, Package.product_id)))


def find(uow: UnitOfWork, content_id: str, package_id: str) -> Package | None:
    """The package with this id that is sold with a product."""
    package = uow.session.get(Package, package_id)
    return package if package and package.content_id == content_id and not package.is_withdrawn else None


def check_may_buy(uow: UnitOfWork, account: Account, product: Product) -> None:
    """Check that a buyer may buy packages of a product.

    Raises:
        Refusal: the account is not verified, the product is not on sale, or the account has no subscription in use.
    """
    check_verified(account)
    check_on_sale(uow, product)
    check_subscribed(uow, account, product)


def check_subscribed(uow: UnitOfWork, account: Account, product: Product) -> None:
    """Check that the account has a subscription of the product, from whose usage a package is deducted.

    Raises:
        Refusal: it has none that is in use.
    """
    mine = select(Resource).join(Resource.order).where(Resource.account_id == account.id)
    mine = mine.where(Order.content_id == product.content_id, Resource.state == ResourceState.IN_USE)
    if not are_any(uow, mine.where(Resource.package_id.is_(None))):
        raise Refusal(N_("Subscribe to this product first. A package is deducted from the usage of a subscription."))


def of_account(account_id: str) -> Select[Resource]:
    """The packages of an account, of all products, the oldest first."""
    mine = select(Resource).where(Resource.account_id == account_id, Resource.package_id.is_not(None))
    with_offers = mine.options(joinedload(Resource.order), joinedload(Resource.package))
    return with_offers.order_by(Resource.created_at, Resource.instance_id)


def held(account_id: str, content_id: str) -> Select[Resource]:
    """The packages of an account for a product, in the order in which they were bought."""
    mine = select(Resource).join(Resource.order).join(Resource.package).where(Resource.account_id == account_id)
    mine = mine.where(Resource.package_id.is_not(None))  # so that the index of packages serves
    with_offers = mine.options(contains_eager(Resource.order), contains_eager(Resource.package))
    return with_offers.where(Order.content_id == content_id).order_by(Order.paid_at, Order.attempt)


def to_be_named(uow: UnitOfWork, instances: Collection[str]) -> dict[str, Order]:
    """The orders of packages that stop when they are used up, by the on-demand instances from whose usage they are
    deducted: of each instance's buyer and product the first one whose package is not closed or being closed.

    Usage records must name such a package (spec huawei 2.6b).
    """
    bought, package = aliased(Order), aliased(Resource)
    wanted = (
        select(Resource.instance_id, bought)
        .join(Resource.order)
        .join(package, package.account_id == Resource.account_id)
        .join(bought, package.order_id == bought.id)
        .join(Package, package.package_id == Package.product_id)
        .where(Resource.instance_id.in_(instances), Resource.package_id.is_(None))
        .where(bought.content_id == Order.content_id, Package.stops)
        .where(package.state.in_((ResourceState.IN_USE, ResourceState.USED_UP)))
        .order_by(bought.instance_created_at.desc())
    )
    return dict(uow.session.execute(wanted).all())
