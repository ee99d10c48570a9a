"""The binding pages for a member of an enterprise."""

import re

import httpx
import pytest
from sqlalchemy import select

from mock_sites.guance.domain import billing_accounts, locks, subscriptions, tenants, visits, workspaces
from mock_sites.guance.domain.billing_accounts import named
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Workspace
from mock_sites.guance.domain.visits import VisitingMember
from mock_sites.guance.onboarding import views as onboarding
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.mailbox import last_code
from mock_sites.world import jobs
from mock_sites.world.agreement import AUTH_CENTRE
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.sign_ins import SignIn
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"
BIND = "/huaweicloud/bind"
JSON = {"Accept": "application/json"}


@pytest.fixture
def member(world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> httpx.Client:
    """A member of an enterprise of the buyer, who comes from unified login and has a fee center account."""

    def redeem(*_args: object) -> VisitingMember:
        return VisitingMember("wendy", "Wendy Gu", "wendy@acme.example.com", "")

    with world.uow("guance", write=True) as uow:
        subscriptions.open_subscription(uow, Purchase("o1", "l1", BUYER, "OFFI", "Guance SaaS Edition"), "i1")
        tenants.sync(uow, tenants.TenantFacts("t1", "i1", "acme", "Acme Research", AUTH_CENTRE))
    monkeypatch.setattr(onboarding, "redeem", redeem)
    client = browse("https://auth.guance.com")
    client.get("/huaweicloud/login?code=c&tenant=t1")
    assert post(client, "/huaweicloud/start", "/huaweicloud/start", account="existing").headers["location"] == BIND
    return client


def post(client: httpx.Client, page: str, to: str, **fields: str) -> httpx.Response:
    """Send fields to an address with the token of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page).text)
    assert found
    return client.post(to, data={"csrf_token": found[1], **fields})


def get_code(client: httpx.Client, world: World, page: str, mailbox: str, **fields: str) -> str:
    """Ask for a code on a page and read it in the mail."""
    answer = post(client, page, f"{page}/code", **fields)
    assert answer.status_code == 200
    return last_code(world, mailbox)


def bind_account(client: httpx.Client, world: World, username: str, email: str) -> None:
    """Bind a fee center account."""
    code = get_code(client, world, BIND, email, username=username)
    assert post(client, BIND, BIND, username=username, code=code).headers["location"] == BIND


def first_workspace(world: World, username: str) -> str:
    """The id of the first workspace of a fee center account."""
    with world.uow("guance") as uow:
        account = named(uow, username)
        assert account
        return uow.session.scalars(workspaces.of_billing_account(account.id)).all()[0].id


def test_the_way_from_the_username_to_the_workspace(world: World, member: httpx.Client, browse: Browse) -> None:
    bind_account(member, world, "zhaomin", "zhao.min@northwind.example.com")
    workspace_id = first_workspace(world, "zhaomin")
    assert f"{BIND}/workspaces/{workspace_id}" in member.get(BIND).text

    confirmation = member.get(f"{BIND}/workspaces/{workspace_id}").text
    assert "northwind-prod" in confirmation
    assert BUYER in confirmation
    assert ">Bound<" not in member.get(BIND).text.partition("bind-workspace")[2]
    post(member, f"{BIND}/workspaces/{workspace_id}", f"{BIND}/workspaces/{workspace_id}")
    assert ">Bound<" in member.get(BIND).text.partition("bind-workspace")[2]

    sign_in_page = post(member, BIND, f"{BIND}/confirm").headers["location"]
    assert sign_in_page.startswith(world.local("https://cn4-auth.guance.com/login/pwd"))
    page = member.get(sign_in_page).text
    assert "Successfully Bind the Following Guance Workspace: northwind-prod" in page
    inside = post(member, sign_in_page, sign_in_page, username="zhaomin", password=PASSWORD).headers["location"]
    assert inside == world.local(f"https://cn4-console.guance.com/workspace/{workspace_id}/")

    later = browse("https://auth.guance.com")
    assert later.get("/huaweicloud/login?code=c&tenant=t1").headers["location"] == inside


def test_a_visit_ends_when_it_is_confirmed_for_old_cookies_too(
    world: World, member: httpx.Client, browse: Browse
) -> None:
    bind_account(member, world, "zhaomin", "zhao.min@northwind.example.com")
    page = f"{BIND}/workspaces/{first_workspace(world, 'zhaomin')}"
    post(member, page, page)
    copy = browse("https://auth.guance.com")
    copy.cookies.update(member.cookies)
    assert copy.get(BIND).status_code == 200
    post(member, BIND, f"{BIND}/confirm")
    assert [client.get(BIND).status_code for client in (member, copy)] == [403, 403]


def test_a_visit_lasts_two_hours(world: World, member: httpx.Client) -> None:
    """As the access token that came with it (spec huawei 4.2)."""
    jobs.advance(world, 2 * 3600 - 1)
    assert member.get(BIND).status_code == 200
    jobs.advance(world, 1)
    assert member.get(BIND).status_code == 403


def test_a_visit_is_a_sign_in_of_its_member_only(world: World, member: httpx.Client) -> None:
    """A restored world makes its tokens again: a browser that is still open then has the one of somebody else."""
    assert member.get(BIND).status_code == 200
    with world.uow("guance") as uow:
        sign_in = uow.session.scalars(select(SignIn).filter_by(realm=visits.REALM)).one()
        assert sign_in.subject == "wendy@t1"
        assert visits.find(uow, sign_in.token, "wendy@t1")
        assert visits.find(uow, sign_in.token, "mallory@t1") is None
        assert visits.find(uow, "", "") is None


def test_what_comes_next_is_the_primary_action(member: httpx.Client, world: World) -> None:
    bind_account(member, world, "sunli", "sun.li@lakeside.example.com")
    assert re.findall(r'class="btn btn-primary"[^>]*>([^<]+)<', member.get(BIND).text) == ["Create Workspace"]


def test_confirming_with_nothing_bound_says_why(member: httpx.Client, world: World) -> None:
    bind_account(member, world, "sunli", "sun.li@lakeside.example.com")
    answer = post(member, BIND, f"{BIND}/confirm")
    assert answer.status_code == 422
    assert "Bind a workspace first" in answer.text
    assert "Create Workspace" in answer.text


def test_the_answer_to_get_code_reveals_nothing_and_shows_no_address(member: httpx.Client, world: World) -> None:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', member.get(BIND).text)
    assert token
    answers: set[str] = set()
    for username in ("nobody", "zhaomin"):
        data = {"csrf_token": token[1], "username": username}
        first = member.post(f"{BIND}/code", data=data, headers=JSON)
        again = member.post(f"{BIND}/code", data=data, headers=JSON)
        assert (first.status_code, again.status_code) == (200, 422)
        answers.add(first.text + again.text)
        assert "example.com" not in member.post(f"{BIND}/code", data=data).text
    assert len(answers) == 1
    assert len(world.messages()) == 1


def test_ids_of_others_are_not_found(member: httpx.Client, world: World) -> None:
    stranger = f"{BIND}/workspaces/{first_workspace(world, 'zhouhao')}"
    assert member.get(stranger).status_code == 404
    bind_account(member, world, "zhaomin", "zhao.min@northwind.example.com")
    assert member.get(stranger).status_code == 404
    assert post(member, BIND, stranger).status_code == 404
    assert member.get(f"{BIND}/workspaces/nonsense").status_code == 404


def test_looking_at_the_confirmation_binds_nothing(member: httpx.Client, world: World) -> None:
    bind_account(member, world, "zhaomin", "zhao.min@northwind.example.com")
    member.get(f"{BIND}/workspaces/{first_workspace(world, 'zhaomin')}")
    assert not world.journal(kind="guance.visit.workspace-bound")


def test_creating_needs_a_fee_center_account_first(member: httpx.Client) -> None:
    for page in ("create", "create/have-account", "create/no-account"):
        assert member.get(f"{BIND}/{page}").headers["location"] == BIND
    assert member.get(f"{BIND}/create/other").status_code == 404


def test_the_form_for_newcomers_is_refused_field_by_field_and_keeps_what_was_typed(
    member: httpx.Client, world: World
) -> None:
    bind_account(member, world, "sunli", "sun.li@lakeside.example.com")
    page = f"{BIND}/create/no-account"
    typed = {
        "workspace_name": "<b>عمل 🚀</b>",
        "language": "zh",
        "username": "wendy",
        "password": "Secret-2026",
        "confirm": "Secret-2027",
        "email": "wendy@acme.example.com",
        "code": "123456",
    }
    answer = post(member, page, page, **typed)
    assert answer.status_code == 422
    assert "The two passwords are not the same." in answer.text
    assert "Agree to go on." in answer.text
    assert 'value="&lt;b&gt;عمل 🚀&lt;/b&gt;"' in answer.text
    assert 'value="wendy@acme.example.com"' in answer.text
    assert "Secret-202" not in answer.text
    assert "phone-error" not in answer.text


def test_a_newcomer_creates_a_workspace_at_the_chosen_site_and_gets_in(member: httpx.Client, world: World) -> None:
    bind_account(member, world, "sunli", "sun.li@lakeside.example.com")
    assert post(member, BIND, f"{BIND}/site", site="za1").status_code == 302
    page, email = f"{BIND}/create/no-account", "wendy@acme.example.com"
    assert "Africa 1 (South Africa)" in member.get(page).text
    code = get_code(member, world, page, email, email=email)
    answer = post(
        member,
        page,
        page,
        workspace_name="Acme Africa",
        language="en",
        username="wendy",
        password="Secret-2026",
        confirm="Secret-2026",
        email=email,
        code=code,
        phone="",
        terms="y",
        site="cn1",
    )
    assert answer.headers["location"] == BIND
    assert ">Bound<" in member.get(BIND).text.partition("bind-workspace")[2]
    sign_in_page = post(member, BIND, f"{BIND}/confirm").headers["location"]
    assert sign_in_page.startswith(world.local("https://za1-auth.guance.com/login/pwd"))
    inside = post(member, sign_in_page, sign_in_page, username="wendy", password="Secret-2026").headers["location"]
    assert "Acme Africa" in member.get(inside).text


def test_every_page_says_that_the_subscription_was_closed_meanwhile(member: httpx.Client, world: World) -> None:
    bind_account(member, world, "zhaomin", "zhao.min@northwind.example.com")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', member.get(BIND).text)
    assert token
    with world.uow("guance", write=True) as uow:
        subscriptions.close(uow, "i1")
    for page in (
        BIND,
        "/huaweicloud/start",
        f"{BIND}/create",
        f"{BIND}/workspaces/{first_workspace(world, 'zhaomin')}",
    ):
        answer = member.get(page)
        assert answer.status_code == 409
        assert "was closed on Huawei Cloud" in answer.text
    assert member.post(f"{BIND}/confirm", data={"csrf_token": token[1]}).status_code == 409


def test_a_subscription_that_is_closed_before_confirming_leaves_nothing_behind(
    member: httpx.Client, world: World
) -> None:
    bind_account(member, world, "zhaomin", "zhao.min@northwind.example.com")
    workspace_id, mails = first_workspace(world, "zhaomin"), len(world.messages())
    page = f"{BIND}/workspaces/{workspace_id}"
    assert post(member, page, page).headers["location"] == BIND
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', member.get(BIND).text)
    assert token
    with world.uow("guance", write=True) as uow:
        assert locks.cancel_subscription(uow, "i1")

    answer = member.post(f"{BIND}/confirm", data={"csrf_token": token[1]})

    assert answer.status_code == 409
    assert "was closed on Huawei Cloud" in answer.text
    assert "What you have bound on this visit has no effect" in answer.text
    assert member.get(BIND).status_code == 409
    with world.uow("guance") as uow:
        workspace = uow.session.get_one(Workspace, workspace_id)
        assert (workspace.state, workspace.settlement, workspace.cloud_account_id) == ("normal", "billing-center", None)
        assert uow.session.scalars(billing_accounts.cloud_accounts(workspace.billing_account_id)).all() == []
    assert len(world.messages()) == mails
    assert not world.journal(kind="guance.cloud-account")


def test_without_a_visit_no_binding_page_is_reached(browse: Browse) -> None:
    client = browse("https://auth.guance.com")
    for page in ("", "/create", "/create/no-account", "/workspaces/wksp_1"):
        assert client.get(f"{BIND}{page}").status_code == 403
