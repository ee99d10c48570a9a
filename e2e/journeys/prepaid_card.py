"""A prepaid card is bought on Huawei Cloud and credited in the billing center."""

import re

from playwright.sync_api import expect

from e2e.journeys.journey import Journey
from e2e.journeys.purchase import reads_the_account_id, signs_in_to_huawei_cloud
from e2e.pages.guance_billing_center import BillingCenter, BillingCenterSignIn, PrepaidCards, PurchaseCard, Rail
from e2e.pages.huawei_buyer_center import MyOrders
from e2e.pages.huawei_checkout import CARD_PAGE, CardPage, OrderDetails, Paid, Payment
from e2e.stage.actor import Actor
from e2e.stage.stage import Stage

prepaid_card = Journey("prepaid-card", en="From buying a prepaid card to its credit", zh="从购买预购卡到充值到账")

step = prepaid_card.step

prepaid_card.steps += [signs_in_to_huawei_cloud, reads_the_account_id]


@step("buyer", en="Open the page of the prepaid card", zh="打开预购卡商品页面", clauses=["card-1"])
def opens_the_card_page(buyer: Actor, stage: Stage) -> None:
    """It is under its documented path."""
    card = CardPage(buyer).open()

    expect(card.heading).to_be_visible()
    expect(buyer.page).to_have_url(stage.world.local(CARD_PAGE))


@step("buyer", en="Buy Now: 50 units", zh="立即购买：50 份", clauses=["card-1"])
def orders_a_card(buyer: Actor, _stage: Stage) -> None:
    """Fifty units are a card of 5,000 CNY. Nothing is paid yet."""
    CardPage(buyer).buy_now.click()
    details = OrderDetails(buyer)
    expect(details.heading).to_be_visible()
    details.order("50")

    expect(Payment(buyer).heading).to_be_visible()


@step("buyer", en="Confirm the payment", zh="确认付款", clauses=["card-1"])
def pays_for_the_card(buyer: Actor, _stage: Stage) -> None:
    """From the balance of the account."""
    payment = Payment(buyer)
    payment.account_balance.check()
    payment.confirm.click()

    expect(Paid(buyer).heading).to_be_visible()


@step("buyer", en="Find the order number in My Orders", zh="在我的订单中查看订单编号", clauses=["card-1"])
def finds_the_order_number(buyer: Actor, stage: Stage) -> None:
    """The buyer passes it on together with the Account ID."""
    Paid(buyer).my_orders.click()
    orders = MyOrders(buyer)
    expect(orders.heading).to_be_visible()
    expect(orders.cards).to_contain_text(buyer.words("card").completed)

    number = orders.cards.get_by_role("rowheader")
    expect(number).to_have_text(re.compile(r"^CS\d{10}\w{5}$"))
    stage.notes.order_number = number.inner_text()


@step(
    "colleague",
    en="Open Purchase Prepaid Card in the Billing Center",
    zh="在费用中心打开购买预购卡",
    clauses=["card-2"],
    afresh=True,
)
def opens_purchase_prepaid_card(colleague: Actor, stage: Stage) -> None:
    """Somebody whose workspace is settled by the billing center account."""
    me = stage.cast.colleague
    BillingCenterSignIn(colleague).open().sign_in(me.username, me.password)
    expect(BillingCenter(colleague).username).to_have_text(me.username)
    Rail(colleague).prepaid_cards.click()
    cards = PrepaidCards(colleague)
    expect(cards.balance).to_have_text("0.00 CNY")

    cards.purchase.click()

    expect(PurchaseCard(colleague).dialog).to_be_visible()


@step("colleague", en="Enter the Order Number and top up", zh="填写订单编号并充值", clauses=["card-2"])
def tops_up(colleague: Actor, stage: Stage) -> None:
    """The card is credited."""
    PurchaseCard(colleague).fill_in(stage.notes.account_id, stage.notes.order_number)

    cards = PrepaidCards(colleague)
    expect(cards.balance).to_have_text("5,000.00 CNY")
    expect(cards.cards).to_contain_text(stage.notes.order_number)


@step("colleague", en="Try to credit it once more", zh="尝试再次充值", clauses=["card-2"])
def tries_once_more(colleague: Actor, stage: Stage) -> None:
    """An order is credited once only."""
    cards = PrepaidCards(colleague)
    cards.purchase.click()
    dialog = PurchaseCard(colleague)
    dialog.fill_in(stage.notes.account_id, stage.notes.order_number)

    expect(dialog.form.refusal).to_be_visible()
    cards.open()
    expect(cards.balance).to_have_text("5,000.00 CNY")
    expect(cards.cards).to_have_count(1)
