"""Create Workspace > No Guance Account: a newcomer registers for Guance with a workspace, at another site."""

from playwright.sync_api import expect

from e2e.journeys.binding import confirm_binding, sign_in_to_workspace
from e2e.journeys.existing_account_to_login import comes_from_unified_login, has_a_fee_center_account
from e2e.journeys.journey import Journey, Text
from e2e.journeys.mail import read_code
from e2e.journeys.new_workspace_with_account import binds_an_account_without_workspaces, wants_a_workspace
from e2e.journeys.partner_services import changes_the_initial_password
from e2e.pages.guance_binding import BindingPage, CreateWorkspace, WithoutAccount
from e2e.pages.guance_console import WorkspacePage
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

new_workspace_without_account = Journey(
    "new-workspace-without-account",
    en="A new workspace together with a new Guance account",
    zh="注册观测云账号并创建工作空间",
    about=Text(
        en="A newcomer to Guance gets an account and a workspace by one form, at a site of choice.",
        zh="从未用过观测云的人用一张表单，在所选站点同时获得账号和工作空间。",
    ),
    begins_after=changes_the_initial_password,
)
new_workspace_without_account.steps += [
    comes_from_unified_login,
    has_a_fee_center_account,
    binds_an_account_without_workspaces,
]

step = new_workspace_without_account.step


@step(
    "employee",
    en="Pick a site in the top right corner",
    zh="在右上角选择站点",
    caption=Text(
        en="The site in the top right corner matters for a new workspace only. The Fee Center Account stays bound.",
        zh="右上角的站点只决定新工作空间建在哪里，费用中心账号的绑定不受影响。",
    ),
    clauses=["link-2"],
)
def picks_a_site(employee: Actor, _scenario: Scenario) -> None:
    """What is bound stays bound. The site matters only for creating a workspace."""
    binding, site = BindingPage(employee), employee.labels("sites").za1
    binding.pick_site(site)

    expect(binding.site_picker).to_contain_text(site)
    expect(binding.account).to_contain_text(employee.labels("binding").bound)


new_workspace_without_account.steps.append(wants_a_workspace)


@step(
    "employee",
    en="No Guance Account",
    zh="没有观测云账号",
    caption=Text(
        en="Who has never used Guance registers right here. The form keeps the site that was picked; it cannot be "
        "changed any more.",
        zh="从未用过观测云的人可以直接在这里注册。表单沿用所选站点，之后不能再更改。",
    ),
    clauses=["link-2", "ws-4", "ws-7"],
)
def has_no_guance_account(employee: Actor, _scenario: Scenario) -> None:
    """The form shows the chosen site, which can no longer be changed."""
    CreateWorkspace(employee).no_account.click()

    form = WithoutAccount(employee)
    expect(form.heading).to_be_visible()
    expect(form.site).to_contain_text(employee.labels("sites").za1)


@step(
    "employee",
    en="Register and Create Workspace",
    zh="注册并创建工作空间",
    caption=Text(
        en="One form makes the Guance account and its workspace. A code verifies the email; the phone number may "
        "stay empty.",
        zh="一张表单同时注册观测云账号并创建工作空间。邮箱用验证码验证，手机号可以不填。",
    ),
    clauses=["ws-7", "ws-8"],
)
def registers_and_creates_a_workspace(employee: Actor, scenario: Scenario) -> None:
    """All fields except the phone, which is optional. Then the workspace shows as "Bound"."""
    form, person = WithoutAccount(employee), scenario.personas.registration
    form.name_it(person.workspace, scenario.language)
    form.introduce(person)
    form.ask_for_code(person.email)
    expect(form.code_answer).to_contain_text(person.email)

    form.code.fill(read_code(employee, person.email))
    expect(form.phone).to_have_value("")
    form.create.click()

    expect(BindingPage(employee).heading).to_be_visible()
    expect(BindingPage(employee).bound(person.workspace)).to_be_visible()


@step(
    "employee",
    en="Confirm the binding",
    zh="确定绑定",
    caption=Text(
        en="Confirm leads to the login page of the site that was picked, so the newcomer begins at the right place.",
        zh="点击“确定”后跳转到所选站点的登录页，新用户不会走错站点。",
    ),
    clauses=["live-1"],
)
def confirms_what_was_created(employee: Actor, scenario: Scenario) -> None:
    """It leads to the login page of the chosen site."""
    confirm_binding(employee, scenario.personas.registration.workspace)

    expect(employee.page.get_by_role("main")).to_contain_text(employee.labels("sites").za1)


@step(
    "employee",
    en="Sign in and enter the workspace",
    zh="登录并进入工作空间",
    caption=Text(
        en="The first login, with the username and password that were just chosen. The workspace is at the site "
        "that was picked.",
        zh="用刚刚设置的用户名和密码首次登录，工作空间就在所选的站点上。",
    ),
    clauses=["live-1"],
)
def enters_what_was_created(employee: Actor, scenario: Scenario) -> None:
    """With the chosen username and password. The workspace is at the chosen site."""
    person = scenario.personas.registration
    sign_in_to_workspace(employee, person.username, person.password, person.workspace)

    expect(WorkspacePage(employee).site).to_have_text(employee.labels("sites").za1)
