"""A user registers at Guance without coming from the marketplace, and lets a Huawei Cloud account pay."""

from playwright.sync_api import expect

from e2e.journeys.journey import Journey, Text
from e2e.journeys.purchase import reads_the_instance_id
from e2e.journeys.registering import fill_in_basic_information, provide_company_information
from e2e.pages.guance_billing_center import BillingCenter, BillingCenterSignIn
from e2e.pages.guance_console import Billing, GuanceSignIn, WorkspacePage
from e2e.pages.guance_registration import (
    BasicInformation,
    CommercialPlan,
    SubscriptionMethod,
    Success,
)
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario

register_at_guance = Journey(
    "register-at-guance",
    en="Registration at Guance, activated through the Huawei Cloud Market",
    zh="在观测云注册，通过华为云商店开通",
    about=Text(
        en="Somebody registers at Guance itself, and the company's Huawei Cloud account pays.",
        zh="直接在观测云注册，由企业的华为云账号付费。",
    ),
    begins_after=reads_the_instance_id,
)

step = register_at_guance.step


@step(
    "employee",
    en="Open the registration and choose a site",
    zh="打开注册页面并选择站点",
    caption=Text(
        en="Not everybody comes from the marketplace. This person registers at Guance itself, at a site where a "
        "Huawei Cloud account can pay.",
        zh="并不是所有人都从云商店进入。这里直接在观测云注册，所选站点支持由华为云账号付费。",
    ),
    clauses=["settle-11"],
    afresh=True,
)
def opens_the_registration(employee: Actor, _scenario: Scenario) -> None:
    """From the page of the documentation. The site is one where a Huawei Cloud account can pay."""
    CommercialPlan(employee).open().register.click()
    form, site = BasicInformation(employee), employee.labels("sites").cn4
    expect(form.heading).to_be_visible()

    form.site.select_option(label=site)

    expect(form.site.get_by_role("option", name=site)).to_have_js_property("selected", value=True)


@step(
    "employee",
    en="Fill in basic information",
    zh="填写基本信息",
    caption=Text(
        en="Username, password and email. The code in the mail proves that the address is this person's own.",
        zh="填写用户名、密码和邮箱，并用邮件中的验证码证明邮箱属于本人。",
    ),
)
def fills_in_the_basics(employee: Actor, scenario: Scenario) -> None:
    """The email is verified by a code."""
    fill_in_basic_information(employee, scenario)


@step(
    "employee",
    en="Provide company information",
    zh="填写企业信息",
    caption=Text(
        en="With the company's name and the agreements there is a Guance account. A workspace, and somebody who "
        "pays, are still missing.",
        zh="填写企业名称并同意协议后，观测云账号就有了，还缺工作空间和付费方。",
    ),
)
def names_the_company(employee: Actor, scenario: Scenario) -> None:
    """The end of this step is a Guance account."""
    provide_company_information(employee, scenario)


@step(
    "employee",
    en="Huawei Cloud Market Activation",
    zh="华为云商店开通",
    caption=Text(
        en="There are several ways to activate. Huawei Cloud Market Activation asks for the Account ID of whoever "
        "pays.",
        zh="开通方式有好几种。“华为云商店开通”要求填写付费方的账号 ID。",
    ),
    clauses=["settle-1"],
)
def chooses_the_huawei_cloud_market(employee: Actor, _scenario: Scenario) -> None:
    """It is one of several methods, and needs the account ID."""
    SubscriptionMethod(employee).by_huawei.click()

    method = SubscriptionMethod(employee)
    expect(method.by_huawei).to_have_attribute("aria-current", "page")
    expect(method.account_id).to_be_visible()


@step(
    "employee",
    en="Activate",
    zh="开通",
    caption=Text(
        en="Workspace name, language, Account ID and the terms. Activate creates the workspace and, along with it, "
        "a Billing Center account.",
        zh="填写工作空间名称、语言和账号 ID 并同意协议。点击“开通”后，工作空间和费用中心账号一并创建。",
    ),
    clauses=["settle-1"],
)
def activates(employee: Actor, scenario: Scenario) -> None:
    """Workspace name, workspace language, account ID and the terms."""
    method, person = SubscriptionMethod(employee), scenario.personas.registration
    method.fill_in(workspace=person.workspace, language=scenario.language, account_id=scenario.notes.account_id)
    method.activate.click()

    expect(Success(employee).heading).to_be_visible()


@step(
    "employee",
    en="Sign in and enter the workspace",
    zh="登录并进入工作空间",
    caption=Text(
        en="The new workspace opens. Its billing page shows that the buyer's Huawei Cloud account settles it.",
        zh="进入新的工作空间，账单页显示由采购人员的华为云账号结算。",
    ),
    clauses=["settle-1"],
)
def enters_the_activated_workspace(employee: Actor, scenario: Scenario) -> None:
    """The Huawei Cloud account pays for it."""
    person = scenario.personas.registration
    Success(employee).sign_in.click()
    GuanceSignIn(employee).sign_in(person.username, person.password)
    expect(WorkspacePage(employee).heading).to_have_text(person.workspace)
    WorkspacePage(employee).billing.click()

    expect(Billing(employee).account_id).to_have_text(scenario.notes.account_id)
    expect(Billing(employee).billing_center_account).to_have_text(person.username)


@step(
    "employee",
    en="Open the Billing Center",
    zh="进入费用中心",
    caption=Text(
        en="Nobody had to create the Billing Center account. It opens with the username and password of the "
        "registration.",
        zh="费用中心账号无需另行创建，用注册时的用户名和密码就能登录。",
    ),
    clauses=["settle-2"],
    afresh=True,
)
def opens_the_billing_center(employee: Actor, scenario: Scenario) -> None:
    """An account was created during the registration. It has the username and password of the first step."""
    person = scenario.personas.registration
    BillingCenterSignIn(employee).open().sign_in(person.username, person.password)

    center = BillingCenter(employee)
    expect(center.username).to_have_text(person.username)
    expect(center.email).to_have_text(person.email)
    expect(employee.page.get_by_role("main")).to_contain_text(scenario.notes.account_id)
