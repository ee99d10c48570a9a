"""Step One: buying on the marketplace."""

import pytest
from playwright.sync_api import expect

from e2e.journeys.purchase import agrees_and_subscribes
from e2e.pages.huawei_account import RealNameAuthentication, SignInPage
from e2e.pages.huawei_buyer_center import MyOrders, PurchasedServices
from e2e.pages.huawei_marketplace import PRODUCT_PAGE, ProductPage, Prompt, Submitted
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario
from fixtures.signing_in import sign_in_as_iam_user
from mock_sites.client import World

SEND_ORDER = """async () => {
  const token = document.querySelector("[name=csrf_token]").value;
  const order = new URLSearchParams({csrf_token: token, agreed: "y", attempt: "1"});
  return (await fetch(location.href, {method: "POST", body: order})).status;
}"""
"""Sends the subscribe form of the page as if it were there; the answer's status."""


def orders(world: World) -> int:
    """How many orders were submitted in the world."""
    return len(world.journal("huawei.order.submitted"))


@pytest.mark.clause("buy-1")
def test_the_product_page_is_at_its_documented_address(visitor: Actor, world: World) -> None:
    product = ProductPage(visitor).open()

    expect(product.heading).to_be_visible()
    expect(visitor.page).to_have_url(world.local(PRODUCT_PAGE))
    expect(visitor.page.locator(":target")).to_be_visible()


@pytest.mark.clause("buy-2")
def test_a_visitor_signs_in_before_the_prompt_comes_up(visitor: Actor, scenario: Scenario) -> None:
    ProductPage(visitor).open().subscribe_now.click()
    expect(Prompt(visitor).dialog).to_be_hidden()

    SignInPage(visitor).sign_in_as(scenario.personas.buyer)

    expect(Prompt(visitor).dialog).to_be_visible()


@pytest.mark.clause("buy-2", "buy-3")
@pytest.mark.parametrize(("language", "reason"), [("en", "Agree to the terms"), ("zh", "请先同意协议")])
def test_neither_without_the_terms_nor_by_leaving_the_prompt_is_anything_ordered(
    buyer: Actor, world: World, reason: str
) -> None:
    product, prompt = ProductPage(buyer).open(), Prompt(buyer)
    product.subscribe_now.click()

    prompt.subscribe_now.click()

    expect(prompt.form.refusal).to_contain_text(reason)
    expect(prompt.terms).to_be_focused()
    expect(prompt.terms).not_to_be_checked()
    buyer.page.wait_for_load_state()  # then Escape is listened to
    buyer.page.keyboard.press("Escape")
    expect(prompt.dialog).to_be_hidden()
    expect(product.heading).to_be_visible()
    assert orders(world) == 0


@pytest.mark.clause("buy-4", "buy-7")
def test_a_double_click_on_subscribe_orders_once(buyer: Actor, world: World) -> None:
    ProductPage(buyer).open().subscribe_now.click()
    prompt = Prompt(buyer)
    prompt.terms.check()

    prompt.subscribe_now.dblclick()

    expect(Submitted(buyer).heading).to_be_visible()
    Submitted(buyer).return_to_my_marketplace.click()
    expect(PurchasedServices(buyer).heading).to_be_visible()
    assert orders(world) == 1


@pytest.mark.clause("buy-4")
def test_going_back_offers_no_second_order(buyer: Actor, world: World) -> None:
    ProductPage(buyer).open().subscribe_now.click()
    Prompt(buyer).agree_and_subscribe()
    expect(Submitted(buyer).heading).to_be_visible()

    buyer.page.go_back()

    expect(Prompt(buyer).form.refusal).to_contain_text("already")
    expect(Prompt(buyer).subscribe_now).to_be_hidden()
    assert orders(world) == 1


@pytest.mark.clause("buy-4")
def test_the_same_prompt_submitted_again_orders_once(buyer: Actor, world: World) -> None:
    other_tab = buyer.in_another_tab()
    for tab in (buyer, other_tab):
        ProductPage(tab).open().subscribe_now.click()
        expect(Prompt(tab).dialog).to_be_visible()

    for tab in (buyer, other_tab):
        Prompt(tab).agree_and_subscribe()
        expect(Submitted(tab).heading).to_be_visible()

    assert orders(world) == 1


@pytest.mark.clause("buy-5")
@pytest.mark.after(agrees_and_subscribes)
def test_the_service_is_listed_after_a_refresh(buyer: Actor, world: World) -> None:
    services = PurchasedServices(buyer).open()
    expect(services.hint).to_contain_text("Refresh this page")
    expect(services.guance).to_have_count(0)

    world.clock.advance(seconds=10)
    services.refresh()

    expect(services.guance).to_have_count(1)
    expect(services.hint).to_be_hidden()


@pytest.mark.clause("buy-5")
@pytest.mark.after(agrees_and_subscribes)
def test_the_purchase_of_another_account_is_not_shown(second_buyer: Actor, world: World) -> None:
    world.clock.advance(seconds=10)

    expect(PurchasedServices(second_buyer).open().heading).to_be_visible()
    expect(PurchasedServices(second_buyer).guance).to_have_count(0)
    expect(MyOrders(second_buyer).open().heading).to_be_visible()
    expect(MyOrders(second_buyer).guance).to_have_count(0)


@pytest.mark.clause("buy-6")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_unverified_account_is_led_to_the_authentication_and_can_buy_afterwards(
    visitor: Actor, world: World
) -> None:
    ProductPage(visitor).open().subscribe_now.click()
    SignInPage(visitor).sign_in_as(world.people()["unverified-buyer"])
    prompt = Prompt(visitor)
    expect(prompt.form.refusal).to_be_visible()
    expect(prompt.subscribe_now).to_be_hidden()
    assert visitor.page.evaluate(SEND_ORDER) == 422
    assert orders(world) == 0

    prompt.real_name_authentication.click()
    authentication = RealNameAuthentication(visitor)
    authentication.hand_in("Chen Jing", "91310000MA1FL0000N")
    expect(authentication.being_reviewed).to_be_visible()
    world.clock.advance(minutes=1)
    expect(authentication.open().verified).to_be_visible()

    ProductPage(visitor).open().subscribe_now.click()
    prompt.agree_and_subscribe()
    expect(Submitted(visitor).heading).to_be_visible()


@pytest.mark.clause("buy-6")
def test_while_the_authentication_is_reviewed_nothing_can_be_bought(visitor: Actor, world: World) -> None:
    SignInPage(visitor).open().sign_in_as(world.people()["unverified-buyer"])
    authentication = RealNameAuthentication(visitor).open()
    authentication.hand_in("Chen Jing", "91310000MA1FL0000N")
    expect(authentication.being_reviewed).to_be_visible()

    ProductPage(visitor).open().subscribe_now.click()

    expect(Prompt(visitor).dialog).to_be_visible()
    expect(Prompt(visitor).subscribe_now).to_be_hidden()
    assert orders(world) == 0


def test_who_may_only_read_cannot_subscribe_and_can_leave_the_prompt(visitor: Actor, scenario: Scenario) -> None:
    sign_in_as_iam_user(visitor, scenario.personas.buyer, "audit")
    ProductPage(visitor).open().subscribe_now.click()
    prompt = Prompt(visitor)
    expect(prompt.subscribe_now).to_be_disabled()

    prompt.dialog.get_by_role("link", name=visitor.labels("card").cancel).click()

    expect(prompt.dialog).to_be_hidden()
