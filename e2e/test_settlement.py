"""Changing the settlement method in the billing center, and who may not."""

import pytest
from playwright.sync_api import expect

from e2e.journeys import change_settlement
from e2e.journeys.change_settlement import (
    COLLEAGUES_WORKSPACE,
    binds_the_other_workspace,
    switches_on_any_settlement,
)
from e2e.journeys.purchase import reads_the_instance_id
from e2e.journeys.start_using_guance import looks_into_billing
from e2e.journeys.subscription import close_resource
from e2e.pages.guance_billing_center import (
    BindWorkspace,
    ChangeSettlement,
    ManagedWorkspace,
    UnlockWorkspace,
    WorkspaceManagement,
)
from e2e.scenario.actor import Actor
from e2e.scenario.people import People
from e2e.scenario.scenario import Notes, Scenario
from fixtures.accessibility import Inspector
from fixtures.play import Play
from mock_sites.client import World

OTHERS_WORKSPACE = "northwind-prod"
"""The ready-made workspace of the other holder, at Huawei Cloud's site."""


def change(holder: Actor, workspace: str) -> ChangeSettlement:
    """Workspace Management > the workspace > Change."""
    WorkspaceManagement(holder).open().workspace(workspace).change.click()
    dialog = ChangeSettlement(holder)
    expect(dialog.dialog).to_be_visible()
    return dialog


def listed(holder: Actor, workspace: str) -> ManagedWorkspace:
    """How the workspace is listed in the billing center."""
    return WorkspaceManagement(holder).open().workspace(workspace)


@pytest.mark.clause("settle-3", "settle-4", "settle-6")
@pytest.mark.plays(change_settlement)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_account_settles_a_second_workspace_on_another_site(play: Play, inspector: Inspector) -> None:
    play(change_settlement, inspector)

    assert inspector.found == []


@pytest.mark.clause("settle-3")
def test_leaving_the_dialog_changes_nothing(other_holder: Actor, world: World) -> None:
    dialog = change(other_holder, OTHERS_WORKSPACE)
    dialog.by_huawei.click()
    expect(dialog.account_id).to_be_focused()

    other_holder.page.keyboard.press("Escape")

    expect(dialog.dialog).to_be_hidden()
    expect(WorkspaceManagement(other_holder).heading).to_be_visible()
    assert not world.journal("guance.settlement")


@pytest.mark.clause("settle-4")
@pytest.mark.after(reads_the_instance_id)
def test_blanks_around_the_ids_do_not_matter(other_holder: Actor, notes: Notes) -> None:
    dialog = change(other_holder, OTHERS_WORKSPACE)
    dialog.by_huawei.click()

    dialog.settle(f"  {notes.account_id} ", f"\t{notes.instance_id}  ")

    workspace = listed(other_holder, OTHERS_WORKSPACE)
    expect(workspace.settlement).to_have_text("Huawei Cloud account")
    expect(workspace.cloud_account).to_have_text(notes.account_id)


@pytest.mark.clause("settle-5")
@pytest.mark.after(reads_the_instance_id)
def test_ids_that_are_not_one_open_subscription_are_refused(other_holder: Actor, notes: Notes, world: World) -> None:
    dialog = change(other_holder, OTHERS_WORKSPACE)
    dialog.by_huawei.click()
    for account_id, instance_id in (
        ("", ""),
        ("{account}", ""),
        ("", "{instance}"),
        ("hw_liwei", "{instance}"),
        ("{instance}", "{account}"),
        ("0123456789abcdef0123456789abcdef", "{instance}"),
        ("{account}", "0123456789abcdef0123456789abcdef"),
        ("{account}", "'; DROP TABLE subscriptions; -- <b>\N{ROCKET}\N{RIGHT-TO-LEFT OVERRIDE}</b>"),
        ("{account}", "x" * 128),
        ("{account}0", "{instance}"),
    ):
        known = {"account": notes.account_id, "instance": notes.instance_id}
        typed = account_id.format(**known), instance_id.format(**known)

        with other_holder.waits_for_next_page():
            dialog.settle(*typed)

        expect(dialog.form.refusal).to_be_visible()
        expect(dialog.account_id).to_have_value(typed[0])
        expect(dialog.instance_id).to_have_value(typed[1])

    workspace = listed(other_holder, OTHERS_WORKSPACE)
    expect(workspace.settlement).to_have_text("Billing Center account")
    expect(workspace.cloud_account).to_have_text("-")
    assert not world.journal("guance.settlement")
    assert not world.journal("guance.cloud-account")


@pytest.mark.clause("settle-5")
@pytest.mark.parametrize("language", ["zh"])
@pytest.mark.after(reads_the_instance_id)
def test_a_closed_subscription_is_refused(buyer: Actor, other_holder: Actor, notes: Notes, world: World) -> None:
    close_resource(buyer)
    dialog = change(other_holder, OTHERS_WORKSPACE)
    dialog.by_huawei.click()

    dialog.settle(notes.account_id, notes.instance_id)

    expect(dialog.form.refusal).to_contain_text("该服务已在华为云关闭")
    words = other_holder.labels("billing-center")
    expect(listed(other_holder, OTHERS_WORKSPACE).settlement).to_have_text(words.settled_by_billing_center)
    assert not world.journal("guance.settlement")


@pytest.mark.clause("settle-5")
@pytest.mark.after(looks_into_billing)
def test_a_cloud_account_of_another_person_is_refused(other_holder: Actor, notes: Notes, world: World) -> None:
    dialog = change(other_holder, OTHERS_WORKSPACE)
    dialog.by_huawei.click()

    dialog.settle(notes.account_id, notes.instance_id)

    expect(dialog.form.refusal).to_contain_text("linked to another Billing Center account")
    expect(listed(other_holder, OTHERS_WORKSPACE).settlement).to_have_text("Billing Center account")
    assert not world.journal("guance.settlement")


@pytest.mark.clause("settle-3")
@pytest.mark.parametrize(
    ("language", "reason"),
    [("en", "only after that subscription is closed on Huawei Cloud"), ("zh", "须先在华为云关闭该资源")],
)
@pytest.mark.after(looks_into_billing)
def test_a_workspace_on_a_cloud_account_leaves_it_only_when_that_is_closed(
    holder: Actor, scenario: Scenario, world: World, reason: str
) -> None:
    dialog = change(holder, scenario.personas.registration.workspace)

    expect(dialog.form.refusal).to_contain_text(reason)
    expect(dialog.by_billing_center).to_be_hidden()
    expect(dialog.confirm).to_be_hidden()
    assert not world.journal("guance.settlement")


@pytest.mark.clause("settle-6")
@pytest.mark.after(switches_on_any_settlement)
def test_a_registered_cloud_account_is_offered_for_further_workspaces(holder: Actor, notes: Notes) -> None:
    dialog = change(holder, COLLEAGUES_WORKSPACE)
    dialog.by_registered.click()
    expect(dialog.registered_accounts).to_have_count(1)
    expect(dialog.account_id).to_be_hidden()

    dialog.registered_accounts.check()
    dialog.confirm.click()

    expect(WorkspaceManagement(holder).workspace(COLLEAGUES_WORKSPACE).cloud_account).to_have_text(notes.account_id)


@pytest.mark.clause("settle-4")
@pytest.mark.after(binds_the_other_workspace)
def test_a_site_of_another_provider_offers_huawei_cloud_only_by_consent(
    holder: Actor, world: World, notes: Notes
) -> None:
    before = len(world.journal("guance.settlement"))
    dialog = change(holder, COLLEAGUES_WORKSPACE)
    for method in (dialog.by_huawei, dialog.by_registered):
        method.click()

        expect(dialog.form.refusal).to_contain_text("Arbitrary Selection of Settlement Method")
        expect(dialog.confirm).to_be_hidden()

    expect(listed(holder, COLLEAGUES_WORKSPACE).cloud_account).not_to_have_text(notes.account_id)
    assert len(world.journal("guance.settlement")) == before


@pytest.mark.clause("settle-3")
@pytest.mark.after(switches_on_any_settlement)
def test_other_clouds_say_that_they_are_not_mocked(holder: Actor) -> None:
    dialog = change(holder, COLLEAGUES_WORKSPACE)
    for method in (dialog.by_alibaba, dialog.by_aws):
        method.click()

        expect(dialog.form.refusal).to_contain_text("is not available here")
        expect(dialog.confirm).to_be_hidden()


@pytest.mark.clause("settle-3")
@pytest.mark.after(looks_into_billing)
def test_a_workspace_of_another_person_is_not_found(
    holder: Actor, other_holder: Actor, scenario: Scenario, world: World
) -> None:
    others = listed(other_holder, OTHERS_WORKSPACE).workspace_id.inner_text()
    for page in ("settlement", "settlement?method=huawei", "settlement?method=registered", "unlock"):
        assert holder.opens(f"{WorkspaceManagement.URL}/{others}/{page}") == 404
        expect(holder.page.get_by_role("main")).not_to_contain_text(OTHERS_WORKSPACE)

    expect(listed(holder, scenario.personas.registration.workspace).row).to_be_visible()
    expect(WorkspaceManagement(holder).table).not_to_contain_text(others)
    assert not world.journal("guance.settlement")


@pytest.mark.clause("settle-3")
@pytest.mark.after(looks_into_billing)
def test_a_workspace_of_another_enterprise_cannot_be_bound(
    holder: Actor, other_holder: Actor, world: World, people: People
) -> None:
    others = listed(other_holder, OTHERS_WORKSPACE).workspace_id.inner_text()
    texts: set[str] = set()
    for workspace_id in (others, f"wksp_{people.password()}"):
        WorkspaceManagement(holder).open().bind_workspace.click()
        dialog = BindWorkspace(holder)
        dialog.workspace_id.fill(workspace_id)
        dialog.confirm.click()

        expect(dialog.form.refusal).to_be_visible()
        texts.add(dialog.form.refusal.inner_text())

    assert len(texts) == 1
    assert not world.journal("guance.workspace.bound")
    expect(listed(other_holder, OTHERS_WORKSPACE).row).to_be_visible()


@pytest.mark.clause("settle-4")
@pytest.mark.after(reads_the_instance_id)
def test_the_method_can_be_changed_once_a_month(buyer: Actor, other_holder: Actor, notes: Notes) -> None:
    dialog = change(other_holder, OTHERS_WORKSPACE)
    dialog.by_huawei.click()
    dialog.settle(notes.account_id, notes.instance_id)
    expect(WorkspaceManagement(other_holder).notice).to_be_visible()
    close_resource(buyer)
    management = WorkspaceManagement(other_holder).open()
    management.workspace(OTHERS_WORKSPACE).unlock.click()
    UnlockWorkspace(other_holder).unlock.click()
    expect(management.notice).to_be_visible()

    expect(change(other_holder, OTHERS_WORKSPACE).form.refusal).to_contain_text("can be changed once a month")
    expect(change(other_holder, OTHERS_WORKSPACE).by_huawei).to_be_hidden()
