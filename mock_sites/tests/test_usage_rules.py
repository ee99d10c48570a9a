"""The plain rules of usage records: how values are read, when they are collected, what they cost (spec huawei 2.6b)."""

from datetime import UTC, datetime

import pytest

from mock_sites.huawei.domain import usage_rules
from mock_sites.huawei.domain.tables import Order, Resource, UsageRecord
from mock_sites.huawei.protocol import usage_push


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("12.34", 123_400),
        ("0.0001", 1),
        ("99", 990_000),
        ("1.50000", 15_000),
        ("99999999.9999", 999_999_999_999),
        ("0", None),
        ("0.00001", None),
        ("100000000", None),
        ("-1", None),
        ("1e3", None),
        ("1,5", None),
        ("١", None),
        ("", None),
    ],
)
def test_a_usage_value_is_above_zero_with_at_most_four_decimals(text: str, units: int | None) -> None:
    assert usage_rules.units(text) == units


@pytest.mark.parametrize("text", ["20260302T010000", "2026-03-02T01:00:00Z", "20260230T010000Z", "20260302010000", ""])
def test_a_time_is_written_in_one_way(text: str) -> None:
    assert usage_rules.moment("20260302T010000Z") == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert usage_rules.moment(text) is None


@pytest.mark.parametrize(
    ("now", "cycle", "collected_at"),
    [
        ("2026-03-02T01:00", "hour", "2026-03-02T01:15"),
        ("2026-03-02T01:15", "hour", "2026-03-02T02:15"),
        ("2026-03-02T23:59", "hour", "2026-03-03T00:15"),
        ("2026-03-02T16:06", "day", "2026-03-02T17:00"),  # 00:06 in Beijing
        ("2026-03-02T17:00", "day", "2026-03-03T17:00"),
        ("2026-03-02T15:00", "day", "2026-03-02T17:00"),  # 23:00 in Beijing
    ],
)
def test_usage_is_collected_at_minute_15_or_at_one_in_the_morning(now: str, cycle: str, collected_at: str) -> None:
    due = usage_rules.next_collection(datetime.fromisoformat(f"{now}+00:00"), cycle)
    assert due == datetime.fromisoformat(f"{collected_at}+00:00")


@pytest.mark.parametrize(
    ("units", "usage_fen", "fen"), [(123_400, 100, 1_234), (1, 100, 0), (50, 100, 1), (49, 100, 0), (10_000, 3, 3)]
)
def test_a_cost_is_rounded_half_up_to_a_fen(units: int, usage_fen: int, fen: int) -> None:
    assert usage_rules.cost(units, usage_fen) == fen


def window(begin: str, end: str, *, moved_by: int = 0) -> UsageRecord:
    """A record of usage between two times of a day."""
    begins_at, ends_at = time(begin), time(end)
    return UsageRecord(begins_at=begins_at, ends_at=ends_at, moved_by=moved_by)


def time(text: str) -> datetime:
    """A time of that day."""
    return datetime.fromisoformat(f"2026-03-02T{text}+00:00")


@pytest.mark.parametrize(
    ("begin", "end", "moved_by", "covered"),
    [
        ("00:00:00", "00:59:59", 0, False),
        ("00:00:00", "01:00:00", 0, True),
        ("01:10:00", "01:20:00", 0, True),
        ("01:59:59", "03:00:00", 0, True),
        ("02:00:00", "03:00:00", 0, False),
        ("00:00:00", "00:44:59", 1, False),
        ("00:00:00", "00:45:00", 1, True),
        ("02:00:00", "03:00:00", 1, False),
    ],
)
def test_a_package_covers_windows_from_the_second_of_its_payment_to_that_of_its_closing(
    begin: str, end: str, moved_by: int, *, covered: bool
) -> None:
    """Times of records are whole seconds. A seller outside may be 15 minutes early."""
    package = Resource(order=Order(paid_at=time("01:00:00.500000")), closed_at=time("02:00:00"))
    assert usage_rules.covers(package, window(begin, end, moved_by=moved_by)) is covered


def test_a_package_that_is_not_closed_covers_whatever_comes() -> None:
    package = Resource(order=Order(paid_at=time("01:00:00")))
    assert usage_rules.covers(package, window("22:00:00", "23:00:00"))


@pytest.mark.parametrize(
    ("begin", "end", "must"),
    [
        ("00:30:00", "01:00:00", False),
        ("00:30:00", "01:00:01", True),
        ("01:30:00", "01:40:00", True),
    ],
)
def test_a_window_that_ends_after_the_seller_created_a_package_must_name_it(
    begin: str, end: str, *, must: bool
) -> None:
    assert usage_rules.must_name(window(begin, end), Order(instance_created_at=time("01:00:00"))) is must
    assert not usage_rules.must_name(window(begin, end), Order())


def test_the_signature_agrees_with_a_computed_vector() -> None:
    """Computed with openssl: printf 'ts=1709690865879&nonce=n&body={}' | openssl dgst -sha256 -hmac mock-access-key
    -binary | base64.
    """
    assert (
        usage_push.sign("mock-access-key", "1709690865879", "n", b"{}")
        == "nI2AVEyMctnzsbRcKtZcwIFaW2iJVTNuR58fKwdMi+M="
    )
