"""Guance's V1.0 signatures, checked with the vectors of spec huawei 2.2. The token's is from Huawei's sample."""

import hmac
from datetime import UTC, datetime, timedelta

import pytest

from mock_sites.guance.production_api import signing_v1
from mock_sites.huawei.protocol import signing_v1 as marketplace

KEY, STAMP = "xxxxxxx", "20200727073711903"
NOW = datetime(2020, 7, 27, 7, 37, 11, 903_000, tzinfo=UTC)
CALL = {
    "timeStamp": STAMP,
    "activity": "newInstance",
    "orderId": "CS1906666666ABCDE",
    "businessId": "61e834ba-7b97-4418-b8f7-e5345137278c",
    "customerId": "68cbc86abc2018ab880d92f36422fa0e",
    "expireTime": "20200727153156",
    "productId": "00301-666666-0--0",
    "testFlag": "1",
}


def test_a_call_is_signed_as_in_the_published_sample_and_the_token_does_not_sign_itself() -> None:
    assert signing_v1.call_token(KEY, CALL) == "Gzbfjf9LHRBcI3bFVi++sLinCNOBF6qa7is1fvjEgYQ="
    assert signing_v1.call_token(KEY, CALL | {"authToken": "x"}) == signing_v1.call_token(KEY, CALL)


def test_an_answer_is_signed_as_the_vector_says() -> None:
    body = b'{"resultCode":"000000","resultMsg":"success","instanceId":"ins-1"}'
    signature = "z9K3J9PeJryhKJh7p4SvhAUbVJYOwxNHNrWRpbL+84M="
    assert signing_v1.body_sign("mock-access-key", body) == f'sign_type="HMAC-SHA256", signature="{signature}"'


def test_both_ends_sign_a_call_of_the_kit_alike_and_leave_out_what_is_blank() -> None:
    texts = {"timeStamp": STAMP, "flag": "1", "name": "广州 & Co", "orgCode": "o1"}
    body = {"timeStamp": STAMP, "flag": 1, "name": "广州 & Co", "orgCode": "o1", "parentCode": "", "position": None}
    assert signing_v1.sync_token(KEY, body) == marketplace.sign_sync(KEY, texts | {"parentCode": ""})


def test_the_case_of_a_token_matters() -> None:
    assert signing_v1.is_same("aB=", "aB=")
    assert not signing_v1.is_same("aB=", "ab=")
    assert not signing_v1.is_same("aB=", "ü")


@pytest.mark.parametrize(("seconds", "good"), [(0, True), (60, True), (-60, True), (60.001, False), (-60.001, False)])
def test_a_timestamp_is_valid_for_sixty_seconds(seconds: float, *, good: bool) -> None:
    assert signing_v1.is_timely(STAMP, NOW + timedelta(seconds=seconds)) is good


def test_the_kit_is_eight_hours_ahead() -> None:
    assert signing_v1.is_timely("20200727153711903", NOW, signing_v1.KIT_ZONE)
    assert not signing_v1.is_timely(STAMP, NOW, signing_v1.KIT_ZONE)


@pytest.mark.parametrize("stamp", ["", "now", "2020072707371190", "20201327073711903", "٢٠٢٠٠٧٢٧٠٧٣٧١١٩٠٣", "9" * 400])
def test_an_invalid_timestamp_is_never_accepted(stamp: str) -> None:
    assert not signing_v1.is_timely(stamp, NOW)


def test_signatures_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    monkeypatch.setattr(hmac, "compare_digest", lambda *pair: compared.append(pair))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    signing_v1.is_same("right", "given")
    assert compared == [(b"right", b"given")]
