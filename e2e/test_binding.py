"""Existing Fee Center Account: binding it, and what the last Confirm does."""

import pytest
from playwright.sync_api import expect

from e2e.journeys.existing_account_to_login import WORKSPACE
from e2e.journeys.partner_services import changes_the_initial_password
from e2e.pages.guance_binding import BindingConfirmation, BindingPage, CreateWorkspace, WithAccount
from e2e.pages.guance_console import Billing, GuanceSignIn, WorkspacePage
from e2e.pages.guance_registration import BasicInformation
from e2e.pages.guance_start import Start
from e2e.pages.huawei_unified_login import UnifiedLogin
from e2e.scenario.actor import Actor
from e2e.scenario.people import People
from e2e.scenario.scenario import Notes, Scenario
from fixtures.binding import BindAccount
from mock_sites.client import Person, World

pytestmark = pytest.mark.after(changes_the_initial_password)

ACCOUNT_BOUND = "guance.visit.fee-center-account-bound"
SETTLEMENT_CHANGED = "guance.settlement.changed"
CONFIRMED = "guance.visit.confirmed"


def bind_workspace(employee: Actor) -> None:
    """Bind the owner's workspace, without the last Confirm."""
    BindingPage(employee).bind(WORKSPACE).click()
    BindingConfirmation(employee).confirm.click()
    expect(BindingPage(employee).bound(WORKSPACE)).to_be_visible()


@pytest.mark.clause("link-1")
def test_next_leads_straight_to_the_binding_page(start: Start, employee: Actor, scenario: Scenario) -> None:
    start.existing_account.check()
    start.next.click()

    binding = BindingPage(employee)
    expect(employee.page).to_have_url(scenario.world.local(BindingPage.URL))
    expect(binding.username).to_be_visible()
    expect(BasicInformation(employee).email).to_be_hidden()


@pytest.mark.clause("link-1")
def test_without_a_visit_from_huawei_cloud_the_binding_page_is_refused(visitor: Actor) -> None:
    for address in (BindingPage.URL, CreateWorkspace.URL, f"{BindingPage.URL}/workspaces/wksp_1"):
        assert visitor.opens(address) == 403
        expect(visitor.page.get_by_role("alert")).to_be_visible()


@pytest.mark.clause("link-2")
@pytest.mark.parametrize("language", ["zh"])
def test_the_site_plays_no_part_in_binding(
    bind_account: BindAccount, workspace_owner: Person, employee: Actor, scenario: Scenario
) -> None:
    binding, sites = bind_account(workspace_owner), employee.labels("sites")
    expect(binding.site_picker).to_contain_text(sites.cn4)
    employee.reads("link-2", employee.page.get_by_role("main"))

    binding.pick_site(sites.za1)

    expect(binding.site_picker).to_contain_text(sites.za1)
    expect(binding.account).to_contain_text(workspace_owner.username)
    bind_workspace(employee)
    binding.confirm.click()
    expect(GuanceSignIn(employee).heading).to_be_visible()
    expect(employee.page.get_by_role("main")).to_contain_text(sites.cn4)
    assert scenario.world.documented(employee.page.url).startswith(GuanceSignIn.CN4)


@pytest.mark.clause("link-2")
def test_the_site_of_a_workspace_is_picked_before_it_is_created_and_cannot_be_changed_on_the_way(
    bind_account: BindAccount, billing_only: Person, employee: Actor
) -> None:
    binding, za1 = bind_account(billing_only), employee.labels("sites").za1
    employee.reads("link-2", employee.page.get_by_role("main"))
    binding.pick_site(za1)
    binding.create_workspace.click()
    CreateWorkspace(employee).have_account.click()

    form = WithAccount(employee)
    expect(form.site).to_contain_text(za1)
    expect(form.site).to_contain_text("cannot be changed")
    expect(form.site.get_by_role("combobox")).to_have_count(0)
    expect(binding.site_picker).to_be_hidden()


@pytest.mark.clause("link-3")
def test_the_code_in_the_holders_mail_binds_the_account(
    binding: BindingPage, workspace_owner: Person, scenario: Scenario
) -> None:
    binding.ask_for_code(workspace_owner.username)
    expect(binding.code_answer).not_to_be_empty()
    assert scenario.world.mailbox.mails(scenario.personas.employee.email) == []
    binding.code.fill(scenario.world.mailbox.latest_code(workspace_owner.email))

    binding.bind_account.click()

    expect(binding.account).to_contain_text(workspace_owner.username)
    expect(binding.username).to_be_hidden()
    assert len(scenario.world.journal(ACCOUNT_BOUND)) == 1


@pytest.mark.clause("link-3")
def test_another_fee_center_account_may_be_taken_instead(
    bind_account: BindAccount, workspace_owner: Person, billing_only: Person, employee: Actor
) -> None:
    binding = bind_account(workspace_owner)
    bind_workspace(employee)

    binding.another_account.click()
    expect(binding.username).to_be_visible()
    bind_account(billing_only)

    expect(binding.account).to_contain_text(billing_only.username)
    expect(binding.workspaces).not_to_contain_text(WORKSPACE)
    binding.confirm.click()
    expect(binding.form.refusal).to_be_visible()


@pytest.mark.clause("link-4")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wrong_and_an_expired_code_bind_nothing(
    binding: BindingPage, workspace_owner: Person, world: World, employee: Actor
) -> None:
    binding.ask_for_code(workspace_owner.username)
    expect(binding.code_answer).not_to_be_empty()
    right = world.mailbox.latest_code(workspace_owner.email)

    binding.code.fill(f"{(int(right) + 1) % 1_000_000:06}")
    binding.bind_account.click()

    expect(binding.form.refusal).to_be_visible()
    expect(binding.code).to_be_focused()
    expect(binding.username).to_have_value(workspace_owner.username)
    world.clock.advance(minutes=5)
    binding.open().enter(workspace_owner.username, right)
    expect(binding.form.refusal).to_be_visible()
    expect(binding.create_workspace).to_be_hidden()
    expect(employee.page.get_by_role("main")).not_to_contain_text(WORKSPACE)
    assert not world.journal(ACCOUNT_BOUND)


@pytest.mark.clause("link-4")
def test_a_used_code_binds_nothing_once_more(bind_account: BindAccount, workspace_owner: Person, world: World) -> None:
    binding = bind_account(workspace_owner)
    binding.another_account.click()

    binding.enter(workspace_owner.username, world.mailbox.latest_code(workspace_owner.email))

    expect(binding.form.refusal).to_contain_text("not valid any more")
    assert len(world.journal(ACCOUNT_BOUND)) == 1


@pytest.mark.clause("link-4")
def test_the_code_of_another_account_binds_nothing(
    binding: BindingPage, workspace_owner: Person, billing_only: Person, world: World
) -> None:
    for holder in (workspace_owner, billing_only):
        binding.open().ask_for_code(holder.username)
        expect(binding.code_answer).not_to_be_empty()
    binding.code.fill(world.mailbox.latest_code(workspace_owner.email))

    binding.bind_account.click()

    expect(binding.form.refusal).to_contain_text("wrong")
    assert not world.journal(ACCOUNT_BOUND)


@pytest.mark.clause("link-4")
def test_an_unknown_username_reveals_nothing_to_an_outsider(
    binding: BindingPage, workspace_owner: Person, people: People, world: World
) -> None:
    answers: list[tuple[str, str, str]] = []
    for username in (workspace_owner.username, people.registration(people.enterprise()).username):
        binding.open().ask_for_code(username)
        expect(binding.code_answer).not_to_be_empty()
        sent = binding.code_answer.inner_text()
        binding.get_code.click()
        expect(binding.code_answer).to_contain_text("60 seconds")
        binding.code.fill("000000")
        binding.bind_account.click()
        expect(binding.form.refusal).to_be_visible()
        answers.append((sent, "60 seconds", binding.form.refusal.inner_text()))

    assert answers[0] == answers[1]
    assert workspace_owner.email not in "".join(answers[0])
    assert len(world.mailbox.mails()) == len(world.mailbox.mails(workspace_owner.email)) == 1
    assert not world.journal(ACCOUNT_BOUND)


@pytest.mark.clause("link-4")
def test_a_code_is_guessed_at_five_times_at_most(
    binding: BindingPage, workspace_owner: Person, employee: Actor, world: World
) -> None:
    binding.ask_for_code(workspace_owner.username)
    expect(binding.code_answer).not_to_be_empty()
    right = world.mailbox.latest_code(workspace_owner.email)
    for guess in range(1, 6):
        with employee.waits_for_next_page():
            binding.enter(workspace_owner.username, f"{(int(right) + guess) % 1_000_000:06}")
        expect(binding.form.refusal).to_be_visible()

    binding.enter(workspace_owner.username, right)

    expect(binding.form.refusal).to_contain_text("not valid any more")
    assert not world.journal(ACCOUNT_BOUND)


@pytest.mark.clause("live-1")
def test_confirm_leads_to_the_login_page_and_username_and_password_open_the_workspace(
    bind_account: BindAccount, workspace_owner: Person, employee: Actor, scenario: Scenario, notes: Notes
) -> None:
    bind_account(workspace_owner)
    bind_workspace(employee)
    assert not scenario.world.journal(SETTLEMENT_CHANGED)

    BindingPage(employee).confirm.click()

    sign_in = GuanceSignIn(employee)
    expect(employee.page.get_by_role("main").get_by_role("status")).to_contain_text(WORKSPACE)
    sign_in.sign_in(scenario.personas.employee.account, scenario.personas.employee.new_password)
    expect(sign_in.form.refusal).to_be_visible()
    sign_in.sign_in(workspace_owner.username, workspace_owner.password)
    expect(WorkspacePage(employee).heading).to_have_text(WORKSPACE)
    WorkspacePage(employee).billing.click()
    expect(Billing(employee).account_id).to_have_text(notes.account_id)
    assert len(scenario.world.journal(CONFIRMED)) == 1


@pytest.mark.clause("live-1")
def test_a_double_click_on_confirm_takes_effect_once(
    bind_account: BindAccount, workspace_owner: Person, employee: Actor, scenario: Scenario
) -> None:
    bind_account(workspace_owner)
    bind_workspace(employee)

    BindingPage(employee).confirm.dblclick()

    expect(GuanceSignIn(employee).heading).to_be_visible()
    assert len(scenario.world.journal(CONFIRMED)) == 1


@pytest.mark.clause("start-1", "live-1")
def test_once_bound_each_member_is_signed_in_straight_away(
    bind_account: BindAccount, workspace_owner: Person, employee: Actor, scenario: Scenario, notes: Notes
) -> None:
    bind_account(workspace_owner)
    bind_workspace(employee)
    BindingPage(employee).confirm.click()
    expect(GuanceSignIn(employee).heading).to_be_visible()
    employee.context.clear_cookies()

    UnifiedLogin(employee).open(notes.login_url).sign_in(notes.login_name, scenario.personas.employee.new_password)

    expect(WorkspacePage(employee).heading).to_have_text(WORKSPACE)


@pytest.mark.clause("live-2")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_confirm_is_not_possible_while_nothing_is_bound(
    bind_account: BindAccount, binding: BindingPage, workspace_owner: Person, scenario: Scenario
) -> None:
    binding.confirm.click()
    expect(binding.form.refusal).to_be_visible()
    bind_account(workspace_owner)

    binding.confirm.click()

    expect(binding.form.refusal).to_be_visible()
    expect(binding.heading).to_be_visible()
    expect(binding.workspace(WORKSPACE)).to_be_visible()
    assert not scenario.world.journal(CONFIRMED)
    assert not scenario.world.journal(SETTLEMENT_CHANGED)


@pytest.mark.clause("start-1")
def test_a_binding_that_is_left_half_done_has_no_effect(
    bind_account: BindAccount, workspace_owner: Person, employee: Actor, scenario: Scenario, notes: Notes
) -> None:
    bind_account(workspace_owner)
    bind_workspace(employee)
    employee.context.clear_cookies()

    UnifiedLogin(employee).open(notes.login_url).sign_in(notes.login_name, scenario.personas.employee.new_password)

    expect(Start(employee).heading).to_be_visible()
    assert not scenario.world.journal(SETTLEMENT_CHANGED)
