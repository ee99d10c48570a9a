"""Whether an order, a closing or a set-up is finished, or still waits for the seller or for its time."""

from enum import StrEnum
from typing import Final

from sqlalchemy import func, or_, select

from mock_sites.huawei.domain.jobs import Deliver, FinishEnterprise, ListService, Sync
from mock_sites.huawei.domain.states import CANCELLABLE, EnterpriseState, OrderState, ResourceState, SupervisionState
from mock_sites.huawei.domain.tables import Enterprise, Order, Resource
from mock_sites.world.rows import are_any
from mock_sites.world.shared_tables import JobState, ScheduledJob
from mock_sites.world.unit_of_work import UnitOfWork

_JOBS: Final = [job.kind for job in (Deliver, Sync, ListService, FinishEnterprise)]
"""The jobs that finish something a buyer has begun. They name its order, instance or enterprise."""


class Outcome(StrEnum):
    """What became of something that a buyer has begun."""

    UNPAID = "unpaid"
    """Nothing happens before the order is paid, and before that approved if it has to be."""
    SUPERVISED = "supervised"
    """Nothing happens before the seller confirms the delivery, or the buyer the acceptance."""
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    """The last try has failed."""


def of_order(uow: UnitOfWork, order: Order) -> Outcome:
    """The outcome of an order."""
    if order.state in CANCELLABLE:
        return Outcome.UNPAID
    outcome = _outcome(uow, order.id, order.instance_id or "", done=order.state is OrderState.COMPLETED)
    supervised = order.state is OrderState.PROCESSING and order.supervision is not SupervisionState.NONE
    return Outcome.SUPERVISED if supervised and outcome is Outcome.FAILED else outcome


def of_closing(uow: UnitOfWork, resource: Resource) -> Outcome:
    """The outcome of closing a service."""
    return _outcome(uow, resource.instance_id, done=resource.state is ResourceState.CLOSED)


def of_enterprise(uow: UnitOfWork, enterprise: Enterprise) -> Outcome:
    """The outcome of what was last done with an enterprise, whose calls are not repeated when they fail."""
    return _outcome(uow, enterprise.id, done=enterprise.state is EnterpriseState.READY)


def _outcome(uow: UnitOfWork, *about: str, done: bool) -> Outcome:
    named = [func.json_extract(ScheduledJob.payload, f"$.{name}") for name in ("order", "instance", "enterprise")]
    jobs = select(ScheduledJob.id).where(ScheduledJob.kind.in_(_JOBS), ScheduledJob.state == JobState.WAITING)
    if are_any(uow, jobs.where(or_(*(name.in_(filter(None, about)) for name in named)))):
        return Outcome.WAITING
    return Outcome.DONE if done else Outcome.FAILED
