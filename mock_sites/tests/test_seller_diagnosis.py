"""Finding the usual mistake behind a wrong signature (spec huawei 2.2, 2.5, 2.6, 4.1 and 5)."""

import hashlib
from urllib.parse import quote_plus

import pytest

from mock_sites.huawei.mistakes import calls_v1, calls_v2, order_query
from mock_sites.huawei.protocol import signing, signing_v1
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.tests.support.digests import KEY, STAMP, base64_of, digest

V1 = calls_v1.SCHEMES[Interface.PRODUCTION]
V2, KIT = (calls_v2.SCHEMES[interface] for interface in (Interface.PRODUCTION, Interface.KIT))


def test_a_plus_that_became_a_blank_and_an_alphabet_for_urls_are_found() -> None:
    calls = ({"activity": "newInstance", "orderId": f"CS{number}", "timeStamp": STAMP} for number in range(100))
    call = next(call for call in calls if "+" in signing_v1.sign_call(KEY, call))
    token = signing_v1.sign_call(KEY, call)
    assert V1.explain(token, KEY, call) == ()
    assert V1.explain(token.replace("+", " "), KEY, call) == ("plus-became-blank",)
    assert V1.explain(token.replace("+", "-").replace("/", "_"), KEY, call) == ("signature-url-safe",)


@pytest.mark.parametrize(
    ("text", "key", "mistake"),
    [
        ("activity=newInstance&email=a+b/=&timeStamp=" + STAMP, KEY, "key-without-timestamp"),
        ("timeStamp=" + STAMP + "&activity=newInstance&email=a+b/=", KEY + STAMP, "not-sorted"),
        (
            "activity=newInstance&email=" + quote_plus("a+b/=") + "&timeStamp=" + STAMP,
            KEY + STAMP,
            "values-not-decoded",
        ),
        ("something else", KEY + STAMP, "unlike"),
    ],
)
def test_the_mistake_in_a_wrong_token_is_found(text: str, key: str, mistake: str) -> None:
    call = {"timeStamp": STAMP, "activity": "newInstance", "email": "a+b/="}
    assert V1.explain(base64_of(digest(text.encode(), key)), KEY, call) == (mistake,)


NONCE, TIME = "0123456789abcdef0123456789abcdef", "1700000000000"
CALL = b'{"orderId":"CS1","activity":"newInstance"}'
PAYLOAD = b'{"activity":"newInstance","orderId":"CS1"}'
HASH = digest(PAYLOAD).hex()


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (f"{KEY}{NONCE}{TIME}{HASH}", ""),
        (f"{KEY}{NONCE}{TIME[:-3]}{HASH}", "timestamp-in-seconds"),
        (f"{NONCE}{TIME}{HASH}", "no-key-in-front"),
        (f"{KEY}{TIME}{NONCE}{HASH}", "nonce-after-timestamp"),
        (f"{KEY}{NONCE}{TIME}{PAYLOAD.decode()}", "no-body-hash"),
        (f"{KEY}{NONCE}{TIME}{hashlib.sha256(PAYLOAD).hexdigest()}", "plain-sha256"),
        (f"{KEY}{NONCE}{TIME}{digest(CALL).hex()}", ""),
        (f"{KEY}{NONCE}{TIME}{HASH.upper()}", "capitals-in-hash"),
        (f"{KEY}{NONCE}{TIME}{digest(PAYLOAD.replace(b',', b', ').replace(b':', b': ')).hex()}", "body-with-blanks"),
        (f"{NONCE}{TIME[:-3]}{HASH}", "no-key-in-front timestamp-in-seconds"),
        ("something else", "unlike"),
    ],
)
def test_the_mistake_in_a_wrong_signature_of_v2_is_found(text: str, mistake: str) -> None:
    given = digest(text.encode()).hex()
    assert V2.explain(given, KEY, NONCE, TIME, CALL) == tuple(mistake.split())


def test_a_body_hash_in_a_call_of_the_kit_and_base64_in_v2_are_found() -> None:
    hashed = digest(f"{KEY}{NONCE}{TIME}{HASH}".encode())
    assert KIT.explain(hashed.hex(), KEY, NONCE, TIME, CALL) == ("body-hash",)
    assert V2.explain(base64_of(hashed), KEY, NONCE, TIME, CALL) == ("signature-in-base64",)


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        (("/query/", "/query"), "path-without-slash"),
        (("orderId=CS1&orderLineId=CS1-1", "orderLineId=CS1-1&orderId=CS1"), "not-sorted"),
        (("orderId=CS1&orderLineId=CS1-1", ""), "query-missing"),
        (("", ""), ""),
    ],
)
def test_the_mistake_in_a_wrong_signature_of_the_order_query_is_found(change: tuple[str, str], mistake: str) -> None:
    query, date = {"orderLineId": "CS1-1", "orderId": "CS1"}, "20260302T010000Z"
    headers = {"x-sdk-date": date}
    request = signing.canonical_query("GET", "/v1/order/query", query, headers).replace(*change, 1)
    given = digest(f"SDK-HMAC-SHA256\n{date}\n{hashlib.sha256(request.encode()).hexdigest()}".encode()).hex()
    assert order_query.SCHEME.explain(given, KEY, "GET", "/v1/order/query", query, headers, b"") == tuple(
        mistake.split()
    )
