"""Tickets of the support center: their states and threads (spec guance C.1, B8)."""

import re

import httpx
import pytest

from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.billing_pages import signed_in
from mock_sites.tests.support.sending import post, token
from mock_sites.world import jobs
from mock_sites.world.world import World

QUARTER = 15 * 60


@pytest.fixture
def client(browse: Browse) -> httpx.Client:
    """Zhao Min, signed in."""
    return signed_in(browse, "zhaomin")


def submit(client: httpx.Client, category: str = "billing", title: str = "A question") -> str:
    """Submit a ticket. Returns the address of its page."""
    address = post(client, "/support/new", category=category, title=title, text="What is this?").headers["location"]
    return str(address)


def state_of(client: httpx.Client, ticket: str) -> str:
    """The state that its page shows."""
    return re.findall(r'data-fact="state">\s*<span class="state[^"]*">(.*?)<', client.get(ticket).text)[0]


def close(client: httpx.Client, ticket: str) -> httpx.Response:
    """Close a ticket."""
    return client.post(f"{ticket}/close", data={"csrf_token": token(client.get(ticket))})


def test_a_ticket_is_answered_within_a_quarter_of_an_hour_and_a_notice_is_mailed(
    world: World, client: httpx.Client
) -> None:
    ticket = submit(client)
    assert state_of(client, ticket) == "Being processed"
    assert "No replies yet" in client.get(ticket).text
    jobs.advance(world, QUARTER)
    assert state_of(client, ticket) == "Answered"
    assert "Consumption Details shows" in client.get(ticket).text
    assert (
        world.messages("zhao.min@northwind.example.com")[-1].subject
        == f"Ticket {ticket.rpartition('/')[2]} was answered"
    )


def test_a_reply_opens_the_ticket_again_and_the_thread_is_in_order(world: World, client: httpx.Client) -> None:
    ticket = submit(client)
    post(client, ticket, text="First <b>mine</b>")
    jobs.advance(world, QUARTER)
    assert post(client, ticket, text="Second mine").status_code == 302
    assert state_of(client, ticket) == "Being processed"
    jobs.advance(world, QUARTER)
    texts = re.findall(r'<p class="typed">(.*?)</p>', client.get(ticket).text, re.DOTALL)
    assert [text[:6] for text in texts] == ["First ", "We hav", "Second", "Thank "]
    assert "&lt;b&gt;" in texts[0]
    assert state_of(client, ticket) == "Answered"


def test_an_empty_reply_is_refused_beside_its_field(client: httpx.Client) -> None:
    ticket = submit(client)
    for text in ("", " ", "x" * 2001):
        refused = post(client, ticket, text=text)
        assert refused.status_code == 422
        assert 'id="text-error"' in refused.text
    assert "No replies yet" in client.get(ticket).text


def test_a_closed_ticket_takes_no_replies_and_is_not_answered(world: World, client: httpx.Client) -> None:
    ticket = submit(client)
    reply = token(client.get(ticket))
    assert close(client, ticket).status_code == 302
    refused = client.post(ticket, data={"csrf_token": reply, "text": "Late"})
    assert (refused.status_code, "This ticket is closed. Submit a new one." in refused.text) == (422, True)
    assert "We answer" not in client.get(ticket).text
    jobs.advance(world, QUARTER)
    assert state_of(client, ticket) == "Closed"
    assert not world.journal(kind="guance.ticket.answered")
    assert not world.journal(kind="guance.job.failed")


def test_who_asks_for_a_voucher_gets_the_code_of_one(world: World, client: httpx.Client) -> None:
    empty = client.get("/support/new?type=voucher").text
    assert '<option selected value="voucher">' in empty
    codes: list[str] = []
    for _time in range(2):
        ticket = submit(client, "voucher")
        jobs.advance(world, QUARTER)
        codes += re.findall(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}", client.get(ticket).text)
    assert codes[0] == codes[1]
    assert post(client, "/wallet/vouchers/activate", activation_code=codes[0]).status_code == 302


def test_tickets_are_found_by_title_number_and_state(world: World, client: httpx.Client) -> None:
    first = submit(client, title="100 % wrong")
    jobs.advance(world, QUARTER)
    second = submit(client, title="Another")
    for query, found in {
        "": {first, second},
        "search=0+%25": {first},
        f"search={second.rpartition('/')[2]}": {second},
        "state=processing": {second},
        "state=answered": {first},
        "state=closed": set[str](),
        "state=x": {first, second},
        "search=%25": {first},
    }.items():
        page = client.get(f"/support?{query}").text
        assert set(re.findall(r'href="(/support/T[0-9]+)"', page)) == found, query
    assert "No ticket fits this choice" in client.get("/support?state=closed").text


def test_a_ticket_is_answered_in_the_language_of_the_pages(world: World, browse: Browse) -> None:
    chinese = browse("https://boss.guance.com")
    chinese.headers["Accept-Language"] = "zh-CN"
    post(chinese, "/signin", username="sunli", password="Mock-2026-Pass")
    ticket = submit(chinese, "product")
    jobs.advance(world, QUARTER)
    assert "DataKit" in chinese.get(ticket).text
    assert "Data arrive" not in chinese.get(ticket).text
