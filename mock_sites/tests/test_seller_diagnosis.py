"""Finding the usual mistake behind a wrong signature (spec huawei 2.2, 2.5, 2.6, 4.1 and 5)."""

import hashlib
from urllib.parse import quote_plus

import pytest

from mock_sites.huawei.protocol import signing, signing_v1
from mock_sites.huawei.seller_gateway import diagnosis
from mock_sites.tests.support.digests import KEY, STAMP, base64_of, digest


def test_a_plus_that_became_a_blank_and_an_alphabet_for_urls_are_found() -> None:
    calls = ({"activity": "newInstance", "orderId": f"CS{number}", "timeStamp": STAMP} for number in range(100))
    call = next(call for call in calls if "+" in signing_v1.sign_call(KEY, call))
    token = signing_v1.sign_call(KEY, call)
    assert diagnosis.of_token(KEY, call, token) == ""
    assert diagnosis.of_token(KEY, call, token.replace("+", " ")) == "plus"
    assert diagnosis.of_token(KEY, call, token.replace("+", "-").replace("/", "_")) == "url-safe"


@pytest.mark.parametrize(
    ("text", "key", "mistake"),
    [
        ("activity=newInstance&email=a+b/=&timeStamp=" + STAMP, KEY, "key-without-time-stamp"),
        ("timeStamp=" + STAMP + "&activity=newInstance&email=a+b/=", KEY + STAMP, "not-sorted"),
        ("activity=newInstance&email=" + quote_plus("a+b/=") + "&timeStamp=" + STAMP, KEY + STAMP, "not-decoded"),
        ("something else", KEY + STAMP, "other"),
    ],
)
def test_the_mistake_in_a_wrong_token_is_found(text: str, key: str, mistake: str) -> None:
    call = {"timeStamp": STAMP, "activity": "newInstance", "email": "a+b/="}
    assert diagnosis.of_token(KEY, call, base64_of(digest(text.encode(), key))) == mistake


NONCE, TIME = "0123456789abcdef0123456789abcdef", "1700000000000"
CALL = b'{"orderId":"CS1","activity":"newInstance"}'
PAYLOAD = b'{"activity":"newInstance","orderId":"CS1"}'
HASH = digest(PAYLOAD).hex()


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (f"{KEY}{NONCE}{TIME}{HASH}", ""),
        (f"{KEY}{NONCE}{TIME[:-3]}{HASH}", "seconds"),
        (f"{NONCE}{TIME}{HASH}", "no-key-in-front"),
        (f"{KEY}{TIME}{NONCE}{HASH}", "swapped"),
        (f"{KEY}{NONCE}{TIME}{PAYLOAD.decode()}", "no-body-hash"),
        (f"{KEY}{NONCE}{TIME}{hashlib.sha256(PAYLOAD).hexdigest()}", "plain-hash"),
        (f"{KEY}{NONCE}{TIME}{digest(CALL).hex()}", "unsorted-body"),
        (f"{NONCE}{TIME[:-3]}{HASH}", "no-key-in-front seconds"),
        ("something else", "other"),
    ],
)
def test_the_mistake_in_a_wrong_signature_of_v2_is_found(text: str, mistake: str) -> None:
    given = digest(text.encode()).hex()
    assert diagnosis.of_call(KEY, NONCE, TIME, CALL, given) == mistake
    assert diagnosis.of_call(KEY, NONCE, TIME, CALL, given.upper()) == mistake


def test_a_body_hash_in_a_call_of_the_kit_and_base64_in_v2_are_found() -> None:
    hashed = digest(f"{KEY}{NONCE}{TIME}{HASH}".encode())
    assert diagnosis.of_call(KEY, NONCE, TIME, CALL, hashed.hex(), hashed=False) == "body-hash"
    assert diagnosis.of_call(KEY, NONCE, TIME, CALL, base64_of(hashed)) == "base64"


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        (("/query/", "/query"), "no-slash"),
        (("orderId=CS1&orderLineId=CS1-1", "orderLineId=CS1-1&orderId=CS1"), "not-sorted"),
        (("orderId=CS1&orderLineId=CS1-1", ""), "query-missing"),
        (("", ""), ""),
    ],
)
def test_the_mistake_in_a_wrong_signature_of_the_order_query_is_found(change: tuple[str, str], mistake: str) -> None:
    query, date = {"orderLineId": "CS1-1", "orderId": "CS1"}, "20260302T010000Z"
    request = signing.canonical_query("GET", "/v1/order/query", query, date).replace(*change, 1)
    given = digest(f"SDK-HMAC-SHA256\n{date}\n{hashlib.sha256(request.encode()).hexdigest()}".encode()).hex()
    assert diagnosis.of_query(KEY, "/v1/order/query", query, date, given) == mistake


def test_every_mistake_has_its_sentence() -> None:
    diagnoses = {"body-sign-missing", "plus", "sorted", "other"}
    assert diagnoses <= diagnosis.TEXTS.keys()
    assert all(text.endswith(".") for text in diagnosis.TEXTS.values())
