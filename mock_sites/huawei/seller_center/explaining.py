"""Finds out why a seller refuses a logged call: makes it again with one usual mistake after the other.

It is what the conformance run does (spec huawei 5).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from mock_sites.huawei.conformance.model import SellerAnswer, SignedCall
from mock_sites.huawei.conformance.probing import Prober
from mock_sites.huawei.conformance.reading import look_of
from mock_sites.huawei.conformance.requests import SellerConnection
from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables import SellerCall
from mock_sites.huawei.mistakes.in_calls import CURES
from mock_sites.huawei.protocol import names, signing_v1
from mock_sites.huawei.protocol.codes import PROCESSING, SUCCESS
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_center import comparing, logged
from mock_sites.huawei.seller_center.sending import find_call
from mock_sites.huawei.seller_gateway import envelope, sellers
from mock_sites.huawei.seller_gateway.sellers import Agreed
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

LIMIT: Final = 30
"""Seconds after which no more calls are made, because the user waits."""

_STEP: Final = timedelta(milliseconds=20)
"""The time between two calls, so that no call is a repetition of another."""
_ACCEPTED: Final = (CallVerdict.ACCEPTED, CallVerdict.PROCESSING)


def explain(world: World, number: int, *, clock: Callable[[], float] = time.monotonic) -> list[str]:
    """The mistake for which the seller refuses a call, as keys of ``catalogue.MISTAKES``. Stored with the call.

    Empty if none of the usual mistakes explains it. The seller carries out what it accepts. Call it outside
    transactions.

    Raises:
        UnknownItemError: there is no such call.
        Refusal: the seller did not refuse it, one of the calls got no answer, or the answers came so slowly that not
            all mistakes could be tried, so that nothing can be said.
    """
    with world.uow("huawei") as uow:
        call = find_call(uow, number)
        if not is_unexplained(uow, call):
            raise Refusal(N_("Only a call that the seller refused can be looked into."))
        refused = logged.answer_to(call)
        sending = _Sending(world, replace(sellers.agreed(uow, call.content_id), protocol=call.protocol), clock)
        prober, known = _prober(world, uow, call, sending), _has_accepted(uow, call)
        special = _is_special(uow, call)
    explained = prober.explain(refused, known=known, special=special)
    if sending.failed:
        raise Refusal(N_("One of the calls got no answer. Try again."))
    if sending.is_cut_short and not explained:
        raise Refusal(
            N_("The seller answers so slowly that not all usual mistakes were tried within {limit} seconds."),
            limit=LIMIT,
        )
    found = [explained.finding.diagnosis] if explained else []
    with world.uow("huawei", write=True) as uow:
        call = find_call(uow, number)
        if call.hint in CURES:
            call.hint = ""  # of an earlier key
        if explained:
            call.hint, call.details = found[0], {**call.details, **explained.finding.details}
        uow.record("seller.call-explained", call=number, mistakes=found)
    return found


def is_unexplained(uow: UnitOfWork, call: SellerCall) -> bool:
    """Whether the seller answered, but refused the call, and no mistake of its signature is known yet.

    Only one that was found with today's key counts. What is wrong with the answer itself explains no refusal.
    """
    if not call.status or look_of(logged.answer_to(call)).code in {SUCCESS, PROCESSING}:
        return False
    return call.hint not in CURES or not comparing.has_todays_key(uow, call)


def _prober(world: World, uow: UnitOfWork, call: SellerCall, sending: "_Sending") -> Prober:
    agreed = sending.agreed
    case = logged.case_of(call)
    line = SellerConnection(
        address=agreed.production_address,
        key=agreed.keys[Interface.PRODUCTION],
        kit_key=agreed.keys[Interface.KIT],
        protocol=call.protocol,
        live=str(case.fields.get(names.TEST_FLAG)) != "1",
        former_keys=agreed.former_keys,
        other_keys=(sellers.access_key(world).secret_access_key, agreed.client.client_secret),
    )
    return Prober(line, case, case.fields, _Times(envelope.moment(uow, agreed)), sending)


def _is_special(uow: UnitOfWork, call: SellerCall) -> bool:
    """Whether the token, made with today's key, has signs that a seller may decode wrongly."""
    v1 = call.protocol == "v1"
    return v1 and not signing_v1.SPECIAL.isdisjoint(call.signature) and comparing.has_todays_key(uow, call)


def _has_accepted(uow: UnitOfWork, call: SellerCall) -> bool:
    """Whether the seller has accepted another call of this interface with today's key."""
    others = select(SellerCall).filter_by(content_id=call.content_id, interface=call.interface)
    accepted = uow.session.scalars(others.where(SellerCall.verdict.in_(_ACCEPTED)).order_by(SellerCall.number.desc()))
    return any(comparing.has_todays_key(uow, one) for one in accepted)


class _Times:
    """The times of the calls, each later than the one before."""

    def __init__(self, start: datetime) -> None:
        self._next = start

    def __call__(self) -> datetime:
        self._next += _STEP
        return self._next


@dataclass
class _Sending:
    """Sends calls until the user has waited for long enough.

    Attributes:
        failed: whether one got no answer.
        is_cut_short: whether some were not sent.
    """

    world: World
    agreed: Agreed
    clock: Callable[[], float]
    failed: bool = False
    is_cut_short: bool = False

    def __post_init__(self) -> None:
        self._until = self.clock() + LIMIT

    def __call__(self, call: SignedCall) -> SellerAnswer:
        if self.clock() >= self._until:
            self.is_cut_short = True
            return SellerAnswer(fault="slow")
        result = self.world.send(replace(call.outgoing, outside=not self.agreed.built_in))
        self.failed = self.failed or bool(result.fault)
        fault = "unreachable" if result.fault else ""
        return SellerAnswer(result.status, tuple(result.headers.items()), result.body, fault=fault)
