"""Opening the billing center from a workspace without a login (spec guance C, B4; C.5, Unlock Now)."""

import re
from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import select

from mock_sites.guance.domain import passes, workspaces
from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.guance.domain.tables import Account, BillingAccount, Workspace
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.guance_pages import owned
from mock_sites.tests.support.reaching import reach
from mock_sites.tests.support.sending import post
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

HIDDEN = re.compile(r'<input type="hidden" name="pass" value="([0-9a-f]{32})">')

Click = Callable[[str], httpx.Response]


@pytest.fixture
def click(browse: Browse) -> Click:
    """Zhao Min, signed in at cn4, clicks the button that leads from a workspace to the billing center."""
    client = browse("https://cn4-auth.guance.com")
    assert post(client, "/login/pwd", username="zhaomin", password=PASSWORD).status_code == 302
    client.base_url = str(client.base_url).replace("cn4-auth", "cn4-console")

    def send(workspace_id: str) -> httpx.Response:
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/workspaces/new").text)
        assert token
        return client.post(f"/workspace/{workspace_id}/billing-center", data={"csrf_token": token[1]})

    return send


def token_on(page: httpx.Response) -> str:
    """The pass in the form of the page."""
    assert page.status_code == 200
    found = HIDDEN.search(page.text)
    assert found, page.text
    return found[1]


def in_state(world: World, username: str, state: str) -> str:
    """The first workspace of an account, after its state was changed to the given one."""
    with world.uow("guance", write=True) as uow:
        workspace = uow.session.get_one(Workspace, owned(world, username).id)
        reach(workspace, WorkspaceState(state))
        workspace.locked_at = uow.now
        return workspace.id


@pytest.mark.parametrize(("state", "destination"), [("normal", "/"), ("locked", "/workspaces")])
def test_a_pass_opens_the_billing_center_once(
    world: World, browse: Browse, click: Click, state: str, destination: str
) -> None:
    page = click(in_state(world, "zhaomin", state))
    assert f'action="{world.local("https://boss.guance.com/pass")}" data-send-at-once' in page.text
    fields = {"pass": token_on(page)}

    first, second = browse("https://boss.guance.com"), browse("https://boss.guance.com")
    assert first.post("/pass", data=fields).headers["location"] == destination
    assert "zhaomin" in first.get(destination).text
    assert second.post("/pass", data=fields).headers["location"] == "/signin"
    assert "has been used or is too old" in second.get("/signin").text
    assert second.get("/").status_code == 302
    assert owned(world, "zhaomin").state == state, "the way there unlocks nothing"


def test_a_pass_is_in_no_address_and_an_address_is_no_pass(world: World, browse: Browse, click: Click) -> None:
    page = click(owned(world, "zhaomin").id)
    token = token_on(page)
    assert page.text.count(token) == 1
    assert token not in str(world.journal())
    client = browse("https://boss.guance.com")
    assert client.get(f"/pass?pass={token}").status_code == 405
    assert client.post(f"/pass?pass={token}").headers["location"] == "/signin"
    assert client.post("/pass", data={"pass": token}).headers["location"] == "/"


def test_a_pass_signs_in_like_a_password(world: World, browse: Browse, click: Click) -> None:
    client = browse("https://boss.guance.com")
    token = token_on(click(owned(world, "zhaomin").id))
    client.post("/pass", data={"pass": token}, headers={"Accept-Language": "zh"})
    with world.uow("guance") as uow:
        account = uow.session.scalars(select(BillingAccount).where(BillingAccount.username == "zhaomin")).one()
        assert (account.language, account.bill_notices) == ("zh", True)


def test_the_billing_page_leads_to_the_billing_center_by_a_form(world: World, browse: Browse, click: Click) -> None:
    workspace_id = owned(world, "zhaomin").id
    token_on(click(workspace_id))
    client = browse("https://cn4-auth.guance.com")
    post(client, "/login/pwd", username="zhaomin", password=PASSWORD)
    text = client.get(world.local(f"https://cn4-console.guance.com/workspace/{workspace_id}/billing")).text
    assert f'<form class="actions" method="post" action="/workspace/{workspace_id}/billing-center">' in text
    assert client.get(world.local(f"https://cn4-console.guance.com/workspace/{workspace_id}/billing-center")).is_error


def test_only_the_owner_gets_a_pass(world: World, click: Click) -> None:
    foreign = owned(world, "zhouhao").id
    assert click(foreign).status_code == 404
    with world.uow("guance", write=True) as uow, pytest.raises(Refusal, match="Only its owner"):
        passes.issue(uow, uow.session.get_one(Workspace, foreign), account(uow, "zhaomin"))
    assert not world.journal(kind="guance.pass.issued")


def test_a_workspace_that_is_locked_for_good_gives_no_pass(world: World, click: Click) -> None:
    workspace_id = in_state(world, "zhaomin", "expired")
    assert click(workspace_id).headers["location"] == f"/workspace/{workspace_id}/"
    assert not world.journal(kind="guance.pass.issued")


def test_a_pass_is_valid_for_a_minute(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        owner = account(uow, "zhaomin")
        token = passes.issue(uow, uow.session.scalars(workspaces.owned_by(owner.id)).all()[0], owner)
    jobs.advance(world, passes.LIFETIME.total_seconds())
    with world.uow("guance", write=True) as uow, pytest.raises(Refusal, match="too old"):
        passes.redeem(uow, token)


def account(uow: UnitOfWork, username: str) -> Account:
    """The console account with this user name."""
    return uow.session.scalars(select(Account).where(Account.username == username)).one()
