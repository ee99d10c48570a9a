"""Probes: twice a day the saved cases of a product on sale are sent to its seller (``sources.PROBES``).

A probe fails if its answer gets another verdict or result code than the saved call. The documents name no other sign.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from mock_sites.huawei.domain.jobs import Origin, Probe, SellerRequest, SendProbes
from mock_sites.huawei.domain.tables import ProbedProduct, Product, SellerCall
from mock_sites.huawei.protocol.retries import PROBE_HOURS, TOLERATED_DAYS
from mock_sites.huawei.seller_center import sending
from mock_sites.huawei.seller_gateway import envelope, log
from mock_sites.huawei.seller_gateway.mails import mail_delisted
from mock_sites.huawei.seller_gateway.verdict import judge
from mock_sites.world.clock import BEIJING
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.transport import CallResult
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

_A_DAY: Final = timedelta(days=1)


def watch(uow: UnitOfWork, content_id: str) -> None:
    """Send the saved cases of a product from now on. Called again, it changes nothing."""
    probed = probed_product(uow, content_id)
    if not probed.scheduled and not probed.delisted_at:
        probed.scheduled = True
        uow.schedule(SendProbes(content_id), after=seconds_to_next(uow.now))


def case_deleted(uow: UnitOfWork, content_id: str) -> None:
    """Send nothing any more if this was the last saved case of a product."""
    if not _cases(uow, content_id):
        _stop(uow, probed_product(uow, content_id))


def probed_product(uow: UnitOfWork, content_id: str) -> ProbedProduct:
    """The row of a product, made if there is none."""
    found = uow.session.get(ProbedProduct, content_id)
    if found is None:
        found = ProbedProduct(content_id=content_id, scheduled=False, failed_days=0, failed_on="")
        uow.session.add(found)
    return found


def seconds_to_next(now: datetime) -> float:
    """How long it takes until the next probes."""
    here = now + BEIJING
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    hours = [midnight + day * _A_DAY + timedelta(hours=hour) for day in (0, 1) for hour in PROBE_HOURS]
    return (next(moment for moment in hours if moment > here) - here).total_seconds()


def send(uow: UnitOfWork, job: SendProbes) -> None:
    """Send every saved case of a product, and schedule the next probes while there are cases and it is on sale."""
    probed, cases = probed_product(uow, job.product), _cases(uow, job.product)
    probed.scheduled = bool(cases) and not probed.delisted_at
    if probed.scheduled:
        for case in cases:
            uow.schedule(Probe(case.number))
        uow.schedule(job, after=seconds_to_next(uow.now))


def prepare(uow: UnitOfWork, job: Probe) -> envelope.Signed:
    """The signed call."""
    return sending.signed_again(uow, sending.find_call(uow, job.case))


def answered(uow: UnitOfWork, job: Probe, result: CallResult) -> None:
    """Log the probe. A failed one counts against its day."""
    assert isinstance(result.request, envelope.Signed)  # noqa: S101 - ``prepare`` made it
    case, verdict = sending.find_call(uow, job.case), judge(result.request, result)
    probe = log.write(uow, result.request, result, verdict, SellerRequest(origin=Origin.PROBE, repeats=job.case))
    if differs(case, probe):
        failed(uow, probed_product(uow, case.content_id))


def differs(case: SellerCall, probe: SellerCall) -> bool:
    """Whether a probe failed: it was answered with another verdict or code than the saved call."""
    return (probe.verdict, probe.code) != (case.verdict, case.code)


def failed(uow: UnitOfWork, probed: ProbedProduct) -> None:
    """Count a failed probe against its day. After too many days in a row the product is delisted."""
    here = uow.now + BEIJING
    today, yesterday = f"{here:%Y-%m-%d}", f"{here - _A_DAY:%Y-%m-%d}"
    if probed.failed_on == today or probed.delisted_at:
        return
    probed.failed_days = probed.failed_days + 1 if probed.failed_on == yesterday else 1
    probed.failed_on = today
    uow.record("seller.probe-failed", product=probed.content_id, days=probed.failed_days)
    if probed.failed_days > TOLERATED_DAYS:
        probed.delisted_at = uow.now
        _stop(uow, probed)
        uow.record("product.delisted", product=probed.content_id, days=probed.failed_days)
        mail_delisted(uow, uow.session.get_one(Product, probed.content_id), days=probed.failed_days)


def _stop(uow: UnitOfWork, probed: ProbedProduct) -> None:
    probed.scheduled = False
    uow.unschedule(SendProbes(probed.content_id))


def days_failed(uow: UnitOfWork, content_id: str) -> int:
    """The number of days in a row, up to today or yesterday, on which a probe of the product failed."""
    probed = uow.session.get(ProbedProduct, content_id)
    here = uow.now + BEIJING
    recent = {f"{here:%Y-%m-%d}", f"{here - _A_DAY:%Y-%m-%d}"}
    return probed.failed_days if probed and (probed.delisted_at or probed.failed_on in recent) else 0


def relist(world: World, content_id: str) -> None:
    """Put a delisted product on sale again: its saved cases are sent, and all must be answered as before.

    Call it outside transactions. For a product on sale it does nothing.

    Raises:
        Refusal: a case is answered differently, or there is none.
    """
    with world.uow("huawei") as uow:
        probed = uow.session.get(ProbedProduct, content_id)
        if probed is None or not probed.delisted_at:
            return
        cases = [case.number for case in _cases(uow, content_id)]
    if not cases:
        raise Refusal(N_("There is no saved case to check the service with. Save one first."))
    for number in cases:
        sent = sending.again(world, number, origin=Origin.PROBE)
        with world.uow("huawei") as uow:
            if differs(sending.find_call(uow, number), sending.find_call(uow, sent)):
                raise Refusal(N_("Call {number} is answered differently from the saved case."), number=sent)
    with world.uow("huawei", write=True) as uow:
        probed = probed_product(uow, content_id)
        probed.failed_days, probed.failed_on, probed.delisted_at = 0, "", None
        uow.record("product.relisted", product=content_id)
        watch(uow, content_id)


def _cases(uow: UnitOfWork, content_id: str) -> list[SellerCall]:
    wanted = select(SellerCall).where(SellerCall.saved, SellerCall.content_id == content_id)
    return list(uow.session.scalars(wanted.order_by(SellerCall.number)))
