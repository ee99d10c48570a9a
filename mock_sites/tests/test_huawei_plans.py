"""Buying a period product, and its trial (spec huawei 1.2)."""

from datetime import datetime, timedelta

import pytest

from mock_sites.huawei.domain import catalogue, checkout, closing, expiry, outcomes, plans
from mock_sites.huawei.domain.jobs import Activity, OperationCall
from mock_sites.huawei.domain.periods import MOST_PERIODS, end, upgrade_price
from mock_sites.huawei.domain.tables import Product, Specification
from mock_sites.tests.support.plans import (
    DAY,
    MONTH,
    YEAR,
    AnsweringSeller,
    balance,
    buy,
    end_of,
    order_of,
    seller,
    service,
    state_of,
    try_out,
)
from mock_sites.tests.support.subscribing import account_of
from mock_sites.world import jobs
from mock_sites.world.clock import START
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

__all__ = ["seller"]

pytestmark = pytest.mark.usefixtures("seller")


@pytest.mark.parametrize(
    ("begin", "period_type", "number", "expected"),
    [
        ("2026-03-02T01:00Z", "month", 1, "2026-04-02T01:00Z"),
        ("2026-01-31T01:00Z", "month", 1, "2026-02-28T01:00Z"),
        ("2026-12-31T01:00Z", "month", 12, "2027-12-31T01:00Z"),
        ("2028-02-29T01:00Z", "year", 1, "2029-02-28T01:00Z"),
        ("2026-01-30T17:00Z", "month", 1, "2026-02-27T17:00Z"),
        ("2026-03-02T01:00Z", "day", 1, "2026-03-17T01:00Z"),
    ],
)
def test_a_period_ends_on_the_same_day_in_beijing(begin: str, period_type: str, number: int, expected: str) -> None:
    specification = Specification(period_type=period_type, period_length=15 if period_type == "day" else 1)
    assert end(datetime.fromisoformat(begin), specification, number) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("period_type", ["month", "year"])
def test_an_upgrade_costs_what_the_higher_edition_would_have_cost_and_less_by_the_day(period_type: str) -> None:
    lower = Specification(period_type=period_type, period_length=1, price=600)
    higher = Specification(period_type=period_type, period_length=1, price=1800)
    for day in range(366):
        begin = START + timedelta(days=day)
        for number in range(1, MOST_PERIODS[period_type] + 1):
            until = end(begin, lower, number)
            at_once = upgrade_price(lower, higher, begin, until)
            assert at_once == 1200 * number, (begin, number)
            assert upgrade_price(lower, higher, begin + timedelta(seconds=9), until) <= at_once, (begin, number)
            assert upgrade_price(lower, higher, begin + timedelta(days=9), until) < at_once, (begin, number)


def test_a_plan_is_paid_then_made_and_ends_when_its_months_are_over(world: World, seller: AnsweringSeller) -> None:
    instance_id = buy(world, number=3)
    assert seller.received == ["newInstance"]
    assert balance(world) == 100_000 - 3 * 600
    assert end_of(world, instance_id) == START.replace(month=6)
    assert state_of(world, instance_id) == "in_use"


def test_a_purchase_that_the_seller_fails_for_good_is_refunded_once(world: World, seller: AnsweringSeller) -> None:
    seller.fails = True
    with world.uow("huawei", write=True) as uow:
        plan = uow.session.get_one(Product, catalogue.PLAN_CONTENT)
        order = plans.buy(uow, account_of(uow), plan, YEAR, 1, attempt=1)
        checkout.pay(uow, order)
    assert balance(world) == 94_000
    jobs.run_due(world)
    assert order_of(world, order.id) == ("NEW", "cancelled", 6000, 6000)
    with world.uow("huawei", write=True) as uow:
        outcomes.failed(uow, OperationCall(activity=Activity.NEW_INSTANCE, order=order.id))
    assert balance(world) == 100_000


def test_a_product_is_tried_once_and_not_while_or_after_it_is_bought(world: World) -> None:
    try_out(world)
    with pytest.raises(Refusal, match="only once"):
        try_out(world)
    with pytest.raises(Refusal, match="until its service expires"):
        buy(world)


def test_a_plan_is_bought_again_only_after_it_has_expired(world: World) -> None:
    first = buy(world)
    with pytest.raises(Refusal, match="until its service expires"):
        buy(world)
    jobs.advance(world, 31 * DAY)
    assert buy(world) != first


@pytest.mark.parametrize(
    ("specification", "number", "match"),
    [(MONTH, 0, "1 to 12"), (MONTH, 13, "1 to 12"), (YEAR, 4, "1 to 3"), ("OFFI-PLAN-STANDARD-TRIAL", 1, "Choose")],
)
def test_only_what_is_offered_is_bought(world: World, specification: str, number: int, match: str) -> None:
    with pytest.raises(Refusal, match=match):
        buy(world, specification, number=number)


def test_an_expired_or_paid_service_is_not_closed_by_hand_but_a_trial_is(world: World) -> None:
    instance_id = try_out(world)
    with service(world, instance_id) as (uow, resource):
        closing.close(uow, resource)
    jobs.advance(world, closing.CLOSING_SECONDS)
    assert state_of(world, instance_id) == "closed"
    paid = buy(world)
    with service(world, paid) as (uow, resource), pytest.raises(Refusal, match="for a period"):
        closing.close(uow, resource)
    jobs.advance(world, 31 * DAY)
    with service(world, paid) as (uow, resource), pytest.raises(Refusal, match="has expired"):
        closing.close(uow, resource)


def test_the_grace_period_is_the_documented_one() -> None:
    assert timedelta(days=15) == expiry.GRACE
    assert 3 <= catalogue.TRIAL_DAYS <= 180
