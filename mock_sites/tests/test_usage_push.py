"""The usage push: which pushes are accepted, which codes records get, and what buyers pay (spec huawei 2.6b)."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from mock_sites.huawei.domain import catalogue, usage_records
from mock_sites.huawei.domain.catalogue import GUANCE_CONTENT, PLAN_CONTENT
from mock_sites.huawei.domain.sale import check_on_sale
from mock_sites.huawei.domain.states import ResourceState
from mock_sites.huawei.domain.tables import Account, DailyExpense, Product, Resource
from mock_sites.huawei.protocol import usage_push
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.subscribing import buy, close
from mock_sites.tests.support.usage_push import body_of, codes, push, push_by_ak_sk, record_of, written
from mock_sites.world import jobs
from mock_sites.world.agreement import seller_keys
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

HOUR = timedelta(hours=1)


@pytest.fixture
def instance(world: World) -> str:
    """The id of an on-demand instance that is an hour and a bit old."""
    instance = buy(world)
    jobs.advance(world, 3600)
    return instance


def validated(world: World, browse: Browse, *records: dict[str, Any]) -> list[tuple[str, str]]:
    """Push records and let the job validate them."""
    assert push(world, browse, body_of(*records)).json()["error_code"] == "MKT.0000"
    jobs.advance(world, usage_records.VALIDATION_SECONDS)
    return codes(world)


def days_of(world: World, instance: str) -> dict[date, tuple[int, int]]:
    """Usage and cost of a resource by day."""
    with world.uow("huawei") as uow:
        found = uow.session.scalars(select(DailyExpense).where(DailyExpense.instance_id == instance))
        return {one.day: (one.units, one.fen) for one in found}


def test_a_push_is_answered_at_once_validated_by_a_job_and_collected_for_the_bill(
    world: World, browse: Browse, instance: str
) -> None:
    answer = push(world, browse, body_of(record_of(instance, world.clock.now())))
    assert (answer.status_code, answer.json()) == (200, {"error_code": "MKT.0000", "error_msg": "success"})
    assert codes(world) == [("received", "")]

    jobs.advance(world, usage_records.VALIDATION_SECONDS)
    assert codes(world) == [("accepted", "")]

    jobs.advance(world, 15 * 3600)
    assert codes(world) == [("billed", "")]
    assert days_of(world, instance) == {date(2026, 3, 2): (123_400, 1_234)}
    with world.uow("huawei") as uow:
        resource = uow.session.get_one(Resource, instance)
        account = uow.session.get_one(Account, resource.account_id)
        assert (resource.used_units, resource.used_fen, account.used_fen) == (123_400, 1_234, 1_234)
        assert f"{account.available}" == "99987.66"


@pytest.mark.parametrize("cycle", ["hour", "day"])
def test_what_was_pushed_in_time_is_collected_at_the_next_time_of_the_cycle(
    world: World, browse: Browse, instance: str, cycle: str
) -> None:
    """The world's clock shows 10:00 in Beijing and some seconds: hourly usage is collected at 10:15."""
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, GUANCE_CONTENT, billing_cycle=cycle)
    validated(world, browse, record_of(instance, world.clock.now()))
    jobs.advance(world, 15 * 60)
    assert codes(world) == [("billed" if cycle == "hour" else "accepted", "")]


def test_the_records_of_a_day_are_summed_before_they_are_rounded_and_late_ones_are_added(
    world: World, browse: Browse, instance: str
) -> None:
    end = world.clock.now()
    for number, value in enumerate(["0.004", "0.004", "0.004"]):
        record = record_of(
            instance, end, usage_value=value, begin_time=written(end - (number + 1) * timedelta(minutes=9))
        )
        validated(world, browse, record | {"metering_sn": f"sn-{number}"})
    jobs.advance(world, 24 * 3600)
    assert days_of(world, instance) == {date(2026, 3, 2): (120, 1)}

    validated(world, browse, record_of(instance, end, usage_value=7.5))
    jobs.advance(world, 24 * 3600)
    assert days_of(world, instance) == {date(2026, 3, 2): (75_120, 751)}
    assert [event.details["fen"] for event in world.journal(kind="huawei.usage.billed")] == [1, 750]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"instance_id": "unknown"}, "001"),
        ({"product_id": "OFFI-OTHER"}, "001"),
        ({"begin_time": "2026-03-02T01:00:00Z"}, "002"),
        ({"record_time": "20261302T000000Z"}, "002"),
        ({"usage_value": "0"}, "003"),
        ({"usage_value": "1.00001"}, "003"),
        ({"metering_sn": None}, "004"),
        ({"begin_time": "20260201T000000Z"}, "007"),
        ({"begin_time": "20260302T005959Z"}, "011"),
        ({"end_time": "20260302T030000Z"}, "011"),
        ({"begin_time": "20260302T015000Z", "end_time": "20260302T014000Z"}, "011"),
        ({"product_id": "OFFI845592654693900288"}, ""),
        ({"begin_time": "20260302T010000Z"}, ""),
        ({"usage_value": 12.34, "relate_pkg_instance": ""}, ""),
    ],
)
def test_the_job_finds_what_is_wrong_with_a_record(
    world: World, browse: Browse, instance: str, changes: dict[str, Any], code: str
) -> None:
    """The order was placed at 01:00:00 UTC, and the push comes at 02:00:08."""
    found = validated(world, browse, record_of(instance, world.clock.now(), **changes))
    assert found == [("refused" if code else "accepted", code)]


def test_a_repeated_record_counts_once(world: World, browse: Browse, instance: str) -> None:
    """A refused one may be sent again with the same serial number."""
    now = world.clock.now()
    wrong, right = record_of(instance, now, usage_value="0"), record_of(instance, now)
    other_serial, other_window = right | {"metering_sn": "sn-2"}, right | {"begin_time": written(now - HOUR / 2)}
    validated(world, browse, wrong, right, right)
    found = validated(world, browse, right, other_serial, other_window)
    assert [code for _state, code in found] == ["003", "", "005", "005", "010", "005"]


def test_a_record_of_another_sellers_product_is_refused(world: World, browse: Browse, instance: str) -> None:
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, GUANCE_CONTENT, access_key="another-sellers-key")
    assert validated(world, browse, record_of(instance, world.clock.now())) == [("refused", "009")]
    accepted = push(world, browse, body_of(record_of(instance, world.clock.now())), key="another-sellers-key")
    jobs.advance(world, usage_records.VALIDATION_SECONDS)
    assert (accepted.status_code, codes(world)[1]) == (200, ("accepted", ""))


@pytest.mark.parametrize(
    ("changes", "key", "status", "code"),
    [
        ({"instance_id": "unknown"}, "", 500, "MKT.9001"),
        ({"begin_time": "20260201T000000Z"}, "", 500, "MKT.9004"),
        ({"begin_time": "20260201T000000Z", "usage_value": "0"}, "", 500, "MKT.9004"),
        ({}, "another-sellers-key", 401, "MKT.0150"),
        ({"usage_value": "0"}, "", 200, "MKT.0000"),
    ],
)
def test_a_push_with_a_wrong_record_is_refused_as_a_whole_if_the_settings_say_so(
    world: World, browse: Browse, instance: str, changes: dict[str, Any], key: str, status: int, code: str
) -> None:
    with world.uow("huawei", write=True) as uow:
        for product in (GUANCE_CONTENT, PLAN_CONTENT):
            sellers.configure(uow, product, refuses_usage_at_once=True)
        sellers.configure(uow, PLAN_CONTENT, access_key="another-sellers-key")
    right = record_of(instance, world.clock.now())
    answer = push(world, browse, body_of(right, right | changes), key=key)
    assert (answer.status_code, answer.json()["error_code"]) == (status, code)
    assert len(codes(world)) == (2 if code == "MKT.0000" else 0)
    named = f"usage_records[{0 if key else 1}]: The"
    assert answer.json().get("diagnosis", named).startswith(named)


def test_the_settings_of_another_seller_refuse_no_push(world: World, browse: Browse) -> None:
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, GUANCE_CONTENT, refuses_usage_at_once=False)
        sellers.configure(uow, PLAN_CONTENT, refuses_usage_at_once=True, access_key="another-sellers-key")
    assert push(world, browse, body_of(record_of("unknown", world.clock.now()))).status_code == 200


def test_a_withdrawn_product_is_not_sold_and_has_no_usage(world: World, browse: Browse, instance: str) -> None:
    with world.uow("huawei", write=True) as uow:
        sellers.configure(uow, GUANCE_CONTENT, is_withdrawn=True)
    assert validated(world, browse, record_of(instance, world.clock.now())) == [("refused", "006")]
    page = browse("https://marketplace.huaweicloud.com").get(f"/contents/{GUANCE_CONTENT}")
    assert page.status_code == 410
    assert "The seller has withdrawn it from the Marketplace." in page.text
    with world.uow("huawei") as uow, pytest.raises(Refusal, match="withdrawn"):
        check_on_sale(uow, uow.session.get_one(Product, GUANCE_CONTENT))


def test_a_service_that_is_not_billed_on_demand_has_no_usage(world: World, browse: Browse, instance: str) -> None:
    with world.uow("huawei", write=True) as uow:
        uow.session.get_one(Product, GUANCE_CONTENT).kind = "period"
    assert validated(world, browse, record_of(instance, world.clock.now())) == [("refused", "012")]


def test_usage_ends_when_the_resource_is_closed(world: World, browse: Browse, instance: str) -> None:
    close(world, instance)
    closed_at = world.clock.now()
    jobs.advance(world, 3600)
    until = record_of(instance, closed_at)
    across = record_of(instance, closed_at + HOUR / 2, metering_sn="sn-2")
    after = record_of(instance, closed_at + HOUR, metering_sn="sn-3")
    assert [code for _state, code in validated(world, browse, until, across, after)] == ["", "011", "013"]


def test_a_frozen_resource_has_no_usage(world: World, browse: Browse, instance: str) -> None:
    with world.uow("huawei", write=True) as uow:
        resource = uow.session.get_one(Resource, instance)
        resource.state = ResourceState.EXPIRED
        resource.state = ResourceState.FROZEN
    assert validated(world, browse, record_of(instance, world.clock.now())) == [("refused", "013")]


def test_a_seller_outside_measures_in_real_time(world: World, browse: Browse, instance: str) -> None:
    """The world's clock stands at another time. The hour counts on the world's day."""
    real = datetime.now(UTC)
    long_ago = record_of(instance, real, metering_sn="sn-2", begin_time=written(real - timedelta(hours=2)))
    assert [code for _state, code in validated(world, browse, record_of(instance, real), long_ago)] == ["", "011"]
    jobs.advance(world, 24 * 3600)
    assert days_of(world, instance) == {date(2026, 3, 2): (123_400, 1_234)}


def test_a_seller_outside_reports_the_rest_before_its_answer_to_the_release(
    world: World, browse: Browse, instance: str
) -> None:
    """The resource is closed when the job validates the record."""
    real = datetime.now(UTC)
    push(world, browse, body_of(record_of(instance, real, begin_time=written(real - timedelta(seconds=1)))))
    close(world, instance)
    jobs.advance(world, 24 * 3600)
    assert codes(world) == [("billed", "")]


def nested(now: datetime, instance: str) -> dict[str, Any]:
    """A push whose names are sorted neither at the top nor below."""
    record = record_of(instance, now)
    return {"usage_records": [dict(reversed(record.items()))], "extra": {"b": 1, "a": None}}


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize("sorting", ["raw", "top", "deep"])
def test_a_body_is_signed_as_it_is_sent_or_sorted(
    world: World, browse: Browse, instance: str, sorting: str, *, older: bool
) -> None:
    content = nested(world.clock.now(), instance)
    content["usage_records"][0]["product_id"] = "OFFI845592654693900288"
    body = json.dumps(content, indent=1).encode()
    top = {name: content[name] for name in sorted(content)}
    signed = {
        "raw": body,
        "top": json.dumps(top, separators=(",", ":")).encode(),
        "deep": json.dumps(content, sort_keys=True, separators=(",", ":")).encode(),
    }[sorting]
    answer = push_by_ak_sk(world, browse, body, signed=signed) if older else push(world, browse, body, signed=signed)
    assert answer.json()["error_code"] == "MKT.0000"


def test_the_older_path_takes_records_without_a_serial_number(world: World, browse: Browse, instance: str) -> None:
    record = record_of(instance, world.clock.now(), metering_sn=None)
    answer = push(world, browse, body_of(record), path=usage_push.OLDER_PATH)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "MKT.0199")
    record["product_id"] = "OFFI845592654693900288"
    assert push(world, browse, body_of(record), path=usage_push.OLDER_PATH).status_code == 200
    jobs.advance(world, usage_records.VALIDATION_SECONDS)
    assert codes(world) == [("accepted", "")]


def test_a_wrong_ak_sk_signature_is_refused(world: World, browse: Browse, instance: str) -> None:
    answer = push_by_ak_sk(world, browse, body_of(record_of(instance, world.clock.now())), secret="another")
    assert (answer.status_code, answer.json()["error_code"]) == (401, "MKT.0154")


@pytest.mark.parametrize(
    ("headers", "code", "words"),
    [
        ({"signature": None}, "MKT.0199", "signature is missing."),
        ({"ts": None}, "MKT.0199", "ts is missing."),
        ({"nonce": "n" * 65}, "MKT.0100", "nonce is too long"),
        ({"signature": "wrong"}, "MKT.0102", "Base64 of HMAC-SHA256"),
        ({"ts": "1"}, "MKT.0102", "Base64 of HMAC-SHA256"),
    ],
)
def test_the_headers_must_be_there_and_sign_the_push(
    world: World, browse: Browse, instance: str, headers: dict[str, str | None], code: str, words: str
) -> None:
    answer = push(world, browse, body_of(record_of(instance, world.clock.now())), headers=headers)
    assert (answer.status_code, answer.json()["error_code"]) == (usage_push.ANSWERS[code][0], code)
    assert words in answer.json()["diagnosis"]
    assert not codes(world)


def test_a_wrong_signature_is_explained(world: World, browse: Browse, instance: str) -> None:
    body = body_of(record_of(instance, world.clock.now()))
    assert "The body was not signed." in push(world, browse, body, signed=b"").json()["diagnosis"]
    key = seller_keys(world.seed).query_secret
    assert "Signed with the key of another class." in push(world, browse, body, key=key).json()["diagnosis"]


def test_a_push_with_the_former_key_of_a_seller_is_explained(world: World, browse: Browse, instance: str) -> None:
    with world.uow("huawei", write=True) as uow:
        for product in catalogue.all_products(uow):
            sellers.configure(uow, product.content_id, access_key="key-of-today")
    body = body_of(record_of(instance, world.clock.now()))
    assert "Signed with the former key" in push(world, browse, body).json()["diagnosis"]
    assert push(world, browse, body, key="key-of-today").json()["error_code"] == "MKT.0000"
    assert "The hash of an empty body" in push_by_ak_sk(world, browse, body, signed=b"").json()["diagnosis"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"no json", "MKT.0100"),
        (b"[]", "MKT.0199"),
        (b"{}", "MKT.0199"),
        (b'{"usage_records": "x"}', "MKT.9002"),
        (b'{"usage_records": [1]}', "MKT.9002"),
        (b'{"usage_records": []}', "MKT.0101"),
        (b'{"usage_records": [{}]}', "MKT.0199"),
        (json.dumps({"usage_records": [{"instance_id": "x" * 65}]}).encode(), "MKT.0100"),
        (json.dumps({"usage_records": [{"instance_id": ["x"]}]}).encode(), "MKT.0100"),
        (json.dumps({"usage_records": [{}] * 1001}).encode(), "MKT.9003"),
    ],
)
def test_a_push_of_the_wrong_form_is_refused_as_a_whole(world: World, browse: Browse, body: bytes, code: str) -> None:
    answer = push(world, browse, body)
    assert (answer.status_code, answer.json()["error_code"]) == (usage_push.ANSWERS[code][0], code)
    assert not codes(world)


def test_the_diagnosis_names_the_record(world: World, browse: Browse, instance: str) -> None:
    right = record_of(instance, world.clock.now())
    missing = push(world, browse, body_of(right, right | {"usage_value": None}))
    assert missing.json()["diagnosis"] == "usage_records[1].usage_value is missing."
    wrong = push(world, browse, body_of(right | {"end_time": True}))
    assert wrong.json()["diagnosis"] == "usage_records[0].end_time is too long, or not a text."


def test_many_records_are_validated_in_several_jobs(
    world: World, browse: Browse, instance: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage_records, "MOST_AT_ONCE", 2)
    now = world.clock.now()
    records = [
        record_of(instance, now, metering_sn=str(n), begin_time=written(now - n * timedelta(seconds=1)))
        for n in range(5)
    ]
    assert validated(world, browse, *records) == [("accepted", "")] * 5
    jobs.advance(world, 24 * 3600)
    assert codes(world) == [("billed", "")] * 5
    assert [event.details["accepted"] for event in world.journal(kind="huawei.usage.validated")] == [2, 2, 1]
    assert [event.details["fen"] for event in world.journal(kind="huawei.usage.billed")] == [2468, 2468, 1234]
