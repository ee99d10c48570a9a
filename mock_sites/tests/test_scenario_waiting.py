"""Waiting in the scenario API: until the seller was called, by the world's clock; and whom it answers."""

import base64
import hmac
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

import pytest

from mock_sites.huawei.domain.catalogue import CARD_PRODUCT, GUANCE_PRODUCT, PLAN_CONTENT
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.behaving import BehavingSeller
from mock_sites.tests.support.gateway import KEY, ReceivedRequest, drive, seller
from mock_sites.tests.support.plans import MONTH
from mock_sites.tests.support.plans import buy as buy_plan
from mock_sites.tests.support.scenarios import Api
from mock_sites.tests.support.subscribing import buy, enterprise_with_wendy, order
from mock_sites.world import jobs
from mock_sites.world.world import World

WAIT = {"wait": "true"}
REFUSED = b'{"resultCode":"000002","resultMsg":"no"}'


@pytest.fixture
def api(dispatcher: Dispatcher, world: World) -> Iterator[Api]:
    api = Api(dispatcher, world)
    yield api
    api.client.close()


def refuse(request: ReceivedRequest) -> None:
    """Refuse every call."""
    request.answer = REFUSED


def seconds(world: World, since: str) -> float:
    """The seconds of the world's time since a moment of an answer."""
    return (world.clock.now() - datetime.fromisoformat(since)).total_seconds()


def test_an_order_that_the_seller_refuses_fails_after_its_last_try(world: World, api: Api) -> None:
    made = api.does("POST", "/orders", offer=MONTH)["order"]
    with seller(refuse) as address:
        drive(world, address, product=PLAN_CONTENT)
        paid = api.does("POST", f"/orders/{made['id']}/pay", **WAIT)

    assert (paid["outcome"], paid["order"]["state"], paid["order"]["refund"]) == ("failed", "cancelled", 600)
    assert {(call["operation"], call["verdict"], call["code"]) for call in paid["calls"]} == {
        ("newInstance", "refused", "000002")
    }
    assert len(paid["calls"]) == 19
    assert seconds(world, paid["order"]["paid_at"]) == 18 * 600


def test_a_wrong_signature_is_explained_and_no_key_is_told(world: World, api: Api) -> None:
    def sign_wrongly(request: ReceivedRequest) -> None:
        digest = base64.b64encode(hmac.digest(b"another", request.answer, "sha256")).decode()
        request.answer_headers["Body-Sign"] = f'sign_type="HMAC-SHA256", signature="{digest}"'

    with seller(sign_wrongly) as address:
        drive(world, address)
        failed = api.does("POST", "/orders", offer=GUANCE_PRODUCT, agreed=True, **WAIT)

    assert failed["outcome"] == "failed"
    assert "another key" in failed["calls"][0]["advice"][0]
    assert KEY not in str(failed)


def test_a_release_that_the_seller_refuses_fails(world: World, api: Api) -> None:
    instance = buy_plan(world)
    with seller(refuse) as address:
        drive(world, address, product=PLAN_CONTENT)
        ended = api.does("POST", f"/services/{instance}/unsubscribe", **WAIT)

    assert (ended["outcome"], len(ended["calls"])) == ("failed", 30)
    assert api.does("GET", f"/services/{instance}")["state"] == "closing_failed"


def test_a_call_of_the_kit_that_the_seller_refuses_is_a_failure(world: World, api: Api) -> None:
    enterprise_with_wendy(world, buy(world))
    jobs.run_due(world)
    member = api.does("GET", "/members")["members"][0]["id"]
    with seller(refuse) as address:
        drive(world, address)
        withdrawn = api.does("POST", f"/members/{member}/cancel-authorization", **WAIT)

    assert withdrawn["outcome"] == "failed"
    assert [call["operation"] for call in withdrawn["calls"]] == ["authSync"]


def test_without_waiting_the_clock_stands_still_and_the_seller_is_called_later(world: World, api: Api) -> None:
    before = world.clock.now()
    made = api.does("POST", "/orders", offer=GUANCE_PRODUCT, agreed=True)

    assert (made["outcome"], made["calls"], world.clock.now()) == ("waiting", [], before)
    assert api.does("GET", f"/orders/{made['order']['id']}")["state"] == "processing"
    jobs.advance(world, 8)
    assert api.does("GET", f"/orders/{made['order']['id']}")["state"] == "completed"


def test_waiting_for_an_unpaid_order_does_not_advance_the_clock(world: World, api: Api) -> None:
    before = world.clock.now()
    made = api.does("POST", "/orders", offer=CARD_PRODUCT, number=2, **WAIT)

    assert (made["outcome"], world.clock.now()) == ("unpaid", before)


def test_an_order_under_supervision_has_not_failed_and_is_not_waited_for(world: World, api: Api) -> None:
    made = api.does("POST", "/orders", offer=MONTH)["order"]
    with seller(BehavingSeller(protocol="v2")) as address:
        drive(world, address, product=PLAN_CONTENT, is_supervised=True)
        paid = api.does("POST", f"/orders/{made['id']}/pay", **WAIT)

    assert (paid["outcome"], paid["order"]["state"]) == ("supervised", "processing")
    assert seconds(world, paid["order"]["paid_at"]) < 600


def test_waiting_stops_when_its_own_operation_is_finished(world: World, api: Api) -> None:
    order(world)  # is cancelled after 24 hours
    api.does("POST", "/orders", offer=GUANCE_PRODUCT, agreed=True, **WAIT)

    assert world.journal(kind="huawei.order.cancelled") == []


@pytest.mark.parametrize("token", ["", "nothing"])
def test_without_a_sign_in_nothing_is_told_but_the_offers(api: Api, token: str) -> None:
    api.client.headers["X-Auth-Token"] = token

    assert api.does("GET", "/offers")["offers"]
    refused = [api.asks(method, path, **fields) for method, path, fields in ASKED]
    assert {(answer.status_code, answer.json()["message"]) for answer in refused} == {
        (401, "Sign in first, and send the token of the sign-in in the header X-Auth-Token.")
    }


ASKED = [
    ("DELETE", "/sign-ins", {}),
    ("GET", "/account", {}),
    ("GET", "/orders", {}),
    ("POST", "/orders", {"offer": MONTH}),
    ("POST", "/services/x/close", {}),
    ("PUT", "/role", {"role": "personal"}),
    ("GET", "/members", {}),
]
"""Some operations of each kind."""


def test_a_sign_in_ends_when_the_buyer_signs_out_and_after_twelve_hours(world: World, api: Api) -> None:
    api.does("GET", "/account")
    api.does("DELETE", "/sign-ins")
    assert api.asks("GET", "/account").status_code == 401
    api.signs_in()
    jobs.advance(world, 12 * 3600)
    assert api.asks("GET", "/account").status_code == 401


def test_what_belongs_to_others_is_not_found(dispatcher: Dispatcher, world: World) -> None:
    instance, plan, card = buy(world), buy_plan(world), order(world)
    with closing(Api(dispatcher, world, "hw_wangfang").client) as stranger:
        answers = [
            stranger.get(f"/orders/{card}"),
            stranger.post(f"/orders/{card}/pay"),
            stranger.post(f"/orders/{card}/cancel"),
            stranger.get(f"/services/{instance}"),
            stranger.post(f"/services/{instance}/close"),
            *(
                stranger.post(f"/services/{plan}/{verb}", json={"specification": MONTH})
                for verb in ("renew", "renewal-change", "upgrade")
            ),
            stranger.post(f"/services/{plan}/unsubscribe", json={}),
            stranger.patch(f"/services/{plan}/expiry-policy", json={"auto_renew": True}),
        ]
        lists = [stranger.get(path).json() for path in ("/orders", "/services")]

    assert {answer.status_code for answer in answers} == {404}
    assert [each["total"] for each in lists] == [0, 0]
