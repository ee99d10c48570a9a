"""Step Three of S1: the employee registers, and enters the workspace."""

from playwright.sync_api import expect

from e2e.journeys.journey import Journey
from e2e.journeys.mail import read_code
from e2e.pages.guance_console import Billing, GuanceSignIn, Workspace
from e2e.pages.guance_registration import BasicInformation, CompanyInformation, SubscriptionMethod, Success
from e2e.pages.guance_start import Start
from e2e.stage.actor import Actor
from e2e.stage.stage import Stage

start_using_guance = Journey("start-using-guance", en="Step Three: start using Guance", zh="第三步：开始使用观测云")

step = start_using_guance.step


@step(
    "employee",
    en="No Fee Center Account: Next",
    zh="没有费用中心账号：下一步",
    clauses=["start-2", "start-3", "start-5", "reg-1"],
)
def has_no_fee_center_account(employee: Actor, _stage: Stage) -> None:
    """The page offers two choices and explains what a fee center account is; nothing is chosen for the visitor."""
    start = Start(employee)
    expect(start.existing_account).not_to_be_checked()
    employee.reads("start-3", start.explainer)
    employee.reads("start-5", start.process)

    start.no_account.check()
    start.next.click()

    expect(BasicInformation(employee).heading).to_be_visible()


@step("employee", en="Fill in basic information", zh="填写基本信息", clauses=["reg-2"])
def fills_in_basic_information(employee: Actor, stage: Stage) -> None:
    """The email is verified by a code, which is read in the mailbox; company information comes next."""
    form, person = BasicInformation(employee), stage.cast.registration
    form.fill_in(person)
    form.get_code.click()
    expect(form.code_answer).to_contain_text(person.email)

    form.code.fill(read_code(employee, person.email))
    form.next.click()

    expect(CompanyInformation(employee).heading).to_be_visible()


@step("employee", en="Provide company information", zh="填写企业信息", clauses=["reg-3"])
def provides_company_information(employee: Actor, stage: Stage) -> None:
    """The company and the agreements."""
    CompanyInformation(employee).provide(stage.cast.registration.company)

    expect(SubscriptionMethod(employee).heading).to_be_visible()


@step(
    "employee", en="Choose the subscription method and subscribe", zh="选择开通方式并开通", clauses=["reg-1", "reg-4"]
)
def subscribes_with_the_account_id(employee: Actor, stage: Stage) -> None:
    """Workspace name, workspace language, Huawei Cloud Account ID, Subscribe: both accounts are there then."""
    person = stage.cast.registration
    SubscriptionMethod(employee).choose(
        workspace=person.workspace, language=stage.language, account_id=stage.notes.account_id
    )

    success = Success(employee)
    expect(success.heading).to_be_visible()
    expect(success.facts).to_contain_text(person.email)


@step("employee", en="Sign in and enter the workspace", zh="登录并进入工作空间", clauses=["reg-1"])
def enters_the_workspace(employee: Actor, stage: Stage) -> None:
    """With the username and password of the registration, at the chosen site."""
    person = stage.cast.registration
    Success(employee).sign_in.click()
    GuanceSignIn(employee).sign_in(person.username, person.password)

    workspace, words = Workspace(employee), employee.words("workspace")
    expect(workspace.heading).to_have_text(person.workspace)
    expect(workspace.site).to_have_text(employee.words("sites").cn4)
    expect(workspace.plan).to_have_text(words.commercial_plan)
    expect(workspace.settlement).to_have_text(words.by_huawei)


@step("employee", en="Look into the billing module", zh="查看付费计划与账单", clauses=["reg-4"])
def looks_into_billing(employee: Actor, stage: Stage) -> None:
    """The workspace is settled by the buyer's account, through the fee center account of the registration."""
    Workspace(employee).billing.click()

    billing = Billing(employee)
    expect(billing.heading).to_be_visible()
    expect(billing.account_id).to_have_text(stage.notes.account_id)
    expect(billing.billing_center_account).to_have_text(stage.cast.registration.username)
    expect(employee.page.get_by_role("main")).not_to_contain_text(stage.cast.employee.account)
