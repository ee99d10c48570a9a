"""Resource details ask the seller live: its answer is shown, and so is a missing answer (spec huawei 1.3)."""

import json

import pytest

from mock_sites.huawei.protocol import signing_v1
from mock_sites.huawei.seller_gateway import live, log
from mock_sites.huawei.seller_gateway.live import AppInfo
from mock_sites.tests.support import packages
from mock_sites.tests.support.gateway import KEY, ReceivedRequest, drive, log_of, seller
from mock_sites.tests.support.huawei_pages import MARKETPLACE, Visit, visit, words_of
from mock_sites.tests.support.subscribing import buy, close
from mock_sites.world.sensitive_fields import encrypt
from mock_sites.world.world import World

__all__ = ["visit"]

IV = "abcdefghijklmnop"
USED = {"usageValue": "4.50", "statisticalTime": "20260302010000000", "dashboardUrl": "https://app.example/usage"}
APP = {"frontEndUrl": "https://app.example/", "adminUrl": "javascript:alert(1)", "memo": "你好"}


def details(world: World, instance_id: str) -> str:
    """The address of the resource's details."""
    return world.local(f"{MARKETPLACE}/buyer/purchased-services/{instance_id}")


def answer_v1(received: ReceivedRequest) -> None:
    """An instance with encrypted credentials."""
    credentials = {"userName": encrypt(KEY, "root", IV, "2"), "password": encrypt(KEY, "Pa55-word", IV, "2")}
    answer = {"resultCode": "000000", "instanceId": "ins-1", "encryptType": "2", "appInfo": APP | credentials}
    received.answer = json.dumps(answer).encode()
    received.answer_headers["Body-Sign"] = signing_v1.sign_answer(KEY, received.answer)


def answer_v2(received: ReceivedRequest) -> None:
    """An instance with plain credentials."""
    app = APP | {"userName": "root", "password": "Pa55-word"}
    info = {"instanceId": "ins-1", "appInfo": app, "usageInfo": [USED]}
    received.answer = json.dumps({"resultCode": "000000", "instanceId": "ins-1", "info": [info]}).encode()


@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_details_show_the_sellers_current_answer(world: World, visit: Visit, protocol: str) -> None:
    with seller(answer_v1 if protocol == "v1" else answer_v2) as address:
        drive(world, address, protocol)
        page = visit("hw_liwei").get(details(world, buy(world))).text

    for shown in ('href="https://app.example/"', "root", "Pa55-word", "你好", address):
        assert shown in page
    assert 'href="javascript:' not in page
    (call,) = log_of(world, origin="live")
    assert call.activity == ("newInstance" if protocol == "v1" else "queryInstance")
    assert "Pa55-word" not in log.shown(call.answer_body)
    assert IV not in log.shown(call.answer_body) or protocol == "v2"
    assert "Pa55-word" not in "".join(str(event.details) for event in world.journal())


def test_details_of_a_package_show_each_entry_of_what_the_seller_says_is_used(world: World, visit: Visit) -> None:
    buy(world)
    package = packages.buy(world)

    def answer(received: ReceivedRequest) -> None:
        values = ("3.5", 0.25, "0.0", 10, "2.50")
        used = [{"usageValue": value} for value in values] + [{"usageValue": "1", "relatedInstanceId": "ins-9"}]
        info = {"instanceId": package, "usageInfo": used}
        received.answer = json.dumps({"resultCode": "000000", "info": [info]}).encode()

    with seller(answer) as address:
        drive(world, address)
        page = words_of(visit("hw_liwei").get(details(world, package)))

    for value in ("3.5", "0.25", "0", "10", "2.5", "1"):
        assert f"Reported by the seller: {value} of it has been used." in page
    assert "has been used. ins-9" in page


def test_details_say_when_the_seller_does_not_answer(world: World, visit: Visit) -> None:
    instance_id = buy(world)
    drive(world, "http://127.0.0.1:9/")
    page = visit("hw_liwei").get(details(world, instance_id))
    assert page.status_code == 200
    assert "gives no access information at the moment" in page.text
    assert "ConnectionRefusedError" in log_of(world, origin="live")[0].fault


def test_the_seller_is_not_asked_about_a_closed_resource(world: World, visit: Visit) -> None:
    instance_id = buy(world)
    close(world, instance_id)
    page = visit("hw_liwei").get(details(world, instance_id)).text
    assert "does not tell" not in page
    assert not log_of(world, origin="live")


@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_an_answer_about_another_instance_does_not_count(world: World, protocol: str) -> None:
    instance_id = buy(world)
    with seller(answer_v1 if protocol == "v1" else answer_v2) as address:
        drive(world, address, protocol)
        assert live.look_up(world, instance_id) == AppInfo(answered=False)


@pytest.mark.parametrize("value", ["plain", IV + "!!!!", IV + "A" * 113, encrypt("another key", "x", IV), 7, None])
def test_credentials_that_cannot_be_read_are_not_shown(world: World, value: object) -> None:
    def answer(received: ReceivedRequest) -> None:
        app = {"frontEndUrl": "x" * 513, "userName": value, "password": value}
        received.answer = json.dumps({"resultCode": "000000", "instanceId": "ins-1", "appInfo": app}).encode()
        received.answer_headers["Body-Sign"] = signing_v1.sign_answer(KEY, received.answer)

    with seller(answer) as address:
        drive(world, address, "v1")
        assert live.look_up(world, buy(world)) == AppInfo(answered=True)


def test_what_is_longer_than_documented_is_not_shown(world: World) -> None:
    longest = {"frontEndUrl": 512, "adminUrl": 512, "userName": 128, "password": 128, "memo": 1024}

    def app_info(more: int) -> AppInfo:
        app = {name: "x" * (size + more) for name, size in longest.items()}

        def answer(received: ReceivedRequest) -> None:
            info = [{"instanceId": instance_id, "appInfo": app}]
            received.answer = json.dumps({"resultCode": "000000", "info": info}).encode()

        with seller(answer) as address:
            drive(world, address)
            return live.look_up(world, instance_id)

    instance_id = buy(world)
    whole = app_info(0)
    shown = (whole.front_end, whole.admin, whole.user_name, whole.password, whole.memo)
    assert [len(text) for text in shown] == list(longest.values())
    assert app_info(1) == AppInfo(answered=True)


def test_buyers_read_where_a_seller_outside_answers_and_nothing_about_the_built_in_one(
    world: World, visit: Visit
) -> None:
    buyer = visit("hw_liwei")
    product = f"{MARKETPLACE}/contents/8990a122-f456-43a4-892c-a458be31e336"
    for address in (world.local(product), details(world, buy(world))):
        assert "Delivered by the seller at" not in (page := buyer.get(address).text)
        assert "own seller" not in page


def test_a_seller_that_has_counted_nothing_is_not_quoted(world: World, visit: Visit) -> None:
    with seller(answer_v2) as address, pytest.MonkeyPatch.context() as patch:
        patch.setitem(USED, "usageValue", "0.0000")
        drive(world, address)
        page = visit("hw_liwei").get(details(world, buy(world))).text

    assert "The seller has not counted any usage yet." in page
    assert "0 has been used" not in page
    assert "As of" not in page


@pytest.mark.parametrize("time", ["20260302010000000", "yesterday", "20269902010000000", 5])
def test_details_show_when_the_seller_counted_and_its_dashboard(world: World, visit: Visit, time: str | int) -> None:
    with seller(answer_v2) as address, pytest.MonkeyPatch.context() as patch:
        patch.setitem(USED, "statisticalTime", time)
        drive(world, address)
        page = visit("hw_liwei").get(details(world, buy(world)))

    assert "Reported by the seller: 4.5 has been used in total." in page.text
    assert ("As of 2026-03-02 09:00:00" in words_of(page)) == (time == "20260302010000000")
    assert 'href="https://app.example/usage"' in page.text
