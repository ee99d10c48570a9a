"""Guance's pages: what each user can see and do."""

import re

import pytest

from mock_sites.guance.domain import billing_accounts, subscriptions, tenants
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import BillingAccount, Workspace
from mock_sites.guance.domain.visits import VisitingMember
from mock_sites.guance.onboarding import views as onboarding
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.guance_pages import owned
from mock_sites.tests.support.sending import post
from mock_sites.world.agreement import AUTH_CENTRE
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def tenant(world: World) -> str:
    """An enterprise that uses an open subscription of the buyer."""
    with world.uow("guance", write=True) as uow:
        subscriptions.open_subscription(uow, Purchase("o1", "l1", BUYER, "OFFI", "Guance SaaS Edition"), "i1")
        tenants.sync(uow, tenants.TenantFacts("t1", "i1", "acme", "Acme Research", AUTH_CENTRE))
    return "t1"


@pytest.fixture
def _handed_over(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """Unified login confirms a member."""

    def redeem(*_args: object) -> VisitingMember:
        return VisitingMember("wendy", "Wendy Gu", "wendy@example.com", "")

    monkeypatch.setattr(onboarding, "redeem", redeem)


def test_a_sign_in_leads_to_the_workspace_and_only_at_its_site(world: World, browse: Browse) -> None:
    client = browse("https://cn4-auth.guance.com")
    answer = post(client, "/login/pwd", username="zhaomin", password=PASSWORD)
    assert answer.headers["location"] == world.local("https://cn4-console.guance.com/")

    path = f"workspace/{owned(world, 'zhaomin').id}/"
    assert "northwind-prod" in client.get(world.local(f"https://cn4-console.guance.com/{path}")).text
    elsewhere = client.get(world.local(f"https://console.guance.com/{path}"))
    assert elsewhere.status_code == 302
    assert "/login/pwd" in elsewhere.headers["location"]


def test_other_peoples_workspaces_do_not_exist(world: World, browse: Browse) -> None:
    client = browse("https://cn4-auth.guance.com")
    post(client, "/login/pwd", username="zhaomin", password=PASSWORD)
    stranger = owned(world, "zhouhao").id
    for page in ("", "settings", "billing", "datakit", "logs", "dashboards"):
        url = world.local(f"https://cn4-console.guance.com/workspace/{stranger}/{page}")
        assert client.get(url).status_code == 404


def test_the_billing_center_shows_the_accounts_own_workspaces_only(world: World, browse: Browse) -> None:
    client = browse("https://boss.guance.com")
    post(client, "/signin", username="zhaomin", password=PASSWORD)
    page = client.get("/workspaces").text
    assert owned(world, "zhaomin").id in page
    assert owned(world, "zhouhao").id not in page


def test_signing_out_of_the_billing_center_ends_the_session(browse: Browse) -> None:
    client = browse("https://boss.guance.com")
    post(client, "/signin", username="sunli", password=PASSWORD)
    kept = client.cookies["boss_session"]
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)
    assert token
    assert client.post("/signout", data={"csrf_token": token[1]}).status_code == 302
    client.cookies.clear()
    assert client.get("/", headers={"Cookie": f"boss_session={kept}"}).status_code == 302


@pytest.mark.parametrize("step", ["company", "activation", "success"])
def test_later_steps_of_the_registration_are_not_reached_before_earlier_ones(browse: Browse, step: str) -> None:
    client = browse("https://auth.guance.com")
    answer = client.get(f"/businessRegister/{step}")
    while answer.status_code == 302:
        answer = client.get(answer.headers["location"])
    assert answer.url.path == "/businessRegister"


def test_a_code_for_no_email_is_refused_and_nothing_typed_is_lost(world: World, browse: Browse) -> None:
    client = browse("https://auth.guance.com")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/businessRegister").text)
    assert token
    fields = {"csrf_token": token[1], "username": "fang", "email": "nonsense", "password": "Secret-2026"}
    answer = client.post("/businessRegister/code", data=fields)
    assert answer.status_code == 422
    assert 'value="fang"' in answer.text
    assert "Secret-2026" not in answer.text
    assert not world.messages()


@pytest.mark.usefixtures("tenant")
def test_a_code_that_unified_login_does_not_know_opens_nothing(world: World, browse: Browse) -> None:
    client = browse("https://auth.guance.com")
    for query in ("code=guessed&tenant=t1", "code=guessed&tenant=t9", ""):
        answer = client.get(f"/huaweicloud/login?{query}")
        assert answer.status_code == 403
        assert "Guance cannot let you in" in answer.text
    assert client.get("/huaweicloud/start").status_code == 403
    assert not world.journal(kind="guance.visit")


@pytest.mark.usefixtures("tenant", "_handed_over")
def test_a_member_whose_account_is_not_linked_chooses_how_to_go_on(browse: Browse) -> None:
    client = browse("https://auth.guance.com")
    assert client.get("/huaweicloud/login?code=c&tenant=t1").headers["location"] == "/huaweicloud/start"
    page = client.get("/huaweicloud/start").text
    for text in ("Wendy Gu", "Acme Research", "No Fee Center Account", "Existing Fee Center Account"):
        assert text in page
    assert post(client, "/huaweicloud/start").status_code == 422
    assert post(client, "/huaweicloud/start", account="no").headers["location"] == "/businessRegister"
    assert '<option selected value="cn4">' in client.get("/businessRegister").text


@pytest.mark.usefixtures("tenant", "_handed_over")
def test_a_member_whose_account_is_linked_needs_no_password(world: World, browse: Browse) -> None:
    workspace = owned(world, "zhaomin")
    with world.uow("guance", write=True) as uow:
        billing_account = uow.session.get_one(BillingAccount, workspace.billing_account_id)
        payer = billing_accounts.link_cloud_account(uow, billing_account, BUYER)
        uow.session.get_one(Workspace, workspace.id).cloud_account_id = payer.id
    client = browse("https://auth.guance.com")
    answer = client.get("/huaweicloud/login?code=c&tenant=t1")
    assert answer.headers["location"] == world.local(f"https://cn4-console.guance.com/workspace/{workspace.id}/")
    assert client.get(answer.headers["location"]).status_code == 200
