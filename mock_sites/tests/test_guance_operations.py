"""The base interface of the reference seller: every operation and every code, V1.0 and V2.0 (spec huawei 2.4-2.7)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from mock_sites.guance.domain.states import SuspendedFor
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import Subscription
from mock_sites.guance.production_api import orders
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.marketplace import BUYER, NEW_V1, NEW_V2, Marketplace
from mock_sites.world import sensitive_fields
from mock_sites.world.agreement import PRODUCTION_ADDRESS
from mock_sites.world.world import World

PRODUCT = NEW_V1["productId"]
UNTIL = datetime(2027, 1, 31, 12, 30, 5, tzinfo=UTC)
REFUSED = {"000001", "000002"}
LINE = {"orderId": "CS2", "orderLineId": "CS2-000001"}

V1_CALLS: dict[str, dict[str, Any]] = {
    "queryInstance": {},
    "refreshInstance": {"orderId": "CS2", "expireTime": "20270131123005"},
    "expireInstance": {"orderId": "CS1"},
    "instanceStatus": {"instanceStatus": "FREEZE"},
    "releaseInstance": {"orderId": "CS2"},
    "upgrade": {"orderId": "CS2", "skuCode": "sku-2", "productId": "OFFI2"},
}
V2_CALLS: dict[str, dict[str, Any]] = {
    "queryInstance": {},
    "refreshInstance": {"scene": "RENEWAL", "expireTime": "20270131123005", **LINE},
    "updateInstanceStatus": {"status": "FREEZE"},
    "releaseInstance": LINE,
    "upgradeInstance": LINE,
    "changeInstanceCheck": {"productInfo": {"productId": "OFFI2", "skuCode": "sku-2"}},
}
ALL = [
    (protocol, name, fields)
    for protocol, calls in (("v1", V1_CALLS), ("v2", V2_CALLS))
    for name, fields in calls.items()
]
NAMES = [f"{protocol} {name}" for protocol, name, _ in ALL]


@pytest.fixture(autouse=True)
def _bought(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """The order query answers for every order: the first order is for the product, later ones for another product."""

    def look_up(_world: World, order_id: str, order_line_id: str) -> Purchase:
        buyer = "stranger" if order_id == "CS9" else BUYER
        return Purchase(order_id, order_line_id, buyer, PRODUCT if order_id == "CS1" else "OFFI2", "Guance")

    monkeypatch.setattr(orders, "look_up", look_up)


@pytest.fixture
def marketplace(world: World, browse: Browse) -> Marketplace:
    """Calls Guance."""
    return Marketplace(world, browse(PRODUCTION_ADDRESS))


def call(marketplace: Marketplace, protocol: str, activity: str, **fields: Any) -> dict[str, Any]:
    """The answer to a call about the instance b1."""
    body = {"activity": activity, "instanceId": "b1"} | fields
    return marketplace.v1(body) if protocol == "v1" else marketplace.v2(body)


def subscription(world: World) -> Subscription:
    """The subscription of the instance b1."""
    with world.uow("guance") as uow:
        return uow.session.get_one(Subscription, "b1")


@pytest.mark.parametrize(("protocol", "activity", "fields"), ALL, ids=NAMES)
def test_every_operation_succeeds_twice_and_knows_no_unknown_or_released_instance(
    marketplace: Marketplace, protocol: str, activity: str, fields: dict[str, Any]
) -> None:
    assert call(marketplace, protocol, activity, **fields)["resultCode"] == "000003"
    marketplace.v2(NEW_V2)
    assert call(marketplace, protocol, activity, **fields)["resultCode"] == "000000"
    assert call(marketplace, protocol, activity, **fields)["resultCode"] == "000000"
    marketplace.v2({"activity": "releaseInstance", "instanceId": "b1"})
    afterwards = "000000" if activity in {"queryInstance", "releaseInstance"} else "000003"
    assert call(marketplace, protocol, activity, **fields)["resultCode"] == afterwards


@pytest.mark.parametrize(("protocol", "activity", "fields"), ALL, ids=NAMES)
def test_every_operation_misses_each_of_its_parameters(
    marketplace: Marketplace, protocol: str, activity: str, fields: dict[str, Any]
) -> None:
    marketplace.v2(NEW_V2)
    needed = {"instanceId": "b1"} | fields
    if (protocol, activity) == ("v2", "releaseInstance"):
        needed = {"instanceId": "b1"}
    for name in needed:
        assert call(marketplace, protocol, activity, **(fields | {name: ""}))["resultCode"] == "000002", name


@pytest.mark.parametrize(("protocol", "activity", "fields"), ALL, ids=NAMES)
def test_a_test_call_succeeds_and_touches_nothing(
    world: World, marketplace: Marketplace, protocol: str, activity: str, fields: dict[str, Any]
) -> None:
    marketplace.v2(NEW_V2)
    before = len(world.journal(kind="guance"))
    for instance_id in ("b1", "invented"):
        answer = call(marketplace, protocol, activity, testFlag="1", **(fields | {"instanceId": instance_id}))
        assert answer["resultCode"] == "000000"
    assert subscription(world).state == "open"
    assert len(world.journal(kind="guance")) == before


def test_a_test_call_for_an_instance_answers_with_one_id_an_order_and_makes_no_instance(
    world: World, marketplace: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(orders, "look_up")
    for make, order in ((marketplace.v2, NEW_V2), (marketplace.v1, NEW_V1)):
        test = order | {"testFlag": "1"}
        first, again, other = (make(test | more) for more in ({}, {"businessId": "b2"}, {"orderId": "CS2"}))
        assert first["instanceId"] == again["instanceId"] != other["instanceId"]
    with world.uow("guance") as uow:
        assert not uow.session.scalar(select(func.count()).select_from(Subscription))


def test_a_call_of_v1_far_longer_than_any_is_refused(marketplace: Marketplace) -> None:
    longest = marketplace.v1({"activity": "queryInstance", "instanceId": ",".join(["x" * 64] * 100)})
    assert longest["resultCode"] == "000003"
    assert marketplace.v1(NEW_V1 | {"customerName": "x" * 17_000})["resultCode"] == "000002"


def test_v1_makes_one_instance_a_product_of_an_order_and_finds_what_v2_made(
    world: World, marketplace: Marketplace
) -> None:
    first = marketplace.v1(NEW_V1 | {"expireTime": "20270131123005"})
    assert marketplace.v1(NEW_V1 | {"businessId": "b2"}) == first
    assert marketplace.v2(NEW_V2 | {"businessId": "b3"})["instanceId"] == "b1"
    assert marketplace.v1(NEW_V1 | {"businessId": "b4", "productId": "OFFI2"})["instanceId"] == "b4"
    marketplace.v2(NEW_V2 | LINE | {"businessId": "b5"})
    assert marketplace.v1(NEW_V1 | {"businessId": "b6", "orderId": "CS2", "productId": "OFFI2"})["instanceId"] == "b5"
    assert (subscription(world).huawei_account_id, subscription(world).expires_at) == (BUYER, UNTIL)


@pytest.mark.parametrize("encrypt_type", ["1", "2"])
def test_sensitive_fields_are_read_with_either_size_of_key_and_answered_encrypted(
    world: World, marketplace: Marketplace, encrypt_type: str
) -> None:
    secret = {"mobilePhone": marketplace.encrypted("13800000000", encrypt_type)}
    secret |= {"email": marketplace.encrypted("li.wei@example.com", encrypt_type)}
    answer = marketplace.v1(NEW_V1 | secret)
    assert (subscription(world).mobile, subscription(world).email) == ("13800000000", "li.wei@example.com")

    value = answer["appInfo"]["userName"]
    assert sensitive_fields.decrypt(marketplace.key, value, answer["encryptType"]) == "li.wei@example.com"
    queried = marketplace.v1({"activity": "queryInstance", "instanceId": "b1"})
    assert queried["info"][0]["appInfo"] == answer["appInfo"]
    assert "li.wei" not in repr([event.details for event in world.journal(kind="guance")])


@pytest.mark.parametrize(
    "wrong",
    [
        {"customerId": ""},
        {"customerId": "x" * 101},
        {"skuCode": ""},
        {"productId": ""},
        {"businessId": ""},
        {"orderId": "x" * 65},
        {"expireTime": "20270231000000"},
        {"expireTime": "tomorrow"},
        {"mobilePhone": "13800000000"},
        {"email": "x" * 129},
        {"activity": "dance"},
        {"activity": "getLicense"},
        {"activity": "upgradeInstance"},
    ],
    ids=lambda wrong: " ".join(f"{name} {value[:16]}" for name, value in wrong.items()),
)
def test_what_v1_cannot_use_is_an_invalid_parameter(marketplace: Marketplace, wrong: dict[str, str]) -> None:
    assert marketplace.v1(NEW_V1 | wrong)["resultCode"] == "000002"


@pytest.mark.parametrize(
    ("protocol", "activity", "fields"),
    [
        ("v1", "instanceStatus", {"instanceStatus": "UNFREEZE"}),
        ("v2", "updateInstanceStatus", {"status": "NORMAL"}),
        ("v2", "refreshInstance", V2_CALLS["refreshInstance"] | {"scene": "WHATEVER"}),
        ("v2", "refreshInstance", V2_CALLS["refreshInstance"] | {"expireTime": 20270131123005}),
        ("v2", "upgradeInstance", {"orderId": "CS9", "orderLineId": "CS9-000001"}),
        ("v2", "queryInstance", {"instanceId": ",".join(["b1"] * 101)}),
    ],
    ids=["status of V2", "status of V1", "scene", "number", "order of another customer", "too many"],
)
def test_what_an_operation_cannot_use_is_an_invalid_parameter(
    marketplace: Marketplace, protocol: str, activity: str, fields: dict[str, Any]
) -> None:
    marketplace.v2(NEW_V2)
    assert call(marketplace, protocol, activity, **fields)["resultCode"] == "000002"


def test_a_call_of_v1_works_once_in_its_minute_and_with_its_own_token(world: World, marketplace: Marketplace) -> None:
    now = marketplace.stamp()
    assert marketplace.v1(NEW_V1 | {"timeStamp": now})["resultCode"] == "000000"
    assert marketplace.v1(NEW_V1 | {"timeStamp": now})["resultCode"] == "000001"
    assert marketplace.v1(NEW_V1 | {"timeStamp": "20200101000000000"})["resultCode"] == "000001"
    assert marketplace.v1(NEW_V1, key="guessed")["resultCode"] == "000001"
    assert marketplace.v1(NEW_V1, authToken="")["resultCode"] == "000001"
    assert marketplace.v1(NEW_V1, orderId="CS7")["resultCode"] == "000001"
    assert marketplace.v1(NEW_V1, timeStamp="")["resultCode"] == "000002"
    assert len(world.journal(kind="guance.subscription.opened")) == 1


def test_a_parameter_that_is_given_twice_is_refused(marketplace: Marketplace) -> None:
    answer = marketplace.client.get(marketplace.address, params={"activity": ["a", "b"], "timeStamp": "1"})
    assert answer.json()["resultCode"] == "000002"


@pytest.mark.parametrize("text", ["\\ud800", "\\u0000", "é", "😀", "[" * 20000], ids=["half", "nul", "é", "😀", "deep"])
def test_any_text_gets_a_documented_answer(marketplace: Marketplace, text: str) -> None:
    query = {"timestamp": "1", "nonce": "1", "signature": "1"}
    for body in (f'{{"activity":"{text}"}}', f'{{"a":{text}}}'):
        assert (
            marketplace.client.post(marketplace.address, params=query, content=body.encode()).json()["resultCode"]
            in REFUSED
        )


def test_a_renewal_an_upgrade_and_an_expiry_are_kept(world: World, marketplace: Marketplace) -> None:
    marketplace.v2(NEW_V2)
    call(marketplace, "v2", "refreshInstance", **V2_CALLS["refreshInstance"])
    call(marketplace, "v1", "upgrade", **V1_CALLS["upgrade"])
    found = subscription(world)
    assert (found.expires_at, found.product_id, found.state) == (UNTIL, "OFFI2", "open")


def test_a_renewal_resumes_what_has_expired_but_not_what_was_frozen(world: World, marketplace: Marketplace) -> None:
    marketplace.v2(NEW_V2)
    call(marketplace, "v1", "expireInstance", orderId="CS1")
    assert (subscription(world).state, subscription(world).suspended_for) == ("suspended", SuspendedFor.EXPIRED)
    call(marketplace, "v1", "refreshInstance", **(V1_CALLS["refreshInstance"] | {"expireTime": "20200101000000"}))
    assert subscription(world).state == "suspended"
    call(marketplace, "v1", "refreshInstance", **V1_CALLS["refreshInstance"])
    assert subscription(world).state == "open"

    call(marketplace, "v2", "updateInstanceStatus", status="FREEZE")
    call(marketplace, "v1", "expireInstance", orderId="CS1")
    call(marketplace, "v2", "refreshInstance", **V2_CALLS["refreshInstance"])
    assert (subscription(world).state, subscription(world).suspended_for) == ("suspended", SuspendedFor.FROZEN)
    call(marketplace, "v1", "instanceStatus", instanceStatus="NORMAL")
    assert subscription(world).state == "open"
