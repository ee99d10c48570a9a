"""Prepaid cards: bought on the marketplace, credited once in the billing center by their order number."""

import pytest
from playwright.sync_api import expect

from e2e.journeys import prepaid_card
from e2e.journeys.prepaid_card import finds_the_order_number, tops_up
from e2e.journeys.purchase import reads_the_account_id, reads_the_instance_id
from e2e.journeys.start_using_guance import looks_into_billing
from e2e.pages.guance_billing_center import PrepaidCards, PurchaseCard
from e2e.pages.huawei_account import SignInPage
from e2e.pages.huawei_buyer_center import MyOrders
from e2e.pages.huawei_checkout import CancelOrder, CardPage, OrderDetails, Paid, Payment
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Notes, Scenario
from fixtures.accessibility import Inspector
from fixtures.play import Play
from mock_sites.client import World


def order_card(buyer: Actor, units: str = "1") -> str:
    """Order a card without paying for it; its order number."""
    OrderDetails(buyer).open().order(units)
    expect(Payment(buyer).heading).to_be_visible()
    return Payment(buyer).order_number.inner_text()


def refused_top_up(holder: Actor, account_id: str, order_number: str) -> str:
    """Try to top up; why it was refused."""
    PrepaidCards(holder).open().purchase.click()
    dialog = PurchaseCard(holder)
    dialog.fill_in(account_id, order_number)
    expect(dialog.form.refusal).to_be_visible()
    expect(dialog.account_id).to_have_value(account_id)
    expect(dialog.order_number).to_have_value(order_number)
    return dialog.form.refusal.inner_text()


def nothing_credited(world: World) -> bool:
    """Whether no prepaid card has been credited to anybody."""
    return not any(event.details["credit"] == "prepaid-card" for event in world.journal("guance.wallet.credited"))


@pytest.mark.clause("card-1", "card-2")
@pytest.mark.plays(prepaid_card)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_card_is_bought_and_credited(play: Play, inspector: Inspector) -> None:
    play(prepaid_card, inspector)

    assert inspector.found == []


@pytest.mark.clause("card-1")
def test_an_impossible_quantity_orders_nothing(buyer: Actor, world: World) -> None:
    details = OrderDetails(buyer).open()
    for units in ("", "0", "-1", "501", "1.5", "many", "<b>\N{ROCKET}</b>"):
        # A number field takes no letters from the keyboard; a browser without it would send them.
        details.quantity.evaluate("field => field.type = 'text'")

        with buyer.waits_for_next_page():
            details.order(units)

        expect(details.form.refusal).to_be_visible()
        expect(details.quantity).to_be_focused()

    assert not world.journal("huawei.order")


@pytest.mark.clause("card-1")
def test_an_order_is_listed_until_it_is_paid_or_cancelled(buyer: Actor, world: World) -> None:
    kept, dropped = order_card(buyer, "2"), order_card(buyer, "3")
    orders, words = MyOrders(buyer).open(), buyer.labels("card")
    for number in (kept, dropped):
        expect(orders.order(number).row).to_contain_text(words.pending_payment)

    orders.order(dropped).cancel.click()
    CancelOrder(buyer).cancel_order.click()
    expect(orders.order(dropped).row).to_contain_text(words.cancelled)
    expect(orders.order(dropped).pay).to_be_hidden()
    orders.order(kept).pay.click()
    Payment(buyer).confirm.click()
    expect(Paid(buyer).order_number).to_have_text(kept)

    orders.open()
    expect(orders.order(kept).row).to_contain_text(words.completed)
    expect(orders.order(kept).cancel).to_be_hidden()
    assert [event.details["order"] for event in world.journal("huawei.order.paid")] == [kept]


@pytest.mark.clause("card-1")
def test_paying_in_two_tabs_pays_once(buyer: Actor, world: World) -> None:
    order_card(buyer)
    other = buyer.in_another_tab()
    other.page.goto(buyer.page.url)
    for tab in (buyer, other):
        Payment(tab).confirm.click()
        expect(Paid(tab).heading).to_be_visible()

    assert len(world.journal("huawei.order.paid")) == 1


@pytest.mark.clause("card-1")
def test_a_balance_that_is_too_low_pays_nothing(buyer: Actor, world: World) -> None:
    for _card in range(2):
        order_card(buyer, "500")
        Payment(buyer).confirm.click()
        expect(Paid(buyer).heading).to_be_visible()
    order_card(buyer, "1")

    Payment(buyer).confirm.click()

    expect(Payment(buyer).form.refusal).to_contain_text("too low")
    assert len(world.journal("huawei.order.paid")) == 2


@pytest.mark.clause("card-1")
def test_an_account_without_real_name_authentication_buys_no_card(visitor: Actor, world: World) -> None:
    CardPage(visitor).open().buy_now.click()
    SignInPage(visitor).sign_in_as(world.people()["unverified-buyer"])

    expect(OrderDetails(visitor).form.refusal).to_contain_text("real-name authentication")
    expect(OrderDetails(visitor).go_to_pay).to_be_hidden()
    assert not world.journal("huawei.order")


@pytest.mark.clause("card-1")
def test_the_order_of_another_account_is_not_shown(buyer: Actor, second_buyer: Actor, world: World) -> None:
    number = order_card(buyer)
    for page in ("", "/pay", "/cancel"):
        assert second_buyer.opens(f"https://marketplace.huaweicloud.com/orders/{number}{page}") == 404
        expect(second_buyer.page.get_by_role("main")).not_to_contain_text(number)

    expect(MyOrders(second_buyer).open().heading).to_be_visible()
    expect(MyOrders(second_buyer).cards).to_have_count(0)
    assert not world.journal("huawei.order.paid")


@pytest.mark.clause("card-2")
@pytest.mark.after(reads_the_instance_id)
def test_only_a_paid_order_of_a_card_by_that_account_is_credited(
    buyer: Actor, second_buyer: Actor, other_holder: Actor, notes: Notes, world: World
) -> None:
    unpaid, theirs = order_card(buyer), order_card(second_buyer)
    Payment(second_buyer).confirm.click()
    expect(Paid(second_buyer).heading).to_be_visible()
    service = MyOrders(buyer).open().guance.get_by_role("rowheader").inner_text()

    refusals = {
        refused_top_up(other_holder, notes.account_id, number)
        for number in (unpaid, theirs, service, "CS2603020900XXXXX", "'; DROP TABLE x; -- <b>\N{ROCKET}</b>")
    }

    assert len(refusals) == 1
    assert nothing_credited(world)
    expect(PrepaidCards(other_holder).open().balance).to_have_text("0.00 CNY")


@pytest.mark.clause("card-2")
@pytest.mark.after(reads_the_account_id)
def test_an_order_is_credited_as_soon_as_it_is_paid(
    buyer: Actor, other_holder: Actor, notes: Notes, world: World
) -> None:
    number = order_card(buyer, "3")
    refused_top_up(other_holder, notes.account_id, number)
    Payment(buyer).confirm.click()
    expect(Paid(buyer).heading).to_be_visible()

    PurchaseCard(other_holder).fill_in(f" {notes.account_id} ", f"  {number} ")

    expect(PrepaidCards(other_holder).balance).to_have_text("300.00 CNY")
    assert not nothing_credited(world)


@pytest.mark.clause("card-2")
@pytest.mark.after(tops_up)
def test_a_credited_order_cannot_be_credited_to_another_account(
    other_holder: Actor, notes: Notes, world: World
) -> None:
    assert "credited already" in refused_top_up(other_holder, notes.account_id, notes.order_number)

    expect(PrepaidCards(other_holder).open().cards).to_have_count(0)
    assert sum(event.details["credit"] == "prepaid-card" for event in world.journal("guance.wallet.credited")) == 1


@pytest.mark.clause("card-2")
@pytest.mark.after(finds_the_order_number)
def test_crediting_in_two_tabs_credits_once(other_holder: Actor, notes: Notes) -> None:
    tabs = [other_holder, other_holder.in_another_tab()]
    for tab in tabs:
        PrepaidCards(tab).open().purchase.click()
        expect(PurchaseCard(tab).dialog).to_be_visible()
    for tab in tabs:
        PurchaseCard(tab).fill_in(notes.account_id, notes.order_number)
    expect(PurchaseCard(tabs[1]).form.refusal).to_contain_text("credited already")

    cards = PrepaidCards(other_holder).open()
    expect(cards.cards).to_have_count(1)
    expect(cards.balance).to_have_text("5,000.00 CNY")


@pytest.mark.clause("card-2")
@pytest.mark.after(looks_into_billing)
def test_a_card_is_of_no_use_where_cloud_accounts_settle_everything(
    buyer: Actor, holder: Actor, scenario: Scenario, notes: Notes
) -> None:
    number = order_card(buyer)
    Payment(buyer).confirm.click()
    expect(Paid(buyer).heading).to_be_visible()

    assert "settled by a cloud account" in refused_top_up(holder, notes.account_id, number)

    assert nothing_credited(scenario.world)
