"""Step Three of S1: the employee registers, and opens the workspace."""

from playwright.sync_api import expect

from e2e.journeys.journey import Journey, Text
from e2e.journeys.registering import fill_in_basic_information, provide_company_information
from e2e.pages.guance_console import Billing, GuanceSignIn, WorkspacePage
from e2e.pages.guance_registration import BasicInformation, SubscriptionMethod, Success
from e2e.pages.guance_start import Start
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

start_using_guance = Journey("start-using-guance", en="Step Three: start using Guance", zh="第三步：开始使用观测云")

step = start_using_guance.step


@step(
    "employee",
    en="No Fee Center Account: Next",
    zh="没有费用中心账号：下一步",
    caption=Text(
        en="Guance asks one question: is there a Fee Center Account? This company has none yet, so Next leads to "
        "the registration.",
        zh="观测云只问一个问题：有没有费用中心账号？这家企业还没有，所以点击“下一步”进入注册。",
    ),
    clauses=["start-2", "start-3", "start-5", "reg-1"],
)
def has_no_fee_center_account(employee: Actor, _scenario: Scenario) -> None:
    """The page offers two choices and explains what a fee center account is. None is selected."""
    start = Start(employee)
    expect(start.existing_account).not_to_be_checked()
    employee.reads("start-3", start.explainer)
    employee.reads("start-5", start.process)

    start.no_account.check()
    start.next.click()

    expect(BasicInformation(employee).heading).to_be_visible()


@step(
    "employee",
    en="Fill in basic information",
    zh="填写基本信息",
    caption=Text(
        en="Site, username and password are chosen here. A code sent by mail proves that the email address is the "
        "employee's own.",
        zh="在这里选择站点、设置用户名和密码，并用邮件中的验证码证明邮箱属于本人。",
    ),
    clauses=["reg-2"],
)
def fills_in_basic_information(employee: Actor, scenario: Scenario) -> None:
    """The email is verified by a code from the mailbox. Then comes the company information."""
    fill_in_basic_information(employee, scenario)


@step(
    "employee",
    en="Provide company information",
    zh="填写企业信息",
    caption=Text(
        en="The company's name, and the agreements. Two of three pages are done; the last one is about the payment.",
        zh="填写企业名称并同意相关协议。三页已完成两页，最后一页关系到由谁付费。",
    ),
    clauses=["reg-3"],
)
def provides_company_information(employee: Actor, scenario: Scenario) -> None:
    """The company and the agreements."""
    provide_company_information(employee, scenario)


@step(
    "employee",
    en="Choose the subscription method and subscribe",
    zh="选择开通方式并开通",
    caption=Text(
        en="Here both sides meet: the buyer's Huawei Cloud Account ID tells Guance who pays. Subscribe creates both "
        "accounts and the workspace.",
        zh="两边在这里对接：采购人员的华为云账号 ID 告诉观测云由谁付费。点击“开通”，两个账号和工作空间一次建好。",
    ),
    clauses=["reg-1", "reg-4"],
)
def subscribes_with_the_account_id(employee: Actor, scenario: Scenario) -> None:
    """Workspace name, workspace language, Huawei Cloud Account ID, Subscribe. Then both accounts exist."""
    person = scenario.personas.registration
    SubscriptionMethod(employee).choose(
        workspace=person.workspace, language=scenario.language, account_id=scenario.notes.account_id
    )

    success = Success(employee)
    expect(success.heading).to_be_visible()
    expect(success.details).to_contain_text(person.email)


@step(
    "employee",
    en="Sign in and enter the workspace",
    zh="登录并进入工作空间",
    caption=Text(
        en="The first login to the new workspace. It has the Commercial Plan, and the Huawei Cloud account settles it.",
        zh="首次登录新的工作空间：当前版本是商业版，由华为云账号结算。",
    ),
    clauses=["reg-1"],
)
def enters_the_workspace(employee: Actor, scenario: Scenario) -> None:
    """With the username and password of the registration, at the chosen site."""
    person = scenario.personas.registration
    Success(employee).sign_in.click()
    GuanceSignIn(employee).sign_in(person.username, person.password)

    workspace, words = WorkspacePage(employee), employee.labels("workspace")
    expect(workspace.heading).to_have_text(person.workspace)
    expect(workspace.site).to_have_text(employee.labels("sites").cn4)
    expect(workspace.plan).to_have_text(words.commercial_plan)
    expect(workspace.settlement).to_have_text(words.by_huawei)


@step(
    "employee",
    en="Look into the billing module",
    zh="查看付费计划与账单",
    caption=Text(
        en="Billing names who pays: the buyer's Huawei Cloud account. The employee never needed the buyer's password.",
        zh="“付费计划与账单”写明付费方：采购人员的华为云账号。员工始终不需要知道采购人员的密码。",
    ),
    clauses=["reg-4"],
)
def looks_into_billing(employee: Actor, scenario: Scenario) -> None:
    """The buyer's account pays for the workspace, through the fee center account of the registration."""
    WorkspacePage(employee).billing.click()

    billing = Billing(employee)
    expect(billing.heading).to_be_visible()
    expect(billing.account_id).to_have_text(scenario.notes.account_id)
    expect(billing.billing_center_account).to_have_text(scenario.personas.registration.username)
    expect(employee.page.get_by_role("main")).not_to_contain_text(scenario.personas.employee.account)
