"""A product of months or years: bought, looked at from all sides, and given back within five days."""

from playwright.sync_api import expect

from e2e.inspection import violations
from e2e.pages.huawei_buyer_center import MyOrders
from e2e.pages.huawei_checkout import Paid, Payment
from e2e.pages.huawei_plans import PlanOrder, PlanPage, PlanServices, Unsubscribe
from e2e.scenario.actor import Actor
from mock_sites.client import World

YEAR = "¥6,000.00"


def buy_a_year(buyer: Actor, world: World) -> None:
    """Buy the plan for a year, pay it, and wait until it is opened."""
    PlanPage(buyer).open().buy_now.click()
    order = PlanOrder(buyer)
    order.yearly.check()
    order.go_to_pay.click()
    Payment(buyer).confirm.click()
    expect(Paid(buyer).heading).to_be_visible()
    world.clock.advance(seconds=10)


def test_a_plan_is_bought_for_a_year_and_given_back_within_five_days(buyer: Actor, world: World) -> None:
    buy_a_year(buyer, world)
    services = PlanServices(buyer).open()
    expect(services.rows).to_contain_text(buyer.labels("plan").yearly)
    expect(services.rows).to_contain_text("2027-03-02")

    services.operations()[-1].click()
    unsubscribe = Unsubscribe(buyer)
    expect(unsubscribe.refund).to_have_text(YEAR)
    unsubscribe.unsubscribe.click()
    world.clock.advance(seconds=10)

    expect(services.open().rows).to_contain_text(buyer.labels("buyer-center").closed)
    orders = MyOrders(buyer).open()
    given_back = orders.plans.filter(has_text=buyer.labels("plan").unsubscription)
    expect(given_back).to_contain_text(YEAR)
    expect(given_back).to_contain_text(buyer.labels("card").completed)


def test_the_total_follows_what_is_chosen(buyer: Actor) -> None:
    PlanPage(buyer).open().buy_now.click()
    order = PlanOrder(buyer)
    expect(order.total).to_have_text("¥600.00")

    order.yearly.check()
    order.number.fill("3")
    expect(order.total).to_have_text("¥18,000.00")
    order.number.fill("4")
    expect(order.total).to_have_text("-")


def test_the_pages_of_a_plan_are_accessible(buyer: Actor, world: World) -> None:
    PlanPage(buyer).open().buy_now.click()
    found = violations(buyer.page)
    buy_a_year(buyer, world)

    PlanServices(buyer).open().operations()[0].click()

    assert found + violations(buyer.page) == []
