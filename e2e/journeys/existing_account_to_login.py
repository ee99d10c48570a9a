"""From "Existing Fee Center Account" to a working login: an employee binds an account and one of its workspaces."""

from playwright.sync_api import expect

from e2e.journeys.binding import bind_fee_center_account, confirm_binding, sign_in_to_workspace
from e2e.journeys.journey import Journey, Text
from e2e.journeys.partner_services import changes_the_initial_password
from e2e.pages.guance_binding import BindingConfirmation, BindingPage
from e2e.pages.guance_console import Billing, WorkspacePage
from e2e.pages.guance_start import Start
from e2e.pages.huawei_unified_login import UnifiedLogin
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

HOLDER = "workspace-owner"
"""The ready-made person who has a fee center account with a workspace, and a Guance account with the same name."""

WORKSPACE = "northwind-prod"
"""The holder's workspace."""

existing_account_to_login = Journey(
    "existing-account-to-login",
    en="From an existing fee center account to the first login",
    zh="从已有费用中心账号到首次登录",
    about=Text(
        en="An employee binds the company's Fee Center Account and one of its workspaces to the new subscription.",
        zh="员工将企业已有的费用中心账号及其工作空间与新开通的服务绑定。",
    ),
    begins_after=changes_the_initial_password,
)

step = existing_account_to_login.step


@step(
    "employee",
    en="Sign in at unified login",
    zh="通过统一登录链接登录",
    caption=Text(
        en="The employee comes by the unified login link. Guance does not know this Huawei Cloud account yet, so it "
        "asks how to go on.",
        zh="员工通过统一登录链接进入。这个华为云账号还没有与观测云关联，所以观测云会询问如何继续。",
    ),
    clauses=["bind-16"],
    afresh=True,
)
def comes_from_unified_login(employee: Actor, scenario: Scenario) -> None:
    """The Huawei Cloud account is not linked yet, so Guance asks how to continue."""
    login = UnifiedLogin(employee).open(scenario.notes.login_url)
    login.sign_in(scenario.notes.login_name, scenario.personas.employee.new_password)

    expect(Start(employee).heading).to_be_visible()


@step(
    "employee",
    en="Existing Fee Center Account: Next",
    zh="有费用中心账号：下一步",
    caption=Text(
        en="This company has a Fee Center Account. Next leads straight to the binding page; no workspace is shown "
        "before the account is verified.",
        zh="这家企业有费用中心账号。点击“下一步”直接进入绑定页面；账号验证之前，不显示任何工作空间。",
    ),
    clauses=["start-2", "link-1"],
)
def has_a_fee_center_account(employee: Actor, _scenario: Scenario) -> None:
    """The choice leads to the binding page. No workspace is shown yet."""
    start = Start(employee)
    start.existing_account.check()
    start.next.click()

    binding = BindingPage(employee)
    expect(binding.heading).to_be_visible()
    expect(binding.username).to_be_visible()
    expect(binding.create_workspace).to_be_hidden()


@step(
    "employee",
    en="Bind Fee Center Account",
    zh="绑定费用中心账号",
    caption=Text(
        en="The username alone is not enough: a code in the holder's mail proves the right to bind the account. "
        "Then its workspaces are listed.",
        zh="只有用户名还不够，还要填写账号邮箱收到的验证码。验证通过后才列出名下的工作空间。",
    ),
    clauses=["link-3"],
)
def binds_the_fee_center_account(employee: Actor, scenario: Scenario) -> None:
    """The username is entered and verified by the mailed code. Then the workspaces are listed."""
    bind_fee_center_account(employee, scenario.world.people()[HOLDER])

    expect(BindingPage(employee).workspace(WORKSPACE)).to_be_visible()


@step(
    "employee",
    en="Bind a workspace",
    zh="绑定工作空间",
    caption=Text(
        en="Each workspace has a Bind of its own. Binding changes who pays, so a new page asks for confirmation.",
        zh="每个工作空间都有自己的“绑定”按钮。绑定会改变付费方，所以要在新页面上确认。",
    ),
    clauses=["ws-1", "ws-2"],
)
def binds_a_workspace(employee: Actor, _scenario: Scenario) -> None:
    """Each workspace has its "Bind", which asks for confirmation on a new page."""
    BindingPage(employee).bind(WORKSPACE).click()

    confirmation = BindingConfirmation(employee)
    expect(confirmation.heading).to_be_visible()
    expect(confirmation.details).to_contain_text(WORKSPACE)


@step(
    "employee",
    en="Confirm: the workspace is bound",
    zh="确定：工作空间显示已绑定",
    caption=Text(
        en="The page names the Huawei Cloud account that will pay. The workspace shows as Bound, but nothing "
        "changes before the last Confirm.",
        zh="页面写明将由哪个华为云账号付费。工作空间显示为“已绑定”，但点击最后的“确定”之前不会有任何变化。",
    ),
    clauses=["ws-2", "ws-3"],
)
def confirms_the_workspace(employee: Actor, scenario: Scenario) -> None:
    """It shows as "Bound". What pays for it changes only with the last Confirm."""
    expect(BindingConfirmation(employee).details).to_contain_text(scenario.notes.account_id)
    BindingConfirmation(employee).confirm.click()

    expect(BindingPage(employee).bound(WORKSPACE)).to_be_visible()
    assert not scenario.world.journal("guance.settlement.changed")


@step(
    "employee",
    en="Confirm the binding",
    zh="确定绑定",
    caption=Text(
        en="Now the binding counts. Guance leads to the login page of the site where the workspace is.",
        zh="现在绑定正式生效，观测云跳转到工作空间所在站点的登录页。",
    ),
    clauses=["live-1"],
)
def confirms_the_binding(employee: Actor, _scenario: Scenario) -> None:
    """It leads to the login page of the workspace's site."""
    confirm_binding(employee, WORKSPACE)


@step(
    "employee",
    en="Sign in and enter the workspace",
    zh="登录并进入工作空间",
    caption=Text(
        en="The same username, the same workspace as ever. Only who pays is new: the buyer's Huawei Cloud account.",
        zh="用户名和工作空间都和以前一样，只有付费方是新的：采购人员的华为云账号。",
    ),
    clauses=["live-1"],
)
def enters_the_bound_workspace(employee: Actor, scenario: Scenario) -> None:
    """With the username and password of the Guance account; the buyer's Huawei Cloud account pays."""
    holder = scenario.world.people()[HOLDER]
    sign_in_to_workspace(employee, holder.username, holder.password, WORKSPACE)
    WorkspacePage(employee).billing.click()

    expect(Billing(employee).account_id).to_have_text(scenario.notes.account_id)
    expect(Billing(employee).billing_center_account).to_have_text(holder.username)


@step(
    "employee",
    en="Come again by the login link",
    zh="再次通过登录链接进入",
    caption=Text(
        en="The next visit by the login link is short: the accounts are linked, so the employee is in the workspace "
        "at once.",
        zh="下次通过登录链接进入就很快了：账号已经关联，登录后直接进入工作空间。",
    ),
    clauses=["start-1"],
)
def comes_again(employee: Actor, scenario: Scenario) -> None:
    """The account is linked now: after signing in at Huawei Cloud, the employee is in the workspace immediately."""
    employee.context.clear_cookies()
    login = UnifiedLogin(employee).open(scenario.notes.login_url)
    login.sign_in(scenario.notes.login_name, scenario.personas.employee.new_password)

    expect(WorkspacePage(employee).heading).to_have_text(WORKSPACE)
