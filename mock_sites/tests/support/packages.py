"""Packages of the documented pay-per-use product: offered, and bought by the ready-made buyer."""

from sqlalchemy import select

from mock_sites.huawei.domain import catalogue, checkout, orders, packages
from mock_sites.huawei.domain.tables import Order, Package, Product, Resource
from mock_sites.tests.support.plans import listed
from mock_sites.tests.support.subscribing import account_of
from mock_sites.world.world import World


def offer(world: World, *, quota: str = "10", stops: bool = False, price: str = "80", name: str = "") -> str:
    """Offer a package. Returns its product id."""
    with world.uow("huawei", write=True) as uow:
        product = uow.session.get_one(Product, catalogue.GUANCE_CONTENT)
        before = len(packages.offered(uow, product))
        name = name or (f"{quota} GB, {before + 1}" if before else f"{quota} GB")
        return packages.offer(uow, product, name=name, quota=quota, unit="GB", price=price, stops=stops).product_id


def order(world: World, package: str, *, name: str = "hw_liwei", pays: bool = True) -> str:
    """Order a package, and pay for it. Returns the order's number."""
    with world.uow("huawei", write=True) as uow:
        found, buyer = uow.session.get_one(Package, package), account_of(uow, name)
        attempt = orders.next_attempt(uow, buyer, found.product)
        order = checkout.order_package(uow, buyer, found, attempt=attempt)
        if pays:
            checkout.pay(uow, order)
        return order.id


def buy(world: World, *, quota: str = "10", stops: bool = False) -> str:
    """Offer a package, buy it, and wait until it is listed. Returns its instance id."""
    return listed(world, order(world, offer(world, quota=quota, stops=stops)))


def held(world: World) -> dict[str, tuple[str, int]]:
    """State and used units of each package, in the order in which they were bought."""
    with world.uow("huawei") as uow:
        wanted = select(Resource).join(Resource.order).where(Resource.package_id.is_not(None)).order_by(Order.attempt)
        return {one.instance_id: (one.state.value, one.used_units) for one in uow.session.scalars(wanted)}
