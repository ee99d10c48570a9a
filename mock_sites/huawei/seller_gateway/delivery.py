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
from mock_sites.world.book import Book
from mock_sites.world.company import Call
from mock_sites.world.errors import N_
from mock_sites.world.ledger import Facts
from mock_sites.world.wire import Exchange

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


def prepare(book: Book, asked: Facts) -> envelope.Signed:
    """The signed call."""
    agreed = sellers.agreed(book, operations.content_of(book, asked))
    return envelope.production(book, agreed, operations.fields_of(book, agreed, asked))


def answered(book: Book, asked: Facts, exchange: Exchange) -> None:
    """Log the call, and tell its outcome or try again."""
    assert isinstance(exchange.request, envelope.Signed)  # noqa: S101 - ``prepare`` made it
    verdict = judge(exchange.request, exchange)
    if asked.get("origin") == "duplicate":
        verdict = compared(verdict, asked["expected"])
    call = log.write(book, exchange.request, exchange, verdict, asked)
    if asked.get("origin") == "duplicate":
        if verdict.outcome != "accepted":
            book.record("seller.duplicate-differs", order=asked["order"], expected=asked["expected"])
        return
    if asked["activity"] == "queryInstance":
        _polled(book, asked, verdict, call)
    elif verdict.outcome == "processing":
        book.schedule(JOB, after=POLLING.pause, **_poll(asked, verdict))
    elif verdict.outcome == "accepted" or (asked["activity"], verdict.code) in DONE_AT_THE_SELLER:
        _succeeded(book, asked, verdict.answer)
    else:
        _retry(book, asked, POLICIES.get(asked["activity"], ONCE), call)


DELIVER: Final = Call(prepare, answered)


def _poll(asked: Facts, verdict: Verdict) -> Facts:
    return {"activity": "queryInstance", "order": asked["order"], "instance": verdict.answer["instanceId"]}


def _polled(book: Book, asked: Facts, verdict: Verdict, call: SellerCall) -> None:
    if verdict.outcome == "accepted" and asked["instance"] in instances(verdict.answer):
        made = {"activity": "newInstance", "order": asked["order"]}
        _succeeded(book, made, {"instanceId": asked["instance"]})
    else:
        _retry(book, asked, POLLING, call)


def _succeeded(book: Book, asked: Facts, answer: Facts) -> None:
    OUTCOMES[asked["activity"]].succeeded(book, asked, answer)
    if asked["activity"] == "newInstance":
        agreed = sellers.agreed(book, operations.content_of(book, asked))
        if agreed.sends_duplicates:
            expected = answer["instanceId"]
            book.schedule(JOB, activity="newInstance", order=asked["order"], origin="duplicate", expected=expected)


def _retry(book: Book, asked: Facts, policy: Policy, call: SellerCall) -> None:
    tries = asked.get("tries", 1)
    if tries < policy.tries:
        book.schedule(JOB, after=policy.pause, **(asked | {"tries": tries + 1}))
        return
    call.given_up = True
    wanted = "newInstance" if asked["activity"] == "queryInstance" else asked["activity"]
    product = book.session.get_one(Product, operations.content_of(book, asked))
    about = {name: asked[name] for name in ("order", "instance") if name in asked}
    tell_seller(book, product, wanted, tries=tries, **about)
    OUTCOMES[wanted].failed(book, asked | {"activity": wanted})


def compared(verdict: Verdict, expected: str) -> Verdict:
    """A repeated newInstance must bring the first one's instance (spec huawei 2.1, idempotency)."""
    given = verdict.answer.get("instanceId")
    if verdict.outcome == "accepted" and given != expected:
        explanation = N_("A repeated newInstance brought instance {given} instead of {expected}.")
        facts = {"given": given, "expected": expected}
        return Verdict("fault", verdict.code, explanation, facts, answer=verdict.answer)
    return verdict
