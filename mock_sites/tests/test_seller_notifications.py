"""Order notifications: which orders the seller is notified of, and what happens when it does not answer."""

from typing import Any

import pytest

from mock_sites.huawei.domain import catalogue, checkout
from mock_sites.huawei.domain.jobs import Activity
from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.protocol.retries import POLICIES
from mock_sites.huawei.seller_center import messages, sending
from mock_sites.tests.support import subscribing
from mock_sites.tests.support.gateway import drive, log_of, seller, silence
from mock_sites.tests.support.plans import buy, renew, try_out
from mock_sites.tests.support.shop import Shop
from mock_sites.world import jobs
from mock_sites.world.agreement import SELLER_MAIL
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

NOTIFIES: dict[str, Any] = {"sends_order_notifications": True}


def notified(world: World, product: str = catalogue.PLAN_CONTENT) -> list[str]:
    """The orders of a product of which the seller was notified."""
    return [call.asked["order"] for call in log_of(world, content_id=product, activity="orderNotify")]


def test_the_seller_is_notified_of_an_order_that_is_paid_and_of_a_renewal(world: World) -> None:
    shop = Shop()
    with seller(shop) as address:
        drive(world, address, product=catalogue.PLAN_CONTENT, **NOTIFIES)
        renewal = renew(world, buy(world))

    sent = [call for call in shop.asked if call["activity"] == "orderNotify"]
    assert sent[0] == {
        "activity": "orderNotify",
        "orderId": sent[0]["orderId"],
        "orderLineId": f"{sent[0]['orderId']}-000001",
        "testFlag": "0",
    }
    assert [call["orderId"] for call in sent] == notified(world)
    assert notified(world)[1] == renewal


def test_the_seller_is_notified_of_an_order_that_needs_no_payment(world: World) -> None:
    drive(world, "", access_key="", **NOTIFIES)
    drive(world, "", access_key="", product=catalogue.PLAN_CONTENT, **NOTIFIES)
    subscribing.buy(world)
    try_out(world)
    assert len(notified(world, catalogue.GUANCE_CONTENT)) == len(notified(world)) == 1
    assert {call.verdict for call in log_of(world)} == {"accepted"}


def test_a_card_is_notified_when_it_is_paid_and_not_before(world: World) -> None:
    drive(world, "", access_key="", product=catalogue.CARD_CONTENT, **NOTIFIES)
    order_id = subscribing.order(world)
    jobs.run_due(world)
    assert not notified(world, catalogue.CARD_CONTENT)
    with world.uow("huawei", write=True) as uow:
        checkout.pay(uow, uow.session.get_one(Order, order_id))
    jobs.run_due(world)
    assert notified(world, catalogue.CARD_CONTENT) == [order_id]


@pytest.mark.parametrize("settings", [{}, {"protocol": "v1", **NOTIFIES}])
def test_nobody_is_notified_in_v1_or_without_the_setting(world: World, settings: dict[str, Any]) -> None:
    drive(world, "", product=catalogue.PLAN_CONTENT, access_key="", **settings)
    buy(world)
    assert not notified(world)


def test_after_three_hours_a_notification_waits_to_be_restarted_and_the_order_goes_on(world: World) -> None:
    policy = POLICIES[Activity.ORDER_NOTIFY]
    assert (policy.tries - 1) * policy.pause == 3 * 3600
    drive(world, "", product=catalogue.PLAN_CONTENT, access_key="", **NOTIFIES)
    buy(world)
    (order_id,) = notified(world)
    silence(world, Activity.ORDER_NOTIFY, order=order_id, tries=policy.tries)

    failed = log_of(world, given_up=True)[0]
    assert "orderNotify" in world.messages(SELLER_MAIL)[-1].subject
    with world.uow("huawei", write=True) as uow:
        messages.restart(uow, failed.number)
        assert uow.session.get_one(Order, order_id).state == "completed"
    jobs.run_due(world)
    assert notified(world) == [order_id] * 3
    assert log_of(world)[-1].verdict == "accepted"


def test_a_notification_is_debugged_by_hand_and_needs_its_test_flag(world: World) -> None:
    fields = {"orderId": "MOCKPERIODYEARNEW", "orderLineId": "MOCKPERIODYEARNEW-000001"}
    with pytest.raises(Refusal) as refusal:
        sending.by_hand(world, catalogue.GUANCE_CONTENT, "orderNotify", fields)
    assert refusal.value.field == "testFlag"
    sending.by_hand(world, catalogue.GUANCE_CONTENT, "orderNotify", fields | {"testFlag": "1"})
    assert [call.verdict for call in log_of(world)] == ["accepted"]
