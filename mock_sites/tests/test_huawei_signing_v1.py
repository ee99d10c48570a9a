"""Signatures and sensitive fields of V1.0, checked with the vectors of spec huawei 2.2 and 2.3.

The token's vector, with the key ``xxxxxxx``, was published in Huawei's Java sample.
"""

import pytest

from mock_sites.huawei.protocol import signing_v1
from mock_sites.world import sensitive_fields

PUBLISHED_KEY, MOCK_KEY = "xxxxxxx", "mock-access-key"
CALL = {
    "activity": "newInstance",
    "businessId": "61e834ba-7b97-4418-b8f7-e5345137278c",
    "customerId": "68cbc86abc2018ab880d92f36422fa0e",
    "expireTime": "20200727153156",
    "orderId": "CS1906666666ABCDE",
    "productId": "00301-666666-0--0",
    "testFlag": "1",
    "timeStamp": "20200727073711903",
}
ANSWER = b'{"resultCode":"000000","resultMsg":"success","instanceId":"ins-1"}'
SIGNATURE = "z9K3J9PeJryhKJh7p4SvhAUbVJYOwxNHNrWRpbL+84M="


def test_a_call_is_signed_as_in_the_published_sample() -> None:
    assert signing_v1.string_to_sign(CALL) == (
        "activity=newInstance&businessId=61e834ba-7b97-4418-b8f7-e5345137278c"
        "&customerId=68cbc86abc2018ab880d92f36422fa0e&expireTime=20200727153156&orderId=CS1906666666ABCDE"
        "&productId=00301-666666-0--0&testFlag=1&timeStamp=20200727073711903"
    )
    assert signing_v1.sign_call(PUBLISHED_KEY, CALL) == "Gzbfjf9LHRBcI3bFVi++sLinCNOBF6qa7is1fvjEgYQ="


def test_an_answer_is_signed_as_the_vector_says() -> None:
    header = signing_v1.sign_answer(MOCK_KEY, ANSWER)

    assert header == f'sign_type="HMAC-SHA256", signature="{SIGNATURE}"'


@pytest.mark.parametrize(
    ("key", "derived", "aes_256", "aes_128"),
    [
        (
            PUBLISHED_KEY,
            "c962ef8500ad13239b5ec0eb6a5c570b3cae0fd0e5c28e793eb6aaa22d251123",
            "1V3kGpEuWuuzyh5d9xU9xA==",
            "4wCYOxcNuY3EGjZWX2JU7w==",
        ),
        (
            MOCK_KEY,
            "e5e7874864412e1c9d000bb039038a09ca57b5f465ddaf2b276dbdad461641d9",
            "v2ylkfj9lNfsW5wBNcx55w==",
            "Ps0USn/5CLyvFjvtJJqWdA==",
        ),
    ],
)
def test_a_sensitive_field_is_encrypted_as_java_does_it(key: str, derived: str, aes_256: str, aes_128: str) -> None:
    iv, phone = "abcdefghijklmnop", "13800000000"

    assert sensitive_fields.derive_key(key, 256).hex() == derived
    assert sensitive_fields.derive_key(key, 128).hex() == derived[:32]
    for encrypt_type, ciphertext in (("1", aes_256), ("2", aes_128)):
        assert sensitive_fields.encrypt(key, phone, iv, encrypt_type) == iv + ciphertext
        assert sensitive_fields.decrypt(key, iv + ciphertext, encrypt_type) == phone


@pytest.mark.parametrize("value", ["", "short", "abcdefghijklmnop", "abcdefghijklmnop!!!!", "abcdefghijklmnopAAAA"])
def test_what_was_not_encrypted_with_the_key_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        sensitive_fields.decrypt(MOCK_KEY, value)
