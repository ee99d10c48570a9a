"""Sellers outside of the mock, which use real time: called from the pages, sending order queries, and logged in to."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from mock_sites.huawei.domain import orders
from mock_sites.huawei.domain.closing import CLOSING_SECONDS
from mock_sites.huawei.domain.jobs import Activity, OperationCall
from mock_sites.huawei.seller_gateway import delivery
from mock_sites.huawei.seller_gateway.verdict import judge
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.enterprises import PASSWORD
from mock_sites.tests.support.example import Example, example
from mock_sites.tests.support.gateway import drive, log_of
from mock_sites.tests.support.huawei_pages import PROMPT, SERVICES, Buyer, Visit, page_of, visit
from mock_sites.tests.support.oauth import ask_for_tokens, authorized_member
from mock_sites.tests.support.order_query import ask
from mock_sites.tests.support.sending import post
from mock_sites.tests.support.subscribing import buy
from mock_sites.world import jobs
from mock_sites.world.agreement import AUTH_CENTRE, seller_keys
from mock_sites.world.world import World

__all__ = ["example", "visit"]

LOGIN = "https://isv.example.com:9000/log;in?from=marketplace"


@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_a_purchase_and_its_end_reach_a_seller_with_real_time(
    world: World, visit: Visit, example: Example, protocol: str
) -> None:
    drive(world, example.address, protocol)
    buyer = Buyer(world, visit("hw_liwei"))
    buyer.text_of(buyer.goes_on(buyer.sends(PROMPT, agreed="y")))
    jobs.advance(world, orders.PROVISIONING_SECONDS[1])
    (instance_id,) = example.instances
    assert instance_id in buyer.text_of(SERVICES)
    details = buyer.text_of(f"{SERVICES}/{instance_id}")
    assert "https://app.example.com/" in details

    buyer.goes_on(buyer.sends(page_of(instance_id, "close")))
    jobs.advance(world, CLOSING_SECONDS)
    assert example.instances == {}
    assert "Closed" in buyer.text_of(SERVICES)
    assert {call.verdict for call in log_of(world)} == {"accepted"}


def test_repeated_calls_while_the_clock_is_stopped_are_no_replays(world: World) -> None:
    drive(world, "", "v1", access_key="")
    asked = OperationCall(activity=Activity.UPDATE_INSTANCE_STATUS, instance=buy(world), status="FREEZE")
    world.clock.freeze()
    for _ in range(3):
        with world.uow("huawei", write=True) as uow:
            request = delivery.prepare(uow, asked)
        assert judge(request, world.send(request)).outcome == "accepted"


def test_the_duration_of_an_answer_is_not_stored(world: World) -> None:
    buy(world)
    (call,) = log_of(world)
    assert "Content-Type" in call.answer_headers
    assert "Server-Timing" not in call.answer_headers


def test_the_order_query_accepts_real_time_too(world: World, browse: Browse) -> None:
    query = {"orderId": "MOCKONDEMAND"}
    real, neither = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}", "20260501T010000Z"
    assert ask(world, browse, query, date=real).status_code == 200
    assert ask(world, browse, query, date=neither).status_code == 401


def test_members_are_sent_to_the_login_address_of_a_seller_outside(world: World, browse: Browse) -> None:
    authorized_member(world, first_login=True)
    drive(world, "https://isv.example.com", login_address=LOGIN)
    theirs = seller_keys(world.seed, LOGIN)
    client, url = browse(AUTH_CENTRE), f"/unified-login/portal-login?ind=UNOP&appId={theirs.app_id}"
    allowed = " https://isv.example.com:9000/log%3Bin;"
    assert allowed in client.get(url).headers["Content-Security-Policy"]
    assert "<h1>Log in to Guance SaaS Edition</h1>" in client.get(url).text
    change = post(client, url, account="wendy@acme", password=PASSWORD).headers["location"]
    assert allowed in client.get(change).headers["Content-Security-Policy"]
    going = post(client, change, new_password="Changed-2026", confirmation="Changed-2026").headers["location"]
    back = client.get(going).headers["location"]
    assert back.startswith(f"{LOGIN}&code=")
    (code,) = parse_qs(urlsplit(back).query)["code"]
    tokens = ask_for_tokens(world, client, code=code, client_id=theirs.client_id, client_secret=theirs.client_secret)
    assert tokens.status_code == 200

    guance = f"/unified-login/portal-login?ind=UNOP&appId={seller_keys(world.seed).app_id}"
    of_guance, usual = (client.get(each).headers["Content-Security-Policy"] for each in (guance, "/unified-login/"))
    assert of_guance == usual
