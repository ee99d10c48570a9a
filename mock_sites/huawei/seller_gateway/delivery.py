"""Sends operations to the seller. Each is tried by the documented retry policy, and its outcome is applied once.

The policy runs on the world's clock (spec huawei 2.8).
"""

from dataclasses import replace
from typing import Final

from mock_sites.huawei.domain import expiry, outcomes
from mock_sites.huawei.domain.jobs import Activity, Deliver, OperationCall, Origin
from mock_sites.huawei.domain.states import CallVerdict
from mock_sites.huawei.domain.tables import Product, SellerCall
from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.codes import UNKNOWN_INSTANCE
from mock_sites.huawei.protocol.retries import ONCE, POLICIES, POLLING, Policy
from mock_sites.huawei.seller_gateway import envelope, log, operations, sellers
from mock_sites.huawei.seller_gateway.mails import mail_seller
from mock_sites.huawei.seller_gateway.verdict import AnswerVerdict, instances, judge
from mock_sites.world.errors import N_
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.transport import CallResult
from mock_sites.world.unit_of_work import UnitOfWork

DONE_AT_THE_SELLER: Final = {(Activity.RELEASE_INSTANCE, UNKNOWN_INSTANCE)}
"""Refusals that count as success: an instance that the seller does not know is already released."""


def prepare(uow: UnitOfWork, asked: OperationCall) -> envelope.Signed:
    """The signed call."""
    agreed = sellers.agreed(uow, operations.content_of(uow, asked))
    return envelope.production(uow, agreed, operations.fields_of(uow, agreed, asked))


def prepare_if_needed(uow: UnitOfWork, asked: Deliver) -> envelope.Signed | None:
    """The signed call. None if it is outdated."""
    return None if expiry.is_outdated(uow, asked) else prepare(uow, asked)


def answered(uow: UnitOfWork, asked: Deliver, result: CallResult) -> None:
    """Log the call, and apply its outcome or schedule another try."""
    assert isinstance(result.request, envelope.Signed)  # noqa: S101 - ``prepare`` made it
    verdict = judge(result.request, result)
    if asked.expected:
        verdict = compared(verdict, asked.expected)
    call = log.write(uow, result.request, result, verdict, asked)
    if asked.origin is Origin.DUPLICATE:
        if verdict.outcome is not CallVerdict.ACCEPTED:
            uow.record("seller.duplicate-differs", order=asked.order, expected=asked.expected)
        return
    if asked.activity is Activity.QUERY_INSTANCE:
        _polled(uow, asked, verdict, call)
    elif verdict.outcome is CallVerdict.PROCESSING:
        uow.schedule(_poll(asked, verdict), after=POLLING.pause)
    elif verdict.outcome is CallVerdict.ACCEPTED or (asked.activity, verdict.code) in DONE_AT_THE_SELLER:
        _succeeded(uow, asked, verdict.answer)
    else:
        _retry(uow, asked, POLICIES.get(asked.activity, ONCE), call)


def _poll(asked: Deliver, verdict: AnswerVerdict) -> Deliver:
    instance = verdict.answer[names.INSTANCE_ID]
    return replace(asked, activity=Activity.QUERY_INSTANCE, instance=instance, expected="", tries=1)


def _polled(uow: UnitOfWork, asked: Deliver, verdict: AnswerVerdict, call: SellerCall) -> None:
    if verdict.outcome is CallVerdict.ACCEPTED and asked.instance in instances(verdict.answer):
        _succeeded(uow, replace(asked, activity=Activity.NEW_INSTANCE), {names.INSTANCE_ID: asked.instance})
    else:
        _retry(uow, asked, POLLING, call)


def _succeeded(uow: UnitOfWork, asked: Deliver, answer: JsonObject) -> None:
    outcomes.succeeded(uow, asked, answer)
    if asked.activity is Activity.NEW_INSTANCE:
        agreed = sellers.agreed(uow, operations.content_of(uow, asked))
        if agreed.sends_duplicates:
            made = answer[names.INSTANCE_ID]
            uow.schedule(Deliver(activity=asked.activity, order=asked.order, origin=Origin.DUPLICATE, expected=made))


def _retry(uow: UnitOfWork, asked: Deliver, policy: Policy, call: SellerCall) -> None:
    if asked.tries < policy.tries:
        if not expiry.is_outdated(uow, asked):
            uow.schedule(replace(asked, tries=asked.tries + 1), after=policy.pause)
        return
    call.given_up = True
    wanted = Activity.NEW_INSTANCE if asked.activity is Activity.QUERY_INSTANCE else asked.activity
    call.failed_order = asked.order if wanted in outcomes.ORDERING else None
    product = uow.session.get_one(Product, operations.content_of(uow, asked))
    about = {name: value for name in ("order", "instance") if (value := getattr(asked, name))}
    mail_seller(uow, call, product, wanted, tries=asked.tries, **about)
    outcomes.failed(uow, replace(asked, activity=wanted))


def compared(verdict: AnswerVerdict, expected: str) -> AnswerVerdict:
    """A repeated newInstance must return the first one's instance (spec huawei 2.1, idempotency)."""
    given = verdict.answer.get(names.INSTANCE_ID)
    if verdict.outcome is CallVerdict.ACCEPTED and given != expected:
        explanation = N_("A repeated newInstance brought instance {given} instead of {expected}.")
        details = {"given": given, "expected": expected}
        return AnswerVerdict(CallVerdict.FAULT, verdict.code, explanation, details, answer=verdict.answer)
    return verdict
