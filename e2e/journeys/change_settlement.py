"""One Huawei Cloud account pays for a second workspace, on another site.

The workspace belongs to a colleague. It is moved to the employee's billing center account. For this both accounts must
be certified as the same enterprise. The site belongs to another provider, so the account manager must consent.
"""

from typing import Final

from playwright.sync_api import expect

from e2e.journeys.journey import Journey, Text
from e2e.journeys.start_using_guance import looks_into_billing
from e2e.pages.guance_billing_center import (
    BillingCenter,
    BillingCenterSignIn,
    BindWorkspace,
    ChangeSettlement,
    CloudAccounts,
    EnterpriseCertificate,
    Rail,
    WorkspaceManagement,
)
from e2e.pages.guance_console import Billing, GuanceSignIn, WorkspacePage
from e2e.pages.huawei_marketplace import ProductPage
from e2e.pages.operator import SwitchesPage
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

TAXPAYER_NUMBER: Final = "91310000MOCK000017"

COLLEAGUES_WORKSPACE: Final = "riverbank-prod"
"""The ready-made workspace of the colleague at site cn1."""

change_settlement = Journey(
    "change-settlement",
    en="A second workspace is settled by the Huawei Cloud account",
    zh="由华为云账号结算第二个工作空间",
    about=Text(
        en="One Huawei Cloud account comes to settle a second workspace, at another site.",
        zh="让同一个华为云账号再结算另一站点的第二个工作空间。",
    ),
    begins_after=looks_into_billing,
)

step = change_settlement.step


@step(
    "employee",
    en="Log in to the Billing Center",
    zh="登录费用中心",
    caption=Text(
        en="One Huawei Cloud account can settle many workspaces. That is managed in the Billing Center, with the "
        "login of the registration.",
        zh="一个华为云账号可以结算多个工作空间。在费用中心管理，用注册时的用户名和密码登录。",
    ),
    clauses=["settle-3"],
    afresh=True,
)
def logs_in_to_the_billing_center(employee: Actor, scenario: Scenario) -> None:
    """With the username and password of the registration."""
    person = scenario.personas.registration
    BillingCenterSignIn(employee).open().sign_in(person.username, person.password)

    expect(BillingCenter(employee).username).to_have_text(person.username)


@step(
    "colleague",
    en="Certify the colleague's account",
    zh="同事完成企业实名认证",
    caption=Text(
        en="A colleague has a workspace at another site. Before it can be taken over, the colleague's account is "
        "certified as the enterprise's.",
        zh="同事在另一个站点有一个工作空间。要接管它，同事的账号须先完成企业实名认证。",
    ),
    afresh=True,
)
def certifies_the_other_account(colleague: Actor, scenario: Scenario) -> None:
    """The colleague belongs to the enterprise now, and copies the Workspace ID."""
    me = scenario.personas.colleague
    BillingCenterSignIn(colleague).open().sign_in(me.username, me.password)
    expect(BillingCenter(colleague).username).to_have_text(me.username)

    certificate = EnterpriseCertificate(colleague).open()
    certificate.hand_in(scenario.personas.enterprise.name, TAXPAYER_NUMBER)
    expect(certificate.certified).to_be_visible()

    Rail(colleague).workspace_management.click()
    workspace = WorkspaceManagement(colleague).workspace(COLLEAGUES_WORKSPACE)
    expect(workspace.settlement).to_have_text(colleague.labels("billing-center").settled_by_billing_center)
    scenario.notes.workspace_id = workspace.workspace_id.inner_text()


@step(
    "employee",
    en="Certify the account as the same enterprise",
    zh="以同一企业完成实名认证",
    caption=Text(
        en="Workspaces move only between accounts of the same enterprise. So the employee's account is certified, too.",
        zh="工作空间只能在同一企业的账号之间转移，所以员工的账号也要完成同一企业的认证。",
    ),
)
def certifies_the_own_account(employee: Actor, scenario: Scenario) -> None:
    """Workspaces move only between accounts of the same enterprise."""
    certificate = EnterpriseCertificate(employee).open()
    certificate.hand_in(scenario.personas.enterprise.name, TAXPAYER_NUMBER)

    expect(certificate.certified).to_be_visible()


@step(
    "employee",
    en="Bind the workspace of the other site",
    zh="绑定另一站点的工作空间",
    caption=Text(
        en="Bind Workspace takes the Workspace ID that the colleague passed on. Now both workspaces are managed in "
        "one place.",
        zh="在“绑定工作空间”中填写同事提供的工作空间 ID，两个工作空间就能在一处管理了。",
    ),
    clauses=["settle-3"],
)
def binds_the_other_workspace(employee: Actor, scenario: Scenario) -> None:
    """Workspace Management > Bind Workspace, by the Workspace ID."""
    Rail(employee).workspace_management.click()
    management = WorkspaceManagement(employee)
    management.bind_workspace.click()
    dialog = BindWorkspace(employee)
    dialog.workspace_id.fill(scenario.notes.workspace_id)
    dialog.confirm.click()

    expect(management.workspace(COLLEAGUES_WORKSPACE).site).to_have_text(employee.labels("sites").cn1)


@step(
    "manager",
    en="Switch on any settlement method",
    zh="客户经理开启结算方式任意选择",
    caption=Text(
        en="The workspace's site is not one of Huawei Cloud's own. So Guance's account manager must first allow any "
        "settlement method.",
        zh="该工作空间的站点不是华为云的站点，因此要由观测云客户经理先开启“结算方式任意选择”。",
    ),
    afresh=True,
)
def switches_on_any_settlement(manager: Actor, scenario: Scenario) -> None:
    """The site is not Huawei Cloud's own, so the account manager must consent."""
    switches = SwitchesPage(manager).open()
    switches.turn_on_for(scenario.personas.registration.username)

    expect(switches.switched_on(scenario.personas.registration.username)).to_be_visible()


@step(
    "employee",
    en="Click Change on the right of the workspace",
    zh="点击工作空间右侧的更改",
    caption=Text(
        en="Change, on the right of the workspace, offers the settlement methods. None is chosen yet.",
        zh="点击工作空间右侧的“更改”，列出各种结算方式，此时还没有选择任何一种。",
    ),
    clauses=["settle-3"],
)
def clicks_change(employee: Actor, _scenario: Scenario) -> None:
    """The dialog offers the methods. None is selected yet."""
    WorkspaceManagement(employee).workspace(COLLEAGUES_WORKSPACE).change.click()

    dialog = ChangeSettlement(employee)
    expect(dialog.by_huawei).to_be_visible()
    expect(dialog.confirm).to_have_count(0)


@step(
    "employee",
    en="Choose Huawei Cloud Account Settlement",
    zh="选择华为云账号结算",
    caption=Text(
        en="Huawei Cloud Account Settlement needs a subscription on the marketplace. For those without one, a link "
        "opens the product page.",
        zh="“华为云账号结算”需要先在云商店开通服务。还没有开通的，可通过链接打开商品页面。",
    ),
    clauses=["settle-4"],
)
def chooses_huawei_settlement(employee: Actor, _scenario: Scenario) -> None:
    """The link to activate on Huawei Cloud first opens the product page in another tab."""
    dialog = ChangeSettlement(employee)
    dialog.by_huawei.click()
    with employee.context.expect_page() as opened:
        dialog.activate_first.click()

    expect(ProductPage(employee.at(opened.value)).heading).to_be_visible()
    opened.value.close()
    expect(dialog.account_id).to_be_editable()


@step(
    "employee",
    en="Enter Account ID and Product Instance ID",
    zh="填写账号 ID 和商品实例 ID",
    caption=Text(
        en="The Account ID says who pays, the Product Instance ID by which subscription. From now on one account "
        "settles two workspaces.",
        zh="账号 ID 说明由谁付费，商品实例 ID 说明通过哪个服务付费。从此一个账号结算两个工作空间。",
    ),
    clauses=["settle-4", "settle-6"],
)
def enters_both_ids(employee: Actor, scenario: Scenario) -> None:
    """The buyer has read both on Huawei Cloud. After it the account pays for two workspaces, on two sites."""
    notes, words = scenario.notes, employee.labels("billing-center")
    ChangeSettlement(employee).settle(notes.account_id, notes.instance_id)

    management = WorkspaceManagement(employee)
    for name in (scenario.personas.registration.workspace, COLLEAGUES_WORKSPACE):
        expect(management.workspace(name).settlement).to_have_text(words.settled_by_huawei)
        expect(management.workspace(name).cloud_account).to_have_text(notes.account_id)


@step(
    "employee",
    en="See what the cloud account settles",
    zh="查看云账号所结算的工作空间",
    caption=Text(
        en="Cloud Accounts shows it all on one page: one Huawei Cloud account, two workspaces, two sites.",
        zh="“云账号”页面一目了然：一个华为云账号、两个工作空间、两个站点。",
    ),
    clauses=["settle-6"],
)
def sees_what_the_cloud_account_settles(employee: Actor, scenario: Scenario) -> None:
    """Account Management > Cloud Accounts."""
    accounts = CloudAccounts(employee).open()

    expect(accounts.main).to_contain_text(scenario.notes.account_id)
    expect(accounts.main).to_contain_text(scenario.personas.registration.workspace)
    expect(accounts.main).to_contain_text(COLLEAGUES_WORKSPACE)


@step(
    "colleague",
    en="Look who pays at the other site",
    zh="在另一站点查看结算账户",
    caption=Text(
        en="For the colleague nothing has changed at work: the same site, the same login. Only the bill goes to the "
        "Huawei Cloud account.",
        zh="对同事来说工作照旧：同一个站点、同样的登录方式，只是账单改由华为云账号结算。",
    ),
    clauses=["settle-6"],
    afresh=True,
)
def looks_who_pays(colleague: Actor, scenario: Scenario) -> None:
    """The colleague signs in at site cn1 as before."""
    me = scenario.personas.colleague
    GuanceSignIn(colleague).open(GuanceSignIn.CN1).sign_in(me.username, me.password)
    workspace = WorkspacePage(colleague)
    expect(workspace.heading).to_have_text(COLLEAGUES_WORKSPACE)
    expect(workspace.settlement).to_have_text(colleague.labels("workspace").by_huawei)

    workspace.billing.click()

    expect(Billing(colleague).account_id).to_have_text(scenario.notes.account_id)
    expect(Billing(colleague).billing_center_account).to_have_text(scenario.personas.registration.username)
