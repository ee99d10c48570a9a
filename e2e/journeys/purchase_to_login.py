"""From "Subscribe Now" to a working login: a buyer subscribes to Guance, and an employee starts using it."""

import re

from playwright.sync_api import expect

from e2e.journeys.journey import Journey
from e2e.journeys.mail import read_code
from e2e.pages.guance_console import Billing, GuanceSignIn, Workspace
from e2e.pages.guance_registration import BasicInformation, CompanyInformation, SubscriptionMethod, Success
from e2e.pages.guance_start import Start
from e2e.pages.huawei_account import AccountMenu, ApiCredentials, Console, Portal, SignIn
from e2e.pages.huawei_buyer_center import BuyerCenter, PurchasedServices, ResourceDetails, Sidebar
from e2e.pages.huawei_marketplace import PRODUCT_PAGE, ProductPage, Prompt, Submitted
from e2e.pages.huawei_partner_services import (
    AddMember,
    Authorization,
    HandOver,
    Members,
    NewEnterprise,
    Onboarding,
    Progress,
    Role,
)
from e2e.pages.huawei_unified_login import NewPassword, UnifiedLogin
from e2e.stage.actor import Actor
from e2e.stage.stage import Stage

purchase_to_login = Journey("purchase-to-login", en="From the purchase to the first login", zh="从购买到首次登录")

step = purchase_to_login.step


# ---------------------------------------------------------------------- Step One: purchase


@step("buyer", en="Sign in to Huawei Cloud", zh="登录华为云")
def signs_in_to_huawei_cloud(buyer: Actor, stage: Stage) -> None:
    """The buyer has a verified Huawei Cloud account."""
    Portal(buyer).open().sign_in.click()
    SignIn(buyer).sign_in_as(stage.cast.buyer)

    expect(Console(buyer).heading).to_be_visible()


@step("buyer", en="Open the product page", zh="打开商品页面", clauses=["buy-1"])
def opens_the_product_page(buyer: Actor, stage: Stage) -> None:
    """It is under its documented path and fragment."""
    product = ProductPage(buyer).open()

    expect(product.heading).to_be_visible()
    expect(buyer.page).to_have_url(stage.world.local(PRODUCT_PAGE))


@step("buyer", en="Subscribe Now", zh="立即开通", clauses=["buy-2"])
def clicks_subscribe_now(buyer: Actor, _stage: Stage) -> None:
    """The prompt comes up, and nothing is ordered by that."""
    ProductPage(buyer).subscribe_now.click()

    expect(Prompt(buyer).dialog).to_be_visible()
    expect(Prompt(buyer).terms).not_to_be_checked()


@step("buyer", en="Agree to the terms and subscribe", zh="同意协议并开通", clauses=["buy-3", "buy-4"])
def agrees_and_subscribes(buyer: Actor, _stage: Stage) -> None:
    """The second Subscribe Now submits the task."""
    Prompt(buyer).agree_and_subscribe()

    expect(Submitted(buyer).heading).to_be_visible()


@step("buyer", en="Find the service in Purchased Services", zh="在已购买的服务中查看", clauses=["buy-4", "buy-5"])
def finds_the_purchased_service(buyer: Actor, stage: Stage) -> None:
    """It is not there at once; a refresh of the page brings it."""
    Submitted(buyer).return_to_my_marketplace.click()
    services = PurchasedServices(buyer)
    expect(services.heading).to_be_visible()
    expect(services.guance).to_have_count(0)

    stage.world.clock.advance(minutes=1)
    services.refresh()

    expect(services.guance).to_have_count(1)


@step("buyer", en="Read the Account ID", zh="查看账号ID", clauses=["id-1"])
def reads_the_account_id(buyer: Actor, stage: Stage) -> None:
    """Console > avatar > My Credentials > API Credentials."""
    Console(buyer).open()
    menu = AccountMenu(buyer)
    menu.open()
    menu.my_credentials.click()

    credentials = ApiCredentials(buyer)
    expect(credentials.heading).to_be_visible()
    expect(credentials.account_id).to_have_text(re.compile(r"^[0-9a-f]{32}$"))
    stage.notes.account_id = credentials.account_id.inner_text()


@step("buyer", en="Read the Instance ID", zh="查看实例ID", clauses=["id-2"])
def reads_the_instance_id(buyer: Actor, stage: Stage) -> None:
    """My Marketplace > Purchased Services > the product's details > Application Information."""
    BuyerCenter(buyer).open()
    buyer.page.keyboard.press("Escape")
    Sidebar(buyer).purchased_services.click()
    services = PurchasedServices(buyer)
    services.open_details(services.guance)

    instance_id = ResourceDetails(buyer).instance_id
    expect(instance_id).to_have_text(re.compile(r"^\S{8,64}$"))
    stage.notes.instance_id = instance_id.inner_text()


# ---------------------------------------------------------------------- Step Two: bind partner services


@step("buyer", en="Pending Tasks: Start Usage", zh="待办事项：开启使用", clauses=["bind-1"])
def starts_usage(buyer: Actor, _stage: Stage) -> None:
    """The popup of the Buyer Center leads to the onboarding page."""
    center = BuyerCenter(buyer)
    center.link.click()
    expect(center.pending_tasks).to_be_visible()

    center.start_usage.click()

    expect(Onboarding(buyer).heading).to_be_visible()


@step("buyer", en="Use Now", zh="立即使用", clauses=["bind-3"])
def uses_now(buyer: Actor, _stage: Stage) -> None:
    """It enters the partner services, which begin with the role."""
    Onboarding(buyer).use_now.click()

    expect(Role(buyer).heading).to_be_visible()


@step("buyer", en="Select the role For Personal Use", zh="选择角色“自己用”", clauses=["bind-4"])
def selects_the_role(buyer: Actor, _stage: Stage) -> None:
    """The recommended role is chosen and confirmed."""
    role = Role(buyer)
    role.for_personal_use.check()
    role.confirm.click()

    expect(NewEnterprise(buyer).heading).to_be_visible()


@step("buyer", en="Set up the enterprise", zh="新建企业", clauses=["bind-5", "bind-8"])
def sets_up_the_enterprise(buyer: Actor, stage: Stage) -> None:
    """Name and domain are entered; the page shows that it is being set up, and members cannot be added yet."""
    NewEnterprise(buyer).set_up(stage.cast.enterprise)

    progress = Progress(buyer)
    expect(progress.heading).to_be_visible()
    expect(progress.message).to_contain_text(stage.cast.enterprise.name)
    expect(Members(buyer).add_members).to_have_count(0)


@step("buyer", en="Wait until it is set up", zh="等待企业创建完成", clauses=["bind-8"])
def waits_for_the_enterprise(buyer: Actor, stage: Stage) -> None:
    """It takes one to three minutes."""
    stage.world.clock.advance(seconds=59)
    Progress(buyer).refresh()
    expect(Progress(buyer).bar).to_be_visible()

    stage.world.clock.advance(seconds=121)
    Progress(buyer).refresh()

    expect(Members(buyer).add_members).to_be_visible()


@step(
    "buyer",
    en="Add the first member, filled in already",
    zh="添加第一位成员（信息已自动填入）",
    clauses=["bind-11", "bind-12"],
)
def adds_the_first_member(buyer: Actor, stage: Stage) -> None:
    """The form holds the details of the buyer's own account; the buyer adds themselves."""
    Members(buyer).add_members.click()
    form, me = AddMember(buyer), stage.cast.buyer
    expect(form.name).to_have_value(me.name)
    expect(form.email).to_have_value(me.email)
    expect(form.account).to_have_value(me.username)
    expect(form.password).to_have_value("")

    form.password.fill(me.password)
    form.save.click()

    expect(Members(buyer).table).to_contain_text(me.username)


@step("buyer", en="Add an employee", zh="添加员工", clauses=["bind-9", "bind-10"])
def adds_an_employee(buyer: Actor, stage: Stage) -> None:
    """From the second member on the form is empty."""
    members, employee = Members(buyer), stage.cast.employee
    members.add_members.click()
    form = AddMember(buyer)
    expect(form.name).to_have_value("")

    form.add(employee)

    expect(members.table).to_contain_text(f"{employee.account}@{stage.cast.enterprise.domain}")


@step("buyer", en="Authorize the employee", zh="授权应用成员", clauses=["bind-13"])
def authorizes_the_employee(buyer: Actor, stage: Stage) -> None:
    """Pick, Agree to Terms, Confirm Authorization."""
    Members(buyer).authorize.click()
    authorization = Authorization(buyer)
    authorization.pick(stage.cast.employee.name)
    authorization.agree_to_terms.check()
    authorization.confirm.click()

    expect(HandOver(buyer).heading).to_be_visible()


@step("buyer", en="Note what to pass on", zh="记下登录信息", clauses=["bind-15"])
def notes_what_to_pass_on(buyer: Actor, stage: Stage) -> None:
    """Login URL, enterprise account name and account are there; members who were not picked are not."""
    panel, employee, enterprise = HandOver(buyer), stage.cast.employee, stage.cast.enterprise
    expect(panel.enterprise_account_name).to_contain_text(enterprise.domain)
    expect(panel.table).to_contain_text(f"{employee.account}@{enterprise.domain}")
    expect(panel.table).not_to_contain_text(stage.cast.buyer.username)

    stage.notes.login_url = stage.world.documented(panel.login_url.inner_text())
    stage.notes.login_name = panel.login_name(employee.name)


# ---------------------------------------------------------------------- the employee logs in


@step("employee", en="Sign in at unified login", zh="通过统一登录链接登录", clauses=["bind-10", "bind-16", "bind-18"])
def signs_in_at_unified_login(employee: Actor, stage: Stage) -> None:
    """With the account and the password set by the administrator; a new password is demanded."""
    login = UnifiedLogin(employee).open(stage.notes.login_url)
    login.sign_in(stage.notes.login_name, stage.cast.employee.password)

    expect(NewPassword(employee).heading).to_be_visible()


@step("employee", en="Change the initial password", zh="修改初始密码", clauses=["bind-18", "bind-19"])
def changes_the_initial_password(employee: Actor, stage: Stage) -> None:
    """After it the member lands on the Guance product page, without signing in once more."""
    NewPassword(employee).choose(stage.cast.employee.new_password)

    expect(Start(employee).heading).to_be_visible()


# ---------------------------------------------------------------------- Step Three: start using Guance


@step(
    "employee", en="No Fee Center Account: Next", zh="没有费用中心账号：下一步", clauses=["start-2", "start-3", "reg-1"]
)
def has_no_fee_center_account(employee: Actor, _stage: Stage) -> None:
    """The page offers two choices and explains what a fee center account is; nothing is chosen for the visitor."""
    start = Start(employee)
    expect(start.existing_account).not_to_be_checked()
    expect(start.explainer).to_be_visible()

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
