"""The order query: real orders, Huawei's nine test orders, and messages about a wrong signature (spec huawei 2.6)."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from mock_sites.huawei.seller_gateway.order_info import MOCK_ORDERS
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.gateway import drive
from mock_sites.tests.support.order_query import ask
from mock_sites.tests.support.subscribing import subscribe
from mock_sites.world import jobs
from mock_sites.world.world import World


def info_of(answer: httpx.Response) -> dict[str, Any]:
    """The answer about the order."""
    assert answer.json()["resultCode"] == "MKT.0000"
    return answer.json()["orderInfo"]


@pytest.mark.parametrize(
    ("order_id", "order_type", "charging_mode"),
    [
        ("MOCKPERIODYEARNEW", "NEW", "PERIOD"),
        ("MOCKONETIMENEW", "NEW", "ONE_TIME"),
        ("MOCKONDEMAND", "NEW", "ON_DEMAND"),
        ("MOCKONDEMANDPKG", "NEW", "ON_DEMAND_PKG"),
        ("MOCKPERIODDAYTRIAL", "TRIAL", "PERIOD"),
        ("MOCKMONTYTRIALTOFORMAL", "TRIAL_TO_FORMAL", "PERIOD"),
        ("MOCKMONTYUNSUBSCRIBE", "UNSUBSCRIBE", "PERIOD"),
        ("MOCKMONTYRENEW", "RENEW", "PERIOD"),
        ("MOCKMONTYCHANGE", "CHANGE", "PERIOD"),
    ],
)
def test_huaweis_mock_orders_are_known_verbatim(
    world: World, browse: Browse, order_id: str, order_type: str, charging_mode: str
) -> None:
    assert len(MOCK_ORDERS) == 9
    info = info_of(ask(world, browse, {"orderId": order_id, "orderLineId": f"{order_id}-000001"}))
    (line,) = info["orderLine"]
    assert (info["orderId"], info["orderType"], line["chargingMode"]) == (order_id, order_type, charging_mode)
    assert bool(line["expireTime"]) == ("periodType" in line) == (charging_mode == "PERIOD")


def test_a_line_of_a_conformance_run_is_known_in_huaweis_mock_orders(world: World, browse: Browse) -> None:
    info = info_of(ask(world, browse, {"orderId": "MOCKONDEMAND", "orderLineId": "MOCKONDEMAND-482913"}))
    assert info["orderLine"][0]["orderLineId"] == "MOCKONDEMAND-482913"
    for line in ("MOCKONDEMAND-48", "MOCKONETIMENEW-482913"):
        refused = ask(world, browse, {"orderId": "MOCKONDEMAND", "orderLineId": line})
        assert refused.json()["resultCode"] == "MKT.9998"


@pytest.mark.parametrize(("minutes", "status"), [(-15, 200), (15, 200), (-16, 401), (16, 401)])
def test_a_query_is_valid_for_fifteen_minutes(world: World, browse: Browse, minutes: int, status: int) -> None:
    date = f"{world.clock.now() + timedelta(minutes=minutes):%Y%m%dT%H%M%SZ}"
    assert ask(world, browse, {"orderId": "MOCKONDEMAND"}, date=date).status_code == status


def test_a_real_order_is_returned_with_its_buyer_and_an_unknown_one_is_not(world: World, browse: Browse) -> None:
    order_id = subscribe(world)
    info = info_of(ask(world, browse, {"orderId": order_id}))
    assert info["buyerInfo"]["customerName"] == "hw_liwei"
    assert info["orderLine"][0]["productInfo"][0]["productName"] == "Guance SaaS Edition"
    for query in ({"orderId": "CS0"}, {"orderId": order_id, "orderLineId": "x"}, {"orderId": "MOCKONDEMAND-1"}):
        assert ask(world, browse, query).json()["resultCode"] == "MKT.9998"


def test_refusals_carry_extra_info_and_answers_do_not(world: World, browse: Browse) -> None:
    refused, answered = (ask(world, browse, {"orderId": order}).json() for order in ("CS0", "MOCKONDEMAND"))
    assert (refused["resultCode"], refused["extra_info"]) == ("MKT.9998", "Check orderId and orderLineId.")
    assert "extra_info" not in answered


def test_too_many_queries_in_a_minute_are_refused_if_the_product_limits_them(world: World, browse: Browse) -> None:
    query = {"orderId": subscribe(world)}
    assert {ask(world, browse, query).status_code for _ in range(4)} == {200}
    drive(world, "", access_key="", order_queries_a_minute=2)
    answers = [ask(world, browse, query) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 406]
    assert answers[-1].json() == {
        "resultCode": "MKT.0250",
        "resultMsg": "Too many requests.",
        "extra_info": "Ask again in a minute.",
    }
    assert ask(world, browse, {"orderId": "MOCKONDEMAND"}).status_code == 200
    jobs.advance(world, 61)
    assert ask(world, browse, query).status_code == 200


@pytest.mark.parametrize(
    ("changes", "diagnosis"),
    [
        ({"authorization": "Bearer x"}, "Authorization must read"),
        ({"date": "20260302T000000Z"}, "at most 15 minutes off"),
        ({"date": "1700000000000"}, "yyyyMMdd'T'HHmmss'Z'"),
        ({"key_id": "another"}, "not yours"),
        ({"secret": ""}, "Signed with an empty key."),
        ({"secret": "another"}, "None of the usual mistakes"),
    ],
)
def test_a_wrong_signature_is_refused_with_its_diagnosis(
    world: World, browse: Browse, changes: dict[str, str], diagnosis: str
) -> None:
    answer = ask(world, browse, {"orderId": "MOCKONDEMAND"}, **changes)
    assert (answer.status_code, answer.json()["error_code"]) == (401, "APIGW.0301")
    assert diagnosis in answer.json()["diagnosis"]
