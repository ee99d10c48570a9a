"""One-time passwords by time: the test vectors of RFC 6238, and what a verifier accepts."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from mock_sites.world import totp
from mock_sites.world.errors import Refusal

KEY = b"12345678901234567890"
NOW = datetime(2026, 3, 2, 1, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    """RFC 6238, appendix B, with the last six of its eight digits."""
    assert totp.code_at(KEY, datetime.fromtimestamp(seconds, UTC)) == code


def test_a_clock_may_be_a_step_behind_or_ahead() -> None:
    accepted = [
        totp.step_of(KEY, totp.code_at(KEY, NOW + timedelta(seconds=totp.STEP * steps)), NOW) for steps in range(-2, 3)
    ]
    now = totp.step_at(NOW)
    assert accepted == [None, now - 1, now, now + 1, None]


def test_a_key_is_typed_in_small_letters_and_groups_too() -> None:
    text = totp.text_of(KEY)
    assert totp.key_of(f" {text[:4].lower()} {text[4:]} ") == KEY


@pytest.mark.parametrize("text", ["", "ABC", "1" * 32, "ß" * 32, totp.text_of(b"x" * 15)])
def test_what_is_no_key_or_too_short_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="26 or more letters") as refused:
        totp.key_of(text)
    assert refused.value.field == "secret"


def test_an_app_reads_the_key_and_its_parameters() -> None:
    address = urlsplit(totp.address_of(KEY, "zhao.min@northwind.example.com", "Guance"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert {name: values[0] for name, values in parse_qs(address.query).items()} == {
        "digits": "6",
        "secret": totp.text_of(KEY),
        "algorithm": "SHA1",
        "issuer": "Guance",
        "period": "30",
    }
