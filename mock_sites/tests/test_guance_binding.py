"""Binding a fee center account and workspaces on a visit from Huawei Cloud (S1, Existing Fee Center Account)."""

import pytest

from mock_sites.guance.domain import (
    billing_accounts,
    bindings,
    settlement,
    subscriptions,
    visits,
    workspaces,
)
from mock_sites.guance.domain.codes import MailText
from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import BillingAccount, Workspace
from mock_sites.tests.support.binding import (
    BUYER,
    OWNER_EMAIL,
    asked,
    bind_account,
    bind_workspace,
    code_mail,
    confirm,
    there,
    visit_from,
)
from mock_sites.tests.support.mailbox import last_code
from mock_sites.tests.support.reaching import reach
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

OTHER_BUYER = "f" * 32


def refusal_of_code(world: World, visit_id: str, username: str, code: str) -> tuple[str, str]:
    """The field and the reason for which a code is refused."""
    with world.uow("guance", write=True) as uow, pytest.raises(Refusal) as refusal:
        bindings.bind_account(uow, there(uow, visit_id), username, code)
    with world.uow("guance") as uow:
        assert there(uow, visit_id).billing_account_id is None
    return refusal.value.field, refusal.value.reason


def test_bound_workspaces_are_settled_by_the_huawei_account_when_it_is_confirmed(world: World) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id)
    workspace_id = bind_workspace(world, visit_id).id
    with world.uow("guance") as uow:
        assert uow.session.get_one(Workspace, workspace_id).settlement == "billing-center"
        assert visits.linked_workspace(uow, there(uow, visit_id)) is None

    assert [workspace.id for workspace in confirm(world, visit_id)] == [workspace_id]

    with world.uow("guance") as uow:
        workspace = uow.session.get_one(Workspace, workspace_id)
        assert (workspace.settlement, workspace.cloud_account_id) == ("huawei", BUYER)
        assert [
            one.id for one in uow.session.scalars(billing_accounts.cloud_accounts(workspace.billing_account_id)).all()
        ] == [BUYER]
        linked = visits.linked_workspace(uow, there(uow, visit_id))
    assert linked
    assert linked.id == workspace_id


def test_confirming_twice_changes_nothing_more(world: World) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id)
    bind_workspace(world, visit_id)
    assert [one.id for one in confirm(world, visit_id)] == [one.id for one in confirm(world, visit_id)]
    assert len(world.journal(kind="guance.visit.confirmed")) == 1


def test_nothing_is_confirmed_while_nothing_is_bound(world: World) -> None:
    visit_id = visit_from(world)
    with pytest.raises(Refusal, match="Bind a fee center account first"):
        confirm(world, visit_id)
    bind_account(world, visit_id)
    with pytest.raises(Refusal, match="nothing is bound yet"):
        confirm(world, visit_id)


def test_an_unknown_username_is_answered_like_a_known_one_and_mails_nobody(world: World) -> None:
    visit_id = visit_from(world)
    before = len(world.messages())
    refused: list[set[tuple[str, str]]] = []
    for username in ("nobody", "zhaomin"):
        asked(world, username)
        with pytest.raises(Refusal) as too_often:
            asked(world, username.upper())
        right = last_code(world, OWNER_EMAIL) if username == "zhaomin" else "123456"
        wrong = f"{(int(right) + 1) % 1_000_000:06}"
        refused.append(
            {(too_often.value.field, too_often.value.reason)}
            | {refusal_of_code(world, visit_id, username, wrong) for _ in range(6)}
        )
    assert refused[0] == refused[1]
    assert len(world.messages()) == before + 1
    assert [mail.recipient for mail in world.messages()[before:]] == [OWNER_EMAIL]


def test_a_code_that_an_unknown_username_got_by_luck_binds_nothing(world: World) -> None:
    visit_id = visit_from(world)
    digits: list[str] = []

    def write(code: str) -> MailText:
        digits.append(code)
        return code_mail(code)

    with world.uow("guance", write=True) as uow:
        bindings.send_code(uow, "nobody", write)
    assert refusal_of_code(world, visit_id, "nobody", digits[0])[0] == "code"


def test_a_code_of_another_person_an_old_one_and_a_used_one_bind_nothing(world: World) -> None:
    visit_id, other = visit_from(world), visit_from(world, OTHER_BUYER, "t2")
    assert refusal_of_code(world, visit_id, "zhaomin", "000000")[0] == "code"
    asked(world, "sunli")
    assert refusal_of_code(world, visit_id, "zhaomin", last_code(world, "sun.li@lakeside.example.com"))[0] == "code"
    asked(world, "zhaomin")
    jobs.advance(world, 300)
    assert refusal_of_code(world, visit_id, "zhaomin", last_code(world, OWNER_EMAIL))[0] == "code"
    bind_account(world, other)
    assert refusal_of_code(world, visit_id, "zhaomin", last_code(world, OWNER_EMAIL))[0] == "code"


def test_a_huawei_account_of_another_fee_center_account_binds_no_second_one(world: World) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id)
    bind_workspace(world, visit_id)
    confirm(world, visit_id)
    again = visit_from(world)
    asked(world, "sunli")
    assert refusal_of_code(world, again, "sunli", last_code(world, "sun.li@lakeside.example.com"))[0] == "username"


def test_another_fee_center_account_forgets_what_was_bound(world: World) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id)
    bind_workspace(world, visit_id)
    with world.uow("guance", write=True) as uow:
        bindings.release_account(uow, there(uow, visit_id))
    bind_account(world, visit_id, "sunli", "sun.li@lakeside.example.com")
    with world.uow("guance") as uow:
        assert uow.session.scalars(bindings.available(uow, there(uow, visit_id))).all() == []


@pytest.mark.parametrize("state", [WorkspaceState.LOCKED, WorkspaceState.EXPIRED])
def test_a_locked_workspace_cannot_be_bound(world: World, state: WorkspaceState) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id)
    with world.uow("guance", write=True) as uow:
        reach(uow.session.scalars(bindings.available(uow, there(uow, visit_id))).all()[0], state)
    with pytest.raises(Refusal, match="locked"):
        bind_workspace(world, visit_id)


def test_a_workspace_of_another_provider_needs_arbitrary_selection(world: World) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id, "zhouhao", "zhou.hao@riverbank.example.com")
    with pytest.raises(Refusal, match="of this site"):
        bind_workspace(world, visit_id)
    with world.uow("guance", write=True) as uow:
        uow.session.get_one(BillingAccount, there(uow, visit_id).billing_account_id).any_settlement = True
    bind_workspace(world, visit_id)
    assert confirm(world, visit_id)[0].site == "cn1"


def test_workspaces_of_others_are_not_on_the_list(world: World) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id)
    with world.uow("guance") as uow:
        stranger = billing_accounts.named(uow, "zhouhao")
        assert stranger
        foreign = uow.session.scalars(workspaces.of_billing_account(stranger.id)).all()[0]
        assert bindings.find(uow, there(uow, visit_id), foreign.id) is None


def test_a_workspace_that_another_account_pays_for_meanwhile_is_removed_and_nothing_takes_effect(world: World) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id)
    bound = bind_workspace(world, visit_id)
    with world.uow("guance", write=True) as uow:
        workspace = uow.session.get_one(Workspace, bound.id)
        payer = billing_accounts.link_cloud_account(uow, workspace.billing_account, OTHER_BUYER)
        settlement.attach_cloud_account(uow, workspace, payer)
    with pytest.raises(Refusal, match="northwind-prod cannot be bound any more"):
        confirm(world, visit_id)
    with pytest.raises(Refusal, match="nothing is bound yet"):
        confirm(world, visit_id)
    with world.uow("guance") as uow:
        assert uow.session.get_one(Workspace, bound.id).cloud_account_id == OTHER_BUYER


def test_a_binding_has_no_effect_when_the_subscription_is_closed_meanwhile(world: World) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id)
    workspace_id = bind_workspace(world, visit_id).id
    with world.uow("guance", write=True) as uow:
        subscriptions.close(uow, "i-t1")
    with pytest.raises(Refusal, match="was closed on Huawei Cloud"):
        confirm(world, visit_id)
    with world.uow("guance") as uow:
        assert uow.session.get_one(Workspace, workspace_id).settlement == "billing-center"
        assert visits.linked_workspace(uow, there(uow, visit_id)) is None
    assert not world.journal(kind="guance.cloud-account.linked")


def test_a_buyer_who_subscribed_again_can_bind_although_the_enterprise_is_at_the_old_instance(world: World) -> None:
    visit_id = visit_from(world)
    with world.uow("guance", write=True) as uow:
        subscriptions.close(uow, "i-t1")
        subscriptions.open_subscription(uow, Purchase("o2", "l", BUYER, "OFFI", "SaaS"), "i2")
        assert visits.payer(uow, there(uow, visit_id)) == BUYER


@pytest.mark.parametrize("code", ["cn1", "us1", "nowhere", ""])
def test_only_a_site_where_the_huawei_account_can_pay_is_chosen(world: World, code: str) -> None:
    visit_id = visit_from(world)
    with world.uow("guance", write=True) as uow, pytest.raises(Refusal):
        bindings.choose_site(uow, there(uow, visit_id), code)


def test_a_visit_after_closing_signs_nobody_in(world: World) -> None:
    visit_id = visit_from(world)
    with world.uow("guance", write=True) as uow:
        subscriptions.close(uow, "i-t1")
    with world.uow("guance") as uow:
        assert visits.linked_workspace(uow, there(uow, visit_id)) is None
