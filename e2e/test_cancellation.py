"""Canceling the subscription on Huawei Cloud, and what it does to workspaces."""

import pytest
from playwright.sync_api import expect

from e2e.journeys import cancellation
from e2e.journeys.cancellation import sees_it_closed
from e2e.journeys.change_settlement import COLLEAGUES_WORKSPACE, looks_who_pays
from e2e.journeys.partner_services import changes_the_initial_password
from e2e.journeys.purchase import finds_the_purchased_service
from e2e.journeys.start_using_guance import looks_into_billing
from e2e.journeys.subscription import close_resource, read_account_id, subscribe
from e2e.pages.guance_billing_center import ChangeSettlement, CloudAccounts, WorkspaceManagement
from e2e.pages.guance_console import GuanceSignIn, Lock, WorkspacePage
from e2e.pages.guance_start import Start
from e2e.pages.huawei_buyer_center import CloseResource, PurchasedServices, ResourceDetails
from e2e.pages.huawei_unified_login import UnifiedLogin
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Notes, Scenario
from fixtures.accessibility import Inspector
from fixtures.play import Play
from fixtures.signing_in import enter_workspace
from mock_sites.client import World

OTHERS_WORKSPACE = "northwind-prod"
"""The ready-made workspace of somebody who has nothing to do with the buyer."""


@pytest.mark.clause("cancel-1", "cancel-2", "cancel-3", "cancel-4", "cancel-5")
@pytest.mark.plays(cancellation)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_subscription_is_cancelled_and_its_workspace_unlocked(play: Play, inspector: Inspector, world: World) -> None:
    play(cancellation, inspector)

    assert inspector.found == []
    assert {call.protocol for call in world.seller_center.calls()} == {"v2"}


@pytest.mark.clause("cancel-1", "cancel-2")
@pytest.mark.after(finds_the_purchased_service)
def test_leaving_the_dialog_closes_nothing(buyer: Actor, world: World) -> None:
    services, dialog = PurchasedServices(buyer).open(), CloseResource(buyer)
    services.click_close_resource(services.in_use)
    expect(dialog.cancel).to_be_focused()

    buyer.page.keyboard.press("Escape")

    expect(dialog.dialog).to_be_hidden()
    expect(services.in_use).to_have_count(1)
    assert not world.journal("huawei.resource")


@pytest.mark.clause("cancel-1")
@pytest.mark.after(finds_the_purchased_service)
def test_nobody_else_can_close_a_resource(buyer: Actor, second_buyer: Actor, world: World) -> None:
    services = PurchasedServices(buyer).open()
    services.click_close_resource(services.in_use)
    expect(CloseResource(buyer).dialog).to_be_visible()

    assert second_buyer.opens(world.documented(buyer.page.url)) == 404

    expect(CloseResource(second_buyer).close_resource).to_be_hidden()
    assert not world.journal("huawei.resource")


@pytest.mark.clause("cancel-3")
@pytest.mark.after(finds_the_purchased_service)
def test_a_closed_resource_stays_in_the_list_and_cannot_be_closed_again(buyer: Actor) -> None:
    close_resource(buyer)

    services = PurchasedServices(buyer)
    expect(services.closed).to_have_count(1)
    expect(services.more(services.closed)).to_be_hidden()
    services.open_details(services.closed)
    expect(ResourceDetails(buyer).basic_information).to_contain_text("Closed")


@pytest.mark.clause("cancel-2", "cancel-3")
@pytest.mark.after(looks_into_billing)
def test_closing_in_two_tabs_closes_once(buyer: Actor, world: World) -> None:
    tabs = [buyer, buyer.in_another_tab()]
    for tab in tabs:
        services = PurchasedServices(tab).open()
        services.click_close_resource(services.in_use)
        expect(CloseResource(tab).dialog).to_be_visible()
    first, second = (CloseResource(tab) for tab in tabs)

    first.close_resource.click()
    expect(PurchasedServices(tabs[0]).closing).to_be_visible()
    second.close_resource.click()
    expect(second.form.refusal).to_contain_text("being closed already")

    world.clock.advance(seconds=5)
    tabs[1].page.goto(tabs[1].page.url)
    expect(second.form.refusal).to_contain_text("closed already")
    expect(second.close_resource).to_be_hidden()
    for kind in ("huawei.resource.closing", "huawei.resource.closed", "guance.subscription.closed"):
        assert len(world.journal(kind)) == 1, kind
    assert len(world.journal("guance.workspace.locked")) == 1


@pytest.fixture
def other_customer(second_buyer: Actor, other_holder: Actor) -> str:
    """Another company, whose workspace is settled by a Huawei Cloud account of its own; the ID of that."""
    instance_id, account_id = subscribe(second_buyer), read_account_id(second_buyer)
    WorkspaceManagement(other_holder).open().workspace(OTHERS_WORKSPACE).change.click()
    dialog = ChangeSettlement(other_holder)
    dialog.by_huawei.click()
    dialog.settle(account_id, instance_id)
    expect(WorkspaceManagement(other_holder).workspace(OTHERS_WORKSPACE).cloud_account).to_have_text(account_id)
    return account_id


@pytest.mark.clause("cancel-4")
@pytest.mark.after(looks_who_pays)
def test_every_workspace_of_the_account_is_locked_on_every_site_and_no_other(
    buyer: Actor, second_buyer: Actor, holder: Actor, other_holder: Actor, other_customer: str, scenario: Scenario
) -> None:
    world, mine, me = scenario.world, scenario.personas.registration, scenario.personas.colleague
    other = world.people()["workspace-owner"]
    close_resource(buyer)

    expect(PurchasedServices(buyer).closed).to_have_count(1)
    expect(PurchasedServices(second_buyer).open().in_use).to_have_count(1)

    management = WorkspaceManagement(holder).open()
    for name in (mine.workspace, COLLEAGUES_WORKSPACE):
        expect(management.workspace(name).state).to_contain_text("Locked")
        expect(management.workspace(name).cloud_account).to_have_text("-")
    expect(CloudAccounts(holder).open().main).not_to_contain_text(scenario.notes.account_id)
    others = WorkspaceManagement(other_holder).open().workspace(OTHERS_WORKSPACE)
    expect(others.state).to_have_text("Normal")
    expect(others.cloud_account).to_have_text(other_customer)

    enter_workspace(scenario.employee, mine.username, mine.password)
    expect(Lock(scenario.employee).days_left).to_be_visible()
    enter_workspace(scenario.colleague, me.username, me.password, site=GuanceSignIn.CN1)
    expect(Lock(scenario.colleague).days_left).to_be_visible()
    enter_workspace(other_holder, other.username, other.password)
    expect(WorkspacePage(other_holder).settlement).to_have_text("Huawei Cloud account")
    expect(Lock(other_holder).banner).to_be_hidden()

    assert lock_mails(world, mine.email) == sorted((mine.workspace, COLLEAGUES_WORKSPACE))
    assert lock_mails(world, me.email) == [COLLEAGUES_WORKSPACE]
    assert lock_mails(world, other.email) == []
    assert sorted(event.details["site"] for event in world.journal("guance.workspace.locked")) == ["cn1", "cn4"]
    (closed,) = world.journal("guance.subscription.closed")
    assert closed.details["huawei_account"] == scenario.notes.account_id


def lock_mails(world: World, email: str) -> list[str]:
    """The workspaces about whose lock a mail was sent."""
    begin, end = "Your Guance workspace ", " has been locked"
    subjects: list[str] = [mail.subject for mail in world.mailbox.mails(email)]
    return sorted(subject.removeprefix(begin).removesuffix(end) for subject in subjects if subject.endswith(end))


@pytest.mark.after(sees_it_closed)
def test_nobody_logs_in_by_a_closed_subscription(employee: Actor, scenario: Scenario, notes: Notes) -> None:
    login = UnifiedLogin(employee).open(notes.login_url)

    login.sign_in(notes.login_name, scenario.personas.employee.new_password)

    expect(login.form.refusal).to_contain_text("has closed this service")
    expect(Start(employee).heading).to_be_hidden()


@pytest.mark.after(changes_the_initial_password)
def test_a_subscription_that_is_closed_while_a_member_is_binding_binds_nothing(
    buyer: Actor, employee: Actor, scenario: Scenario, notes: Notes
) -> None:
    UnifiedLogin(employee).open(notes.login_url).sign_in(notes.login_name, scenario.personas.employee.new_password)
    start = Start(employee)
    start.existing_account.check()
    close_resource(buyer)

    start.next.click()

    expect(employee.page.get_by_role("heading", level=1)).to_have_text("The Subscription Is Closed")
    expect(start.next).to_be_hidden()
    assert not scenario.world.journal("guance.cloud-account")
