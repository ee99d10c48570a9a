"""The answers to operations that call a seller. They wait on demand until the operation is finished."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import func, or_, select

from mock_sites.huawei.domain import outstanding
from mock_sites.huawei.domain.outstanding import Outcome
from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables import Enterprise, Order, Resource, SellerCall
from mock_sites.huawei.scenario_api import answers
from mock_sites.web.context import world
from mock_sites.world import jobs
from mock_sites.world.unit_of_work import UnitOfWork

LONGEST_WAIT: Final = timedelta(days=1)
"""How far the clock goes at most until an operation is finished. The longest retry policy ends after 3 hours, and a
seller may be asked for 3 hours more whether it has finished.
"""


def latest_call(uow: UnitOfWork) -> int:
    """The number of the latest call to a seller. 0 if there was none."""
    return uow.session.scalar(select(func.max(SellerCall.number))) or 0


def of_order(order_id: str, *, after: int, wait: bool) -> dict[str, Any]:
    """The answer about an order, with the calls after the one with the number ``after``."""

    def look(uow: UnitOfWork) -> tuple[Outcome, list[SellerCall], dict[str, Any]]:
        order = uow.session.get_one(Order, order_id)
        calls = _calls(uow, after, order.id, order.instance_id)
        return outstanding.of_order(uow, order), calls, {"order": answers.order(order)}

    return _finish(look, wait=wait)


def of_closing(instance_id: str, *, after: int, wait: bool) -> dict[str, Any]:
    """The answer about a service that is being closed."""

    def look(uow: UnitOfWork) -> tuple[Outcome, list[SellerCall], dict[str, Any]]:
        resource = uow.session.get_one(Resource, instance_id)
        calls = _calls(uow, after, instance_id)
        return outstanding.of_closing(uow, resource), calls, {"service": answers.service(resource)}

    return _finish(look, wait=wait)


def of_enterprise(
    enterprise_id: str, show: Callable[[UnitOfWork, Enterprise], dict[str, Any]], *, after: int, wait: bool
) -> dict[str, Any]:
    """The answer about an enterprise. Its calls are not repeated, so one that was not accepted is a failure."""

    def look(uow: UnitOfWork) -> tuple[Outcome, list[SellerCall], dict[str, Any]]:
        enterprise = uow.session.get_one(Enterprise, enterprise_id)
        outcome, calls = outstanding.of_enterprise(uow, enterprise), _calls(uow, after, enterprise_id)
        if outcome is Outcome.DONE and any(call.verdict is not CallVerdict.ACCEPTED for call in calls):
            outcome = Outcome.FAILED
        return outcome, calls, show(uow, enterprise)

    return _finish(look, wait=wait)


def _finish(
    look: Callable[[UnitOfWork], tuple[Outcome, list[SellerCall], dict[str, Any]]], *, wait: bool
) -> dict[str, Any]:
    def is_finished() -> bool:
        with world().uow("huawei") as uow:
            return look(uow)[0] is not Outcome.WAITING

    if wait:
        jobs.advance_until(world(), is_finished, LONGEST_WAIT.total_seconds())
    with world().uow("huawei") as uow:
        outcome, calls, shown = look(uow)
        return {"outcome": outcome, "now": uow.now, "calls": [answers.call(uow, each) for each in calls], **shown}


def _calls(uow: UnitOfWork, after: int, *about: str | None) -> list[SellerCall]:
    """The later calls to sellers about an order, instance or enterprise."""
    named = [func.json_extract(SellerCall.asked, f"$.{name}") for name in ("order", "instance", "enterprise")]
    calls = select(SellerCall).where(SellerCall.number > after).order_by(SellerCall.number)
    return list(uow.session.scalars(calls.where(or_(*(name.in_(filter(None, about)) for name in named)))))
