"""The life of a period service: renewed, upgraded, expired, frozen, released (spec huawei 1.3)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mock_sites.huawei.domain import (
    catalogue,
    checkout,
    closing,
    expiry,
    orders,
    outcomes,
    plans,
    renewals,
    unified_login,
    unsubscribing,
)
from mock_sites.huawei.domain.jobs import Activity, Deliver, OperationCall
from mock_sites.huawei.domain.states import OrderState, ResourceState
from mock_sites.huawei.domain.tables import Enterprise, Member, Order, Product
from mock_sites.tests.support.mailbox import received
from mock_sites.tests.support.plans import (
    DAY,
    HIGHER,
    MONTH,
    AnsweringSeller,
    balance,
    buy,
    end_of,
    listed,
    order_of,
    renew,
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


def test_a_service_that_is_not_renewed_is_frozen_at_its_end_and_released_after_15_days(
    world: World, seller: AnsweringSeller
) -> None:
    instance_id = buy(world)
    jobs.advance(world, 31 * DAY)
    assert state_of(world, instance_id) == "frozen"
    assert seller.received[1:] == ["updateInstanceStatus FREEZE"]
    assert seller.calls[1].expired is True

    jobs.advance(world, 14 * DAY)
    assert state_of(world, instance_id) == "frozen"
    jobs.advance(world, DAY)
    assert state_of(world, instance_id) == "closed"
    assert seller.received[2:] == ["releaseInstance"]
    with pytest.raises(Refusal, match="released"):
        renew(world, instance_id)


def test_renewing_before_the_end_adds_to_it_and_freezes_nothing(world: World, seller: AnsweringSeller) -> None:
    instance_id = buy(world)
    order_id = renew(world, instance_id, number=2)
    assert order_of(world, order_id) == ("RENEW", "completed", 1200, 0)
    assert end_of(world, instance_id) == START.replace(month=6)
    jobs.advance(world, 60 * DAY)
    assert state_of(world, instance_id) == "in_use"
    assert seller.received == ["newInstance", "refreshInstance RENEWAL"]


def test_renewing_a_frozen_service_unfreezes_it_and_counts_from_its_old_end(
    world: World, seller: AnsweringSeller
) -> None:
    instance_id = buy(world)
    jobs.advance(world, 40 * DAY)
    assert state_of(world, instance_id) == "frozen"
    renew(world, instance_id)
    assert state_of(world, instance_id) == "in_use"
    assert seller.received[2:] == ["refreshInstance RENEWAL", "updateInstanceStatus UNFREEZE"]
    assert end_of(world, instance_id) == START.replace(month=5)
    jobs.advance(world, 10 * DAY)
    assert state_of(world, instance_id) == "in_use"


def test_a_freeze_that_reaches_the_seller_after_the_renewal_is_undone(world: World, seller: AnsweringSeller) -> None:
    instance_id = buy(world)
    seller.fails = True
    jobs.advance(world, 31 * DAY)
    assert state_of(world, instance_id) == "expired"
    seller.fails = False
    renew(world, instance_id)
    with world.uow("huawei", write=True) as uow:
        outcomes.succeeded(uow, seller.calls[1], {})
    jobs.run_due(world)
    assert state_of(world, instance_id) == "in_use"
    assert seller.received.count("updateInstanceStatus UNFREEZE") == 2


def test_a_renewal_that_the_seller_fails_for_good_is_refunded(world: World, seller: AnsweringSeller) -> None:
    instance_id = buy(world)
    until, before = end_of(world, instance_id), balance(world)
    seller.fails = True
    order_id = renew(world, instance_id)
    assert order_of(world, order_id) == ("RENEW", "cancelled", 600, 600)
    assert received(world, "li.wei@acme.example.com")[-1][0].startswith("Your order has failed")
    assert (end_of(world, instance_id), balance(world)) == (until, before)
    with world.uow("huawei", write=True) as uow:
        outcomes.failed(uow, OperationCall(activity=Activity.REFRESH_INSTANCE, order=order_id))
        outcomes.succeeded(uow, OperationCall(activity=Activity.REFRESH_INSTANCE, order=order_id), {})
    assert (end_of(world, instance_id), balance(world)) == (until, before)


def test_a_trial_becomes_formal_and_its_paid_time_begins_at_once(world: World, seller: AnsweringSeller) -> None:
    instance_id = try_out(world)
    assert end_of(world, instance_id) == START + timedelta(days=catalogue.TRIAL_DAYS)
    assert balance(world) == 100_000
    order_id = renew(world, instance_id, HIGHER)
    assert order_of(world, order_id) == ("TRIAL_TO_FORMAL", "completed", 1800, 0)
    assert seller.received[-1] == "refreshInstance TRIAL_TO_FORMAL"
    with service(world, instance_id, write=False) as (_, resource):
        assert resource.specification_id == HIGHER
        assert resource.expires_at == START.replace(month=4) + timedelta(seconds=orders.PROVISIONING_SECONDS[1])


def test_the_same_purchase_renewal_and_upgrade_sent_twice_are_one_order_each(
    world: World, seller: AnsweringSeller
) -> None:
    with world.uow("huawei", write=True) as uow:
        plan = uow.session.get_one(Product, catalogue.PLAN_CONTENT)
        first, second = (plans.buy(uow, account_of(uow), plan, MONTH, 1, attempt=1) for _ in range(2))
        assert first is second
        checkout.pay(uow, first)
    instance_id = listed(world, first.id)
    for attempt in (2, 3):
        with service(world, instance_id) as (uow, resource):
            for _ in range(2):
                if attempt == 2:
                    order = renewals.renew(uow, resource, MONTH, 1, attempt=attempt)
                else:
                    order = renewals.upgrade(uow, resource, HIGHER, attempt=attempt)
                checkout.pay(uow, order)
        jobs.run_due(world)
    assert seller.received == ["newInstance", "refreshInstance RENEWAL", "upgradeInstance"]


def test_an_upgrade_costs_the_difference_for_the_time_that_is_left(world: World) -> None:
    instance_id = buy(world)
    until = end_of(world, instance_id)
    jobs.advance(world, 16 * DAY - orders.PROVISIONING_SECONDS[1])
    with service(world, instance_id) as (uow, resource):
        order = renewals.upgrade(uow, resource, HIGHER, attempt=2)
        checkout.pay(uow, order)
    jobs.run_due(world)
    assert order_of(world, order.id) == ("CHANGE", "completed", 581, 0)
    with service(world, instance_id) as (uow, resource):
        assert (resource.specification_id, resource.expires_at) == (HIGHER, until)
        with pytest.raises(Refusal, match="highest"):
            renewals.upgrade(uow, resource, HIGHER, attempt=3)


def test_a_service_renewed_as_another_edition_becomes_it_when_the_new_time_begins(
    world: World, seller: AnsweringSeller
) -> None:
    instance_id = buy(world)
    order_id = renew(world, instance_id, HIGHER, change=True)
    assert order_of(world, order_id) == ("RENEW", "completed", 1800, 0)
    assert seller.received[-1] == "refreshInstance RENEWAL_CHANGE"
    assert edition_of(world, instance_id) == (MONTH, HIGHER, START.replace(month=4))
    with service(world, instance_id) as (uow, resource):
        with pytest.raises(Refusal, match="another edition when"):
            renewals.renew_as(uow, resource, HIGHER, 1, attempt=9)
        with pytest.raises(Refusal, match="another edition when"):
            renewals.upgrade(uow, resource, HIGHER, attempt=9)
        assert {each.sku_code for each in renewals.renewable_as(uow, resource)} == {"guance-plan-professional"}

    renew(world, instance_id, HIGHER)
    assert seller.received[-1] == "refreshInstance RENEWAL"
    jobs.advance(world, 31 * DAY)
    assert edition_of(world, instance_id) == (HIGHER, None, None)
    assert state_of(world, instance_id) == "in_use"
    assert len(world.journal(kind="huawei.service.edition-changed")) == 1


def test_a_frozen_service_becomes_another_edition_at_once_also_a_lower_one(world: World) -> None:
    instance_id = buy(world, HIGHER)
    jobs.advance(world, 40 * DAY)
    renew(world, instance_id, MONTH, change=True)
    assert edition_of(world, instance_id) == (MONTH, None, None)


def test_a_renewal_as_another_edition_that_is_unsubscribed_changes_nothing(
    world: World, seller: AnsweringSeller
) -> None:
    instance_id = buy(world)
    jobs.advance(world, 10 * DAY)
    renew(world, instance_id, HIGHER, change=True)
    with service(world, instance_id) as (uow, resource):
        undone = unsubscribing.unsubscribe(uow, resource, attempt=5)
        assert undone.specification_id == HIGHER, "what is undone is what was ordered"
    jobs.run_due(world)
    assert seller.received[-1] == "refreshInstance UNSUBSCRIBE_RENEWAL_PERIOD"
    assert edition_of(world, instance_id) == (MONTH, None, None)
    jobs.advance(world, 31 * DAY)
    assert edition_of(world, instance_id) == (MONTH, None, None)


def test_a_trial_and_the_same_edition_are_no_change(world: World) -> None:
    instance_id = try_out(world)
    with service(world, instance_id) as (uow, resource), pytest.raises(Refusal, match="made formal in any edition"):
        renewals.renew_as(uow, resource, HIGHER, 1, attempt=2)
    renew(world, instance_id)
    with service(world, instance_id) as (uow, resource), pytest.raises(Refusal, match="Choose one"):
        renewals.renew_as(uow, resource, MONTH, 1, attempt=3)


def edition_of(world: World, instance_id: str) -> tuple[str | None, str | None, datetime | None]:
    """The specification of a service, the next one, and when it changes."""
    with service(world, instance_id, write=False) as (_, resource):
        return resource.specification_id, resource.next_specification_id, resource.changes_at


def test_a_frozen_service_and_a_trial_are_not_upgraded(world: World) -> None:
    instance_id = try_out(world)
    with service(world, instance_id) as (uow, resource), pytest.raises(Refusal, match="trial"):
        renewals.upgrade(uow, resource, HIGHER, attempt=2)
    jobs.advance(world, 16 * DAY)
    assert state_of(world, instance_id) == "frozen"
    with service(world, instance_id) as (uow, resource), pytest.raises(Refusal, match="expired"):
        renewals.upgrade(uow, resource, HIGHER, attempt=2)


def test_while_one_order_about_a_service_is_open_there_is_no_other(world: World) -> None:
    instance_id = buy(world)
    with service(world, instance_id) as (uow, resource):
        renewals.renew(uow, resource, MONTH, 1, attempt=2)
        with pytest.raises(Refusal, match="not finished"):
            renewals.renew(uow, resource, MONTH, 1, attempt=3)
        with pytest.raises(Refusal, match="not finished"):
            renewals.upgrade(uow, resource, HIGHER, attempt=3)


def test_a_renewal_that_is_paid_after_the_release_is_refused_and_takes_nothing(world: World) -> None:
    instance_id = buy(world)
    jobs.advance(world, 31 * DAY + 15 * DAY - 3600)
    with service(world, instance_id) as (uow, resource):
        order_id = renewals.renew(uow, resource, MONTH, 1, attempt=2).id
    jobs.advance(world, 3600)
    before = balance(world)
    with pytest.raises(Refusal, match="released"), world.uow("huawei", write=True) as uow:
        checkout.pay(uow, uow.session.get_one(Order, order_id))
    assert balance(world) == before


def test_a_paid_renewal_under_way_holds_up_the_release(world: World) -> None:
    instance_id = buy(world)
    jobs.advance(world, 31 * DAY + 15 * DAY - 3600)
    with service(world, instance_id) as (uow, resource):
        order = renewals.renew(uow, resource, MONTH, 1, attempt=2)
        order.state = OrderState.PROCESSING
    jobs.advance(world, 3600)
    assert state_of(world, instance_id) == "frozen"
    with world.uow("huawei", write=True) as uow:
        outcomes.failed(uow, OperationCall(activity=Activity.REFRESH_INSTANCE, order=order.id))
    jobs.advance(world, closing.PATIENCE_SECONDS + 10)
    assert state_of(world, instance_id) == "closed"


def test_auto_renewal_renews_a_day_before_the_end_period_by_period(world: World, seller: AnsweringSeller) -> None:
    instance_id = buy(world, auto_renew=True)
    jobs.advance(world, 62 * DAY)
    assert state_of(world, instance_id) == "in_use"
    assert seller.received == ["newInstance", *["refreshInstance RENEWAL"] * 2]
    assert balance(world) == 100_000 - 3 * 600
    with service(world, instance_id) as (uow, resource):
        renewals.change_policy(uow, resource, auto_renew=False)
    jobs.advance(world, 31 * DAY)
    assert state_of(world, instance_id) == "frozen"


def test_auto_renewal_that_is_switched_on_in_the_last_day_renews_at_once(world: World) -> None:
    instance_id = buy(world)
    jobs.advance(world, 30.5 * DAY)
    with service(world, instance_id) as (uow, resource):
        renewals.change_policy(uow, resource, auto_renew=True)
    jobs.run_due(world)
    jobs.advance(world, DAY)
    assert state_of(world, instance_id) == "in_use"
    assert end_of(world, instance_id) == START.replace(month=5)


def test_a_balance_that_is_too_low_is_journalled_and_the_service_expires(world: World) -> None:
    instance_id = buy(world, auto_renew=True)
    with world.uow("huawei", write=True) as uow:
        account_of(uow).balance = 599
    jobs.advance(world, 31 * DAY)
    assert state_of(world, instance_id) == "frozen"
    assert balance(world) == 599
    assert len(world.journal(kind="huawei.service.not-renewed")) == 1
    subjects = [subject for subject, _text in received(world, "li.wei@acme.example.com")]
    assert subjects == ["Your service was not renewed", "Your service has expired"]


def test_an_order_that_is_not_paid_keeps_a_service_from_being_renewed_and_that_is_journalled(world: World) -> None:
    instance_id = buy(world, auto_renew=True)
    jobs.advance(world, 29.5 * DAY)
    with service(world, instance_id) as (uow, resource):
        renewals.upgrade(uow, resource, HIGHER, attempt=2)
    jobs.advance(world, DAY)
    assert len(world.journal(kind="huawei.service.not-renewed")) == 1
    assert "another order about it is not finished" in received(world, "li.wei@acme.example.com")[-2][1]


def test_members_of_an_expired_service_see_that_it_must_be_renewed(world: World) -> None:
    instance_id = buy(world)
    with service(world, instance_id) as (uow, resource):
        enterprise = Enterprise(
            id="acme", account_id=resource.account_id, name="", domain="acme", created_at=uow.now, ready_at=uow.now
        )
        uow.session.add(enterprise)
        resource.enterprise_id = enterprise.id
    member = Member(enterprise=enterprise, authorized=True, state="active")
    jobs.advance(world, 31 * DAY)
    with world.uow("huawei") as uow, pytest.raises(Refusal, match="to renew it"):
        unified_login.check_may_log_in(uow, member)
    renew(world, instance_id)
    with world.uow("huawei") as uow:
        unified_login.check_may_log_in(uow, member)


def test_a_status_that_is_not_true_any_more_is_not_sent(world: World) -> None:
    with service(world, buy(world)) as (uow, resource):
        freeze = Deliver(activity=Activity.UPDATE_INSTANCE_STATUS, instance=resource.instance_id, expired=True)
        unfreeze = replace(freeze, expired=False)
        assert (expiry.is_outdated(uow, freeze), expiry.is_outdated(uow, unfreeze)) == (True, False)
        resource.expires_at = uow.now
        assert (expiry.is_outdated(uow, freeze), expiry.is_outdated(uow, unfreeze)) == (False, True)
        resource.state = ResourceState.CLOSING
        resource.state = ResourceState.CLOSED
        assert (expiry.is_outdated(uow, freeze), expiry.is_outdated(uow, unfreeze)) == (True, True)
