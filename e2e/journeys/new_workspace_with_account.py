"""Create Workspace > Have Guance Account: a workspace of a Guance account for a fee center account without one."""

from playwright.sync_api import expect

from e2e.journeys.binding import bind_fee_center_account, confirm_binding, sign_in_to_workspace
from e2e.journeys.existing_account_to_login import comes_from_unified_login, has_a_fee_center_account
from e2e.journeys.journey import Journey, Text
from e2e.journeys.mail import read_code
from e2e.journeys.partner_services import changes_the_initial_password
from e2e.pages.guance_binding import BindingPage, CreateWorkspace, WithAccount
from e2e.pages.guance_console import Billing, WorkspacePage
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

HOLDER = "billing-only"
"""The ready-made person who has a fee center account without a workspace."""

OWNER = "workspace-owner"
"""The ready-made person who has a Guance account at the default site."""

new_workspace_with_account = Journey(
    "new-workspace-with-account",
    en="A new workspace for a Guance account that exists",
    zh="为已有观测云账号创建工作空间",
    about=Text(
        en="A Fee Center Account has no workspace yet, so one is created for a Guance account that exists.",
        zh="费用中心账号还没有工作空间，于是为已有的观测云账号创建一个。",
    ),
    begins_after=changes_the_initial_password,
)
new_workspace_with_account.steps += [comes_from_unified_login, has_a_fee_center_account]

step = new_workspace_with_account.step


@step(
    "employee",
    en="Bind Fee Center Account",
    zh="绑定费用中心账号",
    caption=Text(
        en="This Fee Center Account has no workspace, so there is none to bind. The page offers Create Workspace "
        "instead.",
        zh="这个费用中心账号名下没有工作空间，无从绑定，因此页面提供“创建工作空间”。",
    ),
    clauses=["link-3", "ws-4"],
)
def binds_an_account_without_workspaces(employee: Actor, scenario: Scenario) -> None:
    """The account has no workspace, so the page offers to create one."""
    bind_fee_center_account(employee, scenario.world.people()[HOLDER])

    expect(BindingPage(employee).available).to_be_hidden()
    expect(BindingPage(employee).create_workspace).to_be_visible()


@step(
    "employee",
    en="Create Workspace",
    zh="创建工作空间",
    caption=Text(
        en="Guance console and fee center are separate platforms. So the page asks whether there is a Guance "
        "account, too.",
        zh="观测云控制台与费用中心是两个独立的平台，因此页面还要问：有没有观测云账号？",
    ),
    clauses=["ws-4", "ws-9"],
)
def wants_a_workspace(employee: Actor, _scenario: Scenario) -> None:
    """There are two ways, with a Guance account and without."""
    BindingPage(employee).create_workspace.click()

    choice = CreateWorkspace(employee)
    expect(choice.heading).to_be_visible()
    expect(choice.no_account).to_be_visible()
    expect(choice.have_account).to_be_visible()
    employee.reads("ws-9", choice.main)


@step(
    "employee",
    en="Have Guance Account",
    zh="有观测云账号",
    caption=Text(
        en="There is one. The form shows the site of the new workspace, which can no longer be changed here.",
        zh="这次有观测云账号。表单显示新工作空间的站点，在这里已不能更改。",
    ),
    clauses=["ws-4", "ws-5"],
)
def has_a_guance_account(employee: Actor, _scenario: Scenario) -> None:
    """The form shows the site, which cannot be changed on it."""
    CreateWorkspace(employee).have_account.click()

    form = WithAccount(employee)
    expect(form.heading).to_be_visible()
    expect(form.site).to_contain_text(employee.labels("sites").cn4)


@step(
    "employee",
    en="Create the workspace",
    zh="填写信息并创建",
    caption=Text(
        en="A code sent to the email of the Guance account proves whose it is. Back on the binding page, the new "
        "workspace shows as Bound.",
        zh="发到观测云账号邮箱的验证码用来确认身份。创建后返回绑定页面，新的工作空间显示为“已绑定”。",
    ),
    clauses=["ws-5"],
)
def creates_a_workspace(employee: Actor, scenario: Scenario) -> None:
    """Name, language, the email of the Guance account, its code, terms. Then the workspace shows as "Bound"."""
    form, owner, name = WithAccount(employee), scenario.world.people()[OWNER], scenario.personas.registration.workspace
    form.name_it(name, scenario.language)
    form.ask_for_code(owner.email)
    expect(form.code_answer).to_contain_text(owner.email)

    form.code.fill(read_code(employee, owner.email))
    form.create.click()

    expect(BindingPage(employee).heading).to_be_visible()
    expect(BindingPage(employee).bound(name)).to_be_visible()


@step(
    "employee",
    en="Confirm the binding",
    zh="确定绑定",
    caption=Text(
        en="Confirm completes the binding and leads to the login page of the workspace's site.",
        zh="点击“确定”完成绑定，并跳转到工作空间所在站点的登录页。",
    ),
    clauses=["live-1"],
)
def confirms_the_new_workspace(employee: Actor, scenario: Scenario) -> None:
    """It leads to the login page of the workspace's site."""
    confirm_binding(employee, scenario.personas.registration.workspace)


@step(
    "employee",
    en="Sign in and enter the workspace",
    zh="登录并进入工作空间",
    caption=Text(
        en="The owner finds the new workspace. Billing shows who pays, and which Fee Center Account manages the "
        "bills: somebody else's.",
        zh="所有者进入新的工作空间。账单页显示由谁付费，以及由哪个费用中心账号管理账单：可以是另一个人的账号。",
    ),
    clauses=["live-1"],
)
def enters_the_new_workspace(employee: Actor, scenario: Scenario) -> None:
    """The owner signs in. The fee center account belongs to another person."""
    people, name = scenario.world.people(), scenario.personas.registration.workspace
    sign_in_to_workspace(employee, people[OWNER].username, people[OWNER].password, name)
    WorkspacePage(employee).billing.click()

    expect(Billing(employee).account_id).to_have_text(scenario.notes.account_id)
    expect(Billing(employee).billing_center_account).to_have_text(people[HOLDER].username)
