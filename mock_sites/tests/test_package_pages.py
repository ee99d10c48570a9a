"""Packages on the pages: offered with the product, bought, shown with what is used and left, and closed."""

from datetime import timedelta

import pytest

from mock_sites.huawei.domain.catalogue import GUANCE_CONTENT, PLAN_CONTENT
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support import packages
from mock_sites.tests.support.huawei_pages import AUTH, MARKETPLACE, SERVICES, Buyer, page_of, words_of
from mock_sites.tests.support.sending import post, token
from mock_sites.tests.support.subscribing import buy, close
from mock_sites.tests.support.usage_push import body_of, push, record_of, written
from mock_sites.world import jobs
from mock_sites.world.world import World

PRODUCT = f"{MARKETPLACE}/contents/{GUANCE_CONTENT}"
SELLERS = "https://seller.huaweicloud.com"
CENTER = f"{MARKETPLACE}/buyer"


@pytest.fixture
def buyer(world: World, browse: Browse) -> Buyer:
    """The ready-made buyer, signed in."""
    buyer = Buyer(world, browse(AUTH))
    buyer.signs_in()
    return buyer


def reads(buyer: Buyer, address: str) -> str:
    """The words of the page at a documented address."""
    return words_of(buyer.client.get(buyer.world.local(address)))


def use(world: World, browse: Browse, instance: str, value: str, *, package: str = "") -> None:
    """The seller reports the usage of the last minute, which is collected."""
    end = world.clock.now()
    begin = written(end - timedelta(minutes=1))
    record = record_of(instance, end, usage_value=value, begin_time=begin, relate_pkg_instance=package or None)
    assert push(world, browse, body_of(record)).status_code == 200
    jobs.advance(world, 86_400)


def test_a_product_shows_its_packages(world: World, buyer: Buyer) -> None:
    assert "Packages" not in reads(buyer, PRODUCT)
    assert "Usage ¥1.00 / unit" in reads(buyer, f"{PRODUCT}?tab=pricing")
    packages.offer(world, quota="1000.5", name="Starter")
    packages.offer(world, quota="5", stops=True, name="Trial size", price="0")
    page = reads(buyer, PRODUCT)
    assert "Trial size 5 GB ¥0.00 It stops when it is used up. Nothing more is charged. Buy Now" in page
    assert "Starter 1,000.5 GB ¥80.00 Charged at the unit price: ¥1.00 / GB Buy Now" in page
    assert "Usage ¥1.00 / GB" in reads(buyer, f"{PRODUCT}?tab=pricing")


def test_a_package_is_ordered_paid_and_listed(world: World, buyer: Buyer) -> None:
    order_page = f"{PRODUCT}/packages/{packages.offer(world, name='Starter')}"
    assert "Subscribe to this product first." in reads(buyer, order_page)
    assert '/subscribe">Subscribe Now</a>' in buyer.client.get(world.local(order_page)).text
    assert buyer.client.get(world.local(f"{PRODUCT}/packages/OFFI-NONE")).status_code == 404
    instance = buy(world)
    facts = "Package Starter Quota 10 GB Beyond the quota Charged at the unit price: ¥1.00 / GB"
    assert f"Billing mode Pay-per-use package {facts} Price ¥80.00" in reads(buyer, order_page)

    ordered = buyer.sends(order_page)
    assert buyer.sends(order_page, attempt="2").headers["location"] == ordered.headers["location"]
    assert f"{facts} Amount ¥80.00" in reads(buyer, buyer.goes_on(ordered))
    assert "The seller is carrying out this order." in buyer.pays(ordered)
    jobs.advance(world, 60)
    [bought] = packages.held(world)
    assert "Guance SaaS Edition Starter New Pay-per-use package ¥80.00 - Completed" in reads(buyer, f"{CENTER}/orders")
    services = reads(buyer, SERVICES)
    assert f"Guance SaaS Edition Starter Instance ID {bought}" in services
    assert "Used up" in services  # in the filter
    assert "Set up your enterprise" not in reads(buyer, f"{SERVICES}/{bought}")
    assert f"Starter {bought} 10 GB 0 GB 10 GB In use" in reads(buyer, f"{SERVICES}/{instance}")


def test_pages_show_what_is_used_and_what_is_left(world: World, browse: Browse, buyer: Buyer) -> None:
    instance = buy(world)
    jobs.advance(world, 60)
    bought = packages.buy(world)
    use(world, browse, instance, "4")
    buyer.signs_in()
    row = f"10 GB {bought} 10 GB 4 GB 6 GB In use"
    assert row in reads(buyer, f"{SERVICES}/{bought}")
    details = reads(buyer, f"{SERVICES}/{instance}")
    assert f"{row} Total usage 4 GB Total cost ¥0.00" in details
    assert "No usage has been billed yet." not in details
    expenses = reads(buyer, f"{CENTER}/expenses")
    assert row in expenses
    assert "No usage has been billed yet." in expenses

    use(world, browse, instance, "7.5")
    buyer.signs_in()
    row = f"10 GB {bought} 10 GB 10 GB 0 GB Used up"
    assert f"{row} Total usage 11.5 GB Total cost ¥1.50" in reads(buyer, f"{SERVICES}/{instance}")
    expenses = reads(buyer, f"{CENTER}/expenses")
    assert row in expenses
    assert f"Guance SaaS Edition {instance} 1.5 GB ¥1.00 ¥1.50" in expenses
    assert bought in reads(buyer, f"{SERVICES}?state=used_up")
    assert instance not in reads(buyer, f"{SERVICES}?state=used_up")


def test_the_seller_center_shows_what_was_deducted_and_what_is_charged(world: World, browse: Browse) -> None:
    instance = buy(world)
    jobs.advance(world, 60)
    bought = packages.buy(world)
    use(world, browse, instance, "12.5", package=bought)
    page = words_of(browse(SELLERS).get("/usage-records"))
    assert f"Package: {bought} 10 from the package {bought}" in page
    assert "12.5 Charged: 2.5 Collected" in page
    [record] = browse(f"{SELLERS}/api").get("/usage-records").json()["records"]
    assert record["deductions"] == [{"package": bought, "usage": "10"}]
    assert (record["relate_pkg_instance"], record["charged_usage"]) == (bought, "2.5")


def test_usage_that_is_neither_deducted_nor_charged_is_named(world: World, browse: Browse, buyer: Buyer) -> None:
    instance = buy(world)
    jobs.advance(world, 60)
    bought = packages.buy(world, stops=True)
    use(world, browse, instance, "12.5", package=bought)
    page = words_of(browse(SELLERS).get("/usage-records"))
    beyond = "Neither deducted nor charged: 2.5. The package is used up."
    assert f"Package: {bought} 10 from the package {bought}" in page
    assert f"12.5 Charged: 0 {beyond} Collected" in page
    [record] = browse(f"{SELLERS}/api").get("/usage-records").json()["records"]
    assert (record["charged_usage"], record["uncharged_usage"]) == ("0", "2.5")
    buyer.signs_in()
    beyond = "Neither deducted nor charged 2.5 GB The package stops, and is used up."
    assert f"Total usage 12.5 GB {beyond} Total cost ¥0.00" in reads(buyer, f"{SERVICES}/{instance}")
    assert f"Used up {beyond}" in reads(buyer, f"{SERVICES}/{bought}")


def test_a_seller_offers_and_withdraws_packages(world: World, browse: Browse, buyer: Buyer) -> None:
    center, address = browse(SELLERS), f"/settings/{GUANCE_CONTENT}/packages"
    assert address in center.get(f"/settings/{GUANCE_CONTENT}").text
    assert "/packages" not in center.get(f"/settings/{PLAN_CONTENT}").text
    assert center.get(f"/settings/{PLAN_CONTENT}/packages").status_code == 404
    assert "No package of this product is sold yet." in words_of(center.get(address))
    typed = {"name": "Starter", "quota": "0", "unit": "GB", "price": "80", "stops": "y"}
    refused = post(center, address, **typed)
    assert refused.status_code == 422
    assert "Enter a quota above 0" in refused.text
    assert post(center, address, **typed | {"quota": "10"}).status_code == 302
    shown = words_of(center.get(address))
    assert "Starter is on sale." in shown
    assert "10 GB ¥80.00 It stops when it is used up. Nothing more is charged. Withdraw" in shown

    [package] = browse(f"{SELLERS}/api").get(f"/sellers/{GUANCE_CONTENT}/packages").json()["packages"]
    order_page = f"{PRODUCT}/packages/{package['offer']}"
    assert order_page.removeprefix(MARKETPLACE) in buyer.text_of(PRODUCT)
    sent, withdraw = {"csrf_token": token(center.get(address))}, f"{address}/{package['offer']}/withdraw"
    assert center.post(withdraw, data=sent).status_code == 302
    assert "Starter is no longer sold." in words_of(center.get(address))
    assert buyer.client.get(world.local(order_page)).status_code == 404
    assert center.post(withdraw, data=sent).status_code == 404


@pytest.mark.parametrize(
    ("product", "changes", "status", "field"),
    [
        (GUANCE_CONTENT, {"quota": "0"}, 422, "quota"),
        (GUANCE_CONTENT, {"quota": ""}, 422, "quota"),
        (GUANCE_CONTENT, {"price": -1}, 422, "price"),
        (GUANCE_CONTENT, {"name": "\x00"}, 422, "name"),
        (GUANCE_CONTENT, {"unit": "u" * 21}, 422, "unit"),
        (PLAN_CONTENT, {}, 422, "Only a pay-per-use product"),
        ("unknown", {}, 404, "no such product"),
    ],
)
def test_the_api_refuses_a_package_that_is_not_right(
    browse: Browse, product: str, changes: dict[str, object], status: int, field: str
) -> None:
    wanted = {"name": "Starter", "quota": "10", "unit": "GB", "price": 80} | changes
    answer = browse(f"{SELLERS}/api").post(f"/sellers/{product}/packages", json=wanted)
    assert (answer.status_code, field in answer.text) == (status, True), answer.text


def test_closing_a_package_says_what_is_lost(world: World, buyer: Buyer) -> None:
    buy(world)
    bought = packages.buy(world)
    asked = reads(buyer, page_of(bought, "close"))
    assert "What is left of this package is lost, and is not paid back: 10 GB." in asked
    assert "workspaces" not in asked
    close(world, bought)
    assert f"10 GB {bought} 10 GB 0 GB 10 GB Closed" in reads(buyer, f"{CENTER}/expenses")
