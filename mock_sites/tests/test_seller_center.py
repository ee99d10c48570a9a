"""The Seller Center's rules: calls by hand and again, cases, messages, coverage, failures (spec huawei 2.8 and 5)."""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote

import pytest

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.jobs import Activity
from mock_sites.huawei.domain.tables import Resource
from mock_sites.huawei.mistakes import body_sign
from mock_sites.huawei.protocol import operations, signing_v1
from mock_sites.huawei.seller_center import calls, cases, drafting, messages, presenting, sending
from mock_sites.tests.support import plans
from mock_sites.tests.support.gateway import KEY, ReceivedRequest, drive, log_of, seller, silence
from mock_sites.tests.support.seller_center import CONTENT, suggested
from mock_sites.tests.support.subscribing import buy, close, enterprise_with_wendy, state_of, subscribe
from mock_sites.world import jobs
from mock_sites.world.agreement import AUTH_CENTRE
from mock_sites.world.errors import Refusal
from mock_sites.world.sensitive_fields import encrypt
from mock_sites.world.world import World

NEW = {"orderId": "MOCKONDEMAND", "orderLineId": "MOCKONDEMAND-000001", "businessId": "b1", "testFlag": "1"}


@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_the_built_in_seller_accepts_every_operation_as_it_is_prefilled(world: World, protocol: str) -> None:
    drive(world, "", protocol, access_key="")
    for operation in operations.OPERATIONS[protocol]:
        sending.by_hand(world, CONTENT, operation.name, suggested(world, operation.name))

    log = log_of(world, origin="hand")
    assert {call.activity: call.code for call in log if call.verdict != "accepted"} == (
        {"getLicense": "000002"} if protocol == "v1" else {}
    )
    sending.again(world, log[0].number)
    with world.uow("huawei") as uow:
        numbers = {one.operation.name: [one.calls, one.accepted] for one in calls.coverage(uow, CONTENT)}
    expected = {one.name: [1, 1] for one in operations.OPERATIONS[protocol]} | {log[0].activity: [2, 2]}
    assert repr(numbers) == repr(expected | ({"getLicense": [1, 0]} if protocol == "v1" else {}))


def real_hosts(text: str) -> list[str]:
    """The documented hosts in a text: addresses of the real companies, which no world serves."""
    return [host for host in re.findall(r"https?://([^/:?#\"\\\\]+)", text) if not host.endswith(".localhost")]


@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_a_seller_outside_is_sent_no_address_of_the_real_companies(world: World, protocol: str) -> None:
    sent: list[str] = []

    def answer(received: ReceivedRequest) -> None:
        sent.append(f"{unquote(received.target)} {received.headers} {received.body.decode()}")
        received.answer = b'{"resultCode":"000000","resultMsg":"success","instanceId":"ins-1"}'
        received.answer_headers["Body-Sign"] = signing_v1.sign_answer(KEY, received.answer)

    with seller(answer) as address:
        drive(world, address, protocol)
        enterprise_with_wendy(world, buy(world))
        jobs.run_due(world)
        for operation in operations.OPERATIONS[protocol]:
            sending.by_hand(world, CONTENT, operation.name, suggested(world, operation.name))

    assert len(sent) > len(operations.OPERATIONS[protocol])
    assert "macroverse.huaweicloud.com" in "".join(sent)
    assert [host for text in sent for host in real_hosts(text)] == []


def test_a_setting_sends_the_addresses_of_the_documents(world: World) -> None:
    drive(world, "http://localhost:9000/isv", gets_documented_addresses=True)

    assert suggested(world, "tenantSync")["domainName"] == AUTH_CENTRE


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"orderId": ""}, "orderId"),
        ({"businessId": "x" * 65}, "businessId"),
        ({"colour": "red"}, ""),
    ],
)
def test_parameters_that_cannot_be_sent_are_refused_and_nothing_is_sent(
    world: World, changed: Mapping[str, str], field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        sending.by_hand(world, CONTENT, "newInstance", {**NEW, **changed})
    assert refusal.value.field == field
    assert not log_of(world)


@pytest.mark.parametrize(
    ("operation", "field", "value"),
    [
        ("authSync", "flag", "one"),
        ("authSync", "userList", "{}"),
        ("authSync", "userList", "[" * 100_000),
        ("changeInstanceCheck", "productInfo", "[]"),
        ("changeInstanceCheck", "productInfo", "OFFI1"),
    ],
)
def test_numbers_lists_and_objects_are_checked(world: World, operation: str, field: str, value: str) -> None:
    with pytest.raises(Refusal) as refusal:
        sending.by_hand(world, CONTENT, operation, suggested(world, operation) | {"instanceId": "i", field: value})
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b'{"resultCode":"000000","instanceId":"i","license":"L-1"}', "accepted"),
        (b'{"resultCode":"000000","instanceId":"i"}', "fault"),
        (b'{"resultCode":"000000","license":"L-1"}', "fault"),
    ],
)
def test_a_licence_is_asked_for_with_the_order_and_is_required(world: World, answer: bytes, verdict: str) -> None:
    def licence(received: ReceivedRequest) -> None:
        assert {"customerId", "orderId", "productId", "businessId"} <= dict(parse_qsl(received.target)).keys()
        received.answer = answer
        received.answer_headers["Body-Sign"] = signing_v1.sign_answer(KEY, answer)

    with seller(licence) as address:
        drive(world, address, "v1")
        sending.by_hand(world, CONTENT, "getLicense", suggested(world, "getLicense"))
    assert [call.verdict for call in log_of(world)] == [verdict]


def test_a_call_sent_again_has_a_new_signature_and_is_otherwise_the_same(world: World) -> None:
    subscribe(world)
    jobs.run_due(world)
    (first,) = log_of(world)

    again = sending.again(world, first.number)

    (second,) = log_of(world, number=again)
    assert (second.body, second.repeats, second.origin) == (first.body, first.number, "resend")
    assert second.signature != first.signature
    assert json.loads(second.answer_body)["instanceId"] == json.loads(first.answer_body)["instanceId"]


def test_an_edited_call_keeps_what_was_encrypted_and_what_is_not_documented(world: World) -> None:
    received: list[ReceivedRequest] = []
    with seller(received.append) as address:
        drive(world, address, "v1")
        first = sending.by_hand(world, CONTENT, "newInstance", suggested(world, "newInstance"))
        (call,) = log_of(world)
        operation = operations.find("v1", "newInstance")
        assert operation
        form = drafting.editable(operation, drafting.sent(call))
        assert form["mobilePhone"] == "***"
        sending.again(world, first, form | {"customerName": "Another"})

    one, other = (drafting.sent(call) for call in log_of(world))
    assert {name: value for name, value in other.items() if value != one[name]} == {"customerName": "Another"}


def test_the_three_messages_are_shown_word_for_word_and_diagnosed(world: World) -> None:
    headers: list[dict[str, str]] = [{}, {"Body-Sign": "x"}, {"Body-Sign": 'sign_type="HMAC-SHA256", signature="x"'}]

    def answer(received: ReceivedRequest) -> None:
        received.answer_headers = headers.pop(0)

    with seller(answer) as address:
        drive(world, address, "v1")
        for _ in range(3):
            sending.by_hand(world, CONTENT, "queryInstance", {"instanceId": "i"})

    with world.uow("huawei") as uow:
        shown = [presenting.show(uow, call, str) for call in log_of(world)]
    assert [one.explanation for one in shown][:2] == [body_sign.EMPTY, body_sign.MALFORMED]
    assert re.fullmatch(body_sign.MISMATCH.format(expected=".+="), shown[2].explanation)
    assert all(one.advice for one in shown)


def test_no_secret_is_shown(world: World) -> None:
    def answer(received: ReceivedRequest) -> None:
        received.answer_headers = {"Set-Cookie": "session=SECRET-COOKIE"}
        received.answer = json.dumps({"resultCode": "000001", "resultMsg": KEY, "password": "SECRET-WORD"}).encode()

    with seller(answer) as address:
        drive(world, address)
        sending.by_hand(world, CONTENT, "applicationSync", suggested(world, "applicationSync"))
        drive(world, address, "v1")
        sending.by_hand(world, CONTENT, "newInstance", suggested(world, "newInstance"))

    with world.uow("huawei") as uow:
        shown = "".join(str(presenting.show(uow, call, str)) for call in log_of(world))
    encrypted = json.loads(log_of(world)[0].body)["clientSecret"]
    phone = drafting.sent(log_of(world)[1])["mobilePhone"]
    for secret in (KEY, "SECRET", encrypted, phone):
        assert secret not in shown
    assert KEY not in "".join(str(event.details) for event in world.journal())


def replayed(world: World, *answers: dict[str, Any]) -> list[str]:
    """Save a newInstance that created ``a``, and replay it twice with these answers. Returns the reported
    differences.
    """
    left = [{"instanceId": "a"}, *answers]

    def answer(received: ReceivedRequest) -> None:
        received.answer = json.dumps({"resultCode": "000000", **left.pop(0)}).encode()

    with seller(answer) as address:
        drive(world, address)
        number = sending.by_hand(world, CONTENT, "newInstance", NEW)
        with world.uow("huawei", write=True) as uow:
            cases.save(uow, number)
        (case,) = cases.replay(world).cases
    return [one.text.format(**one.details) for one in case.differences]


def test_the_same_answers_are_no_difference(world: World) -> None:
    assert replayed(world, {"instanceId": "a"}, {"instanceId": "a"}) == []


def test_a_second_instance_is_reported(world: World) -> None:
    assert replayed(world, {"instanceId": "a"}, {"instanceId": "b"}) == [
        "The two replays were answered differently: instanceId.",
        "A repeated newInstance brought instance b instead of a.",
    ]


def test_an_answer_without_an_instance_is_no_second_one(world: World) -> None:
    (difference,) = replayed(world, {"instanceId": "a"}, {"resultCode": "000005"})
    assert difference == "The two replays were answered differently: verdict, resultCode, instanceId."


def test_an_answer_other_than_the_saved_one_is_reported(world: World) -> None:
    other = {"instanceId": "a", "resultMsg": "again"}
    assert replayed(world, other, other) == ["The answer differs from the saved one: resultMsg."]


def test_credentials_in_a_new_encryption_are_the_same_and_usage_may_grow(world: World) -> None:
    ivs = iter("abc")

    def answer(received: ReceivedRequest) -> None:
        iv = next(ivs) * 16
        info = {"instanceId": "i", "appInfo": {"password": encrypt(KEY, "Pa55", iv)}, "usageInfo": [{"usageValue": iv}]}
        received.answer = json.dumps({"resultCode": "000000", "info": [info]}).encode()
        received.answer_headers["Body-Sign"] = signing_v1.sign_answer(KEY, received.answer)

    with seller(answer) as address:
        drive(world, address, "v1")
        number = sending.by_hand(world, CONTENT, "queryInstance", {"instanceId": "i"})
        with world.uow("huawei", write=True) as uow:
            cases.save(uow, number)
        (case,) = cases.replay(world).cases
    assert (case.call.verdict, case.differences) == ("accepted", ())


def test_cases_are_limited(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "MOST", 1)
    numbers = [sending.by_hand(world, CONTENT, "newInstance", NEW) for _ in range(2)]
    with world.uow("huawei", write=True) as uow:
        for _ in range(2):
            cases.save(uow, numbers[0])
        with pytest.raises(Refusal, match="1 cases are saved already"):
            cases.save(uow, numbers[1])


def test_a_failed_order_counts_for_its_month_and_cannot_be_restarted(world: World) -> None:
    order_id = subscribe(world)
    silence(world, Activity.NEW_INSTANCE, order=order_id, tries=19)

    with world.uow("huawei", write=True) as uow:
        assert calls.failed_orders(uow, CONTENT) == calls.FailedOrders(1, [order_id])
        assert calls.failed_orders(uow, catalogue.PLAN_CONTENT).count == 0
        (message,) = uow.session.scalars(messages.messages())
        with pytest.raises(Refusal, match="cancelled and refunded"):
            messages.restart(uow, message.number)
    jobs.advance(world, 31 * 86400)
    with world.uow("huawei") as uow:
        assert calls.failed_orders(uow, CONTENT).count == 0


def test_an_order_whose_service_was_not_released_is_no_failed_order(world: World) -> None:
    instance_id = buy(world)
    with world.uow("huawei") as uow:
        order_id = uow.session.get_one(Resource, instance_id).order_id
    silence(world, Activity.RELEASE_INSTANCE, instance=instance_id, order=order_id, tries=60)

    with world.uow("huawei") as uow:
        (message,) = uow.session.scalars(messages.messages())
        assert (message.activity, message.given_up) == (Activity.RELEASE_INSTANCE, True)
        assert calls.failed_orders(uow, CONTENT).count == 0


def test_a_release_that_failed_is_restarted_once(world: World) -> None:
    instance_id = buy(world)
    drive(world, "http://127.0.0.1:9/")
    close(world, instance_id)
    jobs.advance(world, 3600)
    assert state_of(world, instance_id) == "closing_failed"
    drive(world, "", access_key="")

    with world.uow("huawei", write=True) as uow:
        (message,) = uow.session.scalars(messages.messages())
        messages.restart(uow, message.number)
        with pytest.raises(Refusal, match="already"):
            messages.restart(uow, message.number)
    jobs.advance(world, 60)
    assert state_of(world, instance_id) == "closed"


def test_a_status_that_failed_is_tried_from_the_beginning(world: World) -> None:
    instance_id = buy(world)
    silence(world, Activity.UPDATE_INSTANCE_STATUS, instance=instance_id, status="FREEZE", tries=60)
    with world.uow("huawei", write=True) as uow:
        (message,) = uow.session.scalars(messages.messages())
        messages.restart(uow, message.number)
    jobs.run_due(world)
    assert [call.verdict for call in log_of(world, activity="updateInstanceStatus")][:2] == ["fault", "accepted"]


def test_an_expiry_that_failed_is_not_restarted_after_the_renewal(world: World) -> None:
    instance_id = plans.buy(world)
    details = {"instance": instance_id, "status": "FREEZE", "expired": True, "tries": 60}
    silence(world, Activity.UPDATE_INSTANCE_STATUS, **details)
    plans.renew(world, instance_id)
    with world.uow("huawei", write=True) as uow:
        (message,) = uow.session.scalars(messages.messages())
        with pytest.raises(Refusal, match="not true any more"):
            messages.restart(uow, message.number)
