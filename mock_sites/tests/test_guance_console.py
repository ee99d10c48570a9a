"""What the pages of a workspace show its owner (spec guance E)."""

import re

import httpx
import pytest

from mock_sites.guance.domain import bills
from mock_sites.guance.people import PASSWORD
from mock_sites.tests.conftest import Browse
from mock_sites.tests.test_guance_pages import owned, post
from mock_sites.world import jobs
from mock_sites.world.world import World

DAY = 86400


@pytest.fixture
def client(browse: Browse) -> httpx.Client:
    """Zhao Min, signed in at cn4, in the console there."""
    return signed_in(browse)


def signed_in(browse: Browse) -> httpx.Client:
    """Zhao Min, signed in at cn4, in the console there."""
    client = browse("https://cn4-auth.guance.com")
    assert post(client, "/login/pwd", username="zhaomin", password=PASSWORD).status_code == 302
    client.base_url = str(client.base_url).replace("cn4-auth", "cn4-console")
    return client


def days_on(page: str) -> list[str]:
    """The days of the bills on a page, as they are listed."""
    return re.findall(r'<td class="day">([0-9-]+)</td>', page)


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
    assert "No usage this month yet" not in page


def test_a_month_that_has_just_begun_shows_no_usage(world: World, browse: Browse) -> None:
    with world.book("guance") as book:
        days = (31 - (book.now + bills.BEIJING).day) + 1
    jobs.advance(world, days * DAY)
    page = signed_in(browse).get(f"/workspace/{owned(world, 'zhaomin').id}/billing").text
    assert "No usage this month yet" in page
    assert not days_on(page)


def test_a_new_workspace_shows_no_usage(client: httpx.Client) -> None:
    made = post(client, "/workspaces/new", workspace_name="Fresh", language="en")
    assert "No usage this month yet" in client.get(f"{made.headers['location']}billing").text
