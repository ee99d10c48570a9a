"""Step One of S1: the buyer subscribes."""

import re

from playwright.sync_api import expect

from e2e.journeys.journey import Journey, Text
from e2e.pages.huawei_account import AccountMenu, ApiCredentials, ConsolePage, Portal, SignInPage
from e2e.pages.huawei_buyer_center import BuyerCenter, PurchasedServices, ResourceDetails, Sidebar
from e2e.pages.huawei_marketplace import PRODUCT_PAGE, ProductPage, Prompt, Submitted
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

purchase = Journey("purchase", en="Step One: purchase", zh="第一步：购买")

step = purchase.step


@step(
    "buyer",
    en="Sign in to Huawei Cloud",
    zh="登录华为云",
    caption=Text(
        en="The buyer signs in with the company's Huawei Cloud account. It has passed real-name authentication, "
        "which every purchase needs.",
        zh="采购人员登录企业的华为云账号。该账号已通过实名认证，购买服务前必须先完成认证。",
    ),
    afresh=True,
)
def signs_in_to_huawei_cloud(buyer: Actor, scenario: Scenario) -> None:
    """The buyer has a verified Huawei Cloud account."""
    Portal(buyer).open().sign_in.click()
    SignInPage(buyer).sign_in_as(scenario.personas.buyer)

    expect(ConsolePage(buyer).heading).to_be_visible()


@step(
    "buyer",
    en="Open the product page",
    zh="打开商品页面",
    caption=Text(
        en="The product page of Guance SaaS Edition. Subscribing is free; the usage is billed to the Huawei Cloud "
        "account later.",
        zh="这是“观测云 SaaS 版”的商品页面。开通免费，之后的用量由华为云账号结算。",
    ),
    clauses=["buy-1"],
)
def opens_the_product_page(buyer: Actor, scenario: Scenario) -> None:
    """The product is at its documented path and fragment."""
    product = ProductPage(buyer).open()

    expect(product.heading).to_be_visible()
    expect(buyer.page).to_have_url(scenario.world.local(PRODUCT_PAGE))


@step(
    "buyer",
    en="Subscribe Now",
    zh="立即开通",
    caption=Text(
        en="Subscribe Now asks before it orders: the prompt says what is purchased and under which terms. Nothing "
        "has been ordered yet.",
        zh="点击“立即开通”后先出现确认提示，说明所购商品和协议。此时还没有下单。",
    ),
    clauses=["buy-2"],
)
def clicks_subscribe_now(buyer: Actor, _scenario: Scenario) -> None:
    """The prompt appears. Nothing is ordered by it."""
    ProductPage(buyer).subscribe_now.click()

    expect(Prompt(buyer).dialog).to_be_visible()
    expect(Prompt(buyer).terms).not_to_be_checked()


@step(
    "buyer",
    en="Agree to the terms and subscribe",
    zh="同意协议并开通",
    caption=Text(
        en="The terms are agreed to, and the second Subscribe Now submits the task. The seller needs a moment, so "
        "Purchased Services does not list Guance yet.",
        zh="同意协议后再次点击“立即开通”，任务提交成功。服务商开通需要一点时间，所以“已购买的服务”中暂时还没有观测云。",
    ),
    clauses=["buy-4", "buy-7", "buy-5"],
)
def agrees_and_subscribes(buyer: Actor, _scenario: Scenario) -> None:
    """The second Subscribe Now submits the task. The service is not listed immediately."""
    Prompt(buyer).agree_and_subscribe()
    expect(Submitted(buyer).heading).to_be_visible()

    Submitted(buyer).return_to_my_marketplace.click()

    services = PurchasedServices(buyer)
    expect(services.heading).to_be_visible()
    expect(services.guance).to_have_count(0)


@step(
    "buyer",
    en="Find the service in Purchased Services",
    zh="在已购买的服务中查看",
    caption=Text(
        en="A minute later, a refresh of the page is enough: Guance is listed in Purchased Services and ready to be "
        "used.",
        zh="一分钟后刷新页面即可：观测云已出现在“已购买的服务”中，可以开始使用。",
    ),
    clauses=["buy-5"],
)
def finds_the_purchased_service(buyer: Actor, scenario: Scenario) -> None:
    """After a refresh of the page it is listed, a minute after the purchase."""
    services = PurchasedServices(buyer)
    scenario.world.clock.advance(minutes=1)
    services.refresh()

    expect(services.guance).to_have_count(1)


@step(
    "buyer",
    en="Read the Account ID",
    zh="查看账号ID",
    caption=Text(
        en="Guance will ask for the Account ID, because it tells which Huawei Cloud account pays. It is behind the "
        "avatar, under My Credentials.",
        zh="观测云稍后会要求填写账号ID，以确定由哪个华为云账号付费。点击头像，在“我的凭证”中即可查看。",
    ),
    clauses=["id-1"],
)
def reads_the_account_id(buyer: Actor, scenario: Scenario) -> None:
    """Console > avatar > My Credentials > API Credentials."""
    ConsolePage(buyer).open()
    menu = AccountMenu(buyer)
    menu.open()
    menu.my_credentials.click()

    credentials = ApiCredentials(buyer)
    expect(credentials.heading).to_be_visible()
    expect(credentials.account_id).to_have_value(re.compile(r"^[0-9a-f]{32}$"))
    scenario.notes.account_id = credentials.account_id.input_value()


@step(
    "buyer",
    en="Read the Instance ID",
    zh="查看实例ID",
    caption=Text(
        en="The Instance ID stands for this one subscription. It is in the product details, under Application "
        "Information.",
        zh="实例ID 代表这一次开通的服务，在商品详情的“应用信息”中可以查到。",
    ),
    clauses=["id-2"],
)
def reads_the_instance_id(buyer: Actor, scenario: Scenario) -> None:
    """My Marketplace > Purchased Services > the product's details > Application Information."""
    BuyerCenter(buyer).open()
    buyer.page.keyboard.press("Escape")
    Sidebar(buyer).purchased_services.click()
    services = PurchasedServices(buyer)
    services.open_details(services.guance)

    instance_id = ResourceDetails(buyer).instance_id
    expect(instance_id).to_have_text(re.compile(r"^\S{8,64}$"))
    scenario.notes.instance_id = instance_id.inner_text()
