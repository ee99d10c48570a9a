"""No Fee Center Account: registration at Guance, step by step."""

import re

import pytest
from playwright.sync_api import expect

from e2e.journeys.partner_services import changes_the_initial_password
from e2e.journeys.start_using_guance import enters_the_workspace
from e2e.pages.guance_billing_center import BillingCenter, BillingCenterSignIn
from e2e.pages.guance_console import GuanceSignIn, WorkspacePage
from e2e.pages.guance_registration import BasicInformation, CompanyInformation, SubscriptionMethod, Success
from e2e.pages.huawei_account import ApiCredentials
from e2e.pages.mailbox import MailboxPage, MailPage
from e2e.scenario.actor import Actor
from e2e.scenario.people import RegistrationDetails
from e2e.scenario.scenario import Notes, Scenario
from fixtures.signing_in import sign_in_at_unified_login
from mock_sites.client import World

pytestmark = pytest.mark.after(changes_the_initial_password)


@pytest.fixture
def basics(employee: Actor, scenario: Scenario, notes: Notes) -> BasicInformation:
    """The first step, as the employee has come to it."""
    sign_in_at_unified_login(employee, scenario, notes)
    return BasicInformation(employee).open()


@pytest.fixture
def company(basics: BasicInformation, employee: Actor, scenario: Scenario) -> CompanyInformation:
    """The second step."""
    person = scenario.personas.registration
    basics.fill_in(person)
    basics.get_code.click()
    expect(basics.code_answer).to_contain_text(person.email)
    basics.code.fill(code_for(person, scenario.world))
    basics.next.click()
    expect(CompanyInformation(employee).heading).to_be_visible()
    return CompanyInformation(employee)


@pytest.fixture
def method(company: CompanyInformation, employee: Actor, scenario: Scenario) -> SubscriptionMethod:
    """The third step."""
    company.provide(scenario.personas.registration.company)
    expect(SubscriptionMethod(employee).heading).to_be_visible()
    return SubscriptionMethod(employee)


def code_for(person: RegistrationDetails, world: World) -> str:
    """The code that was mailed."""
    return world.mailbox.wait_for(person.email).codes[0]


@pytest.mark.clause("reg-1")
@pytest.mark.after(enters_the_workspace)
def test_registration_gives_a_guance_account_and_a_fee_center_account(employee: Actor, scenario: Scenario) -> None:
    person = scenario.personas.registration

    GuanceSignIn(employee).open().sign_in(person.username, person.password)
    expect(WorkspacePage(employee).heading).to_have_text(person.workspace)
    BillingCenterSignIn(employee).open().sign_in(person.username, person.password)
    expect(BillingCenter(employee).username).to_have_text(person.username)
    expect(BillingCenter(employee).email).to_have_text(person.email)


@pytest.mark.clause("reg-1")
@pytest.mark.after(enters_the_workspace)
def test_the_members_password_opens_neither(employee: Actor, scenario: Scenario) -> None:
    member = scenario.personas.employee

    for sign_in in (GuanceSignIn(employee), BillingCenterSignIn(employee)):
        sign_in.open().sign_in(member.account, member.new_password)
        expect(sign_in.form.refusal).to_be_visible()


@pytest.mark.clause("reg-1")
@pytest.mark.after(enters_the_workspace)
def test_the_guance_account_belongs_to_the_chosen_site_only(employee: Actor, scenario: Scenario) -> None:
    person, sign_in = scenario.personas.registration, GuanceSignIn(employee)

    sign_in.open(GuanceSignIn.CN1).sign_in(person.username, person.password)

    expect(sign_in.form.refusal).to_be_visible()
    expect(WorkspacePage(employee).workspace_id).to_be_hidden()


@pytest.mark.clause("reg-2")
def test_a_wrong_code_goes_no_further_and_what_was_typed_is_kept(
    basics: BasicInformation, scenario: Scenario, employee: Actor
) -> None:
    person = scenario.personas.registration
    basics.fill_in(person)
    basics.get_code.click()
    expect(basics.code_answer).to_contain_text(person.email)
    right = code_for(person, scenario.world)
    basics.code.fill(f"{(int(right) + 1) % 1_000_000:06}")

    basics.next.click()

    expect(basics.form.refusal).to_be_visible()
    expect(basics.code).to_be_focused()
    expect(basics.username).to_have_value(person.username)
    expect(basics.email).to_have_value(person.email)
    expect(basics.password).to_have_value("")
    expect(CompanyInformation(employee).register).to_be_hidden()


@pytest.mark.clause("reg-2")
def test_empty_fields_are_refused_one_by_one(basics: BasicInformation, employee: Actor) -> None:
    basics.email.fill("")

    basics.next.click()

    expect(basics.form.refusal).to_be_visible()
    for field in (basics.username, basics.password, basics.email, basics.code):
        expect(field).to_have_accessible_description(re.compile("Fill in this field"))
    expect(basics.username).to_be_focused()
    expect(CompanyInformation(employee).register).to_be_hidden()


@pytest.mark.clause("reg-2")
def test_two_unequal_passwords_are_refused(basics: BasicInformation, scenario: Scenario) -> None:
    basics.fill_in(scenario.personas.registration)
    basics.confirm_password.fill(scenario.personas.employee.password)

    basics.next.click()

    expect(basics.confirm_password).to_have_accessible_description(re.compile("not the same"))


@pytest.mark.clause("reg-2")
def test_the_code_is_read_in_the_mailbox(basics: BasicInformation, employee: Actor, scenario: Scenario) -> None:
    person, reader = scenario.personas.registration, employee.in_another_tab()
    basics.fill_in(person)
    expect(MailboxPage(reader).open().mails).to_have_count(0)

    basics.get_code.click()
    expect(basics.code_answer).to_contain_text(person.email)
    MailboxPage(reader).open().show_mails_to(person.email)
    MailboxPage(reader).open_latest()

    expect(MailPage(reader).code).to_have_text(code_for(person, scenario.world))


@pytest.mark.clause("reg-3")
def test_the_company_and_the_agreements_are_needed(
    company: CompanyInformation, employee: Actor, scenario: Scenario
) -> None:
    company.company.fill("")
    company.register.click()
    expect(company.company).to_be_focused()

    company.company.fill("Initech")
    company.register.click()

    expect(company.agreements).to_be_focused()
    expect(company.company).to_have_value("Initech")
    expect(SubscriptionMethod(employee).subscribe).to_be_hidden()
    assert created(scenario) == []


@pytest.mark.clause("reg-4")
def test_the_third_step_asks_for_all_it_needs(method: SubscriptionMethod, scenario: Scenario) -> None:
    method.subscribe.click()

    expect(method.form.refusal).to_be_visible()
    for field in (method.workspace_name, method.account_id):
        expect(field).to_have_accessible_description(re.compile("Fill in this field"))
    expect(method.agreements).to_have_accessible_description(re.compile("Agree"))
    assert "guance.workspace.created" not in created(scenario)


@pytest.mark.clause("reg-4")
def test_a_double_click_on_subscribe_opens_one_workspace(
    method: SubscriptionMethod, employee: Actor, scenario: Scenario, notes: Notes
) -> None:
    method.fill_in(workspace="Acme production", language="zh", account_id=notes.account_id)

    method.subscribe.dblclick()

    expect(Success(employee).heading).to_be_visible()
    assert created(scenario).count("guance.workspace.created") == 1


@pytest.mark.clause("reg-5")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_account_id_without_an_open_subscription_is_refused_and_nothing_is_created(
    method: SubscriptionMethod, second_buyer: Actor, employee: Actor, scenario: Scenario, notes: Notes
) -> None:
    second_buyer.opens(ApiCredentials.URL)
    no_subscriber = ApiCredentials(second_buyer).account_id.input_value()

    for refused in (no_subscriber, notes.instance_id, "not-an-id"):
        method.fill_in(workspace="Acme production", language="en", account_id=refused)
        method.subscribe.click()
        expect(method.form.refusal).to_contain_text(employee.labels("registration").account_id)
        expect(method.account_id).to_be_focused()
        expect(method.workspace_name).to_have_value("Acme production")

    assert "guance.workspace.created" not in created(scenario)
    assert "guance.billing-account.created" not in created(scenario)


def created(scenario: Scenario) -> list[str]:
    """What Guance created for the person who registers."""
    kinds = ("guance.account.created", "guance.billing-account.created", "guance.workspace.created")
    events = [event for event in scenario.world.journal("guance.") if event.kind in kinds]
    began = next(event.number for event in scenario.world.journal("guance.visit.began"))
    return [event.kind for event in events if event.number > began]
