"""Which packages are sold, and who may buy them (spec huawei 2.6b)."""

import pytest
from sqlalchemy import update

from mock_sites.huawei.domain import packages
from mock_sites.huawei.domain.catalogue import GUANCE_CONTENT, PLAN_CONTENT
from mock_sites.huawei.domain.tables import Account, Order, Package, Product
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.tests.support.packages import held, offer, order
from mock_sites.tests.support.subscribing import buy
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World


def test_packages_are_sold_with_their_product_the_cheapest_first_until_they_are_withdrawn(world: World) -> None:
    dear, cheap, gone = (offer(world, price=price) for price in ("90", "7", "8"))
    with world.uow("huawei", write=True) as uow:
        for _ in range(2):
            packages.withdraw(uow, uow.session.get_one(Package, gone))
        product, other = (uow.session.get_one(Product, one) for one in (GUANCE_CONTENT, PLAN_CONTENT))
        assert [one.product_id for one in packages.offered(uow, product)] == [cheap, dear]
        assert not packages.offered(uow, other)
        assert packages.find(uow, GUANCE_CONTENT, cheap) is not None
        assert packages.find(uow, PLAN_CONTENT, cheap) is None
        assert packages.find(uow, GUANCE_CONTENT, gone) is None
    assert [event.details["package"] for event in world.journal(kind="huawei.package.offered")] == [dear, cheap, gone]
    assert [event.details["package"] for event in world.journal(kind="huawei.package.withdrawn")] == [gone]


def test_a_second_package_of_the_same_name_is_refused_until_the_first_is_withdrawn(world: World) -> None:
    first = offer(world, name="Starter")
    with pytest.raises(Refusal, match="on sale already") as refusal:
        offer(world, name="STARTER")
    assert refusal.value.field == "name"
    with world.uow("huawei", write=True) as uow:
        packages.withdraw(uow, uow.session.get_one(Package, first))
    assert offer(world, name="STARTER") != first


def test_the_subscription_is_the_buyers_own_and_of_the_product(world: World) -> None:
    package = offer(world)
    buy(world, name="hw_wangfang")
    with pytest.raises(Refusal, match="Subscribe to this product first"):
        order(world, package, pays=False)

    buy(world)
    with world.uow("huawei", write=True) as uow:
        uow.session.execute(update(Order).values(content_id=PLAN_CONTENT))
    with pytest.raises(Refusal, match="Subscribe to this product first"):
        order(world, package, pays=False)


def test_an_account_that_is_not_verified_buys_no_package(world: World) -> None:
    buy(world)
    with world.uow("huawei", write=True) as uow:
        uow.session.execute(update(Account).values(authentication="none"))
    with pytest.raises(Refusal, match="must be verified"):
        order(world, offer(world), pays=False)


def test_packages_of_a_product_that_is_not_on_sale_are_not_bought(world: World) -> None:
    buy(world)
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, GUANCE_CONTENT, is_withdrawn=True)
    with pytest.raises(Refusal, match="was withdrawn from the Marketplace"):
        order(world, offer(world), pays=False)
    assert not held(world)
