"""What a seller is advised that does not know an instance any more: it may have released it in an earlier world."""

import json
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.jobs import Activity, Deliver
from mock_sites.huawei.seller_center import sending
from mock_sites.huawei.seller_gateway import log
from mock_sites.huawei.seller_gateway.delivery import POLLING
from mock_sites.tests.support.gateway import ReceivedRequest, drive, log_of, seller
from mock_sites.tests.support.shop import Shop
from mock_sites.tests.support.subscribing import buy, close, enterprise_with_wendy, subscribe
from mock_sites.world import jobs
from mock_sites.world.agreement import SELLER_MAIL
from mock_sites.world.world import World

UNKNOWN = {"resultCode": "000003", "resultMsg": "no such instance"}
ADVICE = "worlds with the same seed have the same order ids"


class Forgetful:
    """Accepts every call with an instance, until it knows none any more."""

    def __init__(self, **said: str) -> None:
        self.said: dict[str, Any] = {"resultCode": "000000", "instanceId": "ins-1", **said}

    def __call__(self, received: ReceivedRequest) -> None:
        """Answer a call."""
        received.answer = json.dumps(self.said).encode()


def advice_of(world: World, activity: str) -> list[str]:
    """The advice at the last call of an activity."""
    return log.advice(log_of(world, activity=activity)[-1])


@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_an_instance_that_the_seller_has_returned_and_lost_is_named_in_the_log_and_the_mail(
    world: World, protocol: str
) -> None:
    shop = Shop({"instanceId": "ins-1"}, *[UNKNOWN] * 99)
    with seller(shop) as address:
        drive(world, address, protocol)
        instance, order = buy(world), shop.asked[0]["orderId"]
        with world.uow("huawei", write=True) as uow:
            uow.schedule(Deliver(activity=Activity.REFRESH_INSTANCE, order=order, instance=instance, scene="RENEWAL"))
        jobs.advance(world, 2 * 3600)

    [advice] = advice_of(world, "refreshInstance")
    assert f"instance {instance} any more, which it returned for order {order}" in advice
    assert ADVICE in advice
    [mail] = world.messages(SELLER_MAIL)
    assert ADVICE in message_from_bytes(mail.source, policy=default).get_content()


def test_so_is_one_that_is_still_being_made(world: World) -> None:
    shop = Forgetful(resultCode="000004")
    with seller(shop) as address:
        drive(world, address)
        order = subscribe(world)
        jobs.run_due(world)
        shop.said = UNKNOWN
        jobs.advance(world, POLLING.pause)

    assert f"for order {order}" in advice_of(world, "queryInstance")[0]


def test_so_is_one_in_a_call_of_the_kit(world: World) -> None:
    shop = Forgetful()
    with seller(shop) as address:
        drive(world, address)
        instance = buy(world)
        shop.said = UNKNOWN
        enterprise_with_wendy(world, instance)

    assert ADVICE in advice_of(world, "tenantSync")[0]


def test_an_instance_that_is_released_or_that_nobody_has_made_is_not_lost(world: World) -> None:
    shop = Forgetful()
    with seller(shop) as address:
        drive(world, address)
        instance = buy(world)
        shop.said = UNKNOWN
        close(world, instance)
        for one in (instance, "made-up"):
            sending.by_hand(world, catalogue.GUANCE_CONTENT, "queryInstance", {"instanceId": one, "testFlag": "0"})
            assert advice_of(world, "queryInstance") == []

    assert advice_of(world, "releaseInstance") == []
