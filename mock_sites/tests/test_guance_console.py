"""What the pages of a workspace show its owner (spec guance E)."""

import re

import httpx
import pytest
from sqlalchemy import select

from mock_sites.guance.domain import accounts, billing_accounts, contacts, profile, workspaces
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Account, Workspace
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.guance_pages import owned, signed_in
from mock_sites.tests.support.joining import joined
from mock_sites.tests.support.mailbox import last_code
from mock_sites.tests.support.sending import post
from mock_sites.world import jobs
from mock_sites.world.clock import BEIJING
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

DAY = 86400
OWNER = "zhao.min@northwind.example.com"


@pytest.fixture
def client(browse: Browse) -> httpx.Client:
    """Zhao Min, signed in to the console of cn4."""
    return signed_in(browse)


def days_on(page: str) -> list[str]:
    """The days of the bills on a page, in their order."""
    return re.findall(r'<td\b[^>]* class="day">([0-9-]+)</td>', page)


def balances_on(page: str) -> dict[str, str]:
    """The balances on a page, in CNY."""
    return dict(re.findall(r'data-fact="(cash|voucher|prepaid-card)">([-0-9.,]+)', page))


def total_on(page: str) -> str:
    """The sum on a page."""
    return re.findall(r'data-fact="total">([0-9.,]+)<', page)[0]


def test_billing_shows_the_days_of_this_month_as_the_billing_center_does(world: World, browse: Browse) -> None:
    jobs.advance(world, 2 * DAY)
    workspace_id = owned(world, "zhaomin").id
    page = signed_in(browse).get(f"/workspace/{workspace_id}/billing").text
    boss = browse("https://boss.guance.com")
    post(boss, "/signin", username="zhaomin", password=PASSWORD)
    details = boss.get(f"/bills/details?month=2026-03&workspace={workspace_id}").text

    assert days_on(page) == ["2026-03-03", "2026-03-02", "2026-03-01"] == days_on(details)
    assert total_on(page) == total_on(details)
    assert balances_on(page) == balances_on(boss.get("/").text)
    assert len(balances_on(page)) == 3
    assert "No bill this month yet" not in page


def test_a_month_that_has_just_begun_shows_no_usage(world: World, browse: Browse) -> None:
    with world.uow("guance") as uow:
        days = (31 - (uow.now + BEIJING).day) + 1
    jobs.advance(world, days * DAY)
    page = signed_in(browse).get(f"/workspace/{owned(world, 'zhaomin').id}/billing").text
    assert "No bill this month yet" in page
    assert not days_on(page)


@pytest.mark.parametrize(
    ("period", "shown"),
    [
        ("this-month", "No bill this month yet"),
        ("this-week", "What is used today is on a bill from 2026-03-03 on."),
        ("yesterday", "The period is over, and nothing was used in it."),
    ],
    ids=["month", "week", "yesterday"],
)
def test_a_new_workspace_says_when_its_first_bill_comes(client: httpx.Client, period: str, shown: str) -> None:
    made = post(client, "/workspaces/new", workspace_name="Fresh", language="en")
    assert shown in joined(client.get(f"{made.headers['location']}billing?period={period}").text)


def test_the_billing_center_says_when_the_first_bill_comes(browse: Browse) -> None:
    boss = browse("https://boss.guance.com")
    post(boss, "/signin", username="sunli", password=PASSWORD)
    assert "is on a bill from 2026-03-03 on." in joined(boss.get("/bills").text)


def managed_by_another(world: World, name: str = "Guest") -> None:
    """Let Zhao Min own a workspace that Sun Li's billing center account manages."""
    with world.uow("guance", write=True) as uow:
        payer = billing_accounts.named(uow, "sunli")
        assert payer
        owner = uow.session.scalars(select(Account).where(Account.username == "zhaomin")).one()
        workspaces.create(
            uow, SITES["cn4"], name=name, language="en", owner=owner, billing_account=payer, cloud_account=None
        )


def test_a_further_workspace_is_settled_by_the_owners_own_billing_center_account(
    world: World, client: httpx.Client
) -> None:
    managed_by_another(world)
    made = post(client, "/workspaces/new", workspace_name="Third", language="en")
    assert made.status_code == 302
    with world.uow("guance") as uow:
        third = uow.session.scalars(select(Workspace).where(Workspace.name == "Third")).one()
        assert (third.owner.username, third.billing_account.username) == ("zhaomin", "zhaomin")


def test_nobody_opens_a_workspace_at_the_cost_of_another(world: World, client: httpx.Client) -> None:
    managed_by_another(world)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/workspaces/new").text)
    assert token
    with world.uow("guance", write=True) as uow:
        own = billing_accounts.named(uow, "zhaomin")
        assert own
        own.username = "somebody-else"
    fields = {"csrf_token": token[1], "workspace_name": "Third", "language": "en"}
    for answer in (client.get("/workspaces/new"), client.post("/workspaces/new", data=fields)):
        assert answer.status_code == 403
        assert "Guest: sunli" in answer.text
        assert world.local("https://cn4-auth.guance.com/businessRegister") in answer.text
    assert len(world.journal(kind="guance.workspace.created")) == 3


def test_a_new_console_password_ends_the_other_sessions_and_leaves_the_billing_center_alone(
    browse: Browse, client: httpx.Client
) -> None:
    other, new = signed_in(browse), "Another-2026"
    for current, password, confirm in ((new, new, new), (PASSWORD, new, "Other-2026"), (PASSWORD, PASSWORD, PASSWORD)):
        refused = post(client, "/account", current=current, password=password, confirm=confirm)
        assert refused.status_code == 422
        assert new not in refused.text
    assert post(client, "/account", current=PASSWORD, password=new, confirm=new).status_code == 302

    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    sign_in_page, boss = browse("https://cn4-auth.guance.com"), browse("https://boss.guance.com")
    assert post(sign_in_page, "/login/pwd", username="zhaomin", password=PASSWORD).status_code == 422
    assert post(sign_in_page, "/login/pwd", username="zhaomin", password=new).status_code == 302
    assert post(boss, "/signin", username="zhaomin", password=new).status_code == 422
    assert post(boss, "/signin", username="zhaomin", password=PASSWORD).status_code == 302


def test_what_changes_in_the_billing_center_leaves_the_console_account_alone(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        holder, owner = billing_accounts.named(uow, "zhaomin"), accounts.with_email(uow, SITES["cn4"], OWNER)
        assert holder
        assert owner
        contacts.send_to_new(uow, holder, "email", "min@example.com", "en")
    code = last_code(world, "min@example.com")
    with world.uow("guance", write=True) as uow:
        holder = billing_accounts.named(uow, "zhaomin")
        assert holder
        contacts.change(uow, holder, "email", "min@example.com", code)
        profile.set_password(uow, holder, "another")
    with world.uow("guance", write=True) as uow:
        assert accounts.with_email(uow, SITES["cn4"], "min@example.com") is None
        assert accounts.check_password(uow, SITES["cn4"], OWNER, PASSWORD)
