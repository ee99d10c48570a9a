"""The signatures of the seller protocol, checked with the vectors of spec huawei 2.5 and 4.1."""

import hmac
from datetime import UTC, datetime, timedelta

import pytest

from mock_sites.guance.production_api.signing import base_signature, is_same, is_timely, kit_signature, payload

KEY, NONCE, TIMESTAMP = "mock-access-key", "0123456789abcdef0123456789abcdef", "1700000000000"

NEW_INSTANCE = {
    "testFlag": "1",
    "activity": "newInstance",
    "orderId": "MOCKPERIODYEARNEW",
    "orderLineId": "MOCKPERIODYEARNEW-000001",
    "businessId": "03pf80c2bae96vc49b80b917bea776d7",
}

TENANT_SYNC = {
    "instanceId": "ins-1",
    "orderId": "MOCKPERIODYEARNEW",
    "tenantId": "t-1",
    "tenantCode": "acme",
    "name": "ACME",
    "domainName": "https://acme.example.test",
    "flag": 1,
    "testFlag": 1,
    "timeStamp": "20231115061320000",
}


def test_the_base_interface_signs_as_documented() -> None:
    expected = "701010db1b372b7d69efd048ffa1eb26591289a23ea5b07464db867d4825023d"
    assert base_signature(KEY, NONCE, TIMESTAMP, payload(NEW_INSTANCE)) == expected


def test_the_kit_signs_as_documented() -> None:
    expected = "cd9b9dadd32436752427b8dee8ad5c91ee971f1dd6ef8ad928cb570399fd65eb"
    assert kit_signature(KEY, NONCE, TIMESTAMP, payload(TENANT_SYNC)) == expected


def test_nulls_are_not_signed_and_chinese_is_signed_as_it_is() -> None:
    assert payload({"b": None, "c": "广州", "a": 1}) == '{"a":1,"c":"广州"}'


def test_the_case_of_a_signature_does_not_matter() -> None:
    assert is_same("00ff", "00FF")
    assert not is_same("00ff", "00fe")
    assert not is_same("00ff", "ü")


@pytest.mark.parametrize(("seconds", "good"), [(0, True), (60, True), (-60, True), (60.001, False), (-60.001, False)])
def test_a_timestamp_is_valid_for_sixty_seconds(seconds: float, *, good: bool) -> None:
    now = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC) + timedelta(seconds=seconds)
    assert is_timely(TIMESTAMP, now) is good


@pytest.mark.parametrize("timestamp", ["", "now", "1.5", "٣", "9" * 400])
def test_an_invalid_timestamp_is_never_accepted(timestamp: str) -> None:
    assert not is_timely(timestamp, datetime(2023, 11, 14, tzinfo=UTC))


def test_signatures_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    monkeypatch.setattr(hmac, "compare_digest", lambda *pair: compared.append(pair))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    is_same("right", "given")
    assert compared == [(b"right", b"given")]
