"""Delivering operations to the seller: each is tried by the documented policy, and its outcome told once.

An operation is asked for by the job "deliver" with ``activity`` and what it needs (see ``operations``). The policy
runs on the world's clock (spec huawei 2.8).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mock_sites.huawei.domain.outcomes import OUTCOMES
from mock_sites.huawei.domain.seller_tables import SellerCall
from mock_sites.huawei.domain.tables import Product
from mock_sites.huawei.seller_gateway import envelope, log, operations, sellers
from mock_sites.huawei.seller_gateway.mails import tell_seller
from mock_sites.huawei.seller_gateway.verdict import UNKNOWN_INSTANCE, Verdict, instances, judge
from mock_sites.world.company import CallJob
from mock_sites.world.errors import N_
from mock_sites.world.shared_tables import JsonObject
from mock_sites.world.transport import CallResult
from mock_sites.world.unit_of_work import UnitOfWork

JOB: Final = "deliver"


@dataclass(frozen=True)
class Policy:
    """How often a failing operation is tried, and with which pause in seconds."""

    pause: int
    tries: int


POLICIES: Final[Mapping[str, Policy]] = {
    "newInstance": Policy(600, 19),
    "upgradeInstance": Policy(600, 19),
    "refreshInstance": Policy(120, 30),
    "releaseInstance": Policy(120, 30),
    "updateInstanceStatus": Policy(120, 60),
}
"""Create and upgrade are tried for 3 hours, renewal and release for 1 hour, a change of status for 2 hours."""

ONCE: Final = Policy(0, 1)
"""Whatever somebody waits for, or has sent by hand."""

POLLING: Final = Policy(60, 180)
"""An instance that is being made is asked for every minute, for 3 hours. No document names the pause."""

DONE_AT_THE_SELLER: Final = {("releaseInstance", UNKNOWN_INSTANCE)}
"""Refusals that are as good as success: an instance that the seller does not know is released."""


def prepare(uow: UnitOfWork, asked: JsonObject) -> envelope.Signed:
    """The signed call."""
    agreed = sellers.agreed(uow, operations.content_of(uow, asked))
    return envelope.production(uow, agreed, operations.fields_of(uow, agreed, asked))


def answered(uow: UnitOfWork, asked: JsonObject, result: CallResult) -> None:
    """Log the call, and tell its outcome or try again."""
    assert isinstance(result.request, envelope.Signed)  # noqa: S101 - ``prepare`` made it
    verdict = judge(result.request, result)
    if asked.get("origin") == "duplicate":
        verdict = compared(verdict, asked["expected"])
    call = log.write(uow, result.request, result, verdict, asked)
    if asked.get("origin") == "duplicate":
        if verdict.outcome != "accepted":
            uow.record("seller.duplicate-differs", order=asked["order"], expected=asked["expected"])
        return
    if asked["activity"] == "queryInstance":
        _polled(uow, asked, verdict, call)
    elif verdict.outcome == "processing":
        uow.schedule(JOB, after=POLLING.pause, **_poll(asked, verdict))
    elif verdict.outcome == "accepted" or (asked["activity"], verdict.code) in DONE_AT_THE_SELLER:
        _succeeded(uow, asked, verdict.answer)
    else:
        _retry(uow, asked, POLICIES.get(asked["activity"], ONCE), call)


DELIVER: Final = CallJob(prepare, answered)


def _poll(asked: JsonObject, verdict: Verdict) -> JsonObject:
    return {"activity": "queryInstance", "order": asked["order"], "instance": verdict.answer["instanceId"]}


def _polled(uow: UnitOfWork, asked: JsonObject, verdict: Verdict, call: SellerCall) -> None:
    if verdict.outcome == "accepted" and asked["instance"] in instances(verdict.answer):
        made = {"activity": "newInstance", "order": asked["order"]}
        _succeeded(uow, made, {"instanceId": asked["instance"]})
    else:
        _retry(uow, asked, POLLING, call)


def _succeeded(uow: UnitOfWork, asked: JsonObject, answer: JsonObject) -> None:
    OUTCOMES[asked["activity"]].succeeded(uow, asked, answer)
    if asked["activity"] == "newInstance":
        agreed = sellers.agreed(uow, operations.content_of(uow, asked))
        if agreed.sends_duplicates:
            expected = answer["instanceId"]
            uow.schedule(JOB, activity="newInstance", order=asked["order"], origin="duplicate", expected=expected)


def _retry(uow: UnitOfWork, asked: JsonObject, policy: Policy, call: SellerCall) -> None:
    tries = asked.get("tries", 1)
    if tries < policy.tries:
        uow.schedule(JOB, after=policy.pause, **(asked | {"tries": tries + 1}))
        return
    call.given_up = True
    wanted = "newInstance" if asked["activity"] == "queryInstance" else asked["activity"]
    product = uow.session.get_one(Product, operations.content_of(uow, asked))
    about = {name: asked[name] for name in ("order", "instance") if name in asked}
    tell_seller(uow, product, wanted, tries=tries, **about)
    OUTCOMES[wanted].failed(uow, asked | {"activity": wanted})


def compared(verdict: Verdict, expected: str) -> Verdict:
    """A repeated newInstance must bring the first one's instance (spec huawei 2.1, idempotency)."""
    given = verdict.answer.get("instanceId")
    if verdict.outcome == "accepted" and given != expected:
        explanation = N_("A repeated newInstance brought instance {given} instead of {expected}.")
        details = {"given": given, "expected": expected}
        return Verdict("fault", verdict.code, explanation, details, answer=verdict.answer)
    return verdict
