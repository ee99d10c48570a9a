"""The conformance run follows what the seller has listed, and shows what the debugging page says."""

import json
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from mock_sites.huawei.conformance import listing as listed_operations
from mock_sites.huawei.conformance.listing import Kind, Listing
from mock_sites.huawei.conformance.model import CaseVerdict, Result
from mock_sites.huawei.protocol import debugging
from mock_sites.tests.support.conforming import KEY, complaints, report, run
from mock_sites.tests.support.wrong_seller import WrongSeller

V2 = [kind for kind in Kind if kind is not Kind.LICENCE]


class Listening(WrongSeller):
    """Stores the calls."""

    def __init__(self, key: str) -> None:
        """Use ``key``."""
        super().__init__(key)
        self.heard: list[dict[str, Any]] = []

    def answer(self, request: Request) -> Response:
        """Answer, and store what was sent."""
        body = request.get_data()
        fields = json.loads(body) if body.endswith(b"}") else dict(request.args)
        self.heard.append(fields)
        return super().answer(request)


def operations(kind: Kind, protocol: str) -> set[str]:
    """The operations that are called for a kind."""
    seller = Listening(KEY)
    results = run(seller, protocol, kit=False, listing=Listing((kind,)))
    assert complaints(results) == set()
    return {fields["activity"] for fields in seller.heard if "activity" in fields} - {"danceInstance"}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.ONE_TIME, {"newInstance", "releaseInstance"}),
        (Kind.PACKAGE, {"newInstance", "queryInstance", "releaseInstance"}),
        (Kind.ON_DEMAND, {"newInstance", "queryInstance", "instanceStatus", "releaseInstance"}),
        (Kind.LICENCE, {"getLicense", "instanceStatus", "releaseInstance"}),
        (
            Kind.TRIAL,
            {
                "newInstance",
                "queryInstance",
                "refreshInstance",
                "instanceStatus",
                "expireInstance",
                "releaseInstance",
            },
        ),
    ],
)
def test_v1_calls_only_what_belongs_to_the_kind(kind: Kind, expected: set[str]) -> None:
    assert operations(kind, "v1") == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.ONE_TIME, {"newInstance", "queryInstance", "releaseInstance"}),
        (Kind.PACKAGE, {"newInstance", "queryInstance", "releaseInstance"}),
        (Kind.ON_DEMAND, {"newInstance", "queryInstance", "updateInstanceStatus", "releaseInstance"}),
    ],
)
def test_v2_calls_only_what_belongs_to_the_kind(kind: Kind, expected: set[str]) -> None:
    assert operations(kind, "v2") == {*expected, "orderNotify"}


def test_each_kind_is_bought_by_huaweis_own_test_order_and_released() -> None:
    seller = Listening(KEY)
    results = run(seller, "v2", kit=False, listing=Listing(tuple(V2)))

    assert complaints(results) == set()
    bought = {fields.get("orderId") for fields in seller.heard if fields.get("activity") == "newInstance"}
    assert bought >= {"MOCKPERIODYEARNEW", "MOCKPERIODDAYTRIAL", "MOCKONDEMAND", "MOCKONETIMENEW", "MOCKONDEMANDPKG"}
    assert {f"releaseInstance-{kind}" for kind in V2} <= {result.case.name for result in results}


def test_only_the_optional_parameters_of_the_listing_are_sent() -> None:
    seller = Listening(KEY)
    listing = Listing((Kind.PERIOD,), frozenset({"mobilePhone", "email", "expireTime", "amount"}))

    assert complaints(run(seller, "v1", kit=False, listing=listing)) == set()

    sent = {name for fields in seller.heard for name in fields}
    assert {"mobilePhone", "email", "expireTime", "amount", "customerName", "productId"} <= sent
    assert not sent & {"userId", "userName", "orderAmount", "diskSize", "bandWidth", "saasExtendParams", "periodType"}


@pytest.mark.parametrize(("kind", "bought"), [(Kind.PERIOD, "newInstance"), (Kind.LICENCE, "getLicense")])
def test_every_purchase_has_the_parameters_that_the_listing_names(kind: Kind, bought: str) -> None:
    seller = Listening(KEY)
    listing = Listing((kind,), frozenset({"mobilePhone", "expireTime", "amount"}))

    assert complaints(run(seller, "v1", kit=False, listing=listing)) == set()

    purchases = [fields for fields in seller.heard if fields.get("activity") == bought]
    asked_for = {"expireTime", "amount"} | ({"mobilePhone"} if bought == "newInstance" else set())
    assert [fields for fields in purchases if not asked_for <= {*fields}] == []
    assert "mobilePhone" in asked_for or not any("mobilePhone" in fields for fields in purchases)


def test_a_seller_is_not_failed_for_what_its_listing_never_sends() -> None:
    refusing = WrongSeller(KEY, "expiry-in-milliseconds")

    assert complaints(run(refusing, "v1", kit=False, listing=Listing((Kind.ONE_TIME,)))) == set()
    assert complaints(run(WrongSeller(KEY, "expiry-in-milliseconds"), "v1", kit=False)) == {"expiry-in-milliseconds"}


@pytest.mark.parametrize(("live", "flag"), [(False, "1"), (True, "0")])
def test_a_seller_that_has_asked_for_order_notifications_gets_one(*, live: bool, flag: str) -> None:
    seller = Listening(KEY)
    results = run(seller, "v2", live=live, kit=False, listing=Listing((Kind.PERIOD,), frozenset({"orderNotify"})))

    assert complaints(results) == set()
    notified = [fields for fields in seller.heard if fields.get("activity") == "orderNotify"]
    assert notified[0] == {
        "activity": "orderNotify",
        "orderId": "MOCKPERIODYEARNEW",
        "orderLineId": seller.heard[0]["orderLineId"],
        "testFlag": flag,
    }


@pytest.mark.parametrize(
    ("parameters", "verdicts"),
    [(None, [CaseVerdict.NOTED]), (frozenset({"orderNotify"}), [CaseVerdict.FAILED]), (frozenset[str](), [])],
    ids=["unknown", "asked for", "not asked for"],
)
def test_an_order_notification_fails_only_a_seller_that_has_asked_for_it(
    parameters: frozenset[str] | None, verdicts: list[CaseVerdict]
) -> None:
    for mistake, diagnosis in (("not-notified", "refuses-good-parameters"), ("notified-in-vain", "crash")):
        results = run(WrongSeller(KEY, mistake), "v2", kit=False, listing=Listing((Kind.PERIOD,), parameters))

        assert [result.verdict for result in results if result.case.name == "orderNotify"] == verdicts
        assert complaints(results) == ({diagnosis} if CaseVerdict.FAILED in verdicts else set())


ON_REQUEST = [
    ("v1", "not-upgraded", "upgrade"),
    ("v2", "not-upgraded", "upgradeInstance"),
    ("v1", "not-queried", "queryInstance"),
    ("v1", "no-status", "instanceStatus"),
]


@pytest.mark.parametrize("live", [False, True], ids=["debug", "live"])
@pytest.mark.parametrize(("protocol", "mistake", "operation"), ON_REQUEST)
def test_an_operation_that_not_every_seller_has_fails_only_one_that_says_so(
    protocol: str, mistake: str, operation: str, *, live: bool
) -> None:
    def run_with(parameters: frozenset[str] | None) -> list[Result]:
        listing = Listing((Kind.PERIOD, Kind.TRIAL), parameters)
        return run(WrongSeller(KEY, mistake), protocol, kit=False, live=live, listing=listing)

    def verdicts(results: list[Result]) -> set[CaseVerdict]:
        right = [result for result in results if result.case.operation == operation and result.case.succeeds]
        return {result.verdict for result in right}

    unknown, none, listed = run_with(None), run_with(frozenset()), run_with(frozenset({operation}))
    assert (complaints(unknown), verdicts(unknown)) == (set(), {CaseVerdict.NOTED})
    assert (complaints(none), verdicts(none)) == (set(), set())
    assert (complaints(listed), verdicts(listed)) == ({"refuses-good-parameters"}, {CaseVerdict.FAILED})


def test_every_operation_on_request_is_tried() -> None:
    """``orderNotify`` has a test of its own."""
    tried = {(protocol, operation) for protocol, _mistake, operation in ON_REQUEST} | {("v2", "orderNotify")}
    assert tried == {
        (protocol, operation) for protocol, found in listed_operations.ON_REQUEST.items() for operation in found
    }


@pytest.mark.parametrize("kind", [Kind.PERIOD, Kind.ONE_TIME])
def test_a_purchase_that_is_still_processing_in_v1_is_not_asked_for(kind: Kind) -> None:
    results = run(WrongSeller(KEY, "processing"), "v1", kit=False, listing=Listing((kind,), frozenset()))
    assert "still-processing" in complaints(results)


@pytest.mark.parametrize(
    ("protocol", "kind", "expected"),
    [
        (
            "v1",
            Kind.PERIOD,
            [
                "newInstance",
                "refreshInstance-trial-to-formal",
                "refreshInstance",
                "refreshInstance-without-product",
                "expireInstance",
                "releaseInstance-period",
            ],
        ),
        ("v1", Kind.ONE_TIME, ["newInstance", "releaseInstance-one-time"]),
        (
            "v2",
            Kind.ON_DEMAND,
            [
                "newInstance",
                "queryInstance",
                "updateInstanceStatus-FREEZE",
                "updateInstanceStatus-UNFREEZE",
                "releaseInstance-on-demand",
            ],
        ),
    ],
)
def test_the_cases_that_the_debugging_page_requires_are_marked(protocol: str, kind: Kind, expected: list[str]) -> None:
    results = run(WrongSeller(KEY), protocol, kit=False, listing=Listing((kind,)))

    assert [result.case.name for result in results if result.required] == expected


@pytest.mark.parametrize(
    ("protocol", "mistake", "said"),
    [
        ("v2", "fails-good-call", debugging.RESULT_CODE),
        ("v2", "no-instance-id", debugging.MISSING.format(field="instanceId")),
        ("v2", "no-json", debugging.NO_JSON),
        ("v2", "content-type", debugging.CONTENT_TYPE.format(contentType="text/html")),
        ("v2", "redirect", debugging.HTTP_CODE.format(httpCode=302)),
        ("v1", "content-type", debugging.CONTENT_TYPE.format(contentType="text/html")),
    ],
    ids=["code", "member", "json", "type", "status", "type-v1"],
)
def test_the_messages_of_the_debugging_page_stand_beside_ours(protocol: str, mistake: str, said: str) -> None:
    results = run(WrongSeller(KEY, mistake), protocol, kit=False)

    beside = [result for result in results if result.debugging == said]
    assert beside
    assert said in report(results).why(beside[0])


def test_what_only_the_debugging_page_refuses_is_a_note() -> None:
    [first, *_] = run(WrongSeller(KEY), "v1", kit=False)

    assert first.debugging == "调测失败，接口响应缺少frontEndUrl."
    assert (first.verdict, [found.diagnosis for found in first.findings]) == (CaseVerdict.NOTED, ["debugging-refuses"])
