"""What the outcome of a call to the seller changes, by operation (spec huawei 2.6).

Both outcomes may be reported more than once. A change that was already made is not made again.
"""

from collections.abc import Mapping
from typing import Any, Final

from mock_sites.huawei.domain import closing, expiry, orders, processing, supervision
from mock_sites.huawei.domain.jobs import Activity, OperationCall
from mock_sites.huawei.domain.states import SupervisionState
from mock_sites.huawei.domain.tables import Order, Resource
from mock_sites.huawei.protocol.names import INSTANCE_ID
from mock_sites.huawei.protocol.orders import FREEZE
from mock_sites.world.unit_of_work import UnitOfWork


def succeeded(uow: UnitOfWork, done: OperationCall, answer: Mapping[str, Any]) -> None:
    """The seller has carried out an operation and answered with success."""
    match done.activity:
        case Activity.NEW_INSTANCE if done.supervision is not SupervisionState.NONE:
            supervision.notified(uow, _order(uow, done), done.supervision)
        case Activity.NEW_INSTANCE:
            orders.instance_created(uow, _order(uow, done), answer[INSTANCE_ID])
        case Activity.REFRESH_INSTANCE:
            processing.refreshed(uow, _order(uow, done))
        case Activity.UPGRADE_INSTANCE:
            processing.upgraded(uow, _order(uow, done))
        case Activity.UPDATE_INSTANCE_STATUS if done.status == FREEZE:
            expiry.frozen(uow, _resource(uow, done))
        case Activity.UPDATE_INSTANCE_STATUS:
            expiry.unfrozen(uow, _resource(uow, done))
        case Activity.RELEASE_INSTANCE:
            closing.released(uow, _resource(uow, done))
        case Activity.ORDER_NOTIFY:
            uow.record("order.notified", order=done.order)
        case Activity.QUERY_INSTANCE | Activity.CHANGE_INSTANCE_CHECK:
            """A query changes nothing."""


ORDERING: Final = (Activity.NEW_INSTANCE, Activity.REFRESH_INSTANCE, Activity.UPGRADE_INSTANCE)
"""Operations whose last failed try cancels an order."""


def failed(uow: UnitOfWork, lost: OperationCall) -> None:
    """The last try that the retry policy allows has failed.

    A status that was not updated stays here as it is, and so does an order of which the seller was not notified. The
    seller sends the call again by hand (spec huawei 2.6a and 2.8).
    """
    match lost.activity:
        case Activity.NEW_INSTANCE | Activity.REFRESH_INSTANCE | Activity.UPGRADE_INSTANCE:
            orders.fail(uow, _order(uow, lost))
        case Activity.UPDATE_INSTANCE_STATUS:
            uow.record("service.status-not-updated", instance=lost.instance, status=lost.status)
        case Activity.RELEASE_INSTANCE:
            closing.release_failed(uow, _resource(uow, lost))
        case Activity.ORDER_NOTIFY:
            uow.record("order.not-notified", order=lost.order)
        case Activity.QUERY_INSTANCE | Activity.CHANGE_INSTANCE_CHECK:
            """A query changes nothing."""


def _order(uow: UnitOfWork, asked: OperationCall) -> Order:
    return uow.session.get_one(Order, asked.order)


def _resource(uow: UnitOfWork, asked: OperationCall) -> Resource:
    return uow.session.get_one(Resource, asked.instance)
