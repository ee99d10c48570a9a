"""What closing the subscription does to workspaces, and what their owners can do then (S2, Canceling, note)."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from mock_sites.guance.domain import accounts, billing_accounts, locks, settlement, subscriptions, workspaces
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Account, BillingAccount, CloudAccount, Workspace
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.locking import lock
from mock_sites.tests.support.reaching import reach
from mock_sites.tests.support.sending import post, token
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"


def holder(uow: UnitOfWork, username: str) -> BillingAccount:
    """A billing center account."""
    return uow.session.scalars(select(BillingAccount).where(BillingAccount.username == username)).one()


def owner(uow: UnitOfWork, username: str) -> Account:
    """A console account."""
    return uow.session.scalars(select(Account).where(Account.username == username)).one()


def subscribe(uow: UnitOfWork, payer: str, instance_id: str) -> None:
    """An open subscription."""
    purchase = Purchase(f"order-{instance_id}", f"line-{instance_id}", payer, "OFFI", "Guance SaaS Edition")
    subscriptions.open_subscription(uow, purchase, instance_id)


def pay(uow: UnitOfWork, username: str, payer: str, *ids: str) -> None:
    """Let a Huawei Cloud account pay for workspaces of a billing center account."""
    cloud_account = billing_accounts.link_cloud_account(uow, holder(uow, username), payer)
    for workspace_id in ids:
        settlement.attach_cloud_account(uow, uow.session.get_one(Workspace, workspace_id), cloud_account)


@pytest.fixture
def ids(world: World) -> dict[str, str]:
    """Zhao Min's workspaces at cn4 and za1, which the buyer pays for, one at cn4 that he does not, and a stranger's."""
    with world.uow("guance", write=True) as uow:
        payer = holder(uow, "zhaomin")
        abroad = accounts.create(
            uow, SITES["za1"], username="zhao.za", email="zhao.za@example.com", password_hash="", phone="", company=""
        )
        found = {"cn4": uow.session.scalars(workspaces.owned_by(owner(uow, "zhaomin").id)).all()[0].id}
        for key, site, who, language in (
            ("za1", "za1", abroad, "zh"),
            ("own", "cn4", owner(uow, "zhaomin"), "en"),
        ):
            found[key] = workspaces.create(
                uow,
                SITES[site],
                name=f"Workspace {key}",
                language=language,
                owner=who,
                billing_account=payer,
                cloud_account=None,
            ).id
        found["stranger"] = uow.session.scalars(workspaces.owned_by(owner(uow, "zhouhao").id)).all()[0].id
        subscribe(uow, BUYER, "i1")
        subscribe(uow, OTHER, "i2")
        pay(uow, "zhaomin", BUYER, found["cn4"], found["za1"])
        pay(uow, "zhouhao", OTHER, found["stranger"])
    return found


def cancel(world: World, instance_id: str = "i1") -> bool:
    """The marketplace releases an instance."""
    with world.uow("guance", write=True) as uow:
        return locks.cancel_subscription(uow, instance_id)


def states(world: World, ids: dict[str, str]) -> dict[str, tuple[str, str, str | None]]:
    """State, settlement and cloud account of each workspace."""
    with world.uow("guance") as uow:
        rows = {key: uow.session.get_one(Workspace, workspace_id) for key, workspace_id in ids.items()}
        return {key: (row.state, row.settlement, row.cloud_account_id) for key, row in rows.items()}


def at_cn4(browse: Browse, username: str = "zhaomin") -> httpx.Client:
    """A user who is signed in at cn4, on the console there."""
    client = browse("https://cn4-auth.guance.com")
    assert post(client, "/login/pwd", username=username, password=PASSWORD).status_code == 302
    client.base_url = str(client.base_url).replace("cn4-auth", "cn4-console")
    return client


def test_every_workspace_of_the_account_is_locked_on_every_site_and_no_other(world: World, ids: dict[str, str]) -> None:
    before = states(world, ids)
    assert cancel(world)
    after = states(world, ids)
    assert after["cn4"] == after["za1"] == ("locked", "billing-center", None)
    assert (after["own"], after["stranger"]) == (before["own"], before["stranger"])
    with world.uow("guance") as uow:
        assert uow.session.get(CloudAccount, BUYER) is None
        assert uow.session.get(CloudAccount, OTHER) is not None
    assert {event.details["site"] for event in world.journal(kind="guance.workspace.locked")} == {"cn4", "za1"}


def test_a_second_release_changes_nothing_even_after_the_account_pays_again(world: World, ids: dict[str, str]) -> None:
    cancel(world)
    with world.uow("guance", write=True) as uow:
        subscribe(uow, BUYER, "i3")
        locked = uow.session.get_one(Workspace, ids["cn4"])
        settlement.settle_by_huawei(uow, locked, huawei_account_id=BUYER, instance_id="i3")
    assert states(world, ids)["cn4"] == ("normal", "huawei", BUYER)
    assert cancel(world)
    assert states(world, ids)["cn4"] == ("normal", "huawei", BUYER)
    assert not cancel(world, "unknown")


def test_an_owner_is_mailed_in_the_language_of_the_last_sign_in(world: World, browse: Browse) -> None:
    """Before that it is the workspace's language, which is English for ready-made people."""
    client = browse("https://cn4-auth.guance.com")
    client.headers["Accept-Language"] = "zh"
    post(client, "/login/pwd", username="zhaomin", password=PASSWORD)
    lock(world)
    assert world.messages("zhao.min@northwind.example.com", "您的观测云工作空间“northwind-prod”已锁定")


def test_owner_and_billing_center_account_are_mailed_each_in_its_language(world: World, ids: dict[str, str]) -> None:
    cancel(world)
    mailed = {(mail.recipient, ids["za1"] in mail.source.decode(errors="replace")) for mail in world.messages()}
    assert {recipient for recipient, _ in mailed} == {"zhao.min@northwind.example.com", "zhao.za@example.com"}
    assert len(world.messages()) == 3, "owner and account of the first workspace share an address"


def test_three_days_before_the_end_all_who_can_still_unlock_are_reminded(world: World, ids: dict[str, str]) -> None:
    cancel(world)
    with world.uow("guance", write=True) as uow:
        locks.unlock(uow, uow.session.get_one(Workspace, ids["za1"]))
    jobs.advance(world, timedelta(days=10, hours=23).total_seconds())
    assert not world.messages(subject="for good")
    jobs.advance(world, timedelta(hours=1).total_seconds())
    (mail,) = world.messages(subject="for good")
    assert mail.recipient == "zhao.min@northwind.example.com"
    assert "is locked for good on 2026-03-16" in mail.subject


def test_unlocking_settles_by_the_billing_center_and_is_no_monthly_change(world: World, ids: dict[str, str]) -> None:
    cancel(world)
    with world.uow("guance", write=True) as uow:
        workspace = uow.session.get_one(Workspace, ids["cn4"])
        locks.unlock(uow, workspace)
        assert workspace.settlement_changed_at is None
        assert workspace.locked_at is None
        with pytest.raises(Refusal, match="not locked"):
            locks.unlock(uow, workspace)
    assert states(world, ids)["cn4"] == ("normal", "billing-center", None)
    assert states(world, ids)["za1"][0] == "locked"


def test_the_countdown_ends_after_14_days_and_then_nothing_unlocks_it(world: World, ids: dict[str, str]) -> None:
    cancel(world)
    with world.uow("guance") as uow:
        workspace = uow.session.get_one(Workspace, ids["cn4"])
        assert [locks.days_left(workspace, uow.now + timedelta(days=days)) for days in (0, 0.5, 1, 14, 20)] == [
            14,
            14,
            13,
            0,
            0,
        ]
    jobs.advance(world, locks.BUFFER.total_seconds() - 1)
    assert states(world, ids)["cn4"][0] == "locked"
    jobs.advance(world, 1)
    assert states(world, ids)["cn4"][0] == "expired"
    with world.uow("guance", write=True) as uow:
        workspace = uow.session.get_one(Workspace, ids["cn4"])
        assert not locks.is_history_visible(workspace)
        for verb in (
            lambda: locks.unlock(uow, workspace),
            lambda: locks.dissolve(uow, workspace, workspace.owner),
        ):
            with pytest.raises(Refusal, match="more than 14 days"):
                verb()


def test_a_workspace_locked_again_has_14_days_of_its_own(world: World, ids: dict[str, str]) -> None:
    cancel(world)
    jobs.advance(world, timedelta(days=10).total_seconds())
    with world.uow("guance", write=True) as uow:
        locks.unlock(uow, uow.session.get_one(Workspace, ids["cn4"]))
        subscribe(uow, BUYER, "i3")
        pay(uow, "zhaomin", BUYER, ids["cn4"])
    cancel(world, "i3")
    jobs.advance(world, timedelta(days=10).total_seconds())
    assert states(world, ids)["cn4"][0] == "locked"
    jobs.advance(world, timedelta(days=4).total_seconds())
    assert states(world, ids)["cn4"][0] == "expired"


def test_only_the_owner_dissolves_and_only_a_locked_workspace(world: World, ids: dict[str, str]) -> None:
    cancel(world)
    with world.uow("guance", write=True) as uow:
        locked, normal = (uow.session.get_one(Workspace, ids[key]) for key in ("cn4", "own"))
        with pytest.raises(Refusal, match="Only its owner"):
            locks.dissolve(uow, locked, owner(uow, "zhouhao"))
        with pytest.raises(Refusal, match="not locked"):
            locks.dissolve(uow, normal, normal.owner)
        locks.dissolve(uow, locked, locked.owner)
        assert locked not in uow.session.scalars(workspaces.owned_by(locked.owner_id)).all()
        assert locked not in uow.session.scalars(workspaces.of_billing_account(locked.billing_account_id)).all()


def test_a_locked_workspace_shows_the_countdown_and_its_history(
    world: World, browse: Browse, ids: dict[str, str]
) -> None:
    client = at_cn4(browse)
    path = f"/workspace/{ids['cn4']}/"
    assert "This workspace is locked" not in client.get(path).text
    cancel(world)
    for page in ("", "logs", "dashboards", "billing", "settings", "datakit"):
        text = client.get(path + page).text
        assert "14 days left" in text
        assert "Unlock Now" in text
    assert "This workspace is locked" not in client.get(f"/workspace/{ids['own']}/").text
    assert client.get("/").headers["location"] == f"/workspace/{ids['own']}/", "one that is not locked comes first"

    jobs.advance(world, locks.BUFFER.total_seconds())
    text = at_cn4(browse).get(path).text
    assert "its data has been cleared" in text
    assert "Switch Workspace" in text
    assert "Unlock Now" not in text


def test_dissolving_asks_first_and_the_workspace_is_gone_for_good(
    world: World, browse: Browse, ids: dict[str, str]
) -> None:
    cancel(world)
    client = at_cn4(browse)
    path = f"/workspace/{ids['cn4']}/dissolve"
    page = client.get(path)
    assert "This cannot be undone" in page.text
    assert states(world, ids)["cn4"][0] == "locked"
    form = {"csrf_token": token(page)}
    assert client.post(path, data=form).headers["location"] == "/"
    assert client.post(path, data=form).status_code == 404
    assert client.get(f"/workspace/{ids['cn4']}/").status_code == 404
    assert client.post(f"/workspace/{ids['own']}/dissolve", data=form).status_code == 422


def test_an_owner_whose_only_workspace_is_locked_for_good_creates_a_new_one(
    world: World, browse: Browse, ids: dict[str, str]
) -> None:
    with world.uow("guance", write=True) as uow:
        reach(uow.session.get_one(Workspace, ids["own"]), WorkspaceState.DISSOLVED)
    cancel(world)
    jobs.advance(world, locks.BUFFER.total_seconds())
    client = at_cn4(browse)
    assert client.get("/").headers["location"] == f"/workspace/{ids['cn4']}/"
    made = post(client, "/workspaces/new", workspace_name="Northwind again", language="en")
    assert made.status_code == 302
    text = client.get(made.headers["location"]).text
    assert "Northwind again" in text
    assert "This workspace is locked" not in text
