"""Unsubscribing within five days, at most ten times a calendar year (spec huawei 1.3)."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from mock_sites.huawei.domain import checkout, closing, orders, outcomes, renewals, unsubscribing
from mock_sites.huawei.domain.orders import place
from mock_sites.huawei.domain.states import OrderState
from mock_sites.huawei.domain.tables import Account, Product
from mock_sites.tests.support.plans import (
    DAY,
    HIGHER,
    AnsweringSeller,
    balance,
    buy,
    end_of,
    order_of,
    renew,
    seller,
    service,
    state_of,
    try_out,
)
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

__all__ = ["seller"]

pytestmark = pytest.mark.usefixtures("seller")


def unsubscribe(world: World, instance_id: str) -> str:
    """Unsubscribe, and wait for the seller. Returns the order's number."""
    with service(world, instance_id) as (uow, resource):
        attempt = orders.next_attempt(uow, resource.order.account, resource.order.product)
        order_id = unsubscribing.unsubscribe(uow, resource, attempt=attempt).id
    jobs.advance(world, closing.CLOSING_SECONDS)
    return order_id


def have_had_refunds(uow: UnitOfWork, account: Account, product: Product, number: int) -> None:
    """Give the account this number of refunds, at the current time."""
    for _ in range(number):
        place(uow, account, product, state=OrderState.COMPLETED, type="UNSUBSCRIBE", refund=1)


def test_within_five_days_all_that_was_paid_is_refunded_and_the_instance_released(
    world: World, seller: AnsweringSeller
) -> None:
    instance_id = buy(world)
    renew(world, instance_id, number=2)
    jobs.advance(world, 4 * DAY)
    order_id = unsubscribe(world, instance_id)
    assert order_of(world, order_id) == ("UNSUBSCRIBE", "completed", 0, 1800)
    assert balance(world) == 100_000
    assert state_of(world, instance_id) == "closed"
    assert (seller.received[-1], seller.calls[-1].order) == ("releaseInstance", order_id)


def test_the_refund_is_paid_only_when_the_seller_has_released(world: World, seller: AnsweringSeller) -> None:
    instance_id = buy(world)
    seller.fails = True
    order_id = unsubscribe(world, instance_id)
    assert (balance(world), state_of(world, instance_id)) == (99_400, "closing_failed")
    assert order_of(world, order_id)[1] == "processing"

    seller.fails = False
    with service(world, instance_id) as (uow, resource):
        closing.close(uow, resource)
    jobs.advance(world, closing.CLOSING_SECONDS)
    assert seller.calls[-1].order == order_id
    assert (balance(world), order_of(world, order_id)[1]) == (100_000, "completed")
    with world.uow("huawei", write=True) as uow:
        outcomes.succeeded(uow, seller.calls[-1], {})
    assert balance(world) == 100_000


def test_a_trial_that_is_being_made_formal_is_not_closed_so_that_no_money_is_lost(world: World) -> None:
    instance_id = try_out(world)
    with service(world, instance_id) as (uow, resource):
        attempt = orders.next_attempt(uow, resource.order.account, resource.order.product)
        formal = renewals.renewable_as(uow, resource)[0].product_id
        checkout.pay(uow, renewals.renew(uow, resource, formal, 1, attempt=attempt))
    with service(world, instance_id) as (uow, resource), pytest.raises(Refusal, match="being processed"):
        closing.close(uow, resource)

    jobs.advance(world, 60)

    assert state_of(world, instance_id) == "in_use"
    assert balance(world) < 100_000


def test_after_five_days_nothing_is_unsubscribed(world: World) -> None:
    instance_id = buy(world)
    jobs.advance(world, 5 * DAY)
    with pytest.raises(Refusal, match="five days"):
        unsubscribe(world, instance_id)
    assert state_of(world, instance_id) == "in_use"


def test_a_renewal_that_has_not_begun_is_unsubscribed_by_itself_and_once(world: World, seller: AnsweringSeller) -> None:
    instance_id = buy(world)
    until = end_of(world, instance_id)
    jobs.advance(world, 20 * DAY)
    renew(world, instance_id, number=2)
    with service(world, instance_id) as (uow, resource):
        renewals.change_policy(uow, resource, auto_renew=True)
    order_id = unsubscribe(world, instance_id)
    assert order_of(world, order_id) == ("UNSUBSCRIBE", "completed", 0, 1200)
    assert seller.received[-1] == "refreshInstance UNSUBSCRIBE_RENEWAL_PERIOD"
    assert (end_of(world, instance_id), balance(world)) == (until, 99_400)
    with pytest.raises(Refusal, match="five days"):
        unsubscribe(world, instance_id)
    jobs.advance(world, 12 * DAY)
    assert state_of(world, instance_id) == "frozen", "a buyer who gave a renewal back is not renewed by itself"


def test_a_renewal_that_was_upgraded_since_or_has_begun_stays(world: World) -> None:
    instance_id = buy(world)
    jobs.advance(world, 29 * DAY)
    renew(world, instance_id)
    with service(world, instance_id) as (uow, resource):
        assert unsubscribing.offer(uow, resource).refund == 600
    jobs.advance(world, 3 * DAY)
    with pytest.raises(Refusal, match="five days"):
        unsubscribe(world, instance_id)


def test_a_trial_a_frozen_and_a_released_service_are_not_unsubscribed(world: World) -> None:
    instance_id = try_out(world)
    for wait, match in ((0, "trial"), (15 * DAY, "expired"), (15 * DAY, "released")):
        jobs.advance(world, wait)
        with pytest.raises(Refusal, match=match):
            unsubscribe(world, instance_id)


def test_ten_refunds_a_calendar_year_are_the_most(world: World) -> None:
    instance_id = buy(world)
    with service(world, instance_id) as (uow, resource):
        have_had_refunds(uow, resource.order.account, resource.order.product, 10)
    with pytest.raises(Refusal, match="10 refunds"):
        unsubscribe(world, instance_id)
    with service(world, instance_id, write=False) as (uow, resource):
        account = resource.order.account
        assert unsubscribing.refunds_this_year(uow, account) == 10
        uow.now += timedelta(days=366)
        assert unsubscribing.refunds_this_year(uow, account) == 0


def test_unsubscribing_twice_is_one_order_and_not_while_another_is_processed(
    world: World, seller: AnsweringSeller
) -> None:
    instance_id = buy(world)
    with service(world, instance_id) as (uow, resource):
        renewals.upgrade(uow, resource, HIGHER, attempt=2).state = OrderState.PROCESSING
        with pytest.raises(Refusal, match="being processed"):
            unsubscribing.unsubscribe(uow, resource, attempt=3)
        renewals.history(uow, resource)[-1].state = OrderState.CANCELLED
        first, second = (unsubscribing.unsubscribe(uow, resource, attempt=3) for _ in range(2))
        assert first is second
    jobs.advance(world, closing.CLOSING_SECONDS)
    assert balance(world) == 100_000
    assert seller.received.count("releaseInstance") == 1


def test_services_for_a_period_are_listed_without_reading_all_others(world: World) -> None:
    with service(world, buy(world)) as (uow, resource):
        shown = unsubscribing.services_of(resource.order.account).limit(1)
        statement = shown.compile(uow.session.connection(), compile_kwargs={"literal_binds": True})
        plan = [step.detail for step in uow.session.execute(text(f"EXPLAIN QUERY PLAN {statement}"))]
    assert "USING INDEX resources_for_periods (account_id=? AND <expr>=?)" in plan[0]
    assert not [step for step in plan if "TEMP B-TREE" in step]
