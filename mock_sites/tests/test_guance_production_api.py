"""Guance's side of the seller protocol: which calls are accepted, how often, and their answers (spec huawei 2.5 to
2.7).
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from mock_sites.guance.domain import subscriptions, tenants
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.production_api import orders
from mock_sites.guance.production_api.signing import base_signature, kit_signature, payload
from mock_sites.tests.conftest import Browse
from mock_sites.world.agreement import PRODUCTION_ADDRESS, seller_keys
from mock_sites.world.world import World

BUYER = "0123456789abcdef0123456789abcdef"
ORDER = {"activity": "newInstance", "orderId": "CS1", "orderLineId": "CS1-000001", "businessId": "b1", "testFlag": "0"}
TENANT: dict[str, Any] = {
    "instanceId": "b1",
    "orderId": "CS1",
    "tenantId": "t1",
    "tenantCode": "acme",
    "name": "Acme",
    "domainName": "https://macroverse.huaweicloud.com",
    "flag": 1,
    "testFlag": 0,
    "timeStamp": "20260302090000000",
}

Call = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def _bought(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """The order query answers for every order."""

    def look_up(_world: World, order_id: str, order_line_id: str) -> Purchase:
        return Purchase(order_id, order_line_id, BUYER, "OFFI845592654693900288", "Guance SaaS Edition")

    monkeypatch.setattr(orders, "look_up", look_up)


def stamp(world: World) -> str:
    """Now, in the protocol's format."""
    return str(int(world.clock.now().timestamp() * 1000))


@pytest.fixture
def call(world: World, browse: Browse) -> Call:
    """Calls the base interface. Single parts of the signature can be replaced."""
    client, nonces = browse("https://openapi.guance.com"), iter(range(100))

    def send(body: dict[str, Any], **parts: str) -> dict[str, Any]:
        nonce, timestamp = parts.get("nonce", f"base-{next(nonces)}"), parts.get("timestamp", stamp(world))
        key = parts.get("key", seller_keys(world.seed).access_key)
        query = {
            "signature": base_signature(key, nonce, timestamp, payload(body)),
            "timestamp": timestamp,
            "nonce": nonce,
        }
        return answer(client.post(f"/huaweicloud?{urlencode(query)}", content=json.dumps(body)))

    return send


@pytest.fixture
def sync(world: World, browse: Browse) -> Call:
    """Calls tenantSync of the kit."""
    client, nonces = browse("https://openapi.guance.com"), iter(range(100))

    def send(**changes: Any) -> dict[str, Any]:
        body, nonce, timestamp = TENANT | changes, f"kit-{next(nonces)}", stamp(world)
        sign = kit_signature(seller_keys(world.seed).kit_key, nonce, timestamp, payload(body))
        headers = {"x-sign": sign, "x-timestamp": timestamp, "x-nonce": nonce}
        return answer(client.post("/huaweicloud/produceAPI/v2/tenantSync", json=body, headers=headers))

    return send


def answer(response: httpx.Response) -> dict[str, Any]:
    """The JSON of an answer. Its status is always 200."""
    assert response.status_code == 200
    return response.json()


def test_the_address_is_the_agreed_one(world: World, browse: Browse) -> None:
    client = browse(PRODUCTION_ADDRESS)
    assert answer(client.post(world.local(PRODUCTION_ADDRESS), json={}))["resultCode"] == "000002"


def test_an_order_line_gets_one_instance_however_often_it_is_asked_for(world: World, call: Call) -> None:
    first, second = call(ORDER), call(ORDER | {"businessId": "b2"})
    assert first == {"resultCode": "000000", "resultMsg": "success", "instanceId": "b1"}
    assert second["instanceId"] == "b1"
    with world.uow("guance") as uow:
        assert subscriptions.has_open(uow, BUYER)
    assert len(world.journal(kind="guance.subscription.opened")) == 1


def test_two_orders_never_share_an_instance(call: Call) -> None:
    assert call(ORDER)["instanceId"] != call(ORDER | {"orderId": "CS2", "orderLineId": "CS2-000001"})["instanceId"]


def test_without_an_answer_of_the_order_query_nothing_is_made(
    world: World, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_args: object) -> None:
        return None

    monkeypatch.setattr(orders, "look_up", silent)
    assert call(ORDER)["resultCode"] == "000005"
    with world.uow("guance") as uow:
        assert not subscriptions.has_open(uow, BUYER)


def test_a_wrong_key_is_refused(world: World, call: Call) -> None:
    assert call(ORDER, key="guessed")["resultCode"] == "000001"
    assert not world.journal(kind="guance.subscription")


def test_a_call_from_another_minute_is_refused(world: World, call: Call) -> None:
    assert call(ORDER, timestamp=str(int(stamp(world)) - 60_001))["resultCode"] == "000001"
    assert call(ORDER, timestamp=str(int(stamp(world)) + 60_001))["resultCode"] == "000001"


def test_a_call_works_once(call: Call) -> None:
    assert call(ORDER, nonce="n1")["resultCode"] == "000000"
    assert call(ORDER, nonce="n1")["resultCode"] == "000001"


@pytest.mark.parametrize("wrong", [{"orderId": ""}, {"orderId": "x" * 65}, {"orderId": 7}, {"activity": "dance"}])
def test_what_is_missing_too_long_or_unknown_is_an_invalid_parameter(call: Call, wrong: dict[str, Any]) -> None:
    assert call(ORDER | wrong)["resultCode"] == "000002"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"text"', b"null"])
def test_a_body_that_is_no_object_is_an_invalid_parameter(browse: Browse, body: bytes) -> None:
    client = browse("https://openapi.guance.com")
    assert answer(client.post("/huaweicloud", content=body))["resultCode"] == "000002"


def test_the_answer_about_an_instance_says_where_it_is_used(call: Call) -> None:
    call(ORDER)
    info = call({"activity": "queryInstance", "instanceId": "b1"})["info"]
    assert info[0]["instanceId"] == "b1"
    assert info[0]["appInfo"]["frontEndUrl"] == "https://console.guance.com"


def test_an_unknown_instance_is_refused_with_its_code(call: Call, sync: Call) -> None:
    assert call({"activity": "queryInstance", "instanceId": "b9"})["resultCode"] == "000003"
    assert call({"activity": "releaseInstance", "instanceId": "b9"})["resultCode"] == "000003"
    assert sync(instanceId="b9")["resultCode"] == "000003"


def test_a_released_instance_is_closed_for_good(world: World, call: Call) -> None:
    call(ORDER)
    release = {"activity": "releaseInstance", "instanceId": "b1", "orderId": "CS9", "orderLineId": "CS9-000001"}
    assert call(release)["resultCode"] == call(release)["resultCode"] == "000000"
    assert call(ORDER)["instanceId"] == "b1"
    with world.uow("guance") as uow:
        assert not subscriptions.has_open(uow, BUYER)
    assert len(world.journal(kind="guance.subscription.closed")) == 1


def test_an_enterprise_is_added_changed_and_removed_and_repetition_does_no_harm(
    world: World, call: Call, sync: Call
) -> None:
    call(ORDER)
    assert sync()["resultCode"] == sync()["resultCode"] == "000000"
    assert len(world.journal(kind="guance.tenant.added")) == 1
    sync(flag=2, name="Acme Ltd")
    with world.uow("guance") as uow:
        tenant = tenants.find(uow, "t1")
        assert tenant is not None
        assert tenant.name == "Acme Ltd"
    assert sync(flag=0)["resultCode"] == sync(flag=0)["resultCode"] == "000000"
    with world.uow("guance") as uow:
        assert tenants.find(uow, "t1") is None
