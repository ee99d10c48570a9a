"""Production interface messages: operations that failed for good, and restarting them by hand (spec huawei 2.8)."""

from dataclasses import replace

from sqlalchemy import Select, select

from mock_sites.huawei.domain import closing, expiry
from mock_sites.huawei.domain.jobs import Activity, Deliver
from mock_sites.huawei.domain.states import ResourceState
from mock_sites.huawei.domain.tables import Resource, SellerCall
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_center.sending import UnknownItemError, find_call
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.job import from_json
from mock_sites.world.unit_of_work import UnitOfWork


def messages() -> Select[SellerCall]:
    """The last tries that failed, latest first."""
    return select(SellerCall).where(SellerCall.given_up).order_by(SellerCall.number.desc())


def check_restartable(uow: UnitOfWork, call: SellerCall) -> None:
    """Check that an operation can be restarted.

    Raises:
        Refusal: it was restarted already, is of the kit, its order was cancelled, or what it says of its service is
            not true any more.
    """
    if call.restarted:
        raise Refusal(N_("It has been restarted already."))
    if call.interface == Interface.KIT:
        raise Refusal(N_("The buyer sends it again, in Partner Services."))
    job = from_json(Deliver, call.asked)
    if job.activity is Activity.RELEASE_INSTANCE:
        if _resource(uow, job).state is not ResourceState.CLOSING_FAILED:
            raise Refusal(N_("The service is released, or is being so."))
    elif job.activity not in {Activity.UPDATE_INSTANCE_STATUS, Activity.ORDER_NOTIFY}:
        raise Refusal(N_("The order was cancelled and refunded. The buyer has to order anew."))
    elif expiry.is_outdated(uow, job):
        raise Refusal(N_("What this call says of the service is not true any more."))


def restart(uow: UnitOfWork, number: int) -> SellerCall:
    """Try an operation again, from the beginning of its retry policy.

    Raises:
        NoSuchThingError: there is no such message.
        Refusal: it cannot be restarted.
    """
    call = find_call(uow, number)
    if not call.given_up:
        raise UnknownItemError(N_("There is no such message."))
    check_restartable(uow, call)
    call.restarted = True
    job = replace(from_json(Deliver, call.asked), tries=1)
    uow.record("seller.restarted", call=number, activity=job.activity)
    if job.activity is Activity.RELEASE_INSTANCE:
        closing.release(uow, _resource(uow, job), job.order)
    else:
        uow.schedule(job)
    return call


def _resource(uow: UnitOfWork, job: Deliver) -> Resource:
    return uow.session.get_one(Resource, job.instance)
