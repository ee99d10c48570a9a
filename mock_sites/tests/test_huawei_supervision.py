"""Service supervision: the seller delivers, the buyer accepts, and only then the service is listed."""

from typing import Any

import pytest

from mock_sites.huawei.domain import catalogue, orders, supervision
from mock_sites.huawei.domain.states import OrderState, SupervisionState
from mock_sites.huawei.domain.tables import Order
from mock_sites.huawei.protocol.moments import to_the_millisecond
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.behaving import BehavingSeller
from mock_sites.tests.support.gateway import ReceivedRequest, drive, log_of, seller
from mock_sites.tests.support.huawei_pages import MARKETPLACE, SERVICES, Buyer, Visit, visit
from mock_sites.tests.support.plans import balance, order
from mock_sites.tests.support.sending import token
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

__all__ = ["visit"]

PLAN = catalogue.PLAN_CONTENT
PAGE = f"{MARKETPLACE}/buyer/service-supervision/"
CENTER = "https://seller.huaweicloud.com"


def ordered(world: World) -> str:
    """An order whose instance the seller has created."""
    order_id = order(world)
    jobs.advance(world, orders.PROVISIONING_SECONDS[1])
    return order_id


def stage_of(world: World, order_id: str) -> tuple[OrderState, SupervisionState]:
    """The state of an order, and its stage."""
    with world.uow("huawei") as uow:
        row = uow.session.get_one(Order, order_id)
        return row.state, row.supervision


def step(world: World, order_id: str, verb: Any) -> None:
    """Deliver or accept, and let the seller be called."""
    with world.uow("huawei", write=True) as uow:
        verb(uow, uow.session.get_one(Order, order_id))
    jobs.advance(world, orders.PROVISIONING_SECONDS[1])


def parameters(world: World) -> list[dict[str, str]]:
    """The parameters of the newInstance calls of V1.0."""
    return [dict(pair.split("=", 1) for pair in call.url.partition("?")[2].split("&")) for call in log_of(world)]


@pytest.mark.parametrize(("protocol", "calls"), [("v1", 3), ("v2", 1)])
def test_a_service_is_listed_after_delivery_and_acceptance(world: World, protocol: str, calls: int) -> None:
    with seller(BehavingSeller(protocol=protocol)) as address:
        drive(world, address, protocol, product=PLAN, is_supervised=True)
        order_id = ordered(world)
        assert stage_of(world, order_id) == ("processing", "delivering")
        step(world, order_id, supervision.deliver)
        assert stage_of(world, order_id) == ("processing", "accepting")
        accepted_at = world.clock.now()
        step(world, order_id, supervision.accept)

    assert stage_of(world, order_id) == ("completed", "accepted")
    assert [call.verdict for call in log_of(world, activity="newInstance")] == ["accepted"] * calls
    if protocol == "v1":
        sent = parameters(world)
        assert [one.get("acceptanceTime") for one in sent] == [None, None, to_the_millisecond(accepted_at)]
        assert len({one["businessId"] for one in sent}) == 3
        assert len({one["orderId"] for one in sent}) == 1


def test_without_supervision_nothing_waits(world: World) -> None:
    drive(world, "", product=PLAN, access_key="")
    assert stage_of(world, ordered(world)) == ("completed", "none")


@pytest.mark.parametrize("verb", [supervision.deliver, supervision.accept])
def test_each_step_is_made_once_and_in_its_order(world: World, verb: Any) -> None:
    drive(world, "", product=PLAN, access_key="", is_supervised=True)
    order_id = ordered(world)
    if verb is supervision.accept:
        with pytest.raises(Refusal, match="not at this stage"):
            step(world, order_id, verb)
        step(world, order_id, supervision.deliver)
    step(world, order_id, verb)
    with pytest.raises(Refusal, match="not at this stage"):
        step(world, order_id, verb)


def test_a_seller_that_brings_another_instance_at_the_acceptance_loses_the_order(world: World) -> None:
    before = balance(world)
    with seller(BehavingSeller(protocol="v1", instance="{businessId}")) as address:
        drive(world, address, "v1", product=PLAN, is_supervised=True)
        order_id = ordered(world)
        step(world, order_id, supervision.deliver)
        jobs.advance(world, 3 * 3600)

    assert stage_of(world, order_id)[0] == "cancelled"
    assert balance(world) == before
    assert "brought instance" in log_of(world)[-1].explanation


def test_the_seller_may_take_its_time_at_the_acceptance(world: World) -> None:
    class Slow(BehavingSeller):
        asked = 0

        def __call__(self, received: ReceivedRequest) -> None:
            super().__call__(received)
            Slow.asked += 1
            if Slow.asked == 3:
                received.status = 500

    with seller(Slow(protocol="v1")) as address:
        drive(world, address, "v1", product=PLAN, is_supervised=True)
        order_id = ordered(world)
        step(world, order_id, supervision.deliver)
        step(world, order_id, supervision.accept)
        assert stage_of(world, order_id) == ("processing", "accepted")
        jobs.advance(world, 700)
    assert stage_of(world, order_id) == ("completed", "accepted")


def test_both_sides_do_it_on_their_pages(world: World, visit: Visit, browse: Browse) -> None:
    drive(world, "", "v1", product=PLAN, access_key="", is_supervised=True)
    order_id = ordered(world)
    buyer, center = Buyer(world, visit("hw_liwei")), browse(CENTER)

    assert "under service supervision" in buyer.text_of(f"{MARKETPLACE}/orders/{order_id}")
    assert "To be delivered" in buyer.text_of(PAGE)
    assert "not at this stage" in buyer.text_of(f"{PAGE}{order_id}/accept")
    center.post(f"/supervision/{order_id}/deliver", data={"csrf_token": token(center.get("/supervision"))})
    assert "To be accepted" in center.get("/supervision").text
    jobs.run_due(world)
    assert buyer.goes_on(buyer.sends(f"{PAGE}{order_id}/accept")) == PAGE
    assert "Acceptance confirmed" in buyer.text_of(PAGE)
    jobs.advance(world, orders.PROVISIONING_SECONDS[1])
    with world.uow("huawei") as uow:
        instance_id = uow.session.get_one(Order, order_id).instance_id
    assert str(instance_id) in buyer.text_of(SERVICES)


def test_others_do_not_see_the_orders_of_a_buyer(world: World, visit: Visit) -> None:
    drive(world, "", product=PLAN, access_key="", is_supervised=True)
    order_id, other = ordered(world), visit("hw_wangfang")
    assert "None of your orders is under service supervision." in other.get(world.local(PAGE)).text
    assert other.get(world.local(f"{PAGE}{order_id}/accept")).status_code == 404


def test_the_api_lists_and_delivers(world: World, browse: Browse) -> None:
    drive(world, "", product=PLAN, access_key="", is_supervised=True)
    order_id, api = ordered(world), browse(CENTER)
    (listed,) = api.get("/api/supervision").json()["orders"]
    assert (listed["order"], listed["stage"], listed["state"]) == (order_id, "delivering", "processing")
    assert api.post(f"/api/supervision/{order_id}/deliver", json={}).json()["stage"] == "accepting"
    assert api.post(f"/api/supervision/{order_id}/deliver", json={}).status_code == 422
    assert api.post("/api/supervision/CS0/deliver", json={}).status_code == 404
