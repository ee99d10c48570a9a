"""The signatures of the seller protocol, checked with the vectors of spec huawei 2.5 and 4.1."""

import hmac
from datetime import UTC, datetime, timedelta

import pytest

from mock_sites.guance.production_api.signing import base_signature, is_same, is_timely, kit_signature, payload
from mock_sites.tests.support.signing_vectors import (
    CALL_SIGNATURE,
    KEY,
    NEW_INSTANCE,
    NONCE,
    SYNC_SIGNATURE,
    TENANT_SYNC,
    TIMESTAMP,
)


def test_the_base_interface_signs_as_documented() -> None:
    assert base_signature(KEY, NONCE, TIMESTAMP, payload(NEW_INSTANCE)) == CALL_SIGNATURE


def test_the_kit_signs_as_documented() -> None:
    assert kit_signature(KEY, NONCE, TIMESTAMP, payload(TENANT_SYNC)) == SYNC_SIGNATURE


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
