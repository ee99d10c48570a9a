"""The subscription is cancelled on Huawei Cloud. The workspaces it paid for are locked, and unlocked again."""

from playwright.sync_api import expect

from e2e.journeys.journey import Journey, Text
from e2e.journeys.purchase import signs_in_to_huawei_cloud
from e2e.journeys.start_using_guance import looks_into_billing
from e2e.pages.guance_billing_center import UnlockWorkspace, WorkspaceManagement
from e2e.pages.guance_console import GuanceSignIn, Lock, WorkspacePage
from e2e.pages.huawei_buyer_center import BuyerCenter, CloseResource, PurchasedServices, Sidebar
from e2e.pages.mailbox import MailboxPage, MailPage
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

cancellation = Journey(
    "cancellation",
    en="From closing the resource to unlocking the workspace",
    zh="从关闭资源到解锁工作空间",
    about=Text(
        en="The subscription is closed on Huawei Cloud. The workspace is locked, unlocked, and goes on without it.",
        zh="在华为云上关闭资源后，工作空间被锁定；解锁后继续使用，不再依赖华为云。",
    ),
    begins_after=looks_into_billing,
)

step = cancellation.step

cancellation.steps.append(signs_in_to_huawei_cloud)


@step(
    "buyer",
    en="More > Close Resource",
    zh="更多 > 关闭资源",
    caption=Text(
        en="To cancel: More > Close Resource. A dialog asks first; whoever leaves it has closed nothing.",
        zh="取消订阅：点击“更多 > 关闭资源”。系统先弹窗询问，此时离开不会关闭任何资源。",
    ),
    clauses=["cancel-1", "cancel-2"],
)
def clicks_close_resource(buyer: Actor, _scenario: Scenario) -> None:
    """In Purchased Services. A dialog asks first. Leaving the dialog closes nothing."""
    BuyerCenter(buyer).open()
    Sidebar(buyer).purchased_services.click()
    services, dialog = PurchasedServices(buyer), CloseResource(buyer)
    services.click_close_resource(services.in_use)
    expect(dialog.dialog).to_be_visible()

    dialog.cancel.click()
    expect(dialog.dialog).to_be_hidden()
    expect(services.in_use).to_have_count(1)

    services.click_close_resource(services.in_use)
    expect(dialog.dialog).to_be_visible()


@step(
    "buyer",
    en="Close Resource once more",
    zh="再次点击关闭资源",
    caption=Text(
        en="Close Resource in the dialog means it: the service is being closed now.",
        zh="在弹窗中再次点击“关闭资源”才真正生效，服务进入“关闭中”。",
    ),
    clauses=["cancel-2"],
)
def confirms_close_resource(buyer: Actor, _scenario: Scenario) -> None:
    """Now the resource is being closed."""
    CloseResource(buyer).close_resource.click()

    expect(PurchasedServices(buyer).closing).to_have_count(1)


@step(
    "buyer",
    en="Refresh: Closed",
    zh="刷新页面：已关闭",
    caption=Text(
        en="After a refresh the state is Closed. The subscription is cancelled on Huawei Cloud.",
        zh="刷新页面后状态变为“已关闭”，华为云上的订阅已经取消。",
    ),
    clauses=["cancel-3"],
)
def sees_it_closed(buyer: Actor, scenario: Scenario) -> None:
    """After a refresh the subscription is cancelled on Huawei Cloud."""
    scenario.world.clock.advance(seconds=5)
    services = PurchasedServices(buyer)
    services.refresh()

    expect(services.closed).to_have_count(1)
    expect(services.in_use).to_have_count(0)


@step(
    "employee",
    en="Read the mail about the lock",
    zh="阅读锁定通知邮件",
    caption=Text(
        en="Guance locks every workspace that this account paid for, and tells its people at once by mail.",
        zh="观测云会锁定由该账号付费的所有工作空间，并立即用邮件通知相关人员。",
    ),
    afresh=True,
)
def reads_the_lock_mail(employee: Actor, scenario: Scenario) -> None:
    """The billing center account gets a mail for each workspace immediately."""
    person = scenario.personas.registration
    mailbox = MailboxPage(employee).open()
    mailbox.show_mails_to(person.email)
    mailbox.mails.filter(has_text=person.workspace).first.click()

    expect(MailPage(employee).text).to_contain_text(scenario.notes.account_id)
    expect(MailPage(employee).text).to_contain_text(person.username)


@step(
    "employee",
    en="Sign in to the locked workspace",
    zh="登录已锁定的工作空间",
    caption=Text(
        en="The workspace opens and can be looked at. The banner says how many days are left to unlock it.",
        zh="工作空间仍可登录查看，横幅提示还剩多少天可以解锁。",
    ),
    clauses=["cancel-4"],
    afresh=True,
)
def enters_the_locked_workspace(employee: Actor, scenario: Scenario) -> None:
    """The page says that it is locked and for how long it can be unlocked. Its content can still be seen."""
    person = scenario.personas.registration
    GuanceSignIn(employee).open().sign_in(person.username, person.password)

    employee.reads("cancel-4", Lock(employee).banner)
    expect(Lock(employee).days_left).to_be_visible()
    expect(WorkspacePage(employee).heading).to_have_text(person.workspace)
    expect(WorkspacePage(employee).settlement).not_to_have_text(employee.labels("workspace").by_huawei)


@step(
    "employee",
    en="Unlock Now",
    zh="立即解锁",
    caption=Text(
        en="Unlock Now leads to the Billing Center without a login. The Huawei Cloud account has been removed from "
        "the workspace.",
        zh="点击“立即解锁”，无需登录即进入费用中心。工作空间关联的华为云账号已被删除。",
    ),
    clauses=["cancel-4", "cancel-5"],
)
def clicks_unlock_now(employee: Actor, scenario: Scenario) -> None:
    """The link leads to Workspace Management without a login. The cloud account is removed from the workspace."""
    Lock(employee).unlock_now.click()

    management, words = WorkspaceManagement(employee), employee.labels("billing-center")
    expect(management.heading).to_be_visible()
    workspace = management.workspace(scenario.personas.registration.workspace)
    expect(workspace.state).to_contain_text(words.locked)
    expect(workspace.cloud_account).to_have_text("-")
    expect(management.table).not_to_contain_text(scenario.notes.account_id)


@step(
    "employee",
    en="Unlock what is locked",
    zh="解锁已锁定的工作空间",
    caption=Text(
        en="Once unlocked, the workspace is settled by the Billing Center account. Huawei Cloud is no longer needed "
        "for it.",
        zh="解锁后，工作空间默认由费用中心账号结算，不再需要华为云账号。",
    ),
    clauses=["cancel-5"],
)
def unlocks_what_is_locked(employee: Actor, scenario: Scenario) -> None:
    """After it the billing center account pays."""
    management, words = WorkspaceManagement(employee), employee.labels("billing-center")
    for _workspace in management.unlock_links.all():
        management.unlock_links.first.click()
        UnlockWorkspace(employee).unlock.click()
        expect(management.notice).to_be_visible()

    workspace = management.workspace(scenario.personas.registration.workspace)
    expect(workspace.state).to_have_text(words.normal)
    expect(workspace.settlement).to_have_text(words.settled_by_billing_center)
    expect(management.unlock_links).to_have_count(0)


@step(
    "employee",
    en="Work in the workspace again",
    zh="重新使用工作空间",
    caption=Text(
        en="The lock is gone, and the workspace is what it was. Only who pays has changed.",
        zh="锁定已解除，工作空间一切如初，只是付费方变了。",
    ),
    clauses=["cancel-5"],
)
def works_again(employee: Actor, scenario: Scenario) -> None:
    """The lock is gone, and the workspace works as before."""
    workspace = WorkspacePage(employee).open()

    expect(workspace.heading).to_have_text(scenario.personas.registration.workspace)
    expect(workspace.settlement).to_have_text(employee.labels("workspace").by_billing_center)
    expect(Lock(employee).banner).to_have_count(0)
