"""Create Workspace while binding: what is created and bound, and what is refused."""

import re

import pytest
from playwright.sync_api import expect

from e2e.journeys.partner_services import changes_the_initial_password
from e2e.pages.guance_binding import BindingPage, CreateWorkspace, WithAccount, WithoutAccount
from e2e.scenario.actor import Actor
from e2e.scenario.people import People, RegistrationDetails
from e2e.scenario.scenario import Scenario
from fixtures.binding import BindAccount
from mock_sites.client import Person, World

pytestmark = pytest.mark.after(changes_the_initial_password)


@pytest.fixture
def newcomer(people: People) -> RegistrationDetails:
    """Somebody who has no Guance account."""
    return people.registration(people.enterprise())


@pytest.fixture
def with_account(bind_account: BindAccount, billing_only: Person, employee: Actor) -> WithAccount:
    """Have Guance Account, after a fee center account without workspaces was bound."""
    bind_account(billing_only).create_workspace.click()
    CreateWorkspace(employee).have_account.click()
    expect(WithAccount(employee).heading).to_be_visible()
    return WithAccount(employee)


@pytest.fixture
def without_account(bind_account: BindAccount, billing_only: Person, employee: Actor) -> WithoutAccount:
    """No Guance Account, likewise."""
    bind_account(billing_only).create_workspace.click()
    CreateWorkspace(employee).no_account.click()
    expect(WithoutAccount(employee).heading).to_be_visible()
    return WithoutAccount(employee)


def verify(form: WithAccount, email: str, world: World) -> None:
    """Have a code sent to ``email``, and type it."""
    form.ask_for_code(email)
    expect(form.code_answer).to_contain_text(email)
    form.code.fill(world.mailbox.latest_code(email))


def created(world: World) -> list[str]:
    """What Guance opened since the world began."""
    kinds = ("guance.account.created", "guance.workspace.created")
    began = next(event.number for event in world.journal("guance.visit.began"))
    events = [event for event in world.journal("guance.") if event.kind in kinds]
    return [event.kind for event in events if event.number > began]


@pytest.mark.clause("ws-4", "ws-9")
def test_with_no_workspace_the_page_offers_to_create_one_in_two_ways(
    bind_account: BindAccount, billing_only: Person, employee: Actor
) -> None:
    binding, choice = bind_account(billing_only), CreateWorkspace(employee)
    expect(binding.available).to_be_hidden()

    binding.create_workspace.click()

    expect(choice.heading).to_be_visible()
    expect(choice.have_account).to_be_visible()
    expect(choice.no_account).to_be_visible()
    employee.reads("ws-9", choice.main)


@pytest.mark.clause("ws-4")
@pytest.mark.usefixtures("binding")
def test_nothing_is_created_before_an_account_is_bound(employee: Actor) -> None:
    for way in ("", "/have-account", "/no-account"):
        employee.opens(f"{CreateWorkspace.URL}{way}")
        expect(BindingPage(employee).heading).to_be_visible()
        expect(BindingPage(employee).username).to_be_visible()


@pytest.mark.clause("ws-5")
@pytest.mark.parametrize(
    "name",
    ['生产 🚀 عمل <b onclick="alert(1)">x</b> \'; DROP TABLE workspaces; --', "w" * 256],
    ids=["odd", "long"],
)
def test_a_workspace_of_any_name_is_created_for_a_guance_account_and_bound(
    with_account: WithAccount, workspace_owner: Person, employee: Actor, world: World, name: str
) -> None:
    with_account.name_it(name, "zh")
    verify(with_account, workspace_owner.email, world)

    with_account.create.dblclick()

    expect(BindingPage(employee).bound(name)).to_be_visible()
    assert created(world) == ["guance.workspace.created"]


@pytest.mark.clause("ws-5")
def test_each_field_for_people_with_an_account_is_needed(with_account: WithAccount, world: World) -> None:
    with_account.create.click()

    expect(with_account.form.refusal).to_be_visible()
    expect(with_account.workspace_name).to_be_focused()
    for field in (with_account.workspace_name, with_account.email, with_account.code):
        expect(field).to_have_accessible_description(re.compile("Fill in this field"))
    expect(with_account.agreements).to_have_accessible_description(re.compile("Agree"))
    assert created(world) == []


@pytest.mark.clause("ws-5")
def test_a_wrong_code_creates_nothing(with_account: WithAccount, workspace_owner: Person, world: World) -> None:
    with_account.name_it("Acme research", "en")
    verify(with_account, workspace_owner.email, world)
    with_account.code.fill(f"{(int(with_account.code.input_value()) + 1) % 1_000_000:06}")

    with_account.create.click()

    expect(with_account.code).to_be_focused()
    expect(with_account.form.refusal).to_be_visible()
    assert created(world) == []


@pytest.mark.clause("ws-6")
@pytest.mark.parametrize(("key", "language"), [("second-site-owner", "en"), ("billing-only", "zh")])
def test_an_email_of_no_guance_account_at_the_site_is_refused(
    with_account: WithAccount, world: World, key: str
) -> None:
    email = world.people()[key].email
    with_account.name_it("Acme research", "en")
    verify(with_account, email, world)

    with_account.create.click()

    expect(with_account.email).to_be_focused()
    expect(with_account.email).to_have_value(email)
    expect(with_account.email).to_have_accessible_description(re.compile("cn4"))
    expect(with_account.workspace_name).to_have_value("Acme research")
    assert created(world) == []


@pytest.mark.clause("ws-7")
def test_a_guance_account_and_a_workspace_are_created_and_bound(
    without_account: WithoutAccount, newcomer: RegistrationDetails, employee: Actor, world: World
) -> None:
    without_account.name_it("Initech research", "en")
    without_account.introduce(newcomer)
    without_account.phone.fill(newcomer.phone)
    verify(without_account, newcomer.email, world)

    without_account.create.dblclick()

    expect(BindingPage(employee).heading).to_be_visible()
    expect(BindingPage(employee).bound("Initech research")).to_be_visible()
    assert created(world) == ["guance.account.created", "guance.workspace.created"]


@pytest.mark.clause("ws-7")
def test_each_field_for_newcomers_but_the_phone_is_needed(without_account: WithoutAccount, world: World) -> None:
    form = without_account

    form.create.click()

    expect(form.form.refusal).to_be_visible()
    for field in (form.workspace_name, form.username, form.password, form.email, form.code):
        expect(field).to_have_accessible_description(re.compile("Fill in this field"))
    expect(form.phone).not_to_have_accessible_description(re.compile("."))
    assert created(world) == []


@pytest.mark.clause("ws-8")
def test_unequal_passwords_and_missing_terms_are_refused_and_what_was_typed_is_kept(
    without_account: WithoutAccount, newcomer: RegistrationDetails, scenario: Scenario
) -> None:
    form = without_account
    form.name_it("Initech research", "zh")
    form.introduce(newcomer)
    form.confirm_password.fill(scenario.personas.employee.password)
    form.agreements.uncheck()
    verify(form, newcomer.email, scenario.world)

    form.create.click()

    expect(form.form.refusal).to_be_visible()
    for field in (form.confirm_password, form.agreements):
        expect(field).to_have_accessible_description(re.compile("."))
    expect(form.confirm_password).to_be_focused()
    expect(form.phone).to_have_value("")
    for field, typed in (
        (form.workspace_name, "Initech research"),
        (form.username, newcomer.username),
        (form.email, newcomer.email),
        (form.password, ""),
        (form.confirm_password, ""),
    ):
        expect(field).to_have_value(typed)
    expect(form.languages.get_by_role("radio", checked=True)).to_have_value("zh")
    assert created(scenario.world) == []


@pytest.mark.clause("ws-8")
@pytest.mark.parametrize("language", ["zh"])
def test_what_is_wrong_is_refused_field_by_field_and_the_phone_may_stay_empty(
    without_account: WithoutAccount,
    newcomer: RegistrationDetails,
    workspace_owner: Person,
    employee: Actor,
    world: World,
) -> None:
    form = without_account
    form.name_it("Initech research", "en")
    form.introduce(newcomer)
    form.confirm_password.fill(newcomer.username)
    form.agreements.uncheck()
    form.create.click()
    for field, reason in ((form.confirm_password, "两次输入的密码不一致"), (form.agreements, "同意")):
        expect(field).to_have_accessible_description(re.compile(reason))
    expect(form.workspace_name).to_have_value("Initech research")

    form.introduce(newcomer)
    form.agreements.check()
    verify(form, workspace_owner.email, world)
    form.create.click()
    expect(form.email).to_be_focused()
    expect(form.email).to_have_accessible_description(re.compile("."))
    expect(form.username).to_have_value(newcomer.username)
    assert created(world) == []

    form.introduce(newcomer)
    form.agreements.check()
    verify(form, newcomer.email, world)
    form.create.click()

    expect(BindingPage(employee).bound("Initech research")).to_be_visible()


@pytest.mark.clause("ws-8")
def test_a_taken_username_is_refused(
    without_account: WithoutAccount, newcomer: RegistrationDetails, workspace_owner: Person, world: World
) -> None:
    form = without_account
    form.name_it("Initech research", "en")
    form.introduce(newcomer)
    form.username.fill(workspace_owner.username)
    verify(form, newcomer.email, world)

    form.create.click()

    expect(form.username).to_be_focused()
    expect(form.username).to_have_accessible_description(re.compile("taken"))
    assert created(world) == []
