"""What the seller's answers change, by the activity that was delivered (spec huawei 2.6).

``succeeded`` is told of the answer that ends a delivery, ``failed`` when the policy's last try has failed too. Both
bear being told again: who has been told already changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mock_sites.huawei.domain import closing, expiry, orders, processing
from mock_sites.huawei.domain.tables import Order, Resource
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Outcome:
    """The two ends of a delivery, told with what it was scheduled with."""

    succeeded: Callable[[UnitOfWork, JsonObject, Mapping[str, Any]], None]
    """Also told the seller's answer."""
    failed: Callable[[UnitOfWork, JsonObject], None]


def _order(uow: UnitOfWork, payload: JsonObject) -> Order:
    return uow.session.get_one(Order, payload["order"])


def _resource(uow: UnitOfWork, payload: JsonObject) -> Resource:
    return uow.session.get_one(Resource, payload["instance"])


def _status_updated(uow: UnitOfWork, payload: JsonObject, _answer: Mapping[str, Any]) -> None:
    tell = expiry.frozen if payload["status"] == "FREEZE" else expiry.unfrozen
    tell(uow, _resource(uow, payload))


def _status_not_updated(uow: UnitOfWork, payload: JsonObject) -> None:
    """The marketplace has done its own part already: the seller is asked again by hand (spec huawei 2.8)."""
    uow.record("service.status-not-updated", instance=payload["instance"], status=payload["status"])


def _order_failed(uow: UnitOfWork, payload: JsonObject) -> None:
    orders.fail(uow, _order(uow, payload))


OUTCOMES: Final[Mapping[str, Outcome]] = {
    "newInstance": Outcome(
        lambda uow, payload, answer: orders.instance_created(uow, _order(uow, payload), answer["instanceId"]),
        _order_failed,
    ),
    "refreshInstance": Outcome(
        lambda uow, payload, _answer: processing.refreshed(uow, _order(uow, payload)), _order_failed
    ),
    "upgradeInstance": Outcome(
        lambda uow, payload, _answer: processing.upgraded(uow, _order(uow, payload)), _order_failed
    ),
    "updateInstanceStatus": Outcome(_status_updated, _status_not_updated),
    "releaseInstance": Outcome(
        lambda uow, payload, _answer: closing.released(uow, _resource(uow, payload)),
        lambda uow, payload: closing.release_failed(uow, _resource(uow, payload)),
    ),
}
"""By the names of V2.0."""
