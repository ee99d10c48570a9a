"""Registration at the Guance site, not from the marketplace (spec guance A)."""

import re

import httpx
import pytest

from mock_sites.guance.domain import subscriptions
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.states import WorkspaceState
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Workspace
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.mailbox import last_code
from mock_sites.tests.support.reaching import reach
from mock_sites.tests.support.sending import without_tags
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"
EMAIL = "fang@acme.example.com"
PASSWORD = "Secret-2026"
START = "/businessRegister"
STEP_3 = f"{START}/activation"
WORKSPACE = {"workspace_name": "Acme production", "language": "en", "terms": "y"}


def post(client: httpx.Client, page: str, to: str = "", **fields: str) -> httpx.Response:
    """Send fields to an address, or to the page itself, with the token of the page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
    assert found
    return client.post(to or page, data={"csrf_token": found[1], **fields})


def two_steps(client: httpx.Client, world: World, site: str = "cn4") -> httpx.Client:
    """Do the first two steps."""
    post(client, START, f"{START}/code", email=EMAIL)
    code = last_code(world, EMAIL)
    basics = {"site": site, "username": "fang", "password": PASSWORD, "confirm": PASSWORD, "email": EMAIL}
    assert post(client, START, code=code, **basics).headers["location"] == f"{START}/company"
    assert post(client, f"{START}/company", company="Acme", terms="y").headers["location"] == STEP_3
    return client


def the_workspace(world: World) -> Workspace | None:
    """The workspace that was opened, if there is one."""
    created = [
        e.details for e in world.journal(kind="guance.workspace.created") if e.details["name"] == "Acme production"
    ]
    with world.uow("guance") as uow:
        return uow.session.get(Workspace, created[0]["workspace"]) if created else None


def test_the_first_step_shows_the_sites_and_their_providers(browse: Browse) -> None:
    page = without_tags(browse("https://auth.guance.com").get(START).text)
    for text in ("https://cn4-auth.guance.com/login/pwd", "Huawei Cloud", "Alibaba Cloud", "AWS", "Tencent Cloud"):
        assert text in page


@pytest.mark.parametrize("site", ["cn1", "cn4"])
def test_free_registration_has_the_site_from_which_it_was_opened(browse: Browse, site: str) -> None:
    sign_in = browse(f"https://{SITES[site].login_host}").get("/login/pwd").text
    link = re.findall(r'href="http://[^/"]+([^"]*)">Free Registration', sign_in)[0]

    page = browse("https://auth.guance.com").get(link).text
    assert re.findall(r'<option selected value="(\w+)"', page) == [site]


@pytest.mark.parametrize(
    ("site", "method"),
    [
        ("cn4", "Huawei Cloud Market Activation"),
        ("cn1", "Direct Activation via Guance"),
        ("cn2", "Direct Activation via Guance"),
        ("id1", "Direct Activation via Guance"),
    ],
)
def test_the_provider_of_the_site_sets_the_method_that_is_proposed(
    world: World, browse: Browse, site: str, method: str
) -> None:
    client = two_steps(browse("https://auth.guance.com"), world, site)
    assert f"<h3>{method}</h3>" in client.get(STEP_3).text


@pytest.mark.parametrize("site", SITES)
def test_the_type_of_workspace_that_is_proposed_can_be_opened(world: World, browse: Browse, site: str) -> None:
    two_steps(browse("https://auth.guance.com"), world, site)
    later = browse(f"https://{SITES[site].login_host}")
    post(later, "/login/pwd", username="fang", password=PASSWORD)
    address = "/businessRegister/workspace"

    proposed = re.findall(r'checked[^>]* value="(\w+)"', later.get(address).text)
    third_step = post(later, address, method=proposed[0]).headers["location"]

    assert 'name="workspace_name"' in later.get(third_step).text


def test_direct_activation_settles_by_the_billing_center(world: World, browse: Browse) -> None:
    client = two_steps(browse("https://auth.guance.com"), world)
    answer = post(client, f"{STEP_3}?method=guance", **WORKSPACE)
    assert answer.headers["location"] == f"{START}/success"
    assert "Guance Commercial Plan opened successfully" in client.get(f"{START}/success").text
    workspace = the_workspace(world)
    assert workspace
    assert (workspace.settlement, workspace.billing_account.username) == ("billing-center", "fang")


def test_huawei_cloud_market_activation_settles_by_the_huawei_account(world: World, browse: Browse) -> None:
    client = two_steps(browse("https://auth.guance.com"), world)
    with world.uow("guance", write=True) as uow:
        subscriptions.open_subscription(uow, Purchase("o1", "l1", BUYER, "OFFI", "Guance SaaS Edition"), "i1")
    assert post(client, f"{STEP_3}?method=huawei", huawei_account_id="f" * 32, **WORKSPACE).status_code == 422
    assert the_workspace(world) is None
    post(client, f"{STEP_3}?method=huawei", huawei_account_id=BUYER.upper(), **WORKSPACE)
    workspace = the_workspace(world)
    assert workspace
    assert (workspace.settlement, workspace.cloud_account_id) == ("huawei", BUYER)


@pytest.mark.parametrize("method", ["alibaba", "aws", "azure"])
def test_other_clouds_say_that_they_are_not_mocked_and_open_nothing(world: World, browse: Browse, method: str) -> None:
    client = two_steps(browse("https://auth.guance.com"), world)
    page = client.get(f"{STEP_3}?method={method}")
    assert "cannot be activated through this cloud" in page.text
    assert 'name="workspace_name"' not in page.text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(f"{STEP_3}?method=guance").text)
    assert token
    client.post(f"{STEP_3}?method={method}", data={"csrf_token": token[1], **WORKSPACE})
    assert the_workspace(world) is None


def test_a_site_without_huawei_cloud_says_where_there_is_one(world: World, browse: Browse) -> None:
    client = two_steps(browse("https://auth.guance.com"), world, "cn1")
    page = client.get(f"{STEP_3}?method=huawei").text
    assert "cannot be settled by a Huawei Cloud account" in page
    assert "China 4 (Guangzhou)" in page
    assert 'name="huawei_account_id"' not in page


def test_a_user_who_stopped_after_the_second_step_is_led_to_creating_a_workspace_at_the_next_login(
    world: World, browse: Browse
) -> None:
    two_steps(browse("https://auth.guance.com"), world)
    later = browse("https://cn4-auth.guance.com")
    console = post(later, "/login/pwd", username="fang", password=PASSWORD).headers["location"]
    page = later.get(console).headers["location"]
    assert page == world.local(f"https://cn4-auth.guance.com{START}/workspace")
    assert "Create a Workspace" in later.get(page).text

    assert post(later, page).status_code == 422
    step = post(later, page, method="guance").headers["location"]
    assert step == f"{STEP_3}?method=guance"
    post(later, step, **WORKSPACE)
    workspace = the_workspace(world)
    assert workspace
    assert later.get(console).headers["location"] == f"/workspace/{workspace.id}/"
    assert later.get(page).headers["location"] == console


def test_an_owner_who_dissolved_the_last_workspace_opens_the_next_with_the_same_billing_account(
    world: World, browse: Browse
) -> None:
    client = browse("https://cn4-auth.guance.com")
    post(client, "/login/pwd", username="zhaomin", password="Mock-2026-Pass")
    with world.uow("guance", write=True) as uow:
        owned = world.journal(kind="guance.workspace.created")[0].details["workspace"]
        reach(uow.session.get_one(Workspace, owned), WorkspaceState.DISSOLVED)
    step = post(client, f"{START}/workspace", method="guance").headers["location"]
    post(client, step, **WORKSPACE)
    workspace = the_workspace(world)
    assert workspace
    assert workspace.billing_account.username == "zhaomin"
    assert workspace.owner.username == "zhaomin"


def test_creating_a_workspace_asks_to_sign_in_first(world: World, browse: Browse) -> None:
    answer = browse("https://cn4-auth.guance.com").get(f"{START}/workspace")
    assert answer.headers["location"].startswith(world.local("https://cn4-auth.guance.com/login/pwd"))


def test_a_code_comes_from_the_company_in_the_language_of_the_page(world: World, browse: Browse) -> None:
    client = browse("https://auth.guance.com")
    senders: list[str] = []
    for language in ("en", "zh"):
        client.headers["accept-language"] = language
        post(client, START, f"{START}/code", email=f"{language}@example.com")
        senders.append(world.messages(f"{language}@example.com")[-1].sender)

    assert senders == ["Guance <no-reply@guance.com>", "观测云 <no-reply@guance.com>"]
