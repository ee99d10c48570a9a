"""A job whose reason is gone is planned no more, so that the operator's room lists only what will happen."""

from collections.abc import Callable, Generator
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import select

from mock_sites.guance.company import COMPANY as GUANCE
from mock_sites.guance.domain import high_consumption, locks, mfa, settlement, subscriptions, tickets
from mock_sites.guance.domain.jobs import UnbindMfa
from mock_sites.guance.domain.tables import MfaDevice
from mock_sites.huawei.company import COMPANY as HUAWEI
from mock_sites.huawei.domain import catalogue, checkout, closing, orders, renewals, unsubscribing
from mock_sites.huawei.domain.jobs import Activity
from mock_sites.huawei.domain.tables import Order, SellerCall
from mock_sites.huawei.protocol.orders import FREEZE
from mock_sites.huawei.protocol.retries import TOLERATED_DAYS
from mock_sites.huawei.seller_center import cases, probes
from mock_sites.tests.support import plans, subscribing
from mock_sites.tests.support.bills import BUYER, account_of, workspace_of
from mock_sites.tests.support.gateway import silence
from mock_sites.tests.support.plans import DAY, HIGHER, AnsweringSeller, seller
from mock_sites.world import jobs, totp
from mock_sites.world.world import World

__all__ = ["seller"]

Story = Generator[None]
"""Brings about the reason for a job, yields, and does away with it."""


def paid(world: World) -> Story:
    number = subscribing.order(world)
    yield
    with world.uow("huawei", write=True) as uow:
        checkout.pay(uow, uow.session.get_one(Order, number))


def cancelled(world: World) -> Story:
    number = subscribing.order(world)
    yield
    with world.uow("huawei", write=True) as uow:
        checkout.cancel(uow, uow.session.get_one(Order, number))


def unsubscribed(world: World) -> Story:
    instance = plans.buy(world, auto_renew=True)
    yield
    unsubscribe(world, instance)


def closed(world: World) -> Story:
    instance = plans.try_out(world)
    yield
    with plans.service(world, instance) as (uow, resource):
        closing.close(uow, resource)


def not_renewed(world: World) -> Story:
    instance = plans.buy(world, auto_renew=True)
    yield
    with plans.service(world, instance) as (uow, resource):
        renewals.change_policy(uow, resource, auto_renew=False)


def change_taken_back(world: World) -> Story:
    instance = plans.buy(world)
    jobs.advance(world, 10 * DAY)
    plans.renew(world, instance, HIGHER, change=True)
    yield
    unsubscribe(world, instance)


def renewed_while_the_seller_is_silent(world: World) -> Story:
    instance = plans.buy(world)
    jobs.advance(world, 40 * DAY)
    with plans.service(world, instance, write=False) as (_, resource):
        frozen = {"instance": instance, "order": resource.order_id, "status": FREEZE, "expired": True}
    silence(world, Activity.UPDATE_INSTANCE_STATUS, **frozen)
    yield
    plans.renew(world, instance, number=2)


def last_case_deleted(world: World) -> Story:
    number = saved_case(world)
    yield
    with world.uow("huawei", write=True) as uow:
        cases.delete(uow, number)


def delisted(world: World) -> Story:
    saved_case(world)
    yield
    with world.uow("huawei", write=True) as uow:
        for _day in range(TOLERATED_DAYS + 1):
            probes.failed(uow, probes.probed_product(uow, catalogue.PLAN_CONTENT))
            uow.now += timedelta(seconds=DAY)


def unlocked(world: World) -> Story:
    lock(world)
    yield
    with world.uow("guance", write=True) as uow:
        locks.unlock(uow, workspace_of(uow))


def dissolved(world: World) -> Story:
    with world.uow("guance", write=True) as uow:
        high_consumption.set_alert(uow, workspace_of(uow), "logs", 1)
    lock(world)
    yield
    with world.uow("guance", write=True) as uow:
        locks.dissolve(uow, workspace := workspace_of(uow), workspace.owner)


def alert_removed(world: World) -> Story:
    with world.uow("guance", write=True) as uow:
        alert = high_consumption.set_alert(uow, workspace_of(uow), "logs", 1)
    yield
    with world.uow("guance", write=True) as uow:
        high_consumption.remove_alert(uow, uow.session.merge(alert))


def ticket_closed(world: World) -> Story:
    with world.uow("guance", write=True) as uow:
        ticket = tickets.submit(uow, account_of(uow), attempt=1, category="billing", title="A", text="B")
    yield
    with world.uow("guance", write=True) as uow:
        tickets.close(uow, uow.session.merge(ticket))


def app_unbound_with_a_code(world: World) -> Story:
    with world.uow("guance", write=True) as uow:
        owner, secret = workspace_of(uow).owner, totp.text_of(b"k" * totp.KEY_LENGTH)
        dates = {"begun_at": uow.now, "bound_at": uow.now}
        uow.session.add(MfaDevice(account_id=owner.id, secret=secret, last_step=0, **dates))
        uow.schedule(UnbindMfa(owner.id, "zh", uow.now.isoformat()), after=DAY)
    yield
    with world.uow("guance", write=True) as uow:
        mfa.unbind(uow, workspace_of(uow).owner, totp.code_at(totp.key_of(secret), uow.now), "en")


STORIES: Final[list[tuple[Callable[[World], Story], tuple[str, ...]]]] = [
    (paid, ("cancel-unpaid",)),
    (cancelled, ("cancel-unpaid",)),
    (unsubscribed, ("expire-service", "release-expired", "auto-renew")),
    (closed, ("expire-service", "release-expired")),
    (not_renewed, ("auto-renew",)),
    (change_taken_back, ("change-edition",)),
    (renewed_while_the_seller_is_silent, ("deliver",)),
    (last_case_deleted, ("send-probes",)),
    (delisted, ("send-probes",)),
    (unlocked, ("close-lock", "remind-of-lock")),
    (dissolved, ("close-lock", "remind-of-lock", "high-consumption")),
    (alert_removed, ("high-consumption",)),
    (ticket_closed, ("answer-ticket",)),
    (app_unbound_with_a_code, ("unbind-mfa",)),
]
"""How the reasons for jobs go, and the kinds of jobs that are planned before and not afterwards."""

LASTING: Final = {
    "approve-authentication": "a review is not withdrawn",
    "reject-authentication": "a review is not withdrawn",
    "transfer-amount": "a transfer is not withdrawn",
    "list-service": "provisioning is not stopped",
    "finish-enterprise": "a set-up is not stopped",
    "validate-usage": "a record that was pushed stays",
    "collect-usage": "a record that was accepted is billed",
    "send-probe": "it is sent at once",
    "sync": "it is sent at once",
    "bill-notice": "a billing account stays",
    "push-usage": "the day that ends was used",
}
"""The kinds of jobs whose reason does not go before their time."""


def unsubscribe(world: World, instance: str) -> None:
    """Unsubscribe a service, or its latest renewal."""
    with plans.service(world, instance) as (uow, resource):
        attempt = orders.next_attempt(uow, resource.order.account, resource.order.product)
        unsubscribing.unsubscribe(uow, resource, attempt=attempt)
    jobs.run_due(world)


def saved_case(world: World) -> int:
    """A saved case of the plan. Returns its number."""
    order = plans.order(world)
    silence(world, Activity.NEW_INSTANCE, order=order)
    with world.uow("huawei", write=True) as uow:
        return cases.save(uow, uow.session.scalars(select(SellerCall.number)).one()).number


def lock(world: World) -> None:
    """Lock Zhao Min's workspace, because the subscription that paid for it was closed."""
    with world.uow("guance", write=True) as uow:
        subscriptions.open_subscription(uow, subscriptions.Purchase("o1", "l1", BUYER, "OFFI", "Guance"), "i1")
        settlement.settle_by_huawei(uow, workspace_of(uow), huawei_account_id=BUYER, instance_id="i1")
        locks.cancel_subscription(uow, "i1")


def planned(world: World) -> list[str]:
    """The kinds of all jobs that wait, but for the calls that are made at once."""
    return [due.kind for due in jobs.waiting(world) if due.due > world.clock.now()]


@pytest.mark.usefixtures("seller")
@pytest.mark.parametrize(("story", "kinds"), STORIES, ids=[story.__name__ for story, _kinds in STORIES])
def test_a_job_is_dropped_when_its_reason_is_gone(
    world: World, story: Callable[[World], Story], kinds: tuple[str, ...]
) -> None:
    going = story(world)
    next(going)
    assert set(kinds) <= set(planned(world))
    next(going, None)
    assert not set(kinds) & set(planned(world))


def test_each_kind_of_job_is_dropped_with_its_reason_or_has_one_that_lasts() -> None:
    dropped = {kind for _story, kinds in STORIES for kind in kinds}
    assert dropped | set(LASTING) == set(HUAWEI.jobs) | set(GUANCE.jobs)
    assert not dropped & set(LASTING)


def test_the_end_of_a_service_that_moves_is_planned_once(world: World, seller: AnsweringSeller) -> None:
    instance = plans.buy(world, auto_renew=True)
    plans.renew(world, instance)
    assert seller.received[-1] == "refreshInstance RENEWAL"
    ends = [due for due in jobs.waiting(world) if due.kind == "expire-service"]
    assert [due.due for due in ends] == [plans.end_of(world, instance)]
    assert sorted(planned(world)) == ["auto-renew", "expire-service", "release-expired"]
