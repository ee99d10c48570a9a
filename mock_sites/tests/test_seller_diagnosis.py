"""A wrong signature is diagnosed: which usual mistake it was (spec huawei 2.2, 2.5, 2.6, 4.1 and 5)."""

import base64
import hashlib
import hmac
import json
from urllib.parse import quote_plus

import pytest

from mock_sites.huawei.seller_gateway import diagnosis, signing, signing_v1

KEY, STAMP = "mock-access-key", "20260302010000000"
ANSWER = {"resultMsg": "成功", "resultCode": "000000", "instanceId": "ins-1"}
BODY = json.dumps(ANSWER, ensure_ascii=False, separators=(",", ":")).encode()


def digest(text: bytes, key: str = KEY) -> bytes:
    """The octets of an HMAC-SHA256."""
    return hmac.digest(key.encode(), text, hashlib.sha256)


def base64_of(octets: bytes) -> str:
    """Standard Base64."""
    return base64.b64encode(octets).decode()


def header(signature: str) -> str:
    """A well-formed ``Body-Sign``."""
    return f'sign_type="HMAC-SHA256", signature="{signature}"'


GOOD = base64_of(digest(BODY))


def of_body(signature: str, body: bytes = BODY, name: str = "Body-Sign") -> str:
    """What is told of a signature in the answer's header."""
    return diagnosis.of_answer(KEY, STAMP, {name: header(signature)}, body)


@pytest.mark.parametrize(
    ("signed", "mistake"),
    [
        (BODY, ""),
        (json.dumps(ANSWER, ensure_ascii=False).encode(), "reserialised"),
        (json.dumps(ANSWER, ensure_ascii=False, indent=2).encode(), "reserialised"),
        (json.dumps(ANSWER, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(), "sorted"),
        (json.dumps(ANSWER, separators=(",", ":")).encode(), "escaped"),
        (json.dumps(ANSWER, sort_keys=True, separators=(",", ":")).encode(), "sorted escaped"),
        (BODY + b"\n", "newline-signed"),
        (b"something else", "other"),
    ],
)
def test_what_was_signed_instead_of_the_body_is_told(signed: bytes, mistake: str) -> None:
    assert of_body(base64_of(digest(signed))) == mistake


def test_a_line_break_that_was_sent_but_not_signed_is_told() -> None:
    assert of_body(GOOD, BODY + b"\n") == "newline-sent"


@pytest.mark.parametrize(
    ("key", "mistake"),
    [(KEY + STAMP, "key-with-time-stamp"), (KEY + "\n", "blank-around-key"), ("", "no-key"), ("another", "other")],
)
def test_a_wrong_key_is_told(key: str, mistake: str) -> None:
    assert of_body(base64_of(digest(BODY, key))) == mistake


def test_a_signature_in_another_writing_is_told() -> None:
    octets = digest(BODY)
    assert of_body(octets.hex()) == of_body(base64_of(octets.hex().encode())) == "hex"
    assert of_body(base64_of(octets).rstrip("=")) == "no-padding"


def test_two_mistakes_at_once_are_both_told() -> None:
    assert of_body(digest(BODY, KEY + STAMP).hex(), name="Body-sign") == "header-case key-with-time-stamp hex"


def test_a_header_in_another_case_or_without_quotes_is_told() -> None:
    assert of_body(GOOD, name="body-sign") == "header-case"
    unquoted = {"Body-Sign": f"sign_type=HMAC-SHA256, signature={GOOD}"}
    assert diagnosis.of_answer(KEY, STAMP, unquoted, BODY) == "quotes"


def test_a_plus_that_became_a_blank_and_an_alphabet_for_urls_are_told() -> None:
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
def test_a_wrong_token_is_told(text: str, key: str, mistake: str) -> None:
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
def test_a_wrong_signature_of_v2_is_told(text: str, mistake: str) -> None:
    given = digest(text.encode()).hex()
    assert diagnosis.of_call(KEY, NONCE, TIME, CALL, given) == mistake
    assert diagnosis.of_call(KEY, NONCE, TIME, CALL, given.upper()) == mistake


def test_a_body_hash_in_a_call_of_the_kit_and_base64_in_v2_are_told() -> None:
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
def test_a_wrong_signature_of_the_order_query_is_told(change: tuple[str, str], mistake: str) -> None:
    query, date = {"orderLineId": "CS1-1", "orderId": "CS1"}, "20260302T010000Z"
    request = signing.canonical_query("GET", "/v1/order/query", query, date).replace(*change, 1)
    given = digest(f"SDK-HMAC-SHA256\n{date}\n{hashlib.sha256(request.encode()).hexdigest()}".encode()).hex()
    assert diagnosis.of_query(KEY, "/v1/order/query", query, date, given) == mistake


def test_every_mistake_has_its_sentence() -> None:
    told = {"header-case", "quotes", "key-with-time-stamp", "plus", "reserialised", "sorted", "other"}
    assert told <= diagnosis.TEXTS.keys()
    assert all(text.endswith(".") for text in diagnosis.TEXTS.values())
