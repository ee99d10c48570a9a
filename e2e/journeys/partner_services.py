"""Step Two of S1: the buyer binds partner services, and the employee logs in by them."""

from playwright.sync_api import expect

from e2e.journeys.journey import Journey
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
from e2e.stage.actor import Actor
from e2e.stage.stage import Stage

partner_services = Journey("partner-services", en="Step Two: bind partner services", zh="第二步：绑定联营服务")

step = partner_services.step


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
    buyer.reads("bind-12", form.told_offline)
    expect(form.name).to_have_value(me.name)
    expect(form.email).to_have_value(me.email)
    expect(form.account).to_have_value(me.username)
    expect(form.password).to_have_value("")

    form.password.fill(me.password)
    form.save.click()

    expect(Members(buyer).table).to_contain_text(me.username)


@step("buyer", en="Add an employee", zh="添加员工", clauses=["bind-9"])
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


@step(
    "employee",
    en="Sign in at unified login",
    zh="通过统一登录链接登录",
    clauses=["bind-10", "bind-16", "bind-18"],
    afresh=True,
)
def signs_in_at_unified_login(employee: Actor, stage: Stage) -> None:
    """With the account and the password set by the administrator; a new password is demanded."""
    login = UnifiedLogin(employee).open(stage.notes.login_url)
    login.sign_in(stage.notes.login_name, stage.cast.employee.password)

    expect(NewPassword(employee).heading).to_be_visible()


@step("employee", en="Change the initial password", zh="修改初始密码", clauses=["bind-19"])
def changes_the_initial_password(employee: Actor, stage: Stage) -> None:
    """After it the member lands on the Guance product page, without signing in once more."""
    NewPassword(employee).choose(stage.cast.employee.new_password)

    expect(Start(employee).heading).to_be_visible()
