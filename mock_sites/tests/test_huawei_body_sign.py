"""Finding the usual mistake behind a wrong Body-Sign."""

import base64
import hashlib
import hmac
import json

import pytest

from mock_sites.huawei.mistakes import body_sign
from mock_sites.huawei.protocol import signing_v1

KEY, TIMESTAMP = "mock-access-key", "20200727073711903"
BODY = '{"resultCode": "000000", "resultMsg": "成功"}'.encode()
INDENTED = json.dumps(json.loads(BODY), indent=2).encode()


def digest(key: str, text: bytes) -> bytes:
    return hmac.digest(key.encode(), text, hashlib.sha256)


def found(value: str, name: str = "Body-Sign", body: bytes = BODY) -> body_sign.BodySignFault | None:
    return body_sign.find_fault([("Date", "now"), (name, value)], body, key=KEY, timestamp=TIMESTAMP)


def wrapped(signature: str) -> str:
    return f'sign_type="HMAC-SHA256", signature="{signature}"'


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_the_three_messages_are_huaweis_word_for_word() -> None:
    assert body_sign.EMPTY == "http header->bodySign is empty."
    assert body_sign.MALFORMED == "http header->sign_type is not equals HMAC-SHA256 or signature is empty."
    right = signing_v1.answer_signature(KEY, BODY)
    fault = found(wrapped("abc="))
    assert fault
    assert fault.message == f"响应Http Body签名校验失败,预期的签名值:{right}"


RIGHT = base64_of(digest(KEY, BODY))


@pytest.mark.parametrize(
    "value",
    [
        # As the pages of the operations print it, as the questions and answers do, and as sellers send it.
        f'sign_type="HMAC-SHA256", signature= "{RIGHT}"',
        f'sign_type="HMAC-SHA256", signature="{RIGHT}"',
        f'sign_type="HMAC-SHA256",signature="{RIGHT}"',
        f'sign_type="HMAC-SHA256",signature= "{RIGHT}"',
        # Sent twice, and joined on the way.
        f'sign_type="HMAC-SHA256", signature="{RIGHT}", sign_type="HMAC-SHA256",signature= "{RIGHT}"',
    ],
)
def test_a_right_signature_has_no_fault_in_any_documented_form(value: str) -> None:
    assert found(value) is None


def test_a_header_that_is_sent_twice_must_say_the_same_twice() -> None:
    def twice(other: str) -> body_sign.BodySignFault | None:
        headers = [("Body-Sign", wrapped(RIGHT)), ("Body-Sign", wrapped(other))]
        return body_sign.find_fault(headers, BODY, key=KEY)

    assert twice(RIGHT) is None
    assert twice("abc=") == body_sign.BodySignFault(body_sign.MALFORMED, ("body-sign-repeated",))


@pytest.mark.parametrize(
    ("value", "name", "mistake"),
    [
        ("", "Body-Sign", "body-sign-missing"),
        (wrapped("abc="), "Body-sign", "body-sign-header-name"),
        (wrapped("abc="), "body-sign", "body-sign-header-name"),
    ],
)
def test_a_header_with_another_name_does_not_count(value: str, name: str, mistake: str) -> None:
    assert found(value, name) == body_sign.BodySignFault(body_sign.EMPTY, (mistake,))


@pytest.mark.parametrize(
    ("value", "mistake"),
    [
        ("sign_type=HMAC-SHA256, signature=abc=", "body-sign-quotes"),
        ('sign_type="HmacSHA256", signature="abc="', "body-sign-type"),
        ('sign_type="HMAC-SHA256", signature=""', "body-sign-no-signature"),
        (base64_of(b"signature"), "body-sign-no-signature"),
        ('sign_type="HMAC-SHA256"; signature="abc="', "body-sign-form"),
    ],
)
def test_another_form_is_malformed(value: str, mistake: str) -> None:
    assert found(value) == body_sign.BodySignFault(body_sign.MALFORMED, (mistake,))


@pytest.mark.parametrize(
    ("signature", "mistakes"),
    [
        (base64_of(digest(KEY + TIMESTAMP, BODY)), ("body-sign-key-with-timestamp",)),
        (base64_of(digest(KEY + "\n", BODY)), ("body-sign-key-with-blank",)),
        (base64_of(digest("", BODY)), ("body-sign-no-key",)),
        (base64_of(digest(KEY, BODY)).rstrip("="), ("body-sign-no-padding",)),
        (base64_of(digest(KEY, BODY + b"\n")), ("body-sign-newline",)),
        (base64_of(digest(KEY, BODY.replace(b" ", b""))), ("body-sign-reserialised",)),
        (base64_of(digest(KEY, INDENTED)), ("body-sign-reserialised",)),
        (base64_of(digest(KEY, b"")), ("body-sign-no-body",)),
        (digest(KEY, BODY).hex().upper(), ("body-sign-hex",)),
        (base64_of(digest(KEY, BODY).hex().encode()), ("body-sign-hex-base64",)),
        (base64_of(digest("another", BODY)), ("body-sign-unlike",)),
        (
            digest(KEY + TIMESTAMP, BODY.replace(b" ", b"")).hex(),
            ("body-sign-key-with-timestamp", "body-sign-reserialised", "body-sign-hex"),
        ),
    ],
)
def test_a_mismatch_is_traced_to_its_mistakes(signature: str, mistakes: tuple[str, ...]) -> None:
    assert found(wrapped(signature)) == body_sign.BodySignFault(body_sign.MISMATCH, mistakes)


@pytest.mark.parametrize(
    ("spelling", "mistake"),
    [
        ({"+": " "}, "body-sign-blank"),
        ({"+": "%2B", "/": "%2F", "=": "%3D"}, "body-sign-url-encoded"),
        ({"+": "-", "/": "_"}, "body-sign-url-safe"),
    ],
)
def test_other_spellings_of_base64_are_distinguished(spelling: dict[str, str], mistake: str) -> None:
    bodies = (f'{{"n":{number}}}'.encode() for number in range(99))
    body = next(body for body in bodies if "+" in signing_v1.answer_signature(KEY, body))

    signature = signing_v1.answer_signature(KEY, body).translate(str.maketrans(spelling))
    fault = found(wrapped(signature), body=body)

    assert fault == body_sign.BodySignFault(body_sign.MISMATCH, (mistake,))
