"""Locked workspaces: what can be done with them for 14 days, and that they can be unlocked."""

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from e2e.journeys.cancellation import sees_it_closed, works_again
from e2e.journeys.subscription import subscribe
from e2e.pages.guance_billing_center import BillingCenterSignIn, ChangeSettlement, UnlockWorkspace, WorkspaceManagement
from e2e.pages.guance_console import Dissolve, Lock, LockedForGood, WorkspacePage
from e2e.pages.huawei_partner_services import ExistingEnterprise, Members, Onboarding, Role
from e2e.pages.huawei_unified_login import UnifiedLogin
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Notes, Scenario
from fixtures.signing_in import enter_workspace


def look_into_workspace(employee: Actor, scenario: Scenario) -> None:
    """Sign in at Guance with the account of the registration."""
    person = scenario.personas.registration
    enter_workspace(employee, person.username, person.password)


@pytest.mark.clause("cancel-4")
@pytest.mark.after(sees_it_closed)
def test_what_is_in_a_locked_workspace_can_still_be_seen(employee: Actor, scenario: Scenario) -> None:
    look_into_workspace(employee, scenario)
    address = scenario.world.documented(employee.page.url)
    for page in ("", "dashboards", "logs", "billing", "settings"):
        assert employee.opens(f"{address}{page}") == 200
        expect(Lock(employee).unlock_now).to_be_visible()


@pytest.mark.clause("cancel-4")
@pytest.mark.after(sees_it_closed)
def test_after_14_days_the_workspace_is_locked_for_good(employee: Actor, scenario: Scenario) -> None:
    scenario.world.clock.advance(hours=14 * 24 - 1)
    look_into_workspace(employee, scenario)
    expect(Lock(employee).banner).to_contain_text("1 day left")
    address = scenario.world.documented(employee.page.url)

    scenario.world.clock.advance(hours=1)

    for page in ("", "logs", "settings"):
        assert employee.opens(f"{address}{page}") == 200
        expect(LockedForGood(employee).heading).to_be_visible()
        expect(Lock(employee).banner).to_be_hidden()
        expect(LockedForGood(employee).new_workspace).to_be_visible()


@pytest.mark.clause("cancel-4", "cancel-5")
@pytest.mark.after(sees_it_closed)
def test_after_14_days_a_workspace_cannot_be_unlocked(holder: Actor, scenario: Scenario) -> None:
    management = WorkspaceManagement(holder).open()
    management.workspace(scenario.personas.registration.workspace).unlock.click()
    dialog = UnlockWorkspace(holder)
    expect(dialog.unlock).to_be_visible()
    # The session would end before; it begins anew in another tab.
    scenario.world.clock.advance(hours=14 * 24)
    person, again = scenario.personas.registration, holder.in_another_tab()
    BillingCenterSignIn(again).open().sign_in(person.username, person.password)
    listed = WorkspaceManagement(again).open().workspace(person.workspace)
    expect(listed.state).to_have_text("Locked for good")
    expect(listed.unlock).to_be_hidden()
    expect(listed.change).to_be_hidden()

    address = scenario.world.documented(holder.page.url)
    again.opens(address)
    UnlockWorkspace(again).unlock.click()

    expect(UnlockWorkspace(again).form.refusal).to_contain_text("more than 14 days")
    assert not scenario.world.journal("guance.workspace.unlocked")


@pytest.mark.clause("cancel-5")
@pytest.mark.after(sees_it_closed)
def test_leaving_the_question_unlocks_nothing(holder: Actor, scenario: Scenario) -> None:
    management, workspace = WorkspaceManagement(holder).open(), scenario.personas.registration.workspace
    management.workspace(workspace).unlock.click()
    expect(UnlockWorkspace(holder).unlock).to_be_visible()

    UnlockWorkspace(holder).cancel.click()

    expect(management.workspace(workspace).state).to_contain_text("Locked")
    assert not scenario.world.journal("guance.workspace.unlocked")


@pytest.mark.clause("cancel-5")
@pytest.mark.after(sees_it_closed)
def test_unlocking_in_two_tabs_unlocks_once(holder: Actor, scenario: Scenario) -> None:
    tabs = [holder, holder.in_another_tab()]
    for tab in tabs:
        WorkspaceManagement(tab).open().unlock_links.click()
        expect(UnlockWorkspace(tab).unlock).to_be_visible()
    for tab in tabs:
        UnlockWorkspace(tab).unlock.click()
        expect(WorkspaceManagement(tab).notice.or_(UnlockWorkspace(tab).form.refusal)).to_be_visible()

    expect(UnlockWorkspace(tabs[1]).form.refusal).to_contain_text("not locked")
    workspace = WorkspaceManagement(holder).open().workspace(scenario.personas.registration.workspace)
    expect(workspace.settlement).to_have_text("Billing Center account")
    assert len(scenario.world.journal("guance.workspace.unlocked")) == 1


@pytest.mark.clause("cancel-5")
@pytest.mark.after(sees_it_closed)
def test_unlock_now_lets_its_owner_in_and_nobody_else(employee: Actor, visitor: Actor, scenario: Scenario) -> None:
    look_into_workspace(employee, scenario)
    addresses: list[str] = []
    employee.page.on("request", lambda request: addresses.append(request.url))
    with employee.page.expect_request("**/pass") as handed_over:
        Lock(employee).unlock_now.click()
    expect(WorkspaceManagement(employee).heading).to_be_visible()

    secret = parse_qs(handed_over.value.post_data or "")["pass"][0]
    assert not [address for address in addresses if secret in address]
    employee.page.go_back()
    expect(Lock(employee).unlock_now).to_be_visible()
    assert visitor.opens(WorkspaceManagement.URL) == 200
    expect(BillingCenterSignIn(visitor).button).to_be_visible()


@pytest.mark.clause("cancel-5")
@pytest.mark.after(sees_it_closed)
def test_a_dissolved_workspace_is_gone(holder: Actor, scenario: Scenario) -> None:
    person = scenario.personas.registration
    look_into_workspace(holder, scenario)
    address = scenario.world.documented(holder.page.url)
    Lock(holder).dissolve.click()
    expect(Dissolve(holder).cancel).to_be_focused()
    holder.page.keyboard.press("Escape")
    expect(Lock(holder).days_left).to_be_visible()

    Lock(holder).dissolve.click()
    Dissolve(holder).confirm.click()

    expect(Lock(holder).banner).to_be_hidden()
    assert holder.opens(address) == 404
    WorkspaceManagement(holder).open()
    expect(WorkspaceManagement(holder).heading).to_be_visible()
    expect(holder.page.get_by_role("main")).not_to_contain_text(person.workspace)


@pytest.mark.clause("cancel-5")
@pytest.mark.after(works_again)
def test_subscribing_and_linking_again_works(
    buyer: Actor, employee: Actor, holder: Actor, scenario: Scenario, notes: Notes
) -> None:
    workspace = scenario.personas.registration.workspace
    instance_id = subscribe(buyer)
    Onboarding(buyer).open().use_now.click()
    Role(buyer).confirm.click()
    ExistingEnterprise(buyer).use.click()
    expect(Members(buyer).row(scenario.personas.employee.name)).to_be_visible()

    WorkspaceManagement(holder).open().workspace(workspace).change.click()
    dialog = ChangeSettlement(holder)
    dialog.by_huawei.click()
    dialog.settle(notes.account_id, notes.instance_id)
    expect(dialog.form.refusal).to_contain_text("was closed on Huawei Cloud")
    dialog.settle(notes.account_id, instance_id)
    expect(WorkspaceManagement(holder).workspace(workspace).cloud_account).to_have_text(notes.account_id)

    UnifiedLogin(employee).open(notes.login_url).sign_in(notes.login_name, scenario.personas.employee.new_password)
    expect(WorkspacePage(employee).heading).to_have_text(workspace)
    expect(WorkspacePage(employee).settlement).to_have_text("Huawei Cloud account")
    expect(Lock(employee).banner).to_be_hidden()
