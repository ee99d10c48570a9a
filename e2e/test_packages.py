"""A package of a pay-per-use product: offered by its seller, bought, and shown with what is left."""

import pytest
from playwright.sync_api import Page, expect

from e2e.pages.huawei_buyer_center import ExpensesByDay
from e2e.pages.huawei_checkout import Paid, Payment
from e2e.pages.huawei_packages import OfferedPackages, ProductPackages
from e2e.pages.parts import row
from e2e.scenario.actor import Actor
from fixtures.accessibility import NARROW, WIDE, violations
from mock_sites.client import World

NAME = "100 GB"


def looked_at(page: Page) -> list[str]:
    """What axe finds in a page; it fits both widths."""
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    return violations(page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_package_is_offered_bought_and_shown(buyer: Actor, world: World) -> None:
    shopper = world.buyer()
    shopper.buy(next(offer.offer for offer in shopper.offers() if offer.kind == "service"))
    words, page = buyer.labels("package"), buyer.page
    center = OfferedPackages(buyer).open()
    center.offer(NAME, "100", unit="GB", price="80")
    expect(center.rows).to_contain_text(words.it_stops)
    found = looked_at(page)

    product = ProductPackages(buyer).open()
    expect(product.region).to_contain_text("¥80.00")
    found += looked_at(page)
    product.buy(NAME)
    found += looked_at(page)
    product.go_to_pay.click()
    Payment(buyer).confirm.click()
    expect(Paid(buyer).heading).to_be_visible()
    world.clock.advance(seconds=10)

    ExpensesByDay(buyer).open()
    held = row(page, NAME)
    expect(held.get_by_role("cell")).to_have_text([shopper.services()[0].instance, NAME, "0 GB", NAME, words.in_use])
    found += looked_at(page)
    held.get_by_role("link").click()
    expect(row(page, NAME).last).to_contain_text(words.in_use)
    assert found + looked_at(page) == []
