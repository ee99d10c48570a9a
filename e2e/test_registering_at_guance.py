"""Registration at the Guance site, for somebody who does not come from the marketplace."""

import re

import pytest
from playwright.sync_api import expect

from e2e.journeys.purchase import reads_the_instance_id
from e2e.journeys.register_at_guance import enters_the_activated_workspace
from e2e.journeys.usage_to_bill import installs_datakit
from e2e.pages.guance_billing_center import BillingCenter, BillingCenterSignIn, Bills, Rail
from e2e.pages.guance_console import Billing, GuanceSignIn, WorkspacePage
from e2e.pages.guance_password import ChangePassword
from e2e.pages.guance_registration import (
    BasicInformation,
    CompanyInformation,
    CreateAWorkspace,
    SubscriptionMethod,
    Success,
)
from e2e.pages.huawei_marketplace import ProductPage
from e2e.scenario.actor import Actor
from e2e.scenario.people import People, RegistrationDetails
from e2e.scenario.scenario import Notes, Scenario
from mock_sites.client import World

pytestmark = pytest.mark.after(reads_the_instance_id)


@pytest.fixture
def person(people: People) -> RegistrationDetails:
    """Who registers."""
    return people.registration(people.enterprise())


@pytest.fixture
def method(employee: Actor, person: RegistrationDetails, world: World) -> SubscriptionMethod:
    """The third step, at the site cn4."""
    basics = BasicInformation(employee).open()
    basics.site.select_option("cn4")
    basics.fill_in(person)
    basics.get_code.click()
    expect(basics.code_answer).to_contain_text(person.email)
    basics.code.fill(world.mailbox.latest_code(person.email))
    basics.next.click()
    CompanyInformation(employee).provide(person.company)
    expect(SubscriptionMethod(employee).heading).to_be_visible()
    return SubscriptionMethod(employee)


def created(world: World) -> list[str]:
    """What Guance opened for who registers."""
    kinds = ("guance.account.created", "guance.billing-account.created", "guance.workspace.created")
    began = next(event.number for event in world.journal("guance.registration.basics"))
    events = [event for event in world.journal("guance.") if event.kind in kinds]
    return [event.kind for event in events if event.number > began]


@pytest.mark.clause("settle-1")
def test_the_huawei_cloud_market_activates_with_name_language_account_id_and_terms(
    method: SubscriptionMethod, person: RegistrationDetails, employee: Actor, world: World, notes: Notes
) -> None:
    method.by_huawei.click()
    method.fill_in(workspace=person.workspace, language="zh", account_id=notes.account_id)

    method.activate.dblclick()

    expect(Success(employee).heading).to_be_visible()
    expect(Success(employee).details).to_contain_text(notes.account_id)
    assert created(world) == [
        "guance.account.created",
        "guance.billing-account.created",
        "guance.workspace.created",
    ]


@pytest.mark.clause("settle-1", "settle-8", "settle-9")
@pytest.mark.parametrize(
    ("language", "fill_in", "agree"), [("en", "Fill in this field", "Agree"), ("zh", "请填写", "同意")]
)
def test_the_huawei_cloud_market_asks_for_a_subscription_its_account_id_and_the_terms(
    method: SubscriptionMethod,
    person: RegistrationDetails,
    employee: Actor,
    world: World,
    notes: Notes,
    fill_in: str,
    agree: str,
) -> None:
    method.by_huawei.click()
    with employee.context.expect_page() as opened:
        method.activate_first.click()
    expect(ProductPage(employee.at(opened.value)).heading).to_be_visible()
    opened.value.close()

    method.activate.click()

    expect(method.form.refusal).to_be_visible()
    for field in (method.workspace_name, method.account_id):
        expect(field).to_have_accessible_description(re.compile(fill_in))
    expect(method.agreements).to_have_accessible_description(re.compile(agree))
    for refused in (notes.instance_id, "f" * 32):
        method.fill_in(workspace=person.workspace, language="en", account_id=refused)
        method.activate.click()
        expect(method.account_id).to_be_focused()
        expect(method.account_id).to_have_value(refused.lower())
        expect(method.form.refusal).to_be_visible()
    method.fill_in(workspace=person.workspace, language="en", account_id=notes.account_id)
    method.agreements.uncheck()
    method.activate.click()
    expect(method.agreements).to_be_focused()
    expect(method.agreements).to_have_accessible_description(re.compile(agree))
    assert created(world) == ["guance.account.created"]


def test_direct_activation_is_settled_by_the_billing_center_account(
    method: SubscriptionMethod, person: RegistrationDetails, employee: Actor
) -> None:
    method.by_guance.click()
    expect(method.account_id).to_be_hidden()
    method.name_it(person.workspace, "en")
    method.activate.click()

    Success(employee).sign_in.click()
    GuanceSignIn(employee).sign_in(person.username, person.password)
    expect(WorkspacePage(employee).heading).to_have_text(person.workspace)
    WorkspacePage(employee).billing.click()
    expect(Billing(employee).billing_center_account).to_have_text(person.username)
    expect(Billing(employee).account_id).to_have_count(0)


def test_other_clouds_say_in_plain_words_that_they_activate_nothing(method: SubscriptionMethod, world: World) -> None:
    method.by_aws.click()

    expect(method.by_aws).to_have_attribute("aria-current", "page")
    expect(method.main).to_contain_text("cannot be activated through this cloud")
    expect(method.activate).to_have_count(0)
    assert created(world) == ["guance.account.created"]


@pytest.mark.usefixtures("method")
def test_a_user_who_stopped_before_the_third_step_finds_create_a_workspace_at_the_next_login(
    person: RegistrationDetails, employee: Actor
) -> None:
    employee.context.clear_cookies()
    GuanceSignIn(employee).open().sign_in(person.username, person.password)

    choice = CreateAWorkspace(employee)
    expect(choice.heading).to_be_visible()
    choice.by_guance.check()
    choice.next.click()
    last = SubscriptionMethod(employee)
    last.name_it(person.workspace, "en")
    last.activate.click()
    expect(Success(employee).heading).to_be_visible()


@pytest.mark.clause("settle-2", "settle-10")
@pytest.mark.after(enters_the_activated_workspace)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_billing_center_shows_bills_and_a_new_password_on_either_side_leaves_the_other_alone(
    employee: Actor, scenario: Scenario, people: People
) -> None:
    person, in_billing, in_console = scenario.personas.registration, people.password(), people.password()
    billing, console, password = BillingCenterSignIn(employee), GuanceSignIn(employee), ChangePassword(employee)

    installs_datakit.play(scenario)
    employee.context.clear_cookies()
    scenario.world.clock.advance(hours=24)
    billing.open().sign_in(person.username, person.password)
    expect(BillingCenter(employee).username).to_have_text(person.username)
    expect(BillingCenter(employee).email).to_have_text(person.email)
    Rail(employee).bill_management.click()
    bills = Bills(employee)
    bills.view.first.click()
    expect(bills.details).to_contain_text(person.workspace)
    password.open(ChangePassword.BILLING_CENTER).change(person.password, in_billing)
    expect(password.notice).to_be_visible()
    console.open().sign_in(person.username, person.password)
    expect(WorkspacePage(employee).heading).to_have_text(person.workspace)
    password.open(ChangePassword.CN4).change(person.password, in_console)
    expect(password.notice).to_be_visible()
    employee.context.clear_cookies()

    billing.open().sign_in(person.username, in_console)
    expect(billing.form.refusal).to_be_visible()
    billing.sign_in(person.username, in_billing)
    expect(BillingCenter(employee).username).to_have_text(person.username)
    console.open().sign_in(person.username, in_billing)
    expect(console.form.refusal).to_be_visible()
    console.sign_in(person.username, in_console)
    expect(WorkspacePage(employee).heading).to_have_text(person.workspace)
