"""The calls about a period product: created, frozen at its end, renewed and released (spec huawei 2.4, 2.6)."""

from typing import Any

import pytest

from mock_sites.huawei.domain import catalogue
from mock_sites.tests.support.gateway import drive, log_of, seller
from mock_sites.tests.support.huawei_pages import SERVICES, Buyer, Visit, orders_in, page_of, visit
from mock_sites.tests.support.plans import DAY, HIGHER, buy, renew, state_of
from mock_sites.tests.support.shop import Shop
from mock_sites.world import jobs
from mock_sites.world.world import World

__all__ = ["visit"]


def life_of(world: World, protocol: str) -> list[dict[str, Any]]:
    """Buy a month, let it expire, renew it, and let it expire for good. Returns the calls to the seller."""
    shop = Shop()
    with seller(shop) as address:
        drive(world, address, protocol, product=catalogue.PLAN_CONTENT)
        instance_id = buy(world)
        jobs.advance(world, 40 * DAY)
        renew(world, instance_id)
        assert state_of(world, instance_id) == "in_use"
        jobs.advance(world, 60 * DAY)
    assert {call.verdict for call in log_of(world)} == {"accepted"}
    return list(shop.asked)


def test_in_v1_the_seller_is_called_by_the_old_names(world: World) -> None:
    created, expired, renewed, again, released = life_of(world, "v1")

    assert created["activity"] == "newInstance"
    terms = {"chargingMode": "1", "periodType": "month", "periodNumber": "1", "orderAmount": "600", "amount": "1"}
    assert created | terms | {"expireTime": "20260402010000", "trialFlag": "0"} == created
    assert expired["activity"] == again["activity"] == "expireInstance"
    assert expired["orderId"] == created["orderId"] != renewed["orderId"]
    assert renewed | {"activity": "refreshInstance", "expireTime": "20260502010000", "periodType": "month"} == renewed
    assert "trialToFormal" not in renewed
    assert released["activity"] == "releaseInstance"


@pytest.mark.parametrize(("protocol", "after"), [("v1", []), ("v2", ["updateInstanceStatus"])])
def test_a_service_that_was_renewed_is_not_said_to_have_expired(world: World, protocol: str, after: list[str]) -> None:
    shop = Shop({"instanceId": "ins-1"}, *[{"resultCode": "000005"}] * 60)
    with seller(shop) as address:
        drive(world, address, protocol, product=catalogue.PLAN_CONTENT)
        instance_id = buy(world)
        jobs.advance(world, 31 * DAY + 600)
        assert state_of(world, instance_id) == "expired"
        shop.answers, shop.asked = [], []
        renew(world, instance_id)
        jobs.advance(world, DAY)
    assert state_of(world, instance_id) == "in_use"
    assert [call["activity"] for call in shop.asked] == ["refreshInstance", *after]


def test_in_v2_the_seller_is_called_with_scenes_and_statuses(world: World) -> None:
    created, frozen, renewed, unfrozen, again, released = life_of(world, "v2")

    assert "expireTime" not in created
    assert frozen["activity"] == again["activity"] == "updateInstanceStatus"
    assert (frozen["status"], unfrozen["status"]) == ("FREEZE", "UNFREEZE")
    line = {"orderLineId": f"{renewed['orderId']}-000001", "productId": "OFFI-PLAN-STANDARD-MONTH"}
    assert renewed | line | {"scene": "RENEWAL", "expireTime": "20260502010000"} == renewed
    assert released["activity"] == "releaseInstance"


def test_a_renewal_as_another_edition_is_checked_and_sent_with_its_scene(world: World, visit: Visit) -> None:
    buyer, shop = Buyer(world, visit("hw_liwei")), Shop()
    with seller(shop) as address:
        drive(world, address, product=catalogue.PLAN_CONTENT)
        change = page_of(buy(world), "renewal-change")
        sent = {"specification": HIGHER, "number": "1", "attempt": "2"}
        first = buyer.sends(change, **sent)
        again = buyer.sends(change, **sent)
        assert again.headers["location"] == first.headers["location"]
        buyer.pays(first)
        jobs.run_due(world)

    check, refresh = [call for call in shop.asked if call["activity"] not in {"newInstance", "queryInstance"}]
    wanted = {"productId": HIGHER, "skuCode": "guance-plan-professional", "linearValue": 1}
    assert check["activity"] == "changeInstanceCheck"
    assert check["productInfo"] == wanted | {"productName": "Guance Commercial Plan"}
    assert (refresh["activity"], refresh["scene"], refresh["productId"]) == (
        "refreshInstance",
        "RENEWAL_CHANGE",
        HIGHER,
    )
    assert "Specification from" in buyer.text_of(change)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b'{"resultCode":"000005","resultMsg":"<b>too much is used"}', "&lt;b&gt;too much is used"),
        (b"no JSON", "does not say whether"),
    ],
)
def test_without_the_sellers_consent_nothing_changes(world: World, visit: Visit, answer: bytes, said: str) -> None:
    buyer, instance_id = Buyer(world, visit("hw_liwei")), buy(world)
    with seller(lambda received: setattr(received, "answer", answer)) as address:
        drive(world, address, product=catalogue.PLAN_CONTENT)
        refused = buyer.sends(page_of(instance_id, "renewal-change"), specification=HIGHER, number="1")
    assert refused.status_code == 422
    assert said in refused.text
    assert [call.activity for call in log_of(world, origin="live")] == ["changeInstanceCheck"]
    assert orders_in(world) == 1


def test_in_v1_there_is_no_renewal_as_another_edition(world: World, visit: Visit) -> None:
    drive(world, "", "v1", product=catalogue.PLAN_CONTENT, access_key="")
    instance_id, client = buy(world), visit("hw_liwei")
    assert client.get(world.local(page_of(instance_id, "renewal-change"))).status_code == 404
    assert "renewal-change" not in client.get(world.local(SERVICES)).text


def test_each_product_has_a_seller_of_its_own(world: World) -> None:
    shop = Shop()
    with seller(shop) as address:
        drive(world, address)
        buy(world)
    assert not shop.asked
