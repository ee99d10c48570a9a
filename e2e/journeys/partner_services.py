"""Step Two of S1: the buyer binds partner services, and the employee logs in to them."""

from playwright.sync_api import expect

from e2e.journeys.journey import Journey, Text
from e2e.pages.guance_start import Start
from e2e.pages.huawei_buyer_center import BuyerCenter
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
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

partner_services = Journey("partner-services", en="Step Two: bind partner services", zh="第二步：绑定联营服务")

step = partner_services.step


@step(
    "buyer",
    en="Pending Tasks: Start Usage",
    zh="待办事项：开启使用",
    caption=Text(
        en="The purchase is done. Now the company gets the service ready for its people; the Buyer Center reminds "
        "of that under Pending Tasks.",
        zh="购买已完成，接下来为员工启用服务。买家中心的“待办事项”会提醒“开启使用”。",
    ),
    clauses=["bind-1"],
)
def starts_usage(buyer: Actor, _scenario: Scenario) -> None:
    """The popup of the Buyer Center leads to the onboarding page."""
    center = BuyerCenter(buyer)
    center.link.click()
    expect(center.pending_tasks).to_be_visible()

    center.start_usage.click()

    expect(Onboarding(buyer).heading).to_be_visible()


@step(
    "buyer",
    en="Use Now",
    zh="立即使用",
    caption=Text(
        en="Use Now leads from the onboarding page to the partner services. Their first question: who will use the "
        "product?",
        zh="点击“立即使用”，从引导页进入联营服务。首先要回答：由谁使用这个产品？",
    ),
    clauses=["bind-3"],
)
def uses_now(buyer: Actor, _scenario: Scenario) -> None:
    """The button opens Partner Services. The role is the first step."""
    Onboarding(buyer).use_now.click()

    expect(Role(buyer).heading).to_be_visible()


@step(
    "buyer",
    en="Select the role For Personal Use",
    zh="选择角色“自己用”",
    caption=Text(
        en="For Personal Use is the recommended role: the company uses Guance itself, it does not buy it for a "
        "customer.",
        zh="推荐选择“自己用”：由本企业自己使用观测云，而不是买给客户。",
    ),
    clauses=["bind-4"],
)
def selects_the_role(buyer: Actor, _scenario: Scenario) -> None:
    """The recommended role is chosen and confirmed."""
    role = Role(buyer)
    role.for_personal_use.check()
    role.confirm.click()

    expect(NewEnterprise(buyer).heading).to_be_visible()


@step(
    "buyer",
    en="Set up the enterprise",
    zh="新建企业",
    caption=Text(
        en="Name and domain are chosen once and cannot be changed later: members will sign in with them. The set-up "
        "takes 1-3 minutes; until then nobody can be added.",
        zh="企业名称和企业域名创建后不可修改，成员登录时要用到。创建需要 1-3 分钟，在此之前不能添加成员。",
    ),
    clauses=["bind-5", "bind-8"],
)
def sets_up_the_enterprise(buyer: Actor, scenario: Scenario) -> None:
    """Name and domain are entered. A minute later the set-up still runs, and members cannot be added yet."""
    NewEnterprise(buyer).set_up(scenario.personas.enterprise)

    progress = Progress(buyer)
    expect(progress.heading).to_be_visible()
    expect(progress.message).to_contain_text(scenario.personas.enterprise.name)

    scenario.world.clock.advance(seconds=59)
    progress.refresh()

    expect(progress.bar).to_be_visible()
    expect(Members(buyer).add_members).to_have_count(0)


@step(
    "buyer",
    en="Wait until it is set up",
    zh="等待企业创建完成",
    caption=Text(
        en="Three minutes later the enterprise is ready. Add Members has appeared on the page.",
        zh="三分钟后企业创建完成，页面上出现了“添加成员”。",
    ),
)
def waits_for_the_enterprise(buyer: Actor, scenario: Scenario) -> None:
    """The set-up takes at most three minutes."""
    scenario.world.clock.advance(minutes=3)
    Progress(buyer).refresh()

    expect(Members(buyer).add_members).to_be_visible()


@step(
    "buyer",
    en="Add the first member, filled in already",
    zh="添加第一位成员（信息已自动填入）",
    caption=Text(
        en="The first form is filled in already, with the details of the buyer's own account. Only the password is "
        "left to enter.",
        zh="第一次添加成员时，表单已自动填入采购人员自己的账号信息，只需再填写密码。",
    ),
    clauses=["bind-11", "bind-12"],
)
def adds_the_first_member(buyer: Actor, scenario: Scenario) -> None:
    """The form is prefilled with the buyer's own data. The buyer adds themselves."""
    Members(buyer).add_members.click()
    form, me = AddMember(buyer), scenario.personas.buyer
    buyer.reads("bind-12", form.offline_password)
    expect(form.name).to_have_value(me.names[buyer.language])
    expect(form.email).to_have_value(me.email)
    expect(form.account).to_have_value(me.username)
    expect(form.password).to_have_value("")

    form.password.fill(me.password)
    form.save.click()

    expect(Members(buyer).table).to_contain_text(me.username)


@step(
    "buyer",
    en="Add an employee",
    zh="添加员工",
    caption=Text(
        en="Now an employee. Account and Password are what the employee will sign in with, so the administrator "
        "passes them on in person.",
        zh="再添加一位员工。员工将用这里的“账号”和“密码”登录，因此需由管理员线下告知本人。",
    ),
    clauses=["bind-9"],
)
def adds_an_employee(buyer: Actor, scenario: Scenario) -> None:
    """From the second member on the form is empty."""
    members, employee = Members(buyer), scenario.personas.employee
    members.add_members.click()
    form = AddMember(buyer)
    expect(form.name).to_have_value("")

    form.add(employee)

    expect(members.table).to_contain_text(f"{employee.account}@{scenario.personas.enterprise.domain}")


@step(
    "buyer",
    en="Authorize the employee",
    zh="授权应用成员",
    caption=Text(
        en="Being a member is not enough. Only who is picked here, with Agree to Terms and Confirm Authorization, "
        "may use Guance.",
        zh="仅是成员还不够：在此选择成员、勾选“协议许可”并点击“确认授权”后，该成员才能使用观测云。",
    ),
    clauses=["bind-13"],
)
def authorizes_the_employee(buyer: Actor, scenario: Scenario) -> None:
    """Select, Agree to Terms, Confirm Authorization."""
    Members(buyer).authorize.click()
    authorization = Authorization(buyer)
    authorization.pick(scenario.personas.employee.name)
    authorization.agree_to_terms.check()
    authorization.confirm.click()

    expect(HandOver(buyer).heading).to_be_visible()


@step(
    "buyer",
    en="Note what to pass on",
    zh="记下登录信息",
    caption=Text(
        en="All that the employee needs: login URL, enterprise account name and account. Members who were not "
        "authorized are not listed.",
        zh="这里是员工登录所需的全部信息：登录链接、企业账号名和账号。未获授权的成员不在其中。",
    ),
    clauses=["bind-15"],
)
def notes_what_to_pass_on(buyer: Actor, scenario: Scenario) -> None:
    """Login URL, enterprise account name and account are shown. Members who were not selected are not."""
    panel, employee, enterprise = HandOver(buyer), scenario.personas.employee, scenario.personas.enterprise
    expect(panel.enterprise_account_name).to_contain_text(enterprise.domain)
    expect(panel.table).to_contain_text(f"{employee.account}@{enterprise.domain}")
    expect(panel.table).not_to_contain_text(scenario.personas.buyer.username)

    scenario.notes.login_url = scenario.world.documented(panel.login_url.inner_text())
    scenario.notes.login_name = panel.login_name(employee.name)


# ---------------------------------------------------------------------- the employee logs in


@step(
    "employee",
    en="Sign in at unified login",
    zh="通过统一登录链接登录",
    caption=Text(
        en="Now it is the employee's turn. The initial password is accepted, but it opens one page only: the one to "
        "change it.",
        zh="现在轮到员工。初始密码可以登录，但只能进入修改密码的页面。",
    ),
    clauses=["bind-10", "bind-16", "bind-18"],
    afresh=True,
)
def signs_in_at_unified_login(employee: Actor, scenario: Scenario) -> None:
    """With the account and the password from the administrator. A new password is required."""
    login = UnifiedLogin(employee).open(scenario.notes.login_url)
    login.sign_in(scenario.notes.login_name, scenario.personas.employee.password)

    expect(NewPassword(employee).heading).to_be_visible()


@step(
    "employee",
    en="Change the initial password",
    zh="修改初始密码",
    caption=Text(
        en="With a password that nobody else knows, the employee is taken straight to Guance, without signing in "
        "once more.",
        zh="设置只有自己知道的新密码后，员工直接进入观测云，无需再次登录。",
    ),
    clauses=["bind-19"],
)
def changes_the_initial_password(employee: Actor, scenario: Scenario) -> None:
    """After it the member is on the Guance product page, without another sign-in."""
    NewPassword(employee).choose(scenario.personas.employee.new_password)

    expect(Start(employee).heading).to_be_visible()
