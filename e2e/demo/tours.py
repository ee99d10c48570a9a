"""Tours: what a demo can show beside the journeys of the documents. They show tools of this project."""

from typing import Final

from playwright.sync_api import expect

from e2e.journeys import Journey, Text
from e2e.pages.huawei_account import ConsolePage, SignInPage
from e2e.pages.huawei_buyer_center import PurchasedServices
from e2e.pages.huawei_marketplace import ProductPage, Prompt, Submitted
from e2e.pages.operator import RecordingPage, WorldPage
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

save_as_a_test = Journey(
    "save-as-a-test",
    en="From the browser to a test",
    zh="从浏览器操作到测试",
    about=Text(
        en="What people do by hand in a world becomes a test in Python.",
        zh="在环境中手动完成的操作，可保存为 Python 测试。",
    ),
)

TOURS: Final = {save_as_a_test.name: save_as_a_test}

step = save_as_a_test.step


@step(
    "operator",
    en="Record",
    zh="开始录制",
    caption=Text(
        en="The page of a world has a recording. From now on it keeps the pages that people open and the forms that "
        "they send.",
        zh="每个环境都可以录制。从现在起，打开的页面和提交的表单都会被记录。",
    ),
    afresh=True,
)
def records(operator: Actor, _scenario: Scenario) -> None:
    """On the page of the recording."""
    page = RecordingPage(operator).open()
    page.record.click()

    expect(page.being_recorded).to_be_visible()


@step(
    "buyer",
    en="Sign in",
    zh="登录",
    caption=Text(
        en="A buyer works as always, in a browser of their own. The password will not be in the test.",
        zh="采购人员在自己的浏览器中照常操作。密码不会写入测试。",
    ),
    afresh=True,
)
def signs_in(buyer: Actor, scenario: Scenario) -> None:
    """As the ready-made buyer."""
    SignInPage(buyer).open().sign_in_as(scenario.personas.buyer)

    expect(ConsolePage(buyer).heading).to_be_visible()


@step(
    "buyer",
    en="Subscribe",
    zh="开通",
    caption=Text(
        en="The buyer subscribes to Guance. Each link, button and field is found again by what people read on it.",
        zh="采购人员开通观测云。测试会按页面上的文字找到每个链接、按钮和字段。",
    ),
)
def subscribes(buyer: Actor, _scenario: Scenario) -> None:
    """On the product page."""
    ProductPage(buyer).open().subscribe_now.click()
    Prompt(buyer).agree_and_subscribe()

    expect(Submitted(buyer).heading).to_be_visible()


@step(
    "operator",
    en="Move the clock",
    zh="拨快时钟",
    caption=Text(
        en="The service is delivered in a moment. The operator moves the clock, which becomes a line of the test, too.",
        zh="服务稍后交付。操作员拨快时钟，这一步也会成为测试中的一行。",
    ),
)
def moves_the_clock(operator: Actor, _scenario: Scenario) -> None:
    """By a minute, on the page of the world."""
    page = WorldPage(operator).open()
    page.one_minute.click()

    expect(page.moved).to_be_visible()


@step(
    "buyer",
    en="See the service in use",
    zh="查看已开通的服务",
    caption=Text(
        en="Now it is in use. What the test expects of each page is its heading.",
        zh="服务已在使用中。测试会检查每个新页面的标题。",
    ),
)
def sees_the_service(buyer: Actor, _scenario: Scenario) -> None:
    """In Purchased Services."""
    expect(PurchasedServices(buyer).open().in_use).to_be_visible()


@step(
    "operator",
    en="Read the test",
    zh="查看测试",
    caption=Text(
        en="The test is complete: pytest runs it as it is, in a new world of the same seed.",
        zh="测试已写好：用 pytest 直接运行即可，它会在相同种子的新环境中执行。",
    ),
)
def reads_the_test(operator: Actor, _scenario: Scenario) -> None:
    """On a page; it can be saved as a file, too."""
    page = RecordingPage(operator).open()
    page.read_it.click()

    expect(page.test).to_contain_text("def test_what_was_recorded")
    expect(page.test).to_contain_text("mock_world.clock.advance(minutes=1)")
