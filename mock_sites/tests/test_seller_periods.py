"""The life of a period product on the wire: created, frozen at its end, renewed and released (spec huawei 2.4, 2.6)."""

from typing import Any

from mock_sites.huawei.domain import catalogue
from mock_sites.tests.gateway import drive, log_of, seller
from mock_sites.tests.test_huawei_plans import DAY, buy, renew
from mock_sites.tests.test_seller_delivery import Shop
from mock_sites.world import jobs
from mock_sites.world.world import World


def life_of(world: World, protocol: str) -> list[dict[str, Any]]:
    """Buy a month, let it expire, renew it, and let it expire for good; what the seller was sent."""
    shop = Shop()
    with seller(shop) as address:
        drive(world, address, protocol, product=catalogue.PLAN_CONTENT)
        instance_id = buy(world)
        jobs.advance(world, 40 * DAY)
        renew(world, instance_id)
        jobs.advance(world, 60 * DAY)
    assert {call.verdict for call in log_of(world)} == {"accepted"}
    return list(shop.asked)


def test_in_v1_the_seller_is_told_by_the_retired_names(world: World) -> None:
    created, expired, renewed, normal, again, released = life_of(world, "v1")

    assert created["activity"] == "newInstance"
    terms = {"chargingMode": "1", "periodType": "month", "periodNumber": "1", "orderAmount": "600", "amount": "1"}
    assert created | terms | {"expireTime": "20260402010000", "trialFlag": "0"} == created
    assert expired["activity"] == again["activity"] == "expireInstance"
    assert expired["orderId"] == created["orderId"] != renewed["orderId"]
    assert renewed | {"activity": "refreshInstance", "expireTime": "20260502010000", "periodType": "month"} == renewed
    assert "trialToFormal" not in renewed
    assert (normal["activity"], normal["instanceStatus"]) == ("instanceStatus", "NORMAL")
    assert released["activity"] == "releaseInstance"


def test_in_v2_the_seller_is_told_by_scenes_and_statuses(world: World) -> None:
    created, frozen, renewed, unfrozen, again, released = life_of(world, "v2")

    assert "expireTime" not in created
    assert frozen["activity"] == again["activity"] == "updateInstanceStatus"
    assert (frozen["status"], unfrozen["status"]) == ("FREEZE", "UNFREEZE")
    line = {"orderLineId": f"{renewed['orderId']}-000001", "productId": "OFFI-PLAN-STANDARD-MONTH"}
    assert renewed | line | {"scene": "RENEWAL", "expireTime": "20260502010000"} == renewed
    assert released["activity"] == "releaseInstance"


def test_each_product_has_a_seller_of_its_own(world: World) -> None:
    shop = Shop()
    with seller(shop) as address:
        drive(world, address)
        buy(world)
    assert not shop.asked
