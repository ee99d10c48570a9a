"""Choosing who pays for a workspace, on the pages of the billing center (spec guance C.4; S2)."""

from datetime import datetime, timedelta

import httpx
import pytest

from mock_sites.guance.domain import locks, settlement
from mock_sites.guance.domain.tables import Workspace
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.billing_pages import BUYER, signed_in, subscribed, workspace_of
from mock_sites.tests.support.sending import post
from mock_sites.web.markup import elements
from mock_sites.world import jobs
from mock_sites.world.world import World


@pytest.fixture
def client(browse: Browse) -> httpx.Client:
    """Zhao Min, signed in."""
    return signed_in(browse, "zhaomin")


def test_the_settlement_method_is_changed_by_account_id_and_instance_id(world: World, client: httpx.Client) -> None:
    subscribed(world)
    workspace = workspace_of(world, "zhaomin")
    assert f"/workspaces/{workspace.id}/settlement" in client.get("/workspaces").text
    path = f"/workspaces/{workspace.id}/settlement?method=huawei"
    page = client.get(path).text
    for label in ("Huawei Cloud Account Settlement", "Account ID", "Product Instance ID", "contents/8990a122"):
        assert label in page
    refused = post(client, path, huawei_account_id=BUYER, instance_id="i9")
    assert refused.status_code == 422
    assert f'value="{BUYER}"' in refused.text
    assert workspace_of(world, "zhaomin").settlement == "billing-center"
    assert post(client, path, huawei_account_id=BUYER, instance_id="i1").status_code == 302
    assert BUYER in client.get("/workspaces").text
    assert "only after that subscription" in client.get(path).text


@pytest.mark.parametrize("method", ["", "alibaba", "aws", "registered", "billing-center"])
def test_what_cannot_be_chosen_is_refused_also_when_it_is_sent(world: World, client: httpx.Client, method: str) -> None:
    path = f"/workspaces/{workspace_of(world, 'zhaomin').id}/settlement"
    assert post(client, f"{path}?method={method}", cloud_account=BUYER).status_code == 422
    assert client.get(f"{path}?method=nonsense").status_code == 404


@pytest.mark.parametrize("method", ["", "?method=aws", "?method=billing-center", "?method=huawei"])
def test_the_focus_begins_at_what_is_or_can_be_chosen(world: World, client: httpx.Client, method: str) -> None:
    page = client.get(f"/workspaces/{workspace_of(world, 'zhaomin').id}/settlement{method}").text
    focused = [one.attributes for one in elements(page) if "autofocus" in one.attributes]
    assert len(focused) == 1
    assert focused[0].get("id") == "huawei_account_id" if method == "?method=huawei" else "href" in focused[0]
    assert (method or "?method=huawei") in focused[0].get("href", "?method=huawei")


def test_where_no_method_can_be_chosen_nobody_is_asked_to_choose_one(world: World, browse: Browse) -> None:
    client = signed_in(browse, "zhouhao")
    page = client.get(f"/workspaces/{workspace_of(world, 'zhouhao').id}/settlement").text
    assert "No settlement method can be chosen." in page
    assert "Choose a settlement method." not in page


def test_a_locked_workspace_shows_the_days_left_and_is_unlocked_after_a_question(world: World, browse: Browse) -> None:
    subscribed(world)
    workspace_id = workspace_of(world, "zhaomin").id
    with world.uow("guance", write=True) as uow:
        workspace = uow.session.get_one(Workspace, workspace_id)
        settlement.settle_by_huawei(uow, workspace, huawei_account_id=BUYER, instance_id="i1")
        locks.cancel_subscription(uow, "i1")
    jobs.advance(world, 2 * 86400 + 60)
    client = signed_in(browse, "zhaomin")
    assert "Days left: 12" in client.get("/workspaces").text
    assert client.get(f"/workspaces/{workspace_id}/unlock").status_code == 200
    assert workspace_of(world, "zhaomin").state == "locked"
    assert post(client, f"/workspaces/{workspace_id}/unlock").status_code == 302
    assert workspace_of(world, "zhaomin").state == "normal"
    assert post(client, f"/workspaces/{workspace_id}/unlock").status_code == 422


def test_the_method_can_be_changed_again_when_the_next_month_has_begun_in_beijing(world: World, browse: Browse) -> None:
    subscribed(world)
    workspace_id = workspace_of(world, "zhaomin").id
    with world.uow("guance", write=True) as uow:
        uow.session.get_one(Workspace, workspace_id).settlement_changed_at = uow.now
        month_ends = datetime(2026, 3, 31, 16, tzinfo=uow.now.tzinfo) - uow.now
    path = f"/workspaces/{workspace_id}/settlement?method=huawei"
    fields = {"huawei_account_id": BUYER, "instance_id": "i1"}

    jobs.advance(world, (month_ends - timedelta(seconds=1)).total_seconds())
    client = signed_in(browse, "zhaomin")
    refused = post(client, path, **fields)
    assert refused.status_code == 422
    assert "again from 2026-04-01 on" in client.get(path).text
    assert workspace_of(world, "zhaomin").settlement == "billing-center"

    jobs.advance(world, 1)
    assert "once a month" not in client.get("/workspaces").text
    assert post(client, path, **fields).status_code == 302
    assert workspace_of(world, "zhaomin").cloud_account_id == BUYER
