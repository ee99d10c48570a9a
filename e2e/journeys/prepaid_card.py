"""A prepaid card is bought on Huawei Cloud and credited in the billing center."""

import re

from playwright.sync_api import expect

from e2e.journeys.journey import Journey, Text
from e2e.journeys.purchase import reads_the_account_id, signs_in_to_huawei_cloud
from e2e.pages.guance_billing_center import BillingCenter, BillingCenterSignIn, PrepaidCards, PurchaseCard, Rail
from e2e.pages.huawei_buyer_center import MyOrders
from e2e.pages.huawei_checkout import CARD_PAGE, CardPage, OrderDetails, Paid, Payment
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

prepaid_card = Journey(
    "prepaid-card",
    en="From buying a prepaid card to its credit",
    zh="从购买预购卡到充值到账",
    about=Text(
        en="A prepaid card is bought on Huawei Cloud and credited in the Billing Center, once and only once.",
        zh="在华为云购买预购卡，在费用中心充值到账，且只能到账一次。",
    ),
)

step = prepaid_card.step

prepaid_card.steps += [signs_in_to_huawei_cloud, reads_the_account_id]


@step(
    "buyer",
    en="Open the page of the prepaid card",
    zh="打开预购卡商品页面",
    caption=Text(
        en="A prepaid card is credit for Guance that is bought on Huawei Cloud in advance.",
        zh="预购卡是提前在华为云上购买的观测云额度。",
    ),
    clauses=["card-1"],
)
def opens_the_card_page(buyer: Actor, scenario: Scenario) -> None:
    """The card is at its documented path."""
    card = CardPage(buyer).open()

    expect(card.heading).to_be_visible()
    expect(buyer.page).to_have_url(scenario.world.local(CARD_PAGE))


@step(
    "buyer",
    en="Buy Now: 50 units",
    zh="立即购买：50 份",
    caption=Text(
        en="Fifty units make a card of 5,000 CNY. It is ordered now, but not paid.",
        zh="购买 50 份，即一张 5,000 元的预购卡。订单已生成，还没有付款。",
    ),
    clauses=["card-1"],
)
def orders_a_card(buyer: Actor, _scenario: Scenario) -> None:
    """Fifty units are a card of 5,000 CNY. Nothing is paid yet."""
    CardPage(buyer).buy_now.click()
    details = OrderDetails(buyer)
    expect(details.heading).to_be_visible()
    details.order("50")

    expect(Payment(buyer).heading).to_be_visible()


@step(
    "buyer",
    en="Confirm the payment",
    zh="确认付款",
    caption=Text(
        en="The buyer pays from the account balance. That is all there is to do on Huawei Cloud.",
        zh="采购人员用账户余额付款，华为云这边的操作就此完成。",
    ),
    clauses=["card-1"],
)
def pays_for_the_card(buyer: Actor, _scenario: Scenario) -> None:
    """From the balance of the account."""
    payment = Payment(buyer)
    payment.account_balance.check()
    payment.confirm.click()

    expect(Paid(buyer).heading).to_be_visible()


@step(
    "buyer",
    en="Find the order number in My Orders",
    zh="在我的订单中查看订单编号",
    caption=Text(
        en="The order number in My Orders is the proof of the purchase. The buyer passes it on, together with the "
        "Account ID.",
        zh="“我的订单”中的订单编号就是购买凭证，采购人员把它和账号ID 一起转告同事。",
    ),
    clauses=["card-1"],
)
def finds_the_order_number(buyer: Actor, scenario: Scenario) -> None:
    """The buyer needs it, together with the Account ID, for the next steps."""
    Paid(buyer).my_orders.click()
    orders = MyOrders(buyer)
    expect(orders.heading).to_be_visible()
    expect(orders.cards).to_contain_text(buyer.labels("card").completed)

    number = orders.cards.get_by_role("rowheader")
    expect(number).to_have_text(re.compile(r"^CS\d{10}\w{5}$"))
    scenario.notes.order_number = number.inner_text()


@step(
    "colleague",
    en="Open Purchase Prepaid Card in the Billing Center",
    zh="在费用中心打开购买预购卡",
    caption=Text(
        en="A colleague, whose workspace the Billing Center settles, opens Purchase Prepaid Card. The balance is "
        "still 0.00 CNY.",
        zh="同事的工作空间由费用中心结算。同事打开“购买预购卡”，此时余额还是 0.00 元。",
    ),
    clauses=["card-2"],
    afresh=True,
)
def opens_purchase_prepaid_card(colleague: Actor, scenario: Scenario) -> None:
    """A person whose workspace is paid for by the billing center account."""
    me = scenario.personas.colleague
    BillingCenterSignIn(colleague).open().sign_in(me.username, me.password)
    expect(BillingCenter(colleague).username).to_have_text(me.username)
    Rail(colleague).prepaid_cards.click()
    cards = PrepaidCards(colleague)
    expect(cards.balance).to_have_text(f"0.00 {cards.currency}")

    cards.purchase.click()

    expect(PurchaseCard(colleague).dialog).to_be_visible()


@step(
    "colleague",
    en="Enter the Order Number and top up",
    zh="填写订单编号并充值",
    caption=Text(
        en="Account ID and Order Number are enough: Guance checks the order and credits 5,000.00 CNY.",
        zh="只需填写账号 ID 和订单编号：观测云核对订单后，5,000.00 元到账。",
    ),
    clauses=["card-2"],
)
def tops_up(colleague: Actor, scenario: Scenario) -> None:
    """The card is credited."""
    PurchaseCard(colleague).fill_in(scenario.notes.account_id, scenario.notes.order_number)

    cards = PrepaidCards(colleague)
    expect(cards.balance).to_have_text(f"5,000.00 {cards.currency}")
    expect(cards.cards).to_contain_text(scenario.notes.order_number)


@step(
    "colleague",
    en="Try to credit it once more",
    zh="尝试再次充值",
    caption=Text(
        en="The same order is refused the second time: a card is credited once only, and the balance stays.",
        zh="同一订单第二次充值会被拒绝：预购卡只能到账一次，余额保持不变。",
    ),
    clauses=["card-2"],
)
def tries_once_more(colleague: Actor, scenario: Scenario) -> None:
    """An order can be credited only once."""
    cards = PrepaidCards(colleague)
    cards.purchase.click()
    dialog = PurchaseCard(colleague)
    dialog.fill_in(scenario.notes.account_id, scenario.notes.order_number)

    expect(dialog.form.refusal).to_be_visible()
    cards.open()
    expect(cards.balance).to_have_text(f"5,000.00 {cards.currency}")
    expect(cards.cards).to_have_count(1)
