"""A period product: bought, tried and renewed, with a seller that answers."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import select

from mock_sites.huawei.company import COMPANY
from mock_sites.huawei.domain import catalogue, checkout, orders, outcomes, plans, renewals
from mock_sites.huawei.domain.jobs import Deliver
from mock_sites.huawei.domain.tables import Order, Product, Resource
from mock_sites.tests.support.subscribing import account_of
from mock_sites.world import jobs
from mock_sites.world.job import Handler
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

MONTH, YEAR = "OFFI-PLAN-STANDARD-MONTH", "OFFI-PLAN-STANDARD-YEAR"

HIGHER = "OFFI-PLAN-PROFESSIONAL-MONTH"

DAY = 86_400


class AnsweringSeller:
    """A seller that does immediately what it is asked or, with ``fails``, never does it."""

    def __init__(self) -> None:
        self.calls: list[Deliver] = []
        self.fails = False
        self.instance = "ins-{order}"

    def deliver(self, uow: UnitOfWork, job: Deliver) -> None:
        """Replaces the job that makes the call."""
        self.calls.append(job)
        if self.fails:
            outcomes.failed(uow, job)
        else:
            outcomes.succeeded(uow, job, {"instanceId": self.instance.format(order=job.order)})

    @property
    def received(self) -> list[str]:
        """The activities that were sent, each with its scene or status."""
        return [f"{call.activity} {call.status or call.scene}".rstrip() for call in self.calls]


@pytest.fixture
def seller(monkeypatch: pytest.MonkeyPatch) -> AnsweringSeller:
    """The seller that the marketplace calls."""
    seller = AnsweringSeller()
    monkeypatch.setitem(COMPANY.jobs, Deliver.kind, Handler(Deliver, seller.deliver))
    return seller


def buy(world: World, specification: str = MONTH, *, number: int = 1, auto_renew: bool = False) -> str:
    """Buy the plan, pay for it, and wait until it is listed. Returns its instance id."""
    return listed(world, order(world, specification, number=number, auto_renew=auto_renew))


def order(world: World, specification: str = MONTH, *, number: int = 1, auto_renew: bool = False) -> str:
    """Buy the plan and pay for it. Returns the order's number."""
    with world.uow("huawei", write=True) as uow:
        plan, buyer = uow.session.get_one(Product, catalogue.PLAN_CONTENT), account_of(uow)
        attempt = orders.next_attempt(uow, buyer, plan)
        order = plans.buy(uow, buyer, plan, specification, number, attempt=attempt, auto_renew=auto_renew)
        checkout.pay(uow, order)
        return order.id


def try_out(world: World) -> str:
    """Open the trial and wait until it is listed. Returns its instance id."""
    with world.uow("huawei", write=True) as uow:
        plan = uow.session.get_one(Product, catalogue.PLAN_CONTENT)
        attempt = orders.next_attempt(uow, account_of(uow), plan)
        order_id = plans.try_out(uow, account_of(uow), plan, attempt=attempt, agreed=True).id
    return listed(world, order_id)


def listed(world: World, order_id: str) -> str:
    """Wait until an order's service is listed. Returns its instance id."""
    jobs.advance(world, orders.PROVISIONING_SECONDS[1])
    with world.uow("huawei") as uow:
        return uow.session.scalars(select(Resource.instance_id).where(Resource.order_id == order_id)).one()


@contextmanager
def service(world: World, instance_id: str, *, write: bool = True) -> Generator[tuple[UnitOfWork, Resource]]:
    """A service, for changes and checks."""
    with world.uow("huawei", write=write) as uow:
        yield uow, uow.session.get_one(Resource, instance_id)


def renew(world: World, instance_id: str, specification: str = MONTH, *, number: int = 1, change: bool = False) -> str:
    """Renew a service, or (``change``) renew it as another edition, and pay. Returns the order's number."""
    verb = renewals.renew_as if change else renewals.renew
    with service(world, instance_id) as (uow, resource):
        attempt = orders.next_attempt(uow, resource.order.account, resource.order.product)
        order = verb(uow, resource, specification, number, attempt=attempt)
        checkout.pay(uow, order)
        order_id = order.id
    jobs.run_due(world)
    return order_id


def state_of(world: World, instance_id: str) -> str:
    """The service's state."""
    with service(world, instance_id, write=False) as (_, resource):
        return resource.state


def end_of(world: World, instance_id: str) -> datetime:
    """The end of the service."""
    with service(world, instance_id, write=False) as (_, resource):
        assert resource.expires_at
        return resource.expires_at


def balance(world: World) -> int:
    """The balance of the buyer's account."""
    with world.uow("huawei") as uow:
        return account_of(uow).balance


def order_of(world: World, order_id: str) -> tuple[str, str, int, int]:
    """An order's type, state, amount and refund."""
    with world.uow("huawei") as uow:
        order = uow.session.get_one(Order, order_id)
        return order.type, order.state, order.amount, order.refund
