"""A day's usage of a workspace becomes Guance's bill, a usage record of the marketplace, and the buyer's expense."""

import re
from typing import Final

from playwright.sync_api import expect

from e2e.journeys.cancellation import clicks_close_resource, confirms_close_resource, sees_it_closed
from e2e.journeys.journey import Journey, Text
from e2e.journeys.purchase import signs_in_to_huawei_cloud
from e2e.journeys.start_using_guance import looks_into_billing
from e2e.pages.guance_console import Billing, GuanceSignIn, Hosts, Integrations, WorkspacePage, WorkspacePages
from e2e.pages.huawei_account import ConsolePage, SignInPage, TopUp
from e2e.pages.huawei_buyer_center import BuyerCenter, ExpensesByDay, PurchasedServices, ResourceDetails, Sidebar
from e2e.pages.seller_center import Center, UsageRecords
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

HOST: Final = "web-01"
"""The host that reports to the new workspace."""

usage_to_bill = Journey(
    "usage-to-bill",
    en="From the usage of a workspace to the bill on Huawei Cloud",
    zh="从工作空间用量到华为云账单",
    about=Text(
        en="Guance reports what a day of a workspace costs. The marketplace validates it and charges the buyer, until "
        "the resource is closed.",
        zh="观测云上报工作空间一天的费用，云商店校验话单后向买家扣费，直到资源关闭。",
    ),
    begins_after=looks_into_billing,
)

step = usage_to_bill.step


@step(
    "employee",
    en="Install DataKit on a host",
    zh="在主机上安装 DataKit",
    caption=Text(
        en="A new workspace has no data. Integrations has the command for its hosts: once it has run, the host is "
        "listed and data come in.",
        zh="新的工作空间还没有数据。“集成”中的安装命令带有工作空间的 Token："
        "在主机上运行后，主机出现在“基础设施”中，数据开始上报。",
    ),
    afresh=True,
)
def installs_datakit(employee: Actor, scenario: Scenario) -> None:
    """Integrations > DataKit shows the command. What it does on a host is done by the client."""
    person = scenario.personas.registration
    GuanceSignIn(employee).open().sign_in(person.username, person.password)
    pages = WorkspacePages(employee)
    pages.integrations.click()
    token = Integrations(employee).token()
    scenario.world.datakit.report(token, HOST)

    pages.infrastructure.click()
    expect(Hosts(employee).link(HOST)).to_be_visible()


@step(
    "employee",
    en="Read yesterday's bill in the workspace",
    zh="在工作空间查看昨日账单",
    caption=Text(
        en="A day has passed. At midnight Guance settled it: the bill says what it costs, and that Huawei Cloud pays.",
        zh="一天过去了。观测云在零点结算前一天的用量：账单写明费用，由华为云账号支付。",
    ),
    afresh=True,
)
def reads_the_bill_of_a_day(employee: Actor, scenario: Scenario) -> None:
    """The next morning the bill of the day is in the billing module, settled by the Huawei Cloud account."""
    scenario.world.clock.advance(days=1)
    person = scenario.personas.registration
    GuanceSignIn(employee).open().sign_in(person.username, person.password)
    WorkspacePage(employee).billing.click()

    day = Billing(employee).days
    expect(day.rows).to_have_count(1)
    expect(day.rows).to_contain_text(employee.labels("workspace").by_huawei)
    expect(day.cost).to_have_text(re.compile(r"^[1-9]\.\d\d$"))
    scenario.notes.cost = day.cost.inner_text()


@step(
    "manager",
    en="Find the usage record in the Seller Center",
    zh="在卖家中心查看话单",
    caption=Text(
        en="Guance has reported the day to the marketplace. Under Usage Records its record is valid and billed.",
        zh="观测云已向云商店推送前一天的用量。在“话单管理”中，这条话单已通过校验并计费。",
    ),
    afresh=True,
)
def finds_the_usage_record(manager: Actor, scenario: Scenario) -> None:
    """The seller sees each record with its state, or the code that says why it was refused."""
    Center(manager).open().usage_records.click()

    record = UsageRecords(manager).record(scenario.notes.instance_id)
    expect(record.row).to_have_count(1)
    expect(record.usage).to_have_text(scenario.notes.cost)
    expect(record.state).to_have_text(manager.labels("seller-center").billed)
    expect(record.code).to_have_text("-")


usage_to_bill.steps.append(signs_in_to_huawei_cloud)


@step(
    "buyer",
    en="See the usage in the resource details",
    zh="在资源详情查看用量",
    caption=Text(
        en="The buyer sees the same sum in the resource details, under Usage.",
        zh="买家在资源详情的“用量”中看到同样的金额。",
    ),
)
def sees_the_usage_of_the_resource(buyer: Actor, scenario: Scenario) -> None:
    """My Marketplace > Purchased Services > the product's details > Usage."""
    BuyerCenter(buyer).open()
    Sidebar(buyer).purchased_services.click()
    services = PurchasedServices(buyer)
    services.open_details(services.guance)

    usage = ResourceDetails(buyer).usage
    expect(usage.total_cost).to_have_text(f"¥{scenario.notes.cost}")
    expect(usage.days).to_have_count(1)
    expect(usage.days).to_contain_text(f"¥{scenario.notes.cost}")


@step(
    "buyer",
    en="See the expenses by day",
    zh="查看按天消费明细",
    caption=Text(
        en="Expenses by Day lists what each service costs on each day. It is deducted from the account balance.",
        zh="“按天消费明细”列出每个服务每天的费用，费用从账户余额中扣除。",
    ),
)
def sees_the_expenses_by_day(buyer: Actor, scenario: Scenario) -> None:
    """One day, with the cost of Guance's bill. The balance is smaller by it."""
    Sidebar(buyer).expenses_by_day.click()
    expenses = ExpensesByDay(buyer)
    expect(expenses.days).to_have_count(1)
    expect(expenses.days).to_contain_text(scenario.notes.instance_id)
    expect(expenses.total).to_have_text(f"¥{scenario.notes.cost}")

    left = 100_000 - float(scenario.notes.cost)
    expect(TopUp(buyer).open().balance).to_have_text(f"¥{left:,.2f}")


usage_to_bill.steps += [clicks_close_resource, confirms_close_resource, sees_it_closed]


@step(
    "buyer",
    en="See that nothing more is charged",
    zh="确认不再扣费",
    caption=Text(
        en="Another day has passed. The resource is closed, so nothing was added: the total is that of the first day.",
        zh="又过了一天。资源已关闭，没有新增费用，合计仍是第一天的金额。",
    ),
    afresh=True,
)
def sees_that_nothing_more_is_charged(buyer: Actor, scenario: Scenario) -> None:
    """Who closes a resource pays for no day that ends later. The sign-in of the day before has ended."""
    scenario.world.clock.advance(days=1)
    SignInPage(buyer).open().sign_in_as(scenario.personas.buyer)
    expect(ConsolePage(buyer).heading).to_be_visible()
    expenses = ExpensesByDay(buyer).open()

    expect(expenses.days).to_have_count(1)
    expect(expenses.total).to_have_text(f"¥{scenario.notes.cost}")
