"""Subscribing to a product (S1, Step One)."""

import pytest
from sqlalchemy import select

from mock_sites.huawei.domain import orders, outcomes, real_names
from mock_sites.huawei.domain.jobs import Activity, OperationCall
from mock_sites.huawei.domain.tables import Order, Resource
from mock_sites.tests.support.huawei_pages import orders_in
from mock_sites.tests.support.numbers import CREDIT_CODE, SCAN
from mock_sites.tests.support.subscribing import buyer_and_product, subscribe
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World


def test_without_the_terms_nothing_is_ordered(world: World) -> None:
    with pytest.raises(Refusal, match="Agree to the terms") as refusal:
        subscribe(world, agreed=False)
    assert refusal.value.field == "agreed"
    assert orders_in(world) == 0


def test_an_account_without_real_name_authentication_cannot_buy_and_can_afterwards(world: World) -> None:
    with pytest.raises(Refusal, match="real-name authentication"):
        subscribe(world, name="hw_chenjing")
    assert orders_in(world) == 0

    with world.uow("huawei", write=True) as uow:
        buyer, _ = buyer_and_product(uow, "hw_chenjing")
        certificate = {"kind": "enterprise", "real_name": "Chen Jing", "number": CREDIT_CODE}
        real_names.submit_certificate(uow, buyer, scan=SCAN, **certificate)
    with pytest.raises(Refusal, match="real-name authentication"):
        subscribe(world, name="hw_chenjing")
    jobs.advance(world, real_names.REVIEW_SECONDS[1])
    subscribe(world, name="hw_chenjing")
    assert orders_in(world) == 1


def test_the_same_attempt_sent_twice_is_one_order(world: World) -> None:
    assert subscribe(world) == subscribe(world)
    assert orders_in(world) == 1


def test_a_product_in_use_is_not_subscribed_to_again(world: World) -> None:
    subscribe(world)
    with pytest.raises(Refusal, match="already"):
        subscribe(world, attempt=2)


def test_the_service_is_listed_a_little_after_the_seller_made_the_instance(world: World) -> None:
    subscribe(world)
    jobs.run_due(world)
    with world.uow("huawei") as uow:
        assert uow.session.scalars(select(Resource)).all() == []

    jobs.advance(world, orders.PROVISIONING_SECONDS[1])

    with world.uow("huawei") as uow:
        resource = uow.session.scalars(select(Resource)).one()
        assert resource.state == "in_use"
        assert resource.order.state == "completed"


def test_an_order_that_the_seller_fails_for_good_is_cancelled_and_another_can_follow(world: World) -> None:
    order_id = subscribe(world)
    with world.uow("huawei", write=True) as uow:
        outcomes.failed(uow, OperationCall(activity=Activity.NEW_INSTANCE, order=order_id))
        assert uow.session.get_one(Order, order_id).state == "cancelled"
    assert subscribe(world, attempt=2) != order_id


def test_an_instance_that_another_order_created_fails_the_order(world: World) -> None:
    subscribe(world)
    jobs.advance(world, 60)
    with world.uow("huawei") as uow:
        taken = uow.session.scalars(select(Resource.instance_id)).one()
    second = subscribe(world, name="hw_wangfang")
    with world.uow("huawei", write=True) as uow:
        outcomes.succeeded(uow, OperationCall(activity=Activity.NEW_INSTANCE, order=second), {"instanceId": taken})
    jobs.advance(world, 60)
    with world.uow("huawei") as uow:
        assert uow.session.get_one(Order, second).state == "cancelled"
        assert uow.session.scalars(select(Resource.account_id)).one() != uow.session.get_one(Order, second).account_id


def test_a_seller_that_answers_twice_makes_one_service(world: World) -> None:
    order_id = subscribe(world)
    with world.uow("huawei", write=True) as uow:
        for instance_id in ("one", "two"):
            outcomes.succeeded(
                uow, OperationCall(activity=Activity.NEW_INSTANCE, order=order_id), {"instanceId": instance_id}
            )
    jobs.advance(world, 60)
    with world.uow("huawei") as uow:
        assert uow.session.scalars(select(Resource.instance_id)).all() == ["one"]
