"""Asks the seller, while the buyer waits, whether a service may be renewed as another edition (spec huawei 2.6)."""

from mock_sites.huawei.domain import renewals
from mock_sites.huawei.domain.jobs import Activity, OperationCall, Origin
from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables import Order, Resource
from mock_sites.huawei.protocol import names
from mock_sites.huawei.seller_gateway import delivery, log, sellers
from mock_sites.huawei.seller_gateway.verdict import judge
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World


def offered(uow: UnitOfWork, content_id: str) -> bool:
    """Whether the product's seller can be asked. V1.0 has no such operation."""
    return sellers.agreed(uow, content_id).protocol == "v2"


def renew_as(uow: UnitOfWork, resource: Resource, specification_id: str, number: int, *, attempt: int) -> Order:
    """Order more periods of a service as another edition, if the seller allows it.

    Call this before anything is changed. The same attempt again returns the same order, without asking the seller.

    Raises:
        Refusal: it cannot be renewed, not with this choice, or the seller does not allow it.
    """
    instance_id = resource.instance_id
    if not renewals.sent_by(uow, resource, "RENEW", attempt):
        renewals.check_change(uow, resource, specification_id, number)
        with uow.aside():
            ask(uow.world, instance_id, specification_id)
    return renewals.renew_as(uow, resource, specification_id, number, attempt=attempt)


def ask(world: World, instance_id: str, specification_id: str) -> None:
    """Ask the seller whether a service may be renewed as this specification. Call it outside transactions.

    Raises:
        Refusal: it may not, or the seller's answer cannot be used.
    """
    asked = OperationCall(
        origin=Origin.LIVE,
        activity=Activity.CHANGE_INSTANCE_CHECK,
        instance=instance_id,
        specification=specification_id,
    )
    with world.uow("huawei", write=True) as uow:
        request = delivery.prepare(uow, asked)
    result = world.send(request)
    verdict = judge(request, result)
    with world.uow("huawei", write=True) as uow:
        log.write(uow, request, result, verdict, asked)
    if verdict.outcome is CallVerdict.REFUSED:
        reason = str(verdict.answer.get(names.RESULT_MSG) or verdict.code)
        raise Refusal(N_("The seller does not allow this change: {reason}"), field="specification", reason=reason)
    if verdict.outcome is not CallVerdict.ACCEPTED:
        raise Refusal(N_("The seller does not say whether this change is possible. Try again later."))
