"""Buying a prepaid card (S2, How to Obtain Order Number)."""

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from sqlalchemy import select

from mock_sites.guance.production_api.signing import order_query_headers
from mock_sites.huawei.domain import checkout
from mock_sites.huawei.domain.tables import Order, Resource
from mock_sites.tests.support.subscribing import account_of, order
from mock_sites.world import jobs
from mock_sites.world.agreement import ORDER_QUERY, seller_keys
from mock_sites.world.errors import Refusal
from mock_sites.world.transport import Call
from mock_sites.world.world import World


def pay(world: World, order_id: str) -> None:
    """Pay an order."""
    with world.uow("huawei", write=True) as uow:
        checkout.pay(uow, uow.session.get_one(Order, order_id))


def state_and_balance(world: World, order_id: str) -> tuple[str, int]:
    """The order's state and the balance of its account."""
    with world.uow("huawei") as uow:
        found = uow.session.get_one(Order, order_id)
        return found.state, found.account.balance


def asked(world: World, order_id: str) -> dict[str, Any]:
    """The answer of the order query to the seller."""
    keys, query = seller_keys(world.seed), {"orderId": order_id}
    path = urlsplit(ORDER_QUERY).path
    headers = order_query_headers(keys.query_key_id, keys.query_secret, path, query, world.clock.now())
    return json.loads(world.send(Call("GET", f"{ORDER_QUERY}?{urlencode(query)}", headers)).body)


def test_a_card_is_ordered_then_paid_and_makes_no_instance(world: World) -> None:
    order_id = order(world)
    assert order_id.startswith("CS")
    assert state_and_balance(world, order_id) == ("pending_payment", 100_000)

    pay(world, order_id)

    assert state_and_balance(world, order_id) == ("completed", 95_000)
    jobs.advance(world, 60)
    with world.uow("huawei") as uow:
        assert uow.session.scalars(select(Resource)).all() == []
    assert not world.journal(kind="huawei.call")


def test_the_same_attempt_sent_twice_is_one_order_but_another_quantity_is_another(world: World) -> None:
    assert order(world) == order(world)
    assert order(world, quantity=1) != order(world)


def test_paying_twice_takes_the_money_once(world: World) -> None:
    order_id = order(world)
    pay(world, order_id)
    pay(world, order_id)
    assert state_and_balance(world, order_id) == ("completed", 95_000)
    assert len(world.journal(kind="huawei.order.paid")) == 1


@pytest.mark.parametrize("quantity", [0, -1, 501])
def test_a_quantity_out_of_range_is_refused(world: World, quantity: int) -> None:
    with pytest.raises(Refusal, match="1 to 500") as refusal:
        order(world, quantity=quantity)
    assert refusal.value.field == "quantity"


def test_an_account_without_real_name_authentication_cannot_buy_a_card(world: World) -> None:
    with pytest.raises(Refusal, match="real-name authentication"):
        order(world, name="hw_chenjing")


def test_a_balance_that_is_too_low_pays_nothing(world: World) -> None:
    orders = [order(world, attempt=attempt, quantity=500) for attempt in (1, 2, 3)]
    for order_id in orders[:2]:
        pay(world, order_id)
    with pytest.raises(Refusal, match="too low"):
        pay(world, orders[2])
    assert state_and_balance(world, orders[2]) == ("pending_payment", 0)


def test_a_cancelled_order_is_not_paid_and_a_paid_one_not_cancelled(world: World) -> None:
    cancelled, paid = order(world), order(world, attempt=2)
    pay(world, paid)
    with world.uow("huawei", write=True) as uow:
        for _ in range(2):
            checkout.cancel(uow, uow.session.get_one(Order, cancelled))
        with pytest.raises(Refusal, match="cannot be cancelled"):
            checkout.cancel(uow, uow.session.get_one(Order, paid))
    with pytest.raises(Refusal, match="was cancelled"):
        pay(world, cancelled)
    assert len(world.journal(kind="huawei.order.cancelled")) == 1


def test_an_unpaid_order_is_cancelled_after_a_day_and_a_paid_one_is_not(world: World) -> None:
    unpaid, paid = order(world), order(world, attempt=2)
    pay(world, paid)
    jobs.advance(world, checkout.TIME_TO_PAY.total_seconds())
    assert state_and_balance(world, unpaid)[0] == "cancelled"
    assert state_and_balance(world, paid)[0] == "completed"


def test_the_order_query_answers_for_a_card_only_when_it_is_paid(world: World) -> None:
    order_id = order(world)
    assert asked(world, order_id)["resultCode"] == "MKT.9998"
    pay(world, order_id)
    answer = asked(world, order_id)
    assert answer["resultCode"] == "MKT.0000"
    info = answer["orderInfo"]
    line = info["orderLine"][0]
    assert (info["orderType"], line["chargingMode"]) == ("NEW", "ONE_TIME")
    assert line["productInfo"][0]["productId"] == "OFFI845612937750261760"
    assert line["productInfo"][0]["linearValue"] == 50
    with world.uow("huawei") as uow:
        assert info["buyerInfo"]["customerId"] == account_of(uow).id
