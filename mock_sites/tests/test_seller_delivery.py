"""Calls to a seller in V1 and V2: content, asynchronous answers, duplicates, retry policies (spec huawei 2)."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from mock_sites.huawei.domain.jobs import Activity, OperationCall
from mock_sites.huawei.domain.tables import Order, Resource
from mock_sites.huawei.mistakes import body_sign
from mock_sites.huawei.mistakes.catalogue import MISTAKES
from mock_sites.huawei.protocol import signing_v1
from mock_sites.huawei.seller_gateway import delivery
from mock_sites.huawei.seller_gateway.delivery import POLICIES, POLLING, Policy
from mock_sites.huawei.seller_gateway.verdict import judge
from mock_sites.tests.support.gateway import KEY, ReceivedRequest, drive, log_of, seller, silence
from mock_sites.tests.support.shop import Shop
from mock_sites.tests.support.subscribing import buy, close, state_of, subscribe
from mock_sites.world import jobs, transport
from mock_sites.world.agreement import SELLER_MAIL
from mock_sites.world.sensitive_fields import decrypt
from mock_sites.world.store import Worlds
from mock_sites.world.transport import CallResult
from mock_sites.world.world import World

BODY = b'{"resultCode":"000000","instanceId":"ins-1"}'


def state_of_order(world: World, order_id: str) -> str:
    """The order's state."""
    with world.uow("huawei") as uow:
        return uow.session.get_one(Order, order_id).state


@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_a_seller_outside_gets_all_calls_from_purchase_to_release(world: World, protocol: str) -> None:
    shop = Shop()
    with seller(shop) as address:
        drive(world, address, protocol)
        instance_id = buy(world)
        close(world, instance_id)

    assert instance_id == "ins-1"
    assert state_of(world, instance_id) == "closed"
    assert [asked["activity"] for asked in shop.asked] == ["newInstance", "releaseInstance"]
    assert [(call.protocol, call.verdict) for call in log_of(world)] == [(protocol, "accepted")] * 2
    assert not world.journal(kind="guance.subscription")


def test_in_v1_the_buyer_is_sent_along_and_contact_data_is_encrypted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "time_outside", lambda: datetime(2030, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC))
    shop = Shop()
    with seller(shop) as address:
        drive(world, address, "v1", encrypt_type="2")
        buy(world)

    (asked,) = shop.asked
    assert decrypt(KEY, asked["mobilePhone"], "2") == "13800000001"
    assert decrypt(KEY, asked["email"], "2") == "li.wei@acme.example.com"
    assert (asked["customerName"], asked["trialFlag"], asked["orderAmount"]) == ("hw_liwei", "0", "0")
    assert asked["timeStamp"] == "20300102030405678"
    assert {"skuCode", "productId", "businessId", "customerId"} <= asked.keys()
    assert asked["chargingMode"] == "0"


def test_in_v2_calls_have_the_headers_of_the_documents_examples(world: World) -> None:
    shop, received = Shop(), list[ReceivedRequest]()

    def answer(request: ReceivedRequest) -> None:
        received.append(request)
        shop(request)

    with seller(answer) as address:
        drive(world, address)
        buy(world)

    assert (received[0].method, received[0].headers["Accept"]) == ("POST", "application/json")
    assert received[0].headers["Content-Type"] == "application/json;charset=utf8"


def test_a_world_that_is_made_again_sends_a_seller_outside_no_nonce_again(worlds: Worlds) -> None:
    shop, nonces = Shop(), list[str]()

    def answer(request: ReceivedRequest) -> None:
        nonces.append(dict(parse_qsl(urlsplit(request.target).query))["nonce"])
        shop(request)

    with seller(answer) as address:
        for name in ("first", "again"):
            world = worlds.make(name, "the same seed")
            drive(world, address)
            buy(world)
            worlds.drop(name)

    assert len({*nonces}) == len(nonces) == 2


def test_an_asynchronous_instance_is_asked_for_until_it_is_there(world: World) -> None:
    shop = Shop(
        {"resultCode": "000004", "instanceId": "ins-7"}, {"resultCode": "000004"}, {"info": [{"instanceId": "ins-7"}]}
    )
    with seller(shop) as address:
        drive(world, address)
        order_id = subscribe(world)
        jobs.advance(world, POLLING.pause)
        assert state_of_order(world, order_id) == "processing"
        jobs.advance(world, POLLING.pause + 10)

    assert state_of_order(world, order_id) == "completed"
    assert [asked["activity"] for asked in shop.asked] == ["newInstance", "queryInstance", "queryInstance"]
    assert shop.asked[-1]["instanceId"] == "ins-7"
    assert [call.verdict for call in log_of(world)] == ["processing", "refused", "accepted"]


def test_an_instance_that_is_never_ready_loses_the_order_after_three_hours(world: World) -> None:
    order_id = subscribe(world)
    for tries, state in ((POLLING.tries - 1, "processing"), (POLLING.tries, "cancelled")):
        silence(world, Activity.QUERY_INSTANCE, order=order_id, instance="ins-7", tries=tries)
        assert state_of_order(world, order_id) == state
    assert POLLING.tries * POLLING.pause == 3 * 3600


@pytest.mark.parametrize(("second", "verdicts"), [("ins-1", ["accepted"] * 2), ("ins-2", ["accepted", "fault"])])
def test_a_duplicate_must_return_the_same_instance(world: World, second: str, verdicts: list[str]) -> None:
    shop = Shop({"instanceId": "ins-1"}, {"instanceId": second})
    with seller(shop) as address:
        drive(world, address, sends_duplicates=True)
        assert buy(world) == "ins-1"

    assert [call.verdict for call in log_of(world)] == verdicts
    assert log_of(world)[1].origin == "duplicate"
    assert shop.asked[0]["businessId"] != shop.asked[1]["businessId"]
    differs = world.journal(kind="huawei.seller.duplicate-differs")
    assert len(differs) == (second != "ins-1")


def test_the_release_of_an_instance_that_the_seller_does_not_know_is_done(world: World) -> None:
    shop = Shop({"instanceId": "ins-1"}, {"resultCode": "000003"})
    with seller(shop) as address:
        drive(world, address)
        close(world, buy(world))
    assert shop.asked[-1]["activity"] == "releaseInstance"
    assert state_of(world, "ins-1") == "closed"


def test_each_operation_is_tried_by_the_documented_policy() -> None:
    every_ten_minutes, every_two_minutes = Policy(600, 3 * 6 + 1), Policy(120, 30)
    assert {
        "newInstance": every_ten_minutes,
        "upgradeInstance": every_ten_minutes,
        "refreshInstance": every_two_minutes,
        "releaseInstance": every_two_minutes,
        "orderNotify": every_ten_minutes,
        "updateInstanceStatus": Policy(120, 2 * 30),
    } == POLICIES
    assert Policy(60, 3 * 60) == POLLING


def test_after_the_last_try_the_seller_is_mailed_once(world: World) -> None:
    order_id = subscribe(world)
    last = POLICIES[Activity.NEW_INSTANCE].tries
    silence(world, Activity.NEW_INSTANCE, order=order_id, tries=last - 1)
    assert not world.messages(SELLER_MAIL)
    silence(world, Activity.NEW_INSTANCE, order=order_id, tries=last)
    (mail,) = world.messages(SELLER_MAIL)
    assert mail.subject == "newInstance failed: Guance SaaS Edition"
    text, [_first, call] = mail.source.decode(), log_of(world)
    assert "There is no answer within the time limit." in text
    assert f"https://seller.huaweicloud.com/calls/{call.number}" in text


OPERATIONS: list[tuple[Activity, dict[str, Any], dict[str, str], dict[str, str]]] = [
    (Activity.QUERY_INSTANCE, {}, {"activity": "queryInstance"}, {}),
    (Activity.REFRESH_INSTANCE, {"scene": "RENEWAL"}, {"activity": "refreshInstance"}, {"scene": "RENEWAL"}),
    (
        Activity.REFRESH_INSTANCE,
        {"scene": "TRIAL_TO_FORMAL"},
        {"trialToFormal": "1"},
        {"scene": "TRIAL_TO_FORMAL"},
    ),
    (
        Activity.UPDATE_INSTANCE_STATUS,
        {"status": "FREEZE", "expired": True},
        {"activity": "expireInstance"},
        {"status": "FREEZE"},
    ),
    (
        Activity.UPDATE_INSTANCE_STATUS,
        {"status": "UNFREEZE"},
        {"activity": "instanceStatus", "instanceStatus": "NORMAL"},
        {"status": "UNFREEZE"},
    ),
    (
        Activity.UPDATE_INSTANCE_STATUS,
        {"status": "FREEZE"},
        {"activity": "instanceStatus", "instanceStatus": "FREEZE"},
        {"status": "FREEZE"},
    ),
    (Activity.UPGRADE_INSTANCE, {}, {"activity": "upgrade", "skuCode": "guance-saas-ondemand"}, {}),
    (Activity.RELEASE_INSTANCE, {}, {"activity": "releaseInstance"}, {}),
]


def test_every_operation_goes_by_its_protocols_names(world: World) -> None:
    instance_id = buy(world)
    for protocol in ("v1", "v2"):
        drive(world, "https://shop.example", protocol)
        for activity, details, v1, v2 in OPERATIONS:
            with world.uow("huawei", write=True) as uow:
                order = uow.session.get_one(Resource, instance_id).order_id
                sent = delivery.prepare(
                    uow, OperationCall(activity=activity, order=order, instance=instance_id, **details)
                )
            fields = dict(parse_qsl(urlsplit(sent.url).query)) if protocol == "v1" else json.loads(sent.body)
            expected = v1 if protocol == "v1" else {"activity": activity, **v2}
            expected |= {"instanceId": instance_id}
            assert fields | expected == fields
            assert "testFlag" not in fields
            assert KEY not in sent.string_to_sign


@pytest.mark.parametrize(
    ("protocol", "headers", "complaint", "hint"),
    [
        ("v1", {}, body_sign.EMPTY, "body-sign-missing"),
        ("v1", {"body-sign": "x"}, body_sign.EMPTY, "body-sign-header-name"),
        ("v1", {"Body-Sign": "sign_type=HMAC-SHA256, signature=x"}, body_sign.MALFORMED, "body-sign-quotes"),
        ("v2", {"Body-Sign": signing_v1.sign_answer("another", BODY)}, body_sign.MISMATCH, "body-sign-unlike"),
        ("v2", {}, "Success.", ""),
    ],
)
def test_a_wrong_signature_of_an_answer_is_refused_in_the_documented_words(
    world: World, protocol: str, headers: dict[str, str], complaint: str, hint: str
) -> None:
    drive(world, "https://isv.example.com", protocol)
    asked = OperationCall(activity=Activity.NEW_INSTANCE, order=subscribe(world))
    with world.uow("huawei", write=True) as uow:
        request = delivery.prepare(uow, asked)
    verdict = judge(request, CallResult(request, 200, {"Content-Type": "application/json", **headers}, BODY))
    assert (verdict.explanation, verdict.hint) == (complaint, hint)
    assert set(hint.split()) <= MISTAKES.keys()
