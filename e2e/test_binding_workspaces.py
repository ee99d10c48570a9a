"""Bind Workspace: what is listed, bound, and refused."""

import pytest
from playwright.sync_api import expect

from e2e.journeys.existing_account_to_login import WORKSPACE
from e2e.journeys.partner_services import changes_the_initial_password
from e2e.pages.guance_binding import BindingConfirmation, BindingPage
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario
from fixtures.binding import BindAccount
from mock_sites.client import Person, World

pytestmark = pytest.mark.after(changes_the_initial_password)

BOUND = "guance.visit.workspace-bound"


@pytest.mark.clause("ws-1")
def test_the_workspaces_of_the_account_are_listed_each_with_bind(
    bind_account: BindAccount, workspace_owner: Person
) -> None:
    binding = bind_account(workspace_owner)

    expect(binding.available.get_by_role("rowheader")).to_have_count(1)
    expect(binding.bind(WORKSPACE)).to_be_visible()
    expect(binding.bound(WORKSPACE)).to_have_count(0)


@pytest.mark.clause("ws-1")
def test_no_workspace_is_listed_before_an_account_is_bound(binding: BindingPage) -> None:
    expect(binding.workspaces).to_contain_text("Bind a fee center account first.")
    expect(binding.available).to_be_hidden()


@pytest.mark.clause("ws-2")
def test_bind_asks_for_confirmation_on_a_new_page(
    bind_account: BindAccount, workspace_owner: Person, employee: Actor, scenario: Scenario
) -> None:
    binding, confirmation = bind_account(workspace_owner), BindingConfirmation(employee)

    binding.bind(WORKSPACE).click()

    expect(confirmation.heading).to_be_visible()
    expect(confirmation.details).to_contain_text(WORKSPACE)
    expect(confirmation.details).to_contain_text(workspace_owner.username)
    expect(confirmation.details).to_contain_text(scenario.notes.account_id)
    confirmation.cancel.click()
    expect(binding.bind(WORKSPACE)).to_be_visible()
    assert not scenario.world.journal(BOUND)


@pytest.mark.clause("ws-2")
def test_the_workspaces_of_others_are_not_found(
    bind_account: BindAccount, billing_only: Person, workspace_owner: Person, employee: Actor, world: World
) -> None:
    bind_account(workspace_owner).bind(WORKSPACE).click()
    expect(BindingConfirmation(employee).heading).to_be_visible()
    address = world.documented(employee.page.url)
    BindingPage(employee).open().another_account.click()
    bind_account(billing_only)

    for refused in (address, f"{BindingPage.URL}/workspaces/wksp_nonsense"):
        assert employee.opens(refused) == 404
        expect(employee.page.get_by_role("main")).not_to_contain_text(WORKSPACE)
    assert not world.journal(BOUND)


@pytest.mark.clause("ws-3")
def test_the_workspace_then_shows_as_bound(
    bind_account: BindAccount, workspace_owner: Person, employee: Actor, world: World
) -> None:
    binding = bind_account(workspace_owner)
    binding.bind(WORKSPACE).click()

    BindingConfirmation(employee).confirm.dblclick()

    expect(binding.bound(WORKSPACE)).to_be_visible()
    expect(binding.bind(WORKSPACE)).to_have_count(0)
    binding.open()
    expect(binding.bound(WORKSPACE)).to_be_visible()
    assert len(world.journal(BOUND)) == 1
