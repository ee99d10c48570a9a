"""A package of a pay-per-use product: offered by its seller, bought, and shown with what is left."""

import pytest
from playwright.sync_api import Page, expect

from e2e.inspection import NARROW, WIDE, misfits, violations
from e2e.journeys.usage_to_bill import sees_the_expenses_by_day
from e2e.pages.huawei_buyer_center import ExpensesByDay
from e2e.pages.huawei_checkout import Paid, Payment
from e2e.pages.huawei_packages import OfferedPackages, ProductPackages
from e2e.pages.parts import row
from e2e.pages.seller_center import Center
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario
from fixtures.signing_in import sign_in_at_huawei_cloud
from mock_sites.client import World

NAME = "100 GB"


def looked_at(page: Page) -> list[str]:
    """What axe finds in a page, and what does not fit both widths."""
    found: list[str] = []
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 720})
        found += misfits(page, width)
    return found + violations(page)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_package_is_offered_bought_and_shown(buyer: Actor, world: World) -> None:
    shopper = world.buyer()
    shopper.buy(next(offer.offer for offer in shopper.offers() if offer.kind == "on-demand"))
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


@pytest.mark.after(sees_the_expenses_by_day)
def test_pages_fit_that_show_what_was_deducted(buyer: Actor, scenario: Scenario) -> None:
    """Of usage that the package covers in part."""
    page, shopper = buyer.page, scenario.world.buyer()
    OfferedPackages(buyer).open().offer(NAME, "0.5", unit="GB", price="80")
    shopper.buy(next(offer.offer for offer in shopper.offers() if offer.kind == "package"))
    package = next(one.instance for one in shopper.services() if one.package)
    scenario.world.clock.advance(days=2)
    Center(buyer).open().usage_records.click()
    expect(row(page, f"0.5 from the package {package}")).to_have_count(1)
    found = looked_at(page)

    sign_in_at_huawei_cloud(buyer, scenario.personas.buyer)
    ExpensesByDay(buyer).open()
    expect(row(page, package)).to_contain_text("0 GB")
    found += looked_at(page)
    page.get_by_role("link", name=scenario.notes.instance_id).first.click()
    expect(row(page, package)).to_contain_text("0 GB")
    assert found + looked_at(page) == []
