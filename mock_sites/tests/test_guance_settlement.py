"""Who pays for a workspace, and when that may change (S2; spec guance A.6, C.4)."""

import re
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from mock_sites.guance.domain import billing_accounts, locks, settlement, settlement_options, subscriptions, workspaces
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Account, BillingAccount, CloudAccount, Workspace
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"
OTHER = "f" * 32
DAY = 86400


def subscribed(world: World, payer: str = BUYER, instance_id: str = "i1") -> None:
    """Let a Huawei Cloud account have an open subscription."""
    with world.uow("guance", write=True) as uow:
        purchase = Purchase(f"order-{instance_id}", "line", payer, "OFFI", "Guance SaaS Edition")
        subscriptions.open_subscription(uow, purchase, instance_id)


def workspace_of(uow: UnitOfWork, username: str, number: int = 0) -> Workspace:
    """A workspace of a billing center account."""
    return uow.session.scalars(workspaces.of_billing_account(account_of(uow, username).id)).all()[number]


def account_of(uow: UnitOfWork, username: str) -> BillingAccount:
    """The billing center account with this user name."""
    return uow.session.scalars(select(BillingAccount).where(BillingAccount.username == username)).one()


def second_workspace(world: World, site: str, username: str = "zhaomin") -> None:
    """Open one more workspace at ``site`` for the billing center account."""
    with world.uow("guance", write=True) as uow:
        owner = uow.session.scalars(select(Account).where(Account.username == username)).one()
        workspaces.create(
            uow,
            SITES[site],
            name=f"Second at {site}",
            language="en",
            owner=owner,
            billing_account=account_of(uow, username),
            cloud_account=None,
        )


def settle(world: World, account_id: str = BUYER, instance_id: str = "i1", number: int = 0) -> None:
    """Choose Huawei Cloud Account Settlement for a workspace of zhaomin."""
    with world.uow("guance", write=True) as uow:
        settlement.settle_by_huawei(
            uow, workspace_of(uow, "zhaomin", number), huawei_account_id=account_id, instance_id=instance_id
        )


def test_an_open_subscription_settles_a_workspace(world: World) -> None:
    subscribed(world)
    settle(world)
    with world.uow("guance") as uow:
        workspace = workspace_of(uow, "zhaomin")
        assert (workspace.settlement, workspace.cloud_account_id) == ("huawei", BUYER)
        assert workspace_of(uow, "zhouhao").cloud_account_id is None
    [mail] = world.messages("zhao.min@northwind.example.com", "Settlement method of northwind-prod changed")
    assert BUYER in mail.source.decode()


@pytest.mark.parametrize(
    ("account_id", "instance_id", "field"),
    [
        ("no id", "i1", "huawei_account_id"),
        (OTHER, "i1", "instance_id"),
        (BUYER, "i9", "instance_id"),
        (BUYER, "theirs", "instance_id"),
        (BUYER, "closed", "instance_id"),
        (BUYER, "x" * 5000, "instance_id"),
        (BUYER, "", "instance_id"),
    ],
)
def test_what_is_not_one_open_subscription_is_refused_and_changes_nothing(
    world: World, account_id: str, instance_id: str, field: str
) -> None:
    subscribed(world)
    subscribed(world, OTHER, "theirs")
    subscribed(world, BUYER, "closed")
    with world.uow("guance", write=True) as uow:
        subscriptions.close(uow, "closed")
    with pytest.raises(Refusal) as refusal:
        settle(world, account_id, instance_id)
    assert refusal.value.field == field
    with world.uow("guance") as uow:
        workspace = workspace_of(uow, "zhaomin")
        assert (workspace.settlement, workspace.settlement_changed_at) == ("billing-center", None)
        assert uow.session.get(CloudAccount, BUYER) is None


def test_one_cloud_account_settles_workspaces_on_several_sites(world: World) -> None:
    subscribed(world)
    second_workspace(world, "za1")
    settle(world)
    with world.uow("guance", write=True) as uow:
        [registered] = uow.session.scalars(settlement_options.registered_accounts(account_of(uow, "zhaomin").id)).all()
        settlement.settle_by_registered(uow, workspace_of(uow, "zhaomin", 1), registered)
    with world.uow("guance") as uow:
        settled = uow.session.scalars(workspaces.of_billing_account(account_of(uow, "zhaomin").id)).all()
        assert {workspace.site for workspace in settled if workspace.cloud_account_id == BUYER} == {"cn4", "za1"}


def test_a_cloud_account_of_another_billing_account_is_refused(world: World) -> None:
    subscribed(world)
    with world.uow("guance", write=True) as uow:
        billing_accounts.link_cloud_account(uow, account_of(uow, "sunli"), BUYER)
    with pytest.raises(Refusal, match="another Billing Center account"):
        settle(world)
    subscribed(world, OTHER, "i2")
    with world.uow("guance", write=True) as uow:
        billing_accounts.link_cloud_account(uow, account_of(uow, "zhaomin"), OTHER)
        workspace, stranger = workspace_of(uow, "zhaomin"), uow.session.get_one(CloudAccount, BUYER)
        with pytest.raises(Refusal, match="one of your cloud accounts"):
            settlement.settle_by_registered(uow, workspace, stranger)


def test_a_cloud_account_is_final_until_its_subscription_is_closed(world: World) -> None:
    subscribed(world)
    settle(world)
    jobs.advance(world, 60 * DAY)
    with world.uow("guance", write=True) as uow, pytest.raises(Refusal, match="only after that subscription"):
        settlement.settle_by_billing_center(uow, workspace_of(uow, "zhaomin"))


def test_the_method_changes_once_a_calendar_month_in_beijing(world: World) -> None:
    subscribed(world)
    settle(world)
    with world.uow("guance", write=True) as uow:
        subscriptions.close(uow, "i1")
        settlement.detach_cloud_account(uow, workspace_of(uow, "zhaomin"))
    subscribed(world, BUYER, "i2")
    with pytest.raises(Refusal, match="again from 2026-04-01 on"):
        settle(world, BUYER, "i2")
    jobs.advance(world, timedelta(days=29, hours=14, minutes=59).total_seconds())  # 31 March, 23:59 in Beijing
    with pytest.raises(Refusal, match="once a month"):
        settle(world, BUYER, "i2")
    jobs.advance(world, 60)
    settle(world, BUYER, "i2")


def test_unlocking_settles_by_the_billing_center_and_counts_as_no_change(world: World) -> None:
    subscribed(world)
    settle(world)
    with world.uow("guance", write=True) as uow:
        uow.session.get_one(Workspace, workspace_of(uow, "zhaomin").id).settlement_changed_at = None
        locks.cancel_subscription(uow, "i1")
    with world.uow("guance", write=True) as uow:
        assert workspace_of(uow, "zhaomin").state == "locked"
        locks.unlock(uow, workspace_of(uow, "zhaomin"))
    with world.uow("guance") as uow:
        workspace = workspace_of(uow, "zhaomin")
        assert (workspace.state, workspace.settlement, workspace.locked_at) == ("normal", "billing-center", None)
        assert workspace.settlement_changed_at is None


def test_a_locked_workspace_is_unlocked_by_a_new_subscription_in_the_same_month(world: World) -> None:
    subscribed(world)
    settle(world)
    with world.uow("guance", write=True) as uow:
        locks.cancel_subscription(uow, "i1")
    subscribed(world, BUYER, "i2")
    settle(world, BUYER, "i2")
    with world.uow("guance") as uow:
        workspace = workspace_of(uow, "zhaomin")
        assert (workspace.state, workspace.cloud_account_id) == ("normal", BUYER)


def test_a_site_offers_its_own_provider_unless_arbitrary_selection_is_on(world: World) -> None:
    subscribed(world)

    def offered(username: str) -> set[str]:
        with world.uow("guance") as uow:
            found = settlement_options.options_for(uow, workspace_of(uow, username))
            return {option.method for option in found if option.available}

    assert offered("zhaomin") == {"huawei"}
    assert offered("zhouhao") == set()  # cn1 is at Alibaba Cloud, whose marketplace is not mocked
    with world.uow("guance", write=True) as uow:
        account_of(uow, "zhouhao").any_settlement = True
    assert offered("zhouhao") == {"huawei"}


def test_other_clouds_are_named_and_said_not_to_be_here(world: World) -> None:
    with world.uow("guance") as uow:
        reasons = {
            option.method: str(option.why_not)
            for option in settlement_options.options_for(uow, workspace_of(uow, "zhouhao"))
        }
    assert "is not available here" in reasons["alibaba"]
    assert "Choose Huawei Cloud" not in reasons["alibaba"]  # which this site does not offer
    assert "cannot be settled by AWS" in reasons["aws"]


def test_the_link_goes_with_the_last_workspace_of_a_closed_subscription(world: World) -> None:
    subscribed(world)
    second_workspace(world, "za1")
    settle(world)
    settle(world, number=1)
    with world.uow("guance", write=True) as uow:
        settlement.detach_cloud_account(uow, workspace_of(uow, "zhaomin"))
        assert uow.session.get(CloudAccount, BUYER) is not None
        subscriptions.close(uow, "i1")
        settlement.detach_cloud_account(uow, workspace_of(uow, "zhaomin", 1))
    with world.uow("guance") as uow:
        assert uow.session.get(CloudAccount, BUYER) is None


def test_a_workspace_moves_only_between_accounts_of_the_same_certified_enterprise(world: World) -> None:
    def bind(workspace_id: str) -> None:
        with world.uow("guance", write=True) as uow:
            settlement.bind_workspace(uow, account_of(uow, "sunli"), workspace_id)

    with world.uow("guance") as uow:
        theirs = workspace_of(uow, "zhaomin").id
    texts: set[str] = set()
    for workspace_id in (theirs, "wksp_" + "0" * 32, "' OR 1=1 --"):
        with pytest.raises(Refusal) as refusal:
            bind(workspace_id)
        texts.add(str(refusal.value))
    assert len(texts) == 1

    with world.uow("guance", write=True) as uow:
        for username in ("zhaomin", "sunli"):
            account_of(uow, username).taxpayer_number = "91440300MA5DAAAA1X"
            account_of(uow, username).certified_at = uow.now
    bind(f" {theirs} ")
    with world.uow("guance") as uow:
        assert workspace_of(uow, "sunli").id == theirs
    assert world.messages("zhao.min@northwind.example.com", "bound to another account")
    with pytest.raises(Refusal, match="already"):
        bind(theirs)


def test_the_operator_turns_arbitrary_selection_on_for_one_account(dispatcher: Dispatcher, world: World) -> None:
    with httpx.Client(transport=httpx.WSGITransport(dispatcher), base_url="http://localhost:8700") as control:
        page = control.get(f"/worlds/{world.name}").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        with world.uow("guance") as uow:
            key = account_of(uow, "zhouhao").id
        assert token
        fields = {"csrf_token": token[1], "on": "yes"}
        assert control.post(f"/worlds/{world.name}/switches/guance/{key}", data=fields).status_code == 302
        for nobody, status in (("nowhere/x", 404), ("huawei/x", 302), ("guance/nobody", 302)):
            assert control.post(f"/worlds/{world.name}/switches/{nobody}", data=fields).status_code == status
        assert "There is no such switch." in control.get(f"/worlds/{world.name}").text
    with world.uow("guance") as uow:
        assert account_of(uow, "zhouhao").any_settlement
        assert not account_of(uow, "zhaomin").any_settlement
